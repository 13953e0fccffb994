"""A photograph is in a brief as large as its place asks for, and held to a limit of its own."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from PIL import Image

from press.build import editions, formats
from press.problems import ContentRefusedError
from tests.support.editions import produce

pytestmark = pytest.mark.usefixtures("servers")
LIBRARY = Path(__file__).parents[1] / "library"
BLOCK = """
{name}:
  image:
    file: {name}.jpg
    alternative: A bed of the garden.
"""


def noise(width: int, height: int) -> Image.Image:
    """Return a picture of which nothing can be left out: as many bytes as it can have."""
    return Image.frombytes(
        "RGB", (width, height), hashlib.shake_256(b"bed").digest(3 * width * height)
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library, whose red brief has a small and a large photograph."""
    folder = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    (folder / "images").mkdir()
    with (folder / "blocks" / "red.yaml").open("a", encoding="utf-8") as file:
        file.write(BLOCK.format(name="red-bed") + BLOCK.format(name="red-shed"))
    with (folder / "briefs" / "red.yaml").open("a", encoding="utf-8") as file:
        file.write("  problem: [red-bed, red-shed]\n")
    noise(300, 200).save(folder / "images" / "red-bed.jpg", quality=95)
    noise(600, 400).save(folder / "images" / "red-shed.jpg", quality=95)
    return folder


def made(content: Path, limits: str = "") -> editions.Product:
    """Return the red edition, printed, with these *limits*."""
    (content / "limits.yaml").write_text(f"all: {{pages: 9{limits}}}\n", "utf-8")
    return produce(content.parent, content, printing=True, audiences=("red",))


def over(content: Path, limits: str) -> list[str]:
    """Return what is more than these *limits*."""
    with pytest.raises(ContentRefusedError) as refused:
        made(content, limits)
    found = refused.value.problems
    return [str(one).partition("content/")[2] for one in found if one.rule == "budget"]


def test_pictures_have_a_limit_of_their_own(content: Path) -> None:
    """A page and a print may have as many kB as before beside them, however large they are."""
    product = made(content)
    files = product.finished["en", "red"].files
    without = (formats.size(formats.FORMATS[name], files[name]) for name in ("html", "pdf"))
    (html, unit), (pdf, _) = without
    assert unit == "kB of HTML beside its pictures"
    assert (html + 200 < len(files["html"]) / 1000, pdf + 150 < len(files["pdf"]) / 1000) == (
        True,
        True,
    )
    limits = f", html_kilobytes: {html}, pdf_kilobytes: {pdf}, picture_kilobytes: 999"
    assert made(content, limits).finished["en", "red"].files == files
    assert len(over(content, f", html_kilobytes: {html - 1}, pdf_kilobytes: {pdf - 1}")) == 2


def test_the_largest_picture_is_named(content: Path) -> None:
    """It is the one from which most can be taken: the message is at its block, and says how large it is."""
    [said] = over(content, ", picture_kilobytes: 100")
    place, _, message = said.partition(": error: ")
    lines = (content / "blocks" / "red.yaml").read_text("utf-8").splitlines()
    assert place == f"blocks/red.yaml:{lines.index('red-shed:') + 1}:1"
    total, largest = (int(part.split()[-1]) for part in message.split(" kB")[:2])
    assert message == (
        f"the pictures of the brief have {total} kB; limits.yaml allows 100: this is the "
        f"largest, with {largest} kB; crop it, or leave a picture out [budget]"
    )
    assert 100 < largest < total < largest * 1.5


def test_a_picture_that_is_too_small_is_named(content: Path) -> None:
    """It would be printed with fewer pixels than one takes for an even shade; a large one is not."""
    noise(1200, 800).save(content / "images" / "red-shed.jpg")
    product = made(content)
    [said] = [str(one) for one in product.problems if one.rule == "image"]
    lines = (content / "blocks" / "red.yaml").read_text("utf-8").splitlines()
    assert said.partition("content/")[2] == (
        f"blocks/red.yaml:{lines.index('red-bed:') + 1}:1: warning: this picture has 96 pixels to the inch of paper, "
        "and looks coarse under 110; take a larger file of it [image]"
    )
    printed = product.finished["en", "red"].printed.print
    assert printed
    assert 215 < printed.facts.resolutions["red-shed"] < 225


def test_nothing_of_a_camera_is_handed_out(content: Path) -> None:
    """Neither the place where a photograph was taken nor a word of its file is in any output, however it is packed."""
    secret, exif = b"42.87 N 74.59 E", Image.Exif()
    exif[0x010F] = secret.decode()
    exif.get_ifd(0x8825)[1] = secret.decode()
    path = content / "images" / "red-shed.jpg"
    noise(1200, 800).save(path, exif=exif, comment=secret)
    assert path.read_bytes().count(secret) == 3
    product = made(content)
    [red] = [each for name, each in product.finished.items() if name[1] == "red"]
    pictures = [
        *red.manuscript.images.values(),
        *red.files.values(),
        product.library.images["red-shed.jpg"].data,
    ]
    assert len(pictures) == 7
    for data in pictures:
        assert secret not in data
        assert b"Exif\0" not in data


def test_a_sign_with_a_gradient_is_printed_as_pixels(content: Path) -> None:
    """Readers of PDF would draw it in different ways: all outputs have the same pixels."""
    (content / "images" / "partner.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><linearGradient id="a"><stop/>'
        '<stop offset="1" stop-color="#0a7"/></linearGradient><path fill="url(#a)" d="M5 5h80v20H5z"/></svg>',
        "utf-8",
    )
    with (content / "series.yaml").open("a", encoding="utf-8") as file:
        file.write("logos: [{file: partner.svg, name: The partner}]\n")
    product = made(content)
    files = product.finished["en", "red"].files
    assert b"image/svg" not in files["html"]
    assert files["html"].count(b"data:image/png;base64,") == 1
    assert files["pdf"].count(b"/Subtype /Image") == 3  # two photographs and the sign
    sign = product.library.images["partner.svg"]
    assert (sign.asset, sign.height) == ("images/partner.svg.png", 283)
