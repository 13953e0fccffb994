"""What is printed of a claim, and where: forms of values, capitals, notes and their numbers, figures, and the data."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.build import catalogue
from press.build import claims_data as data
from press.checks.content import structure
from press.content import library, quantity
from press.content.quantity import BOUNDS, CURRENCIES, P_SIGNS, SCALES, Quantity
from press.content.text.markdown import Markdown
from press.edition import edition, language, resolve
from press.page import colours
from press.problems import ConfigurationError
from tests.support.composing import page_of
from tests.support.folders import HERE
from tests.support.site import OUR_BRIEFS, ours

if TYPE_CHECKING:
    from press.content.library import Library
    from press.edition.edition import Edition

LIBRARY = Path(__file__).parents[1] / "library"
SOURCE = """\
citation: A source of numbers
kind: official statistics
latest: not stated
outside: false
passages:
  P1.1:
    fingerprint: d5c562f6735adde545f653a30721f437b661d0952946d6785865757e8bf8a953
    values:
      ["7", "2500", "3.5", "60%", more than 60%, at least 6-7%, 1200-1500, up to 5, about 1000000,
       1/3, 2/5, more than 1/2, "41", "2.5", "1", "9", 2011-2012, "2013", less than 5%, at most 12,
       between 5 and 7, 1 in 4, 2.5 million, USD 2.5 million, EUR 2-3 billion, KGS 90, "2009", p < 0.001, p = 0.04,
       "-3", "-1.5%", 0.52 (95% CI 0.40 to 0.68), -0.2 (90% CI -0.5 to 1000), 2012-03-06, 2012-03]
"""
CLAIMS = """\
forms:
  ref: C901
  source: numbers
  locator: P1.1
  passage: d5c562f6
  claim: All forms.
  values:
    seven: {number: 7, unit: things}
    thousands: {number: 2500, unit: things}
    decimal: {number: 3.5, unit: kilograms}
    percent: {number: 60, unit: percent}
    more: {number: 60, bound: more than, unit: percent}
    least: {range: 6-7, bound: at least, unit: percent}
    range: {range: 1200-1500, unit: things}
    most: {number: 5, bound: up to, unit: things}
    roughly: {number: 1000000, bound: about, unit: things}
    third: {fraction: 1/3, unit: share}
    fifths: {fraction: 2/5, unit: share}
    half: {fraction: 1/2, bound: more than, unit: share}
    rest: {derived: 41 - 7, unit: things}
    sum: {derived: 2.5 + 1, unit: things}
    names: {counted: [Elm, Oak, Ash], unit: streets}
    later: {number: 9, unit: things, year: 2011-2012}
    undated: {number: 1, unit: things, year: not stated}
    joined: {number: 1994, bound: about, unit: year}
    reign: {range: 1994-2005, unit: year}
    next: {derived: 2013 + 1, unit: year}
    less: {number: 5, bound: less than, unit: percent}
    ceiling: {number: 12, bound: at most, unit: sites}
    between: {between: 5-7, unit: sites}
    chance: {number: 1 in 4, unit: share}
    many: {number: 2.5 million, unit: people}
    money: {number: 2.5 million, unit: USD, year: "2009"}
    sums: {range: 2-3 billion, unit: EUR, year: not stated}
    soms: {number: 90, unit: KGS, year: not stated}
    tiny: {number: 0.001, bound: less than, unit: p}
    small: {number: 0.04, unit: p}
    cold: {number: -3, unit: degrees}
    drop: {number: -1.5, unit: percent}
    ratio: {number: 0.52, interval: {low: "0.40", high: "0.68"}, unit: risk ratio}
    wide: {number: -0.2, interval: {low: -0.5, high: 1000, level: 90}, unit: risk difference}
    day: {date: 2012-03-06, unit: date, year: not stated}
    month: {date: 2012-03, unit: date, year: not stated}
    part: {derived: (41 - 9) / 41 * 100, round: 1, unit: percent}
    single: {number: 1, unit: things, unit_one: thing}
  year: 2013
  kind: statistic
  basis: official
  use: ok
