"""A library, a brief and a language in; the edition, with every value resolved and every note numbered, out.

`resolve` expects a brief without errors: `press.checks` has seen to that.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from press import edition as ed
from press import evidence, language, model, text
from press.text.boundaries import VALUE, ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from press.library import Library
    from press.quantity import Quantity
    from press.scalar import Scalar

WORD = re.compile(r"\w")


def resolve(library: Library, name: str, spoken: str) -> ed.Edition:
    """Return the brief called *name* in the language *spoken*."""
    brief, series = library.briefs[name], library.series
    assert series is not None  # noqa: S101 - a library without it has no sound brief
    writer = Writer(library, spoken)
    title = writer.line(brief.title)
    sections = tuple(
        ed.Section(section, tuple(writer.block(id_) for id_ in ids))
        for section, ids in brief.sections
        if ids
    )
    notes = writer.evidence()
    return ed.Edition(
        brief=name,
        language=spoken,
        label=str(brief.label),
        status=brief.status,
        accent=str(brief.accent),
        series=str(series.name),
        publisher=str(series.publisher),
        contact=str(series.contact),
        licence=series.licence,
        release=series.release.isoformat(),
        released=language.month(series.release, spoken),
        latest=writer.own()["latest"],
        title=title,
        name=ed.said(title).strip(),
        summary=str(brief.summary or ""),
        sections=sections,
        notes=notes,
        sources=records(library, notes, spoken),
    )


def records(library: Library, notes: tuple[ed.Evidence, ...], spoken: str) -> tuple[ed.Record, ...]:
    """Return the sources of *notes* as they are cited, those outside the review numbered."""
    used = {name: library.sources[name] for name in dict.fromkeys(note.source for note in notes)}
    outside = [name for name, source in used.items() if source.outside]
    return tuple(
        ed.Record(
            id=name,
            citation=str(source.citation),
            kind=str(source.kind),
            latest=language.years(source.latest),
            mark=f"R{outside.index(name) + 1}" if source.outside else "",
            addresses=tuple(map(str, source.addresses)),
            seen=language.month(source.seen, spoken) if source.seen else "",
        )
        for name, source in used.items()
    )


@dataclass
class Writer:
    """Writes the blocks of one edition in order, and numbers the claims as they are first used."""

    library: Library
    spoken: str
    numbers: dict[str, int] = field(default_factory=dict)  # claim -> its note

    def note(self, claim: str) -> int:
        """Return the number of the claim's note."""
        return self.numbers.setdefault(str(claim), len(self.numbers) + 1)

    def block(self, name: Scalar) -> ed.Block:
        """Return the block called *name*."""
        return MAKERS[self.library.kinds[name]](self, str(name), self.library.blocks[name])

    def line(self, typed: Scalar | None, own: Own | None = None) -> ed.Inlines:
        """Return a line of Markdown, its claims cited where their sentences end."""
        parts = self.parts(typed, own, blocks=False) if typed else ()
        return tuple(child for part in parts if isinstance(part, ed.Par) for child in part.children)

    def parts(self, typed: Scalar, own: Own | None = None, *, blocks: bool = True) -> ed.Parts:
        """Return Markdown of several paragraphs."""
        parsed, _ = text.parse(str(typed), blocks=blocks)
        return tuple(self._part(part, own or self.own()) for part in parsed)

    def own(self, **more: str) -> Own:
        """Return what `{release}`, `{latest}` and the block's own names print."""
        series = self.library.series
        latest = {
            language.years(source.latest)
            for source in self.library.sources.values()
            if source.latest != "not stated" and not source.outside
        }
        shown = (
            {
                "release": language.month(series.release, self.spoken),
                "latest": max(latest, default=""),
            }
            if series
            else {}
        )
        return {**shown, **more}

    def _part(self, part: Any, own: Own) -> ed.Part:  # noqa: ANN401
        if isinstance(part, text.Bullets):
            return ed.Bullets(
                tuple(tuple(self._part(p, own) for p in item) for item in part.items), part.ordered
            )
        return ed.Par(self._inlines(text.cited_at_sentence_ends(part).children, own, ""))

    def _inlines(self, children: Iterable[Any], own: Own, before: str) -> ed.Inlines:
        out: list[ed.Inline] = []
        for child in children:
            made = self._inline(child, own, before)
            if isinstance(made, ed.Marks) and out and isinstance(out[-1], ed.Marks):
                out[-1] = ed.Marks(tuple(sorted({*out[-1].notes, *made.notes})))
            else:
                out.append(made)
            before += ed.said((made,))
        return tuple(out)

    def _inline(self, child: Any, own: Own, before: str) -> ed.Inline:  # noqa: ANN401
        match child:
            case text.Words():
                return ed.Run(text.tidy(child.text, language.QUOTES[self.spoken], before))
            case text.Own():
                return ed.Run(own[child.name])
            case text.Cite():
                return ed.Marks((self.note(child.claim),))
            case text.Value():
                return ed.Number(
                    begun(self.shown(child.claim, child.name, child.form), before),
                    child.claim,
                    child.name,
                )
        inner = self._inlines(child.children, own, before)
        if isinstance(child, text.Link):
            return ed.Link(child.href, inner)
        return ed.Strong(inner) if isinstance(child, text.Strong) else ed.Emphasis(inner)

    def shown(self, claim: str, name: str, form: str) -> str:
        """Return a claim's value as it is printed."""
        return shown(self.library, self.spoken, (claim, name), form)

    def evidence(self) -> tuple[ed.Evidence, ...]:
        """Return the notes of all claims used so far, in the order of their numbers."""
        return tuple(self._evidence(claim, number) for claim, number in list(self.numbers.items()))

    def _evidence(self, name: str, number: int) -> ed.Evidence:
        claim = self.library.claims[name]  # type: ignore[index]
        return ed.Evidence(
            number=number,
            claim=name,
            ref=str(claim.ref),
            text=without_marks(self.line(claim.claim)),
            basis=ed.Basis(claim.basis, claim.unclear),
            dated=claim.dated,
            source=str(claim.source),
            locator=str(claim.locator),
            year=language.years(evidence.year(claim)),
            caveat=without_marks(self.line(claim.caveat)),
            references=tuple(map(str, claim.references)),
        )

    def bases(self, typed: Scalar) -> tuple[ed.Basis, ...]:
        """Return one basis for each distinct one among the claims cited in *typed*."""
        claims = [self.library.claims[name] for name in cited(typed)]  # type: ignore[index]
        return tuple(dict.fromkeys(ed.Basis(claim.basis, claim.unclear) for claim in claims))


