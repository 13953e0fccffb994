"""Check what stands beside a value as it is printed, so that nothing changes what it says."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, dropwhile, takewhile
from typing import NamedTuple

from press.checks.content.numbers import habits_in
from press.checks.content.texts import texts
from press.checks.content.units import named, signs
from press.checks.phrases import line_of
from press.content.arithmetic import PERCENT
from press.content.languages import Habits
from press.content.library import Draft, Fault, fault
from press.content.model.claims import Value
from press.content.text import parts as text
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs

VALUE, YEAR = "\0", "\1"  # one character for each: a year may have others beside it, as '2011–2012'
WHOLE = 100  # percent
NEAR = 60  # characters on each side that are looked at
DASH = r"[\s\u2010-\u2015-]"
WORD = rf"{DASH}+[^\W\d_]+"
OPEN = {VALUE: r"\A|[\s(\[“‘\"'«—]"}
OPEN[YEAR] = rf"{OPEN[VALUE]}|[^\W\d_][-‐‑]|{YEAR}[–/-]"
CLOSE = {VALUE: r"(?:°[CF]?)?(?:[’']s(?!\w)|[-‐‑](?=[^\W\d_])|[.,;:!?…)\]”’\"'»]*(?:\Z|[\s—]))"}
CLOSE[YEAR] = rf"{CLOSE[VALUE]}|[–/-](?={YEAR})"
SIGN = r"[−+±~≈<>≤≥=×÷^]"


class Patterns(NamedTuple):
    """What changes a value in the languages of a series; spaces and hyphens are alike."""

    bound: re.Pattern[str]
    hedge: re.Pattern[str]
    behind: re.Pattern[str]
    scale: re.Pattern[str]
    factor: re.Pattern[str]
    rate: re.Pattern[str]
    average: re.Pattern[str]
    averaged: re.Pattern[str]
    an_average: re.Pattern[str]
    counted: re.Pattern[str]
    whole: re.Pattern[str]
    percent: re.Pattern[str]


def check(draft: Draft) -> Iterator[Fault]:
    """Yield where a bound, a scale, a sign, a letter or another value would change what a value says."""
    spoken = habits_in(draft)
    known = _patterns(spoken)
    for typed in texts(draft):
        if isinstance(typed.scalar, Markdown) and not typed.scalar.faults:
            for paragraph in paragraphs(typed.scalar.parts):
                for at, message in _beside(draft, paragraph, known, spoken):
                    yield fault(typed.scalar.at(at), message, "value", typed.owner)


def _patterns(spoken: list[Habits]) -> Patterns:
    def made(form: str, words: Callable[[Habits], Iterable[str]]) -> re.Pattern[str]:
        every = "|".join(each for habits in spoken for each in words(habits)) or "(?!)"
        pattern = form.format(f"(?P<words>{every})").replace(" ", f"{DASH}+")
        return re.compile(pattern, re.IGNORECASE)

    before = r"(?<!\w){}[\s(“‘\"']*\Z"
    return Patterns(
        made(before, lambda habits: (*habits.bounding, *habits.bounds.values())),
        made(before, lambda habits: habits.hedges),
        made(rf",?{DASH}+{{}}(?!\w)", lambda habits: habits.behind),
        made(rf"{DASH}*{{}}(?!\w)", lambda habits: habits.scales),
        made(before, lambda habits: habits.factors),
        made(rf"(?P<between>(?:{WORD}){{{{0,3}}}})[\s(/-]+{{}}(?!\w)", lambda habits: habits.rates),
        made(before, lambda habits: habits.averages),
        made(rf"(?:{WORD}){{{{0,3}}}},?{DASH}+{{}}(?!\w)", lambda habits: habits.averaged),
        made(r"(?<!\w){}(?!\w)", lambda habits: (*habits.averages, *habits.averaged)),
        made(
            rf"[\s-]+{{}}(?!\w)(?:{WORD})?",
            lambda habits: (
                *habits.counted,
                *(f"(?<!-){sign}" for sign in chain(*habits.units.values())),
            ),
        ),
        made(rf"\s+{{}}(?!\w)(?:{WORD})?", lambda habits: habits.wholes),
        made(r"\s*{}(?!\w)", lambda habits: habits.percent),
    )


def _beside(
    draft: Draft, paragraph: text.TextParagraph, known: Patterns, spoken: list[Habits]
) -> Iterator[tuple[int, str]]:
    line = line_of(paragraph.children, lambda part: _kind(draft, part))
    every = text.walk(paragraph.children)
    values = [part for part in every if isinstance(part, text.Placeholder | text.Own)]
    for match, part in zip(re.finditer(f"[{VALUE}{YEAR}]", line.text), values, strict=True):
        at = match.start()
        before, after = line.text[max(0, at - NEAR) : at], line.text[at + 1 : at + NEAR]
        value = _value(draft, part)
        if value and match[0] == VALUE:
            for offset, message in _reworded(value, before, after, known, spoken):
                yield line.at[at - offset], message
            shown = f" {value.unit}{after}" if getattr(part, "form", "") == "unit" else after
            message = _recounted(value, shown, known, spoken)
            if message := message or _averaged(draft, part, before, after, known):
                yield line.at[at], message
            elif shown != after and (twice := _of_unit(value, after)):
                yield line.at[at], f"this prints its unit by itself; take '{twice}' out"
        elif message := _misdated(draft, part, before, after, spoken):
            yield line.at[at], message
        if message := _touched(match[0], before, after, known):
            yield line.at[at], message


def _misdated(
    draft: Draft, part: text.Placeholder | text.Own, before: str, after: str, spoken: list[Habits]
) -> str:
    """Return why the year of a value, with its unit behind it, would be read as the number, or ''."""
    if isinstance(part, text.Own) or part.form != "year":
        return ""
    value, ref = draft.value(f"{part.claim}.{part.name}"), f"{part.claim}.{part.name}"
    dating = "|".join(habits.dating for habits in spoken)
    if not value or not _of_unit(value, after) or re.search(rf"(?i)\b(?:{dating})\s+\Z", before):
        return ""
    return f"this prints the year of '{ref}' as a number of {value.unit}; print {{{ref}}}"


def _value(draft: Draft, part: text.Placeholder | text.Own) -> Value | None:
    """Return the value that *part* prints, None for a date, or the year of a value."""
    if isinstance(part, text.Own) or part.form == "year":
        return None
    return draft.value(f"{part.claim}.{part.name}")


def _kind(draft: Draft, part: text.Placeholder | text.Own) -> str:
    value = _value(draft, part)
    dated = value.unit == "year" if value else getattr(part, "form", "year") == "year"
    return YEAR if dated else VALUE


def _reworded(
    value: Value, before: str, after: str, known: Patterns, spoken: list[Habits]
) -> Iterator[tuple[int, str]]:
    """Yield words that bound or multiply *value*, and how many characters before it they begin."""
    way_out = "a value prints its bound by itself; take '{}' out"
    bound = known.bound.search(before)
    if bound is None and value.bound != "exact":
        bound = known.hedge.search(before)
    if bound:
        yield len(before) - bound.start(), way_out.format(bound["words"])
    if bound := known.behind.match(after):
        yield 0, way_out.format(bound["words"])
    for words in (known.scale.match(after), known.factor.search(before)):
        if words and words["words"] not in (value.unit, *signs(str(value.unit), spoken)):
            yield 0, f"'{words['words']}' makes another value of this one; take it out"


def _recounted(value: Value, after: str, known: Patterns, spoken: list[Habits]) -> str:
    """Return why the words behind *value* would make it count something else than its unit, or ''."""
    unit, small = str(value.unit), " ".join(habits.small for habits in spoken).split()
    rate, whole = known.rate.match(after), known.whole.match(after)
    each = rate and (not rate["between"] or named(unit, rate["between"].split()[-1], spoken))
    if rate and each and not known.rate.match(f" {unit}"):
        return (
            f"this value is of {unit}, and no rate; take '{rate['words']}' out, or add it to 'unit'"
        )
    over = value.unit == PERCENT and value.quantity.high > WHOLE
    if value.signed:
        part = f"no part is more than the whole; take '{whole['words']}' out" if whole else ""
        return part if over else ""
    if value.quantity.high > 1 and (one := _of_unit(value, after)) and one not in unit.split():
        after = after.partition(one)[2]  # 'garden beds' are no gardens
    for words in filter(None, (known.counted.match(after), whole)):
        near = words["words"] if words[0].startswith("-") else words[0]  # '-hectare' gardens
        noun = dropwhile(small.__contains__, near.split())
        phrase = " ".join(takewhile(lambda word: word not in small, noun))
        if phrase and not named(unit, phrase, spoken):
            return (
                f"this value counts {unit}, not '{phrase}'; print its own unit, or correct 'unit'"
            )
    return ""


def _of_unit(value: Value, after: str) -> str:
    """Return the first word behind *value* if it is one of its unit, of one or of many, or ''."""
    word = (re.match(rf"{WORD}", after) or [""])[0].lstrip()
    forms = {word, f"{word}s", f"{word}es", f"{word.removesuffix('y')}ies"}
    return word if word and not forms.isdisjoint(str(value.unit).split()) else ""


def _averaged(
    draft: Draft, part: text.Placeholder | text.Own, before: str, after: str, known: Patterns
) -> str:
    """Return why the words beside a value would make an average of it, which its claim does not, or ''."""
    found = known.average.search(before) or known.averaged.match(after)
    value = _value(draft, part)
    if not found or not value or isinstance(part, text.Own):
        return ""
    typed = draft.claims[part.claim].claim, value.unit, value.of
    said = any(known.an_average.search(str(each)) for each in typed)
    way_out = f"take '{found['words']}' out, or let the claim say so"
    return "" if said else f"claim '{part.claim}' does not call this an average; {way_out}"


def _touched(kind: str, before: str, after: str, known: Patterns) -> str:
    """Return what is wrong with the signs beside a value of this *kind*, or with the value behind it."""
    if known.percent.match(after):
        return "a value prints its percent sign by itself; take out the one after it"
    if kind == VALUE and re.match(rf"\s+{VALUE}", after):
        return "two values side by side read as one; put words between them"
    if unicodedata.category((before.rstrip() or " ")[-1]) == "Sc":
        return "a value prints its currency by itself; take out the sign before it"
    signed = re.search(rf"{SIGN}\s*\Z", before) or re.match(rf"\s*{SIGN}", after)
    apart = re.search(f"(?:{OPEN[kind]})\\Z", before) and re.match(CLOSE[kind], after)
    if signed or not apart:
        return "nothing may touch a value but a space or a closing sign; put words between"
    return ""
