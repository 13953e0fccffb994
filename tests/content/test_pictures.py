"""A raster image is taken whole and without what travels along, or refused with the way out."""

from __future__ import annotations

import hashlib
import io
import struct
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageOps, PngImagePlugin

from press.content import pictures
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

SECRET = b"Camera 12345, 42.87 N 74.59 E"
PNG_CHUNKS = {
    "IHDR",
    "PLTE",
    "tRNS",
    "IDAT",
    "IEND",
}  # size, pixels and what gives them their colour
JPEG_MARKERS = {
    0xE0,
    0xDB,
    0xC0,
    0xC4,
    0xDA,
}  # JFIF, tables, frame, scan: no EXIF, no profile, no comment


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Image.Image:
    """Return an image in which no two columns are alike."""
    whole = Image.new("RGB", size)
    whole.putdata([(x * 6 % 256, y * 8 % 256, 128) for y in range(size[1]) for x in range(size[0])])
    made = whole.convert(mode)
    if mode in {"RGBA", "LA"}:
        made.putalpha(Image.linear_gradient("L").resize(size))
    return made


def saved(path: Path, image: Image.Image, kind: str, **more: object) -> Path:
    """Save *image* with all that may travel along in such a file."""
    exif = image.getexif()
    exif[0x010F] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRET.decode())
        info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
        more |= {"pnginfo": info, "dpi": (300, 300)}
    else:
        more |= {"comment": SECRET, "quality": 95}
    image.save(path, kind, exif=exif, icc_profile=profile, **more)
    return path


def chunks(data: bytes) -> list[str]:
    """Return the names of the chunks of a PNG."""
    names, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        names.append(data[at + 4 : at + 8].decode())
        at += length + 12
    return names


def markers(data: bytes) -> set[int]:
    """Return the markers of a JPEG up to its scan."""
    found, at = set(), 2
    while 0xDA not in found:
        assert data[at] == 0xFF
        found.add(data[at + 1])
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return found


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def taken(path: Path) -> pictures.Picture:
    """Return the picture in *path*, which is sound."""
    found, wrong = pictures.read(path)
    assert (found is not None, wrong) == (True, "")
    assert found
    return found


def refused(path: Path) -> str:
    """Return why *path* is not taken."""
    found, wrong = pictures.read(path)
    assert found is None
    return wrong


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_a_png_keeps_its_pixels_and_nothing_else(tmp_path: Path, mode: str) -> None:
    """Every pixel is as it was; EXIF, text, profile and density are gone."""
    path = saved(tmp_path / "a.png", picture(mode), "PNG")
    assert {"eXIf", "tEXt", "iTXt", "iCCP", "pHYs"} <= set(chunks(path.read_bytes()))
    found = taken(path)
    assert set(chunks(found.data)) <= PNG_CHUNKS
    assert (found.width, found.height) == (40, 30)
    with Image.open(path) as before, Image.open(io.BytesIO(found.data)) as after:
        changed = ImageChops.difference(before.convert("RGBA"), after.convert("RGBA"))
        assert not any(changed.tobytes())
        assert after.info == {}


@pytest.mark.parametrize("ending", ["jpg", "jpeg"])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_keeps_its_picture_and_nothing_else(tmp_path: Path, mode: str, ending: str) -> None:
    """It looks the same; EXIF, profile and comment are gone, and its colours are those of a screen."""
    path = saved(tmp_path / f"a.{ending}", picture(mode), "JPEG")
    assert SECRET in path.read_bytes()
    assert b"ICC_PROFILE" in path.read_bytes()
    found = taken(path)
    assert markers(found.data) <= JPEG_MARKERS
    assert SECRET not in found.data
    with Image.open(path) as before, Image.open(io.BytesIO(found.data)) as after:
        assert (after.mode, after.size) == ("RGB", (40, 30))
        assert dict(after.getexif()) == {}
        changed = ImageChops.difference(before.convert("RGB"), after)
        assert max(changed.tobytes()) < 40


