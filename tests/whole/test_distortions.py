"""Distorted prose is refused, true prose is not: as often as docs/distortions.md says."""

from __future__ import annotations

import pytest

from press.checks.content import editorial, faithful
from press.problems import errors
from tests.support import distortions
from tests.support.distortions import PAGE, Count
from tests.support.plan import everything
from tests.support.turns import in_turn

pytestmark = pytest.mark.series
LEAST, MOST = 60, 3  # percent: of distortions that are refused, and of true sentences that are
ENOUGH = 200  # distortions
INNOCENT = 60  # sentences in other words


@pytest.fixture(scope="module")
def counts() -> dict[str, Count]:
    """Plant distortions, and count those that are refused."""
    series = distortions.draft()
    planted = list(distortions.plant(series))
    assert len(planted) >= ENOUGH
    return distortions.counted(series, in_turn(planted))


@pytest.fixture(scope="module")
def by_hand() -> dict[str, Count]:
    """Count those written by others that are refused."""
    series = distortions.draft()
    planted = list(distortions.of_strangers(series))
    assert len(planted) >= ENOUGH
    return distortions.counted(series, in_turn(planted))


@pytest.fixture(scope="module")
def alarms() -> tuple[Count, Count]:
    """Say true sentences in other words, ours and those of others, and count those that are refused."""
    series = distortions.draft()
    ours, others = (
        list(distortions.rewordings(series, file))
        for file in (distortions.REWORDINGS, distortions.HONEST)
    )
    assert min(len(ours), len(others)) >= INNOCENT
    return distortions.alarms(series, in_turn(ours)), distortions.alarms(series, in_turn(others))


def test_most_distortions_are_refused(counts: dict[str, Count], by_hand: dict[str, Count]) -> None:
    """Of all kinds together; of each kind some, where all are planted."""
    for every in (counts, by_hand):
        # an eighth of those by hand is no more than a sample
        assert distortions.summed(every).percent >= (
            LEAST if everything() or every is counts else LEAST / 2
        )
        assert not everything() or all(each.refused for each in every.values())


def test_true_sentences_are_left_alone(alarms: tuple[Count, Count]) -> None:
    """None of the briefs' own is refused, and few in other words."""
    series = distortions.draft()
    assert errors(fault.problem for fault in editorial.check(series)) == ()
    assert list(faithful.of_claims(series)) == []
    for each in alarms:
        assert each.refused <= max(1, MOST * each.texts / 100)


def test_the_page_has_these_counts(
    counts: dict[str, Count], by_hand: dict[str, Count], alarms: tuple[Count, Count]
) -> None:
    """It is made again with `python -m tests.support.distortions`."""
    if not everything():
        pytest.skip("an eighth is counted here; CI=1 compares all with docs/distortions.md")
    true = sum(1 for _ in distortions.sentences(distortions.draft(), all_of_them=True))
    assert PAGE.read_text("utf-8") == distortions.page(counts, by_hand, true, alarms)
