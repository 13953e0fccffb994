"""Two briefs that say the same (EDITORIAL: what differs by audience)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from press.checks.prose import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from press.checks.prose import Reading


def check(readings: Iterable[Reading], limits: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield main messages that two briefs share, and key messages that rest on the same claims."""
    for one, other in combinations(readings, 2):
        mains = [
            " ".join(part.text for part in reading.of("main")).casefold()
            for reading in (one, other)
        ]
        if mains[0] and mains[0] == mains[1]:
            yield _finding(other, f"its main message is that of brief '{one.name}'")
        claims = [
            {claim for part in reading.of("messages") for claim in part.printed.claims}
            for reading in (one, other)
        ]
        fewer, shared = min(map(len, claims)), len(claims[0] & claims[1])
        most = limits.get("shared_percent")
        if most is not None and fewer and shared * 100 >= most * fewer:
            yield _finding(
                other,
                f"{shared} of the {fewer} claims under its key messages are under those of brief '{one.name}' too",
            )


def _finding(reading: Reading, message: str) -> Finding:
    return Finding(f"brief:{reading.name}", reading.brief.title.place, message, "shared")
