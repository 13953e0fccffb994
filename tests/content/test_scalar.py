"""Scalars know where each of their characters stands, in every style of YAML."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content import reader
from press.content.scalar import Items, Keys, Origin, Scalar, TextFile
from press.problems import Place

ROOT = Path(__file__).parents[2]
SPACE = " \t\n"
STYLES = ["", "'", '"', "|", ">"]


class Written(NamedTuple):
    """A text as an author may write it, and what it says."""

    raw: str
    value: str
    ink: list[tuple[int, int]]  # offset in the value, index in raw, of what is no white space


def spell(pieces: list[tuple[str, str]]) -> Written:
    """Put together pieces of (as written, as read)."""
    raw = value = ""
    ink = []
    for written, said in pieces:
        if said and said not in SPACE:
            ink.append((len(value), len(raw)))
        raw, value = raw + written, value + said
    return Written(raw, value, ink)


INK = [(char, char) for char in "abz09{}[]-,:&*!%#?|>@`~=+.ө№«€\u2011\U0001f600"]
FOLDED = [(" ", " "), ("\n      ", " "), ("\n\n      ", "\n")]
BY_STYLE = {
    "": [pair for pair in INK if pair[0] not in "{}[]-,:&*!%#?|>@`~="] + FOLDED,
    "'": [*INK, ("''", "'"), ('"', '"'), ("\\", "\\"), *FOLDED],
    '"': [
        *INK,
        ("'", "'"),
        (r"\"", '"'),
        (r"\\", "\\"),
        (r"\x41", "A"),
        (r"\u0416", "Ж"),
        (r"\U0001F600", "\U0001f600"),
        (r"\_", "\u00a0"),
        (r"\/", "/"),
        (r"\t", "\t"),
        (r"\n", "\n"),
        (r"\ ", " "),
        (r"\x20", " "),
        (r"\u000a", "\n"),
        ("\\\n      ", ""),
        *FOLDED,
    ],
    "|": [*INK, ('"', '"'), ("'", "'"), ("\\", "\\"), (" ", " "), ("\n      ", "\n")],
    ">": [*INK, ('"', '"'), ("'", "'"), ("\\", "\\"), (" ", " "), *FOLDED[1:]],
}
HEADS = {"": "", "'": "'", '"': '"', "|": "|\n      ", ">": ">-  # as a comment\n      "}
TAILS = {"": "  # and this", "'": "'  # and this", '"': '"', "|": "\n\n", ">": "\n# and this"}


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, Written]:
    """Draw a style, and a text in it that begins and ends with ink on each of its lines."""
    style = draw(st.sampled_from(STYLES))
    ink = st.sampled_from([pair for pair in BY_STYLE[style] if pair[1] and pair[1] not in SPACE])
    rest = st.sampled_from(BY_STYLE[style])
    words = draw(st.lists(st.tuples(rest, ink), max_size=12))
    return style, spell([draw(ink), *(piece for word in words for piece in word)])


def stored(folder: Path, text: str, *, crlf: bool = False, bom: bool = False) -> Path:
    """Write a file as an editor may."""
    path = folder / "file.yaml"
    data = (text.replace("\n", "\r\n") if crlf else text).encode()
    path.write_bytes(b"\xef\xbb\xbf" * bom + data)
    return path


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for files that each example writes anew."""
    return tmp_path_factory.mktemp("scalars")


@given(texts(), st.sampled_from(["lf", "crlf"]), st.sampled_from(["bare", "bom"]))
def test_each_character_is_found_where_it_was_typed(
    folder: Path, drawn: tuple[str, Written], ends: str, start: str
) -> None:
    """Line and column are those of the character, whatever the style, line ends, mark or plane."""
    style, written = drawn
    before = f"ключ: x\nlist:\n  - text: {HEADS[style]}"
    text = f"{before}{written.raw}{TAILS[style]}\n    next: y\n"
    path = stored(folder, text, crlf=ends == "crlf", bom=start == "bom")
    tree, problems = reader.read(path, "shown.yaml")
    assert not problems
    scalar = entry(tree, "list", 0, "text")
    assert scalar == written.value + ("\n" if style == "|" else "")
    file = TextFile("shown.yaml", text)
    for offset, index in written.ink:
        assert scalar.at(offset) == file.place(len(before) + index)
    assert scalar.place == file.place(len(before) - (style in {"'", '"'}))
    assert scalar.plain == (not style)
    assert scalar.cut == (not style)


@given(texts(), st.sampled_from(["lf", "crlf"]))
def test_places_never_go_back(folder: Path, drawn: tuple[str, Written], ends: str) -> None:
    """White space and the end of a text stand behind the ink before them, inside of the text."""
    style, written = drawn
    text = f"text: {HEADS[style]}{written.raw}{TAILS[style]}\n"
    tree, _ = reader.read(stored(folder, text, crlf=ends == "crlf"), "shown.yaml")
    scalar = entry(tree, "text")
    places = [scalar.at(offset) for offset in range(len(scalar) + 1)]
    last = TextFile("shown.yaml", text).place(len(text))
    assert places == sorted(places)
    assert scalar.place <= places[0]
    assert places[-1] < last


def read_text(folder: Path, text: str) -> Scalar:
    """Return the scalar under the key `text`."""
    tree, problems = reader.read(stored(folder, text), "f.yaml")
    assert not problems
    return entry(tree, "text")


