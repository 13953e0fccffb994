"""List the files of a new tree of outputs: editions as built, as they were or as stale, and what lies beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from press.build import catalogue, claims_data, site_pages
from press.build.build_result import Row
from press.build.editions import Product
from press.build.formats import FORMATS, Format, format_of
from press.build.library_check import every_name
from press.build.output_tree import INDEX, SITE, STALE, Changes, OldTree, OutputFile, entry, seal
from press.build.stages import FinishedEdition, Name
from press.edition.depths import short_form
from press.edition.edition import Edition
from press.ground import sums
from press.page.key_number import key_number
from press.problems import ContentRefusedError

OWN_FACTS = frozenset({"path", "sha256", "size", "type", "outdated"})


@dataclass(frozen=True)
class Outputs:
    """All files of a new tree, and what a summary and the index say of its editions."""

    files: Mapping[str, bytes]
    entries: Mapping[str, Mapping[str, Any]]  # of the manifest, by path
    rows: tuple[Row, ...]
    shelf: tuple[site_pages.Entry, ...]  # of the index
    left: tuple[str, ...]  # not asked for, and out of date


def lay_out(product: Product, old: OldTree, formats: tuple[str, ...]) -> Outputs:
    """Return the outputs for *product*; editions and *formats* that were not asked for stay as they are in *old*.

    Raises:
        ContentRefusedError: a page beside the briefs is too large.
    """
    library, names = product.library, tuple(every_name(product.library))
    made = {name: tuple(_edition_files(product, old, name, formats)) for name in names}
    there = {*SITE, *(file.path for files in made.values() for file in files if not file.stale)}
    editions = {name: [file.linked(there) for file in files] for name, files in made.items()}
    handed_out = {name: files for name, files in editions.items() if files}
    rows = {name: _row(product, name, files) for name, files in handed_out.items()}
    shelf = tuple(_listed(product, rows[name], files) for name, files in handed_out.items())
    every = [file for files in handed_out.values() for file in files]
    every += [file for name in names for file in _data(product, old, name)]
    every += [file.linked(there) for file in _shared(product)]
    files = {file.path: file.content for file in every}
    page = OutputFile(INDEX, site_pages.index(product, files, shelf), {}).linked(there)
    every, files = [*every, page], files | {INDEX: page.content}
    if problems := tuple(site_pages.too_large(library, {name: files[name] for name in SITE})):
        raise ContentRefusedError((*product.problems, *problems))
    entries = {file.path: entry(file.path, file.content, file.facts) for file in every}
    left = tuple(file.path for file in every if "outdated" in file.facts)
    sealed = seal(files, entries.values(), library.series)
    return Outputs(sealed, entries, tuple(rows.values()), shelf, left)


def _edition_files(
    product: Product, old: OldTree, name: Name, formats: tuple[str, ...]
) -> Iterator[OutputFile]:
    """Yield the files of one edition: as built, else as they were, else as stale."""
    finished = product.finished.get(name)
    about = {"audience": name[1], "language": name[0]}
    for kind, row in FORMATS.items():
        path = f"{name[0]}/{name[1]}{row.ending}"
        content = old.read(path)
        if name not in product.faulty:
            if finished and kind in formats and kind in finished.files:
                edition = _said_by(row, finished.edition)
                facts: dict[str, Any] = {
                    **about,
                    "status": edition.status,
                    "digest": edition.digest,
                }
                facts |= {"pages": finished.pages[row.needs]} if row.use == "print" else {}
                yield OutputFile(path, finished.files[kind], facts)
                continue
            if content is not None:
                yield OutputFile(
                    path, content, _as_it_was(product, old, name, (path, row, content))
                )
                continue
        if content is None:
            content = old.read(f"{STALE}/{path}")
        if content is not None:
            yield OutputFile(f"{STALE}/{path}", content, about | {"status": "stale"})


def _said_by(row: Format, edition: Edition) -> Edition:
    """Return what a file of format *row* says of *edition*."""
    return short_form(edition) if row.needs == "short" else edition


def _as_it_was(
    product: Product, old: OldTree, name: Name, file: tuple[str, Format, bytes]
) -> dict[str, Any]:
    """Return what the manifest says of a *file* that was not asked for: path, format and content.

    It says so of one that is out of date. One that somebody has changed since is, and keeps the digest of what was
    built, so that no list of digests vouches for it.
    """
    path, row, content = file
    entry = old.entries.get(path, {})
    facts = {key: value for key, value in entry.items() if key not in OWN_FACTS}
    edition = product.editions.get(name)
    if entry.get("sha256", "") != sums.sha256(content):
        facts |= {key: entry[key] for key in ("sha256", "size") if key in entry}
    elif edition and facts.get("digest") == _said_by(row, edition).digest:
        return facts
    return {"audience": name[1], "language": name[0], **facts, "outdated": True}


def _data(product: Product, old: OldTree, name: Name) -> Iterator[OutputFile]:
    """Yield the data of one edition, as built or as they were."""
    path, finished = f"data/{name[0]}/{name[1]}.json", product.finished.get(name)
    content = finished.edition.json.encode() if finished else old.read(path)
    if content is not None and name not in product.faulty:
        yield OutputFile(path, content, {"audience": name[1], "language": name[0]})


def _row(product: Product, name: Name, files: list[OutputFile]) -> Row:
    """Return the row of an edition: of its current files, or else of the stale ones."""
    current = [file for file in files if not file.stale]
    row = row_of(name, product.finished.get(name))
    facts = {key: value for file in reversed(current) for key, value in file.facts.items()}
    return replace(
        row,
        status=str(facts.get("status", "")) if current else "stale",
        made=row.made if current else "stale",
        pages=_pages(current, "pdf"),
        short_pages=_pages(current, "short"),
        sizes={file.format: len(file.content) for file in current or files},
        mended=row.mended if current else "",
    )


def row_of(name: Name, finished: FinishedEdition | None) -> Row:
    """Return an edition in the summary; one that was not asked for is kept."""
    return Row(
        *name,
        status=finished.edition.status if finished else "",
        made="new" if finished and finished.new else "kept",
        pages=finished.pages.get("brief", 0) if finished else 0,
        words=finished.words.get("brief", 0) if finished else 0,
        short_pages=finished.pages.get("short", 0) if finished else 0,
        short_words=finished.words.get("short", 0) if finished else 0,
        sizes={kind: len(data) for kind, data in finished.files.items()} if finished else {},
        mended=finished.mended if finished else "",
    )


def _pages(files: list[OutputFile], kind: str) -> int:
    """Return how many pages the file of this format has, 0 where it is not among *files*."""
    return next((int(file.facts.get("pages", 0)) for file in files if file.format == kind), 0)


def _listed(product: Product, row: Row, files: list[OutputFile]) -> site_pages.Entry:
    """Return an edition as the index lists it."""
    edition = product.editions.get((row.language, row.brief))
    brief = product.library.briefs.get(row.brief)  # a faulty brief may have been read all the same
    label = str(brief.label) if brief else row.brief
    shown = [file for file in files if row.made == "stale" or not file.stale]
    prints = [file.content for file in files if file.format == "pdf" and not file.stale]
    links = {
        use: {
            file.path: row.label
            for file in shown
            for row in (FORMATS[file.format],)
            if row.use == use
        }
        for use in ("screen", "print")
    }
    return site_pages.Entry(
        language=row.language,
        brief=row.brief,
        label=label,
        name=edition.name if edition else label,
        question=str(brief.question or "") if brief else "",
        summary=edition.summary if edition else "",
        accent=str(brief.accent) if brief else site_pages.NEUTRAL,
        draft=row.status == "draft",
        stale=row.made == "stale" or any("outdated" in file.facts for file in files),
        screen=links["screen"],
        paper=links["print"],
        pages={file.path: pages for file in shown if (pages := int(file.facts.get("pages", 0)))},
        number=key_number(edition) if edition else None,
        picture=site_pages.page_one(prints[0], product.means) if prints else b"",
    )


def _shared(product: Product) -> Iterator[OutputFile]:
    """Yield what lies beside the briefs, but the index."""
    library, faulty = product.library, product.faulty
    editions = [edition for name, edition in product.editions.items() if name not in faulty]
    spoken = library.series.languages[0]
    claims = claims_data.claims(library, editions, spoken)
    withheld = claims_data.withheld(library, spoken)
    briefs = tuple(library.briefs.values())
    files = {
        "evidence.html": site_pages.evidence(product, claims, withheld),
        "data/claims.json": claims_data.as_json(claims, withheld),
        "data/claims.csv": claims_data.as_csv(claims, withheld),
        catalogue.NAME: catalogue.page(product.composer, product.means, briefs),
    }
    yield from (OutputFile(path, content, {}) for path, content in files.items())


def removed(changes: Changes) -> tuple[str, ...]:
    """Return the briefs' files that the new tree has neither in their place nor as stale, and what is no build's."""
    there = {path.removeprefix(f"{STALE}/") for path in (*changes.fresh, *changes.kept)}
    files = (path for path in changes.gone if format_of(path))
    lost = {path for path in files if path.removeprefix(f"{STALE}/") not in there}
    return tuple(sorted(lost | set(changes.strange)))
