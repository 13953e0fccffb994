"""The editor that never sleeps: one edit that breaks one rule, and what is said of it; and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from press.checks.content import editorial
from press.content import library
from press.rulebook import rules

LIBRARY = Path(__file__).parents[1] / "library"
LIMITS = """\
all:
  claims: 4
  finding_times: 6
  messages_least: 1
  messages_most: 2
  message_words: 14
  sentence_words: 12
  mean_sentence_words: 10
  paragraph_sentences: 3
  list_items: 3
  figure_title_words: 7
  problems: 1
  options_least: 1
  options_most: 2
  grade: 12
  shared_percent: 101
  sections: [main, messages, ask]
"""
TERMS = """\
official_names:
  - {name: Agenda 21, source: the United Nations}
attribution: [the survey says, the survey judges]
acronyms: [HIV]
services: [gardens, treatment]
gone:
  - {name: Garden Office, since: closed in spring}
tied:
  - {phrase: state policy, claim: quiet}
avoid:
  - {word: weed*, say: wild plants, reason: plants first, source: the town}
  - {word: shed, say: garden house, reason: house rule, source: the town, unless: made}
"""
CLAIMS = "claims/gardens.yaml"
RED, BLUE, MADE = "blocks/red.yaml", "blocks/blue.yaml", "blocks/shared.yaml"


class Edit(NamedTuple):
    """A change to one file, and what is said: place, severity, rule, and words of the message."""

    file: str
    old: str
    new: str
    place: str
    severity: str
    rule: str
    words: str


GATES = "does: open the gates.[^quiet]\n    by: 2027-06\n    takes: A key"
LONG = "This sentence has far too many words for anyone to read it out in one breath."
STEP = "blue-step:\n  step:\n    who: Schools\n    does: open the "
EDITS = [
    Edit(
        MADE,
        "This brief rests",
        f"{LONG} This brief rests",
        "blocks/shared.yaml:4:7",
        "error",
        "sentence",
        "16 words; the limit is 12",
    ),
    Edit(
        "briefs/red.yaml",
        "title: ",
        f"title: {LONG[:-1]}, and ",
        "briefs/red.yaml:4:8",
        "error",
        "sentence",
        "the limit is 12: shorten it",
    ),
    Edit(
        MADE,
        "This brief rests on a survey.",
        "One. This. Is. Short.",
        "blocks/shared.yaml:4:7",
        "warning",
        "paragraph",
        "5 sentences; the limit is 3",
    ),
    Edit(
        RED,
        "are quiet.[^quiet]",
        "are quiet.[^quiet] And so on, and on.",
        "blocks/red.yaml:6:11",
        "error",
        "message",
        "18 words; the limit is 14",
    ),
    Edit(
        "limits.yaml",
        "claims: 4",
        "claims: 4\n  present_years: 5",
        "briefs/blue.yaml:4:16",
        "error",
        "tense",
        "'are' tells in the present what is undated, or from before 2021: tell it in the past",
    ),
    Edit(
        "limits.yaml",
        "finding_times: 6",
        "finding_times: 4",
        "blocks/red.yaml:21:39",
        "warning",
        "repeated",
        "finding 'gardens' is told 5 times: in title, red-main",
    ),
    Edit(
        RED,
        "title: Schools have",
        "title: In this town the schools have most of",
        "blocks/red.yaml:12:12",
        "error",
        "figure-title",
        "words; the limit is 7",
    ),
    Edit(
        "briefs/blue.yaml",
        "messages: [blue-message]",
        "messages: []",
        "briefs/blue.yaml:4:8",
        "error",
        "sections",
        "no section 'messages'",
    ),
    Edit(
        "briefs/blue.yaml",
        "blue-problem, blue-unchanged, blue-option]",
        "blue-problem]",
        "briefs/blue.yaml:10:13",
        "error",
        "options",
        "has 0 alternatives; it needs at least 1",
    ),
    Edit(
        "limits.yaml",
        "claims: 4",
        "claims: 1",
        "briefs/blue.yaml:4:8",
        "warning",
        "claims",
        "claims cited; the limit is 1",
    ),
    Edit(
        "limits.yaml",
        "mean_sentence_words: 10",
        "mean_sentence_words: 2",
        "briefs/blue.yaml:4:8",
        "warning",
        "mean-sentence",
        "on average; the limit is 2",
    ),
    Edit(
        "limits.yaml",
        "grade: 12",
        "grade: 1",
        "briefs/blue.yaml:4:8",
        "warning",
        "grade",
        "as its reading grade; the limit is 1",
    ),
    Edit(
        "limits.yaml",
        "messages_most: 2",
        "messages_most: 1",
        "briefs/red.yaml:4:8",
        "error",
        "messages",
        "2 key messages; it takes 1 to 1",
    ),
    Edit(
        "limits.yaml",
        "shared_percent: 101",
        "shared_percent: 0",
        "briefs/red.yaml:4:8",
        "warning",
        "shared",
        "under those of brief 'blue' too",
    ),
    Edit(
        BLUE,
        "of visitors, the survey says.",
        "of visitors.",
        "blocks/blue.yaml:6:11",
        "error",
        "attribution",
        "say who says so",
    ),
    Edit(
        MADE,
        "frame: What the survey reported",
        "frame: About the gardens of the town",
        "blocks/shared.yaml:6:12",
        "error",
        "frame",
        "does not say who speaks",
    ),
    Edit(
        RED,
        "The survey judges that they are quiet.",
        "They are quiet.",
        "blocks/red.yaml:6:71",
        "error",
        "judgement",
        "say whose it is",
    ),
    Edit(
        RED,
        "In {gardens.total:year} there were {gardens.total}",
        "There were {gardens.total}",
        "blocks/red.yaml:6:11",
        "error",
        "year",
        "has a year, 2020-2021",
    ),
    Edit(
        MADE,
        "This brief rests on a survey.",
        "Treatment saves lives.[^gardens]",
        "blocks/shared.yaml:4:7",
        "error",
        "benefit",
        "'Treatment saves' claims a benefit",
    ),
    Edit(
        MADE,
        "on a survey.",
        "on evidence of high certainty.",
        "blocks/shared.yaml:4:39",
        "error",
        "certainty",
        "'high certainty' speaks of graded",
    ),
    Edit(
        BLUE,
        "who: Nobody",
        "who: The Garden Office",
        "blocks/blue.yaml:35:14",
        "error",
        "gone",
        "'Garden Office' no longer exists (closed in spring)",
    ),
    Edit(
        MADE,
        "on a survey.",
        "on state policy.",
        "blocks/shared.yaml:4:27",
        "error",
        "tied",
        "belongs to claim 'quiet' only",
    ),
    Edit(
        BLUE,
        "of visitors, the survey says.",
        "of those who came, the survey says.",
        "blocks/blue.yaml:6:11",
        "error",
        "kept",
        "'visitors' is printed here without 'visitors'",
    ),
    Edit(
        BLUE,
        "Children are {visitors.children}",
        "Parents and children are {visitors.children}",
        "blocks/blue.yaml:6:11",
        "error",
        "never",
        "'Parents' may not be said of 'visitors'",
    ),
    Edit(
        RED,
        "there were {gardens.total} gardens.",
        "they fell to {gardens.total} gardens.",
        "blocks/red.yaml:6:40",
        "error",
        "turned",
        "'fell' turns what is cited here, which says 'rose'",
    ),
    Edit(
        RED,
        "Number of gardens, {gardens.total:year}",
        "Number of gardens",
        "blocks/red.yaml:13:15",
        "error",
        "year",
        "nothing in this figure says that 'gardens.others' is of 2020-2021",
    ),
    Edit(
        BLUE,
        "Gates are shut, the",
        "Gates are always shut, the",
        "blocks/blue.yaml:14:21",
        "error",
        "absolute",
        "'always' is more than what is cited here says",
    ),
    Edit(
        BLUE,
        "Gates are shut, the",
        "Gates are shut thanks to rain, the",
        "blocks/blue.yaml:14:26",
        "error",
        "cause",
        "'thanks to' gives a cause, and what is cited here does not",
    ),
    Edit(
        RED,
        "{gardens.schools} of {gardens.total} gardens",
        "{gardens.total} of {gardens.schools} gardens",
        "blocks/red.yaml:12:25",
        "error",
        "swapped",
        "'gardens.total' is no part of 'gardens.schools'",
    ),
    Edit(
        BLUE,
        "Gates are shut, the",
        "Gates are not shut, the",
        "blocks/blue.yaml:14:21",
        "error",
        "denied",
        "'not' denies what is cited here",
    ),
    Edit(
        "claims/gardens.yaml",
        "claim: Gardens are quiet.",
        "claim: Gardens are not quiet.",
        "blocks/blue.yaml:3:11",
        "error",
        "denied",
        "what is cited here says 'not', and this does not",
    ),
    Edit(
        BLUE,
        "Gates are shut, the",
        "Gates in Rome are shut, the",
        "blocks/blue.yaml:14:20",
        "error",
        "named",
        "nothing cited here names 'Rome'",
    ),
    Edit(
        BLUE,
        "Gates are shut, the survey judges.",
        "Gates are shut, the mayor judges.",
        "blocks/blue.yaml:14:37",
        "error",
        "speaker",
        "nothing cited here is said by 'mayor'",
    ),
    Edit(
        MADE,
        "on a survey.",
        "on weeds.",
        "blocks/shared.yaml:4:27",
        "error",
        "word",
        "'weeds': say 'wild plants' (plants first)",
    ),
    Edit(
        BLUE,
        "Gates are shut, the",
        "The shed is shut, the",
        "blocks/blue.yaml:14:15",
        "error",
        "word",
        "'shed': say 'garden house'",
    ),
    Edit(
        MADE,
        "on a survey.",
        "on work of the NGO.",
        "blocks/shared.yaml:4:39",
        "error",
        "acronym",
        "'NGO' is not spelled out",
    ),
    Edit(
        BLUE,
        "    status_quo: true\n",
        "",
        "briefs/blue.yaml:10:13",
        "error",
        "alternatives",
        "the first alternative is what is done now, and no other is",
    ),
    Edit(
        "briefs/blue.yaml",
        "blue-unchanged, blue-option]",
        "blue-option, blue-unchanged]",
        "briefs/blue.yaml:10:40",
        "error",
        "alternatives",
        "stands behind another alternative: put it first",
    ),
    Edit(
        "briefs/blue.yaml",
        "blue-unchanged, blue-option]",
        "blue-option]",
        "briefs/blue.yaml:10:13",
        "error",
        "alternatives",
        "one alternative is no choice",
    ),
    Edit(
        BLUE,
        "    preferred: It alone lets readers in.\n",
        "",
        "briefs/blue.yaml:10:13",
        "error",
        "alternatives",
        "'preferred' is given to none of 2 alternatives: give it to one, with the reason",
    ),
    Edit(
        BLUE,
        "    status_quo: true",
        "    status_quo: true\n    preferred: It is quiet.",
        "briefs/blue.yaml:10:43",
        "error",
        "alternatives",
        "'preferred' is given to 2 of 2 alternatives",
    ),
    Edit(
        BLUE,
        "    legal: Rules of each school\n",
        "",
        "blocks/blue.yaml:18:11",
        "error",
        "lacking",
        "this alternative lacks legal: an answer such as 'nobody' is one",
    ),
    Edit(
        BLUE,
        "of each school\n    benefit: No evidence was found.",
        "of each school\n    benefit: Quieter gardens",
        "blocks/blue.yaml:26:14",
        "error",
        "lacking",
        "this benefit cites no claim, and does not say that there is no evidence",
    ),
    Edit(
        BLUE,
        "of each school\n    benefit: No evidence was found.",
        "of each school\n    benefit: Nobody has to pay, and no study leave is lost.",
        "blocks/blue.yaml:26:14",
        "error",
        "lacking",
        "this benefit cites no claim, and does not say that there is no evidence",
    ),
    Edit(
        BLUE,
        "by: 2027-03",
        "by: 2027-07",
        "blocks/blue.yaml:58:9",
        "error",
        "steps",
        "2027-06 is before 2027-07, the month of 'blue-keys'",
    ),
    Edit(
        BLUE,
        "does: open the gates.[^quiet]\n    by: 2027-06\n    takes",
        "does: unlock the doors.[^quiet]\n    by: 2027-06\n    takes",
        "blocks/blue.yaml:18:11",
        "error",
        "ask",
        "the preferred alternative does not say 'open', 'gates', as the ask does",
    ),
    Edit(
        BLUE,
        f"{STEP}gates.[^quiet]",
        f"{STEP}doors.[^quiet]",
        "blocks/blue.yaml:57:11",
        "error",
        "ask",
        "this step of the month of the ask says 'doors', as the ask does not",
    ),
    Edit(
        BLUE,
        f"{STEP}gates.[^quiet]\n    by: 2027-06",
        f"{STEP}gates.[^quiet]\n    by: 2027-07",
        "blocks/blue.yaml:10:9",
        "error",
        "ask",
        "no step is due by 2027-06, the month of the ask",
    ),
    Edit(
        BLUE,
        f"{STEP}gates.[^quiet]",
        f"{STEP}gates not.[^quiet]",
        "blocks/blue.yaml:57:11",
        "error",
        "ask",
        "this step of the month of the ask says 'not', as the ask does not",
    ),
    Edit(
        BLUE,
        f"{STEP}gates.[^quiet]",
        f"{STEP}lot.[^quiet]",
        "blocks/blue.yaml:57:11",
        "error",
        "ask",
        "this step of the month of the ask does not say 'gates', as the ask does",
    ),
    Edit(
        BLUE,
        "by {by}, open the gates.",
        "by {by}, open the gates for HIV.",
        "blocks/blue.yaml:18:11",
        "error",
        "ask",
        "the preferred alternative does not say 'HIV', as the ask does",
    ),
    Edit(
        BLUE,
        f"who: Schools\n    {GATES}",
        f"who: Gardeners\n    {GATES}",
        "blocks/blue.yaml:17:10",
        "error",
        "ask",
        "this is done by 'Gardeners', and the ask is for 'Schools': it lacks 'Schools'",
    ),
    Edit(
        BLUE,
        f"{STEP}gates",
        f"{STEP}gates".replace("Schools", "Gardeners"),
        "blocks/blue.yaml:56:10",
        "error",
        "ask",
        "this is done by 'Gardeners', and the ask is for 'Schools': it lacks 'Schools'",
    ),
    Edit(
        BLUE,
        "by: 2027-06\n    takes: A key",
        "by: 2027-09\n    takes: A key",
        "blocks/blue.yaml:19:9",
        "error",
        "ask",
        "this alternative says what the ask does, and '2027-09' instead of 2027-06: give both one month",
    ),
    Edit(
        BLUE,
        "preferred: It alone lets readers in.",
        "preferred: Treatment saves lives.",
        "blocks/blue.yaml:31:16",
        "error",
        "benefit",
        "claims a benefit",
    ),
    Edit(
        BLUE,
        "name: Open the gates",
        "name: Pull the weeds",
        "blocks/blue.yaml:24:20",
        "error",
        "word",
        "'weeds': say 'wild plants'",
    ),
    Edit(
        "limits.yaml",
        "claims: 4",
        "claims: 4\n  alternatives_most: 1",
        "briefs/blue.yaml:10:13",
        "warning",
        "options",
        "problem 'blue-problem' has 2 alternatives; limits.yaml allows 1",
    ),
]
FINE = {
    "another form of a word of the ask": (
        BLUE,
        "does: open the gates.[^quiet]\n    by: 2027-06\n    takes",
        "does: opens each gate.[^quiet]\n    by: 2027-06\n    takes",
    ),
    "who acts with those whom the ask is for": (
        BLUE,
        f"who: Schools\n    {GATES}",
        f"who: The town with all schools\n    {GATES}",
    ),
    "that a benefit was not measured": (
        BLUE,
        "of each school\n    benefit: No evidence was found.",
        "of each school\n    benefit: Nobody has measured it.",
    ),
    "that a benefit was not studied": (
        BLUE,
        "of each school\n    benefit: No evidence was found.",
        "of each school\n    benefit: No outcome study has looked at it.",
    ),
    "a benefit with its claim": (
        BLUE,
        "of each school\n    benefit: No evidence was found.",
        "of each school\n    benefit: Quieter gardens.[^quiet]",
    ),
    "that nobody found a benefit": (
        BLUE,
        "of each school\n    benefit: No evidence was found.",
        "of each school\n    benefit: No evidence was found that treatment saves lives.",
    ),
    "two steps of a month": (BLUE, "by: 2027-03", "by: 2027-06"),
    "an acronym that is spelled out": (
        MADE,
        "on a survey.",
        "on a non-state group (NGO). The NGO is small.",
    ),
    "an acronym of the list": (MADE, "on a survey.", "on work on HIV."),
    "that something is not stated": (
        BLUE,
        "Gates are shut, the survey judges.",
        "Gates are shut, the survey judges, but gives no number.",
    ),
    "a denial in other words of what the caveat denies": (
        BLUE,
        "of visitors, the survey says.",
        "of visitors, it says; nobody saw counters.",
    ),
    "a name of the series": (BLUE, "Gates are shut, the", "Gates in the Town are shut, the"),
    "a word to keep in the sentence behind": (
        BLUE,
        "of visitors, the survey says.",
        "of callers, the survey says. They are visitors.",
    ),
    "the direction that the claim has": (
        RED,
        "there were {gardens.total} gardens.",
        "they grew to {gardens.total} gardens.",
    ),
    "an aim is no benefit": (
        MADE,
        "This brief rests on a survey.",
        "The aim of treatment is to reduce harm.[^gardens]",
    ),
    "a quotation of graded words": (MADE, "on a survey.", "on “high certainty”."),
    "a word in the section where it is right": (MADE, "on a survey.", "on a shed."),
    "a rule of wording that is set aside": (
        MADE,
        "  paragraph:\n    text: >-\n      This brief rests on a survey.",
        "  paragraph:\n    allow: [{rule: word, reason: a name, by: the editor}]\n    text: >-\n      This brief rests on weeds.",
    ),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library, with limits and terms that its texts keep to."""
    return prepared(tmp_path)


