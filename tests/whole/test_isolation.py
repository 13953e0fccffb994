"""What is meant for one audience is in no byte of another's outputs, and what is meant for nobody is in none."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import struct
import zlib
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from press.build.formats import FORMATS
from tests.support.project import copied, files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.support.project import Project

COLOURS = ("red", "blue")
ACCENTS = ("#7a1f1f", "#1d4077")
TEXTS = [row.ending for row in FORMATS.values() if row.use != "preview"]
LACKING = {  # the places of words that an output does not have
    ".html": {"short text"},
    ".pdf": (screen := {"screen text", "claim", "second claim", "caveat"}) | {"short text"},
    "-short.pdf": screen
    | {"emphasis", "strong", "item", "link", "address", "table title", "column", "other column"}
    | {"cell", "other cell", "note", "image alternative", "caption", "long text"}
    | {"legal", "priced", "pays", "gains", "loses"},
}
HIDDEN = "verschluss"  # part of each word that no output may have


class Words:
    """Words that stand nowhere else, each with the place it was written to."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.places: dict[str, str] = {}  # word -> place

    def __call__(self, place: str) -> str:
        """Return a word for *place*: letters only, so that it can be found in any text."""
        number = len(self.places)
        word = f"{self.stem}{chr(97 + number // 26)}{chr(97 + number % 26)}"
        self.places[word] = place
        return word


