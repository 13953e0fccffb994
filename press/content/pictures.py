"""Read pictures: decode a PNG or a JPEG whole and encode it again without metadata, or say why not."""

import io
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageColor, ImageFile, ImageOps, ImageStat, UnidentifiedImageError

MOST_PIXELS = 40_000_000
MOST_BYTES = 20 << 20
TOO_MANY = f"it has more than {MOST_PIXELS // 1_000_000} million pixels; save it smaller"
NO_IMAGE = "it is not an image; export it again as PNG or JPEG"
BLANK = "nothing of it is seen on white paper; export it again"
DAMAGED = "it is damaged or cut off; export it again"
COLOUR_NAMES = tuple(ImageColor.colormap)  # those of CSS
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
SPACES = {"RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK", "L": "GRAY"}  # of colours, by mode
FAINTEST = 8  # of 255: what differs less is not seen


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the outputs contain it."""

    data: bytes
    width: int  # pixels
    height: int


def read(path: Path) -> tuple[Picture | None, str]:
    """Return the picture in *path*, or None and what is wrong with the file."""
    wanted = FORMATS.get(path.suffix)
    if wanted is None:
        wrong = "is neither a PNG nor a JPEG file; save it as one of them, with the ending in lower case"
        return None, f"'{path.name}' {wrong}"
    data, wrong = content_of(
        path, MOST_BYTES, f"it is larger than {MOST_BYTES >> 20} MB; save it smaller"
    )
    return (None, wrong) if wrong else _opened(data, wanted, _encoded)


def content_of(path: Path, most: int, too_large: str) -> tuple[bytes, str]:
    """Return the content of *path*, at most *most* bytes, or what is wrong with the file."""
    if path.is_symlink() or not path.is_file():
        return b"", f"'{path.name}' is not a plain file; put the image itself here"
    try:
        return (b"", too_large) if path.stat().st_size > most else (path.read_bytes(), "")
    except OSError as error:
        return b"", f"it can't be read: {(error.strerror or 'no reason given').lower()}"


def fault(data: bytes) -> str:
    """Return what is wrong with a picture by its head, its checksums and its end, or ''; no pixel is decoded."""
    return _opened(data, "", lambda _: (None, ""))[1]


def _opened(
    data: bytes, wanted: str, use: Callable[[Image.Image], tuple[Picture | None, str]]
) -> tuple[Picture | None, str]:
    """Return what *use* makes of a sound picture of the *wanted* format ('': of either), or what is wrong with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Pillow only warns of a decompression bomb
        try:
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for its whole process
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                wrong = _wrong(image, data, wanted)
                return (None, wrong) if wrong else use(image)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return None, TOO_MANY
        except UnidentifiedImageError:
            return None, NO_IMAGE
        except Exception:  # noqa: BLE001 - Pillow raises whatever its parsers run into, in words for its makers
            return None, DAMAGED


def _wrong(image: Image.Image, data: bytes, wanted: str) -> str:
    """Return what is wrong with a picture before it is decoded."""
    # Pillow calls a camera's JPEG with a preview so
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    if wanted and kind != wanted:
        return f"it holds a {kind} image; give it the ending of one"
    if image.width * image.height > MOST_PIXELS:
        return TOO_MANY
    if kind == "PNG" and getattr(image, "n_frames", 1) > 1:
        return "it is animated, and a page shows one picture; save the one that you mean"
    return "" if WHOLE[kind](data) else DAMAGED


def _whole_png(data: bytes) -> bool:
    """Return True if each chunk matches its checksum and the last one is the end; Pillow checks neither."""
    at, name = 8, b""
    while name != b"IEND" and at + 12 <= len(data):
        name = data[at + 4 : at + 8]
        end = at + 8 + int.from_bytes(data[at : at + 4])
        checksum = int.from_bytes(data[end : end + 4])
        if end + 4 > len(data) or zlib.crc32(data[at + 4 : end]) != checksum:
            return False
        at = end + 4
    return name == b"IEND"


def _whole_jpeg(data: bytes) -> bool:
    """Return True if the end marker follows the first scan; one before it belongs to a thumbnail."""
    at = 2
    while (marker := data[at : at + 2]) not in (b"\xff\xda", b""):
        fill = marker == b"\xff\xff"  # a marker may have several
        at += 1 if fill else 2 + int.from_bytes(data[at + 2 : at + 4])
    return b"\xff\xd9" in data[at:]


def png(pixels: bytes, width: int, height: int, colours: int = 0) -> bytes:
    """Return a PNG of *pixels*, three bytes each, reduced to *colours* colours (0: not reduced)."""
    image = Image.frombytes("RGB", (width, height), pixels)
    if colours:
        image = image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


WHOLE = {"PNG": _whole_png, "JPEG": _whole_jpeg}


def _in_common_colours(image: Image.Image, mode: str, profile: bytes | None) -> Image.Image:
    """Return *image* in *mode*, its colours as sRGB; without its profile they would be others."""
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
    if own and own.profile.xcolor_space.strip() == SPACES.get(image.mode):
        common = ImageCms.createProfile("sRGB")
        kept = "RGBA" if image.mode == "RGBA" else "RGB"
        image = ImageCms.profileToProfile(image, own, common, outputMode=kept) or image
    return image.convert(mode)


def shows_nothing(image: Image.Image | bytes) -> bool:
    """Return True if nothing of a picture is seen on white paper."""
    if isinstance(image, bytes):
        image = Image.open(io.BytesIO(image), formats=["PNG"])
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    extrema = ImageStat.Stat(paper.convert("RGB")).extrema
    return min(low for low, _ in extrema) > 255 - FAINTEST


def _encoded(image: Image.Image) -> tuple[Picture | None, str]:
    image.load()  # all of it: the engine prints a picture that is cut off without a complaint
    upright = ImageOps.exif_transpose(image)  # a camera only notes how it was held
    if upright.mode.startswith("I"):  # 16 bits of grey: all but the darkest would come out white
        upright = upright.point(lambda grey: grey * (1 / 256)).convert("L")
    clear = image.format == "PNG" and upright.has_transparency_data
    plain = _in_common_colours(upright, "RGBA" if clear else "RGB", image.info.get("icc_profile"))
    paper = Image.new("RGBA", plain.size, "white")
    paper.alpha_composite(plain.convert("RGBA"))
    extrema = ImageStat.Stat(paper.convert("RGB")).extrema
    if min(low for low, _ in extrema) > 255 - FAINTEST or plain.size == (1, 1):
        return None, "nothing of it is seen on white paper; export it again"
    out = io.BytesIO()
    clean = Image.frombytes(
        plain.mode, plain.size, plain.tobytes()
    )  # pixels only: no EXIF, no text chunks, no profile
    more = {"quality": 85} if image.format == "JPEG" else {"optimize": True}
    clean.save(out, image.format, **more)
    return Picture(out.getvalue(), clean.width, clean.height), ""