def prepared(tmp_path: Path) -> Path:
    """Copy the small library, with limits and terms that its texts keep to."""
    folder = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    (folder / "limits.yaml").write_text(LIMITS, "utf-8")
    (folder / "terms" / "en.yaml").write_text(TERMS, "utf-8")
    change(
        folder,
        RED,
        "there were {gardens.total} gardens. They are quiet.",
        "there were {gardens.total} gardens. The survey judges that they are quiet.",
    )
    change(
        folder,
        RED,
        "Of the visitors, the survey says, {visitors.children} are children.",
        "The survey says {visitors.children} of visitors are children.",
    )
    change(
        folder,
        BLUE,
        "Azure words for the blue reader only.",
        "Azure words, the survey judges, for the blue reader only.",
    )
    change(
        folder,
        "claims/gardens.yaml",
        "year: not stated\n  kind: fact",
        "year: not stated\n  kind: judgement",
    )
    change(folder, CLAIMS, "at schools.", "at schools; their number rose.")
    kept = "who counted.\n  keep: [visitors]\n  never: [parents]\n"
    change(folder, CLAIMS, "who counted.\n", kept)
    change(folder, BLUE, "Gates are shut.", "Gates are shut, the survey judges.")
    change(folder, "briefs/blue.yaml", "Gardens are quiet", "Gardens are quiet, the survey judges")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace *old*, which is there, by *new*."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def found(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return place, severity, rule and message of all that the editor finds."""
    read = library.load(folder, "")
    assert read.faults == []
    problems = sorted(fault.problem for fault in editorial.check(read))
    return [(str(one.place).lstrip("/"), one.severity, one.rule, one.message) for one in problems]


