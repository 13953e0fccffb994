"""Messages between processes: a JSON header and raw bytes in, the same out; nothing that could run code."""

from __future__ import annotations

import json
import os
import struct
from typing import TYPE_CHECKING, Any, NamedTuple

from press.problems import PressError

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH = struct.Struct("!I")
MOST = 1 << 30  # bytes of one part; more is a broken sender
CHUNK = 1 << 20


class Message(NamedTuple):
    """One message: small values in the header, big ones as blobs."""

    header: dict[str, Any]
    blobs: tuple[bytes, ...] = ()


class HungUpError(PressError):
    """The other end is gone, or sends what is no message."""


def pack(header: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """Write a message: length of the header, the header, then the blobs, whose lengths the header holds."""
    text = json.dumps([header, [len(blob) for blob in blobs]]).encode("ascii")
    return b"".join((LENGTH.pack(len(text)), text, *blobs))


def unpack(data: bytes) -> Message:
    """Read what `pack` wrote.

    Raises:
        HungUpError: the data end too early.
    """
    end = LENGTH.size + _length(data[: LENGTH.size])
    header, lengths = _header(data[LENGTH.size : end])
    blobs = []
    for length in lengths:
        blobs.append(data[end : end + length])
        end += length
    if end > len(data):
        raise HungUpError("a message ends too early")
    return Message(header, tuple(blobs))


def write(fd: int, data: bytes) -> None:
    """Write all of *data*."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view[:CHUNK]) :]


def read(fd: int) -> Message:
    """Wait for one whole message.

    Raises:
        HungUpError: the other end closed before the message was whole.
    """
    header, lengths = _header(_exactly(fd, _length(_exactly(fd, LENGTH.size))))
    return Message(header, tuple(_exactly(fd, length) for length in lengths))


def _length(data: bytes) -> int:
    if len(data) < LENGTH.size or (length := int(LENGTH.unpack(data)[0])) > MOST:
        raise HungUpError("no message begins here")
    return length


def _header(text: bytes) -> tuple[dict[str, Any], list[int]]:
    try:
        header, lengths = json.loads(text)
    except ValueError as error:
        raise HungUpError("a header is no JSON") from error
    return header, lengths


def _exactly(fd: int, size: int) -> bytes:
    parts = []
    while size:
        part = os.read(fd, min(CHUNK, size))
        if not part:
            raise HungUpError("the other end is gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
