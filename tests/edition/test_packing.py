"""An edition that was kept is the one that was resolved, whatever content it is made of."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.build.library_check import check_library, every_name
from press.content.scalar import Scalar
from press.edition import resolve
from press.edition.packing import packed, unpacked
from tests.support.editions import means
from tests.support.folders import HERE
from tests.support.odd_content import ODD, made_odd, written
from tests.support.project import LIBRARY

if TYPE_CHECKING:
    from collections.abc import Callable


def unlike(content: Path, place: Path) -> list[str]:
    """Return the editions of *content* that are others when they were packed, or have texts that know their places."""
    library = check_library(means(place, content).folders, 0).library
    every = [resolve.resolve(library, name[1], name[0]) for name in every_name(library)]
    assert every
    kept = [unpacked(packed(edition)) for edition in every]
    return [
        edition.brief
        for edition, again in zip(every, kept, strict=True)
        if again != edition or again.json != edition.json or b"Scalar" in pickle.dumps(again)
    ]


@pytest.mark.parametrize("content", [HERE.content, LIBRARY], ids=["ours", "small"])
def test_an_edition_comes_back_as_it_was(content: Path, tmp_path: Path) -> None:
    """With its data, and with plain texts in place of those that know where they were typed."""
    assert unlike(content, tmp_path) == []


@pytest.mark.turns
@pytest.mark.parametrize("name", [*ODD])
def test_an_odd_edition_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    """Whatever kinds of block it has."""
    assert unlike(written(tmp_path, made_odd(name)), tmp_path) == []


def test_a_text_that_knows_its_place_is_packed_as_a_text(tmp_path: Path) -> None:
    """Wherever an edition has one."""
    library = check_library(means(tmp_path, LIBRARY).folders).library
    edition = resolve.resolve(library, "red", "en")
    vars(edition)["subject"] = Scalar("Gardens")
    again = unpacked(packed(edition))
    assert (again.subject, type(again.subject)) == ("Gardens", str)


def test_bytes_that_name_anything_else_make_no_edition(tmp_path: Path) -> None:
    """Whoever hands on a series may hand on a store with it."""
    started = tmp_path / "started"

    class Hostile:
        def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
            return Path.touch, (started,)

    for hostile in (Hostile(), Path("here"), "a text"):
        with pytest.raises(pickle.UnpicklingError, match="edition"):
            unpacked(pickle.dumps(hostile))
    assert not started.exists()
