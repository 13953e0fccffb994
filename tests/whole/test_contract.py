"""The outputs of a build are those that were promised: their names, what they hold, and what they never hold."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import shutil
import socket
import struct
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pikepdf
import pytest

from press.build.formats import FORMATS
from tests.support.project import LIBRARY, ROOT, files, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.project import Project

BRIEFS = ("blue", "red")
OUTPUTS = {
    "index.html",
    "evidence.html",
    "catalogue.html",
    "manifest.json",
    "SHA256SUMS",
    "data/claims.json",
    "data/claims.csv",
    *(f"en/{brief}{row.ending}" for brief in BRIEFS for row in FORMATS.values()),
    *(f"data/en/{brief}.json" for brief in BRIEFS),
}
MOST = 200_000  # bytes of a page or a print
FETCHED = {"src", "srcset", "poster", "data", "background", "cite", "ping", "action", "formaction"}
URL = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s*["']([^"']*)""", re.IGNORECASE)
PNG = b"\x89PNG\r\n\x1a\n"
TIME = re.compile(rb"\b[012]?\d:[0-5]\d(:[0-5]\d)?\b|\d{8}T\d{4}|D:\d{8}(?!000000)\d{6}")


class Links(HTMLParser):
    """What a page fetches by itself, where its links lead, and which places it has."""

    def __init__(self, text: str) -> None:
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.places: set[str] = set()
        self.tags: set[str] = set()
        self._style = False
        super().__init__()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at each attribute."""
        self.tags.add(tag)
        self._style = tag == "style"
        for name, value in attrs:
            if name == "href":
                (self.links if tag == "a" else self.fetched).append(value or "")
            elif name in FETCHED:
                self.fetched.append(value or "")
            elif name == "style":
                self._css(value or "")
            elif name == "id":
                self.places.add(value or "")

    def handle_data(self, data: str) -> None:
        """Look at styles."""
        if self._style:
            self._css(data)

    def _css(self, text: str) -> None:
        self.fetched += [first or second for first, second in URL.findall(text)]


def names(kind: str) -> list[str]:
    """Return the outputs of one kind."""
    return sorted(name for name in OUTPUTS if name.endswith(f".{kind}"))


def laid_open(content: bytes) -> Iterator[bytes]:
    """Yield the bytes of an output that are no font and no drawing: in them any word may stand by chance.

    Of a PDF that is what stands between the streams, and the streams as they were before compression.
    """
    if content.startswith(PNG):
        yield from png_parts(content)
        return
    if not content.startswith(b"%PDF"):
        yield re.sub(rb"base64,[A-Za-z0-9+/=]+", b"", content)
        return
    yield re.sub(rb"\nstream\r?\n.*?endstream", b"", content, flags=re.DOTALL)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Stream) or thing.get("/Type") == "/XRef":
                continue  # a table of numbers
            if "/Length1" not in thing:  # a font has it
                yield thing.read_bytes()


def png_parts(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a PNG but its colours and pixels."""
    at = len(PNG)
    while at < len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        if name not in {b"PLTE", b"IDAT"}:
            yield content[at + 8 : at + 8 + size]
        at += 12 + size


def test_the_files_are_those_of_the_contract(built: Project) -> None:
    """None is missing and none is there that nobody promised."""
    assert set(files(built.out)) == OUTPUTS