def picture(text: str) -> bytes:
    """Return a small PNG with *text* in its metadata."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0))
    about = chunk(b"tEXt", b"Comment\0" + text.encode())
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 32) * 32))
    return b"\x89PNG\r\n\x1a\n" + head + about + pixels + chunk(b"IEND", b"")


def claims(say: Words, hide: Words, stem: str) -> dict[str, Any]:
    """Return the claims of one audience, and one that nobody may print."""
    common = {"source": f"{stem}-source", "year": "not stated", "basis": "own", "kind": "fact"}
    unit = say("unit")
    return {
        f"{stem}_count": {
            **common,
            "ref": "C101" if stem < "m" else "C201",
            "locator": "P1.1",
            "passage": "7692c3ad",
            "claim": f"There are {{{stem}_count.{stem}_total}} {say('claim')} gardens.",
            "values": {
                f"{stem}_total": {"number": "40", "unit": unit},
                f"{stem}_schools": {"number": "8", "unit": unit},
                f"{stem}_others": {"derived": "40 - 8", "unit": unit},
            },
            "use": "ok",
            "caveat": f"Nobody counted the {say('caveat')}.",
            "note": hide("note to the editor"),
        },
        f"{stem}_words": {
            **common,
            "ref": "C102" if stem < "m" else "C202",
            "locator": "P1.3",
            "passage": "8b5b9db0",
            "claim": f"Gardens are {say('second claim')}.",
            "use": "ok",
        },
        f"{stem}_{hide('id of an unprinted value')}": {
            **common,
            "ref": "C103" if stem < "m" else "C203",
            "locator": "P1.3",
            "passage": "8b5b9db0",
            "claim": f"Nobody prints {hide('claim that may not be printed')}.",
            "use": "background",
        },
        f"{stem}_rumour": {
            **common,
            "ref": "C104" if stem < "m" else "C204",
            "locator": "P1.3",
            "passage": "8b5b9db0",
            "claim": f"A rumour of {hide('claim that may not be used')}.",
            "use": "do_not_use",
            "note": hide("note on it"),
        },
    }


def blocks(say: Words, hide: Words, stem: str, colour: str) -> dict[str, tuple[str, Any]]:
    """Return the blocks of one audience, by section and id."""
    cite, many = f"[^{stem}_words]", f"[^{stem}_count]"
    value = f"{stem}_count.{stem}"
    figure = {
        "title": f"Schools have {say('figure title')}, the survey says{many}",
        "subtitle": f"Number of {say('figure subtitle')}",
        "source": f"the {say('figure source')}",
        "alternative": f"A bar of {say('figure alternative')}: {{{value}_schools:unit}}.",
    }
    asked = say("ask")
    return {
        f"{stem}-main": ("main", {"message": {"text": f"Gardens are {say('main')}.{cite}"}}),
        f"{stem}-message": (
            "messages",
            {"message": {"audiences": [colour], "text": f"They are {say('message')}.{cite}"}},
        ),
        f"{stem}-figure": (
            "figure",
            {
                "figure": {
                    **figure,
                    "parts": [
                        {"label": say("datum"), "value": f"{value}_others"},
                        {"label": say("other datum"), "value": f"{value}_schools"},
                    ],
                }
            },
        ),
        f"{stem}-wish": (  # with "ask" it would be a word of ours
            "ask",
            {
                "ask": {
                    "text": f"Town: by {{by}}, count the {asked}.{cite}{many}",
                    "by": "2027-06",
                    "basis": f"The date is a {say('basis')}.",
                }
            },
        ),
        f"{stem}-paragraph": (
            "evidence",
            {
                "paragraph": {
                    "text": f"The *{say('emphasis')}* is a **{say('strong')}**.\n\n- {say('item')}\n- "
                    f"[{say('link')}](https://{stem}-site.example.org/{say('address')})\n"
                }
            },
        ),
        f"{stem}-table": (
            "evidence",
            {
                "table": {
                    "title": f"A table of {say('table title')}",
                    "columns": [say("column"), say("other column")],
                    "rows": [[say("cell"), say("other cell")]],
                }
            },
        ),
        f"{stem}-note": ("evidence", {"note": {"text": f"A note on {say('note')}."}}),
        f"{stem}-deeper": (
            "evidence",
            {"paragraph": {"depth": "screen", "text": f"More {say('screen text')}.{cite}"}},
        ),
        f"{stem}-known": (
            "unknown",
            {
                "note": {
                    "text": f"Nobody knows {say('long text')}.",
                    "short": f"Who knows {say('short text')}?",
                }
            },
        ),
        f"{stem}-image": (
            "evidence",
            {
                "image": {
                    "file": f"{stem}-photo.png",
                    "alternative": f"A photo of {say('image alternative')}.",
                    "caption": f"A photo of {say('caption')}",
                }
            },
        ),
        f"{stem}-problem": ("options", {"problem": {"text": f"Much {say('problem')}.{cite}"}}),
        f"{stem}-unchanged": (
            "options",
            {
                "alternative": {
                    **alternative(say),
                    "does": f"leaves {say('unchanged: does')}.{cite}",
                    "status_quo": True,
                }
            },
        ),
        f"{stem}-option": (
            "options",
            {
                "alternative": {
                    **alternative(say, "Town and "),
                    "does": f"count the {asked} and {say('does')}.{cite}",
                    "preferred": f"It has {say('preferred')}.",
                }
            },
        ),
        f"{stem}-step": (
            "next",
            {
                "step": {
                    "who": f"Town and {say('step: who')}",
                    "does": f"count the {asked}.{cite}",
                    "by": "2027-06",
                    "takes": say("step: takes"),
                }
            },
        ),
        f"{stem}-unused": (
            "",
            {"note": {"audiences": [colour], "text": f"Nobody uses {hide('unused block')}."}},
        ),
    }


def alternative(say: Words, also: str = "") -> dict[str, Any]:
    """Return what each of the alternatives has; *also* stands before who acts."""
    lines = "name who legal takes priced pays gains loses harm sign"
    own = {name: say(name) for name in lines.split()}
    return {
        **own,
        "who": f"{also}{own['who']}",
        "benefit": f"No evidence of {say('benefit')}",
        "by": "2027-06",
        "origin": "derived",
    }


def brief(say: Words, stem: str, parts: dict[str, tuple[str, Any]], accent: str) -> dict[str, Any]:
    """Return the brief of one audience."""
    sections: dict[str, list[str]] = {}
    for name, (section, _) in parts.items():
        if section:
            sections.setdefault(section, []).append(name)
    return {
        "label": f"For {'some' if accent == ACCENTS[0] else 'other'} readers",
        "status": "final",
        "accent": accent,
        "title": f"Gardens are {say('title')}[^{stem}_words]",
        "summary": f"What to know of {say('summary')}.",
        "sections": sections,
    }


class Isolated(NamedTuple):
    """A project with the words that each audience has for itself, and those that are for nobody."""

    project: Project
    own: dict[str, Words]
    hidden: Words


@pytest.fixture(scope="module")
def isolated(tmp_path_factory: pytest.TempPathFactory) -> Isolated:
    """Build two briefs that share nothing but the series, with a word of its own in each place there is."""
    project = copied(tmp_path_factory.mktemp("isolated").resolve() / "project")
    for name in ("briefs", "blocks", "claims"):
        shutil.rmtree(project.content / name)
        (project.content / name).mkdir()
    own = {"red": Words("zinnober"), "blue": Words("kobaltic")}
    hidden = Words(HIDDEN)
    survey = (project.content / "sources" / "survey.yaml").read_text()
    (project.content / "images").mkdir()
    for colour, accent in zip(COLOURS, ACCENTS, strict=True):
        say = own[colour]
        stem = say.stem
        source = survey.replace("A survey of gardens", f"A survey of {say('citation')}")
        put(project, f"sources/{stem}-source", f"# {hidden('comment')}\n{source}")
        put(project, f"claims/{stem}", claims(say, hidden, stem))
        parts = blocks(say, hidden, stem, colour)
        put(project, f"blocks/{stem}", {name: block for name, (_, block) in parts.items()})
        put(project, f"briefs/{colour}", brief(say, stem, parts, accent))
        image = picture(hidden("metadata of an image"))
        (project.content / "images" / f"{stem}-photo.png").write_bytes(image)
    done = project.run("build")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return Isolated(project, own, hidden)


def put(project: Project, name: str, data: object) -> None:
    """Write a content file; JSON is YAML."""
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    (project.content / f"{name}.yaml").write_text(text)


# --- all that an output says ---


def strings(value: object) -> Iterator[str]:
    """Yield all strings and names in an object of a PDF, but not those of objects that it refers to."""
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        items = dict(value.items())
        yield from items
        yield from chain.from_iterable(map(strings, direct(items.values())))
    elif isinstance(value, pikepdf.Array):
        yield from chain.from_iterable(map(strings, direct(value)))
    elif isinstance(value, pikepdf.String | pikepdf.Name):
        yield str(value)


def direct(values: Iterable[object]) -> Iterator[object]:
    """Yield those that stand there themselves; numbers are no objects here."""
    yield from (value for value in values if not getattr(value, "is_indirect", False))


def said_in_pdf(content: bytes) -> Iterator[str]:
    """Yield what is in the objects of a PDF, in its streams, and what a reader would read on its pages."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            yield from strings(thing)
            if isinstance(thing, pikepdf.Stream):
                data = thing.read_bytes()
                yield data.decode("latin-1")
                yield data.decode("utf-16-be", "replace")
        yield from strings(pdf.trailer)
        yield from pdf.attachments
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield page.get_textpage().get_text_range()
    document.close()