"""


def loaded(folder: Path, *changes: tuple[str, str, str]) -> Library:
    """Return the small library with all forms of values, and with *changes* to its files; it holds together."""
    content = Path(shutil.copytree(LIBRARY, folder / "content"))
    (content / "sources" / "numbers.yaml").write_text(SOURCE, encoding="utf-8")
    (content / "claims" / "forms.yaml").write_text(CLAIMS, encoding="utf-8")
    for name, old, new in changes:
        text = (content / name).read_text("utf-8")
        assert old in text
        (content / name).write_text(text.replace(old, new), encoding="utf-8")
    known = library.load(content, "")
    assert known.faults == []
    assert list(structure.check(known)) == []
    return library.sound(known)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the small library with all forms of values."""
    return loaded(tmp_path_factory.mktemp("known"))


def said(known: Library, typed: str) -> str:
    """Return the plain text of what an author typed."""
    return edition.plain_text(resolve.Writer(known, "en").line(Markdown(typed)))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("seven", "7"),
        ("seven:words", "seven"),
        ("seven:year", "2013"),
        ("thousands", "2,500"),
        ("decimal", "3.5"),
        ("percent", "60%"),
        ("more", "more than 60%"),
        ("least", "at least 6–7%"),
        ("range", "1,200–1,500"),
        ("most", "up to 5"),
        ("most:words", "up to five"),
        ("roughly", "about 1,000,000"),
        ("third", "a third"),
        ("third:fraction", "a third"),
        ("fifths", "2⁄5"),
        ("half", "more than half"),
        ("rest", "34"),
        ("sum", "3.5"),
        ("names", "3"),
        ("less", "less than 5%"),
        ("ceiling", "at most 12"),
        ("between", "between 5 and 7"),
        ("chance", "1 in 4"),
        ("many", "2.5 million"),
        ("money", "US$ 2.5 million (2009)"),
        ("sums", "€ 2–3 billion"),
        ("soms", "KGS 90"),
        ("tiny", "p < 0.001"),
        ("small", "p = 0.04"),
        ("cold", "−3"),
        ("drop", "−1.5%"),
        ("ratio", "0.52 (95% CI 0.40 to 0.68)"),
        ("wide", "−0.2 (90% CI −0.5 to 1,000)"),
        ("day", "March 6, 2012"),
        ("month", "March 2012"),
        ("part", "78.0%"),
        ("thousands:unit", "2,500 things"),
        ("single:unit", "1 thing"),
        ("many:unit", "2.5 million people"),
        ("drop:unit", "−1.5%"),
        ("money:unit", "US$ 2.5 million (2009)"),
        ("day:unit", "March 6, 2012"),
        ("names:words", "three"),
        ("later:year", "2011–2012"),
        ("joined", "about 1994"),
        ("reign", "1994–2005"),
        ("next", "2014"),
    ],
)
def test_a_value_is_printed_in_its_form(known: Library, typed: str, shown: str) -> None:
    """Bound, range, sign, separator, word and year are those of the language, and nothing of the claim is lost."""
    assert said(known, f"There are {{forms.{typed}}}.") == f"There are {shown}."


@pytest.mark.parametrize(
    "typed", ["thousands:words", "fifths:words", "percent:words", "range:words"]
)
def test_a_value_without_a_word_is_none(known: Library, typed: str) -> None:
    """Where the language has no word nothing is made up: the check of texts then refuses the form."""
    name, _, form = typed.partition(":")
    assert resolve.shown(known, "en", ("forms", name), form) == ""


def test_a_value_without_a_year_has_none(known: Library) -> None:
    """A value's own 'not stated' stands above the year of its claim."""
    assert resolve.shown(known, "en", ("forms", "undated"), "year") == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{forms.more} go.", "More than 60% go."),
        ("They go. {forms.more} stay.", "They go. More than 60% stay."),
        ("Why? {forms.third} stay.", "Why? A third stay."),
        ("**{forms.third}** stay.", "A third stay."),
        ('"{forms.more} go."', "“More than 60% go.”"),
        ('He said "go." {forms.third} went.', "He said “go.” A third went."),
        ("They go.[^quiet] {forms.third} stay.", "They go. A third stay."),
        ("Of all, {forms.more} go.", "Of all, more than 60% go."),
        ("Result: {forms.more}.", "Result: more than 60%."),
        ("Some (e.g. {forms.more}) go.", "Some (e.g. more than 60%) go."),
        ("See no. {forms.seven:words}.", "See no. seven."),
        ("It grew from 2.5 to {forms.third}.", "It grew from 2.5 to a third."),
    ],
)
def test_a_value_that_begins_a_sentence_has_a_capital(
    known: Library, typed: str, shown: str
) -> None:
    """It has one behind the end of a sentence and at the start, and none within."""
    assert said(known, typed) == shown


