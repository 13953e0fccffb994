"""What is not published, and what is left alone: releases that are not whole, files of others, hostile targets."""

from __future__ import annotations

import errno
import json
import os
import pwd
import shutil
import stat
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from press.deliver.publish import PublishRequest, PublishResult, publish
from press.problems import FAILED, OutputError, RefusedError, UsageError
from press.release.shelf import ChangedError
from tests.deliver.publish.releases import NEW, OLD, Files, both, freeze, outputs, published, site
from tests.support.folders import HERE
from tests.support.rights import without_rights

if TYPE_CHECKING:
    from pathlib import Path

    from tests.deliver.publish.conftest import OnDisk


class Desk:
    """Releases, and a folder as a target."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.releases, self.target = root / "releases", root / "target"
        self.told: list[tuple[int, int, str]] = []

    def publish(self, **more: Any) -> PublishResult:  # noqa: ANN401 - JSON
        """Publish, into the folder if nothing else is named."""
        usual: dict[str, Any] = {
            "target": str(self.target),
            "folders": replace(HERE, releases=self.releases, work=self.root / "work"),
        }
        return publish(PublishRequest(**(usual | more)), lambda *step: self.told.append(step))

    def found(self) -> Files:
        """Return what lies at the target."""
        paths = (path for path in self.target.rglob("*") if path.is_file())
        return {path.relative_to(self.target).as_posix(): path.read_bytes() for path in paths}

    def edit(self, **facts: object) -> None:
        """Change what the target says of its site."""
        path = self.target / "press-published.json"
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | facts), "utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return both releases, and a target that is not there yet."""
    desk = Desk(tmp_path)
    both(desk.releases)
    return desk


def test_the_latest_release_is_published_by_its_number(desk: Desk) -> None:
    """The tenth release of a day comes after its second."""
    for number in (2, 10):
        freeze(desk.releases, f"2026-12-01.{number}", outputs(2))
    assert desk.publish(dry=True).release == "2026-12-01.10"
    assert not desk.target.exists()


def test_a_superseded_release_is_published_only_when_it_is_named_and_confirmed(desk: Desk) -> None:
    """It is wrong somewhere, and somebody said so."""
    freeze(desk.releases, "2026-12-02.1", outputs(2), supersedes=OLD)
    assert desk.publish(dry=True).release == "2026-12-02.1"
    with pytest.raises(UsageError, match="--superseded goes with --release"):
        desk.publish(superseded=True)
    with pytest.raises(RefusedError, match=r"superseded by 2026-12-02\.1"):
        desk.publish(release=OLD)
    assert desk.publish(release=OLD, superseded=True).release == OLD


def test_drafts_are_published_only_when_it_is_confirmed(desk: Desk) -> None:
    """They say that they are not for distribution."""
    freeze(desk.releases, "2026-12-02.1", outputs(2), drafts=["en/health"])
    with pytest.raises(RefusedError, match=r"holds drafts \(en/health\)"):
        desk.publish()
    assert not desk.target.exists()
    assert desk.publish(draft=True).release == "2026-12-02.1"


def test_a_release_that_lacks_a_brief_removes_it_only_when_it_is_confirmed(desk: Desk) -> None:
    """What is on the site may be the last good one."""
    freeze(desk.releases, "2026-12-02.1", outputs(2), stale=["en/health"])
    with pytest.raises(
        RefusedError, match=r"made without en/health, .* would remove these from the site"
    ):
        desk.publish()
    assert desk.publish(stale=True).release == "2026-12-02.1"


def test_the_last_edition_of_a_brief_with_mistakes_is_kept(desk: Desk) -> None:
    """Byte for byte, with the release that it is from, over several releases; then it is taken down."""
    latest, police = "2026-12-03.1", {"en/police.html", "en/police.pdf"}
    for name in ("2026-12-02.1", latest):
        freeze(desk.releases, name, outputs(2), stale=["en/police", "en/mayor"])
    desk.publish(release=OLD)
    old = desk.found()
    with pytest.raises(UsageError, match=r"--stale .* down, --keep-last keeps .* remove one"):
        desk.publish(stale=True, keep_last=True)
    for _ in range(2):  # and a full publish does not need what it cannot send
        result = desk.publish(release="2026-12-02.1", keep_last=True, full=True, verify=True)
        assert result.stale == dict.fromkeys(police, OLD)
    for _ in range(2):
        assert desk.publish(keep_last=True).stale == dict.fromkeys(police, OLD)
    assert {step.action for step in desk.publish(keep_last=True).steps} == {"keep"}
    found = desk.found()
    assert site(found) == published(desk.releases / latest) | {name: old[name] for name in police}
    assert json.loads(found["press-published.json"])["stale"] == dict.fromkeys(police, OLD)
    assert desk.publish(stale=True).stale == {}
    assert site(desk.found()) == published(desk.releases / latest)
    assert desk.publish(keep_last=True).stale == {}


