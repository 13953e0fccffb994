"""Zip the files of one edition to hand on; the zip has the same bytes on every machine."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

from press.ground import sums
from press.ground.sums import SUMS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from press.edition.edition import Edition
    from press.page.compose import Composer

README = "READ-ME.txt"
_MODE = 0o100644 << 16  # a plain file that its owner may change
_UNIX = 3
_WORDS = 8  # of a series' name, at most, in the names of files
_LETTERS = 60  # as for the slug of a series


def slug(name: str) -> str:
    """Return the start of file names for a series called *name*; '' where none of its letters may be in one."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain)[:_WORDS])[:_LETTERS].strip("-")


def stem(series: str, edition: Edition) -> str:
    """Return the speaking name of an edition's files: 'town-gardens_schools_en_2026-11'."""
    return f"{series}_{edition.brief}_{edition.language}_{edition.release[:7]}"


def handout(
    composer: Composer, edition: Edition, release: str, files: Mapping[str, bytes]
) -> bytes:
    """Return the zip of *files*, the page and the print by their speaking names, with a word on how to verify them."""
    readme = composer.fill(
        "handout/READ-ME.txt.j2", edition=edition, release=release, names=sorted(files)
    )
    inside = {**files, README: readme.encode()}
    return zipped(inside | {SUMS: sums.write(sums.digests(inside))}, dated(edition.release))


def dated(day: str | dt.date) -> tuple[int, int, int, int, int, int]:
    """Return *day*, such as 2026-11-24, as a zip has it."""
    year, month, number = map(int, str(day).split("-"))
    return year, month, number, 0, 0, 0


def zipped(files: Mapping[str, bytes], date: tuple[int, int, int, int, int, int]) -> bytes:
    """Return a zip of *files* in the order of their names; nothing is packed, so that no library decides on bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, data)
    return out.getvalue()
