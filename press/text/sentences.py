"""Where sentences end: a paragraph in, its sentences or the paragraph with its citations out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

from press.text.parts import Cite, Emphasis, Inline, Leaf, Link, Own, Paragraph, Strong, Value, Words
from press.text.tree import joined


class _Atom(NamedTuple):
    """A leaf and what it stands in, the outermost first."""

    leaf: Leaf
    within: tuple[Strong | Emphasis | Link, ...] = ()


def sentences(paragraph: Paragraph) -> tuple[tuple[Inline, ...], ...]:
    """Return the sentences; white space between two belongs to the second, so they add up.

    A part that reaches over two sentences is in both, each time with what that sentence has of it.
    """
    return tuple(tuple(_tree(sentence)) for sentence in _sentences(paragraph))


def cited_at_sentence_ends(paragraph: Paragraph) -> Paragraph:
    """Return *paragraph* with each value's claim cited behind the end of its sentence.

    Citations typed beside the last sign of a sentence join that group, in which each claim stands
    once; others stay where they are. A group divides Strong and Emphasis, but never a Link.
    """
    placed: list[_Atom] = []
    waiting: list[_Atom] = []
    for sentence in _sentences(paragraph):
        body, group = _gathered(sentence)
        for atom in body:
            if waiting and not _same_link(placed, atom):
                placed += _once(waiting)
                waiting = []
            placed.append(atom)
        waiting += group
    return replace(paragraph, children=tuple(_tree(placed + _once(waiting))))


def _same_link(placed: list[_Atom], atom: _Atom) -> bool:
    before = {id(part) for part in placed[-1].within} if placed else set()
    return any(isinstance(part, Link) and id(part) in before for part in atom.within)


def _once(cites: list[_Atom]) -> list[_Atom]:
    return list({atom.leaf.claim: atom for atom in reversed(cites)}.values())[::-1]


def _gathered(sentence: list[_Atom]) -> tuple[list[_Atom], list[_Atom]]:
    """Take from the sentence what is cited at its end: values, then citations beside its last sign."""
    group = [
        _Atom(Cite(atom.leaf.claim, atom.leaf.at))
        for atom in sentence
        if isinstance(atom.leaf, Value)
    ]
    ...
