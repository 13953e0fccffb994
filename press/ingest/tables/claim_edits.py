"""Write claims into files: what is other in place, with all comments, and new ones at the end."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from press.content.scalar import Items, Keys, Scalar
from press.ingest.tables.columns import VALUES, columns
from press.ingest.upgrade.splices import Splice, Splices, UnsureError, origin_of

SCHEMA = "# yaml-language-server: $schema=../../press/schema/claims.json\n"
WIDTH = 116
_PLAIN = re.compile(r"[A-Za-z]([\w ./-]*\w)?", re.ASCII)
_FLAGS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
# how a line may begin that YAML joins with others; no item, remark or key
_LINE = re.compile(
    r"(?![a-z][\w-]*[ \t]?:|[ivx]{1,5}[.)])([^\W\d_]{2}|[aAI] |[{(“\"]\w{4}|\d+([.,]\d+)*+(?![\d.)\]/]))"
)
_PATHS = [column.path for column in columns()]
Path = tuple[str, ...]  # the keys that lead to a value; '' in the place of the name of a value


def edit(file: Splices, old: Keys, new: Keys, path: Path = ()) -> list[Splice]:
    """Return the splices that make *new* of what is typed as *old*.

    Raises:
        UnsureError: it is typed in a way that no splice is sure of.
    """
    gone = frozenset(str(key) for key in old if key not in new)
    splices = [splice for name in gone for splice in file.remove(old, name, gone)]
    for key in (key for key in old if key in new and old[key] != new[key]):
        one, other, here = old[key], new[key], _below(path, key)
        if isinstance(one, Keys) and isinstance(other, Keys):
            splices += edit(file, one, other, here)
        else:
            splices.append(_replaced(file, old, key, other, here))
    return [*splices, *_added(file, old, new, path)]


def new_text(file: Splices, claims: Mapping[str, Keys]) -> Splice:
    """Return the splice that puts new *claims* at the end of a file."""
    before = "" if not file.text or file.text.endswith("\n") else "\n"
    return Splice(len(file.text), len(file.text), before + _claims(claims))


def new_file(claims: Mapping[str, Keys]) -> bytes:
    """Return a new file with *claims*."""
    return (SCHEMA + _claims(claims)).encode()


def _claims(claims: Mapping[str, Keys]) -> str:
    lines = []
    for name, claim in claims.items():
        lines.append(f"\n{name}:\n")
        lines += (f"  {key}:{_typed(claim[key], 2, (key,))}\n" for key in _ordered(claim, ()))
    return "".join(lines)


def _below(path: Path, key: str) -> Path:
    return (*path, "" if path == (VALUES,) else str(key))


def _ordered(keys: Iterable[Scalar], path: Path) -> list[Scalar]:
    """Return the *keys* below a path in the order of a claim; values keep their own."""
    return sorted(keys, key=lambda key: _rank(_below(path, key)))


def _rank(path: Path) -> int:
    named = tuple(filter(None, path))
    return next(at for at, each in enumerate(_PATHS) if each[: len(named)] == named)


def _replaced(file: Splices, holder: Keys, key: Scalar, value: object, path: Path) -> Splice:
    """Return the splice that puts *value* in the place of what is typed under *key*."""
    start, end = file.text.index(":", origin_of(key).end) + 1, file.end_of(holder, key)
    old, indent = holder[key], holder.place.column - 1
    origin = origin_of(old) if isinstance(old, Scalar) else None
    header = file.text[origin.start : origin.body()] if origin else ""
    if "#" in header or file.comments(start, end, old):
        raise UnsureError
    alone = not holder.flow and not file.text[end : file.line_end(end)].strip()
    return Splice(start, end, _typed(value, indent, path, block=alone))


def _added(file: Splices, old: Keys, new: Keys, path: Path) -> Iterator[Splice]:
    """Yield the splices that add keys, each behind the one before it in the order of a claim."""
    kept = [key for key in old if key in new]
    if not kept:
        raise UnsureError
    groups: dict[Scalar | None, list[Scalar]] = {}
    for key in _ordered((key for key in new if key not in old), path):
        rank = _rank(_below(path, key))
        before = [each for each in kept if _rank(_below(path, each)) <= rank]
        groups.setdefault(before[-1] if before else None, []).append(key)
    indent = old.place.column - 1
    line = f"\n{' ' * indent}"
    for after, keys in groups.items():
        texts = [
            f"{key}:{_typed(new[key], indent, _below(path, key), block=not old.flow)}"
            for key in keys
        ]
        between = ", " if old.flow else line
        if after is None:
            at = origin_of(kept[0]).start
            yield Splice(at, at, "".join(f"{text}{between}" for text in texts))
        else:
            at = file.end_of(old, after)
            at = at if old.flow else file.line_end(at)
            yield Splice(at, at, "".join(f"{between}{text}" for text in texts))


def _typed(value: object, indent: int, path: Path, *, block: bool = True) -> str:
    """Return *value* as it is typed behind a key that is indented; in lines of their own only in a *block*."""
    if isinstance(value, Keys):
        keys = _ordered(value, path)
        texts = [f"{key}:{_typed(value[key], 0, _below(path, key), block=False)}" for key in keys]
        if block and path == (VALUES,):
            return "".join(f"\n{' ' * (indent + 2)}{text}" for text in texts)
        return f" {{{', '.join(texts)}}}"
    if isinstance(value, Items):
        return f" [{', '.join(_text(str(item)) for item in value)}]"
    if isinstance(value, bool):
        return f" {value}".lower()
    return " " + _text(str(value), indent + 2 if block else 0)


def _text(text: str, indent: int = 0) -> str:
    """Return a text as it is typed: bare, in quotes or, with an *indent*, in lines below its key."""
    if _PLAIN.fullmatch(text) and text.lower() not in _FLAGS and len(text) < WIDTH - indent:
        return text
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    if indent and " " in text and " ".join(lines) == text and all(map(_LINE.match, lines)):
        return ">-" + "".join(f"\n{' ' * indent}{line}" for line in lines)
    return json.dumps(text, ensure_ascii=False)
