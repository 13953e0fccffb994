"""Check words in other languages: the codes of these, and words in another alphabet that name none."""

import re
from collections.abc import Iterable, Iterator

from press.checks.content.numbers import spoken_in
from press.checks.content.texts import Typed, texts
from press.content.library import Draft, Fault, fault
from press.content.text import parts as text
from press.content.text.markdown import Markdown
from press.edition import language

WORD = r"(?<!\w)[\u0400-\u04ff]{2,}(?!\w)"
CYRILLIC = re.compile(rf"{WORD}(?:[ -]{WORD})*")
UNREAD = "alternative"  # the words of an attribute, in which no part can have a language


def check(draft: Draft) -> Iterator[Fault]:
    """Yield codes that are of no language, and the first words of a text that programs would read in a wrong one."""
    spoken = spoken_in(draft)
    for typed in texts(draft):
        if isinstance(markdown := typed.scalar, Markdown) and not markdown.faults:
            for part in text.walk(markdown.parts):
                if isinstance(part, text.Foreign) and not language.known(part.language):
                    yield fault(markdown.at(part.at), _wrong(part.language), "foreign", typed.owner)
            if typed.name != UNREAD:
                yield from _unmarked(typed, markdown, spoken)


def _wrong(code: str) -> str:
    meant = language.of_country(code)
    way_out = f"did you mean '{meant}'?" if meant else "write one such as 'ru' or 'ky'"
    return f"no language has the code '{code}'; {way_out}"


def _unmarked(typed: Typed, markdown: Markdown, spoken: Iterable[str]) -> Iterator[Fault]:
    """Yield the first words in another alphabet; Latin ones, as names and acronyms are, may stand anywhere."""
    if any(language.is_cyrillic(code) for code in spoken):
        return
    for words in _words(markdown.parts):
        if found := CYRILLIC.search(words.text):
            shown = found[0]
            what = f"'{shown}' does not say its language"
            message = f"{what}; write [{shown}](lang:ru), with the code of its language"
            place = markdown.at(words.at + found.start())
            yield fault(place, message, "foreign", typed.owner, "warning")
            return


def _words(parts: Iterable[text.Part | text.Inline]) -> Iterator[text.Words]:
    """Yield the words of which no other language is named."""
    for part in parts:
        if isinstance(part, text.Words):
            yield part
        elif isinstance(part, text.ItemList):
            yield from (words for item in part.items for words in _words(item))
        elif isinstance(part, text.TextParagraph | text.Bold | text.Italic | text.Hyperlink):
            yield from _words(part.children)
