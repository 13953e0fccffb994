"""A review is taken in, taken in again after a change, and compared with what the index says of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.checks.content.evidence import check
from press.content.library import Draft, load
from press.ingest.changes import Changes, Print, changes
from press.ingest.comparison import compare
from press.ingest.resting import resting
from press.ingest.review import Ingested, accept, ingest
from press.problems import ContentRefusedError, RefusedError, UsageError
from tests.support.folders import apart

if TYPE_CHECKING:
    from press.ground.paths import Folders

LIBRARY = Path(__file__).parents[1] / "library"
TEXT = """\
Gardens of the town

In 2021 there were 48 gardens.1 They are quiet. Nobody counts them.

More than 60% of visitors are children. Some stay for 3,5 hours.
"""
CLAIM = """\
town:
  ref: C950
  source: study
  locator: P1.1
  claim: There were {town.gardens} gardens in {town.gardens:year}.
  values:
    gardens: {number: 48, unit: gardens}
  references: ["1"]
  year: 2021
  kind: statistic
  basis: own
  use: ok
young:
  {ref: C951, source: study, locator: P1.3, claim: Nobody counts., year: not stated, kind: fact, basis: own, use: ok}
"""
USED = "They are quiet.[^quiet] The town had others.[^town]"


class Desk:
    """A small series, and the text of a study that it rests on."""

    def __init__(self, place: Path) -> None:
        self.folders: Folders = apart(place, place / "content")
        shutil.copytree(LIBRARY, self.folders.content)
        (place / "texts").mkdir()
        self.text = place / "texts" / "study.txt"
        self.text.write_text(TEXT, "utf-8")
        self.source = self.folders.content / "sources" / "study.yaml"
        self.claims = self.folders.content / "claims" / "study.yaml"

    def ingest(self) -> Ingested:
        """Take the text in."""
        return ingest(self.text, "study", self.folders, {"kind": "primary study"})

    def change(self, old: str, new: str) -> None:
        """Change the text of the study."""
        text = self.text.read_text("utf-8")
        assert text.count(old) == 1
        self.text.write_text(text.replace(old, new), "utf-8")

    def draft(self) -> Draft:
        """Return what its content is."""
        return load(self.folders.content, str(self.folders.content))

    def said(self) -> list[str]:
        """Return what the comparison with the text finds, without the folder."""
        found = compare(self.folders, self.text.parent)
        return [problem.message.partition("; run ")[0] for problem in found.problems]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return the series after its study was taken in, with claims on it, one of which a brief prints."""
    desk = Desk(tmp_path)
    desk.ingest()
    desk.claims.write_text(CLAIM, "utf-8")
    blocks = desk.folders.content / "blocks" / "red.yaml"
    text = blocks.read_text("utf-8")
    assert "They are quiet.[^quiet]" in text
    blocks.write_text(text.replace("They are quiet.[^quiet]", USED, 1), "utf-8")
    accept(desk.draft(), ("town", "young"))
    return desk


def test_a_review_becomes_a_source(desk: Desk) -> None:
    """With locators, values, units and marks, and none of its words."""
    source = desk.draft().sources["study"]
    assert [*source.passages] == ["P0.1", "P1.1", "P1.2", "P1.3", "P2.1", "P2.2"]
    first = source.passages["P1.1"]  # type: ignore[index] # a scalar is looked up by its text
    assert (first.values, first.references) == (("2021", "48"), ("1",))
    assert {str(value): str(unit) for value, unit in first.units.items()} == {"48": "gardens"}
    text = desk.source.read_text("utf-8")
    assert "quiet" not in text
    schema = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", text.partition("\n")[0])
    assert schema
    place = (desk.source.parent / schema[1]).resolve()
    assert place == desk.folders.work.resolve() / "schema" / "source.json"


