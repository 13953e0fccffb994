"""Find two briefs that say the same (EDITORIAL: what differs by audience)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from press.checks.prose import Breach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from press.checks.prose import Reading


def check(readings: Iterable[Reading], limits: Mapping[str, Any]) -> Iterator[Breach]:
    """Yield main messages that two briefs share, and key messages that cite the same claims."""
    most = limits.get("shared_percent")
    for first, second in combinations(readings, 2):
        if _main(first) and _main(first) == _main(second):
            message = f"its main message is that of brief '{first.name}'"
            yield Breach(*second.whole, message, "shared")
        fewer, shared = (
            min(map(len, both := [_cited(first), _cited(second)])),
            len(both[0] & both[1]),
        )
        if most is not None and fewer and shared * 100 >= most * fewer:
            what = f"{shared} of the {fewer} claims under its key messages are under those"
            yield Breach(*second.whole, f"{what} of brief '{first.name}' too", "shared")


def _main(reading: Reading) -> str:
    return " ".join(sentence.text for sentence in reading.of("main")).casefold()


def _cited(reading: Reading) -> set[str]:
    return {claim for sentence in reading.of("messages") for claim in sentence.printed.claims}
