"""Tell our own series from another: tests of its briefs are left out where another one is in content/."""

from __future__ import annotations

import re
from pathlib import Path

FILE = Path(__file__).parents[2] / "content" / "series.yaml"
NAME = "Drug policy in Kyrgyzstan"


def found() -> str:
    """Return the name of the series in content/, or '' where there is none."""
    text = FILE.read_text("utf-8") if FILE.exists() else ""
    name = re.search(r"""(?m)^name: *['"]?(.*?)['"]? *$""", text)
    return name[1] if name else ""


def in_content() -> bool:
    """Return True where our series is in content/."""
    return found() == NAME


def left_out() -> str:
    """Return why a test of our series is not run, or '' where it is."""
    if in_content():
        return ""
    other = f"'{found()}'" if found() else "none"
    return f"not run: it is about the series '{NAME}', and content/ has {other}"
