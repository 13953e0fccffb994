"""A partner's drawing: shapes and colours get through, and nothing that runs, fetches, reads or hides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.content import svg

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">{}</svg>'
SOUND = SVG.format(
    '<g fill="#123456"><path d="M0 0h9v9z" stroke-width="2"/><circle cx="20" cy="20" r="5"/></g>'
)


def taken(path: Path, text: str) -> str:
    """Return what is made of a drawing that is good."""
    path.write_text(text, "utf-8")
    picture, wrong = svg.read(path)
    assert wrong == ""
    assert picture is not None
    return picture.data.decode()


def refused(path: Path, text: str | bytes) -> str:
    """Return why a drawing is refused."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    picture, wrong = svg.read(path)
    assert picture is None
    return wrong


def test_shapes_and_colours_get_through(tmp_path: Path) -> None:
    """They are written as they were, and the drawing says its size."""
    path = tmp_path / "a.svg"
    path.write_text(SOUND, "utf-8")
    picture, _ = svg.read(path)
    assert picture is not None
    assert (picture.width, picture.height) == (120, 40)
    root = ET.fromstring(picture.data)  # noqa: S314 - our own
    assert [one.tag.rpartition("}")[2] for one in root.iter()] == ["svg", "g", "path", "circle"]
    assert root[0].get("fill") == "#123456"
    assert root[0][0].attrib == {"d": "M0 0h9v9z", "stroke-width": "2"}


def test_what_was_cleaned_is_clean(tmp_path: Path) -> None:
    """Cleaned once more it is the same."""
    once = taken(tmp_path / "a.svg", SOUND)
    assert taken(tmp_path / "a.svg", once) == once


def test_what_has_no_looks_is_left_behind(tmp_path: Path) -> None:
    """An editor's notes, a title, comments, classes and foreign names are in no byte."""
    text = SVG.format(
        "<!-- secret --><title>secret</title><metadata><a href='secret'/></metadata>"
        "<x:view xmlns:x='https://secret.example/x' x:at='1'><path d='M0 0'/></x:view>"
        "<path class='secret' data-x='secret' aria-label='secret' d='M1 1h2'/>"
    )
    clean = taken(tmp_path / "a.svg", text)
    assert "secret" not in clean
    assert clean.count("<path") == 1


def test_a_style_becomes_attributes(tmp_path: Path) -> None:
    """It wins over them, as it does in a browser."""
    clean = taken(
        tmp_path / "a.svg",
        SVG.format(
            '<path style="fill:#ff0000; stroke:none;-inkscape-font-specification:Sans" fill="#0f0" d="M0 0"/>'
        ),
    )
    assert 'fill="#ff0000"' in clean
    assert 'stroke="none"' in clean
    assert "style" not in clean


def test_a_clip_of_its_own_is_kept(tmp_path: Path) -> None:
    """What stays inside the drawing may be referred to; a clip-rule outside a clip means nothing."""
    text = SVG.format(
        '<clipPath id="a"><path d="M0 0h9v9z"/></clipPath>'
        '<path clip-path="url(#a)" fill-rule="evenodd" clip-rule="evenodd" d="M0 0h9v9"/>'
    )
    assert 'clip-path="url(#a)"' in taken(tmp_path / "a.svg", text)


