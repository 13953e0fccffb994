"""Verify one file, by the release that it may be from."""

from collections.abc import Iterator
from pathlib import Path

from press.ground import paths
from press.ground.sums import SUMS, sha256
from press.problems import OutputError, UsageError
from press.release import shelf
from press.release.shelf import MANIFEST
from press.release.verify import archive, folder
from press.release.verify.listing import MOST, Papers, of_a_build, read
from press.release.verify.verdict import Damage, Verdict

DEEPEST = 3  # folders between a file and its release


def verify(path: Path, key: Path | None, against: Path | None) -> Verdict:
    """Return what the file at *path* came to: by the release *against* it, or the one that it lies in.

    Raises:
        UsageError: there is no release to compare it with, and it does not vouch for itself.
        OutputError: something could not be read.
        ConfigurationError: the program that checks signatures is missing.
    """
    data = shelf.contents(path.resolve().parent, path.resolve().name, archive.MOST)
    if len(data) > archive.MOST:
        raise OutputError(f"{paths.shown(path)} is larger than any file of a release")
    if release := _release(path, against):
        return _compared(path, data, read(release), key)
    is_zip = path.suffix.lower() == ".zip" or data.startswith(b"PK")
    if not is_zip or key:
        why = "has no signature in it" if is_zip else "cannot vouch for itself"
        raise UsageError(
            f"{paths.shown(path)} {why}; give the folder of the release, or one with its {SUMS} and {MANIFEST}, "
            "with --against"
        )
    damages = tuple(archive.damages(path.name, data))
    return Verdict(
        path=paths.shown(path),
        what="a handout",
        release="",
        damages=damages,
        proved=() if damages else (f"it is whole: each file in it is what its own {SUMS} lists",),
        unproved=("who made it, and that it was released: give the release with --against",),
    )


def _release(path: Path, against: Path | None) -> Path | None:
    """Return the folder of the release that the file is to be compared with, or None.

    Raises:
        UsageError: the file lies in a build.
        OutputError: there is no such folder.
    """
    if against is not None:
        if not against.exists():
            raise OutputError(f"there is no {paths.shown(against)}")
        return against if against.is_dir() else against.parent
    for above in list(path.resolve().parents)[:DEEPEST]:
        if (above / SUMS).is_file() and (above / MANIFEST).is_file():
            if of_a_build(shelf.contents(above, MANIFEST, MOST)):
                what = "is what a build made; verify takes a release, or a file of one"
                raise UsageError(f"{paths.shown(path)} {what}, which ./inv release makes")
            return above
    return None


def _compared(path: Path, data: bytes, papers: Papers, key: Path | None) -> Verdict:
    """Return what the file came to, by the papers of a release."""
    damages = [*papers.damages, *folder.signed(papers, key)]
    damages += folder.registered(papers)
    own = sha256(data)
    every = papers.digests | papers.unpublished
    places = [listed for listed, digest in every.items() if digest == own]
    damages += _placed(path, papers, places)
    name = papers.release.id if papers.release else ""
    by = f"release {name}" if name else "these sums"
    what = f"{places[0]} of {by}" if places else f"a file, by {by}"
    same = (f"it is {places[0]}, byte for byte, by the sums of release {name}",) if places else ()
    return Verdict(
        path=paths.shown(path),
        what=what,
        release=name,
        damages=tuple(sorted(set(damages))),
        proved=same if not damages else (),
        unproved=(
            *folder.unproved(papers, key),
            "the other files of the release: they were not looked at",
        ),
        notes=tuple(folder.notes(papers)),
    )


def _placed(path: Path, papers: Papers, places: list[str]) -> Iterator[Damage]:
    """Yield that the file is not part of the release, or bears the name of another."""
    own, top = path.resolve(), papers.folder.resolve()
    inside = own.relative_to(top).as_posix() if own.is_relative_to(top) else ""
    if inside and inside in {SUMS, papers.signature, shelf.PUBLISHED}:
        return
    speaking = {listed for listed, file in papers.files.items() if file.name == path.name}
    namesakes = [
        listed
        for listed in papers.digests
        if listed.rpartition("/")[2] == path.name or listed in speaking
    ]
    if not places and (namesakes or inside in papers.digests):
        yield Damage(path.name, "changed", "its bytes are not those that were released")
    elif not places:
        yield Damage(path.name, "added", "there is nothing like it in the release")
    elif inside and inside not in places:
        yield Damage(path.name, "swapped", f"it holds what {places[0]} should hold")
    elif not inside and namesakes and not {*namesakes} & {*places}:
        message = f"it is called as {namesakes[0]}, and holds {places[0]}"
        yield Damage(path.name, "swapped", message)
