"""How pages look: a change that a reader could see is seen and shown, and nothing else is."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from press.print.pdf import Pixels, pages
from press.problems import errors
from press.tools import looks
from press.tools.looks import RESOLUTION, images
from press.tools.looks.likeness import Likeness, likeness
from tests.support.editions import outputs, printed_once
from tests.support.folders import HERE
from tests.support.plan import NOTE, everything
from tests.support.project import Project, copied, marks
from tests.support.series import NAME
from tests.support.turns import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIBRARY = Path(__file__).parents[1] / "library"
SCALE = RESOLUTION / 72  # pixels a point, as drawn
PAPER = (255, 255, 255)
Box = tuple[int, int, int, int]  # pixels, as drawn


def built(content: Path, folder: Path) -> dict[str, bytes]:
    """Return the outputs of *content*, made with a store in *folder*."""
    product = printed_once(folder, content)
    assert errors(product.problems) == ()
    return dict(outputs(product, folder / "none"))


@pytest.mark.browser
@pytest.mark.series
def test_all_pages_look_as_approved(
    browser: str, work: Path, record_property: Callable[[str, object], None]
) -> None:
    """No page has changed its looks unseen; if it was meant, ./inv pictures --renew approves it."""
    files = built(HERE.content, work)
    names = sorted({Path(name).stem for name in files if name.endswith(".html")})
    known = looks.approved_folder(HERE).rglob("*.png")
    assert {looks.brief_of(file.stem.rsplit("-", 2)[0]) for file in known} == {*names}
    chosen = in_turn(names)
    if len(chosen) < len(names):
        note = f"pictures are compared of {len(chosen)} of our {len(names)} pages; CI=1 has all"
        record_property(NOTE, note)
    files = {name: data for name, data in files.items() if looks.brief_of(name) in chosen}
    now = dict(looks.take_pictures(files, browser, lambda *_: None))
    assert {looks.brief_of(name.rsplit("-", 2)[0]) for name in now} == {*chosen}
    differences = looks.compare(looks.approved_folder(HERE), now, whose(chosen))
    assert looks.as_text(HERE, differences, renewed=False) == ""


def whose(names: list[str]) -> tuple[str, ...]:
    """Return of whom pictures are wanted; of nobody in particular where all must be there and no others."""
    return () if everything() else tuple(names)


@pytest.fixture(scope="module")
def pdf(work: Path) -> bytes:
    """Return the PDF of a brief whose first page has text in four sizes, a figure and a filled box."""
    return built(LIBRARY, work)["en/red.pdf"]


@cache
def drawn(pdf: bytes) -> Pixels:
    """Draw the first page."""
    return pages(pdf, RESOLUTION)[0]


def sheet(pdf: bytes) -> Image.Image:
    """Return the first page as it is drawn, to be changed."""
    page = drawn(pdf)
    return Image.frombytes("RGB", (page.width, page.height), page.data)


def kept(page: Image.Image) -> bytes:
    """Return *page* as it is kept."""
    return images.of_sheet(Pixels(page.width, page.height, page.tobytes()))


def compared(pdf: bytes, changed: Image.Image) -> Likeness:
    """Compare the first page with a *changed* one."""
    return likeness(kept(sheet(pdf)), kept(changed))


@cache
def words(pdf: bytes) -> list[tuple[str, Box]]:
    """Return the words of the first page, each with the box of its letters."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text, height = page.get_textpage(), page.get_height()
        found: list[tuple[str, list[tuple[float, ...]]]] = [("", [])]
        for place in range(text.count_chars()):
            letter = text.get_text_range(place, 1)
            if letter.isspace() or not letter:
                found.append(("", []))
            else:
                word, boxes = found[-1]
                found[-1] = (word + letter, [*boxes, text.get_charbox(place)])
        return [(word, around(boxes, height)) for word, boxes in found if boxes]


def around(boxes: list[tuple[float, ...]], height: float) -> Box:
    """Return the pixels around *boxes*, which are in points from below."""
    left, bottom = (min(box[side] for box in boxes) for side in (0, 1))
    right, top = (max(box[side] for box in boxes) for side in (2, 3))
    return (
        int(left * SCALE) - 1,
        int((height - top) * SCALE) - 1,
        int(right * SCALE) + 1,
        int((height - bottom) * SCALE) + 1,
    )


def erased(page: Image.Image, box: Box) -> Image.Image:
    """Return *page* with the colour beside *box* in it."""
    ground = page.getpixel((box[0] - 1, box[1] - 1))
    ImageDraw.Draw(page).rectangle(box, fill=ground)
    return page


def near(found: Likeness, box: Box) -> bool:
    """Say whether all that differs lies within two cells of *box*, as far as the blur goes."""
    cell = images.CELL * images.REDUCTION
    return all(
        box[0] // cell - 2 <= column <= box[2] // cell + 2
        and box[1] // cell - 2 <= row <= box[3] // cell + 2
        for column, row in found.marks
    )


