"""Add one thing to a series, with a free id: a source, a claim, a block or a brief. Its words are to be written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from press import checks
from press.content import reader
from press.content.library import BLOCK_ID, CLAIM_ID, Draft, load
from press.content.reader.files import content, decode
from press.content.scalar import Scalar
from press.content.schema_lines import with_line
from press.ground.paths import Folders, shown
from press.ingest.new_series import filled, label
from press.ingest.upgrade.series_files import write_files
from press.problems import (
    ContentRefusedError,
    Place,
    Problem,
    UsageError,
    did_you_mean,
    errors,
    nothing_called,
)

RULE = "unwritten"  # of what waits for its words
WAITS = re.compile(r"to be written", re.IGNORECASE)
ACCENTS = ("#1d4077", "#7a1f1f", "#14532d", "#5b2a86", "#0a544e", "#6b3a00", "#3d3d3d")


@dataclass(frozen=True)
class Added:
    """What was added, and where its author goes on."""

    what: str
    id: str
    place: Place
    files: tuple[Path, ...]  # that were written


class SeriesOnDisk:
    """A series to which something is added: its folders, and what can be read of it."""

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.draft = load(folders.content, shown(folders.content))
        if self.draft.series is None:
            raise ContentRefusedError(fault.problem for fault in self.draft.faults)
        self.release = self.draft.series.release
        # by when something may be done
        self.month = f"{self.release.year + 1}-{self.release.month:02}"
        self.starter = folders.code / "starter"

    def free(self, what: str, wanted: str, given: str) -> str:
        """Return an id that nothing has: the one that is *given*, else *wanted*, with a number behind it if need be.

        Raises:
            UsageError: what is given is in use, or no id.
        """
        taken = self.draft.names(what)
        _, wrong = reader.validate(
            CLAIM_ID if what == "claim" else BLOCK_ID, Scalar(given or wanted)
        )
        if wrong:
            raise UsageError(f"a {what} cannot be called so: {wrong[0].message}")
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

    def write(self, what: str, name: str, texts: Mapping[Path, bytes]) -> Added:
        """Write *texts*, if the series has no more mistakes with them, and return where the thing called *name* is.

        Raises:
            ContentRefusedError: it would have.
        """
        before = {_known_by(problem) for problem in _problems(self.draft, self.folders)}
        pairs = {path: (_typed(path), data) for path, data in texts.items()}
        after = _problems(write_files(self.folders, pairs, dry=True), self.folders)
        if wrong := [each for each in after if _known_by(each) not in before and each.rule != RULE]:
            raise ContentRefusedError(wrong)
        write_files(self.folders, pairs, dry=False)
        path = next(iter(texts))
        return Added(what, name, _next(path, texts[path], name), (*texts,))


def source(folders: Folders, name: str) -> Added:
    """Add a source called *name*, without its passages."""
    series = SeriesOnDisk(folders)
    series.free("source", name, name)
    path = folders.content / "sources" / f"{name}.yaml"
    text = filled(series.starter / "added" / "source.yaml", {"id": name})
    return series.write("source", name, {path: with_line(folders, path, "source", text.encode())})


def claim(folders: Folders, of: str, locator: str, name: str) -> Added:
    """Add a claim on the passage *locator* of the source called *of*, to the file of its latest claim."""
    series = SeriesOnDisk(folders)
    draft = series.draft
    if (known := draft.sources.get(of)) is None:
        raise UsageError(f"--source: {nothing_called('source', of, draft.names('source'))}")
    if (passage := known.passages.get(locator)) is None:  # type: ignore[call-overload] # looked up by its text
        near = did_you_mean(locator, known.passages)
        raise UsageError(f"--passage: source '{of}' has no passage '{locator}'{near}")
    made = re.sub(r"[^a-z0-9]+", "_", f"{of}_{locator}".casefold()).strip("_")
    name = series.free("claim", made, name)
    numbers = [int(each.ref[1:]) for each in draft.claims.values() if each.ref[1:].isdigit()]
    years = set(map(str, passage.years))
    words = {
        "id": name,
        "ref": f"C{max(numbers, default=0) + 1:03}",
        "source": of,
        "locator": locator,
        "passage": passage.fingerprint[:8],
        "values": ", ".join(passage.values) or "it has none",
        "year": years.pop() if len(years) == 1 else "not stated",
        "basis": "outside" if known.outside else "own",
    }
    files = [
        draft.places[f"claim:{key}"].path for key, each in draft.claims.items() if each.source == of
    ]
    file = Path(files[-1]).name if files else f"{of}.yaml"
    path = folders.content / "claims" / file
    text = filled(series.starter / "added" / "claim.yaml", words)
    return series.write("claim", name, {path: appended(folders, path, "claims", text)})


def brief(folders: Folders, audience: str) -> Added:
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
    added = series.starter / "added"
    texts = {
        path: appended(folders, path, "brief", filled(added / "brief.yaml", words)),
        blocks: appended(folders, blocks, "blocks", filled(added / "blocks.yaml", words)),
    }
    return series.write("brief", audience, texts)


def appended(folders: Folders, path: Path, schema: str, text: str) -> bytes:
    """Return what is in the file at *path* with *text* behind it; a new one has the line for editors."""
    if not path.exists():
        return with_line(folders, path, schema, text.encode())
    old = content(path, shown(path))
    decode(old, shown(path))
    text = text if old.endswith(b"\n") or not old else f"\n{text}"
    return old + text.replace("\n", "\r\n" if b"\r\n" in old else "\n").encode()


def _typed(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _problems(draft: Draft, folders: Folders) -> tuple[Problem, ...]:
    faults = (*draft.faults, *checks.of_library(draft, folders.fonts))
    return errors(fault.problem for fault in faults)


def _known_by(problem: Problem) -> tuple[str, str]:
    """Return what tells a mistake from others, wherever lines that were added have moved it."""
    return problem.place.path, problem.message


def _next(path: Path, data: bytes, name: str) -> Place:
    """Return the place of the first words to be written of the thing called *name*."""
    text = data.decode("utf-8-sig")
    start = max(text.rfind(f"\n{name}:"), 0)
    found = WAITS.search(text, start)
    return Place(shown(path), text.count("\n", 0, found.start() if found else start) + 1)
