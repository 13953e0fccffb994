"""The script `inv`, run as users run it: in a copy of the project whose locks ask for nothing."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
PYTHON = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
PROGRAM = """\
import json, os, sys
print(json.dumps({"argv": sys.argv[1:], "cwd": os.getcwd(), "names": sorted(sys.modules)}))
sys.exit(int(os.environ.get("STATUS", "0")))
"""
TOOLS = ("cmp", "cp", "id", "mkdir", "mv", "readlink", "rm", "sh")
# does all that a Python does but make a venv, so that a test ends where set-up would begin
HALFWAY = f"""\
#!/bin/sh
case "$*" in *"-m venv"*) echo "{{name}} was to make a venv" >&2; exit 1 ;; esac
exec '{PYTHON}' "$@"
"""
OLD = '#!/bin/sh\n[ "$1" != -V ] || echo Python 3.8.18\nexit 1\n'
Run = subprocess.CompletedProcess[str]


def script(path: Path, text: str) -> None:
    """Write an executable script."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of what `inv` needs, in a folder with a space in its name."""
    tree = tmp_path / "a tree"
    (tree / "press").mkdir(parents=True)
    (tree / "requirements").mkdir()
    shutil.copy(ROOT / "inv", tree)
    for name in ("__init__", "doctor", "paths", "problems"):
        shutil.copy(ROOT / "press" / f"{name}.py", tree / "press")
    (tree / "press" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (tree / "requirements" / "core.lock").write_text("# nothing\n", encoding="utf-8")
    (tree / "requirements" / "dev.lock").write_text("# nothing more\n", encoding="utf-8")
    return tree


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a venv as `inv` makes it from a lock of nothing."""
    tree = tree_in(tmp_path_factory.mktemp("made"))
    assert inv(tree, "build").returncode == 0
    return tree / ".venv"


tree_in = tree.__wrapped__ if hasattr(tree, "__wrapped__") else tree
