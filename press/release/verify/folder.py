"""Verify the folder of a release: name every file that is not as it was released."""

import hashlib
import os
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from press.ground import paths
from press.ground.disk import open_file
from press.ground.lock import reported
from press.ground.sums import SIGNATURES, SUMS, sha256
from press.problems import OutputError, counted
from press.release import shelf, signatures
from press.release.shelf import MANIFEST
from press.release.verify.contradictions import contradictions
from press.release.verify.listing import Papers, read
from press.release.verify.published import kept_editions, published
from press.release.verify.verdict import Damage, Verdict

_ODD = ""  # the digest of what is not a file


def verify(folder: Path, key: Path | None) -> Verdict:
    """Return what *folder*, a release, came to.

    Raises:
        OutputError: it is not a release, or could not be read.
        ConfigurationError: the program that checks signatures is missing.
    """
    papers, found = read(folder), dict(_walk(folder))
    name = papers.release.id if papers.release else ""
    beside = published(papers, found)
    damages = [*papers.damages, *_files(papers, found, beside), *_title(papers)]
    damages += signed(papers, key)
    damages += [*registered(papers), *contradictions(papers)]
    return Verdict(
        path=paths.shown(folder),
        what=f"release {name}" if name else "a release that has lost its manifest",
        release=name,
        damages=tuple(sorted(set(damages))),
        proved=tuple(_proved(papers, key, beside)) if not damages else (),
        unproved=tuple(unproved(papers, key)),
        notes=(*notes(papers), *_absent(papers, found, beside), *kept_editions(beside)),
    )


def _proved(papers: Papers, key: Path | None, beside: Collection[str]) -> Iterator[str]:
    more = " but by publishing" if beside else ""
    listed = f"each of {counted(len(papers.digests), 'file')} is what {SUMS} and {MANIFEST} list"
    yield f"{listed}; none is missing, none was added{more}"
    if key:
        yield f"{SUMS} was signed with the secret half of {paths.shown(key)}"


def _absent(papers: Papers, found: Collection[str], beside: Collection[str]) -> Iterator[str]:
    """Yield that the folder may have lost what is not published: only beside the register is that known."""
    if papers.unpublished and not (
        papers.unpublished.keys() & {*found} or papers.registered or beside
    ):
        yield f"{shelf.UNPUBLISHED}/ is not here; a copy that was published has none, the release's own folder has"


def unproved(papers: Papers, key: Path | None) -> Iterator[str]:
    """Yield what the files alone cannot prove."""
    way_out = (
        "give the publisher's public key with --key" if papers.signature else "it is not signed"
    )
    if not key:
        yield f"who made it: the digests came with the files; {way_out}"
    elif papers.signature:
        yield "that the key is the publisher's: get it by a way that you trust"
    yield "that what it says is right: its evidence notes tell how sure one can be"


def _files(papers: Papers, found: dict[str, str], beside: Collection[str]) -> Iterator[Damage]:
    """Yield each file that is changed, lost, added, swapped or moved; *found* has digests, *beside* is no release's."""
    expected = papers.expected()
    # a published copy has none of them
    if papers.registered or papers.unpublished.keys() & found.keys():
        expected |= papers.unpublished
    lost = {path: digest for path, digest in expected.items() if path not in found}
    # one that is lost first: two files of a release may have the same bytes
    by_digest = {digest: path for path, digest in (*expected.items(), *lost.items())}
    known = {*expected, SUMS, MANIFEST, papers.signature, *beside}
    if not papers.release:  # only the manifest says what these should be
        known |= {path for path in found if path.startswith(f"{shelf.UNPUBLISHED}/")}
    for path in sorted(found.keys() - known):
        yield _added(path, found[path], by_digest, expected)
    for path in sorted(expected.keys() & found.keys()):
        if found[path] != expected[path]:
            yield _changed(path, found[path], by_digest)
    moved = {by_digest.get(found[path], "") for path in found.keys() - known}
    for path in sorted(lost.keys() - moved):
        yield Damage(path, "lost", "it is missing")


def _added(path: str, digest: str, by_digest: dict[str, str], expected: dict[str, str]) -> Damage:
    """Return what to say of something that no paper lists."""
    alike = {_folded(listed): listed for listed in expected}.get(_folded(path), "")
    more = f"; it looks like {alike}, but is spelled otherwise" if alike else ""
    if digest == _ODD:
        return Damage(
            path, "added", f"it is a link, a folder or something else that is not a file{more}"
        )
    if digest in by_digest:
        return Damage(path, "moved", f"it holds what {by_digest[digest]} should hold{more}")
    return Damage(path, "added", f"no release put it here{more}")


