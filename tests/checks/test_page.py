"""What is wrong with a composed page is named, at the block that it is in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from press.checks import page
from press.content import library
from press.edition import resolve
from press.edition.edition import Correction
from press.page import elements
from press.page.elements import elements_of
from tests.support.composing import page_of

LIBRARY = library.sound(library.load(Path(__file__).parents[1] / "library", ""))
EDITION = resolve.resolve(LIBRARY, "red", "en")
PAGE = page_of(EDITION)
FIRST = next(EDITION.blocks()).id


def faults(html: str) -> list[tuple[str, str]]:
    """Return file and rule of what is wrong with *html*."""
    problems = page.check(page.spots(elements_of(html)), EDITION, LIBRARY.places)
    return [(problem.place.path, problem.rule) for problem in problems]


def test_a_page_of_ours_is_sound() -> None:
    """Its links lead somewhere, its pictures have an alternative, and no word is lost."""
    assert faults(PAGE) == []


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<a href="#nowhere">a</a>', "anchor"),
        ('<button popovertarget="nowhere">a</button>', "anchor"),
        ('<i id="x"></i><i id="x"></i>', "anchor"),
        ('<img src="asset:a.png" alt=" ">', "alternative"),
        ('<svg role="img"></svg>', "alternative"),
    ],
)
def test_a_fault_is_named_at_its_block(html: str, rule: str) -> None:
    """In a block the place is that of the block, elsewhere that of the brief."""
    block, brief = LIBRARY.places[f"block:{FIRST}"].path, LIBRARY.places["brief:red"].path
    assert faults(PAGE.replace("</main>", f"{html}</main>"))[:1] == [(brief, rule)]
    if "id=" not in html:
        inside = f'<p data-block="{FIRST}">{html}</p></main>'
        assert faults(PAGE.replace("</main>", inside))[:1] == [(block, rule)]


def test_a_word_that_is_lost_is_named() -> None:
    """But not one that is in the style or the title only."""
    words = "quiet"
    assert words in PAGE
    lost = PAGE.replace(words, "").replace("<title>", f"<title>{words}")
    assert {rule for _, rule in faults(lost)} == {"lost"}


def test_a_note_that_is_lost_is_named_at_its_claim() -> None:
    """Its words are those of the claim, and nowhere in the brief."""
    words = page.words(page.spots(elements_of(PAGE)))
    assert "Gardens are quiet." in words
    [problem] = page.lost(words.replace("Gardens are quiet.", "?"), EDITION, LIBRARY.places)
    assert problem.place == LIBRARY.places["claim:quiet"]


def test_a_page_says_what_draft_it_is_and_what_it_corrects() -> None:
    """Whoever gets a copy of it is told."""
    correction = Correction("2026-01-15.1", "We wrote 7; there are 5.")
    marked = replace(EDITION, status="draft", correction=correction)
    words = page.words(page.spots(elements_of(page_of(marked))))
    assert list(page.lost(words, marked, LIBRARY.places)) == []
    for mark in (marked.digest[:8], "there are 5"):
        [problem] = page.lost(words.replace(mark, ""), marked, LIBRARY.places, "the file")
        assert (problem.place, problem.rule) == (LIBRARY.places["brief:red"], "lost")
        assert problem.message.startswith("the file does not say")


REFUSED = {  # what a template may bring along, by what is said of it
    "a page has no <script>": "<script>alert(1)</script>",
    "a page has no <iframe>": "<iframe></iframe>",
    "a page has no <base>": '<base href="a.html">',
    "a page has no <form>": "<form></form>",
    "a page has no <noscript>": "<noscript>x</noscript>",
    "a page has no <dialog>": "<dialog>x</dialog>",
    "a page has no <template>": "<template>x</template>",
    "a page has no <textarea>": "<textarea>x</textarea>",
    "a page has no <link>": "<link media=print>",
    "a page has no <animate>": '<svg><a><animate attributename="href"></animate></a></svg>',
    "a page has no <use>": "<svg><use/></svg>",
    "a page has no <foreignobject>": "<svg><foreignObject></foreignObject></svg>",
    "a page has no <!-- secret words for do-->": "<!-- secret words for donors -->",
    "a page has no <?php x>": "<?php x>",
    "a page has no <!doctype html>": "<p></p><!doctype html>",
    "a page has no <![CDATA[x>": "<![CDATA[x]]>",
    "a page has no <<>": "<svg><style><a href='javascript:x()'>x</a></style></svg>",
    "a page has no <meta> called ''": '<meta http-equiv="refresh" content="0;url=https://x.org">',
    "a page has no <meta> called 'referrer'": '<meta name="referrer" content="unsafe-url">',
    "a page has no attribute 'http-equiv'": '<meta http-equiv="refresh" charset="utf-8">',
    "a page has no attribute 'xlink:href'": '<svg><a xlink:href="javascript:x()"></a></svg>',
    "a page has no attribute 'srcset'": '<img alt=x srcset="https://x.org/a 2x">',
    "a page has no attribute 'hidden'": "<p hidden>x</p>",
    "a page has no attribute 'background'": '<td background="https://x.org/a">x</td>',
    "a <g> has no 'href'": '<svg><g href="#a"></g></svg>',
    "a page has no address that begins with 'file:'": '<a href="file:///etc/passwd">x</a>',
    "a page has no address that begins with 'JavaScript:'": '<a href=" JavaScript:x()">x</a>',
    "a page has no address that begins with 'javascript:'": '<a href="java&#10;scr&Tab;ipt&colon;x()">x</a>',
    "a page has no address that begins with 'vbscript:'": '<a href="&#1;vbscript:x" href="#x">x</a>',
    "a page has no address that begins with 'ftp:'": '<img alt=x src="ftp://x.org/a">',
    "a page has no address that begins with 'https:'": '<img alt=x src="https://x.org/a">',
    "a page has no address that begins with 'data:'": '<a data-to="data:text/html,x">x</a>',
    "a page has no address such as '//evil.org/x'": '<a href="/&#9;/evil.org/x">x</a>',
    "a page has no address such as '/etc/passwd'": '<a href="/etc/passwd">x</a>',
    "a page has no address such as '../../etc/passwd'": '<a href="../../etc/passwd">x</a>',
    "a page has no address such as '\\\\server\\share'": '<a href="\\\\server\\share">x</a>',
    "a page has no address such as ''": '<a href="">x</a>',
    "a page has no address that begins with 'http:'": '<a href="http:/evil.org">x</a>',
    "a page runs nothing; take 'onclick' out": '<p onclick="x()">x</p>',
    "what opens at a click is for screens only": "<p popover>x</p>",
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_could_run_fetch_or_hide_is_refused(message: str) -> None:
    """Templates may be a publisher's own, and a page goes to machines of others."""
    html = REFUSED[message]
    found = [text for each in elements_of(html).elements() for text in elements.foreign(each)]
    assert [text for text in found if text.startswith(message)], found
    assert "markup" in {rule for _, rule in faults(f"{PAGE}{html}")}


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.org/a:b">x</a>',
        '<a href="http://x.org">x</a>',
        '<a href="#x:y">x</a>',
        '<a data-to="../a.html" href="../a.html">x</a>',
        '<a href="data/en/claims.csv">x</a>',
        '<a href="SHA256SUMS">x</a>',
        '<a href="mailto:a@x.org?subject=x">x</a>',
        '<svg viewBox="0 0 1 1"><title>x</title><path d="M0 0"/></svg>',
        "<!doctype html><html lang=en></html>",
    ],
)
def test_what_leads_to_a_page_is_no_fault(html: str) -> None:
    """A colon makes no scheme by itself."""
    every = elements_of(html).elements()
    assert not [text for each in every for text in elements.foreign(each)]


