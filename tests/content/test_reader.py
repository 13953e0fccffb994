"""The reader takes a strict kind of YAML, and says of each mistake where it is and what to do."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

import pydantic
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError, core_schema

from press.content import reader
from press.content.model import Brief, Claim, Limits, Mail, Series, Source, Terms
from press.content.model.kinds import MODELS
from press.content.model.scalar_type import refused
from press.content.model.typed import (
    WHOLE,
    ClaimId,
    Colour,
    Day,
    Flag,
    Line,
    MonthOrNot,
    Plain,
    Strict,
)
from press.content.reader import messages, syntax
from press.content.scalar import Keys, Scalar
from press.problems import Place, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
EXAMPLES = Path(__file__).parent / "reader"
Integer = Annotated[int, WHOLE]


class Own:
    """A type of our own, which gets the scalar itself and may refuse it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, __: object) -> core_schema.CoreSchema:
        """Take the place of pydantic's schema."""
        return core_schema.no_info_plain_validator_function(cls.check)

    @classmethod
    def check(cls, value: object) -> Scalar:
        """Refuse what is bad or worse."""
        if not isinstance(value, Scalar):
            raise refused(messages.expected("a text", value))
        if value.startswith("plainly"):
            raise PydanticCustomError("plain-error", "this text is plainly bad")
        if "bad" in value:
            raise refused("this text is bad", rule="figure")
        if value == "worse":
            raise ValueError("this text is worse")
        return value


class Budget(Strict):
    """A model in a model."""

    pages: Integer = 4
    words: Integer


class Circle(Strict):
    """A model of one field."""

    radius: Integer


class Square(Strict):
    """One choice of a tagged union."""

    form: Literal["square"] = "square"
    side: Integer


class Round(Strict):
    """The other choice of a tagged union."""

    form: Literal["round"]
    radius: Integer


Tagged = Annotated[Square | Round, Field(discriminator="form")]
OwnText = Annotated[Scalar, Own()]


class Sample(Strict):
    """A field of every type that a model may have."""

    title: Plain
    budget: Budget = Budget(words=1)
    accent: Colour | None = None
    draft: Flag = False
    basis: Literal["official", "own"] = "own"
    colour: Literal["red", "blue"] = "red"
    label: Line | None = None
    cite: Line | None = None
    day: Day | None = None
    tags: tuple[Plain, ...] = ()
    three: Annotated[tuple[Plain, ...], Field(max_length=3)] = ()
    two: Annotated[tuple[Plain, ...], Field(min_length=2)] = ()
    full: Annotated[tuple[Integer, ...], Field(min_length=1)] = ()
    numbers: dict[ClaimId, Annotated[int, Field(le=12), WHOLE]] = Field(default_factory=dict)
    own: tuple[OwnText, ...] = ()
    owned: dict[OwnText, Integer] = Field(default_factory=dict)
    shape: Circle | None = None
    stack: Literal["zero", True, False] = False
    by: MonthOrNot | None = None
    tagged: Tagged | None = None
    tagless: Tagged | None = None
    circles: tuple[Circle, ...] = ()
    nested: tuple[tuple[Circle, ...], ...] = ()
    spaced: tuple[Plain, ...] = ()
    mapped: dict[Plain, Plain] = Field(default_factory=dict)


class Paragraph(Strict):
    """A kind of block."""

    text: Plain


class Option(Strict):
    """Another kind of block."""

    actor: Plain
    does: Plain
    origin: Literal["stated", "derived"] = "stated"


KINDS: dict[str, type[Strict]] = {"paragraph": Paragraph, "option": Option}


def proved(tree: Keys, name: str) -> tuple[Problem, ...]:
    """Return what is wrong with an example, after reading it."""
    if name != "kinds":
        return reader.validate(Sample, tree)[1]
    found = [reader.validate_kind(KINDS, key, value)[2] for key, value in tree.items()]
    return tuple(problem for problems in found for problem in problems)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_mistake_is_told_on_its_line(path: Path) -> None:
    """What is found is what the comments announce: no more, no less."""
    lines = path.read_text("utf-8").splitlines()
    announced = [
        f"{number}: {line.split('#~ ')[1]}" for number, line in enumerate(lines, 1) if "#~ " in line
    ]
    assert announced
    tree, problems = reader.read(path, path.name)
    problems = problems if tree is None else proved(tree, path.stem)
    assert [f"{one.place.line}: {one.message} [{one.rule}]" for one in problems] == announced


def read(folder: Path, content: str | bytes) -> tuple[Keys | None, list[str]]:
    """Return the tree of a file with that content, and its problems as 'line:column: message'."""
    path = folder / "file.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    tree, problems = reader.read(path, "f")
    assert (tree is None) == bool(problems)
    assert problems == tuple(sorted(problems))
    return tree, [
        f"{one.place.line}:{one.place.column}: {one.message} [{one.rule}]" for one in problems
    ]


