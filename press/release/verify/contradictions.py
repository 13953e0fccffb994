"""Find what contradicts itself in a release whose papers agree: its provenance, its handouts and what is in their zips.

Who rewrites sums and manifest together may forget these. Only files that the sums vouch for are looked at: what else is
wrong has been named.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from press.build import handout
from press.ground.paths import SHORT
from press.ground.sums import SUMS, sha256
from press.problems import OutputError
from press.release import shelf
from press.release.shelf import MANIFEST, NOT_A_MANIFEST, Release
from press.release.verify import archive
from press.release.verify.listing import MOST, Papers
from press.release.verify.verdict import Damage

PROVENANCE = "provenance.json"
HANDOUTS = "handouts/"
PDF = "application/pdf"


def contradictions(papers: Papers) -> Iterator[Damage]:
    """Yield where the files of a release contradict one another."""
    if not papers.release:
        return
    if (data := _vouched(papers, PROVENANCE)) is not None:
        try:
            yield from _provenance(papers, papers.release, data)
        except NOT_A_MANIFEST:
            yield Damage(PROVENANCE, "papers", "it is not the provenance of a release")
    yield from _copies(papers.release)
    for path in papers.digests:
        if path.startswith(HANDOUTS) and path.endswith(".zip"):
            yield from _zip(papers, path)


def _vouched(papers: Papers, path: str) -> bytes | None:
    """Return the bytes of a file that are those of the sums, None where they are not."""
    try:
        data = shelf.contents(papers.folder, path, MOST)
    except OutputError:
        return None
    return data if sha256(data) == papers.digests.get(path) else None


def _provenance(papers: Papers, release: Release, data: bytes) -> Iterator[Damage]:
    """Yield where the provenance names another release, other inputs or other files.

    Raises:
        NOT_A_MANIFEST: it is no provenance.
    """
    statement = json.loads(data)
    definition = statement["predicate"]["buildDefinition"]
    if (name := definition["externalParameters"]["release"]) != release.id:
        yield Damage(PROVENANCE, "papers", f"it is that of {name}")
    made_of = [each["digest"].get("sha256") for each in definition["resolvedDependencies"]]
    if sorted(filter(None, made_of)) != sorted(each["sha256"] for each in release.facts["inputs"]):
        yield Damage(PROVENANCE, "papers", f"it lists other inputs than {MANIFEST}")
    subject = {each["name"]: each["digest"]["sha256"] for each in statement["subject"]}
    listed = {path: digest for path, digest in papers.digests.items() if path != MANIFEST}
    del listed[PROVENANCE]
    for path, _ in sorted(subject.items() ^ listed.items()):
        yield Damage(str(path), "papers", f"{PROVENANCE} and {SUMS} say different things of it")


def _copies(release: Release) -> Iterator[Damage]:
    """Yield prints for passing on that are not those of their editions."""
    for file in release.files:
        short = file.path.endswith(f"{SHORT}.pdf")
        own = release.edition(file.audience, file.language, PDF, short=short)
        copied = file.path.startswith(HANDOUTS) and file.type == PDF
        if copied and (not own or own.sha256 != file.sha256):
            message = f"it is not the print of {file.language}/{file.audience}"
            yield Damage(file.path, "papers", message)


def _zip(papers: Papers, path: str) -> Iterator[Damage]:
    """Yield what is wrong with a zip, and what in it is not what the release has beside it."""
    data = _vouched(papers, path)
    if data is None:
        return
    damages = list(archive.damages(path.removeprefix(HANDOUTS), data))
    yield from (replace(damage, path=f"{HANDOUTS}{damage.path}") for damage in damages)
    for name, inside in () if damages else archive.unpacked(data)[0].items():
        beside = papers.digests.get(f"{HANDOUTS}{name}")
        if name not in {handout.README, SUMS} and beside != sha256(inside):
            yield Damage(path, "papers", f"it holds another {name} than the release")
