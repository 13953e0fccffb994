"""Print a page: HTML and assets in, PDF and facts out; the one module that imports WeasyPrint."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import re
import sysconfig
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import weasyprint  # type: ignore[import-untyped]
import weasyprint.draw.text  # type: ignore[import-untyped]
import weasyprint.pdf.stream  # type: ignore[import-untyped]
import weasyprint.text.ffi  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from press.content import pictures
from press.print.facts import Print
from press.print.font_watch import Watch
from press.print.measure.document import measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.print.engine_types import Document

SCHEME = "asset:"
NETWORKS = re.compile(r'<meta property="og:[^<>]*>\n')  # of the page on the web, in no print
REFUSED = "refused by the factory"  # which tells it better than the engine
TYPES = {".css": "text/css", ".svg": "image/svg+xml"}  # what else an asset may be, its bytes say


def _folder(library: str) -> Path:
    spec = importlib.util.find_spec(library)
    if spec is None or spec.origin is None:
        raise ImportError(f"{library} is not installed")
    return Path(spec.origin).parent


# Folders of which a print may read files.
READABLE = (
    _folder("weasyprint") / "pdf",  # colour profiles
    _folder("pyphen"),  # hyphenation
    _folder("PIL"),  # this and the next load some of their modules late
    Path(sysconfig.get_path("stdlib")),
)


class Engine:
    """WeasyPrint with its loggers heard, ready for any number of pages.

    Each print has a font map of its own, which costs 3 ms: newer Pango gives each a thread, and a
    process with threads may not fork.
    """

    readable = READABLE

    def __init__(self, families: frozenset[str]) -> None:
        if weasyprint.text.ffi.harfbuzz_subset is None:
            raise OSError("libharfbuzz-subset is missing, without which no two prints are the same")
        self._families = families
        self._log = Log()

    def render(self, html: str, assets: Mapping[str, bytes]) -> Print:
        """Print one page that refers to its *assets* as `asset:NAME`.

        Raises:
            MemoryError: there was not enough, even if the engine went on.
        """
        self._log.clear()
        factory, watch = Factory(assets), Watch(self._families)
        page = factory.html(html)
        with watch.on(weasyprint.draw.text, weasyprint.pdf.stream.Stream):
            document = page.render(font_config=Fonts(), pdf_tags=True)
            pdf = document.write_pdf(pdf_tags=True, pdf_identifier=_identifier(html))
        if self._log.starved:
            raise MemoryError
        facts = replace(
            measure(document.pages, page.etree_element),
            complaints=_once(
                *(line for line in self._log.lines if REFUSED not in line),
                *factory.faults,
                *_attached(document),
                *watch.complaints,
            ),
            denied=_once(*factory.denied),
            families=watch.unknown,
        )
        return Print(pdf, facts)


class Factory(URLFetcher):  # type: ignore[misc]
    """Makes what the engine reads, with itself as the fetcher: assets from memory, nothing else from anywhere.

    Whatever is made without it, a style sheet from a string too, would reach files and the network.
    """

    _fail_on_errors = False

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        # no super().__init__(): it would make handlers for files and networks
        self._assets = assets
        self.denied: list[str] = []
        self.faults: list[str] = []

    def html(self, text: str) -> weasyprint.HTML:
        """Return a page."""
        return weasyprint.HTML(string=text, base_url=SCHEME, url_fetcher=self)

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        """Return an asset.

        Raises:
            ValueError: there is none of that name, or it is an image with a fault.
        """
        name = unquote(url.removeprefix(SCHEME))
        if not url.startswith(SCHEME) or name not in self._assets:
            self.denied.append(url)
            raise ValueError(REFUSED)
        kind = TYPES.get(PurePosixPath(name).suffix, "")
        data = self._assets[name]
        if not kind and (fault := pictures.fault(data)):
            self.faults.append(f"the image '{name}': {fault}")
            raise ValueError(REFUSED)
        return URLFetcherResponse(url, data, {"Content-Type": kind or "image/*"})


class Fonts(FontConfiguration):  # type: ignore[misc]
    """The fonts of the private fontconfig file, and no others."""

    def add_font_face(self, rule: dict[str, str], _fetcher: object) -> None:
        """Refuse a face that the page brings along."""
        message = "@font-face '%s' in a print style, whose fonts are given"
        logging.getLogger(__name__).warning(message, rule["font_family"])


class Log(logging.Handler):
    """Keeps what any library complains of, warnings of Python included."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.starved = False  # the engine goes on when memory ends inside of an image
        logging.captureWarnings(capture=True)
        # At this level the engine gives the reasons, each after its error.
        logging.getLogger("weasyprint").setLevel(logging.DEBUG)
        logging.getLogger().addHandler(self)

    def clear(self) -> None:
        """Begin with a new page."""
        self.lines.clear()
        self.starved = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line, or the reason of the line before."""
        if record.levelno >= logging.WARNING:
            self.lines.append(" ".join(record.getMessage().split()))
        elif record.exc_info and (error := _first_cause(record.exc_info[1])):
            self.starved |= isinstance(error, MemoryError)
            if self.lines and type(error).__name__ not in self.lines[-1]:
                self.lines[-1] += f" ({type(error).__name__}: {error})"


def _first_cause(error: BaseException | None) -> BaseException | None:
    while error and (before := error.__cause__ or error.__context__):
        error = before
    return error


def _identifier(html: str) -> bytes:
    """Return the digest of what is printed."""
    printed = NETWORKS.sub("", html)
    return hashlib.sha256(printed.encode()).hexdigest()[:32].encode("ascii")


def _attached(document: Document) -> tuple[str, ...]:
    linked = any(kind == "attachment" for page in document.pages for kind, *_ in page.links)
    if linked or document.metadata.attachments:  # they would carry the time of day
        return ("the page attaches files by itself",)
    return ()


def _once(*lines: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
