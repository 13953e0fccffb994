"""Join the styles of a page, and write the colours of its accent as custom properties."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from markupsafe import Markup

from press.page.colours import palette

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COMMON = ("styles/tokens.css", "styles/base.css", "styles/brief.css")  # in this order
SCREEN = "styles/screen.css"


def styles(texts: Mapping[str, str]) -> dict[str, Callable[..., Markup]]:
    """Return what templates call for their styles; *texts* has every style by its path below the templates."""
    blocks = [
        name for name in sorted(texts) if name.startswith("blocks/") and name.endswith(".css")
    ]

    def joined(*names: str) -> Markup:
        return Markup("\n".join(texts[name] for name in names))  # noqa: S704 - our own files

    return {
        "brief_style": lambda: joined(*COMMON, *blocks),
        "site_style": lambda: joined(*COMMON),
        "screen_style": lambda: joined(SCREEN),
        "colours_style": colours_style,
        "night_style": night_style,
        "bands_style": bands_style,
    }


def colours_style(accent: str, where: str = ":root") -> Markup:
    """Return the colours of a brief as custom properties, for all or below *where*."""
    return _properties(asdict(palette(accent)), where)


def night_style(accent: str, where: str = ":root") -> Markup:
    """Return the same properties for a dark screen."""
    night = _properties(palette(accent).night(), where)
    return Markup("@media (prefers-color-scheme:dark){{{}}}").format(night)


def bands_style(accent: str) -> Markup:
    """Return an accent by day and by night, for the style of one element."""
    night = palette(accent).night()["accent"]
    return Markup(f"--day:{accent};--night:{night}")  # noqa: S704 - colours that the model has checked


def _properties(colours: Mapping[str, str], where: str) -> Markup:
    rules = ";".join(f"--{name}:{colour}" for name, colour in colours.items())
    return Markup(f"{where}{{{rules}}}")  # noqa: S704 - names of ours and colours that the model has checked
