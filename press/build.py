"""The whole way from content to outputs: a request in, a new tree in the old one's place and an outcome out.

What decides that nothing has changed imports nothing heavy; all that comes after it does so in `rebuilt`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press import exchange, lock, paths, state, store
from press.problems import FAILED, OK, OutputError, Place, Problem, errors

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from press.outputs import Outputs
    from press.produce import Product, Tools, Wanted
    from press.report import Report

Progress = Callable[[int, int, str], None]
FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Request:
    """What the user asked for."""

    content: Path = paths.CONTENT
    out: Path = paths.BUILD
    audiences: tuple[str, ...] = ()  # empty: all
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    jobs: int = 0  # 0: one for each processor

    @property
    def whole(self) -> bool:
        """Say whether every edition is asked for, in every format."""
        return not self.audiences and not self.languages and set(self.formats) == set(FORMATS)

    @property
    def state(self) -> Path:
        """Return where the state of these outputs is kept."""
        if (self.content, self.out) == (paths.CONTENT, paths.BUILD):
            return paths.WORK / "state.json"
        both = os.fsencode(self.content.resolve()) + b"\0" + os.fsencode(self.out.resolve())
        return paths.WORK / f"state-{hashlib.sha256(both).hexdigest()[:16]}.json"


@dataclass(frozen=True)
class Row:
    """One edition in the summary at the end of a build."""

    language: str
    brief: str
    status: str  # draft or final, or stale
    made: str  # new, kept, or stale
    pages: int
    words: int
    html_bytes: int
    pdf_bytes: int


@dataclass(frozen=True)
class Outcome:
    """What a build or a check came to."""

    status: int
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...]
    unchanged: bool = False  # nothing was made and nothing written
    reports: tuple[Report, ...] = ()  # of a check
    gone: tuple[str, ...] = ()  # files of briefs that there are no longer
    left: tuple[str, ...] = ()  # files that nobody asked for and that are out of date


@dataclass(frozen=True)
class Planned:
    """An edition that would be made anew, and why."""

    language: str
    brief: str
    reasons: tuple[str, ...]


@dataclass
class Before:
    """What the last build of these outputs saw and did; empty where there was none."""

    inputs: dict[str, state.Seen] = field(default_factory=dict)
    outputs: dict[str, state.Seen] = field(default_factory=dict)
    began: int = 0  # the clock from before the inputs were seen
    ended: int = 0  # and from before the outputs were
    libraries: list[list[Any]] = field(default_factory=list)
    python: list[int] = field(default_factory=list)
    whole: bool = False
    status: int = OK
    problems: list[list[Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    tools: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(
        default_factory=dict
    )  # 'language/brief' -> digests by name


def build(request: Request, progress: Progress) -> Outcome:
    """Bring the outputs up to date.

    Raises:
        ContentRefusedError: nothing could be built; the outputs are as they were.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(paths.ROOT, "build"):
        began = state.clock(paths.WORK)
        before = remembered(request)
        refuse_out(request)
        exchange.sweep(request.out)
        inputs = state.scan(sources(request), before.inputs, before.began)
        if request.whole and before.whole and current(request, before, inputs):
            return again(request, before)
        return rebuilt(request, before, inputs, began, progress)


def check(request: Request, progress: Progress, *, printing: bool = True) -> Outcome:
    """Go the same way as `build` through the store, and write no output.

    Raises:
        ContentRefusedError: no brief is sound.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(paths.ROOT, "check"):
        product = produced(request, progress, printing=printing)
        from press import report  # noqa: PLC0415 - heavy

        rows = tuple(row(product, name) for name, _ in product.sound())
        status = FAILED if errors(product.problems) else OK
        return Outcome(status, product.problems, rows, reports=report.reports(product))


def plan(request: Request) -> tuple[Planned, ...]:
    """Return what `build` would make anew, and why; nothing is made.

    Raises:
        ContentRefusedError: `build` would be refused.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(paths.ROOT, "plan"):
        before = remembered(request)
        inputs = state.scan(sources(request), before.inputs, before.began)
        if request.whole and before.whole and current(request, before, inputs):
            return ()
        from press import planning  # noqa: PLC0415 - heavy

        return tuple(
            Planned(language, brief, reasons)
            for (language, brief), reasons in planning.planned(
                request.content,
                wanted(request),
                store.Store(paths.WORK / "store"),
                tools(inputs),
                before,
            )
        )


