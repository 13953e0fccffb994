"""Sources: an address leads to the work itself, several are told apart, and what they disagree on is explained."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from press import checks
from press.build import claims_data
from press.checks.content import dates, sources
from press.content import library
from press.content.model.sources import marks
from press.edition import resolve
from tests.support.editions import produce
from tests.support.folders import HERE

LIBRARY = Path(__file__).parents[1] / "library"
RECORD = "kind: primary study\nauthor: [Gardens Office]\ntitle: Another survey\nissued: '2021'\noutside: false\n"
PASSAGES = (
    f'passages:\n  P1.1:\n    fingerprint: {"0" * 64}\n    values: ["41", "2021", "55", "12500"]\n'
)
CLAIM = """
counted_again:
  ref: C900
  source: again
  locator: P1.1
  passage: "00000000"
  claim: There are {counted_again.total} gardens in another count of {counted_again.total:year}.
  values:
    total: {number: "41", unit: gardens, measure: gardens}
  year: "2021"
  kind: statistic
  basis: own
  use: ok
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the small library."""
    return Path(shutil.copytree(LIBRARY, tmp_path / "content"))


def said(content: Path) -> list[str]:
    """Return what is wrong with the sources in *content*."""
    return [str(fault.problem) for fault in sources.check(library.load(content, "content"))]


def write(content: Path, name: str, text: str) -> None:
    """Add a source."""
    (content / "sources" / f"{name}.yaml").write_text(text, "utf-8")


def add(content: Path, name: str = "again", record: str = RECORD) -> None:
    """Add a second source of the same rank."""
    write(content, name, f"citation: Another survey of gardens\n{record}{PASSAGES}")


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("https://test-cms.who.int/news/1", "tests"),
        ("https://staging.example.org/a", "tests"),
        ("https://www-dev.example.org/a", "tests"),
        ("https://bit.ly/3xYz", "shortened"),
        ("https://t.co/abc", "shortened"),
        ("https://ebs.publicnow.com/view/B28F", "copy"),
        ("https://docslib.org/doc/49625/a", "copy"),
        ("https://example.org/ngc-archive/summary/1", "copy"),
        ("https://www.unaids.org/en/node?page=9", "list"),
        ("http://old.caricc.org/index.php/en/?start=230", "list"),
        ("https://www.kuna.net.kw/ArticlePrintPage.aspx?id=1", "printers"),
        ("https://example.org/news/12/print/", "printers"),
    ],
)
def test_an_address_that_is_not_the_works_own_is_refused(
    content: Path, address: str, word: str
) -> None:
    """It would be gone, or show something else, when a reader looks."""
    survey = (LIBRARY / "sources/survey.yaml").read_text("utf-8")
    write(content, "survey", f"{survey}addresses: ['{address}']\nseen: 2026-01-01\n")
    [problem] = said(content)
    assert f"sources/survey.yaml:{survey.count(chr(10)) + 1}:13: error: this address is" in problem
    assert word in problem


@pytest.mark.parametrize(
    "address",
    [
        "https://www.who.int/news/item/1",
        "https://doi.org/10.36922/ghes.2536",
        "https://contest.example.org/a",
        "https://latest.example.org/developers/a",
        "https://www.example.org/blueprint/a",
        "https://www.example.org/a?id=9",
        "https://programme.ias2023.org/Abstract/Abstract/?abstractid=4072",
        "https://not.co/a",
    ],
)
def test_an_innocent_address_passes(content: Path, address: str) -> None:
    """A word in a longer word is no sign."""
    survey = (LIBRARY / "sources/survey.yaml").read_text("utf-8")
    write(content, "survey", f"{survey}addresses: ['{address}']\nseen: 2026-01-01\n")
    assert said(content) == []


def test_a_doi_comes_first_and_a_day_is_given(content: Path) -> None:
    """Whoever looks it up begins with what lasts, and knows what was seen when."""
    survey = (LIBRARY / "sources/survey.yaml").read_text("utf-8")
    both = "addresses: ['https://www.example.org/a', 'https://doi.org/10.1000/1']"
    write(content, "survey", f"{survey}{both}\n")
    first, day = said(content)
    assert "a DOI comes first" in first
    assert "write 'seen: 2026-03-12', the day" in day


def test_a_final_brief_needs_title_and_author_or_the_reason(content: Path) -> None:
    """What a source does not state is said in print."""
    survey = (LIBRARY / "sources/survey.yaml").read_text("utf-8").partition("author:")[0]
    write(content, "survey", survey)
    [problem] = said(content)
    assert "this source has no title and no author, and a brief is final" in problem
    write(content, "survey", f"{survey}unstated: not in the supplied text\n")
    assert said(content) == []
    for brief in content.glob("briefs/*.yaml"):
        brief.write_text(brief.read_text("utf-8").replace("final", "draft"), "utf-8")
    write(content, "survey", survey)
    assert said(content) == []


def test_sources_of_one_rank_are_told_apart(content: Path) -> None:
    """Each locator has the mark of its source: made, and with a letter where two are alike, or given."""
    add(content)
    draft = library.load(content, "content")
    assert said(content) == []
    edition = resolve.resolve(library.sound(draft), "red", "en")
    assert {note.mark for note in edition.notes if note.source == "survey"} == {
        "Gardens Office 2021b"
    }
    assert edition.works == ("study", "study")
    add(content, record=f"{RECORD}mark: Gardens Office 2021\n")
    edition = resolve.resolve(library.sound(library.load(content, "content")), "red", "en")
    assert {note.mark for note in edition.notes} == {"Gardens Office 2021a"}
    add(content, record=RECORD.replace("author: [Gardens Office]\n", ""))
    assert any("by which a reader knows it" in problem for problem in said(content))


def test_two_with_one_mark_are_refused(content: Path) -> None:
    """Nobody could tell which is meant."""
    add(content, record=f"{RECORD}mark: Town 1\n")
    add(content, "third", f"{RECORD}mark: Town 1\n")
    assert "source 'again' has the mark 'Town 1' too" in " ".join(said(content))


def test_marks_go_on_behind_z(content: Path) -> None:
    """The twenty-seventh is 'aa'; a mark that is given stays as it is."""
    for number in range(30):
        add(content, f"again-{number:02}")
    add(content, "given", f"{RECORD}mark: Town 1\n")
    known = marks(library.load(content, "content").sources)
    assert [known[f"again-{number:02}"][-3:] for number in (0, 25, 26, 29)] == [
        "21a",
        "21z",
        "1aa",
        "1ad",
    ]
    assert known["survey"] == "Gardens Office 2021ae"
    assert known["given"] == "Town 1"
    assert len(set(known.values())) == len(known)


def test_a_text_may_say_who_by_the_mark_or_author(content: Path) -> None:
    """'Gardens Office 2021' says so, and its year is no number of ours; another's name does not."""
    blue, survey = content / "blocks" / "blue.yaml", content / "sources" / "survey.yaml"
    text, known = blue.read_text("utf-8"), survey.read_text("utf-8")
    old = "Children are {visitors.children} of visitors, the survey says."
    assert old in text
    for name, rules in (
        ("Gardens Office 2021", set()),
        ("the Gardens Office", set()),
        ("the gardens office", {"attribution"}),
        ("Elm 2021", {"attribution", "named", "number"}),
        ("Town 1", {"number"}),  # a mark that the source has, but the number is no year of it
    ):
        new = f"Children, {name} counts, are {{visitors.children}} of visitors."
        blue.write_text(text.replace(old, new), "utf-8")
        survey.write_text(known + "mark: Town 1\n" * (name == "Town 1"), "utf-8")
        draft = library.load(content, "content")
        faults = [each.problem for each in checks.of_library(draft, HERE.fonts)]
        assert {each.rule for each in faults if each.severity == "error"} == rules, name


