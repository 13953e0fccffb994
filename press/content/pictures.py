"""A raster image in; the same picture decoded whole and encoded again without metadata, or the reason why not, out."""

from __future__ import annotations

import io
import warnings
import zlib
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_PIXELS = 40_000_000
MOST_BYTES = 20 << 20
TOO_MANY = f"it has more than {MOST_PIXELS // 1_000_000} million pixels; save it smaller"
NO_IMAGE = "it is no image; export it again as PNG or JPEG"
DAMAGED = "it is damaged or cut off; export it again"
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded image and its bytes as they go into the outputs."""

    data: bytes
    width: int  # pixels
    height: int


def read(path: Path) -> tuple[Picture | None, str]:
    """Return the picture in *path*, or None and what is wrong with the file."""
    wanted = FORMATS.get(path.suffix)
    if wanted is None:
        return (
            None,
            f"'{path.name}' is neither a PNG nor a JPEG file; save it as one of them, with the ending in lower case",
        )
    if path.is_symlink() or not path.is_file():
        return None, f"'{path.name}' is not a plain file; put the image itself here"
    try:
        if path.stat().st_size > MOST_BYTES:
            return None, f"it is larger than {MOST_BYTES >> 20} MB; save it smaller"
        return _decoded(path.read_bytes(), wanted)
    except OSError as error:
        return None, f"it can't be read: {(error.strerror or 'no reason given').lower()}"


def _decoded(data: bytes, wanted: str) -> tuple[Picture | None, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pillow only warns of a decompression bomb
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                if wrong := _wrong(image, data, wanted):
                    return None, wrong
                image.load()  # all of it: a cut-off image would print in silence
                return _encoded(image, wanted), ""
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return None, TOO_MANY
        except UnidentifiedImageError:
            return None, NO_IMAGE
        except Exception:  # noqa: BLE001 - Pillow raises whatever its parsers run into, in words for its makers
            return None, DAMAGED


def _wrong(image: Image.Image, data: bytes, wanted: str) -> str:
    """Return what is wrong with an image by its head and its bytes, before it is decoded."""
    if image.format != wanted:
        return f"it holds a {image.format} image; give it the ending of one"
    if image.width * image.height > MOST_PIXELS:
        return TOO_MANY
    return "" if WHOLE[wanted](data) else DAMAGED


def _whole_png(data: bytes) -> bool:
    """Say whether each chunk has the checksum that it states, and the last one is the end: Pillow minds neither."""
    at, name = 8, b""
    while name != b"IEND" and at + 12 <= len(data):
        name = data[at + 4 : at + 8]
        end = at + 8 + _number(data, at)
        if end + 4 > len(data) or zlib.crc32(data[at + 4 : end]) != _number(data, end):
            return False
        at = end + 4
    return name == b"IEND"


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _whole_jpeg(data: bytes) -> bool:
    """Say whether the mark of the end comes behind the first scan; one before it is a thumbnail's."""
    at = 2
    while (marker := data[at : at + 2]) not in (b"\xff\xda", b""):
        fill = marker == b"\xff\xff"  # a marker may have several
        at += 1 if fill else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return b"\xff\xd9" in data[at:]


def png(pixels: bytes, width: int, height: int, colours: int = 0) -> bytes:
    """Return a PNG of *pixels*, three bytes each, in so many *colours* (0: in all it has)."""
    image = Image.frombytes("RGB", (width, height), pixels)
    if colours:
        image = image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


WHOLE = {"PNG": _whole_png, "JPEG": _whole_jpeg}


def _encoded(image: Image.Image, wanted: str) -> Picture:
    upright = ImageOps.exif_transpose(image)  # a camera only notes how it was held
    if upright.mode.startswith("I"):  # 16 bits of grey: all but the darkest would come out white
        upright = upright.point(lambda grey: grey * (1 / 256)).convert("L")
    clear = wanted == "PNG" and upright.has_transparency_data
    plain = upright.convert("RGBA" if clear else "RGB")
    out = io.BytesIO()
    clean = Image.frombytes(
        plain.mode, plain.size, plain.tobytes()
    )  # pixels only: no EXIF, no text chunks, no profile
    clean.save(out, wanted, **({"quality": 85} if wanted == "JPEG" else {"optimize": True}))
    return Picture(out.getvalue(), clean.width, clean.height)


class DamagedError(Exception):
    """A file is not the picture that it should be."""


# Pictures of our own pages, which are kept and compared.
REDUCTION = 2  # what is kept has half the width of what is drawn
COLOURS = 64
SOFT = 2  # pixels of what is kept, by which it is blurred to be compared
CELL = 4  # pixels
HALVES = sorted(product((0, -1, 1), repeat=2), key=lambda move: (move != (0, 0), move))
MARKED = (204, 0, 136)  # a colour of no page


@dataclass(frozen=True, slots=True)
class Cells:
    """A picture as a raster of cells, row by row, each with its mean colour."""

    columns: int
    colours: tuple[tuple[int, int, int], ...]


def drawing(width: int, height: int, pixels: bytes) -> bytes:
    """Return drawn *pixels*, three bytes each, as a small PNG."""
    return _small(Image.frombytes("RGB", (width, height), pixels))


def smaller(data: bytes) -> bytes:
    """Return a photograph as a small PNG."""
    with Image.open(io.BytesIO(data)) as image:
        return _small(image.convert("RGB"))


def _small(image: Image.Image) -> bytes:
    # an octree has the same colours for nearly the same pictures; the median cut also loses the few of an accent
    few = image.reduce(REDUCTION).quantize(
        COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    return _png(few)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def cells(data: bytes) -> Iterator[Cells]:
    """Yield the cells of a PNG: as it is, and then of the same picture moved by half a pixel each way.

    Raises:
        DamagedError: it is none, or damaged.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            soft = image.convert("RGB").filter(ImageFilter.GaussianBlur(SOFT))
    except (OSError, SyntaxError, ValueError) as error:  # Pillow has no error of its own for these
        raise DamagedError from error
    for right, down in HALVES:
        raster = _moved(_moved(soft, right, 0), 0, down).reduce(CELL)
        flat = raster.tobytes()
        yield Cells(raster.width, tuple(zip(flat[::3], flat[1::3], flat[2::3], strict=True)))


def _moved(image: Image.Image, right: int, down: int) -> Image.Image:
    """Return *image* moved by so many halves of a pixel, -1 to 1."""
    return (
        Image.blend(image, ImageChops.offset(image, right, down), 0.5) if right or down else image
    )


def beside(approved: bytes, now: bytes, marks: Iterable[tuple[int, int]]) -> bytes:
    """Return both pictures and, right of them, where they differ, as one PNG; *marks* are columns and rows of cells."""
    pictures = [Image.open(io.BytesIO(data)).convert("RGB") for data in (approved, now)]
    pale = Image.blend(pictures[1], Image.new("RGB", pictures[1].size, "white"), 0.6)
    width = max(picture.width for picture in pictures)
    height = max(picture.height for picture in pictures)
    sheet = Image.new("RGB", (3 * width + 2 * CELL, height), "grey")
    for place, picture in enumerate([*pictures, pale]):
        sheet.paste(picture, (place * (width + CELL), 0))
    pen, left = ImageDraw.Draw(sheet), 2 * (width + CELL)
    for column, row in marks:
        x, y = left + column * CELL, row * CELL
        pen.rectangle((x, y, x + CELL - 1, y + CELL - 1), outline=MARKED)
    return _png(sheet)
