"""Make pictures of pages: small ones to keep, rasters of colours to compare, and both side by side."""

import io
from collections.abc import Iterable, Iterator
from itertools import product

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFilter

from press.print.pdf import Pixels

REDUCTION = 2  # what is kept has half the width of what is drawn
COLOURS = 64
BLUR = 2  # pixels of what is kept, by which it is blurred to be compared
CELL = 4  # pixels
HALVES = sorted(product((0, -1, 1), repeat=2), key=lambda move: (move != (0, 0), move))
MARKED = (204, 0, 136)  # a colour of no page
TO_LAB = ImageCms.buildTransform(
    ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
)


class DamagedError(Exception):
    """A file is not a PNG, or damaged."""


def of_sheet(sheet: Pixels) -> bytes:
    """Return a drawn page of a PDF as a small PNG."""
    return _small(Image.frombytes("RGB", (sheet.width, sheet.height), sheet.data))


def of_photograph(data: bytes) -> bytes:
    """Return a photograph of a web page as a small PNG."""
    return _small(_opened(data))


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


def _opened(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            return image.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:  # Pillow has no error of its own for these
        raise DamagedError from error


def rasters(data: bytes) -> Iterator[Image.Image]:
    """Yield a PNG as a raster of cells in CIELAB, and then the same picture moved by half a pixel each way.

    Raises:
        DamagedError: it is not a PNG, or damaged.
    """
    blurred = _opened(data).filter(ImageFilter.GaussianBlur(BLUR))
    for right, down in HALVES:
        moved = _moved(_moved(blurred, right, 0), 0, down)
        yield TO_LAB.apply(moved.reduce(CELL))


def _moved(image: Image.Image, right: int, down: int) -> Image.Image:
    """Return *image* moved by so many halves of a pixel, -1 to 1."""
    return (
        Image.blend(image, ImageChops.offset(image, right, down), 0.5) if right or down else image
    )


def beside(approved: bytes, now: bytes, marks: Iterable[tuple[int, int]]) -> bytes:
    """Return both pictures and, right of them, where they differ, as one PNG; *marks* are columns and rows of cells."""
    pictures = [_opened(data) for data in (approved, now)]
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
