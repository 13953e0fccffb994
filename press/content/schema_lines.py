"""Name the schema of each file for editors: its first line says where the schema is, which lies there."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from press.content.library import files_of
from press.content.reader.files import BOM, content, decode
from press.ground.disk import mode_of, write_whole
from press.ground.paths import CONTENT_FOLDERS, Folders
from press.problems import ContentRefusedError

OF_FILES = {f"{name}.yaml": name for name in ("series", "limits", "mail")}
OF_FOLDERS = {"sources": "source", "briefs": "brief"}  # the others are called like their schemas
LINE = re.compile(
    rb"(?:^|(?<=\xef\xbb\xbf))#[ \t]*yaml-language-server:[ \t]*\$schema=[^\r\n]*", re.MULTILINE
)


def mend(folders: Folders) -> tuple[Path, ...]:
    """Write these lines where they are missing or lead elsewhere, and the schemas themselves; return what was written.

    The schemas of a clone are where its code is; any other series has a copy in what Press keeps, since the code lies
    elsewhere on each machine.

    Raises:
        OutputError: a file may not be written.
    """
    place, written = folders.code / "schema", list[Path]()
    if folders.home != folders.root:
        schemas, place = sorted(place.glob("*.json")), folders.work / "schema"
        place.mkdir(parents=True, exist_ok=True)
        written += [
            each for path in schemas for each in _write(place / path.name, path.read_bytes())
        ]
    for path, name in _files(folders.content):
        with suppress(ContentRefusedError):  # what cannot be read has no place for a line
            data = content(path, path.name)
            decode(data, path.name)
            written += _write(path, with_line(folders, path, name, data))
    return tuple(written)


def with_line(folders: Folders, path: Path, name: str, data: bytes) -> bytes:
    """Return what is in the file at *path* with the line that leads to the schema called *name*."""
    place = folders.code if folders.home == folders.root else folders.work
    leads = os.path.relpath(place / "schema" / f"{name}.json", path.parent)
    return _with_line(data, f"# yaml-language-server: $schema={leads}".encode())


def _files(content: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file that has a schema, and what that is called; a link is what somebody else's file is."""
    found = [(content / name, schema) for name, schema in OF_FILES.items()]
    for folder, ending in CONTENT_FOLDERS.items():
        if ending:
            files = files_of(content, folder, "")
            found += [(path, OF_FOLDERS.get(folder, folder)) for path, _ in files]
    yield from (item for item in found if item[0].is_file() and not item[0].is_symlink())


def _with_line(data: bytes, line: bytes) -> bytes:
    if LINE.search(data):
        return LINE.sub(lambda _: line, data, count=1)
    mark, text = (BOM, data[len(BOM) :]) if data.startswith(BOM) else (b"", data)
    end = b"\r\n" if text.partition(b"\n")[0].endswith(b"\r") else b"\n"
    return mark + line + end + text


def _write(path: Path, data: bytes) -> Iterator[Path]:
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data, mode_of(path))
        yield path
