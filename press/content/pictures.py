"""Read pictures: decode a PNG or a JPEG whole and encode it again, as large as its place and without metadata."""

import io
import re
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageColor, ImageFile, ImageOps, ImageStat, UnidentifiedImageError

# Pixels, width and height, of the largest place that a picture is printed in: 174 by 90 mm (templates/blocks/image)
# with 220 to the inch. A screen shows it on fewer than twice as many CSS pixels.
IMAGE = (1507, 780)
LOGO = (1063, 283)  # 45 by 12 mm, with the 600 to the inch that sharp edges ask for
QUALITY = 75
MUCH = 4  # times larger is a photograph if no pixel of it may change
MOST_PIXELS = 64_000_000
MOST_BYTES = 20 << 20
TOO_MANY = f"it has more than {MOST_PIXELS // 1_000_000} million pixels; save it smaller"
NO_IMAGE = "it is not an image; export it again as PNG or JPEG"
BLANK = "nothing of it is seen on white paper; export it again"
DAMAGED = "it is damaged or cut off; export it again"
COLOUR_NAMES = tuple(ImageColor.colormap)  # those of CSS
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
SPACES = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY"}  # of colours, by mode
ORIENTATION, LYING = 0x0112, range(5, 9)  # its key in EXIF, and what changes width for height
OTHER = re.compile(  # what other files begin with
    rb"(?P<GIF>GIF8)|(?P<WebP>RIFF....WEBP)|(?P<TIFF>II\*\0|MM\0\*)|(?P<BMP>BM)|(?P<AVIF>....ftypavi[fs])"
    rb"|(?P<HEIC>....ftyp(?:hei|mif|msf))",
    re.DOTALL,
)
UNLIKE = "which not all browsers and PDFs show; export it as JPEG, or a drawing as PNG"
FAINTEST = 8  # of 255: what differs less is not seen
DIMMEST = 99  # the darkest grey with a contrast of 3 to 1 to the paper of a dark screen
SEEN = 128  # of 255: what is clearer is the edge of a shape
FEW = 0.02  # of what a drawing shows


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the outputs contain it."""

    data: bytes
    width: int  # pixels
    height: int
    name: str  # of its file, and the ending of another format if it is in that
    painted: bool = (
        False  # a drawing that outputs have as pixels, since programs draw it in different ways
    )
    dim: bool = False  # a dark screen would show through, and hide some of it

    @property
    def asset(self) -> str:
        """The name under which pages ask for it."""
        return f"images/{self.name}"


def read(path: Path, most: tuple[int, int] = IMAGE) -> tuple[Picture | None, str]:
    """Return the picture in *path*, at most so large, or None and what is wrong with the file."""
    wanted = FORMATS.get(path.suffix)
    if wanted is None:
        wrong = f"is neither a PNG nor a JPEG file by its ending (in lower case), {UNLIKE}"
        return None, f"'{path.name}' {wrong}"
    data, wrong = content_of(
        path, MOST_BYTES, f"it is larger than {MOST_BYTES >> 20} MB; save it smaller"
    )
    return (None, wrong) if wrong else encode(data, wanted, path.name, most)


def encode(
    data: bytes, wanted: str, name: str, most: tuple[int, int]
) -> tuple[Picture | None, str]:
    """Return the picture in *data*, of the *wanted* format, as `read` does."""
    return _opened(data, wanted, lambda image: _encoded(image, name, most))


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
            other = OTHER.match(data)
            return None, f"it is in the format {other.lastgroup}, {UNLIKE}" if other else NO_IMAGE
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
    return _saved(image, "PNG", optimize=True)


WHOLE = {"PNG": _whole_png, "JPEG": _whole_jpeg}


def _plain(image: Image.Image) -> Image.Image:
    """Return *image* in a mode that can be scaled: grey, RGB or CMYK, and with what of it is clear."""
    if image.mode.startswith("I"):  # 16 bits of grey: all but the darkest would come out white
        return image.point(lambda grey: grey * (1 / 256)).convert("L")
    colours = {"1": "RGB", "P": "RGB", "PA": "RGB"}.get(image.mode, image.mode.removesuffix("A"))
    clear = image.format == "PNG" and image.has_transparency_data
    mode = f"{colours}A" if clear else colours
    return image if image.mode == mode else image.convert(mode)


def _in_common_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return *image* in RGB, its colours as sRGB: without its profile they would be others."""
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
    space = own.profile.xcolor_space.strip() if own else ""
    inks = image.convert(image.mode.removesuffix("A"))
    if inks.mode == "L" and space == "RGB":
        inks = inks.convert("RGB")
    if own and space == SPACES[inks.mode]:
        common = ImageCms.createProfile("sRGB")
        inks = ImageCms.profileToProfile(inks, own, common, outputMode="RGB") or inks
    colours = inks.convert("RGB")
    if image.mode.endswith("A") and (clear := image.getchannel("A")).getextrema() != (255, 255):
        colours.putalpha(clear)
    return colours


def shows_nothing(image: Image.Image | bytes) -> bool:
    """Return True if nothing of a picture is seen on white paper."""
    if isinstance(image, bytes):
        image = Image.open(io.BytesIO(image), formats=["PNG"])
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    extrema = ImageStat.Stat(paper.convert("RGB")).extrema
    return min(low for low, _ in extrema) > 255 - FAINTEST


def is_dim(image: Image.Image) -> bool:
    """Return whether some of a drawing without a ground could not be told from a dark screen."""
    if image.mode != "RGBA":
        return False
    shapes = image.getchannel("A").point(lambda alpha: 255 * (alpha >= SEEN))
    greys = image.convert("L").histogram(shapes)
    return sum(greys[:DIMMEST]) > FEW * sum(greys)


def _encoded(image: Image.Image, name: str, most: tuple[int, int]) -> tuple[Picture | None, str]:
    """Return *image* upright, in common colours and no larger than *most*, or why not."""
    kind, profile = image.format, image.info.get("icc_profile")
    plain = _plain(image)
    lies = image.getexif().get(ORIENTATION, 1) in LYING
    plain.thumbnail(most[::-1] if lies else most, Image.Resampling.LANCZOS)
    # a camera only notes how it was held
    upright = _in_common_colours(ImageOps.exif_transpose(plain), profile)
    if shows_nothing(upright) or upright.size == (1, 1):
        return None, BLANK
    # pixels only: no EXIF, no text chunks, no profile
    clean = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    if kind == "PNG" and (most == LOGO or clean.mode == "RGBA"):
        return Picture(
            _saved(clean, "PNG", optimize=True), *clean.size, name, dim=is_dim(clean)
        ), ""
    photograph = _saved(clean, "JPEG", quality=QUALITY, optimize=True)
    if kind == "PNG" and MUCH * len(photograph) > len(_saved(clean, "PNG", compress_level=1)):
        return Picture(_saved(clean, "PNG", optimize=True), *clean.size, name), ""
    return Picture(photograph, *clean.size, f"{name}.jpg" if kind == "PNG" else name), ""


def _saved(image: Image.Image, kind: str, **more: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()
