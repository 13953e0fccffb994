"""A release that is signed by the tools that recipients have, and one that corrects another."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from press.problems import OutputError
from press.release import shelf
from press.release.freeze import contents, ids
from press.release.verify import verify
from tests.support.project import ROOT, Project, environment, files, needs, run
from tests.whole.test_release import SLUG, Place, handout, unzipped

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET, PUBLIC = "secret", "public"
WORD = "correct-horse"


@pytest.fixture
def place(project: Project, tmp_path: Path) -> Place:
    """Return the built project, nothing of which is released yet."""
    return Place(project, tmp_path / "releases")


def minisign(folder: Path, *, word: str = "") -> None:
    """Make a pair of keys of minisign; with little memory, it makes a word that takes less work to try."""
    needs("minisign")
    command = ["minisign", "-G", "-f", "-p", f"{folder}/{PUBLIC}", "-s", f"{folder}/{SECRET}"]
    asked = f"{word}\n{word}\n" if word else ""
    command += [] if word else ["-W"]
    little = ["sh", "-c", 'ulimit -v 150000; exec "$@"', "sh"]  # kilobytes
    subprocess.run([*little, *command], input=asked, text=True, check=True, capture_output=True)


def ssh(folder: Path, *, word: str = "") -> None:
    """Make a pair of keys of ssh."""
    needs("ssh-keygen")
    words = ["-q", "-t", "ed25519", "-N", word, "-C", "a@example.org", "-f", f"{folder}/{SECRET}"]
    subprocess.run(["ssh-keygen", *words], check=True, capture_output=True)
    (folder / f"{SECRET}.pub").rename(folder / PUBLIC)


TOOLS = {"minisig": minisign, "sig": ssh}


@pytest.mark.turns("tools that sign")
@pytest.mark.parametrize("suffix", TOOLS)
def test_a_signature_proves_who_released(place: Place, tmp_path: Path, suffix: str) -> None:
    """Its tool and ours say so; another's key, changed sums, a changed or lost signature are found."""
    TOOLS[suffix](tmp_path)
    told = place.release("--sign", str(tmp_path / SECRET))
    folder, name = place.folder / told["release"], f"SHA256SUMS.{suffix}"
    assert told["manifest"]["signature"] == name
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o444
    for word in ("sha256sum", "shasum", "minisign -V" if suffix == "minisig" else "ssh-keygen"):
        if shutil.which(word.split()[0]):
            assert by_hand(folder, tmp_path / PUBLIC, word) == 0, word
    verdict = verify(folder, tmp_path / PUBLIC)
    assert (verdict.status, len(verdict.proved)) == (0, 2)
    assert any("who made it" in said for said in verify(folder).unproved)
    assert not any("who made it" in said for said in verdict.unproved)
    assert place.release("--sign", str(tmp_path / SECRET))["new"] is False
    other = tmp_path / "other"
    other.mkdir()
    TOOLS[suffix](other)
    assert {one.kind for one in verify(folder, other / PUBLIC).damages} == {"signature"}
    assert by_hand(folder, other / PUBLIC, word) != 0
    for damage, where in damages(folder, name):
        damage()
        found = verify(folder, tmp_path / PUBLIC)
        assert found.status == 1, where
        (folder / name).write_bytes(files_of[name])


files_of: dict[str, bytes] = {}


def damages(folder: Path, name: str) -> list[tuple[Callable[[], object], str]]:
    """Return ways to damage a signature: one bit of each byte, a lost end, its loss."""
    data = (folder / name).read_bytes()
    files_of[name] = data
    folder.chmod(0o755)
    (folder / name).chmod(0o644)

    def changed(at: int) -> Callable[[], object]:
        return lambda: (folder / name).write_bytes(
            data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        )

    ways: list[tuple[Callable[[], object], str]] = [
        (changed(at), f"byte {at}") for at in range(0, len(data), 7)
    ]
    ways += [((lambda: (folder / name).write_bytes(data[:-1])), "its end")]
    return [*ways, ((folder / name).unlink, "its loss")]


