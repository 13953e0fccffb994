"""A page whose layouts share how texts are split into lines is the same, byte by byte, as one that is laid out anew."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from press.build.fit import STEPS, Fit, set_page
from press.build.library_check import check_library
from press.build.pages import compose_pages, short_of
from press.page.compose import Composer
from press.page.fonts import FAMILIES
from tests.print.test_pdf_samples import ASSETS
from tests.support.editions import means, page_of
from tests.support.folders import HERE, setup
from tests.support.odd_content import ODD, SHARES, composed, made_odd, written
from tests.support.rich_page import rich_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PROGRAM = """\
import pickle, sys
from pathlib import Path

from press.print.engine import Engine

file = Path(sys.argv[1])
families, pages, assets = pickle.loads(file.read_bytes())
engine = Engine(families)

def prints():
    layouts = [engine.lay_out(page, assets) for page in (*pages, *pages)]
    return [engine.write(layout).pdf for layout in layouts[len(pages):]]

plain = prints()
engine.begin_page()
shared = prints()
known = len(engine._fonts.splits._known)
file.write_bytes(pickle.dumps((plain, shared, known)))
"""


def both_ways(folder: Path, pages: list[str], assets: Mapping[str, bytes]) -> None:
    """Compare the prints of *pages*, settings of one page, that were laid out anew and that shared their splits."""
    given, file = setup(folder), folder / "pages.pickle"
    file.write_bytes(pickle.dumps((FAMILIES, pages, dict(assets))))
    environment = os.environ | {"FONTCONFIG_FILE": str(given.fontconfig.resolve())}
    command = [sys.executable, "-c", PROGRAM, str(file)]
    subprocess.run(command, cwd=HERE.root, env=environment, check=True)
    plain, shared, known = pickle.loads(file.read_bytes())  # noqa: S301 - of our own process
    assert known > 0
    assert plain == shared
    assert len(set(plain)) > 1 or len(pages) == 1


def settings(paper: str) -> list[str]:
    """Return a page in two of its settings."""
    return [set_page(paper, fit) for fit in (Fit(), Fit(80, STEPS[0], STEPS[2]))]


def test_a_page_with_all_kinds_of_text(tmp_path: Path) -> None:
    """Languages, hyphens, tables, notes, superscripts."""
    both_ways(tmp_path, [rich_page()], ASSETS)


@pytest.mark.turns
@pytest.mark.parametrize("name", [*ODD, *SHARES])
def test_odd_content(tmp_path: Path, name: str) -> None:
    """Whatever is long, narrow or many."""
    _, page = composed(means(tmp_path, written(tmp_path, made_odd(name))))
    both_ways(tmp_path, settings(page.paper), page.manuscript.images)


@pytest.mark.series
@pytest.mark.turns
@pytest.mark.parametrize("brief", ["health", "law-enforcement", "donors"])
@pytest.mark.parametrize("depth", ["brief", "short"])
def test_our_briefs(tmp_path: Path, brief: str, depth: str) -> None:
    """In both depths."""
    given = means(tmp_path)
    library, _, _, _ = check_library(given.folders)
    page = page_of(library, ("en", brief), given)
    if depth == "short":
        source = short_of(library, page.manuscript, given)
        [page] = compose_pages(library, [source], Composer(HERE.template_folders), given)
    both_ways(tmp_path, settings(page.paper), page.manuscript.images)
