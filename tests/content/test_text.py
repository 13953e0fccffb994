"""What an author may type, what it becomes, and what is refused with which way out."""

from __future__ import annotations

import pytest

from press.content.text.markdown import LONGEST, parse
from press.content.text.parts import (
    Bold,
    Cite,
    Hyperlink,
    Inline,
    Italic,
    ItemList,
    Own,
    Placeholder,
    TextParagraph,
    Words,
    plain,
    walk,
)


def inline(value: str) -> tuple[Inline, ...]:
    """Return the parts of a value that is one paragraph without a fault."""
    parts, faults = parse(value)
    assert not faults
    [paragraph] = parts
    assert isinstance(paragraph, TextParagraph)
    return paragraph.children


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("a b", (Words("a b", 0),)),
        ("{a.b}", (Placeholder("a", "b", "", 0),)),
        ("{a_1.b_2:words} x", (Placeholder("a_1", "b_2", "words", 0), Words(" x", 15))),
        (
            "{a.b:fraction}{a.b:year}",
            (Placeholder("a", "b", "fraction", 0), Placeholder("a", "b", "year", 14)),
        ),
        ("by {by}", (Words("by ", 0), Own("by", 3))),
        ("so[^a_b].", (Words("so", 0), Cite("a_b", 2), Words(".", 8))),
        ("a[^b][^c]", (Words("a", 0), Cite("b", 1), Cite("c", 5))),
        ("a **b** c", (Words("a ", 0), Bold((Words("b", 4),), 2), Words(" c", 7))),
        ("_a_", (Italic((Words("a", 1),), 0),)),
        ("***a***", (Italic((Bold((Words("a", 3),), 1),), 0),)),
        ("**{a.b}**", (Bold((Placeholder("a", "b", "", 2),), 0),)),
        (
            "[a *b*](https://x.org/c_d?e=f&g#h)",
            (
                Hyperlink(
                    "https://x.org/c_d?e=f&g#h",
                    (Words("a ", 1), Italic((Words("b", 4),), 3)),
                    0,
                ),
            ),
        ),
        ("[a](mailto:b@x.org)", (Hyperlink("mailto:b@x.org", (Words("a", 1),), 0),)),
        ("[a](https://x.org/(b))", (Hyperlink("https://x.org/(b)", (Words("a", 1),), 0),)),
        ("[a](https://x.org:80/Ош)", (Hyperlink("https://x.org:80/Ош", (Words("a", 1),), 0),)),
        ("**[a](http://x.org)**", (Bold((Hyperlink("http://x.org", (Words("a", 3),), 2),), 0),)),
        (
            r"\*a\* \{ \[ \<b \\",
            tuple(map(Words, ("*a", "* ", "{ ", "[ ", "<b ", "\\"), (1, 4, 7, 10, 13, 17))),
        ),
        ("a\nb", (Words("a b", 0),)),
        ("a \n   **b**", (Words("a ", 0), Bold((Words("b", 8),), 6))),
        ("a\n     b", (Words("a ", 0), Words("b", 7))),
        ("  a  ", (Words("a", 2),)),
        ("p < 0.05, <5%, R&D, ~7, [sic] :)", (Words("p < 0.05, <5%, R&D, ~7, [sic] :)", 0),)),
        ("a [b][^c]", (Words("a [b]", 0), Cite("c", 5))),
        ("well![^c]", (Words("well!", 0), Cite("c", 5))),
        (
            "a\N{NO-BREAK SPACE}b \N{GRINNING FACE} *c*",
            (Words("a\xa0b \U0001f600 ", 0), Italic((Words("c", 7),), 6)),
        ),
    ],
)
def test_a_paragraph_becomes_parts_with_offsets(value: str, parts: tuple[Inline, ...]) -> None:
    """Every part knows where it was typed, in code points of the value."""
    assert inline(value) == parts


