"""Add a block to a brief of a series: a text or a figure, at the end of its section."""

from dataclasses import dataclass
from pathlib import Path

from press.content.library import Draft
from press.content.model.blocks import StepBlock
from press.content.model.kinds import KINDS
from press.content.model.sources import letters
from press.content.scalar import Items, Keys
from press.ground.paths import Folders, shown
from press.ingest.new_entry import Added, SeriesOnDisk, appended
from press.ingest.new_series import filled
from press.ingest.upgrade.series_files import read_files
from press.ingest.upgrade.splices import BY_HAND, UnsureError
from press.problems import RefusedError, UsageError, did_you_mean

USUAL = {"message": "messages", "figure": "evidence"}  # sections of kinds that several take


@dataclass(frozen=True)
class Wanted:
    """A block to be added: its kind, the brief for which it is, and what else is given of it."""

    kind: str
    audience: str
    section: str = ""  # not given: the usual one of its kind
    id: str = ""
    values: tuple[str, ...] = ()  # that a figure shows


def block(folders: Folders, wanted: Wanted) -> Added:
    """Add a block, at the end of its section."""
    series, kind = SeriesOnDisk(folders), wanted.kind
    kinds = sorted(path.stem for path in (series.starter / "blocks").iterdir())
    if kind not in kinds:
        listed = ", ".join(kinds)
        raise UsageError(f"'{kind}' cannot be begun; write inv new block with one of {listed}")
    section = _section(kind, wanted.section)
    brief_file = series.brief(wanted.audience)
    name = series.free("block", f"{wanted.audience}-{kind.replace('_', '-')}", wanted.id)
    path = folders.content / "blocks" / f"{wanted.audience}.yaml"
    words = {"id": name, "month": series.month, "day": str(series.release)}
    if kind == "step":
        words["month"] = max(_months(series.draft, wanted.audience), default=series.month)
    if kind in {"figure", "key_figures"}:
        words |= _showing(series.draft, kind, wanted.values)
    elif wanted.values:
        raise UsageError(f"--value: a block '{kind}' shows no values")
    text = filled(series.starter / "blocks" / f"{kind}.yaml", words)
    texts = {
        path: appended(folders, path, "blocks", text),
        brief_file: _listed(brief_file, section, name),
    }
    return series.write(kind, name, texts)


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
    values = {ref: value for ref in refs if (value := draft.value(ref))}
    if wrong := next((ref for ref in refs if ref not in values), ""):
        known = [f"{key}.{name}" for key, each in draft.claims.items() for name in each.values]
        raise UsageError(f"--value: no value is called '{wrong}'{did_you_mean(wrong, known)}")
    share = kind == "figure" and len(values) == 1 and all(each.share for each in values.values())
    if len(values) < 2 and not share:  # noqa: PLR2004 - to be compared
        raise UsageError(
            f"a {kind.replace('_', ' ')} needs --value CLAIM.VALUE, twice or more; of a share, once"
        )
    lines = []
    for number, (ref, value) in enumerate(values.items()):
        row = f'label: "To be written: label {letters(number)} ({value.unit})"'  # labels differ
        lines.append(
            f"      {row}\n      value: {ref}" if share else f"      - {{{row}, value: {ref}}}"
        )
    parted = ((ref, *ref.split(".")) for ref in values)
    dated = [ref for ref, key, name in parted if draft.claims[key].year_of(name)]
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
    if (splices := read_files([path]).get(path)) is None:
        raise RefusedError(f"{shown(path)} is a link; put the file itself there")
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
