"""A publish that is killed or cut off leaves a whole site, and the next one completes it."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.deliver.publish.conftest import InStore
from tests.deliver.publish.releases import Files, faults, freeze, outputs, published, site
from tests.support.plan import NOTE
from tests.support.turns import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.deliver.publish.conftest import Bench, OnDisk

MOST = 500  # changes on a disk: more than there are
KILLED = -signal.SIGKILL
TRY_AGAIN = 75


def told(found: Files, bench: Bench) -> str:
    """Say how far a broken publish got."""
    seen = site(found)
    if seen == bench.new:
        return "new"
    return "old" if seen == bench.old else "between"


def completed(bench: Bench) -> None:
    """Publish again, and find all of it and nothing else."""
    bench.good()
    found = bench.found()
    assert site(found) == bench.new
    assert not [name for name in found if name.startswith(".press")]


def test_a_folder_is_whole_whichever_change_the_process_is_killed_at(folder: OnDisk) -> None:
    """Before each file that is opened, renamed or removed: each link leads to a file of one release or the other."""
    states = []
    for number in range(MOST):
        folder.hold_old()
        status, _ = folder.publish(kill=number)
        found = folder.found()
        assert faults(found, folder.old, folder.new) == [], number
        states.append(told(found, folder))
        completed(folder)
        if not status:
            break
        assert status == KILLED
    assert states == sorted(states, key=["old", "between", "new"].index)
    assert set(states) == {"old", "between", "new"}


def test_what_is_kept_outlives_a_kill_at_any_change(folder: OnDisk) -> None:
    """The last edition of a brief that the release lacks is whole at every moment, and part of the site at the end."""
    releases = folder.runner.folder / "lacking"
    lacking = published(freeze(releases, "2026-12-02.1", outputs(2), stale=["en/police"]))
    kept = {name: folder.old[name] for name in ("en/police.html", "en/police.pdf")}
    asked = {"releases": str(releases), "keep_last": True}
    for number in range(0, MOST, 3):
        folder.hold_old()
        status, _ = folder.publish(kill=number, **asked)
        found = folder.found()
        assert faults(found, folder.old, lacking | kept) == [], number
        assert {name: found.get(name) for name in kept} == kept
        folder.good(**asked)
        assert site(folder.found()) == lacking | kept
        if not status:
            break
        assert status == KILLED
    assert not status


def test_a_first_publish_that_is_killed_shows_no_index_that_leads_nowhere(folder: OnDisk) -> None:
    """The index comes last; until then nobody is led into a site that is not there."""
    number, seen = 0, set()
    while True:
        folder.clear()
        status, _ = folder.publish(kill=number)
        found = folder.found()
        assert faults(found, {}, folder.new) == [], number
        seen.add("index.html" in found)
        completed(folder)
        if not status:
            break
        number += 4
    assert seen == {True, False}


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Bench:
    """Return the target that a test is run with."""
    found: Bench = request.getfixturevalue(request.param)
    return found


WIRED = pytest.mark.parametrize(
    "bench", [pytest.param("sftp", marks=pytest.mark.sshd), "bucket"], indirect=True
)


def places(bench: Bench, *percents: int) -> list[int]:
    """Return after how many bytes to break, as parts of all that a publish sends."""
    assert bench.proxy is not None
    bench.hold_old()
    bench.proxy.passing()
    bench.good()
    sent = bench.proxy.sent
    assert sent > sum(map(len, bench.new.values())) / 2
    if isinstance(bench, InStore):  # a client of a store takes long to start
        percents = percents[::2]
    return [sent * percent // 100 + 1 for percent in percents]


@pytest.mark.turns("where it breaks")
@WIRED
@pytest.mark.parametrize(
    ("how", "status", "percents"),
    [("kill", KILLED, (0, 50, 72, 78, 85, 91, 96)), ("fall", TRY_AGAIN, (20, 75, 88))],
)
def test_a_site_is_whole_wherever_the_publish_breaks(
    bench: Bench,
    how: str,
    status: int,
    percents: tuple[int, ...],
    record_property: Callable[[str, object], None],
) -> None:
    """The process is killed, or the network falls, after so many bytes: no page, no link and no file is harmed."""
    states, limits = set(), places(bench, *percents)
    chosen = in_turn(limits, (limits[0], *limits[-2:]))  # a break between is among them
    if len(chosen) < len(limits):
        record_property(NOTE, "publishes break at some of their places; CI=1 has all")
    for limit in chosen:
        bench.hold_old()
        ended, said = bench.broken(limit, how)
        assert ended == status, (limit, said)
        found = bench.found()
        assert faults(found, bench.old, bench.new) == [], limit
        states.add(told(found, bench))
        if how == "fall":
            assert ("as it was" not in said["message"]) or told(found, bench) == "old"
        completed(bench)
    assert states >= {"old", "between"}


@WIRED
def test_a_connection_that_breaks_once_is_made_again(bench: Bench) -> None:
    """The same run goes on, and nothing is lost or sent into the void."""
    for limit in places(bench, 10, 40, 75, 90):
        bench.hold_old()
        ended, said = bench.broken(limit, "break")
        assert ended == 0, (limit, said)
        assert site(bench.found()) == bench.new