def test_what_is_older_cannot_be_since(content: Path) -> None:
    """A source from elsewhere is younger than what the series is about."""
    old = RECORD.replace("2021", "2019").replace("outside: false", "outside: true")
    add(content, record=old)
    [problem] = said(content)
    assert "this source is of 2019, older than what the series is about, of 2021" in problem
    survey = (LIBRARY / "sources/survey.yaml").read_text("utf-8")
    undated = survey.replace('issued: "2021"\n', "").replace("latest: 2020-2021", "latest: 2018")
    write(content, "survey", undated)
    assert said(content) == []  # the year of its figures counts where it has no other


def test_two_values_of_one_measure_are_explained(content: Path) -> None:
    """The author settles it, or says why they differ, which is printed."""
    add(content)
    claims = content / "claims" / "gardens.yaml"
    text = claims.read_text("utf-8")
    first = "total: {number: 40, unit: gardens"
    assert first in text
    text = text.replace(first, f'{first}, measure: gardens, year: "2021"')
    claims.write_text(text + CLAIM, "utf-8")
    [problem] = said(content)
    assert "'counted_again.total' is 41, and 'gardens' has 40 for 'gardens'" in problem
    reason = "  differs_from: {claim: gardens, reason: One counts schools.}\n"
    claims.write_text(text + CLAIM + reason, "utf-8")
    assert said(content) == []
    claims.write_text(text + CLAIM + reason.replace("gardens", "gardns", 1), "utf-8")
    assert "no claim is called 'gardns'" in " ".join(said(content))