QUOTE = "; put the text in quotes or under '>-' [yaml]"
SINGLE = "; if it is a text, put it in single quotes or under '>-' [yaml]"
NO_KEY = (
    "this line has no key; begin it in column {} if it belongs to the text of line {}, "
    "else put ':' after its key [yaml]"
)
TRAPS = {
    # a value that begins with what means something to YAML
    "text: {a.b} points": f"1:7: a text cannot begin with '{{'{QUOTE}",
    "text: [^cite] first": f"1:7: a text cannot begin with '['{QUOTE}",
    "text: [a](http://x) b": f"1:7: a text cannot begin with '['{QUOTE}",
    "text: [^x]: k": f"1:7: a text cannot begin with '['{QUOTE}",
    "- text: {a.b} points": f"1:9: a text cannot begin with '{{'{QUOTE}",
    "text: **Bold** start": f"1:7: a text cannot begin with '*'{QUOTE}",
    "text: & more": f"1:7: a text cannot begin with '&'{QUOTE}",
    "text: !<": f"1:7: a text cannot begin with '!'{QUOTE}",
    "text: !a!b": f"1:7: a text cannot begin with '!'{QUOTE}",
    "text: % of people": f"1:7: a text cannot begin with '%'{QUOTE}",
    "text: @x": f"1:7: a text cannot begin with '@'{QUOTE}",
    "text: `x`": f"1:7: a text cannot begin with '`'{QUOTE}",
    "text: ? x": f"1:7: a text cannot begin with '?'{QUOTE}",
    "text: , x": f"1:7: a text cannot begin with ','{QUOTE}",
    "text: ] x": f"1:7: a text cannot begin with ']'{QUOTE}",
    "text: >60% of": f"1:7: a text cannot begin with '>'{QUOTE}",
    "text: | of": f"1:7: a text cannot begin with '|'{QUOTE}",
    "text: - dash": f"1:7: a text cannot begin with '- '{QUOTE}",
    "text: #5 of the list": "1:7: 'text' has no value, but a comment; "
    f"give it a value or take the key out, or{QUOTE[1:]}",
    "@key: x": f"1:1: a text cannot begin with '@'{QUOTE}",
    "% of people": f"1:1: a text cannot begin with '%'{QUOTE}",
    "a: {file: b, name: Health, Labour and Care}": "1:4: 'Labour and Care' has no value; "
    "a comma ends a value in { }: put the whole value in quotes [yaml]",
    "a: {number: 2,500, unit: b}": "1:4: '500' has no value; a number has no comma in it [yaml]",
    # a value that goes on where it should have ended
    "text: one: two": f"1:10: ': ' cannot be in a text{QUOTE}",
    "text: 50%: x": f"1:10: ': ' cannot be in a text{QUOTE}",
    "a:\n  text: Point: {x.y}": f"2:14: ': ' cannot be in a text{QUOTE}",
    "text: one\n  two and: three": f"2:10: ': ' cannot be in a text{QUOTE}",
    "text: 'it's fine'": "1:11: the text continues after its closing quote; "
    "put all of it under '>-' [yaml]",
    'text: "quoted" then': "1:16: the text continues after its closing quote; "
    "put all of it under '>-' [yaml]",
    'text: "a": b': "1:10: the text continues after its closing quote; "
    "put all of it under '>-' [yaml]",
    "text: one # two\n  three": "1:11: '#' begins a comment, and the text goes on below it" + QUOTE,
    # what is never closed, or closed otherwise
    'text: "open\nb: c\n': "1:7: the quote that opens here is never closed; "
    "close it, or use '>-' [yaml]",
    "text: 'tis\n": "1:7: the quote that opens here is never closed; close it, or use '>-' [yaml]",
    "text: 'x\n---\ny'": "1:7: the quote that opens here is never closed; "
    "close it, or use '>-' [yaml]",
    "a: [b, c\nd: e": "1:4: the '[' that opens here is never closed; "
    "close it, or put the text in quotes or under '>-' [yaml]",
    "a: {b: c": "1:4: the '{' that opens here is never closed; "
    "close it, or put the text in quotes or under '>-' [yaml]",
    "a: [b, c}": "1:4: the '[' that opens here is never closed; "
    "close it, or put the text in quotes or under '>-' [yaml]",
    "a: {b: c]": "1:4: the '{' that opens here is never closed; "
    "close it, or put the text in quotes or under '>-' [yaml]",
    "a: [x,,y]": f"1:4: a text cannot begin with '['{QUOTE}",
    "a: [": f"1:4: a text cannot begin with '['{QUOTE}",
    "a: b\n}": f"2:1: a text cannot begin with '}}'{QUOTE}",
    ": a": f"1:1: a text cannot begin with ':'{QUOTE}",
    # spaces and tabs
    "a:\n\tb: c": "2:1: a tab cannot indent; use spaces [yaml]",
    "a:\n  b: c\n \td: e": "3:2: a tab cannot indent; use spaces [yaml]",
    "a:\n  b: 1\n c: 2": "3:2: this line is aligned with nothing above it; "
    "begin it in column 3 or 1 [yaml]",
    "a: b\n- c": "2:1: this line is aligned with nothing above it; fix its indentation [yaml]",
    "- a\nb: c": "2:1: this line is aligned with nothing above it; fix its indentation [yaml]",
    "a: |\n   b\n  c\n": f"3:3: {NO_KEY.format(4, 1)}",
    "a:\n  b: 1\n   c: 2": "3:4: this line is aligned with nothing above it; "
    "begin it in column 3 or 1 [yaml]",
    "a: b\ntext:no space\nc: d": "2:6: put a space after ':' [yaml]",
    "a: {b:{c: d}}": "1:7: put a space after ':' [yaml]",
    "a:\n  - b\n  -c": "3:4: put a space after '-' [yaml]",
    "text:no space": "1:1: expected keys, found a text; put a space after ':' [yaml]",
    "a: >-\ntext at zero\nb: c": f"2:1: {NO_KEY.format(3, 1)}",
    "a:\n  b: >-\n  text: of two\n  lines here\n": f"4:3: {NO_KEY.format(5, 3)}",
    "a:\n  b: >-\n    one\n  Two three: four\n": "4:3: 'Two three' is no key; "
    "begin it in column 5, as the text of line 2 [yaml]",
    "a:\n  b: >-\n    one\n two\n": f"4:2: {NO_KEY.format(5, 2)}",
    "a:\n- b: >-\n    one\n  two\n": f"4:3: {NO_KEY.format(5, 2)}",
    "a:\n  b: >-\n    one\n   c: d\n": "4:4: this line is aligned with nothing above it; "
    "begin it in column 3, or begin it in column 5 if it belongs to the text of line 2 [yaml]",
    "a: one\ntwo three\nb: c": f"2:1: {NO_KEY.format(3, 1)}",
    "a\n  b: c\nd: e": "1:2: put ':' after 'a' [yaml]",
    "# x\n\na b\nc: d\ne: f": "3:2: put ':' after 'a' [yaml]",
    "a: b\nc:\n  d: e\nf: g\n  h: i\n": "4:1: this line is less deep than those around it; "
    "begin it in column 3 [yaml]",
    "a: b\nc:\n  d: e\nf: [g]\n  h: i\n": "4:1: this line is less deep than those around it; "
    "begin it in column 3 [yaml]",
    "a:\n  - b: c\n    d: e\n  -f: g\n": "4:3: '-' begins no item; type '- ' [yaml]",
    "a:\n  - b: c\n    d: e\n  – f: g\n": "4:3: '–' begins no item; type '- ' [yaml]",
    "a:\n  - b: c\n    b: c\n": "3:5: key 'b' is given twice, first in line 2; "
    "begin a new item with '- ' [yaml]",
    # escapes
    r'a: "\q"': f"1:5: this is not YAML (found unknown escape character){SINGLE}",
    r'a: "\ud800"': "1:7: this is not YAML (found invalid Unicode character escape code)" + SINGLE,
    r'a: "\U00110000"': "1:7: this is not YAML (found invalid Unicode character escape code)"
    + SINGLE,
    r'a: "x\x1"': f"1:8: this is not YAML (did not find expected hexdecimal number){SINGLE}",
    # the whole file
    "": "1:1: this file is empty [yaml]",
    "# only a comment\n": "1:1: this file is empty [yaml]",
    "---\n": "1:1: this file is empty [yaml]",
    "- a": "1:1: expected keys, found a list [yaml]",
    "all": "1:1: expected keys, found a text; put ':' after 'all' [yaml]",
    "# a\n  a: b\nc: d": "2:3: this line is 2 columns deeper than line 3, which is no part of it; "
    "begin it in column 1, or put its key above it [yaml]",
    "just a text": "1:1: expected keys, found a text [yaml]",
    "true": "1:1: expected keys, found true [yaml]",
    "a: b\n---\nc: d": "2:1: a second document begins here; make it a file of its own [yaml]",
    "a: b\n...\nc: d": f"3:1: this is not YAML (did not find expected <document start>){SINGLE}",
    "%YAML 1.2\n---\na: b": "1:1: a line cannot begin with '%'; take it out [yaml]",
    "%TAG ! x\n---\na: b": "1:1: a line cannot begin with '%'; take it out [yaml]",
    "%YAML 3.0\n---\na: b": f"1:1: a text cannot begin with '%'{QUOTE}",
    # what is missing
    "a:\nb: c": "1:1: 'a' has no value; "
    "give it a value, or indent the lines below if they belong to it [yaml]",
    "a:\n  - b\n  -\n": "3:4: this item has no value; give it one or take it out [yaml]",
    "? \n: x": "1:2: a key must be plain text, found nothing [yaml]",
    "[a]: b": "1:1: a key must be plain text, found a list [yaml]",
}