def said(name: str, content: bytes) -> str:
    """Return all letters of an output in a row, so that no hyphen, tag or break hides a word."""
    code = "latin-1" if name.endswith(".png") else "utf-8-sig"
    if name.endswith(".pdf"):
        texts = [*said_in_pdf(content)]
    else:
        texts = [text := content.decode(code), re.sub("<[^<>]*>", "", text)]
    return "\n".join("".join(filter(str.isalpha, text.casefold())) for text in texts)


@pytest.fixture(scope="module")
def told(isolated: Isolated) -> dict[str, str]:
    """Return what each output says."""
    return {name: said(name, content) for name, content in files(isolated.project.out).items()}


@pytest.mark.parametrize("ending", [".html", ".pdf", "-short.pdf"])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_brief_says_all_of_its_own(
    isolated: Isolated, told: dict[str, str], colour: str, ending: str
) -> None:
    """Each of its words would be found in another's outputs, since it is found in this one's.

    The print has nothing of what only a screen shows, and its short form nothing of the long one.
    """
    own = isolated.own[colour].places
    assert len(own) > 35
    text = told[f"en/{colour}{ending}"]
    lacking = {place for word, place in own.items() if word not in text}
    # in print a figure of bars is text by itself, and the table behind it is not there
    drawn = {"unit", "figure alternative"} if ending != ".html" else set()
    assert lacking - drawn == LACKING[ending]


@pytest.mark.parametrize("ending", [*TEXTS, ".json"])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_brief_says_nothing_of_the_other(
    isolated: Isolated, told: dict[str, str], colour: str, ending: str
) -> None:
    """Not in text, alternatives, metadata, bookmarks, comments, ids or names."""
    [other] = set(COLOURS) - {colour}
    name = f"{'data/' if ending == '.json' else ''}en/{colour}{ending}"
    own = isolated.own[other]
    assert isolated.own[colour].stem in told[name]
    assert not {place for word, place in own.places.items() if word in told[name]}
    assert own.stem not in told[name]


@pytest.mark.parametrize("colour", COLOURS)
def test_a_brief_does_not_bear_the_colour_of_the_other(isolated: Isolated, colour: str) -> None:
    """Its accent is its own."""
    own, other = ("7a1f1f", "1d4077")[:: 1 if colour == "red" else -1]
    page = (isolated.project.out / "en" / f"{colour}.html").read_text().casefold()
    assert own in page
    assert other not in page


def test_what_is_for_nobody_is_in_no_output(isolated: Isolated, told: dict[str, str]) -> None:
    """Notes to the editor, claims that may not be used, comments, blocks without a brief, an image's metadata."""
    hidden = isolated.hidden.places
    printable = {"id of an unprinted value", "claim that may not be printed"}
    assert set(hidden.values()) >= {"note to the editor", "claim that may not be used", "comment"}
    found = {(place, name) for word, place in hidden.items() for name in told if word in told[name]}
    # a claim for the background stands in the map of all evidence, and in no brief
    about_all = {"evidence.html", "data/claims.json", "data/claims.csv"}
    assert not {(place, name) for place, name in found if place not in printable}
    assert {name for _, name in found} <= about_all


def test_claims_that_may_not_be_used_are_counted(isolated: Isolated) -> None:
    """By source, with the reasons; nothing tells which they are."""
    data = json.loads((isolated.project.out / "data" / "claims.json").read_bytes())
    assert sum(source["count"] for source in data["withheld"]) > 0
    assert all(source["reasons"] for source in data["withheld"])
    for name in ("evidence.html", "data/claims.json", "data/claims.csv"):
        assert b"zinnober_rumour" not in (isolated.project.out / name).read_bytes()


def test_an_image_loses_its_metadata(isolated: Isolated) -> None:
    """It is in both outputs, made anew from its pixels."""
    image = (isolated.project.content / "images" / "zinnober-photo.png").read_bytes()
    assert b"tEXt" in image
    page = (isolated.project.out / "en" / "red.html").read_text()
    assert "data:image/png;base64," in page
    assert base64.b64encode(image).decode() not in page
    with pikepdf.open(isolated.project.out / "en" / "red.pdf") as pdf:
        assert any(page.get_images() for page in pdf.pages)
