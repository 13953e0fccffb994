"""The fonts: what is committed, what the screen gets, and that print takes them and no others."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import importlib.resources
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # has no types
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # has no types
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # the same
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # the same
from hypothesis import given
from hypothesis import strategies as st

from press.page import fonts
from press.page.fonts import FACES, FAMILIES, SCREEN_FACES, SCRIPTS, Face, charsets
from press.problems import ConfigurationError
from press.tools import font_files, font_glyphs
from tests.support.folders import HERE
from tests.support.plan import NOTE, everything

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates" / "fonts"
NAMES = {1: "family", 16: "typographic family", 4: "full name", 6: "PostScript name"}
BASE64_BYTES = {
    "basic": 60_000,
    "latin": 83_000,
    "cyrillic": 108_000,
}  # all faces of a script together
KYRGYZ = "Жаңы өкмөт үчүн: Ңң Өө Үү"
STAR = "★"
PROVED = Path(__file__).with_name("fonts_made.txt")  # a digest

# Fontconfig is initialised once per process: so a print with fonts of its own is a process.
PRINT = """
import json, logging, pathlib, sys
said = []
class Ear(logging.Handler):
    def emit(self, record):
        said.append(record.getMessage())
logging.getLogger("weasyprint").addHandler(Ear())
import weasyprint
weasyprint.HTML(string=sys.stdin.read()).write_pdf(sys.argv[1])
print(json.dumps(said))
"""


class Print(NamedTuple):
    """What a print made and said."""

    fonts: set[str]  # as embedded
    text: str
    complaints: list[str]
    stderr: str


def run(folder: Path, conf: str, code: str, *arguments: Path, given: str = "") -> tuple[str, str]:
    """Run *code* where the fonts of *conf* are known; return its output and its errors."""
    conf_file = folder / "fonts.conf"
    conf_file.write_text(conf, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=given,
        env={**os.environ, "FONTCONFIG_FILE": str(conf_file), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout, done.stderr


def printed(folder: Path, body: str, machine: Path | None = None) -> Print:
    """Print *body* with the committed fonts, and with those of *machine* where it is given."""
    pdf, conf = folder / "out.pdf", fonts.fontconfig(FOLDER, folder / "cache")
    if machine:
        conf = conf.replace("<dir>", f"<dir>{machine}</dir><dir>")
    html = f"<html lang=en><title>t</title><body style=\"font: 12pt 'Press Serif'\">{body}"
    said, stderr = run(folder, conf, PRINT, pdf, given=html)
    return Print(embedded(pdf), text_of(pdf), json.loads(said), stderr)


def embedded(pdf: Path) -> set[str]:
    """Return the names of the fonts in *pdf*, without the marks of a subset."""
    with pikepdf.open(pdf) as document:
        found = [
            font
            for page in document.pages
            for _, font in page.Resources.get("/Font", pikepdf.Dictionary()).items()
        ]
        return {str(font.BaseFont).partition("+")[2] for font in found}


def text_of(pdf: Path) -> str:
    """Return the text of the first page of *pdf*."""
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[0].get_textpage().get_text_bounded())


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Print:
    """Print each face, and the characters that a PDF easily takes for others."""
    spans = [
        f'<p style="font:{face.style} {face.weight} 12pt {face.family!r}">{KYRGYZ}</p>'
        for face in FACES
    ]
    traps = "<p>x<span style='font-variant-position:super'>2</span> m² self-made non\u2011breaking"
    return printed(tmp_path_factory.mktemp("specimen"), "".join(spans) + traps + " 5\u00a0kg a b")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return a folder as a machine has them, with a font of another maker that has a star."""
    folder = tmp_path / "machine"
    folder.mkdir()
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((300, 700))
    pen.lineTo((500, 0))
    pen.closePath()
    glyph = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    drawn = {ord(character): f"uni{ord(character):04X}" for character in f"abcdefgh{STAR}"}
    font.setupGlyphOrder([".notdef", *drawn.values()])
    font.setupCharacterMap(drawn)
    font.setupGlyf(dict.fromkeys([".notdef", *drawn.values()], glyph))
    font.setupHorizontalMetrics(dict.fromkeys([".notdef", *drawn.values()], (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Machine", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWeightClass=400)
    font.setupPost()
    font.save(folder / "Machine.ttf")
    return folder


def all_that_decides(committed: dict[str, bytes]) -> str:
    """Return a digest of the committed files and of all from which they are made: fonts, libraries, our code."""
    digest = hashlib.sha256()
    for module in (font_files, font_glyphs, fonts, charsets):
        digest.update(Path(str(module.__file__)).read_bytes())
    for package, file in font_files.SOURCES.values():
        digest.update((importlib.resources.files(package) / "files" / file).read_bytes())
    for name in ("fonttools", "brotli"):
        digest.update(importlib.metadata.version(name).encode())
    for name, content in sorted(committed.items()):
        digest.update(name.encode() + content)
    return digest.hexdigest()


def test_made_again_the_files_are_the_committed_ones(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    """The fonts come out of their packages byte for byte as they are, and no file is left over.

    That takes half a minute, so what was proved is not proved again before something has changed, but where all must
    run. What was proved, and with which libraries, is told by a digest that is committed; --renew-bytes renews it.
    """
    committed = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file()
    }
    digest = all_that_decides(committed)
    proved = PROVED.read_text("utf-8").strip() == digest
    if proved and not everything():
        record_property(NOTE, "the fonts are not made again: nothing of theirs has changed")
        return
    made = font_files.files()
    assert sorted(made) == sorted(committed)
    assert [name for name, content in made.items() if content != committed[name]] == []
    if request.config.getoption("--renew-bytes"):
        PROVED.write_text(f"{digest}\n", encoding="utf-8")
    elif not proved:
        command = f"pytest {Path(__file__).relative_to(ROOT)} -k made_again --renew-bytes"
        record_property(
            NOTE, f"that the fonts are made as they are is proved anew: '{command}' notes it"
        )


def test_building_loads_no_fonttools() -> None:
    """What a build asks of the fonts needs neither fontTools nor the models."""
    code = (
        "import sys; from pathlib import Path; from press.page import fonts\n"
        "folder = Path(sys.argv[1])\n"
        "fonts.screen_css(folder, 'latin'), fonts.coverage(folder)\n"
        "fonts.fontconfig(folder, folder)\n"
        "print(sorted({'fontTools', 'pydantic', 'multiprocessing'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, FOLDER], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_without_the_packages_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that lacks the fonts to make them from is told the command that brings them."""
    source = ("no_such_package", "a.ttf")
    monkeypatch.setattr(font_files, "SOURCES", dict.fromkeys(font_files.SOURCES, source))
    with pytest.raises(ConfigurationError, match=r"'no_such_package'; '\./inv fonts' brings it"):
        font_files.make(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_face_bears_our_name_only(face: Face) -> None:
    """No name by which a font is asked for says "Source", which is reserved."""
    font = TTFont(FOLDER / face.file)
    names = {number: font["name"].getDebugName(number) for number in NAMES}
    assert names[1] == face.family
    assert names[16] is None
    assert not [name for name in names.values() if name and "Source" in name]


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_face_says_its_weight_and_slant(face: Face) -> None:
    """The three places that tell weight and slant agree."""
    font = TTFont(FOLDER / face.file)
    bold, italic = face.weight == 600, face.style == "italic"
    assert font["OS/2"].usWeightClass == face.weight
    assert font["head"].macStyle == bold + 2 * italic
    assert font["OS/2"].fsSelection & 0b110_0001 == (0b10_0000 if bold else italic or 0b100_0000)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_each_character_has_a_glyph_of_its_own(face: Face) -> None:
    """No two characters share a glyph, nor is a typed raised figure the one of a note mark."""
    font = TTFont(FOLDER / face.file)
    drawn = font.getBestCmap()
    raised = {
        glyph for table in font_glyphs.singles(font, "sups") for glyph in table.mapping.values()
    }
    assert raised
    assert len(set(drawn.values())) == len(drawn)
    assert raised.isdisjoint(drawn.values())


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_the_firm_hyphen_is_set_as_the_hyphen_is(face: Face) -> None:
    """U+2011 is kerned as U+2010 is, and as wide."""
    font = TTFont(FOLDER / face.file)
    hyphen, firm = font.getBestCmap()[0x2010], font.getBestCmap()[0x2011]
    classes = [
        classes
        for _, table in font_glyphs.subtables(font, "GPOS")
        for classes in (getattr(table, "ClassDef1", None), getattr(table, "ClassDef2", None))
        if classes and hyphen in classes.classDefs
    ]
    assert classes
    assert all(found.classDefs[firm] == found.classDefs[hyphen] for found in classes)
    assert font["hmtx"][firm] == font["hmtx"][hyphen]


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_the_list_of_characters_equals_the_fonts(family: str) -> None:
    """What coverage.json says of a family is what all its faces draw."""
    drawn = [
        font_files.characters((FOLDER / face.file).read_bytes())
        for face in FACES
        if face.family == family
    ]
    assert fonts.coverage(FOLDER, family) == frozenset.intersection(*drawn)


def test_what_every_face_draws_is_what_all_families_share() -> None:
    """The shapes that the sans alone has are not promised of every face."""
    every = fonts.coverage(FOLDER)
    assert set(map(ord, KYRGYZ + "‑ – “” № ≥ ≤ ■ ▲ △ ◆")) <= every
    assert not set(map(ord, "●○□")) & every
    assert set(map(ord, "●○□")) <= fonts.coverage(FOLDER, "Press Sans")
    assert not set(map(ord, "◇★")) & fonts.coverage(FOLDER, "Press Sans")


@given(st.frozensets(st.integers(0, 0x10FFFF)))
def test_spans_say_the_same_characters(code_points: frozenset[int]) -> None:
    """What is written as spans is read as it was."""
    assert charsets.points(*charsets.spans(code_points)) == code_points


def test_a_missing_list_names_the_command(tmp_path: Path) -> None:
    """A folder without coverage.json is no traceback."""
    faces = damaged(tmp_path, lambda _: None, "coverage.json")
    with pytest.raises(ConfigurationError, match=r"coverage\.json is missing; '\./inv fonts'"):
        fonts.coverage(faces)


def test_each_face_is_found(specimen: Print) -> None:
    """Weight 600 is the semibold, italic the italic, each family its own; no other is there."""
    assert specimen.fonts == {
        "Press-Serif",
        "Press-Serif-Italic",
        "Press-Serif-Semi-Bold",
        "Press-Serif-Display-Semi-Bold",
        "Press-Sans",
        "Press-Sans-Semi-Bold",
    }
    assert specimen.complaints == []
    assert specimen.stderr == ""


def test_text_comes_out_as_it_went_in(specimen: Print) -> None:
    """Kyrgyz letters, the firm hyphen beside a hyphen, a raised 2 beside a typed one."""
    assert specimen.text.count(KYRGYZ) == len(FACES)
    assert "x2 m² self-made non\u2011breaking 5\u00a0kg a b" in specimen.text


def test_bold_and_italic_need_no_font_of_the_machine(tmp_path: Path, machine: Path) -> None:
    """Plain, bold and italic text and a family that only the machine has are all set in ours."""
    body = "cab <b>cab</b> <i>cab</i> <span style='font-family: Machine'>cab</span>"
    assert "Machine" in printed(tmp_path, body, machine).fonts
    found = printed(tmp_path, body).fonts
    assert {"Press-Serif", "Press-Serif-Semi-Bold", "Press-Serif-Italic"} <= found
    assert all(name.startswith("Press-") for name in found)


def test_a_missing_glyph_is_complained_of(tmp_path: Path, machine: Path) -> None:
    """A character that no face draws is told; with the machine's fonts it would be theirs."""
    leaking = printed(tmp_path, f"cab {STAR}", machine)
    assert (leaking.fonts, leaking.complaints) == ({"Press-Serif", "Machine"}, [])
    ours = printed(tmp_path, f"cab {STAR}")
    assert ours.fonts == {"Press-Serif"}
    [complaint] = ours.complaints
    assert "U+2605" in complaint


def test_print_never_takes_a_face_of_the_screen(tmp_path: Path) -> None:
    """A folder that holds WOFF2 files only is one without fonts."""
    found = {}
    for folder in (FOLDER, FOLDER / "screen"):
        conf = fonts.fontconfig(folder, tmp_path / "cache")
        _, found[folder.name] = run(tmp_path, conf, "import weasyprint")
    assert found["fonts"] == ""
    assert "No fonts configured" in found["screen"]


def test_paths_are_escaped(tmp_path: Path) -> None:
    """A folder may be called as it likes."""
    faces, cache = tmp_path / "a & b <c>", tmp_path / "d {e}"
    tree = ET.fromstring(fonts.fontconfig(faces, cache))  # noqa: S314  # the text is ours
    assert [found.text for found in tree.findall("dir")] == [str(faces)]
    assert [found.text for found in tree.findall("cachedir")] == [str(cache)]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_screen_faces_are_small(script: str) -> None:
    """All faces of a script together leave room for the page in its budget."""
    found = re.findall(r"base64,([^)]+)\)", fonts.screen_css(FOLDER, script))
    assert len(found) == len(SCREEN_FACES)
    assert sum(map(len, found)) <= BASE64_BYTES[script]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_rule_brings_the_face_that_it_names(script: str) -> None:
    """Family, weight and style of each rule are those of the font inside it."""
    css = fonts.screen_css(FOLDER, script)
    rule = re.compile(
        r'@font-face\{font-family:"([^"]+)";font-weight:(\d+);font-style:(\w+);font-display:swap;'
        r'src:url\(data:font/woff2;base64,([^)]+)\)format\("woff2"\)\}\n'
    )
    assert rule.sub("", css) == ""
    for family, weight, style, data in rule.findall(css):
        font = TTFont(io.BytesIO(base64.b64decode(data)))
        told = ("italic" if font["head"].macStyle & 2 else "normal", font["OS/2"].usWeightClass)
        assert (font["name"].getDebugName(1), *told) == (family, style, int(weight))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("face", SCREEN_FACES, ids=lambda face: face.file)
def test_the_screen_draws_what_its_script_needs(script: str, face: Face) -> None:
    """Only shapes that the family lacks are absent; print has all that the screen has."""
    drawn = font_files.characters((FOLDER / "screen" / script / face.woff2).read_bytes())
    missing = charsets.SCREEN[script] - drawn
    assert missing <= (set() if face.family == "Press Sans" else set(map(ord, "●○□")))
    assert drawn <= fonts.coverage(FOLDER, face.family)


def test_an_unknown_script_is_refused() -> None:
    """A mistyped script is told with the one that was meant."""
    with pytest.raises(ConfigurationError, match="'cyrilic'; did you mean 'cyrillic'"):
        fonts.screen_css(FOLDER, "cyrilic")


def test_the_licence_goes_with_the_fonts() -> None:
    """Both notices of copyright, the licence and the note that these are modified are there."""
    text = (FOLDER / "OFL.txt").read_text("utf-8")
    assert text.count("\nCopyright 20") == 2
    for part in ("SIL OPEN FONT LICENSE Version 1.1", "have other names", "TERMINATION"):
        assert part in text


def damaged(folder: Path, change: Callable[[bytes], bytes | None], name: str) -> Path:
    """Return a copy of our fonts in which one file is changed, or gone."""
    faces = Path(shutil.copytree(HERE.fonts, folder / "fonts"))
    data = change((faces / name).read_bytes())
    (faces / name).unlink()
    if data is not None:
        (faces / name).write_bytes(data)
    return faces


NAMES_OF_FILES = sorted(
    path.relative_to(FOLDER).as_posix()
    for path in FOLDER.rglob("*.*")
    if path.suffix in {".ttf", ".woff2", ".json"}
)


def without_glyphs(data: bytes) -> bytes:
    """Return a font, or another file, the middle half of which is gone; its length stays."""
    quarter = len(data) // 4
    return data[:quarter] + bytes(2 * quarter) + data[3 * quarter :]


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        lambda data: data[: len(data) // 2],
        lambda _: b"x",
        lambda _: b"{}",
        lambda _: (HERE.fonts / "PressSerif-SemiBold.ttf").read_bytes()[:-1],
        lambda _: (HERE.fonts / "PressSerifDisplay-SemiBold.ttf").read_bytes() + b"x",
        without_glyphs,
    ],
    ids=["missing", "cut off", "a byte", "empty", "another face", "more", "without glyphs"],
)
@pytest.mark.parametrize("name", NAMES_OF_FILES)
def test_a_face_is_proved(
    tmp_path: Path, change: Callable[[bytes], bytes | None], name: str
) -> None:
    """The engine and browsers would take another in its place without a word."""
    faces = damaged(tmp_path, change, name)
    with pytest.raises(ConfigurationError, match=rf"{name} is .*; '\./inv fonts' makes it again"):
        fonts.coverage(faces)
    if name.startswith("screen"):
        with pytest.raises(ConfigurationError, match=rf"{name} is .*; '\./inv fonts' makes it"):
            fonts.screen_css(faces, name.split("/")[1])


@pytest.mark.parametrize("lines", [b"", b"\xff", None])
def test_the_list_of_digests_is_needed(tmp_path: Path, lines: bytes | None) -> None:
    """Without it nothing proves a face."""
    faces = damaged(tmp_path, lambda _: lines, "SHA256SUMS")
    with pytest.raises(ConfigurationError, match=r"'\./inv fonts'"):
        fonts.coverage(faces)


def test_a_face_of_others_is_refused(tmp_path: Path) -> None:
    """A second file with the name of a family could be taken in the place of ours."""
    faces = damaged(tmp_path, lambda data: data, "coverage.json")
    shutil.copy(FOLDER / "PressSans-Regular.ttf", faces / "screen" / "Other.ttf")
    with pytest.raises(ConfigurationError, match=r"Other\.ttf is no file of"):
        fonts.coverage(faces)


@pytest.mark.parametrize(
    ("script", "text", "least"),
    [
        ("latin", "“More than 60%”, €2 – ≤ 5 ●", "basic"),
        ("latin", "a café", "latin"),
        ("latin", "§ 5", "latin"),
        ("latin", "a \u2060★", "basic"),  # no face has it
        ("cyrillic", "жаңы", "cyrillic"),
    ],
)
def test_a_page_has_the_smallest_faces_that_draw_it(script: str, text: str, least: str) -> None:
    """Most pages in English need neither accents nor rare signs, which are a third of a face."""
    assert fonts.least_script(script, text) == least
