"""Watch which font families the text of a page asks for, and which fonts it gets."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.print.engine_types import Box, Module, Other

GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})
SHOWN = 40  # characters


class FontWatch:
    """Watches the two functions of the engine through which every text goes, that in drawings included."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._asked: set[tuple[str, ...]] = set()
        self._complaints: dict[str, None] = {}  # in order
        self._current: tuple[tuple[str, ...], str] = ((), "")  # families and text

    @property
    def unknown(self) -> tuple[str, ...]:
        """The families that text asks for and the print lacks; a generic name is allowed, but not as the first."""
        names = {
            name
            for families in self._asked
            for place, name in enumerate(families)
            if name not in self._known and not (place and name in GENERIC)
        }
        return tuple(sorted(names))

    @property
    def complaints(self) -> tuple[str, ...]:
        """One for each text with characters that its families lack, so that another family lends them."""
        return tuple(self._complaints)

    @contextlib.contextmanager
    def on(self, drawing: Module, stream: Other) -> Iterator[None]:
        """Watch the module that draws text and the class that collects fonts."""
        draw, add = drawing.draw_first_line, stream.add_font

        def draw_first_line(stream: Other, textbox: Box, *rest: Other) -> Other:
            self._note_text(tuple(textbox.style["font_family"]), textbox.text)
            return draw(stream, textbox, *rest)

        def add_font(stream: Other, pango_font: Other) -> Other:
            font, size = add(stream, pango_font)
            self._note_font(font.family)
            return font, size

        drawing.draw_first_line, stream.add_font = draw_first_line, add_font
        try:
            yield
        finally:
            drawing.draw_first_line, stream.add_font = draw, add

    def _note_text(self, families: tuple[str, ...], text: str) -> None:
        self._current = families, text
        if text.strip():
            self._asked.add(families)

    def _note_font(self, family: str) -> None:
        families, text = self._current
        if self._known.intersection(families) and family not in families:
            complaint = f"'{family}' lends characters that '{families[0]}' lacks: {text[:SHOWN]!r}"
            self._complaints[complaint] = None
