"""Divide a paragraph into sentences, and cite claims where their sentences end."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import dropwhile, groupby, pairwise, takewhile
from operator import itemgetter
from typing import Final, NamedTuple

from press.content.text.boundaries import CITE, CLOSERS, OPENING, SIGNS, VALUE, ends
from press.content.text.inline import merge_words
from press.content.text.parts import (
    Bold,
    Cite,
    Holder,
    Inline,
    Italic,
    Leaf,
    Placeholder,
    TextParagraph,
    Words,
)

_AS_TYPED: Final = str.maketrans(dict.fromkeys((VALUE, CITE, OPENING), "x"))
_LEADING: Final = (":", "\u2013", "\u2014")  # what ends a lead
_LAST_SIGN: Final = re.compile(rf"\s*+[{SIGNS}]++[{re.escape(CLOSERS)}\s]*+")


class _Atom(NamedTuple):
    """A leaf and what holds it, the outermost first."""

    leaf: Leaf
    within: tuple[Holder, ...] = ()


def sentences(paragraph: TextParagraph, language: str) -> tuple[tuple[Inline, ...], ...]:
    """Return the sentences; white space between two belongs to the second, so they add up.

    What reaches over two sentences, such as a link, is in both, with its share of the words.
    """
    return tuple(_tree(sentence) for sentence in _sentences(paragraph, language))


@lru_cache(maxsize=4096)  # a text is read by the checks, and is in two depths of a brief
def cite_at_sentence_ends(paragraph: TextParagraph, language: str) -> TextParagraph:
    """Return *paragraph* with each value's claim cited after the end of the sentence or lead that holds it.

    A citation typed between the two is joined by the claims of the values before it; others stay where they
    are, and in a group each claim is named once. A group divides what it is in, a Hyperlink too.
    """
    cited = (atom for sentence in _sentences(paragraph, language) for atom in _cited(sentence))
    return replace(paragraph, children=_tree(_once_a_group(cited)))


def _cited(sentence: list[_Atom]) -> list[_Atom]:
    """Return a sentence, which may begin with a lead, with its values cited."""
    lead, rest = _parted(sentence)
    before, after = _with_values_cited(lead), _with_values_cited(rest)
    first = takewhile(_cites, dropwhile(lambda atom: not _cites(atom), after))
    own = {atom.leaf.claim for atom in lead if isinstance(atom.leaf, Placeholder)}
    both = own <= {atom.leaf.claim for atom in first if isinstance(atom.leaf, Cite)}
    return (lead if both else before) + after  # where both rest on the same, one mark is enough


def _parted(sentence: list[_Atom]) -> tuple[list[_Atom], list[_Atom]]:
    """Return the lead of a sentence, bold or italic words and the colon after them or in them, and the rest."""
    groups = groupby(sentence, lambda atom: id(atom.within[0]) if atom.within else 0)
    pieces = [list(group) for _, group in groups]
    blank = pieces.pop(0) if pieces and not "".join(map(_text, pieces[0])).strip() else []
    if not pieces or not isinstance(next(iter(pieces[0][0].within), None), Bold | Italic):
        return [], sentence
    lead, rest = [*blank, *pieces[0]], [atom for piece in pieces[1:] for atom in piece]
    if not "".join(map(_text, lead)).rstrip().endswith(_LEADING):
        words = rest[0].leaf if rest else None
        if not isinstance(words, Words) or not words.text.startswith(":"):
            return [], sentence
        after = [_Atom(Words(words.text[1:], words.at + 1))] if words.text != ":" else []
        lead, rest = [*lead, _Atom(Words(":", words.at))], [*after, *rest[1:]]
    cited = [*takewhile(_cites, rest)]
    return lead + cited, rest[len(cited) :]


def _text(atom: _Atom) -> str:
    return atom.leaf.text if isinstance(atom.leaf, Words) else VALUE


def _cites(atom: _Atom) -> bool:
    return isinstance(atom.leaf, Cite)


def _with_values_cited(atoms: list[_Atom]) -> list[_Atom]:
    """Return *atoms* with the claims of values cited before the citation that comes next, or else at the end."""
    body, tail = _gathered(atoms)
    placed: list[_Atom] = []
    waiting: list[Cite] = []
    for atom in body:
        if isinstance(atom.leaf, Cite):
            placed += [atom._replace(leaf=cite) for cite in waiting]
            waiting = []
        elif isinstance(atom.leaf, Placeholder):
            waiting.append(Cite(atom.leaf.claim, atom.leaf.at))
        placed.append(atom)
    return [*placed, *map(_Atom, waiting), *tail]


def _once_a_group(atoms: Iterable[_Atom]) -> Iterator[_Atom]:
    """Yield atoms, of citations side by side only the first to each claim."""
    claims: set[str] = set()
    for atom in atoms:
        if not isinstance(atom.leaf, Cite):
            claims = set()
        elif atom.leaf.claim in claims:
            continue
        else:
            claims.add(atom.leaf.claim)
        yield atom


def _gathered(sentence: list[_Atom]) -> tuple[list[_Atom], list[_Atom]]:
    """Return the sentence without the citations beside its last sign, and these."""
    kinds = "".join(_kind(atom.leaf) for atom in sentence)
    rest = kinds.rstrip("c ")
    if rest.endswith("."):
        rest = rest[:-1].rstrip("c ")
    body, tail = sentence[: len(rest)], sentence[len(rest) :]
    typed = [_Atom(leaf) for leaf, _ in tail if isinstance(leaf, Cite)]
    signs = [atom for atom in tail if _kind(atom.leaf) == "."]
    if typed:
        body, signs = _without_space_after(body), _without_space_after(signs)
    return body + signs, typed


def _kind(leaf: Leaf) -> str:
    """Return a letter for what a leaf is at the end of a sentence."""
    if isinstance(leaf, Cite):
        return "c"
    if not isinstance(leaf, Words):
        return "x"
    if leaf.text.isspace():
        return " "
    return "." if _LAST_SIGN.fullmatch(leaf.text) else "x"


def _without_space_after(body: list[_Atom]) -> list[_Atom]:
    if not body or not isinstance(last := body[-1].leaf, Words):
        return body
    return [*body[:-1], body[-1]._replace(leaf=Words(last.text.rstrip(), last.at))]


def _sentences(paragraph: TextParagraph, language: str) -> list[list[_Atom]]:
    atoms = list(_atoms(paragraph.children))
    line, starts = _line(atoms)
    stops = list(ends(line, language))
    pieces = [piece for pair in zip(atoms, starts, strict=True) for piece in _cut(*pair, stops)]
    return [[atom for _, atom in group] for _, group in groupby(pieces, itemgetter(0))]


def _atoms(parts: Iterable[Inline], within: tuple[Holder, ...] = ()) -> Iterator[_Atom]:
    for part in parts:
        if isinstance(part, Holder):
            yield from _atoms(part.children, (*within, part))
        else:
            yield _Atom(part, within)


def _line(atoms: Iterable[_Atom]) -> tuple[str, list[int]]:
    """Return the atoms as characters for `ends`, and where each begins there."""
    line, length, starts = [], 0, []
    before: set[int] = set()
    for leaf, within in atoms:
        holders = set(map(id, within))
        sign = CITE if isinstance(leaf, Cite) else VALUE
        text = leaf.text.translate(_AS_TYPED) if isinstance(leaf, Words) else sign
        opening = OPENING if holders - before else ""
        starts.append(length + len(opening))
        line.append(opening + text)
        length += len(line[-1])
        before = holders
    return "".join(line), starts


def _cut(atom: _Atom, start: int, stops: Sequence[int]) -> Iterator[tuple[int, _Atom]]:
    """Yield the pieces of an atom, each with the number of its sentence."""
    if not isinstance(words := atom.leaf, Words):
        yield bisect_right(stops, start), atom
        return
    end = start + len(words.text)
    inner = stops[bisect_right(stops, start) : bisect_left(stops, end)]
    for begin, stop in pairwise((start, *inner, end)):
        piece = Words(words.text[begin - start : stop - start], words.at + begin - start)
        yield bisect_right(stops, begin), atom._replace(leaf=piece)


def _tree(atoms: Iterable[_Atom], depth: int = 0) -> tuple[Inline, ...]:
    """Put atoms back into what held them; what is divided keeps its place in both halves."""
    grown: list[Inline] = []
    for _, group in groupby(
        atoms, lambda atom: id(atom.within[depth]) if atom.within[depth:] else 0
    ):
        inside = list(group)
        if inside[0].within[depth:]:
            holder = inside[0].within[depth]
            grown.append(replace(holder, children=_tree(inside, depth + 1)))
        else:
            grown += [atom.leaf for atom in inside]
    return merge_words(grown)
