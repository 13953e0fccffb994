"""Lines whose meaning YAML would lose are refused: lists, remarks, keys and paragraphs that print as running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content import reader
from press.content.model.kinds import MODELS

if TYPE_CHECKING:
    from pathlib import Path

    from press.problems import Problem

FOLDED = "put '|' in place of '>'"
UNDER = "put the text under '|'"
ALIGNED = "this line is aligned with nothing above it"
FURTHER = "give it a value, or indent the lines below if they belong to it"
COMMA = "a comma is missing before this item"
BRACKET = "close it, or put the text in quotes or under '>-'"


def problems(folder: Path, typed: str) -> list[Problem]:
    """Return what is wrong with a paragraph whose keys are *typed* in lines from 3 on."""
    path = folder / "blocks.yaml"
    path.write_text(f"a:\n  paragraph:\n{typed}", "utf-8")
    tree, found = reader.read(path, "f")
    assert tree, found
    [(key, entry)] = tree.items()
    _, model, wrong = reader.validate_kind(MODELS, key, entry)
    assert (model is None) == bool(wrong)
    return list(wrong)


def told(folder: Path, typed: str) -> list[str]:
    """Return the problems as 'line:column: message [rule]'."""
    return [
        f"{each.place.line}:{each.place.column}: {each.message} [{each.rule}]"
        for each in problems(folder, typed)
    ]


@pytest.mark.parametrize("mark", ["o", "–", "—"])
@pytest.mark.parametrize("end", [".", ":", ";"])
def test_one_item_under_a_sentence_that_ends_is_refused(
    tmp_path: Path, mark: str, end: str
) -> None:
    """A dash after a sentence begins an item."""
    typed = f"    text: >-\n      They are shut{end}\n      {mark} the gates\n"
    what = f"this line begins with '{mark}', but would join the one above; {FOLDED}"
    assert told(tmp_path, typed) == [f"5:7: {what} [yaml]"]


@pytest.mark.parametrize("mark", ["o", "–", "—"])
@pytest.mark.parametrize("style", [" >-\n     ", " |\n     ", ""])
def test_one_item_within_a_sentence_is_refused(tmp_path: Path, mark: str, style: str) -> None:
    """Nobody but its author could tell it from an aside; a dash that has a partner is one of an aside."""
    typed = f"    text:{style} They need\n      {mark} water\n"
    [said] = told(tmp_path, typed)
    assert f"this line begins with '{mark}', but would join the one above; type '- '" in said
    assert (told(tmp_path, typed.replace("water", f"water {mark} at noon")) == []) == (mark != "o")


@pytest.mark.parametrize(
    ("mark", "way_out"),
    [
        ("-", FOLDED),
        ("*", FOLDED),
        ("+", FOLDED),
        ("1.", FOLDED),
        ("1)", FOLDED),
        (">", FOLDED),
        ("|", FOLDED),
    ],
)
def test_a_list_that_is_folded_is_refused(tmp_path: Path, mark: str, way_out: str) -> None:
    """Under `>-` its items would be one line."""
    typed = f"    text: >-\n      Two things:\n      {mark} one\n"
    message = f"this line begins with '{mark}', but would join the one above; {way_out} [yaml]"
    assert told(tmp_path, typed) == [f"5:7: {message}"]
    kept = typed.replace(">-", "|")
    assert mark in "|>" or not problems(tmp_path, kept)


def test_an_item_indented_too_far_is_refused(tmp_path: Path) -> None:
    """It would be a part of the item above: three names would be counted as two."""
    typed = (
        "    text: words\n    allow:\n      - rule: one\n        reason: two\n          - three\n"
    )
    assert any(line.startswith("7:11: this '-' is so deep") for line in told(tmp_path, typed))


@pytest.mark.parametrize("style", [">-", ">", "|", "|-", ""])
def test_a_key_indented_too_far_is_refused(tmp_path: Path, style: str) -> None:
    """It would be text, and what it says would not be obeyed: an audience would see what is not for it."""
    typed = f"    text: {style}\n      For police only\n      audiences: [law]\n"
    found = told(tmp_path, typed) if style else [_broken(tmp_path, typed)]
    assert [line.split(";")[0] for line in found] == (
        ["5:7: 'audiences:' is a part of the text here, not a key"] if style else ["5:7"]
    )


def _broken(folder: Path, typed: str) -> str:
    """Return where YAML itself refuses what is *typed*."""
    path = folder / "blocks.yaml"
    path.write_text(f"a:\n  paragraph:\n{typed}", "utf-8")
    tree, [problem] = reader.read(path, "f")
    assert tree is None
    return f"{problem.place.line}:{problem.place.column}"


def test_a_remark_in_a_text_is_refused(tmp_path: Path) -> None:
    """An author's remark would be printed."""
    [line] = told(tmp_path, "    text: >-\n      Words\n      # ask Anna first\n")
    assert line.startswith("5:7: '#' begins no remark in a text; put the remark above the key")


