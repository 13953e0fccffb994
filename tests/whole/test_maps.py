"""A map of an author's: signed before it is final, printed with what it is, in no output of another audience."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.paper import on_paper
from tests.support.project import files

if TYPE_CHECKING:
    from tests.support.project import Project

BLOCKS, BRIEF, MAP = "content/blocks/red.yaml", "content/briefs/red.yaml", "content/maps/town.json"
PARTS = """    parts:
      - {label: Elsewhere, value: gardens.others}
      - {label: At schools, value: gardens.schools}
"""
MEMBERS = """    map:
      file: town.json
      members: {label: Streets with gardens, value: gardens.streets}
"""
SHADES = """    map:
      file: town.json
      areas:
        - {label: The elms, value: gardens.others, area: Elm}
        - {label: Oak, value: gardens.schools}
      classes: [10]
"""
SIGNED = {"by": "Ada Quillfeather", "on": "2025-11-03"}


def town(**more: Any) -> str:  # noqa: ANN401 - JSON
    """Return a map of three streets, and of a common that two of them claim."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, **({"disputed": True} if name == "Common" else {})},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 50], [x, 53], [x + 5, 53], [x + 5, 50], [x, 50]]],
            },
        }
        for x, name in ((0, "Elm"), (5, "Oak"), (10, "Ash"), (15, "Common"))
    ]
    stated = {"source": "the surveyor", "date": "2020-05", "borders": "as the council sees them"}
    return json.dumps({"type": "FeatureCollection", **stated, "features": features, **more})


@pytest.fixture
def mapped(project: Project) -> Project:
    """Return a project whose red brief shows the map, which is signed."""
    project.edit(BLOCKS, PARTS, MEMBERS)
    project.edit(BLOCKS, "filled, in crimson.", "filled, and the Common, which is disputed.")
    (project.content / "maps").mkdir()
    (project.root / MAP).write_text(town(checked=SIGNED), "utf-8")
    return project


def told(project: Project) -> str:
    """Return what a check says of content that has a mistake."""
    done = project.run("check", "--no-print")
    assert done.returncode == 1, done.stdout
    return done.stdout


def test_a_map_is_printed_with_what_it_is(mapped: Project) -> None:
    """Source, date, view of borders and what is disputed, on paper and in the data; who has signed it is nowhere."""
    mapped.made()
    outputs = files(mapped.out)
    paper = on_paper(outputs["en/red.pdf"])
    printed = "".join(sign.text for sign in paper.signs)
    assert "Borders: the surveyor, May 2020, as the council sees them".replace(" ", "") in printed
    assert "Slanting lines: disputed (Common).".replace(" ", "") in printed
    [data] = [json.loads(data) for name, data in outputs.items() if name == "data/en/red.json"]
    [figure] = [
        each for part in data["sections"] for each in part["blocks"] if each["kind"] == "figure"
    ]
    assert figure["map"]["source"] == "the surveyor"
    assert not [name for name, data in outputs.items() if b"Quillfeather" in data]
    blue = [name for name, data in outputs.items() if "blue" in name and b"surveyor" in data]
    assert not blue


def test_values_are_shown_in_classes(mapped: Project) -> None:
    """Names and values stand on the map, and the list beneath has them too."""
    mapped.edit(BLOCKS, MEMBERS, SHADES)
    mapped.made()
    page = (mapped.out / "en/red.html").read_text("utf-8")
    assert ">The elms 32</text>" in page
    assert ">Oak 8</text>" in page
    assert "<li>The elms: 32" in page


def test_only_briefs_that_show_a_map_are_rebuilt_for_it(mapped: Project) -> None:
    """A corrected border is another drawing; a signature is none."""
    mapped.made()
    (mapped.root / MAP).write_text(town(checked={**SIGNED, "by": "B. Other"}), "utf-8")
    assert mapped.made() == {"en/blue": "kept", "en/red": "kept"}
    (mapped.root / MAP).write_text(town(checked=SIGNED).replace("[0, 53]", "[0, 52.5]"), "utf-8")
    assert mapped.made() == {"en/blue": "kept", "en/red": "new"}


def test_a_map_that_nobody_has_signed_is_not_final(mapped: Project) -> None:
    """The brief is refused; as a draft it is built, with a warning; the other brief is built."""
    (mapped.root / MAP).write_text(town(checked={}), "utf-8")
    done = mapped.run("build")
    assert done.returncode == 1
    assert f"{BLOCKS}:17:13: error: nobody has signed town.json: compare its borders" in done.stdout
    assert (mapped.out / "en/blue.html").exists()
    mapped.edit(BRIEF, "status: final", "status: draft")
    done = mapped.run("build")
    assert done.returncode == 0
    assert f"{BLOCKS}:17:13: warning: nobody has signed town.json" in done.stdout


FAULTS = {
    "no such file": ("file: town.json", "file: twn.json", "no map maps/twn.json; did you mean 'town.json'?"),
    "no such area": (MEMBERS, SHADES.replace("label: Oak", "label: Oka"), "no area 'Oka'; did you mean 'Oak'?"),
    "no such frame": (MEMBERS, f"{MEMBERS}      frame: [Elms]\n", "town.json has no area 'Elms'; did you mean 'Elm'?"),
    "no names": ("gardens.streets", "gardens.total", "'gardens.total' counts no names"),
    "an empty class": (MEMBERS, SHADES.replace("[10]", "[10, 90]"), "no area is from 90: choose other limits"),
    "limits that fall": (MEMBERS, SHADES.replace("[10]", "[20, 10]"), "the limits of classes rise"),
    "no classes": (MEMBERS, SHADES.replace("      classes: [10]\n", ""), "'areas' and 'classes' go together"),
    "two kinds": (MEMBERS, MEMBERS + SHADES[SHADES.index("      areas") :], "a map has 'members', or"),
    "a silent alternative": (", and the Common, which is disputed", "", "does not say that 'Common' is disputed"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_figure_that_does_not_fit_its_map_is_told(mapped: Project, name: str) -> None:
    """At the place in the block, with the way out."""
    old, new, message = FAULTS[name]
    mapped.edit(BLOCKS, old, new)
    lines = [line for line in told(mapped).splitlines() if message in line]
    assert lines
    assert lines[0].startswith(f"{BLOCKS}:")


def test_a_broken_map_stops_only_the_brief_that_shows_it(mapped: Project) -> None:
    """Its place is that in the file; one that nothing shows is a warning."""
    (mapped.root / MAP).write_text(town(checked=SIGNED).replace('"Elm"', '"Oak"'), "utf-8")
    done = mapped.run("build")
    assert done.returncode == 1
    assert f"{MAP}:1:" in done.stdout
    assert "'Oak' is 'Oak' of line 1 again; take one out [map]" in done.stdout
    assert (mapped.out / "en/blue.html").exists()
    mapped.edit(BLOCKS, MEMBERS, PARTS)
    done = mapped.run("build")
    assert done.returncode == 0
    assert "warning: nothing uses map 'town.json'" in done.stdout
