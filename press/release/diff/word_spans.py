"""Compare two lines of text word by word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
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


@lru_cache(1 << 14)  # two editions have most of their texts in common
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
    if text.isprintable():  # nearly all is
        return text
    return "".join(
        _escaped(char) if unicodedata.category(char) in _UNSEEN and char != "\n" else char
        for char in text
    )


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def shown(tokens: Iterable[WordToken]) -> str:
    """Return the text of *tokens*."""
    return "".join(token.shown for token in tokens)


def words(tokens: Iterable[WordToken]) -> str:
    """Return the text of *tokens* without marks: these are counted anew at times."""
    return shown(token for token in tokens if not token.same.startswith("\0")).strip()


def same(old: Line, new: Line) -> bool:
    """Return True if a reader sees the same."""
    return [token.same for token in old] == [token.same for token in new]


def spans(old: Line, new: Line) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return both sides in spans: the old one's are 'same' or 'old', the new one's 'same' or 'new'."""
    stretches = list(_stretches(old, new))
    return (
        _joined(("same" if equal else "old", before) for equal, before, _ in stretches),
        _joined(("same" if equal else "new", after) for equal, _, after in stretches),
    )


def _stretches(old: Line, new: Line) -> Iterator[tuple[bool, Line, Line]]:
    """Yield what both have and what they don't, in turn; a space between two changes belongs to them."""
    if not old or not new or max(len(old), len(new)) > MOST:
        yield False, old, new
        return
    matcher = SequenceMatcher(
        None, [token.same for token in old], [token.same for token in new], autojunk=False
    )
    codes = matcher.get_opcodes()
    kept = sum(_count(old[i1:i2]) for tag, i1, i2, _, _ in codes if tag == "equal")
    if kept < LEAST * max(_count(old), _count(new)):
        yield False, old, new
        return
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        inside = 0 < place < len(codes) - 1
        blank = not shown(old[i1:i2]).strip()
        yield tag == "equal" and not (inside and blank), old[i1:i2], new[j1:j2]


def _count(tokens: Line) -> int:
    """Return the number of words among *tokens*."""
    return sum(token.shown.isalnum() for token in tokens)


def _joined(stretches: Iterable[tuple[Kind, Line]]) -> tuple[Span, ...]:
    texts = ((kind, text) for kind, tokens in stretches if (text := shown(tokens)))
    runs = ((kind, "".join(text for _, text in run)) for kind, run in groupby(texts, itemgetter(0)))
    return tuple(Span(kind, text if kind == "same" else _blank(text)) for kind, text in runs)


def _blank(text: str) -> str:
    """Return *text*; where it is nothing but space, in signs that can be seen."""
    if text.strip():
        return text
    return "".join({" ": "␣", "\n": "¶"}.get(char) or _escaped(char) for char in text)