def notes_of(shown: Edition) -> list[tuple[int, str]]:
    """Return the notes of an edition."""
    return [(note.number, note.claim) for note in shown.notes]


def test_notes_are_numbered_as_their_claims_are_first_used(known: Library) -> None:
    """The order is that of print, from the title on, and a claim has one note however often it is used."""
    assert notes_of(resolve.resolve(known, "red", "en")) == [
        (1, "gardens"),
        (2, "quiet"),
        (3, "visitors"),
    ]
    assert notes_of(resolve.resolve(known, "blue", "en")) == [
        (1, "quiet"),
        (2, "visitors"),
        (3, "gardens"),
    ]


@pytest.mark.parametrize(
    ("limit", "aged"), [("", False), ("present_years: 5, ", False), ("present_years: 4, ", True)]
)
def test_evidence_is_aged_by_the_limit_of_what_is_told_in_the_present(
    tmp_path: Path, limit: str, *, aged: bool
) -> None:
    """The survey is of 2021, the release of 2026; without the limit nobody says what is old."""
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    limits = (content / "limits.yaml").read_text("utf-8")
    (content / "limits.yaml").write_text(limits.replace("all: {", f"all: {{{limit}"), "utf-8")
    known = library.sound(library.load(content, ""))
    assert resolve.resolve(known, "red", "en").aged is aged


def test_the_order_of_the_sections_orders_the_notes(tmp_path: Path) -> None:
    """Blocks that change places change the numbers."""
    changed = loaded(
        tmp_path, ("briefs/red.yaml", "[red-message, red-second]", "[red-second, red-message]")
    )
    assert notes_of(resolve.resolve(changed, "red", "en")) == [
        (1, "gardens"),
        (2, "visitors"),
        (3, "quiet"),
    ]


@pytest.mark.parametrize("name", ["catalogue", *ours(*OUR_BRIEFS)])
def test_on_a_page_the_numbers_come_in_order(name: str) -> None:
    """A reader meets every note one after the other; on screens, between them, those that only screens have."""
    shown = (
        resolve.resolve(catalogue.examples(HERE), "catalogue", "en")
        if name == "catalogue"
        else resolve.resolve(library.sound(library.load(HERE.content, "content")), name, "en")
    )
    met = list(dict.fromkeys(map(int, re.findall(r'href="#note-(\d+)"', page_of(shown)))))
    assert sorted(met) == list(range(1, len(met) + 1))
    for of_screens in (False, True):
        notes = [note.number for note in shown.notes if (note.depth == "screen") == of_screens]
        assert [number for number in met if number in notes] == notes


def test_marks_beside_one_another_are_one(known: Library) -> None:
    """Claims that are cited together stand in one mark, in the order of their numbers, each once."""
    writer = resolve.Writer(known, "en", {"gardens": 9, "visitors": 2, "quiet": 8})
    typed = "There are {gardens.total}, {visitors.children}, {gardens.schools}.[^quiet]"
    parts = writer.line(Markdown(typed))
    assert [part.notes for part in parts if isinstance(part, edition.Marks)] == [(2, 8, 9)]
    assert isinstance(parts[-1], edition.Marks)


@pytest.mark.parametrize("typed", ["One word.\n\nThen more.", "- a list"])
def test_a_text_of_several_paragraphs_is_no_line(known: Library, typed: str) -> None:
    """They are never glued together, and no list is dropped."""
    writer = resolve.Writer(known, "en")
    assert len(writer.parts(Markdown(typed, blocks=True))) == typed.count("\n\n") + 1
    with pytest.raises(ConfigurationError, match="is resolved as a line"):
        writer.line(Markdown(typed, blocks=True))


def figure(known: Library, typed: str) -> edition.Figure:
    """Return the figure of the red brief."""
    [found] = [block for block in resolve.resolve(known, "red", "en").blocks() if block.id == typed]
    assert isinstance(found, edition.Figure)
    return found


def test_parts_share_the_whole(known: Library) -> None:
    """Each part has its share of the sum, and what was worked out says how."""
    one, two = figure(known, "red-figure").data
    assert (one.shown, one.share, one.derived, one.dating) == ("32", 80.0, "40 − 8", "2020–2021")
    assert (two.shown, two.share, two.derived, two.note) == ("8", 20.0, "", 1)
    assert not one.open


