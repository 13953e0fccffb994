"""Check the contrast of a brief's colours (WCAG 2.2: 4.5 to 1 for text, 3 to 1 for figures)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.content.library import Draft, Fault
from press.page.colours import contrast, palette
from press.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(draft: Draft) -> Iterator[Fault]:
    """Yield accents in which something could not be read."""
    for name, brief in draft.briefs.items():
        for what, front, back, least in palette(str(brief.accent)).pairs():
            ratio = contrast(front, back)
            if ratio < least:
                message = (
                    f"with the accent {brief.accent}, {what} has a contrast of {ratio:.1f} to 1"
                    f" and needs {least}; take a darker accent"
                )
                yield Fault(Problem(brief.accent.place, message, "contrast"), f"brief:{name}")
                break