@pytest.mark.parametrize(("text", "told"), TRAPS.items(), ids=list(map(repr, TRAPS)))
def test_a_trap_is_told_with_its_way_out(tmp_path: Path, text: str, told: str) -> None:
    """Each way in which prose goes wrong in YAML has its place, in words, and a way out."""
    assert read(tmp_path, text) == (None, [told])


WORDINGS = {  # what libyaml says -> of what
    "while scanning a quoted scalar": "a: 'b",
    "mapping values are not allowed": "a: b: c",
    "could not find expected ':'": "a: b\nc\nd: e",
    "did not find expected ',' or": "a: ['b' 'c']",
    "found unexpected ':'": "a: {b:{c: d}}",
    "did not find expected key": "a: b\n- c",
    "did not find expected '-' indicator": "- a\nb: c",
    "did not find expected <document start>": " a: b\nc: d",
}


def test_libyaml_says_what_our_explanations_rest_on() -> None:
    """An upgrade that changes a wording fails here, and not in silence at an author's."""
    assert set(WORDINGS) == set(syntax.WORDINGS)
    for words, text in WORDINGS.items():
        with pytest.raises(yaml.MarkedYAMLError) as caught:
            list(yaml.parse(text, yaml.CSafeLoader))
        assert f"{caught.value.problem} {caught.value.context}".count(words) == 1