def sources(request: Request) -> list[Path]:
    """Return the folders and files that decide what the outputs are."""
    return [
        request.content,
        paths.TEMPLATES,
        paths.ROOT / "press",
        paths.ROOT / "requirements" / "core.lock",
    ]


def refuse_out(request: Request) -> None:
    """Refuse a folder of outputs that is somebody's or holds what outputs are made of, before any work is done.

    Raises:
        OutputError: it is one of these.
    """
    refuse_sources(request)
    if foreign(request.out):
        raise OutputError(
            f"{paths.shown(request.out)} is not an output folder of Press; choose another --out or empty it"
        )


def refuse_sources(request: Request) -> None:
    """Refuse a folder of outputs that holds what outputs are made of, or is in it.

    Raises:
        OutputError: it is one of these.
    """
    out, shown = request.out.resolve(), paths.shown(request.out)
    for folder in map(Path.resolve, sources(request)):
        if out.is_relative_to(folder) or folder.is_relative_to(out):
            raise OutputError(f"{shown} holds what outputs are made of; choose another --out")


def foreign(out: Path) -> bool:
    """Say whether *out* is a folder with something in it that no build has left there."""
    return out.is_dir() and any(out.iterdir()) and not (out / exchange.MANIFEST).is_file()


def current(request: Request, before: Before, inputs: dict[str, state.Seen]) -> bool:
    """Say whether the outputs are those that a build would make, and nobody has touched them."""
    if not state.same(inputs, before.inputs) or before.python != list(sys.version_info[:3]):
        return False
    if before.libraries != [list(one) for one in state.libraries()]:
        return False
    return state.same(state.scan([request.out], before.outputs, before.ended), before.outputs)


def remembered(request: Request) -> Before:
    """Return what the last build left, or nothing where its form is not ours."""
    value = state.load(request.state)
    try:
        known = Before(**value) if value else Before()
        known.inputs, known.outputs = state.revived(known.inputs), state.revived(known.outputs)  # type: ignore[arg-type]
    except TypeError:
        return Before()
    return known


def again(request: Request, before: Before) -> Outcome:
    """Return the outcome of the last build, which still holds."""
    shown = paths.shown(request.content)
    problems = tuple(
        Problem(Place(f"{shown}/{path}", line, column), message, rule, severity)
        for path, line, column, message, rule, severity in before.problems
    )
    rows = tuple(
        Row(**{**one, "made": "kept" if one["made"] == "new" else one["made"]})
        for one in before.rows
    )
    return Outcome(before.status, problems, rows, unchanged=True)


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
    from press import produce  # noqa: PLC0415 - heavy

    seen = inputs if inputs is not None else state.scan(sources(request))
    kept = store.Store(paths.WORK / "store")

    def with_pool(pool: Executor | None) -> Product:
        means = produce.Means(kept, tools(seen), pool, progress)
        return produce.produce(request.content, wanted(request), means)

    if not printing or "pdf" not in request.formats:
        return with_pool(None)
    from press import workers  # noqa: PLC0415 - heavy

    with workers.Pool(request.jobs or None) as pool:
        return with_pool(pool)


def wanted(request: Request) -> Wanted:
    """Return what was asked for, as `produce` takes it."""
    from press.produce import Wanted  # noqa: PLC0415 - heavy

    return Wanted(
        frozenset(request.audiences) or None,
        frozenset(request.languages) or None,
        frozenset(request.formats),
    )


def tools(inputs: dict[str, state.Seen]) -> Tools:
    """Return digests of all that results depend on beside the content."""
    from press import produce  # noqa: PLC0415 - heavy

    def digest(folder: Path, *, but: Path | None = None) -> str:
        found = {
            os.path.relpath(path, paths.ROOT): seen.digest
            for path, seen in inputs.items()
            if Path(path).is_relative_to(folder) and not (but and Path(path).is_relative_to(but))
        }
        return store.key(json.dumps(found, sort_keys=True))

    return produce.Tools(
        code=digest(paths.ROOT / "press"),
        templates=digest(paths.TEMPLATES, but=paths.FONTS),
        fonts=digest(paths.FONTS),
        libraries=store.key(json.dumps(state.libraries()), produce.versions()),
    )