def test_the_editor_has_nothing_to_say_of_the_library_itself(content: Path) -> None:
    """What an edit brings comes from the edit."""
    assert found(content) == []


@pytest.mark.parametrize("edit", EDITS, ids=[f"{edit.rule}-{n}" for n, edit in enumerate(EDITS)])
def test_an_edit_that_breaks_a_rule_is_found_at_its_place(content: Path, edit: Edit) -> None:
    """Just this rule is named, there, and no other."""
    change(content, edit.file, edit.old, edit.new)
    said = found(content)
    assert {rule for _, _, rule, _ in said} == {edit.rule}
    assert (edit.place, edit.severity) in {(place, severity) for place, severity, _, _ in said}
    assert any(edit.words in message for _, _, _, message in said)


@pytest.mark.parametrize(
    ("words", "said"), [("always", {"absolute"}), ("only on some days", set())]
)
def test_a_caveat_allows_its_own_words_alone(content: Path, words: str, said: set[str]) -> None:
    """An "only" in what limits a claim is no leave to say 'always'."""
    quiet = "claim: Gardens are quiet.\n"
    caveat = "  caveat: They are so only on some days.\n"
    change(content, "claims/gardens.yaml", quiet, f"{quiet}{caveat}")
    change(content, BLUE, "Gates are shut, the", f"Gates are shut {words}, the")
    assert {rule for _, _, rule, _ in found(content)} == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            ["Meetings take place", "Gates serve readers", "It’s mainly quiet", "Many die there"],
            ["Meetings take", "Gates serve", "It’s", "Many die"],
        ),
        (
            ["They do not reach readers", "Peace becomes rare", "They are, it is said to be so"],
            ["do not", "becomes", "are"],
        ),
        (
            ["Noise, said to hinder readers", "Readers lack a key", "Visitors arrive late"],
            ["said to hinder", "Readers lack", "Visitors arrive"],
        ),
        (
            [
                "It could remain quiet",
                "There was a lack of keys",
                "The survey does not state it",
                "They did not reach readers",
                "Gates were made to serve those who live there",
                "It was said to be quiet",
            ],
            [],
        ),
    ],
)
def test_the_present_is_found_in_verbs_of_one_and_of_many(
    content: Path, texts: list[str], said: list[str]
) -> None:
    """What a source does not say is told in the present, as it is there to be read."""
    change(content, "limits.yaml", "claims: 4", "claims: 4\n  present_years: 5")
    text = " ".join(f"{each}.[^quiet]" for each in texts)
    change(content, MADE, "This brief rests on a survey.", text)
    told = [(str(place), message) for place, _, rule, message in found(content) if rule == "tense"]
    told.sort(key=lambda each: [int(part) for part in each[0].split(":")[1:]])
    assert [message.split("'")[1] for place, message in told if MADE in place] == said


