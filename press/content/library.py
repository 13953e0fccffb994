"""The content folder in; a `Library` of all that could be read, and every mistake with its owner, out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter

from press.content import pictures as images
from press.content import reader, vector
from press.content.model import (
    Block,
    BlockId,
    Brief,
    Claim,
    ClaimId,
    Limits,
    Series,
    Source,
    Terms,
)
from press.content.model.kinds import MODELS
from press.content.scalar import Scalar
from press.problems import Place, Problem, did_you_mean, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

M = TypeVar("M")

ALL = ""  # the owner of a mistake in what all briefs share
UNREAD = "unread:block"  # the owner of one in a file of blocks that could not be read
BLOCK_ID: TypeAdapter[Scalar] = TypeAdapter(BlockId)
CLAIM_ID: TypeAdapter[Scalar] = TypeAdapter(ClaimId)
FILES = ("series.yaml", "limits.yaml")
OTHERS = ("mail.yaml",)  # that a build does not need
FOLDERS = {
    "sources": ".yaml",
    "claims": ".yaml",
    "blocks": ".yaml",
    "briefs": ".yaml",
    "terms": ".yaml",
    "images": "",
}
NO_FILE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")  # Windows keeps these names for itself


@dataclass(frozen=True, order=True)
class Fault:
    """A mistake, and whose it is: a brief's, a block's, an unread file's, or else everybody's."""

    problem: Problem
    owner: str = ALL


@dataclass
class Library:
    """All the content of one build. Filled by `load`, then only read."""

    series: Series | None = None
    limits: Limits | None = None
    terms: dict[str, Terms] = field(default_factory=dict)  # by language
    sources: dict[str, Source] = field(default_factory=dict)
    claims: dict[Scalar, Claim] = field(default_factory=dict)
    blocks: dict[Scalar, Block] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # block id -> name of its kind
    briefs: dict[str, Brief] = field(default_factory=dict)
    images: dict[str, images.Picture] = field(default_factory=dict)
    # 'block:<id>', 'brief:<id>', 'claim:<id>', 'source:<id>', 'term:<language>' or 'image:<name>' that exist,
    # but could not be read; 'unread:block', 'unread:claim' or 'unread:source' where a whole file or folder could not
    broken: set[str] = field(default_factory=set)
    places: dict[str, Place] = field(default_factory=dict)  # the same names -> where it begins
    faults: list[Fault] = field(default_factory=list)

    def names(self, what: str) -> frozenset[str]:
        """Return the ids of all blocks, briefs, claims, sources, terms or images, the broken ones too."""
        return frozenset(
            name.partition(":")[2] for name in self.places if name.startswith(f"{what}:")
        )

    def fault(self, problems: tuple[Problem, ...], owner: str = ALL) -> None:
        """Keep *problems* as their owner's."""
        self.faults += [Fault(problem, owner) for problem in problems]


def load(folder: Path, shown: str, also: Iterable[tuple[Path, str]] = ()) -> Library:
    """Read all files below *folder*; *shown* is how problems name it. Blocks may stand in other files *also*."""
    library = Library()
    strangers(library, folder, shown)
    library.series = _file(library, Series, folder / "series.yaml", f"{shown}/series.yaml")
    library.places["limits"] = Place(f"{shown}/limits.yaml")
    library.limits = _file(library, Limits, folder / "limits.yaml", f"{shown}/limits.yaml")
    _tables(library, folder, shown)
    for path, label in _files(folder, "briefs", shown):
        _brief(library, path, label)
    for path, label in _files(folder, "claims", shown):
        _entries(library, path, label, "claim")
    for path, label in (*_files(folder, "blocks", shown), *also):
        _entries(library, path, label, "block")
    for path, label in _files(folder, "images", shown, ""):
        _picture(library, path, label)
    _whole(library, shown)
    return library


def strangers(library: Library, folder: Path, shown: str) -> None:
    """Report what nothing reads: a file in the wrong place would else be missed without a word."""
    known = {*FILES, *OTHERS, *FOLDERS, "locale", "LICENSE"}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            library.fault((_unread(path, shown, did_you_mean(path.name, known)),))
    for name in (*FOLDERS, "locale"):
        _folder(library, folder / name, f"{shown}/{name}")
    for name, suffix in FOLDERS.items():
        for path in _inside(folder / name):
            if not path.name.startswith(".") and suffix and path.suffix != suffix:
                library.fault(
                    (
                        _unread(
                            path,
                            f"{shown}/{name}",
                            f"; only files that end in {suffix} are read here",
                        ),
                    )
                )


def _folder(library: Library, path: Path, label: str) -> None:
    """Report a folder that is none: a link could lead anywhere, and is not followed."""
    if path.is_symlink():
        message = f"'{path.name}' is a link; put the folder itself here"
    elif path.exists() and not path.is_dir():
        message = f"'{path.name}' is no folder; make it one"
    else:
        return
    library.fault((Problem(Place(label), message, "file"),))
    library.broken.add(f"unread:{path.name.removesuffix('s')}")


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []


