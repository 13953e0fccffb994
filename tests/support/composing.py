"""An edition in, its page as the real templates, or others, make it out; what draws its figures is not at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.content import maps
from press.page import figures
from press.page.compose import Composer
from tests.support.folders import HERE

if TYPE_CHECKING:
    from press.edition.edition import Edition
    from press.page.compose import Way

DRAWING = '<svg role="img" aria-label="a drawing"></svg>'
ATLAS, _ = maps.read(HERE.templates / "catalogue/maps/central-asia.json", "central-asia.json")
assert ATLAS
MAPS = {"central-asia.json": ATLAS}  # of the catalogue
COMPOSER = Composer(HERE.template_folders)


def page_of(edition: Edition, ways: tuple[Way, ...] = (), composer: Composer = COMPOSER) -> str:
    """Return the page of *edition*; where its drawings stand is a sign for one."""
    drawings = {one.name: DRAWING for one in figures.commissions(edition, HERE.fonts, MAPS)}
    return composer.page(edition, ways, drawings)
