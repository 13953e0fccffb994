"""Resolve lines of text: show values, cite claims, number notes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from press.content.languages import LANGUAGES
from press.content.library import Draft, Library
from press.content.model import Claim
from press.content.model.sources import marks
from press.content.text import parts as text
from press.content.text.boundaries import VALUE, ends
from press.content.text.markdown import Markdown
from press.content.text.sentences import cite_at_sentence_ends
from press.content.text.typography import tidy
from press.edition import edition as ed
from press.edition import language
from press.problems import ConfigurationError

WORD = re.compile(r"\w")
Own = dict[str, str]  # what the block's own names print, such as `{by}`


@dataclass
class Writer:
    """Writes the blocks of one edition in order, and numbers the claims as they are first used."""

    library: Library
    spoken: str
    numbers: dict[str, int] = field(default_factory=dict)  # claim -> its note
    asked: set[int] = field(default_factory=set)  # notes, since the block began
    figures: int = 0  # so far
    due: str = ""  # the month of the ask
    printed: int = 0  # the last number of a note that a print has

    def note(self, claim: str) -> int:
        """Return the number of the claim's note."""
        number = self.numbers.setdefault(str(claim), len(self.numbers) + 1)
        self.asked.add(number)
        return number

    def marked(self, last: ed.Inlines, *others: ed.Inlines) -> ed.Inlines:
        """Return *last* with the marks of all notes that were asked for, and neither it nor *others* call.

        These belong to what has no marks of its own: a drawing, its labels and its text alternative.
        """
        notes = self.asked - {note for shown in (last, *others) for note in notes_in(shown)}
        return merge_marks((*last, ed.Marks(tuple(sorted(notes))))) if notes else last

    def line(self, typed: Markdown | None, own: Own | None = None) -> ed.Inlines:
        """Return a line of Markdown, its claims cited where their sentences end.

        Raises:
            ConfigurationError: its field takes more than a line.
        """
        match self.parts(typed, own) if typed else ():
            case ():
                return ()
            case (ed.Par(children),):
                return children
        raise ConfigurationError(f"a text is resolved as a line, and may be longer: '{typed}'")

    def parts(self, typed: Markdown, own: Own | None = None) -> ed.Parts:
        """Return Markdown of several paragraphs."""
        return tuple(self._part(part, own or self.own()) for part in typed.parts)

    def own(self, **more: str) -> Own:
        """Return what `{release}`, `{latest}` and the block's own names print."""
        return {**self._of_series, **more}

    @cached_property
    def _of_series(self) -> Own:
        sources = (source for source in self.library.sources.values() if not source.outside)
        release = self.library.series.release
        latest = {language.years(each.dated(release.year)) for each in sources} - {"not stated"}
        released = language.month(release, self.spoken)
        return {"release": released, "latest": language.listed(sorted(latest), self.spoken)}

    def _part(self, part: Any, own: Own) -> ed.Part:  # noqa: ANN401
        if isinstance(part, text.ItemList):
            return ed.Bullets(
                tuple(tuple(self._part(p, own) for p in item) for item in part.items), part.ordered
            )
        return ed.Par(self._inlines(cite_at_sentence_ends(part, self.spoken).children, own, ""))

    def _inlines(self, children: Iterable[Any], own: Own, before: str) -> ed.Inlines:
        out: list[ed.Inline] = []
        for child in children:
            out.append(self._inline(child, own, before))
            before += ed.plain_text((out[-1],))
        return merge_marks(out)

    def _inline(self, child: Any, own: Own, before: str) -> ed.Inline:  # noqa: ANN401
        match child:
            case text.Words():
                return ed.Run(tidy(child.text, LANGUAGES[self.spoken], before))
            case text.Own():
                return ed.Run(own[child.name])
            case text.Cite():
                return ed.Marks((self.note(child.claim),))
            case text.Placeholder():
                value = child.claim, child.name
                printed = shown(self.library, self.spoken, value, child.form)
                return ed.Number(capitalize(printed, before, self.spoken), *value)
        inner = self._inlines(child.children, own, before)
        return _holding(child, inner)

    def evidence(self) -> tuple[ed.Evidence, ...]:
        """Return the notes of all claims used so far, in the order of their numbers."""
        used = [(name, self.library.claims[name]) for name in self.numbers]
        mark = marks(self.library.sources)
        return tuple(
            ed.Evidence(
                number=self.numbers[name],
                claim=name,
                ref=str(claim.ref),
                text=without_marks(self.line(claim.claim)),
                basis=self.basis(claim),
                dated=claim.dated,
                source=str(claim.source),
                mark=mark.get(claim.source, ""),
                locator=str(claim.locator),
                year=language.years(claim.year_of()),
                caveat=without_marks(self.line(claim.caveat)),
                references=tuple(map(str, claim.references)),
                depth="brief" if self.numbers[name] <= self.printed else "screen",
                **self._graded(claim),
            )
            for name, claim in used
        )

    def basis(self, claim: Claim) -> ed.Basis:
        """Return the basis of a claim; of another source, whether it is later than the series' own evidence."""
        if claim.basis != "outside":
            return ed.Basis(claim.basis, claim.unclear)
        every, now = self.library.sources, self.library.series.release.year
        own = (each.dated(now).rpartition("-")[2] for each in every.values() if not each.outside)
        known = max(filter(str.isdigit, own), default="")
        source = every[claim.source]
        year = str(source.issued or source.dated(now).rpartition("-")[2])[:4]
        if year.isdigit() and year <= known:
            return ed.Basis(claim.basis, claim.unclear, year)
        return ed.Basis("later", claim.unclear)

    def _graded(self, claim: Claim) -> dict[str, Any]:
        """Return what a source says of a finding beside its values, by fields of its note."""
        searched, sure = self.library.sources[claim.source].searched, claim.certainty
        lines = {
            "population": claim.population,
            "comparator": claim.comparator,
            "differs": claim.differs_from.reason if claim.differs_from else None,
        }
        counts = {"studies": claim.number_of_studies, "participants": claim.number_of_participants}
        return {
            "searched": language.date(str(searched), self.spoken) if searched else "",
            "certainty": sure.rating if sure else "",
            "rater": str(sure.rater) if sure else "",
            **{name: without_marks(self.line(typed)) for name, typed in lines.items()},
            "shares": tuple(self.shares(claim)),
            **{
                name: language.number(Decimal(count), self.spoken)
                for name, count in counts.items()
                if count is not None
            },
        }

    def shares(self, claim: Claim) -> Iterator[ed.Share]:
        """Yield of what the shares of *claim* are; those of one whole together."""
        wholes: dict[Markdown, list[str]] = {}
        for value in claim.values.values():
            if value.of:
                printed = language.quantity(value.quantity, self.spoken)
                wholes.setdefault(value.of, []).append(printed)
        for typed, values in wholes.items():
            whole = without_marks(self.line(typed)) if typed != "not stated" else ()
            values_of = (
                part for part in text.walk(typed.parts) if isinstance(part, text.Placeholder)
            )
            counted = any(part.form != "year" for part in values_of)
            yield ed.Share(", ".join(values), whole, counted)


