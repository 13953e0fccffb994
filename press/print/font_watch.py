"""Watch which font families text asks for, and which fonts it gets. One of four doors into the engine."""

import contextlib
from collections.abc import Iterator

from press.print.engine_types import Box, Module, Other

GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})
SHOWN = 40  # characters


class FontWatch:
    """Watches the two functions of the engine through which every text goes, that in drawings included."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._families: tuple[str, ...] = ()  # of the text that is being drawn
        self._text = ""
        self.unknown: set[str] = set()  # families that text asks for and the print lacks
        self.complaints: list[str] = []  # on texts for which other families lend characters

    @contextlib.contextmanager
    def on(self, drawing: Module, stream: Other) -> Iterator[None]:
        """Watch the module that draws text and the class that collects fonts."""
        draw, add = drawing.draw_first_line, stream.add_font

        def draw_first_line(stream: Other, textbox: Box, *rest: Other) -> Other:
            self._families, self._text = tuple(textbox.style["font_family"]), textbox.text
            if textbox.text.strip():  # a generic name is allowed, but not as the first
                wanted = {*self._families[:1], *set(self._families) - GENERIC}
                self.unknown |= wanted - self._known
            return draw(stream, textbox, *rest)

        def add_font(stream: Other, pango_font: Other) -> Other:
            font, size = add(stream, pango_font)
            if self._known.intersection(self._families) and font.family not in self._families:
                lacks = f"'{self._families[0]}' lacks: {self._text[:SHOWN]!r}"
                self.complaints.append(f"'{font.family}' lends characters that {lacks}")
            return font, size

        drawing.draw_first_line, stream.add_font = draw_first_line, add_font
        try:
            yield
        finally:
            drawing.draw_first_line, stream.add_font = draw, add
