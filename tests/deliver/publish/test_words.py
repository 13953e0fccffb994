"""What TARGET may say; and that a password in it is refused and never repeated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.deliver.publish import open_storage
from press.deliver.publish.target import PublishTarget, parse, refuse_own
from press.problems import UsageError
from tests.support.folders import HERE

CANARY = "hunter2"


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("s3://sites", PublishTarget("s3", "sites"), "s3://sites"),
        ("s3://sites/a//b/", PublishTarget("s3", "sites/a/b"), "s3://sites/a/b"),
        ("sftp://h/www", PublishTarget("sftp", "/www", "h"), "sftp://h/www"),
        (
            "sftp://me@h.example:2222/www/site/",
            PublishTarget("sftp", "/www/site", "h.example", 2222, "me"),
            "sftp://me@h.example:2222/www/site",
        ),
        ("sftp://[::1]:22/w", PublishTarget("sftp", "/w", "::1", 22), "sftp://[::1]:22/w"),
        ("/no/such/./folder", PublishTarget("folder", "/no/such/folder"), "/no/such/folder"),
    ],
)
def test_a_target_is_read(text: str, target: PublishTarget, shown: str) -> None:
    """Each kind, and how it is shown again."""
    assert parse(text) == target
    assert str(parse(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        f"sftp://me:{CANARY}@h/www",
        f"sftp://me:{CANARY}/x@h/www",
        f"sftp://me:{CANARY}?x@h/www",
        f"sftp://me%3a{CANARY}@h/www",
        f"sftp:me:{CANARY}@h/www",
        f"SFTP://me:{CANARY}@h/www",
        f"ssh://me:{CANARY}@h/www",
        f"https://me:{CANARY}@h/www",
        f"me:{CANARY}@h:www",
        f"s3://key:{CANARY}@sites/a",
        f"s3://{CANARY}@sites/a",
        f"sftp://h/www?password={CANARY}",
    ],
)
def test_a_password_in_the_target_is_refused_and_not_repeated(text: str) -> None:
    """However it is spelled; what is said goes to logs and screens."""
    with pytest.raises(UsageError) as refused:
        parse(text)
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "--dryrun",
        "a\0b",
        "s3://",
        "s3://Sites",
        "s3://sites/../other",
        "s3://sites/a\nb",
        "sftp://",
        "sftp://h",
        "sftp://h/",
        "sftp://h/www/../etc",
        "sftp://h/~/www",
        "sftp://h:x/www",
        "sftp://h:99999/www",
        "sftp://-oProxyCommand=x/www",
        "sftp://h/w*w",
        "sftp://h/www#x",
        "file:///tmp/x",
        "file:/",
        "FILE:///",
        "~",
        "~/site",
        "~root",
        "ftp://h/www",
    ],
)
def test_what_names_no_target_is_refused(text: str) -> None:
    """Another scheme, a path that leads elsewhere, a mistyped option."""
    with pytest.raises(UsageError):
        parse(text)


@given(st.text())
def test_any_text_after_a_scheme_is_read_or_refused(text: str) -> None:
    """No text ends in another error, and none that is read leads above its own path."""
    for scheme in ("s3://", "sftp://", ""):
        try:
            target = parse(scheme + text)
        except UsageError:
            continue
        assert {".", ".."}.isdisjoint(target.path.split("/"))


@pytest.mark.parametrize(
    "name", [".", "releases", "releases/x", "content/claims", "build", "kits/site", ".press"]
)
def test_a_folder_of_the_project_is_no_target(name: str) -> None:
    """A site does not go where releases, content or outputs lie."""
    with pytest.raises(UsageError):
        refuse_own(parse(str(HERE.root / name)), HERE)


@pytest.mark.parametrize(
    "name", ["/", "//", "/etc/", "//usr", "/var/log/..", "sftp://h/etc", "sftp://me@h:22/usr/"]
)
def test_a_folder_of_the_system_is_no_target(name: str) -> None:
    """Here or at a server."""
    with pytest.raises(UsageError, match="is a folder of the system"):
        refuse_own(parse(name), HERE)
    refuse_own(parse(name.rstrip("/") + "/site"), HERE)


def test_a_folder_of_the_releases_that_are_published_is_no_target(tmp_path: Path) -> None:
    """Also where they lie elsewhere: nothing is written into a release."""
    folders = replace(HERE, releases=tmp_path / "frozen")
    with pytest.raises(UsageError, match="is a folder of Press"):
        refuse_own(parse(str(tmp_path / "frozen" / "2026-11-24.1" / "site")), folders)


def test_a_second_slash_opens_no_folder_of_the_project() -> None:
    """Two at the start are one."""
    with pytest.raises(UsageError, match="is a folder of Press"):
        refuse_own(parse(f"/{HERE.root / 'content'}"), HERE)


def test_another_folder_in_the_project_is_one(tmp_path: Path) -> None:
    """The user may keep a site beside the content, or anywhere else."""
    refuse_own(parse(str(HERE.root / "site")), HERE)
    refuse_own(parse(str(tmp_path)), HERE)
    assert parse("site").path == str(Path.cwd() / "site")


def test_a_target_of_another_kind_is_taken_for_no_known_one() -> None:
    """One that was added here and not everywhere is neither a folder nor a server, and guards what Press keeps."""
    target = PublishTarget("tape", str(HERE.content / "site"))  # type: ignore[arg-type]  # the point
    with pytest.raises(AssertionError, match="tape"):
        str(target)
    with pytest.raises(AssertionError, match="tape"):
        open_storage(target, ())
    with pytest.raises(UsageError, match="is a folder of Press"):
        refuse_own(target, HERE)
