"""Each mark belongs to the sentence that holds the value, in every output, and every note is called on paper."""

from __future__ import annotations

import functools
import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pytest

from press.build import catalogue
from press.content import library
from press.content.text.boundaries import CITE, OPENING, VALUE, ends
from press.edition import edition as ed
from press.edition import resolve
from press.page.cut import printed
from press.page.elements import Element, elements_of
from press.problems import errors
from press.release.kit import POST, plain_html
from tests.support.composing import COMPOSER, page_of
from tests.support.editions import printed_once
from tests.support.folders import HERE
from tests.support.paper import on_paper
from tests.support.reading import as_told, parted
from tests.support.series import in_content
from tests.support.signs import on_page
from tests.support.site import OUR_BRIEFS, ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIBRARY = Path(__file__).parents[1] / "library"
MADE = """
leads:
  paragraph:
    text: |-
      **{gardens.total:year}:** The gates were shut.[^quiet] There were {gardens.total} gardens.

      - **{gardens.total:year} and {visitors.children}**: “There were {gardens.total} gardens.” Dr. Elm, No. J of
        {gardens.schools} gardens, said so.
      - *{visitors.children} –* They are quiet.[^quiet]
      - Of {gardens.total} gardens (quiet[^quiet]) some are [at {gardens.schools} gardens’ schools.
        Others](https://example.org/) are not.
said:
  quote:
    words: "“Of {gardens.total} gardens in {gardens.total:year} some are ours.” It is so, e.g. in May."
    who: A. Smith
    role: gardener
    institution: the town
    date: 2026-01-02
table:
  table:
    title: Of {gardens.total} gardens in {gardens.total:year}
    columns: [What, "{gardens.schools} gardens of {gardens.schools:year}"]
    rows:
      - ["{gardens.others} gardens", "Of {gardens.total} gardens in {gardens.total:year}. Of {visitors.children} of us"]
drawn:
  figure:
    title: Gardens are counted
    subtitle: "{visitors.children} of visitors are children; {gardens.others:year}"
    source: the survey
    alternative: One bar in parts, {gardens.others} gardens elsewhere and {gardens.schools} at schools.
    parts:
      - {label: Elsewhere, value: gardens.others}
      - {label: At schools, value: gardens.schools}
tiles:
  figure:
    title: Gardens are counted again
    subtitle: By year
    source: the survey
    alternative: A tile of {gardens.total} gardens, and another.
    tiles:
      - {label: "counted in {gardens.total:year}", dating: "{visitors.children} are children", value: gardens.total}
      - {label: cost}
"""
BRIEFS = ["blue", "red", "made", "catalogue", *ours(*OUR_BRIEFS)]
# Elements whose text is one line, and what is no text of the brief but a note
LINES = {"p", "li", "td", "th", "h1", "caption", "figcaption"}
OWN_LINE = {"figure__title", "figure__subtitle", "figure__source", "tile__label"}


class Said(NamedTuple):
    """A part of a line: words, or a value with its claim, or the notes that marks call."""

    text: str
    claim: str = ""
    notes: frozenset[int] = frozenset()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small library with a brief in which values are wherever they may be."""
    content = Path(shutil.copytree(LIBRARY, tmp_path_factory.mktemp("made") / "content"))
    (content / "blocks" / "made.yaml").write_text(MADE, "utf-8")
    claims = content / "claims" / "gardens.yaml"
    text = claims.read_text("utf-8")
    assert text.count("use: caveat") == 1
    claims.write_text(text.replace("use: caveat", "use: ok"), "utf-8")  # nobody has to say so
    brief = (content / "briefs" / "red.yaml").read_text("utf-8")
    sections = "  problem: [leads, said, table]\n  evidence: [drawn, tiles]\n  made:"
    assert "\n  made:" in brief
    written = brief.replace("  made:", sections).replace("For red", "For yellow")
    (content / "briefs" / "made.yaml").write_text(written, "utf-8")
    return content


@pytest.fixture
def shown(request: pytest.FixtureRequest, made: Path) -> ed.Edition:
    """Return the edition that the parameter names."""
    return edition(request.param, made)


@functools.cache
def edition(brief: str, made: Path) -> ed.Edition:
    """Return the edition of *brief*."""
    if brief == "catalogue":
        return resolve.resolve(catalogue.examples(HERE), brief, "en")
    content = HERE.content if brief in OUR_BRIEFS else made
    return resolve.resolve(library.sound(library.load(content, "")), brief, "en")


each = pytest.mark.parametrize("shown", BRIEFS, indirect=True)


def uncalled(line: Iterable[Said], shown: ed.Edition) -> list[str]:
    """Return the claims of values of which the first mark after them, in their sentence, is not the mark."""
    parts = [*line]
    signs = "".join(VALUE if part.claim else CITE if part.notes else part.text for part in parts)
    stops = [*ends(signs, "en"), len(signs)]
    note = {evidence.claim: evidence.number for evidence in shown.notes}
    at, faults = 0, []
    for number, part in enumerate(parts):
        stop = next(stop for stop in stops if stop > at or stop == len(signs))
        at += 1 if part.claim or part.notes else len(part.text)
        if part.claim:
            place, found = at, frozenset[int]()
            for later in parts[number + 1 :]:
                if place >= stop or later.notes:
                    found = later.notes if place < stop else found
                    break
                place += 1 if later.claim else len(later.text)
            faults += [part.claim] if note[part.claim] not in found else []
    return faults


def of_edition(inlines: ed.Inlines) -> Iterator[Said]:
    """Yield the parts of a line of an edition."""
    for part in inlines:
        match part:
            case ed.Run():
                yield Said(part.text)
            case ed.Number():
                yield Said(part.text, part.claim)
            case ed.Marks():
                yield Said("", notes=frozenset(part.notes))
            case _:
                yield Said(OPENING)
                yield from of_edition(part.children)


def lines_in(value: object) -> Iterator[ed.Inlines]:
    """Yield every line of an edition, its notes apart."""
    if isinstance(value, tuple) and value and isinstance(value[0], ed.Inline):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from lines_in(item)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, ed.Evidence):
        for name in value.__dataclass_fields__:
            yield from lines_in(getattr(value, name))


@each
def test_in_the_edition_the_next_mark_is_that_of_the_value(shown: ed.Edition) -> None:
    """The first mark after a value, before the next sentence begins, calls its claim's note; so it is in JSON."""
    lines = [*lines_in(shown)]
    assert sum(part.claim != "" for line in lines for part in of_edition(line)) > 0
    assert [fault for line in lines for fault in uncalled(of_edition(line), shown)] == []


