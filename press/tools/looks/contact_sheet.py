"""Lay out a contact sheet: a page of the pictures that are not as approved."""

import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path

PAGE = "index.html"
HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>What looks different</title>
<style>body{font-family:sans-serif;margin:2rem}img{max-width:100%;border:1px solid #999}</style>
<h1>What looks different</h1>
<p>Left: as approved. Middle: as it is now. Right: the parts that differ. Where there is one
picture only, there is nothing to put beside it.</p>
"""


def lay_out(folder: Path, shown: Sequence[tuple[str, str, bytes]]) -> None:
    """Write the page that shows these pictures, each with its name and a message, into a new *folder*."""
    shutil.rmtree(folder, ignore_errors=True)
    if not shown:
        return
    folder.mkdir(parents=True)
    parts = [HEAD]
    for name, message, data in shown:
        file = f"{name.replace('/', '_')}.png"
        (folder / file).write_bytes(data)
        words = escape(f"{name}: {message}")
        parts.append(f'<h2>{words}</h2>\n<img src="{escape(file)}" alt="{words}" loading="lazy">\n')
    (folder / PAGE).write_text("".join(parts), encoding="utf-8")
