"""The catalogue: the examples beside the templates in, one page that shows every kind of block out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import checks, library, paths, produce, resolve
from press.problems import ContentRefusedError

if TYPE_CHECKING:
    from press.compose import Composer
    from press.edition import Edition

FOLDER = paths.TEMPLATES / "catalogue"
BRIEF = "catalogue"


def edition() -> Edition:
    """Return the examples as a brief.

    Raises:
        ContentRefusedError: an example is wrong.
    """
    found = sorted(paths.TEMPLATES.glob("blocks/*/examples.yaml"))
    examples = library.load(
        FOLDER, paths.shown(FOLDER), [(path, paths.shown(path)) for path in found]
    )
    faults = examples.faults + [fault for check in checks.LIBRARY for fault in check(examples)]
    if faults:
        raise ContentRefusedError(fault.problem for fault in faults)
    return resolve.resolve(examples, BRIEF, "en")


def written(composer: Composer) -> bytes:
    """Return the catalogue as a page that needs no other file."""
    shown = edition()
    return produce.finished(composer.page(shown), shown.language, {})
