"""The catalogue alone: a request in; the outputs as they are, with the catalogue made anew, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.build import catalogue, manifest
from press.build.build import exchanged, tools
from press.build.build_request import refuse_out, sources
from press.build.figure_drawings import Studio
from press.build.output_tree import Tree
from press.content import library
from press.ground import lock, paths, seen, swap
from press.page.compose import Composer
from press.problems import ContentRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from press.build.build_request import Request


def make(request: Request) -> Path:
    """Write the catalogue in the colours of the content's audiences, and return where it is.

    Raises:
        ContentRefusedError: the series or an example could not be read.
        BusyError, OutputError, ConfigurationError: likewise, nothing is touched.
    """
    with lock.hold(request.folders.work, "catalogue"):
        refuse_out(request.folders, request.out)
        swap.sweep(request.out)
        read = library.load(request.content, paths.shown(request.content))
        if read.series is None or not read.briefs:
            raise ContentRefusedError(fault.problem for fault in read.faults)
        tree = Tree(request.out)
        tree.keep_all()
        tree.made.entries = [one for one in tree.made.entries if one["path"] != catalogue.NAME]
        tree.add(catalogue.NAME, page(request, catalogue.looks(read)))
        tree.seal(manifest.facts(read.series))
        exchanged(request.out, tree.finish())
        return request.out / catalogue.NAME


def page(request: Request, looks: tuple[catalogue.Look, ...]) -> bytes:
    """Return the catalogue in these *looks*."""
    folders = request.folders
    made_with = tools(folders, seen.scan(sources(folders)))
    studio = Studio(folders, made_with.code, made_with.fonts, request.jobs)
    return catalogue.written(Composer(folders.templates), studio, looks)