@pytest.mark.parametrize(("cause", "said"), [("money", {"cause"}), ("readers", set())])
def test_another_cause_is_not_that_of_the_claim(content: Path, cause: str, said: set[str]) -> None:
    """What is said in common, 'a lack of', is no cause by itself."""
    owing = "Gardens are quiet owing to a lack of readers."
    change(content, "claims/gardens.yaml", "Gardens are quiet.", owing)
    change(content, BLUE, "Gates are shut, the", f"Gates are shut owing to a lack of {cause}, the")
    assert {rule for _, _, rule, _ in found(content)} == said


@pytest.mark.parametrize("name", FINE)
def test_what_only_looks_like_a_breach_is_left_alone(content: Path, name: str) -> None:
    """The editor is strict, not nervous."""
    change(content, *FINE[name])
    assert found(content) == []


def test_more_steps_than_the_line_of_time_holds_are_named(content: Path) -> None:
    """A drawing of them would be higher than a page."""
    names = ", ".join(f"step-{letter}" for letter in "abcdefghijklmnopqrstuvw")
    change(content, "briefs/blue.yaml", "next: [blue-keys, ", f"next: [blue-keys, {names}, ")
    step = "  step:\n    who: Schools\n    does: look for the keys.\n    by: 2027-03\n"
    with (content / BLUE).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}:\n{step}" for name in names.split(", "))
    said = [(place, message) for place, _, rule, message in found(content) if rule == "steps"]
    assert said == [
        ("blocks/blue.yaml:58:9", "there are 25 steps, and a line of time holds 24: join some")
    ]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (
            "Gardeners",
            ["this step is done by 'Gardeners', and the preferred alternative by 'Schools'"],
        ),
        ("Schools and gardeners", []),
    ],
)
def test_under_an_ask_without_a_name_who_acts_is_one(
    content: Path, who: str, said: list[str]
) -> None:
    """Alternative and step are compared with each other."""
    change(content, BLUE, '"Schools: by {by}, open', '"By {by}, open')
    change(content, BLUE, f"{STEP}gates", f"{STEP}gates".replace("Schools", who))
    told = [message.partition(":")[0] for _, _, rule, message in found(content) if rule == "ask"]
    assert told == said


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("open the gates.", []),
        (
            "look since {release}. By {by}, open the gates for HIV.",
            ["this step of the month of the ask does not say 'HIV', as the ask does"],
        ),
    ],
    ids=["no month", "another day before"],
)
def test_a_step_is_compared_with_the_sentence_of_the_month(
    content: Path, ask: str, said: list[str]
) -> None:
    """Another day is not it, and where no sentence has it there is nothing to compare."""
    change(content, BLUE, "by {by}, open the gates.", ask)
    change(
        content,
        BLUE,
        GATES,
        GATES.replace("open the gates", "look since then; open the gates for HIV"),
    )
    told = [message.partition(":")[0] for _, _, rule, message in found(content) if rule == "ask"]
    assert told == said


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (
            "Schools should buy benches.",
            ["the main message asks for something else than the ask, which does not say 'benches'"],
        ),
        ("We propose open gates.", []),
    ],
)
def test_the_main_message_asks_for_nothing_else(content: Path, main: str, said: list[str]) -> None:
    """There is one ask, wherever it stands."""
    judged = "Azure words, the survey judges, for the blue reader only.[^quiet]"
    change(content, BLUE, judged, main)
    told = [message.partition(":")[0] for _, _, rule, message in found(content) if rule == "ask"]
    assert told == said