def test_the_size_stands_in_for_a_box(tmp_path: Path) -> None:
    """A drawing in pixels has a box of that size."""
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="12.5"><path d="M0 0"/></svg>'
    )
    assert 'viewBox="0 0 30 12.5"' in taken(tmp_path / "a.svg", text)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>1</script>", "it has a <script>"),
        ("<style>@import 'x'</style>", "its style sheet has more"),
        ("<foreignObject/>", "it has a <foreignObject>"),
        ("<image href='x.png'/>", "it uses 'href'"),
        ("<image href='#a'/>", "it uses 'href'"),
        ("<image href='data:image/png;base64,AAAA'/>", "it uses 'href'"),
        ("<image href='data:image/svg+xml;base64,AAAA'/>", "it uses 'href'"),
        ("<use href='https://x/#a'/>", "it uses 'href'"),
        ("<style>a{fill:url(//x)}</style>", "its style sheet has more"),
        ("<style>a{fill:\\75rl(//x)}</style>", "its style sheet has more"),
        (
            "<g id='a'><use href='#b'/></g><g id='b'/><use href='#a'/>",
            "it uses shapes that use others",
        ),
        ("<use href='#a'/>", "it refers to '#a', which is not in it"),
        ("<a href='https://x'><path d=''/></a>", "it has a <a>"),
        ("<animate attributeName='x'/>", "it has a <animate>"),
        ("<text>words</text>", "it has a <text>"),
        ("<svg/>", "it has a <svg>"),
        ("<g>words</g>", "it has text"),
        ("<path onload='x()' d=''/>", "it uses 'onload'"),
        ("<path xmlns:x='http://www.w3.org/1999/xlink' x:href='y' d=''/>", "it uses 'href'"),
        ("<path filter='url(#a)' d=''/>", "it uses 'filter'"),
        ("<path display='none' d=''/>", "it uses 'display'"),
        ("<path style='mask:url(#a)' d=''/>", "it uses 'mask'"),
        ("<path fill='url(https://x/y)' d=''/>", "its fill is 'url(https://x/y)'"),
        ("<path fill='url(#a) url(//x)' d=''/>", "its fill is"),
        ("<path fill='url(#a)' d=''/>", "it refers to '#a'"),
        ("<path stroke='url(#a)' d=''/>", "it refers to '#a'"),
        ("<path clip-path='url(//x)' d=''/>", "its clip-path is"),
        ("<rect width='3em' height='9'/>", "its width is '3em'"),
        ("<path fill='notacolour' d=''/>", "its fill is 'notacolour'"),
        ("<path d='M5 5 L90 5 Z X 5 5'/>", "its d is"),
        ("<path d='hello world'/>", "its d is"),
        ("<path d='5 5L9 9'/>", "its d is"),
        ("<path transform='scal(2)' d=''/>", "its transform is"),
        ("<path transform='scale(0)' d=''/>", "its transform is"),
        ("<path transform='translate(9) scale(0.0, 2)' d=''/>", "its transform is"),
        ("<path transform='rotate(9deg)' d=''/>", "its transform is"),
        ("<path transform='rotate(9 1)' d=''/>", "its transform is"),
        ("<path transform='matrix(1,2)' d=''/>", "its transform is"),
        ("<path transform='skewX(1,2)' d=''/>", "its transform is"),
        ("<path clip-path='url(#nope)' d=''/>", "it refers to '#nope'"),
        ("<g preserveAspectRatio='foo'/>", "its preserveAspectRatio is 'foo'"),
        ("<clipPath id='a'><path clip-path='url(#a)' d=''/></clipPath>", "its clip is cut"),
        ("<clipPath style='clip-path:url(#a)' id='a'/>", "its clip is cut"),
        ("<pattern id='a'/>", "it has a <pattern>"),
        ("<path style='fill:url(data:x)' d=''/>", "its fill is"),
        ("<path fill='&#106;avascript:x' d=''/>", "its fill is"),
        ("<g>" * 40 + "</g>" * 40, "it has too many shapes"),
        ("<path d=''/>" * 2001, "it has too many shapes"),
    ],
)
def test_what_is_not_shape_or_colour_is_refused(tmp_path: Path, inside: str, said: str) -> None:
    """It is named, with a way out: a sign without it would be another sign."""
    wrong = refused(tmp_path / "a.svg", SVG.format(inside))
    assert wrong.startswith(said)
    assert "PNG" in wrong


