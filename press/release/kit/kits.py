"""Make the kits of all editions that were asked for, in a folder of their own."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from press.build import build
from press.build.build_request import Request, refuse_out
from press.build.build_result import Outcome
from press.build.editions import Product
from press.build.library_check import every_name
from press.build.output_tree import OldTree, identity
from press.build.pages import images_of
from press.build.stages import Progress
from press.content.model.blocks import AskBlock
from press.edition.resolve.makers import month
from press.ground import lock, paths, swap
from press.ground.sums import sha256
from press.problems import OutputError, visible
from press.release.kit import kit
from press.release.kit.reader_test import sheets

KIND = "kits"  # in the manifest


def make(request: Request, progress: Progress, *, test: bool = False) -> Outcome:
    """Write the kits, with the sheets for a *test*; those of editions not asked for stay, those of faulty ones go.

    Raises:
        ContentRefusedError: no brief is sound; the folder is as it was.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(request.folders.work, "kit"):
        out = request.folders.kits
        refuse_out(request.folders, out, KIND)
        old = _listed(out)
        product = build.produce(request, progress)
        files, kept = dict(_files(product)), _kept(product, old)
        files |= _sheets(product) if test else ()
        # by the list of all, the folder is known as ours; names would tell of other audiences
        listed = sorted(sha256(name.encode()) for name in (*kept, *files))
        facts = {"schema": 2, "kind": KIND, **identity(product.library.series), "files": listed}
        gone = OldTree(out).paths() - {*kept, *files, swap.MANIFEST}
        with swap.stage(out) as tree:
            for name in kept:
                tree.keep(name)
            for name, data in files.items():
                tree.write(name, data)
            tree.write(swap.MANIFEST, f"{json.dumps(facts, indent=1)}\n".encode())
            tree.commit()
        return replace(build.outcome(product), gone=tuple(sorted(map(visible, gone))))


def _listed(out: Path) -> list[str]:
    """Return the files that the last run has left in *out*.

    Raises:
        OutputError: it is the folder of a build or a release, which have a manifest as well.
    """
    path = out / swap.MANIFEST
    with suppress(OSError, ValueError, KeyError, TypeError):
        facts = json.loads(path.read_bytes()) if path.exists() else {"kind": KIND, "files": []}
        if facts["kind"] == KIND:
            there = (path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
            ours = set(map(str, facts["files"]))  # names, where the schema is 1
            return [name for name in there if {name, sha256(os.fsencode(name))} & ours]
    raise OutputError(f"{paths.shown(out)} is not a folder of kits; choose another --out")


def _files(product: Product) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file."""
    for (language, brief), made in product.sound():
        edition, assets = made.edition, images_of(product.library, made.edition)
        for name, data in kit(product.composer, edition, assets, made.files).items():
            yield f"{language}/{brief}/{name}", data


def _sheets(product: Product) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the sheets for testing each brief with readers."""
    faces = product.means.folders.fonts
    for (language, brief), made in product.sound():
        asks = [product.library.blocks[each] for each in product.library.briefs[brief].sections.ask]
        due = "".join(month(ask.by, language) for ask in asks if isinstance(ask, AskBlock))
        pages = made.printed.print.facts.blocks if made.printed.print else {}
        for name, data in sheets(product.composer, made.edition, due, pages, faces).items():
            yield f"{language}/{brief}/{name}", data


def _kept(product: Product, old: list[str]) -> list[str]:
    """Return those of the *old* files that are of briefs that exist and were not asked for."""
    others = set(every_name(product.library)) - product.finished.keys() - product.faulty
    folders = tuple(f"{language}/{brief}/" for language, brief in others)
    return [name for name in old if name.startswith(folders)]
