"""What holds for every text: nothing is lost, each part knows its place, CommonMark agrees."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from press.content.text.markdown import parse
from press.content.text.parts import (
    Bold,
    Cite,
    Foreign,
    Hyperlink,
    Inline,
    Italic,
    ItemList,
    Own,
    Part,
    Placeholder,
    TextParagraph,
    Words,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# no test here depends on how fast the machine is
PIECES = st.sampled_from(
    [
        *("{a.b}", "{a.b:words}", "{by}", "[^c]", "**d**", "*e*", "_f_", "***g***", "**h {a.b}**"),
        *(
            "[i](lang:ky)",
            "[j](lang:KY)",
            "[i](https://x.org/j)",
            "[k *l*](mailto:m@x.org)",
            "![n](o.png)",
            "[p](q)",
            "[r][s]",
        ),
        *("\\*", "\\{", "\\[", "\\\\", "\\t", "&amp;", "<u>", "<!-- v -->", "`w`", "~~", "{{ x }}"),
        *(
            "\n",
            "\n\n",
            "\n- ",
            "\n  ",
            "\n1. ",
            "\n2. ",
            "\n\n  ",
            "\n    ",
            "\n> ",
            "\n# ",
            "\n---\n",
        ),
        *(
            "**",
            "*",
            "_",
            "[",
            "](",
            ")",
            "]",
            "{",
            "}",
            "  ",
            "\t",
            "2012. ",
            "4.8",
            "no. 5 ",
            "ө№é\U0001f600",
        ),
    ]
)
NOISE = st.text("ab4 {}.*_[]()^-\\>1<&`~!:|#\n\t\r\u00a0\u2028ө", max_size=12)
TEXTS = st.lists(PIECES | NOISE, max_size=12).map("".join)
# what a text is made of that has no fault, more often than not
SOUND = st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "b c",
                " ",
                ". ",
                "{a.b}",
                "[^c]",
                "**d**",
                "*e*",
                " **f *g* h** ",
                "_i_ ",
                "\\*",
            ),
            *(
                "[j **k**](https://x.org/)",
                "[l *m*](lang:ky)",
                "\n",
                "\n\n",
                "\n\n- l\n- m",
                "\n\n1. n\n\n   o\n2. p",
                "\n\n* q\n  r",
            ),
            *("**", "*", "(", ")", "!", "“", "”", "\n\n\n", "\n  ", "\\\\", "[s]", "é"),
        ]
    ),
    max_size=14,
).map("".join)


def typed_ink(parts: Iterable[Part | Inline]) -> str:
    """Return every letter and digit that the parts stand for, in the order of typing."""
    return "".join(character for part in parts for character in typed(part) if character.isalnum())


def typed(part: Part | Inline) -> str:  # noqa: PLR0911 (a line for each kind)
    """Return what a part was typed as, signs apart."""
    match part:
        case Words():
            return part.text
        case Placeholder():
            return part.claim + part.name + part.form
        case Own():
            return part.name
        case Cite():
            return part.claim
        case Hyperlink():
            return typed_ink(part.children) + part.href
        case Foreign():
            return f"{typed_ink(part.children)}lang{part.language}"
        case ItemList():
            return "".join(
                f"{number if part.ordered else ''}{typed_ink(item)}"
                for number, item in enumerate(part.items, 1)
            )
        case _:
            return typed_ink(part.children)


@given(TEXTS | SOUND)
@example("1. a\n2. b")
@example("a\\\nb")
def test_nothing_is_lost_without_a_fault(value: str) -> None:
    """Every letter and digit, in order, is in a part; or something is said."""
    parts, faults = parse(value)
    if not faults:
        assert typed_ink(parts) == "".join(filter(str.isalnum, value))


@given(TEXTS | SOUND)
def test_each_part_stands_where_it_says(value: str) -> None:
    """The value holds, at the offset of each part, what was typed; faults or none."""
    parts, faults = parse(value)
    for part in walk(parts):
        match part:
            case Words():
                there = value[part.at : part.at + len(part.text)]
                assert part.text
                assert re.sub(r"[\t\n]", " ", there) == part.text.replace("\t", " ")
            case Placeholder():
                assert value.startswith(f"{{{part.claim}.{part.name}", part.at)
            case Own():
                assert value.startswith(f"{{{part.name}}}", part.at)
            case Cite():
                assert value.startswith(f"[^{part.claim}]", part.at)
            case Bold():
                assert value.startswith(("**", "__"), part.at)
            case Italic():
                assert value.startswith(("*", "_"), part.at)
            case Hyperlink() | Foreign():
                assert value.startswith("[", part.at)
                assert f"]({address(part)})" in value[part.at :]
    for block in parts:
        assert value[block.at] in (
            "-+*" if isinstance(block, ItemList) and not block.ordered else value
        )
        assert not value[block.at].isspace() or value[block.at] not in " \t\n"
    assert all(0 <= fault.at <= len(value) for fault in faults)
    assert list(faults) == sorted(set(faults))


@given(TEXTS | SOUND)
def test_parts_are_in_order_and_words_are_whole(value: str) -> None:
    """No part stands before its forerunner, and two words without a gap are one."""
    walked = list(walk(parse(value)[0]))
    assert [part.at for part in walked] == sorted(part.at for part in walked)
    for one, two in pairwise(walked):
        if isinstance(one, Words) and isinstance(two, Words):
            assert one.at + len(one.text) < two.at


def address(part: Hyperlink | Foreign) -> str:
    """Return what stands in the round brackets."""
    return part.href if isinstance(part, Hyperlink) else f"lang:{part.language}"


def html(parts: Iterable[Part | Inline]) -> str:
    """Return the HTML of parts as CommonMark would write it."""
    return "".join(map(tag, parts))


def tag(part: Part | Inline) -> str:  # noqa: PLR0911 (a line for each kind)
    """Return the HTML of one part; what CommonMark does not know stays as typed."""
    match part:
        case TextParagraph():
            return f"<p>{html(part.children)}</p>"
        case ItemList():
            name = "ol" if part.ordered else "ul"
            items = "".join(f"<li>{html(item)}</li>" for item in part.items)
            return f"<{name}>{items}</{name}>"
        case Bold():
            return f"<strong>{html(part.children)}</strong>"
        case Italic():
            return f"<em>{html(part.children)}</em>"
        case Hyperlink() | Foreign():  # both are links to another program
            return f'<a href="{address(part)}">{html(part.children)}</a>'
        case Words():
            return part.text
        case Placeholder():
            return f"{{{part.claim}.{part.name}}}"
        case Cite():
            return f"[^{part.claim}]"
        case Own():
            return f"{{{part.name}}}"


def commonmark(value: str) -> str:
    """Return what markdown-it makes of *value* with rules of its own, all paragraphs shown."""
    parser = MarkdownIt("commonmark")
    tokens = parser.parse(value)
    for token in tokens:
        token.hidden = False
    made: str = parser.renderer.render(tokens, parser.options, {})
    return re.sub(r"(</?(?:p|ul|ol|li)>)\n", r"\1", made).replace("\n", " ")


@given(SOUND)
@example("a *b **c*** d\n\n1. e\n2. f\n\n   g")
def test_commonmark_agrees_where_there_is_no_fault(value: str) -> None:
    """An editor that previews Markdown shows the author what will be printed."""
    parts, faults = parse(value)
    if not faults:
        assert re.sub(r" +", " ", html(parts)) == re.sub(r" +", " ", commonmark(value))
