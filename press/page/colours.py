"""Mix the colours of a brief from its accent, for paper and for a dark screen, and measure their contrast."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

TEXT, SHAPE = 7.0, 3.0  # WCAG 2.2, 1.4.6 (level AAA) and 1.4.11
AREA = 1.6  # the contrast of an area that is seen, such as a pale bar on its ground
STEPS = 20  # from a colour to white or black
NIGHT = 12  # steps to white of an accent by night, or more
# Shares of white in a tint, which has no more than its text needs.
TINTS = tuple(share / 100 for share in range(90, 99))
SOFT = "#434f4c"  # of text beside the text
PAIRS = (
    *((front, back, TEXT) for front in ("ink", "soft", "accent") for back in ("paper", "tint")),
    ("paper", "accent", TEXT),
    ("ink", "pale", TEXT),
    ("accent", "pale", SHAPE),
    ("grey", "paper", SHAPE),
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as '#rrggbb'."""

    accent: str
    tint: str  # a wash behind text
    pale: str  # the lighter part of a figure
    ink: str = "#17211f"
    soft: str = SOFT
    rule: str = "#b9c4c1"
    paper: str = "#ffffff"
    grey: str = "#7b8784"  # what is compared with the marked part of a figure

    def night(self) -> dict[str, str]:
        """Return the same colours for the dark scheme, by name."""
        paper = "#141a19"
        tint = mixed(paper, self.accent, 0.35)
        return {
            "accent": _lighter(self.accent, tint, TEXT, NIGHT),
            "tint": tint,
            "pale": _lighter(mixed(paper, self.accent, 0.7), paper, AREA),
            "ink": "#e8eeec",
            "soft": "#b3bfbc",
            "rule": "#46524f",
            "paper": paper,
            "grey": "#76837f",
        }

    def pairs(self) -> Iterator[tuple[str, str, str, float]]:
        """Yield which colour is on which, their values, and the contrast that they need."""
        for scheme, colours in (("", asdict(self)), (" in the dark scheme", self.night())):
            for front, back, least in PAIRS:
                yield f"{front} on {back}{scheme}", colours[front], colours[back], least


def palette(accent: str) -> Palette:
    """Return the palette of one accent."""
    tints = (mixed(accent, "#ffffff", share) for share in TINTS)
    fronts = accent, SOFT
    readable = (tint for tint in tints if all(contrast(each, tint) >= TEXT for each in fronts))
    return Palette(accent, tint=next(readable, "#ffffff"), pale=mixed(accent, "#ffffff", 0.7))


def darker(accent: str) -> str:
    """Return the lightest shade of *accent* in which all can be read, by day and by night."""
    shades = (mixed(accent, "#000000", step / STEPS) for step in range(STEPS))
    return next(
        shade
        for shade in shades
        if all(contrast(front, back) >= least for _, front, back, least in palette(shade).pairs())
    )


def _lighter(colour: str, ground: str, least: float, white: int = 0) -> str:
    """Return *colour* with as many steps of *white*, or more, as it takes to be seen on a dark *ground*."""
    shades = (mixed(colour, "#ffffff", step / STEPS) for step in range(white, STEPS + 1))
    return next(light for light in shades if contrast(light, ground) >= least or light == "#ffffff")


def mixed(colour: str, other: str, share: float) -> str:
    """Return *colour* with this *share* (0 to 1) of *other*."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((_luminance(colour), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the formula
        for c in (n / 255 for n in bytes.fromhex(colour[1:]))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