def test_what_is_wrong_above_a_syntax_error_is_told_too(tmp_path: Path) -> None:
    """A syntax error ends the reading, but keeps what was found until then."""
    _, problems = read(tmp_path, "a: b\na: c\nb: &one, two\n")
    assert problems == [
        "2:1: key 'a' is given twice, first in line 1 [yaml]",
        f"3:4: a text cannot begin with '&'{QUOTE}",
    ]


def test_all_is_text_but_true_and_false(tmp_path: Path) -> None:
    """Nothing is guessed: the type of the field decides what a text means."""
    typed = [
        "no",
        "yes",
        "on",
        "Off",
        "12:30",
        "02134",
        "1.10",
        "48",
        "2026-11-24",
        "0x10",
        "=",
        "1e5",
    ]
    typed += ["True", "FALSE", "nan", ".inf", "Nothing"]
    tree, problems = read(tmp_path, "a:\n" + "".join(f"  - {one}\n" for one in typed))
    assert (tree, problems) == ({"a": typed}, [])
    tree, problems = read(tmp_path, "a: [true, false, 'true', \"false\"]\nb: |-\n  true\n")
    assert tree == {"a": [True, False, "true", "false"], "b": "true"}


def test_values_become_what_the_model_says(tmp_path: Path) -> None:
    """A text in canonical form becomes a number or a date where the field wants one."""
    text = (
        "title: 02134\nbudget: {pages: 4, words: -1}\ndraft: true\ncolour: blue\nday: 2026-11-24\n"
        "own: [x]\nby: not stated\nshape: {radius: 2}\nstack: true\n"
        "tagged: {form: round, radius: 3}\n"
    )
    tree, problems = read(tmp_path, text)
    assert not problems
    sample, wrong = reader.validate(Sample, tree)
    assert not wrong
    assert isinstance(sample, Sample)
    assert (sample.title, sample.budget, sample.draft) == ("02134", Budget(pages=4, words=-1), True)
    assert (sample.colour, sample.day) == ("blue", dt.date(2026, 11, 24))
    assert (sample.by, sample.stack) == ("not stated", True)
    assert (sample.shape, sample.tagged) == (Circle(radius=2), Round(form="round", radius=3))
    assert str(sample.own[0].place) == "f:6:7"


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Return problems as one line each."""
    return [f"{one.place.line}:{one.place.column}: {one.message} [{one.rule}]" for one in problems]


def test_a_problem_points_at_the_column(tmp_path: Path) -> None:
    """A value, an unknown key and what encloses a missing key are each found to the column."""
    text = 'title: "a"\nbudget: {pages: x, padges: 1}\nown: ["ä\\u0041bad", >-\n  ]\n'
    text = (
        text.replace(", >-\n  ]", "]") + "owned: {so bad: 1}\nshape: {radius: 1, side: 1, x: y}\n"
    )
    tree, _ = read(tmp_path, text)
    _, problems = reader.validate(Sample, tree)
    assert told(problems) == [
        "2:1: missing key 'words' [schema]",
        "2:17: expected a whole number, found 'x' [schema]",
        "2:20: unknown key 'padges'; did you mean 'pages'? [schema]",
        "3:7: this text is bad [figure]",
        "4:9: this text is bad [figure]",
        "5:20: unknown key 'side'; expected one of radius [schema]",
        "5:29: unknown key 'x'; expected one of radius [schema]",
    ]


def test_what_encloses_the_whole_may_be_named(tmp_path: Path) -> None:
    """A missing key is placed at the key that the data stand under, if that is given."""
    tree, _ = read(tmp_path, "entry:\n  pages: 4\nflag: true\n")
    assert tree is not None
    key, data = tree.key("entry"), dict(tree)[Scalar("entry")]
    assert told(reader.validate(Budget, data)[1]) == ["2:3: missing key 'words' [schema]"]
    assert told(reader.validate(Budget, data, key)[1]) == ["1:1: missing key 'words' [schema]"]
    flag = reader.validate(Budget, True, tree.key("flag"))[1]  # noqa: FBT003  a value
    assert told(flag) == [
        "3:1: expected keys, found true; put the keys of 'flag' below it, each on a line of its own [schema]"
    ]


def test_an_adapter_serves_as_well_as_a_model(tmp_path: Path) -> None:
    """Any type that pydantic knows can be asked for."""
    tree, _ = read(tmp_path, "a: 1\nb: x\n")
    numbers: TypeAdapter[dict[str, int]] = TypeAdapter(dict[str, Integer])
    _, problems = reader.validate(numbers, tree)
    assert told(problems) == ["2:4: expected a whole number, found 'x' [schema]"]
    own: TypeAdapter[Scalar] = TypeAdapter(OwnText)
    place = Place("bad.yaml", 1, 1)
    _, problems = reader.validate(own, Scalar("bad", place))
    assert problems == (Problem(place, "this text is bad", "figure"),)


def test_a_check_of_the_whole_model_is_placed_at_it(tmp_path: Path) -> None:
    """The words of a validator over several fields stand at the value that they are in."""

    class Range(Strict):
        low: Integer
        high: Integer

        @model_validator(mode="after")
        def ordered(self) -> Range:
            """Refuse a range that runs backwards."""
            if self.low > self.high:
                raise ValueError("this range runs backwards")
            return self

    class Outer(Strict):
        ranges: tuple[Range, ...]

    tree, _ = read(tmp_path, "ranges:\n  - {low: 1, high: 2}\n  - {low: 3, high: 2}\n")
    _, problems = reader.validate(Outer, tree)
    assert told(problems) == ["3:5: this range runs backwards [schema]"]


class Names(Strict):
    """Fields that are called as the parts of a schema are."""

    type: Integer = 0
    default: Integer = 0
    ref: Flag = False
    schema_: Integer = Field(0, alias="schema")
    strict: tuple[Flag, ...] = ()


def test_no_name_of_a_field_makes_it_lax(tmp_path: Path) -> None:
    """A field is read strictly whatever it is called, and known by the name that authors use."""
    text = "type: 4.0\ndefault: 1_0\nref: no\nschema: ' 1'\nstrict: [on]\nshema: 1\n"
    tree, _ = read(tmp_path, text)
    assert told(reader.validate(Names, tree)[1]) == [
        "1:7: expected a whole number, found '4.0' [schema]",
        "2:10: expected a whole number, found '1_0' [schema]",
        "3:6: expected true or false, found 'no' [schema]",
        "4:9: expected a whole number, found ' 1' [schema]",
        "5:10: expected true or false, found 'on' [schema]",
        "6:1: unknown key 'shema'; did you mean 'schema'? [schema]",
    ]


def lax(hint: Any, metadata: Iterable[object] = ()) -> Iterator[object]:  # noqa: ANN401  any type
    """Yield the types in *hint*, an annotation, for which pydantic would take a text as it likes."""
    if hasattr(hint, "__metadata__"):
        yield from lax(get_args(hint)[0], hint.__metadata__)
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        for field in hint.model_fields.values():
            yield from lax(field.annotation, field.metadata)
    elif hint in (bool, int, float, Decimal, dt.date, str, bytes):
        strict = any(
            isinstance(each, (pydantic.Strict, pydantic.PlainValidator)) for each in metadata
        )
        yield from [] if strict or WHOLE in metadata else [hint]
    elif get_origin(hint) is not Literal:
        yield from (each for argument in get_args(hint) for each in lax(argument))


class Lax(Strict):
    """What a text would be taken for: no, 48 and 2026-11-24."""

    flags: tuple[bool | None, ...]
    numbers: dict[ClaimId, Annotated[int, Field(ge=1)]]
    day: dt.date


def test_no_model_has_a_lax_field() -> None:
    """Each number, flag and date is one of our types, in every model of what authors write."""
    models = [Series, Limits, Terms, Source, Brief, Claim, Mail, *MODELS.values()]
    assert [found for model in models for found in lax(model)] == []
    assert list(lax(Lax)) == [bool, int, dt.date]


class Tree(Strict):
    """A model that holds itself."""

    leaf: Flag = False
    branches: dict[str, Tree] = Field(default_factory=dict)


def test_models_may_hold_themselves(tmp_path: Path) -> None:
    """A reference in the schema is followed for reading strictly and for the names it knows."""
    tree, _ = read(tmp_path, "branches: {a: {branches: {b: {leaf: on, leav: true}}}}\n")
    _, problems = reader.validate(Tree, tree)
    assert told(problems) == [
        "1:37: expected true or false, found 'on' [schema]",
        "1:41: unknown key 'leav'; did you mean 'leaf'? [schema]",
    ]


def test_a_known_kind_comes_with_its_model(tmp_path: Path) -> None:
    """The kind's name and the model's instance are handed on."""
    tree, _ = read(tmp_path, "a: {paragraph: {text: x}}\n")
    assert tree is not None
    [(key, value)] = tree.items()
    assert reader.validate_kind(KINDS, key, value) == ("paragraph", Paragraph(text=Scalar("x")), ())


BIDI = "U+202E RIGHT-TO-LEFT OVERRIDE is not allowed; take it out [character]"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: x\u202ey", [f"1:5: {BIDI}"]),
        ("# x\u202ey\na: b", [f"1:4: {BIDI}"]),
        ('a: "ä\\u202e"\nb: "\\u202e"', [f"1:6: {BIDI}", f"2:5: {BIDI}"]),
        ('"\\u202e": x', [f"1:2: {BIDI}"]),
        ("a: \u200b", ["1:4: U+200B ZERO WIDTH SPACE is not allowed; take it out [character]"]),
        (
            "a: b\ufeff",
            ["1:5: U+FEFF ZERO WIDTH NO-BREAK SPACE is not allowed; take it out [character]"],
        ),
        ("a: \u00ad", ["1:4: U+00AD SOFT HYPHEN is not allowed; take it out [character]"]),
        ("a: b\u2028", ["1:5: U+2028 LINE SEPARATOR is not allowed; take it out [character]"]),
        ("a: b\u2029", ["1:5: U+2029 PARAGRAPH SEPARATOR is not allowed; take it out [character]"]),
        (
            "a: b\x85",
            ["1:5: U+0085 a character that does not print is not allowed; take it out [character]"],
        ),
        (
            'a: "\\N"',
            ["1:5: U+0085 a character that does not print is not allowed; take it out [character]"],
        ),
        (
            "a: b\0",
            ["1:5: U+0000 a character that does not print is not allowed; take it out [character]"],
        ),
        (
            'a: "\\e"',
            ["1:5: U+001B a character that does not print is not allowed; take it out [character]"],
        ),
        (
            "a: \U000e0041",
            ["1:4: U+E0041 TAG LATIN CAPITAL LETTER A is not allowed; take it out [character]"],
        ),
        (
            "a: b\rc: d",
            [
                "1:5: U+000D CARRIAGE RETURN is not allowed alone; end lines with LF or CRLF [character]"
            ],
        ),
        (
            b"a: b\n\xd0\xb6: \xff",
            ["2:4: byte 0xff is not UTF-8; save the file as UTF-8 [encoding]"],
        ),
        (
            b"\xef\xbb\xbfa: \xed\xa0\x80",
            ["1:4: byte 0xed is not UTF-8; save the file as UTF-8 [encoding]"],
        ),
        (b"\xef\xbb", ["1:1: byte 0xef is not UTF-8; save the file as UTF-8 [encoding]"]),
        (b"a: \xd0", ["1:4: byte 0xd0 is not UTF-8; save the file as UTF-8 [encoding]"]),
        ("a: b".encode("utf-16"), ["1:1: this file is UTF-16; save the file as UTF-8 [encoding]"]),
        (
            "a: б".encode("cp1251"),
            ["1:4: byte 0xe1 is not UTF-8; save the file as UTF-8 [encoding]"],
        ),
    ],
)
def test_a_character_nobody_sees_is_refused(
    tmp_path: Path, content: str | bytes, told: list[str]
) -> None:
    """Whether raw or escaped, in a key, a text or a comment, it has its code point and name."""
    assert read(tmp_path, content) == (None, told)


def test_characters_that_texts_need_are_taken(tmp_path: Path) -> None:
    """No-break space and hyphen, tabs inside lines, other planes, a byte order mark and CRLF."""
    text = '\ufeffa: x\u00a0y\u2011z\tщ\u0301 \U0001f600\r\nb: "\\_\\t\\n"\r\n'
    tree, problems = read(tmp_path, text)
    assert not problems
    assert tree == {"a": "x\u00a0y\u2011z\tщ\u0301 \U0001f600", "b": "\u00a0\t\n"}


def problem_of(path: Path) -> str:
    """Return the one problem with a file."""
    tree, problems = reader.read(path, "f")
    assert tree is None
    [problem] = problems
    assert problem.rule == "file"
    return str(problem)


@pytest.mark.parametrize("kind", [KeyError, ValueError, AttributeError, RecursionError])
def test_what_escapes_from_pyyaml_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    """An error of another kind than PyYAML promises is placed behind what was read."""
    parse = yaml.parse

    def broken(*arguments: Any) -> Iterator[yaml.Event]:  # noqa: ANN401  passed on
        yield from islice(parse(*arguments), 4)
        raise kind

    monkeypatch.setattr(yaml, "parse", broken)
    text = f"a: {kind.__name__}\n"  # of its own: what was read is kept
    assert read(tmp_path, text)[1] == [f"1:2: this is not YAML: {kind.__name__} [yaml]"]


def test_what_is_no_regular_file_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A folder, a FIFO, a device, a missing file and a link that leads out: none hangs us."""
    folder = tmp_path / "blocks"
    folder.mkdir()
    (tmp_path / "out.yaml").write_text("a: b\n", encoding="utf-8")
    (folder / "out.yaml").symlink_to("../out.yaml")
    (folder / "device.yaml").symlink_to("/dev/zero")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "lost.yaml").symlink_to("nowhere.yaml")
    (folder / "in.yaml").write_text("a: b\n", encoding="utf-8")
    (folder / "link.yaml").symlink_to("in.yaml")
    os.mkfifo(folder / "pipe.yaml")
    out = (
        "f:1:1: error: this file is a link that leads out of its folder; put the file itself there"
    )
    assert problem_of(folder / "out.yaml") == problem_of(folder / "device.yaml") == f"{out} [file]"
    assert problem_of(folder) == "f:1:1: error: this file is not a regular file [file]"
    assert (
        problem_of(folder / "pipe.yaml") == "f:1:1: error: this file is not a regular file [file]"
    )
    assert problem_of(Path("/dev/zero")) == "f:1:1: error: this file is not a regular file [file]"
    assert "cannot be read: " in problem_of(folder / "loop.yaml")
    lost = "f:1:1: error: this file cannot be read: no such file or directory [file]"
    assert problem_of(folder / "lost.yaml") == problem_of(folder / "none.yaml") == lost
    assert "cannot be read: " in problem_of(folder / "a\0b")
    assert "cannot be read: " in problem_of(folder / ("a" * 5000))
    assert reader.read(folder / "link.yaml", "f") == ({"a": "b"}, ())


