"""A page is read into elements, each with its place in the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies

from press.page import elements
from press.page.elements import Element, elements_of

PARTS = [
    *(
        "<p",
        "<br",
        "<b",
        "<h2",
        "<h7",
        "<Q",
        "<svg",
        "<path",
        "<style",
        "<title",
        "<script",
        "<",
        "</",
    ),
    *(
        "</p>",
        "</b>",
        "</style>",
        "</svg>",
        "</q",
        "/>",
        ">",
        "/",
        " ",
        "\n",
        "é",
        "&",
        "&lt;",
        "<!--",
        "-->",
    ),
    *(
        ' class="a"',
        ' class="b"',
        " data-x",
        ' id=""',
        " id='y'",
        " id=z",
        ' d="a>b"',
        ' d="&lt;"',
        '"',
        "=",
    ),
]


def outline(element: Element) -> object:
    """Return tags and texts of what is in *element*."""
    return [
        part if isinstance(part, str) else (part.tag, outline(part)) for part in element.content
    ]


@pytest.mark.parametrize(
    ("page", "content"),
    [
        ("a<p>b</p>c", ["a", ("p", ["b"]), "c"]),
        ("<p>a<br>b<img src=c>", [("p", ["a", ("br", []), "b", ("img", [])])]),
        ("<svg><path d='M0'/>a</svg>", [("svg", [("path", []), "a"])]),
        ("<style>a > b</style>&lt;&eacute;", [("style", ["a > b"]), "<é"]),
        ("<ul><li>a</ul>b", [("ul", [("li", ["a"])]), "b"]),
        ("a</p>b", ["a", "b"]),
        ("<!doctype html><!-- a -->", [("!-- a --", [])]),
    ],
)
def test_elements_contain_what_is_between_their_tags(page: str, content: object) -> None:
    """Elements without an end, entities, styles and end tags that are missing or too many are understood."""
    assert outline(elements_of(page)) == content


def test_an_element_knows_its_place() -> None:
    """From its first character to its last, over lines; one whose end is missing ends nowhere."""
    page = "<div>\né<b\nid='x>'>c</b> <i>d</div>\n<hr>e"
    div, bold, italic, rule = elements_of(page).elements()
    assert [page[one.begin : one.end] for one in (div, bold, rule)] == [
        "<div>\né<b\nid='x>'>c</b> <i>d</div>",
        "<b\nid='x>'>c</b>",
        "<hr>",
    ]
    assert (italic.end, italic.text(), div.text(), bold.given) == (0, "d", "\néc d", {"id": "x>"})


@given(strategies.lists(strategies.sampled_from(PARTS)))
def test_a_plain_tag_is_read_as_any_other(parts: list[str]) -> None:
    """Tags that are written as our templates write them are read faster, and into the same elements."""
    page, plain = "".join(parts), elements.PLAIN
    fast = elements_of(page)
    try:
        elements.PLAIN = re.compile(r"(?!)")
        assert elements_of(page) == fast
    finally:
        elements.PLAIN = plain