def test_a_text_of_another_review_is_refused(desk: Desk) -> None:
    """Once the source was compared with its own, so that no slip of a name loses the index."""
    before = desk.source.read_bytes()
    own = desk.text.read_text("utf-8")
    desk.text.write_text("Nothing is here as it was.", "utf-8")
    assert len(desk.ingest().changes.went) == 5  # one has other words
    desk.source.write_bytes(before)
    desk.text.write_text(own, "utf-8")
    compare(desk.folders, desk.text.parent)
    before = desk.source.read_bytes()
    desk.text.write_text("Nothing is here as it was.", "utf-8")
    with pytest.raises(RefusedError, match="is in this file; give it an --id of its own"):
        desk.ingest()
    assert desk.source.read_bytes() == before


@pytest.mark.parametrize("sentence", ["A gate rusts. ", "Of 5 gates 6 rust. "])
def test_a_text_with_too_many_passages_is_refused(desk: Desk, sentence: str) -> None:
    """Before its index is written: for bytes, or for values, no file of YAML could hold it."""
    before = desk.source.read_bytes()
    desk.text.write_text(f"{sentence * 10}\n\n" * 1_200, "utf-8")
    with pytest.raises(RefusedError, match="too many passages for one source; take in its parts"):
        desk.ingest()
    assert desk.source.read_bytes() == before


def test_letters_without_a_name_are_told(desk: Desk) -> None:
    """With the passages that have them."""
    assert desk.ingest().unread == ()
    desk.change("Some stay", "So\ufffde stay")
    assert desk.ingest().unread == ("P2.2",)


def test_a_file_may_have_any_name(desk: Desk) -> None:
    """It stands in the citation as far as it can be read."""
    text = desk.text.with_name("oak\udcff\n.txt")
    desk.text.rename(text)
    ingest(text, "oak", desk.folders, {"kind": "primary study"})
    assert desk.draft().sources["oak"].citation == "oak??"


def test_the_same_text_changes_nothing(desk: Desk) -> None:
    """What an author has written in the file stays, byte by byte."""
    typed = desk.source.read_text("utf-8").replace("outside: false", "outside: false  # ours")
    typed = typed.replace("  P1.2:\n", "  # not dated\n  P1.2:\n")
    desk.source.write_text(typed, "utf-8")
    done = desk.ingest()
    assert not done.written
    assert desk.source.read_text("utf-8") == typed


def test_what_changes_in_the_text_is_told_with_what_rests_on_it(desk: Desk) -> None:
    """A value, a sentence that moves and one that goes, and nothing else; claims follow."""
    desk.change("48 gardens", "49 gardens")
    desk.change(" Nobody counts them.", "")
    desk.change("3,5 hours.", "3,5 hours. Nobody counts them. They rust.")
    assert desk.said() == [
        "passage P1.1 has other words in the text: claims town (red)",
        "passage P1.3 is elsewhere in the text, as P2.3: claims young (in no brief)",
        "the text has passages that the index lacks, P2.4",
    ]
    done = desk.ingest()
    assert done.changes == Changes({}, {"P1.3": "P2.3"}, {"P1.1": "P1.1"}, (), ("P2.4",))
    assert resting(done.draft, "study", "P1.1") == {"town": ["red"]}
    assert done.followed == ("young",)
    assert "locator: P2.3" in desk.claims.read_text("utf-8")
    assert desk.said() == []


def test_only_what_changed_is_told_not_what_is_counted_anew_behind_it(desk: Desk) -> None:
    """A sentence that goes changes the locators of those behind it; alone, that is told."""
    desk.change(" They are quiet.", "")
    assert desk.said() == ["passage P1.2 is not in the text"]
    desk.ingest()
    typed = desk.source.read_text("utf-8")
    assert "  P2.2:\n" in typed
    desk.source.write_text(typed.replace("  P2.2:\n", "  P2.3:\n"), "utf-8")
    assert desk.said() == ["the text has 1 passage under other locators"]


def test_a_claim_is_held_to_the_words_that_it_was_written_for(desk: Desk) -> None:
    """Other words at its locator are refused, until somebody has looked."""
    desk.change("48 gardens", "48 green gardens")
    desk.ingest()
    [fault] = [each.problem for each in check(desk.draft()) if each.problem.rule == "passage"]
    assert "claim 'town' was written for other words than passage P1.1 has now" in fault.message
    accept(desk.draft(), ("town",))
    assert not [each for each in check(desk.draft()) if each.problem.rule == "passage"]


