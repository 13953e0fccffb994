"""Read Markdown, with its tables and footnotes, by way of HTML."""

import re
from io import StringIO

from markdown_it import MarkdownIt

from press.ingest import web_page
from press.ingest.document import Document
from press.ingest.plain_text import decode

_RECORD = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:?")


def read(data: bytes) -> Document:
    """Return what a text in Markdown holds; of a footnote the number stays, in brackets."""
    text = _RECORD.sub("", decode(data).replace("\r\n", "\n"))
    text = _FOOTNOTE.sub(r"\\[\1\\]", text)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return web_page.extract(StringIO(html))
