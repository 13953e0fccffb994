"""Print every edition that the project has, once for all tests of a run."""

from __future__ import annotations

import fcntl
import shutil
from typing import TYPE_CHECKING, NamedTuple

from press.build import catalogue
from press.build.library_check import check_library, every_name
from press.print.server.client import PrintServer
from tests.support.editions import means, page_of
from tests.support.folders import HERE, setup
from tests.support.project import LIBRARY
from tests.support.series import in_content
from tests.support.site import OUR_BRIEFS, ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.content.library import Library

CATALOGUE = "catalogue/en/catalogue"  # every kind of block
SPEAKING = "speaking/en/blue"  # it has all that a series can say: QR code, logos, funder, correction; on Letter
PRINTS = [
    CATALOGUE,
    "graded/en/heads",
    "small/en/blue",
    "small/en/red",
    SPEAKING,
    "speaking/en/red",
    *ours(*(f"ours/en/{brief}" for brief in OUR_BRIEFS)),
]
SAID = """\
number: 2026/3
address: https://town.xx/gardens/
authors: ["Ayla Demir, Institute of Parks", The office of parks]
reviewers: [Maria Okafor]
funder: Paid for by the town.
interests: None declared.
disclaimer: The views are those of the authors.
supersedes: {release: 2026-01-15.1, erratum: "We wrote 7; nobody counted."}
logo: {file: town.svg, name: The arms of the town}
logos: [{file: town.svg, name: The town}]
colour: "#7a1f1f"
paper: Letter
"""
SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30">'
    '<rect width="60" height="30" fill="#7a1f1f"/></svg>'
)


class Printed(NamedTuple):
    """A page as the engine is given it, and its PDF."""

    page: str
    pdf: bytes


def prints(work: Path) -> dict[str, Printed]:
    """Return the print of every edition by its name; the first process prints for all, into *work*."""
    kept = work / "accessible"
    with (work / "accessible.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = dict(_made(work))
            kept.mkdir()
            for name, (page, pdf) in made.items():
                (kept / f"{name.replace('/', '-')}.html").write_text(page, "utf-8", newline="")
                (kept / f"{name.replace('/', '-')}.pdf").write_bytes(pdf)
    names = (path.stem for path in sorted(kept.glob("*.pdf")))
    return {
        name.replace("-", "/", 2): Printed(
            (kept / f"{name}.html").read_bytes().decode(), (kept / f"{name}.pdf").read_bytes()
        )
        for name in names
    }


def _made(work: Path) -> Iterator[tuple[str, Printed]]:
    examples = HERE.templates / "catalogue"
    yield from _of("catalogue", catalogue.examples(HERE), examples, work)
    sites = {"small": LIBRARY, "graded": LIBRARY.with_name("graded"), "speaking": speaking(work)}
    for site, content in (sites | ({"ours": HERE.content} if in_content() else {})).items():
        library, _, faulty, _ = check_library(means(work, content).folders)
        assert not faulty
        yield from _of(site, library, content, work)


def _of(site: str, library: Library, content: Path, work: Path) -> Iterator[tuple[str, Printed]]:
    given = means(work, content)
    with PrintServer(setup(work)) as server:
        for name in every_name(library):
            page = page_of(library, name, given)
            pdf = server.print(page.paper, page.manuscript.images).pdf
            yield "/".join((site, *name)), Printed(page.paper, pdf)


def speaking(work: Path) -> Path:
    """Write the small library with all that a series can say of itself; its briefs are final."""
    content = work / "speaking"
    shutil.copytree(LIBRARY, content)
    series = content / "series.yaml"
    text = series.read_text("utf-8")
    assert text.count("authors: [The office of parks]\n") == 1
    series.write_text(text.replace("authors: [The office of parks]\n", SAID), "utf-8")
    (content / "images").mkdir(exist_ok=True)
    (content / "images" / "town.svg").write_text(SIGN, "utf-8")
    return content