def test_whether_a_service_helps_may_be_what_is_not_known(content: Path) -> None:
    """In the section 'unknown' such words ask; elsewhere they claim."""
    change(
        content, MADE, "This brief rests on a survey.", "Whether treatment saves lives.[^gardens]"
    )
    assert "benefit" in {rule for _, _, rule, _ in found(content)}
    for brief in ("blue", "red"):
        change(content, f"briefs/{brief}.yaml", "made: [shared-made]", "unknown: [shared-made]")
    assert "benefit" not in {rule for _, _, rule, _ in found(content)}


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("moderate certainty", []),
        ("moderate-certainty", []),
        ("very low certainty", ["is not the certainty of what is cited here: moderate"]),
        ("low-certainty", ["is not the certainty of what is cited here: moderate"]),
    ],
)
def test_words_of_certainty_are_those_of_the_claim(
    content: Path, phrase: str, said: list[str]
) -> None:
    """What is graded may say so, and as it is graded."""
    change(
        content,
        "claims/gardens.yaml",
        "basis: official\n",
        "basis: official\n  certainty: {rating: moderate, rater: the authors}\n",
    )
    change(content, MADE, "on a survey.", f"on {phrase} evidence.[^gardens]")
    messages = [message for _, _, rule, message in found(content) if rule == "certainty"]
    assert len(messages) == len(said)
    assert all(words in message for words, message in zip(said, messages, strict=True))