@pytest.mark.parametrize("style", [">-", '"', "'", ""])
def test_a_blank_line_that_would_be_lost_is_refused(tmp_path: Path, style: str) -> None:
    """Two paragraphs would be one."""
    open_, close = (f"{style}\n      ", "") if style.startswith(">") else (style, style)
    typed = f"    text: {open_}First.\n\n      Second.{close}\n"
    way_out = FOLDED if style.startswith(">") else UNDER
    line = 6 if style.startswith(">") else 5
    assert told(tmp_path, typed) == [
        f"{line}:7: the blank line above this one would be lost; {way_out} [yaml]"
    ]


def test_bullets_of_word_processors_are_refused_everywhere(tmp_path: Path) -> None:
    """No style makes a list of them."""
    for typed in (
        "|\n      • one\n",
        ">-\n      ● one\n",
        '"• one"\n',
        "|\n      \uf0b7 one\n",
        "|\n      → one\n",
        ">-\n      ► one\n",
        "|\n      ii. one\n",
    ):
        [line] = told(tmp_path, f"    text: {typed}")
        assert "is a bullet of a word processor; type '- '" in line


def test_items_in_letters_with_blank_lines_between_join_nothing(tmp_path: Path) -> None:
    """They are paragraphs, as they are typed."""
    assert (
        told(
            tmp_path,
            "    text: |\n      (c) one\n\n      (a) two\n      goes on\n\n      (b) three\n",
        )
        == []
    )


@pytest.mark.parametrize(
    "marks",
    [
        "a) b)",
        "A) B)",
        "a. b.",
        "A. B.",
        "a/ b/",
        "[a] [b]",
        "o o",
        "(i) (ii)",
        "=> =>",
        "-> ->",
        "§ §",
        "~ ~",
    ],
)
def test_items_under_letters_are_refused(tmp_path: Path, marks: str) -> None:
    """Markdown has no such list, so that they would be running text even under '|'."""
    first, second = marks.split()
    found = told(tmp_path, f"    text: |\n      {first} one\n      {second} two\n")
    assert [line.split(",")[0] for line in found] == [
        f"4:7: this line begins with '{first}'",
        f"5:7: this line begins with '{second}'",
    ]


def test_signs_that_begin_running_text_make_no_list(tmp_path: Path) -> None:
    """Brackets, quotation marks and amounts begin sentences too."""
    assert told(tmp_path, "    text: >-\n      (so) it is\n      “so” it is\n      … so\n") == []


@pytest.mark.parametrize(
    "lines",
    [
        ["It grew → it fell", "owners alone"],
        ["It grew – and fell", "– at once"],
        ["He lived, as did", "i. e. those"],
        ["It was so in", "2012. Later it was not."],
        ["Both (a) one and", "(b) two."],
        ["It has two parts", "- and a third", "- one"],
        ["One word", "– an aside – goes on"],
        ["It grew", "-5 degrees"],
        ["Note: this is a word", "Remark: and this"],
    ],
)
def test_a_line_that_only_looks_so_is_text(tmp_path: Path, lines: list[str]) -> None:
    """A number that ends a sentence may be the first of its line."""
    body = "".join(f"      {line}\n" for line in lines)
    style = "|" if lines[1].startswith("- ") else ">-"
    assert not problems(tmp_path, f"    text: {style}\n{body}")


