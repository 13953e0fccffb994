"""Where the parts of the project lie."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
FONTS = TEMPLATES / "fonts"
SCHEMAS = ROOT / "press" / "schema"
CONTENT = ROOT / "content"
BUILD = ROOT / "build"
RELEASES = ROOT / "releases"
KITS = ROOT / "kits"
WORK = ROOT / ".press"  # store, state and lock


def shown(path: Path) -> str:
    """Return *path* as the user would type it from where she stands."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("../../..") else relative
