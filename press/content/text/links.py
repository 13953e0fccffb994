"""Read links: pair brackets, and refuse bad addresses."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from press.content.text.parts import Slip


class LinkTarget(NamedTuple):
    """Where a link leads, where it ends, and what is wrong with it; a refused address is empty."""

    href: str
    after: int
    faults: tuple[Slip, ...]


LONGEST: Final = 2000  # characters; what every reader's program still opens

_BRACKETS: Final = re.compile(r"\\\\.|[\[\]()]", re.DOTALL)
_LABEL: Final = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_HOST: Final = rf"{_LABEL}(?:\.{_LABEL})+"
_WEB: Final = re.compile(r"https?://(?P<host>[^/?#]*)(?P<rest>.*)")
_HOST_AND_PORT: Final = re.compile(rf"{_HOST}(?::[0-9]{{1,5}})?")
_MAIL: Final = re.compile(rf"mailto:[a-zA-Z0-9._+-]+@{_HOST}")
_NEVER_RAW: Final = frozenset('<>"\\^`{|}[]')  # RFC 3986 has none of them in a path


def refusal(href: str) -> tuple[str, str] | None:
    """Return why a link to *href* is refused and the rule that says so, or nothing."""
    if href.startswith("#"):
        return "an anchor can't be typed; cite a claim with [^claim]", "anchor"
    message = _bad_characters(href) or _bad_address(href)
    return (message, "link") if message else None


def _bad_characters(href: str) -> str:
    if not href:
        return "this link leads nowhere; write [words](https://...)"
    if len(href) > LONGEST:
        return f"an address has at most {LONGEST} characters; find a shorter one"
    if any(character.isspace() or not character.isprintable() for character in href):
        return "an address has no white space; write [words](https://...) and no title"
    if bad := next((character for character in href if character in _NEVER_RAW), ""):
        return f"an address has no {bad}; write it as %{ord(bad):02X}"
    return ""


def _bad_address(href: str) -> str:
    if href.startswith("mailto:"):
        mail = "a mail link has an address and nothing more; write mailto:name@example.org"
        return "" if _MAIL.fullmatch(href) else mail
    web = _WEB.fullmatch(href)
    if not web:
        return "a link starts with https://, http:// or mailto:, in small letters"
    if "@" in web["host"]:
        return "an address names no user or password; remove what is before the @"
    if not _HOST_AND_PORT.fullmatch(web["host"]):
        return "this address has no valid host; write https://example.org/..."
    return ""


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


def target(value: str, at: int, close: int, partners: Mapping[int, int]) -> LinkTarget:
    """Read the link whose words are between *at* and *close*, a `(` after them."""
    faults = []
    end = partners.get(close + 1)
    if not value[at + 1 : close].strip():
        faults.append(Slip(at, "this link has no words; write [words](https://...)", "link"))
    if end is None:
        faults.append(Slip(close + 1, "this link is never closed; add a )", "link"))
        return LinkTarget("", close + 2, tuple(faults))
    href = value[close + 2 : end]
    if refused := refusal(href):
        faults.append(Slip(close + 2, *refused))
    return LinkTarget("" if faults else href, end + 1, tuple(faults))
