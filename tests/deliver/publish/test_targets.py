"""Publishing to each kind of target: what lies there afterwards, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from press.deliver.publish.target import Kind
from tests.deliver.publish.releases import OLD, freeze, outputs, published, site

if TYPE_CHECKING:
    from tests.deliver.publish.conftest import Bench

EACH = {  # kind of target -> the fixture in conftest.py that returns a bench with one
    "folder": "folder",
    "sftp": pytest.param("sftp", marks=pytest.mark.sshd),
    "s3": "bucket",
}


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Bench:
    """Return the target that a test is run with."""
    found: Bench = request.getfixturevalue(request.param)
    return found


def test_each_kind_of_target_has_a_bench() -> None:
    """One without would be published to for the first time by a user."""
    assert EACH.keys() == set(get_args(Kind))


@pytest.mark.parametrize("bench", EACH.values(), indirect=True)
def test_a_site_is_published_changed_and_left_alone(bench: Bench) -> None:
    """The first release is sent, the second changes what differs, a third publish changes nothing."""
    said = bench.good(release=OLD)
    assert site(bench.found()) == bench.old
    assert {one["path"] for one in said["send"]} == set(bench.old)
    bench.put("notes/own.txt", b"not of Press")
    planned = bench.good(dry=True)
    assert site(bench.found()) == bench.old | {"notes/own.txt": b"not of Press"}
    said = bench.good()
    assert {key: said[key] for key in planned if key != "dry_run"} == {
        key: planned[key] for key in planned if key != "dry_run"
    }
    found = bench.found()
    assert site(found) == bench.new | {"notes/own.txt": b"not of Press"}
    assert not [name for name in found if name.startswith(".press")]
    assert {one["path"] for one in said["remove"]} == bench.old.keys() - bench.new.keys()
    kept = {name for name in bench.new if bench.old.get(name) == bench.new[name]}
    assert kept
    assert {one["path"] for one in said["keep"]} == kept
    said = bench.good()
    assert (said["bytes"], said["send"], said["replace"], said["remove"]) == (0, [], [], [])
    assert bench.found() == found


@pytest.mark.parametrize("bench", EACH.values(), indirect=True)
def test_the_last_edition_of_a_brief_is_kept_at_each_kind_of_target(bench: Bench) -> None:
    """By the mark of its file or by its bytes, and until it is taken down."""
    releases = bench.runner.folder / "lacking"
    lacking = published(freeze(releases, "2026-12-02.1", outputs(2), stale=["en/police"]))
    kept = {name: bench.old[name] for name in ("en/police.html", "en/police.pdf")}
    bench.good(release=OLD)
    for verify in (False, True):
        said = bench.good(releases=str(releases), keep_last=True, verify=verify)
        assert said["stale"] == dict.fromkeys(kept, OLD)
        assert site(bench.found()) == lacking | kept
    assert bench.good(releases=str(releases), stale=True)["stale"] == {}
    assert site(bench.found()) == lacking