def test_a_page_looks_like_itself(pdf: bytes) -> None:
    """What was not changed does not differ."""
    assert compared(pdf, sheet(pdf)).marks == ()


@pytest.mark.parametrize("shift", [(1, 0), (0, 1), (1, 1), (-1, -1)])
def test_a_page_one_pixel_off_looks_the_same(pdf: bytes, shift: tuple[int, int]) -> None:
    """What another machine rounds otherwise is no change in looks."""
    moved = ImageChops.offset(sheet(pdf), *shift)
    assert kept(moved) != kept(sheet(pdf))
    assert compared(pdf, moved).marks == ()


@settings(max_examples=30)
@given(data=st.data())
def test_a_word_left_out_is_seen_where_it_was(pdf: bytes, data: st.DataObject) -> None:
    """Any word of three letters and more, in any size and colour."""
    _, box = data.draw(st.sampled_from([one for one in words(pdf) if len(one[0]) >= 3]))
    found = compared(pdf, erased(sheet(pdf), box))
    assert found.marks
    assert near(found, box)


def test_a_letter_left_out_is_seen(pdf: bytes) -> None:
    """One letter of the title is enough."""
    word, box = words(pdf)[words_before_title(pdf)]
    assert word.startswith("Gardens")
    letter = (box[0], box[1], box[0] + (box[2] - box[0]) // len(word), box[3])
    assert compared(pdf, erased(sheet(pdf), letter)).marks


def words_before_title(pdf: bytes) -> int:
    """Return the place of the tallest word."""
    listed = words(pdf)
    return max(range(len(listed)), key=lambda place: listed[place][1][3] - listed[place][1][1])


def test_a_line_that_moves_is_seen(pdf: bytes) -> None:
    """A line of text that stands a millimetre lower."""
    page = sheet(pdf)
    [box] = [box for word, box in words(pdf) if word.startswith("quiet")]
    line = (0, box[1], page.width, box[3])
    strip = page.crop(line)
    ImageDraw.Draw(page).rectangle(line, fill=PAPER)
    page.paste(strip, (0, line[1] + round(1 / 25.4 * RESOLUTION)))
    assert compared(pdf, page).marks


def test_a_colour_that_changes_is_seen(pdf: bytes) -> None:
    """The accent, a little lighter; and not one that nobody could tell from it."""
    accent = sheet(pdf).getpixel((int(SCALE * 200), int(SCALE * 53)))
    assert accent == (0x7A, 0x1F, 0x1F)
    assert compared(pdf, recoloured(sheet(pdf), accent, (0x8F, 0x2A, 0x2A))).marks
    assert compared(pdf, recoloured(sheet(pdf), accent, (0x7B, 0x1F, 0x20))).marks == ()


def recoloured(page: Image.Image, old: tuple[int, ...], new: tuple[int, int, int]) -> Image.Image:
    """Return *page* with one colour for another."""
    mask = ImageChops.difference(page, Image.new("RGB", page.size, old)).convert("L")
    page.paste(new, mask=mask.point(lambda value: 255 * (value == 0)))
    return page


def test_a_page_that_grows_is_seen(pdf: bytes) -> None:
    """What one picture has and the other lacks differs, though it be blank."""
    page = sheet(pdf)
    longer = ImageChops.offset(page, 0, 0).resize(page.size)
    taller = Image.new("RGB", (page.width, page.height + 200), PAPER)
    taller.paste(longer)
    found = compared(pdf, taller)
    assert found.marks
    assert min(row for _, row in found.marks) >= page.height // (images.CELL * images.REDUCTION)
    assert str(found).endswith("to 100% of the way down and 0 to 100% across")


def test_the_size_of_a_file_is_no_look() -> None:
    """Another machine's libraries write a PDF some bytes longer: the index looks as approved."""
    assert looks.steady(b"<p>PDF (5 pages, 91 kB)") == looks.steady(b"<p>PDF (5 pages, 102 kB)")
    assert looks.steady(b"<p>5 pages") != looks.steady(b"<p>6 pages")


# Pictures in a folder.


def png(colour: str) -> bytes:
    """Return a small picture in one colour."""
    out = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    return out.getvalue()


def test_each_way_to_differ_has_its_name(tmp_path: Path) -> None:
    """A picture that is other, damaged, not there or left over is told apart; one that is the same is not told of."""
    (tmp_path / "en").mkdir()
    now = {f"en/a-page-{number}": png("red") for number in range(1, 5)}
    (tmp_path / "en" / "a-page-1.png").write_bytes(png("red"))
    (tmp_path / "en" / "a-page-2.png").write_bytes(png("blue"))
    (tmp_path / "en" / "a-page-3.png").write_bytes(png("red")[:-30])
    (tmp_path / "en" / "a-page-9.png").write_bytes(png("red"))
    seen = [(one.picture, one.what) for one in looks.compare(tmp_path, now)]
    assert seen == [
        ("en/a-page-2", "different"),
        ("en/a-page-3", "damaged"),
        ("en/a-page-4", "missing"),
        ("en/a-page-9", "extra"),
    ]


def test_what_was_not_asked_for_is_not_missed(tmp_path: Path) -> None:
    """Of one audience, the pictures of another are neither extra nor looked at, however alike their names are."""
    for name in ("a-page-1", "a-short-page-1", "a-b-page-1", "index-dark-1440"):
        (tmp_path / f"{name}.png").write_bytes(png("red"))
    assert len(looks.compare(tmp_path, {})) == 4
    seen = looks.compare(tmp_path, {}, ("a",))
    assert [each.picture for each in seen] == ["a-page-1", "a-short-page-1"]


# The task.


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory, work: Path) -> Iterator[Project]:
    """Return a project whose pictures of one audience were approved."""
    project = copied(tmp_path_factory.mktemp("pictures").resolve() / "project", work)
    with project.warm():
        said = project.good("pictures", "--audience", "red", "--renew")
        for name in ("red-page-1.png", "red-short-page-1.png"):
            assert f"{name}: there is no approved picture of this page" in said
        assert said.endswith("approved what is there now in their place\n")
        yield project