Own = dict[str, str]


def shown(library: Library, spoken: str, value: tuple[str, str], form: str) -> str:
    """Return the value (claim, name) in its form; '' where the language has no word for it."""
    claim = library.claims[value[0]]  # type: ignore[index]
    if form == "year":
        return language.years(evidence.year(claim, value[1]))
    stated = evidence.quantity(claim.values[value[1]])  # type: ignore[index]
    assert stated is not None  # noqa: S101 - checked with the claim
    if form in {"words", "fraction"} or stated.fraction:
        return language.worded(stated, words(library.terms[spoken])) or (
            language.quantity(stated, spoken) if not form else ""
        )
    return language.quantity(stated, spoken)


def words(terms: model.Terms) -> dict[str, Fraction]:
    """Return the words for numbers and fractions with their amounts."""
    return {
        str(word): Fraction(amount)
        for table in (terms.numbers, terms.fractions)
        for word, amount in table.items()
    }


def begun(shown: str, before: str) -> str:
    """Return *shown* with a capital where it begins a sentence."""
    last = max((end for end in ends(before + VALUE) if end <= len(before)), default=0)
    return shown if WORD.search(before, last) else shown[:1].upper() + shown[1:]


def cited(typed: Scalar) -> tuple[str, ...]:
    """Return the claims that *typed* cites or takes values from, each once, in order."""
    parsed, _ = text.parse(str(typed))
    return tuple(
        dict.fromkeys(
            part.claim for part in text.walk(parsed) if isinstance(part, text.Value | text.Cite)
        )
    )


def without_marks(inlines: ed.Inlines) -> ed.Inlines:
    """Return a claim's own text: it needs no note, it is one."""
    return tuple(part for part in inlines if not isinstance(part, ed.Marks))


def _paragraph(writer: Writer, name: str, block: model.Paragraph) -> ed.Block:
    return ed.Paragraph(name, writer.parts(block.text))


def _note(writer: Writer, name: str, block: model.NoteBlock) -> ed.Block:
    return ed.Note(name, writer.parts(block.text))


