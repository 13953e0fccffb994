"""Write the structure of a document into its PDF, in place of the engine's own. One of four doors into the engine.

WeasyPrint makes one element for each fragment of a box, so that a table over two pages is two tables. Without this
module its tags stand.
"""

import contextlib
import logging
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

import pydyf  # type: ignore[import-untyped]

from press.print.accessible import box_walk
from press.print.accessible.nodes import Content, Node
from press.print.accessible.structure import NOTE_CALL, ROLES, Structure, told
from press.print.engine_types import Box, Document, Element, Module, Other
from press.print.measure.boxes import ASCENT, DESCENT

KNOWN = "70.0"  # the version of the engine that this is made for
POINTS = 0.75  # of a CSS px
ARTIFACTS = {
    box_walk.HEADER: {"Type": "/Pagination", "Subtype": "/Header"},
    box_walk.FOOTER: {"Type": "/Pagination", "Subtype": "/Footer"},
    box_walk.DECORATION: {"Type": "/Layout"},
}


@contextlib.contextmanager
def of_ours(engine: Module, root: Element) -> Iterator[None]:
    """Let the module that writes PDFs write tags of ours; *root* is the element of the HTML."""
    theirs = engine.add_tags

    def add_tags(pdf: Other, document: Document, _version: Other, streams: Sequence[Other]) -> None:
        write(pdf, document, root, streams)

    engine.add_tags = add_tags
    try:
        yield
    finally:
        engine.add_tags = theirs


class Link(NamedTuple):
    """An annotation, the node of its link and its page."""

    node: Node
    annotation: Other
    page: int


def write(pdf: Other, document: Document, root: Element, streams: Sequence[Other]) -> None:
    """Write the tags of *document* into *pdf*; *streams* are the contents of its pages."""
    structure = Structure(root, document.metadata.lang or "")
    artifacts = _read(structure, document, streams)
    for stream, properties in zip(streams, artifacts, strict=True):
        _mark_artifacts(stream, properties)
    links = list(_links(structure, document, pdf))
    structure.finish()
    _Writer(pdf, streams).write(structure.document, links)
    for fault in faults(structure.document, document):
        logging.getLogger(__name__).warning(fault)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def faults(top: Node, document: Document) -> Iterator[str]:
    """Yield what the page has to say itself, so that it can be read aloud."""
    if not document.metadata.lang:
        yield 'the page does not name its language in "lang"'
    for node in top.nodes():
        if node.tag == "Link" and node.element.get("role") == NOTE_CALL and not node.refers:
            yield f"a note mark leads to {node.element.get('href')}, which is no note"
        if node.tag == "Figure" and not node.alternative:
            tag = node.element.tag.rpartition("}")[2]
            yield f'a picture (<{tag}>) has no words that say what it shows: "alt" or "aria-label"'


def _read(
    structure: Structure, document: Document, streams: Sequence[Other]
) -> list[dict[int, str]]:
    """Add all content to *structure*; return the marks of each page that are none, with what they are."""
    marks = [stream._tags for stream in streams]  # noqa: SLF001 - what the boxes are marked with
    artifacts: list[dict[int, str]] = [{} for _ in streams]
    for page, box, artifact in box_walk.placed(document.pages):
        if mark := marks[page].pop(box, None):
            if artifact or box.element is None or box_walk.is_blank(box):
                artifacts[page][mark["mcid"]] = artifact or box_walk.DECORATION
            else:
                rect = _rect(box, document.pages[page].height)
                content = Content(page, mark["mcid"], box.element, box_walk.pseudo(box), rect)
                structure.add(content)
    assert not any(marks)  # noqa: S101 - as in the engine: each mark is of a box
    return artifacts


def _rect(box: Box, height: float) -> tuple[float, float, float, float]:
    left, top = box.content_box_x(), box.content_box_y()
    sides = left, height - top - box.height, left + box.width, height - top
    rect = tuple(round(side * POINTS, 2) for side in sides)
    return rect[0], rect[1], rect[2], rect[3]


def _mark_artifacts(stream: Other, artifacts: dict[int, str]) -> None:
    written = stream.stream
    for place in range(2, len(written)):
        if written[place] == b"BDC" and (kind := artifacts.get(written[place - 1].get("MCID", -1))):
            written[place - 2 : place] = "/Artifact", pydyf.Dictionary(ARTIFACTS[kind])


def _links(structure: Structure, document: Document, pdf: Other) -> Iterator[Link]:
    """Yield the annotations of links, but those that lie within another of the same link, or repeat it on a later page.

    A link is repeated in the head of a table that goes on there, which is no content.
    """
    pages = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
    for number, page in enumerate(document.pages):
        kept: list[tuple[Node, Other]] = []
        for kind, _target, _rect, box in page.links:
            node = structure.link(box.element) if kind in {"internal", "external"} else None
            annotation = box.link_annotation
            if not (node and annotation):
                continue
            annotation["Rect"] = pydyf.Array(_place(annotation["Rect"], box, page.height))
            own = (kid for each in node.nodes() for kid in each.kids if isinstance(kid, Content))
            if number not in ({kid.page for kid in own} or {number}) or any(
                of == node and _within(annotation, other) for of, other in kept
            ):
                pages[number]["Annots"].remove(annotation.reference)
                annotation.clear()
            else:
                kept.append((node, annotation))
                yield Link(node, annotation, number)


