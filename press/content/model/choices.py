"""List the words that an author may choose from: kinds, verdicts, ratings, languages, sections."""

from typing import Literal

Basis = Literal["official", "document", "expert", "reported", "cited", "pooled", "own", "outside"]
SourceKind = Literal[
    "systematic review",
    "narrative review",
    "mini review",
    "primary study",
    "official statistics",
    "guideline",
    "law",
    "report",
    "news",
    "testimony",
]
Way = Literal["paragraph", "page", "section"]  # how locators are counted
# of certainty: GRADE, as in FHIR's Evidence
Rating = Literal["high", "moderate", "low", "very low"]
Use = Literal["ok", "caveat", "background", "do_not_use"]
Kind = Literal["fact", "statistic", "estimate", "judgement", "forecast", "quote", "proposal"]
Bound = Literal["exact", "less than", "at most", "more than", "at least", "up to", "about"]
Language = Literal["en"]  # those of LANGUAGES
Read = Literal["en", "ru"]  # of sources: those of READ
# Rules that a block may set aside; those of the evidence are not among them.
Setting = Literal["sentence", "paragraph", "list", "message", "figure-title", "word", "acronym"]
SectionName = Literal[
    "main",
    "foreword",
    "messages",
    "figure",
    "ask",
    "country",
    "problem",
    "evidence",
    "options",
    "next",
    "implementation",
    "objections",
    "unknown",
    "made",
]
Depth = Literal["short", "brief", "screen"]  # each has all of the one before it
Status = Literal["draft", "final"]
Paper = Literal["A4", "Letter"]  # of the print
