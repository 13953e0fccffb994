"""Make the pages beside the briefs: `index.html` and `evidence.html`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from press.build.editions import Product
from press.build.formats import FORMATS, kilobytes
from press.build.formats import size as size_of
from press.build.stages import Means
from press.content.library import Library
from press.content.model.sources import DIGITS, marks
from press.content.pictures import png
from press.edition import language, resolve
from press.ground.store import key
from press.page import fonts
from press.page.embed import embed
from press.page.key_number import KeyNumber
from press.print.pdf import DamagedError, first_page
from press.problems import Problem

HTML = FORMATS["html"]
NEUTRAL = "#33413e"  # the accent of what belongs to no audience
WIDTH, COLOURS = 560, 32  # of a picture of page 1: about 30 kB


@dataclass(frozen=True)
class Entry:
    """One edition as the index lists it."""

    language: str
    brief: str
    label: str
    name: str
    summary: str
    accent: str
    draft: bool = False
    stale: bool = False
    question: str = ""
    # the labels of its files to be read on a screen, by path, and of those to be printed
    screen: Mapping[str, str] = field(default_factory=dict)
    paper: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)  # of these, by path
    number: KeyNumber | None = None  # the one that stands for it
    picture: bytes = b""  # of page 1, a PNG

    @property
    def asset(self) -> str:
        """How the index asks for the picture."""
        return f"{self.language}/{self.brief}.png"


@dataclass(frozen=True)
class News:
    """What the index of a release tells beside its editions."""

    release: str  # its id
    before: str  # the id of the one before it
    changes: str  # what changed since, as text
    # what an earlier release has, and this one lacks because of mistakes
    lacking: tuple[Entry, ...]


def index(
    product: Product, files: Mapping[str, bytes], entries: Iterable[Entry], news: News | None = None
) -> bytes:
    """Return the page that lists *entries* and what else is among *files*, and what a release says beside them."""
    library, listed = product.library, tuple(entries)
    return _page(
        product,
        "index",
        [entry.accent for entry in listed],
        {entry.asset: entry.picture for entry in listed if entry.picture},
        entries=listed,
        kilobytes={path: kilobytes(content) for path, content in files.items()},
        news=news,
        logos=[
            (picture.asset, picture, str(logo.name))
            for logo in library.series.logos
            for picture in (library.images[str(logo.file)],)
        ],
    )


def evidence(
    product: Product, claims: list[dict[str, Any]], withheld: list[dict[str, Any]]
) -> bytes:
    """Return the map of all claims: what they say, where, and which brief rests on them; how many are *withheld*."""
    briefs, spoken = product.library.briefs, product.library.series.languages[0]
    writer = resolve.Writer(product.library, spoken)

    def row(claim: dict[str, Any]) -> tuple[str, list[int]]:  # 'E1.10' comes after 'E1.9'
        return claim["ref"][0], [int(part) for part in claim["ref"][1:].split(".")]

    return _page(
        product,
        "evidence",
        [str(brief.accent) for brief in briefs.values()],
        {},
        claims=sorted(claims, key=row),
        withheld=withheld,
        named={
            name: marks(product.library.sources).get(name) or str(source.citation)
            for name, source in product.library.sources.items()
        },
        facets={name: options for name, options in _facets(claims).items() if len(options) > 1},
        wholes={name: [*writer.shares(claim)] for name, claim in product.library.claims.items()},
        traits={claim["id"]: _traits(claim) for claim in claims},
        labels={name: str(brief.label) for name, brief in briefs.items()},
        compared={
            name: (language.day(found.day, spoken), found.text[:DIGITS])
            for name, source in product.library.sources.items()
            if (found := source.verified)
        },
    )


def _traits(claim: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return by what a claim is found; one that no brief cites has no audience, an ungraded one no certainty."""
    briefs = (where.rpartition("/")[2] for where in claim["cited_in"])
    return {
        **{name: (claim[name],) for name in ("source", "topic")},
        "audience": tuple(dict.fromkeys(briefs)) or ("none",),
        "basis": (claim["basis"],),
        "certainty": (str(claim.get("certainty", "none")).replace(" ", "-"),),
    }


def _facets(claims: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Return what claims can be filtered by, and the values of each."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        for name, values in _traits(claim).items():
            found.setdefault(name, set()).update(values)
    return {name: sorted(values) for name, values in found.items()}


def page_one(pdf: bytes, means: Means) -> bytes:
    """Return a picture of page 1 of *pdf*, a PNG, which is kept; nothing where an older file is damaged."""
    known, store = means.dependencies, means.store
    place = key("page 1", pdf, str((WIDTH, COLOURS)), known.code, known.libraries)
    if (kept := store.get(place)) is not None:
        return kept
    try:
        page = first_page(pdf, WIDTH)
    except DamagedError:
        return b""
    made = png(page.data, page.width, page.height, COLOURS)
    store.put(place, made)
    return made


def too_large(library: Library, pages: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the pages that are larger than the limits allow a page to be."""
    most = library.limits.of("", library.series.languages[0])
    for name, page in pages.items():
        (size, unit), allowed = size_of(HTML, page), most.get(HTML.limit)
        if allowed is not None and size > allowed:
            message = f"{name} has {size} {unit}; {HTML.limit} allows {allowed}: take claims out, or allow more"
            yield Problem(library.places["limits"], message, "budget")


def _page(
    product: Product,
    name: str,
    accents: list[str],
    pictures: Mapping[str, bytes],
    **content: object,
) -> bytes:
    """Return a page of the site with *content* and what each of them has; its texts are in the sans family."""
    library, series = product.library, product.library.series
    spoken = series.languages[0]
    mark = marks(library.sources)
    every = [resolve.record(library, name, spoken, mark.get(name, "")) for name in library.sources]
    inside = tuple(source for source in every if not source.outside)
    uses = Counter(claim.use for claim in library.claims.values() if str(claim.source) in mark)
    page = product.composer.fill(
        f"site/{name}.html.j2",
        series=series,
        released=language.month(series.release, spoken),
        accent=NEUTRAL,
        house=str(series.colour or NEUTRAL),
        logo=resolve.logo(library, series.logo) if series.logo else None,
        accents=list(dict.fromkeys(accents)) or [NEUTRAL],
        sources=inside,
        outside={source.id: source for source in every if source.outside},
        uses=uses,
        since=len(library.claims) - uses.total(),  # claims from elsewhere
        **content,
    )
    assets = {picture.asset: picture.data for picture in library.images.values()} | dict(pictures)
    faces = product.means.folders.fonts
    return embed(page, spoken, assets, faces, (fonts.SERIF, fonts.ITALIC))