def test_blank_lines_at_the_end_are_no_paragraph(tmp_path: Path) -> None:
    """They come before the next key."""
    assert not problems(tmp_path, "    text: >-\n      Words.\n\n\n    audiences: [law]\n")


@given(st.lists(st.text("abc -#*1.•:\t", max_size=8), max_size=6))
def test_any_lines_are_read_or_refused_in_place(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    """A place is always inside the text, whatever its lines are."""
    folder = tmp_path_factory.getbasetemp()
    body = "".join(f"      {line}\n" for line in ["x", *lines])
    path = folder / "any.yaml"
    path.write_text(f"a:\n  paragraph:\n    text: >-\n{body}", "utf-8")
    tree, _ = reader.read(path, "f")
    if tree:
        [(key, entry)] = tree.items()
        places = [each.place for each in reader.validate_kind(MODELS, key, entry)[2]]
        assert all(4 <= place.line <= 4 + len(lines) for place in places)


def unread(folder: Path, typed: str) -> str:
    """Return where YAML cannot be read, and why."""
    path = folder / "blocks.yaml"
    path.write_text(typed, "utf-8")
    tree, [problem] = reader.read(path, "f")
    assert tree is None
    return f"{problem.place.line}:{problem.place.column}: {problem.message} [{problem.rule}]"


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_quote_without_its_end_is_named_where_it_opens(tmp_path: Path, quote: str) -> None:
    """The next quote of the file closes it, many lines below."""
    typed = f"a:\n  text: {quote}One line\n  by: x\n\nb:\n  text: {quote}Another{quote}\n"
    assert unread(tmp_path, typed) == (
        "2:9: the quote that opens here is closed only in line 6; close it where its text ends [yaml]"
    )


def test_keys_that_a_quote_swallows_are_refused(tmp_path: Path) -> None:
    """All may be sound YAML, if a quote follows."""
    typed = '    text: "One line\n    audiences: [law]\n    remark: "\n'
    assert told(tmp_path, typed)[0] == (
        "4:5: 'audiences:' is a part of the text here, not a key; close the quote that opens in line 3 [yaml]"
    )


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("a:\n  b:\n    c: x\n   d: [y]\n", f"4:4: {ALIGNED}; begin it in column 5 or 3"),
        ("a:\n  b:\n      c: x\n    d: y\n", f"4:5: {ALIGNED}; begin it in column 7 or 3"),
        ("a:\n  - x\n - y\n", f"3:2: {ALIGNED}; begin it in column 3 or 1"),
        ("a:\n  b:\n  c: x\n", f"2:3: 'b' has no value; {FURTHER}"),
        ('a: [x,\n  "y" "z"]\n', f"2:7: {COMMA}, or the bracket before it is not closed"),
        ("a: {b: x c: y}\n", f"1:11: {COMMA}, or the bracket before it is not closed"),
        ("a: [x\nb: y\n", f"1:4: the '[' that opens here is never closed; {BRACKET}"),
    ],
)
def test_a_slip_is_named_for_what_it_is(tmp_path: Path, typed: str, problem: str) -> None:
    """A key one step too far left, and a comma that is missing."""
    assert unread(tmp_path, typed) == f"{problem} [yaml]"


def test_a_comma_that_is_missing_in_a_list_is_named(tmp_path: Path) -> None:
    """Two items in brackets would be one."""
    [line] = told(tmp_path, "    text: x\n    audiences: [law, police health]\n")
    assert line.endswith("found 'police health'; put a comma between two items [schema]")
    found = told(tmp_path, "    text: x\n    audiences: [law\n      health]\n")
    assert found[-1] == "4:20: a comma is missing at this line end, or quotes around it [yaml]"


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000"])
@pytest.mark.parametrize(
    ("typed", "place"),
    [("a:\n {}b: x\n", "2:2"), ("a:{}x\n", "1:3"), ("a:\n  -{}x\n", "2:4")],
)
def test_an_odd_space_in_the_indentation_is_named(
    tmp_path: Path, space: str, typed: str, place: str
) -> None:
    """It looks like a space, but is text to YAML."""
    message = unread(tmp_path, typed.format(space))
    assert message.startswith(f"{place}: U+{ord(space):04X} ")
    assert message.endswith(" is no space for YAML; type a space [character]")
