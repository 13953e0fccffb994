"""Who speaks in a section, block or column is named once above it, and nothing of others stands there unnamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.test_editorial import found, prepared
from tests.checks.test_qualifiers import CLAIM, LATER

if TYPE_CHECKING:
    from pathlib import Path

OLD = "They are quiet.[^quiet]"  # a judgement of the survey, and nobody says so
NEW = "In {recount.total:year} there were {recount.total} gardens."


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return the small library with a later source, and a place for more blocks in the red brief."""
    content = prepared(tmp_path)
    (content / "sources/later.yaml").write_text(
        LATER.replace("Gardens Office", "Flora Board"), "utf-8"
    )
    claims = content / "claims/gardens.yaml"
    text = claims.read_text("utf-8") + CLAIM
    claims.write_text(text.replace("kind: fact\n  basis: own", "kind: judgement\n  basis: own", 1))
    limits = content / "limits.yaml"
    limits.write_text(limits.read_text("utf-8").replace("finding_times: 6", "finding_times: 9"))
    brief = content / "briefs/red.yaml"
    brief.write_text(brief.read_text("utf-8") + "  problem: [more]\n", "utf-8")
    return content


def said(content: Path, block: str, frame: str = "") -> list[tuple[str, str]]:
    """Return rule and message of what the editor finds in *block*, below the *frame* of its section."""
    (content / "blocks/more.yaml").write_text(f"more:\n{block}", "utf-8")
    if frame:
        with (content / "briefs/red.yaml").open("a", encoding="utf-8") as brief:
            brief.write(f"frames: {{problem: '{frame}'}}\n")
    return [
        (rule, message)
        for place, _, rule, message in found(content)
        if place.startswith("blocks/more") or "briefs/red.yaml:1" in place
    ]


def paragraph(text: str, frame: str = "") -> str:
    """Return a paragraph of *text*."""
    return f"  paragraph:\n    text: '{text}'\n" + (f"    frame: '{frame}'\n" if frame else "")


def table(head: str, cell: str) -> str:
    """Return a table of one row, whose second column has this *head*."""
    rows = f"    rows:\n      - [Gardens, '{cell}']\n"
    return f"  table:\n    title: Gardens\n    columns: [What, '{head}']\n{rows}"


def figure(source: str) -> str:
    """Return a figure of a later count, from this *source*."""
    lines = [
        "title: Schools have {recount.schools} of {recount.total} gardens",
        "subtitle: 'Gardens, {recount.total:year}'",
        f"source: {source}",
        "alternative: A bar of {recount.total} gardens.",
        "bars: [{label: In all, value: recount.total}, {label: At schools, value: recount.schools}]",
    ]
    return "  figure:\n" + "".join(f"    {line}\n" for line in lines)


REPORTED = "What the survey reported, about {latest}"


def test_a_judgement_needs_a_speaker_or_a_frame(content: Path) -> None:
    """Without one it would be told in our own voice."""
    assert [rule for rule, _ in said(content, paragraph(OLD))] == ["judgement"]


@pytest.mark.parametrize(("framed", "rules"), [("red", 1), ("blue", 1), ("red blue", 0)])
def test_a_block_of_two_briefs_needs_a_speaker_in_both(
    content: Path, framed: str, rules: int
) -> None:
    """It is judged once only where both put it under the same words, whichever comes first."""
    with (content / "briefs/blue.yaml").open("a", encoding="utf-8") as blue:
        blue.write("  problem: [more]\n")
    for name in framed.split():
        with (content / f"briefs/{name}.yaml").open("a", encoding="utf-8") as brief:
            brief.write(f"frames: {{problem: '{REPORTED}'}}\n")
    assert [rule for rule, _ in said(content, paragraph(OLD))] == ["judgement"] * rules


@pytest.mark.parametrize(
    "text", ["Gardens were said to be quiet", "It does not say how quiet", "It has never said so"]
)
def test_a_verb_that_only_helps_is_no_speaker(content: Path, text: str) -> None:
    """'were said' leaves out who spoke, and before 'does not say' it is the word ahead of 'does'."""
    assert "speaker" not in [rule for rule, _ in said(content, paragraph(f"{text}.[^quiet]"))]


