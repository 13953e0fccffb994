"""How far each brief keeps the rules: what the checks count, kept by a release, and shown beside the next text."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from press.build import report
from press.build.score import ROWS, Measure, changes
from press.content.model.releases import Score
from press.page.elements import elements_of
from press.release.verify import verify
from tests.support.editions import produce
from tests.support.project import LIBRARY, ROOT
from tests.whole.test_release import FIRST, NEW, OLD, Place
from tests.whole.test_verify import forged

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.project import Project


def column(text: str, brief: str) -> dict[str, str]:
    """Return what the table of scores in *text* says of one brief."""
    table = text[text.index("score en") : text.index("\nen/blue:")].splitlines()
    blue, red = (table[0].index(each) for each in ("blue", "red"))
    cells = slice(red, None) if brief == "red" else slice(blue, red)
    return {line[:blue].strip(): line[cells].strip() for line in table[1:]}


def rewritten(folder: Path, value: object) -> None:
    """Put other scores into the manifest of a release; None: take them out."""
    path = folder / "manifest.json"
    facts = json.loads(path.read_bytes())
    if value is None:
        del facts["scores"]
    else:
        facts["scores"] = value
    for each in (folder, path, folder / "SHA256SUMS", folder / "provenance.json"):
        each.chmod(0o755)
    path.write_text(json.dumps(facts), "utf-8")
    forged(folder)


@pytest.fixture
def place(project: Project, released: Path) -> Place:
    """Return the built project with one release, where tasks look for it."""
    shutil.copytree(released.parent, project.root / "releases")
    return Place(project, project.root / "releases")


def test_each_row_is_counted_in_a_print(tmp_path: Path) -> None:
    """A limit that gets another name would else leave an empty row."""
    product = produce(tmp_path, LIBRARY, printing=True)
    score = report.scores(product)["en", "red"]
    assert score.counts.keys() == ROWS.keys()
    made = product.finished["en", "red"].printed.print
    assert made
    assert score.counts["page_one_words"] == made.facts.sheets[0].words > 1
    shown = elements_of(product.finished["en", "red"].printed.page.paper).elements()
    texts = {each.given["data-block"]: each.text() for each in shown if "data-block" in each.given}
    notes = sum(len(text.split()) for name, text in texts.items() if name.startswith("note-"))
    assert notes > 10
    printed = sum(sheet.words for sheet in made.facts.sheets)
    assert 100 * notes / printed < score.counts["notes_percent"] < 100
    assert score.counts["sentence_words"] >= score.counts["mean_sentence_words"] > 1


def test_only_what_is_over_a_limit_is_better_or_worse() -> None:
    """Fewer words than are allowed are no merit."""
    told = [Measure("words", now, 300, then) for now, then in ((290, 299), (310, 320), (301, 300))]
    assert [each.since for each in told] == ["−9", "−10, better", "+1, worse"]
    assert Measure("words", 290, None, 299).since == "−9"
    assert Measure("words", 12.5, 300, 12.5).since == ""
    assert [Measure("words", *each).since for each in ((None, 9, 9), (9, 9, None))] == ["", ""]


def test_editions_that_only_one_side_has_are_not_compared() -> None:
    """Nor is what has not changed."""
    old, new = Score({"words": 9}, {}, {"tense": 1}), Score({"words": 9}, {}, {})
    [(name, [changed])] = changes({"en/a": old, "en/b": old}, {"en/a": new, "en/c": new})
    assert (name, changed.what, changed.since) == ("en/a", "[tense]", "−1, better")


def test_a_breach_counts_for_the_briefs_that_have_it(project: Project) -> None:
    """One that cites too many claims is no fault of the other; programs get the same numbers."""
    project.edit("content/limits.yaml", "all: {", "all: {claims: 2, page_one_words: 300, ")
    text = project.good("check", "--jobs", "1")
    red, blue = column(text, "red"), column(text, "blue")
    assert (red["claims cited in texts"], blue["claims cited in texts"]) == ("3/2", "2/2")
    assert (red["[claims]"], blue["[claims]"]) == ("1", "0")
    assert red["words on page 1"].endswith("/300")
    told = json.loads(project.good("check", "--jobs", "1", "--output", "json"))
    score = {one["brief"]: one["score"] for one in told["reports"]}["red"]
    assert (score["counts"]["claims"], score["limits"]["claims"]) == (3, 2)
    assert score["breaches"]["claims"] == 1
    assert told["since"] is None


def test_a_release_keeps_the_scores(place: Place) -> None:
    """Its manifest has them, by a schema that one without them fits too, and the next check compares."""
    facts = place.manifest(FIRST)
    schema = json.loads((ROOT / "press/schema/release-manifest.json").read_bytes())
    jsonschema.validate(facts, schema)
    jsonschema.validate({key: facts[key] for key in facts if key != "scores"}, schema)
    assert facts["scores"].keys() == {"en/blue", "en/red"}
    same = column(place.project.good("check", "--jobs", "1"), "red")
    assert not [cell for cell in same.values() if "(" in cell]
    place.project.edit("content/blocks/red.yaml", OLD, f"{OLD} They are quiet indeed.")
    text = place.project.good("check", "--jobs", "1")
    assert f"score en, since {FIRST} in brackets" in text
    before = facts["scores"]["en/red"]["counts"]["page_one_words"]
    assert column(text, "red")["words on page 1"] == f"{before + 4:g} (+4)"
    told = json.loads(place.project.good("check", "--jobs", "1", "--output", "json"))
    assert told["since"]["release"] == FIRST
    assert told["since"]["scores"] == facts["scores"]


def test_without_a_print_nothing_is_compared(place: Place) -> None:
    """The rules of prints would seem to be kept."""
    text = place.project.good("check", "--no-print")
    assert "since" not in text.split("en/blue:")[0].partition("\n")[0]
    assert column(text, "red")["words on page 1"] == "–"


def test_the_next_release_tells_what_became_of_them(place: Place) -> None:
    """As text, as data and in `diff`, as a page too; readers of the index do not see it."""
    place.project.edit("content/blocks/red.yaml", OLD, f"{NEW} So they are.")
    place.project.made()
    second = place.release("--uncommitted")["release"]
    old, new = (place.manifest(each)["scores"]["en/red"]["counts"] for each in (FIRST, second))
    line = f"words on page 1: {old['page_one_words']:g} → {new['page_one_words']:g} (+3)"
    changed = (place.folder / second / "changes.txt").read_text("utf-8")
    assert "\nScore\n  en/red\n" in changed
    assert line in changed
    told: dict[str, Any] = json.loads((place.folder / second / "changes.json").read_bytes())
    [score] = told["scores"]
    assert score["edition"] == "en/red"
    assert score["changes"][0]["change"] == 3
    assert line in place.project.good("diff", FIRST, second, "--html", "diff.html")
    assert "en/red: words on page 1" in (place.project.root / "diff.html").read_text("utf-8")
    assert "words on page 1" not in (place.folder / second / "index.html").read_text("utf-8")
    assert verify(place.folder / second).damages == ()
    assert "\nScore\n" not in place.project.good("diff", FIRST, "tree")


def test_a_release_of_before_has_no_score(place: Place) -> None:
    """It is verified and compared as ever, and the check says why nothing stands beside its counts."""
    rewritten(place.folder / FIRST, None)
    (place.folder / ".register").unlink()
    assert verify(place.folder / FIRST).damages == ()
    text = place.project.good("check", "--jobs", "1")
    assert f"score: nothing to compare with: release {FIRST} has kept none\n" in text
    assert "has changed" in place.project.good("diff", FIRST, "build")


@pytest.mark.parametrize("value", [[], {"en/red": 1}, {"en/red": {"counts": {"words": "many"}}}])
def test_scores_that_are_none_are_told(place: Place, value: object) -> None:
    """A check goes on without them."""
    rewritten(place.folder / FIRST, value)
    text = place.project.good("check", "--jobs", "1")
    assert "score: nothing to compare with: the scores in releases/" in text


def test_the_names_in_a_score_do_nothing_to_a_terminal(place: Place) -> None:
    """A manifest may come from elsewhere."""
    bad = {"en/red": {"counts": {}, "limits": {}, "breaches": {"\x1b[31mred": 2}}}
    rewritten(place.folder / FIRST, bad)
    text = place.project.good("check", "--jobs", "1")
    assert "\x1b" not in text
    assert column(text, "red")["[\\x1b[31mred]"] == "0 (−2, better)"