def test_the_manifest_tells_the_truth(built: Project) -> None:
    """Each output but the manifest and the sums is listed once, in order, with size and digest."""
    found = files(built.out)
    told = json.loads(found["manifest.json"])["outputs"]
    assert [one["path"] for one in told] == sorted(OUTPUTS - {"manifest.json", "SHA256SUMS"})
    for one in told:
        content = found[one["path"]]
        assert one["size"] == len(content)
        assert one["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_manifest_tells_editions_from_one_another(built: Project) -> None:
    """A page and a print carry audience, language, status and the digest of their data; a print its pages."""
    told = built.manifest()
    for brief in BRIEFS:
        page, print_ = (told[f"en/{brief}.{kind}"] for kind in ("html", "pdf"))
        assert page.items() >= {"audience": brief, "language": "en", "status": "final"}.items()
        assert page["digest"] == print_["digest"] == told[f"data/en/{brief}.json"]["sha256"]
        with pikepdf.open(built.out / "en" / f"{brief}.pdf") as pdf:
            assert print_["pages"] == len(pdf.pages)


def test_the_sums_are_true(built: Project) -> None:
    """A reader checks all files with the tool of her system."""
    tool = ["sha256sum"] if shutil.which("sha256sum") else ["shasum", "-a", "256"]
    done = run([*tool, "-c", "--strict", "SHA256SUMS"], built.out)
    assert (done.returncode, done.stderr) == (0, "")
    checked = {line.removesuffix(": OK") for line in done.stdout.splitlines()}
    assert checked == OUTPUTS - {"SHA256SUMS"}


@pytest.fixture(scope="module")
def a_word_of_ours() -> bool:
    """Say whether this machine is called like something that outputs hold anyway: 'main', 'press'."""
    sources = [
        path
        for folder in (ROOT / "press", ROOT / "templates", LIBRARY)
        for path in folder.rglob("*")
        if path.suffix in {".py", ".j2", ".css", ".yaml"}
    ]
    assert len(sources) > 100
    host = re.compile(rf"\b{re.escape(socket.gethostname())}\b")
    return any(host.search(path.read_text("utf-8")) for path in sources)


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_no_output_tells_where_or_when_it_was_made(
    built: Project, name: str, *, a_word_of_ours: bool
) -> None:
    """No time of day, no date but the release's, no host, no absolute path."""
    today = dt.datetime.now(tz=dt.UTC).date()
    paths = {str(built.root.parent), str(ROOT), sys.prefix, sys.base_prefix, "/home/", "/tmp/"}  # noqa: S108 - looked for
    dates = {f"{today:{form}}" for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y")}
    host = re.compile(rb"\b%b\b" % re.escape(socket.gethostname().encode()))
    for content in laid_open((built.out / name).read_bytes()):
        assert not [each for each in paths | dates if each.encode() in content]
        assert not TIME.findall(content)
        assert a_word_of_ours or not host.findall(content)


@pytest.mark.parametrize("name", names("html"))
def test_a_page_needs_no_other_file(built: Project, name: str) -> None:
    """Whatever it fetches is inside it, its fonts too, and it reads without a script."""
    page = Links((built.out / name).read_text("utf-8"))
    assert page.fetched
    assert not [url[:80] for url in page.fetched if not url.startswith("data:")]
    assert any(url.startswith("data:font/woff2") for url in page.fetched)
    assert not page.tags & {"script", "iframe", "object", "embed", "base"}


@pytest.mark.parametrize("name", names("html"))
def test_a_link_inside_the_outputs_leads_somewhere(built: Project, name: str) -> None:
    """The file is an output, and has the place."""
    pages = {path: Links(path.read_text("utf-8")) for path in built.out.rglob("*.html")}
    page = pages[built.out / name]
    assert page.links
    for link in page.links:
        url = urlsplit(link)
        if not url.scheme:
            target = (built.out / name).parent / url.path if url.path else built.out / name
            assert target.resolve().relative_to(built.out).as_posix() in OUTPUTS, link
            if url.fragment:
                assert url.fragment in pages[target.resolve()].places, link


@pytest.mark.parametrize("name", [*names("html"), *names("pdf")])
def test_a_file_is_small_enough_to_send(built: Project, name: str) -> None:
    """A page or a print has at most 200 kB; the catalogue, which nobody sends, twice that."""
    most = 2 * MOST if name == "catalogue.html" else MOST
    assert 1000 < (built.out / name).stat().st_size <= most


@pytest.mark.parametrize("name", names("pdf"))
def test_a_print_can_be_read_by_everybody(built: Project, name: str) -> None:
    """It is tagged, and has its language, its title and bookmarks."""
    data = name.removesuffix(".pdf").removesuffix("-short")
    title = json.loads((built.out / f"data/{data}.json").read_bytes())["name"]
    title += " (short form)" * name.endswith("-short.pdf")
    with pikepdf.open(built.out / name) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot.K
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo.Title) == title
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root]


@pytest.mark.parametrize("name", names("pdf"))
def test_a_print_says_what_it_conforms_to(built: Project, name: str) -> None:
    """Archives and readers look for it; whether it is so is proved elsewhere."""
    with pikepdf.open(built.out / name) as pdf:
        said = pdf.Root.Metadata.read_bytes()
    for mark in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
        assert mark in said


@pytest.mark.parametrize("name", names("pdf"))
def test_a_print_bears_the_date_of_the_release(built: Project, name: str) -> None:
    """The clock of the machine has no part in it."""
    with pikepdf.open(built.out / name) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20260115")
        assert str(pdf.docinfo.get("/ModDate", "D:20260115")).startswith("D:20260115")
