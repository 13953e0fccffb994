"""Embed images and fonts in a page, so that it needs no other file."""

import base64
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from press.content.languages import LANGUAGES
from press.edition.edition import Edition, as_json
from press.page import fonts
from press.page.styles import without_unused

PLACE, NEAR = (
    re.compile(r'(?:<style[^<>]*>\s*/\* |\bsrc=")\Z'),
    100,
)  # where files go, in characters
STRESSED = '"type": "emphasis"'  # a part of a text
TYPES = {"png": "png", "svg": "svg+xml"}  # of images; all others are JPEG


def embed(
    page: str,
    language: str,
    assets: Mapping[str, bytes],
    faces: Path,
    without: Collection[fonts.Face] = (),
) -> bytes:
    """Return *page* with its images and *faces* inside, *without* those in which none of its words is set."""
    script = fonts.least_script(LANGUAGES[language].script, page)
    css = fonts.screen_css(faces, script, without)
    inside = {"fonts.css": f"*/\n{css}/*"}
    for name, data in assets.items():
        kind = TYPES.get(name.rpartition(".")[2], "jpeg")
        inside[name] = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return replace_assets(without_unused(page), inside).encode()


def needless_faces(edition: Edition) -> tuple[fonts.Face, ...]:
    """Return the faces in which no words of *edition* are set but some in notes, which may be slanted instead."""
    stressed = STRESSED in edition.json and STRESSED in json.dumps(
        as_json((edition.title, edition.sections))
    )
    return () if stressed else (fonts.ITALIC,)


def replace_assets(page: str, assets: Mapping[str, str]) -> str:
    """Return *page* with what *assets* holds in the place of each `asset:NAME`.

    The name is in a `src`, or in a comment that begins a style: no text can look so, since it is escaped.
    """
    names = "|".join(map(re.escape, assets))

    def inside(found: re.Match[str]) -> str:
        before = page[max(found.start() - NEAR, 0) : found.start()]
        return assets[found[1]] if PLACE.search(before) else found[0]

    return re.sub(rf'asset:({names})(?= \*/|")', inside, page)
