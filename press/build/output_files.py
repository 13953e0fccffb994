"""What the outputs are: finished editions and the tree of the last build in, the files of the new tree out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from press.build import catalogue, manifest, workshop
from press.build import claims_data as data
from press.build import site_pages as site
from press.build.build_result import Row
from press.build.library_check import every_name
from press.build.output_tree import INDEX, SITE, STALE, Tree
from press.edition.edition import dumped
from press.problems import ContentRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.build.editions import Product
    from press.build.library_check import Name
    from press.build.output_tree import Outputs
    from press.build.workshop import Work
    from press.edition.edition import Edition

KINDS = ("html", "pdf")


def outputs(product: Product, old: Path, formats: frozenset[str]) -> Outputs:
    """Return the new tree for *product*; editions and formats that were not asked for stay as they are in *old*.

    Raises:
        ContentRefusedError: a page beside the briefs is too large.
    """
    return laid_out(product, old, formats).finish()


def laid_out(product: Product, old: Path, formats: frozenset[str]) -> Tree:
    """Return the same tree with all that is in it."""
    tree = Tree(old)
    tree.there |= set(current(product, tree, formats))
    entries = [
        entry
        for name in every_name(product.library)
        for entry in edition(product, tree, name, formats)
    ]
    shared(product, tree, entries)
    if tree.made.problems:
        raise ContentRefusedError((*product.problems, *tree.made.problems))
    tree.seal(manifest.facts(product.library.series))
    return tree


def current(product: Product, tree: Tree, formats: frozenset[str]) -> Iterator[str]:
    """Yield the files of editions that the new tree has in their place, as built or as they were."""
    for name in every_name(product.library):
        work = product.works.get(name)
        made = _fresh(product, work, formats) if work else {}
        stems = (f"{name[0]}/{name[1]}.{kind}" for kind in KINDS)
        yield from (
            path
            for path in stems
            if name not in product.faulty and (path in made or tree.read(path) is not None)
        )


def edition(
    product: Product, tree: Tree, name: Name, formats: frozenset[str]
) -> Iterator[site.Entry]:
    """Put one edition into the tree: as built, as it was, or as stale; yield its entry for the index."""
    spoken, brief = name
    if name in product.faulty:
        yield from _stale(product, tree, name)
        return
    work = product.works.get(name)
    facts: dict[str, Any] = {"audience": brief, "language": spoken}
    if work:
        facts |= {"status": work.edition.status, "digest": work.edition.digest}
    files = _fresh(product, work, formats) if work else {}
    for kind in KINDS:
        path = f"{spoken}/{brief}.{kind}"
        if path in files:
            pages = {"pages": work.pages} if work and kind == "pdf" else {}
            tree.add(path, files[path], **facts, **pages)
        elif (content := tree.read(path)) is not None:
            tree.add(path, content, **_as_it_was(product, tree, name, path))
        else:
            _keep_stale(tree, name, kind)
    _data(tree, name, work)
    current = any(f"{spoken}/{brief}.{kind}" in tree.files for kind in KINDS)
    yield from _entry(product, tree, name, "" if current else f"{STALE}/")


def _as_it_was(product: Product, tree: Tree, name: Name, path: str) -> dict[str, Any]:
    """Return what the manifest says of a file that nobody asked for; it may be out of date, and then says so."""
    told = {"path", "sha256", "size", "type", "outdated"}
    known = {key: value for key, value in tree.before.get(path, {}).items() if key not in told}
    edition = product.editions.get(name)
    if edition is not None and known.get("digest") == edition.digest:
        return known
    tree.made.left.append(path)
    return {"audience": name[1], "language": name[0], **known, "outdated": True}


def _fresh(product: Product, work: Work, formats: frozenset[str]) -> dict[str, bytes]:
    stem, faces = f"{work.edition.language}/{work.edition.brief}", product.means.folders.fonts
    page = workshop.written(product.library, work, faces) if "html" in formats else b""
    made = {f"{stem}.html": page} if page else {}
    return made | ({f"{stem}.pdf": work.print.pdf} if work.print and "pdf" in formats else {})


def _data(tree: Tree, name: Name, work: Work | None) -> None:
    path = f"data/{name[0]}/{name[1]}.json"
    content = dumped(work.edition).encode() if work else tree.read(path)
    if content is not None:
        tree.add(path, content, audience=name[1], language=name[0])


def _stale(product: Product, tree: Tree, name: Name) -> Iterator[site.Entry]:
    """Put the last good files of a faulty brief where nobody takes them for current."""
    for kind in KINDS:
        _keep_stale(tree, name, kind)
    yield from _entry(product, tree, name, f"{STALE}/")


def _keep_stale(tree: Tree, name: Name, kind: str) -> None:
    """Keep the last good file of one kind as stale, be it current so far or stale already."""
    path = f"{name[0]}/{name[1]}.{kind}"
    content = tree.read(path)
    if content is None:
        content = tree.read(f"{STALE}/{path}")
    if content is not None:
        tree.add(f"{STALE}/{path}", content, audience=name[1], language=name[0], status="stale")


def _entry(product: Product, tree: Tree, name: Name, folder: str) -> Iterator[site.Entry]:
    """Yield the entry for the index, and note the row for the summary, if there is anything to hand out."""
    row = _row(product, tree, name, folder)
    if row.html_bytes or row.pdf_bytes:
        tree.made.rows.append(row)
        yield _listed(product, tree, row, folder)


def _row(product: Product, tree: Tree, name: Name, folder: str) -> Row:
    stem, work = f"{name[0]}/{name[1]}", product.works.get(name)
    sizes = {kind: len(tree.files.get(f"{folder}{stem}.{kind}", b"")) for kind in KINDS}
    told = {str(one["path"]): one for one in tree.made.entries}
    status = (
        "stale"
        if folder
        else told.get(f"{stem}.html", told.get(f"{stem}.pdf", {})).get("status", "")
    )
    return Row(
        *name,
        status=status,
        made="stale" if folder else "new" if work and work.new else "kept",
        pages=int(told.get(f"{stem}.pdf", {}).get("pages", 0)),
        words=work.words if work else 0,
        html_bytes=sizes["html"],
        pdf_bytes=sizes["pdf"],
        mended=work.mended if work and not folder else "",
    )


def _listed(product: Product, tree: Tree, row: Row, folder: str) -> site.Entry:
    stem, shown = f"{row.language}/{row.brief}", product.editions.get((row.language, row.brief))
    given = product.library.briefs.get(row.brief)  # a faulty brief may have been read all the same
    label = str(given.label) if given else row.brief
    question = str(given.question or "") if given else ""
    return site.Entry(
        language=row.language,
        brief=row.brief,
        label=label,
        name=shown.name if shown else label,
        question=question,
        summary=shown.summary if shown else "",
        accent=str(given.accent) if given else site.NEUTRAL,
        draft=row.status == "draft",
        stale=bool(folder) or any(path.startswith(f"{stem}.") for path in tree.made.left),
        html=f"{folder}{stem}.html" if row.html_bytes else "",
        pdf=f"{folder}{stem}.pdf" if row.pdf_bytes else "",
        pages=row.pages,
        html_kilobytes=-(-row.html_bytes // 1000),
        pdf_kilobytes=-(-row.pdf_bytes // 1000),
    )


def shared(product: Product, tree: Tree, entries: list[site.Entry]) -> None:
    """Put what stands beside the briefs into the tree."""
    library, composer = product.library, product.composer
    spoken = library.series.languages[0]
    rows = data.claims(library, sound_editions(product), spoken)
    looks = catalogue.looks(library)
    accents = [look.accent for look in looks]
    evidence = site.evidence(composer, library, rows, accents)
    tree.add("evidence.html", site.finished(evidence, library, product.means.folders.fonts))
    tree.add("data/claims.json", data.as_json(rows))
    tree.add("data/claims.csv", data.as_csv(rows))
    tree.shelf = entries
    tree.add(INDEX, index(product, tree, entries))
    tree.made.problems += site.too_large(library, {name: tree.files[name] for name in SITE})
    tree.add(catalogue.NAME, catalogue.written(composer, product.means.studio, looks))


def index(
    product: Product, tree: Tree, entries: list[site.Entry], news: site.News | None = None
) -> bytes:
    """Return the page that lists *entries* and what else is in *tree*, and what a release tells beside them."""
    kilobytes = {name: -(-len(content) // 1000) for name, content in tree.files.items()}
    page = site.index(product.composer, product.library, entries, kilobytes, news)
    return site.finished(page, product.library, product.means.folders.fonts)


def sound_editions(product: Product) -> list[Edition]:
    """Return the editions that may be handed out."""
    return [edition for name, edition in product.editions.items() if name not in product.faulty]


def removed(made: Outputs) -> tuple[str, ...]:
    """Return the briefs' files that the new tree has neither in their place nor as stale, and what is no build's."""
    bare = {name.removeprefix(f"{STALE}/") for name in (*made.fresh, *made.kept)}
    handed = {name for name in made.gone if name.endswith(KINDS)}
    lost = {name for name in handed if name.removeprefix(f"{STALE}/") not in bare}
    return tuple(sorted(lost | set(made.strange)))
