"""The parts of printing that need no engine: facts, messages, images, geometry, and what libraries say."""

from __future__ import annotations

import math
import os
import signal
import struct
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content import pictures
from press.print.facts import Facts, Ink, Sheet, Smallest, Split, Stranded
from press.print.measure.rects import FAR, SAME, Matrix, Rect
from press.print.server import packets, stderr
from press.print.server.child import verdict
from tests.print.test_pdf_samples import png

words = st.text(max_size=20)
pages = st.integers(1, 99)
measures = st.floats(0, 1000, allow_nan=False)
facts = st.builds(
    Facts,
    pages=pages,
    complaints=st.tuples(words),
    denied=st.tuples(words),
    families=st.tuples(words),
    ink=st.tuples(st.builds(Ink, pages, words, words, words)),
    sheets=st.tuples(st.builds(Sheet, pages, measures, measures, pages)),
    blocks=st.dictionaries(words, st.tuples(pages, pages)),
    stranded=st.tuples(st.builds(Stranded, pages, words, words)),
    split=st.tuples(st.builds(Split, pages, words, words)),
    smallest=st.none() | st.builds(Smallest, measures, words, words),
)
headers = st.dictionaries(words, words | st.integers() | st.lists(words))


@given(facts)
def test_facts_survive_json(given_facts: Facts) -> None:
    """What is written down is read back, and written down the same again."""
    text = given_facts.to_json()
    assert Facts.from_json(text) == given_facts
    assert Facts.from_json(text).to_json() == text


@given(headers, st.lists(st.binary(max_size=2000), max_size=4))
def test_messages_survive_a_pipe(header: dict[str, object], blobs: list[bytes]) -> None:
    """What one end writes the other reads, and nothing is left over."""
    data = packets.pack(header, blobs)
    assert packets.unpack(data) == (header, tuple(blobs))
    ear, mouth = os.pipe()
    packets.write(mouth, data)
    os.close(mouth)
    assert packets.read(ear) == (header, tuple(blobs))
    assert os.read(ear, 1) == b""
    os.close(ear)


@given(headers, st.lists(st.binary(min_size=1, max_size=20), max_size=4), st.data())
def test_a_message_that_is_cut_off_is_none(
    header: dict[str, object], blobs: list[bytes], data: st.DataObject
) -> None:
    """Wherever it is cut, it is told, not guessed at."""
    whole = packets.pack(header, blobs)
    part = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with pytest.raises(packets.HungUpError):
        packets.unpack(part)


@pytest.mark.parametrize("data", [b"\xff" * 8, b"\0\0\0\x01{", b"\0\0\0\x02{}", b"Traceback"])
def test_noise_is_no_message(data: bytes) -> None:
    """Whatever a broken sender writes, the reader is not led astray."""
    with pytest.raises(packets.HungUpError):
        packets.unpack(data)


def spoilt(data: bytes) -> bytes:
    """Return an image with one wrong byte in its pixels."""
    place = data.index(b"IDAT") + 6
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def jpeg(width: int, height: int) -> bytes:
    """Return the frame of a JPEG file, with a scan of nothing."""
    comment = b"\xff\xfe" + struct.pack(">H", 5) + b"abc"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\1\0\0\x3f\0"
    return b"\xff\xd8" + comment + frame + scan + b"\xff\xd9"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (png(), ""),
        (png(8000, 8000), ""),
        (png(8001, 8000), pictures.TOO_MANY),
        (png()[:-4], pictures.DAMAGED),
        (png()[:-12], pictures.DAMAGED),
        (png()[:20], pictures.DAMAGED),
        (png()[:8], pictures.NO_IMAGE),
        (spoilt(png()), pictures.DAMAGED),
        (jpeg(8000, 8000), ""),
        (jpeg(8000, 8001), pictures.TOO_MANY),
        (jpeg(1, 1)[:-1], pictures.DAMAGED),
        (b"\xff\xd8\xff\xd9", pictures.NO_IMAGE),
        (b"\xff\xd8\x00\x00\x00\x00\xff\xd9", pictures.NO_IMAGE),
        (b"GIF89a", f"it is in the format GIF, {pictures.UNLIKE}"),
        (b"", pictures.NO_IMAGE),
    ],
)
def test_images_are_looked_at(data: bytes, fault: str) -> None:
    """A file that is whole and small enough is sound; of each other the fault is named."""
    assert pictures.fault(data) == fault


@given(st.binary(max_size=60), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]))
def test_any_bytes_can_be_looked_at(data: bytes, start: bytes) -> None:
    """Noise is a fault, never an exception."""
    assert pictures.fault(start + data) in {pictures.DAMAGED, pictures.NO_IMAGE, pictures.TOO_MANY}


