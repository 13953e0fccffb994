"""Tell what the PDF of a page has to tell, from the HTML of the page alone."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element as Part

from press.page.elements import Element, elements_of
from press.print.accessible.box_walk import is_decoration
from press.print.accessible.nodes import Content, Node
from press.print.accessible.spaces import BLOCKS
from press.print.accessible.structure import GROUPS, SVG, Structure, told, words_of
from press.print.proof.tokens import PICTURE, REFERRED, Token, settled

UNTOLD = ("head", "style", "script", "template")
CONTAINERS = GROUPS | {"Figure", "Table", "THead", "TBody", "TFoot", "TR", "L", "LI"}
HEADINGS = tuple(f"h{level}" for level in range(1, 7))


class Expected:
    """What the PDF of a page has to tell."""

    def __init__(self, page: str) -> None:
        root = _part(next(each for each in elements_of(page).elements() if each.tag == "html"))
        self.language = root.get("lang", "")
        self.head = _head(root)  # the title, and what the head of the page says by name
        self.outline = [  # level and text of each heading
            (HEADINGS.index(each.tag) + 1, each.get("data-label") or words_of(each))
            for each in root.iter()
            if each.tag in HEADINGS
        ]
        self._structure = Structure(root, self.language)
        self._texts: list[str] = []
        self._untold: list[str] = []
        self._read(root)
        self._structure.finish()
        # what may stand beside the structure: signs, heads, feet
        self.untold = " ".join(self._untold)
        top = self._structure.document
        referred = (node for node in top.nodes() if node.tag in REFERRED)
        numbers = {node: str(number) for number, node in enumerate(referred, 1)}
        self.tokens = settled(self._tokens(top, numbers))

    def block(self, token: Token) -> str:
        """Return the block in which *token* is told, or ''."""
        around = self.around(token)
        return next(
            (each.attrib["data-block"] for each in around if "data-block" in each.attrib), ""
        )

    def around(self, token: Token) -> Iterator[Part]:
        """Yield the element of *token* and those that it is in."""
        element = token.element
        while element is not None:
            yield element
            element = self._structure.parents.get(element)

    def _tokens(self, node: Node, numbers: Mapping[Node, str]) -> Iterator[Token]:
        yield Token(tag=node.tag, facts=_facts(node, numbers), element=node.element)
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from self._tokens(kid, numbers)
            else:
                yield Token(
                    PICTURE if node.tag == "Figure" else self._texts[kid.number],
                    element=kid.element,
                )
        yield Token(tag=node.tag, end=True, element=node.element)

    def _read(self, element: Part) -> None:
        if element.tag in UNTOLD:
            return
        self._untold += (value for name, value in element.items() if name.startswith("data-"))
        words = words_of(element)
        if element.tag == "thead" or (is_decoration(element) and not any(map(str.isalnum, words))):
            self._untold.append(words or PICTURE * len([*element.iter()]))
        if is_decoration(element):
            return
        if element.tag in {"img", SVG}:
            self._add(element, PICTURE)
            return
        if element.tag == "li" and (around := self._structure.parents[element]).tag == "ol":
            self._add(element, f"{list(around).index(element) + 1} ", "before")
        self._end_word(element)
        self._add(element, element.text)
        for child in element:
            self._read(child)
            self._add(element, child.tail)
        self._end_word(element)

    def _end_word(self, element: Part) -> None:
        """Let a word end where *element*, such as a paragraph or a new line, begins or ends."""
        if self._texts and element.tag in BLOCKS:
            self._texts[-1] += " "

    def _add(self, element: Part, text: str | None, pseudo: str = "") -> None:
        if not text or (text.isspace() and not self._parts_words(self._structure.met(element))):
            return
        self._structure.add(Content(0, len(self._texts), element, pseudo, (0, 0, 0, 0)))
        self._texts.append(text)

    def _parts_words(self, node: Node) -> bool:
        """Return whether white space in *node* may stand between two words of one paragraph."""
        captions = (kid for kid in node.kids if isinstance(kid, Node) and kid.tag == "Caption")
        return node.tag not in CONTAINERS or (node.tag == "Figure" and any(captions))


def _part(element: Element) -> Part:
    """Return *element* in the form in which the engine has it."""
    tag = SVG if element.tag == "svg" else element.tag
    part = Part(tag, element.given)
    for each in element.content:
        if isinstance(each, Element):
            part.append(_part(each))
        elif len(part):
            part[-1].tail = (part[-1].tail or "") + each
        else:
            part.text = (part.text or "") + each
    return part


def _head(root: Part) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in root.iter():
        if each.tag == "title":
            found.setdefault("title", [words_of(each)])  # later ones are of drawings
        elif each.tag == "meta" and "name" in each.attrib:
            found.setdefault(each.attrib["name"], []).append(each.get("content", ""))
    if words := found.get("keywords"):  # the engine names one once
        found["keywords"] = [", ".join(dict.fromkeys(map(str.strip, ",".join(words).split(","))))]
    return found


def _facts(node: Node, numbers: Mapping[Node, str]) -> Mapping[str, str]:
    facts = {
        "Lang": node.language,
        "Alt": node.alternative,
        "E": node.expansion,
        "ID": node.name,
        "Headers": " ".join(head.name for head in node.headers),
        "Ref": " ".join(numbers[other] for other in node.refers),
        **{name: str(value) for name, value in node.attributes.items()},
    }
    if node.tag == "Link":
        facts |= {"address": node.element.get("href"), "Contents": told(node)}
    return {name: text for name, text in facts.items() if text}