@pytest.mark.parametrize(
    ("text", "found", "line", "column"),
    [
        ("text: one  two\n", "  two", 1, 10),
        ("text: one  two\n", " two", 1, 11),
        ("text: 'one  two'\n", " two", 1, 12),
        ('text: "one\\ttwo"\n', "\ttwo", 1, 11),
        ('text: "\\u0416 two"\n', " two", 1, 14),
        ("text: >-\n  one\n  two\n", " two", 2, 6),
        ("text: >-\n  one\n\n  two\n", "\ntwo", 2, 6),
        ("text: |\n  one  \n  two\n", " \ntwo", 2, 7),
        ("text: |\n  one\n  two\n", "\ntwo", 2, 6),
    ],
)
def test_white_space_is_found_where_it_was_kept(
    tmp_path: Path, text: str, found: str, line: int, column: int
) -> None:
    """White space as typed has its own column; what YAML folded stands behind the ink before."""
    scalar = read_text(tmp_path, text)
    assert found in scalar
    assert scalar.at(scalar.index(found)) == Place("f.yaml", line, column)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("text: ''\n", 1, 7),
        ('text: ""\n', 1, 7),
        ("text: |\nnext: x\n", 1, 7),
        ("text: >-\n\n\nnext: x\n", 1, 7),
        ("text: |+\n\n\n", 1, 7),
        ("text: |\n\n\n  one\n", 4, 3),
        ("text: |2\n    one\n", 2, 5),
        ("text:\n  one\n", 2, 3),
    ],
)
def test_the_place_is_that_of_the_first_character(
    tmp_path: Path, text: str, line: int, column: int
) -> None:
    """A block begins with its text, or with its header where there is none."""
    assert read_text(tmp_path, text).place == Place("f.yaml", line, column)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("text: Point # 5 of the list\n", True),
        ("text: Point\t# 5 of the list\n", True),
        ("text: Point\n  goes on # 5 of the list\n", True),
        ("text: Point\n# a line of its own\n", False),
        ("text: Point #5\n", True),
        ("text: Point#5\n", False),
        ("text: 'Point' # 5 of the list\n", False),
        ("text: >- # 5\n  of the list\n", False),
        ("text: Point # at the end", True),
    ],
)
def test_a_comment_behind_a_plain_text_cuts_it(tmp_path: Path, text: str, *, cut: bool) -> None:
    """Only a plain text can lose its end to a comment, and only on its last line."""
    assert read_text(tmp_path, text).cut is cut


def test_keys_and_items_know_the_places_of_flags(tmp_path: Path) -> None:
    """A true or false has no place of its own, so that what holds it keeps the place."""
    path = stored(tmp_path, "a: true\nb:\n  - x\n  - false\nc: {d: e}\n")
    tree, _ = reader.read(path, "f.yaml")
    assert tree == {"a": True, "b": ["x", False], "c": {"d": "e"}}
    assert tree.place == tree.key("a").place == Place("f.yaml", 1, 1)
    assert tree.place_of("a") == Place("f.yaml", 1, 4)
    items = tree["b"]  # type: ignore[index]  # looked up by its text
    assert isinstance(items, Items)
    assert (items.place, items.flow) == (Place("f.yaml", 3, 3), False)
    assert [items.place_of(index).column for index in range(2)] == [5, 5]
    inner = tree["c"]  # type: ignore[index]  # likewise
    assert isinstance(inner, Keys)
    assert (inner.place, inner.flow, tree.place_of("c")) == (inner.place, True, inner.place)


def test_a_scalar_is_a_text_that_cannot_change() -> None:
    """It equals and hashes like its text; nothing in it can be set or deleted."""
    scalar = Scalar("x", Origin(TextFile("f", "  x"), 2, 3))
    assert scalar == "x"
    assert {scalar: 1}["x"] == 1  # type: ignore[index]  # the point of the test
    assert str(scalar.place) == "f:1:3"
    with pytest.raises(AttributeError, match="immutable"):
        scalar.note = ""
    with pytest.raises(AttributeError, match="immutable"):
        del scalar.origin
    with pytest.raises(AttributeError):
        scalar.place = Place("g")  # type: ignore[misc]


def test_a_scalar_may_stand_alone() -> None:
    """One made of a text alone counts in that text; a whole one stands at one place."""
    alone = Scalar("one\ntwo")
    assert (alone.place, alone.at(4)) == (Place(""), Place("", 2, 1))
    assert not alone.cut
    whole = Scalar("health", Place("briefs/health.yaml", 3, 4))
    assert whole.place == whole.at(3) == Place("briefs/health.yaml", 3, 4)
    assert whole.plain
    assert not whole.cut


def test_scalars_need_no_library() -> None:
    """What reads kept content imports neither pydantic nor PyYAML with it."""
    code = "import sys, press.content.scalar; print({'yaml', 'pydantic'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def entry(tree: object, *path: str | int) -> Scalar:
    """Return the scalar at *path*."""
    for step in path:
        assert isinstance(tree, (Keys, Items))
        tree = tree[step]  # type: ignore[index]
    assert isinstance(tree, Scalar)
    return tree


def test_a_scalar_goes_to_another_machine_with_its_place() -> None:
    """A print is held to texts that were written somewhere, wherever it is made."""
    typed = Scalar("a town", Place("content/series.yaml", 3, 7))
    there = pickle.loads(pickle.dumps(typed))  # noqa: S301 - our own
    assert (there, there.place, type(there)) == (typed, typed.place, Scalar)
