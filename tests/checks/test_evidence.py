"""Claims held against their passages; and that what the real briefs print is what their claims state."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from press.checks.content import evidence
from press.checks.content.verdicts import figure_refs
from press.checks.phrases import markup
from press.content import arithmetic, reader
from press.content.model import Claim, Source
from press.content.model.blocks import FigureBlock
from press.content.model.claims import Value
from press.content.text import parts as text
from press.edition import resolve
from press.page.running_text import JOINER
from press.problems import errors
from tests.support.editions import produce
from tests.support.folders import HERE
from tests.support.project import LIBRARY

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from press.build.editions import Product
    from press.content.library import Library

PASSAGES = HERE.root.parent / "shared" / "review" / "passages.tsv"  # the review stays outside
SOURCE = """\
citation: A list
kind: official statistics
latest: not stated
outside: false
passages:
  P1.1:
    fingerprint: d5c562f6735adde545f653a30721f437b661d0952946d6785865757e8bf8a953
    values: [{values}]
    references: ["1"]
"""
PEOPLE = "\n  all: {number: 48, unit: people}\n  few: {number: 7, unit: people}"
CLAIM = """\
ref: C001
source: list
locator: P1.1
passage: d5c562f6
claim: A claim.
values:
  it: {value}
references: ["1"]
year: not stated
kind: statistic
basis: official
use: ok
"""


def made(folder: Path, model: type[BaseModel], written: str) -> BaseModel:
    """Return the model that the reader makes of a file."""
    path = folder / "file.yaml"
    path.write_text(written, encoding="utf-8")
    tree, problems = reader.read(path, "file.yaml")
    value, wrong = reader.validate(model, tree)
    assert value is not None, (problems, wrong)
    return value


def faults(folder: Path, values: str, claim: str) -> list[str]:
    """Return what is wrong with *claim*, whose passage holds *values*."""
    source, read = made(folder, Source, SOURCE.format(values=values)), made(folder, Claim, claim)
    assert isinstance(source, Source)
    assert isinstance(read, Claim)
    return [str(problem) for problem in evidence.of_claim("c", read, {"list": source}, {})]


@pytest.mark.parametrize(
    ("values", "value"),
    [
        ("more than 60%", "{number: 60, bound: more than, unit: percent}"),
        ("'5%'", "{number: 5, unit: percent}"),
        ("'3.50'", "{number: 3.50, unit: kilograms}"),
        ("'6-7'", "{range: 6-7, unit: cases}"),
        ("at least 6-7%", "{range: 6-7, bound: at least, unit: percent}"),
        ("1/3", "{fraction: 1/3, unit: share}"),
        ("about 1/2", "{fraction: 1/2, bound: about, unit: share}"),
        ("'48', '7'", "{derived: 48 - 7, unit: points}"),
        ("'2.5', '1'", "{derived: 2.5 + 1, unit: kilograms}"),
        ("", "{counted: [Elm, Oak], unit: streets}"),
        ("'9', 2011-2012", "{number: 9, unit: things, year: 2011-2012}"),
        ("'2014', '2016'", "{number: 2014, unit: year, year: 2014}"),
        ("'9'", "{number: 9, unit: things, year: not stated}"),
        ("less than 5%", "{number: 5, bound: less than, unit: percent}"),
        ("at most 12", "{number: 12, bound: at most, unit: sites}"),
        ("between 5 and 7", "{between: 5-7, unit: sites}"),
        ("1 in 4", "{number: 1 in 4, unit: share}"),
        ("2.5 million", "{number: 2.5 million, unit: people}"),
        ("USD 2.5 million, 2019", "{number: 2.5 million, unit: USD, year: 2019}"),
        (
            "about EUR 2-3 billion",
            "{range: 2-3 billion, bound: about, unit: EUR, year: not stated}",
        ),
        ("p < 0.001", "{number: 0.001, bound: less than, unit: p}"),
        ("p = 0.04", "{number: 0.04, unit: p}"),
        ("-3", "{number: -3, unit: degrees}"),
        (
            "0.52 (95% CI 0.40 to 0.68)",
            '{number: 0.52, interval: {low: "0.40", high: "0.68"}, unit: risk ratio}',
        ),
        (
            "-1.5% (90% CI -3 to 0.1)",
            "{number: -1.5, interval: {low: -3, high: 0.1, level: 90}, unit: percent}",
        ),
        ("2024-03-06", "{date: 2024-03-06, unit: date, year: 2024}"),
        ("2024-03", "{date: 2024-03, unit: date}"),
        ("'48', '7'", "{derived: (48 - 7) / 48 * 100, round: 1, unit: percent}"),
        ("'48', '7'", "{derived: (48 − 7) ÷ 48 × 100, round: 1, unit: percent}"),
        ("'9%', '5%'", "{derived: 9% - 5%, unit: percentage points}"),
        ("'9%', '200'", "{derived: 200 * 9%, unit: people}"),
        ("'5%', '9%'", "{derived: 5% - 9%, unit: percent}"),
        ("'5%'", "{derived: 100 - 5%, unit: percent}"),
        ("2 million, 3 million", "{derived: 2 million + 3 million, unit: people}"),
        ("USD 2 million, '4'", "{derived: 2 million / 4, unit: USD, year: not stated}"),
    ],
)
def test_what_the_passage_holds_may_be_claimed(tmp_path: Path, values: str, value: str) -> None:
    """The same number with the same bound, sign and year is sound, and so is what follows from it."""
    assert faults(tmp_path, values, CLAIM.format(value=value)) == []


@pytest.mark.parametrize(
    ("values", "value", "said"),
    [
        ("more than 60%", "{number: 60, unit: percent}", "'c.it' is 60%, which is not among"),
        (
            "'2014', '2016'",
            "{number: 2014, unit: year, year: 2016}",
            "'c.it' is the year 2014, but would be dated 2016; write 'year: \"2014\"' in it",
        ),
        (
            "more than 60%",
            "{number: 60, bound: at least, unit: percent}",
            "'c.it' is at least 60%, which is not among",
        ),
        ("'60'", "{number: 60, bound: about, unit: things}", "'c.it' is about 60, which is not"),
        ("'3.50'", "{number: 3.5, unit: kilograms}", "'c.it' is 3.5, which is not among"),
        ("'2/4'", "{fraction: 1/2, unit: share}", "'c.it' is 1/2, which is not among"),
        ("'60%'", "{number: 60, unit: people}", "'c.it' is 60, which is not among"),
        ("'60'", "{number: 60, unit: percent}", "'c.it' is 60%, which is not among"),
        ("'6-7'", "{number: 6, unit: cases}", "'c.it' is 6, which is not among"),
        ("'6-7'", "{range: 6-8, unit: cases}", "'c.it' is 6-8, which is not among"),
        ("'0.5'", "{fraction: 1/2, unit: share}", "'c.it' is 1/2, which is not among"),
        (
            "'7', '48'",
            "{derived: 7 - 48, unit: points}",
            "'c.it' would be -41, below zero; subtract",
        ),
        (
            "'2.5'",
            "{derived: 2.5 + 1.5, unit: kilograms}",
            "1.5 is not among the values of passage",
        ),
        ("'48'", "{derived: 48 - 7, unit: points}", "7 is not among the values of passage P1.1"),
        ("'48%', '7'", "{derived: 48 - 7, unit: points}", "48 is not among the values of passage"),
        ("about 48, '7'", "{derived: 48 - 7, unit: points}", "48 is not among the values of"),
        ("'41'", "{derived: 48 - 7, unit: points}", "48 is not among the values of passage P1.1"),
        ("", "{counted: [Elm, Oak, Elm], unit: streets}", "'c.it' counts a name twice"),
        ("", "{counted: [Elm, Oak, elm], unit: streets}", "'c.it' counts a name twice"),
        ("", "{counted: [Elm, Oak, 'Elm.'], unit: streets}", "'c.it' counts a name twice"),
        ("'9'", "{number: 9, unit: things, year: 2012}", "the year 2012 is not among the values"),
        ("'9', 2011-2012", "{number: 9, unit: things, year: 2012}", "the year 2012 is not among"),
        ("", "{number: 9, unit: things}", "of passage P1.1 (file.yaml:7); it holds no number"),
        ("less than 5", "{number: 5, bound: at most, unit: sites}", "'c.it' is at most 5, which"),
        (
            "less than 5",
            "{number: 5, bound: more than, unit: sites}",
            "'c.it' is more than 5, which",
        ),
        ("5-7", "{between: 5-7, unit: sites}", "'c.it' is between 5 and 7, which is not"),
        ("'2500000'", "{number: 2.5 million, unit: people}", "'c.it' is 2.5 million, which is"),
        ("2.5 million", "{number: 2500000, unit: people}", "'c.it' is 2500000, which is not"),
        ("2.5 million", "{number: 2.5 billion, unit: people}", "'c.it' is 2.5 billion, which"),
        (
            "2.5 million",
            "{number: 2.5 million, unit: USD, year: not stated}",
            "'c.it' is USD 2.5 million, which is not among",
        ),
        (
            "EUR 2.5 million",
            "{number: 2.5 million, unit: USD, year: not stated}",
            "'c.it' is USD 2.5 million, which is not among",
        ),
        ("1/4", "{number: 1 in 4, unit: share}", "'c.it' is 1 in 4, which is not among"),
        ("p < 0.01", "{number: 0.01, unit: p}", "'c.it' is p = 0.01, which is not among"),
        ("p < 0.01", "{number: 0.01, bound: less than, unit: grams}", "'c.it' is less than 0.01,"),
        ("'3'", "{number: -3, unit: degrees}", "'c.it' is -3, which is not among"),
        (
            "0.52 (95% CI 0.40 to 0.68)",
            '{number: 0.52, interval: {low: "0.40", high: "0.69"}, unit: ratio}',
            "'c.it' is 0.52 (95% CI 0.40 to 0.69), which is not among",
        ),
        ("2024-03-06", "{date: 2024-03-07, unit: date}", "'c.it' is 2024-03-07, which is not"),
        (
            "2024-03-06, 2023",
            "{date: 2024-03-06, unit: date, year: 2023}",
            "'c.it' is the date 2024-03-06, but would be dated 2023; write 'year: \"2024\"' in it",
        ),
        (
            "'48', '7'",
            f"{{derived: 48 * 7, unit: people}}{PEOPLE}",
            "people times people is no amount; multiply by a plain number",
        ),
        (
            "'48', '7'",
            f"{{derived: 48 + 7, unit: people}}{PEOPLE.replace('7, unit: people', '7, unit: sites')}",
            "people and sites do not add up; work with one unit",
        ),
        (
            "'48', '7'",
            "{derived: 48 + 7, unit: sites}\n  all: {number: 48, unit: people}",
            "'c.it' comes out in people, not in sites; correct 'unit' or the sum",
        ),
        (
            "'48', '7'",
            f"{{derived: 48 / 7, round: 1, unit: people}}{PEOPLE}",
            "'c.it' comes out in a ratio, not in people; correct 'unit' or the sum",
        ),
        ("'9%', '5%'", "{derived: 9% - 5%, unit: people}", "'c.it' comes out in percent, not in"),
        ("'48', '7'", "{derived: 7 / 48, round: 2, unit: percent}", "multiply a share by 100"),
        ("'48', '7'", "{derived: 48 - 7, unit: percent}", "'c.it' comes to no number of percent;"),
        (
            "USD 2 million, '4'",
            "{derived: 2 million / 4, unit: EUR, year: not stated}",
            "'c.it' comes out in USD, not in EUR; correct 'unit' or the sum",
        ),
        (
            "USD 2 million, EUR 4 million",
            "{derived: 2 million + 4 million, unit: EUR, year: not stated}",
            "USD and EUR do not add up; work with one unit",
        ),
        ("'48'", "{derived: 48 * 100, unit: people}", "100 is not among the values of passage"),
        (
            "'48'",
            "{derived: 48 + 3, taken_from: [other.few], unit: people}",
            "'other.few' is no value that may be printed and has a passage",
        ),
    ],
)
def test_what_the_passage_does_not_hold_is_refused(
    tmp_path: Path, values: str, value: str, said: str
) -> None:
    """A bound or a sign more or less, another year, another end, a term of its own, a name twice."""
    found = faults(tmp_path, values, CLAIM.format(value=value))
    assert found
    assert said in found[0]
    assert all(one.startswith("file.yaml:7:") and one.endswith("[evidence]") for one in found)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{derived: 48 / 7, unit: times}", "'48 / 7' comes to 6.85714…; say to how many places:"),
        ("{derived: 48 / (7 - 7), unit: times}", "'48 / (7 - 7)' divides by zero; correct it"),
        ("{derived: 48 + 9%, unit: percent}", "a number and percent do not add up; work with one"),
        ("{derived: (48 / 7, unit: times}", "can't be worked out; open and close each bracket"),
        ("{derived: 48 / 7) * (2, unit: times}", "can't be worked out; open and close each"),
        ("{number: 48, round: 1, unit: times}", "'round' and 'taken_from' belong to 'derived'"),
        (
            "{date: 2024-03-06, unit: days}",
            "a date is written 'date: 2024-03-06', with 'unit: date'",
        ),
        ("{number: 6, unit: date}", "a date is written 'date: 2024-03-06', with 'unit: date'"),
        ("{date: 2023-02-29, unit: date}", "'2023-02-29' can't be: correct its number, interval"),
        ("{number: 2, unit: p}", "'p = 2' can't be: correct its number, interval or unit"),
        ("{number: 0.5, bound: about, unit: p}", "a p value is a number, exact or less, at most"),
        (
            "{number: 7 in 4, unit: share}",
            "'7 in 4' can't be: correct its number, interval or unit",
        ),
        ("{number: 1 in 4, unit: percent}", "'1 in 4%' can't be: correct its number"),
        ("{number: 5 million, unit: USD}", "an amount of money needs its 'year', or 'year: not"),
        (
            "{number: 0.9, interval: {low: 0.4, high: 0.7}, unit: ratio}",
            "an interval holds the one number of its value; correct one of them",
        ),
        (
            "{range: 1-2, interval: {low: 0.4, high: 2.7}, unit: ratio}",
            "an interval holds the one number of its value; correct one of them",
        ),
        ("{number: 2.5 millions, unit: people}", "such as '48', '-3.5', '2.5 million' or '1 in 4'"),
        ("{between: 7-5, unit: sites}", "'7-5' runs backwards; put the lower number first"),
        ("{range: 7-5 million, unit: sites}", "'7-5 million' runs backwards; put the lower"),
    ],
)
def test_a_value_whose_parts_do_not_fit_is_refused(tmp_path: Path, value: str, said: str) -> None:
    """It can't be worked out, is no number, or says two things at once."""
    path = tmp_path / "claim.yaml"
    path.write_text(CLAIM.format(value=value), encoding="utf-8")
    tree, _ = reader.read(path, "claim.yaml")
    claim, wrong = reader.validate(Claim, tree)
    assert claim is None
    assert [said in str(problem) for problem in wrong] == [True], wrong


