"""Print a page as if the engine were of a version that nobody here knows: its own tags stand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from press.print.facts import Facts, Print
from tests.support.folders import HERE, setup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSION = "9999.1"
PROGRAM = """\
import json, sys
from pathlib import Path

import weasyprint

from press.print.engine import Engine

folder, families, weasyprint.__version__ = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
assets = {path.name: path.read_bytes() for path in (folder / "assets").iterdir()}
engine = Engine(frozenset(json.loads(families)))
made = engine.write(engine.lay_out((folder / "page.html").read_bytes().decode(), assets))
(folder / "page.pdf").write_bytes(made.pdf)
print(made.facts.to_json())
"""


def print_foreign(
    folder: Path, page: str, assets: Mapping[str, bytes], version: str = VERSION
) -> Print:
    """Print a page in a process of its own, in which the engine says that it has this *version*."""
    (folder / "assets").mkdir()
    (folder / "page.html").write_bytes(page.encode())
    for name, data in assets.items():
        (folder / "assets" / name).write_bytes(data)
    given = setup(folder)
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    done = subprocess.run(
        [*command, json.dumps(sorted(given.families)), version],
        cwd=HERE.root,
        env=os.environ | {"FONTCONFIG_FILE": str(given.fontconfig.resolve())},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Print((folder / "page.pdf").read_bytes(), Facts.from_json(done.stdout))
