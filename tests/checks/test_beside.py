"""What stands beside a value may not change what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from press.checks.content import beside
from press.content import library
from press.edition import resolve

TOTAL, MOST = "{gardens.total}", "{visitors.children}"  # 40; more than 60%
CHANGED = [
    f"{TOTAL}.{MOST} left.",
    f"{TOTAL}{MOST} left.",
    f"{TOTAL}[^quiet]{MOST} left.",
    f"**{TOTAL}**{MOST} left.",
    f"{TOTAL} {MOST} left.",
    f"{TOTAL},{{gardens.schools}} left.",
    f"{TOTAL}–{MOST} left.",
    f"{TOTAL}-{MOST} left.",
    f"-{TOTAL} left.",
    f"The −{TOTAL} left.",
    f"The − {TOTAL} left.",
    f"The ~{TOTAL} left.",
    f"The > {TOTAL} left.",
    f"The ${TOTAL} left.",
    f"The €{TOTAL} left.",
    f"The x{TOTAL} left.",
    f"{TOTAL}k left.",
    f"{TOTAL}m left.",
    f"{TOTAL} m left.",
    f"{TOTAL}-million left.",
    f"{MOST}million left.",
    f"{TOTAL} lakh left.",
    f"{TOTAL} crores left.",
    f"{TOTAL}‰ left.",
    f"{TOTAL} ‰ left.",
    f"{TOTAL} per mille left.",
    f"{TOTAL}% left.",
    f"{MOST} per cent left.",
    f"{TOTAL}+ left.",
    f"{TOTAL}² left.",
    f"{TOTAL}s left.",
    f"{TOTAL}.5 left.",
    f"under {TOTAL} left.",
    f"barely {TOTAL} left.",
    f"anything but {TOTAL} left.",
    f"north of {TOTAL} left.",
    f"{TOTAL} gardens at most.",
    f"{TOTAL} town gardens and counting.",
    f"{MOST} percentage points.",
    f"just under {TOTAL} left.",
    f"less than {MOST} left.",
    f"less than **{MOST}** left.",
    f"less-than {MOST} left.",
    f"no more than {TOTAL} left.",
    f"fewer than {TOTAL} left.",
    f"at most {MOST} left.",
    f"some {TOTAL} left.",
    f"nearly {MOST} left.",
    f"almost “{MOST}” left.",
    f"not {MOST} left.",
    f"aren’t {MOST} left.",
    f"{TOTAL} or so left.",
    f"{TOTAL} at most left.",
    f"{TOTAL}-odd left.",
    f"{TOTAL}-plus left.",
    f"{TOTAL}, give or take, left.",
    f"not {TOTAL} left.",
    f"They were **not** {TOTAL}.",
    f"weren’t even {TOTAL} left.",
    f"by a factor of {TOTAL}.",
    f"garden no. {TOTAL}",
    f"One in {TOTAL} left.",
    f"{TOTAL}° left.",
    f"{TOTAL} gardens per year left.",
    f"{TOTAL} a day left.",
    f"{TOTAL} gardens/day left.",
    f"{TOTAL} gardens (a day) left.",
    f"{TOTAL} p.a. left.",
    f"They did not reach {TOTAL}.",
    f"They were by no means {TOTAL}.",
    f"{TOTAL} new gardens a month left.",
    f"{TOTAL} hectares of gardens.",
    f"{TOTAL} square miles of gardens.",
    f"{TOTAL} shady hectares of gardens.",
    f"{TOTAL}-hectare gardens.",
    f"{TOTAL} beds left.",
    f"{TOTAL} of the towns left.",
    f"{TOTAL} women left.",
    f"{TOTAL} kg left.",
    "{gardens.total:unit} a day left.",
    f"{TOTAL} garden beds left.",
    f"{TOTAL} garden-keepers left.",
    "{gardens.total:unit} gardens left.",
    "{gardens.total:unit} garden plots left.",
    f"{TOTAL} gardens squared left.",
    f"{TOTAL} gardens cubed.",
    f"Gardens beat towns {TOTAL} to one.",
    f"A {TOTAL}-to-one vote of gardens.",
    f"On average {TOTAL} gardens left.",
    f"An average of {TOTAL} gardens left.",
    f"A mean of {TOTAL} gardens left.",
    f"Averaging {TOTAL} gardens.",
    f"{TOTAL} gardens on average.",
    f"{TOTAL} school gardens, on average, left.",
    f"{TOTAL} gardens per head left.",
    f"{TOTAL} per head left.",
    "{gardens.streets:words}-{gardens.streets:words} left.",
    "{gardens.total:year}{gardens.total:year} left.",
    "{gardens.total:year}s left.",
    "There are {gardens.total:year} gardens.",
    "Schools have eight of {gardens.total:year} gardens.",
]
SOUND = [
    f"{TOTAL} gardens left; {TOTAL} school gardens.",
    f"{TOTAL} gardens to one side; the average town has {TOTAL}, and on average more.",
    "{gardens.total:unit} at schools; {gardens.total:unit} in garden towns.",
    f"{TOTAL} left.",
    f"({TOTAL}) left, **{TOTAL}**: “{TOTAL}”, {TOTAL}; {TOTAL}—{TOTAL}.",
    f"A {TOTAL}-fold rise; {TOTAL}-bed wards.",
    f"Another almost {TOTAL} left.",
    f"In {{gardens.total:year}} {TOTAL} left.",
    "Since {gardens.total:year} gardens are open; the {gardens.total:year} gardens; {gardens.total:year} survey.",
    "Around {gardens.total:year}, before {gardens.total:year}, about {release}.",
    "{gardens.total:year}–{gardens.total:year} and {gardens.total:year}/{gardens.total:year}.",
    "In mid-{gardens.total:year}, {gardens.total:year}’s gardens.",
    f"Of {TOTAL}[^quiet], {TOTAL} left.",
    f"{MOST} more, {TOTAL} at schools, {TOTAL} parts and {TOTAL} new school gardens.",
    f"{TOTAL} left, not {{gardens.schools}}; {TOTAL} gardens, not {{gardens.schools}} of them.",
    f"A year later {TOTAL} gardens were open; {TOTAL} stayed a year or longer, {TOTAL} a year before.",
    f"{TOTAL}, and more to come; {TOTAL}, at least in part; of {TOTAL} gardens, {TOTAL} was too few.",
    f"{MOST} of the visitors lived here; {MOST} children a day is not said.".replace(" a day", ""),
    f"{TOTAL} of the gardens and {TOTAL} of these gardens closed; {{gardens.total:unit}} of the towns.",
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library."""
    return Path(shutil.copytree(Path(__file__).parents[1] / "library", tmp_path / "content"))


