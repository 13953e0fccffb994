"""Checks: each takes what one stage has made, and yields what is wrong with it.

To add one: write `check` in a module here and name it in the table of its stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.checks.content import (
    charts,
    contrast,
    editorial,
    evidence,
    glyphs,
    structure,
    texts,
    verdicts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from press.content.library import Draft, Fault

LIBRARY: tuple[Callable[[Draft], Iterable[Fault]], ...] = (
    evidence.check,
    structure.check,
    charts.check,
    texts.check,
    verdicts.check,
    contrast.check,
    glyphs.check,
    editorial.check,
)
