"""Read the smallest parts of a text: words, escapes, values and citations.

Each function here reads `value[at:end]` from its start. What is refused becomes words beside its
fault, so that nothing is lost on the way.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from press.content.text.parts import FORMS, Cite, Leaf, Own, Placeholder, Slip, Words
from press.problems import did_you_mean


class Segment(NamedTuple):
    """A part, where it ends, and what is wrong with it."""

    end: int
    part: Leaf
    fault: Slip | None = None


_ID: Final = "[a-z][a-z0-9_]*+"
_TEXT: Final = re.compile(r"(?:[^\n\t !&*<\[\\\]_`{}~]++|[ \t]++(?!\n))+")
_PLACEHOLDER: Final = re.compile(
    rf"\{{(?:(?P<claim>{_ID})\.(?P<name>{_ID})(?::(?P<form>[a-z]++))?|(?P<own>{_ID}))\}}"
)
_CITE: Final = re.compile(rf"\[\^({_ID})\]")
_RULES: Final = {"{": "value", "}": "value", "[": "citation"}  # first character -> rule


def token(value: str, at: int, end: int) -> Segment:
    """Return what begins at *at*; it is never empty and never reaches beyond *end*.

    A bracket here begins a citation; links and asterisks are not the business of this module.
    """
    if text := _TEXT.match(value, at, end):
        return Segment(text.end(), Words(text[0], at))
    for pattern, reading in _READINGS.items():
        if match := pattern.match(value, at, end):
            if isinstance(reading, str):
                return _refused(match, reading.replace("%s", match[0]))
            return reading(match)
    return Segment(at + 1, Words(value[at], at))


def as_typed(value: str, start: int, end: int) -> Words:
    """Return `value[start:end]` as words, unread; a line break is a space here too."""
    return Words(value[start:end].replace("\n", " "), start)


def _refused(match: re.Match[str], message: str) -> Segment:
    """Return the match as words, with a fault at its start."""
    at, end = match.span()
    fault = Slip(at, message, _RULES.get(match.string[at], "markdown"))
    return Segment(end, as_typed(match.string, at, end), fault)


def _line_break(match: re.Match[str]) -> Segment:
    message = "two spaces at the end of a line would break it; remove them"
    fault = Slip(match.start(), message, "markdown") if match[1].endswith("  ") else None
    return Segment(match.end(), Words(" ", match.start()), fault)


def _escape(match: re.Match[str]) -> Segment:
    return Segment(match.end(), Words(match[1], match.start(1)))


def _placeholder(match: re.Match[str]) -> Segment:
    at, form = match.start(), match["form"]
    if match["own"]:
        return Segment(match.end(), Own(match["own"], at))
    if form and form not in FORMS:
        return _refused(match, f"'{form}' is no form of a value{did_you_mean(form, FORMS)}")
    return Segment(match.end(), Placeholder(match["claim"], match["name"], form or "", at))


def _no_placeholder(match: re.Match[str]) -> Segment:
    mended = "{" + _mended(match[0][1:-1]) + "}"
    way_out = "; write {claim.value}, or type \\{ for the brace itself"
    if _PLACEHOLDER.fullmatch(mended):
        way_out = did_you_mean(match[0], [mended])
    return _refused(match, f"'{match[0]}' is no placeholder{way_out}")


def _cite(match: re.Match[str]) -> Segment:
    message = "a citation is no link; put a space before the bracket"
    linked = match.string.startswith("(", match.end(), match.endpos)
    fault = Slip(match.end(), message, "citation") if linked else None
    return Segment(match.end(), Cite(match[1], match.start()), fault)


def _no_cite(match: re.Match[str]) -> Segment:
    several = re.split(r"[\s,;^]+", match[1].strip())
    if len(several) > 1 and all(re.fullmatch(_ID, name) for name in several):
        cites = "".join(f"[^{name}]" for name in several)
        return _refused(match, f"a citation names one claim; write {cites}")
    mended = f"[^{_mended(match[1].partition('.')[0])}]"
    way_out = "; write [^claim], or type \\[ for the bracket itself"
    if _CITE.fullmatch(mended):
        way_out = did_you_mean(match[0], [mended])
    return _refused(match, f"'{match[0]}' cites no claim{way_out}")


def _mended(name: str) -> str:
    """Return *name* with the usual slips undone: capitals, hyphens, white space."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


# The first that matches counts: how it is read, or the message with which it is refused.
_READINGS: Final[dict[re.Pattern[str], str | Callable[[re.Match[str]], Segment]]] = {
    re.compile(r"([ \t]*+)\n[ \t]*+"): _line_break,
    re.compile(r"\\([!-/:-@\[-`{-~])"): _escape,
    re.compile(r"\\"): "this backslash escapes nothing; type \\\\ for the character itself",
    _PLACEHOLDER: _placeholder,
    re.compile(
        r"\{[{%#](?:[^{}\n]{0,200}[}%#]\})?"
    ): "templates are not read here; write {claim.value}",
    re.compile(r"\{[^{}\n]{0,100}\}"): _no_placeholder,
    re.compile(r"\{"): "this { opens no placeholder; type \\{ for the character itself",
    re.compile(r"\}"): "this } closes nothing; type \\} for the character itself",
    _CITE: _cite,
    re.compile(r"\[\^([^\[\]\n]{0,100})\]"): _no_cite,
    re.compile(
        r"\["
    ): "this citation is not closed; write [^claim], or type \\[ for the bracket itself",
    re.compile(
        r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,31});"
    ): "'%s' is an entity; type the character itself",
    re.compile(
        r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]{0,500}>|<[^\s<>@]{1,64}@[^\s<>]{1,255}>"
    ): "a link needs words; write [words](https://...)",
    re.compile(
        r"<[a-zA-Z/!?](?:[^<>]{0,500}>)?"
    ): "HTML is not read here; remove it, or type \\< for the sign itself",
    re.compile(
        r"(`++)(?:[^`]{1,500}\1(?!`))?"
    ): "code has no place in a brief; remove the backtick, or type \\`",
    re.compile(r"~~++"): "text can't be struck out; remove the ~~, or type \\~",
}
