"""A raster image in; the same picture decoded whole and encoded again without metadata, or the reason why not, out."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

if TYPE_CHECKING:
    from pathlib import Path

MOST_PIXELS = 40_000_000
MOST_BYTES = 20 << 20
TOO_MANY = f"the image has more than {MOST_PIXELS // 1_000_000} million pixels; save it smaller"
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
            return None, f"the image is larger than {MOST_BYTES >> 20} MB; save it smaller"
        return _decoded(path.read_bytes(), wanted)
    except OSError as error:
        return None, f"the image can't be read: {error.strerror or error}"


def _decoded(data: bytes, wanted: str) -> tuple[Picture | None, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pillow only warns of a decompression bomb
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                if image.format != wanted:
                    return None, f"the file holds a {image.format} image; give it the ending of one"
                if image.width * image.height > MOST_PIXELS:
                    return None, TOO_MANY
                image.load()  # all of it: a cut-off image would print in silence
                return _encoded(image, wanted), ""
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return None, TOO_MANY
        except (OSError, SyntaxError, ValueError, Warning) as error:
            return None, f"the image is damaged or cut off ({error}); export it again"


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
