"""Print a page: lay out HTML and assets, tell facts of it, write it as a PDF. The gate to WeasyPrint."""

import hashlib
import logging
import re
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import weasyprint  # type: ignore[import-untyped]
import weasyprint.draw.text  # type: ignore[import-untyped]
import weasyprint.pdf.stream  # type: ignore[import-untyped]
import weasyprint.text.ffi  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from press.content import pictures
from press.print import line_splits
from press.print.accessible.finish import VARIANT, has_own_tags, write
from press.print.engine_types import Document, Element
from press.print.facts import STANDARD, Facts, Print
from press.print.font_watch import FontWatch
from press.print.line_splits import Splits
from press.print.measure.document import measure

SCHEME = "asset:"
# Tags of the page on the web, not of the print.
OPEN_GRAPH = re.compile(r'<meta (?:property="og|name="twitter):[^<>]*>\n')
REFUSED = "refused by Press"  # and reported, in better words than the engine's
fault_of = cache(pictures.fault)  # a page is laid out more than once
TYPES = {".css": "text/css", ".svg": "image/svg+xml"}  # other types are known by their bytes


def _folder(library: str) -> Path:
    return Path(str(files(library)))


@dataclass(frozen=True, slots=True)
class Layout:
    """A page that is laid out and not yet written."""

    html: str
    root: Element
    document: Document
    fetcher: "AssetFetcher"
    facts: Facts  # without what only writing tells


class Engine:
    """WeasyPrint, ready for any number of pages, with all that it logs.

    Each page has a font map of its own, which costs 3 ms: newer Pango gives each a thread, and a
    process with threads may not fork.
    """

    readable = (  # folders of which a print may read files
        _folder("weasyprint") / "pdf",  # colour profiles
        _folder("pyphen"),  # hyphenation
        _folder("PIL"),  # this and the next load some of their modules late
        Path(sysconfig.get_path("stdlib")),
    )

    def __init__(self, families: frozenset[str]) -> None:
        if weasyprint.text.ffi.harfbuzz_subset is None:
            raise OSError("libharfbuzz-subset is missing, without which no two prints are the same")
        self._families = families
        self._log = Log()
        self._fonts: PrivateFonts | None = None
        line_splits.keep()

    def begin_page(self) -> None:
        """Lay out one page from now on, so that its layouts may share what they have in common."""
        self._fonts = PrivateFonts()

    def lay_out(self, html: str, assets: Mapping[str, bytes]) -> Layout:
        """Lay out one page that refers to its *assets* as `asset:NAME`.

        Raises:
            MemoryError: there was not enough, even if the engine went on without.
        """
        self._log.clear()
        fetcher = AssetFetcher(assets)
        page = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
        fonts = self._fonts or PrivateFonts()
        document = page.render(font_config=fonts, pdf_variant=VARIANT)
        facts = measure(document.pages, page.etree_element)
        told = replace(facts, complaints=self._log.told())
        return Layout(html, page.etree_element, document, fetcher, told)

    def write(self, layout: Layout) -> Print:
        """Write what was laid out, once.

        Raises:
            MemoryError: as above.
        """
        self._log.clear()
        document, fetcher, watch = layout.document, layout.fetcher, FontWatch(self._families)
        with watch.on(weasyprint.draw.text, weasyprint.pdf.stream.Stream):
            said = STANDARD + OPEN_GRAPH.sub("", layout.html)
            digest = hashlib.sha256(said.encode()).hexdigest()[:32]
            pdf = write(document, layout.root, digest.encode("ascii"))
        links = (kind for leaf in document.pages for kind, *_ in leaf.links)
        attaches = document.metadata.attachments or "attachment" in links  # they contain times
        facts = replace(
            layout.facts,
            complaints=_once(
                *layout.facts.complaints,
                *self._log.told(),
                *fetcher.faults,
                *(["the page attaches files of its own"] if attaches else ()),
                *watch.complaints,
            ),
            denied=_once(*fetcher.denied),
            families=tuple(sorted(watch.unknown)),
            foreign_tags="" if has_own_tags() else weasyprint.__version__,
        )
        return Print(pdf, facts)


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Gives the engine assets from memory, and nothing else.

    A page or style sheet that is made without it can reach files and the network, even if made from a string.
    """

    _fail_on_errors = False

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        # no super().__init__(): it would make handlers for files and networks
        self._assets = assets
        self.denied: list[str] = []
        self.faults: list[str] = []

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        """Return an asset.

        Raises:
            ValueError: no asset has that name, or it is an image with a fault.
        """
        name = unquote(url.removeprefix(SCHEME))
        if not url.startswith(SCHEME) or name not in self._assets:
            self.denied.append(url)
            raise ValueError(REFUSED)
        kind = TYPES.get(PurePosixPath(name).suffix, "")
        data = self._assets[name]
        if not kind and (fault := fault_of(data)):
            self.faults.append(f"the image '{name}': {fault}")
            raise ValueError(REFUSED)
        return URLFetcherResponse(url, data, {"Content-Type": kind or "image/*"})


class PrivateFonts(FontConfiguration):  # type: ignore[misc]
    """The fonts of the private fontconfig file, and no others; with how texts in them are split into lines."""

    def __init__(self) -> None:
        super().__init__()
        self.splits = Splits()

    def add_font_face(self, rule: dict[str, str], _fetcher: object) -> None:
        """Refuse a face that the page brings."""
        message = "@font-face '%s' in a print style, whose fonts are given"
        logging.getLogger(__name__).warning(message, rule["font_family"])


class Log(logging.Handler):
    """Keeps the complaints of all libraries, and the warnings of Python."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.out_of_memory = False  # the engine goes on when memory ends inside an image
        logging.captureWarnings(capture=True)
        # At this level the engine also logs the reason of each error, after it.
        logging.getLogger("weasyprint").setLevel(logging.DEBUG)
        logging.getLogger().addHandler(self)

    def clear(self) -> None:
        """Begin with a new page."""
        self.lines.clear()
        self.out_of_memory = False

    def told(self) -> tuple[str, ...]:
        """Return what was said of the page, or raise MemoryError if there was not enough of it."""
        if self.out_of_memory:
            raise MemoryError
        return tuple(line for line in self.lines if REFUSED not in line)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, or add a reason to the line before."""
        if record.levelno >= logging.WARNING:
            self.lines.append(" ".join(record.getMessage().split()))
        elif record.exc_info and (error := _first_cause(record.exc_info[1])):
            self.out_of_memory |= isinstance(error, MemoryError)
            if self.lines and type(error).__name__ not in self.lines[-1]:
                self.lines[-1] += f" ({type(error).__name__}: {error})"


def _first_cause(error: BaseException | None) -> BaseException | None:
    while error and (cause := error.__cause__ or error.__context__):
        error = cause
    return error


def _once(*lines: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