def test_a_turned_photograph_stands_upright(tmp_path: Path) -> None:
    """A camera notes in EXIF how it was held: what is taken away is first done."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter
    picture().save(tmp_path / "a.jpg", exif=exif)
    found = taken(tmp_path / "a.jpg")
    assert (found.width, found.height) == (30, 40)
    with Image.open(io.BytesIO(found.data)) as after:
        assert after.size == (30, 40)


def test_deep_grey_stays_grey(tmp_path: Path) -> None:
    """A scan of 16 bits comes out in the same shades, in 8."""
    deep = Image.new("I;16", (3, 1))
    for x, grey in enumerate((0, 32_768, 65_535)):
        deep.putpixel((x, 0), grey)
    deep.save(tmp_path / "a.png")
    with Image.open(io.BytesIO(taken(tmp_path / "a.png").data)) as after:
        assert [after.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (128,) * 3, (255,) * 3]


def test_a_colour_that_is_clear_stays_clear(tmp_path: Path) -> None:
    """A PNG may name one colour that is not drawn."""
    whole = Image.new("RGB", (2, 1), "#ff0000")
    whole.putpixel((1, 0), (0, 0, 255))
    whole.save(tmp_path / "a.png", transparency=(255, 0, 0))
    with Image.open(io.BytesIO(taken(tmp_path / "a.png").data)) as after:
        assert [after.convert("RGBA").getpixel((x, 0)) for x in range(2)] == [
            (255, 0, 0, 0),
            (0, 0, 255, 255),
        ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_bytes_are_the_same_in_every_process(tmp_path: Path, kind: str) -> None:
    """Neither the clock nor the seed of hashes has a hand in them."""
    path = saved(tmp_path / f"a.{kind.lower()}", picture(), kind)
    code = (
        "import sys; from pathlib import Path; from press.content import pictures as images;"
        "sys.stdout.buffer.write(images.read(Path(sys.argv[1]))[0].data)"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, path],
            cwd=HERE.root,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stdout == taken(path).data


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0, 0.02, 0.5, 0.98])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, kind: str, share: float) -> None:
    """Wherever it ends, it is not printed with a grey half."""
    path = tmp_path / f"a.{kind.lower()}"
    noise = hashlib.shake_256().digest(200 * 200 * 3)
    Image.frombytes("RGB", (200, 200), noise).save(path, kind)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refused(path) == (pictures.DAMAGED if share else pictures.NO_IMAGE)


def test_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    """A PNG proves its own bytes."""
    path = tmp_path / "a.png"
    picture().save(path)
    data = bytearray(path.read_bytes())
    data[data.index(b"IDAT") + 20] ^= 0xFF
    path.write_bytes(data)
    assert refused(path) == pictures.DAMAGED


@pytest.mark.parametrize("name", [b"IHDR", b"IDAT", b"tEXt", b"IEND"])
def test_a_wrong_checksum_is_refused(tmp_path: Path, name: bytes) -> None:
    """Each chunk of a PNG states one, the pixels' too, which Pillow does not look at."""
    path = saved(tmp_path / "a.png", picture(), "PNG")
    taken(path)
    data = bytearray(path.read_bytes())
    at = data.index(name)
    (length,) = struct.unpack(">I", data[at - 4 : at])
    data[at + 4 + length] ^= 0xFF
    path.write_bytes(data)
    assert refused(path) in {pictures.DAMAGED, pictures.NO_IMAGE}


@pytest.mark.parametrize(("name", "end"), [("a.png", 12), ("a.jpg", 2)])
def test_an_image_without_its_end_is_refused(tmp_path: Path, name: str, end: int) -> None:
    """All pixels may be there, but who knows; what stands behind the end does not matter."""
    path = tmp_path / name
    picture().save(path)
    data = path.read_bytes()
    path.write_bytes(data + b"\0more")
    taken(path)
    path.write_bytes(data[:-end])
    assert refused(path) == pictures.DAMAGED


