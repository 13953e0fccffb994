"""Who speaks in a brief: on page 1, above it on screens and at its end; a final brief without it is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest

from press.checks.content.identity import placeholders
from press.content.languages import LANGUAGES, READ
from press.page.elements import elements_of
from tests.support.editions import faults_of_layout, printed_once, produce
from tests.support.project import ROOT, Project, put_back

if TYPE_CHECKING:
    from tests.whole.conftest import Kept

SERIES = "content/series.yaml"
VOICES = """\
number: 2026/3
authors: ["Ayla Demir, Institute of Parks", The office of parks]
reviewers: [Maria Okafor]
funder: Paid for by the town.
interests: None declared.
"""
MINISTRY = """\
logo: {file: town.svg, name: The arms of Ruritania}
paper: Letter
"""
SIGN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><rect width="60" height="30" fill="#7a1f1f"/></svg>'


def said(project: Project) -> list[str]:
    """Return what the rule tells of the whole content."""
    told = project.run("check", "--no-print")
    lines = (told.stdout + told.stderr).splitlines()
    return [line for line in lines if line.endswith("[identity]")]


def write(project: Project, lines: str) -> None:
    """Put *lines* into the series, in the place of its authors."""
    project.edit(SERIES, "authors: [The office of parks]\n", lines)


def paper(path: Path) -> list[str]:
    """Return the text of each page of a print, on one line each."""
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_a_final_brief_names_its_authors(project: Project) -> None:
    """Each that does not is told, with where to write it; the reason why nobody is named will do."""
    write(project, "")
    told = said(project)
    assert [line.partition(": ")[0] for line in told] == [
        "content/briefs/blue.yaml:4:8",
        "content/briefs/red.yaml:4:8",
    ]
    assert all("'authors_withheld:' with the reason" in line for line in told)
    project.edit("content/briefs/red.yaml", "label:", "authors: [Ayla Demir]\nlabel:")
    project.edit(
        "content/briefs/blue.yaml", "label:", "authors_withheld: They work in prisons.\nlabel:"
    )
    assert said(project) == []


def test_of_drafts_one_line_says_what_they_wait_for(project: Project) -> None:
    """It names each thing once, however many drafts lack it, and stops none of them."""
    write(project, "")
    project.edit(SERIES, "gardens@town.xx", "gardens@example.org")
    for brief in ("red", "blue"):
        project.edit(f"content/briefs/{brief}.yaml", "status: final", "status: draft")
    [line] = said(project)
    begin, _, waiting = line.partition(": a draft can be final when it is settled who speaks: ")
    assert begin == "content/series.yaml:1:7: warning"
    assert waiting == (
        "a final brief names its authors, people or an institution;"
        " 'example.org' under 'contact' is a placeholder [identity]"
    )


def test_nobody_is_named_twice(project: Project) -> None:
    """It would be printed twice."""
    write(project, "authors: [Ayla Demir, The town, Ayla Demir]\n")
    done = project.run("check", "--no-print")
    assert "error: 'Ayla Demir' is given twice; take one out [schema]" in done.stdout + done.stderr


PLACEHOLDERS = {
    "contact: gardens@town.xx": "contact: gardens@example.org",
    "publisher: The town": "publisher: Your ministry",
    "name: Gardens of the town": "name: Name of the series",
    "authors: [The office of parks]": "authors: [The office of parks, N. N.]",
    "licence: CC BY 4.0": "licence: CC BY 4.0\nreviewers: [to be confirmed]",
    "languages: [en]": "languages: [en]\naddress: https://briefs.example/gardens",
    "release: 2026-01-15": "release: 2026-01-15\nfunder: Paid for by <your donor>.",
}


def test_placeholders_are_refused_in_a_final_brief_alone(project: Project) -> None:
    """Each at its place; in a draft they may wait."""
    for old, new in PLACEHOLDERS.items():
        project.edit(SERIES, old, new)
    lines = project.content.joinpath("series.yaml").read_text("utf-8").splitlines()
    wanted = {lines.index(new.splitlines()[-1]) + 1 for new in PLACEHOLDERS.values()}
    assert len(wanted) == len(PLACEHOLDERS)
    told = said(project)
    found = [
        re.match(r"content/series.yaml:(\d+):\d+: error: .* is a placeholder", each)
        for each in told
    ]
    assert all(found), told
    assert {int(each[1]) for each in found if each} == wanted
    for brief in ("red", "blue"):
        project.edit(f"content/briefs/{brief}.yaml", "status: final", "status: draft")
    [waits] = said(project)
    assert "warning: a draft can be final when it is settled who speaks" in waits


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Health (Department of Addiction Medicine)",
        "Jane Doherty, Todd Tobin and N. K. Osei",
        "Our World in Data",
        "The Author’s Guild of Arcania",
        "https://briefs.health.gov.xx/drugs",
        "press@exemplary.org",
        "Office for the Test of Medicines",
        "Two anonymous reviewers",
        "The University Publisher",
        "Institute of Public Health; names and addresses are with the editor",
    ],
)
def test_no_true_name_is_a_placeholder(name: str) -> None:
    """Whoever is called so may be printed."""
    assert not placeholders([LANGUAGES["en"]], sentence=False).search(name)


@pytest.mark.parametrize(
    ("name", "language", "waits"),
    [
        ("Your ministry", "en", True),
        ("Your ministry", "ru", False),  # the file of that language has no such words yet
        ("N. N.", "ru", True),
        ("press@example.org", "ru", True),
    ],
)
def test_what_waits_for_a_name_belongs_to_a_language(
    name: str, language: str, *, waits: bool
) -> None:
    """A second language brings its own words; what nobody can be called is so in all."""
    assert bool(placeholders([READ[language]], sentence=False).search(name)) is waits


@pytest.fixture(scope="module")
def out(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the outputs of a series that tells all of itself, and shows its logo; blue has an author of its own."""
    put_back(kept.copy.root, kept.place)
    project = Project(kept.place)
    write(project, VOICES)
    project.edit("content/briefs/blue.yaml", "label:", "authors: [Indigo Azure]\nlabel:")
    (project.content / "images").mkdir(exist_ok=True)
    (project.content / "images" / "town.svg").write_text(SIGN, "utf-8")
    project.append(
        SERIES, b'logo: {file: town.svg, name: The arms of the town}\ncolour: "#7a1f1f"\n'
    )
    project.good("build")
    return project.out.rename(tmp_path_factory.mktemp("speaking") / "out")


