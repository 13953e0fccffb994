"""A value stands where its claim has it: what cannot be is refused, and other orders of the same are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from press.checks.content import editorial
from press.content import library

LIBRARY = Path(__file__).parents[1] / "library"
CLAIM = """
swings:
  ref: C900
  source: survey
  locator: P1.1
  passage: "7692c3ad"
  claim: Swings rose from {swings.start} in {swings.start:year} to {swings.end} in {swings.end:year}, of {swings.total}.
  values:
    start: {number: 8, unit: swings, year: "2020"}
    end: {number: 12, unit: swings, bound: about, year: "2021"}
    total: {derived: 8 + 40, unit: swings}
    share: {number: 60, unit: percent, of: swings}
    children: {number: 40, unit: percent, of: swings}
    third: {fraction: 1/3, unit: share of swings, of: swings}
  year: "2021"
  kind: fact
  basis: own
  use: ok
rules_kept:
  ref: C901
  source: survey
  locator: P1.1
  passage: "7692c3ad"
  claim: There are {rules_kept.with_rule} towns with a rule of {rules_kept.every}, and {rules_kept.without} lack it.
  values:
    with_rule: {number: 9, unit: towns}
    every: {number: 37, unit: towns}
    without: {derived: 37 - 9, unit: towns}
  year: not stated
  kind: fact
  basis: own
  use: ok
"""
NO_PART, EXCHANGE = "is no part of", "exchange them"


def said(content: Path, text: str) -> list[str]:
    """Return what is said of values of a message with this *text*."""
    claims, blocks = content / "claims" / "gardens.yaml", content / "blocks" / "red.yaml"
    claims.write_text(claims.read_text("utf-8") + CLAIM, "utf-8")
    typed = blocks.read_text("utf-8")
    old = "In {gardens.total:year} there were {gardens.total} gardens. They are quiet.[^quiet]"
    assert typed.count(old) == 1
    blocks.write_text(typed.replace(old, text), "utf-8")
    found = (fault.problem for fault in editorial.check(library.load(content, "")))
    return [each.message for each in found if each.rule == "swapped"]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library."""
    return Path(shutil.copytree(LIBRARY, tmp_path / "content"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("There are {swings.total} of {swings.start} swings.", NO_PART),
        ("There are {swings.start} of the {swings.start} swings.", NO_PART),
        ("There are {swings.start} swings, {swings.total} of them new.", NO_PART),
        ("There are {swings.start} swings; {swings.total} of these rust.", NO_PART),
        ("There are {swings.start} swings, of which {swings.total} rust.", NO_PART),
        ("Of {swings.start} swings, {swings.total} rust.", NO_PART),
        ("Swings rose from {swings.end} to {swings.start}.", EXCHANGE),
        ("Swings fell from {swings.start} to {swings.end}.", EXCHANGE),
        ("There were {swings.end} swings in {swings.start:year}.", "is of 2021"),
        ("Most swings, {swings.children}, rust.", "is under a half, and 'Most' is more"),
        ("Most swings, {swings.third}, rust.", "is under a half, and 'Most' is more"),
        ("The swings are mostly new ({swings.children}).", "'mostly' is more"),
        (
            "Children use {swings.share} of swings.",
            "print that if it is meant; if 'share' is, rename",
        ),
        (
            "There {swings.share} of the ladders rust.",
            "'of ladders rust': what is cited here is of 'swings'",
        ),
    ],
)
def test_a_value_that_cannot_stand_where_it_does_is_refused(
    content: Path, text: str, words: str
) -> None:
    """By its size, its year or its name."""
    [message] = said(content, text)
    assert words in message


@pytest.mark.parametrize(
    "text",
    [
        "There are {swings.start} of {swings.total} swings.",
        "There are {swings.total} swings, {swings.start} of them new.",
        "There are {swings.start} swings at schools, {swings.end} at parks, of {swings.total} in all.",
        "Of {swings.total} swings, {swings.share} rust.",
        "Swings rose from {swings.start} to {swings.end}.",
        "Swings rose, and did not fall from {swings.end} to {swings.start}.",
        "There were {swings.start} swings in {swings.start:year} and {swings.end} in {swings.end:year}.",
        "Children use {swings.children} of swings.",
        "The share that children use is {swings.share} of swings.",
        "Of swings, {swings.share} rust; children use {swings.children}.",
        "In {swings.start:year} the town had {swings.total} swings.",
        "Of {rules_kept.every} towns, {rules_kept.without} lack such a rule.",
        "{rules_kept.without:unit} lack a rule.",
        "Most swings, {swings.share}, rust.",
        "Most swings rust, {swings.children} are new.",
        "The most used swings ({swings.children}) rust.",
        "There {swings.share} of all these rust, and {swings.children} of the old swings.",
    ],
)
def test_other_orders_of_the_same_are_left_alone(content: Path, text: str) -> None:
    """Parts of the whole, rises to more, values in their years and under their names."""
    assert said(content, text) == []


def test_the_subtitle_of_a_figure_names_what_is_shown(content: Path) -> None:
    """Beside a value of one row it may name the other rows."""
    with (content / "blocks/red.yaml").open("a", encoding="utf-8") as blocks:
        blocks.write(OF_ROWS)
    brief = content / "briefs/red.yaml"
    brief.write_text(brief.read_text("utf-8") + "  problem: [rows]\n", "utf-8")
    [message] = said(content, "They are quiet.[^quiet]")
    assert "'swings.children', rename" not in message
    assert "name of 'swings.share'" not in message
    assert "if 'share' is, rename the two" in message  # of the title, which tells of one


OF_ROWS = """
rows:
  figure:
    title: Children use {swings.share} of swings
    subtitle: "{swings.share:unit}: children and all visitors, year not stated"
    source: the survey
    alternative: Bars of {swings.share} and {swings.children}.
    bars:
      - {label: Of all swings, value: swings.share}
      - {label: Of the swings of children, value: swings.children}
"""
OF_ALL = """
more:
  figure:
    title: Children are most of those who came
    subtitle: Visitors, year not stated
    source: the survey
    alternative: A bar of {visitors.children}.
    share: {label: LABEL, value: visitors.children}
"""


@pytest.mark.parametrize(
    ("label", "words"),
    [("Of the visitors", ""), ("Share of drivers", "cited here is of 'visitors'")],
)
def test_the_label_of_a_share_says_of_whom_it_is(content: Path, label: str, words: str) -> None:
    """It stands beside its value, and cites nothing."""
    with (content / "blocks/red.yaml").open("a", encoding="utf-8") as blocks:
        blocks.write(OF_ALL.replace("LABEL", label))
    brief = content / "briefs/red.yaml"
    brief.write_text(brief.read_text("utf-8") + "  problem: [more]\n", "utf-8")
    found = said(content, "They are quiet.[^quiet]")
    assert [words in each for each in found] == [True] * bool(words)
