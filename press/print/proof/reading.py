"""Read a finished PDF back: what its structure tells, and what contradicts itself."""

import io
from collections.abc import Iterator

import pikepdf

from press.print.accessible.structure import ROLES
from press.print.engine_types import Other
from press.print.proof.catalog import beyond, faults_of_catalog
from press.print.proof.content import NONE, NOTHING, Key, Shown, shown
from press.print.proof.fonts import Fonts
from press.print.proof.tokens import PICTURE, REFERRED, Token, settled

Rect = tuple[float, ...]  # left, bottom, right, top, in points
Number = tuple[int, int]  # of an object
Aim = tuple[int, float]  # a page, from 0, and a height on it, in points
ATTRIBUTES = {  # and their owners
    "/Table": ("Scope", "ColSpan", "RowSpan", "Headers"),
    "/List": ("ListNumbering",),
}
PRINTED = 4  # flags of an annotation: printed, not hidden
MOST = 1000  # entries of an outline, side by side
TEXTS = ("Lang", "Alt", "E", "ID")
NAMES = (
    "Document Sect Art Div BlockQuote P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table Caption THead TBody TFoot TR TH TD "
    "Figure Link Note Span Code Quote"
)
STANDARD = frozenset(NAMES.split())  # what a reader of PDF 1.7 knows


class Reading:
    """What was read of a PDF."""

    def __init__(self, pdf: bytes) -> None:
        self.faults: list[str] = []  # where it contradicts itself
        self.tokens: list[Token] = []
        self.order: list[Key] = []  # of the content, as it is told
        self.boxes: list[tuple[Rect, list[Key]]] = []  # of the figures
        self.links: list[tuple[list[tuple[int, Rect]], list[Key]]] = []  # page and place of each
        self._links: dict[Number, int] = {}  # annotations that the structure has, and their pages
        with pikepdf.open(io.BytesIO(pdf)) as document:
            self._root = document.Root
            self.pages = [page.obj for page in document.pages]
            self._at = {page.objgen: number for number, page in enumerate(self.pages)}
            self.sheets = [_floats(page.MediaBox) for page in self.pages]
            fonts = Fonts()
            self.shown = [list(shown(page, fonts)) for page in document.pages]
            self.faults += fonts.faults
            self.texts = _by_mark(self.shown)
            self._read_structure()
            self._read_annotations()
            self.outline = list(self._outline(self._root.get("/Outlines", NOTHING), 0))
            self.anchors = dict(self._anchors())
            self.language = str(self._root.get("/Lang", ""))
            packet = self._root.get("/Metadata", NOTHING)
            self.packet = packet.read_bytes() if packet.get("/Subtype") == "/XML" else b""
            self.info = {key: str(text) for key, text in document.docinfo.items()}
            self.faults += faults_of_catalog(document)

    def _read_structure(self) -> None:
        tree = self._root.get("/StructTreeRoot", NOTHING)
        self._owners = dict(_numbered(tree.get("/ParentTree", NOTHING)))
        self._roles = {
            str(tag)[1:]: str(role)[1:] for tag, role in tree.get("/RoleMap", NOTHING).items()
        }
        self._numbers: dict[Number, str] = {}
        self._count = 0
        self._named: dict[str, Number] = {}
        for top in _kids(tree)[:1]:
            self._number(top, tree)
            self.tokens = settled(self._tell(top, -1))
        self.faults += beyond("structure", tree)
        names = tree.get("/IDTree", NOTHING).get("/Names", NONE)
        pairs = {str(names[at]): names[at + 1].objgen for at in range(0, len(names), 2)}
        if pairs != self._named:
            self.faults.append("its names of elements lead elsewhere than to those elements")

    def _number(self, element: Other, parent: Other) -> None:
        if element.objgen in self._numbers:
            raise ValueError("an element of its structure is in two places")
        if element.get("/P") is None or element.P.objgen != parent.objgen:
            self.faults.append(f"an element <{_tag(element)}> does not name what it is in")
        self._count += _tag(element) in REFERRED
        self._numbers[element.objgen] = str(self._count)
        for kid in _kids(element):
            if _is_element(kid):
                self._number(kid, element)

    def _tell(self, element: Other, page: int) -> Iterator[Token]:
        """Yield what *element* tells; *page* is that of what it is in."""
        tag, page = _tag(element), self._page(element, page)
        if self._roles.get(tag, tag) != ROLES.get(tag, tag) or tag not in STANDARD | {*self._roles}:
            self.faults.append(f"no reader knows what <{tag}> is")
        self.faults += beyond("element", element)
        facts, inside = self._facts(element), list[Token]()
        own, frames = list[Key](), list[Other]()
        begin = len(self.order)
        for kid in _kids(element):
            if _is_element(kid):
                inside += self._tell(kid, page)
            elif isinstance(kid, int) or "/MCID" in kid:
                key = (
                    (page, kid) if isinstance(kid, int) else (self._page(kid, page), int(kid.MCID))
                )
                self._own(self._key(key[0]), element, key[1])
                own.append(key)
                self.order.append(key)
                text = PICTURE if tag == "Figure" else self.texts.get(key, "")
                inside.append(Token(text, at=key))
            else:
                self._own(int(kid.Obj.get("/StructParent", -1)), element)
                self._links[kid.Obj.objgen] = self._page(kid, page)
                frames.append(kid)
        marks = self.order[begin:]
        if tag == "Figure":  # its caption has words above and below the picture
            self.order[begin:] = sorted(marks)
            self.boxes.append((_box(element), own))
        elif frames:
            self.links.append(
                ([(self._page(each, page), _floats(each.Obj.Rect)) for each in frames], marks)
            )
            facts |= _of_link([each.Obj for each in frames])
        yield Token(tag=tag, facts=facts, at=marks[0] if marks else (page, -1))
        yield from inside
        yield Token(tag=tag, end=True)

    def _facts(self, element: Other) -> dict[str, str]:
        facts = {name: str(element[f"/{name}"]) for name in TEXTS if f"/{name}" in element}
        if name := facts.get("ID"):
            self._named[name] = element.objgen
        given = element.get("/A", NONE)
        for attributes in [given] if isinstance(given, pikepdf.Dictionary) else given:
            self.faults += beyond("attribute", attributes)
            for name in ATTRIBUTES.get(str(attributes.get("/O")), ()):
                if f"/{name}" in attributes:
                    value = attributes[f"/{name}"]
                    parts = value if isinstance(value, pikepdf.Array) else [value]
                    facts[name] = " ".join(str(part).removeprefix("/") for part in parts)
        if "/Ref" in element:
            facts["Ref"] = " ".join(self._numbers.get(other.objgen, "?") for other in element.Ref)
        return facts

    def _page(self, kid: Other, otherwise: int) -> int:
        """Return the page that *kid* names, if it does."""
        return self._at.get(kid.Pg.objgen, -1) if "/Pg" in kid else otherwise

    def _key(self, page: int) -> int:
        return int(self.pages[page].get("/StructParents", -1)) if page >= 0 else -1

    def _own(self, key: int, element: Other, mark: int = -1) -> None:
        """Note a fault unless the parent tree gives what is under *key* to *element*."""
        owner = self._owners.get(key)
        if mark >= 0 and owner is not None:
            owner = owner[mark] if mark < len(owner) else None
        if owner is None or owner.objgen != element.objgen:
            self.faults.append(
                f"its parent tree gives content of <{_tag(element)}> to another element"
            )

    def _read_annotations(self) -> None:
        for number, page in enumerate(self.pages):
            for each in page.get("/Annots", NONE):
                where = f"a link on page {number + 1}"
                if each.Subtype != "/Link" or self._links.pop(each.objgen, -1) != number:
                    self.faults.append(f"{where} is not in its structure")
                if int(each.get("/F", 0)) != PRINTED:
                    self.faults.append(f"{where} is hidden, or is not printed")
                if each.get("/BS", NOTHING).get("/W", 1):
                    self.faults.append(f"{where} has a frame")
                if not lies(_floats(each.Rect), self.sheets[number]):
                    self.faults.append(f"{where} has no place on its sheet")
                self.faults += beyond("link", each)
                self.faults += beyond("action", each.get("/A", NOTHING))
        if self._links:
            self.faults.append("a link in its structure is on no page")

    def _outline(self, parent: Other, level: int) -> Iterator[tuple[int, str, Aim]]:
        each, most = parent.get("/First"), MOST
        while each is not None and (most := most - 1):
            yield level + 1, str(each.Title), self._aim(each.get("/Dest"))
            self.faults += beyond("outline", each)
            yield from self._outline(each, level + 1)
            each = each.get("/Next")

    def _anchors(self) -> Iterator[tuple[str, Aim]]:
        names = self._root.get("/Names", NOTHING).get("/Dests", NOTHING).get("/Names", NONE)
        for at in range(0, len(names), 2):
            yield str(names[at]), self._aim(names[at + 1])

    def _aim(self, given: Other) -> Aim:
        return (
            (self._at.get(given[0].objgen, -1), float(given[3])) if given is not None else (-1, 0)
        )