@pytest.mark.parametrize(
    "sentence",
    [
        "The views are not those of our ministry, nor of some agency.",
        "Paid for under grant [2024/17], to be decided on again each year.",
        "They appear under the name of the institute.",
    ],
)
def test_no_true_sentence_is_a_placeholder(sentence: str) -> None:
    """Words that no name has may stand in a disclaimer or the reason for a silence."""
    assert not placeholders([LANGUAGES["en"]], sentence=True).search(sentence)


def test_who_speaks_is_on_page_1_in_the_head_on_screens_and_at_the_end(out: Path) -> None:
    """Every name, the number and the contact, in print and in the page; how to cite begins with the authors."""
    pages = paper(out / "en" / "red.pdf")
    names = (
        "Ayla Demir, Institute of Parks; The office of parks",
        "Maria Okafor",
        "Paid for by the town.",
    )
    first = (*names, "None declared.", "gardens@town.xx", "Policy brief 2026/3", "The town")
    assert [text for text in first if text not in pages[0]] == []
    end = pages[-1][pages[-1].index("How to cite") :]
    assert [text for text in (*names, "None declared.") if text not in end] == []
    assert (
        "Ayla Demir, Institute of Parks; The office of parks. The town. Gardens are counted" in end
    )
    root = elements_of((out / "en" / "red.html").read_text("utf-8"))
    [head] = [each for each in root.elements() if each.tag == "header"]
    assert [text for text in first if text not in " ".join(head.text().split())] == []


def test_what_a_brief_says_of_itself_takes_the_place_of_what_all_say(out: Path) -> None:
    """Its own authors are printed there and nowhere else."""
    blue, red = (paper(out / "en" / f"{name}.pdf") for name in ("blue", "red"))
    assert "Author: Indigo Azure." in blue[0]
    assert "Ayla Demir" not in " ".join(blue)
    assert "Ayla Demir" in red[0]
    assert not any(b"Indigo Azure" in path.read_bytes() for path in out.rglob("red*"))


def test_the_logo_of_the_issuer_is_on_page_1_and_above_every_page(out: Path) -> None:
    """With its name, in print as on screens; the band has the colour of the house."""
    with pypdfium2.PdfDocument(out / "en" / "red.pdf") as document:
        pixels = document[0].render(scale=1).to_pil().convert("RGB")
        page = document[0].get_size()
    red = [at for at in range(int(page[1] / 3)) if pixels.getpixel((60, at)) == (0x7A, 0x1F, 0x1F)]
    assert len(red) > 9 + 25  # points of the band, and most of the logo's 11 mm below it
    for name in ("en/red.html", "en/blue.html", "index.html", "evidence.html"):
        root = elements_of((out / name).read_text("utf-8"))
        alts = [each.given.get("alt") for each in root.elements() if each.tag == "img"]
        assert "The arms of the town" in alts, name


def test_the_colour_of_a_house_has_to_be_seen(project: Project) -> None:
    """As an accent has."""
    project.append(SERIES, b'colour: "#ffe680"\n')
    done = project.run("check", "--no-print")
    told = done.stdout + done.stderr
    assert "content/series.yaml:8:9: error: with the colour #ffe680" in told
    assert "take a darker colour, such as #59502d [contrast]" in told


def test_a_series_may_be_printed_on_letter(project: Project) -> None:
    """Each sheet is one of 8.5 by 11 inches, and what fills the width of A4 fills its width."""
    project.append(SERIES, b"paper: Letter\n")
    project.good("build", "--audience", "red")
    with pypdfium2.PdfDocument(project.out / "en" / "red.pdf") as document:
        assert {page.get_size() for page in document} == {(612.0, 792.0)}
        pixels = document[0].render(scale=1).to_pil().convert("L")
    band = [x for x in range(612) if pixels.getpixel((x, 36)) < 128]
    ask = [x for x in range(612) if any(pixels.getpixel((x, y)) < 128 for y in range(200, 700, 5))]
    assert (band[0], band[-1]) == (48, 563)
    assert abs(ask[-1] - band[-1]) <= 1


@pytest.mark.series
@pytest.mark.parametrize("brief", ["donors", "health", "law-enforcement"])
def test_our_briefs_with_a_ministrys_identity_fit_letter(
    tmp_path: Path, work: Path, brief: str
) -> None:
    """They have as many pages as on A4, the short form at most one more, and nothing is told of their layout."""
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    (content / "images").mkdir()
    (content / "images" / "town.svg").write_text(SIGN, "utf-8")
    series = content / "series.yaml"
    series.write_text(series.read_text("utf-8") + VOICES + MINISTRY, "utf-8")
    product = produce(tmp_path, content, printing=True, audiences=(brief,))
    [made] = product.finished.values()
    [before] = printed_once(work, audiences=(brief,)).finished.values()
    assert faults_of_layout(product) == []
    assert len(pypdfium2.PdfDocument(made.files["pdf"])) == before.pages["brief"] <= 4
    assert made.pages["short"] - before.pages["short"] in {0, 1}
