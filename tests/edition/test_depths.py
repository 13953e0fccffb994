"""The depths of a brief: what each has, how its notes are numbered, and which depths are refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from press import checks
from press.content import library
from press.edition import edition as ed
from press.edition import resolve
from press.edition.depths import short_form
from tests.support.folders import HERE

LIBRARY = Path(__file__).parents[1] / "library"
RED, BRIEF = "blocks/red.yaml", "briefs/red.yaml"
MORE = """\
red-need:
  paragraph:
    text: Beds are short.[^gardens]
red-more:
  paragraph:
    depth: screen
    text: Children come.[^visitors]
red-known:
  note:
    text: The town counts gardens. What they cost is not known.[^gardens]
    short: What gardens cost is not known.[^gardens]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return content whose red brief has a block for the screen, one for the brief, and one with a short text."""
    made = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    blocks = made / RED
    blocks.write_text(blocks.read_text("utf-8") + MORE, "utf-8")
    change(
        made, BRIEF, "  made:", "  evidence: [red-more, red-need]\n  unknown: [red-known]\n  made:"
    )
    change(made, BRIEF, "[red-message, red-second]", "[red-message]")
    return made


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Write *new* in the place of *old*, which is there once."""
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1, old
    (folder / file).write_text(text.replace(old, new), "utf-8")


def edition(folder: Path) -> ed.Edition:
    """Return the red brief as it is on the screen."""
    return resolve.resolve(library.sound(library.load(folder, "")), "red", "en")


def ids(of: ed.Edition) -> list[str]:
    """Return the ids of its blocks."""
    return [block.id for block in of.blocks()]


def refused(folder: Path) -> list[str]:
    """Return what is wrong with depths, with places."""
    draft = library.load(folder, "content")
    found = [*draft.faults, *checks.of_library(draft, HERE.fonts)]
    return [str(fault.problem) for fault in found if fault.problem.rule in {"depth", "schema"}]


def test_each_depth_has_all_of_the_shorter_one(folder: Path) -> None:
    """Page 1, options and what has a short text are in the short form; what is for the screen is there only."""
    whole = edition(folder)
    assert not refused(folder)
    front = ["red-main", "red-message", "red-figure", "red-ask"]
    assert ids(short_form(whole)) == [*front, "red-known"]
    assert ids(whole) == [*front, "red-more", "red-need", "red-known", "shared-made"]


def test_notes_that_only_a_screen_cites_come_last(folder: Path) -> None:
    """The numbers of the print have no gaps, though a block for the screen stands before others."""
    notes = [(note.claim, note.depth) for note in edition(folder).notes]
    assert notes == [("gardens", "brief"), ("quiet", "brief"), ("visitors", "screen")]


def test_the_short_form_has_no_notes_and_the_short_texts(folder: Path) -> None:
    """A mark would lead nowhere; nothing of the long text is left."""
    short = short_form(edition(folder))
    assert not re.findall(r"Marks|note=[1-9]", repr(short))
    assert short.notes == ()
    [known] = [block for block in short.blocks() if isinstance(block, ed.Note)]
    assert ed.plain_text(known.text).strip() == "What gardens cost is not known."
    assert "The town counts" not in ed.to_json(short)


def test_a_message_says_what_its_short_text_rests_on(folder: Path) -> None:
    """The bases beside a message are those of the claims in the words that are printed."""
    change(
        folder,
        RED,
        "They are quiet.[^quiet]",
        "They are quiet.[^quiet]\n    short: They are quiet.[^quiet]",
    )
    whole = edition(folder)
    for form, bases in ((whole, ["official", "own"]), (short_form(whole), ["own"])):
        [message] = [block for block in form.blocks() if block.id == "red-message"]
        assert isinstance(message, ed.Message)
        assert sorted(basis.name for basis in message.bases) == bases


def test_the_short_form_compares_alternatives_by_fewer_rows() -> None:
    """Who does what, at what cost, to what harm and with what sign is in all forms; the reason for one, too."""
    whole = resolve.resolve(library.sound(library.load(LIBRARY, "")), "blue", "en")
    for form, longer in ((whole, True), (short_form(whole), False)):
        [_, best] = [block for block in form.blocks() if isinstance(block, ed.Alternative)]
        assert all(
            (best.who, best.does, best.benefit, best.takes, best.harm, best.sign, best.preferred)
        )
        fields = (best.legal, best.priced, best.pays, best.gains, best.loses)
        assert [bool(each) for each in fields] == [longer] * len(fields)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (RED, "red-main:\n  message:", "red-main:\n  message:\n    depth: brief", "page 1 is in all forms"),
        (BRIEF, "sections:", "depths: {messages: screen}\nsections:", "take 'messages' out of 'depths'"),
        (BRIEF, "sections:", "depths: {evidence: long}\nsections:", "'long'"),
        (BRIEF, "sections:", "depths: {evidense: short}\nsections:", "'evidense'"),
        (RED, "red-known:\n  note:", "red-known:\n  note:\n    depth: brief", "no form would show the short"),
        (RED, "cost is not known.[^gardens]\n    short", "cost is not known.\n    short", "does not cite 'gardens'"),
        (RED, "    short: What gardens cost is not known.[^gardens]",
         "    short: They are said.[^quiet]", "does not cite 'quiet'"),
        (RED, "    short: What gardens cost is not known.[^gardens]",
         "    short: The cost of {gardens.schools} gardens is not known.", "does not print 'gardens.schools'"),
        (RED, "    short: What gardens cost is not known.[^gardens]", "    short: Their cost is not known.", ""),
    ],
)  # fmt: skip
def test_depths_that_serve_nobody_are_refused(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    """Each is told at its place, with the way out; a short text may cite less than the longer one."""
    change(folder, file, old, new)
    found = refused(folder)
    assert [message in each for each in found] == [True] * bool(message)
    assert all(re.match(r"content/\w+/red\.yaml:\d+:\d+: error: ", each) for each in found)