@pytest.mark.parametrize("data", [b"edited there", None])
def test_what_is_not_as_it_was_published_is_not_kept(desk: Desk, data: bytes | None) -> None:
    """A brief of which a part was changed or lost is none to keep; the way out is said."""
    freeze(desk.releases, "2026-12-02.1", outputs(2), stale=["en/police"])
    desk.publish(release=OLD)
    path = desk.target / "en" / "police.pdf"
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    before = desk.found()
    with pytest.raises(OutputError, match=f"en/police.pdf .* publish {OLD} again .* --stale"):
        desk.publish(keep_last=True)
    assert desk.found() == before


def test_a_release_that_is_not_there_is_told(desk: Desk) -> None:
    """With what may have been meant."""
    with pytest.raises(UsageError, match=r"did you mean '2026-12-01\.1'"):
        desk.publish(release="2026-12-01.2")
    with pytest.raises(OutputError, match="inv release makes one"):
        desk.publish(folders=replace(HERE, releases=desk.root / "none"))


def test_an_older_release_does_not_take_a_newer_one_s_place_by_chance(desk: Desk) -> None:
    """The latest one here may not be the latest there is."""
    desk.publish()
    shutil.rmtree(desk.releases / NEW)
    with pytest.raises(RefusedError, match="which is newer"):
        desk.publish()
    assert desk.publish(release=OLD).release == OLD


def test_another_series_is_not_written_over(desk: Desk) -> None:
    """Two series need two targets."""
    desk.publish(release=OLD)
    desk.edit(slug="rivers\x1b[2J")
    with pytest.raises(RefusedError, match=r"the site of 'rivers\\x1b"):
        desk.publish()


@pytest.mark.parametrize(
    "name", ["en/health.pdf", "manifest.json", "SHA256SUMS", "handouts/../en/health.html"]
)
def test_a_release_with_a_changed_file_is_not_published(desk: Desk, name: str) -> None:
    """One byte, in whichever file: nothing of it goes out."""
    desk.publish(release=OLD)
    before = desk.found()
    path = desk.releases / NEW / name
    data = path.read_bytes()
    path.write_bytes(data.replace(b"a", b"b", 1) if b"a" in data else data[:-1] + b"?")
    with pytest.raises(OutputError):
        desk.publish()
    assert desk.found() == before


def test_a_manifest_that_was_written_anew_does_not_match_the_digests(desk: Desk) -> None:
    """Who changes a page and its digest in the manifest is found by SHA256SUMS."""
    folder = desk.releases / NEW
    sums = (folder / "SHA256SUMS").read_bytes()
    freeze(desk.releases, NEW, outputs(2) | {"en/health.html": b"other"})
    (folder / "SHA256SUMS").write_bytes(sums)
    with pytest.raises(ChangedError, match="disagree about"):
        desk.publish()


@pytest.mark.parametrize(
    "name",
    [
        "../escaped.html",
        "/escaped.html",
        "en/../../escaped.html",
        ".htaccess",
        "en/.hidden",
        "en\\x.html",
        "en/\x1b[2J.html",
        "press-published.json",
        ".press-publish/run.json",
        "EN/health.html",
        "en//x.html",
    ],
)
def test_a_name_that_leads_elsewhere_is_not_published(desk: Desk, name: str) -> None:
    """A release that was tampered with does not write outside its site."""
    path = desk.releases / NEW / "manifest.json"
    facts = json.loads(path.read_text("utf-8"))
    facts["files"].append(facts["files"][0] | {"path": name})
    path.write_text(json.dumps(facts), "utf-8")
    with pytest.raises(OutputError, match=r"in the release|is not the manifest of a release"):
        desk.publish()
    assert not desk.target.exists()


def test_neither_ledger_nor_kit_nor_stray_file_is_published(desk: Desk) -> None:
    """Only what the release vouches for, and of that not what is for handing out by hand."""
    desk.publish()
    names = set(desk.found())
    assert names == {*published(desk.releases / NEW), "press-published.json"}
    assert not [name for name in names if "kit" in name or "ledger" in name or "secret" in name]


@pytest.mark.parametrize("name", ["index.html", "en/health.pdf", "manifest.json"])
def test_a_file_of_others_is_not_written_over(desk: Desk, name: str) -> None:
    """Where the site's file would lie, something else does: nothing is touched, in a first publish or a later one."""
    path = desk.target / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not of Press")
    with pytest.raises(OutputError, match=f"did not publish .* {name}"):
        desk.publish()
    assert desk.found() == {name: b"not of Press"}