def test_what_explains_its_difference_is_compared_with_no_other(content: Path) -> None:
    """Of three values the first stands, one explains itself, and the third is named, once."""
    add(content)
    add(content, "third")
    claims = content / "claims" / "gardens.yaml"
    text = claims.read_text("utf-8")
    text = text.replace(
        "total: {number: 40, unit: gardens",
        'total: {number: 40, measure: gardens, year: "2021", unit: gardens',
    )
    reason = "  differs_from: {claim: gardens, reason: One counts schools.}\n"
    third = CLAIM.replace("counted_again", "counted_thrice").replace("C900", "C901")
    third = third.replace("source: again", "source: third").replace('"41"', '"55"')
    claims.write_text(text + CLAIM + reason + third, "utf-8")
    [problem] = said(content)
    assert "'counted_thrice.total' is 55, and 'gardens' has 40" in problem


def test_what_a_share_is_of_is_printed(content: Path) -> None:
    """With the number where the passage has it, and that it has none where not; as data, too."""
    claims = content / "claims" / "gardens.yaml"
    text = claims.read_text("utf-8").replace("of: visitors}", "of: '{visitors.all} visitors'}", 1)
    text = text.replace("    walkers", '    all: {number: "250", unit: visitors}\n    walkers')
    claims.write_text(text, "utf-8")
    survey = content / "sources" / "survey.yaml"
    survey.write_text(survey.read_text("utf-8").replace("1/3]", '1/3, "250"]'), "utf-8")
    product = produce(content.parent, content, audiences=("red",))
    html = re.sub("<[^>]*>", "", product.finished["en", "red"].files["html"].decode())
    page = " ".join(unescape(html).split())
    assert (
        "year not stated · more than 60% of 250 visitors; at least 6–7% of visitors, number not stated; "
        "1⁄3 of what is not stated"
    ) in page
    draft = library.sound(library.load(content, "content"))
    [row] = [row for row in claims_data.claims(draft, [], "en") if row["id"] == "visitors"]
    assert row["of"] == {"children": "250 visitors", "walkers": "visitors", "share": "not stated"}
    assert b"children: 250 visitors; walkers: visitors" in claims_data.as_csv([row], [])


