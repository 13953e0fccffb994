"""Check what each stage makes, and yield what is wrong with it.

To add one: write `check` in a module here and name it in the table of its stage.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from press.checks.content import (
    charts,
    dates,
    editorial,
    evidence,
    glyphs,
    structure,
    texts,
    units,
    verdicts,
)
from press.content.library import Draft, Fault
from press.page import fonts

LIBRARY: tuple[Callable[[Draft], Iterable[Fault]], ...] = (
    evidence.check,
    structure.check,
    dates.check,
    charts.check,
    texts.check,
    units.check,
    verdicts.check,
    editorial.check,
)


def of_library(draft: Draft, faces: Path) -> Iterator[Fault]:
    """Yield what is wrong with a library whose texts are set in *faces*."""
    yield from (fault for check in LIBRARY for fault in check(draft))
    yield from glyphs.check(draft, fonts.coverage(faces))