@pytest.mark.parametrize(
    ("head", "cell"),
    [("What the survey reported", "Towns"), ("Known since", "Towns, experts said")],
    ids=["the head of another column", "another cell of its row"],
)
def test_only_its_own_row_and_column_speak_for_a_cell(content: Path, head: str, cell: str) -> None:
    """Else one word anywhere in a table would speak for all of it."""
    rows = f"      - [Gardens, '{OLD}', Paths]\n      - [Towns, Many, '{cell}, the survey said']\n"
    block = f"  table:\n    title: Gardens\n    columns: [What, Then, '{head}']\n    rows:\n{rows}"
    assert [rule for rule, _ in said(content, block)] == ["judgement"]


@pytest.mark.parametrize(
    ("block", "frame"),
    [
        (paragraph(OLD), REPORTED),
        (paragraph(OLD, REPORTED), ""),
        (paragraph(OLD, REPORTED), "What Flora Board reported"),
        (table(REPORTED, OLD), ""),
        (paragraph(NEW), "Known since, to {release}"),
        (paragraph(f"{OLD[:-9]} Flora Board counted. {NEW}".replace(OLD[:-9], "")), ""),
        (
            paragraph("Flora Board counted {recount.total} gardens in {recount.total:year}."),
            REPORTED,
        ),
        (table("Known since, to {release}", NEW), REPORTED),
        (figure("Flora Board"), REPORTED),
    ],
    ids=[
        *("section", "block", "the nearest one speaks", "column", "later ones"),
        *(
            "no frame",
            "a speaker of its own",
            "a column inside a section",
            "a figure with its source",
        ),
    ],
)
def test_a_frame_speaks_for_what_stands_below(content: Path, block: str, frame: str) -> None:
    """A sentence names the speaker again only where it differs."""
    assert said(content, block, frame) == []


@pytest.mark.parametrize(
    ("block", "frame"),
    [
        (paragraph(NEW), REPORTED),
        (paragraph(NEW, REPORTED), "Known since, to {release}"),
        (table("What the survey reported", NEW), ""),
        (
            figure("the town").replace(
                "title: Schools have {recount.schools} of {recount.total}", "title: Schools have"
            ),
            REPORTED,
        ),
    ],
    ids=["section", "block", "column", "a figure that cites nothing"],
)
def test_what_became_known_later_is_not_told_below_the_frame_of_the_survey(
    content: Path, block: str, frame: str
) -> None:
    """Nothing later is worded as if the survey had said it."""
    [(rule, message)] = said(content, block, frame)
    assert rule == "frame"
    assert message.startswith("'recount' became known later, and stands below the frame 'What the")


def test_the_source_of_a_figure_is_not_the_survey_where_all_became_known_later(
    content: Path,
) -> None:
    """The line below a figure speaks for its values, without a verb."""
    [(rule, message)] = said(content, figure("the study"))
    assert (rule, message) == (
        "since",
        "'study' did not say what became known later: name who did",
    )


def test_what_the_survey_said_is_not_told_below_the_frame_of_another(content: Path) -> None:
    """It would be told as theirs, or as newer than it is."""
    for frame in ("What Flora Board reported", "Known since, to {release}"):
        message = dict(said(content, paragraph(OLD, frame)))["frame"]
        assert message.startswith(f"'quiet' is not of whom the frame '{frame[:10]}")


def test_a_frame_names_somebody_whom_the_claims_below_know(content: Path) -> None:
    """A mayor who is in no claim has reported nothing."""
    for frame, words in (
        ("What the mayor reported", "nothing cited here is said by 'mayor'"),
        ("About gardens", "does not say who speaks"),
    ):
        assert any(words in message for _, message in said(content, paragraph(OLD, frame)))


def test_a_head_that_names_nobody_is_no_frame(content: Path) -> None:
    """Nearly all heads only say what is below; 'reports' may be a noun there."""
    assert said(content, table("Number of reports", NEW)) == []


@pytest.mark.parametrize("section", ["messages", "country", "made", "evidence"])
def test_only_a_section_that_has_a_heading_and_blocks_takes_one(
    content: Path, section: str
) -> None:
    """On page 1 each message is read alone; nobody would see a frame above nothing."""
    from press.checks.content import structure  # noqa: PLC0415
    from press.content import library  # noqa: PLC0415

    (content / "blocks/more.yaml").write_text(f"more:\n{paragraph(OLD)}", "utf-8")
    with (content / "briefs/red.yaml").open("a", encoding="utf-8") as brief:
        brief.write(f"openers: {{{section}: Gardens were counted}}\n")
    messages = [fault.problem.message for fault in structure.check(library.load(content, ""))]
    [message] = [message for message in messages if "opener" in message]
    assert message.startswith(f"section '{section}' ")
