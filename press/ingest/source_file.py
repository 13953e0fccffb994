"""Write a source's file: what the program knows of it anew, all that its author wrote as it is."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from press.content.model.sources import Correction, Passage, Source
from press.ingest.index import Entry

_ENTRY = re.compile(r"^  (?P<key>[^\s#][^\n]*?):(?=\s|$)", re.MULTILINE)


def with_key(text: str, key: str, value: str) -> str:
    """Return the *text* of a file with *value*, the lines below a key, in the place of what the key had."""
    found = re.search(rf"(?m)^{key}:.*\n?(?:(?:[ \t].*|-.*)?(?:\n|\Z))*?(?=^[^\s-]|\Z)", text)
    if found:
        return f"{text[: found.start()]}{key}:{value}{text[found.end() :]}"
    at = re.search(r"(?m)^passages:", text)
    where = at.start() if at else len(text)
    return f"{text[:where]}{key}:{value}{text[where:]}"


def passages(text: str, old: Mapping[str, Passage], new: Mapping[str, Entry]) -> str:
    """Return the lines of the index *new*; an entry of the file's whose words are the same stays as it is typed."""
    kept: dict[str, list[str]] = {}
    for locator, entry in _entries(text).items():
        if locator in old:
            kept.setdefault(str(old[locator].fingerprint), []).append(entry)
    lines = ["\n"]
    for locator, passage in new.items():
        typed = kept.get(str(passage.fingerprint))
        body = typed.pop(0) if typed else "".join(_lines(passage))
        lines.append(f"  {locator}:{body}")
    return "".join(lines)


def _entries(text: str) -> dict[str, str]:
    """Return what is typed behind each locator of the index, line ends included."""
    start = re.search(r"(?m)^passages:.*\n", text)
    body = text[start.end() :] if start else ""
    if end := re.search(r"(?m)^[^\s#]", body):
        body = body[: end.start()]
    heads = [*_ENTRY.finditer(body)]
    ends = [*(head.start() for head in heads[1:]), len(body)][: len(heads)]
    return {
        head["key"].strip("'\""): body[head.end() : end]
        for head, end in zip(heads, ends, strict=True)
    }


def _lines(passage: Entry) -> Iterator[str]:
    yield f"\n    fingerprint: {passage.fingerprint}\n"
    if passage.values:
        yield f"    values: {_listed(passage.values)}\n"
    if passage.units:
        units = ", ".join(
            f"{json.dumps(value)}: {json.dumps(unit, ensure_ascii=False)}"
            for value, unit in passage.units.items()
        )
        yield f"    units: {{{units}}}\n"
    if passage.references:
        yield f"    references: {_listed(passage.references)}\n"


def _listed(words: Iterable[str]) -> str:
    return json.dumps([str(word) for word in words], ensure_ascii=False)


def new_file(record: Mapping[str, object]) -> str:
    """Return the text of a new source with this *record*, without its passages."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in record.items())
    return "".join(lines)


def compared(source: Source, day: str, text: str) -> str:
    """Return the lines that say when and with which *text*, a sha256, the index of *source* was compared."""
    return f"\n  day: {day}\n  text: {text}\n  index: {source.digest}\n"


def corrections(typed: Iterable[Correction], beginnings: Iterable[str]) -> str:
    """Return the lines of the corrections, each with the digits of the passage that it is about."""
    lines = ["\n"]
    for each, digits in zip(typed, beginnings, strict=True):
        what = f"join: {each.join}" if each.join else f"split: {each.split}, words: {each.words}"
        lines.append(f"  - {{{what}, begins: {json.dumps(digits)}}}\n")
    return "".join(lines)
