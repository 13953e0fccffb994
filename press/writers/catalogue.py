"""The catalogue: the examples beside the templates in, one page that shows every kind of block out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import checks, library, paths, produce, resolve
from press.problems import ContentRefusedError, errors

if TYPE_CHECKING:
    from press.compose import Composer
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


def written(composer: Composer) -> bytes:
    """Return the catalogue as a page that needs no other file."""
    read = examples()
    shown = resolve.resolve(read, BRIEF, "en")
    return produce.finished(composer.page(shown), "en", produce.assets_of(read, shown))
