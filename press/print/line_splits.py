"""Keep how the engine splits texts into lines: other layouts of the same page ask for nearly the same splits.

A split is kept with the fonts of its page, by all that it depends on: the text, the style's text properties and the
width. So it ends with the process that lays out this page, and no other page can see it. One of four doors into the
engine.
"""

import inspect
from collections.abc import Callable
from typing import Any

import weasyprint.layout.inline  # type: ignore[import-untyped]
import weasyprint.layout.preferred  # type: ignore[import-untyped]
import weasyprint.text.line_break  # type: ignore[import-untyped]

from press.print.engine_types import Other

# What splitting reads of a style, in `text/line_break.py` and `text/fonts.py` of the engine.
PROPERTIES = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override"),
    *("lang", "direction", "white_space", "hyphens", "hyphenate_character", "tab_size"),
    *("hyphenate_limit_chars", "hyphenate_limit_zone", "overflow_wrap", "word_break"),
    *("letter_spacing", "word_spacing", "text_decoration_line"),
)
ASKED = [
    "text",
    "style",
    "context",
    "max_width",
    "justification_spacing",
    "is_line_start",
    "minimum",
]
LAYOUT = weasyprint.text.line_break.Layout
NUMBER = "press_number"  # of a style, by its text properties
Split = tuple[Any, ...]  # the engine's layout of the line, and its measures


class Splits:
    """The splits of one page."""

    def __init__(self) -> None:
        self._styles: dict[str, int] = {}
        self._known: dict[tuple[Any, ...], tuple[dict[str, Any], Split]] = {}

    def number(self, style: Other) -> int:
        """Return a number that two styles share if they split alike."""
        number: int | None = getattr(style, NUMBER, None)
        if number is None:
            read = repr([style[name] for name in PROPERTIES])
            number = self._styles.setdefault(read, len(self._styles))
            setattr(style, NUMBER, number)
        return number

    def of(self, key: tuple[Any, ...], split: Callable[[], Split]) -> Split:
        """Return what *split* returns, with a layout of its own."""
        if (known := self._known.get(key)) is None:
            layout, *rest = split()
            self._known[key] = layout.__dict__.copy(), tuple(rest)
            return layout, *rest
        layout = LAYOUT.__new__(LAYOUT)
        layout.__dict__.update(known[0])
        return layout, *known[1]


def keep() -> None:
    """From now on, keep the splits of pages whose fonts have `splits`; not with an engine that asks otherwise."""
    made = weasyprint.text.line_break.split_first_line
    if list(inspect.signature(made).parameters) != ASKED:
        return

    def kept(  # noqa: PLR0913, PLR0917 - as the engine has it
        text: str,
        style: Other,
        context: Other,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001, FBT002
        minimum: bool = False,  # noqa: FBT001, FBT002
    ) -> Split:
        more = (max_width, justification_spacing, is_line_start, minimum)
        splits: Splits | None = getattr(style.font_config, "splits", None)
        if splits is None:
            return tuple(made(text, style, context, *more))
        key = (text, splits.number(style), *more)
        return splits.of(key, lambda: made(text, style, context, *more))

    for module in (weasyprint.layout.inline, weasyprint.layout.preferred):
        module.split_first_line = kept
