"""Tell whether a text can be seen: its colour against what is behind it, how it is turned, and whose words it has."""

from typing import TypeAlias

from press.page.colours import contrast
from press.print.engine_types import Box
from press.print.measure.rects import Matrix

Colour: TypeAlias = tuple[float, float, float]  # red, green and blue, from 0 to 1
PAPER: Colour = (1.0, 1.0, 1.0)
LEAST = 3.0  # of contrast; authors' accents have more (WCAG 2.2, for large text)


def behind(box: Box, ground: Colour | None, opacity: float) -> Colour | None:
    """Return the colour of what is behind the text of *box*, which has *ground* behind it; None for a picture."""
    images = [kind for kind, _ in box.style["background_image"]]
    if ground is None or set(images) - {"none"}:
        return None
    return _over(box.style["background_color"], ground, opacity)


def hardly_seen(box: Box, ground: Colour | None, opacity: float, matrix: Matrix) -> str:
    """Return why a text cannot be read, in words for a problem, or ''."""
    if ground is None:
        return "has a picture behind it"
    if matrix.b or matrix.c or matrix.a < 0 or matrix.d < 0:
        return "is turned or mirrored"
    found = contrast(_hex(_over(box.style["color"], ground, opacity)), _hex(ground))
    if found < LEAST:
        return f"can hardly be seen (contrast {found:.1f} to 1; {LEAST:g} are needed)"
    tag, _, pseudo = (box.element_tag or "").partition("::")
    if tag and pseudo in {"before", "after"} and any(map(str.isalpha, box.text)):
        return "is no word of the page"
    return ""


def _over(colour: Box, ground: Colour, opacity: float) -> Colour:
    """Return what is seen of *colour*, one of the engine's, on *ground*."""
    alpha = colour.alpha * opacity
    red, green, blue = (
        over * alpha + under * (1 - alpha)
        for over, under in zip(colour.to("srgb").coordinates, ground, strict=True)
    )
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in colour)
