"""Check that a value is printed with its unit in one sentence: "at least 6" says nothing without the hours."""

import re
from collections.abc import Iterator

from press.checks.content.numbers import habits_in, spoken_in
from press.checks.content.texts import texts
from press.checks.phrases import line_of
from press.content.languages import LANGUAGES, Habits
from press.content.library import Draft, Fault, fault
from press.content.model.claims import Value
from press.content.model.kinds import KINDS
from press.content.text import parts as text
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs
from press.content.text.sentences import sentences

RULE = "unit"


def check(draft: Draft) -> Iterator[Fault]:
    """Yield values without their unit in their sentence, or in their block where that is read as a whole."""
    spoken = next(iter(spoken_in(draft)), "")
    every = [
        (typed, tuple(paragraphs(typed.scalar.parts)))
        for typed in texts(draft)
        if isinstance(typed.scalar, Markdown)
    ]
    whole: dict[str, list[str]] = {}
    for typed, parts in every:
        whole.setdefault(typed.owner, []).extend(_line(draft, part.children) for part in parts)
    for typed, parts in every:
        kind = KINDS.get(draft.kinds.get(typed.owner.removeprefix("block:"), ""))
        near = " ".join(whole[typed.owner]) if kind and kind.read_whole else ""
        for paragraph in parts:
            known = spoken in LANGUAGES
            for sentence in sentences(paragraph, spoken) if known else (paragraph.children,):
                for part, message in _unnamed(draft, sentence, near or _line(draft, sentence)):
                    yield fault(typed.scalar.at(part.at), message, RULE, typed.owner)


def _line(draft: Draft, children: tuple[text.Inline, ...]) -> str:
    def shown(part: text.Placeholder | text.Own) -> str:
        value = _value(draft, part)
        return f"0 {value.unit}" if value and getattr(part, "form", "") == "unit" else "0"

    return line_of(children, shown).text


def _value(draft: Draft, part: text.Placeholder | text.Own) -> Value | None:
    return None if isinstance(part, text.Own) else draft.value(f"{part.claim}.{part.name}")


def _unnamed(
    draft: Draft, children: tuple[text.Inline, ...], line: str
) -> Iterator[tuple[text.Placeholder, str]]:
    spoken = habits_in(draft)
    for part in text.walk(children):
        if isinstance(part, text.Placeholder) and part.form not in {"year", "unit"}:
            value = _value(draft, part)
            if value and not value.signed and not named(str(value.unit), line, spoken):
                name = f"{part.claim}.{part.name}"
                what = f"'{name}' counts {value.unit}, which this sentence does not say"
                yield part, f"{what}; name it there, or print it by {{{name}:unit}}"


def named(unit: str, line: str, spoken: list[Habits]) -> bool:
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
