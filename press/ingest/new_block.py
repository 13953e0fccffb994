"""Add a block to a brief of a series: a text or a figure, at the end of its section."""

from pathlib import Path

from press.content.library import Draft
from press.content.model.blocks import ImageBlock, StepBlock
from press.content.model.kinds import KINDS
from press.content.model.sources import letters
from press.content.scalar import Items, Keys
from press.ground.paths import Folders, shown
from press.ingest.new_entry import Addition, SeriesOnDisk
from press.ingest.upgrade.series_files import read_files
from press.problems import RefusedError, UsageError, did_you_mean

USUAL = {"message": "messages", "figure": "evidence"}  # sections of kinds that several take


def add_block(  # noqa: PLR0913 - as many options as a block has
    folders: Folders,
    kind: str,
    audience: str,
    *,
    section: str = "",
    name: str = "",
    values: tuple[str, ...] = (),
) -> Addition:
    """Add a block to the brief for *audience*, at the end of a *section*, '' for the usual one of its kind.

    *values*: those that a figure shows.
    """
    series = SeriesOnDisk(folders)
    kinds = sorted(path.stem for path in (folders.code / "starter" / "blocks").iterdir())
    if kind not in kinds:
        way_out = f"write inv new block with one of {', '.join(kinds)}"
        raise UsageError(f"there is no starter for '{kind}'; {way_out}")
    section = _section(kind, section)
    brief_file = series.brief(audience)
    name = series.free("block", f"{audience}-{kind.replace('_', '-')}", name)
    path = folders.content / "blocks" / f"{audience}.yaml"
    words = {"id": name, "month": series.month, "day": str(series.release)}
    if kind == "step":
        before = map(series.draft.blocks.get, series.draft.briefs[audience].sections.next)
        months = (str(each.by) for each in before if isinstance(each, StepBlock))
        words["month"] = max(months, default=series.month)
    if kind == "image":
        words["file"] = _picture(series.draft)
    if kind in {"figure", "key_figures"}:
        words |= _words_of_figure(series.draft, kind, values)
    elif values:
        raise UsageError(f"--value: a block '{kind}' shows no values")
    texts = {
        path: series.append(path, "blocks", f"blocks/{kind}.yaml", words),
        brief_file: _with_block(brief_file, section, name),
    }
    return series.write(kind, name, path, texts)


def _picture(draft: Draft) -> str:
    """Return the first picture of the series that no block shows, else the first."""
    pictures = sorted(name for name in draft.images if not name.endswith(".svg"))
    if not pictures:
        raise UsageError("there is no picture yet: put a PNG or JPEG file into images/ first")
    used = {str(each.file) for each in draft.blocks.values() if isinstance(each, ImageBlock)}
    return next((name for name in pictures if name not in used), pictures[0])


def _section(kind: str, given: str) -> str:
    allowed = KINDS[kind].sections
    section = given or (USUAL.get(kind, "") if len(allowed) > 1 else allowed[0])
    if section not in allowed:
        raise UsageError(f"--section: a block '{kind}' goes into one of {', '.join(allowed)}")
    return section


def _words_of_figure(draft: Draft, kind: str, refs: tuple[str, ...]) -> dict[str, str]:
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


def _with_block(path: Path, section: str, name: str) -> tuple[bytes, bytes]:
    """Return the file of a brief, and the same with a block at the end of a *section*.

    Raises:
        RefusedError: the program is not sure how the section is typed.
    """
    if (splices := read_files([path]).get(path)) is None:
        raise RefusedError(f"{shown(path)} is a link; put the file itself there")
    sections = splices.tree.find("sections")
    items = sections.find(section) if isinstance(sections, Keys) else None
    message = f"'{section}: [{name}]' belongs under 'sections'"
    if isinstance(items, Items):
        splices.attempt(items.place, message, splices.append(items, [name]))
    elif isinstance(sections, Keys):
        made = splices.append_key(sections, section, f"[{name}]")
        splices.attempt(sections.place, message, made)
    for note in splices.left:
        raise RefusedError(f"{note.place}: {note.message}")
    return splices.data, splices.result()
