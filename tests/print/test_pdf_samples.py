"""Pages for the tests of printing, and the servers that print them: nothing here is wrong, which one test proves."""

from __future__ import annotations

import contextlib
import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from press.print.server.client import PrintServer, Setup
from press.print.server.guard import PrintLimits
from tests.support.folders import setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.print.facts import Facts

STYLE = """
@page { size: A4; margin: 20mm 18mm; font: 8pt "Press Sans"; @bottom-right { content: counter(page) } }
body { font: 10pt/1.45 "Press Serif"; hyphens: auto; margin: 0 }
h1, h2 { font: 600 24pt/1.05 "Press Serif Display" }
strong { font-weight: 600 }
.columns { columns: 2; column-gap: 8mm }
.note { float: footnote; font-size: 8pt }
table { border-collapse: collapse; font-family: "Press Sans" }
th, td { border-bottom: .5pt solid; padding: 2pt 4pt; font-weight: 400 }
"""
LOREM = "The review found that people who inject drugs rarely reach the services that exist. "
BODY = f"""
<h1 id="top">Needle programmes</h1>
<section data-block="text"><h2>What is known</h2>
<div class="columns"><p>{LOREM * 9}<strong>Бишкек, ң ө ү</strong> <em>italics</em></p><p>{LOREM * 5}</p></div>
</section>
<figure data-block="figure"><img src="asset:bars.svg" alt="Bars"><figcaption>Points of exchange<span
class="note">Evidence P4.2</span></figcaption></figure>
<table data-block="table"><thead><tr><th>Country</th><th>Points</th></tr></thead>
<tbody><tr><td>Kazakhstan</td><td>7</td></tr></tbody></table>
<ul data-block="list"><li>one <a href="#top">link</a></li><li><img src="asset:dot.png" alt="dot"> dot</li></ul>
"""
BARS = b"""<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60" viewBox="0 0 300 60">
<rect width="250" height="30" fill="#9fc4bf"/>
<text x="4" y="50" font-family="Press Sans" font-size="12">Outside prisons 41</text>
<g transform="translate(290 50)"><text text-anchor="end" font-family="Press Sans" font-size="12">7</text></g>
</svg>"""
USE_BOMB = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a0"><rect width="1" height="1"/></g>'
    + b"".join(
        b'<g id="a%d">%b</g>' % (depth, b'<use href="#a%d"/>' % (depth - 1) * 10)
        for depth in range(1, 9)
    )
    + b'</defs><use href="#a8"/></svg>'
)


def page(body: str = BODY, style: str = "") -> str:
    """Return a whole page around *body*."""
    head = f"<title>Brief &amp; more</title><style>{STYLE}{style}</style>"
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def png(width: int = 2, height: int = 2) -> bytes:
    """Return a black image."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)  # grey
    pixels = zlib.compress(bytes(height * (width + 1)))
    parts = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


ASSETS = {"bars.svg": BARS, "dot.png": png(), "bomb.svg": USE_BOMB}
BOMB = page('<img src="asset:bomb.svg" alt="bomb">')


def given(work: Path, limits: PrintLimits | None = None) -> Setup:
    """Return what a server needs, with its files below *work*."""
    return replace(setup(work), limits=limits or PrintLimits())


@contextlib.contextmanager
def serving(work: Path, limits: PrintLimits | None = None) -> Iterator[PrintServer]:
    """Run a server with our own faces."""
    with PrintServer(given(work, limits)) as server:
        yield server


def faultless(facts: Facts) -> bool:
    """Say whether nothing at all is wrong with a print."""
    found = (facts.complaints, facts.denied, facts.families, facts.ink, facts.stranded, facts.split)
    return not any(found)


def test_the_sample_has_no_fault(tmp_path: Path) -> None:
    """A page with columns, notes, figure, table and list prints without a word."""
    with serving(tmp_path) as server:
        facts = server.print(page(), ASSETS).facts
    assert faultless(facts), facts
    assert facts.pages == 1
    assert set(facts.blocks) == {"text", "figure", "table", "list"}
