"""Where sentences end, and that each value is cited there."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content.text.markdown import parse
from press.content.text.parts import (
    Bold,
    Cite,
    Foreign,
    Hyperlink,
    Inline,
    Italic,
    Own,
    Placeholder,
    TextParagraph,
    Words,
    paragraphs,
    walk,
)
from press.content.text.sentences import cite_at_sentence_ends, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable


def paragraph(value: str) -> TextParagraph:
    """Return the one paragraph that *value* is."""
    [part], faults = parse(value)
    assert isinstance(part, TextParagraph)
    assert not faults
    return part


def markdown(parts: Iterable[Inline]) -> str:
    """Return parts as an author would type them."""
    return "".join(map(typed, parts))


def typed(part: Inline) -> str:  # noqa: PLR0911 (a line for each kind)
    """Return one part as an author would type it."""
    match part:
        case Words():
            return part.text
        case Placeholder():
            return f"{{{part.claim}.{part.name}}}"
        case Own():
            return f"{{{part.name}}}"
        case Cite():
            return f"[^{part.claim}]"
        case Bold():
            return f"**{markdown(part.children)}**"
        case Italic():
            return f"*{markdown(part.children)}*"
        case Hyperlink():
            return f"[{markdown(part.children)}]({part.href})"
        case Foreign():
            return f"[{markdown(part.children)}](lang:{part.language})"


@pytest.mark.parametrize(
    ("value", "cited"),
    [
        # a value is cited behind its sentence's last sign
        ("Aa {a.b} cc. Dd.", "Aa {a.b} cc.[^a] Dd."),
        ("Aa {a.b} cc", "Aa {a.b} cc[^a]"),
        ("{a.b}? {c.d}! {e.f}… Gg", "{a.b}?[^a] {c.d}![^c] {e.f}…[^e] Gg"),
        ("Aa {a.b}?! Bb", "Aa {a.b}?![^a] Bb"),
        ('Aa "bb {a.b}." Cc', 'Aa "bb {a.b}."[^a] Cc'),
        ("Aa (bb {a.b}.) Cc", "Aa (bb {a.b}.)[^a] Cc"),
        ("Aa «bb {a.b}.» «Cc»", "Aa «bb {a.b}.»[^a] «Cc»"),
        ("Aa {a.b} bb; cc {d.e}: ff.", "Aa {a.b} bb; cc {d.e}: ff.[^a][^d]"),
        ("Aa {by} bb.", "Aa {by} bb."),
        # once, in order of first appearance
        ("{c.d}, {a.b}, {c.e}.", "{c.d}, {a.b}, {c.e}.[^c][^a]"),
        ("{a.b} cc. {a.b} dd.", "{a.b} cc.[^a] {a.b} dd.[^a]"),
        # citations beside the last sign join, others stay
        ("Aa {a.b}[^c]. Dd", "Aa {a.b}.[^a][^c] Dd"),
        ("Aa {a.b}.[^c] Dd", "Aa {a.b}.[^a][^c] Dd"),
        ("Aa {a.b}[^c].[^d] Ee", "Aa {a.b}.[^a][^c][^d] Ee"),
        ("Aa {a.b}[^a].[^c][^a] Dd", "Aa {a.b}.[^a][^c] Dd"),
        ("Aa[^a]. Bb", "Aa.[^a] Bb"),
        ("Aa [^a]. Bb", "Aa.[^a] Bb"),
        ("Aa. [^a] Bb", "Aa.[^a] Bb"),
        ("Aa. [^a] [^b] Bb", "Aa.[^a][^b] Bb"),
        ("Aa {a.b}. [^c]", "Aa {a.b}.[^a][^c]"),
        ("Aa[^c] {a.b} bb.", "Aa[^c] {a.b} bb.[^a]"),
        ("Aa[^a] {a.b} bb.", "Aa[^a] {a.b} bb.[^a]"),
        ("Aa {a.b} bb[^c]", "Aa {a.b} bb[^a][^c]"),
        # the next mark after a value is its own, wherever that is
        ("Aa {a.b} (bb[^c]).", "Aa {a.b} (bb[^a][^c])."),
        ("Aa {a.b} (bb[^c])", "Aa {a.b} (bb[^a][^c])"),
        ("Aa {a.b} **bb[^c]** {d.e}.", "Aa {a.b} **bb[^a][^c]** {d.e}.[^d]"),
        ("[^a]", "[^a]"),
        # inside other parts: behind Bold, behind a Hyperlink, which it divides
        ("Aa **bb {a.b}.** Cc", "Aa **bb {a.b}.**[^a] Cc"),
        ("Aa **bb {a.b}**. Cc", "Aa **bb {a.b}**.[^a] Cc"),
        ("**Aa {a.b}. Cc** dd.", "**Aa {a.b}.**[^a]** Cc** dd."),
        ("***Aa {a.b}. Cc*** dd.", "***Aa {a.b}.***[^a]*** Cc*** dd."),
        ("Aa {a.b} bb. **cc** dd.", "Aa {a.b} bb.[^a] **cc** dd."),
        ("Aa {a.b} bb. *cc* dd.", "Aa {a.b} bb.[^a] *cc* dd."),
        ("Aa {a.b} bb. [cc](https://x.org) dd.", "Aa {a.b} bb.[^a] [cc](https://x.org) dd."),
        ("Aa [bb {a.b}](lang:ky). Cc.", "Aa [bb {a.b}](lang:ky).[^a] Cc."),
        ("[Aa {a.b}. Bb](lang:ky) cc.", "[Aa {a.b}.](lang:ky)[^a][ Bb](lang:ky) cc."),
        ("[Aa {a.b}.](https://x.org) Bb", "[Aa {a.b}.](https://x.org)[^a] Bb"),
        (
            "[Aa {a.b}. Bb {c.d}. Ee](https://x.org) ff.",
            "[Aa {a.b}.](https://x.org)[^a][ Bb {c.d}.](https://x.org)[^c][ Ee](https://x.org) ff.",
        ),
        ("[Aa. Bb {c.d}](https://x.org) ee.", "[Aa. Bb {c.d}](https://x.org) ee.[^c]"),
        (
            "**[Aa {a.b}. B](https://x.org) cc**",
            "**[Aa {a.b}.](https://x.org)**[^a]**[ B](https://x.org) cc**",
        ),
        ("Aa {a.b}.**[^c]** Dd", "Aa {a.b}.[^a][^c] Dd"),
        # behind a lead, unless the first mark of what follows is its own
        (
            "**{a.b} and {c.d}:** Ee.[^a] Ff {c.e}.",
            "**{a.b} and {c.d}:**[^a][^c] Ee.[^a] Ff {c.e}.[^c]",
        ),
        ("**{a.b}:** Ee {c.d}.", "**{a.b}:**[^a] Ee {c.d}.[^c]"),
        ("**{a.b}:** Ee {a.c}.", "**{a.b}:** Ee {a.c}.[^a]"),
        ("**{a.b}:** Ee[^c] {a.c}.", "**{a.b}:**[^a] Ee[^c] {a.c}.[^a]"),
        ("**{a.b}:** Ee[^a] {c.d}.", "**{a.b}:** Ee[^a] {c.d}.[^c]"),
        ("**{a.b}**: Ee. Ff {a.c}.", "**{a.b}**:[^a] Ee. Ff {a.c}.[^a]"),
        ("*{a.b} –* Ee.", "*{a.b} –*[^a] Ee."),
        ("**{a.b}:**", "**{a.b}:**[^a]"),
        ("**{a.b}**:", "**{a.b}**:[^a]"),
        ("**{a.b}[^c]:** Ee.", "**{a.b}[^a][^c]:** Ee."),
        ("Ee. **{a.b}:** Ff. **{c.d}:** Gg.", "Ee. **{a.b}:**[^a] Ff. **{c.d}:**[^c] Gg."),
        # bold words that are no lead
        ("**{a.b} towns** grew.", "**{a.b} towns** grew.[^a]"),
        ("Of **{a.b}:** Ee.", "Of **{a.b}:** Ee.[^a]"),
    ],
)
def test_values_are_cited_where_their_sentence_ends(value: str, cited: str) -> None:
    """One group of marks stands behind the last sign, quotes and brackets."""
    assert markdown(cite_at_sentence_ends(paragraph(value), "en").children) == cited


@pytest.mark.parametrize(
    "value",
    [
        "It grew by 4.8 times|. Then",
        "See e.g. Bishkek, i.e. {a.b} towns|. Then",
        "See, e. g. Osh and others|. Then",
        "It is No. 5 and no. {a.b} of them|. No|. Then",
        "Dr. Asanov, Prof. Bek and St. Petersburg cf. Osh|. Then",
        "By J. Smith and A. B. Jones there|. Then",
        "The U.S. Agency gave|. Then",
        "Up to approx. 5 and fig. **5** there|. Then",
        "For hepatitis C|. The tests|. Then",
        "It is plan B|. 48 towns|. Then",
        "It is No[^a]. 48 and J[^b]. Smith|. Then",
        "It ... grew … then|… Then",
        "It grew|. 48 towns|. {a.b} more|. “So|.” ‘And’ then|. (So|.) [And]",
        "It grew. then it fell|. Then",
        "Это г. Бишкек и область|. Өсүш бар|. Жок",
        "See press.Text or x.{a.b} there|. Then",
        "It grew|.\tThen",
        "Is it? yes|! Then|?! So",
        "It grew|.[^a] Then|. [^b] So [^c] it|. And",
    ],
)
def test_a_sentence_ends_before_a_new_one_only(value: str) -> None:
    """Abbreviations, initials, decimals and small letters go on; each | stands for an end."""
    ends = re.compile(r"\|([.!?…]+[”)]?(?: ?\[\^.\])?)")
    expected = [part for part in ends.sub(r"\1|", value).split("|") if part]
    got = sentences(paragraph(value.replace("|", "")), "en")
    assert [markdown(sentence) for sentence in got] == expected


def test_a_cite_stands_where_its_value_does() -> None:
    """A problem with a reference points at the value that asks for it."""
    cites = [
        part
        for part in walk([cite_at_sentence_ends(paragraph("A {a.b}[^c]."), "en")])
        if isinstance(part, Cite)
    ]
    assert cites == [Cite("a", 2), Cite("c", 7)]


# no test here depends on how fast the machine is
TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "A b",
                " c",
                ". ",
                ".",
                "? ",
                "!”",
                "… ",
                " e.g. ",
                " J. ",
                "; ",
                "(",
                ")",
                " ",
                "\n",
            ),
            *("\n\n- A {g.b} ", "\n- B ", "\n\nC "),
            *("**{a.b}:** ", "**{a.c}**: ", "*{c.b} –* E ", "“{e.b} q.” ", " No. {a.d} "),
            *("{a.b}", " {c.d} ", "[^e]", "[^a]", "**F {g.h}. I** ", "*j*", "**k.**", " {by}"),
            *("[L {m.n}. O](https://x.org)", "**[P](https://x.org).** ", "\ue000", "\ue001"),
        ]
    ),
    min_size=1,
    max_size=16,
).map("".join)


@given(TEXTS)
def test_nothing_but_citations_moves(value: str) -> None:
    """Sentences add up to the paragraph, and citing changes neither words nor values."""
    for part in paragraphs(parse(value)[0]):
        leaves = ink(part.children)
        assert "".join(ink(sentence) for sentence in sentences(part, "en")) == leaves
        cited = cite_at_sentence_ends(part, "en")
        assert ink(cited.children) == leaves
        again = cite_at_sentence_ends(cited, "en")
        assert closed_up(again) == closed_up(cited)


@given(TEXTS)
def test_the_next_mark_of_a_sentence_is_that_of_each_value_before_it(value: str) -> None:
    """Before its sentence ends a value is cited, by the first group of citations after it."""
    for part in paragraphs(parse(value)[0]):
        for sentence in sentences(cite_at_sentence_ends(part, "en"), "en"):
            assert uncited(sentence) == []


@given(TEXTS)
def test_no_claim_is_cited_that_is_not_named(value: str) -> None:
    """None is added, and none is cited twice side by side."""
    for part in paragraphs(parse(value)[0]):
        leaves = [*walk([cite_at_sentence_ends(part, "en")])]
        named = {one.claim for one in walk([part]) if isinstance(one, Placeholder | Cite)}
        assert {one.claim for one in leaves if isinstance(one, Cite)} == named
        for kind, group in groupby(leaves, type):
            claims = [one.claim for one in group if isinstance(one, Cite)]
            assert len(claims) == len(set(claims)) or kind is not Cite


def uncited(sentence: Iterable[Inline]) -> list[Placeholder]:
    """Return the values that the first citations after them, in *sentence*, do not name."""
    left: list[Placeholder] = []
    waiting: list[Placeholder] = []
    cited: set[str] = set()
    leaves = [part for part in walk(sentence) if isinstance(part, Words | Placeholder | Own | Cite)]
    for leaf in [*leaves, Words("", 0)]:
        if isinstance(leaf, Cite):
            cited.add(leaf.claim)
            continue
        if cited:
            left += [value for value in waiting if value.claim not in cited]
            waiting, cited = [], set()
        if isinstance(leaf, Placeholder):
            waiting.append(leaf)
    return left + waiting


def ink(parts: Iterable[Inline]) -> str:
    """Return what is typed but white space, citations and marks of parts."""
    leaves = (part for part in walk(parts) if isinstance(part, Words | Placeholder | Own))
    return "".join(markdown(leaves).split())


def closed_up(part: TextParagraph) -> str:
    """Return a paragraph as typed, without its white space."""
    return "".join(markdown(part.children).split())
