"""Resolve blocks: turn what an author wrote into a block of an edition, with all its texts and values."""

import datetime as dt
import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from press.content.languages import LANGUAGES
from press.content.model import blocks, spec
from press.content.model.charts import Charted
from press.content.model.kinds import KINDS, complete
from press.content.model.maps import MapSpec
from press.content.model.typed import Day, Heading, Line, Plain, Text
from press.content.scalar import Scalar
from press.edition import edition as ed
from press.edition import language
from press.edition.resolve.lines import (
    Writer,
    capitalize,
    claims_in,
    merge_marks,
    shown,
    split_marks,
)
from press.problems import ConfigurationError


def block(writer: Writer, name: Scalar) -> ed.Block:
    """Return the block called *name*; a kind without a maker of its own holds nothing but texts and days."""
    kind, typed = writer.library.kinds[name], writer.library.blocks[name]
    writer.asked.clear()
    if maker := MAKERS.get(kind):
        return maker(writer, str(name), typed)
    form = FORMS[kind]
    others = [each for each in fields(form) if each.name not in OTHERS]
    texts = {each.name: _text(writer, getattr(typed, each.name), each.type) for each in others}
    return form(str(name), **texts)


def with_short(writer: Writer, made: ed.Block) -> ed.Block:
    """Return a block with its short text, if it has one: that is written last, since it calls no note of its own."""
    typed = getattr(writer.library.blocks[made.id], "short", None)
    if typed is None:
        return made
    wanted = next(each.type for each in fields(made) if each.name == "short")
    short = {"short": _text(writer, typed, wanted)}
    return replace(made, **short)


def _text(writer: Writer, typed: Any, wanted: Any) -> Any:  # noqa: ANN401 - as the form has it
    if isinstance(typed, tuple):
        return tuple(_text(writer, item, get_args(wanted)[0]) for item in typed)
    if isinstance(typed, dt.date):
        return language.day(typed, writer.spoken)
    if wanted == ed.Parts:
        return writer.parts(typed)
    return str(typed or "") if wanted is str else writer.line(typed)


def _message(writer: Writer, name: str, block: blocks.MessageBlock) -> ed.Block:
    claims = [writer.library.claims[claim] for claim in claims_in(block.text.parts)]
    bases = dict.fromkeys(map(writer.basis, claims))
    return ed.Message(name, writer.line(block.text), tuple(bases))


def _figure(writer: Writer, name: str, block: blocks.FigureBlock) -> ed.Block:
    title, subtitle = writer.line(block.title), writer.line(block.subtitle)
    data = data_of(writer, block.form, block.data)
    source, alternative = writer.line(block.source), ed.plain_text(writer.line(block.alternative))
    drawn = _map(writer, block.map, data) if block.map else None
    names = tuple(area for area, _, _ in drawn.marked) if drawn and drawn.classes == 1 else ()
    spec = _spec(writer, block.spec) if block.spec else ""
    caveat = writer.line(block.caveat)
    source = writer.marked(source, title, subtitle, caveat)
    none = None if block.no_effect is None else int(block.no_effect)
    start = str(block.line.start or "") if block.line else ""
    writer.figures += 1
    texts = title, subtitle, source, alternative, data
    return ed.Figure(
        name, block.form, *texts, names, spec, none, start, caveat, writer.figures, drawn
    )


def _map(writer: Writer, typed: MapSpec, data: tuple[ed.Datum, ...]) -> ed.Map:
    """Return which areas are marked, each with its class and the words on it."""
    atlas = writer.library.maps[typed.file]
    limits = list(map(float, typed.classes or ()))
    if typed.members:
        value = writer.library.value(typed.members.value)
        marked = tuple((str(name), 0, str(name)) for name in (value and value.counted) or ())
    else:
        marked = tuple(
            (area, bisect_right(limits, datum.high), f"{ed.plain_text(datum.label)} {datum.shown}")
            for area, datum in zip(typed.marked, data, strict=True)
        )
    return ed.Map(
        str(typed.file),
        hashlib.sha256(repr(atlas.drawn).encode()).hexdigest(),
        *(str(atlas.source), language.date(atlas.date, writer.spoken), str(atlas.borders)),
        language.listed(atlas.disputed, writer.spoken) if atlas.disputed else "",
        marked,
        len(limits) + 1,
        tuple(map(str, typed.named)),
        tuple(map(str, typed.frame or ())) or tuple(area for area, _, _ in marked),
    )