@pytest.mark.parametrize(
    "inside",
    [
        "<linearGradient id='a'><stop/></linearGradient>",
        "<defs><radialGradient id='a'/></defs>",
        "<clipPath id='a'><path clip-rule='evenodd' d=''/></clipPath>",
        "<clipPath clipPathUnits='objectBoundingBox' id='a'/>",
        "<clipPath style='clip-rule: evenodd' id='a'><path d=''/></clipPath>",
        "<style>.a{fill:#f00}</style><path class='a' d=''/>",
        "<path id='a' d=''/><use href='#a'/>",
    ],
)
def test_what_programs_draw_in_different_ways_is_painted(tmp_path: Path, inside: str) -> None:
    """Outputs have it as pixels; a drawing of shapes and colours they have as it is."""
    (tmp_path / "a.svg").write_text(SVG.format(inside), "utf-8")
    picture, wrong = svg.read(tmp_path / "a.svg")
    assert picture, wrong
    assert picture.painted
    (tmp_path / "a.svg").write_text(SOUND, "utf-8")
    plain, _ = svg.read(tmp_path / "a.svg")
    assert plain
    assert not plain.painted


def test_what_editors_write_beside_a_drawing_does_no_harm(tmp_path: Path) -> None:
    """A document type that defines nothing, and looks that every shape has."""
    kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    text = SVG.format(
        "<g style='display:inline;mix-blend-mode:normal;paint-order:markers fill stroke'><path d='M0 0h9'/></g>"
    )
    clean = taken(tmp_path / "a.svg", kind + text)
    assert "DOCTYPE" not in clean
    assert "style" not in clean


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SOUND, "it has a document type"),
        ('<?xml-stylesheet href="x"?>' + SOUND, "it has a processing instruction"),
        ("<html><svg/></html>", "it has a <html>"),
        ('<svg><path d=""/></svg>', "it has a <svg>"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "it does not say how large it is"),
        (SOUND.replace("0 0 120 40", "0 0 0 40"), "it does not say how large it is"),
        (SOUND.replace("0 0 120 40", "0 0 40"), "it does not say how large it is"),
        (SOUND.replace("0 0 120 40", "0 0 1e-300 1e-300"), "it does not say how large it is"),
        (SOUND.replace("0 0 120 40", "0 0 1200 0.5"), "it is more than 100 times as long"),
        (
            SOUND.replace("0 0 120 40", "0 0 inf 40"),
            "its viewBox is|it does not say how large it is",
        ),
        (SOUND[:60], "it is not an SVG drawing, or damaged"),
        ("", "it is not an SVG drawing, or damaged"),
        (b"\x1f\x8b\x08\0zipped", "it is not an SVG drawing, or damaged"),
        (SOUND + " " * 100_000, "it is larger than 100 kB"),
    ],
)
def test_what_is_no_plain_drawing_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    """Definitions that could read files, other documents, and files that are damaged or too large."""
    assert re.match(said, refused(tmp_path / "a.svg", text))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It could lead to any file of the machine."""
    (tmp_path / "b.svg").write_text(SOUND, "utf-8")
    path = tmp_path / "a.svg"
    path.symlink_to(tmp_path / "b.svg")
    assert svg.read(path) == (None, "'a.svg' is not a plain file; put the image itself here")


PIECES = [*"<>/\"'&;#![]?\0é", "--", "svg", "g", "path", " d=", " xmlns=", SOUND]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(PIECES)).map("".join)
    | st.binary().map(lambda data: data.decode("latin-1"))
)
def test_whatever_is_in_the_file_there_is_an_answer(tmp_path: Path, text: str) -> None:
    """A drawing or a reason, never an exception."""
    path = tmp_path / "a.svg"
    path.write_text(text, "utf-8")
    picture, wrong = svg.read(path)
    assert (picture is None) == bool(wrong)


@pytest.mark.parametrize("end", ["", "!"])
def test_a_value_of_many_parts_takes_no_time(tmp_path: Path, end: str) -> None:
    """A pattern that tries every division of it would not end before the sun does."""
    path = tmp_path / "a.svg"
    dashes = "1em2 %" * 400 + end
    path.write_text(SVG.format(f'<path d="M0 0h9" stroke-dasharray="{dashes}"/>'), "utf-8")
    found, wrong = svg.read(path)
    assert (found is None) == bool(end)
    assert wrong.startswith("its stroke-dasharray is '1em2 %") == bool(end)