def _unread(path: Path, shown: str, hint: str) -> Problem:
    return Problem(Place(f"{shown}/{path.name}"), f"nothing reads '{path.name}'{hint}", "file")


def _files(
    folder: Path, name: str, shown: str, suffix: str = ".yaml"
) -> Iterator[tuple[Path, str]]:
    for path in _inside(folder / name):
        if path.name.endswith(suffix) and not path.name.startswith("."):
            yield path, visible(f"{shown}/{name}/{path.name}")


def _file(library: Library, model: type[M], path: Path, label: str, owner: str = ALL) -> M | None:
    data, problems = reader.read(path, label)
    library.fault(problems, owner)
    if data is None:
        return None
    value, problems = reader.validate(model, data)
    library.fault(problems, owner)
    return value


def _tables(library: Library, folder: Path, shown: str) -> None:
    """Read sources and terms, which are known by the name of their file."""
    for what, model, table in (("source", Source, library.sources), ("term", Terms, library.terms)):
        for path, label in _files(folder, f"{what}s", shown):
            name = visible(path.stem)
            library.places[f"{what}:{name}"] = Place(label)
            if (one := _file(library, model, path, label)) is None:
                library.broken.add(f"{what}:{name}")
            else:
                table[name] = one  # type: ignore[assignment]


def _brief(library: Library, path: Path, label: str) -> None:
    stem = visible(path.stem)
    name = f"brief:{stem}"
    library.places[name] = Place(label)
    wrong = _misnamed(stem)
    if wrong:
        message = f"'{stem}' can't name a brief; {wrong}"
        library.fault((Problem(Place(label), message, "schema"),), name)
    brief = _file(library, Brief, path, label, name)
    if brief is None or wrong:
        library.broken.add(name)
    else:
        library.briefs[stem] = brief


def _misnamed(name: str) -> str:
    """Return the way out where a brief can't be called *name*: outputs bear its name, on any machine."""
    if NO_FILE.fullmatch(name):
        return "Windows keeps this name for itself: take another"
    _, wrong = reader.validate(BLOCK_ID, Scalar(name))
    return "use lower-case letters, digits and '-'" if wrong else ""


def _entries(library: Library, path: Path, label: str, what: str) -> None:
    data, problems = reader.read(path, label)
    library.fault(problems, ALL if what == "claim" or data is not None else UNREAD)
    if data is None:
        library.broken.add(f"unread:{what}")
    for key in data or ():
        name = f"{what}:{key}"
        _, wrong = reader.validate(CLAIM_ID if what == "claim" else BLOCK_ID, key)
        library.fault(wrong)
        if name in library.places:
            library.fault(
                (
                    Problem(
                        key.place,
                        f"{what} '{key}' is also in {library.places[name]}; an id is given once",
                        "reference",
                    ),
                )
            )
        elif not wrong:
            library.places[name] = key.place
            _entry(library, key, data[key], what)  # type: ignore[index]


def _entry(library: Library, key: Scalar, data: object, what: str) -> None:
    name = f"{what}:{key}"
    value: BaseModel | None
    if what == "claim":
        value, problems = reader.validate(Claim, data, key)
        library.fault(problems)
    else:
        kind, value, problems = reader.validate_kind(MODELS, key, data)
        library.fault(problems, name)
        library.kinds[key] = kind
    if value is None:
        library.broken.add(name)
    else:
        table: dict[Scalar, Any] = library.claims if what == "claim" else library.blocks
        table[key] = value


def _picture(library: Library, path: Path, label: str) -> None:
    owners = [
        f"block:{key}"
        for key, block in library.blocks.items()
        if getattr(block, "file", None) == path.name
    ]
    library.places[f"image:{visible(path.name)}"] = Place(label)
    if any(one.file == path.name for one in (library.series.logos if library.series else ())):
        owners = [ALL]
    picture, wrong = vector.read(path) if path.suffix == ".svg" else images.read(path)
    for owner in owners or [ALL]:
        if wrong:
            library.fault((Problem(Place(label), wrong, "image"),), owner)
    if picture:
        library.images[path.name] = picture
    else:
        library.broken.add(f"image:{path.name}")


def _whole(library: Library, shown: str) -> None:
    """Report what has to be there, and is not."""
    if not library.names("brief") and "unread:brief" not in library.broken:
        library.fault(
            (
                Problem(
                    Place(f"{shown}/briefs"),
                    "there is no brief; add one as briefs/<audience>.yaml",
                    "file",
                ),
            )
        )
    for language in library.series.languages if library.series else ():
        if language not in library.names("term") and "unread:term" not in library.broken:
            library.fault(
                (
                    Problem(
                        Place(f"{shown}/terms/{language}.yaml"),
                        f"language '{language}' needs its file of terms",
                        "file",
                    ),
                )
            )