def test_an_index_that_was_changed_by_hand_is_found(desk: Desk) -> None:
    """Sixty-four zeros, a value and a mark that the words do not have."""
    text = desk.source.read_text("utf-8")
    desk.source.write_text(
        text.replace('"48"', '"49"').replace('references: ["1"]', 'references: ["2"]'), "utf-8"
    )
    way_out = "correct it; if a person reads it there, name it under 'by_eye' too"
    assert desk.said() == [
        f"'49' is not in the words of passage P1.1: it says 2021, 48; {way_out}",
        "passage P1.1 has no reference mark 2; it has 1; correct it",
    ]
    digits = str(desk.draft().sources["study"].passages["P1.2"].fingerprint)  # type: ignore[index]
    desk.source.write_text(text.replace(digits, "0" * 64), "utf-8")
    assert desk.said() == ["passage P1.2 has other words in the text"]


def test_a_value_that_only_a_person_reads_is_named(desk: Desk) -> None:
    """It stands under 'by_eye' as well."""
    text = desk.source.read_text("utf-8")
    assert 'values: ["3.5"]' in text
    desk.source.write_text(
        text.replace('values: ["3.5"]', 'values: ["3.5", "210"]\n    by_eye: ["210"]'), "utf-8"
    )
    assert desk.said() == []


def test_what_was_compared_is_noted_until_the_index_changes(desk: Desk) -> None:
    """With the day, the text and the index."""
    assert not desk.draft().sources["study"].verified
    assert compare(desk.folders, desk.text.parent).compared == ("study",)
    assert desk.draft().sources["study"].verified
    noted = desk.source.read_text("utf-8")
    compare(desk.folders, desk.text.parent)
    assert desk.source.read_text("utf-8") == noted
    desk.source.write_text(noted.replace('"48"', '"49"'), "utf-8")
    assert not desk.draft().sources["study"].verified


def test_a_correction_survives_the_next_run(desk: Desk) -> None:
    """It is written with the locator that its author sees, and keeps to the words."""
    text = desk.source.read_text("utf-8")
    desk.source.write_text(
        text.replace("passages:\n", "corrections:\n  - join: P1.2\npassages:\n"), "utf-8"
    )
    desk.ingest()
    assert [*desk.draft().sources["study"].passages][1:4] == ["P1.1", "P1.2", "P2.1"]
    desk.change("They are quiet.", "They rust. They are quiet.")
    desk.ingest()
    assert [*desk.draft().sources["study"].passages][1:5] == ["P1.1", "P1.2", "P1.3", "P2.1"]


def test_mistakes_leave_all_files_as_they_are(desk: Desk) -> None:
    """A source that cannot be read, a setting that is another, a folder without a text."""
    before = desk.source.read_bytes()
    with pytest.raises(UsageError, match="'locators: paragraph'"):
        ingest(desk.text, "study", desk.folders, {"locators": "page"})
    with pytest.raises(UsageError, match="--kind"):
        ingest(desk.text, "another", desk.folders, {})
    with pytest.raises(UsageError, match="has no text named as a source"):
        compare(desk.folders, desk.folders.content)
    assert desk.source.read_bytes() == before
    desk.source.write_bytes(before + b"nonsense: 1\n")
    with pytest.raises(ContentRefusedError, match="nonsense"):
        desk.ingest()
    assert desk.source.read_bytes() == before + b"nonsense: 1\n"


def test_a_run_after_one_that_was_killed_ends_as_that_would_have(desk: Desk) -> None:
    """Claims have their new locators, the index the old ones."""
    desk.change("They are quiet.", "They rust. They are quiet. Nobody sees them.")
    before = desk.source.read_bytes()
    desk.ingest()
    after = desk.source.read_bytes(), desk.claims.read_bytes()
    desk.source.write_bytes(before)
    assert desk.ingest().followed == ()
    assert (desk.source.read_bytes(), desk.claims.read_bytes()) == after
    assert b"locator: P1.5" in after[1]


