"""Write a comparison as text, for a terminal or a file."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from press.problems import counted
from press.release.diff.block_changes import Change
from press.release.diff.comparison import Comparison, EditionChanges
from press.release.diff.value_changes import ChangedValue
from press.release.diff.word_spans import Span, visible

WIDTH = 100  # characters
SIGNS = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
STATES = {"added": "new", "removed": "gone", "same": "no change"}
COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m"}
SAME = "nothing that a reader sees has changed"
EVIDENCE = "the evidence page has changed; data/claims.json has what it says"
PLAIN = "\x1b[0m"


def as_text(comparison: Comparison, *, coloured: bool = False) -> str:
    """Return *comparison* for people; without colour it says the same."""
    parts = ["Values", *_values(comparison.values)] if comparison.values else []
    if comparison.series:
        parts += ["", "The series, in all editions", *_changes(comparison.series, coloured)]
    for edition in comparison.editions:
        parts += ["", *_edition(edition, coloured)]
    if comparison.evidence:
        parts += ["", EVIDENCE]
    if comparison.same:
        parts = [SAME]
    return "\n".join(parts).strip("\n") + "\n"


def score_text(comparison: Comparison) -> str:
    """Return what became of the scores, for those who write; '' where nothing has."""
    lines = ["", "Score"] if comparison.scores else []
    for name, changed in comparison.scores:
        lines.append(f"  {visible(name)}")
        lines += (
            f"    {each.what}: {each.before:g} → {each.number:g} ({each.since})" for each in changed
        )
    return "".join(f"{line}\n" for line in lines)


def _values(values: Iterable[ChangedValue]) -> Iterator[str]:
    for value in values:
        yield f"  {visible(name_of(value))}: {visible(value.old)} → {visible(value.new)}"
        for edition, places in groupby(value.where, attrgetter("edition")):
            blocks = ", ".join(visible(place.block) for place in places)
            yield from _wrapped(f"{visible(edition)}: {blocks}", "      ", "        ")


def name_of(value: ChangedValue) -> str:
    """Return how a value is called: as in the content, or by its claim and its label in a figure."""
    plain = value.value.replace("_", "").isalnum() and value.value.isascii()
    return f"{value.claim}.{value.value}" if plain else f"{value.claim}, '{value.value}'"


def _edition(edition: EditionChanges, coloured: bool) -> Iterator[str]:  # noqa: FBT001 - handed on
    number = len(edition.changes)
    state = STATES.get(edition.state) or counted(number, "change")
    yield from _wrapped(f"{visible(edition.name)}: {state}", "", "  ")
    if edition.state in {"added", "removed"}:
        yield from _wrapped(visible(edition.title), "  ", "  ")
    yield from _changes(edition.changes, coloured)


def _changes(changes: Iterable[Change], coloured: bool) -> Iterator[str]:  # noqa: FBT001 - handed on
    for (section, block), some in groupby(changes, attrgetter("section", "block")):
        where = section if section == block else f"{section} · {block}"
        yield f"  {visible(where)}"
        for change in some:
            yield f"    {visible(change.heading)}"
            for sign, side in zip("-+", change.sides, strict=True):
                yield from _side(sign, side, coloured)


def _side(sign: str, spans: tuple[Span, ...], coloured: bool) -> Iterator[str]:  # noqa: FBT001
    """Yield one side of a change, what is only there between signs; a side without text is left out."""
    whole = len(spans) == 1
    text = "".join(
        span.text if whole else f"{SIGNS[span.kind][0]}{span.text}{SIGNS[span.kind][1]}"
        for span in spans
    )
    for number, part in enumerate(text.split("\n") if text else ()):
        first = f"      {'  ' if number else f'{sign} '}"
        for line in _wrapped(part, first, "        "):
            yield f"{COLOURS[sign]}{line}{PLAIN}" if coloured else line


def _wrapped(text: str, first: str, others: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
