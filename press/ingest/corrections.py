"""Correct where passages begin and end, as the author of a source has written it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from press.content.model.sources import DIGITS, Correction
from press.content.scalar import Scalar
from press.ingest.passages import Piece, located
from press.problems import Problem, counted

RULE = "passage"


class Corrected(NamedTuple):
    """The passages as their author wants them, with locators."""

    pieces: tuple[Piece, ...]
    beginnings: tuple[str, ...]  # digits of the passage that each correction is about
    problems: tuple[Problem, ...]  # with those that fit nowhere


def corrected(found: Sequence[Piece], corrections: Sequence[Correction], way: str) -> Corrected:
    """Return the passages as *corrections* want them.

    Each is done to what the ones before it have left. One that an earlier run has seen names its passage by the
    fingerprint, so that it stays with it where the text around it changes; a new one by the locator alone.
    """
    pieces, problems, beginnings = located(found, way), list[Problem](), list[str]()
    seen = [[piece.words for piece in pieces]]
    for each in corrections:
        at = _place(pieces, each)
        typed = each.join or each.split or Scalar("")
        beginnings.append("" if at is None else pieces[at].fingerprint[:DIGITS])
        message = ""
        if at is None or (each.join and at + 1 == len(pieces)):
            message = f"no passage is {typed} any more, or none follows it"
        elif each.words and not 0 < each.words < len(pieces[at].words.split()):
            message = f"passage {typed} has {counted(len(pieces[at].words.split()), 'word')}"
        else:
            first, *rest = pieces[at:]
            parts = (
                [replace(first, words=f"{first.words} {rest.pop(0).words}")]
                if each.join
                else [*_split(first, each)]
            )
            done = located([*pieces[:at], *parts, *rest], way)
            if (words := [piece.words for piece in done]) in seen:
                message = f"what is done to {typed} here undoes another correction"
            else:
                seen.append(words)
                pieces = done
        if message:
            way_out = "take this correction out, or write it anew"
            problems.append(Problem(typed.place, f"{message}; {way_out}", RULE))
    return Corrected(pieces, tuple(beginnings), tuple(problems))


def _place(pieces: Sequence[Piece], each: Correction) -> int | None:
    for number, piece in enumerate(pieces):
        if each.begins and piece.fingerprint.startswith(each.begins):
            return number
        if not each.begins and piece.locator == (each.join or each.split):
            return number
    return None


def _split(piece: Piece, each: Correction) -> Iterator[Piece]:
    words = piece.words.split()
    yield replace(piece, words=" ".join(words[: each.words]))
    yield replace(piece, words=" ".join(words[each.words :]), begins=False)