@pytest.mark.parametrize(
    ("form", "data"),
    [
        (
            "bars: [{label: a, value: forms.seven}, {label: b, value: forms.rest}]",
            [("7", 20.59, False), ("34", 100.0, False)],
        ),
        ("share: {label: a, value: forms.more}", [("More than 60%", 60.0, True)]),
        ("share: {label: a, value: forms.least}", [("At least 6–7%", 7.0, True)]),
        (
            "tiles: [{label: a, value: forms.names}, {label: b}]",
            [("3", 0.0, False), ("", 0.0, False)],
        ),
    ],
    ids=["bars", "share", "range", "tiles"],
)
def test_a_figure_is_drawn_to_scale(
    tmp_path: Path, form: str, data: list[tuple[str, float, bool]]
) -> None:
    """Bars are measured by the widest, a share by the hundred, and an open bound leaves the edge open."""
    parts = (
        "    parts:\n"
        "      - {label: Elsewhere, value: gardens.others}\n"
        "      - {label: At schools, value: gardens.schools}\n"
    )
    changed = loaded(tmp_path, ("blocks/red.yaml", parts, f"    {form}\n"))
    drawn = figure(changed, "red-figure").data
    assert [(datum.shown, datum.share, datum.open) for datum in drawn] == data


def test_a_tile_without_a_value_has_neither_unit_nor_note(tmp_path: Path) -> None:
    """What the source does not state is shown as such."""
    changed = loaded(
        tmp_path,
        ("blocks/red.yaml", "    parts:\n", "    tiles:\n"),
        (
            "blocks/red.yaml",
            "{label: At schools, value: gardens.schools}",
            "{label: cost, dating: since then}",
        ),
    )
    empty = figure(changed, "red-figure").data[1]
    assert (empty.shown, empty.unit, empty.note, empty.dating) == ("", "", 0, "since then")


def test_what_a_brief_knows_of_itself(tmp_path: Path) -> None:
    """The date of the ask, the release and the latest figure of the review are printed in words."""
    changed = loaded(
        tmp_path,
        ("blocks/shared.yaml", "is from {latest}.", "is from {latest}; released in {release}."),
    )
    shown = resolve.resolve(changed, "blue", "en")
    texts = {block.id: block for block in shown.blocks()}
    ask, made = texts["blue-ask"], texts["shared-made"]
    assert isinstance(ask, edition.Ask)
    assert isinstance(made, edition.Paragraph)
    assert edition.plain_text(ask.text) == "Schools: by June 2027, open the gates."
    assert edition.plain_text(made.text).strip() == (
        "This brief rests on a survey. Its latest figure is from 2020–2021; released in January 2026."
    )
    assert (shown.released, shown.latest, shown.release) == (
        "January 2026",
        "2020–2021",
        "2026-01-15",
    )


def test_the_subject_of_the_mail_is_in_the_data_where_the_brief_has_one(tmp_path: Path) -> None:
    """A line of 78 characters; the data of a brief without one are as they were."""
    line = "Blue readers: " + "x" * 64
    known = loaded(tmp_path, ("briefs/blue.yaml", "summary:", f"subject: '{line}'\nsummary:"))
    assert json.loads(edition.to_json(resolve.resolve(known, "blue", "en")))["subject"] == line
    assert "subject" not in json.loads(edition.to_json(resolve.resolve(known, "red", "en")))


def test_a_caveat_goes_with_the_note(known: Library) -> None:
    """Whoever looks up the claim reads its caveat, year and basis; a note to the editor is nowhere."""
    shown = resolve.resolve(known, "red", "en")
    gardens, _, visitors = shown.notes
    assert edition.plain_text(visitors.caveat) == "Nobody says who counted."
    assert (visitors.year, gardens.year) == ("", "2020–2021")
    assert edition.plain_text(visitors.text) == "Children are more than 60% of visitors."
    assert all(not isinstance(part, edition.Marks) for note in shown.notes for part in note.text)
    assert "note to the editor" not in edition.to_json(shown)


def test_an_edition_has_nothing_of_another_reader(known: Library) -> None:
    """Neither the blocks nor the names of the other brief are in it."""
    red, blue = (edition.to_json(resolve.resolve(known, name, "en")) for name in ("red", "blue"))
    assert "Crimson" in red
    assert "Azure" in blue
    assert not re.search("azure|blue", red, re.IGNORECASE)
    assert not re.search(r"crimson|\bred\b", blue, re.IGNORECASE)