@pytest.mark.parametrize(
    ("typed", "round_to", "result"),
    [
        ("(48 - 7) / 48 * 100", 1, "85.4"),
        ("7 - 48", None, "-41"),
        ("1 / 8", None, "0.125"),
        ("1 / 8", 2, "0.13"),
        ("1 / 3", 0, "0"),
        ("2 / 3 - 1", 2, "-0.33"),
        ("2.50 + 1.50", None, "4.00"),
        ("2 million + 0.5 million", None, "2.5 million"),
        ("2 million + 5 thousand", None, "2005000"),
        ("2 million / 4", None, "500000"),
        ("48% - 7%", None, "41"),
        ("200 × 48%", None, "96"),
        ("10 − 2 − 3", None, "5"),
        ("10 − (2 − 3)", None, "11"),
        ("24 ÷ 2 ÷ 3", None, "4"),
    ],
)
def test_a_sum_comes_to(typed: str, round_to: int | None, result: str) -> None:
    """The signs bind as at school, a half goes up, and places and scales are those of its numbers."""
    assert str(arithmetic.quantity(typed, round_to)) == result


def test_a_value_may_be_derived_from_another_claim(tmp_path: Path) -> None:
    """Its number, unit and all: another number is refused, and so is one of another unit."""
    taken = CLAIM.format(value="{derived: 48 + 3, taken_from: [other.few], unit: people}")
    source = made(tmp_path, Source, SOURCE.format(values="'48'"))
    claim = made(tmp_path, Claim, taken)
    assert isinstance(source, Source)
    assert isinstance(claim, Claim)

    def said(other: str) -> list[str]:
        few = made(tmp_path, Value, other)
        assert isinstance(few, Value)
        problems = evidence.of_claim("c", claim, {"list": source}, {"other.few": few})
        return [problem.message for problem in problems]

    assert said("number: 3\nunit: people\n") == []
    [unlike] = said("number: 4\nunit: people\n")
    assert unlike.startswith("3 is not among the values of passage P1.1")
    [alien] = said("number: 3\nunit: sites\n")
    assert alien == "'c.it' comes out in sites, not in people; correct 'unit' or the sum"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "source: list",
            "source: lists",
            "file.yaml:2:9: error: no source is called 'lists'; did you mean 'list'? [reference]",
        ),
        (
            "P1.1",
            "P1.2",
            "file.yaml:3:10: error: source 'list' has no passage P1.2; did you mean 'P1.1'? [reference]",
        ),
        (
            'references: ["1"]',
            'references: ["1", "12"]',
            "file.yaml:8:19: error: passage P1.1 (file.yaml:8) has no reference 12; correct",
        ),
        (
            "year: not stated",
            "year: 2012",
            "file.yaml:9:7: error: the year 2012 is not among the values of passage P1.1 (file.yaml:8);",
        ),
    ],
    ids=["source", "locator", "reference", "year"],
)
def test_a_claim_has_its_place_in_a_source(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Source, passage, reference mark and year are there, or the claim is refused at its line."""
    sound = CLAIM.format(value="{number: 9, unit: things}")
    assert faults(tmp_path, "'9'", sound) == []
    [found] = faults(tmp_path, "'9'", sound.replace(old, new, 1))
    assert found.startswith(said)


class Blocks(HTMLParser):
    """What a reader reads or hears of each block of a page."""

    VOID = frozenset({"meta", "img", "br", "hr", "wbr", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: dict[str, str] = {"": ""}
        self._open: list[tuple[str, str]] = []  # tag, block
        self.feed(page.replace(JOINER, ""))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the block that an element begins, and what is heard instead of it."""
        given = dict(attrs)
        block = given.get("data-block") or (self._open[-1][1] if self._open else "")
        if tag not in self.VOID:
            self._open.append((tag, block))
        self._add(block, given.get("aria-label") or given.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Add text to its block."""
        self._add(self._open[-1][1] if self._open else "", data)

    def _add(self, block: str, words: str) -> None:
        self.words[block] = self.words.get(block, "") + words


@pytest.fixture(
    scope="module",
    params=[LIBRARY, pytest.param(HERE.content, marks=pytest.mark.series)],
    ids=["small", "ours"],
)
def product(request: pytest.FixtureRequest, work: Path) -> Product:
    """Return the small library and our series, composed."""
    made = produce(work, request.param)
    assert errors(made.problems) == ()
    return made


@pytest.fixture(scope="module")
def our_product(work: Path) -> Product:
    """Return our series, composed."""
    return produce(work)


def typed_values(library: Library, model: BaseModel) -> list[str]:
    """Return each value that an author has put into *model*, as it is printed."""
    refs: list[tuple[str, str, str]] = []
    for _, scalar in markup(model):
        refs += [
            (part.claim, part.name, part.form)
            for part in text.walk(scalar.parts)
            if isinstance(part, text.Placeholder)
        ]
    for ref in figure_refs(model) if isinstance(model, FigureBlock) else ():
        claim, _, name = ref.partition(".")
        refs.append((claim, name, ""))
    return [resolve.shown(library, "en", (claim, name), form) for claim, name, form in refs]


def test_each_value_that_is_typed_is_on_its_page(product: Product) -> None:
    """In the title and in every block of the real briefs each `{claim.value}` reads as its claim states it."""
    library, found = product.library, 0
    for (_, brief), made in product.finished.items():
        given, words = library.briefs[brief], Blocks(made.printed.html).words
        models = {"": given} | {
            str(name): library.blocks[name] for _, ids in given.sections for name in ids
        }
        assert models.keys() <= words.keys()
        for name, model in models.items():
            for shown in typed_values(library, model):
                assert shown
                assert shown.casefold() in words[name].casefold()
                found += 1
    assert found > 5


def test_each_claim_has_its_passage(product: Product) -> None:
    """The passage that a claim names is in the index of its source, with a fingerprint of its own."""
    library = product.library
    assert library.claims
    for claim in library.claims.values():
        passage = library.sources[claim.source].passages[claim.locator]
        assert re.fullmatch("[0-9a-f]{64}", passage.fingerprint)
    for source in library.sources.values():
        prints = [passage.fingerprint for passage in source.passages.values()]
        assert len(set(prints)) == len(prints)


@pytest.fixture(scope="module")
def sentences() -> dict[str, str]:
    """Return the sentences of the review by their locators, where the review is at hand."""
    if not PASSAGES.is_file():
        pytest.skip("not run: needs the review, which is no part of the project")
    with PASSAGES.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["locator"]: row["text"] for row in rows}


@pytest.mark.series
def test_fingerprints_are_those_of_the_review(
    our_product: Product, sentences: dict[str, str]
) -> None:
    """Each sentence has its passage in the index, with the digest of its text, and no passage is invented."""
    passages = our_product.library.sources["review"].passages
    digests = {
        locator: hashlib.sha256(folded(sentence).encode()).hexdigest()
        for locator, sentence in sentences.items()
    }
    assert {str(name): str(one.fingerprint) for name, one in passages.items()} == digests


def folded(sentence: str) -> str:
    """Return *sentence* in NFC, its white space folded to single spaces, trimmed."""
    return " ".join(unicodedata.normalize("NFC", sentence).split())


@pytest.mark.series
def test_no_sentence_of_the_review_is_in_the_project(
    our_product: Product, sentences: dict[str, str]
) -> None:
    """Content and pages speak in our words."""
    ours = [path.read_text("utf-8") for path in sorted(HERE.content.rglob("*.yaml"))]
    ours += [
        " ".join(Blocks(made.printed.html).words.values()) for made in our_product.finished.values()
    ]
    whole = folded("\n".join(ours))
    long = [folded(sentence) for sentence in sentences.values() if len(sentence.split()) > 7]
    assert len(long) > 50
    assert [sentence for sentence in long if sentence in whole] == []
