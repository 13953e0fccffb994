"""The approved pictures and today's: outputs in; what looks different out, with a page that shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from press.build import build
from press.build.output_files import lay_out
from press.build.output_tree import OldTree
from press.ground import lock, paths
from press.ground.disk import write_whole
from press.print.pdf import pages as pages_of_pdf
from press.problems import ContentRefusedError, errors
from press.tools.looks import contact_sheet, images
from press.tools.looks.camera import VIEWS, photographs
from press.tools.looks.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from press.build.build_request import Request
    from press.ground.paths import Folders

RESOLUTION = 120  # pixels to the inch, of which half are kept
SIZE = re.compile(rb"\b\d+ kB\b")
Progress = Callable[[int, int, str], None]
WORDS = {
    "damaged": "this approved picture is damaged",
    "missing": "there is no approved picture of this page",
    "extra": "no page is behind this approved picture any more",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that is not as approved."""

    picture: str  # 'en/health-page-1', 'index-dark-1440'
    what: Literal["different", "damaged", "missing", "extra"]
    told: str
    marks: tuple[tuple[int, int], ...] = ()  # columns and rows of the cells that differ


def look(
    request: Request, browser: str, progress: Progress, *, renew: bool = False
) -> tuple[Seen, ...]:
    """Return what looks different from what was approved; *renew* approves just that.

    Raises:
        ContentRefusedError: a brief has a mistake, so that not all can be seen.
        BusyError, OutputError, ConfigurationError: nothing could be looked at.
    """
    with lock.hold(request.folders.work, "pictures"):
        known, sheet = approved_folder(request.folders), sheet_of(request.folders)
        now = dict(taken(files(request, progress), browser, progress))
        seen = compared(known, now, request.audiences)
        with lock.reported(sheet.parent):
            contact_sheet.lay_out(
                sheet.parent, {one.picture: (one.told, shot(known, now, one)) for one in seen}
            )
        if renew:
            with lock.reported(known):
                approve(known, now, seen)
    return seen


def approved_folder(folders: Folders) -> Path:
    """Return the folder of the approved pictures."""
    return folders.root / "tests" / "pictures"


def sheet_of(folders: Folders) -> Path:
    """Return the page that shows what differs."""
    return folders.work / "pictures" / contact_sheet.PAGE


def files(request: Request, progress: Progress) -> dict[str, bytes]:
    """Return the outputs that a whole build would make, of the audiences that are asked for: pages lead to each other.

    Raises:
        ContentRefusedError: a brief has a mistake.
    """
    product = build.produce(replace(request, audiences=()), progress)
    if errors(product.problems):
        raise ContentRefusedError(product.problems)
    nothing = OldTree(request.folders.work / "pictures" / "nothing")
    made = lay_out(product, nothing, request.formats)
    return {
        name: data
        for name, data in made.files.items()
        if not request.audiences or PurePosixPath(name).stem in request.audiences
    }


def taken(
    outputs: Mapping[str, bytes], browser: str, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """Yield a small PNG of each page of each PDF among *outputs*, and of each HTML page in each view, by its name.

    Raises:
        ConfigurationError: the browser does not work.
    """
    pages = {name: steady(data) for name, data in outputs.items() if name.endswith(".html")}
    total = len(pages) * len(VIEWS)
    progress(0, total, "")
    for name, data in outputs.items():
        if name.endswith(".pdf"):
            for number, sheet in enumerate(pages_of_pdf(data, RESOLUTION), 1):
                yield f"{name.removesuffix('.pdf')}-page-{number}", images.of_sheet(sheet)
    for done, (name, view, data) in enumerate(photographs(browser, pages), 1):
        yield f"{name.removesuffix('.html')}-{view}", images.of_photograph(data)
        progress(done, total, name)


def steady(page: bytes) -> bytes:
    """Return a page as if all files that it tells the size of had one size: the libraries of a machine decide it."""
    return SIZE.sub(b"100 kB", page)


def compared(
    approved: Path, now: Mapping[str, bytes], audiences: tuple[str, ...] = ()
) -> tuple[Seen, ...]:
    """Return in which of *now* something looks different from the pictures in *approved*, in order."""
    found = (path.relative_to(approved) for path in approved.rglob("*.png"))
    names = {path.with_suffix("").as_posix() for path in found}
    # 'en/health-page-1' and 'en/health-dark-360' are of 'health'
    asked = {name for name in names if not audiences or brief_of(name) in audiences}
    told = (_compared(approved, now, name) for name in sorted(asked | now.keys()))
    return tuple(one for one in told if one is not None)


def brief_of(picture: str) -> str:
    """Return the brief, or the page without one, that a picture is of."""
    return PurePosixPath(picture).name.rsplit("-", 2)[0]


def _compared(approved: Path, now: Mapping[str, bytes], name: str) -> Seen | None:
    path = approved / f"{name}.png"
    if name not in now:
        return Seen(name, "extra", WORDS["extra"])
    if not path.is_file():
        return Seen(name, "missing", WORDS["missing"])
    data = path.read_bytes()
    if data == now[name]:
        return None
    try:
        found = likeness(data, now[name])
    except images.DamagedError:
        return Seen(name, "damaged", WORDS["damaged"])
    return Seen(name, "different", str(found), found.marks) if found.marks else None


def shot(approved: Path, now: Mapping[str, bytes], seen: Seen) -> bytes:
    """Return the PNG that shows what is *seen*: both pictures with what differs, or the only one that there is."""
    path = approved / f"{seen.picture}.png"
    if seen.what == "different":
        return images.beside(path.read_bytes(), now[seen.picture], seen.marks)
    return now[seen.picture] if seen.picture in now else path.read_bytes()


def approve(approved: Path, now: Mapping[str, bytes], seen: tuple[Seen, ...]) -> None:
    """Make the pictures in *approved* those of *now* where something is *seen*; all others stay, byte for byte."""
    for one in seen:
        path = approved / f"{one.picture}.png"
        if one.what == "extra":
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, now[one.picture])


def told(folders: Folders, seen: tuple[Seen, ...], *, renewed: bool) -> str:
    """Return what is *seen* as lines to read, and the way on; none where there is nothing."""
    known = approved_folder(folders)
    lines = [f"{paths.shown(known / one.picture)}.png: {one.told}" for one in seen]
    if seen and renewed:
        lines.append(f"approved what is there now in {'its' if len(seen) == 1 else 'their'} place")
    elif seen:
        shown = paths.shown(sheet_of(folders))
        lines.append(
            f"{shown} shows what differs; if it is meant, ./inv pictures --renew approves it"
        )
    return "".join(f"{line}\n" for line in lines)


def facts(seen: tuple[Seen, ...]) -> dict[str, list[dict[str, str]]]:
    """Return what is *seen* for programs."""
    keys = ("picture", "what", "told")
    return {"pictures": [{key: getattr(picture, key) for key in keys} for picture in seen]}
