"""Check that a value is printed beside its unit: "at least 6" says nothing without the hours."""

import re
from collections.abc import Iterator

from press.checks.content.numbers import habits_in
from press.checks.content.texts import texts
from press.checks.phrases import line_of
from press.content.languages import Habits
from press.content.library import Draft, Fault, fault
from press.content.model.kinds import KINDS
from press.content.text import parts as text
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs

RULE = "unit"
PRINTED = ("percent", "year")  # a sign or the value itself says so


def check(draft: Draft) -> Iterator[Fault]:
    """Yield values without their unit in their paragraph, or in their block where that is read as a whole."""
    every = [
        (typed, tuple(paragraphs(typed.scalar.parts)))
        for typed in texts(draft)
        if isinstance(typed.scalar, Markdown)
    ]
    whole: dict[str, list[str]] = {}
    for typed, parts in every:
        whole.setdefault(typed.owner, []).extend(map(_line, parts))
    for typed, parts in every:
        kind = KINDS.get(draft.kinds.get(typed.owner.removeprefix("block:"), ""))
        near = " ".join(whole[typed.owner]) if kind and (kind.read_whole or kind.tabular) else ""
        for paragraph in parts:
            for part, message in _unnamed(draft, paragraph, near or _line(paragraph)):
                yield fault(typed.scalar.at(part.at), message, RULE, typed.owner)


def _line(paragraph: text.TextParagraph) -> str:
    return line_of(paragraph.children, lambda _: "0").text


def _unnamed(
    draft: Draft, paragraph: text.TextParagraph, line: str
) -> Iterator[tuple[text.Placeholder, str]]:
    spoken = habits_in(draft)
    for part in text.walk(paragraph.children):
        if isinstance(part, text.Placeholder) and part.form != "year":
            value = draft.value(f"{part.claim}.{part.name}")
            if value and value.unit not in PRINTED and not _named(str(value.unit), line, spoken):
                what = (
                    f"'{part.claim}.{part.name}' counts {value.unit}, which this text does not say"
                )
                yield part, f"{what}; name it beside the value, or correct 'unit' in the claim"


def _named(unit: str, line: str, spoken: list[Habits]) -> bool:
    """Return True if a word of *unit* is in *line*, whatever its ending, or its sign is."""
    stems = [word[: max(3, len(word) - 3)] + r"\w*" for word in _words(unit, spoken)]
    forms = "|".join([*stems, *signs(unit, spoken)])
    return not stems or bool(re.search(rf"(?<![^\W\d_])(?:{forms})(?!\w)", line, re.IGNORECASE))


def _words(unit: str, spoken: list[Habits]) -> list[str]:
    small = " ".join(habits.small for habits in spoken).split()
    return [word for word in re.findall(r"\w+", unit.casefold()) if word not in small]


def signs(unit: str, spoken: list[Habits]) -> list[str]:
    """Return what may be printed for *unit* besides its own words: 'kg'."""
    words = _words(unit, spoken)
    every = (habits.units.get(word, ()) for habits in spoken for word in words)
    return [sign for forms in every for sign in forms]
