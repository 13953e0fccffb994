"""Look at a raster image before it is printed: bytes in, what is wrong with it out."""

from __future__ import annotations

import io

from PIL import Image

FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 40_000_000


def warm_up() -> None:
    """Load the decoders, since a locked process may read no module."""
    Image.preinit()
    Image.init()


def fault(data: bytes) -> str | None:
    """Return why the image cannot be printed, or None when every pixel of it could be decoded."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return f"has {picture.width} by {picture.height} pixels; at most {MOST_PIXELS // 10**6} megapixels are allowed"
            picture.load()
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - decoders raise what they like
        return f"cannot be decoded: {error}"
    return None