def _spec(writer: Writer, typed: spec.Spec) -> str:
    """Return a specification as JSON, its titles with all values shown."""

    def plain(value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            shown = {key: plain(inner) for key, inner in value.items()}
            if "title" in value:
                shown["title"] = ed.plain_text(writer.line(value["title"]))
            return shown
        return str(value) if isinstance(value, str) else value

    layers = [plain(layer.model_dump(exclude_none=True)) for layer in typed.layers]
    return json.dumps({"layer": layers, "height": typed.height}, sort_keys=True)


def data_of(
    writer: Writer, form: str, typed: tuple[spec.Labelled | blocks.Cell | Charted, ...]
) -> tuple[ed.Datum, ...]:
    """Return the data of a figure, each with its share of the whole or of the widest bar."""
    stated = [datum.value and writer.library.value(datum.value) for datum in typed]
    highs = [float(value.quantity.high) if value else 0.0 for value in stated]
    full = {"parts": sum(highs), "bars": max(highs), "share": 100.0}.get(form, 0.0)
    return tuple(
        _datum(writer, datum, high / full * 100 if full else 0.0)
        for datum, high in zip(typed, highs, strict=True)
    )


def _datum(writer: Writer, datum: spec.Labelled | blocks.Cell | Charted, share: float) -> ed.Datum:
    label, dating = writer.line(datum.label), writer.line(getattr(datum, "dating", None))
    if datum.value is None:
        return ed.Datum(label, dating=ed.plain_text(dating))
    name, _, key = datum.value.partition(".")
    claim = writer.library.claims[name]
    value, stated = claim.value(key), claim.value(key).quantity
    years = claim.year_of(key)
    first, _, last = years.partition("-")
    return ed.Datum(
        label,
        shown=capitalize(shown(writer.library, writer.spoken, (name, key), ""), "", writer.spoken),
        share=round(share, 2),
        open=value.bound != "exact",
        unit="" if value.signed and value.unit not in {"percent", "year"} else str(value.unit),
        dating=ed.plain_text(dating) or language.years(years),
        derived=str(value.derived or "").translate(WORKED),
        rounded=value.round is not None,
        note=writer.note(name),
        low=float(stated.low),
        high=float(stated.high),
        bound=stated.bound,
        interval=tuple(map(float, stated.interval[:2])),
        first=int(first or 0),
        last=int(last or first or 0),
        role=getattr(datum, "role", ""),
        series=writer.line(getattr(datum, "series", None)),
    )


def _key_figures(writer: Writer, name: str, block: blocks.KeyFiguresBlock) -> ed.Block:
    return ed.KeyFigures(
        name, writer.line(block.title), tuple(_key_figure(writer, row) for row in block.rows)
    )


def _key_figure(writer: Writer, row: blocks.KeyFigure) -> ed.KeyFigure:
    name, _, key = row.value.partition(".")
    claim = writer.library.claims[name]
    stated, own = claim.value(key).quantity, ed.plain_text(writer.line(row.dating))
    label = writer.line(row.label)
    return ed.KeyFigure(
        dating=own or language.years(claim.year_of(key)),
        bound=language.bound(stated, writer.spoken),
        shown=language.quantity(replace(stated, bound="exact"), writer.spoken),
        label=merge_marks((*label, ed.Marks((writer.note(name),)))),
        later=writer.basis(claim).name == "later",
    )


def _objection(writer: Writer, name: str, block: blocks.ObjectionBlock) -> ed.Block:
    said, marks = split_marks(writer.line(block.says))
    quotes = LANGUAGES[writer.spoken].quotes
    says = ed.Run(quotes[0]), *said, ed.Run(quotes[1]), *marks
    return ed.Objection(name, says, writer.parts(block.answer))


def _alternative(writer: Writer, name: str, block: blocks.AlternativeBlock) -> ed.Block:
    lines: dict[str, Any] = {field: writer.line(getattr(block, field)) for field in OF_ALTERNATIVES}
    by = "" if block.by == "not stated" else month(block.by, writer.spoken)
    return ed.Alternative(name, by=by, origin=block.origin, status_quo=block.status_quo, **lines)


def _step(writer: Writer, name: str, block: blocks.StepBlock) -> ed.Block:
    who, does, takes = (writer.line(typed) for typed in (block.who, block.does, block.takes))
    first, by = writer.library.series.release, dt.date.fromisoformat(f"{block.by}-01")
    months = (by.year - first.year) * 12 + by.month - first.month
    spoken = month(block.by, writer.spoken)
    return ed.Step(name, who, does, spoken, months, block.by == writer.due, takes)


def _ask(writer: Writer, name: str, block: blocks.AskBlock) -> ed.Block:
    writer.due = str(block.by)
    asked = writer.line(block.text, writer.own(by=month(block.by, writer.spoken)))
    return ed.Ask(name, asked, writer.line(block.basis))


def _image(writer: Writer, name: str, block: blocks.ImageBlock) -> ed.Block:
    picture = writer.library.images[str(block.file)]
    digest = hashlib.sha256(picture.data).hexdigest()
    alternative, caption = ed.plain_text(writer.line(block.alternative)), writer.line(block.caption)
    size = picture.width, picture.height
    caption = writer.marked(caption)
    return ed.Image(name, picture.asset, digest, *size, alternative, caption, picture.dim)


def month(typed: str, spoken: str) -> str:
    """Return a month typed as '2027-12' in words."""
    return language.month(dt.date.fromisoformat(f"{typed}-01"), spoken)


# In the order of print, which is that of the notes
OF_ALTERNATIVES = (
    *("name", "does", "who", "legal", "benefit", "takes", "priced", "pays"),
    *("gains", "loses", "harm", "sign", "preferred"),
)
OTHERS = ("id", "depth", "short")  # fields of a form that are resolved otherwise
WORKED = str.maketrans("-*/", "−×÷")  # the signs of a sum, as they are printed
MAKERS: dict[str, Callable[[Writer, str, Any], ed.Block]] = {
    "message": _message,
    "figure": _figure,
    "key_figures": _key_figures,
    "alternative": _alternative,
    "step": _step,
    "ask": _ask,
    "objection": _objection,
    "image": _image,
}
FORMS: Mapping[str, type[ed.Block]] = complete(
    {ed.kind_of(form): form for form in ed.Block.__args__}, "press/edition/edition.py"
)
# By what a field of a model takes, the type of the same field of the form, for kinds without a maker
RESOLVED: Mapping[Any, Any] = {
    Heading: ed.Inlines,
    Line: ed.Inlines,
    Text: ed.Parts,
    Plain: str,
    Day: str,
}


def _resolved(hint: Any) -> Any:  # noqa: ANN401 - a type
    """Return the type of the field of a form to which a field of a model, of the type *hint*, is resolved."""
    if get_origin(hint) is tuple:
        return tuple.__class_getitem__((_resolved(get_args(hint)[0]), ...))
    wrapped = get_origin(hint) in {Annotated, Union} and hint not in RESOLVED
    return _resolved(get_args(hint)[0]) if wrapped else RESOLVED.get(hint, hint)


def _check() -> None:
    """Refuse a kind that has no maker, though its form has other fields than its model, or of other types.

    Raises:
        ConfigurationError: there is such a kind, or a maker of a kind that does not exist.
    """
    complete({**dict.fromkeys(KINDS), **MAKERS}, "MAKERS of press/edition/resolve/makers.py")
    for kind in sorted(KINDS.keys() - MAKERS.keys()):
        hints = get_type_hints(KINDS[kind].model, include_extras=True)
        own = KINDS[kind].model.model_fields.keys() - blocks.Block.model_fields.keys()
        wanted = {name: _resolved(hints[name]) for name in own}
        form = get_type_hints(FORMS[kind]).items() - get_type_hints(ed.BlockForm).items()
        if differ := sorted({name for name, _ in form ^ wanted.items()}):
            raise ConfigurationError(
                f"block kind '{kind}' needs a maker in press/edition/resolve/makers.py, or a form in edition.py with "
                f"the fields of its model in the types of RESOLVED, for {', '.join(differ)}"
            )


_check()
