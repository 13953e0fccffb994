"""What a build would make anew: content, store and digests of the last build in, editions and reasons out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Protocol

from press import paths, produce, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from press.library import Library
    from press.produce import Name, Tools, Wanted, Work

TOOLS = {
    "code": "the code of Press changed",
    "templates": "a template or style changed",
    "fonts": "a font changed",
    "libraries": "a library of this machine changed",
}


class Before(Protocol):
    """What is known of the last build."""

    tools: dict[str, str]
    parts: dict[str, dict[str, str]]


def planned(
    folder: Path, wanted: Wanted, kept: store.Store, tools: Tools, before: Before
) -> Iterator[tuple[Name, tuple[str, ...]]]:
    """Yield each edition that is not in the store, and what changed since the last build.

    Raises:
        ContentRefusedError: nothing could be built.
    """
    library, _, faulty = produce.sound(folder, paths.shown(folder))
    now = asdict(tools)
    changed = tuple(
        said for name, said in TOOLS.items() if before.tools.get(name, now[name]) != now[name]
    )
    for name in produce.names(library, faulty):
        if wanted.has(name):
            work = produce.started(library, name, tools)
            if not known(library, work, kept, tools, printed="pdf" in wanted.formats):
                was = before.parts.get(f"{name[0]}/{name[1]}")
                reasons = (*changed, *differing(produce.parts(work), was))
                yield name, reasons or ("it is not in the store",)


def known(library: Library, work: Work, kept: store.Store, tools: Tools, *, printed: bool) -> bool:
    """Say whether the page of *work*, and its print if it is to be *printed*, are in the store."""
    page = kept.get(work.page_key)
    if page is None:
        return False
    work.page = page.decode()
    return not printed or kept.get(produce.print_key(library, work, tools)) is not None


def differing(now: Mapping[str, str], was: Mapping[str, str] | None) -> tuple[str, ...]:
    """Return the names of what is new, gone or changed."""
    if was is None:
        return ("it was never built",)
    changes = (
        (name, "is new" if name not in was else "is gone" if name not in now else "changed")
        for name in sorted({*now, *was})
    )
    return tuple(f"{name} {what}" for name, what in changes if now.get(name) != was.get(name))
