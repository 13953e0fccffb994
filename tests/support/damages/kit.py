"""The list of damages, and what they are made with."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

Object: TypeAlias = Any  # of a PDF: pikepdf tells no more
Change: TypeAlias = Callable[[pikepdf.Pdf], None]
Instructions: TypeAlias = list[Any]


class Damage(NamedTuple):
    """A change that makes a PDF wrong, and what is said of it."""

    change: Change
    said: str


DAMAGES: dict[str, Damage] = {}


def saved(pdf: bytes, change: Change) -> bytes:
    """Return *pdf* with a change."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(file)
    return file.getvalue()


def told(said: str) -> Callable[[Change], Change]:
    """Keep a damage, of which the proof says *said*."""

    def keep(change: Change) -> Change:
        name = change.__name__
        assert name not in DAMAGES
        DAMAGES[name] = Damage(change, said)
        return change

    return keep


def kids(element: Object) -> list[Object]:
    """Return what an element contains."""
    inside = element.get("/K", [])
    return list(inside) if isinstance(inside, (pikepdf.Array, list)) else [inside]


def is_element(kid: Object) -> bool:
    """Say whether *kid* is an element of the structure."""
    return isinstance(kid, Dictionary) and "/S" in kid


def walk(element: Object) -> Iterator[Object]:
    """Yield an element and all in it, in reading order."""
    yield element
    for kid in kids(element):
        if is_element(kid):
            yield from walk(kid)


def elements(pdf: pikepdf.Pdf, tag: str) -> list[Object]:
    """Return all elements called *tag* in reading order."""
    top = kids(pdf.Root.StructTreeRoot)[0]
    return [each for each in walk(top) if f"/{tag}" == each.S]


def element(pdf: pikepdf.Pdf, tag: str, number: int = 0) -> Object:
    """Return one of the elements called *tag*."""
    return elements(pdf, tag)[number]


def give(element: Object, inside: Sequence[Object]) -> None:
    """Let an element contain this."""
    element.K = pikepdf.Array(inside)


def drop(element: Object) -> None:
    """Take an element out of what it is in."""
    around = element.P
    left = [kid for kid in kids(around) if not (is_element(kid) and kid.objgen == element.objgen)]
    assert len(left) < len(kids(around))
    give(around, left)


def swap(around: Object, first: int, second: int) -> None:
    """Let two parts of an element change places."""
    inside = kids(around)
    inside[first], inside[second] = inside[second], inside[first]
    give(around, inside)


def page_of(pdf: pikepdf.Pdf, element: Object) -> int:
    """Return the number of the page that an element names, from 0."""
    return [page.obj.objgen for page in pdf.pages].index(element.Pg.objgen)


def marks(element: Object) -> list[int]:
    """Return the numbers of the content on its own page that an element contains."""
    return [kid for kid in kids(element) if isinstance(kid, int)]


def rewrite(
    pdf: pikepdf.Pdf, number: int, change: Callable[[Instructions], Instructions | None]
) -> None:
    """Change what draws a page, from 0; what is changed in its place need not be returned."""
    page = pdf.pages[number]
    drawn: Instructions = list(pikepdf.parse_content_stream(page))
    data = pikepdf.unparse_content_stream(change(drawn) or drawn)
    page.obj.Contents = pdf.make_stream(data)


def does(operator: str, *operands: Object) -> ContentStreamInstruction:
    """Return an instruction."""
    return ContentStreamInstruction(list(operands), Operator(operator))


def name(instruction: Object) -> str:
    """Return the operator of an instruction."""
    return str(instruction.operator)


def place(drawn: Instructions, operator: str, number: int = 0) -> int:
    """Return where an operator stands in what draws a page."""
    return [at for at, each in enumerate(drawn) if name(each) == operator][number]


def span(drawn: Instructions, mark: int) -> tuple[int, int]:
    """Return where the content with a *mark* begins and ends: its BDC and EMC."""
    begin = next(
        at
        for at, each in enumerate(drawn)
        if name(each) == "BDC" and each.operands[1].get("/MCID", -1) == mark
    )
    depth = 0
    for at in range(begin, len(drawn)):
        depth += (name(drawn[at]) in {"BDC", "BMC"}) - (name(drawn[at]) == "EMC")
        if not depth:
            return begin, at
    raise AssertionError(mark)


def texts(drawn: Instructions, mark: int) -> list[int]:
    """Return where the content with a *mark* shows text."""
    begin, end = span(drawn, mark)
    return [at for at in range(begin, end) if name(drawn[at]) == "TJ"]


ARTIFACT = Name.Artifact