def test_a_file_of_others_with_a_new_name_of_the_site_is_not_written_over(desk: Desk) -> None:
    """The site there is ours, but that file is not."""
    desk.publish(release=OLD)
    (desk.target / "en" / "donors.html").write_bytes(b"not of Press")
    before = desk.found()
    with pytest.raises(OutputError, match=r"en/donors\.html"):
        desk.publish()
    assert desk.found() == before


def test_a_site_that_was_copied_by_hand_is_adopted(desk: Desk) -> None:
    """What lies there is what would be sent."""
    folder = desk.releases / OLD
    for name, data in published(folder).items():
        (desk.target / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.target / name).write_bytes(data)
    report = desk.publish(release=OLD)
    assert {step.action for step in report.steps} == {"keep"}
    desk.publish()
    assert site(desk.found()) == published(desk.releases / NEW)


def test_a_page_that_was_edited_there_is_replaced_and_named(desk: Desk) -> None:
    """It is ours by name; whoever edited it learns of it."""
    desk.publish(release=OLD)
    path = desk.target / "evidence.html"  # of both releases
    path.write_bytes(path.read_bytes().replace(b"evidence", b"evidenze", 1))
    [changed] = [step for step in desk.publish().steps if step.changed]
    assert (changed.path, changed.action) == ("evidence.html", "replace")
    assert site(desk.found()) == published(desk.releases / NEW)


def test_a_page_that_is_to_go_but_was_edited_there_is_left_and_told(desk: Desk) -> None:
    """What lies there is no longer what Press published."""
    desk.publish(release=OLD)
    path = desk.target / "en" / "police.html"
    path.write_bytes(b"edited")
    report = desk.publish()
    assert report.status == FAILED
    assert [step.path for step in report.steps if step.action == "leave"] == ["en/police.html"]
    assert path.read_bytes() == b"edited"
    assert not (desk.target / "en" / "police.pdf").exists()


def test_a_file_that_was_deleted_there_is_sent_again(desk: Desk) -> None:
    """What the target says of itself is not taken for what lies there."""
    desk.publish()
    (desk.target / "en" / "health.html").unlink()
    shutil.rmtree(desk.target / "ru")
    report = desk.publish()
    sent = {step.path for step in report.steps if step.action == "send"}
    assert sent == {"en/health.html", "ru/health.html"}
    assert site(desk.found()) == published(desk.releases / NEW)


def test_all_is_sent_when_all_is_asked_for(desk: Desk) -> None:
    """With --full nothing is kept; the bytes are told as they go."""
    desk.publish()
    report = desk.publish(full=True)
    assert {step.action for step in report.steps} == {"replace"}
    total = sum(map(len, published(desk.releases / NEW).values()))
    assert [step[:2] for step in desk.told][-1] == (total, total)


@pytest.mark.parametrize("name", ["en", "en/health.html", ".press-publish", "press-published.json"])
def test_a_link_at_the_target_is_not_followed(desk: Desk, name: str) -> None:
    """Else a site would be written where nobody asked for it."""
    elsewhere = desk.root / "elsewhere"
    elsewhere.mkdir()
    path = desk.target / name
    path.parent.mkdir(parents=True)
    path.symlink_to(elsewhere if "." not in name[1:] else elsewhere / "file")
    with pytest.raises(OutputError, match="is a link or a folder"):
        desk.publish()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["index.html", "en/health.pdf"])
def test_a_folder_in_the_place_of_a_file_is_told(desk: Desk, name: str) -> None:
    """And a file in the place of a folder."""
    (desk.target / name).mkdir(parents=True)
    with pytest.raises(OutputError, match="a folder where a file has to be"):
        desk.publish()
    shutil.rmtree(desk.target)
    desk.target.mkdir()
    (desk.target / "en").write_bytes(b"a file")
    with pytest.raises(OutputError, match="a file where a folder has to be"):
        desk.publish()


HOSTILE: list[dict[str, object]] = [
    {"files": {"../victim": {"sha256": "0" * 64, "size": 6, "mark": ""}}},
    {"files": {"/etc/passwd": {"sha256": "0" * 64, "size": 6, "mark": ""}}},
    {"files": {"en/x": {"sha256": "../x", "size": 6, "mark": ""}}},
    {"files": {"en/x": {"sha256": "0" * 64, "size": "6", "mark": ""}}},
    {"files": {"en/x": 1}},
    {"files": []},
    {"schema": 2},
    {"generation": "many"},
    {"generation": "2"},
    {"schema": "1"},
    {"slug": 7},
    {"stale": {"../victim": "2026-12-01.1"}},
    {"stale": {"en/x.html": 1}},
]


