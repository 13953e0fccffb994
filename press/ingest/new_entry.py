"""Add one thing to a series, with a free id: a source, a claim, a block or a brief. Its words are to be written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from press.checks import of_library
from press.checks.content.whole import UNWRITTEN
from press.content import reader, version
from press.content.library import BLOCK_ID, CLAIM_ID, Draft
from press.content.model.sources import DIGITS
from press.content.reader.files import content, decode
from press.content.scalar import Scalar
from press.ground.paths import Folders, shown
from press.ingest.new_series import fill, label, slug
from press.ingest.upgrade.series_files import Texts, append, more_problems, write_files
from press.problems import (
    ContentRefusedError,
    Place,
    UsageError,
    did_you_mean,
    errors,
    nothing_called,
)

RULE = "unwritten"  # of what waits for its words
ACCENTS = ("#1d4077", "#7a1f1f", "#14532d", "#5b2a86", "#0a544e", "#6b3a00", "#3d3d3d")


@dataclass(frozen=True)
class Addition:
    """What was added, and where its author goes on."""

    what: str
    id: str
    place: Place
    files: tuple[Path, ...]  # that were written


class SeriesOnDisk:
    """A series to which something is added: its folders, and what can be read of it."""

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.draft = version.read(folders)
        if self.draft.series is None:
            raise ContentRefusedError(fault.problem for fault in self.draft.faults)
        self.release = self.draft.series.release
        # by when something may be done
        self.month = f"{self.release.year + 1}-{self.release.month:02}"

    def free(self, what: str, wanted: str, given: str) -> str:
        """Return an id that nothing has: the one that is *given*, else *wanted*, with a number after it if need be.

        Raises:
            UsageError: what is given is in use, or no id.
        """
        taken = self.draft.names(what)
        _, wrong = reader.validate(
            CLAIM_ID if what == "claim" else BLOCK_ID, Scalar(given or wanted)
        )
        if wrong:
            raise UsageError(f"'{given or wanted}' cannot name a {what}: {wrong[0].message}")
        if given in taken:
            where = self.draft.places[f"{what}:{given}"]
            raise UsageError(f"there is a {what} '{given}' in {where}; take another name")
        joint = "_" if what == "claim" else "-"
        numbered = (f"{wanted}{joint}{number}" for number in range(2, len(taken) + 3))
        return given or next(name for name in (wanted, *numbered) if name not in taken)

    def brief(self, audience: str) -> Path:
        """Return the file of the brief for *audience*, to which blocks are added.

        Raises:
            UsageError: there is none, or it is final.
        """
        if (known := self.draft.briefs.get(audience)) is None:
            near = did_you_mean(audience, self.draft.names("brief"))
            raise UsageError(f"--audience: no brief is called '{audience}' that can be read{near}")
        path = self.folders.content / "briefs" / f"{audience}.yaml"
        if known.status == "final":
            raise UsageError(f"{shown(path)} is final; write 'status: draft' there first")
        return path

    def append(
        self, path: Path, schema: str, name: str, words: Mapping[str, str]
    ) -> tuple[bytes, bytes]:
        """Return what is in the file at *path*, and the same with the file *name* of the example after it.

        Raises:
            ContentRefusedError: it cannot be read.
        """
        old = content(path, shown(path)) if path.exists() else b""
        decode(old, shown(path))
        return old, append(self.folders, path, schema, old, fill(self.folders, name, words))

    def write(self, what: str, name: str, path: Path, texts: Texts) -> Addition:
        """Write *texts*, if the series has no more mistakes with them; its author goes on in the file at *path*.

        Raises:
            ContentRefusedError: it would have.
        """

        def judge(after: Draft) -> None:
            both = ((*each.faults, *of_library(each, fonts)) for each in (self.draft, after))
            old, new = ([fault.problem for fault in faults] for faults in both)
            if wrong := [each for each in errors(more_problems(old, new)) if each.rule != RULE]:
                raise ContentRefusedError(wrong)

        fonts = self.folders.fonts
        write_files(self.folders, texts, judge, dry=False)
        return Addition(what, name, _next(path, texts[path][1], name), (*texts,))


def add_source(folders: Folders, name: str) -> Addition:
    """Add a source called *name*, without its passages."""
    series = SeriesOnDisk(folders)
    series.free("source", name, name)
    path = folders.content / "sources" / f"{name}.yaml"
    text = series.append(path, "source", "added/source.yaml", {"id": name})
    return series.write("source", name, path, {path: text})


def add_claim(folders: Folders, of: str, locator: str, name: str) -> Addition:
    """Add a claim on the passage *locator* of the source called *of*, to the file of its latest claim."""
    series = SeriesOnDisk(folders)
    draft = series.draft
    if (known := draft.sources.get(of)) is None:
        raise UsageError(f"--source: {nothing_called('source', of, draft.names('source'))}")
    if (passage := known.passages.get(locator)) is None:  # type: ignore[call-overload] # looked up by its text
        near = did_you_mean(locator, known.passages)
        raise UsageError(f"--passage: source '{of}' has no passage '{locator}'{near}")
    name = series.free("claim", slug(f"{of}_{locator}", "_"), name)
    numbers = [int(each.ref[1:]) for each in draft.claims.values() if each.ref[1:].isdigit()]
    now = series.release.year
    years = {str(year) for year in passage.years if int(year[-4:]) <= now}
    words = {
        "id": name,
        "ref": f"C{max(numbers, default=0) + 1:03}",
        "source": of,
        "locator": locator,
        "passage": passage.fingerprint[:DIGITS],
        "values": ", ".join(passage.values) or "it has none",
        "year": years.pop() if len(years) == 1 else "not stated",
        "basis": "outside" if known.outside else "own",
    }
    files = [
        draft.places[f"claim:{key}"].path for key, each in draft.claims.items() if each.source == of
    ]
    path = folders.content / "claims" / (Path(files[-1]).name if files else f"{of}.yaml")
    text = series.append(path, "claims", "added/claim.yaml", words)
    return series.write("claim", name, path, {path: text})


def add_brief(folders: Folders, audience: str) -> Addition:
    """Add a brief for *audience*, with a block in each of the sections that need no values."""
    series = SeriesOnDisk(folders)
    series.free("brief", audience, audience)
    used = {str(each.accent) for each in series.draft.briefs.values()}
    words = {
        "audience": audience,
        "label": label(audience),
        "accent": next((each for each in ACCENTS if each not in used), ACCENTS[0]),
        "month": series.month,
    }
    blocks, path = (folders.content / part / f"{audience}.yaml" for part in ("blocks", "briefs"))
    texts = {
        blocks: series.append(blocks, "blocks", "added/blocks.yaml", words),
        path: series.append(path, "brief", "added/brief.yaml", words),  # last: it marks all as done
    }
    if f"block:{audience}-main" in series.draft.places:  # of a run that was killed
        del texts[blocks]
    return series.write("brief", audience, path, texts)


def _next(path: Path, data: bytes, name: str) -> Place:
    """Return the place of the first words to be written of the thing called *name*."""
    text = data.decode("utf-8-sig")
    start = max(text.rfind(f"\n{name}:"), 0)
    found = UNWRITTEN.search(text, start)
    return Place(shown(path), text.count("\n", 0, found.start() if found else start) + 1)
