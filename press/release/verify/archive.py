"""Verify a handout: a zip that Press has made.

Nothing is unpacked: a handout of ours is not compressed, so that no more can come out of it than is in it.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from press.build import handout
from press.ground import sums
from press.ground.paths import SHORT
from press.ground.sums import SUMS, sha256
from press.release.verify.verdict import Damage

MOST = 64 * 1024**2  # bytes of a zip
_MOST_FILES = 16
_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, struct.error)
_SPEAKING = re.compile(r"[a-z0-9-]+_[a-z0-9-]+_[a-z-]+_20[0-9]{2}-[0-9]{2}")


def damages(name: str, data: bytes) -> Iterator[Damage]:
    """Yield what is wrong with the zip *data*, a file called *name*."""
    try:
        files, date = unpacked(data)
    except _BROKEN:
        yield Damage(name, "changed", "it is damaged, or no zip that Press makes")
        return
    yield from _inside(name, files)
    if handout.zipped(files, date) != data:
        yield Damage(name, "changed", "it holds more than its files: before, between or after them")
    yield from _titled(name, files)


def unpacked(data: bytes) -> tuple[dict[str, bytes], tuple[int, int, int, int, int, int]]:
    """Return the files in the zip *data*, and their date.

    Raises:
        ValueError, OSError, EOFError, NotImplementedError, zipfile.BadZipFile: it is damaged, or none of ours.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if not 0 < len(entries) <= _MOST_FILES or len(set(names)) < len(names):
            raise ValueError("it has too many files, or one twice")
        for entry in entries:
            if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits:
                raise ValueError(f"{entry.filename!r} is packed or locked")
            if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", entry.filename):
                raise ValueError(f"{entry.filename!r} is no name of a file there")
        if sum(entry.file_size for entry in entries) > len(data):
            raise ValueError("its files are larger than itself")
        year, month, day = entries[0].date_time[:3]
        files = {entry.filename: archive.read(entry) for entry in entries}
        return files, (year, month, day, 0, 0, 0)


def _inside(name: str, files: dict[str, bytes]) -> Iterator[Damage]:
    """Yield what is lost, added or changed inside, by the zip's own sums."""
    raw = files.get(SUMS)
    if raw is None:
        yield Damage(f"{name}:{SUMS}", "lost", "it is missing")
        return
    digests = sums.read(raw)
    if sums.write(digests) != raw:
        yield Damage(f"{name}:{SUMS}", "papers", "its lines are not as Press writes them")
    for path in sorted(digests.keys() | files.keys() - {SUMS}):
        if path not in files:
            yield Damage(f"{name}:{path}", "lost", "it is missing")
        elif path not in digests:
            yield Damage(f"{name}:{path}", "added", "no release put it here")
        elif sha256(files[path]) != digests[path]:
            yield Damage(f"{name}:{path}", "changed", f"it is not what {SUMS} says")


def _titled(name: str, files: dict[str, bytes]) -> Iterator[Damage]:
    """Yield a zip that bears the name of another, or files that are not named as one edition's."""
    stems = {
        path.partition(".")[0].removesuffix(SHORT) for path in files.keys() - {handout.README, SUMS}
    }
    own = name.partition(".")[0]
    if len(stems) != 1:
        yield Damage(name, "changed", "it does not hold one edition")
    elif _SPEAKING.fullmatch(own) and own not in stems:
        yield Damage(name, "swapped", f"it holds {stems.pop()}")
