"""A paragraph as one line of characters: its leaves in order in, sentences' ends out.

In the line a value is one character, a citation another, and a third stands before what opens
Strong, Emphasis or a Link, so that patterns can speak of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from press.text.parts import Cite, Emphasis, Inline, Leaf, Link, Strong, Words

VALUE: Final = "\ue000"
CITE: Final = "\ue001"
OPENING: Final = "\ue002"
_AS_TYPED: Final = str.maketrans(dict.fromkeys((VALUE, CITE, OPENING), "x"))

_CLOSERS: Final = "\"'\u201d\u2019\u00bb\u203a\u201c\u2018)\\]}"
_OPENERS: Final = "\"'\u201c\u2018\u00ab\u2039\u201e\u201a"
_END: Final = re.compile(
    rf"(?P<sign>[.!?\u2026]++)[{_CLOSERS}{CITE}{OPENING}]*+(?:\s++{CITE}++(?=\s|$))?(?=\s|$)"
)
_BEGINS: Final = re.compile(rf"\s*+(?:$|[{_OPENERS}{VALUE}{OPENING}\d]|[(\[]*+(?P<letter>\w))")
_WORD: Final = re.compile(r"[^\s(\[{/\u2013\u2014\u201c\u2018\u00ab\u201e\"'" + OPENING + r"]*+$")
_LONGEST_WORD: Final = 40  # how far back a word is looked for

# after these a full stop ends nothing
_TITLES: Final = frozenset("dr mr mrs ms prof st gen col lt sgt capt gov rep sen hon rev cf vs viz".split())
# after these it ends nothing when a number follows
_BEFORE_NUMBERS: Final = frozenset(
    "no nos nr p pp para paras art arts fig figs tab ch sec vol ed eds approx ca max min al "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# a letter after these is a name of its own, not an initial: 'hepatitis C. The review ...'
_LETTERED: Final = frozenset(
    "hepatitis vitamin plan group type annex appendix class schedule list part option category "
    "phase level grade table figure section".split()
)
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # e.g, i.e, U.S
