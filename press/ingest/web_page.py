"""Read a web page: its headings, paragraphs and tables, without what surrounds them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from xml.etree.ElementTree import Element

import tinyhtml5

from press.ingest.document import Cell, Document, Kind, Paragraph
from press.ingest.plain_text import decode, with_raised
from press.ingest.sections import numbers
from press.problems import RefusedError

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)", re.IGNORECASE)
_LEFT_OUT = re.compile(
    "script|style|nav|template|noscript|iframe|object|svg|audio|video|canvas|button|select|textarea|dialog|menu"
)
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|label|mark|math|m[a-z]+"
    "|q|rp|rt|ruby|s|samp|script|small|span|strike|strong|style|su[bp]|time|tt|u|var|wbr"
)
_OF_SITE = {"navigation", "banner", "contentinfo", "search"}  # roles
_OF_TABLE = re.compile(r"(?:table|tableau|tabelle|tabla|таблица)\s+(\d{1,4})\b", re.IGNORECASE)
_RAISED = re.compile("\x0e\\s*(\\d+(?:\\s*[,–-]\\s*\\d+)*)\\s*\x0f")
_CELL = "\x1f"  # ends a cell of a row
_BLOCK, _TEXT = "\x1d", "\x1c"  # begin a block: its kind, its text
_MARKS = {"td": ("", _CELL), "th": ("", _CELL), "sup": ("\x0e", "\x0f"), "br": ("\n", "")}
_KINDS: Mapping[str, Kind] = {"h": "heading", "i": "item", "r": "row"}


def read(data: bytes) -> Document:
    """Return what a page holds, in the encoding that it states if it is not UTF-8."""
    try:
        text = decode(data)
    except RefusedError:
        if not _DECLARED.search(data[:1024]):
            raise
        document = extract(BytesIO(data))
        if any("\ufffd" in line for each in document.paragraphs for line in each.lines):
            raise RefusedError("is in another encoding than it states; save it as UTF-8") from None
        return document
    if "<" not in text:
        raise RefusedError("has no element of HTML; let its name end in .txt")
    return extract(StringIO(text))


def extract(source: StringIO | BytesIO) -> Document:
    """Return what HTML holds: its main part, or its body without a head and a foot that lead elsewhere."""
    root: Element = tinyhtml5.parse(source, namespace_html_elements=False)
    for each in root.iter():
        if isinstance(each.tag, str):
            each.tag = each.tag.rpartition("}")[2]  # of SVG and MathML
    body, main = root[-1], [each for each in root.iter() if "main" in {each.tag, each.get("role")}]
    for each in [*body.findall("header"), *body.findall("footer")]:
        if each.find(".//a") is not None and each.find(".//h1") is None:
            body.remove(each)
    text = "".join(_flat(main[0] if len(main) == 1 else body, "text"))
    blocks = [block.split(_TEXT) for block in text.split(_BLOCK)[1:]]
    return Document(tuple(_paragraphs(blocks)))


def _flat(element: Element, kind: str) -> Iterator[str]:
    """Yield the text in an element, and where a browser sets it apart; *kind* is that of what surrounds it."""
    if _is_left_out(element):
        return
    tag, inside = element.tag, _kind(element, kind)
    begin, end = f"{_BLOCK}{inside}{_TEXT}", f"{_BLOCK}{'text' if kind == 'table' else kind}{_TEXT}"
    if tag in _MARKS:
        begin, end = _MARKS[tag]
    elif kind == "row":
        begin = end = " " * (not _INLINE.fullmatch(tag))
    elif _INLINE.fullmatch(tag) or inside == kind == "table":
        begin = end = ""
    yield begin + _folded(element.text)
    for child in element:
        yield from _flat(child, inside)
        yield _folded(child.tail)
    yield end


def _kind(element: Element, kind: str) -> str:
    """Return the kind of what is in an element: 'h2', 'item', 'row', 'caption', 'text', 'title' or 'table'."""
    tag: str = element.tag
    if kind == "row":
        return kind
    if kind == "table":
        return {"tr": "row", "caption": "caption"}.get(tag, kind)
    if re.fullmatch("h[1-6]", tag):
        return "h0" if kind == "title" else tag
    if tag == "table" and _has_data(element):
        return tag
    return {"header": "title", "hgroup": "title", "li": "item", "dd": "item"}.get(tag, kind)


def _has_data(table: Element) -> bool:
    """Return whether a table does more than lay out a page."""
    alone = table.find(".//table") is None and table.get("role") not in {"presentation", "none"}
    return alone and any(len(row) > 1 for row in table.iter("tr"))


def _is_left_out(element: Element) -> bool:
    """Return whether an element is a comment, hidden, leads around in the site or back from a footnote."""
    return (
        callable(element.tag)
        or bool(_LEFT_OUT.fullmatch(element.tag))
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in _OF_SITE
        or "display:none" in element.get("style", "").replace(" ", "")
        or (element.tag == "a" and element.text == "↑")
    )


def _paragraphs(blocks: Iterable[Sequence[str]]) -> Iterator[Paragraph]:
    """Yield the paragraphs in blocks of a kind and a text, with their sections and cells."""
    parts = [
        (kind, part)
        for kind, text in blocks
        for part in re.split(r"\n\s*\n", text)
        if part.strip() or kind == "table"
    ]
    sections = numbers([(int(kind[1]), _line(text)) for kind, text in parts if kind[0] == "h"])
    section, before, table, row = "", "", 0, 0
    for kind, text in parts:
        if kind == "table":
            table, row = _number(before, table + 1), 0
            continue
        lines = [
            _line(line) for line in re.split(f"\n|{_CELL}", text.rstrip(" ").removesuffix(_CELL))
        ]
        section = next(sections) if kind[0] == "h" else section
        table = _number(lines[0], table) if kind == "caption" else table
        row += kind == "row"
        cell = Cell(table, row) if kind == "row" else None
        yield Paragraph(tuple(lines), _KINDS.get(kind[0], "text"), section=section, cell=cell)
        before = lines[0]


def _number(caption: str, least: int) -> int:
    """Return the number that the caption of a table states, if it is not too low."""
    stated = _OF_TABLE.match(caption)
    return max(least, int(stated[1]) if stated else 0)


def _folded(text: str | None) -> str:
    return re.sub(r"[\s\x0e-\x1f]+", " ", text or "")


def _line(text: str) -> str:
    """Return *text* with its spaces folded, and raised figures where plain texts have them."""
    line = ""
    for number, part in enumerate(_RAISED.split(text)):
        line = with_raised(line, part) if number % 2 else line + part
    return " ".join(line.translate({0x0E: None, 0x0F: None}).split())