@pytest.mark.browser
def test_what_looks_the_same_is_silent(approved: Project) -> None:
    """Nothing is printed, and the page of the last run is gone."""
    assert approved.good("pictures", "--audience", "red") == ""
    assert not (approved.root / ".press" / "pictures").exists()


@pytest.mark.turns("the task")
@pytest.mark.browser
def test_what_looks_different_is_shown_and_renewed_alone(approved: Project) -> None:
    """A change in the feet of the print is named and shown; approving it leaves all other pictures as they are."""
    folder = approved.root / "tests" / "pictures"
    approved.edit(
        "templates/styles/brief.css",
        "vertical-align: top;\n    padding-top: 3mm;\n    width",
        "vertical-align: top;\n    padding-top: 6mm;\n    width",
    )
    done = approved.run("pictures", "--audience", "red", "--output", "json")
    assert (done.returncode, done.stderr) == (1, "")
    seen = {one["picture"]: one["what"] for one in json.loads(done.stdout)["pictures"]}
    assert set(seen.values()) == {"different"}
    assert all("-page-" in name for name in seen)
    shown = approved.root / ".press" / "pictures"
    assert 'src="en_red-page-1.png"' in (shown / "index.html").read_text("utf-8")
    with Image.open(shown / "en_red-page-1.png") as picture:
        assert picture.width > 3 * 490
    before = marks(folder)
    approved.good("pictures", "--audience", "red", "--renew")
    after = marks(folder)
    changed = {name for name in before if before[name] != after[name] and name.endswith(".png")}
    assert changed == {f"{name}.png" for name in seen}


def test_a_machine_without_a_browser_is_told_so(tmp_path: Path) -> None:
    """The task names what is missing and where to learn more."""
    project = copied(tmp_path / "project")
    done = project.run("pictures", PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (78, "")
    assert "needs a browser, one of chromium" in done.stderr


@pytest.mark.turns("the task")
@pytest.mark.browser
def test_a_mistake_in_a_brief_is_shown_and_nothing_is_compared(tmp_path: Path, work: Path) -> None:
    """A picture of half the pages would approve what nobody has seen."""
    project = copied(tmp_path / "project", work)
    project.edit("content/blocks/red.yaml", "gardens.total} gardens.", "gardens.totl} gardens.")
    done = project.run("pictures", "--renew")
    assert done.returncode == 65
    assert "totl" in done.stdout
    assert not (project.root / "tests").exists()


@pytest.mark.turns("the task")
@pytest.mark.browser
def test_pictures_of_another_series_are_not_compared(tmp_path: Path, work: Path) -> None:
    """All would differ, and renewing them would remove those of the other."""
    project = copied(tmp_path / "project", work)
    (project.root / "tests/pictures").mkdir(parents=True)
    (project.root / "tests/pictures/series.txt").write_text("Parks\n", "utf-8")
    for words in (("pictures",), ("pictures", "--renew")):
        done = project.run(*words)
        assert (done.returncode, done.stdout) == (65, "")
        assert "has pictures of the series 'Parks', and content/ has 'Gardens" in done.stderr
    assert [path.name for path in (project.root / "tests/pictures").iterdir()] == ["series.txt"]


def test_the_approved_pictures_are_of_our_series() -> None:
    """Their record is what the tests of our series go by."""
    assert (looks.approved_folder(HERE) / "series.txt").read_text("utf-8").strip() == NAME


@pytest.mark.turns("the task")
@pytest.mark.browser
def test_a_browser_that_does_not_work_is_named(approved: Project, tmp_path: Path) -> None:
    """No traceback: the path of what was started is said."""
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    browser.chmod(0o755)
    done = approved.run("pictures", "--audience", "red", PATH=f"{tmp_path}:/usr/bin:/bin")
    assert done.returncode == 78
    assert f"{browser} does not work as a browser" in done.stderr
    assert "Traceback" not in done.stderr