def test_blocks_are_paragraphs_and_lists() -> None:
    """Empty lines part paragraphs; an item holds one or more of them."""
    value = "a\n\n- b\n- {c.d}\n\n  e\n\n1. f\n2. g\n   h"
    parts, faults = parse(value)
    assert not faults
    second = (
        TextParagraph((Placeholder("c", "d", "", 9),), 9),
        TextParagraph((Words("e", 18),), 18),
    )
    assert parts == (
        TextParagraph((Words("a", 0),), 0),
        ItemList(((TextParagraph((Words("b", 5),), 5),), second), ordered=False, at=3),
        ItemList(
            (
                (TextParagraph((Words("f", 24),), 24),),
                (TextParagraph((Words("g ", 29), Words("h", 34)), 29),),
            ),
            ordered=True,
            at=21,
        ),
    )


def test_nothing_typed_is_nothing_and_no_fault() -> None:
    """Whether a text may be empty is for the schema to say."""
    assert parse("") == parse(" \n\t") == parse("", blocks=False) == ((), ())


FAULTS = [
    # HTML, entities, code
    ("a <b>c</b>", 2, "markdown", "type \\<"),
    ("a <c", 2, "markdown", "type \\<"),
    ("a <!-- b --> c", 2, "markdown", "HTML"),
    ("<div>\na\n</div>", 0, "markdown", "HTML"),
    ("a <?b?>", 2, "markdown", "HTML"),
    ("a &nbsp;b", 2, "markdown", "type the character itself"),
    ("a &#52;", 2, "markdown", "type the character itself"),
    ("a &#x34;", 2, "markdown", "type the character itself"),
    ("R&amp;D", 1, "markdown", "type the character itself"),
    ("a `b`", 2, "markdown", "type \\`"),
    ("a ~~b~~", 2, "markdown", "struck out"),
    # blocks
    ("# a", 0, "markdown", "heading"),
    ("a\n## b", 2, "markdown", "heading"),
    ("a\n===", 2, "markdown", "heading"),
    ("a\n---\nb", 2, "markdown", "rule"),
    ("* * *", 0, "markdown", "rule"),
    ("```\na\n```", 0, "markdown", "code"),
    ("a\n~~~\nb", 2, "markdown", "code"),
    ("    a", 4, "markdown", "four spaces"),
    ("- a\n\n      b", 11, "markdown", "four spaces"),
    ("> a", 0, "markdown", "type \\>"),
    ("a\n>60% of b", 2, "markdown", "use words"),
    ("a | b\n--|--\n1 | 2", 2, "markdown", "table"),
    ("| a |", 0, "markdown", "table"),
    ("- a\n  - b", 6, "markdown", "list inside a list"),
    ("- - a", 2, "markdown", "list inside a list"),
    ("- a\n-\n- b", 4, "markdown", "signs alone"),
    ("- a\n- \n- b", 4, "markdown", "signs alone"),
    ("1. a\n2.\n3. b", 5, "markdown", "empty"),
    ("2012. a", 0, "markdown", "type 1, or 2012\\. if"),
    ("1. a\n1. b", 5, "markdown", "printed as 2"),
    ("[a]: https://x.org", 0, "markdown", "an address is in its link"),
    ("a  \nb", 1, "markdown", "two spaces"),
    # signs
    ("a **b", 2, "markdown", "type \\*"),
    ("a *b", 2, "markdown", "type \\*"),
    ("5 * 3", 2, "markdown", "type \\*"),
    ("a_b", 1, "markdown", "type \\_"),
    ("**a*", 0, "markdown", "type \\*"),
    ("a\\\nb", 1, "markdown", "escapes nothing"),
    ("a \\b", 2, "markdown", "type \\\\"),
    ("a [b", 2, "markdown", "type \\["),
    ("a ]b", 2, "markdown", "type \\]"),
    ("*a **b *c **d *e* d** c* b** a*", 14, "markdown", "too deep"),
    # links
    ("![a](b.png)", 0, "markdown", "block of its own"),
    ("[a][b]", 0, "markdown", "[words](https://...)"),
    ("<https://x.org>", 0, "markdown", "[words](https://...)"),
    ("<a@x.org>", 0, "markdown", "[words](https://...)"),
    ("[a](javascript:b)", 4, "link", "https://"),
    ("[a](JavaScript:b)", 4, "link", "https://"),
    ("[a](java\x01script:b)", 4, "link", "white space"),
    ("[a](data:text/html,b)", 4, "link", "https://"),
    ("[a](b.html)", 4, "link", "https://"),
    ("[a](/b)", 4, "link", "https://"),
    ("[a](//x.org)", 4, "link", "https://"),
    ("[a](ftp://x.org)", 4, "link", "https://"),
    ("[a](HTTPS://x.org)", 4, "link", "small letters"),
    ("[a](https:x.org)", 4, "link", "https://"),
    ("[a](https://)", 4, "link", "host"),
    ("[a](https:///b)", 4, "link", "host"),
    ("[a](https://localhost)", 4, "link", "host"),
    ("[a](https://x..org)", 4, "link", "host"),
    ("[a](https://b:c@x.org)", 4, "link", "no user"),
    ("[a](https://x.org/b c)", 4, "link", "white space"),
    ('[a](https://x.org "b")', 4, "link", "no title"),
    ("[a](<https://x.org>)", 4, "link", "%3C"),
    ("[a](https://x.org/{b.c})", 4, "link", "%7B"),
    ("[a](mailto:b)", 4, "link", "mailto:name@example.org"),
    ("[a](mailto:b@x.org?bcc=c@x.org)", 4, "link", "nothing more"),
    (f"[a](https://x.org/{'b' * 2000})", 4, "link", "at most 2000"),
    ("[a]()", 4, "link", "leads nowhere"),
    ("[a](https://x.org", 3, "link", "add a )"),
    ("[](https://x.org)", 0, "link", "no words"),
    ("[ ](https://x.org)", 0, "link", "no words"),
    ("[a [b](https://x.org) c](https://y.org)", 3, "link", "inside a link"),
    ("[a](#b)", 4, "anchor", "cite a claim"),
    ("[a](lang:)", 4, "foreign", "[words](lang:ky)"),
    ("[a](lang:KY)", 4, "foreign", "small letters"),
    ("[a](Lang:ky)", 4, "foreign", "small letters"),
    ("[a](lang:kyrgyz)", 4, "foreign", "two or three"),
    ("[](lang:ky)", 0, "link", "no words"),
    ("[a [b[^c]](lang:ky)](https://x.org)", 5, "citation", "can't be in a link"),
    # values
    ("{Syringe.total}", 0, "value", "did you mean '{syringe.total}'?"),
    ("{a-b.c}", 0, "value", "did you mean '{a_b.c}'?"),
    ("{ a.b }", 0, "value", "did you mean '{a.b}'?"),
    ("{a.b:word}", 0, "value", "did you mean 'words'?"),
    ("{a.b:}", 0, "value", "no placeholder"),
    ("{a.b.c}", 0, "value", "no placeholder"),
    ("{by:words}", 0, "value", "no placeholder"),
    ("{48}", 0, "value", "no placeholder"),
    ("{}", 0, "value", "no placeholder"),
    ("a {b", 2, "value", "type \\{"),
    ("a } b", 2, "value", "type \\}"),
    ("{{ a.b }}", 0, "value", "templates"),
    ("a {% b %}", 2, "value", "templates"),
    ("a {# b #}", 2, "value", "templates"),
    # citations
    ("a[^Foo]", 1, "citation", "did you mean '[^foo]'?"),
    ("a[^ b]", 1, "citation", "did you mean '[^b]'?"),
    ("a[^b.c]", 1, "citation", "did you mean '[^b]'?"),
    ("a[^b, c]", 1, "citation", "write [^b][^c]"),
    ("a[^1]", 1, "citation", "cites no claim"),
    ("a[^]", 1, "citation", "cites no claim"),
    ("a[^b](https://x.org)", 5, "citation", "no link"),
    ("a[^b", 1, "citation", "not closed"),
    ("[^a]: b", 0, "citation", "remove what follows"),
    ("a[^b]\n[^b]: c", 6, "citation", "remove what follows"),
    ("[a[^b]](https://x.org)", 2, "citation", "put it after"),
    # other dialects
    ("a [@smith]", 2, "markdown", "cite a claim with [^claim]"),
    ("a [-@smith, 4]", 2, "markdown", "cite a claim with [^claim]"),
    ("a [12, 13].", 2, "markdown", "cite a claim with [^claim]"),
    ("a (Smith et al.) b", 3, "markdown", "cite a claim with [^claim]"),
    ("a (see Smith et al., in print)", 3, "markdown", "cite a claim with [^claim]"),
    ("a [Smith, op. cit.]", 10, "markdown", "cite a claim with [^claim]"),
    ("a. Ibid.", 3, "markdown", "cite a claim with [^claim]"),
    ("a (Smith, in press)", 3, "markdown", "cite a claim with [^claim]"),
    ("a || b", 2, "markdown", "a table is a block of its own"),
    ("a b | c d\ne | f", 4, "markdown", "a table is a block of its own"),
    ("a\tb", 1, "markdown", "a table is a block of its own"),
    ("a ^[a note]", 2, "markdown", "cite a claim with [^claim]"),
    ("a [[wiki]]", 2, "markdown", "write [words](https://...)"),
    ("a ==b== c", 2, "markdown", "type \\="),
    ("*==b==*", 1, "markdown", "type \\="),
    ("a ++b++", 2, "markdown", "type \\+"),
    ("a ||b||", 2, "markdown", "type \\|"),
    ("a ''b''", 2, "markdown", "type \\'"),
    ("a $$b$$", 2, "markdown", "type \\$"),
    ("a :smile: b", 2, "markdown", "type \\:"),
    ("x^2^", 1, "markdown", "type \\^"),
    ("H~2~O", 1, "markdown", "type \\~"),
    ("::: note", 0, "markdown", "type \\:"),
    ("!!! note", 0, "markdown", "type \\!"),
    ("- [ ] a", 2, "markdown", "type \\["),
    (".. note:: a", 0, "markdown", "type \\."),
    (":: note", 0, "markdown", "type \\:"),
    ("%% a", 0, "markdown", "type \\%"),
    ("== a ==", 0, "markdown", "type \\="),
    ("= a =", 0, "markdown", "type \\="),
    ("h2. a", 2, "markdown", "type \\."),
    (";; a", 0, "markdown", "type \\;"),
    ("// a", 0, "markdown", "type \\/"),
    ("a |b c| d", 2, "markdown", "type \\|"),
    ("- a; - b", 5, "markdown", "a line of its own"),
    ("- works - saves", 8, "markdown", "a line of its own"),
    ("a \u2022 b", 2, "markdown", "a line of its own"),
]

