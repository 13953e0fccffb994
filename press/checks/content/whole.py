"""Check that a text is whole: that it does not break off, says nothing twice and does not wait to be written."""

import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from press.checks.content.numbers import habits_in, spoken_in
from press.checks.content.texts import Typed, slips, texts
from press.checks.phrases import line_of
from press.content.languages import LANGUAGES
from press.content.library import ALL, Draft, Fault, fault
from press.content.model.blocks import QuoteBlock
from press.content.text.markdown import Markdown
from press.content.text.parts import Own, Placeholder, TextParagraph, paragraphs
from press.content.text.sentences import sentences
from press.problems import Severity

LONGEST = 40  # words that are looked for twice in a row
LEAST = 3  # words of a sentence that is looked for twice
# kinds of block
SENTENCES = ("message", "problem", "paragraph", "note", "objection", "quote", "ask")
SPOKEN = ("text", "words", "says", "answer")  # fields of these
END = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
BEGUN = re.compile(r"[^\W\d_]{2,}")  # and small
LOST = re.compile(r"(?<=\S)\s+(?P<sign>[.,;:!?])(?=\s|\Z)|(?<=[^\W\d_])(?P<gap> {2,})(?=[^\W\d_])")
BROKEN = re.compile(r"[,(\[–—-]\Z")
WAITING = r"\b(?:TODO|FIXME|TBD|TBC|TBA|XXX+|TKTK)\b|\?\?\?|<{4}|>{4}|(?i:\blorem ipsum\b)"  # in any language
UNWRITTEN = re.compile(r"\bto be written:.{0,60}", re.IGNORECASE)  # by `inv new`, in any language
# a value that is printed, and again after at most three words
AGAIN = re.compile(
    r"\{(?P<value>\w+\.\w+)(?::(?!year)\w+)?\}(?:\s+[^\s{}]+){0,3}\s+(?P<again>\{(?P=value)(?::(?!year)\w+)?\})"
)
RUN = re.compile(r"[^\x00-\x7f]{2,}")
READABLE = re.compile(
    r"[\x80-\u017f\u0400-\u045f\u2010-\u20cf\u2190-\u21ff\ufeff\U0001f300-\U0001faff]+"
)


class Note(NamedTuple):
    """What is wrong at an offset of a text."""

    at: int
    message: str
    rule: str = "whole"
    severity: Severity = "error"


def check(draft: Draft) -> Iterator[Fault]:
    """Yield texts that break off, repeat themselves, wait to be written or were read in a wrong encoding."""
    cut = frozenset(" ".join(habits.dangling for habits in habits_in(draft)).split())
    waiting = "|".join(filter(None, (habits.waiting for habits in habits_in(draft))))
    bracket = rf"\[(?!\^)[^\]\n]{{0,40}}\b(?:{waiting or '(?!)'})[^\]\n]{{0,40}}\](?!\()"
    waits = re.compile(rf"{WAITING}|(?i:{bracket})")
    quotes = [habits.quotes for habits in habits_in(draft)]
    pairs = ["()", '""', "«»", *(each[at : at + 2] for each in quotes for at in (0, 2))]
    language = next(iter(spoken_in(draft)), "")  # sentences of all end alike
    for typed in (*texts(draft), *_signed(draft)):
        unwritten = [*_unwritten(draft, typed)]
        notes = [*_waiting(str(typed.scalar), waits), *unwritten]
        if isinstance(typed.scalar, Markdown) and not (
            typed.scalar.faults or any(slips(draft, typed.scalar))
        ):
            kind = draft.kinds.get(typed.owner.removeprefix("block:"), "")
            notes += () if unwritten else _cut(typed, typed.scalar, kind, cut)
            notes += _lost(typed, typed.scalar, kind)
            notes += _open(typed.scalar, pairs)
            notes += _twice(typed.scalar, language) if language in LANGUAGES else ()
        for note in notes:
            place = typed.scalar.at(note.at)
            yield fault(place, note.message, note.rule, typed.owner, note.severity)


def _signed(draft: Draft) -> Iterator[Typed]:
    """Yield who has signed a statement."""
    for key, block in draft.blocks.items():
        if isinstance(block, QuoteBlock):
            signed = {"who": block.who, "role": block.role, "institution": block.institution}
            yield from (Typed(f"block:{key}", name, word) for name, word in signed.items())


