"""Say what a build would make anew, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from press.build.build_request import Request
from press.build.build_result import Outcome, Planned
from press.build.formats import FORMATS
from press.build.last_build import LastBuild
from press.build.library_check import check_library, concerns, every_name
from press.build.pages import read_page, short_of, write_manuscript
from press.build.prints import key_of
from press.build.stages import Manuscript, Means
from press.content.library import Library
from press.content.model.identity import Voices
from press.edition.resolve import OF_BRIEF, OF_SERIES
from press.ground.store import key as digest
from press.problems import FAILED, OK, errors

REASONS = {
    "code": "the code of Press changed",
    "templates": "a template or style changed",
    "fonts": "a font changed",
    "libraries": "a library of this machine changed",
}
SERIES = ("series", *OF_SERIES, "address", "logo", "logos", "correction")  # fields of an edition


def plan_editions(request: Request, means: Means, last: LastBuild) -> Outcome:
    """Return each edition that is not in the store with what changed since the *last* build, and what is wrong.

    Raises:
        ContentRefusedError: nothing could be built.
    """
    library, faults, faulty, _ = check_library(means.folders)  # a plan keeps nothing
    forms = {FORMATS[name].needs for name in request.formats} - {""}
    sources = (
        write_manuscript(library, name, means)
        for name in every_name(library)
        if name[1] not in faulty and request.has(*name)
    )
    planned = tuple(
        Planned(*source.name, _reasons(source, means, last))
        for source in sources
        if not _is_kept(library, source, means, forms)
    )
    problems = {fault.problem for fault in faults if concerns(library, fault, request)}
    held = (
        "/".join(name) for name in every_name(library) if name[1] in faulty and request.has(*name)
    )
    status = FAILED if errors(problems) else OK
    return Outcome(status, tuple(sorted(problems)), (), planned=planned, held=tuple(held))


def _is_kept(library: Library, source: Manuscript, means: Means, forms: Iterable[str]) -> bool:
    """Return True if the store has the page of *source*, and its prints that are wanted."""
    wanted = {"brief": source, "short": short_of(library, source, means)}
    return means.store.get(source.key) is not None and all(
        _is_printed(library, wanted[form], means) for form in forms
    )


def _is_printed(library: Library, source: Manuscript, means: Means) -> bool:
    html = means.store.get(source.key)
    if html is None:
        return False
    page = read_page(library, source, html.decode(), new=False)
    return means.store.get(key_of(library, page, means.dependencies)) is not None


def _reasons(source: Manuscript, means: Means, last: LastBuild) -> tuple[str, ...]:
    now, was = asdict(means.dependencies), last.dependencies
    changed = [reason for name, reason in REASONS.items() if was.get(name, now[name]) != now[name]]
    changed += _differences(parts_of(source), last.parts.get("/".join(source.name)))
    return tuple(changed) or ("it is not in the store",)


def _differences(now: Mapping[str, str], was: Mapping[str, str] | None) -> list[str]:
    """Return the names of what is new, gone or changed."""
    if was is None:
        return ["it was never built"]
    changes = {
        name: "is new" if name not in was else "is gone" if name not in now else "changed"
        for name in sorted({*now, *was})
        if now.get(name) != was.get(name)
    }
    return [f"{name} {change}" for name, change in changes.items()]


def parts_of(source: Manuscript) -> dict[str, str]:
    """Return a digest of each thing in an edition, by a name that an author understands."""
    edition = source.edition
    things: dict[str, object] = {f"block '{block.id}'": block for block in edition.blocks()}
    things |= {f"claim '{note.claim}'": replace(note, number=0) for note in edition.notes}
    things |= {f"source '{record.id}'": record for record in edition.sources}
    things |= {
        "the title": edition.title,
        "the other briefs' labels": source.ways,
        "the brief's own lines": tuple(getattr(edition, name) for name in OF_BRIEF),
        "what the sources are": edition.works,
        "who speaks": tuple(getattr(edition, name) for name in Voices.model_fields),
        "series.yaml": tuple(getattr(edition, name) for name in SERIES),
    }
    return {name: digest(repr(thing))[:16] for name, thing in things.items()}
