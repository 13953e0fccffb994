"""Make the files of a release, and write its folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from press.build import handout
from press.build.formats import FORMATS, format_of
from press.build.output_tree import entry
from press.build.site_pages import News
from press.ground import sums, swap
from press.ground.sums import SUMS
from press.release import shelf
from press.release.diff.comparison import Comparison
from press.release.diff.comparison_text import score_text
from press.release.freeze import ids, provenance
from press.release.freeze.candidate import Subject
from press.release.kit import picture
from press.release.shelf import MANIFEST

HANDOUTS = "handouts"
FIRST = "This is the first release.\n"


def files(
    subject: Subject,
    news: News,
    facts: dict[str, Any],
    asked: Mapping[str, bool],
    changes: Comparison | None,
) -> dict[str, bytes]:
    """Return all files of a release, but a signature."""
    from press.release.freeze.sbom import bill  # noqa: PLC0415 - slow to import, and most runs make no release

    release = news.release
    made = subject.files(news) | _handouts(subject, release) | _changes(news, changes)
    for edition in subject.editions():  # networks show page 1 beside a link to its page
        stem = f"{edition.language}/{edition.brief}"
        made[f"{stem}.png"] = picture(made[f"{stem}.pdf"])
    made[provenance.BILL] = bill(subject.inputs.tools)
    digests = sums.digests(made)
    made[provenance.PROVENANCE] = provenance.provenance(
        release, asked, subject.inputs, subject.trees.values(), digests
    )
    entries = [entry(name, data, _facts(subject, name)) for name, data in made.items()]
    own = provenance.unpublished(
        release, subject.inputs, subject.trees.values(), subject.warnings()
    )
    more = {**facts, shelf.UNPUBLISHED: sums.digests(own)}
    made[MANIFEST] = provenance.manifest(release, more, entries)
    return made | {SUMS: sums.write(sums.digests(made))} | own


def _handouts(subject: Subject, release: str) -> dict[str, bytes]:
    """Return each edition in every format, and a zip of these, which contain that edition and nothing else."""
    made: dict[str, bytes] = {}
    for edition in subject.editions():
        path, name = f"{edition.language}/{edition.brief}", handout.stem(subject.slug, edition)
        inside = {
            f"{name}{row.ending}": row.alone(subject.built.files[f"{path}{row.ending}"])
            for row in FORMATS.values()
        }
        made |= {f"{HANDOUTS}/{own}": data for own, data in inside.items()}
        made[f"{HANDOUTS}/{name}.zip"] = handout.handout(
            subject.product.composer, edition, release, inside
        )
    return made


def _facts(subject: Subject, name: str) -> dict[str, Any]:
    """Return what the manifest says of the file *name* beside digest, size and type; its `name` is the speaking one."""
    known = {"audience", "language", "status", "pages"}
    facts = {
        key: value for key, value in subject.built.entries.get(name, {}).items() if key in known
    }
    editions = {f"{each.language}/{each.brief}": each for each in subject.editions()}
    if edition := editions.get(shelf.edition_of(name)):
        folder, _, own = name.rpartition("/")
        facts = {"audience": edition.brief, "language": edition.language} | facts
        if folder == HANDOUTS:
            facts["name"] = own
        elif (row := format_of(own)) and row.use == "print":
            facts["name"] = f"{handout.stem(subject.slug, edition)}{row.ending}"
    return facts


def _changes(news: News, changes: Comparison | None) -> dict[str, bytes]:
    """Return what changed since the release before, as text and as data."""
    text = f"Release {news.release}, compared with {news.before}\n\n{news.changes}"
    data = {"schema": 1, "release": news.release, "before": news.before or None}
    scores = score_text(changes) if changes else ""
    return {
        "changes.txt": (text + scores if changes else FIRST).encode(),
        "changes.json": provenance.written(data | (changes.as_json() if changes else {})),
    }


def write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Make *folder* of the files *made*, whole or not at all, and take away the right to write there.

    Raises:
        OutputError: the disk is full, or the folder may not be written.
    """
    with swap.stage(folder) as tree:
        for name, data in made.items():
            tree.write(name, data)
        for path in tree.folder.rglob("*"):
            if path.is_file():
                path.chmod(ids.FILE)
        digest = sums.sha256(made[SUMS])
        ids.register(folder.parent, folder.name, digest)
        tree.commit()
    ids.seal(folder)
