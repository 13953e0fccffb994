"""Keep what checks found: of the whole content by the digests of its files, of a brief by those of its own."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from press import checks
from press.build.build_request import written
from press.build.stages import Means
from press.checks.content.editorial import Judged
from press.content.library import Draft, Fault
from press.ground import file_state, paths
from press.ground.store import key
from press.problems import Place, Problem

Digests = Mapping[str, str]  # of files, by their paths inside the content
OF_BRIEFS = ("briefs/", "blocks/")  # folders whose files are each of some briefs


def digests(means: Means) -> Digests:
    """Return the digests of all files of the content."""
    start = f"{means.folders.content}/"
    seen = file_state.scan(written(means.folders))
    return {path.removeprefix(start): each.digest for path, each in seen.items()}


@dataclass(frozen=True)
class KnownFaults:
    """What the store has of checks of content with these *digests*."""

    means: Means
    digests: Digests

    def of(self, draft: Draft) -> tuple[Fault, ...]:
        """Return what is wrong with *draft*, which was read from files with our digests."""
        faults = self._kept("all", self.digests, lambda: _rows(self._found(draft)))
        return tuple(map(_fault, faults))

    def _found(self, draft: Draft) -> Iterable[Fault]:
        self.means.begin()  # what is new to the checks is most often printed anew
        start = paths.start(paths.shown(self.means.folders.content))
        shared = {
            path: each for path, each in self.digests.items() if not path.startswith(OF_BRIEFS)
        }

        def known(language: str, name: str, judge: Callable[[], Judged]) -> Judged:
            blocks = (f"block:{each}" for _, ids in draft.briefs[name].sections for each in ids)
            places = (draft.places[each] for each in (f"brief:{name}", *blocks))
            files = {place.path.removeprefix(start) for place in places}
            named = files <= self.digests.keys()  # a name that cannot be shown is shown otherwise
            own = {path: self.digests[path] for path in files} if named else self.digests
            row = self._kept(f"{language}/{name}", {**shared, **own}, lambda: _judged_row(judge()))
            return Judged(tuple(map(_fault, row[0])), row[1], frozenset(row[2]))

        return checks.of_library(draft, self.means.folders.fonts, known)

    def _kept(self, what: str, depends: Digests, find: Callable[[], Any]) -> Any:  # noqa: ANN401 - JSON
        """Return what was found of *what* when it had the same digests, or is found now."""
        known, shown = self.means.dependencies, paths.shown(self.means.folders.content)
        made_of = (
            known.catalogue,
            known.fonts,
            known.libraries,
            json.dumps(depends, sort_keys=True),
        )
        place = key("faults", what, shown, *made_of)
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
    return [_rows(judged.breaches), judged.main, sorted(judged.cited)]


def _fault(row: list[Any]) -> Fault:
    path, line, column, message, rule, severity, owner = row
    return Fault(Problem(Place(path, line, column), message, rule, severity), owner)
