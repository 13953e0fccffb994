"""Write running text as HTML: paragraphs, lists, and lines with their numbers, links and note marks."""

import re
from collections.abc import Container
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

from press.content.text.boundaries import CITE, VALUE, ends
from press.edition import edition as ed
from press.edition import language

JOINER = "\u2060"  # word joiner: no line breaks here
# The print engine breaks a line too early where a text ends with a space that does not fit, and an
# element follows (as it does at `white-space: nowrap`): the space goes into the element.
SPACED = (ed.Number, ed.Strong, ed.Emphasis, ed.Foreign)
COMMA = Markup(",\u2060")
# No line begins with marks; the joiner is inside, where a style keeps lines from ending before a button, too.
MARKS = Markup('<sup class="marks">{}{}</sup>')
SIGN = Markup(
    '<sup class="marks">\u2060<span aria-hidden="true">{}</span></sup>'
)  # of a later source
# Paper has the link, and so has a screen that knows no popovers; the others have the button. The style writes its
# number, so that programs without styles read it once.
MARK = Markup(
    '<a href="#note-{0}" role="doc-noteref">{0}</a>'
    '<button data-screen popovertarget="evidence-{0}" aria-label="{1}" data-note="{0}"></button>'
)
ADDRESS = re.compile(
    r"(\S+@[\w-]+\.[\w.-]*\w|(?:https?://|www\.)\S*[\w/]|\b[\w-]+(?:\.[\w-]+)+/[\w/?=&%#.-]*)"
)
ADDRESSED = Markup('<span class="address">{}</span>')
LONG = re.compile(r"(\w{30,})")  # a word that a column of a table on a screen may not hold
BROKEN = Markup('<span class="long">{}</span>')
NOTE = "Evidence note {}"
CALL = re.compile(r'<a href="#note-(\d+)"( data-screen)? role="doc-noteref">.*?</button>')
LINK = Markup('<a href="{}">{}</a>')
APART = {
    ed.Strong: Markup("<strong>{}{}</strong>"),
    ed.Emphasis: Markup("<em>{}{}</em>"),
    ed.Foreign: Markup('<span lang="{2}">{0}{1}</span>'),
}
NUMBER = Markup('<span class="number" data-value="{}.{}">{}</span>')


@lru_cache(4096, typed=True)  # the notes of a claim are in several briefs
def plain_words(typed: str) -> Markup:
    """Return plain text as HTML; an address in it is marked, so that no hyphen gets into it at a line end.

    So is a long word, which a screen may break anywhere.
    """
    pieces = ADDRESS.split(typed)  # every second one is an address
    shown = (ADDRESSED.format(each) if n % 2 else _words(each) for n, each in enumerate(pieces))
    return Markup().join(shown)


def _words(typed: str) -> Markup:
    pieces = LONG.split(typed)  # every second one is a long word
    shown = (BROKEN.format(each) if n % 2 else escape(each) for n, each in enumerate(pieces))
    return Markup().join(shown)


def with_places(page: str) -> str:
    """Return *page* with a place around the first mark of each note: from the note, its number leads back there.

    It is the first mark on paper, where there is one.
    """
    first: dict[str, int] = {}
    for mark in sorted(CALL.finditer(page), key=lambda mark: bool(mark[2])):
        first.setdefault(mark[1], mark.start())

    def place(mark: re.Match[str]) -> str:
        here = first[mark[1]] == mark.start()
        return f'<span id="call-{mark[1]}">{mark[0]}</span>' if here else mark[0]

    return CALL.sub(place, page)


def on_screen(blocks: Markup) -> Markup:
    """Return the HTML of *blocks* that only a screen shows, with marks that are known by that."""
    marked = blocks.replace(
        Markup('" role="doc-noteref"'), Markup('" data-screen role="doc-noteref"')
    )
    return Markup('<div class="deeper" data-screen>\n{}</div>\n').format(marked)


def text(parts: ed.Parts) -> Markup:
    """Return paragraphs and lists as HTML."""
    return Markup("\n").join(_part(part) for part in parts)


def _part(part: ed.Part) -> Markup:
    if isinstance(part, ed.Par):
        return Markup("<p>{}</p>").format(line(part.children))
    tag = "ol" if part.ordered else "ul"
    items = Markup("\n").join(Markup("<li>{}</li>").format(_item(item)) for item in part.items)
    return Markup(f"<{tag}>{{}}</{tag}>").format(items)  # noqa: S704 - one of two tags


def _item(item: ed.Parts) -> Markup:
    """Return an item of a list; its only paragraph needs no element of its own."""
    return line(item[0].children) if len(item) == 1 and isinstance(item[0], ed.Par) else text(item)


def apart(inlines: ed.Inlines, spoken: str) -> list[ed.Inlines]:
    """Return whom a text in the language *spoken* is for, before a colon, and each of its sentences."""
    pieces = [
        each.text if isinstance(each, ed.Run) else CITE if isinstance(each, ed.Marks) else VALUE
        for each in inlines
    ]
    cuts = [*ends("".join(pieces), spoken)]
    cuts.append("".join(pieces).find(": ", 0, min(cuts, default=None)) + 1)
    lines, at = [list[ed.Inline]()], 0
    for part, words in zip(inlines, pieces, strict=True):
        edges = [*(cut - at for cut in sorted(cuts) if at < cut < at + len(words)), len(words)]
        for start, end in pairwise([0, *edges]):
            if at + start in cuts:
                lines.append([])
            lines[-1].append(ed.Run(words[start:end]) if isinstance(part, ed.Run) else part)
        at += len(words)
    return [*map(tuple, lines)]


def line(
    inlines: ed.Inlines, *, linked: bool = True, later: Container[int] = (), sign: str = ""
) -> Markup:
    """Return a line of text as HTML; without links where it is not *linked*, as in a drawing.

    Behind the numbers of *later* notes stands a *sign*.
    """
    html: list[Markup] = []
    for part in inlines:
        spaced = isinstance(part, SPACED) and bool(html) and html[-1].endswith(" ")
        if spaced:
            html[-1] = html[-1][:-1]
        html.append(_inline(part, " " if spaced else "", linked=linked))
        if isinstance(part, ed.Marks) and any(note in later for note in part.notes):
            html.append(SIGN.format(sign))
    return Markup().join(html)


def _inline(part: ed.Inline, space: str, *, linked: bool) -> Markup:
    match part:
        case ed.Run():
            return plain_words(part.text)
        case ed.Number():
            shown = part.text.replace(language.RANGE, f"{language.RANGE}{JOINER}")
            return NUMBER.format(part.claim, part.value, f"{space}{shown}")
        case ed.Marks():
            every = (MARK.format(n, NOTE.format(n)) if linked else escape(n) for n in part.notes)
            return MARKS.format(JOINER, COMMA.join(every))
    words = line(part.children, linked=linked)
    if isinstance(part, ed.Link):
        return LINK.format(part.href, words) if linked else words
    return APART[type(part)].format(space, words, getattr(part, "language", ""))