def test_every_rule_has_an_edit_that_breaks_it() -> None:
    """No rule of the table is without a test; the list rule has its own below."""
    ours = {
        name
        for name, rule in rules().items()
        if rule.group in {"Voice", "Length", "Words", "What is to be done"}
    }
    assert ours - {edit.rule for edit in EDITS} == {"list"}, "EDITS needs one for each other rule"
    assert {edit.rule for edit in EDITS} <= ours


def test_a_list_that_is_too_long_is_found(content: Path) -> None:
    """Each item counts, and the place is that of the list."""
    items = "".join(f"\n      - item {letter}" for letter in "abcd")
    text = f"shared-made:\n  paragraph:\n    text: |\n      A list:\n{items}\n"
    (content / MADE).write_text(text, "utf-8")
    assert [(rule, message) for _, _, rule, message in found(content)] == [
        ("list", "this list has 4 items; the limit is 3")
    ]


def test_a_rule_of_the_evidence_cannot_be_set_aside(content: Path) -> None:
    """Attribution is no matter of style."""
    allow = "red-second:\n  message:\n    allow: [{rule: attribution, reason: short, by: me}]\n"
    change(content, RED, "red-second:\n  message:\n", allow)
    read = library.load(content, "")
    assert [fault.problem.rule for fault in read.faults] == ["schema"]