SOUND = [
    "1:2:3 and 10:15",
    "(a == b)",
    "C++ and D",
    "$5 and $6",
    "rock 'n' roll",
    "5^3",
    "a ~ b",
    "the [sic] sign",
    "[words](https://x.org/a==b==)",
    "read: this",
    "...and so on",
    "a - b",
    "- a;\n- b",
    "yes/*no* or |x|",
    "et al and |x|",
    "It ended.\tThen it began.",
    "5% and 6%%".replace("%%", "%"),
]


@pytest.mark.parametrize("value", SOUND)
def test_what_only_looks_like_markup_is_text(value: str) -> None:
    """Signs that no dialect would read are printed."""
    assert not parse(value)[1]


@pytest.mark.parametrize(("value", "at", "rule", "words"), FAULTS)
def test_what_is_not_read_is_a_fault(value: str, at: int, rule: str, words: str) -> None:
    """The first fault stands where the mistake does, and names the way out."""
    _, faults = parse(value)
    assert faults
    assert (faults[0].at, faults[0].rule) == (at, rule)
    assert words in faults[0].message


@pytest.mark.parametrize(
    ("value", "way_out"),
    [
        ("2012. a", r"2012\. a"),
        ("# a", r"\# a"),
        ("> a", r"\> a"),
        ("| a", r"\| a"),
        ("a <b", r"a \<b"),
        ("a_b", r"a\_b"),
        ("a *b", r"a \*b"),
        ("a `b", r"a \`b"),
        ("a ~~b", r"a \~\~b"),
        ("a [b", r"a \[b"),
        ("a ] b", r"a \] b"),
        ("{a", r"\{a"),
        ("a}", r"a\}"),
        ("- - a", r"- \- a"),
        (r"a \b", r"a \\b"),
        ("a ==b== c", r"a \==b== c"),
        ("x^2^", r"x\^2^"),
        ("a [1]", r"a \[1]"),
        ("::: a", r"\::: a"),
        ("![a](https://x.org)", r"\![a](https://x.org)"),
        ("a &b; c", r"a \&b; c"),
        ("[a]: b", r"\[a]: b"),
    ],
)
def test_an_escape_is_the_way_out(value: str, way_out: str) -> None:
    """What a backslash stands before is printed as it is."""
    assert parse(value)[1]
    assert not parse(way_out)[1]


