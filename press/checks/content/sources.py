"""Check sources: where they can be read, what they are called, and whether they agree (EDITORIAL: the evidence)."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from press.content.library import ALL, Draft, Fault, fault
from press.content.model import Claim, Source
from press.content.model.sources import marks
from press.content.scalar import Scalar
from press.problems import did_you_mean

RULE = "source"
DOI = re.compile(r"https?://(?:dx\.)?doi\.org/10\.")
TESTS = "test|staging|stage|stg|dev|uat|qa|preview|sandbox|beta"  # a part of a host's name
SHORT = (
    "bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly rb.gy cutt.ly tiny.cc lnkd.in t.ly rebrand.ly shorturl.at v.gd "
    "t1p.de youtu.be g.co aka.ms fb.me clck.ru vk.cc surl.li"
)
COPIES = (
    "publicnow.com menafn.com docslib.org scribd.com issuu.com slideshare.net academia.edu researchgate.net "
    "vdocuments.net vdocuments.mx dokumen.tips dokumen.pub pdfcoffee.com coek.info yumpu.com studylib.net "
    "calameo.com sci-hub.se sci-hub.st sci-hub.ru z-lib.org libgen.is translate.goog "
    "webcache.googleusercontent.com archive.ph archive.is archive.today 12ft.io"
)


def _hosts(names: str) -> str:
    return rf"https?://(?:[^/]*\.)?(?:{'|'.join(map(re.escape, names.split()))})(?::\d+)?(?:/|$)"


# What shows that an address is not the page of the work: each with its way out.
WRONG = {
    rf"https?://(?:[^/]*[.-])?(?:{TESTS})\d*(?:[.-][^/]*)?\.|https?://(?:localhost|[^/]*\.(?:local|internal|test)\b)": (
        "is on a server for tests; give the address that the public reads"
    ),
    _hosts(
        SHORT
    ): "is shortened, and says nothing of where it leads; give the one that it leads to",
    rf"{_hosts(COPIES)}|https?://[^/]*/(?:[^/]+/)*(?:mirrors?|[a-z]+-archive)/": (
        "is a copy; give the page of who issued it, or its DOI"
    ),
    r"[^?]*\?(?:[^#]*&)?(?:page|start|offset|pg|paged)=\d+|[^?#]*/page/?\d+(?:\.html?)?/?$": (
        "is a page of a list, which moves on; give the address of the work itself"
    ),
    r"[^?]*(?:/print/?(?:$|[?#])|print(?:page|view|able|er-friendly))|[^?]*\?(?:[^#]*&)?(?:print|printable)=": (
        "is a version for printers; give the address that readers see"
    ),
}


class Statement(NamedTuple):
    """What a source says of a measure."""

    source: str
    shown: str
    claim: str
    name: Scalar  # of the value


WRONG[r"https?://(?:dx\.)?doi\.org/(?!10\.\d)"] = (
    "is no DOI, which begins with '10.' and a number; correct it"
)
KNOWN = {re.compile(pattern, re.IGNORECASE): what for pattern, what in WRONG.items()}


def check(draft: Draft) -> Iterator[Fault]:
    """Yield addresses that do not lead to the work, records that lack something, and sources that disagree."""
    final = any(brief.status == "final" for brief in draft.briefs.values())
    for name, source in draft.sources.items():
        place = draft.places[f"source:{name}"]
        yield from _addresses(source)
        if source.addresses and source.seen is None:
            what = "it is not said when this source was last looked at; write 'seen: 2026-03-12', the day"
            yield fault(source.addresses[0].place, what, RULE)
        missing = [part for part in source.lacks if part != "issued"]
        if final and missing and source.unstated is None:
            what = f"this source has no {' and no '.join(missing)}, and a brief is final"
            way_out = "write it, or under 'unstated' why: 'not in the supplied text'"
            yield fault(place, f"{what}; {way_out}", RULE)
    yield from _marks(draft)
    yield from _older(draft)
    yield from _disagreements(draft)


def _addresses(source: Source) -> Iterator[Fault]:
    for at, address in enumerate(source.addresses):
        for pattern, what in KNOWN.items():
            if pattern.match(address):
                yield fault(address.place, f"this address {what}", RULE)
                break
        if at and DOI.match(address) and not DOI.match(source.addresses[0]):
            yield fault(
                address.place, "a DOI comes first; put this address before the others", RULE
            )


def _marks(draft: Draft) -> Iterator[Fault]:
    """Yield sources without a mark where there are several, and marks that two have."""
    known: dict[str, str] = {}
    for name, mark in marks(draft.sources).items():
        place = draft.places[f"source:{name}"]
        if not mark and len(marks(draft.sources)) > 1:
            what = "the series has several sources, and this one has no mark by which a reader knows it"
            way_out = "write 'author' and 'issued', or a 'mark' of its own, such as 'Smith 2018'"
            yield fault(place, f"{what}; {way_out}", RULE)
        elif mark and mark in known:
            what = f"source '{known[mark]}' has the mark '{mark}' too"
            yield fault(place, f"{what}; give one of them another under 'mark'", RULE)
        known.setdefault(mark, name)


def _older(draft: Draft) -> Iterator[Fault]:
    """Yield sources from elsewhere that are older than all that the series is about."""
    own = [source for source in draft.sources.values() if not source.outside]
    until = draft.series.release.year if draft.series else dt.MAXYEAR
    years = (str(source.issued or source.dated(until).rpartition("-")[2])[:4] for source in own)
    first = min(filter(str.isdigit, years), default="")
    for source in draft.sources.values():
        if source.outside and source.issued and first and source.issued[:4] < first:
            what = f"this source is of {source.issued[:4]}, older than what the series is about, of {first}"
            way_out = (
                "it cannot be what became known since: write 'outside: false', or leave it out"
            )
            yield fault(source.issued.place, f"{what}; {way_out}", RULE)


def _disagreements(draft: Draft) -> Iterator[Fault]:
    """Yield values of one measure and one year that two sources state differently, and nobody explains."""
    measured: dict[tuple[str, str], list[Statement]] = {}
    for key, claim in draft.claims.items():
        for name, value in claim.values.items():
            if value.measure:
                where = str(value.measure), str(value.year or claim.year)
                stated = Statement(str(claim.source), str(value.quantity), str(key), name)
                measured.setdefault(where, []).append(stated)
    for (measure, _), alike in measured.items():
        yield from _differences(draft, measure, alike)
    for claim in draft.claims.values():
        other = claim.differs_from
        if other is None:
            continue
        if other.claim not in draft.names("claim"):
            hint = did_you_mean(other.claim, draft.names("claim"))
            what = f"no claim is called '{other.claim}'{hint}"
            yield fault(other.claim.place, what, "reference", ALL)
        elif not _measures(claim) & _measures(draft.claims.get(other.claim, claim)):
            what = f"'{other.claim}' has no value of the same 'measure'"
            yield fault(other.claim.place, f"{what}: name it in both, or take this out", RULE)
        elif draft.claims.get(other.claim) is claim:
            yield fault(other.claim.place, "a claim does not differ from itself", RULE)


def _differences(draft: Draft, measure: str, statements: list[Statement]) -> Iterator[Fault]:
    """Yield each of the *statements* on one measure that differs from one before, of another source."""
    here, first = {each.claim for each in statements}, dict[tuple[str, str], str]()
    for each in statements:
        reason = draft.claims[each.claim].differs_from
        if reason and reason.claim in here:
            continue  # it explains why it differs
        others = ((shown, key) for (source, shown), key in first.items() if source != each.source)
        for shown, key in ((shown, key) for shown, key in others if shown != each.shown):
            what = f"'{each.claim}.{each.name}' is {each.shown}, and '{key}' has {shown} for '{measure}'"
            way_out = (
                f"correct one, or write 'differs_from: {{claim: {key}, reason: …}}' in this claim"
            )
            yield fault(each.name.place, f"{what}; {way_out}", RULE)
            break
        first.setdefault((each.source, each.shown), each.claim)


def _measures(claim: Claim) -> set[str]:
    return {str(value.measure) for value in claim.values.values() if value.measure}
