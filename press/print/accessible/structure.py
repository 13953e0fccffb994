"""Build the structure of a document: one node for each element of the HTML, on however many pages it is printed.

The tags are those of PDF 1.7 (ISO 32000-1, 14.8.4), chosen as PDF/UA-1 (ISO 14289-1) and the Tagged PDF Best
Practice Guide ask: a picture is one Figure with its alternative, a number one Lbl, a note one Note.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from textwrap import shorten

from press.print.accessible.nodes import Content, Node
from press.print.accessible.spaces import BLOCKS
from press.print.accessible.table_headers import give_headers
from press.print.engine_types import Element

SVG = "{http://www.w3.org/2000/svg}svg"
# other elements have no node: what is in them belongs to what they are in
TAGS = (
    {f"h{level}": f"H{level}" for level in range(1, 7)}
    | {"section": "Sect", "nav": "Sect", "aside": "Sect", "article": "Art"}
    | {"blockquote": "BlockQuote", "p": "P", "address": "P", "ul": "L", "ol": "L", "li": "LI"}
    | {"table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}
    | {"tr": "TR", "th": "TH", "td": "TD", "figure": "Figure", "figcaption": "Caption"}
    | {"strong": "Strong", "b": "Strong", "em": "Em", "i": "Em", "cite": "Em"}
    | {"code": "Code", "abbr": "Span", "q": "Quote"}
)
ROLES = {"Strong": "Span", "Em": "Span"}  # what a reader of PDF 1.7 takes them for
GROUPS = frozenset({"Document", "Sect", "Art", "Div", "BlockQuote"})  # whose text needs a paragraph
INLINE = frozenset({"Span", "Strong", "Em", "Link", "Code", "Quote"})
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
MARKERS = ("before", "marker")  # of an item of a list: its number or bullet
LABELS = ("__mark", "__number")  # a part of a class that says the same
NOTE_CALL = "doc-noteref"
ENDNOTES = "doc-endnotes"
SHOWN = 100  # characters of a note that its call says


class Structure:
    """The structure of a document; it grows with the content, in the order in which that is added."""

    def __init__(self, root: Element, language: str) -> None:
        self.document = Node("Document", element=root)
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self._nodes: dict[Element, Node] = {root: self.document}
        self._languages: dict[Node, str] = {self.document: language}

    def add(self, content: Content) -> None:
        """Add a piece of content."""
        element = content.element
        if content.pseudo in MARKERS and element.tag == "li":
            node = self._label(element)
        elif self._in_picture(element):
            node = self.node(element)
        else:
            node = self._place(self.node(element), inline=True)
        node.kids.append(content)

    def node(self, element: Element) -> Node:
        """Return the node of *element*, or of the innermost element with one that it is in."""
        if element not in self._nodes:
            around = self.node(self.parents[element])
            row = (*self.parents[element],) if around.tag == "TR" else (element,)
            for each in row:  # of a row the empty cells too
                self._nodes[each] = self._make(each, around)
        return self._nodes[element]

    def met(self, element: Element) -> Node:
        """Return the node of the innermost element with content so far that *element* is or is in."""
        while element not in self._nodes:
            element = self.parents[element]
        return self._nodes[element]

    def link(self, element: Element) -> Node | None:
        """Return the node of the link that *element* is, or is in."""
        return self.node(element).within("Link")

    def finish(self) -> None:
        """Add what only the whole tells: numbering of lists, headers of cells, calls of notes."""
        tables = count(1)
        notes = {node.name: node for node in self.document.nodes() if node.tag == "Note"}
        for node in self.document.nodes():
            if node.tag == "L":
                node.attributes["ListNumbering"] = _numbering(node)
            elif node.tag == "Table":
                give_headers(node, f"table-{next(tables)}")
            elif note := _called(node, notes):
                node.refers.append(note)
                note.refers.append(node)

    def _make(self, element: Element, around: Node) -> Node:
        if self._in_picture(self.parents[element]):
            return around
        tag = self._tag(element, around)
        if around.tag == "Figure" and tag in {"Figure", "Caption"}:
            node = around if tag == "Figure" else self._caption(around)
        elif tag == "LI":
            node = around.add("LI", element).add("LBody", element)
            if self._is_note(element):
                node = node.add("Note", element)
        elif tag == "Lbl":
            node = self._label(around.element)
        elif tag:
            node = self._place(around, inline=tag in INLINE).add(tag, element)
        else:
            return around
        self._describe(node, element)
        return node

    def _tag(self, element: Element, around: Node) -> str:
        tag = TAGS.get(element.tag, "")
        if is_picture(element):
            tag = "Figure"
        elif element.tag == "figure" and sum(map(is_picture, element.iter())) != 1:
            tag = "Div"
        elif element.tag == "figcaption" and around.tag != "Figure":
            tag = "P"
        elif element.tag == "a" and element.get("href"):
            tag = "Link"
        elif _is_label(element) and around.tag in {"LBody", "Note"}:
            tag = "Lbl"
        elif not tag and "lang" in element.attrib:
            tag = "Span" if element.tag == "span" else "Div"
        return tag

    def _describe(self, node: Node, element: Element) -> None:
        language = element.get("lang", "")
        if language and language != self._language_of(node):
            node.language = self._languages[node] = language
        if is_picture(element):
            node.alternative = element.get("alt") or element.get("aria-label") or title_of(element)
        elif node.tag == "Note":
            node.name = element.get("id", "")
        elif node.tag in {"TH", "TD"}:
            spans = {
                "ColSpan": int(element.get("colspan", 1)),
                "RowSpan": int(element.get("rowspan", 1)),
            }
            node.attributes |= {name: count for name, count in spans.items() if count > 1}
            if node.tag == "TH":
                node.attributes["Scope"] = SCOPES[element.get("scope", "col")]
        if element.tag == "abbr":
            node.expansion = element.get("title", "")

    def _language_of(self, node: Node | None) -> str:
        while node and node not in self._languages:
            node = node.parent
        return self._languages[node] if node else ""

    def _place(self, node: Node, *, inline: bool) -> Node:
        """Return where in *node* a text goes, or what stands in its line: some nodes hold paragraphs only."""
        if node.tag == "Figure":
            node = self._caption(node)
        if not inline or node.tag not in GROUPS:
            return node
        last = node.kids[-1] if node.kids else None
        if isinstance(last, Node) and last.tag == "P" and last.element is None:
            return last
        return node.add("P")

    def _caption(self, figure: Node) -> Node:
        """Return the caption of *figure*: it is the first or the last in it, and has all words beside the picture."""
        kids = (kid for kid in figure.kids if isinstance(kid, Node) and kid.tag == "Caption")
        return next(kids, None) or figure.add("Caption")

    def _label(self, item: Element) -> Node:
        found = self.node(item).within("LI")
        assert found  # noqa: S101 - the item of a list has this node
        kids = (kid for kid in found.kids if isinstance(kid, Node) and kid.tag == "Lbl")
        return next(kids, None) or found.add("Lbl", item, first=True)

    def _is_note(self, item: Element) -> bool:
        around = self.parents[self.parents[item]]
        return bool(around.get("role") == ENDNOTES and item.get("id"))

    def _in_picture(self, element: Element) -> bool:
        while element is not None:
            if is_picture(element):
                return True
            element = self.parents.get(element)
        return False


def is_picture(element: Element) -> bool:
    """Return whether *element* is told by words of its own, instead of by what is in it."""
    return element.tag in {"img", SVG} or element.get("role") == "img"


def title_of(element: Element) -> str:
    """Return the title in a drawing."""
    return next((child.text or "" for child in element if child.tag.endswith("}title")), "")


def words_of(element: Element) -> str:
    """Return the text of *element*, with single spaces."""
    return " ".join("".join(_texts(element)).replace("\u2060", "").split())


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts in *element*, and a space where a paragraph ends."""
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    if element.tag in BLOCKS:
        yield " "


