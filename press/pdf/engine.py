"""Print a page: HTML and assets in, PDF and facts out; the one module that imports WeasyPrint."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import sysconfig
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import PIL
import pyphen
import weasyprint
import weasyprint.draw.text
import weasyprint.pdf.stream
import weasyprint.text.ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from press.pdf import measures, pictures
from press.pdf.faces import Watch
from press.pdf.facts import Facts, Print

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEME = "asset:"
TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
RASTER = ("image/png", "image/jpeg")
READABLE = (
    Path(weasyprint.__file__).parent / "pdf",  # colour profiles
    Path(pyphen.__file__).parent,  # hyphenation
    Path(PIL.__file__).parent,  # both load some of their modules late
    Path(sysconfig.get_path("stdlib")),
)


class Engine:
    """WeasyPrint with its fonts loaded and its loggers heard, ready for any number of pages."""

    readable = READABLE  # folders of which a print may read files

    def __init__(self, families: frozenset[str]) -> None:
        if weasyprint.text.ffi.harfbuzz_subset is None:
            message = "libharfbuzz-subset is missing, without which no two prints are the same"
            raise OSError(message)
        self._families = families
        self._fonts = Fonts()
        self._log = Log()
        pictures.warm_up()

    def render(self, html: str, assets: Mapping[str, bytes]) -> Print:
        """Print one page that refers to its *assets* as `asset:NAME`."""
        self._log.lines.clear()
        factory, watch = Factory(assets), Watch(self._families)
        page = factory.html(html)
        with watch.on(weasyprint.draw.text, weasyprint.pdf.stream.Stream):
            document = page.render(font_config=self._fonts, pdf_tags=True)
            pdf = document.write_pdf(pdf_tags=True, pdf_identifier=_identifier(html))
        facts = Facts(
            **measures.measure(document.pages, page.etree_element),
            complaints=_once(*self._log.lines, *factory.faults, *_attached(document), *watch.complaints),
            denied=_once(*factory.denied),
            families=watch.unknown,
        )
        return Print(pdf, facts)


class Factory(URLFetcher):  # type: ignore[misc]
    """Makes what the engine reads, each with this fetcher: assets from memory, nothing else from anywhere."""

    _fail_on_errors = False

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        # no super().__init__(): it would make handlers for files and networks
        self._assets = assets
        self.denied: list[str] = []
        self.faults: list[str] = []

    def html(self, text: str) -> Any:
        """Return a page."""
        return weasyprint.HTML(string=text, base_url=SCHEME, url_fetcher=self)

    def css(self, text: str) -> Any:
        """Return a style sheet; without this fetcher it would reach the network."""
        return weasyprint.CSS(string=text, base_url=SCHEME, url_fetcher=self)

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - the engine's signature
        """Return an asset.

        Raises:
            ValueError: there is none of that name, or it is an image with a fault.
        """
        name = unquote(url.removeprefix(SCHEME))
        if not url.startswith(SCHEME) or name not in self._assets:
            self.denied.append(url)
            message = "not among the assets"
            raise ValueError(message)
        return URLFetcherResponse(url, self._sound(name), {"Content-Type": _type(name)})

    def _sound(self, name: str) -> bytes:
        data = self._assets[name]
        if _type(name) in RASTER and (fault := pictures.fault(data)):
            self.faults.append(f"the image '{name}' {fault}")
            raise ValueError(fault)
        return data


class Fonts(FontConfiguration):  # type: ignore[misc]
    """The fonts of the private fontconfig file, and no others."""

    def add_font_face(self, rule_descriptors: dict[str, Any], url_fetcher: object) -> None:  # noqa: ARG002
        """Refuse a face that the page brings along."""
        family = rule_descriptors["font_family"]
        logging.getLogger(__name__).warning("@font-face '%s' in a print style: its fonts are given", family)


class Log(logging.Handler):
    """Keeps what any library complains of, warnings of Python included."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        logging.captureWarnings(capture=True)
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(" ".join(record.getMessage().split()))


def _identifier(html: str) -> bytes:
    return hashlib.sha256(html.encode()).hexdigest()[:32].encode("ascii")


def _type(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def _attached(document: Any) -> tuple[str, ...]:
    linked = any(kind == "attachment" for page in document.pages for kind, *_ in page.links)
    if linked or document.metadata.attachments:  # they would carry the time of day
        return ("the page attaches files by itself",)
    return ()


def _once(*lines: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
