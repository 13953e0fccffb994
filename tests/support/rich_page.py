"""A page with all that a structure can tell: headings, lists, notes, links, pictures, tables over pages, languages."""

from __future__ import annotations

from tests.print.test_pdf_samples import ASSETS, LOREM, page

HEAD = """\
<meta name="author" content="Ayla Demir, Institute of Parks">
<meta name="author" content="The office of parks">
<meta name="description" content="What parks cost &amp; what they give.">
<meta name="keywords" content="parks, towns">
<meta name="generator" content="Press">
<meta name="dcterms.created" content="2026-01-15">
<meta name="dcterms.modified" content="2026-01-16">
<meta name="dcterms.publisher" content="The town">
<meta name="dcterms.license" content="CC BY 4.0">
<meta name="dcterms.source" content="A review of parks">
"""
STYLE = """
@page { @top-left { content: "Draft of the parks" } @bottom-right { content: counter(page) " of " counter(pages) } }
body { font-size: 10pt }
.marks { font-size: 6.2pt; line-height: 0; vertical-align: super }
ol { list-style: none; counter-reset: item }
ol > li { counter-increment: item }
ol > li::before { content: counter(item) }
.leave { break-before: page }
figure { break-inside: avoid }
img { image-rendering: crisp-edges }
figure img { width: 60mm }
img.large { width: 9mm; height: 9mm }
.tiles { display: grid; grid-template-columns: 1fr 1fr }
.narrow { width: 48mm; hyphens: manual }
.linked { width: 30mm }
th, td { padding: 10pt 4pt }
.pale { background: #eeeeee }
ul { list-style: disc inside }
img { overflow: visible }
"""


def call(note: int) -> str:
    """Return a call of a note."""
    return f'<a href="#note-{note}" role="doc-noteref">{note}</a>'


TEXTS = f"""
<div data-untold="Draft of the parks"></div>
<h1 id="top">Parks of the town</h1>
<p>{LOREM * 4}</p>
<section data-block="first"><h2 id="known">What is known</h2>
<p>{LOREM}<strong>Parks cool</strong> <em>whole quarters</em><sup class="marks">{call(1)} {call(2)}</sup>, and they cost
little<sup class="marks">{call(1)}</sup>.</p>
<h3>What is not</h3>
<p class="narrow">An unforget\u00adtable responsi\u00adbility of all depart\u00adments
and munici\u00adpalities that inter\u00adconnect.</p>
<p class="linked">See <a href="https://parks.example.org/a">the long report on parks and gardens</a>, or <a
href="#table">the table</a>, or <a href="https://parks.example.org/b" aria-label="Deed">the deed</a>.</p>
<p>The <abbr title="World Health Organization">WHO</abbr> counts green ground; <cite>Parks</cite> has the areas.</p>
<p><span lang="ru">Парки охлаждают целые кварталы.</span> So it is said.</p>
<p lang="ky">Сейил бактар көчөлөрдү салкындатат, үй ичинде да ң бар.</p>
<blockquote><p>Give us shade.</p></blockquote>
<p>Town hall<br>Main street</p><dl><dt>Parks</dt><dd>what is green</dd></dl>
<p><a href="https://parks.example.org/c"><img src="asset:dot.png" alt="map" class="large"></a></p>
</section>
<section data-block="lists"><h2>What to do</h2>
<ol><li>Plant <ul><li>limes</li><li>planes <ul><li>tall ones</li></ul></li></ul></li><li>Water them</li></ol>
</section>
"""
PICTURES = """
<section data-block="pictures"><h2>What it looks like</h2>
<figure><figcaption>Figure 1. Points</figcaption><img src="asset:bars.svg" alt="Bars: outside prisons 41"><p
class="source">Source: the review</p></figure>
<figure id="second"><figcaption>Figure 2. Tiles</figcaption><div class="tiles" role="img"
aria-label="Two numbers: 7 and 41"><p class="tile">7 parks</p><p class="tile">41 gardens</p></div></figure>
<p>A <img src="asset:dot.png" alt="dot"> and an <img src="asset:dot.png" alt=""> end.</p>
<p class="pale">On a pale ground <span aria-hidden="true">~</span></p>
</section>
"""
ROWS = 19


def table() -> str:
    """Return a table over pages, with spanned heads and groups of rows."""
    heads = (
        '<tr><th scope="col" rowspan="2">Park</th><th scope="colgroup" colspan="2">Visits</th></tr>'
        '<tr><th scope="col">Summer</th><th scope="col">Winter</th></tr>'
    )
    groups = (
        f'<tbody><tr><th scope="rowgroup" colspan="3">{name} parks</th></tr>{rows(name)}</tbody>'
        for name in ("Old", "New")
    )
    caption = "<caption>Table 1. Visits</caption>"
    return f'<table id="table" data-block="table">{caption}<thead>{heads}</thead>{"".join(groups)}</table>'


def rows(name: str) -> str:
    """Return the rows of a group; some cells are empty."""
    return "".join(
        f'<tr><th scope="row">{name} park {number}</th><td>{number}</td><td>{winter}</td></tr>'
        for number in range(1, ROWS + 1)
        for winter in (number * 7 if number % 9 else "",)
    )


NOTES = """
<section class="leave" role="doc-endnotes" data-block="notes"><h2>Notes</h2>
<ol><li id="note-1"><p>A first note.</p><p>It has two parts.</p></li><li id="note-2"><p>A second note.</p></li></ol>
</section>
<p><a href="#top">To the top</a></p>
"""


def rich_page() -> str:
    """Return the page."""
    whole = page(TEXTS + PICTURES + table() + NOTES, STYLE)
    return whole.replace("<style>", f"{HEAD}<style>", 1)


__all__ = ["ASSETS", "rich_page"]
