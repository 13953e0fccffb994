"""The gate to markdown-it: a value in, its blocks and faults out.

markdown-it tells lines, never columns. So its rules are replaced by ours, which read the value
itself between two ends: a position of the parser is then an offset. Kept are its list, whose
indents are subtle, and its pairing of asterisks.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline, emphasis

from press.content.text.inlines import Close, Item, Open, grown
from press.content.text.leaves import as_typed, found
from press.content.text.lines import not_text
from press.content.text.links import pairs, target
from press.content.text.parts import (
    Bullets,
    Cite,
    Emphasis,
    Fault,
    Link,
    Paragraph,
    Part,
    Strong,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

Silent = bool  # markdown-it hands it over by position: only look, leave nothing behind


def read(value: str) -> tuple[tuple[Part, ...], list[Fault]]:
    """Return the blocks of *value* in order, and what is wrong with them in any order."""
    faults: list[Fault] = []
    tokens: list[Token] = []
    _PARSER.block.parse(value, _PARSER, {"faults": faults}, tokens)
    return tuple(_blocks(value, iter(tokens), faults)), faults


def _blocks(value: str, tokens: Iterator[Token], faults: list[Fault]) -> Iterator[Part]:
    for token in tokens:
        if token.type == "text":
            yield _text(value, token, faults)
        else:
            yield _list(value, token, tokens, faults)


def _list(value: str, opening: Token, tokens: Iterator[Token], faults: list[Fault]) -> Bullets:
    """Take the tokens of one list; takewhile also takes the closing it stops at."""
    items: list[tuple[Paragraph, ...]] = []
    for item in takewhile(lambda token: not token.type.endswith("list_close"), tokens):
        inside = takewhile(lambda token: token.type != "list_item_close", tokens)
        items.append(tuple(_text(value, token, faults) for token in inside))
        if message := _bad_item(item.info, len(items), items[-1]):
            faults.append(Fault(item.meta["at"], message, "markdown"))
    return Bullets(tuple(items), opening.tag == "ol", opening.meta["at"])


def _bad_item(typed: str, number: int, paragraphs: tuple[Paragraph, ...]) -> str:
    """Return what is wrong with an item; a number must be printed as typed, a year included."""
    if not paragraphs:
        return "this item is empty; write its text or remove it"
    if typed not in ("", str(number)):
        return f"this item is printed as {number}; type {number}, or {typed}\\. if it is no item"
    return ""


def _text(value: str, token: Token, faults: list[Fault]) -> Paragraph:
    start, end = token.meta["at"], token.meta["end"]
    tokens: list[Token] = []
    env = {"faults": faults, "pairs": pairs(value, start, end)}
    state = StateInline(value, _PARSER, env, tokens)
    state.pos, state.posMax = start, end
    _PARSER.inline.tokenize(state)
    for pair_up in _PARSER.inline.ruler2.getRules(""):
        pair_up(state)
    return Paragraph(grown(_items(tokens, faults), faults), start)


def _items(tokens: list[Token], faults: list[Fault]) -> Iterator[Item]:
    """Yield what the rules below left in the tokens, and asterisks as markdown-it paired them."""
    left = -2  # where the last asterisk stands that has no partner
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            kind = Strong if token.tag == "strong" else Emphasis
            yield Open(kind, token.meta["at"] - len(token.markup) + 1)
        elif token.type in ("strong_close", "em_close"):
            yield Close()
        elif "item" in token.meta:
            yield token.meta["item"]
        elif token.content:
            at, sign = token.meta["at"], token.content
            yield Words(sign, at)
            if left != at - 1:
                message = f"this {sign} has no partner; type \\{sign} for the character itself"
                faults.append(Fault(at, message, "markdown"))
            left = at


def _not_text(state: StateBlock, line: int, _last: int, silent: Silent) -> bool:
    """Note a line that is not text; unless nothing in it is, it is then read as text."""
    at = _start(state, line)
    if state.is_code_block(line):
        if not silent:
            _note(state, at, "four spaces at the start of a line make code; remove them")
        return False
    kind = not_text(state.src, at, state.eMarks[line])
    if not kind:
        return False
    if silent:
        return kind.interrupts
    _note(state, at, kind.message, kind.rule)
    state.line = line + 1
    return kind.whole


def _flat_list(state: StateBlock, line: int, last: int, silent: Silent) -> bool:
    """Read a list, but none inside a list: so recursion goes no deeper."""
    if not silent and state.level > 0:
        if list_block(state, line, last, silent=True):
            message = "a list inside a list is not read; make it sentences, or type a \\ before it"
            _note(state, _start(state, line), message)
        return False
    before = len(state.tokens)
    is_list = list_block(state, line, last, silent)
    for token in state.tokens[before:]:
        if token.map:
            token.meta = {"at": _start(state, token.map[0])}
    return is_list


def _paragraph(state: StateBlock, line: int, _last: int, _silent: Silent) -> bool:
    """Read lines up to an empty one, or one that begins something else; note where they stand."""
    others = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    after = line + 1
    while after < state.lineMax and not state.isEmpty(after):
        # a line with a deep indent only goes on, whatever it holds
        if not state.is_code_block(after) and any(
            begins(state, after, state.lineMax, True)  # noqa: FBT003 (its signature)
            for begins in others
        ):
            break
        after += 1
    state.parentType, state.line = outer, after
    at = _start(state, line)
    end = state.skipSpacesBack(state.eMarks[after - 1], at)
    state.push("text", "", 0).meta = {"at": at, "end": end}
    return True


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _asterisks(state: StateInline, silent: Silent) -> bool:
    """Read `*` or `_`, and remember where each was typed; markdown-it pairs them later."""
    at, before = state.pos, len(state.tokens)
    if not emphasis.tokenize(state, silent):
        return False
    for place, token in enumerate(state.tokens[before:], at):
        token.meta = {"at": place}
    return True


def _image(state: StateInline, _silent: Silent) -> bool:
    at, partners = state.pos, state.env["pairs"]
    close = partners.get(at + 1, at)
    after = partners.get(close + 1, close) + 1
    looks = state.src[at : at + 2] == "![" and state.src[close + 1 : close + 2] == "("
    if not looks or state.src.startswith("[^", at + 1):
        return False
    _note(state, at, "an image is a block of its own; remove it here, or type \\!")
    _put(state, as_typed(state.src, at, after))
    state.pos = after
    return True


def _bracket(state: StateInline, _silent: Silent) -> bool:
    """Read `[words](address)`, and refuse brackets that look like a link and are none."""
    at, sign = state.pos, state.src[state.pos]
    if sign not in "[]" or state.src.startswith("[^", at):
        return False
    partner = state.env["pairs"].get(at)
    follows = state.src[partner + 1 : partner + 3] if partner and sign == "[" else ""
    if partner and follows.startswith("("):
        return _link(state, at, partner)
    if partner is None:
        _note(state, at, f"this {sign} has no partner; type \\{sign} for the character itself")
    elif follows.startswith("[") and follows != "[^":
        _note(state, at, "addresses stand in their links; write [words](https://...)")
    _put(state, Words(sign, at))
    state.pos += 1
    return True


def _link(state: StateInline, at: int, close: int) -> bool:
    href, after, faults = target(state.src, at, close, state.env["pairs"])
    state.env["faults"] += faults
    if state.linkLevel:
        _note(state, at, "a link inside a link leads nowhere; take one of them out", "link")
        _put(state, as_typed(state.src, at, after))
    else:
        _label(state, at, close, href)
    state.pos = after
    return True


def _label(state: StateInline, at: int, close: int, href: str) -> None:
    """Read the words of a link; without an address they stay words."""
    end, state.pos, state.posMax = state.posMax, at + 1, close
    state.linkLevel += 1
    # pushed even without an address: asterisks pair up inside the words only
    state.push("open", "", 1).meta = {"item": Open(Link, at, href)} if href else {}
    state.md.inline.tokenize(state)
    state.push("close", "", -1).meta = {"item": Close()} if href else {}
    state.linkLevel -= 1
    state.posMax = end


def _leaf(state: StateInline, _silent: Silent) -> bool:
    end, part, fault = found(state.src, state.pos, state.posMax)
    if fault:
        state.env["faults"].append(fault)
    if state.linkLevel and isinstance(part, Cite):
        _note(state, part.at, "a citation can't stand in a link; put it behind", "citation")
    _put(state, part)
    state.pos = end
    return True


def _put(state: StateInline, item: Item) -> None:
    state.push("item", "", 0).meta = {"item": item}


def _note(state: StateBlock | StateInline, at: int, message: str, rule: str = "markdown") -> None:
    state.env["faults"].append(Fault(at, message, rule))


def _parser() -> MarkdownIt:
    """Return markdown-it with our rules only.

    So nothing is read as HTML, entity (`&#52;` smuggles in a digit), code, heading or table.
    """
    parser = MarkdownIt("zero")
    # under the name 'code', without which markdown-it would not count an indent as too deep
    parser.block.ruler.at("code", _not_text, {"alt": ["paragraph", "list"]})
    parser.block.ruler.at("list", _flat_list, {"alt": ["paragraph"]})
    parser.block.ruler.at("paragraph", _paragraph)
    parser.block.ruler.enableOnly(["code", "list", "paragraph"])
    parser.inline.ruler.at("emphasis", _asterisks)
    parser.inline.ruler.at("image", _image)
    parser.inline.ruler.at("link", _bracket)
    parser.inline.ruler.push("leaf", _leaf)
    parser.inline.ruler.enableOnly(["emphasis", "image", "link", "leaf"])
    parser.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
    return parser


_PARSER: Final = _parser()
