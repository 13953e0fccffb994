"""What of a page is printed, and which of its links lead somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.page.cut import linked, lone, printed

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<>&\r"))


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<p>a</p><p data-screen>b</p><p>c</p>", "<p>a</p><p>c</p>"),
        ("<div data-screen><div>a</div><p>b</p></div>c", "c"),
        ("<div data-screen><p data-screen>a</p></div>b", "b"),
        (
            "<sup><a href='#n'>1</a><button data-screen>1</button></sup>",
            "<sup><a href='#n'>1</a></sup>",
        ),
        ("<style>p{}</style><style media='screen'>a > b{}</style>x", "<style>p{}</style>x"),
        ("<style media='print and (color)'>\n/* <p> */\n</style>x", "x"),
        ("<style media='print'>p{}</style>x", "<style media='print'>p{}</style>x"),
        ("<img data-screen src='a'>b<i data-screen>c</i>", "b"),
        ("é\n\u2028<b>ü</b>\n<i data-screen>\nö</i\n>ä", "é\n\u2028<b>ü</b>\nä"),
    ],
)
def test_what_is_for_browsers_is_not_printed(page: str, left: str) -> None:
    """An element for the screen goes with all that is in it, a style for a medium likewise, and nothing else does."""
    assert printed(page) == left


def test_an_element_without_an_end_is_a_mistake_of_ours() -> None:
    """Else all behind it would be printed that is not for paper."""
    with pytest.raises(ValueError, match="<div>"):
        printed("<div data-screen><p>a</p>")


@given(st.lists(st.tuples(st.booleans(), WORDS)))
def test_all_other_text_is_printed(parts: list[tuple[bool, str]]) -> None:
    """Whatever the words are, those that are not for the screen stay as they are."""
    page = "".join(f"<p{' data-screen' * screen}>{words}</p>" for screen, words in parts)
    assert printed(page) == "".join(f"<p>{words}</p>" for screen, words in parts if not screen)


PAGE = '<a data-to="a.html" href="a.html">A</a> <a data-to="b.html" href="b.html">B</a> <a href="c.html">C</a>'


def test_a_way_that_leads_nowhere_is_a_word() -> None:
    """It loses its address and nothing else, and gets it back when the file is there."""
    without = linked(PAGE, {"a.html"}.__contains__)
    assert without == PAGE.replace(' href="b.html"', "")
    assert linked(without, {"a.html", "b.html"}.__contains__) == PAGE
    assert linked(PAGE, {"a.html", "b.html"}.__contains__) == PAGE


def test_a_page_alone_has_nothing_around_it() -> None:
    """What leads to other files goes, or is a word."""
    page = f"<div data-screen data-around>{PAGE}</div><i data-screen>i</i> {PAGE}"
    words = '<a data-to="a.html">A</a> <a data-to="b.html">B</a> <a href="c.html">C</a>'
    assert lone(page) == f"<i data-screen>i</i> {words}"
