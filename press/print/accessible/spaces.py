"""Give each line of a laid-out document the space back that its end has swallowed: else words of two lines are one.

The engine draws the text of a line anew from its layout, so a space added there is in the PDF and is not seen.
"""

from dataclasses import dataclass, field

from press.print import box_tree
from press.print.accessible import box_walk
from press.print.engine_types import Box, Document, Element

# Their ends part words, with or without white space in the HTML.
NAMES = (
    "address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p section table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(NAMES.split())
UNSEEN = "\u00ad\u200b\u2060"  # no letters: where a line may end, or may not


@dataclass(slots=True)
class Letters:
    """The letters of a document in order."""

    of: dict[Element, list[str]] = field(default_factory=dict)  # of an element's own texts
    parted: dict[Element, list[bool]] = field(default_factory=dict)  # a space comes after each
    _read: dict[Element, int] = field(default_factory=dict)  # how many of them were met in boxes
    _last: list[bool] | None = None

    def word_ends(self, text: Box) -> bool:
        """Return whether a space comes after *text*, which is the next of its element."""
        own, begin = self.of.get(text.element, []), self._read.get(text.element, 0)
        met = [sign for sign in text.text if not (sign.isspace() or sign in UNSEEN)]
        if met[-1:] == [text.style["hyphenate_character"]] and own[begin:][: len(met)] != met:
            met.pop()  # the engine's own hyphen
        end = begin + len(met)
        self._read[text.element] = end
        return own[begin:end] == met and bool(met) and self.parted[text.element][end - 1]

    def read(self, element: Element) -> None:
        """Add the letters of *element* and of all in it."""
        if not isinstance(element.tag, str) or element.tag in {"head", "style", "script"}:
            return
        self.of[element], self.parted[element] = [], []
        self._end(block=element.tag in BLOCKS)
        self._add(element, element.text)
        for child in element:
            self.read(child)
            self._add(element, child.tail)
        self._end(block=element.tag in BLOCKS)

    def _add(self, element: Element, text: str | None) -> None:
        for sign in text or "":
            if sign.isspace():
                self._end(block=True)
            elif sign not in UNSEEN:
                self.of[element].append(sign)
                self._last = self.parted[element]
                self._last.append(False)

    def _end(self, *, block: bool) -> None:
        if block and self._last:
            self._last[-1] = True


def give_spaces(document: Document, root: Element) -> None:
    """Add a space to each line of *document* that ends with a word; *root* is the element of its HTML."""
    letters = Letters()
    letters.read(root)
    last: Box = None  # text of the line, and whether a word ends there
    ends = False
    for _, box, artifact in box_walk.placed(document.pages):
        if box_walk.is_line(box):
            _end_line(last, ends=ends)
            last = None
        elif box_walk.is_blank(box) and not artifact:
            _end_line(last, ends=True)  # the engine draws no blank text
            last = None
        elif box_walk.is_text(box) and not artifact:
            last = box
            ends = bool(box_walk.pseudo(box)) or letters.word_ends(box)
    _end_line(last, ends=ends)


def _end_line(text: Box, *, ends: bool) -> None:
    if text is not None and ends and not text.text[-1].isspace():
        box_tree.add_space(text)
