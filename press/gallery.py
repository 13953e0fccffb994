"""The catalogue alone: a request in; the outputs as they are, with the catalogue made anew, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press import exchange, library, lock, paths
from press.build import exchanged
from press.compose import Composer
from press.problems import ContentRefusedError
from press.request import refuse_out
from press.tree import Tree
from press.writers import catalogue, manifest

if TYPE_CHECKING:
    from pathlib import Path

    from press.request import Request


def make(request: Request) -> Path:
    """Write the catalogue in the colours of the content's audiences, and return where it is.

    Raises:
        ContentRefusedError: the series or an example could not be read.
        BusyError, OutputError, ConfigurationError: likewise, nothing is touched.
    """
    with lock.hold(paths.ROOT, "catalogue"):
        refuse_out(request)
        exchange.sweep(request.out)
        read = library.load(request.content, paths.shown(request.content))
        if read.series is None or not read.briefs:
            raise ContentRefusedError(fault.problem for fault in read.faults)
        tree = Tree(request.out)
        tree.keep_all()
        tree.made.entries = [one for one in tree.made.entries if one["path"] != catalogue.NAME]
        page = catalogue.written(Composer(paths.TEMPLATES), catalogue.looks(read))
        tree.add(catalogue.NAME, page)
        tree.seal(manifest.facts(read.series))
        exchanged(request.out, tree.finish())
        return request.out / catalogue.NAME
