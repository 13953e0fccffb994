"""Send and receive packets between processes: a JSON header and raw bytes, nothing that could run code."""

import io
import json
import os
import struct
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from press.problems import PressError

LENGTH = struct.Struct("!I")
MOST = 1 << 30  # bytes of one part; more means that the sender is broken
CHUNK = 1 << 20


class Packet(NamedTuple):
    """One message: small values in the header, big ones as blobs."""

    header: dict[str, Any]
    blobs: tuple[bytes, ...] = ()


class HungUpError(PressError):
    """The other end is gone, or sends something other than a packet."""


def pack(header: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """Return a packet: length of the header, the header with the lengths of the blobs, the blobs."""
    text = json.dumps([header, [len(blob) for blob in blobs]]).encode("ascii")
    return b"".join((LENGTH.pack(len(text)), text, *blobs))


def unpack(data: bytes) -> Packet:
    """Return the packet that `pack` made.

    Raises:
        HungUpError: the data end too early.
    """
    return _packet(io.BytesIO(data).read)


def write(fd: int, data: bytes) -> None:
    """Write all of *data*."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view[:CHUNK]) :]


def read(fd: int) -> Packet:
    """Wait for one whole packet.

    Raises:
        HungUpError: the other end closed before the packet was complete.
    """

    def take(size: int) -> bytes:
        data = bytearray()
        while len(data) < size and (part := os.read(fd, min(CHUNK, size - len(data)))):
            data += part
        return bytes(data)

    return _packet(take)


def _packet(take: Callable[[int], bytes]) -> Packet:
    """Return the packet that *take* gives, so many bytes at a time, fewer at the end of the data."""

    def exactly(size: int) -> bytes:
        if len(data := take(size)) != size:
            raise HungUpError("a packet ends too early")
        return data

    (size,) = LENGTH.unpack(exactly(LENGTH.size))
    if size > MOST:
        raise HungUpError("no packet begins here")
    try:
        header, lengths = json.loads(exactly(size))
    except ValueError as error:
        raise HungUpError("a header is not JSON") from error
    return Packet(header, tuple(map(exactly, lengths)))