def _waiting(line: str, waiting: re.Pattern[str]) -> Iterator[Note]:
    for match in waiting.finditer(line):
        yield Note(match.start(), f"'{match[0]}' waits to be replaced; write what belongs there")
    for match in RUN.finditer(line):
        try:
            meant = match[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        if READABLE.fullmatch(meant):
            message = f"'{match[0]}' is '{meant}' in a wrong encoding; type it again"
            yield Note(match.start(), message, "character")


def _unwritten(draft: Draft, typed: Typed) -> Iterator[Note]:
    """Yield what `inv new` has begun: an error where a final brief prints it, or may print it."""
    for match in UNWRITTEN.finditer(str(typed.scalar)):
        briefs = draft.owners(typed.owner) or (draft.briefs if typed.owner == ALL else ())
        final = any(draft.briefs[name].status == "final" for name in briefs if name in draft.briefs)
        message = f"'{match[0]}' has no words of its own yet; write what belongs there"
        yield Note(match.start(), message, "unwritten", "error" if final else "warning")


def _cut(typed: Typed, markdown: Markdown, kind: str, cut: frozenset[str]) -> Iterator[Note]:
    """Yield where a paragraph, or the last item of a list, breaks off."""
    last = markdown.parts[-1]
    for paragraph in (deque(paragraphs([part]), 1)[0] for part in markdown.parts):
        line = line_of(paragraph.children, lambda _: "0").text.rstrip()
        whole = kind in SENTENCES and paragraph is last and typed.name in SPOKEN
        if not END.search(line) and (
            whole or BROKEN.search(line) or line.rpartition(" ")[2] in cut
        ):
            message = f"this breaks off after '{line[-30:]}'; end the sentence"
            yield Note(paragraph.at, message)


def _lost(typed: Typed, markdown: Markdown, kind: str) -> Iterator[Note]:
    """Yield where a word or line seems to be lost: before a sign, between two blanks, above a small letter."""
    for paragraph in paragraphs(markdown.parts):
        line = line_of(paragraph.children, lambda _: "0")
        for found in LOST.finditer(line.text):
            if sign := found["sign"]:
                message = f"nothing stands before this '{sign}': put back what is lost, or take the space out"
                yield Note(line.at[found.start("sign")], message)
            else:
                message = "two spaces stand between these words: is something lost there? else take one out"
                yield Note(line.at[found.start("gap")], message, severity="warning")
    spoken = (kind in SENTENCES and typed.name in SPOKEN) or typed.name == "claim"
    for first in markdown.parts[:1] if spoken else ():
        line = line_of(first.children if isinstance(first, TextParagraph) else (), lambda _: "0")
        if (word := BEGUN.match(line.text)) and word[0].islower():
            message = "this begins with a small letter: is a line above it lost?"
            yield Note(line.at[0], message, severity="warning")


def _open(markdown: Markdown, pairs: list[str]) -> Iterator[Note]:
    """Yield brackets and quotation marks without a partner; a quotation may go on in the next paragraph."""
    every = [line_of(paragraph.children, lambda _: "0") for paragraph in paragraphs(markdown.parts)]
    for line, after in zip(every, [*(each.text for each in every[1:]), ""], strict=True):
        for pair in pairs:
            left = list[int]()
            for at in (at for at, sign in zip(line.at, line.text, strict=True) if sign in pair):
                if left and markdown[at] == pair[1]:
                    left.pop()
                elif markdown[at] != "’":  # which may be an apostrophe
                    left.append(at)
            for at in left if pair == "()" or not after.startswith(pair[0]) else ():
                if markdown[max(0, at - 1)] != "\\":
                    sign = markdown[at]
                    yield Note(at, f"this {sign} has no partner; add it, or type \\{sign}")


def _twice(markdown: Markdown, language: str) -> Iterator[Note]:
    """Yield sentences that are in a text twice, and words that follow themselves."""
    seen: set[str] = set()
    for paragraph in paragraphs(markdown.parts):
        for children in sentences(paragraph, language):
            line = line_of(children, _as_typed)
            words = list(re.finditer(r"\S+", line.text))
            said = [word[0].casefold() for word in words]
            if len(said) >= LEAST and " ".join(said) in seen:
                message = "this sentence is in the text twice; take one out"
                yield Note(line.at[words[0].start()], message, severity="warning")
            seen.add(" ".join(said))
            for at, number in _repeated(said):
                what = line.text[words[at].start() : words[at + number - 1].end()]
                message = f"'{what[:40]}' is here twice; take one out"
                yield Note(line.at[words[at].start()], message, severity="warning")
            for found in AGAIN.finditer(line.text):
                what = f"'{{{found['value']}}}' is printed twice in a row; take one out"
                message = f"{what} (':unit' prints the number and its unit)"
                yield Note(line.at[found.start("again")], message, severity="warning")


def _as_typed(part: Placeholder | Own) -> str:
    ref = f"{part.claim}.{part.name}" if isinstance(part, Placeholder) else part.name
    return f"{{{ref}:{part.form}}}" if isinstance(part, Placeholder) and part.form else f"{{{ref}}}"


def _repeated(words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where words follow themselves, and how many."""
    at = 0
    while at < len(words):
        most = min(LONGEST, (len(words) - at) // 2)
        repeats = (
            n for n in range(most, 0, -1) if words[at : at + n] == words[at + n : at + 2 * n]
        )
        if number := next(repeats, 0):
            yield at + number, number
        at += max(1, 2 * number)
