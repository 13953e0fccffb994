"""Look at a raster image before it is printed: its bytes in, what is wrong with the file out.

The engine prints a file that was cut off in silence, and decodes one of any size. Here no pixel is
decoded: the check sums and the end of the file are looked at.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 40_000_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG, JPEG_END = b"\xff\xd8", b"\xff\xd9"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers of JPEG that a size follows


class DamagedError(Exception):
    """The file is not what its beginning says."""


def fault(data: bytes) -> str | None:
    """Return why the image cannot be printed, if so."""
    try:
        if data.startswith(PNG):
            width, height = _png(data)
        elif data.startswith(JPEG):
            width, height = _jpeg(data)
        else:
            return "is neither a PNG nor a JPEG file"
    except DamagedError as error:
        return f"is damaged ({error})"
    except struct.error:
        return "is cut off"
    if width * height > MOST_PIXELS:
        millions = MOST_PIXELS // 1_000_000
        return f"has {width} by {height} pixels; at most {millions} million are allowed"
    return None


def _png(data: bytes) -> tuple[int, int]:
    names, size = [], (0, 0)
    for name, content in _chunks(data):
        names.append(name)
        if name == b"IHDR":
            width, height = struct.unpack_from("!II", content)
            size = width, height
    if names[-1:] != [b"IEND"]:
        raise DamagedError("it has no end")
    return size


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place < len(data):
        length, name = struct.unpack_from("!I4s", data, place)
        content = data[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from("!I", data, place + 8 + length)
        if zlib.crc32(name + content) != check:
            raise DamagedError("a check sum is wrong")
        yield name, content
        place += length + 12


def _jpeg(data: bytes) -> tuple[int, int]:
    if not data.endswith(JPEG_END):
        raise DamagedError("it has no end")
    place = len(JPEG)
    while True:
        marker, kind, length = struct.unpack_from("!BBH", data, place)
        if marker != 0xFF:  # noqa: PLR2004 - every marker begins so
            raise DamagedError("it has no size")
        if kind in FRAMES:
            height, width = struct.unpack_from("!HH", data, place + 5)
            return width, height
        place += length + 2
