"""Make the pages beside the briefs: `index.html` and `evidence.html`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.build.formats import FORMATS, kilobytes
from press.content.library import Library
from press.edition import language
from press.page import fonts
from press.page.compose import Composer
from press.page.embed import embed
from press.problems import Problem

HTML = FORMATS["html"]
NEUTRAL = "#33413e"  # the accent of what belongs to no audience


@dataclass(frozen=True)
class Download:
    """A file that the index leads to."""

    label: str  # of its format
    path: str  # from the index
    kilobytes: int


@dataclass(frozen=True)
class Entry:
    """One edition as the index lists it."""

    language: str
    brief: str
    label: str
    name: str
    question: str
    summary: str
    accent: str
    draft: bool
    stale: bool
    screen: tuple[Download, ...]  # its files to be read on a screen
    paper: tuple[Download, ...]  # and to be printed
    pages: int


@dataclass(frozen=True)
class Audit:
    """What came of the claims: how many of them may be printed, and how."""

    sources: tuple[str, ...]  # what the briefs rest on, as it is cited
    kind: str  # of that, where it is one source
    claims: int
    ok: int
    caveat: int
    background: int
    unprintable: int
    since: int  # claims from elsewhere


def audit(library: Library) -> Audit:
    """Return what came of the claims of *library*."""
    inner = {name: source for name, source in library.sources.items() if not source.outside}
    uses = Counter(claim.use for claim in library.claims.values() if str(claim.source) in inner)
    return Audit(
        sources=tuple(str(source.citation) for source in inner.values()),
        kind=str(next(iter(inner.values())).kind) if len(inner) == 1 else "",
        claims=uses.total(),
        ok=uses["ok"],
        caveat=uses["caveat"],
        background=uses["background"],
        unprintable=uses["do_not_use"],
        since=len(library.claims) - uses.total(),
    )


@dataclass(frozen=True)
class News:
    """What the index of a release tells beside its editions."""

    release: str  # its id
    before: str  # the id of the one before it
    changes: str  # what changed since, as text


def index(
    composer: Composer,
    library: Library,
    entries: tuple[Entry, ...],
    kilobytes: Mapping[str, int],
    news: News | None = None,
) -> str:
    """Return the page that lists all editions; *kilobytes* are the sizes of what else there is, by path."""
    return composer.fill(
        "site/index.html.j2",
        **_shared(library, [entry.accent for entry in entries]),
        entries=entries,
        audit=audit(library),
        kilobytes=kilobytes,
        news=news,
        logos=[
            (f"images/{logo.file}", library.images[str(logo.file)], str(logo.name))
            for logo in library.series.logos
        ],
    )


def evidence(
    composer: Composer, library: Library, claims: list[dict[str, Any]], accents: list[str]
) -> str:
    """Return the map of all claims: what they say, where, and which brief rests on them."""
    return composer.fill(
        "site/evidence.html.j2",
        **_shared(library, accents),
        claims=sorted(claims, key=lambda claim: row_of(str(claim["ref"]))),
        audit=audit(library),
        labels={name: str(brief.label) for name, brief in library.briefs.items()},
        outside={name: source for name, source in library.sources.items() if source.outside},
    )


def row_of(ref: str) -> tuple[str, list[int]]:
    """Return what sorts the rows of the table of claims: 'E1.10' comes after 'E1.9'."""
    return ref[0], [int(part) for part in ref[1:].split(".")]


def finish(page: str, library: Library, faces: Path) -> bytes:
    """Return a page of the site as it is handed out; its texts are in the sans family."""
    assets = {f"images/{name}": picture.data for name, picture in library.images.items()}
    spoken = library.series.languages[0]
    return embed(page, spoken, assets, faces, (fonts.SERIF, fonts.ITALIC))


def too_large(library: Library, pages: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the pages that are larger than the limits allow a page to be."""
    most = library.limits.of("", library.series.languages[0])
    for name, page in pages.items():
        size, allowed = kilobytes(page), most.get(HTML.limit)
        if allowed is not None and size > allowed:
            message = f"{name} has {size} kB of HTML; {HTML.limit} allows {allowed}: take claims out, or allow more"
            yield Problem(library.places["limits"], message, "budget")


def _shared(library: Library, accents: list[str]) -> dict[str, Any]:
    """Return what every page of the site is given."""
    series = library.series
    return {
        "series": series,
        "released": language.month(series.release, series.languages[0]),
        "accent": NEUTRAL,
        "accents": list(dict.fromkeys(accents)) or [NEUTRAL],
    }