@pytest.fixture(scope="module")
def rows(known: Library) -> list[dict[str, Any]]:
    """Return the claims as data."""
    return data.claims(known, [resolve.resolve(known, "red", "en")], "en")


def test_a_claim_that_may_not_be_printed_is_counted(
    known: Library, rows: list[dict[str, Any]]
) -> None:
    """The data count it with the reason; neither its id nor what it says is there."""
    assert "do_not_use" not in {row["use"] for row in rows}
    kept = data.withheld(known, "en")
    assert kept == [
        {
            "source": "survey",
            "mark": "Gardens Office 2021",
            "count": 1,
            "reasons": {"not fit to be printed": 1},
        }
    ]
    for written in (data.as_json(rows, kept), data.as_csv(rows, kept)):
        assert b"not fit to be printed" in written
        assert b"rumour" not in written
        assert b"nobody should read" not in written
        assert b"note to the editor" not in written


def test_the_data_tell_what_is_printed(rows: list[dict[str, Any]]) -> None:
    """JSON and CSV have each claim once, with its values as they read and the briefs that cite it."""
    told = {row["id"]: row for row in json.loads(data.as_json(rows, []))["claims"]}
    listed = {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(data.as_csv(rows, []).decode("utf-8-sig")))
    }
    assert list(told) == list(listed) == sorted(told)
    assert told["visitors"]["values"]["walkers"] == "at least 6–7%"
    assert told["visitors"]["cited_in"] == ["en/red"]
    assert (
        listed["visitors"]["values"]
        == "children: more than 60%; walkers: at least 6–7%; share: a third"
    )
    assert listed["gardens"]["year"] == "2020–2021"


@given(
    st.text(alphabet="=+-@\t\n\"',;|!x1（＝", max_size=8),
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"]), max_size=8
    ),  # the reader takes no others
)
def test_no_cell_is_a_formula(start: str, rest: str) -> None:
    """A spreadsheet takes what begins with such a sign as work to do; what was typed is still all there."""
    typed = start + rest
    written = data.as_csv([{"id": "x", "claim": typed}], []).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(written, newline=""))
    assert not row["claim"].startswith(("=", "+", "-", "@", "\t", "\n"))
    assert row["claim"].removeprefix("'") == typed.removeprefix("'")


def decimals(most: int = 10**15 - 1) -> st.SearchStrategy[str]:
    """Return numbers as an author may type them, zeros at their end included."""
    places = st.text("0123456789", min_size=1, max_size=9).map(lambda digits: f".{digits}")
    return st.builds("{}{}".format, st.integers(0, most), st.just("") | places)


SIGNED = st.builds("{}{}".format, st.sampled_from(["", "-"]), decimals())
BOUNDED = st.sampled_from(["exact", *BOUNDS])
QUANTITIES = st.one_of(
    st.builds(
        lambda ends, bound, percent: Quantity(
            min(ends, key=Fraction), max(ends, key=Fraction), bound, percent
        ),
        st.tuples(decimals(), decimals()),
        BOUNDED,
        st.booleans(),
    ),
    st.builds(
        lambda low, bound, percent, sign: Quantity(sign + low, "", bound, percent),
        decimals(),
        BOUNDED,
        st.booleans(),
        st.sampled_from(["", "-"]),
    ),
    st.builds(
        lambda part, whole, bound: Quantity(str(part), str(whole), bound, fraction=True),
        st.integers(1, 99),
        st.integers(1, 99),
        BOUNDED,
    ),
    st.builds(
        lambda ends, bound, form, scale, currency: Quantity(
            min(ends, key=Fraction),
            max(ends, key=Fraction),
            bound,
            form=form,
            scale=scale,
            currency=currency,
        ),
        st.tuples(decimals(), decimals()),
        BOUNDED,
        st.sampled_from(["", "between"]),
        st.sampled_from(["", *SCALES]),
        st.sampled_from(["", *sorted(CURRENCIES)]),
    ),
    st.builds(
        lambda value, ends, level, bound, percent: Quantity(
            *(value, "", bound, percent), interval=(*sorted(ends, key=Fraction), level)
        ),
        SIGNED,
        st.tuples(SIGNED, SIGNED),
        decimals(99),
        BOUNDED,
        st.booleans(),
    ),
    st.builds(
        lambda chance, whole: Quantity(
            str(min(chance, whole)), str(max(chance, whole)), fraction=True, form="in"
        ),
        st.integers(1, 999),
        st.integers(1, 10**8),
    ),
    st.builds(
        lambda number, bound: Quantity(number, "", bound, form="p"),
        st.decimals(0, 1, places=4).map(str),
        st.sampled_from(list(P_SIGNS)),
    ),
    st.builds(
        lambda day, length: Quantity(day.isoformat()[:length], form="date"),
        st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)),
        st.sampled_from([7, 10]),
    ),
)


