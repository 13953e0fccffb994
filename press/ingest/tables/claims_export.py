"""Give out the claims of a series as a table."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from press.content import version
from press.content.library import files_of
from press.content.scalar import Keys
from press.ground.disk import write_whole
from press.ground.paths import Folders, shown
from press.ingest.tables.claim_rows import typed_claims
from press.ingest.tables.claims_table import ORDER
from press.ingest.tables.columns import VALUES, cell_of, columns
from press.ingest.tables.spreadsheet import write_cells
from press.ingest.upgrade.series_files import expect_series, read_files
from press.problems import ContentRefusedError, UsageError, errors

KEYS = ("id", "ref", "source")  # in each row of a claim, so that a table may be sorted
_ALWAYS = {"value", "value number", "value unit"}


def export_claims(folders: Folders, file: Path, separator: str = ",") -> int:
    """Write the claims of a series into *file*, a row for each value; return how many they are.

    Raises:
        ContentRefusedError: a file of claims has a mistake.
        UsageError: the file is there already, with other words.
        OutputError: it cannot be written.
    """
    expect_series(folders.content)
    draft = version.read(folders)
    start = shown(folders.content / "claims")
    wrong = errors(fault.problem for fault in draft.faults)
    if wrong := tuple(each for each in wrong if each.place.path.startswith(start)):
        raise ContentRefusedError(wrong)
    claims = list(_claims(folders.content))
    rows = [row for claim in claims for row in claim]
    used = {name for row in rows for name in row} | _ALWAYS
    names = [each.name for each in ORDER if each.needed or each.name in used]
    data = write_cells([names, *([row.get(name, "") for name in names] for row in rows)], separator)
    if file.exists() and file.read_bytes() != data:
        what = f"{shown(file)} is there with other words, and is not overwritten"
        raise UsageError(f"{what}: choose another name")
    write_whole(file, data)
    return len(claims)


def _claims(folder: Path) -> Iterator[list[dict[str, str]]]:
    """Yield the rows of each claim: cells by the names of their columns."""
    paths = [path for path, _ in files_of(folder, "claims", "")]
    names = {column.path: column.name for column in columns()}
    for path, key, claim in typed_claims(read_files(paths)):
        values = claim.find(VALUES)
        own = Keys((name, value) for name, value in claim.items() if name != VALUES)
        cells = {"id": str(key), "file": path.stem, **_cells(own, names)}
        rows = [
            {"value": str(name), **_cells(value, names, (VALUES,))}
            for name, value in (values.items() if isinstance(values, Keys) else ())
        ]
        heads = [cells, *({name: cells[name] for name in KEYS} for _ in rows[1:])]
        yield [{**head, **row} for head, row in zip(heads, rows or [{}], strict=True)]


def _cells(
    value: object, names: Mapping[tuple[str, ...], str], path: tuple[str, ...] = ()
) -> dict[str, str]:
    """Return the cells of a claim or a value."""
    if not isinstance(value, Keys):
        return {names[path]: cell_of(value)}
    inner = (_cells(each, names, (*path, str(key))) for key, each in value.items())
    return {name: cell for part in inner for name, cell in part.items()}
