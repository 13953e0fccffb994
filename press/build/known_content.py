"""Keep what was made of content: faults by the digests of all its files, editions by those that a brief rests on."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from press import checks
from press.build.build_request import written
from press.build.stages import Means, Name
from press.checks.content import editorial
from press.checks.content.editorial import Judged
from press.content.library import Draft, Fault, Library
from press.edition import resolve
from press.edition.edition import Edition
from press.edition.packing import packed, unpacked
from press.ground import file_state, paths, signals
from press.ground.store import key
from press.problems import Place, Problem

Digests = Mapping[str, str]  # of files, by their paths inside the content
OF_BRIEFS = ("briefs/", "blocks/")  # folders whose files are each of some briefs


def known_content(
    means: Means, before: Mapping[str, file_state.FileState]
) -> "KnownContent | None":
    """Return what the store has of content that was read; None if a file has changed since it was seen *before*."""
    if content_files(means) != before:
        return None
    start = f"{means.folders.content}/"
    return KnownContent(
        means, {path.removeprefix(start): each.digest for path, each in before.items()}
    )


def content_files(means: Means) -> dict[str, file_state.FileState]:
    """Return the state of all files of the content."""
    return file_state.scan(written(means.folders))


@dataclass(frozen=True)
class KnownContent:
    """What the store has of content with these *digests*."""

    means: Means
    digests: Digests

    def faults(self, draft: Draft) -> tuple[Fault, ...]:
        """Return what is wrong with *draft*, which was read from files with our digests."""
        faults = self._kept_rows("all", self.digests, lambda: _rows(self._found(draft)))
        return tuple(map(_fault, faults))

    def edition(self, library: Library, name: Name) -> Edition:
        """Return the edition called *name* of content that was read from files with our digests."""
        place = self._key("edition", "/".join(name), self._below(library, name[1]))
        if (data := self.means.store.get(place)) is None:
            data = packed(resolve.resolve(library, name[1], name[0]))
            self.means.store.put(place, data)
        return unpacked(data)  # the first time too: what is made of it is the same each time

    def _found(self, draft: Draft) -> Iterable[Fault]:
        self.means.begin()  # what is new to the checks is most often printed anew

        def known(language: str, name: str, judge: Callable[[], Judged]) -> Judged:
            signals.check()
            return self._judged(draft, (language, name), judge)

        return checks.of_library(draft, self.means.folders.fonts, known)

    def counts(self, library: Library, name: Name) -> Mapping[str, float]:
        """Return what is counted in the texts of the edition called *name* beside a limit, by the name of that."""
        return self._judged(library, name, lambda: editorial.judge(library)(*name)).counts

    def _judged(self, draft: Draft, name: Name, judge: Callable[[], Judged]) -> Judged:
        below = self._below(draft, name[1])
        row = self._kept_rows("/".join(name), below, lambda: _judged_row(judge()))
        return Judged(tuple(map(_fault, row[0])), row[1], frozenset(row[2]), row[3])

    def _below(self, draft: Draft, brief: str) -> Digests:
        """Return the digests of the files that a brief rests on: its own, and all that are of no brief."""
        start = paths.start(paths.shown(self.means.folders.content))
        blocks = (f"block:{each}" for _, ids in draft.briefs[brief].sections for each in ids)
        places = (draft.places[each] for each in (f"brief:{brief}", *blocks))
        files = {place.path.removeprefix(start) for place in places}
        if not files <= self.digests.keys():  # a name that cannot be shown is shown otherwise
            return self.digests
        return {**self._shared, **{path: self.digests[path] for path in files}}

    @cached_property
    def _shared(self) -> Digests:
        return {path: each for path, each in self.digests.items() if not path.startswith(OF_BRIEFS)}

    def _key(self, kind: str, what: str, below: Digests) -> str:
        known, shown = self.means.dependencies, paths.shown(self.means.folders.content)
        made_of = known.catalogue, known.fonts, known.libraries, json.dumps(below, sort_keys=True)
        return key(kind, what, shown, *made_of)

    def _kept_rows(self, what: str, below: Digests, find: Callable[[], Any]) -> Any:  # noqa: ANN401 - JSON
        """Return what was found of *what* when it had the same digests, or is found now."""
        place = self._key("faults", what, below)
        if (data := self.means.store.get(place)) is not None:
            return json.loads(data)
        found = find()
        self.means.store.put(place, json.dumps(found).encode())
        return found


def _rows(faults: Iterable[Fault]) -> list[list[Any]]:
    return [
        [
            *(one.place.path, one.place.line, one.place.column),
            one.message,
            one.rule,
            one.severity,
            each.owner,
        ]
        for each in faults
        for one in (each.problem,)
    ]


def _judged_row(judged: Judged) -> list[Any]:
    return [_rows(judged.breaches), judged.main, sorted(judged.cited), judged.counts]


def _fault(row: list[Any]) -> Fault:
    path, line, column, message, rule, severity, owner = row
    return Fault(Problem(Place(path, line, column), message, rule, severity), owner)
