"""What the outputs are: finished editions and the tree of the last build in, the files of the new tree out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from press import language, produce
from press.edition import dumped
from press.outcome import Row
from press.soundness import every_name
from press.writers import catalogue, data, manifest, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.edition import Edition
    from press.produce import Product, Work
    from press.soundness import Name

STALE = "stale"
KINDS = ("html", "pdf")


@dataclass
class Outputs:
    """A tree: what is written anew, what is kept of the old one, and what of that disappears."""

    fresh: dict[str, bytes] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # nobody asked for them, and they are out of date
    rows: list[Row] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)  # of the manifest


class Tree:
    """The new tree in the making, beside the old one."""

    def __init__(self, old: Path) -> None:
        self.old = old
        self.made = Outputs()
        self.files: dict[str, bytes] = {}
        self.shelf: list[site.Entry] = []  # the entries of the index
        self.before = self._entries()

    def _entries(self) -> dict[str, dict[str, Any]]:
        """Return what the old manifest says, by path."""
        try:
            told = json.loads((self.old / manifest.NAME).read_bytes())
            return {str(one["path"]): one for one in told["outputs"]}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def read(self, name: str) -> bytes | None:
        """Return the old file *name*, or None."""
        path = self.old / name
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None

    def add(self, name: str, content: bytes, **facts: Any) -> None:  # noqa: ANN401 - JSON
        """Put *content* into the tree as *name*; the same bytes are kept, not written."""
        self.files[name] = content
        self.made.entries.append(manifest.entry(name, content, facts))

    def finish(self) -> Outputs:
        """Return the tree, its manifest last."""
        for name, content in self.files.items():
            if self.read(name) == content:
                self.made.kept.append(name)
            else:
                self.made.fresh[name] = content
        old = (
            {
                path.relative_to(self.old).as_posix()
                for path in self.old.rglob("*")
                if not path.is_dir()
            }
            if self.old.is_dir()
            else set()
        )
        self.made.gone = sorted(old - self.files.keys())
        return self.made


def outputs(product: Product, old: Path, formats: frozenset[str]) -> Outputs:
    """Return the new tree for *product*; editions and formats that were not asked for stay as they are in *old*."""
    return laid_out(product, old, formats).finish()


def laid_out(product: Product, old: Path, formats: frozenset[str]) -> Tree:
    """Return the same tree with all that is in it."""
    tree = Tree(old)
    entries = [
        entry
        for name in every_name(product.library)
        for entry in edition(product, tree, name, formats)
    ]
    shared(product, tree, entries)
    series = product.library.series
    assert series is not None  # noqa: S101 - else all was refused
    facts = {"series": str(series.name), "release": series.release.isoformat()}
    told = manifest.written(facts, tree.made.entries)
    tree.files[manifest.SUMS] = manifest.sums(tree.made.entries, told)
    tree.files[manifest.NAME] = told
    return tree


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
    stem = f"{work.edition.language}/{work.edition.brief}"
    made = {f"{stem}.html": produce.written(product.library, work)} if "html" in formats else {}
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
    )


def _listed(product: Product, tree: Tree, row: Row, folder: str) -> site.Entry:
    stem, shown = f"{row.language}/{row.brief}", product.editions.get((row.language, row.brief))
    given = product.library.briefs.get(row.brief)  # a faulty brief may have been read all the same
    label = str(given.label) if given else row.brief
    return site.Entry(
        language=row.language,
        brief=row.brief,
        label=label,
        name=shown.name if shown else label,
        summary=shown.summary if shown else "",
        accent=shown.accent if shown else site.NEUTRAL,
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
    assert library.series is not None  # noqa: S101 - else all was refused
    spoken = library.series.languages[0]
    released = language.month(library.series.release, spoken)
    rows = data.claims(library, sound_editions(product), spoken)
    citation = "; ".join(str(source.citation) for source in library.sources.values())
    evidence = site.evidence(composer, library.series, rows, released, citation)
    tree.shelf = entries
    tree.add("index.html", index(product, entries))
    tree.add("evidence.html", produce.finished(evidence, spoken, {}))
    tree.add("catalogue.html", catalogue.written(composer))
    tree.add("data/claims.json", data.as_json(rows))
    tree.add("data/claims.csv", data.as_csv(rows))


def index(product: Product, entries: list[site.Entry], news: site.News | None = None) -> bytes:
    """Return the page that lists *entries*, and what a release tells beside them."""
    series = product.library.series
    assert series is not None  # noqa: S101 - else all was refused
    spoken = series.languages[0]
    released = language.month(series.release, spoken)
    page = site.index(product.composer, series, entries, released, news)
    return produce.finished(page, spoken, {})


def sound_editions(product: Product) -> list[Edition]:
    """Return the editions that may be handed out."""
    return [edition for name, edition in product.editions.items() if name not in product.faulty]


def removed(made: Outputs) -> tuple[str, ...]:
    """Return the briefs' files that the new tree has neither in their place nor as stale."""
    bare = {name.removeprefix(f"{STALE}/") for name in (*made.fresh, *made.kept)}
    handed = (name for name in made.gone if name.endswith(KINDS))
    return tuple(name for name in handed if name.removeprefix(f"{STALE}/") not in bare)
