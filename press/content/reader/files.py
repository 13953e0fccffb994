"""Read a file of content as a tree; nothing else in Press opens one."""

import os
import stat
from pathlib import Path

from press.content.reader.yaml_tree import build_tree, forbidden_characters
from press.content.scalar import Keys, TextFile
from press.problems import ContentRefusedError, Place, Problem

MOST_BYTES = 1 << 20
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK  # a FIFO must not hang us
BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(path: Path, shown: str) -> tuple[Keys | None, tuple[Problem, ...]]:
    """Return the tree of the file at *path*, or None and problems, which call it *shown*."""
    try:
        return read_bytes(content(path, shown), shown)
    except ContentRefusedError as refused:
        return None, refused.problems


def read_bytes(data: bytes, shown: str) -> tuple[Keys | None, tuple[Problem, ...]]:
    """Return the tree of what is in a file, or will be; that of the same bytes as last time is the same tree."""
    known, result = _latest.get(shown, (None, None))
    if known != data or result is None:
        try:
            result = build_tree(decode(data, shown))
        except ContentRefusedError as refused:
            result = None, refused.problems
        _latest[shown] = data, result
    return result


# A preview reads a series again and again. By path: of an older text nothing stays.
_latest: dict[str, tuple[bytes, tuple[Keys | None, tuple[Problem, ...]]]] = {}


def content(path: Path, shown: str) -> bytes:
    """Return what is in the file at *path*.

    Raises:
        ContentRefusedError: it cannot be read, is no file, too big, or a link that leads elsewhere.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(path.parent.resolve()):
            raise _refused(
                shown, "is a link that leads out of its folder; put the file itself there"
            )
        if not stat.S_ISREG(real.stat().st_mode):  # before it is opened: a device may act on that
            raise _refused(shown, "is not a regular file")
        return _bytes(real, shown)
    except (OSError, ValueError, RuntimeError) as error:  # pathlib calls a loop a RuntimeError
        reason = getattr(error, "strerror", None) or "its name leads nowhere"
        raise _refused(shown, f"cannot be read: {reason.lower()}") from None


def _bytes(path: Path, shown: str) -> bytes:
    with open(os.open(path, _FLAGS), "rb") as opened:  # noqa: PTH123  Path.open takes no flags
        found = os.fstat(opened.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise _refused(shown, "is not a regular file")
        data = b"" if found.st_size > MOST_BYTES else opened.read(MOST_BYTES + 1)
    if found.st_size > MOST_BYTES or len(data) > MOST_BYTES:  # it may have grown meanwhile
        raise _refused(shown, "is bigger than 1 MiB; split it")
    return data


def _refused(shown: str, reason: str, rule: str = "file") -> ContentRefusedError:
    return ContentRefusedError([Problem(Place(shown), f"this file {reason}", rule)])


def decode(data: bytes, shown: str, way_out: str = "save the file as UTF-8") -> TextFile:
    """Return the text of a file, which messages call *shown*.

    Raises:
        ContentRefusedError: it is not UTF-8, or holds characters that may not be in a text.
    """
    if data.startswith(_UTF16):
        raise _refused(shown, "is UTF-16; save the file as UTF-8", "encoding")
    data = data.removeprefix(BOM)
    try:
        file = TextFile(shown, data.decode().replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        place = TextFile(shown, before).place(len(before))
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; {way_out}"
        raise ContentRefusedError([Problem(place, message, "encoding")]) from None
    problems = [
        Problem(file.place(index), message, "character")
        for index, message in forbidden_characters(file.text)
    ]
    if problems:
        raise ContentRefusedError(problems)
    return file
