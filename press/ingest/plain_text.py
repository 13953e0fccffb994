"""Read a plain text: find its encoding, divide it into paragraphs at blank lines."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence

from press.ingest.document import Document, Paragraph
from press.problems import RefusedError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HTML = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_RUSSIAN = re.compile(r"[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+")
_COMMON = {"и", "в", "на", "не", "с", "что", "по", "для"}  # a word in ten of any Russian text
_GLUED = re.compile(r"[^\W\d_][.,;:!?)\]\"”’»]*\Z")
_OFTEN = 3  # times a running head is there
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(data: bytes) -> Document:
    """Return the paragraphs of a text, without running heads; a form feed ends a page."""
    text = decode(data)
    if _HTML.match(text):
        raise RefusedError("is a web page; let its name end in .html")
    pages = text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\f")
    found = [
        Paragraph(tuple(block.strip("\n").split("\n")), page=str(number) * (len(pages) > 1))
        for number, page in enumerate(pages, 1)
        for block in re.split(r"\n[^\S\n]*(?=\n)", page)
        if block.strip()
    ]
    heads = _running_heads(found)
    return Document(tuple(each for each in found if len(each.lines) > 1 or _key(each) not in heads))


def _running_heads(found: Sequence[Paragraph]) -> set[str]:
    """Return lines that stand alone and come again, but for a number, and that cut sentences in two."""
    often = Counter(_key(each) for each in found if len(each.lines) == 1)
    cuts = Counter(
        _key(line)
        for before, line, after in zip(found, found[1:], found[2:], strict=False)
        if len(line.lines) == 1
        and re.search(r"[^.!?:;]\s*\Z", before.lines[-1])
        and after.lines[0].lstrip()[:1].islower()
    )
    return {key for key, count in cuts.items() if often[key] >= _OFTEN and count > 1}


def _key(paragraph: Paragraph) -> str:
    return re.sub(r"\d+", "#", paragraph.lines[0].strip())


def decode(data: bytes) -> str:
    """Return a text in UTF-8, UTF-16 with its mark, or windows-1251 if it is surely Russian.

    Raises:
        RefusedError: it is in another encoding, or no text.
    """
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode("cp1251", "replace")
        if not _is_russian(text):
            raise RefusedError("is in an unknown encoding; save it as UTF-8") from error
    if _BINARY.search(text):
        raise RefusedError("is no text, or in an unknown encoding; save it as UTF-8")
    return text


def _is_russian(text: str) -> bool:
    """Return whether words are as Russian has them, which they are not if read in a wrong encoding."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    right = sum(bool(_RUSSIAN.fullmatch(word)) for word in words)
    common = sum(word in _COMMON for word in words)
    return right > 0.98 * len(words) and common > 0.02 * len(words)


def with_raised(text: str, raised: str) -> str:
    """Return *text* with raised figures behind it, glued as in plain texts, but not to a number."""
    return text + (raised if _GLUED.search(text) else raised.translate(_SUPERSCRIPTS))
