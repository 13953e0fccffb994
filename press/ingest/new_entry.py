"""Add one thing to a series, with a free id: a source, a claim, a block or a brief. Its words are to be written."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from press import checks
from press.content.library import Draft, load
from press.content.model.blocks import StepBlock
from press.content.model.claims import Value
from press.content.model.kinds import KINDS
from press.content.model.sources import letters
from press.content.reader.files import content, decode
from press.content.reader.yaml_tree import build_tree
from press.content.scalar import Items, Keys
from press.content.schema_lines import with_line
from press.ground.disk import write_whole
from press.ground.paths import PARTS, Folders, shown
from press.ingest.new_series import filled, label
from press.ingest.upgrade.splices import BY_HAND, Splices, UnsureError
from press.problems import (
    ContentRefusedError,
    Place,
    Problem,
    RefusedError,
    UsageError,
    did_you_mean,
    errors,
    nothing_called,
)

RULE = "unwritten"  # of what waits for its words
WAITS = re.compile(r"to be written", re.IGNORECASE)
ACCENTS = ("#1d4077", "#7a1f1f", "#14532d", "#5b2a86", "#0a544e", "#6b3a00", "#3d3d3d")
USUAL = {"message": "messages", "figure": "evidence"}  # sections of kinds that several take


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
        self.starter = folders.code / "starter"

    @property
    def month(self) -> str:
        """A year after the release, when what is asked for may be done."""
        release = self.draft.series.release if self.draft.series else None
        return f"{release.year + 1}-{release.month:02}" if release else ""

    def free(self, what: str, wanted: str, given: str) -> str:
        """Return an id that nothing has: the one that is *given*, else *wanted*, with a number behind it if need be.

        Raises:
            UsageError: what is given is in use.
        """
        taken = self.draft.names(what)
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
        before = {_told(problem) for problem in _problems(self.draft, self.folders)}
        with tempfile.TemporaryDirectory(prefix="press-new-") as folder:
            copy = Path(folder)
            for part in filter(Path.exists, map(self.folders.content.joinpath, PARTS)):
                put = shutil.copytree if part.is_dir() else shutil.copy2
                put(part, copy / part.name)
            for path, data in texts.items():
                place = copy / path.relative_to(self.folders.content)
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(data)
            after = _problems(load(copy, shown(self.folders.content)), self.folders)
        if wrong := [each for each in after if _told(each) not in before and each.rule != RULE]:
            raise ContentRefusedError(wrong)
        for path, data in texts.items():
            path.parent.mkdir(exist_ok=True)
            write_whole(path, data)
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
    files = [draft.places[f"claim:{key}"].path for key, each in draft.claims.items() if each.source == of]
    file = Path(files[-1]).name if files else f"{of}.yaml"
    path = folders.content / "claims" / file
    text = filled(series.starter / "added" / "claim.yaml", words)
    return series.write("claim", name, {path: _appended(folders, path, "claims", text)})


def block(
    folders: Folders, kind: str, audience: str, *, section: str, name: str, values: Iterable[str]
) -> Added:
    """Add a block of a *kind* to the brief for *audience*, at the end of a *section*."""
    series = SeriesOnDisk(folders)
    kinds = sorted(path.stem for path in (series.starter / "blocks").iterdir())
    if kind not in kinds:
        raise UsageError(f"'{kind}' cannot be begun; write inv new block with one of {', '.join(kinds)}")
    section = _section(kind, section)
    brief_file = series.brief(audience)
    name = series.free("block", f"{audience}-{kind.replace('_', '-')}", name)
    path = folders.content / "blocks" / f"{audience}.yaml"
    words = {"id": name, "month": series.month, "day": str(series.draft.series.release)}  # type: ignore[union-attr] # refused before
    if kind == "step":
        words["month"] = max(_months(series.draft, audience), default=series.month)
    if kind in {"figure", "key_figures"}:
        words |= _showing(series.draft, kind, tuple(values))
    text = filled(series.starter / "blocks" / f"{kind}.yaml", words)
    texts = {path: _appended(folders, path, "blocks", text), brief_file: _listed(brief_file, section, name)}
    return series.write(kind, name, texts)


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
        path: _appended(folders, path, "brief", filled(added / "brief.yaml", words)),
        blocks: _appended(folders, blocks, "blocks", filled(added / "blocks.yaml", words)),
    }
    return series.write("brief", audience, texts)


def _section(kind: str, given: str) -> str:
    allowed = KINDS[kind].sections
    section = given or (USUAL.get(kind, "") if len(allowed) > 1 else allowed[0])
    if section not in allowed:
        raise UsageError(f"--section: a block '{kind}' goes into one of {', '.join(allowed)}")
    return section


def _months(draft: Draft, audience: str) -> list[str]:
    blocks = (draft.blocks.get(key) for key in draft.briefs[audience].sections.next)
    return [str(each.by) for each in blocks if isinstance(each, StepBlock)]


def _showing(draft: Draft, kind: str, refs: tuple[str, ...]) -> dict[str, str]:
    """Return what is filled into a figure of the values that *refs* name: a share, or bars."""
    values: dict[str, Value] = {}
    for ref in refs:
        if (value := draft.value(ref)) is None:
            known = [f"{key}.{name}" for key, each in draft.claims.items() for name in each.values]
            raise UsageError(f"--value: {nothing_called('value', ref, known)}")
        values[ref] = value
    share = kind == "figure" and len(values) == 1 and all(each.share for each in values.values())
    if len(values) < 2 and not share:  # noqa: PLR2004 - to be compared
        raise UsageError(f"a {kind.replace('_', ' ')} needs --value CLAIM.VALUE, twice or more; of a share, once")
    lines = []
    for number, (ref, value) in enumerate(values.items()):
        row = f'label: "To be written: {value.unit}, {letters(number)}"'  # labels differ
        lines.append(f"      {row}\n      value: {ref}" if share else f"      - {{{row}, value: {ref}}}")
    dated = [ref for ref in values if draft.claims[ref.partition(".")[0]].year_of(ref.partition(".")[2])]
    return {
        "form": "share" if share else "bars",
        "rows": "\n".join(lines),
        "printed": ", ".join(f"{{{ref}}}" for ref in values),
        "years": ", ".join(f"{{{ref}:year}}" for ref in dated) or "not stated",
    }


def _listed(path: Path, section: str, name: str) -> bytes:
    """Return the file of a brief with a block at the end of a *section*.

    Raises:
        RefusedError: the program is not sure how the section is typed.
    """
    data = content(path, shown(path))
    file = decode(data, shown(path))
    tree, _ = build_tree(file)
    splices = Splices(data, file, tree or Keys())
    sections = splices.tree.find("sections")
    items = sections.find(section) if isinstance(sections, Keys) else None
    try:
        if isinstance(items, Items):
            splices.taken += splices.append(items, [name])
        elif isinstance(sections, Keys):
            splices.taken += splices.append_key(sections, section, f"[{name}]")
    except UnsureError:
        message = f"{shown(path)}: '{section}: [{name}]' belongs under 'sections', and {BY_HAND}"
        raise RefusedError(message) from None
    return splices.result()


def _appended(folders: Folders, path: Path, schema: str, text: str) -> bytes:
    """Return what is in the file at *path* with *text* behind it; a new one has the line for editors."""
    if not path.exists():
        return with_line(folders, path, schema, text.encode())
    old = content(path, shown(path))
    decode(old, shown(path))
    text = text if old.endswith(b"\n") or not old else f"\n{text}"
    return old + text.replace("\n", "\r\n" if b"\r\n" in old else "\n").encode()


def _problems(draft: Draft, folders: Folders) -> tuple[Problem, ...]:
    faults = (*draft.faults, *checks.of_library(draft, folders.fonts))
    return errors(fault.problem for fault in faults)


def _told(problem: Problem) -> tuple[str, str]:
    """Return what tells a mistake from others, wherever lines that were added have moved it."""
    return problem.place.path, problem.message


def _next(path: Path, data: bytes, name: str) -> Place:
    """Return the place of the first words to be written of the thing called *name*."""
    text = data.decode("utf-8-sig")
    start = max(text.rfind(f"\n{name}:"), 0)
    found = WAITS.search(text, start)
    return Place(shown(path), text.count("\n", 0, found.start() if found else start) + 1)
