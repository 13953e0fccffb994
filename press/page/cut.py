"""Cut from a page what one of its readers does not get, and the links that would lead nowhere."""

import re
from collections.abc import Callable, Iterator

from press.page.elements import Element, elements_of

# A link to another file of the outputs names the file twice, so that it can be taken away and given back.
WAY = re.compile(r'( data-to="([^"<>]+)")(?: href="[^"<>]*")?')
PAPER = "print"  # the medium of a style that the print engine reads


def printed(page: str, root: Element | None = None) -> str:
    """Return *page* without what only a browser shows: the print neither depends on it nor contains it.

    That is elements with `data-screen`, and styles for another medium than paper. *root* is the page as it was read.

    Raises:
        ValueError: such an element has no end.
    """
    return _without(page, _is_for_screen, root)


def lone(page: str) -> str:
    """Return *page* as it is handed on alone, without links to the files that lay beside it."""
    return linked(_without(page, lambda element: "data-around" in element.given), lambda _: False)


def linked(page: str, exists: Callable[[str], bool]) -> str:
    """Return *page* with its links to other files; a link to one that does not exist becomes plain text."""
    return WAY.sub(lambda way: f'{way[1]} href="{way[2]}"' if exists(way[2]) else way[1], page)


def _is_for_screen(element: Element) -> bool:
    medium = element.given.get("media", PAPER)
    return "data-screen" in element.given or (element.tag == "style" and medium != PAPER)


def _without(page: str, unwanted: Callable[[Element], bool], root: Element | None = None) -> str:
    kept, at = [], 0
    for element in _outermost(root or elements_of(page), unwanted):
        if not element.end:
            raise ValueError(f"a <{element.tag}> that is to be cut has no end")
        kept.append(page[at : element.begin])
        at = element.end
    return "".join([*kept, page[at:]])


def _outermost(element: Element, wanted: Callable[[Element], bool]) -> Iterator[Element]:
    """Yield the *wanted* elements, but none that another one contains."""
    for part in element.content:
        if isinstance(part, Element):
            yield from [part] if wanted(part) else _outermost(part, wanted)