@pytest.mark.parametrize("facts", HOSTILE)
def test_what_a_target_says_of_itself_is_proved(desk: Desk, facts: dict[str, object]) -> None:
    """It names files to remove; it does not name any outside the site."""
    victim = desk.root / "victim"
    victim.write_bytes(b"victim")
    desk.publish(release=OLD)
    desk.edit(**facts)
    before = desk.found()
    with pytest.raises(OutputError, match=r"press-published\.json at the target"):
        desk.publish()
    assert desk.found() == before
    assert victim.read_bytes() == b"victim"


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b"{}", b'{"schema": 1, "touched": {"../x": {}}}']
)
def test_what_a_run_says_of_itself_is_proved(desk: Desk, data: bytes) -> None:
    """What stands there instead of a run's own file stops a publish, with the way out."""
    path = desk.target / ".press-publish" / "run.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    with pytest.raises(OutputError, match="remove that file"):
        desk.publish()


def test_a_folder_whose_disk_is_not_there_is_told(desk: Desk) -> None:
    """A stick that is not mounted does not become a folder of the machine's own disk."""
    with pytest.raises(OutputError, match="is its disk mounted"):
        desk.publish(target=str(desk.root / "stick" / "site"))


def test_a_folder_that_cannot_be_written_is_told(shared: Path) -> None:
    """No traceback, and nothing half done."""
    desk = Desk(shared)
    both(desk.releases)
    for path in (desk.target, desk.root / "work"):
        path.mkdir()
        path.chmod(0o777)
    with without_rights(desk.target), pytest.raises(OutputError, match="permission denied"):
        desk.publish()
    assert desk.found() == {}


def test_what_is_published_can_be_read_by_a_web_server(desk: Desk) -> None:
    """Whatever the user's umask says, and nothing can be run."""
    before = os.umask(0o077)
    try:
        desk.publish()
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in desk.target.rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {path.stat().st_mode & 0o777 for path in desk.target.rglob("*") if path.is_dir()} == {
        0o755
    }
    assert desk.target.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(("number", "stops"), [(errno.EIO, True), (errno.EINVAL, False)])
@pytest.mark.parametrize("after", [0, 10])
def test_a_folder_that_is_not_on_the_disk_stops_a_publish(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, after: int, *, stops: bool
) -> None:
    """A disk that fails is told, with what it left; a file system that syncs no folders is none that fails."""
    desk.publish(release=OLD)
    sync, synced = os.fsync, iter(range(1000))

    def fail(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode) and next(synced) >= after:
            raise OSError(number, os.strerror(number))
        sync(file)

    monkeypatch.setattr(os, "fsync", fail)
    if stops:
        state = "is in place" if after else "as it was"
        with pytest.raises(OutputError, match=f"input/output error; .*{state}"):
            desk.publish()
        monkeypatch.undo()
    desk.publish()
    assert next(synced) > after
    assert site(desk.found()) == published(desk.releases / NEW)


@pytest.mark.parametrize("name", ["home", "work tree", "link"])
def test_a_folder_that_nothing_may_fill_stays_as_it_is(
    name: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The home, and a work tree of git, also by a link."""
    desk.target.mkdir()
    if name == "home":
        monkeypatch.setenv("HOME", str(desk.target))
    else:
        (desk.target / ".git").mkdir()
    if name == "link":
        (desk.root / "link").symlink_to(desk.target)
    before = desk.found()
    with pytest.raises(UsageError, match=r"is your home folder|is the root of a git work tree"):
        desk.publish(target=str(desk.root / ("link" if name == "link" else "target")))
    assert desk.found() == before


@pytest.mark.sshd
def test_a_folder_that_nothing_may_fill_stays_as_it_is_at_a_server(sftp: OnDisk) -> None:
    """The home there, a link to a folder of the system, and a work tree."""
    link = sftp.root.parent / "system"
    link.symlink_to("/usr/share")
    for place in (pwd.getpwuid(os.getuid()).pw_dir, str(link)):
        target = sftp.target.replace(str(sftp.root), place)
        status, said = sftp.runner.publish(target, dry=True)
        assert status in {2, 74}
        assert "home folder" in str(said) or "a folder of the system" in str(said)
    sftp.put(".git/config", b"")
    status, said = sftp.publish()
    assert status == 74
    assert "root of a git work tree" in str(said)
    assert sftp.found() == {".git/config": b""}