def test_a_folder_that_is_itself_a_link_is_fine(tmp_path: Path) -> None:
    """Only the file must stay in its folder, wherever that is."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_text("a: b\n", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    assert reader.read(tmp_path / "link" / "a.yaml", "f") == ({"a": "b"}, ())


def test_a_file_that_may_not_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says is told in lower case."""
    path = tmp_path / "a.yaml"
    path.write_text("a: b\n", encoding="utf-8")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert problem_of(path) == "f:1:1: error: this file cannot be read: permission denied [file]"


def test_a_big_file_is_refused_by_its_size(tmp_path: Path) -> None:
    """One byte over 1 MiB is too much, and a file of a terabyte is not read."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: " + b"x" * ((1 << 20) - 3))
    assert reader.read(path, "f")[0] is not None
    big = "f:1:1: error: this file is bigger than 1 MiB; split it [file]"
    path.write_bytes(b"a: " + b"x" * ((1 << 20) - 2))
    assert problem_of(path) == big
    os.truncate(path, 1 << 40)
    assert problem_of(path) == big


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[\n", "{a:\n"])
def test_32_deep_is_enough(tmp_path: Path, opening: str) -> None:
    """The limit is that of the tree, whatever it is written with."""
    _, problems = read(tmp_path, opening * 33)
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "nested more than 32 deep [yaml]"
    ]


def test_just_as_deep_as_allowed(tmp_path: Path) -> None:
    """Keys and 31 lists in each other are read, and no list more."""
    assert not read(tmp_path, "a: " + "[" * 31 + "]" * 31)[1]
    assert read(tmp_path, "a: " + "[" * 32 + "]" * 32)[1] == [
        "1:35: nested more than 32 deep [yaml]"
    ]


def test_just_as_many_values_as_allowed(tmp_path: Path) -> None:
    """The keys, their values and the mappings and lists themselves are counted."""
    assert not read(tmp_path, f"a: [{'x,' * 49_997}]")[1]
    assert read(tmp_path, f"a: [{'x,' * 49_998}]")[1] == [
        "1:99999: more than 50,000 values; split this file [yaml]"
    ]


def test_a_hundred_problems_are_enough(tmp_path: Path) -> None:
    """A file of another kind is not told line by line."""
    _, problems = read(tmp_path, "a: b\n" * 1000)
    assert len(problems) == 100
    assert problems[-1] == "101:1: many problems; fix these first [yaml]"
    tree, _ = read(tmp_path, "".join(f"k{number}: v\n" for number in range(1000)))
    _, problems_of_model = reader.validate(Sample, tree)
    assert len(problems_of_model) == 101
    assert "and 901 more problems; fix these first" in problems_of_model[0].message


CRASH = """
import sys
from pathlib import Path
from press.content import reader
for text in {texts}:
    path = Path(sys.argv[1])
    path.write_text(text)
    tree, problems = reader.read(path, "f")
    assert tree is None, text[:20]
    print(problems[0].message)
