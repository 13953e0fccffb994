"""The catalogue: the examples beside the templates in, one page that shows every kind of block out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import checks, figures, library, paths, produce, resolve
from press.drawings import drawn
from press.problems import ContentRefusedError, Problem, errors

if TYPE_CHECKING:
    from press.compose import Composer
    from press.drawings import Studio
    from press.library import Library

FOLDER = paths.TEMPLATES / "catalogue"
BRIEF = "catalogue"


def examples() -> Library:
    """Return the examples as content.

    Raises:
        ContentRefusedError: an example is wrong.
    """
    found = sorted(paths.TEMPLATES.glob("blocks/*/examples.yaml"))
    read = library.load(FOLDER, paths.shown(FOLDER), [(path, paths.shown(path)) for path in found])
    faults = read.faults + [fault for check in checks.LIBRARY for fault in check(read)]
    problems = [fault.problem for fault in faults]
    if errors(problems):
        raise ContentRefusedError(problems)
    return read


def written(composer: Composer, studio: Studio) -> bytes:
    """Return the catalogue as a page that needs no other file.

    Raises:
        ContentRefusedError: an example is wrong, or cannot be drawn.
    """
    read = examples()
    shown = resolve.resolve(read, BRIEF, "en")
    asked = tuple(figures.commissions(shown))
    made = drawn(studio, asked)
    if faults := [one for one in asked if made[one].fault]:
        raise ContentRefusedError(
            Problem(read.places[f"block:{one.block}"], made[one].fault, "figure") for one in faults
        )
    page = composer.page(shown, {one.name: made[one].svg for one in asked})
    return produce.finished(page, "en", produce.assets_of(read, shown))