def _folded(path: str) -> str:
    """Return *path* as careless eyes and some file systems see it."""
    return unicodedata.normalize("NFKC", path).casefold()


def _changed(path: str, digest: str, by_digest: dict[str, str]) -> Damage:
    if digest == _ODD:
        return Damage(path, "changed", "it is a link or a folder now")
    if digest in by_digest:
        return Damage(path, "swapped", f"it holds what {by_digest[digest]} should hold")
    return Damage(path, "changed", "its bytes are not those that were released")


def _walk(folder: Path, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and digest of all that is in *folder*; of what is not a file, and of an empty folder, `_ODD`."""
    with reported(folder), os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    if not listed and above:
        yield above.rstrip("/"), _ODD
    for entry in listed:
        name = f"{above}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{name}/")
        else:
            yield name, _digest(Path(entry.path))


def _digest(path: Path) -> str:
    """Return the digest of a file, or `_ODD`; asked of what was opened, since a link may take its place meanwhile."""
    with reported(path):
        try:
            with open_file(path, os.O_NOFOLLOW) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            if path.is_symlink() or not path.is_file():
                return _ODD
            raise


def _title(papers: Papers) -> Iterator[Damage]:
    """Yield a folder that bears the name of another release."""
    name = papers.folder.resolve().name
    if papers.release and shelf.ID.fullmatch(name) and name != papers.release.id:
        yield Damage(
            MANIFEST, "swapped", f"this folder is called {name}, but holds {papers.release.id}"
        )


def signed(papers: Papers, key: Path | None) -> Iterator[Damage]:
    """Yield what is wrong with the signature."""
    name = papers.signature
    there = name and (papers.folder / name).is_file()
    try:
        data = shelf.contents(papers.folder, name, signatures.MOST) if there else b""
    except OutputError as error:
        yield Damage(name, "changed", str(error))
        return
    if name and not there:
        yield Damage(name, "lost", "the release was signed, and this signature is missing")
    elif name and papers.release and not signatures.formed(name, data, papers.release.id):
        yield Damage(name, "signature", "it is not written as a signature of this release is")
    elif there and key is None and not signatures.intact(name, papers.raw, data):
        yield Damage(name, "signature", f"no key has made it of this {SUMS}")
    if key is None:
        return
    wanted = signatures.kind_of_public(key)
    if not name:
        others = [other for other in SIGNATURES if (papers.folder / other).is_file()]
        more = f"; {others[0]} was put here later" if others else ""
        message = f"the release was not signed, so that no key can prove it{more}"
        yield Damage(SUMS, "signature", message)
    elif name != wanted:
        yield Damage(name, "signature", "the key is for signatures by another program")
    elif there and not signatures.holds(key, papers.raw, data):
        yield Damage(name, "signature", f"the key says that it was not made of this {SUMS}")


def registered(papers: Papers) -> Iterator[Damage]:
    """Yield sums that are not those in the register beside the releases, where there is one."""
    if papers.registered not in {"", sha256(papers.raw)}:
        message = f"{shelf.REGISTER} beside the release has another digest of it"
        yield Damage(SUMS, "changed", message)


def notes(papers: Papers) -> Iterator[str]:
    """Yield what the release says about itself, and what later ones say of it."""
    if not papers.release:
        return
    facts = papers.release.facts
    if drafts := ", ".join(map(str, facts.get("drafts") or ())):
        yield f"the release holds drafts, which are not for distribution: {drafts}"
    if facts.get("erratum"):
        yield f"it supersedes {facts.get('supersedes')}: {facts['erratum']}"
    # a copy elsewhere may be written to, as any file may
    if papers.registered and any(shelf.writable(papers.folder)):
        yield "it may still be written to, since a run was killed; the next ./inv release takes that right away"
    yield from _later(papers.release.id, papers.folder.resolve().parent)


def _later(release: str, releases: Path) -> Iterator[str]:
    """Yield that *release* was superseded, where a release beside it says so."""
    for name in shelf.ids(releases):
        try:
            facts = shelf.opened(releases / name).facts
        except OutputError:
            yield f"{name} beside it could not be read, and may supersede it"
            continue
        if facts.get("supersedes") == release:
            yield f"it was superseded by {name}: {facts.get('erratum')}"