def test_the_end_of_a_thumbnail_is_not_that_of_the_image(tmp_path: Path) -> None:
    """A camera puts a small JPEG into the head of the large one."""
    path = tmp_path / "a.jpg"
    picture().save(path, comment=b"\xff\xd8\xff\xd9")
    taken(path)
    path.write_bytes(path.read_bytes()[:-2])
    assert refused(path) == pictures.DAMAGED


@pytest.mark.parametrize(("width", "height"), [(8_100, 8_100), (100_000, 100_000), (1, 70_000_000)])
def test_a_bomb_is_not_decoded(tmp_path: Path, width: int, height: int) -> None:
    """A small file that says it has too many pixels is refused by what it says."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    path = tmp_path / "a.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
    assert refused(path) == "it has more than 64 million pixels; save it smaller"


def test_a_text_that_swells_is_refused(tmp_path: Path) -> None:
    """A comment of a few bytes may hide megabytes."""
    path = tmp_path / "a.png"
    picture().save(path)
    text = b"Comment\0\0" + zlib.compress(bytes(100 << 20))
    data = path.read_bytes()
    path.write_bytes(data[:33] + chunk(b"zTXt", text) + data[33:])
    assert refused(path) == pictures.DAMAGED


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Twenty megabytes are enough for any picture in a brief."""
    path = tmp_path / "a.png"
    picture().save(path)
    with path.open("ab") as opened:
        opened.truncate(pictures.MOST_BYTES + 1)
    assert refused(path) == "it is larger than 20 MB; save it smaller"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("a.png", "JPEG", "it holds a JPEG image; give it the ending of one"),
        ("a.jpg", "PNG", "it holds a PNG image; give it the ending of one"),
        (
            "a.png",
            "GIF",
            "it is in the format GIF, which not all browsers and PDFs show; export it as JPEG",
        ),
        ("a.jpg", "BMP", "it is in the format BMP, which"),
        ("a.jpg", "WEBP", "it is in the format WebP, which"),
        ("a.jpg", "TIFF", "it is in the format TIFF, which"),
        ("a.jpg", "AVIF", "it is in the format AVIF, which"),
        ("a.jpg", "ICO", "it is not an image; export it again as PNG or JPEG"),
        ("a.gif", "GIF", "'a.gif' is neither a PNG nor a JPEG file"),
        ("a.PNG", "PNG", "'a.PNG' is neither a PNG nor a JPEG file"),
        ("a", "PNG", "'a' is neither a PNG nor a JPEG file"),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str, kind: str, said: str) -> None:
    """What a file holds counts, and its ending has to say so."""
    picture().save(tmp_path / name, kind)
    assert refused(tmp_path / name).startswith(said)


def test_a_picture_of_a_telephone_is_named(tmp_path: Path) -> None:
    """A program that copies photographs gives HEIC the ending of a JPEG."""
    (tmp_path / "a.jpg").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40))
    assert refused(tmp_path / "a.jpg") == (
        "it is in the format HEIC, which not all browsers and PDFs show; export it as JPEG, or a drawing as PNG"
    )


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.jpg"])
def test_a_drawing_is_refused(tmp_path: Path, name: str) -> None:
    """An SVG can run programs and fetch files, whatever it is called."""
    path = tmp_path / name
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "utf-8")
    assert refused(path).startswith(
        "'a.svg' is neither a PNG nor a JPEG file" if name == "a.svg" else "it is not an image"
    )


@pytest.mark.parametrize("what", ["link", "folder", "nothing"])
def test_only_a_plain_file_is_read(tmp_path: Path, what: str) -> None:
    """A link could lead to any file of the machine."""
    path = tmp_path / "a.png"
    if what == "link":
        picture().save(tmp_path / "b.png")
        path.symlink_to(tmp_path / "b.png")
        assert taken(path.resolve()).width == 40
    elif what == "folder":
        path.mkdir()
    assert refused(path) == "'a.png' is not a plain file; put the image itself here"


