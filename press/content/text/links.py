"""Read links: pair brackets, and refuse bad addresses."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from press.content.text.parts import Slip

LONGEST: Final = 2000  # characters; what every reader's program still opens

_BRACKETS: Final = re.compile(r"\\\\.|[\[\]()]", re.DOTALL)
_LABEL: Final = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_HOST: Final = rf"{_LABEL}(?:\.{_LABEL})+"
_WEB: Final = re.compile(r"https?://(?P<host>[^/?#]*)(?P<rest>.*)")
_HOST_AND_PORT: Final = re.compile(rf"{_HOST}(?::[0-9]{{1,5}})?")
_MAIL: Final = re.compile(rf"mailto:[a-zA-Z0-9._+-]+@{_HOST}")
LANGUAGE: Final = "lang:"  # before the code of the language that words are in
_CODE: Final = re.compile(rf"{LANGUAGE}[a-z]{{2,3}}")
_NEVER_RAW: Final = frozenset('<>"\\^`{|}[]')  # RFC 3986 has none of them in a path


def refusal(href: str) -> tuple[str, str] | None:
    """Return why a link to *href* is refused and the rule that says so, or nothing."""
    if href.casefold().startswith(LANGUAGE):
        wrong = "a language has a code of two or three small letters; write [words](lang:ky)"
        return None if _CODE.fullmatch(href) else (wrong, "foreign")
    if href.startswith("#"):
        return "an anchor can't be typed; cite a claim with [^claim]", "anchor"
    message = next(_mistakes(href), "")
    return (message, "link") if message else None


def _mistakes(href: str) -> Iterator[str]:
    if not href:
        yield "this link leads nowhere; write [words](https://...)"
    if len(href) > LONGEST:
        yield f"an address has at most {LONGEST} characters; find a shorter one"
    if any(character.isspace() or not character.isprintable() for character in href):
        yield "an address has no white space; write [words](https://...) and no title"
    if bad := next((character for character in href if character in _NEVER_RAW), ""):
        yield f"an address has no {bad}; write it as %{ord(bad):02X}"
    if href.startswith("mailto:"):
        if not _MAIL.fullmatch(href):
            yield "a mail link has an address and nothing more; write mailto:name@example.org"
    elif not (web := _WEB.fullmatch(href)):
        yield "a link starts with https://, http:// or mailto:, in small letters"
    elif "@" in web["host"]:
        yield "an address names no user or password; remove what is before the @"
    elif not _HOST_AND_PORT.fullmatch(web["host"]):
        yield "this address has no valid host; write https://example.org/..."


def pairs(value: str, start: int, end: int) -> dict[int, int]:
    """Return where the partner of each bracket in `value[start:end]` is.

    Escaped ones have none. Round and square ones don't see each other: a smiley breaks no link.
    """
    partners: dict[int, int] = {}
    opened: dict[str, list[int]] = {"]": [], ")": []}
    for match in _BRACKETS.finditer(value, start, end):
        at, sign = match.start(), match[0]
        if sign in "[(":
            opened["]" if sign == "[" else ")"].append(at)
        elif opened.get(sign):
            partner = opened[sign].pop()
            partners[partner], partners[at] = at, partner
    return partners


def target(
    value: str, at: int, close: int, partners: Mapping[int, int]
) -> tuple[str, int, list[Slip]]:
    """Read the link whose words are between *at* and *close*, a `(` after them.

    Return where it leads, where it ends, and what is wrong with it; a refused address is empty.
    """
    faults = []
    end = partners.get(close + 1)
    if not value[at + 1 : close].strip():
        faults.append(Slip(at, "this link has no words; write [words](https://...)", "link"))
    if end is None:
        faults.append(Slip(close + 1, "this link is never closed; add a )", "link"))
        return "", close + 2, faults
    href = value[close + 2 : end]
    if refused := refusal(href):
        faults.append(Slip(close + 2, *refused))
    return "" if faults else href, end + 1, faults
