"""The whole way from content to outputs: a request in, a new tree in the old one's place and an outcome out.

What decides that nothing has changed imports nothing heavy; all that comes after it does so in `rebuilt`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.build.build_request import foreign, refuse_out, refuse_sources, sources
from press.build.build_result import Outcome, Row
from press.build.last_build import Before, again, current, kept, remembered
from press.ground import lock, paths, store, swap
from press.ground import seen as state
from press.problems import FAILED, OK, OutputError, errors

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from press.build.build_request import Request
    from press.build.editions import Product
    from press.build.library_check import Wanted
    from press.build.output_tree import Outputs
    from press.build.workshop import Tools
    from press.ground.paths import Folders

Progress = Callable[[int, int, str], None]


def build(request: Request, progress: Progress) -> Outcome:
    """Bring the outputs up to date.

    Raises:
        ContentRefusedError: nothing could be built; the outputs are as they were.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(request.folders.work, "build"):
        began = state.clock(request.folders.work)
        before = remembered(request)
        refuse_out(request.folders, request.out)
        swap.sweep(request.out)
        inputs = state.scan(sources(request.folders), before.inputs, before.began)
        if request.whole and before.whole and current(request, before, inputs):
            return again(request, before)
        return rebuilt(request, before, inputs, began, progress)


def check(request: Request, progress: Progress, *, printing: bool = True) -> Outcome:
    """Go the same way as `build` through the store, and write no output.

    Raises:
        ContentRefusedError: no brief is sound.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(request.folders.work, "check"):
        product = produced(request, progress, printing=printing)
        from press.build import output_files as outputs  # noqa: PLC0415 - heavy
        from press.build import report  # noqa: PLC0415

        outputs.outputs(product, request.out, frozenset(request.formats))
        rows = tuple(row(product, name) for name, _ in product.sound())
        status = FAILED if errors(product.problems) else OK
        return Outcome(status, product.problems, rows, reports=report.reports(product))


def plan(request: Request) -> Outcome:
    """Say what `build` would make anew, and why; nothing is made. What only a print shows is not known yet.

    Raises:
        ContentRefusedError: `build` would be refused.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(request.folders.work, "plan"):
        before = remembered(request)
        inputs = state.scan(sources(request.folders), before.inputs, before.began)
        if request.whole and before.whole and current(request, before, inputs):
            return replace(again(request, before), rows=(), planned=())
        from press.build import plan as planning  # noqa: PLC0415 - heavy
        from press.build import workshop  # noqa: PLC0415

        means = workshop.Means(request.folders, tools(request.folders, inputs))
        made, problems = planning.planned(wanted(request), means, before)
        return Outcome(FAILED if errors(problems) else OK, problems, (), planned=made)


def produced(
    request: Request,
    progress: Progress,
    *,
    printing: bool = True,
    inputs: dict[str, state.Seen] | None = None,
) -> Product:
    """Return all editions that were asked for, finished as far as they can be.

    Raises:
        ContentRefusedError: no brief is sound.
    """
    from press.build import editions, workshop  # noqa: PLC0415 - heavy

    seen = inputs if inputs is not None else state.scan(sources(request.folders))
    folders = request.folders

    def with_pool(pool: Executor | None) -> Product:
        means = workshop.Means(folders, tools(folders, seen), pool, progress, request.jobs)
        return editions.produce(wanted(request), means)

    if not printing or "pdf" not in request.formats:
        return with_pool(None)
    from press.print import pool as workers  # noqa: PLC0415 - heavy

    with workers.Pool(request.jobs, workers.setup(folders.work, folders.fonts)) as pool:
        return with_pool(pool)


def wanted(request: Request) -> Wanted:
    """Return what was asked for, as `produce` takes it."""
    from press.build.library_check import Wanted  # noqa: PLC0415 - heavy

    return Wanted(
        frozenset(request.audiences) or None,
        frozenset(request.languages) or None,
        frozenset(request.formats),
    )


