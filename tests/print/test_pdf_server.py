"""A page goes in, a PDF comes out, the same each time; what is wrong with the page is told, and the server lives on."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from press.print.facts import Facts
from press.print.server.client import PrintFailedError, PrintServer
from press.print.server.guard import PrintLimits
from tests.print.test_pdf_samples import ASSETS, BOMB, USE_BOMB, faultless, page, png, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PRINT = """
import hashlib, pathlib, sys
from tests.print.test_pdf_samples import ASSETS, page, serving
with serving(pathlib.Path(sys.argv[1])) as server:
    print(hashlib.sha256(server.print(page(), ASSETS).pdf).hexdigest())
"""
ENTITIES = b"".join(b'<!ENTITY e%d "%b">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 10))
ENTITY_BOMB = (
    b'<!DOCTYPE s [<!ENTITY e0 "aaaaaaaaaa">%b]><svg xmlns="http://www.w3.org/2000/svg">' % ENTITIES
    + b"<text>&e9;</text></svg>"
)
HOSTILE = {
    "entities.svg": ENTITY_BOMB,
    "use.svg": USE_BOMB,
    "cut.png": png()[:-20],
    "huge.png": png(9000, 9000),
    "cut.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "text.png": b"no image at all",
    "arial.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text y="9" font-family="Arial">a</text></svg>',
    "nameless.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text y="9">a</text></svg>',
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    """Run one server for all pages that it should get over quickly."""
    with serving(tmp_path_factory.mktemp("server"), PrintLimits(seconds=60)) as running:
        yield running


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    """Run one server that gives a page four seconds and 200 MiB."""
    limits = PrintLimits(seconds=4, memory=200 << 20)
    with serving(tmp_path_factory.mktemp("hasty"), limits) as running:
        yield running


def image(name: str) -> str:
    """Return a page with one image."""
    return page(f'<img src="{name}" alt="image">')


def test_the_pdf_says_what_it_is(server: PrintServer) -> None:
    """It is tagged, knows its language and title, and has bookmarks and no dates."""
    done = server.print(page(), ASSETS)
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo.Title) == "Brief & more"
        assert "/CreationDate" not in pdf.docinfo
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Needle programmes"]


def test_dates_are_those_of_the_page(server: PrintServer) -> None:
    """The PDF was made when the page says so."""
    dated = page().replace("<title>", '<meta name="dcterms.created" content="2026-01-31"><title>')
    with pikepdf.open(io.BytesIO(server.print(dated, ASSETS).pdf)) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20260131")


def test_another_page_has_another_identifier(server: PrintServer) -> None:
    """The first half of /ID belongs to the page, not to the run."""
    identifiers = []
    for text in (page(), page(), page("<p>other")):
        with pikepdf.open(io.BytesIO(server.print(text, ASSETS).pdf)) as pdf:
            identifiers.append(bytes(pdf.trailer.ID[0]))
    assert identifiers[0] == identifiers[1] != identifiers[2]


def test_the_same_page_gives_the_same_bytes_everywhere(server: PrintServer, tmp_path: Path) -> None:
    """Hash seed, time zone, language, home and folder of whoever prints make no difference."""
    digests = {hashlib.sha256(server.print(page(), ASSETS).pdf).hexdigest() for _ in range(2)}
    worlds = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Bishkek", "LC_ALL": "ru_RU.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "HOME": "/nowhere", "PANGO_LANGUAGE": "ja"},
    )
    for number, world in enumerate(worlds):
        work = tmp_path / str(number)
        environment = {**os.environ, **world, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", PRINT, str(work)]
        work.mkdir()
        run = subprocess.run(command, env=environment, cwd=work, capture_output=True, check=True)
        digests.add(run.stdout.decode().strip())
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("written", "again"), [(0, 0), (1, 1), (2, 0)], ids=["kept", "dropped", "latest"]
)
def test_of_many_layouts_one_is_written(server: PrintServer, written: int, again: int) -> None:
    """One that the child still has is not laid out again; each has the bytes that it has alone."""
    pages = [page(style=f"p {{ margin: {number}mm }}") for number in range(3)]
    alone = [server.print(each, ASSETS) for each in pages]
    assert len({each.pdf for each in alone}) == 3
    layouts, writings = server.layouts, server.writings
    server.begin(ASSETS)
    facts = [server.lay_out(each, keep=number == 1) for number, each in enumerate(pages)]
    assert facts == [each.facts for each in alone]
    assert server.write(pages[written]) == alone[written]
    assert (server.layouts - layouts, server.writings - writings) == (3 + again, 1)


@pytest.mark.parametrize("name", ["cut.png", "entities.svg", "arial.svg", "none.svg"])
def test_what_is_wrong_is_told_with_the_print(server: PrintServer, name: str) -> None:
    """Whether it shows in layouts or in writing, and in whichever of many layouts."""
    texts = [image(f"asset:{name}") + " " * count for count in range(3)]
    alone = server.print(texts[0], HOSTILE).facts
    assert not faultless(alone)
    server.begin(HOSTILE)
    for text in texts:
        server.lay_out(text)
    assert server.write(texts[2]).facts == alone


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (image("file:///etc/passwd"), "file:///etc/passwd"),
        (image("http://127.0.0.1:9/x.png"), "http://127.0.0.1:9/x.png"),
        (image("data:image/svg+xml,<svg/>"), "data:image/svg+xml,<svg/>"),
        (image("dot.png"), "dot.png"),
        (image("asset:none.png"), "asset:none.png"),
        (
            page('<link rel="stylesheet" href="http://127.0.0.1:9/x.css">'),
            "http://127.0.0.1:9/x.css",
        ),
        (page(style='@import "http://127.0.0.1:9/x.css";'), None),  # too late in the sheet
        (page('<style>@import "file:///etc/passwd";</style>'), "file:///etc/passwd"),
        (
            page("<p style='background: url(http://127.0.0.1:9/x.png)'>a"),
            "http://127.0.0.1:9/x.png",
        ),
    ],
)
def test_only_assets_are_served(server: PrintServer, text: str, url: str | None) -> None:
    """A URL that is no asset is denied, and told once."""
    facts = server.print(text, ASSETS).facts
    assert facts.denied == ((url,) if url else ())
    assert bool(facts.complaints) is (url is None)
    assert faultless(server.print(page(), ASSETS).facts)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (image("asset:entities.svg"), "limit on input amplification"),
        (image("asset:cut.png"), "the image 'cut.png': it is damaged or cut off"),
        (image("asset:cut.jpg"), "the image 'cut.jpg': it is damaged or cut off"),
        (image("asset:huge.png"), "the image 'huge.png': it has more than 64 million pixels"),
        (image("asset:text.png"), "the image 'text.png': it is not an image"),
        (page("<p>日"), '.notdef glyph rendered for Unicode string unsupported by fonts: "日"'),
        (page("<p style='colour: red'>a"), "colour"),
        (page("<a href='#nowhere'>a</a>"), "nowhere"),
        (page(style="@font-face { font-family: New; src: url(asset:x.ttf) }"), "@font-face 'New'"),
        (
            page('<link rel="attachment" href="asset:dot.png">'),
            "the page attaches files of its own",
        ),
        (
            page('<a rel="attachment" href="asset:dot.png">a</a>'),
            "the page attaches files of its own",
        ),
        (page().replace(' lang="en"', ""), '"lang"'),
    ],
)
def test_every_complaint_is_told(server: PrintServer, text: str, complaint: str) -> None:
    """What the engine says of a page, or should say, is among the complaints."""
    facts = server.print(text, ASSETS | HOSTILE).facts
    assert [line for line in facts.complaints if complaint in line], facts.complaints
    assert faultless(server.print(page(), ASSETS).facts)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        (page("<p style='font-family: Nope'>a"), ("Nope",)),
        (page("<p style='font-family: \"Press Serif\", Nope, serif'>a"), ("Nope",)),
        (page("<p style='font-family: serif'>a"), ("serif",)),
        (page("<p style='font-family: \"Press Serif\", serif'>a"), ()),
        (page("<p style='font-family: Nope'> "), ()),
        (page(style="@page { @top-left { content: 'a'; font-family: Nope } }"), ("Nope",)),
        (image("asset:arial.svg"), ("Arial",)),
        (image("asset:nameless.svg"), ("sans-serif",)),
    ],
)
def test_unknown_families_are_told(
    server: PrintServer, text: str, families: tuple[str, ...]
) -> None:
    """A family that Press does not have is named wherever text asks for it, in drawings and margins too."""
    facts = server.print(text, ASSETS | HOSTILE).facts
    assert facts.families == families
    assert not facts.complaints


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (image("asset:use.svg"), "late", "the page needs more than 4 s of the processor to print"),
        (
            page("<p style='font-size: 0'>a<p style='font-size: 1e9px'>b"),
            "failed",
            "ZeroDivisionError",
        ),
    ],
)
def test_a_page_that_cannot_be_printed_says_why(
    hasty: PrintServer, text: str, kind: str, message: str
) -> None:
    """The failure has a kind and a sentence, and the same server prints the next page."""
    before = hasty.pid
    with pytest.raises(PrintFailedError, match=message) as failure:
        hasty.print(text, HOSTILE)
    assert failure.value.kind == kind
    assert faultless(hasty.print(page("<p>good"), {}).facts)
    assert hasty.pid == before


def test_a_page_that_asks_for_too_much_memory_is_told_so(tmp_path: Path) -> None:
    """The limit is named; a slow machine has the time to reach it."""
    with (
        serving(tmp_path, PrintLimits(seconds=300, memory=200 << 20)) as server,
        pytest.raises(PrintFailedError, match="more than 200 MiB of memory") as failure,
    ):
        server.print(page("<p>" + "x" * (60 << 20)), {})
    assert failure.value.kind == "memory"


@pytest.mark.turns
@pytest.mark.parametrize(
    "text",
    [
        page("<div>" * 3000 + "x"),
        page("<table>" + "<tr><td colspan=100000000>x"),
        page("<table>" + "<tr>" + "<td>x" * 200_000),
        page("<div style='display: grid; grid-template-columns: repeat(100000000, 1px)'>a</div>"),
        page("word " * 3_000_000),
    ],
)
def test_what_is_too_much_ends_soon(hasty: PrintServer, text: str) -> None:
    """Depth and size end in some failure, which one depends on the machine."""
    with pytest.raises(PrintFailedError) as failure:
        hasty.print(text, {})
    assert failure.value.kind in {"late", "memory", "failed", "died"}
    assert faultless(hasty.print(page("<p>good"), {}).facts)


def test_a_bomb_in_a_drawing_is_no_print(hasty: PrintServer) -> None:
    """A page that runs out of time leaves nothing behind."""
    with pytest.raises(PrintFailedError):
        hasty.print(BOMB, ASSETS)


def test_facts_come_back_as_they_were(server: PrintServer) -> None:
    """What is kept of a print can be read again."""
    facts = server.print(page("<p data-block=b style='margin-left: 170mm'>far out"), {}).facts
    assert facts.ink
    assert Facts.from_json(facts.to_json()) == facts