@each
def test_a_figure_calls_the_notes_of_all_it_shows(shown: ed.Edition) -> None:
    """In its title, subtitle, caveat or source, since a drawing has no marks."""
    figures = [block for block in shown.blocks() if isinstance(block, ed.Figure)]
    for figure in figures:
        caption = (figure.title, figure.subtitle, figure.caveat, figure.source)
        called = {note for line in caption for part in of_edition(line) for note in part.notes}
        assert {datum.note for datum in figure.data if datum.note} <= called
    assert figures or shown.brief == "blue"


def of_html(element: Element, line: list[Said], lines: list[list[Said]]) -> list[list[Said]]:
    """Add what is in *element* to *line*, and to *lines* those that begin in it, and return these."""
    for part in element.content:
        if isinstance(part, str):
            line.append(Said(part.replace("\u2060", "")))
        elif part.given.get("id", "").startswith("note-") or "popover" in part.given:
            continue
        elif part.given.get("class") == "marks" or part.tag == "sup":
            texts = [link.text() for link in part.elements() if link.tag == "a"] or [part.text()]
            line.append(Said("", notes=frozenset(map(int, re.findall(r"\d+", " ".join(texts))))))
        elif part.given.get("class") == "number":
            line.append(Said(part.text(), part.given["data-value"].partition(".")[0]))
        elif part.tag in LINES or part.given.get("class") in OWN_LINE:
            own: list[Said] = []
            lines.append(own)
            of_html(part, own, lines)
        else:
            line.append(Said(OPENING if part.tag in {"strong", "em", "a"} else ""))
            of_html(part, line, lines)
    return lines


@each
@pytest.mark.parametrize("output", ["screen", "print", "post"])
def test_in_html_the_next_mark_is_that_of_the_value(shown: ed.Edition, output: str) -> None:
    """On the screen, for paper and in a post."""
    page = printed(COMPOSER.fill(POST, edition=shown)) if output == "post" else page_of(shown)
    root = elements_of(printed(page) if output == "print" else page)
    rest: list[Said] = []
    lines = of_html(root, rest, [])
    assert not [part for part in rest if part.claim or part.notes]
    assert sum(part.claim != "" for line in lines for part in line) > 0
    assert [fault for line in lines for fault in uncalled(line, shown)] == []
    called = {note for line in lines for part in line for note in part.notes}
    on_paper = {note.number for note in shown.notes if note.depth != "screen"}
    assert called == (on_paper if output == "print" else {note.number for note in shown.notes})
    if output == "post":
        plain = plain_html.plain(page, "x")
        assert plain.count("<sup>") == page.count("<sup")


def test_a_lost_mark_is_seen(made: Path) -> None:
    """A mark on the next sentence, that of another claim, and none are all faults."""
    shown = edition("made", made)
    [own, other] = [
        evidence.number for evidence in shown.notes if evidence.claim in {"gardens", "quiet"}
    ]
    value, rest = Said("48", "gardens"), Said(" were shut.")
    for marks in (frozenset({other}), frozenset[int]()):
        assert uncalled([value, rest, Said("", notes=marks)], shown) == ["gardens"]
    assert uncalled([value, rest, Said("", notes=frozenset({own, other}))], shown) == []
    late = [value, rest, Said(" They were."), Said("", notes=frozenset({own}))]
    assert uncalled(late, shown) == ["gardens"]


@pytest.fixture(scope="module")
def prints(made: Path, work: Path) -> dict[str, tuple[str, bytes]]:
    """Return page and print of each brief."""
    found: dict[str, tuple[str, bytes]] = {}
    for content in (made, *([HERE.content] if in_content() else [])):
        product = printed_once(work, content)
        assert errors(product.problems) == ()
        for (_, brief), files in product.sound():
            found[brief] = files.files["html"].decode(), files.files["pdf"]
    return found


@pytest.mark.parametrize("brief", ["blue", "red", "made", *ours(*OUR_BRIEFS)])
def test_every_note_is_called_on_paper(
    prints: dict[str, tuple[str, bytes]], made: Path, brief: str
) -> None:
    """By a link, whose number is in sight; the words and marks around it are those of the page."""
    page, pdf = prints[brief]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        links = [note for sheet in document.pages for note in sheet.get("/Annots", [])]
        leads = {str(link.get("/Dest", "")) for link in links}
    wanted = {
        f"note-{note.number}" for note in edition(brief, made).notes if note.depth != "screen"
    }
    assert wanted <= leads
    assert parted(on_page(as_told(printed(page))), on_paper(pdf).signs) == ""
