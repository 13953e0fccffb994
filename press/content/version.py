"""Refuse a series that is written for a newer Press: a file of it has the version, which `new` and `upgrade` write."""

import re

from press.content.library import Draft, load
from press.ground.disk import write_whole
from press.ground.paths import VERSION, Folders, shown
from press.problems import ContentRefusedError, Place, Problem

_FORM = re.compile(r"\d{1,9}(\.\d{1,9}){0,9}")


def read(folders: Folders) -> Draft:
    """Read the content.

    Raises:
        ContentRefusedError: it is written for a newer Press.
    """
    check_version(folders)
    return load(folders.content, shown(folders.content))


def check_version(folders: Folders) -> None:
    """Refuse a series that is written for a newer Press: what it has may mean something else here, or nothing.

    Raises:
        ContentRefusedError: it is, or its file has no version.
    """
    path = folders.content / VERSION
    written = path.read_text("utf-8", errors="replace").strip() if path.is_file() else ""
    message = ""
    if path.is_file() and not _FORM.fullmatch(written):
        message = "this is no version of Press; remove the file, and let ./inv upgrade write it"
    elif written and _order(written) > _order(folders.version):
        message = f"this series is written for Press {written}, and this is {folders.version}; take that one"
    if message:
        raise ContentRefusedError([Problem(Place(shown(path)), message, "file")])


def write_version(folders: Folders) -> bool:
    """Note that the series is written for this Press; return whether that was new.

    Raises:
        OutputError: it could not be written.
    """
    path, text = folders.content / VERSION, f"{folders.version}\n".encode()
    if path.is_file() and path.read_bytes() == text:
        return False
    write_whole(path, text)
    return True


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