def said(content: Path, sentence: str) -> list[str]:
    """Return what is said of what stands beside the values of *sentence*."""
    path = content / "blocks/blue.yaml"
    text = path.read_text("utf-8")
    assert "Gates are shut." in text
    path.write_text(
        text.replace("text: Gates are shut.", f"text: >-\n      {sentence}", 1), "utf-8"
    )
    read = library.load(content, "")
    assert read.faults == []
    return [fault.problem.message for fault in beside.check(read)]


@pytest.mark.parametrize("sentence", CHANGED)
def test_what_changes_a_value_is_refused(content: Path, sentence: str) -> None:
    """Letters, digits, signs, scales, bounds and other values beside it make another value of it."""
    assert said(content, sentence) != []


@pytest.mark.parametrize("sentence", SOUND)
def test_what_leaves_a_value_as_it_is_is_free(content: Path, sentence: str) -> None:
    """Ordinary prose is not refused."""
    assert said(content, sentence) == []


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("40, unit: metres", "{gardens.it} m left, {gardens.it} metres."),
        ("40, unit: hectares", "{gardens.it} hectares of gardens; a {gardens.it}-hectare garden."),
        ("40, unit: minutes", "{gardens.it} min left, {gardens.it} more minutes."),
        ("40, unit: degrees", "{gardens.it}° left, {gardens.it} degrees of frost."),
        ("40, unit: times", "By a factor of {gardens.it}, a {gardens.it}-fold rise."),
        ("40, unit: visits per year", "{gardens.it} visits per year, {gardens.it} a year."),
        ("140, unit: percent", "{gardens.it} of the plan, {gardens.it} more visitors."),
        ("40, unit: people", "{gardens.it} people, {gardens.it} persons."),
        ("40, unit: garden beds", "{gardens.it} garden beds, {gardens.it} beds."),
        ("40, unit: staff", "{gardens.it} staff members; {gardens.it:unit}."),
        ("40, unit: participants", "{gardens.it:unit} participated in towns."),
        ("1, unit: gardens", "{gardens.it} garden closes."),
        (
            "40, unit: visits on average",
            "{gardens.it} visits on average; on average {gardens.it} visits.",
        ),
    ],
)
def test_the_own_unit_of_a_value_may_follow_it(content: Path, value: str, sentence: str) -> None:
    """Metres are not millions, and what happens each year may be told by the year."""
    path = content / "claims/gardens.yaml"
    own = f"    it: {{number: {value}}}\n    schools:"
    path.write_text(path.read_text("utf-8").replace("    schools:", own, 1), "utf-8")
    assert said(content, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        (
            f"{TOTAL} hectares of gardens.",
            "this value counts gardens, not 'hectares'; print its own unit, or correct 'unit'",
        ),
        (
            f"{TOTAL} gardens a day.",
            "this value is of gardens, and no rate; take 'a day' out, or add it to 'unit'",
        ),
        (
            f"{TOTAL} garden beds.",
            "this value counts gardens, not 'beds'; print its own unit, or correct 'unit'",
        ),
        (
            f"On average {TOTAL} gardens left.",
            "claim 'gardens' does not call this an average; take 'On average' out, or let the claim say so",
        ),
        ("{gardens.total:unit} gardens.", "this prints its unit by itself; take 'gardens' out"),
    ],
)
def test_another_unit_is_told_with_the_way_out(content: Path, sentence: str, message: str) -> None:
    """It may be the text that is wrong, or the claim."""
    assert said(content, sentence) == [message]


def test_a_percentage_above_100_is_of_no_whole(content: Path) -> None:
    """It may be a growth, or a comparison with a plan, and no share of people."""
    path = content / "claims/gardens.yaml"
    path.write_text(path.read_text("utf-8").replace("number: 60,", "number: 160,"), "utf-8")
    [first, *_] = said(content, f"Children are {MOST} of the visitors.")
    assert first == "no part is more than the whole; take 'of visitors' out"


def test_a_year_is_no_amount(content: Path) -> None:
    """Where ':year' is forgotten, it is printed as '2014' all the same."""
    path = content / "claims/gardens.yaml"
    text = path.read_text("utf-8").replace(
        "total: {number: 40, unit: gardens}", "total: {number: 2014, unit: year}"
    )
    path.write_text(text, "utf-8")
    assert said(content, f"**{TOTAL}:** gardens left.") == []
    assert resolve.shown(library.load(content, ""), "en", ("gardens", "total"), "") == "2014"