def test_a_moving_picture_is_refused(tmp_path: Path) -> None:
    """All but one of its pictures would be lost."""
    path = tmp_path / "a.png"
    picture().save(path, save_all=True, append_images=[picture().rotate(90)])
    assert "acTL" in chunks(path.read_bytes())
    assert refused(path).startswith("it is animated")


def test_a_photograph_of_a_camera_is_a_jpeg(tmp_path: Path) -> None:
    """It has a preview behind it, for which Pillow has another name."""
    path = tmp_path / "a.jpg"
    picture().save(path, "MPO", save_all=True, append_images=[picture(size=(8, 6))])
    with Image.open(path) as opened:
        assert opened.format == "MPO"
    found = taken(path)
    assert (found.width, found.height) == (40, 30)
    assert markers(found.data) <= JPEG_MARKERS
    with Image.open(io.BytesIO(found.data)) as shown:
        assert shown.format == "JPEG"


@pytest.mark.parametrize(
    "blank",
    [
        Image.new("RGB", (40, 30), "white"),
        Image.new("RGB", (1, 1), "black"),
        Image.new("RGBA", (40, 30), (255, 255, 255, 128)),
        Image.new("RGBA", (40, 30), (0, 0, 0, 0)),
        Image.new("L", (40, 30), 250),
    ],
)
def test_a_picture_that_shows_nothing_is_refused(tmp_path: Path, blank: Image.Image) -> None:
    """Nothing on white paper, or a dot."""
    path = tmp_path / "a.png"
    blank.save(path)
    assert refused(path).startswith("nothing of it is seen")


