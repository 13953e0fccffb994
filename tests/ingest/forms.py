"""Make the made-up reviews in `reviews/` into files of each form, as their authors publish them."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from press.ingest.plain_text import with_raised
from tests.ingest import makers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REVIEWS = Path(__file__).parent / "reviews"
RAISED = re.compile(r"\^\{([^}]*)\}")
KINDS = {"title": "h1", "h2": "h2", "h3": "h3"}
Block = tuple[str, Any]  # kind and content: a text, or of a table its caption and rows


def blocks(name: str) -> Iterator[Block]:
    """Yield the title, headings, paragraphs, tables and notes of a review."""
    for block in yaml.safe_load((REVIEWS / f"{name}.yaml").read_text("utf-8")):
        for kind, content in block.items():
            text = " ".join(each["s"] for each in content) if kind == "p" else content
            yield kind, text


def sentences(name: str) -> Iterator[dict[str, Any]]:
    """Yield the sentences of a review with the values and marks that a person reads in them."""
    for block in yaml.safe_load((REVIEWS / f"{name}.yaml").read_text("utf-8")):
        yield from (each for each in block.get("p", ()) if not each.get("skip"))


def plain(text: str) -> str:
    """Return a text with its raised figures as plain texts have them."""
    line = ""
    for number, part in enumerate(RAISED.split(text)):
        line = with_raised(line, part) if number % 2 else line + part
    return line


def as_text(name: str) -> bytes:
    """Return a text whose lines are wrapped, with a table of lines."""
    parts = []
    for kind, content in blocks(name):
        if kind == "table":
            rows = ["   ".join(row) for row in content["rows"]]
            parts += [content["caption"], "\n".join(rows)]
        else:
            parts.append(textwrap.fill(plain(content), 72, break_long_words=False))
    return "\n\n".join(parts).encode()


def as_markdown(name: str) -> bytes:
    """Return it in Markdown."""
    signs = {"title": "# ", "h2": "## ", "h3": "### "}
    parts = []
    for kind, content in blocks(name):
        if kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in content["rows"]]
            rows.insert(1, "|---" * len(content["rows"][0]) + "|")
            parts += [content["caption"], "\n".join(rows)]
        else:
            text = RAISED.sub(r"<sup>\1</sup>", content)
            parts.append(signs.get(kind, "") + re.sub(r"^(\d+)\.", r"\1\\.", text))
    return "\n\n".join(parts).encode()


def body(name: str) -> str:
    """Return the elements of a page."""
    parts = []
    for kind, content in blocks(name):
        if kind == "table":
            rows = "".join(f"<tr><td>{'<td>'.join(row)}" for row in content["rows"])
            parts.append(f"<table><caption>{content['caption']}</caption>{rows}</table>")
        else:
            text = RAISED.sub(r"<sup>\1</sup>", content.replace("<", "&lt;"))
            tag = KINDS.get(kind, "p")
            parts.append(f"<{tag}>{text}</{tag}>")
    return "".join(parts)


def as_page(name: str) -> bytes:
    """Return it as a web page with a way around."""
    return f"<!doctype html><nav><a href=/>Home</a></nav><main>{body(name)}</main>".encode()


def as_document(name: str) -> bytes:
    """Return it as a document of Word."""
    styles = {"title": "Title", "h2": "Heading1", "h3": "Heading2"}
    parts = []
    for kind, content in blocks(name):
        if kind == "table":
            parts += [
                makers.paragraph(content["caption"]),
                makers.table(*map(tuple, content["rows"])),
            ]
        else:
            text = content.replace("&", "&amp;").replace("<", "&lt;")
            parts.append(makers.paragraph(text, styles.get(kind, "")))
    return makers.docx(*parts)


@cache
def as_pdf(name: str, style: str = "") -> bytes:
    """Return it as a journal prints it: two columns, running heads, words divided at line ends."""
    glued = (
        r"<span style='white-space: nowrap'>\1</span>"  # else the engine ends lines before marks
    )
    text = re.sub(r"([^\s<>]+<sup>[^<]*</sup>)", glued, body(name))
    head, _, rest = text.partition("</h1>")
    table = "table { font-size: 8pt; border-spacing: 3mm 0.5mm } caption { text-align: left }"
    return makers.pdf(f"{head}</h1><div class=columns>{rest}</div>", table + style)


FORMS: dict[str, Callable[[str], bytes]] = {
    ".txt": as_text,
    ".md": as_markdown,
    ".html": as_page,
    ".docx": as_document,
    ".pdf": as_pdf,
}