def _by_mark(pages: list[list[Shown]]) -> dict[Key, str]:
    texts: dict[Key, str] = {}
    for number, page in enumerate(pages):
        for each in page:
            if each.mark >= 0 and not each.artifact:
                key = number, each.mark
                texts[key] = texts.get(key, "") + each.text
    return texts


def _numbered(tree: Other) -> Iterator[tuple[int, Other]]:
    for branch in tree.get("/Kids", NONE):
        yield from _numbered(branch)
    numbers = tree.get("/Nums", NONE)
    yield from ((int(numbers[at]), numbers[at + 1]) for at in range(0, len(numbers), 2))


def _kids(element: Other) -> list[Other]:
    kids = element.get("/K", NONE)
    return list(kids) if isinstance(kids, (pikepdf.Array, list)) else [kids]


def _is_element(kid: Other) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _tag(element: Other) -> str:
    return str(element.S)[1:]


def _box(element: Other) -> Rect:
    given = element.get("/A", NOTHING)
    return _floats(given.get("/BBox", NONE)) if isinstance(given, pikepdf.Dictionary) else ()


def _floats(rect: Other) -> Rect:
    return tuple(map(float, rect))


def _of_link(frames: list[Other]) -> dict[str, str]:
    """Return where the *frames* of a link lead and what they say: all the same."""
    addresses = (
        str(each.A.URI) if "/A" in each and each.A.S == "/URI" else f"#{each.get('/Dest', '')}"
        for each in frames
    )
    texts = (str(each.get("/Contents", "")) for each in frames)
    return {
        "address": " ".join(dict.fromkeys(addresses)),
        "Contents": " ".join(dict.fromkeys(texts)),
    }


def lies(rect: Rect, sheet: Rect) -> bool:
    """Return whether *rect* has a size, and lies on *sheet*."""
    if len(rect) != len(sheet):
        return False
    left, right = sorted(rect[::2])
    bottom, top = sorted(rect[1::2])
    inside = left >= sheet[0] and bottom >= sheet[1] and right <= sheet[2] and top <= sheet[3]
    return inside and left < right and bottom < top
