"""Resolve blocks: turn what an author wrote into a block of an edition, with all its texts and values."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from press.content.model.kinds import KINDS, complete
from press.content.model.markup import text_fields
from press.edition import edition as ed
from press.edition import language
from press.edition.resolve.lines import Writer, begun
from press.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from press.content import model
    from press.content.library import Library
    from press.content.quantity import Quantity
    from press.content.scalar import Scalar


def block(writer: Writer, name: Scalar) -> ed.Block:
    """Return the block called *name*."""
    library = writer.library
    kind, typed = library.kinds[name], library.blocks[name]
    if maker := MAKERS.get(kind):
        return maker(writer, str(name), typed)
    return FORMS[kind](str(name), **dict(_texts(writer, kind, typed)))


def _texts(writer: Writer, kind: str, block: model.Block) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a block that holds nothing but texts."""
    markup = text_fields(KINDS[kind].model)
    for name in fields_of(kind):
        yield name, _text(writer, getattr(block, name), markup[name])


def _text(writer: Writer, typed: Any, markup: str | None) -> Any:  # noqa: ANN401 - as the form has it
    if isinstance(typed, tuple):
        return tuple(_text(writer, item, markup) for item in typed)
    if not markup:
        return str(typed or "")
    return writer.parts(typed) if markup == "blocks" else writer.line(typed)


def fields_of(kind: str) -> list[str]:
    """Return the fields of the form of *kind* that come from its model."""
    return [field.name for field in fields(FORMS[kind]) if field.name != "id"]


def _message(writer: Writer, name: str, block: model.Message) -> ed.Block:
    return ed.Message(name, writer.line(block.text), writer.bases(block.text))


def _figure(writer: Writer, name: str, block: model.Figure) -> ed.Block:
    title, subtitle = writer.line(block.title), writer.line(block.subtitle)
    data = data_of(writer, block.form, block.data)
    source, alternative = writer.line(block.source), ed.said(writer.line(block.alternative))
    mapped = writer.library.value(block.map.value) if block.map else None
    names = tuple(map(str, (mapped and mapped.counted) or ()))
    spec = _spec(writer, block.spec) if block.spec else ""
    return ed.Figure(name, block.form, title, subtitle, source, alternative, data, names, spec)


def _spec(writer: Writer, typed: model.Spec) -> str:
    """Return a specification as JSON, its titles with all values shown."""

    def plain(value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            shown = {key: plain(inner) for key, inner in value.items()}
            if "title" in value:
                shown["title"] = ed.said(writer.line(value["title"]))
            return shown
        return str(value) if isinstance(value, str) else value

    layers = [plain(layer.model_dump(exclude_none=True)) for layer in typed.layers]
    return json.dumps({"layer": layers, "height": typed.height}, sort_keys=True)


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
    value = library.value(ref) if ref else None
    return value.quantity if value else None


def _datum(writer: Writer, datum: model.Datum | model.Cell, share: float) -> ed.Datum:
    label, dating = writer.line(datum.label), writer.line(getattr(datum, "dating", None))
    if datum.value is None:
        return ed.Datum(label, dating=ed.said(dating))
    name, _, key = datum.value.partition(".")
    claim = writer.library.claims[name]
    value, stated = claim.value(key), claim.value(key).quantity
    years = claim.year_of(key)
    first, _, last = years.partition("-")
    return ed.Datum(
        label,
        shown=begun(writer.shown(name, key, ""), ""),
        share=round(share, 2),
        open=value.bound != "exact",
        unit=str(value.unit),
        dating=ed.said(dating) or language.years(years),
        derived=str(value.derived or "").replace(" - ", " − "),
        note=writer.note(name),
        low=float(stated.low),
        high=float(stated.high),
        bound=stated.bound,
        first=int(first or 0),
        last=int(last or first or 0),
    )


def _option(writer: Writer, name: str, block: model.Option) -> ed.Block:
    who, does = writer.line(block.who), writer.line(block.does)
    by = "" if block.by == "not stated" else month(block.by, writer.spoken, short=True)
    takes, harm, sign = (writer.line(typed) for typed in (block.takes, block.harm, block.sign))
    return ed.Option(name, who, does, by, takes, harm, sign, block.origin)


def _ask(writer: Writer, name: str, block: model.Ask) -> ed.Block:
    asked = writer.line(block.text, writer.own(by=month(block.by, writer.spoken)))
    return ed.Ask(name, asked, writer.line(block.basis))


def _quote(writer: Writer, name: str, block: model.Quote) -> ed.Block:
    signed = str(block.who), str(block.role), str(block.institution)
    return ed.Quote(
        name, writer.parts(block.words), *signed, language.day(block.date, writer.spoken)
    )


def _image(writer: Writer, name: str, block: model.ImageBlock) -> ed.Block:
    picture = writer.library.images[str(block.file)]
    digest = hashlib.sha256(picture.data).hexdigest()
    alternative, caption = ed.said(writer.line(block.alternative)), writer.line(block.caption)
    size = picture.width, picture.height
    return ed.Image(name, f"images/{block.file}", digest, *size, alternative, caption)


def month(typed: str, spoken: str, *, short: bool = False) -> str:
    """Return a month typed as '2027-12' in words."""
    return language.month(dt.date.fromisoformat(f"{typed}-01"), spoken, short=short)


MAKERS: dict[str, Callable[[Writer, str, Any], ed.Block]] = {
    "message": _message,
    "figure": _figure,
    "option": _option,
    "ask": _ask,
    "quote": _quote,
    "image": _image,
}
FORMS: Mapping[str, type[ed.Block]] = complete(
    {form.__name__.lower(): form for form in ed.Block.__args__}, "press/edition/edition.py"
)


def _check() -> None:
    """Refuse a kind that has no maker, though its form has fields that are no texts of its model.

    Raises:
        ConfigurationError: there is such a kind, or a maker of a kind that does not exist.
    """
    complete({**dict.fromkeys(KINDS), **MAKERS}, "MAKERS of press/edition/resolve/blocks.py")
    for kind, row in KINDS.items():
        texts = {name for name, markup in text_fields(row.model).items() if markup is not None}
        if kind not in MAKERS and not set(fields_of(kind)) <= texts:
            raise ConfigurationError(
                f"block kind '{kind}' needs a maker in press/edition/resolve/blocks.py: its form has more than texts"
            )


_check()