def test_words_to_choose_from_are_lost() -> None:
    """Of what is in a `<select>`, one is seen."""
    begin, end = PAGE.rindex("<", 0, PAGE.index(f'id="{FIRST}"')), PAGE.index("</main>")
    hidden = f"{PAGE[:begin]}<select>{PAGE[begin:end]}</select>{PAGE[end:]}"
    assert "lost" in {rule for _, rule in faults(hidden)}


@pytest.mark.parametrize("hiding", ["data-screen", 'aria-hidden="true"'])
def test_words_have_to_be_read_by_all(hiding: str) -> None:
    """Words that are on no paper, or that no screen reader hears, are lost."""
    begin = PAGE.index(f'id="{FIRST}"')
    assert "lost" in {rule for _, rule in faults(f"{PAGE[:begin]}{hiding} {PAGE[begin:]}")}


@pytest.mark.parametrize("name", ["evidence", "a unseen", "contents", "marks b", "draft", "skip"])
def test_words_are_not_in_what_our_styles_hide(name: str) -> None:
    """A class of ours that opens at a click, or that only some programs show, hides what a template puts into it."""
    begin = PAGE.rindex("<", 0, PAGE.index(f'id="{FIRST}"'))
    end = PAGE.index("</main>")
    hidden = f'{PAGE[:begin]}<div class="{name}">{PAGE[begin:end]}</div>{PAGE[end:]}'
    assert "lost" in {rule for _, rule in faults(hidden)}
    assert faults(hidden.replace(f'class="{name}"', 'class="mine"')) == []


def test_phrases_are_counted_where_they_are_read_on_paper() -> None:
    """By block, whatever the case and the line ends; what is for screens only does not count."""
    root = elements_of(
        '<p data-block="one">The\nreview says; the <b>review</b> adds.</p>'
        '<p data-block="two">A survey.<span data-screen> The review.</span></p>'
    )
    assert page.phrases(page.spots(root), r"\bthe review\b") == {"one": 2}
