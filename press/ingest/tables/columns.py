"""Name the columns of a table of claims: one for each key of a claim, and for each of its values."""

import re
from collections.abc import Iterator
from typing import NamedTuple, get_args, get_origin

from pydantic import BaseModel

from press.content.model import Claim
from press.content.reader.validation import allowed_types
from press.content.scalar import Items, Scalar

VALUES = "values"  # the key of a claim whose entries have a row each
_NUMBERS = frozenset({"number", "range", "between", "derived", "low", "high", "level"})
_DECIMAL = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.,])")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(,\d{3}){2,}(?![\d.,])")
# of thousands, or with a decimal comma
_EITHER = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])")
_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


class Column(NamedTuple):
    """A column: its name, and the keys of a claim that lead to what its cells hold."""

    name: str  # 'value interval low'
    path: tuple[str, ...]  # ('values', 'interval', 'low')
    form: str  # flag, list, number or text
    needed: bool  # by each claim

    @property
    def of_value(self) -> bool:
        """Whether it is of a value, not of the claim."""
        return self.path[0] == VALUES

    def typed(self, cell: Scalar) -> object:
        """Return what a *cell* holds, as a file of content has it.

        Raises:
            ValueError: it may be one of two numbers.
        """
        if self.form == "flag":
            return _YES_OR_NO.get(cell.casefold(), cell)
        if self.form == "list":
            words = cell.split("\n" if "\n" in cell else ";")
            return Items([Scalar(word.strip(), cell.origin) for word in words if word.strip()])
        if self.form == "number" and "," in cell:
            if found := _EITHER.search(cell):
                whole, other = found[0].replace(",", ""), found[0].replace(",", ".")
                way_out = f"write {whole}, or '{other} with the apostrophe before it"
                raise ValueError(f"'{found[0]}' may be {whole} or {other}; {way_out}")
            plain = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), cell)
            return Scalar(_DECIMAL.sub(r"\1.\2", plain), cell.origin)
        return Scalar(cell.strip(), cell.origin)


ID, FILE = (Column(name, (name,), "text", needed=False) for name in ("id", "file"))


def columns(
    model: type[BaseModel] = Claim, above: tuple[str, ...] = (), *, needed: bool = True
) -> Iterator[Column]:
    """Yield the columns of a table of claims, in the order of the keys of a claim."""
    for key, field in model.model_fields.items():
        path, [hint, *_] = (*above, key), allowed_types(field.annotation)
        name = " ".join(path).replace("_", " ").replace(VALUES, "value", 1)
        inner = get_args(hint)[-1] if get_origin(hint) is dict else hint
        if inner is not hint:
            yield Column(name, path, "text", needed=False)  # what a value is called
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from columns(inner, path, needed=False)
            continue
        form = "flag" if hint is bool else "list" if get_origin(hint) is tuple else "text"
        form = "number" if key in _NUMBERS else form
        yield Column(name, path, form, needed=needed and field.is_required())


def cell_of(value: object) -> str:
    """Return what a cell shows of a *value* of a file of content."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Items):
        lines = any(";" in str(item) for item in value)
        return "".join(f"{item}\n" for item in value) if lines else "; ".join(map(str, value))
    return str(value)
