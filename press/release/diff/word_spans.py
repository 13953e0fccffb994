"""Compare two lines of text word by word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "old", "new"]
MOST = 4000  # words of a text that are compared one by one: the time grows with their square
LEAST = 0.2  # part of the words that two texts share, or else they are not compared word by word
_WORD = re.compile(r"\w+(?:[.,'’–-]\w+)*|\s+|[^\w\s]")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class WordToken:
    """A word, a space or a sign."""

    same: str  # two tokens are the same where this is; of what is no text, it begins with '\0'
    shown: str


Line = tuple[WordToken, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that both sides have, or one of them."""

    kind: Kind
    text: str


def line(text: str) -> Line:
    """Return plain text as tokens; what would act on a terminal, or is not seen, is shown escaped."""
    return tuple(WordToken(word, visible(word)) for word in _WORD.findall(text))


def joined(tokens: Iterable[WordToken]) -> Line:
    """Return *tokens* with the text between marks cut into words anew, wherever its parts began."""
    out: list[WordToken] = []
    for mark, run in groupby(tokens, lambda token: token.same.startswith("\0")):
        some = list(run)
        out += some if mark else line("".join(token.same for token in some))
    return tuple(out)


def visible(text: str) -> str:
    r"""Return *text* with each character that shows nothing escaped as '\x1b'; a line's end stays."""
    return "".join(
        _escaped(char) if unicodedata.category(char) in _UNSEEN and char != "\n" else char
        for char in text
    )


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def shown(tokens: Iterable[WordToken]) -> str:
    """Return the text of *tokens*."""
    return "".join(token.shown for token in tokens)


def same(old: Line, new: Line) -> bool:
    """Return True if a reader sees the same."""
    return [token.same for token in old] == [token.same for token in new]


def spans(old: Line, new: Line) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both sides in spans: the old one's are 'same' or 'old', the new one's 'same' or 'new'."""
    if not old or not new or max(len(old), len(new)) > MOST:
        return _joined([("old", old)]), _joined([("new", new)])
    before: list[tuple[Kind, Line]] = []
    after: list[tuple[Kind, Line]] = []
    for equal, first, second in _stretches(old, new):
        before.append(("same" if equal else "old", first))
        after.append(("same" if equal else "new", second))
    return _joined(before), _joined(after)


def _stretches(old: Line, new: Line) -> Iterator[tuple[bool, Line, Line]]:
    """Yield what both have and what they don't, in turn; a space between two changes belongs to them."""
    matcher = SequenceMatcher(
        None, [token.same for token in old], [token.same for token in new], autojunk=False
    )
    codes = matcher.get_opcodes()
    kept = sum(_words(old[i1:i2]) for tag, i1, i2, _, _ in codes if tag == "equal")
    if kept < LEAST * max(_words(old), _words(new)):
        yield False, old, new
        return
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        inside = 0 < place < len(codes) - 1
        blank = not shown(old[i1:i2]).strip()
        yield tag == "equal" and not (inside and blank), old[i1:i2], new[j1:j2]


def _words(tokens: Line) -> int:
    return sum(token.shown.isalnum() for token in tokens)


def _joined(stretches: list[tuple[Kind, Line]]) -> tuple[Span, ...]:
    out: list[Span] = []
    for kind, tokens in stretches:
        text = shown(tokens)
        if out and out[-1].kind == kind:
            out[-1] = Span(kind, out[-1].text + text)
        elif text:
            out.append(Span(kind, text))
    return tuple(
        Span(span.kind, _blank(span.text)) if span.kind != "same" else span for span in out
    )


def _blank(text: str) -> str:
    """Return *text*; where it is nothing but space, in signs that can be seen."""
    if text.strip():
        return text
    return "".join({" ": "␣", "\n": "¶"}.get(char) or _escaped(char) for char in text)