def row(product: Product, name: tuple[str, str]) -> Row:
    """Return one edition for the summary."""
    from press import produce  # noqa: PLC0415 - heavy

    work = product.works[name]
    pages = work.print.facts.pages if work.print else 0
    words = sum(sheet.words for sheet in work.print.facts.sheets) if work.print else 0
    html = len(produce.written(product.library, work))
    return Row(
        *name,
        work.edition.status,
        "new" if work.new else "kept",
        pages,
        words,
        html,
        len(work.print.pdf) if work.print else 0,
    )


def rebuilt(
    request: Request,
    before: Before,
    inputs: dict[str, state.Seen],
    began: int,
    progress: Progress,
) -> Outcome:
    """Make what is asked for, and exchange the outputs for the new ones."""
    from press import outputs, produce  # noqa: PLC0415 - heavy

    product = produced(request, progress, inputs=inputs)
    made = outputs.outputs(product, request.out, frozenset(request.formats))
    exchanged(request.out, made)
    rows = tuple(Row(**facts) for facts in made.rows)
    outcome = Outcome(
        FAILED if errors(product.problems) else OK,
        product.problems,
        rows,
        gone=outputs.removed(made),
        left=tuple(made.left),
    )
    parts = before.parts | {
        f"{language}/{brief}": produce.parts(work)
        for (language, brief), work in product.works.items()
    }
    ended = state.clock(paths.WORK)
    after = Before(
        inputs=inputs,
        outputs=state.scan([request.out]),
        began=began,
        ended=ended,
        libraries=[list(one) for one in state.libraries()],
        python=list(sys.version_info[:3]),
        whole=request.whole,
        status=outcome.status,
        problems=[kept(problem, request) for problem in outcome.problems],
        rows=[asdict(one) for one in rows],
        tools=asdict(tools(inputs)),
        parts=parts,
    )
    state.save(request.state, asdict(after))
    store.Store(paths.WORK / "store").prune(product.keys())
    return outcome


def kept(problem: Problem, request: Request) -> list[Any]:
    """Return *problem* for the state, its path relative to the content."""
    path = problem.place.path.removeprefix(f"{paths.shown(request.content)}/")
    return [
        path,
        problem.place.line,
        problem.place.column,
        problem.message,
        problem.rule,
        problem.severity,
    ]


def exchanged(out: Path, made: Outputs) -> None:
    """Put the new tree in the place of the old one, unless it is the same."""
    if not made.fresh and not made.gone:
        return
    with exchange.stage(out) as tree:
        for name in made.kept:
            tree.keep(name)
        for name, data in made.fresh.items():
            tree.write(name, data)
        tree.commit()


def clean(request: Request, *, store_too: bool = False) -> tuple[str, ...]:
    """Remove the outputs, and with *store_too* all that is kept between builds; return what was removed."""
    import shutil  # noqa: PLC0415 - only here

    with lock.hold(paths.ROOT, "clean"):
        refuse_sources(request)
        exchange.sweep(request.out)
        removed = [request.out] if request.out.is_dir() else []
        if foreign(request.out):
            raise OutputError(
                f"{paths.shown(request.out)} is not an output folder of Press; it is left as it is"
            )
        if removed:
            out = request.out.resolve()
            with lock.reported(out):  # in one call: a run killed here leaves no half of it
                out.rename(out.with_name(f".{out.name}.old-{os.getpid()}"))
            exchange.sweep(out)
        for work in sorted(paths.WORK.iterdir()) if store_too else ():
            if work.name != "lock" and not work.name.endswith(".lock"):
                shutil.rmtree(work) if work.is_dir() else work.unlink()
                removed.append(work)
        request.state.unlink(missing_ok=True)
        return tuple(map(paths.shown, removed))


def briefs(content: Path) -> tuple[str, ...]:
    """Return the names of the briefs in *content*, read or not."""
    return tuple(sorted(path.stem for path in (content / "briefs").glob("*.yaml")))


def languages(content: Path) -> tuple[str, ...]:
    """Return the languages that have their terms in *content*."""
    return tuple(sorted(path.stem for path in (content / "terms").glob("*.yaml")))