def _message(writer: Writer, name: str, block: model.Message) -> ed.Block:
    return ed.Message(name, writer.line(block.text), writer.bases(block.text))


def _figure(writer: Writer, name: str, block: model.Figure) -> ed.Block:
    form = next(form for form in block.forms if getattr(block, form) is not None)
    typed = getattr(block, form)
    title, subtitle = writer.line(block.title), writer.line(block.subtitle)
    data = data_of(writer, form, typed if isinstance(typed, tuple) else (typed,))
    return ed.Figure(
        name,
        form,
        title,
        subtitle,
        writer.line(block.source),
        ed.said(writer.line(block.alternative)),
        data,
    )


def data_of(
    writer: Writer, form: str, typed: tuple[model.Datum | model.Cell, ...]
) -> tuple[ed.Datum, ...]:
    """Return the data of a figure, each with its share of the whole or of the widest bar."""
    stated = [quantity_of(writer.library, datum.value) for datum in typed]
    highs = [float(value.high) if value else 0.0 for value in stated]
    full = {"parts": sum(highs), "bars": max(highs), "share": 100.0}.get(form, 0.0)
    return tuple(
        _datum(writer, datum, high / full * 100 if full else 0.0)
        for datum, high in zip(typed, highs, strict=True)
    )


def quantity_of(library: Library, ref: Scalar | None) -> Quantity | None:
    """Return the quantity of the value that *ref* names, or None for an empty cell."""
    if ref is None:
        return None
    claim, _, name = ref.partition(".")
    return evidence.quantity(library.claims[claim].values[name])  # type: ignore[index]


def _datum(writer: Writer, datum: model.Datum | model.Cell, share: float) -> ed.Datum:
    label, dating = writer.line(datum.label), writer.line(getattr(datum, "dating", None))
    if datum.value is None:
        return ed.Datum(
            label, "", 0.0, open=False, unit="", dating=ed.said(dating), derived="", note=0
        )
    name, _, value = datum.value.partition(".")
    claim = writer.library.claims[name]  # type: ignore[index]
    typed = claim.values[value]  # type: ignore[index]
    return ed.Datum(
        label=label,
        shown=begun(writer.shown(name, value, ""), ""),
        share=round(share, 2),
        open=typed.bound != "exact",
        unit=str(typed.unit),
        dating=ed.said(dating) or language.years(evidence.year(claim, value)),
        derived=str(typed.derived or "").replace(" - ", " − "),
        note=writer.note(name),
    )


def _table(writer: Writer, name: str, block: model.Table) -> ed.Block:
    title, columns = (
        writer.line(block.title),
        tuple(writer.line(column) for column in block.columns),
    )
    return ed.Table(
        name, title, columns, tuple(tuple(writer.line(cell) for cell in row) for row in block.rows)
    )


def _problem(writer: Writer, name: str, block: model.ProblemBlock) -> ed.Block:
    return ed.Problem(name, writer.line(block.text))


def _option(writer: Writer, name: str, block: model.Option) -> ed.Block:
    who, does = writer.line(block.who), writer.line(block.does)
    by = "" if block.by == "not stated" else month(block.by, writer.spoken, short=True)
    takes, harm, sign = (writer.line(typed) for typed in (block.takes, block.harm, block.sign))
    return ed.Option(name, who, does, by, takes, harm, sign, block.origin)


def _ask(writer: Writer, name: str, block: model.Ask) -> ed.Block:
    asked = writer.line(block.text, writer.own(by=month(block.by, writer.spoken)))
    return ed.Ask(name, asked, writer.line(block.basis))


def _image(writer: Writer, name: str, block: model.ImageBlock) -> ed.Block:
    picture = writer.library.images[str(block.file)]
    alternative = ed.said(writer.line(block.alternative))
    return ed.Image(
        name,
        f"images/{block.file}",
        picture.width,
        picture.height,
        alternative,
        writer.line(block.caption),
    )


def month(typed: str, spoken: str, *, short: bool = False) -> str:
    """Return a month typed as '2027-12' in words."""
    return language.month(dt.date.fromisoformat(f"{typed}-01"), spoken, short=short)


MAKERS: dict[str, Callable[[Writer, str, Any], ed.Block]] = {
    "paragraph": _paragraph,
    "message": _message,
    "figure": _figure,
    "table": _table,
    "problem": _problem,
    "option": _option,
    "ask": _ask,
    "note": _note,
    "image": _image,
}
