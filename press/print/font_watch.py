"""Watch text being drawn: the families that it asks for and the fonts that it gets in, names and complaints out."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.print.engine_types import Box, Module, Other

GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})
SHOWN = 40  # characters


class Watch:
    """Listens to the engine's two functions through which every text goes, that in drawings included."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._asked: set[tuple[str, ...]] = set()
        self._lent: dict[str, None] = {}  # complaints, in their order
        self._now: tuple[tuple[str, ...], str] = ((), "")

    @property
    def unknown(self) -> tuple[str, ...]:
        """The families that text asks for and nobody has; a generic name may only be the way out."""
        names = {
            name
            for families in self._asked
            for place, name in enumerate(families)
            if name not in self._known and not (place and name in GENERIC)
        }
        return tuple(sorted(names))

    @property
    def complaints(self) -> tuple[str, ...]:
        """One for each text with characters that its families lack, so that another one lent them."""
        return tuple(self._lent)

    @contextlib.contextmanager
    def on(self, drawing: Module, stream: Other) -> Iterator[None]:
        """Listen to the module that draws text and to the class that collects fonts."""
        draw, add = drawing.draw_first_line, stream.add_font

        def draw_first_line(stream: Other, textbox: Box, *rest: Other) -> Other:
            self._asks(tuple(textbox.style["font_family"]), textbox.text)
            return draw(stream, textbox, *rest)

        def add_font(stream: Other, pango_font: Other) -> Other:
            font, size = add(stream, pango_font)
            self._gets(font.family)
            return font, size

        drawing.draw_first_line, stream.add_font = draw_first_line, add_font
        try:
            yield
        finally:
            drawing.draw_first_line, stream.add_font = draw, add

    def _asks(self, families: tuple[str, ...], text: str) -> None:
        self._now = families, text
        if text.strip():
            self._asked.add(families)

    def _gets(self, family: str) -> None:
        families, text = self._now
        if self._known.intersection(families) and family not in families:
            self._lent[
                f"'{family}' lends characters that '{families[0]}' lacks: {text[:SHOWN]!r}"
            ] = None
