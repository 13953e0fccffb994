"""Photograph web pages in a browser, as PNGs. The gate to Playwright.

Whatever the machine, the browser reaches no network, moves nothing and draws letters by their outlines alone.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Error, Page, sync_playwright

from press.problems import ConfigurationError

FLAGS = (
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pings",
)
WINDOW = 900  # pixels high
PATIENCE = 600_000  # milliseconds: for a browser that hangs, not for a machine that is slow
LONGEST = {"evidence.html": 2400}  # of a long list the beginning is enough


@dataclass(frozen=True, slots=True)
class View:
    """The scheme of colours and the width in which a page is photographed."""

    scheme: Literal["light", "dark"]
    width: int  # pixels

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"


VIEWS = (View("light", 360), View("light", 1440), View("dark", 1440))


def photographs(browser: str, pages: Mapping[str, bytes]) -> Iterator[tuple[str, View, bytes]]:
    """Yield each of *pages*, by the name of its file, in each view, as the *browser* at this path shows it.

    Raises:
        ConfigurationError: the browser does not work.
    """
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        try:
            started = playwright.chromium.launch(
                executable_path=browser, args=flags, timeout=PATIENCE
            )
            page = started.new_context(offline=True, reduced_motion="reduce").new_page()
            page.set_default_timeout(PATIENCE)
            for name, content in pages.items():
                file.write_bytes(content)
                for view in VIEWS:
                    yield name, view, _photograph(page, file, view, LONGEST.get(name, 0))
            started.close()
        except Error as error:
            reason = str(error).partition("\n")[0]
            raise ConfigurationError(f"{browser} does not work as a browser: {reason}") from error


def _photograph(page: Page, file: Path, view: View, longest: int) -> bytes:
    page.set_viewport_size({"width": view.width, "height": WINDOW})
    page.emulate_media(color_scheme=view.scheme)
    page.goto(file.as_uri())
    page.evaluate("() => document.fonts.ready.then(() => true)")
    height = int(page.evaluate("() => document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": view.width, "height": min(height, longest or height)}
    return page.screenshot(full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type] # no literal