def _holding(child: text.Holder, inner: ed.Inlines) -> ed.Inline:
    match child:
        case text.Hyperlink():
            return ed.Link(child.href, inner)
        case text.Foreign():
            return ed.Foreign(child.language, inner)
        case text.Bold():
            return ed.Strong(inner)
    return ed.Emphasis(inner)


def shown(draft: Draft, spoken: str, value: tuple[str, str], form: str) -> str:
    """Return the value (claim, name) in its form; '' where the language has no word for it."""
    claim = draft.claims[value[0]]
    if form == "year":
        return language.years(claim.year_of(value[1]))
    stated = claim.value(value[1]).quantity
    if form == "unit" and not claim.value(value[1]).signed:
        one, unit = language.is_one(stated, spoken), claim.value(value[1])
        named = unit.unit_one if one else unit.unit
        return f"{language.quantity(stated, spoken)} {named}" if named else ""
    if form in {"words", "fraction"} or stated.fraction:
        return language.in_words(stated, spoken) or (
            language.quantity(stated, spoken) if not form else ""
        )
    year = claim.year_of(value[1]) if stated.currency else ""  # what money was worth then
    return language.quantity(stated, spoken) + (f" ({language.years(year)})" if year else "")


def capitalize(shown: str, before: str, spoken: str) -> str:
    """Return *shown* with a capital where it begins a sentence."""
    if shown.startswith("p "):  # of a p value
        return shown
    last = max((end for end in ends(before + VALUE, spoken) if end <= len(before)), default=0)
    return shown if WORD.search(before, last) else shown[:1].upper() + shown[1:]


def merge_marks(inlines: Iterable[ed.Inline]) -> ed.Inlines:
    """Return *inlines* with marks side by side made one."""
    out: list[ed.Inline] = []
    for part in inlines:
        if isinstance(part, ed.Marks) and out and isinstance(out[-1], ed.Marks):
            out[-1] = ed.Marks(tuple(sorted({*out[-1].notes, *part.notes})))
        else:
            out.append(part)
    return tuple(out)


def split_marks(inlines: ed.Inlines) -> tuple[ed.Inlines, ed.Inlines]:
    """Return *inlines* without the marks at their end, and these."""
    end = len(inlines) - (bool(inlines) and isinstance(inlines[-1], ed.Marks))
    return inlines[:end], inlines[end:]


def notes_in(inlines: ed.Inlines) -> Iterator[int]:
    """Yield the notes that *inlines* call."""
    for part in inlines:
        if isinstance(part, ed.Marks):
            yield from part.notes
        elif not isinstance(part, ed.Run | ed.Number):
            yield from notes_in(part.children)


def claims_in(parts: tuple[text.Part | text.Inline, ...]) -> tuple[str, ...]:
    """Return the claims that *parts* cite or take values from, each once, in order."""
    cited = (part for part in text.walk(parts) if isinstance(part, text.Placeholder | text.Cite))
    return tuple(dict.fromkeys(str(part.claim) for part in cited))


def without_marks(inlines: ed.Inlines) -> ed.Inlines:
    """Return a claim's own text: it is a note itself, and needs none."""
    return tuple(part for part in inlines if not isinstance(part, ed.Marks))
