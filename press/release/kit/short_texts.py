"""Shorten an edition: title and main message, for an excerpt and for messengers.

Only whole sentences are left out, the last ones first: a part of one could say more than the brief does.
"""

import textwrap
from collections.abc import Iterator
from itertools import pairwise

from press.content.text.boundaries import SIGNS, ends
from press.edition import edition as ed
from press.page.compose import Composer

MOST_WORDS = 55  # of an excerpt
MOST_CHARACTERS = 500  # of a message
NAME = 40  # characters of the name of a series or of its readers, where nothing else has room


def excerpt(composer: Composer, edition: ed.Edition) -> str:
    """Return title and main message for the field of an excerpt."""
    title = edition.name if edition.name.endswith(tuple(SIGNS)) else f"{edition.name}."
    main = sentences(edition)
    wanted = [(title, main[:number]) for number in range(len(main), -1, -1)]
    for text in _filled(composer, "kit/excerpt.txt.j2", edition, wanted):
        if len(text.split()) <= MOST_WORDS:
            break
    return text


def message(composer: Composer, edition: ed.Edition) -> str:
    """Return title, first sentence of the main message and link for a messenger."""
    wanted = [(edition.name, sentences(edition)[:1]), (edition.name, [])]
    for text in _filled(composer, "kit/message.txt.j2", edition, wanted):
        if len(text) <= MOST_CHARACTERS:
            break
    return text


def sentences(edition: ed.Edition) -> list[str]:
    """Return the sentences of the main message, without note marks."""
    main = [block for part in edition.sections if part.name == "main" for block in part.blocks]
    line = " ".join(ed.plain_text(block.text) for block in main if isinstance(block, ed.Message))
    return [line[start:end].strip() for start, end in pairwise([0, *ends(line, edition.language)])]


def _filled(
    composer: Composer, template: str, edition: ed.Edition, wanted: list[tuple[str, list[str]]]
) -> Iterator[str]:
    """Yield the text for each title and sentences, at last one with names alone, which always has room."""
    names = (
        textwrap.shorten(name, NAME, placeholder="…") for name in (edition.series, edition.label)
    )
    for title, main in [*wanted, (": ".join(names), [])]:
        text = composer.fill(template, edition=edition, title=title, said=" ".join(main))
        yield text.strip() + "\n"