"""
CRASHES = (
    "['[' * 100_000, '{a: ' * 50_000, '- ' * 100_000, '? ' * 100_000, '[\\n' * 100_000, 'a: [' * 50_000,"
    " '\\n'.join(' ' * depth + 'a:' for depth in range(1_400)), '[' * 100_000 + ']' * 100_000]"
)


def test_what_kills_the_loader_of_pyyaml_is_a_problem_here(tmp_path: Path) -> None:
    """Deep nesting overruns the stack of a loader that recurses in C; here it is counted."""
    code = CRASH.replace("{texts}", CRASHES)
    command = [sys.executable, "-c", code, str(tmp_path / "a.yaml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(done.stdout.splitlines()) == {"nested more than 32 deep"}


GOOD = """\
# a file as authors write it
title: Meals and 48 places
list:
  - one, two  # a comment
  - {a: "x\\ty", b: 'it''s'}
  - >-
    folded text: with colons
    of two lines

  - |
    literal
      text
nested: {a: [b, [c, d]], e: true}
"""
FRAGMENTS = st.sampled_from(
    [
        *"[]{}:,#&*!|>'\"%@`?-~\t\n\r \\\0\u202e\ud7ff\U0001f600=_",
        *(": ", "- ", "? ", "---", "...", "<<: ", "&a ", "*a", "!!python/object:x ", "!!binary x"),
        *("%YAML 1.1\n", "\\x", "\\ud800", "\\U00110000", "0b_", "0o", "1:2", "2026-99-99"),
        *(">2-", "|0", "\n  ", "\r\n", " #"),
    ]
)
EDITS = st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 9), FRAGMENTS), max_size=6)


def mutated(edits: list[tuple[int, int, str]]) -> bytes:
    """Return the good file with fragments in place of some characters."""
    text = GOOD
    for start, length, fragment in edits:
        text = text[:start] + fragment + text[start + length :]
    return text.encode()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for files that each example writes anew."""
    return tmp_path_factory.mktemp("reader")