def tools(folders: Folders, inputs: dict[str, state.Seen]) -> Tools:
    """Return digests of all that results depend on beside the content."""
    from press.build import editions, workshop  # noqa: PLC0415 - heavy

    def digest(folder: Path, *, but: Path | None = None) -> str:
        found = {
            os.path.relpath(path, folders.root): seen.digest
            for path, seen in inputs.items()
            if Path(path).is_relative_to(folder) and not (but and Path(path).is_relative_to(but))
        }
        return store.key(json.dumps(found, sort_keys=True))

    return workshop.Tools(
        code=digest(folders.code),
        templates=digest(folders.templates, but=folders.fonts),
        fonts=digest(folders.fonts),
        libraries=store.key(json.dumps(state.libraries()), editions.versions()),
    )


def row(product: Product, name: tuple[str, str]) -> Row:
    """Return one edition for the summary."""
    from press.build import workshop  # noqa: PLC0415 - heavy

    work = product.works[name]
    return Row(
        *name,
        status=work.edition.status,
        made="new" if work.new else "kept",
        pages=work.pages,
        words=work.words,
        html_bytes=len(workshop.written(product.library, work, product.means.folders.fonts)),
        pdf_bytes=len(work.print.pdf) if work.print else 0,
        mended=work.mended,
    )


def rebuilt(
    request: Request,
    before: Before,
    inputs: dict[str, state.Seen],
    began: int,
    progress: Progress,
) -> Outcome:
    """Make what is asked for, and exchange the outputs for the new ones."""
    from press.build import output_files as outputs  # noqa: PLC0415 - heavy

    product = produced(request, progress, inputs=inputs)
    made = outputs.outputs(product, request.out, frozenset(request.formats))
    exchanged(request.out, made)
    outcome = Outcome(
        FAILED if errors(product.problems) else OK,
        product.problems,
        tuple(made.rows),
        gone=outputs.removed(made),
        left=tuple(made.left),
    )
    remember(request, replace(before, inputs=inputs, began=began), product, outcome)
    store.Store(request.folders.store).prune(product.keys())
    return outcome


def remember(request: Request, before: Before, product: Product, outcome: Outcome) -> None:
    """Save what this build saw and did; *before* holds the inputs it has seen."""
    from press.build import workshop  # noqa: PLC0415 - heavy

    parts = {
        f"{work.edition.language}/{work.edition.brief}": workshop.parts(work)
        for work in product.works.values()
    }
    ended = state.clock(request.folders.work)
    after = replace(
        before,
        outputs=state.scan([request.out]),
        ended=ended,
        libraries=[list(one) for one in state.libraries()],
        python=list(sys.version_info[:3]),
        whole=request.whole,
        status=outcome.status,
        problems=[kept(problem, request) for problem in outcome.problems],
        rows=[asdict(one) for one in outcome.rows],
        tools=asdict(tools(request.folders, before.inputs)),
        parts=before.parts | parts,
    )
    state.save(request.state, asdict(after))


def exchanged(out: Path, made: Outputs) -> None:
    """Put the new tree in the place of the old one, unless it is the same."""
    if not made.fresh and not made.gone:
        return
    with swap.stage(out) as tree:
        for name in made.kept:
            tree.keep(name)
        for name, data in made.fresh.items():
            tree.write(name, data)
        tree.commit()


def clean(request: Request, *, store_too: bool = False) -> tuple[str, ...]:
    """Remove the outputs, and with *store_too* all that is kept between builds; return what was removed."""
    import shutil  # noqa: PLC0415 - only here

    with lock.hold(request.folders.work, "clean"):
        refuse_sources(request.folders, request.out)
        swap.sweep(request.out)
        removed = [request.out] if request.out.is_dir() else []
        if foreign(request.out):
            raise OutputError(
                f"{paths.shown(request.out)} is not an output folder of Press; it is left as it is"
            )
        if removed:
            out = request.out.resolve()
            with lock.reported(out):  # in one call: a run killed here leaves no half of it
                out.rename(out.with_name(f".{out.name}.old-{os.getpid()}"))
            swap.sweep(out)
        for work in sorted(request.folders.work.iterdir()) if store_too else ():
            if work.name != "lock" and not work.name.endswith(".lock"):
                shutil.rmtree(work) if work.is_dir() else work.unlink()
                removed.append(work)
        request.state.unlink(missing_ok=True)
        return tuple(map(paths.shown, removed))
