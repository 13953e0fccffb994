"""What is handed on has a name that any system takes, and the same bytes everywhere."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.build import handout

DATE = handout.dated("2026-11-24")
FILES = {"b.pdf": b"%PDF", "a.html": b"<!doctype html>" * 100}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Drug policy in Kyrgyzstan", "drug-policy-in-kyrgyzstan"),
        ("Santé: l’état 2026", "sante-letat-2026"),
        ("A b c d e f g h i j", "a-b-c-d-e-f-g-h"),
        ("Политика", ""),
    ],
)
def test_a_name_of_files_is_made_from_that_of_the_series(name: str, slug: str) -> None:
    """Accents go, long names are cut between words, and what has no letter from a to z gives none."""
    assert handout.slug(name) == slug


@given(st.text())
def test_a_name_of_files_has_no_other_characters(name: str) -> None:
    """Whatever the series is called."""
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", handout.slug(name))


def test_a_zip_has_no_order_time_or_owner_of_its_own() -> None:
    """It can be told from its files and their date alone, and nothing in it is packed."""
    data = handout.zipped(FILES, DATE)
    assert handout.zipped(dict(reversed(FILES.items())), DATE) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == sorted(FILES)
        assert {entry.date_time for entry in entries} == {(2026, 11, 24, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
        assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
        assert {name: archive.read(name) for name in FILES} == FILES