def test_the_sample_image_is_one() -> None:
    """The head and pixels of our image are as the format wants them."""
    data = png(3, 2)
    start = data.index(b"IDAT")
    assert zlib.decompress(
        data[start + 4 :][: struct.unpack_from(">I", data, start - 4)[0]]
    ) == bytes(8)


coordinates = st.floats(-1e4, 1e4)
rects = st.builds(lambda x, y, w, h: Rect(x, y, x + abs(w), y + abs(h)), *[coordinates] * 4)


@given(rects, coordinates, coordinates)
def test_moving_a_rectangle_moves_its_sides(rect: Rect, x: float, y: float) -> None:
    """A shift is a shift; two quarter turns are half a turn."""
    moved = Matrix(e=x, f=y).rect(rect)
    assert moved == pytest.approx((rect.left + x, rect.top + y, rect.right + x, rect.bottom + y))
    quarter = Matrix(0, 1, -1, 0)
    half = quarter.then(quarter).rect(rect)
    assert half == pytest.approx((-rect.right, -rect.bottom, -rect.left, -rect.top))


@given(rects)
def test_a_rectangle_stays_within_itself(rect: Rect) -> None:
    """Nothing sticks out of itself, nor by less than half a pixel out of another."""
    assert rect.beyond(rect) == (0, 0)
    assert Matrix(e=0.4, f=-0.4).rect(rect).beyond(rect) == (0, 0)
    assert rect.beyond(rect.higher(FAR)) == (0, 0)
    assert SAME.rect(rect) is rect


def test_how_far_is_the_farther_side() -> None:
    """Left or right, up or down: the worse one counts."""
    assert Rect(-1, 0, 13, 10).beyond(Rect(0, 0, 10, 10)) == (3, 0)
    assert Rect(0, -4, 10, 12).beyond(Rect(0, 0, 10, 10)) == (0, 4)


def test_a_transform_knows_its_scale() -> None:
    """Turning does not make anything larger."""
    turned = Matrix(math.cos(1), math.sin(1), -math.sin(1), math.cos(1))
    assert turned.scale == pytest.approx(1)
    assert turned.then(Matrix(2, 0, 0, 2)).scale == pytest.approx(2)


def test_what_is_said_is_the_same_each_time() -> None:
    """Process ids and times of day are left out, and what is said twice is told once."""
    data = (
        b"(process:4711): Pango-WARNING **: 09:41:00.123: couldn't load font\n\n"
        b"(process:4712): Pango-WARNING **: 09:41:00.456: couldn't load font\n"
        b"Fontconfig error: \xff\n"
    )
    assert stderr.lines(data) == (
        "Pango-WARNING: couldn't load font",
        "Fontconfig error: \N{REPLACEMENT CHARACTER}",
    )


def test_a_process_can_listen_to_itself(capfd: pytest.CaptureFixture[str]) -> None:
    """What goes to descriptor 2 meanwhile is heard, and what goes there later is not."""
    with stderr.capture() as so_far:
        os.write(2, b"one\n")
        assert so_far() == ("one",)
        os.write(2, b"x" * (1 << 20))  # nobody waits for a full pipe
        assert so_far()
    print("two", file=sys.stderr)
    assert capfd.readouterr().err == "two\n"


@pytest.mark.parametrize(
    ("noise", "status", "answer"),
    [
        ((), -signal.SIGPROF, {"kind": "late"}),
        ((), -signal.SIGALRM, {"kind": "late"}),
        (
            ("GLib-ERROR: failed to allocate 64 bytes",),
            -signal.SIGTRAP,
            {"kind": "memory"},
        ),
        ((), -signal.SIGSEGV, {"kind": "died", "what": "SIGSEGV"}),
        (("a", "b"), 3, {"kind": "died", "what": "exit status 3: b"}),
    ],
)
def test_every_end_has_a_kind(noise: tuple[str, ...], status: int, answer: dict[str, str]) -> None:
    """However a child ends, its parent learns in which way."""
    assert verdict(None, noise, status, late=False).header == answer
    assert verdict(None, noise, -signal.SIGKILL, late=True).header == {"kind": "late"}
    denied = packets.Packet({"kind": "denied", "what": "os.system"})
    assert verdict(denied, noise, status, late=False) == denied


def test_what_is_said_in_a_print_is_a_complaint() -> None:
    """A library that writes to standard error has something to say about the page."""
    header = {"kind": "print", "facts": Facts(1, complaints=("logged",)).to_json()}
    answer = packets.Packet(header, (b"pdf",))
    message = verdict(answer, ("written",), 0, late=False)
    assert message.blobs == (b"pdf",)
    assert Facts.from_json(message.header["facts"]).complaints == ("logged", "written")
