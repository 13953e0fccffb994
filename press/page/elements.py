"""Read a page of ours once: its elements, each with its attributes, its content and its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

NAMES = "area base br col embed hr img input link meta source track wbr"
VOID = frozenset(NAMES.split())  # have no end
# What a page of ours is made of: nothing in it can run, fetch or hide words.
NAMES = (
    "a abbr aside b blockquote body br button caption cite code col colgroup dd del details div dl dt em "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd label li main meta nav ol option p "
    "pre section select small span strong style sub summary sup table tbody td tfoot th thead time title tr ul wbr "
    "circle ellipse g line path polygon polyline rect svg text"
)
ELEMENTS = frozenset(NAMES.split())
NAMES = (
    "alt charset class colspan content d datetime download fill fill-rule font-family font-size font-weight "
    "height hreflang id lang media name points popover popovertarget popovertargetaction property role rowspan "
    "scope stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width style text-anchor transform viewbox "
    "width x x1 x2 y y1 y2 cx cy r rx ry shape-rendering"
)
ATTRIBUTES = frozenset(NAMES.split())  # addresses aside
SPOKEN = re.compile(r"(?:aria|data)-[a-z-]+")  # attributes that say what something is
META = re.compile(
    r"viewport|author|description|keywords|generator|dcterms\.\w+|og:\w+(?::\w+)?|twitter:card"
)
OUTPUT = r"(?:\.\./)?(?:[\w-][\w.-]*/)*[\w-][\w.-]*(?:#[^\s\\]*)?"  # another one, by its name
ADDRESSES = {  # the forms of those that we make, by element and attribute; no other has one
    ("a", "href"): re.compile(
        rf"https?://[^\s/?#@\\]+(?:[/?#]\S*)?|mailto:\S+|#\S*|{OUTPUT}", re.IGNORECASE | re.ASCII
    ),
    ("a", "data-to"): re.compile(OUTPUT, re.ASCII),
    ("img", "src"): re.compile(r"(?:asset:[\w./-]+|[\w-][\w.-]*)"),
}
STYLE = re.compile(  # of one element: its colours, or the look of a mail
    r"((--[a-z]+:#[\da-f]{6}|font-family:sans-serif|line-height:1\.\d|max-width:\d+em|font-size:1\.\d+em)(;|$))+"
)
ADDRESSED = frozenset(name for _, name in ADDRESSES)
SKIPPED = str.maketrans("", "", "\t\r\n")  # in an address, by browsers
OUTER = "".join(map(chr, range(33)))  # around one, likewise
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)\s*:")
TEXT_ONLY = ("style", "title")  # whether there are elements in them, programs do not agree
# A tag as our templates write it, and an attribute in it.
PLAIN = re.compile(r'<([a-z]+[1-6]?)((?: [a-z-]+(?:="[^"<>&]*")?)*)>')
PAIR = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')
OUT = "take it out of the template"


@dataclass(slots=True)
class Element:
    """An element of a page; the whole page is one without a tag."""

    tag: str
    given: dict[str, str]  # its attributes
    begin: int = 0  # of its first character in the page
    end: int = 0  # after its last one; 0 where its end is missing
    content: "list[Element | str]" = field(default_factory=list)

    def elements(self) -> Iterator["Element"]:
        """Yield all elements in it, each before those that it contains."""
        for part in self.content:
            if isinstance(part, Element):
                yield part
                yield from part.elements()

    def text(self) -> str:
        """Return all text in it."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.content)


def elements_of(page: str) -> Element:
    """Return *page* as an element that contains all others."""
    return _Reader(page).page


def foreign(element: Element) -> Iterator[str]:
    """Yield what no page of ours has: it could run, fetch, hide or lead to something on the reader's machine."""
    if element.tag not in ELEMENTS:
        yield f"a page has no <{element.tag}>; {OUT}"
    if element.tag == "meta" and "charset" not in element.given:
        name = element.given.get("name", element.given.get("property", ""))
        if not META.fullmatch(name):
            yield f"a page has no <meta> called '{name}'; {OUT}"
    if "popover" in element.given and "data-screen" not in element.given:
        yield "what opens at a click is for screens only; give it 'data-screen', and put its words on paper too"
    for name, value in element.given.items():
        if name in ADDRESSED:
            yield from _stray(element.tag, name, value.translate(SKIPPED).strip(OUTER))
        elif name == "style" and not STYLE.fullmatch(value):
            yield f"an element has no style of its own, such as '{value[:40]}'; write it into a .css file"
        elif name.startswith("on"):
            yield f"a page runs nothing; take '{name}' out of the template"
        elif name not in ATTRIBUTES and not SPOKEN.fullmatch(name):
            yield f"a page has no attribute '{name}'; {OUT}"


def _stray(tag: str, name: str, address: str) -> Iterator[str]:
    """Yield what is wrong with an *address*, which is as a browser reads it."""
    form = ADDRESSES.get((tag, name))
    if form is None:
        yield f"a <{tag}> has no '{name}'; {OUT}"
    elif not form.fullmatch(address):
        scheme = SCHEME.match(address)
        like = f"that begins with '{scheme[1]}:'" if scheme else f"such as '{address[:60]}'"
        yield f"a page has no address {like}; {OUT}"


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = Element("", {}, 0, len(page))
        self._open = [self.page]
        self._text = page
        self._at = 0  # of what is read now
        self.feed(page)
        self.close()

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - as its base has it
        """Note the place *j* in what is left of the page; the base would count its lines, for longer than it reads."""
        self._at = len(self._text) - len(self.rawdata) + j
        return j

    def parse_starttag(self, i: int) -> int:
        """Read the tag at *i* and return where it ends; a plain one takes the base three times as long."""
        plain = PLAIN.match(self.rawdata, i)
        if not plain or plain[1] not in ELEMENTS or plain[1] in TEXT_ONLY:
            return super().parse_starttag(i)
        self._start(plain[1], dict(reversed(PAIR.findall(plain[2]))), len(plain[0]))
        return plain.end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        self._start(tag, given, len(self.get_starttag_text() or ""))

    def _start(self, tag: str, given: dict[str, str], length: int) -> None:
        """Begin an element whose tag has *length* characters; browsers take the first of attributes with one name."""
        element = Element(tag, given, self._at)
        self._open[-1].content.append(element)
        if tag in VOID:
            element.end = element.begin + length
        else:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open[-1].tag == tag or any(each.tag == tag for each in self._open):
            if (element := self._open.pop()).tag == tag:  # else it has no end of its own
                element.end = self._text.index(">", self._at) + 1
                if tag in TEXT_ONLY and "<" in self._text[element.begin + 1 : self._at]:
                    self._add("<")
                break

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)

    def handle_comment(self, data: str) -> None:
        self._add(f"!--{data[:20]}--")

    def handle_decl(self, decl: str) -> None:
        if decl.casefold() != "doctype html" or any(self.page.elements()):
            self._add(f"!{decl}")

    def handle_pi(self, data: str) -> None:
        self._add(f"?{data}")

    def unknown_decl(self, data: str) -> None:
        self._add(f"![{data}")

    def _add(self, tag: str) -> None:
        """Add what is no element, so that it is judged like one."""
        self._open[-1].content.append(Element(tag[:30], {}, self._at, self._at))