def by_hand(folder: Path, key: Path, word: str) -> int:
    """Return what a recipient who has no Press sees when she types what docs/verify.md says about *word*."""
    text = (ROOT / "docs" / "verify.md").read_text("utf-8")
    [block] = (one for one in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if word in one)
    with TemporaryDirectory() as place:
        for name, data in files(folder).items():
            path = Path(place) / name
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(data)
        (Path(place) / "press.pub").write_bytes(key.read_bytes())
        return run(["sh", "-ec", block], Path(place)).returncode


@pytest.mark.turns("tools that sign")
def test_a_signature_of_ssh_that_no_key_has_made_is_found_without_one(
    place: Place, tmp_path: Path
) -> None:
    """Each byte of it counts, and so does each of the sums; whose key it is, stays open."""
    ssh(tmp_path)
    told = place.release("--sign", str(tmp_path / SECRET))
    folder, name = place.folder / told["release"], "SHA256SUMS.sig"
    assert verify(folder).status == 0
    for damage, where in damages(folder, name):
        damage()
        assert {one.kind for one in verify(folder).damages} <= {"signature", "lost"}, where
        assert verify(folder).status == 1, where
        (folder / name).write_bytes(files_of[name])
    assert verify(folder).status == 0
    (folder / "SHA256SUMS").chmod(0o644)
    with (folder / "SHA256SUMS").open("ab") as file:
        file.write(b"\n")
    assert "no key has made it of this" in str(verify(folder).damages)


def test_a_release_that_is_not_signed_has_no_proof(released: Path, tmp_path: Path) -> None:
    """A key that was given and proves nothing is no success."""
    ssh(tmp_path)
    [damage] = verify(released, tmp_path / PUBLIC).damages
    assert "was not signed" in damage.message