@example(GOOD.encode())
@given(
    EDITS.map(mutated)
    | st.binary(max_size=60)
    | st.lists(FRAGMENTS, max_size=20).map("".join).map(str.encode)
)
def test_any_file_is_read_or_its_problems_are_told(folder: Path, content: bytes) -> None:
    """No bytes bring forth anything but a tree or problems, each at a place in the file."""
    tree, problems = read(folder, content)
    lines = content.count(b"\n") + 1
    assert all(1 <= int(problem.split(":")[0]) <= lines for problem in problems)
    if tree is not None:
        reader.validate(Sample, tree)
        kinds: dict[str, Any] = {"a": Sample, "title": Paragraph}
        for key, value in tree.items():
            reader.validate_kind(kinds, key, value)


SCALARS = st.sampled_from(
    ["", "x", "bad", "worse", "48", "4.0", "red", "square", "round", "not stated", True, False]
)
NAMES = st.sampled_from([*Sample.model_fields, "form", "side", "radius", "words", "wordz", "bad"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)
)


@given(st.dictionaries(NAMES, VALUES, max_size=12))
def test_any_tree_is_proved_or_its_problems_are_told(folder: Path, data: dict[str, Any]) -> None:
    """Whatever stands where, each problem is at a place in the file and in words."""
    text = json.dumps(data, indent=1)
    tree, problems = read(folder, text)
    assert not problems
    sample, wrong = reader.validate(Sample, tree)
    assert (sample is None) == bool(wrong)
    lines = text.splitlines()
    assert all(lines[one.place.line - 1][one.place.column - 1 :].strip() for one in wrong)
    assert not [one for one in wrong if "Input" in one.message or "  " in one.message]


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("less than", ["more than", "at least", "up to", "about"], ""),
        ("at most", ["more than", "at least", "up to"], ""),
        ("les than", ["more than", "less than"], "less than"),
        ("mroe than", ["less than", "more than"], "more than"),
        ("at leats", ["at most", "at least"], "at least"),
        ("above_limit", ["below_limit"], ""),
        ("increase", ["decrease"], ""),
        ("incraese_of_share", ["decrease_of_share", "share"], ""),
        ("share_fell", ["share_rose"], ""),
        ("share_of_beds", ["share_of_bed", "more"], "share_of_bed"),
        ("towns", ["town"], "town"),
    ],
)
def test_a_hint_never_says_the_opposite(typed: str, known: list[str], meant: str) -> None:
    """'more than' for 'less than' would be taken over, and would be wrong."""
    hint = did_you_mean(typed, known, most=0)
    assert hint == (f"; did you mean '{meant}'?" if meant else "")