@pytest.mark.parametrize(
    ("basis", "value", "said"),
    [
        ("own", "", ["benefit"]),
        ("pooled", "", []),
        ("own", "interval: {low: 30, high: 50}, ", []),
        ("own", "interval: {low: 30, high: 50}, of: towns, ", ["benefit"]),
    ],
)
def test_a_benefit_that_the_source_measures_may_be_said(
    content: Path, basis: str, value: str, said: list[str]
) -> None:
    """A pooled effect, or one with an interval; the interval of a share is none."""
    add(content)
    again = content / "sources" / "again.yaml"
    again.write_text(
        again.read_text("utf-8").replace('"41"', '"41", 41 (95% CI 30 to 50)'), "utf-8"
    )
    claim = CLAIM.replace("unit: gardens, m", f"unit: gardens, {value}m").replace(
        "basis: own", f"basis: {basis}"
    )
    claims = content / "claims" / "gardens.yaml"
    claims.write_text(claims.read_text("utf-8") + claim, "utf-8")
    terms, blue = content / "terms" / "en.yaml", content / "blocks" / "blue.yaml"
    terms.write_text(terms.read_text("utf-8") + "services: [treatment]\n", "utf-8")
    text = blue.read_text("utf-8").replace(
        "Gates are shut.[^quiet]", "The survey says that treatment saves gardens.[^counted_again]"
    )
    blue.write_text(text, "utf-8")
    draft = library.load(content, "content")
    faults = [each.problem for each in checks.of_library(draft, HERE.fonts)]
    assert [each.rule for each in faults if each.severity == "error"] == said


GRADED = """  certainty: {rating: low, rater: the authors}
  population: people with gardens
  comparator: no garden
  number_of_studies: 55
  number_of_participants: 12500
"""


def test_what_a_review_says_of_a_finding_is_printed(content: Path) -> None:
    """A pooled effect is called that, with its studies, and until when they were searched."""
    review = RECORD.replace("primary study", "systematic review\nsearched: 2018-03")
    add(content, record=review)
    claims = content / "claims" / "gardens.yaml"
    pooled = CLAIM.replace("basis: own", "basis: pooled").replace(
        'year: "2021"', "year: not stated"
    )
    pooled = pooled.replace(" of {counted_again.total:year}", "")
    claims.write_text(claims.read_text("utf-8") + pooled + GRADED, "utf-8")
    blocks = content / "blocks" / "red.yaml"
    text = blocks.read_text("utf-8")
    assert "They are quiet.[^quiet]" in text
    blocks.write_text(
        text.replace(
            "They are quiet.[^quiet]",
            "They are quiet.[^quiet] Others were counted.[^counted_again]",
        ),
        "utf-8",
    )
    product = produce(content.parent, content, audiences=("red",))
    [note] = [
        one for one in product.finished["en", "red"].edition.notes if one.claim == "counted_again"
    ]
    assert (note.basis.name, note.searched, note.studies) == ("pooled", "March 2018", "55")
    html = re.sub("<[^>]*>", "", product.finished["en", "red"].files["html"].decode())
    page = " ".join(unescape(html).split())
    assert (
        "pooled from studies · Gardens Office 2021a P1.1 · searched to March 2018 · 55 studies · 12,500 participants · "
        "of: people with gardens · compared with: no garden · low certainty (the authors)"
    ) in page


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('issued: "2021"', 'issued: "2030"', "2030 is after the release"),
        (
            'issued: "2021"',
            "issued: 2021-02-30",
            "there is no day 2021-02-30: February has 28 days",
        ),
        ('issued: "2021"', 'issued: "2019"', "issued in 2019, before 2021, the latest year in it"),
        ('issued: "2021"', 'issued: "2021"\nsearched: 2031-01', "2031-01 is after the release"),
        ('issued: "2021"', 'issued: "2021"\nsearched: 2022-01', "cannot have searched until 2022"),
    ],
)
def test_a_record_that_cannot_be_is_refused(content: Path, old: str, new: str, word: str) -> None:
    """Days are compared with each other, with the release and with what the source holds."""
    survey = (LIBRARY / "sources/survey.yaml").read_text("utf-8")
    assert old in survey
    write(content, "survey", survey.replace(old, new))
    faults = [str(fault.problem) for fault in dates.check(library.load(content, "content"))]
    assert faults
    assert any(word in fault for fault in faults)


def test_a_claim_differs_from_another_on_the_same_measure(content: Path) -> None:
    """Not from itself, nor from one that measures something else."""
    add(content)
    claims = content / "claims" / "gardens.yaml"
    text = claims.read_text("utf-8")
    for other, word in (("quiet", "no value of the same 'measure'"), ("counted_again", "itself")):
        reason = f"  differs_from: {{claim: {other}, reason: One counts schools.}}\n"
        claims.write_text(text + CLAIM + reason, "utf-8")
        assert any(word in problem for problem in said(content))