def test_the_colours_of_a_profile_are_kept(tmp_path: Path) -> None:
    """A profile that takes red for green makes a red picture green, in ours without a profile too."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = profile.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
    path = tmp_path / "a.png"
    red = Image.new("RGB", (40, 30), "black")
    red.paste((255, 0, 0), (0, 0, 20, 30))
    red.save(path, icc_profile=turned)
    with Image.open(io.BytesIO(taken(path).data)) as shown:
        pixel = shown.convert("RGB").getpixel((1, 1))
    assert isinstance(pixel, tuple)
    assert pixel[1] > 200 > pixel[0]


TO_SRGB = (3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052)  # of D50
SPACES = {  # X, Y and Z of red, green and blue, each for D50, and the gamma
    "Display P3": (
        (0.5151, 0.2412, -0.0011),
        (0.2920, 0.6922, 0.0419),
        (0.1571, 0.0666, 0.7841),
        2.2,
    ),
    "Adobe RGB": (
        (0.6097, 0.3111, 0.0195),
        (0.2053, 0.6257, 0.0609),
        (0.1492, 0.0632, 0.7446),
        2.2,
    ),
    "ProPhoto": ((0.7977, 0.2880, 0.0), (0.1352, 0.7119, 0.0), (0.0313, 0.0001, 0.8249), 1.8),
}
PATCHES = [
    (200, 40, 40),
    (60, 180, 70),
    (40, 60, 200),
    (128, 128, 128),
    (230, 200, 60),
    (20, 20, 30),
]


def profile(space: str) -> bytes:
    """Return a profile of RGB, or of grey if *space* is '', byte by byte as the ICC describes it."""
    *primaries, gamma = SPACES.get(space, (1.8,))

    def xyz(values: tuple[float, ...]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    name = space.encode() + b"\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    parts = {b"desc": described, b"wtpt": xyz((0.9642, 1.0, 0.8249)), b"cprt": b"text\0\0\0\0-\0"}
    for ink, column in zip((b"r", b"g", b"b"), primaries, strict=False):
        parts |= {ink + b"XYZ": xyz(column), ink + b"TRC": curve}
    if not primaries:
        parts[b"kTRC"] = curve
    table, body, at = struct.pack(">I", len(parts)), b"", 132 + 12 * len(parts)
    for tag, data in parts.items():
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    kind = b"RGB " if primaries else b"GRAY"
    head = struct.pack(
        ">I4sI4s4s4s12x4s28x", at + len(body), b"", 0x2100000, b"mntr", kind, b"XYZ ", b"acsp"
    )
    head += struct.pack(">3i", *(round(v * 65536) for v in (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + table + body


def srgb(colour: tuple[int, ...], space: str) -> list[int]:
    """Return a *colour* of another space as sRGB, by the definitions of both."""
    *primaries, gamma = SPACES[space]
    light = [(value / 255) ** gamma for value in colour]
    xyz = [
        sum(a * column[row] for a, column in zip(light, primaries, strict=True)) for row in range(3)
    ]
    linear = [sum(a * b for a, b in zip(row, xyz, strict=True)) for row in TO_SRGB]
    clipped = [min(max(value, 0.0), 1.0) for value in linear]
    return [
        round(255 * (12.92 * v if v < 0.0031 else 1.055 * v ** (1 / 2.4) - 0.055)) for v in clipped
    ]


def patches(mode: str = "RGB") -> Image.Image:
    """Return a row of squares, each in a colour."""
    row = Image.new("RGB", (32 * len(PATCHES), 32))
    for at, colour in enumerate(PATCHES):
        row.paste(colour, (32 * at, 0, 32 * (at + 1), 32))
    return row.convert(mode, palette=Image.Palette.ADAPTIVE) if mode == "P" else row.convert(mode)


def colours(data: bytes) -> list[list[int]]:
    """Return the colour in the middle of each square."""
    with Image.open(io.BytesIO(data)) as shown:
        plain = shown.convert("RGB")
    return [
        list(plain.crop((32 * at + 16, 16, 32 * at + 17, 17)).tobytes())
        for at in range(len(PATCHES))
    ]


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize(
    ("name", "mode"), [("a.jpg", "RGB"), ("a.png", "RGB"), ("a.png", "P"), ("a.png", "RGBA")]
)
def test_colours_of_other_spaces_become_those_of_screens(
    tmp_path: Path, name: str, mode: str, space: str
) -> None:
    """Telephones note Display P3, cameras Adobe RGB: by its numbers alone each colour would be paler."""
    whole = patches(mode)
    more: dict[str, Any] = {"quality": 95, "subsampling": 0} if name == "a.jpg" else {}
    if mode == "P":
        more["transparency"] = 255  # of no colour that is there
    whole.save(tmp_path / name, icc_profile=profile(space), **more)
    found = colours(taken(tmp_path / name).data)
    for colour, shown in zip(PATCHES, found, strict=True):
        wanted = srgb(colour, space)
        assert max(abs(a - b) for a, b in zip(wanted, shown, strict=True)) <= 5, (
            colour,
            wanted,
            shown,
        )
    assert max(abs(a - b) for a, b in zip(PATCHES[0], found[0], strict=True)) > 8


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_grey_of_another_scale_becomes_that_of_screens(tmp_path: Path, mode: str) -> None:
    """A scanner notes how dark its greys are."""
    patches(mode).save(tmp_path / "a.png", icc_profile=profile(""))
    for before, after in zip(
        colours(as_png(patches(mode))), colours(taken(tmp_path / "a.png").data), strict=True
    ):
        light = (before[0] / 255) ** 1.8
        wanted = 255 * (1.055 * light ** (1 / 2.4) - 0.055)
        assert max(abs(value - wanted) for value in after) <= 4


def as_png(image: Image.Image) -> bytes:
    """Return *image* as a file."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_profile_of_other_inks_is_not_used(tmp_path: Path) -> None:
    """A program left the profile of a grey picture in one with colours."""
    patches().save(tmp_path / "a.png", icc_profile=profile(""))
    assert colours(taken(tmp_path / "a.png").data) == [list(colour) for colour in PATCHES]


