"""Find markup of other dialects: signs that another program reads, and that we would print as typed."""

import re
from collections.abc import Iterator
from typing import Final

from press.content.text.parts import Slip

_CITE: Final = "cite a claim with [^claim], or type \\{1} for the sign itself"
_PLAIN: Final = "'{0}' is not read here; remove it, or type \\{1} for the sign itself"
_BEFORE: Final = "(?<![^\\s([*_\"'\u2018\u201c])"  # what begins a word
_LINE: Final = "(?:^|\n)[ \t]{0,20}"  # what begins a line
_DIALECTS: Final = {  # the first group is the sign that a backslash may come before
    _BEFORE + r"(\[)-?@[\w:-]+": f"'{{0}}' cites nothing here; {_CITE}",  # Pandoc
    _BEFORE + r"(\[)\d{1,3}(?:[-,;\u2013 ]+\d{1,3})*\]": f"'{{0}}' cites nothing here; {_CITE}",
    _BEFORE + r"(\[)\[[^\[\]\n]+\]\]": "'{0}' is no link; write [words](https://...)",
    _BEFORE + r"(\[)[ xX]\](?=\s)": _PLAIN,  # a list of tasks
    _BEFORE + r"(=)=(?=\S)[^=\n]{1,200}==": _PLAIN,  # marked
    _BEFORE + r"(\+)\+(?=\S)[^+\n]{1,200}\+\+": _PLAIN,  # inserted
    _BEFORE + r"(\|)\|(?=\S)[^|\n]{1,200}\|\|": _PLAIN,  # hidden
    _BEFORE + r"(')'(?=\S)[^'\n]{1,200}''": _PLAIN,  # a wiki's
    _BEFORE + r"(:)[a-z][a-z0-9_+]{1,30}:(?![\w/])": _PLAIN,  # a picture by its name
    r"(?<![\\:])(:)::|(?:^|\n)(!)!!(?=\s)|(?<!\\)(\$)\$": _PLAIN,
    _LINE
    + r"(\.)\.(?:[ \t]+\S|\w)|"
    + _LINE
    + r"(:):[ \t]|(?<!\\)(%)%": _PLAIN,  # reStructuredText, remarks
    _LINE + r"(=)={0,5}[ \t]+\S[^=\n]{0,200}=[= \t]*(?:\n|\Z)": _PLAIN,  # a wiki's heading
    _LINE
    + r"(?:h[1-6]|bq|fn\d)(\.)[ \t]|"
    + _LINE
    + r"(;);|"
    + _LINE
    + r"(/)/|(?<!\\)(@)@": _PLAIN,
    _BEFORE + r"(\|)\w[\w -]{1,80}\|(?!\w)|" + _BEFORE + r"(\[)TOC\]": _PLAIN,
    r"(?:(?<=[;,:.] )|(?<=[;,:])|(?<=[^\s\d][^\s\d*+-] ))(-)(?=\s)": (  # not 'a - b', nor '4 - 3'
        "'{0}' begins an item here; put each item on a line of its own, or type \u2013 for a dash"
    ),
    r"(?<=\S)[ \t](\|{1,2})(?=[ \t]\S)|(?<=\w)(\t)(?=\w)": (
        "this makes no column here; a table is a block of its own"
    ),
    r"[(\[]([^()\[\]\n]{0,80}\b(?:et al|in press|n\.d)\b)[^()\[\]\n]{0,80}[)\]]|(?i:\b(ibid|(?:op|loc)\. cit)\b)": (
        "'{0}' cites nothing here; cite a claim with [^claim]"
    ),
    r"(\^)\[[^\]\n]{1,200}\]": f"'{{0}}' is no note; {_CITE}",
    r"(?<=\w)(\^)\w{1,20}\^|(?<=\w)(~)\w{1,20}~(?!~)": _PLAIN,  # raised and lowered
    r"(?<=\S[ \t])([\u2022\u2023\u25aa\u25cf\u25e6\uf0b7\uf0a7])(?=\s)": (
        "'{0}' is a bullet; put each item on a line of its own that begins with '- '"
    ),
}


def dialects(value: str) -> Iterator[Slip]:
    """Yield where *value* has markup of another dialect."""
    for pattern, message in _DIALECTS.items():
        for found in re.finditer(pattern, value):
            words = message.format(found[0].strip()[:40], found[found.lastindex or 0])
            yield Slip(found.start(found.lastindex or 0), words, "markdown")
