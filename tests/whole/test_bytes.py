"""A refactoring changes no byte of the outputs; a change that is meant to is seen, and renews the record."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import json
import platform
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2  # type: ignore[import-untyped]
import pytest

from tests.support.project import files

if TYPE_CHECKING:
    from tests.support.project import Project

RECORD = Path(__file__).with_name("bytes.json")
RENEW = "pytest tests/whole/test_bytes.py --renew-bytes"
VERSIONS = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}
ABOUT_PRINTS = {
    "index.html",
    "manifest.json",
    "SHA256SUMS",
}  # they tell sizes of prints, or digests
CARD = ".card.png"  # the picture of a print
NEAR = 1.0  # points: how far an edge of the text of a page may be off on another machine
Record = dict[str, Any]


def machine() -> dict[str, str]:
    """Return the versions of what decides the bytes of a print and is not locked."""
    found = {"zlib": zlib.ZLIB_RUNTIME_VERSION, "processor": platform.machine()}
    for name, function in VERSIONS.items():
        path = ctypes.util.find_library(name)
        version = getattr(ctypes.CDLL(path), function) if path else None
        if version:
            version.restype = ctypes.c_char_p
            found[name] = version().decode()
    return found


def sheets(pdf: bytes) -> list[dict[str, Any]]:
    """Return the words of each page of a print, as a digest, and the box of all its letters, in points."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            words = " ".join(text.get_text_range().split())
            letters = [text.get_charbox(place) for place in range(text.count_chars())]
            left, bottom, right, top = zip(*letters, strict=True)
            box = [min(left), min(bottom), max(right), max(top)]
            found.append({"words": digest(words.encode()), "box": [round(one, 1) for one in box]})
    return found


def digest(data: bytes) -> str:
    """Return the digest of *data*."""
    return hashlib.sha256(data).hexdigest()


def recorded(outputs: dict[str, bytes]) -> Record:
    """Return what is recorded of *outputs*."""
    return {
        "machine": machine(),
        "files": {name: digest(data) for name, data in sorted(outputs.items())},
        "prints": {
            name: sheets(data) for name, data in sorted(outputs.items()) if name.endswith(".pdf")
        },
    }


def differences(before: Record, after: Record) -> list[str]:
    """Return the names of outputs that have changed.

    Where the libraries that set text are others than those of the record, a print is the same if each of its pages
    has the same words in about the same place, and what tells of prints is left alone.
    """
    same_machine = before["machine"] == after["machine"]
    names = before["files"].keys() | after["files"].keys()
    changed = [name for name in names if before["files"].get(name) != after["files"].get(name)]
    if same_machine:
        return sorted(changed)
    return sorted(
        name
        for name in changed
        if name not in ABOUT_PRINTS
        and not name.endswith(CARD)
        and not alike(before["prints"].get(name), after["prints"].get(name))
    )


def alike(before: list[Record] | None, after: list[Record] | None) -> bool:
    """Return True where two prints have the same words on each page, in about the same place."""
    if not before or not after or len(before) != len(after):
        return False
    return all(
        one["words"] == other["words"]
        and all(abs(a - b) <= NEAR for a, b in zip(one["box"], other["box"], strict=True))
        for one, other in zip(before, after, strict=True)
    )


def test_no_byte_has_changed(built: Project, request: pytest.FixtureRequest) -> None:
    """The outputs of the small library are those of the record; where they are meant to change, it is renewed."""
    now = recorded(files(built.out))
    if request.config.getoption("--renew-bytes"):
        RECORD.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    changed = differences(json.loads(RECORD.read_text("utf-8")), now)
    assert changed == [], f"if this is meant: {RENEW}"


@pytest.fixture
def record(built: Project) -> Record:
    """Return what would be recorded now."""
    return recorded(files(built.out))


def changed(record: Record, **parts: dict[str, Any]) -> Record:
    """Return another record, with other values in some of its parts."""
    return {name: values | parts.get(name, {}) for name, values in record.items()}


def test_a_byte_more_is_seen(built: Project, record: Record) -> None:
    """In a page, in a print, in what tells of both; so is a file more."""
    assert {"en/red.html", "en/red.pdf", "index.html", "SHA256SUMS"} < record["files"].keys()
    outputs = files(built.out)
    for name in outputs:
        now = recorded({**outputs, name: outputs[name] + b"\n"})
        assert differences(record, now) == [name]
    assert differences(record, changed(record, files={"en/new.html": digest(b"")})) == [
        "en/new.html"
    ]


def test_on_another_machine_a_print_has_the_same_words_in_the_same_place(record: Record) -> None:
    """Its bytes may differ; pages and data may not."""
    other = {"machine": {"pango-1.0": "2.0"}, "files": {"en/red.pdf": "x", "manifest.json": "x"}}
    assert differences(record, changed(record, **other)) == []
    first, *rest = record["prints"]["en/red.pdf"]
    assert rest
    moved = {**first, "box": [first["box"][0] + 2 * NEAR, *first["box"][1:]]}
    for faulty in ([{**first, "words": "x"}, *rest], [moved, *rest], rest):
        again = changed(record, **other, prints={"en/red.pdf": faulty})
        assert differences(record, again) == ["en/red.pdf"]
    page = {**other, "files": {"en/red.html": "x"}}
    assert differences(record, changed(record, **page)) == ["en/red.html"]


def test_the_record_says_which_libraries_it_is_of(record: Record) -> None:
    """Pango and HarfBuzz, which no lock holds."""
    assert record["machine"].keys() == {"zlib", "processor", "pango-1.0", "harfbuzz"}
    assert all(record["machine"].values())