def test_files_keep_their_line_ends(desk: Desk) -> None:
    """Those of Windows, in claims and sources."""
    for path in (desk.source, desk.claims):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    desk.change("They are quiet.", "They rust. They are quiet.")
    assert desk.ingest().followed == ("young",)
    compare(desk.folders, desk.text.parent)
    for path in (desk.source, desk.claims):
        assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n") > 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("locator: P1.1,\n ", 'locator: P1.1, passage: "{}",\n '),
        ("locator: 'P1.1', ", "locator: 'P1.1', passage: \"{}\", "),
    ],
)
def test_a_claim_in_braces_is_edited_in_its_place(desk: Desk, typed: str, kept: str) -> None:
    """On a line of its own too."""
    text = f"town: {{ref: C950, source: study,\n {typed}{CLAIM.rpartition('P1.3, ')[2]}"
    desk.claims.write_text(text, "utf-8")
    digits = str(desk.draft().sources["study"].passages["P1.1"].fingerprint)[:8]  # type: ignore[index]
    accept(desk.draft(), ("town",))
    assert desk.claims.read_text("utf-8") == text.replace(typed, kept.format(digits))


def test_what_cannot_be_edited_is_left_to_the_author(desk: Desk) -> None:
    """Such as a text below its key, or one with escapes."""
    for typed in ('"\\u00501.1"', "\n    P1.1"):
        text = CLAIM.replace("locator: P1.1", f"locator: {typed}")
        desk.claims.write_text(text, "utf-8")
        with pytest.raises(UsageError, match=r'write into it by hand: line [45]: passage: "'):
            accept(desk.draft(), ("town",))
        assert desk.claims.read_text("utf-8") == text


def test_a_claim_that_is_not_there_is_told_with_one_that_is(desk: Desk) -> None:
    """And one whose passage is not there is not called unknown."""
    with pytest.raises(UsageError, match="no claim is called 'twon'; did you mean 'town'"):
        accept(desk.draft(), ("young", "twon"))
    typed = desk.claims.read_text("utf-8").replace("locator: P1.1", "locator: P9.1")
    desk.claims.write_text(typed, "utf-8")
    with pytest.raises(UsageError, match="claim 'town' rests on no passage that is there"):
        accept(desk.draft(), ("town",))


def test_words_are_shown_only_where_they_are_those_of_the_index(desk: Desk) -> None:
    """Nobody accepts what a changed text says."""
    desk.change("48 gardens", "49 gardens")
    words = compare(desk.folders, desk.text.parent).words
    assert ("study", "P1.1") not in words
    assert words["study", "P1.2"] == "They are quiet."


@pytest.mark.parametrize("name", ["../study", "a/b", "a b", "", "-x", "É", "x.yaml"])
def test_a_name_that_can_be_no_file_is_refused(desk: Desk, name: str) -> None:
    """Before anything is read or written."""
    with pytest.raises(UsageError, match="--id in lower-case letters"):
        ingest(desk.text, name, desk.folders, {"kind": "primary study"})


def test_beside_one_that_went_the_one_that_holds_the_same_is_the_changed_one() -> None:
    """By its values, units and marks, whichever comes first."""
    plain, full = Print("a", frozenset({"5"})), Print("b", frozenset({"48", "gates", "7"}))
    changed = Print("c", frozenset({"49", "gates", "7"}))
    went = changes({"1": plain, "2": full}, {"1": changed})
    assert went == Changes(changed={"2": "1"}, went=("1",))
    came = changes({"1": changed}, {"1": plain, "2": full})
    assert came == Changes(changed={"1": "2"}, came=("1",))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("abc", "abc", Changes()),
        ("abc", "abd", Changes(changed={"3": "3"})),
        ("abc", "ac", Changes(shifted={"3": "2"}, went=("2",))),
        ("abc", "axbc", Changes(shifted={"2": "3", "3": "4"}, came=("2",))),
        ("abcd", "bcda", Changes(shifted={"2": "1", "3": "2", "4": "3"}, moved={"1": "4"})),
    ],
)
def test_changes_are_told_apart(old: str, new: str, found: Changes) -> None:
    """A letter stands for the words of a passage."""
    numbered = [{str(at): Print(words) for at, words in enumerate(text, 1)} for text in (old, new)]
    assert changes(*numbered) == found
