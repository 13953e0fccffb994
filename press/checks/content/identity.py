"""Check that a final brief says who speaks, and not in placeholders (EDITORIAL: how this brief was made, by whom)."""

import re
from collections.abc import Iterator

from press.content.library import Draft, Fault, fault
from press.content.model import Brief, Series
from press.content.scalar import Scalar

RULE = "identity"
# Names that nobody can have (RFC 2606, RFC 6761), and what is typed where something is missing.
NOBODY = (
    r"\b(?:example\.(?:com|net|org|edu)|[\w-]+\.(?:example|invalid|test|localhost))\b"
    r"|\b(?:N\.\s?N\.|placeholder)(?!\w)|<[^<>]*>|_{2,}|\?{2,}"
)
# In names alone, where no sentence is: words that wait for others; `whole` refuses 'TBD' and the like everywhere.
WAITING = (
    r"\bto be (?:added|agreed|announced|chosen|confirmed|decided|defined|determined|filled in|named|replaced)\b"
    r"|\b(?:your|some|the issuing) (?:name|ministry|agency|institution|institute|organi[sz]ation|e-?mail|address)\b"
    r"|\b(?:name|names|address|e-?mail) of (?:the|your|an?) \w+|\b(?:first|last|full) ?name\b|\b(?:jane|john) doe\b"
    r"|^(?:the )?(?:issuer|publisher|author|reviewer|funder)s?(?: \d)?$|[\[{][^\[\]{}]*[\]}]|\.{3,}|…"
)
SENTENCES = ("authors_withheld", "interests", "funder", "disclaimer")
IN_SENTENCES = re.compile(NOBODY, re.IGNORECASE)
IN_NAMES = re.compile(f"{NOBODY}|{WAITING}", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what a final brief lacks of issuer, author and contact, and what is there only for the time being."""
    for name, brief in draft.briefs.items():
        if draft.series and brief.status == "final":
            for place, message in _lacks(draft.series, brief):
                yield fault(place.place, message, RULE, f"brief:{name}")


def _lacks(series: Series, brief: Brief) -> Iterator[tuple[Scalar, str]]:
    if not (series.authors or series.authors_withheld or brief.authors or brief.authors_withheld):
        what = "a final brief names its authors, people or an institution"
        way_out = "write 'authors: [...]' into content/series.yaml, or 'authors_withheld:' with the reason"
        yield brief.title, f"{what}: {way_out}"
    for key, text in _texts(series, brief):
        if found := (IN_SENTENCES if key in SENTENCES else IN_NAMES).search(text):
            what = f"'{found[0]}' under '{key}' is a placeholder, and a brief is final"
            yield text, f"{what}; write what is true"


def _texts(series: Series, brief: Brief) -> Iterator[tuple[str, Scalar]]:
    one = ("name", "publisher", "contact", "address", "number", *SENTENCES)
    for model in (series, brief):
        yield from ((key, text) for key in one if (text := getattr(model, key, None)) is not None)
        yield from (("authors", text) for text in model.authors)
        yield from (("reviewers", text) for text in model.reviewers)
    yield "label", brief.label
    yield from (("name", logo.name) for logo in series.signs)
