"""Write claims into files: what is other in place, with all comments, and new ones at the end."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from press.content.reader.lost_lines import lost_lines
from press.content.reader.yaml_tree import build_tree
from press.content.scalar import Items, Keys, Scalar, TextFile
from press.ingest.tables.columns import VALUES, columns
from press.ingest.upgrade.splices import Splice, Splices, UnsureError, origin_of

WIDTH = 116
_PLAIN = re.compile(r"[A-Za-z]([\w ./-]*\w)?", re.ASCII)
_NO_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_PATHS = [column.path for column in columns()]
_KEYS = {key for path in _PATHS for key in path}
KeyPath = tuple[str, ...]  # the keys that lead to a value; '' in the place of the name of a value


def edit(file: Splices, old: Keys, new: Keys, path: KeyPath = ()) -> list[Splice]:
    """Return the splices that make *new* of what is typed as *old*.

    Raises:
        UnsureError: it is typed in a way that no splice is sure of.
    """
    gone = frozenset(str(key) for key in old if key not in new)
    splices = [splice for name in gone for splice in file.remove(old, name, gone)]
    for key in (key for key in old if key in new and old[key] != new[key]):
        before, after, here = old[key], new[key], _below(path, key)
        if isinstance(before, Keys) and isinstance(after, Keys):
            splices += edit(file, before, after, here)
        else:
            splices.append(_replacement(file, old, key, after, here))
    return [*splices, *_additions(file, old, new, path)]


def text_of(claims: Mapping[str, Keys]) -> str:
    """Return new *claims* as they are typed."""
    lines = []
    for name, claim in claims.items():
        lines.append(f"\n{name}:\n")
        lines += (f"  {key}:{_value(claim[key], 2, (key,))}\n" for key in _ordered(claim, ()))
    return "".join(lines)


def _below(path: KeyPath, key: str) -> KeyPath:
    return (*path, "" if path == (VALUES,) else str(key))


def _ordered(keys: Iterable[Scalar], path: KeyPath) -> list[Scalar]:
    """Return the *keys* below a path in the order of a claim; values keep their own."""
    return sorted(keys, key=lambda key: _rank(_below(path, key)))


def _rank(path: KeyPath) -> int:
    named = tuple(filter(None, path))
    return next(at for at, each in enumerate(_PATHS) if each[: len(named)] == named)


def _replacement(file: Splices, holder: Keys, key: Scalar, value: object, path: KeyPath) -> Splice:
    """Return the splice that puts *value* in the place of what is typed under *key*."""
    start, end = file.text.index(":", origin_of(key).end) + 1, file.end_of(holder, key)
    old, indent = holder[key], holder.place.column - 1
    origin = origin_of(old) if isinstance(old, Scalar) else None
    header = file.text[origin.start : origin.body()] if origin else ""
    if "#" in header or file.comments(start, end, old):
        raise UnsureError
    alone = not holder.flow and not file.text[end : file.line_end(end)].strip()
    return Splice(start, end, _value(value, indent, path, block=alone))


def _additions(file: Splices, old: Keys, new: Keys, path: KeyPath) -> Iterator[Splice]:
    """Yield the splices that add keys, each after the one before it in the order of a claim."""
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
            f"{key}:{_value(new[key], indent, _below(path, key), block=not old.flow)}"
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


def _value(value: object, indent: int, path: KeyPath, *, block: bool = True) -> str:
    """Return *value* as it is typed after a key that is indented; in lines of their own only in a *block*."""
    if isinstance(value, Keys):
        keys = _ordered(value, path)
        texts = [f"{key}:{_value(value[key], 0, _below(path, key), block=False)}" for key in keys]
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
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT and len(text) < WIDTH - indent:
        return text
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    if indent and " " in text and " ".join(lines) == text:
        below = ">-" + "".join(f"\n{' ' * indent}{line}" for line in lines)
        tree, _ = build_tree(TextFile("", f"key: {below}\n"))
        if tree and not any(lost_lines(tree, _KEYS)):
            return below
    return json.dumps(text, ensure_ascii=False)
