"""Build, check and plan: from the content to the outputs, in the order of the work.

What decides that nothing has changed imports nothing heavy; all that comes after it is imported when it is needed.
"""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.build.build_request import foreign, refuse_out, refuse_sources, sources
from press.build.build_result import Outcome
from press.build.formats import FORMATS
from press.build.last_build import again, answered, edited, remember, remembered, unchanged
from press.ground import file_state, lock, paths, swap
from press.problems import FAILED, OK, OutputError, TryAgainError, errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.build.build_request import Request
    from press.build.editions import Product
    from press.build.last_build import LastBuild
    from press.build.stages import Progress
    from press.print.cluster import Cluster
    from press.print.pool import Pool

SHOWN = 3  # files in a message


def build(request: Request, progress: Progress) -> Outcome:
    """Bring the outputs up to date.

    Raises:
        ContentRefusedError: nothing could be built; the outputs are as they were.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(request.folders.work, "build"):
        began = file_state.clock(request.folders.work)
        last = remembered(request)
        refuse_out(request.folders, request.out)
        swap.sweep(request.out)
        inputs = file_state.scan(sources(request.folders), last.inputs, last.began)
        same = unchanged(request, last, inputs)
        if same and (answer := answered(request, last)):
            return again(request, answer)
        last = replace(last, inputs=inputs, began=began, answers=last.answers if same else {})
        return _rebuild(request, last, progress)


def check(request: Request, progress: Progress, *, printing: bool = True) -> Outcome:
    """Do the same as `build`, but write nothing except to the store.

    Raises:
        ContentRefusedError: no brief is sound.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(request.folders.work, "check"):
        product = produce(request, progress, printing=printing)
        from press.build import output_files, output_tree, report  # noqa: PLC0415 - heavy

        output_files.lay_out(product, output_tree.OldTree(request.out), request.formats)
        product.prune_store()
        return replace(
            outcome(product),
            reports=report.reports(product),
            coverage=report.coverage(product),
            verified=report.verified(product),
        )


