"""Cards: one picture for each brief, with its words and nobody else's; what has no room is refused at its place."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
from itertools import islice, permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from press.build import cards
from press.checks import print as print_check
from press.checks.page import folded, spots, words
from press.content.model.scalar_type import LONGEST_HEAD
from press.content.scalar import Scalar
from press.edition import edition as ed
from press.page.compose import Composer
from press.page.elements import elements_of
from press.page.key_number import key_number
from press.problems import ContentRefusedError, Place
from tests.checks.test_layout import held_to
from tests.print.test_pdf_samples import serving
from tests.release.test_kit import small
from tests.support.editions import produce
from tests.support.folders import HERE

if TYPE_CHECKING:
    from press.build.editions import Product

pytestmark = pytest.mark.usefixtures("servers")
LIBRARY = HERE.root / "tests" / "library"
COMPOSER = Composer(HERE.template_folders)
OFFICE = "Ministry of Health, Labour and Social Protection of the Republic of Moldova "
LONG = (
    "Gardens of the town are quiet in the morning, quieter at noon and quietest by night, and children who visit "
    "them with a teacher of their school keep silent too"
)


def words_of(shown: ed.Edition) -> str:
    """Return the words of its card."""
    return folded(words(spots(elements_of(COMPOSER.fill(cards.TEMPLATE, edition=shown)))))


def with_title(place: Path, title: str, status: str = "final") -> Product:
    """Return the small library's editions with another title of the red brief."""
    content = Path(shutil.copytree(LIBRARY, place / "content"))
    brief = content / "briefs" / "red.yaml"
    text = brief.read_text("utf-8").replace("status: final", f"status: {status}")
    brief.write_text(re.sub("title: .*", f"title: {title}[^gardens]", text), "utf-8")
    return produce(place, content, printing=True, audiences=("red",))


def card_of(product: Product) -> bytes:
    """Return the card of the red brief."""
    return product.finished["en", "red"].files["card"]


def test_a_card_has_the_size_that_networks_show(tmp_path: Path) -> None:
    """It is small, and has the same bytes when it is made again; the store keeps it for the next build."""
    places = [tmp_path / "one", tmp_path / "other"]
    for place in places:
        place.mkdir()
    first, second = (produce(place, LIBRARY, printing=True) for place in places)
    for name, made in first.finished.items():
        data = made.files["card"]
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert len(data) < 80_000
        assert data == second.finished[name].files["card"]
        assert made.printed.card.key in made.keys
        assert first.means.store.get(made.printed.card.key) == data


def test_a_card_says_whose_brief_it_is_and_for_whom() -> None:
    """With the key number, what it counts and when."""
    shown = small("red")
    assert words_of(shown) == (
        "Gardens are counted Gardens of the town For red readers Gardens are counted "
        "The town Policy brief · January 2026 8 Schools have 8 of 40 gardens Number of gardens, 2020–2021"
    ).removeprefix("Gardens are counted ")
    assert "Crimson" not in words_of(small("blue"))


def test_a_draft_says_so_on_its_card(tmp_path: Path) -> None:
    """With its digest, in words that are seen in the picture."""
    shown = small("red", status="draft")
    assert f"Draft {shown.digest[:8]}: not for distribution" in words_of(shown)
    assert "not for distribution" not in words_of(small("red"))
    reddish = {}
    for status in ("draft", "final"):
        (tmp_path / status).mkdir()
        made = with_title(tmp_path / status, "Gardens are counted", status)
        image = Image.open(io.BytesIO(card_of(made))).convert("RGB").crop((0, 450, 780, 560))
        red, green, _ = image.split()
        reddish[status] = ImageChops.subtract(red, green).histogram()[80:]
    assert sum(reddish["draft"]) > 100
    assert sum(reddish["final"]) == 0


def test_a_long_title_is_set_smaller(tmp_path: Path) -> None:
    """Whole: one of thirty words has room."""
    assert len(LONG.split()) == 30
    assert card_of(with_title(tmp_path, LONG))


def test_a_title_without_room_is_refused(tmp_path: Path) -> None:
    """At its place in the brief."""
    with pytest.raises(ContentRefusedError) as refused:
        with_title(
            tmp_path, " ".join("".join(word) for word in islice(permutations("wmwmgn", 6), 55))
        )
    lines = [one for one in str(refused.value).splitlines() if cards.NO_ROOM in one]
    assert any(
        re.search(r"briefs/red\.yaml:4:\d+: error: .* \[geometry\]$", line) for line in lines
    ), lines


def figure(title: ed.Inlines, *data: ed.Datum) -> ed.Edition:
    """Return an edition whose figure on page 1 has this title and these data."""
    shown = small("red")
    drawn = ed.Figure("drawn", "tiles", title, (ed.Run("In the town"),), (), "", data)
    front = (ed.Section("figure", (drawn,)),)
    rest = tuple(part for part in shown.sections if part.name != "figure")
    return dataclasses.replace(shown, sections=(*rest, *front))


