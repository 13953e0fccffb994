"""Write the pages that tests look at: those of the small library, and those of our own series where it is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from press.build.build_request import named
from press.problems import errors
from tests.support.editions import outputs, produce
from tests.support.folders import HERE
from tests.support.project import LIBRARY
from tests.support.series import in_content

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = "small/catalogue.html"
SMALL = (
    CATALOGUE,
    "small/en/blue.html",
    "small/en/red.html",
    "small/evidence.html",
    "small/index.html",
)
GRADED = ("graded/en/heads.html", "graded/evidence.html", "graded/index.html")
OUR_BRIEFS = ("donors", "health", "law-enforcement")
OURS = (
    *(f"ours/en/{brief}.html" for brief in OUR_BRIEFS),
    "ours/evidence.html",
    "ours/index.html",
)


def ours(*names: str | tuple[str, ...]) -> list[object]:
    """Return names of our series as parameters of a test, which is left out where another series is in content/."""
    return [pytest.param(name, marks=pytest.mark.series) for name in names]


PAGES = [*SMALL, *ours(*OURS)]
BRIEFS = [*SMALL[1:3], *ours(*OURS[:3])]
NOTED = [CATALOGUE, GRADED[0], *ours(*OURS[:3])]  # they have evidence notes, and a figure


def composed(folder: Path, work: Path) -> dict[str, Path]:
    """Write every page below *folder*, as builds do, and return them by name; *work* is for what may be kept."""
    sites = {"small": LIBRARY, "graded": LIBRARY.with_name("graded")} | (
        {"ours": HERE.content} if in_content() else {}
    )
    pages = {}
    for site, content in sites.items():
        product = produce(work, content)
        assert errors(product.problems) == ()
        made = outputs(product, built_before(folder / "old" / site, content), ("html",))
        for name, data in made.items():
            if name.endswith(".html"):
                path = pages[f"{site}/{name}"] = folder / site / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    assert (
        {*SMALL, *GRADED}
        <= {*pages}
        <= {*SMALL, *GRADED, *OURS, "graded/catalogue.html", "ours/catalogue.html"}
    )
    return pages


def built_before(folder: Path, content: Path) -> Path:
    """Return a folder of outputs that holds prints, so that the index has something to lead to."""
    briefs = named(content / "briefs")
    names = [f"en/{brief}{ending}" for brief in briefs for ending in (".pdf", "-short.pdf")]
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    told = {"outputs": [{"path": name, "pages": 4} for name in names]}
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    return folder
