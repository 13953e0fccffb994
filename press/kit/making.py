"""The kits of all editions that were asked for: a request in, a folder of them and an outcome out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from press import build, exchange, lock, paths, produce
from press.kit import kit
from press.outcome import Outcome
from press.problems import FAILED, OK, errors
from press.request import refuse_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.build import Progress
    from press.produce import Product
    from press.request import Request


def make(request: Request, progress: Progress) -> Outcome:
    """Write the kits; those of editions that nobody asked for stay, those of faulty ones go.

    Raises:
        ContentRefusedError: no brief is sound; the folder is as it was.
        BusyError, OutputError, ConfigurationError: likewise.
    """
    with lock.hold(paths.ROOT, "kit"):
        refuse_out(request)
        product = build.produced(request, progress)
        files = dict(_files(product))
        _write(request, product, files)
        rows = tuple(build.row(product, name) for name, _ in product.sound())
        return Outcome(FAILED if errors(product.problems) else OK, product.problems, rows)


def _files(product: Product) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file."""
    for (language, brief), work in product.sound():
        assert work.print is not None  # noqa: S101 - a request for kits asks for prints
        page = produce.written(product.library, work)
        for name, data in kit(work.edition, page, work.print.pdf).items():
            yield f"{language}/{brief}/{name}", data


def _write(request: Request, product: Product, files: dict[str, bytes]) -> None:
    """Put the kits in the place of the old ones, with a list of all by which the folder is known as ours."""
    gone = tuple(
        f"{language}/{brief}/" for language, brief in product.works.keys() | product.faulty
    )
    old = (path for path in request.out.rglob("*") if path.is_file() and not path.is_symlink())
    names = {path.relative_to(request.out).as_posix() for path in old}
    kept = {name for name in names if not name.startswith(gone)} - {exchange.MANIFEST}
    with exchange.stage(request.out) as tree:
        for name in sorted(kept):
            tree.keep(name)
        for name, data in files.items():
            tree.write(name, data)
        told = {"schema": 1, "kind": "kits", "files": sorted([*kept, *files])}
        tree.write(exchange.MANIFEST, f"{json.dumps(told, indent=1)}\n".encode())
        tree.commit()
