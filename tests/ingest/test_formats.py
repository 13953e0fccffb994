"""Files of reviews that can be read, and those that are refused: always in words, whatever they hold."""

from __future__ import annotations

import codecs
import io
import os
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.ingest.document import Document
from press.ingest.formats import MOST_BYTES, MOST_LETTERS, READERS, extract, read
from press.problems import OutputError, PressError, RefusedError
from tests.ingest import makers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PDF = makers.pdf("<p>Some words.</p>", makers.PLAIN)
DOCX = makers.docx(makers.paragraph("Some words."))
HTML = b"<!doctype html><p>Some words.</p>"
WHOLE = {
    ".txt": b"Some words.\n",
    ".md": b"Some words.\n",
    ".html": HTML,
    ".docx": DOCX,
    ".pdf": PDF,
}


def encrypted(owner: str, user: str) -> bytes:
    """Return a PDF with these passwords."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        document.save(data, encryption=pikepdf.Encryption(owner=owner, user=user))
    return data.getvalue()


def endless() -> bytes:
    """Return a PDF that draws a form which draws itself, and whose tree of pages leads back to its root."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        form = document.make_stream(
            b"/F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
        )
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        page = document.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(F=form)
        page.Contents = document.make_stream(b"/F Do")
        document.Root.Pages.Kids.append(document.Root.Pages)
        document.save(data)
    return data.getvalue()


def bomb() -> bytes:
    """Return a document of Word that is small, and of 300 MB when unpacked."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as file,
    ):
        for _ in range(300):
            file.write(bytes(1_000_000))
    return data.getvalue()


REFUSED = {
    "unknown ending": (".odt", b"x", "no review can be read from a file named so"),
    "no ending": ("", b"x", "no review can be read"),
    "empty": (".txt", b"", "is empty"),
    "only spaces": (".txt", b" \n\f\n", "holds no text"),
    "binary": (".txt", b"some\x00thing", "is no text, or in an unknown encoding; save it as UTF-8"),
    "a PDF called a text": (".txt", PDF, "unknown encoding"),
    "a text called a PDF": (".pdf", b"Some words", "is no PDF"),
    "a page called a text": (".txt", HTML, "is a web page; let its name end in .html"),
    "a text called a page": (".html", b"Some words", "let its name end in .txt"),
    "a PDF called a document": (".docx", PDF, "is no document of Word"),
    "an archive called a document": (".docx", makers.packed({"a": "b"}), "is broken, or not what"),
    "an encrypted document": (".docx", b"\xd0\xcf\x11\xe0" + bytes(600), "without a password"),
    "a document that is a bomb": (".docx", bomb, "larger than 200 MB when unpacked"),
    "half a document": (".docx", DOCX[: len(DOCX) // 2], "is no document of Word"),
    "half a PDF": (".pdf", PDF[:60], "is broken, or not what its ending says"),
    "an encrypted PDF": (
        ".pdf",
        encrypted("a", "b"),
        "is encrypted; save a copy without a password",
    ),
    "a PDF of pictures": (
        ".pdf",
        makers.pdf("<svg width='9' height='9'/>", makers.PLAIN),
        "let a program recognise it",
    ),
    "latin": (
        ".txt",
        "Über allem: déjà vu, naïve façade.".encode("latin-1"),
        "is in an unknown encoding; save it as UTF-8",
    ),
    "another encoding than stated": (
        ".html",
        b"<meta charset=utf-8><p>\xff\xfe\xfa",
        "another encoding than it states",
    ),
}


@pytest.mark.parametrize(("ending", "data", "said"), REFUSED.values(), ids=REFUSED)
def test_a_refused_file_is_named_with_a_way_out(
    tmp_path: Path, ending: str, data: bytes | Callable[[], bytes], said: str
) -> None:
    """The name of the file comes first."""
    path = tmp_path / f"review{ending}"
    path.write_bytes(data() if callable(data) else data)
    with pytest.raises(RefusedError, match=said) as refused:
        extract(path)
    assert str(refused.value).startswith(f"{path}: ")


@pytest.mark.parametrize("ending", READERS)
def test_each_ending_has_a_reader(tmp_path: Path, ending: str) -> None:
    """The case of an ending does not matter."""
    same = {".markdown": ".md", ".htm": ".html"}
    path = tmp_path / f"review{ending.upper()}"
    path.write_bytes(WHOLE[same.get(ending, ending)])
    [paragraph] = extract(path).paragraphs
    assert paragraph.lines == ("Some words.",)


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A file that is not there, a folder, a pipe that nobody writes to."""
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    for name, said in {
        "none": "no such file",
        "folder": "is a directory",
        "pipe": "not a regular file",
    }.items():
        with pytest.raises(OutputError, match=said):
            extract(tmp_path / f"{name}.txt")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """It has a hole, which costs no disk."""
    path = tmp_path / "review.pdf"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(RefusedError, match="is larger than 50 MB; split it"):
        extract(path)


