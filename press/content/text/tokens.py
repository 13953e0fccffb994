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
_TEXT: Final = re.compile(r"(?:[^\n\t !&*<\[\\\]_`{}~]|[ \t]++(?!\n))++")
_LINE_BREAK: Final = re.compile(r"([ \t]*+)\n[ \t]*+")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_REFUSED: Final = {  # first character -> what may begin with it, and the message
    "&": {
        re.compile(
            r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,31});"
        ): "'%s' is an entity; type the character itself",
    },
    "<": {
        re.compile(
            r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]{0,500}>|<[^\s<>@]{1,64}@[^\s<>]{1,255}>"
        ): "a link needs words; write [words](https://...)",
        re.compile(
            r"<[a-zA-Z/!?](?:[^<>]{0,500}>)?"
        ): "HTML is not read here; remove it, or type \\< for the sign itself",
    },
    "`": {
        re.compile(
            r"(`++)(?:[^`]{1,500}\1(?!`))?"
        ): "code has no place in a brief; remove the backtick, or type \\`",
    },
    "~": {re.compile(r"~~++"): "text can't be struck out; remove the ~~, or type \\~"},
}
_PLACEHOLDER: Final = re.compile(
    rf"\{{(?:(?P<claim>{_ID})\.(?P<name>{_ID})(?::(?P<form>[a-z]++))?|(?P<own>{_ID}))\}}"
)
_BRACED: Final = re.compile(r"\{[^{}\n]{0,100}\}")
_TEMPLATE: Final = re.compile(r"\{[{%#](?:[^{}\n]{0,200}[}%#]\})?")
_CITE: Final = re.compile(rf"\[\^({_ID})\]")
_CITE_LIKE: Final = re.compile(r"\[\^([^\[\]\n]{0,100})\]")


def token(value: str, at: int, end: int) -> Segment:
    """Return what begins at *at*; it is never empty and never reaches beyond *end*.

    A bracket here begins a citation; links and asterisks are not the business of this module.
    """
    if text := _TEXT.match(value, at, end):
        return Segment(text.end(), Words(text[0], at))
    for pattern, message in _REFUSED.get(value[at], {}).items():
        if match := pattern.match(value, at, end):
            return _refused(match, message.replace("%s", match[0]))
    read = _BY_FIRST.get(value[at])
    return (read and read(value, at, end)) or Segment(at + 1, Words(value[at], at))


def as_typed(value: str, start: int, end: int) -> Words:
    """Return `value[start:end]` as words, unread; a line break is a space here too."""
    return Words(value[start:end].replace("\n", " "), start)


def _refused(match: re.Match[str], message: str, rule: str = "markdown") -> Segment:
    """Return the match as words, with a fault at its start."""
    at, end = match.span()
    return Segment(end, as_typed(match.string, at, end), Slip(at, message, rule))


def _line_break(value: str, at: int, end: int) -> Segment | None:
    match = _LINE_BREAK.match(value, at, end)
    message = "two spaces at the end of a line would break it; remove them"
    hard = match and match[1].endswith("  ")
    fault = Slip(at, message, "markdown") if hard else None
    return match and Segment(match.end(), Words(" ", at), fault)


def _escape(value: str, at: int, end: int) -> Segment:
    if match := _ESCAPED.match(value, at, end):
        return Segment(match.end(), Words(match[1], at + 1))
    message = "this backslash escapes nothing; type \\\\ for the character itself"
    return Segment(at + 1, Words("\\", at), Slip(at, message, "markdown"))


def _closing_brace(_value: str, at: int, _end: int) -> Segment:
    message = "this } closes nothing; type \\} for the character itself"
    return Segment(at + 1, Words("}", at), Slip(at, message, "value"))


def _placeholder(value: str, at: int, end: int) -> Segment:
    match = _PLACEHOLDER.match(value, at, end)
    if match and match["own"]:
        return Segment(match.end(), Own(match["own"], at))
    if match and (match["form"] or FORMS[0]) in FORMS:
        return Segment(
            match.end(), Placeholder(match["claim"], match["name"], match["form"] or "", at)
        )
    if match:
        unknown = f"'{match['form']}' is no form of a value{did_you_mean(match['form'], FORMS)}"
        return _refused(match, unknown, "value")
    if template := _TEMPLATE.match(value, at, end):
        return _refused(template, "templates are not read here; write {claim.value}", "value")
    if braced := _BRACED.match(value, at, end):
        return _refused(braced, _no_placeholder(braced[0]), "value")
    message = "this { opens no placeholder; type \\{ for the character itself"
    return Segment(at + 1, Words("{", at), Slip(at, message, "value"))


def _no_placeholder(typed: str) -> str:
    mended = "{" + _mended(typed[1:-1]) + "}"
    if _PLACEHOLDER.fullmatch(mended):
        return f"'{typed}' is no placeholder{did_you_mean(typed, [mended])}"
    return f"'{typed}' is no placeholder; write {{claim.value}}, or type \\{{ for the brace itself"


def _cite(value: str, at: int, end: int) -> Segment:
    if match := _CITE.match(value, at, end):
        message = "a citation is no link; put a space before the bracket"
        linked = value.startswith("(", match.end(), end)
        fault = Slip(match.end(), message, "citation") if linked else None
        return Segment(match.end(), Cite(match[1], at), fault)
    if match := _CITE_LIKE.match(value, at, end):
        return _refused(match, _no_cite(match[1]), "citation")
    message = "this citation is not closed; write [^claim], or type \\[ for the bracket itself"
    return Segment(at + 1, Words("[", at), Slip(at, message, "citation"))


def _no_cite(typed: str) -> str:
    several = re.split(r"[\s,;^]+", typed.strip())
    if len(several) > 1 and all(re.fullmatch(_ID, name) for name in several):
        return f"a citation names one claim; write {''.join(f'[^{name}]' for name in several)}"
    mended = f"[^{_mended(typed.partition('.')[0])}]"
    if _CITE.fullmatch(mended):
        return f"'[^{typed}]' cites no claim{did_you_mean(f'[^{typed}]', [mended])}"
    return f"'[^{typed}]' cites no claim; write [^claim], or type \\[ for the bracket itself"


def _mended(name: str) -> str:
    """Return *name* with the usual slips undone: capitals, hyphens, white space."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


_BY_FIRST: Final[dict[str, Callable[[str, int, int], Segment | None]]] = {
    "\n": _line_break,
    " ": _line_break,
    "\t": _line_break,
    "\\": _escape,
    "{": _placeholder,
    "}": _closing_brace,
    "[": _cite,
}
