"""SHA256SUMS: what is written is read back, and other lines are seen."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from press.ground import sums
from press.ground.sums import PATH, SUMS

PRESS = Path(__file__).parents[2] / "press"
DIGESTS = st.dictionaries(
    st.from_regex(PATH, fullmatch=True), st.binary(min_size=32, max_size=32).map(bytes.hex)
)


@given(DIGESTS)
def test_what_is_written_is_read_back(digests: dict[str, str]) -> None:
    """Whatever the names; in one form only."""
    assert sums.read(sums.write(digests)) == digests


def test_lines_of_another_form_are_left_out() -> None:
    """So that who writes the rest again sees that they were there."""
    good = sums.write({"a.html": "0" * 64})
    for line in (
        "x  a.html",
        f"{'0' * 64} *b.html",
        f"{'0' * 64}  ../b.html",
        f"{'A' * 64}  b.html",
    ):
        assert sums.read(good + f"{line}\n".encode()) == {"a.html": "0" * 64}
    assert sums.read(b"\xff" + good) == {}


def test_coreutils_reads_it(tmp_path: Path) -> None:
    """A reader needs no Press to verify."""
    files = {"b.txt": b"b", "a.txt": b"a"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / SUMS).write_bytes(sums.write(sums.digests(files)))
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", SUMS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "a.txt: OK\nb.txt: OK\n"


def test_its_name_and_form_stand_in_one_module() -> None:
    """Who needs them imports them; words for people may name the file."""
    name = re.compile(r"""^[^#\n]*=[^#\n]*["']SHA256SUMS["']""", re.MULTILINE)
    found = [
        path.relative_to(PRESS).as_posix()
        for path in sorted(PRESS.rglob("*.py"))
        if name.search(text := path.read_text("utf-8")) or "{digest}  {" in text
    ]
    assert found == ["ground/sums.py"]