def test_all_faults_are_told_at_once() -> None:
    """In order of place, each once, those inside a refused thing too."""
    _, faults = parse("> a {B.c}\n\n- <i>\n- *d [e](f)")
    places = [(fault.at, fault.rule) for fault in faults]
    assert places == [
        (0, "markdown"),
        (4, "value"),
        (13, "markdown"),
        (19, "markdown"),
        (26, "link"),
    ]


def test_a_refused_address_is_in_no_part() -> None:
    """Whoever prints in spite of a fault prints no link to it, but its words."""
    parts, faults = parse("a [b](javascript:c) d")
    assert faults
    assert [type(part) for part in walk(parts)] == [Words] * 3
    assert plain(parts, repr) == "a b d"


@pytest.mark.parametrize(
    ("value", "at", "words"),
    [
        ("a\n\nb", 3, "one paragraph"),
        ("- a", 0, "a list"),
        ("a\n\n1. b", 3, "a list"),
    ],
)
def test_where_one_line_is_asked_for_blocks_are_faults(value: str, at: int, words: str) -> None:
    """A title, a label and a table cell are one paragraph."""
    assert parse("a\n*b*", blocks=False) == parse("a\n*b*")
    assert not parse(value)[1]
    [fault] = parse(value, blocks=False)[1]
    assert (fault.at, fault.rule) == (at, "markdown")
    assert words in fault.message