def test_a_draft_may_lack_sections(content: Path) -> None:
    """Its missing sections are a warning: it says on every page that it is not finished."""
    change(content, "briefs/blue.yaml", "status: final", "status: draft")
    change(content, "briefs/blue.yaml", "messages: [blue-message]", "messages: []")
    assert {severity for _, severity, rule, _ in found(content) if rule == "sections"} == {
        "warning"
    }


def test_a_brief_with_a_block_that_could_not_be_read_is_not_counted(content: Path) -> None:
    """Its messages and options would be too few, and its acronyms unexplained, only since a block is missing."""
    change(content, BLUE, "blue-message:\n  message:", "blue-message:\n  mesage:")
    read = library.load(content, "")
    assert [fault.problem.rule for fault in read.faults] == ["schema"]
    assert list(editorial.check(read)) == []


def test_the_first_figure_is_about_what_the_brief_is_about(tmp_path: Path) -> None:
    """It shows a value of a claim that the title or the ask cites; a warning in drafts."""
    content = prepared(tmp_path)
    change(content, "briefs/red.yaml", "counted[^gardens]", "counted")
    assert "first-figure" not in {rule for _, _, rule, _ in found(content)}
    change(content, RED, "count again.[^gardens]", "count again.[^quiet]")
    told = [each for each in found(content) if each[2] == "first-figure"]
    [(place, severity, _, message)] = told
    assert (place, severity) == ("briefs/red.yaml:9:12", "error")
    assert "show one of quiet, or cite in the ask" in message
    change(content, "briefs/red.yaml", "status: final", "status: draft")
    assert {each[1] for each in found(content) if each[2] == "first-figure"} == {"warning"}