def _place(rect: Other, box: Box, height: float) -> Sequence[float]:
    """Return where a link is touched: the line of a raised mark may have no height, its letters have."""
    texts = [each for each in box.descendants() if box_walk.is_text(each)]
    if rect[1] - rect[3] >= 1 or not texts:
        return rect  # type: ignore[no-any-return]
    base = max(text.position_y + text.baseline for text in texts)
    size = max(text.style["font_size"] for text in texts)
    top, bottom = (height - base + part * size for part in (ASCENT, -DESCENT))
    return rect[0], round(top * POINTS, 2), rect[2], round(bottom * POINTS, 2)


def _within(inner: Other, outer: Other) -> bool:
    (left, top, right, bottom), others = inner["Rect"], outer["Rect"]
    return bool(
        left >= others[0] - 1
        and right <= others[2] + 1
        and top <= others[1] + 1
        and bottom >= others[3] - 1
    )


class _Writer:
    """Writes nodes as objects of a PDF."""

    def __init__(self, pdf: Other, streams: Sequence[Other]) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._by_mark: list[dict[int, bytes]] = [{} for _ in streams]
        self._marks = [sum(each == b"BDC" for each in stream.stream) for stream in streams]
        self._objects: dict[Node, Other] = {}

    def write(self, top: Node, links: Sequence[Link]) -> None:
        root = self._add({"Type": "/StructTreeRoot"})
        self._pdf.catalog["StructTreeRoot"] = root.reference
        for node in top.nodes():
            parent = self._objects[node.parent] if node.parent else root
            self._objects[node] = self._add({"S": f"/{node.tag}", "P": parent.reference})
        of_link: dict[Node, list[Link]] = {}
        for link in links:
            of_link.setdefault(link.node, []).append(link)
        for node, element in self._objects.items():
            self._fill(node, element, of_link.get(node, ()))
        root["K"] = pydyf.Array([self._objects[top].reference])
        used = {node.tag for node in self._objects}
        root["RoleMap"] = pydyf.Dictionary(
            {tag: f"/{role}" for tag, role in ROLES.items() if tag in used}
        )
        self._tables(root, links)

    def _add(self, values: dict[str, Other]) -> Other:
        added = pydyf.Dictionary(values)
        self._pdf.add_object(added)
        return added

    def _fill(self, node: Node, element: Other, links: Sequence[Link]) -> None:
        kids, page = pydyf.Array(), -1
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self._objects[kid].reference)
                continue
            self._by_mark[kid.page][kid.number] = element.reference
            if page < 0:
                page = kid.page
                element["Pg"] = self._pages[page]
            one = {"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.number}
            kids.append(kid.number if kid.page == page else pydyf.Dictionary(one))
        for link in links:
            one = {"Type": "/OBJR", "Obj": link.annotation.reference, "Pg": self._pages[link.page]}
            kids.append(pydyf.Dictionary(one))
            link.annotation["Contents"] = pydyf.String(told(node))
        if kids:
            element["K"] = kids if len(kids) > 1 else kids[0]
        texts = {
            "Lang": node.language,
            "Alt": node.alternative,
            "E": node.expansion,
            "ID": node.name,
        }
        element |= {key: pydyf.String(text) for key, text in texts.items() if text}
        if refers := [self._objects[other].reference for other in node.refers]:
            element["Ref"] = pydyf.Array(refers)
        if attributes := list(_attributes(node)):
            element["A"] = pydyf.Array(attributes) if len(attributes) > 1 else attributes[0]

    def _tables(self, root: Other, links: Sequence[Link]) -> None:
        """Write where a reader finds the element of a mark, of an annotation, of a name."""
        numbers, free = pydyf.Array(), count(len(self._by_mark))
        for page, by_mark in enumerate(self._by_mark):
            marks = (by_mark.get(mark, "null") for mark in range(self._marks[page]))
            numbers.extend([page, pydyf.Array(marks)])
        for link in links:
            link.annotation["StructParent"] = next(free)
            numbers.extend([link.annotation["StructParent"], self._objects[link.node].reference])
        root["ParentTree"] = self._add({"Nums": numbers}).reference
        root["ParentTreeNextKey"] = next(free)
        names = sorted((node.name, element) for node, element in self._objects.items() if node.name)
        if names:
            pairs = (
                part for name, element in names for part in (pydyf.String(name), element.reference)
            )
            root["IDTree"] = self._add({"Names": pydyf.Array(pairs)}).reference


def _attributes(node: Node) -> Iterator[Other]:
    """Yield the attributes of *node*, one dictionary for each owner."""
    if node.tag in {"TH", "TD"} and (node.attributes or node.headers):
        values = {
            name: f"/{value}" if isinstance(value, str) else value
            for name, value in node.attributes.items()
        }
        if node.headers:
            values["Headers"] = pydyf.Array(pydyf.String(head.name) for head in node.headers)
        yield pydyf.Dictionary({"O": "/Table", **values})
    elif node.tag == "L":
        yield pydyf.Dictionary(
            {"O": "/List", "ListNumbering": f"/{node.attributes['ListNumbering']}"}
        )
    elif node.tag == "Figure" and (
        rects := [kid.rect for kid in node.kids if isinstance(kid, Content)]
    ):
        left, bottom, right, top = zip(*rects, strict=True)
        box = pydyf.Array([min(left), min(bottom), max(right), max(top)])
        yield pydyf.Dictionary({"O": "/Layout", "BBox": box, "Placement": "/Block"})
