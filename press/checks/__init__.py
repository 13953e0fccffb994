"""Check what each stage makes, and yield what is wrong with it.

What authors write is checked in `content/`: a `check` in a module there is named in LIBRARY, or called by one that is.
What is composed is checked in `page.py`, what is printed in `print.py` and `layout.py`.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from press.checks.content import (
    beside,
    charts,
    dates,
    depths,
    editorial,
    evidence,
    faithful,
    glyphs,
    identity,
    key_figures,
    languages,
    measures,
    qualifiers,
    sources,
    structure,
    terms,
    texts,
    units,
    verdicts,
    whole,
)
from press.content.library import Draft, Fault
from press.ground import signals
from press.page import fonts
from press.problems import ConfigurationError

LIBRARY: tuple[Callable[[Draft], Iterable[Fault]], ...] = (
    evidence.check,
    sources.check,
    structure.check,
    identity.check,
    qualifiers.references,
    faithful.of_claims,
    terms.check,
    dates.check,
    depths.check,
    charts.check,
    key_figures.check,
    measures.check,
    texts.check,
    languages.check,
    beside.check,
    units.check,
    whole.check,
    verdicts.check,
)


def of_library(draft: Draft, faces: Path, *known: editorial.Known) -> Iterator[Fault]:
    """Yield what is wrong with a library whose texts are set in *faces*; some of it may be *known*.

    Raises:
        ConfigurationError: a check yields something else.
    """
    for check in LIBRARY:
        signals.check()
        found: Iterable[object] = check(draft)
        for fault in found:
            if not isinstance(fault, Fault):
                name = check.__module__
                raise ConfigurationError(f"{name}.check yields no Fault; make one with `fault`")
            yield fault
    yield from editorial.check(draft, *known)
    yield from glyphs.check(draft, fonts.coverage(faces))
