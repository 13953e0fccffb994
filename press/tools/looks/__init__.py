"""Compare pictures of all pages with the approved ones, and lay out a page of those that differ."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from press.build import build
from press.build.build_request import Request
from press.build.output_files import lay_out
from press.build.output_tree import OldTree
from press.ground import lock, paths
from press.ground.disk import write_whole
from press.ground.paths import SHORT, Folders
from press.print.pdf import pages as pages_of_pdf
from press.problems import ContentRefusedError, RefusedError, errors
from press.tools.looks import contact_sheet, images
from press.tools.looks.camera import VIEWS, photographs
from press.tools.looks.likeness import likeness

RESOLUTION = 120  # pixels to the inch, of which half are kept
SIZE = re.compile(rb"\b\d+ kB\b")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A picture that is not as approved."""

    picture: str  # 'en/health-page-1', 'index-dark-1440'
    what: Literal["different", "damaged", "missing", "extra"]
    message: str
    marks: tuple[tuple[int, int], ...] = ()  # columns and rows of the cells that differ


def look(
    request: Request, browser: str, progress: Progress, *, renew: bool = False
) -> tuple[Difference, ...]:
    """Return what looks different from the approved pictures; *renew* approves it.

    Raises:
        ContentRefusedError: a brief has a mistake, so that not all pages can be compared.
        BusyError, OutputError, ConfigurationError: nothing could be looked at.
    """
    with lock.hold(request.folders.work, "pictures"):
        known, sheet = approved_folder(request.folders), sheet_of(request.folders)
        now = dict(take_pictures(files(request, progress), browser, progress))
        differences = compare(known, now, request.audiences)
        rows = [
            (each.picture, each.message, side_by_side(known, now, each)) for each in differences
        ]
        with lock.reported(sheet.parent):
            contact_sheet.lay_out(sheet.parent, rows)
        if renew:
            with lock.reported(known):
                approve(known, now, differences)
    return differences


def approved_folder(folders: Folders) -> Path:
    """Return the folder of the approved pictures."""
    return folders.root / "tests" / "pictures"


def sheet_of(folders: Folders) -> Path:
    """Return the page that shows what differs."""
    return folders.work / "pictures" / contact_sheet.PAGE


def files(request: Request, progress: Progress) -> dict[str, bytes]:
    """Return the outputs of the requested audiences as a whole build makes them, with links to each other.

    Raises:
        ContentRefusedError: a brief has a mistake.
        RefusedError: the approved pictures are of another series.
    """
    product = build.produce(replace(request, audiences=()), progress)
    if errors(product.problems):
        raise ContentRefusedError(product.problems)
    known, series = approved_folder(request.folders), str(product.library.series.name)
    theirs = known / "series.txt"
    if theirs.is_file() and (other := theirs.read_text("utf-8").strip()) != series:
        message = f"{paths.shown(known)} has pictures of the series '{other}', and content/ has '{series}'"
        raise RefusedError(f"{message}; remove that folder to keep pictures of your own")
    nothing = OldTree(request.folders.work / "pictures" / "nothing")
    made = lay_out(product, nothing, request.formats)
    return {
        name: data
        for name, data in made.files.items()
        if not request.audiences or brief_of(name) in request.audiences
    }


def brief_of(name: str) -> str:
    """Return the brief of an output, or of its name without an ending: 'red' of 'en/red-short.pdf'."""
    return PurePosixPath(name).stem.removesuffix(SHORT)


def take_pictures(
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
    """Return a page as if all files had one size, which depends on the libraries of the machine."""
    return SIZE.sub(b"100 kB", page)


def compare(
    approved: Path, now: Mapping[str, bytes], audiences: tuple[str, ...] = ()
) -> tuple[Difference, ...]:
    """Return which pictures of *now* look different from those in *approved*, in order."""
    files = approved.rglob("*.png")
    known = {
        file.relative_to(approved).with_suffix("").as_posix()
        for file in files  # 'health-page-1' and 'health-dark-360' are of 'health'
        if not audiences or brief_of(file.stem.rsplit("-", 2)[0]) in audiences
    }
    compared = (_compare(approved, now, name) for name in sorted(known | now.keys()))
    return tuple(difference for difference in compared if difference)


def _compare(approved: Path, now: Mapping[str, bytes], name: str) -> Difference | None:
    path = approved / f"{name}.png"
    if name not in now:
        return Difference(name, "extra", "this approved picture is of no page any more")
    if not path.is_file():
        return Difference(name, "missing", "there is no approved picture of this page")
    data = path.read_bytes()
    if data == now[name]:
        return None
    try:
        cells = likeness(data, now[name])
    except images.DamagedError:
        return Difference(name, "damaged", "this approved picture is damaged")
    return Difference(name, "different", str(cells), cells.marks) if cells.marks else None


def side_by_side(approved: Path, now: Mapping[str, bytes], difference: Difference) -> bytes:
    """Return a PNG of both pictures and of what differs, or of the only picture that there is."""
    path = approved / f"{difference.picture}.png"
    if difference.what == "different":
        return images.beside(path.read_bytes(), now[difference.picture], difference.marks)
    return now[difference.picture] if difference.picture in now else path.read_bytes()


def approve(approved: Path, now: Mapping[str, bytes], differences: tuple[Difference, ...]) -> None:
    """Replace the pictures in *approved* that differ from those of *now*, and no others."""
    for each in differences:
        path = approved / f"{each.picture}.png"
        if each.what == "extra":
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, now[each.picture])


def as_text(folders: Folders, differences: tuple[Difference, ...], *, renewed: bool) -> str:
    """Return the *differences* as lines to read, and what to do next; '' if there are none."""
    known = approved_folder(folders)
    lines = [f"{paths.shown(known / each.picture)}.png: {each.message}" for each in differences]
    if differences and renewed:
        lines.append(
            f"approved what is there now in {'its' if len(differences) == 1 else 'their'} place"
        )
    elif differences:
        shown = paths.shown(sheet_of(folders))
        lines.append(
            f"{shown} shows what differs; if it is meant, ./inv pictures --renew approves it"
        )
    return "".join(f"{line}\n" for line in lines)


def facts(differences: tuple[Difference, ...]) -> dict[str, list[dict[str, str]]]:
    """Return the *differences* for programs."""
    rows = [
        {"picture": each.picture, "what": each.what, "told": each.message} for each in differences
    ]
    return {"pictures": rows}