def scene(width: int, height: int) -> Image.Image:
    """Return what could be a photograph: soft shades, and grain."""
    grain = Image.frombytes("L", (256, 256), hashlib.shake_256(b"grain").digest(256 * 256))
    coarse = Image.frombytes("RGB", (12, 9), hashlib.shake_256(b"shades").digest(12 * 9 * 3))
    shades = coarse.resize((width, height), Image.Resampling.BICUBIC)
    tiled = Image.new("L", (width, height))
    for x in range(0, width, 256):
        for y in range(0, height, 256):
            tiled.paste(grain, (x, y))
    return Image.blend(shades, tiled.convert("RGB"), 0.1)


@pytest.mark.parametrize(
    ("size", "turn", "most"),
    [
        ((4032, 3024), 1, (1040, 780)),  # 12 million pixels, of a telephone
        ((4032, 3024), 6, (585, 780)),  # held upright
        ((8160, 6120), 1, (1040, 780)),  # 50 million
        ((6000, 1500), 1, (1507, 377)),
    ],
)
def test_a_photograph_is_scaled_to_its_place(
    tmp_path: Path, size: tuple[int, int], turn: int, most: tuple[int, int]
) -> None:
    """It has 220 pixels to the inch where it is printed as large as images are, the same shape, and few bytes."""
    whole, exif = scene(*size), Image.Exif()
    exif[0x0112] = turn
    exif.get_ifd(0x8825)[1] = SECRET.decode()
    whole.save(tmp_path / "a.jpg", quality=90, exif=exif)
    assert SECRET in (tmp_path / "a.jpg").read_bytes()
    found = taken(tmp_path / "a.jpg")
    assert (found.width, found.height) == most
    assert len(found.data) < 220_000
    assert SECRET not in found.data
    upright = whole.transpose(Image.Transpose.ROTATE_270) if turn == 6 else whole
    with Image.open(io.BytesIO(found.data)) as shown:
        small = shown.resize((30, 30), Image.Resampling.BOX)
    changed = ImageChops.difference(small, upright.resize((30, 30), Image.Resampling.BOX))
    assert max(changed.tobytes()) < 8


def test_a_photograph_that_was_saved_as_png_becomes_a_jpeg(tmp_path: Path) -> None:
    """Its bytes would be five times as many; a drawing keeps each of its pixels, and so does a sign."""
    whole = scene(900, 600).filter(ImageFilter.GaussianBlur(1))
    whole.save(tmp_path / "a.png")
    found = taken(tmp_path / "a.png")
    assert (found.data[:2], found.asset) == (b"\xff\xd8", "images/a.png.jpg")
    sign, wrong = pictures.read(tmp_path / "a.png", pictures.LOGO)
    assert sign, wrong
    assert (sign.data[1:4], sign.asset, sign.height) == (b"PNG", "images/a.png", 283)
    drawing = ImageOps.posterize(whole.convert("L"), 1).convert("RGB")
    drawing.save(tmp_path / "b.png")
    assert (taken(tmp_path / "b.png").data[1:4], taken(tmp_path / "b.png").asset) == (
        b"PNG",
        "images/b.png",
    )


@pytest.mark.parametrize(
    ("ink", "ground", "dim"),
    [
        ((20, 30, 60, 255), (0, 0, 0, 0), True),
        ((240, 120, 40, 255), (0, 0, 0, 0), False),
        ((20, 30, 60, 255), (255, 255, 255, 255), False),
    ],
)
def test_a_dark_drawing_without_a_ground_gets_one(
    tmp_path: Path, ink: tuple[int, ...], ground: tuple[int, ...], *, dim: bool
) -> None:
    """A dark screen would show through and hide its lines; light ones, and one with a ground, stay as they are."""
    drawing = Image.new("RGBA", (400, 200), ground)
    drawing.paste(ink, (50, 90, 350, 110))
    drawing.save(tmp_path / "a.png")
    assert taken(tmp_path / "a.png").dim == dim