FEW = ed.Datum((ed.Run("Few"),), "3", dating="2020")
MANY = ed.Datum((ed.Run("Many"),), "more than 60%")
SUM = ed.Datum((ed.Run("Sum"),), "9", derived="3 + 6")
UNKNOWN = ed.Datum((ed.Run("Unknown"),))
GOAL = ed.Datum((ed.Run("Sum"),), "50%", role="target")


@pytest.mark.parametrize(
    ("title", "data", "chosen"),
    [
        ((ed.Number("More than 60%", "c", "v"), ed.Run(" are many")), (FEW, MANY), "More than 60%"),
        ((ed.Run("In "), ed.Number("2012", "c", "v")), (FEW, MANY), "3"),
        ((ed.Run("Gardens"),), (UNKNOWN, SUM, MANY), "more than 60%"),
        ((ed.Run("Gardens"),), (UNKNOWN, SUM), None),
        ((ed.Run("Gardens"),), (SUM, GOAL), None),
    ],
)
def test_the_key_number_is_the_one_that_the_title_names(
    title: ed.Inlines, data: tuple[ed.Datum, ...], chosen: str | None
) -> None:
    """Else the first that is stated: no year, nothing unknown, no target, none that we worked out."""
    key = key_number(figure(title, *data))
    assert (key and key.shown) == chosen
    assert not key or (key.words, key.dating) in {
        ("are many", "In the town"),
        ("Few", "2020"),
        ("Many", ""),
    }


def test_what_we_worked_out_is_the_key_number_if_the_title_of_the_brief_names_it() -> None:
    """A card would else have none, or that of another row."""
    shown = figure((ed.Run("Gardens"),), MANY, SUM)
    key = key_number(dataclasses.replace(shown, title=(ed.Number("9", "c", "v"),)))
    assert key
    assert (key.shown, key.words) == ("9", "Sum")


def test_of_two_that_the_title_names_it_is_the_marked_one() -> None:
    """The title is said whole where the number does not begin it; a year that a label has is not said again."""
    marked = ed.Datum((ed.Run("Few, in 2020"),), "3", dating="2020", role="marked")
    few, many = ed.Number("3", "c", "v"), ed.Number("more than 60%", "c", "v")
    key = key_number(figure((many, ed.Run(" came, "), few, ed.Run(" stayed")), MANY, marked))
    assert key
    assert (key.shown, key.words) == ("3", "more than 60% came, 3 stayed")
    key = key_number(figure((ed.Run("Gardens"),), marked))
    assert key
    assert (key.words, key.dating) == ("Few, in 2020", "")


def test_a_brief_without_a_figure_has_a_card_without_a_number() -> None:
    """The title takes its room."""
    html = COMPOSER.fill(cards.TEMPLATE, edition=small("blue"))
    assert 'class="plain"' in html
    assert 'card__number"' not in html


@pytest.mark.parametrize("letters", [75, LONGEST_HEAD])
def test_names_of_offices_have_room(tmp_path: Path, letters: int) -> None:
    """They cannot be shortened; the longest that a series may have is set smaller."""
    name = (OFFICE * 6)[:letters].strip()
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    series = content / "series.yaml"
    text = series.read_text("utf-8")
    series.write_text(text.replace("publisher: The town", f"publisher: {name}", 1), "utf-8")
    made = produce(tmp_path, content, printing=True, audiences=("red",))
    assert [each for each in made.problems if each.message == cards.NO_ROOM] == []
    assert card_of(made)


def test_a_name_without_room_is_told_at_its_place(tmp_path: Path) -> None:
    """The title is not to blame where another text is longer."""
    place = Place("content/series.yaml", 2, 12)
    wide = Scalar("WMWM " * (LONGEST_HEAD // 5), place)
    shown = dataclasses.replace(small("red"), publisher=wide, series=wide[:100])
    html = COMPOSER.fill(cards.TEMPLATE, edition=shown)
    standard = dataclasses.replace(held_to(), shared=(wide,))
    with serving(tmp_path) as server:
        [problem] = cards.faults(standard, html, server.lay_out(html))
    assert (problem.place, problem.message) == (place, cards.NO_ROOM)


def test_an_engine_of_an_unknown_version_makes_cards_too(tmp_path: Path) -> None:
    """Its PDFs have other tags, which no picture shows."""
    html = COMPOSER.fill(cards.TEMPLATE, edition=small("red"))
    with serving(tmp_path) as server:
        facts = server.print(html, {}).facts
    foreign = dataclasses.replace(facts, foreign_tags="9999.1")
    assert [*print_check.check(held_to(), foreign)]
    assert [*cards.faults(held_to(), html, foreign)] == []