@given(QUANTITIES)
def test_a_quantity_reads_as_it_is_typed(stated: Quantity) -> None:
    """What a message says of a quantity is what the author would type for it."""
    assert quantity.parse(str(stated)) == stated


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "5 in 4",
            "0 in 4",
            "1.5 in 4",
            "2 in 4%",
            "between 5-7",
            "5 and 7",
            "between 7 and 5",
            "5 millions",
        ),
        *(
            "p<0.1",
            "p < 1.1",
            "p ~ 0.1",
            "p about 0.1",
            "XYZ 5",
            "usd 5",
            "USD 5%",
            "5 (95% CI 3 to 2)",
        ),
        *("5 (95 CI 2 to 3)", "2023-02-29", "2023-13", "2023-1", "less than", "at most"),
        *(
            "",
            "7-6",
            "1/0",
            "6–7",
            "60 %",
            "more than",
            "about  5",
            "+5",
            "1,5",
            "٤",
            "1e3",
            "9" * 5000,
        ),
    ],
)
def test_what_is_no_quantity_is_none(typed: str) -> None:
    """A backward range, a division by nothing, other digits and signs are not guessed at."""
    assert quantity.parse(typed) is None


@given(decimals(10**12), st.sampled_from(["", "%"]))
def test_printed_digits_are_those_that_were_typed(value: str, sign: str) -> None:
    """Without its separators a number reads back as it is in the source."""
    shown = language.quantity(Quantity(value, percent=bool(sign)), "en")
    assert shown.replace(",", "") == value + sign


@given(QUANTITIES)
def test_every_quantity_is_printed(stated: Quantity) -> None:
    """No digit is lost or added, and a minus is a true one: only a date is put into words."""
    shown = language.quantity(stated, "en")
    digits = "".join(filter(str.isdigit, str(stated)))
    assert stated.form == "date" or "".join(filter(str.isdigit, shown)) == digits
    assert "-" not in shown
    assert shown.count("−") == sum(end.startswith("-") for end in (stated.first, *stated.interval))


def test_one_thing_needs_its_word(known: Library) -> None:
    """'1 things' is not printed: without 'unit_one' the form has no words."""
    assert resolve.shown(known, "en", ("forms", "undated"), "unit") == ""
    listed = {row["id"]: row for row in data.claims(known, [], "en")}["forms"]["values"]
    assert (listed["cold"], listed["many"]) == ("-3", "2.5 million")
    assert listed["wide"] == "-0.2 (90% CI -0.5 to 1,000)"


def test_a_fraction_is_in_words_only_as_the_source_has_it() -> None:
    """Two of four is not a half of all, and 2.0 is no rounded two."""
    shown = {
        typed: language.in_words(parsed, "en")
        for typed in ("1/2", "2/4", "2", "2.0")
        if (parsed := quantity.parse(typed))
    }
    assert shown == {"1/2": "half", "2/4": None, "2": "two", "2.0": None}


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS, COLOURS)
def test_contrast_is_a_ratio(one: str, other: str) -> None:
    """It is the same both ways, at least that of a colour with itself and at most that of black and white."""
    ratio = colours.contrast(one, other)
    assert ratio == colours.contrast(other, one)
    assert 1 == colours.contrast(one, one) <= ratio <= colours.contrast("#000000", "#ffffff")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Known pairs have the ratio that other tools give."""
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_a_mixture_lies_between(one: str, other: str) -> None:
    """None of the other colour is the colour itself, all of it the other one, and half is nearer to neither end."""
    assert colours.mixed(one, other, 0) == one
    assert colours.mixed(one, other, 1) == other
    halves = [colours.mixed(one, other, share) for share in (0, 0.25, 0.5, 0.75, 1)]
    for at in (1, 3, 5):
        channel = [int(colour[at : at + 2], 16) for colour in halves]
        steps = {two > before for before, two in pairwise(channel) if two != before}
        assert len(steps) < 2
