"""Check that a value is printed beside its unit: "at least 6" says nothing without the hours."""

import re
from collections.abc import Iterator

from press.checks.content.texts import Typed, texts
from press.checks.phrases import line_of, paragraphs
from press.content import text
from press.content.languages import LANGUAGES
from press.content.library import Draft, Fault
from press.content.model.kinds import KINDS
from press.problems import Problem

RULE = "unit"
PRINTED = ("percent", "year")  # a sign or the value itself says so
SHORT = {word: forms for habits in LANGUAGES.values() for word, forms in habits.units.items()}
SMALL = frozenset(word for habits in LANGUAGES.values() for word in habits.small.split())


def check(draft: Draft) -> Iterator[Fault]:
    """Yield values without their unit in their paragraph, or in their block where that is read as a whole."""
    whole: dict[str, list[str]] = {}
    every = [typed for typed in texts(draft) if isinstance(typed.scalar, text.Markdown)]
    for typed in every:
        whole.setdefault(typed.owner, []).extend(_lines(typed))
    for typed in every:
        kind = KINDS.get(draft.kinds.get(typed.owner.removeprefix("block:"), ""))
        near = " ".join(whole[typed.owner]) if kind and (kind.joined or kind.apart) else ""
        yield from (Fault(problem, typed.owner) for problem in _of_text(draft, typed, near))


def _lines(typed: Typed) -> list[str]:
    parts = typed.scalar.parts if isinstance(typed.scalar, text.Markdown) else ()
    return [line_of(each.children, lambda _: "0").text for each in paragraphs(parts)]


def _of_text(draft: Draft, typed: Typed, near: str) -> Iterator[Problem]:
    parts = typed.scalar.parts if isinstance(typed.scalar, text.Markdown) else ()
    for paragraph in paragraphs(parts):
        line = near or line_of(paragraph.children, lambda _: "0").text
        for part in text.walk(paragraph.children):
            if isinstance(part, text.Placeholder) and part.form != "year":
                value = draft.value(f"{part.claim}.{part.name}")
                if value and value.unit not in PRINTED and not _named(str(value.unit), line):
                    message = f"'{part.claim}.{part.name}' counts {value.unit}, which this text does not say"
                    way_out = "name it beside the value, or correct 'unit' in the claim"
                    yield Problem(typed.scalar.at(part.at), f"{message}; {way_out}", RULE)


def _named(unit: str, line: str) -> bool:
    """Return True if a word of *unit* is in *line*, whatever its ending, or its sign is."""
    words = [word for word in re.findall(r"\w+", unit.casefold()) if word not in SMALL]
    stems = [word[: max(3, len(word) - 3)] + r"\w*" for word in words]
    signs = [re.escape(sign) for word in words for sign in SHORT.get(word, ())]
    return not words or bool(
        re.search(rf"(?<![^\W\d_])(?:{'|'.join(stems + signs)})(?!\w)", line, re.IGNORECASE)
    )
