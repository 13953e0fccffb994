"""Maps cut from Natural Earth: countries whole, neighbours at the edge, borders the same on both sides, unsigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from press.cli import ingest_answers
from press.content import maps
from press.content.model.maps import unwrapped
from press.problems import OutputError, UsageError

pytest.importorskip("shapely", reason="the borders of Natural Earth are not installed")
new_map = pytest.importorskip("press.ingest.new_map")

if TYPE_CHECKING:
    from pathlib import Path

    from press.content.model.maps import Atlas


def cut(folder: Path, *names: str) -> Atlas:
    """Return a map of countries, read back."""
    file = folder / "maps" / "a.json"
    done = new_map.write(names, file)
    atlas, problems = maps.read(file, "a.json")
    assert atlas, problems
    assert done.areas == (*atlas.areas,)
    assert done.disputed == atlas.disputed
    return atlas


def test_an_enclave_has_the_border_of_the_country_around_it(tmp_path: Path) -> None:
    """The hole in South Africa is Lesotho, point for point; ISO codes name countries too."""
    atlas = cut(tmp_path, "Lesotho", "za")
    lesotho = atlas.areas["Lesotho"].geometry.polygons[0][0]
    holes = [
        {*hole} for rings in atlas.areas["South Africa"].geometry.polygons for hole in rings[1:]
    ]
    assert {*lesotho} in holes
    assert {"Namibia", "Botswana", "Mozambique"} <= {*atlas.areas}


def test_a_map_says_what_it_is_and_is_not_signed(tmp_path: Path) -> None:
    """Source, date and view are those of the data; the date is no younger than these."""
    atlas = cut(tmp_path, "Cyprus")
    assert atlas.source == "Natural Earth 5.1.1, scale 1 to 10 million"
    assert atlas.date == "2022-05"
    assert "Germany" in atlas.borders
    assert atlas.checked.by is None


def test_what_lies_on_the_180th_meridian_is_in_one_piece(tmp_path: Path) -> None:
    """An island of Fiji crosses it; nothing ends at it."""
    atlas = cut(tmp_path, "Fiji")
    rings = [ring for rings in atlas.areas["Fiji"].geometry.polygons for ring in rings]
    crossing = [
        ring
        for ring in rings
        if max(x for x, _ in unwrapped(ring)) > 180 > min(x for x, _ in unwrapped(ring))
    ]
    assert crossing
    assert atlas.bbox
    assert atlas.bbox[0] > 0 > atlas.bbox[2]  # from west to east across it


def test_parts_far_away_are_left_out_and_told(tmp_path: Path) -> None:
    """Bouvet Island would shrink Norway to a speck; Svalbard stays."""
    file = tmp_path / "a.json"
    assert new_map.write(["Norway"], file).left_out == 2
    atlas, _ = maps.read(file, "a.json")
    assert atlas
    south, north = (
        edge(y for rings in atlas.areas["Norway"].geometry.polygons for _, y in rings[0])
        for edge in (min, max)
    )
    assert 57 < south < 59
    assert 80 < north < 81


def test_parts_that_make_a_country_small_can_be_left_out(tmp_path: Path) -> None:
    """Svalbard draws the map as far as Canada: the answer says how to do without it, and that is done."""
    apart = new_map.write(["Norway"], tmp_path / "a.json")
    assert apart.apart == ("Norway", 4)
    assert "Canada" in apart.areas
    assert "--far 4 leaves them out" in ingest_answers.of_map(apart).text
    whole = new_map.write(["Norway"], tmp_path / "b.json", far=4)
    assert whole.apart == ("", 0)
    assert "Canada" not in whole.areas
    assert whole.left_out > apart.left_out
    with pytest.raises(UsageError, match="--far is a whole number from 1"):
        new_map.write(["Norway"], tmp_path / "c.json", far=0)


def test_a_large_part_is_never_left_out(tmp_path: Path) -> None:
    """The Indonesian part of New Guinea is 15 degrees off Borneo."""
    new_map.write(["Indonesia"], tmp_path / "a.json", far=3)
    atlas, _ = maps.read(tmp_path / "a.json", "a.json")
    assert atlas
    polygons = atlas.areas["Indonesia"].geometry.polygons
    assert max(x for rings in polygons for x, _ in rings[0]) > 140


@pytest.mark.parametrize(
    ("country", "area"), [("Morocco", "Western Sahara"), ("za", ""), ("Serbia", "Kosovo")]
)
def test_what_natural_earth_calls_disputed_is_marked(
    tmp_path: Path, country: str, area: str
) -> None:
    """And no country is."""
    named = ["Republic of Serbia" if country == "Serbia" else country]
    assert cut(tmp_path, *named).disputed == ((area,) if area else ())


def test_an_unknown_country_is_told_and_nothing_is_overwritten(tmp_path: Path) -> None:
    """The file may hold an author's corrections, and a signature."""
    with pytest.raises(UsageError, match=r"no country 'Transnistria'$"):
        new_map.write(["Transnistria"], tmp_path / "a.json")
    with pytest.raises(UsageError, match="no country 'Lesoto'; did you mean 'Lesotho'"):
        new_map.write(["Lesoto"], tmp_path / "a.json")
    (tmp_path / "a.json").write_text("mine", "utf-8")
    with pytest.raises(
        UsageError, match="is there, and is not overwritten: choose another name with --id"
    ):
        new_map.write(["Lesotho"], tmp_path / "a.json")
    assert (tmp_path / "a.json").read_text("utf-8") == "mine"
    with pytest.raises(UsageError, match="needs a country"):
        new_map.name_of([])


def test_a_map_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Its folder is a file, and that stays as it was; a whole map leaves nothing beside it."""
    (tmp_path / "maps").write_text("mine", "utf-8")
    with pytest.raises(OutputError):
        new_map.write(["Lesotho"], tmp_path / "maps" / "a.json")
    assert (tmp_path / "maps").read_text("utf-8") == "mine"
    new_map.write(["Lesotho"], tmp_path / "new" / "a.json")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.json"]