def test_a_text_longer_than_any_brief_is_refused() -> None:
    """The limit bounds what a hostile text can cost."""
    assert not parse("a " * (LONGEST // 2))[1]
    parts, [fault] = parse("a" * (LONGEST + 1))
    assert not parts
    assert fault.at == LONGEST
    assert "split it" in fault.message


TREE = "a **b {c.d}** *{e}*\n\n- [f](https://x.org)[^g]\n- h\n\n  i"


def test_walking_meets_every_part_in_reading_order() -> None:
    """A part that holds others comes before them."""
    kinds = [type(part).__name__ for part in walk(parse(TREE)[0])]
    first = ["Words", "Bold", "Words", "Placeholder", "Words", "Italic", "Own"]
    assert kinds == [*first, "Hyperlink", "Words", "Cite", "Words", "Words"]


def test_plain_is_what_a_reader_sees() -> None:
    """Values are shown as asked, each paragraph is a line, marks of notes are none."""

    def show(part: Placeholder | Own) -> str:
        return f"<{part.name}>"

    parts, _ = parse(TREE)
    assert plain(parts, show) == "a b <d> <e>\nf\nh\ni"
    [paragraph] = parse("a *{b.c}*")[0]
    assert isinstance(paragraph, TextParagraph)
    assert plain(paragraph.children, show) == "a <c>"