def told(link: Node) -> str:
    """Return what a reader is told of a link: its words, and where it leads or what the note says."""
    address = link.element.get("href")
    words = link.element.get("aria-label") or words_of(link.element)
    if link.element.get("role") == NOTE_CALL and link.refers:
        return _told_note(link.refers[0].element, words)
    return words if address.startswith("#") or words == address else f"{words} ({address})"


def _told_note(note: Element, number: str) -> str:
    """Return the beginning of *note*, behind the name that its way back has: 'Note 3'."""
    label = next(filter(_is_label, note.iter()), None)
    if label is None:
        return shorten(f"{number}: {words_of(note)}", SHOWN, placeholder="…")
    names = (each.get("aria-label", "").partition(":")[0] for each in label.iter())
    said = words_of(note).removeprefix(words_of(label)).strip()
    return shorten(f"{next(filter(None, names), number)}: {said}", SHOWN, placeholder="…")


def _numbering(items: Node) -> str:
    """Return how a list numbers its items: by ISO 32000-1, Table 347."""
    labels = (part for kid in items.kids if isinstance(kid, Node) for part in kid.kids)
    label = next((part for part in labels if isinstance(part, Node) and part.tag == "Lbl"), None)
    if label is None:
        return "None"
    first = label.kids[0]
    is_bullet = items.element.tag == "ul" and isinstance(first, Content) and first.pseudo
    return "Disc" if is_bullet else "Decimal"


def _called(node: Node, notes: Mapping[str, Node]) -> Node | None:
    if node.tag != "Link" or node.element.get("role") != NOTE_CALL:
        return None
    return notes.get(node.element.get("href", "").removeprefix("#"))


def _is_label(element: Element) -> bool:
    return any(part in element.get("class", "") for part in LABELS)
