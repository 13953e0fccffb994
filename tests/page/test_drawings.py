"""What a partner's drawing may have looks alike to all who show it: print, two readers of PDF, and a browser."""

from __future__ import annotations

import base64
import io
import os
import subprocess
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageStat
from playwright.sync_api import sync_playwright

from press.cli.doctor import program
from press.content import svg
from press.content.pictures import png
from press.page.vega.pixels import painted, pixels
from press.tools.looks.camera import FLAGS
from tests.support.absence import absent
from tests.support.folders import setup
from tests.support.printing import print_job

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WIDTH, HEIGHT = 120, 40  # CSS px of each drawing
FRAME = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{{}}</svg>'
NEAR = 6  # of 255: edges are smoothed in ways of their own
COLOURED = 'fill="#0b5d57"'
RING = "M5 5H95V35H5ZM30 12H70V28H30Z"
ALLOWED: Mapping[str, str] = {
    "clip": '<clipPath id="c"><circle cx="50" cy="20" r="15"/></clipPath>'
    f'<path clip-path="url(#c)" {COLOURED} d="M5 5h90v30h-90z"/>',
    "turned clip": '<clipPath id="c"><rect width="30" height="20" transform="rotate(20 30 20) translate(20 10)"/>'
    f'</clipPath><g transform="translate(5 3)" clip-path="url(#c)"><path {COLOURED} d="M5 5h90v30h-90z"/></g>',
    "hole": f'<path fill-rule="evenodd" {COLOURED} d="{RING}"/>',
    "hole by its group": f'<g fill-rule="evenodd" clip-rule="evenodd"><path {COLOURED} d="{RING}"/></g>',
    "group half seen": f'<g opacity=".4"><path {COLOURED} d="M5 5h90v30h-90z"/>'
    '<path fill="#f00" d="M5 5h40v30h-40z"/></g>',
    "fill half seen": f'<path fill-opacity=".4" {COLOURED} d="M5 5h90v30h-90z"/>',
    "dashes": '<path d="M5 20H95" stroke="#0b5d57" stroke-width="20" stroke-dasharray="30,10" stroke-dashoffset="20"/>',
    "round ends": '<path d="M25 20H75" stroke="#0b5d57" stroke-width="20" stroke-linecap="round"/>',
    "round corners": '<path d="M10 35L50 8L90 35" fill="none" stroke="#0b5d57"'
    ' stroke-width="10" stroke-linejoin="round"/>',
    "skewed": f'<rect x="5" y="5" width="60" height="25" {COLOURED} transform="skewX(20)"/>',
    "many moves": f'<rect width="20" height="12" {COLOURED} transform="translate(10,5)scale(2 1.5)rotate(5)"/>',
    "its own colour": '<g color="#f00"><rect x="5" y="5" width="60" height="30" fill="currentColor"/></g>',
    "half a colour": '<rect x="5" y="5" width="60" height="30" fill="rgba(200,30,30,.4)"/>',
    "arcs": f'<path d="M10 25a15 15 0 1140 0a10 10 0 00-20 0z" {COLOURED}/>',
    "curves": f'<path d="M10 25C20 0 30 0 40 25S70 45 90 25T99 9V35H10Z" {COLOURED}/>',
    "shares of the box": f'<rect x="5%" y="10%" width="60%" height="50%" rx="5" {COLOURED}/>',
    "corners": f'<polygon points="10,10 90,20,50,35" {COLOURED}/><ellipse cx="80" cy="12" rx="12" ry="6"/>',
    "no frame": f'<rect x="-30" y="-30" width="60" height="60" {COLOURED}/>',
}


SPECKS = base64.b64encode(png(bytes([11, 93, 87]) * 100, 10, 10)).decode()
STOPS = '<stop offset="0" stop-color="#065"/><stop offset=".6" stop-color="#fc4"/><stop offset="1" stop-color="#a01"/>'
PAINTED: Mapping[str, str] = {  # what they draw in different ways, or not at all: made pixels
    "gradient": f'<linearGradient id="a">{STOPS}</linearGradient><path fill="url(#a)" d="M5 5h90v30h-90z"/>',
    "gradient on its way": f'<linearGradient id="a" gradientUnits="userSpaceOnUse" x1="10" y1="5" x2="60" y2="40"'
    f' gradientTransform="rotate(10)">{STOPS}</linearGradient><path fill="url(#a)" d="M5 5h90v30h-90z"/>',
    "round gradient": f'<radialGradient id="a" cx=".3" cy=".4" r=".5">{STOPS}</radialGradient>'
    '<path style="fill:url(#a)" d="M5 5h90v30h-90z"/>',
    "gradient of another": f'<linearGradient id="b">{STOPS}</linearGradient><linearGradient id="a"'
    ' xmlns:x="http://www.w3.org/1999/xlink" x:href="#b" y2="1"/><circle fill="url(#a)" cx="50" cy="20" r="18"/>',
    "clear gradient": '<linearGradient id="a"><stop stop-color="#0b5d57"/><stop offset="1" stop-color="#0b5d57"'
    ' stop-opacity="0"/></linearGradient><path fill="url(#a)" d="M5 5h90v30h-90z"/>',
    "half a colour to another": '<linearGradient id="a"><stop stop-color="#ff5f6d"/><stop offset="1"'
    ' stop-color="#ffc371" stop-opacity=".5"/></linearGradient><path fill="url(#a)" d="M5 5h90v30h-90z"/>',
    "style sheet": '<style type="text/css">.a,.b{fill:#0b5d57}.b{opacity:.5}rect{stroke:#000}'
    "g &gt; .c{fill:none;stroke:#a01;stroke-width:4}</style>"
    '<rect class="a" width="40" height="40"/><rect class="b" x="40" width="40" height="40"/>'
    '<g><circle class="c" cx="100" cy="20" r="12"/></g>',
    "used twice": f'<defs><path id="a" {COLOURED} d="M0 0h20v30h-20z"/></defs><use href="#a" x="10" y="5"/>'
    '<use href="#a" transform="translate(60 5) scale(1.5 1)"/>',
    "symbol": f'<symbol id="a" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" {COLOURED}/></symbol>'
    '<use href="#a" x="40" width="40" height="40"/>',
    "clip by use": '<defs><path id="a" d="M20 5h40v30h-40z"/></defs><clipPath id="c"><use href="#a"/></clipPath>'
    f'<path clip-path="url(#c)" {COLOURED} d="M0 0h120v40h-120z"/>',
    "clip with a hole": f'<clipPath id="c"><path clip-rule="evenodd" d="{RING}"/></clipPath>'
    f'<path clip-path="url(#c)" {COLOURED} d="M0 0h120v40h-120z"/>',
    "picture inside": f'<image x="20" y="5" width="60" height="30" preserveAspectRatio="none"'
    f' href="data:image/png;base64,{SPECKS}"/>',
}


