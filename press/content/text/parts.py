"""Define the parts of a text; walk through them, and show the characters that a reader sees.

`at` is everywhere an offset in the value, in code points: where the thing as typed begins.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

FORMS: Final = ("words", "fraction", "year", "unit")  # besides digits, which need no form


@dataclass(frozen=True, slots=True)
class Words:
    """Characters to print: `text[i]` was typed at `at + i` (a line break is shown as a space)."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A claim's value, `{claim.value}` or `{claim.value:form}`."""

    claim: str
    name: str
    form: str  # one of FORMS, or empty
    at: int


@dataclass(frozen=True, slots=True)
class Own:
    """A field of the block that holds the text, such as `{by}`."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Cite:
    """A claim cited without a number, `[^claim]`."""

    claim: str
    at: int


@dataclass(frozen=True, slots=True)
class Bold:
    """What is between two `**`."""

    children: "tuple[Inline, ...]"
    at: int


@dataclass(frozen=True, slots=True)
class Italic:
    """What is between two `*`."""

    children: "tuple[Inline, ...]"
    at: int


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link, `[children](href)`; its href is as typed, and sound."""

    href: str
    children: "tuple[Inline, ...]"
    at: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language, `[children](lang:ky)`."""

    language: str  # its code, as typed
    children: "tuple[Inline, ...]"
    at: int


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """Lines of text up to an empty one."""

    children: "tuple[Inline, ...]"
    at: int


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; an item is one or more paragraphs and never a list."""

    items: tuple[tuple[TextParagraph, ...], ...]
    ordered: bool
    at: int


@dataclass(frozen=True, order=True, slots=True)
class Slip:
    """What is wrong in a text, and the way out."""

    at: int
    message: str
    rule: str


Leaf = Words | Placeholder | Own | Cite
Holder = Bold | Italic | Hyperlink | Foreign
Inline = Leaf | Holder
Part = TextParagraph | ItemList


def walk(parts: Iterable[Part | Inline]) -> Iterator[Inline]:
    """Yield every inline part in reading order; those that hold others before what they hold."""
    for part in parts:
        if isinstance(part, ItemList):
            for item in part.items:
                yield from walk(item)
            continue
        if not isinstance(part, TextParagraph):
            yield part
        if isinstance(part, TextParagraph | Holder):
            yield from walk(part.children)


def plain(parts: Iterable[Part | Inline], show: Callable[[Placeholder | Own], str]) -> str:
    """Return the characters a reader sees, a line for each paragraph; citations show none."""
    every = tuple(parts)
    between = "\n" if any(isinstance(part, Part) for part in every) else ""
    return between.join(_shown(part, show) for part in every)


def _shown(part: Part | Inline, show: Callable[[Placeholder | Own], str]) -> str:
    match part:
        case Words():
            return part.text
        case Placeholder() | Own():
            return show(part)
        case Cite():
            return ""
        case ItemList():
            return "\n".join(plain(item, show) for item in part.items)
        case _:
            return plain(part.children, show)


def paragraphs(parts: Iterable[Part]) -> Iterator[TextParagraph]:
    """Yield every paragraph, those of lists too."""
    for part in parts:
        if isinstance(part, ItemList):
            for item in part.items:
                yield from paragraphs(item)
        else:
            yield part
