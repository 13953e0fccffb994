"""Make editions in a test's own process, with a store of their own."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from press.build import editions, output_files
from press.build.build_request import Request
from press.build.formats import FORMATS
from press.build.keys import Dependencies
from press.build.library_check import check_library, every_name
from press.build.output_tree import OldTree
from press.build.pages import compose_pages, write_manuscript
from press.build.stages import Means
from press.ground.store import Store
from press.page.compose import Composer
from press.print.pool import Pool
from tests.support.folders import HERE, apart, setup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from press.build.stages import Name, Page
    from press.content.library import Library

DRAWN: dict[str, bytes] = {}  # by key: the drawings that tests of this process had made
SHARED: list[Pool] = []  # the print servers of the tests that run, if these share some
UNKNOWN = Dependencies(code="", templates="", fonts="", libraries="", catalogue="")


class StoreWithDrawings(Store):
    """A store of its own that has the drawings which tests before had made: code and faces are the same for all."""

    def get(self, key: str) -> bytes | None:
        """Return what was put here under *key*, or a drawing that was put elsewhere."""
        found = super().get(key)
        return DRAWN.get(key) if found is None else found

    def put(self, key: str, data: bytes) -> None:
        """Keep *data* here, and a drawing for all."""
        super().put(key, data)
        if data.startswith(b"<svg"):
            DRAWN[key] = data


class SharingMeans(Means):
    """Means with such a store."""

    @property
    def store(self) -> Store:
        """Where results are kept by key."""
        return StoreWithDrawings(self.folders.store)


def means(place: Path, content: Path | None = None, pool: Executor | None = None) -> Means:
    """Return what editions of *content*, or of the project's, are made with; *place* is for the store."""
    return SharingMeans(apart(place, content), UNKNOWN, pool, jobs=1)


def produce(
    place: Path,
    content: Path | None = None,
    *,
    printing: bool = False,
    audiences: tuple[str, ...] = (),
) -> editions.Product:
    """Make the editions for *audiences*, or for all."""
    request = Request(apart(place, content), audiences)
    if not printing:
        return editions.produce(request, means(place, content))
    if SHARED:
        return editions.produce(request, means(place, content, SHARED[0]))
    with Pool(0, setup(place)) as pool:
        return editions.produce(request, means(place, content, pool))


def faults_of_layout(product: editions.Product) -> list[str]:
    """Return what is told of a layout: what is lost, parted, too long or empty."""
    rules = {"budget", "layout", "page-one", "geometry", "lost"}
    return [str(problem) for problem in product.problems if problem.rule in rules]


@contextmanager
def shared_servers(place: Path) -> Iterator[None]:
    """Let the same print servers print all that is produced meanwhile; *place* is for their fonts."""
    with Pool(0, setup(place)) as pool:
        SHARED.append(pool)
        yield
        SHARED.remove(pool)


def printed_once(
    work: Path, content: Path | None = None, audiences: tuple[str, ...] = ()
) -> editions.Product:
    """Make editions with what is kept in *work*, one process after the other: the first one prints for all."""
    with (work / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return produce(work, content, printing=True, audiences=audiences)


def outputs(
    product: editions.Product, old: Path, formats: tuple[str, ...] = tuple(FORMATS)
) -> Mapping[str, bytes]:
    """Return the outputs for *product*, beside those in the folder *old*."""
    return output_files.lay_out(product, OldTree(old), formats).files


def composed(given: Means) -> tuple[Library, Page]:
    """Return the page of the first brief, without an error, and its library; made texts repeat themselves."""
    library, faults, _, _ = check_library(given.folders)
    assert [str(fault.problem) for fault in faults if fault.problem.rule != "whole"] == []
    return library, page_of(library, min(every_name(library)), given)


def page_of(library: Library, name: Name, given: Means) -> Page:
    """Return the page of the edition called *name*."""
    source = write_manuscript(library, name, given)
    [page] = compose_pages(library, [source], Composer(HERE.template_folders), given)
    assert not page.problems
    return page