@pytest.fixture(scope="module")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return each drawing as it is once it was read."""
    folder = tmp_path_factory.mktemp("drawings")
    return {name: _read(folder / "a.svg", inside) for name, inside in ALLOWED.items()}


def _read(path: Path, inside: str) -> bytes:
    path.write_text(FRAME.format(inside), "utf-8")
    picture, wrong = svg.read(path)
    assert picture is not None, wrong
    return picture.data


def mean(picture: Image.Image, row: int = 0) -> list[float]:
    """Return the mean colour of one drawing of a column, on white."""
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return ImageStat.Stat(
        paper.convert("RGB").crop((0, row * HEIGHT, WIDTH, (row + 1) * HEIGHT))
    ).mean


@pytest.fixture(scope="module")
def expected(drawings: dict[str, bytes]) -> list[list[float]]:
    """Return the mean colours of all drawings, as our checks see them."""
    made = (pixels(data, WIDTH, HEIGHT) for data in drawings.values())
    return [mean(Image.open(io.BytesIO(data))) for data in made]


@pytest.mark.browser
def test_pixels_show_what_a_browser_draws(tmp_path: Path) -> None:
    """What is painted looks as the drawing does in a browser, which knows all of SVG, whatever shows it then."""
    pictures = {}
    for at, (name, inside) in enumerate(PAINTED.items()):
        path = tmp_path / f"{at}.svg"
        path.write_text(FRAME.format(inside), "utf-8")
        drawing, wrong = svg.read(path)
        assert drawing, (name, wrong)
        assert drawing.painted, name
        pictures[name] = painted(drawing)
        assert pictures[name].asset == f"images/{at}.svg.png"
        assert (pictures[name].width, pictures[name].height) == (849, 283)
    shown = photographed(tmp_path, column(dict.fromkeys(PAINTED, b""), ""), len(PAINTED))
    small = (
        Image.open(io.BytesIO(each.data)).resize((WIDTH, HEIGHT)) for each in pictures.values()
    )
    assert unlike(dict.fromkeys(PAINTED, b""), shown, [mean(each) for each in small]) == []


def column(drawings: dict[str, bytes], source: str) -> str:
    """Return a page with all drawings, one below the other."""
    look = f"@page{{size:{WIDTH}px {HEIGHT * len(drawings)}px;margin:0}}body{{margin:0}}"
    size = f"img{{display:block;width:{WIDTH}px;height:{HEIGHT}px}}"
    every = "".join(f'<img src="{source}{at}.svg" alt="">' for at in range(len(drawings)))
    return f'<!DOCTYPE html><html lang="en"><title>x</title><style>{look}{size}</style>{every}'


def unlike(
    drawings: dict[str, bytes], shown: Image.Image, expected: list[list[float]]
) -> list[str]:
    """Return the names of the drawings that a picture of the page shows in another way."""
    return [
        name
        for at, (name, colours) in enumerate(zip(drawings, expected, strict=True))
        if max(abs(a - b) for a, b in zip(colours, mean(shown, at), strict=True)) > NEAR
    ]


def test_prints_show_what_was_drawn(
    drawings: dict[str, bytes], expected: list[list[float]], tmp_path: Path, work: Path
) -> None:
    """PDFium, which our checks use, and Poppler, which many readers have, agree on every drawing."""
    assets = {f"{at}.svg": data for at, data in enumerate(drawings.values())}
    pdf = print_job(column(drawings, "asset:"), assets, setup(work)).pdf
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=96 / 72).to_pil()
    assert unlike(drawings, page, expected) == []
    (tmp_path / "a.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "96", "-png", "-singlefile", "a.pdf", "a"]
    try:
        subprocess.run(command, cwd=tmp_path, check=True)
    except FileNotFoundError:
        absent("no pdftoppm; install poppler")
    assert unlike(drawings, Image.open(tmp_path / "a.png"), expected) == []


@pytest.mark.browser
def test_a_browser_shows_what_was_drawn(
    drawings: dict[str, bytes], expected: list[list[float]], tmp_path: Path
) -> None:
    """So does the page on a screen."""
    for at, data in enumerate(drawings.values()):
        (tmp_path / f"{at}.svg").write_bytes(data)
    shown = photographed(tmp_path, column(drawings, ""), len(drawings))
    assert unlike(drawings, shown, expected) == []


def photographed(folder: Path, html: str, count: int) -> Image.Image:
    """Return what a browser shows of a page with so many drawings, which are in *folder*."""
    (folder / "a.html").write_text(html, "utf-8")
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("browser"), args=flags)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT * count})
        page.goto((folder / "a.html").as_uri())
        shown = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    return shown
