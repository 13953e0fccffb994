"""Find lines whose meaning YAML loses: lists, remarks and keys that would print as running text."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from press.content.scalar import Items, Keys, Origin, Scalar
from press.problems import Place, Problem

# also of Word's fonts; and Roman numbers, which no list of ours has
_BULLET: Final = re.compile(
    "[•‣⁃∙▪▫◦●○■□◾◆➢➤►▶▸✓✔✗✘☐☑☒★☆\uf0b7\uf0a7\uf0d8]|[·o§]\t|[→⇒➔➜»›](?=\\s)"
    r"|(?:i{2,3}|iv|vi{1,3}|ix|xi{0,3})[.)](?=\s)"
)
_KEY: Final = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,79})[ \t]?:(?:[ \t]+\S|$)")
_ID: Final = re.compile(r"[a-z]\w*[-_][\w-]*:$")
_MARK: Final = re.compile(
    r"[-+*](?=\s|$)|#{1,6}(?=\s|$)|>(?=\s)|\|(?=\s|.*\|$)|1[.)](?=\s)|[-=*_~]{3,}$"
)
_NUMBER: Final = re.compile(r"\d{1,3}[.)](?=\s)")
_SEVERAL: Final = re.compile(
    r"(?:\(\w{1,3}|\[\w|[a-zA-Z]|[ivx]{1,4})[)\]/](?=\s)|(?:[a-zA-Z]\.|o)(?=\s)|[-+](?=[^\W\d])"
    r"|(?![-+*>#|]\s)[^\w\s\"'“”‘’()\[\]{}*_.,;:!?…&%$€£\\]{1,2}(?=\s)"
)
# an item, but for a dash that has a partner in its sentence
_ALONE: Final = re.compile(r"[o–—](?=\s)")
_DASH: Final = re.compile(r"(?:^|\s)[–—](?=\s|$)")
_ITEM: Final = "type '- ' for an item, under '|'; a dash in a sentence ends the line above"
_WAY_OUT: Final = {"|": "type '- ' or '1. ' for an item", ">": "put '|' in place of '>'"}
SWALLOWED: Final = "is a part of the text here, not a key"
TOO_DEEP: Final = "this '-' is so deep that its line joins the one above"


def lost_lines(data: object, known: Collection[str]) -> Iterator[Problem]:
    """Yield the lines of all texts in *data* that are no text; *known* are the keys that a line may begin with."""
    if isinstance(data, Keys):
        for value in data.values():
            yield from lost_lines(value, known)
    elif isinstance(data, Items):
        for value in data:
            yield from lost_lines(value, known)
            if data.flow and isinstance(value, Scalar) and (at := _line_end(value)):
                yield Problem(
                    at, "a comma is missing at this line end, or quotes around it", "yaml"
                )
    elif isinstance(data, Scalar) and isinstance(data.origin, Origin):
        yield from _of_text(data.origin, known)


def _paired(lines: list[tuple[int, str]], number: int) -> bool:
    """Return whether a dash that begins this line has a partner in its sentence: then it is one of an aside."""
    if not _DASH.match(lines[number][1]):
        return False
    before, behind = (
        "\n".join(line for _, line in part) for part in (lines[:number], lines[number:])
    )
    sentence = (
        re.split(r"[.!?]\s|\n\n", before)[-1] + "\n" + re.split(r"[.!?](?:\s|$)|\n\n", behind)[0]
    )
    return len(_DASH.findall(sentence)) > 1


def _line_end(item: Scalar) -> Place | None:
    """Return where the first line of an item in brackets ends, if it has several."""
    origin = item.origin
    if not isinstance(origin, Origin) or origin.style:
        return None
    end = origin.file.text.find("\n", origin.start, origin.end)
    return origin.file.place(end) if end > 0 else None


def _of_text(origin: Origin, known: Collection[str]) -> Iterator[Problem]:
    """Yield the lines of one text; only '|' keeps line ends, all other styles join lines."""
    joined, blank = origin.style != "|", False
    lines = list(_lines(origin))
    marks = [_SEVERAL.match(line) or (joined and _NUMBER.match(line)) for _, line in lines]
    if not joined:  # a blank line keeps two apart, and nothing is above the first
        above = [marks[1:2] != [None] and bool(marks[1:2]), *(bool(line) for _, line in lines)]
        marks = [mark if near else None for mark, near in zip(marks, above, strict=False)]
    listed = sum(map(bool, marks)) > 1  # one alone may be a line that begins so by chance
    for number, ((at, line), item) in enumerate(zip(lines, marks, strict=True)):
        after = bool(number) or origin.style in {">", "|"}  # else it is on the line of its key
        mark = (joined and after and _MARK.match(line)) or (listed and item)
        before = lines[number - 1][1] if number else ""
        if joined and before.endswith((".", ":", ";")):
            mark = mark or _ALONE.match(line)
        alone = before and not mark and _ALONE.match(line)
        message = _bullet(line) or (after and _key(line, known, origin)) or ""
        if mark and not message:
            message = _joined(mark[0], origin.style)
        if alone and not message and not _paired(lines, number):
            message = f"this line begins with '{alone[0]}', but would join the one above; {_ITEM}"
        if joined and blank and line and not message:
            message = f"the blank line above this one would be lost; {_way_out(origin.style)}"
        blank = not line and (blank or bool(number))
        if message:
            yield Problem(origin.file.place(at), message, "yaml")
        if SWALLOWED in message and origin.style in ("'", '"'):
            return  # the keys below it are text for the same reason


def _lines(origin: Origin) -> Iterator[tuple[int, str]]:
    """Yield where the text of each line begins in the file, and that text."""
    at = origin.body()
    end = origin.end - (1 if origin.style in ("'", '"') and origin.end > at else 0)
    for line in origin.file.text[at:end].rstrip().split("\n"):
        yield at + len(line) - len(line.lstrip()), line.strip()
        at += len(line) + 1


def _bullet(line: str) -> str:
    bullet = _BULLET.match(line)
    way_out = "type '- ' for an item of a list, under '|'"
    return f"'{bullet[0].strip()}' is a bullet of a word processor; {way_out}" if bullet else ""


def _key(line: str, known: Collection[str], origin: Origin) -> str:
    """Return what is wrong where a key is text: it is indented too deep, or above it a quote is not closed."""
    key = _KEY.match(line)
    if key and (key["key"] in known or _ID.match(line)):
        way_out = "indent it like the key that the text is under, or join it with the line above"
        if origin.style in ("'", '"'):
            line = str(origin.file.place(origin.start).line)
            way_out = f"close the quote that opens in line {line}"
        return f"'{key['key']}:' {SWALLOWED}; {way_out}"
    return ""


def _joined(mark: str, style: str) -> str:
    if mark.startswith("##"):
        return f"'{mark}' makes no heading in a text; take it out"
    if mark.startswith("#"):
        return f"'{mark}' begins no remark in a text; put the remark above the key, or take it out"
    if mark == "-" and not style:
        way_out = "align it with the other items, or put a text with a list under '|'"
        return f"{TOO_DEEP}; {way_out}"
    return f"this line begins with '{mark}', but would join the one above; {_way_out(style)}"


def _way_out(style: str) -> str:
    return _WAY_OUT.get(style, "put the text under '|'")