def test_a_text_without_end_is_refused(tmp_path: Path) -> None:
    """Its sentences would take hours."""
    path = tmp_path / "review.txt"
    path.write_bytes(b"Gates. " * (MOST_LETTERS // 6))
    with pytest.raises(RefusedError, match="holds more than five million letters; split it"):
        extract(path)


def test_a_file_that_takes_too_long_ends(tmp_path: Path) -> None:
    """The parser of HTML needs minutes for a page that is nested so deep."""
    path = tmp_path / "review.html"
    path.write_bytes(b"<div>" * 100_000)
    with pytest.raises(RefusedError, match="takes more than 1 s to read; save it in another form"):
        extract(path, seconds=1)


@pytest.mark.parametrize("data", [b"<div>" * 3000 + b"x", b"<b>" * 3000 + b"x"])
def test_a_page_that_is_nested_too_deep_is_refused(data: bytes) -> None:
    """It may be read, but ends in no traceback."""
    with pytest.raises(RefusedError, match="is broken"):
        read(".html", data)


def test_a_pdf_that_leads_back_to_itself_ends(tmp_path: Path) -> None:
    """It is read or refused."""
    path = tmp_path / "review.pdf"
    path.write_bytes(endless())
    with pytest.raises(RefusedError):
        extract(path, seconds=10)


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    """Whoever has no password can read it in any program."""
    [paragraph] = read(".pdf", encrypted("owner", "")).paragraphs
    assert paragraph.lines == ("Some words.",)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "Доля — 5%.".encode(),
        "Доля — 5%.".encode(),
        codecs.BOM_UTF16_LE + "Доля — 5%.".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Доля — 5%.".encode("utf-16-be"),
        "Доля — 5%.".encode() + b"\r\n",
    ],
)
def test_encodings_of_a_text(data: bytes) -> None:
    """A mark at the start tells, or else it is UTF-8."""
    [paragraph] = read(".txt", data).paragraphs
    assert paragraph.lines == ("Доля — 5%.",)


RUSSIAN = "Обзор не содержит данных о числе людей, которые нуждаются в помощи, и о том, что для них сделано на деле."


def test_russian_of_windows_is_read_and_no_other() -> None:
    """In each of the other encodings the same text would be read as nonsense."""
    [paragraph] = read(".txt", RUSSIAN.encode("cp1251")).paragraphs
    assert paragraph.lines == (RUSSIAN,)
    for encoding in ("koi8-r", "cp866", "mac-cyrillic", "iso8859-5"):
        with pytest.raises(RefusedError, match="unknown encoding"):
            read(".txt", RUSSIAN.encode(encoding))


def test_a_page_states_its_encoding() -> None:
    """It need not be that of another file."""
    text = f"<!doctype html><meta charset='koi8-r'><p>{RUSSIAN}</p>"
    [paragraph] = read(".html", text.encode("koi8-r")).paragraphs
    assert paragraph.lines == (RUSSIAN,)


ENDINGS = st.sampled_from(sorted(WHOLE))


@settings(max_examples=150, deadline=None)
@given(ending=ENDINGS, data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    """There is no third."""
    with_no_traceback(ending, data)


@settings(max_examples=150, deadline=None)
@given(ending=ENDINGS, at=st.floats(0, 1), much=st.integers(0, 40), data=st.binary(max_size=20))
def test_a_damaged_file_is_read_or_refused(ending: str, at: float, much: int, data: bytes) -> None:
    """Some of its bytes were lost, others came instead."""
    whole = WHOLE[ending]
    start = int(at * len(whole))
    with_no_traceback(ending, whole[:start] + data + whole[start + much :])


def with_no_traceback(ending: str, data: bytes) -> None:
    """Read *data*, and look at what comes of it."""
    document = None
    with suppress(PressError):
        document = read(ending, data)
    if document:
        assert isinstance(document, Document)
        assert any(line.strip() for each in document.paragraphs for line in each.lines)
