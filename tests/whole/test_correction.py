"""What a brief corrects is on its page, whatever sections it has, and no brief is too full for it."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from press.build import library_check as sound
from press.build import prints
from press.edition import resolve
from tests.support.composing import page_of
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

    from press.content.library import Library

ERRATUM = "We wrote 7; <nobody> counted."
LIBRARY = HERE.root / "tests" / "library"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Return the small library, which corrects something in both its briefs."""
    content = tmp_path / "content"
    shutil.copytree(LIBRARY, content)
    with (content / "series.yaml").open("a", encoding="utf-8") as file:
        file.write(f'supersedes: {{release: 2026-01-15.1, erratum: "{ERRATUM}"}}\n')
    blue = content / "briefs" / "blue.yaml"
    text = blue.read_text("utf-8")
    blue.write_text(re.sub(r"(?m)^  made: .*\n", "", text), "utf-8")
    found, _, faulty, _ = sound.check_library(replace(HERE, content=content))
    assert not faulty
    return found


@pytest.mark.parametrize(("brief", "made"), [("red", True), ("blue", False)])
def test_a_correction_is_on_the_page(library: Library, brief: str, made: bool) -> None:  # noqa: FBT001 - a row
    """It comes first in how the brief was made, or before the notes where nothing says how; a link leads to it."""
    edition = resolve.resolve(library, brief, "en")
    assert ("made" in {section.name for section in edition.sections}) is made
    page = page_of(edition)
    assert page.count('id="correction"') == page.count('href="#correction"') == 1
    assert (
        page.count("Correction of release 2026-01-15.1:</strong> We wrote 7; &lt;nobody&gt;") == 1
    )


def test_a_correction_may_take_a_page_more(library: Library) -> None:
    """A brief that fills its last page can be corrected all the same; what corrects nothing has its limit."""
    edition = resolve.resolve(library, "blue", "en")
    assert library.limits is not None
    most = library.limits.of("blue", "en")["pages"]
    assert prints.allowed(library.limits, edition)["pages"] == most + 1
    assert library.series is not None
    object.__setattr__(library.series, "supersedes", None)
    plain = resolve.resolve(library, "blue", "en")
    assert prints.allowed(library.limits, plain)["pages"] == most
