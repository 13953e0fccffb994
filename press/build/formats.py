"""List the output formats of an edition. To add one, write its row here, and the function that makes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from press.ground.paths import SHORT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from press.build.stages import Printed


@dataclass(frozen=True)
class Format:
    """A format of an edition: how its file is called and made, and where the other outputs name it."""

    name: str  # in options
    ending: str  # of its file, behind the name of the brief
    type: str  # media type
    title: str  # of its column in summaries
    label: str  # of a link to it, to be translated
    # The column of the index that lists it; none lists a preview, which programs show beside a link
    use: Literal["screen", "print", "preview"]
    limit: str  # the name in limits.yaml of the kilobytes that it may have, '' for no limit
    make: Callable[[Printed, Path], bytes]  # from an edition and the folder of the fonts
    # Where lost words and the mark of a draft are looked for: on its page, on its print, or in this text of the file
    searched: Literal["page", "print"] | Callable[[bytes], str]
    pictures: re.Pattern[bytes] | None = None  # in its file: they have a limit of their own
    parts: Mapping[str, re.Pattern[bytes]] = field(default_factory=dict)  # of it that are no texts
    needs: Literal["", "brief", "short"] = ""  # the print that it is made of
    alone: Callable[[bytes], bytes] = bytes  # without links to files that are not handed on with it


def _html(edition: Printed, faces: Path) -> bytes:
    from press.page.embed import embed, needless_faces  # noqa: PLC0415 - heavy

    source = edition.page.manuscript
    without = needless_faces(source.edition)
    return embed(edition.html, source.edition.language, source.images, faces, without)


def _without_links(page: bytes) -> bytes:
    from press.page.cut import lone  # noqa: PLC0415 - heavy

    return lone(page.decode()).encode()


def _pdf(edition: Printed, _: Path) -> bytes:
    assert edition.print is not None  # noqa: S101 - it needs a print
    return edition.print.pdf


def _short_pdf(edition: Printed, faces: Path) -> bytes:
    assert edition.short is not None  # noqa: S101 - it needs that print
    return _pdf(edition.short, faces)


PRINTED_PICTURES = re.compile(rb"/Subtype /Image\b.*?\nendstream", re.DOTALL)
FORMATS = {  # the titles in the index lead to the first that is for a screen
    row.name: row
    for row in (
        Format(
            name="html",
            ending=".html",
            type="text/html",
            title="HTML",
            label="Web page",
            use="screen",
            limit="html_kilobytes",
            make=_html,
            searched="page",
            pictures=re.compile(rb'data:image/(?<= src="data:image/)[^"]*'),
            parts={
                "fonts": re.compile(rb"url\(data:font[^)]*\)"),
                "styles": re.compile(rb"<style.*?</style>", re.DOTALL),
                "drawings": re.compile(rb"<svg.*?</svg>", re.DOTALL),
            },
            alone=_without_links,
        ),
        Format(
            name="pdf",
            ending=".pdf",
            type="application/pdf",
            title="PDF",
            label="PDF",
            use="print",
            limit="pdf_kilobytes",
            make=_pdf,
            searched="print",
            pictures=PRINTED_PICTURES,
            needs="brief",
        ),
        Format(
            name="short",
            ending=f"{SHORT}.pdf",
            type="application/pdf",
            title="Short",
            label="Short form (PDF)",
            use="print",
            limit="short_kilobytes",
            make=_short_pdf,
            searched="print",  # its own
            pictures=PRINTED_PICTURES,
            needs="short",
        ),
        Format(
            name="card",
            ending=".card.png",
            type="image/png",
            title="Card",
            label="Picture for link previews",
            use="preview",
            limit="",
            make=lambda edition, _: edition.card.png,
            searched="print",  # its own
            needs="brief",
        ),
    )
}
OTHER_TYPES = {
    "png": "image/png",
    "json": "application/json",
    "csv": "text/csv",
    "txt": "text/plain",
    "zip": "application/zip",
}


def media_type(path: str) -> str:
    """Return the media type of the output *path*."""
    row = format_of(path)
    return row.type if row else OTHER_TYPES[path.rpartition(".")[2]]


def format_of(path: str) -> Format | None:
    """Return the format of a file of an edition, by the longest ending that it has."""
    having = (row for row in FORMATS.values() if path.endswith(row.ending))
    return max(having, key=lambda row: len(row.ending), default=None)


def size(row: Format, data: bytes) -> tuple[int, str]:
    """Return how large a file of format *row* is without its pictures, and the unit."""
    text = row.pictures.sub(b"", data) if row.pictures else data
    unit = f"kB of {row.title}"
    return kilobytes(text), unit if text == data else f"{unit} beside its pictures"


def spent(row: Format, data: bytes) -> str:
    """Return what the kilobytes of a file of format *row* are spent on beside pictures, '' where that is not known."""
    shares, text = {}, row.pictures.sub(b"", data) if row.pictures else data
    for name, part in row.parts.items():
        shorter = part.sub(b"", text)
        shares[name] = round((len(text) - len(shorter)) / 1000)
        text = shorter
    shares["texts"] = round(len(text) / 1000)
    listed = ", ".join(f"{name} {number}" for name, number in shares.items())
    return (
        f"; it holds {listed}: shorten texts, or take a figure or claims out" if row.parts else ""
    )


def kilobytes(data: bytes) -> int:
    """Return the size of *data* in kB, rounded up."""
    return -(-len(data) // 1000)