@pytest.mark.turns("tools that sign")
@pytest.mark.parametrize("suffix", TOOLS)
def test_a_passphrase_goes_to_the_tool_alone(place: Place, tmp_path: Path, suffix: str) -> None:
    """A wrong one leaves no release; the right one is in no file and no word of ours."""
    TOOLS[suffix](tmp_path, word=WORD)
    for word, status in (("wrong", 74), (WORD, 0)):
        asked = tmp_path / "asked"
        asked.write_text(f"#!/bin/sh\necho {word}\n", "utf-8")
        asked.chmod(0o700)
        words = [
            "release",
            "--uncommitted",
            "--releases",
            str(place.folder),
            "--sign",
            str(tmp_path / SECRET),
        ]
        more = {"SSH_ASKPASS": str(asked), "SSH_ASKPASS_REQUIRE": "force"}
        done = subprocess.run(
            place.project.command(*words),
            cwd=place.project.root,
            env=environment(**more),
            input=f"{word}\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done
        assert len(shelf.ids(place.folder)) == (status == 0)
        assert WORD not in done.stdout + done.stderr
    for folder in (place.folder, place.project.root / ".press"):
        assert not [name for name, data in files(folder).items() if WORD.encode() in data]


@pytest.mark.parametrize(
    ("content", "said"), [("hello\n", "is not a secret key"), (None, "no such file")]
)
def test_what_is_no_key_is_refused(
    place: Place, tmp_path: Path, content: str | None, said: str
) -> None:
    """Before any work is done."""
    if content:
        (tmp_path / "key").write_text(content, "utf-8")
    told = place.release("--sign", str(tmp_path / "key"), status=74)
    assert said in told["message"]
    assert not place.folder.exists()


def test_a_correction_is_told_everywhere_it_belongs(place: Place, released: Path) -> None:
    """Manifest, index, page, print and handout of its audience say it; no other's; the old release was superseded."""
    shutil.copytree(released.parent, place.folder)
    old = files(place.folder / "2026-01-15.1")
    place.project.edit(
        "content/blocks/red.yaml", "They are quiet.[^quiet]", "They are calm.[^quiet]"
    )
    erratum = "We wrote that 7 gardens were quiet; nobody counted them."
    correction = f'supersedes: {{release: 2026-01-15.1, erratum: "{erratum}", audiences: [red]}}\n'
    place.project.append("content/series.yaml", correction.encode())
    place.project.good("build")
    told = place.release()
    assert told["release"] == "2026-01-15.2"
    manifest = place.manifest("2026-01-15.2")
    wanted = {"supersedes": "2026-01-15.1", "erratum": erratum, "corrected": ["red"]}
    assert manifest.items() >= wanted.items()
    folder = place.folder / "2026-01-15.2"
    found = files(folder)
    for name in ("index.html", "en/red.html", "data/en/red.json"):
        assert erratum.encode() in found[name], name
    assert erratum.encode() in unzipped(handout(folder, "red"))["READ-ME.txt"]
    assert "nobody counted them" in printed(folder / "en" / "red.pdf")
    for name in ("en/blue.html", "data/en/blue.json", f"handouts/{SLUG}_blue_en_2026-01.zip"):
        assert b"nobody counted" not in found[name], name
    assert "nobody counted" not in printed(folder / "en" / "blue.pdf")
    assert files(place.folder / "2026-01-15.1") == old
    assert (
        f"it was superseded by 2026-01-15.2: {erratum}"
        in verify(place.folder / "2026-01-15.1").notes
    )
    assert shelf.superseded(place.folder, "2026-01-15.2") == ["2026-01-15.1"]
    assert shelf.superseded(place.folder, "2026-01-15.1") == []
    assert place.release()["new"] is False
    place.project.edit("content/blocks/red.yaml", "They are calm.", "They are noisy.")
    place.project.good("build")
    assert place.refused() == ["content/series.yaml [supersedes]"]  # .2 supersedes it already
    place.project.edit("content/series.yaml", "release: 2026-01-15.1", "release: 2026-01-15.7")
    assert "content/series.yaml [supersedes]" in place.refused()  # there is none


def printed(path: Path) -> str:
    """Return the words of a print."""
    import pypdfium2  # type: ignore[import-untyped] # noqa: PLC0415 - slow, and for one test

    pages = pypdfium2.PdfDocument(path.read_bytes())
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_a_broken_release_supersedes_nothing(tmp_path: Path) -> None:
    """Who received it cannot be known."""
    with pytest.raises(OutputError):
        shelf.superseded(tmp_path, "2026-01-15.1")


# --- a kill at any moment

MADE = {
    "SHA256SUMS": b"sums",
    "en/red.html": b"red",
    "manifest.json": b"{}",
    "data/en/red.json": b"x",
}
CALLS = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.chmod",
    "os.listdir",
    "os.scandir",
    "os.remove",
    "os.rmdir",
}


def killed(folder: Path, number: int) -> bool:
    """Write a release in a process that is killed at its call of this *number*; return whether it came so far."""
    process = os.fork()
    if not process:
        seen: list[str] = []

        def count(event: str, _: object) -> None:
            if event in CALLS:
                seen.append(event)
                if len(seen) > number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            ids.swept(folder)
            contents.write(folder / ids.following(folder, "2026-01-15"), MADE)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


def test_a_kill_at_any_call_leaves_no_half_release(tmp_path: Path) -> None:
    """Each folder that bears an id is whole, no id is given twice, and the next run clears the rest away."""
    releases = tmp_path / "releases"
    releases.mkdir()
    number = 0
    while killed(releases, number):
        number += 1
        for name in shelf.ids(releases):
            assert files(releases / name) == MADE, number
    assert number > 20
    assert not [path.name for path in releases.iterdir() if ".next-" in path.name]
    listed = [line.split("  ")[1] for line in (releases / shelf.REGISTER).read_text().splitlines()]
    assert len(set(listed)) == len(listed)
    assert set(shelf.ids(releases)) <= set(listed)
    for name in shelf.ids(releases):
        for path in (releases / name, *(releases / name).rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o555 if path.is_dir() else 0o444), path
