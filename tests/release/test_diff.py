"""What a reader sees changed is told, whatever it is; what he does not see is not."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.build import catalogue
from press.content import library
from press.edition import resolve
from press.edition.edition import to_json
from press.release.diff.comparison import Change, Comparison, compare
from press.release.diff.comparison_text import as_text
from press.release.diff.value_changes import BlockPlace
from press.release.diff.word_spans import line, shown, spans
from tests.support.folders import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = Any
Path = tuple[Any, ...]
LIBRARY = HERE.root / "tests" / "library"


def data(brief: str) -> dict[str, Json]:
    """Return an edition as a release holds it: of the small library, or the catalogue, which has every block."""
    read = (
        catalogue.examples(HERE)
        if brief == "catalogue"
        else library.sound(library.load(LIBRARY, ""))
    )
    told: dict[str, Json] = json.loads(to_json(resolve.resolve(read, brief, "en")))
    return told


CATALOGUE, RED = data("catalogue"), data("red")


def leaves(value: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Yield the path of each text, number and truth in *value* that a reader sees."""
    if isinstance(value, dict):
        # where a value comes from is in no text: the words and the mark beside it are
        unseen = {"claim", "value", "type"} if "type" in value else {"type"}
        for key in value.keys() - unseen:
            yield from leaves(value[key], (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    else:
        yield path, value


LEAVES = sorted(leaves(CATALOGUE), key=str)


def at(value: Json, path: Path) -> Json:
    """Return what stands at *path*."""
    for step in path:
        value = value[step]
    return value


def changed(edition: dict[str, Json], path: Path, new: Json) -> dict[str, Json]:
    """Return *edition* with *new* at *path*."""
    other = copy.deepcopy(edition)
    at(other, path[:-1])[path[-1]] = new
    return other


def blocks_of(path: Path) -> set[str]:
    """Return the names under one of which a change at *path* of the catalogue has to be told."""
    names: set[str]
    match path:
        case ("sections", section, "name"):
            names = {block["id"] for block in CATALOGUE["sections"][section]["blocks"]}
        case ("sections", section, "blocks", block, *_):
            names = {CATALOGUE["sections"][section]["blocks"][block]["id"]}
        case ("notes", note, key, *_):
            claim = CATALOGUE["notes"][note]["claim"]
            names = {"notes" if key == "number" else f"note on {claim}"}
        case ("sources", source, key, *_):
            name = CATALOGUE["sources"][source]["id"]
            names = {"references" if key == "mark" else f"reference {name}"}
        case _:
            names = {"title" if path[0] in {"title", "name", "summary", "label"} else "series"}
    return names


def told(comparison: Comparison) -> tuple[Change, ...]:
    """Return all changes of one edition, those of its series too."""
    [edition] = comparison.editions
    return (*comparison.series, *edition.changes)


def between(old: Json, new: Json) -> Comparison:
    """Return what changed in one edition."""
    return compare({"en/health": old}, {"en/health": new})


def kinds(comparison: Comparison) -> list[tuple[str, str]]:
    """Return kind and block of each change."""
    return [(change.kind, change.block) for change in told(comparison)]


def block(edition: dict[str, Json], name: str) -> dict[str, Json]:
    """Return a block of an edition's JSON."""
    every = (one for section in edition["sections"] for one in section["blocks"])
    return next(one for one in every if one["id"] == name)


# --- nothing gets lost ---


def test_the_catalogue_has_every_kind_of_block() -> None:
    """Else the property below would say nothing of a kind."""
    found = {one["kind"] for section in CATALOGUE["sections"] for one in section["blocks"]}
    assert found == {path.parent.name for path in HERE.templates.glob("blocks/*/examples.yaml")}


@settings(max_examples=250)
@given(st.sampled_from(LEAVES), st.data())
def test_whatever_a_reader_sees_changed_is_told_with_its_block(
    leaf: tuple[Path, Json], draw: st.DataObject
) -> None:
    """Any text, number or truth of an edition that becomes another one."""
    path, old = leaf
    others = {
        bool: st.just(not old),
        int: st.integers(0, 10**6),
        float: st.floats(0, 100),
        str: st.text(max_size=30),
        type(None): st.from_regex("[a-z]{1,30}"),
    }[type(old)]
    new = draw.draw(others.filter(lambda value: value != old))
    comparison = between(CATALOGUE, changed(CATALOGUE, path, new))
    assert not comparison.same
    assert blocks_of(path) & {change.block for change in told(comparison)}
    assert as_text(comparison) != "nothing that a reader sees has changed\n"
    for change in told(comparison):
        assert change.kind in {"moved", "numbers"} or shown(change.old) + shown(change.new)


@pytest.mark.parametrize("edition", [CATALOGUE, RED])
def test_what_is_the_same_has_not_changed(edition: dict[str, Json]) -> None:
    """Nothing is told, in text and JSON."""
    comparison = between(edition, copy.deepcopy(edition))
    assert comparison.same
    assert as_text(comparison) == "nothing that a reader sees has changed\n"
    assert comparison.as_json() == {
        "schema": 1,
        "same": True,
        "values": [],
        "series": [],
        "editions": [
            {"edition": "en/health", "state": "same", "title": edition["name"], "changes": []}
        ],
    }


def test_how_a_text_was_put_together_is_not_seen() -> None:
    """The same words in one run or in two, a number as a value or as text."""
    parts = [{"type": "run", "text": "In 48-"}, {"type": "run", "text": "hour posts"}]
    whole = [{"type": "run", "text": "In 48-hour posts"}]
    assert between(RED | {"title": parts}, RED | {"title": whole}).same


def test_a_key_of_a_later_version_is_told() -> None:
    """What nobody has heard of yet is compared like all else."""
    [change] = told(between(RED, RED | {"correction": {"text": "A number was wrong.", "of": "1"}}))
    assert (change.block, change.what) == ("series", "correction")
    assert shown(change.new) == "text: A number was wrong.; of: 1"


# --- values ---


def test_a_value_is_told_first_with_all_places() -> None:
    """Old and new once, with every block and note in which it stands now."""
    new = json.loads(dumped_with("40", "50"))
    [value] = between(RED, new).values
    assert (value.claim, value.value, value.old, value.new) == ("gardens", "total", "40", "50")
    blocks = ("red-message", "red-figure", "note on gardens")
    assert value.where == tuple(BlockPlace("en/health", block) for block in blocks)
    text = as_text(between(RED, new))
    assert text.startswith(
        "Values\n  gardens.total: 40 → 50\n      en/health: red-message, red-figure, note on gardens\n"
    )


def dumped_with(old: str, new: str) -> str:
    """Return the red edition with another text of a value, in all places."""
    text = json.dumps(RED)
    assert (count := text.count(f'"text": "{old}"')) > 1, count
    return text.replace(f'"text": "{old}"', f'"text": "{new}"')


def test_a_value_that_moved_into_another_block_is_told() -> None:
    """The block that printed it is gone; another one prints it anew."""
    old = json.loads(json.dumps(RED))
    new = json.loads(dumped_with("40", "50"))
    figure = next(one for one in new["sections"] if one["name"] == "figure")
    new["sections"].remove(figure)
    block(old, "red-message")["text"] = [{"type": "run", "text": "No number."}]
    for note in (*old["notes"], *new["notes"]):
        note["text"] = []
    [value] = [value for value in between(old, new).values if value.value == "total"]
    assert (value.old, value.new, value.where) == (
        "40",
        "50",
        (BlockPlace("en/health", "red-message"),),
    )


def test_a_year_is_not_taken_for_its_value() -> None:
    """Both are printed under one name, and the sentence turns them round."""
    new = json.loads(json.dumps(RED))
    text = block(new, "red-message")["text"]
    places = [place for place, part in enumerate(text) if part.get("claim") == "gardens"]
    year, total = (text[place] for place in places)
    text[places[0]], text[places[1]] = total | {"text": "50"}, year | {"text": "2020–2022"}
    pairs = {(value.old, value.new) for value in between(RED, new).values}
    assert pairs == {("40", "50"), ("2020–2021", "2020–2022")}


def test_a_value_of_a_figure_alone_is_told_by_its_label() -> None:
    """The data of a figure know the claim, not the name of its value."""
    figure = next(
        one["id"]
        for section in CATALOGUE["sections"]
        for one in section["blocks"]
        if one["kind"] == "figure" and one["form"] == "bars"
    )
    new = copy.deepcopy(CATALOGUE)
    block(new, figure)["data"][0]["shown"] = "999"
    [value] = between(CATALOGUE, new).values
    assert value.new == "999"
    assert value.claim in {note["claim"] for note in CATALOGUE["notes"]}
    assert value.where == (BlockPlace("en/health", figure),)


def test_a_capital_at_the_start_of_a_sentence_is_no_new_value() -> None:
    """The text has changed, the value has not."""
    new = json.loads(json.dumps(RED).replace("more than 60%", "More than 60%"))
    assert not between(RED, new).same
    assert between(RED, new).values == ()


# --- blocks ---


def test_a_block_that_is_new_gone_or_elsewhere_is_told() -> None:
    """Each by its name; the others, which only stand further up or down now, are not."""
    gone, moved = copy.deepcopy(RED), copy.deepcopy(RED)
    messages = next(one["blocks"] for one in gone["sections"] if one["name"] == "messages")
    first = messages.pop(0)
    assert kinds(between(RED, gone)) == [("removed", first["id"])]
    assert kinds(between(gone, RED)) == [("added", first["id"])]
    order = next(one["blocks"] for one in moved["sections"] if one["name"] == "messages")
    order.reverse()
    [change] = told(between(RED, moved))
    assert (change.kind, change.block) == ("moved", "red-second")
    assert shown(change.old) == "in messages, after red-message"
    assert shown(change.new) == "first in messages"


def test_a_block_in_another_section_is_told() -> None:
    """It has the same texts, and the same neighbours in the order of reading."""
    new = copy.deepcopy(CATALOGUE)
    sections = {one["name"]: one["blocks"] for one in new["sections"]}
    sections["evidence"].insert(0, sections["problem"].pop())
    [change] = told(between(CATALOGUE, new))
    assert (change.kind, change.section, change.block) == ("moved", "evidence", "example-note")


def test_a_new_row_is_one_change() -> None:
    """Rows are known by their first cell, so that those behind a new one are the same."""
    new = copy.deepcopy(CATALOGUE)
    rows = block(new, "example-table")["rows"]
    rows.insert(0, [[{"type": "run", "text": text}] for text in ("New", "row", "here")])
    [change] = told(between(CATALOGUE, new))
    assert (change.what, shown(change.old), shown(change.new)) == (
        "row 'New'",
        "",
        "New | row | here",
    )


def test_rows_in_another_order_are_told() -> None:
    """Each has the same cells."""
    new = copy.deepcopy(CATALOGUE)
    block(new, "example-table")["rows"].reverse()
    assert [(one.kind, one.block) for one in told(between(CATALOGUE, new))] == [
        ("order", "example-table")
    ]


def test_notes_that_are_counted_anew_are_one_change() -> None:
    """A text whose marks only have other numbers, since a claim is cited before it, is the same."""
    new = copy.deepcopy(RED)
    numbers = [note["number"] for note in new["notes"]]
    renumbered = json.loads(json.dumps(new), object_hook=lambda one: with_numbers(one, numbers))
    assert renumbered != RED
    [change] = told(between(RED, renumbered))
    assert (change.kind, change.block) == ("numbers", "notes")


def with_numbers(part: dict[str, Json], numbers: list[int]) -> dict[str, Json]:
    """Return a part of an edition with each number of a note one higher, the last one the first."""

    def after(number: int) -> int:
        return number % len(numbers) + 1

    if part.get("type") == "marks":
        return part | {"notes": [after(number) for number in part["notes"]]}
    if isinstance(part.get("number"), int):
        return part | {"number": after(part["number"])}
    return part | {"note": after(part["note"])} if part.get("note") else part


# --- depths ---


def test_a_text_of_the_short_form_is_told_as_such() -> None:
    """Who reads the brief sees nothing else changed, and is not told so."""
    new = copy.deepcopy(CATALOGUE)
    text = {"type": "run", "text": " They are open."}
    block(new, "example-message-in-short")["short"].append(text)
    [change] = told(between(CATALOGUE, new))
    assert (change.block, change.what) == ("example-message-in-short", "text of the short form")
    assert "{+ They are open.+}" in as_text(between(CATALOGUE, new))


@pytest.mark.parametrize(
    ("depth", "said"),
    [
        ("brief", "in the brief and on the page, not in the short form"),
        ("screen", "on the page alone, not in print"),
    ],
)
def test_where_a_block_is_shown_is_told(depth: str, said: str) -> None:
    """In words for the readers of each form."""
    new = copy.deepcopy(RED)
    assert block(new, "red-message")["depth"] == "short"
    block(new, "red-message")["depth"] = depth
    [change] = told(between(RED, new))
    assert (change.block, change.what) == ("red-message", "shown")
    assert (shown(change.old), shown(change.new)) == ("in all forms", said)


def test_an_edition_of_before_the_short_form_is_read_without_it() -> None:
    """No block is new or changed for having a depth, and no section; one that print has lost is told."""
    old = copy.deepcopy(RED)
    for section in old["sections"]:
        del section["opener"], section["frame"]
    for one in [each for section in old["sections"] for each in section["blocks"]]:
        del one["depth"]
        one.pop("short", "")
    for one in (*old["notes"], *old["sources"]):
        del one["depth"]
    assert between(old, RED).same
    new = copy.deepcopy(RED)
    block(new, "red-message")["depth"] = "screen"
    [change] = told(between(old, new))
    assert (change.block, shown(change.new)) == ("red-message", "on the page alone, not in print")


# --- editions and series ---


def test_an_edition_that_is_new_or_gone_is_told() -> None:
    """By its name and title; its blocks are not listed."""
    alone = compare({"en/red": RED}, {"en/catalogue": CATALOGUE})
    assert [(one.name, one.state) for one in alone.editions] == [
        ("en/catalogue", "added"),
        ("en/red", "removed"),
    ]
    assert f"en/red: gone\n  {RED['name']}\n" in as_text(alone)
    assert not alone.same


def test_a_change_of_the_series_is_told_once() -> None:
    """All editions have it; one that only some have stands with these."""
    old = {"en/catalogue": CATALOGUE, "en/red": RED}
    every = {name: one | {"publisher": "Others"} for name, one in old.items()}
    other = compare(old, every | {"en/red": every["en/red"] | {"status": "draft"}})
    assert [change.what for change in other.series] == []  # they had other publishers
    same = {name: one | {"publisher": "We"} for name, one in old.items()}
    other = compare(same, every | {"en/red": every["en/red"] | {"status": "draft"}})
    assert [change.what for change in other.series] == ["publisher"]
    assert {one.name: [change.what for change in one.changes] for one in other.editions} == {
        "en/catalogue": [],
        "en/red": ["status"],
    }


def test_what_follows_from_another_change_is_not_told_again() -> None:
    """The title as plain text, and the month of the release date."""
    title = [{"type": "run", "text": "Another title"}]
    new = RED | {"title": title, "name": "Another title"}
    assert [change.what for change in told(between(RED, new))] == ["title"]
    new = RED | {"release": "2026-02-15", "released": "February 2026"}
    assert [change.what for change in told(between(RED, new))] == ["release date"]
    new = RED | {"title": title, "name": "Something else"}
    assert [change.what for change in told(between(RED, new))] == ["title", "name"]


def test_the_same_comparison_gives_the_same_bytes() -> None:
    """Whatever the order in which the editions came."""
    old, new = {"en/b": RED, "en/a": CATALOGUE}, {"en/a": RED, "en/b": CATALOGUE}
    one = compare(old, new)
    other = compare(dict(reversed(old.items())), dict(reversed(new.items())))
    assert as_text(one) == as_text(other)
    assert json.dumps(one.as_json()) == json.dumps(other.as_json())


# --- words ---


# the signs for spaces and ends of lines, which are no words, look like themselves
SAID = st.text(st.characters(codec="utf-8", exclude_characters="␣¶"))


@given(SAID, SAID)
def test_the_spans_of_a_side_are_its_text(old: str, new: str) -> None:
    """No word is lost and none is added, what both share is the same, and nothing acts on a terminal."""
    before, after = spans(line(old), line(new))
    for side, text in ((before, line(old)), (after, line(new))):
        whole = "".join(span.text for span in side if span.text.strip(" ␣¶"))
        assert "".join(whole.split()) == "".join(shown(text).split()) or "\\x" in whole
        assert all(char.isprintable() or char in "\n\xa0" or char.isspace() for char in whole)
    shared = [[span.text for span in side if span.kind == "same"] for side in (before, after)]
    assert shared[0] == shared[1]


def test_only_the_words_that_changed_are_marked() -> None:
    """A space between two changed words belongs to them."""
    before, after = spans(line("There are 40 old gardens."), line("There are 50 new gardens."))
    assert [(span.kind, span.text) for span in before] == [
        ("same", "There are "),
        ("old", "40 old"),
        ("same", " gardens."),
    ]
    assert [span.text for span in after if span.kind == "new"] == ["50 new"]


def test_two_texts_that_have_nothing_in_common_are_not_cut_up() -> None:
    """A few shared commas are no help."""
    before, _ = spans(line("One thing, said so."), line("Quite another text altogether, is it?"))
    assert [span.kind for span in before] == ["old"]


def test_a_space_that_became_another_one_can_be_seen() -> None:
    """A no-break space, or a second space."""
    before, after = spans(line("20 points are there"), line("20\xa0points are there"))
    assert [(span.kind, span.text) for span in (*before, *after) if span.kind != "same"] == [
        ("old", "␣"),
        ("new", "\\xa0"),
    ]


# --- hostile content ---

NASTY = "\x1b[2J\x9b31m\u202egnp.exe\u200b\x07 <script>alert(1)</script>"


def test_no_text_acts_on_a_terminal() -> None:
    """Escapes in texts, names, titles and keys are shown, not sent."""
    new = json.loads(json.dumps(RED).replace("red-message", "red-\\u001b[2J"))
    new = new | {"name": NASTY, "publisher": NASTY, NASTY: NASTY}
    block(new, "red-second")["text"] = [{"type": "run", "text": NASTY}]
    block(new, "red-figure")["data"][0]["label"] = [{"type": "run", "text": NASTY}]
    for other in (compare({}, {f"en/{NASTY}": new}), between(RED, new)):
        assert "\\x1b[2J" in as_text(other)
        assert all(char.isprintable() or char in "\n\xa0" for char in as_text(other))