def plan(request: Request) -> Outcome:
    """Say what `build` would make anew, and why; nothing is made, and what only a print shows is not known yet.

    Raises:
        ContentRefusedError: `build` would be refused.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(request.folders.work, "plan"):
        last = remembered(request)
        inputs = file_state.scan(sources(request.folders), last.inputs, last.began)
        if unchanged(request, last, inputs) and (answer := answered(request, last)):
            return replace(again(request, answer), rows=(), left=(), planned=())
        from press.build import keys, plan, stages  # noqa: PLC0415 - heavy

        means = stages.Means(request.folders, keys.dependencies(request.folders, inputs))
        found = tuple(map(paths.shown, map(Path, edited(request, last)))) if last.outputs else ()
        return replace(plan.plan_editions(request, means, last), edited=found)


def produce(
    request: Request,
    progress: Progress,
    *,
    printing: bool = True,
    inputs: Mapping[str, file_state.FileState] | None = None,
) -> Product:
    """Return all editions that were asked for, finished as far as they can be.

    Raises:
        ContentRefusedError: no brief is sound.
        TryAgainError: somebody saved a file meanwhile, so that it is not known which state of it was read.
    """
    began = file_state.clock(request.folders.work)
    inputs = inputs if inputs is not None else file_state.scan(sources(request.folders))
    try:
        product = _produced(request, progress, inputs, printing=printing)
    finally:
        saved = saved_since(request, inputs, began)
    if saved:
        files, are = ", ".join(saved[:SHOWN]), "were" if len(saved) > 1 else "was"
        message = f"{files} {are} saved meanwhile, so that nothing is written: run it again"
        raise TryAgainError(message)
    return product


def saved_since(
    request: Request, inputs: Mapping[str, file_state.FileState], began: int
) -> tuple[str, ...]:
    """Return which *inputs* are no longer as they were seen, though somebody may have put their words back.

    If they are not of the content, what the store got or gave since *began* may be of another state, and is dropped.
    """
    now = file_state.scan(sources(request.folders), inputs, began)
    paths_of_all = sorted({*now, *inputs})
    saved = [Path(path) for path in paths_of_all if now.get(path) != inputs.get(path)]
    folders = request.folders
    if not all(
        path.is_relative_to(folders.content) and not path.is_relative_to(folders.own_templates)
        for path in saved
    ):
        from press.ground.store import Store  # noqa: PLC0415 - seldom

        Store(folders.store).forget(began)
    return tuple(map(paths.shown, saved))


def _produced(
    request: Request,
    progress: Progress,
    inputs: Mapping[str, file_state.FileState],
    *,
    printing: bool,
) -> Product:
    from press.build import catalogue, editions, keys, stages  # noqa: PLC0415 - heavy

    folders = request.folders
    from press.page.vega.workers import Drawers  # noqa: PLC0415 - heavy
    from press.print.pool import usable_processors  # noqa: PLC0415 - heavy

    known = keys.dependencies(folders, inputs)
    prints = frozenset(FORMATS[name].needs for name in request.formats) - {""}
    with Drawers(request.jobs or usable_processors(), folders.fonts) as drawers:
        means = stages.Means(folders, known, None, progress, request.jobs, prints, drawers)
        if not (printing and prints):
            return editions.produce(request, means, catalogue.beside)
        with executor(request) as pool:
            first = not folders.store.is_dir()

            def begin() -> None:
                if first:  # later most drawings are kept
                    drawers.begin()
                pool.begin()

            means = replace(means, pool=pool, begin=begin)
            return editions.produce(request, means, catalogue.beside)


def executor(request: Request) -> Pool | Cluster:
    """Return what prints pages: print servers on this machine, or those on others."""
    folders = request.folders
    if request.executor:
        from press.build.keys import of_machine  # noqa: PLC0415 - heavy
        from press.print.cluster import Cluster  # noqa: PLC0415 - needs the group cluster

        return Cluster(request.executor, folders.fonts, of_machine)
    from press.print import pool as print_pool  # noqa: PLC0415 - heavy

    return print_pool.Pool(request.jobs, print_pool.setup(folders.work, folders.fonts))


def outcome(product: Product) -> Outcome:
    """Return what *product* came to; its rows are the editions that may be handed out."""
    from press.build.output_files import row_of  # noqa: PLC0415 - heavy

    status = FAILED if errors(product.problems) else OK
    rows = tuple(row_of(name, finished) for name, finished in product.sound())
    return Outcome(status, product.problems, rows)


def _rebuild(request: Request, last: LastBuild, progress: Progress) -> Outcome:
    """Make what is asked for, and exchange the outputs for the new ones; *last* has the inputs of this build."""
    from press.build import output_files, output_tree, plan  # noqa: PLC0415 - heavy

    product = produce(request, progress, inputs=last.inputs)
    old = output_tree.OldTree(request.out)
    outputs = output_files.lay_out(product, old, request.formats)
    changes = output_tree.compare(outputs.files, old)
    output_tree.exchange(request.out, changes)
    gone = output_files.removed(changes)
    done = replace(outcome(product), rows=outputs.rows, gone=gone, left=outputs.left)
    done = replace(done, written=len(changes.fresh))
    made = {
        "/".join(name): plan.parts_of(edition.manuscript)
        for name, edition in product.finished.items()
    }
    parts, known = {**last.parts, **made}, asdict(product.means.dependencies)
    now = replace(last, dependencies=known, parts=parts)
    remember(request, now, done, product.concerned())
    product.prune_store()
    return done


def clean(request: Request, *, store_too: bool = False) -> tuple[str, ...]:
    """Remove the outputs, and with *store_too* all that is kept between builds; return what was removed."""
    import shutil  # noqa: PLC0415 - only here

    work = request.folders.work
    with lock.hold(work, "clean"):
        refuse_sources(request.folders, request.out)
        swap.sweep(request.out)
        if request.out.exists() and not request.out.is_dir():
            raise OutputError(f"{paths.shown(request.out)} is not a folder")
        removed = [request.out] if request.out.is_dir() else []
        if foreign(request.out):
            shown = paths.shown(request.out)
            raise OutputError(f"{shown} is not an output folder of Press; it is left as it is")
        if removed:
            refuse_out(request.folders, request.out)  # one of another series
            out = request.out.resolve()
            with lock.reported(out):  # in one call: a run killed here leaves no half of it
                out.rename(out.with_name(f".{out.name}.old-{os.getpid()}"))
            swap.sweep(out)
        for path in sorted(work.iterdir()) if store_too else ():
            if path.name not in {"lock", "schema"} and not path.name.endswith(".lock"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed.append(path)
        request.state.unlink(missing_ok=True)
        return tuple(map(paths.shown, removed))
