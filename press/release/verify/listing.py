"""Read the sums and the manifest of a release: the digests that its files should have."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from press.ground import paths, sums
from press.ground.sums import SIGNATURES, SUMS, sha256
from press.problems import OutputError
from press.release import shelf
from press.release.shelf import MANIFEST, File, Release
from press.release.verify.verdict import Damage

MOST = 16 * 1024**2  # bytes of sums


@dataclass(frozen=True)
class Papers:
    """The sums and the manifest of a release, as far as they are there."""

    folder: Path
    raw: bytes  # of the sums
    digests: dict[str, str]  # by path, as the sums list them
    release: Release | None  # None: the manifest is lost, or none of ours
    damages: tuple[Damage, ...]

    @property
    def files(self) -> dict[str, File]:
        """What the manifest says of each file, by path."""
        return {file.path: file for file in self.release.files} if self.release else {}

    @property
    def signature(self) -> str:
        """The name of the signature that the manifest tells of, '' for none."""
        name = self.release.facts.get("signature") if self.release else None
        return name if name in SIGNATURES else ""

    @property
    def unpublished(self) -> dict[str, str]:
        """The digests of what stays in the release's own folder, by path."""
        listed = self.release.facts.get(shelf.UNPUBLISHED) if self.release else None
        own = listed if isinstance(listed, dict) else {}
        return {path: str(own[path]) for path in own if path.startswith(f"{shelf.UNPUBLISHED}/")}

    @property
    def registered(self) -> str:
        """The digest of the sums in the register beside the folder, '' if it is not where the release was made."""
        known = shelf.registered(self.folder.resolve().parent)
        return known.get(self.release.id, "") if self.release else ""

    def expected(self) -> dict[str, str]:
        """Return the digest that each file should have: by the sums, or where these lack it by the manifest."""
        return {path: file.sha256 for path, file in self.files.items()} | self.digests


def read(folder: Path) -> Papers:
    """Return the papers in *folder*.

    Raises:
        OutputError: there are none, so that it is not a release.
    """
    raw, manifest = _bytes(folder, SUMS), _bytes(folder, MANIFEST)
    if raw is None and manifest is None:
        raise OutputError(
            f"{paths.shown(folder)} is not a release: it has neither {SUMS} nor {MANIFEST}"
        )
    if manifest is not None and of_a_build(manifest):
        raise OutputError(
            f"{paths.shown(folder)} is what a build made, not a release; ./inv release freezes it"
        )
    digests = sums.read(raw or b"")
    damages = [
        Damage(name, "changed", "it is a link, a folder or something else that is not a file")
        if os.path.lexists(folder / name)
        else Damage(name, "lost", "it is missing")
        for name, data in ((SUMS, raw), (MANIFEST, manifest))
        if data is None
    ]
    if manifest is not None and digests.get(MANIFEST, own := sha256(manifest)) != own:
        damages.append(Damage(MANIFEST, "changed", "its bytes are not those that were released"))
    if raw is not None and sums.write(digests) != raw:
        damages.append(Damage(SUMS, "papers", "its lines are not as Press writes them"))
    release = _release(folder, manifest, digests.get(MANIFEST, ""), damages)
    if raw is not None and release:
        damages += _at_odds(digests, release)
    return Papers(folder, raw or b"", digests, release, tuple(damages))


def of_a_build(manifest: bytes) -> bool:
    """Return whether a *manifest* is that of a build."""
    with suppress(ValueError, RecursionError):
        facts = json.loads(manifest)
        return isinstance(facts, dict) and "outputs" in facts and "files" not in facts
    return False


def _bytes(folder: Path, name: str) -> bytes | None:
    """Return the bytes of one paper, None where it is not there or is not a file."""
    path = folder / name
    return shelf.contents(folder, name, MOST) if path.is_file() and not path.is_symlink() else None


def _release(
    folder: Path, manifest: bytes | None, digest: str, damages: list[Damage]
) -> Release | None:
    """Return the release that *manifest* describes; add what is wrong with it.

    Raises:
        OutputError: it is a whole one of a later version of Press.
    """
    if manifest is None:
        return None
    try:
        return shelf.parse(folder, manifest)
    except OutputError:
        if sha256(manifest) == digest:
            raise
        damages.append(Damage(MANIFEST, "papers", "this version of Press does not know its schema"))
    except shelf.NOT_A_MANIFEST:
        damages.append(Damage(MANIFEST, "papers", "it is not the manifest of a release"))
    return None


def _at_odds(digests: dict[str, str], release: Release) -> Iterator[Damage]:
    """Yield where sums and manifest say different things of a file."""
    listed = {file.path: file.sha256 for file in release.files}
    for path in (listed.keys() | digests.keys()) - {MANIFEST}:
        if path not in digests:
            yield Damage(path, "papers", f"{MANIFEST} lists it, and {SUMS} does not")
        elif path not in listed:
            yield Damage(path, "papers", f"{SUMS} lists it, and {MANIFEST} does not")
        elif digests[path] != listed[path]:
            yield Damage(path, "papers", f"{SUMS} and {MANIFEST} give it different digests")
    if MANIFEST not in digests:
        yield Damage(MANIFEST, "papers", f"{SUMS} does not list it")
