"""Reduce HTML of our templates to its structure, for the editor of a website."""

import re
from collections.abc import Iterator
from html import escape

from press.page.elements import VOID, Element, elements_of

PLAIN = (
    *("aside", "blockquote", "caption", "cite", "em", "figcaption", "figure", "h2", "ol", "p"),
    *("strong", "sup", "table", "tbody", "td", "thead", "tr", "ul"),
)
KEPT: dict[str, tuple[str, ...]] = {  # elements, each with its attributes
    **dict.fromkeys(PLAIN, ()),
    "a": ("href",),
    "img": ("src", "alt", "width", "height"),
    "li": ("id",),
    "span": ("lang",),
    "th": ("scope", "colspan"),
}
# elements of which only the content is kept, where no language is theirs
UNWRAPPED = {"div", "span"}
# They have no text of their own.
HOLDERS = {"aside", "blockquote", "figure", "ol", "table", "tbody", "thead", "tr", "ul"}
INSIDE = {"a", "cite", "em", "img", "span", "strong", "sup"}  # elements within a line
JOINER = "\u2060"  # is for the print, and shown as a box by some editors
SPACE = re.compile("[ \t\r\n]+")


def plain(html: str, prefix: str) -> str:
    """Return *html* in plain elements, one block a line, as editors need it; its ids begin with *prefix*.

    Raises:
        ValueError: a template has an element that is neither kept nor unwrapped, and would be lost without a word.
    """
    return "".join(_written(elements_of(html), prefix))


def _written(element: Element, prefix: str, *, holder: bool = True) -> Iterator[str]:
    """Yield what is kept of the content of *element*, which is inside a *holder* or inside a line."""
    for part in element.content:
        if isinstance(part, str):
            text = SPACE.sub(" ", part.replace(JOINER, ""))
            if text.strip() or not holder:  # else it is the space between blocks
                yield escape(text, quote=False)
        elif part.tag in KEPT and (part.tag not in UNWRAPPED or "lang" in part.given):
            end = "" if part.tag in VOID else f"</{part.tag}>"
            yield _start(part, prefix) + "\n" * (part.tag in HOLDERS)
            yield from _written(part, prefix, holder=part.tag in HOLDERS)
            yield end + "\n" * (part.tag not in INSIDE)
        elif part.tag in UNWRAPPED:
            yield from _written(part, prefix, holder=holder)
        else:
            raise ValueError(f"<{part.tag}> has no form in a post; give it one in {__name__}")


def _start(element: Element, prefix: str) -> str:
    given = {name: value for name, value in element.given.items() if name in KEPT[element.tag]}
    if "id" in given:
        given["id"] = prefix + given["id"]
    if given.get("href", "").startswith("#"):
        given["href"] = f"#{prefix}{given['href'][1:]}"
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return f"<{element.tag}{attributes}>"
