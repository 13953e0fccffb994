"""Read the folder of content: a draft with all that could be read, or a library that can be built."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import TypeAdapter

from press.content import maps, pictures, reader, svg
from press.content.languages import LANGUAGES
from press.content.model import Brief, Claim, ClaimId, Limits, Series, Source, Terms
from press.content.model.blocks import Block, FigureBlock
from press.content.model.claims import Value
from press.content.model.kinds import MODELS
from press.content.model.maps import Atlas, MapSpec
from press.content.model.typed import BlockId
from press.content.pictures import Picture
from press.content.scalar import Scalar
from press.ground.paths import (
    CONTENT_FOLDERS,
    LIMITS,
    OUTPUTS,
    PARTS,
    SERIES,
    SHORT,
    home_of,
    series_id,
    start,
)
from press.problems import ContentRefusedError, Place, Problem, Severity, did_you_mean, visible

M = TypeVar("M")

ALL = ""  # the owner of a mistake in what all briefs share
UNREAD = "unread:block"  # the owner of one in a file of blocks that could not be read
BLOCK_ID: TypeAdapter[Scalar] = TypeAdapter(BlockId)
CLAIM_ID: TypeAdapter[Scalar] = TypeAdapter(ClaimId)
OTHERS = ("mail.yaml",)  # that a build does not need
NOT_UTF8 = "the name of this file is not UTF-8, and a release could not hold it; rename it"
BACKUP = re.compile(r"\..*|.*~|#.*#|.*\.sw[a-p]")  # hidden files, and what editors leave
NO_FILE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")  # Windows keeps these names for itself


@dataclass(frozen=True, order=True)
class Fault:
    """A mistake, and its owner: a brief, a block, a file that could not be read, or else all briefs."""

    problem: Problem
    owner: str = ALL


def fault(
    place: Place, message: str, rule: str, owner: str = ALL, severity: Severity = "error"
) -> Fault:
    """Return a mistake at *place*."""
    return Fault(Problem(place, message, rule, severity), owner)


@dataclass
class Draft:
    """What could be read of a folder of content, and what is wrong with it."""

    series: Series | None = None
    limits: Limits | None = None
    terms: dict[str, Terms] = field(default_factory=dict)  # by language
    sources: dict[str, Source] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # block id -> name of its kind
    briefs: dict[str, Brief] = field(default_factory=dict)
    images: dict[str, Picture] = field(default_factory=dict)
    maps: dict[str, Atlas] = field(default_factory=dict)
    # 'block:<id>', 'brief:<id>', 'claim:<id>', 'source:<id>', 'term:<language>', 'image:<name>' or 'map:<name>' that
    # exist, but could not be read; 'unread:block', 'unread:claim' or 'unread:source' where a whole file or folder
    # could not
    broken: set[str] = field(default_factory=set)
    places: dict[str, Place] = field(default_factory=dict)  # the same names -> where it begins
    faults: list[Fault] = field(default_factory=list)
    _names: dict[str, tuple[int, frozenset[str]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def names(self, what: str) -> frozenset[str]:
        """Return the ids of all blocks, briefs, claims, sources, terms, images or maps, the broken ones too."""
        size, known = self._names.get(what, (-1, frozenset()))
        if size != len(self.places):  # more was read, and nothing is ever taken out
            start = f"{what}:"
            names = (name for name in self.places if name.startswith(start))
            known = frozenset(name.removeprefix(start) for name in names)
            self._names[what] = len(self.places), known
        return known

    def ordered(self) -> tuple[str, ...]:
        """Return the names of all briefs in the order of the series."""
        first = {str(name): at for at, name in enumerate(self.series.order if self.series else ())}
        names = self.names("brief")
        return (*sorted(names, key=lambda name: (first.get(name, len(first)), name)),)

    def unread(self, what: str, name: str) -> bool:
        """Return whether the thing called *name* is there, or may be, but was not read, which is reported."""
        return not {f"{what}:{name}", f"unread:{what}"}.isdisjoint(self.broken)

    def words(self, language: str) -> Terms:
        """Return the words of the series in *language*; it may have none."""
        return self.terms.get(language) or Terms()

    def value(self, ref: str) -> Value | None:
        """Return the value that *ref*, such as 'claim.name', leads to."""
        claim, _, name = ref.partition(".")
        known = claim in self.claims and name in self.claims[claim].values
        return self.claims[claim].value(name) if known else None

    def topic(self, claim: str) -> str:
        """Return the topic of the claim called *claim*: the name of its file."""
        return PurePath(self.places[f"claim:{claim}"].path).stem

    def owners(self, owner: str) -> set[str]:
        """Return the briefs of a mistake's *owner*; none: it is in what all share, or in what no brief uses yet."""
        what, _, name = owner.partition(":")
        if owner == ALL:
            return set()
        if what == "brief":
            return {name}
        if owner == UNREAD:
            known = self.names("block")
            return {
                brief
                for block, briefs in self._users.items()
                if block not in known
                for brief in briefs
            }
        return {*self._users.get(name, ())}

    @cached_property
    def _users(self) -> Mapping[str, set[str]]:
        """The briefs that name each block: asked for when all is read."""
        users: dict[str, set[str]] = {}
        for brief, given in self.briefs.items():
            for block in (block for _, ids in given.sections for block in ids):
                users.setdefault(block, set()).add(brief)
        return users

    def keep(self, problems: Iterable[Problem], owner: str = ALL) -> None:
        """Keep *problems* as their owner's."""
        self.faults += [Fault(problem, owner) for problem in problems]

    def report(
        self, place: Place | str, message: str, rule: str = "file", owner: str = ALL
    ) -> None:
        """Keep a problem with the file or the place in it."""
        place = Place(place) if isinstance(place, str) else place
        self.faults.append(fault(place, message, rule, owner))


@dataclass
class Library(Draft):
    """A folder of content whose shared parts are there: what is resolved, composed and printed."""

    series: Series
    limits: Limits


def sound(draft: Draft) -> Library:
    """Return *draft* as a library.

    Raises:
        ContentRefusedError: the series or its limits could not be read.
    """
    if draft.series is None or draft.limits is None:
        raise ContentRefusedError(each.problem for each in draft.faults)
    return Library(**{each.name: getattr(draft, each.name) for each in fields(draft) if each.init})


def load(folder: Path, shown: str, also: Iterable[tuple[Path, str]] = ()) -> Draft:
    """Read all files below *folder*; *shown* is how problems name it. Blocks may be in other files *also*."""
    draft, at = Draft(), start(shown)
    strangers(draft, folder, at)
    draft.series = _file(draft, Series, folder / SERIES, f"{at}{SERIES}")
    if draft.series and draft.series.id and draft.series.id != series_id(folder):
        message = f"write the id on a line of its own that begins with it: id: {draft.series.id}"
        draft.report(draft.series.id.place, message, "schema")
    draft.places["limits"] = Place(f"{at}{LIMITS}")
    draft.limits = _file(draft, Limits, folder / LIMITS, f"{at}{LIMITS}")
    draft.sources = _named(draft, "source", Source, files_of(folder, "sources", at))
    draft.terms = _named(draft, "term", Terms, files_of(folder, "terms", at))
    draft.briefs = _named(draft, "brief", Brief, files_of(folder, "briefs", at))
    for path, label in files_of(folder, "claims", at):
        _entries(draft, path, label, "claim")
    for path, label in (*files_of(folder, "blocks", at), *also):
        _entries(draft, path, label, "block")
    for path, label in files_of(folder, "images", at):
        _picture(draft, path, label)
    for path, label in files_of(folder, "maps", at):
        _map(draft, path, label)
    _whole(draft, at)
    return draft


def is_utf8(path: str) -> bool:
    """Return False if the name of a file has bytes that are not UTF-8."""
    return bool(re.fullmatch(r"[^\ud800-\udfff]*", path))


def strangers(draft: Draft, folder: Path, at: str) -> None:
    """Report files that are not read: one in the wrong place would else be missed in silence."""
    outputs = OUTPUTS if home_of(folder) == folder else ()
    read = [path for path in _inside(folder) if path.name not in outputs]
    for path in (each for part in read for each in (part, *part.rglob("*"))):
        name = visible(path.relative_to(folder).as_posix())
        if not is_utf8(str(path)):
            draft.report(f"{at}{name}", NOT_UTF8)
    known = {*PARTS, *outputs, "README.md"}
    for path in _inside(folder):
        table = bool(outputs) and path.suffix == ".csv"  # of readers or claims, which lie beside it
        if path.name not in known and not table:
            hint = did_you_mean(path.name, known) or "; move it elsewhere"
            draft.report(f"{at}{path.name}", f"nothing reads '{path.name}'{hint}")
    for name, suffix in {**CONTENT_FOLDERS, "locale": "", "templates": ""}.items():
        _folder(draft, folder / name, f"{at}{name}")
        for path in _inside(folder / name):
            if suffix and path.suffix != suffix:
                hint = f"; only files that end in {suffix} are read here"
                draft.report(f"{at}{name}/{path.name}", f"nothing reads '{path.name}'{hint}")


def _folder(draft: Draft, path: Path, label: str) -> None:
    """Report what should be a folder and is not: a link could lead anywhere, and is not followed."""
    if path.is_symlink():
        message = f"'{path.name}' is a link; put the folder itself here"
    elif path.exists() and not path.is_dir():
        message = f"'{path.name}' is not a folder; make it one"
    else:
        return
    draft.report(label, message)
    draft.broken.add(f"unread:{path.name.removesuffix('s')}")


def _inside(folder: Path) -> list[Path]:
    """Return what is in *folder*, without hidden files and those that editors leave beside the one being edited."""
    if not folder.is_dir() or folder.is_symlink():
        return []
    return [path for path in sorted(folder.iterdir()) if not BACKUP.fullmatch(path.name)]


def files_of(folder: Path, name: str, at: str) -> Iterator[tuple[Path, str]]:
    """Yield the files of content in the folder called *name*, each with how problems name it."""
    for path in _inside(folder / name):
        if path.name.endswith(CONTENT_FOLDERS[name]):
            yield path, visible(f"{at}{name}/{path.name}")


def _file(draft: Draft, model: type[M], path: Path, label: str, owner: str = ALL) -> M | None:
    data, problems = reader.read(path, label)
    if model is Terms and [each.message for each in problems] == [reader.EMPTY]:
        return model()  # the words of the language are enough
    draft.keep(problems, owner)
    if data is None:
        return None
    value, problems = reader.validate(model, data)
    draft.keep(problems, owner)
    return value


def _named(
    draft: Draft, what: str, model: type[M], files: Iterable[tuple[Path, str]]
) -> dict[str, M]:
    """Return sources, terms or briefs, which are known by the names of their files."""
    table: dict[str, M] = {}
    for path, label in files:
        stem = visible(path.stem)
        name = f"{what}:{stem}"
        owner, wrong = (name, _misnamed(stem)) if what == "brief" else (ALL, "")
        draft.places[name] = Place(label)
        if wrong:
            draft.report(label, f"'{stem}' can't name a brief; {wrong}", "schema", owner)
        value = _file(draft, model, path, label, owner)
        if value is None or wrong:
            draft.broken.add(name)
        else:
            table[stem] = value
    return table


def _misnamed(name: str) -> str:
    """Return the way out where a brief can't be called *name*: outputs bear its name, on any machine."""
    if NO_FILE.fullmatch(name):
        return "Windows keeps this name for itself: take another"
    if name.endswith(SHORT):
        return f"'{SHORT}' is how the names of short forms end: take another"
    _, wrong = reader.validate(BLOCK_ID, Scalar(name))
    return "use lower-case letters, digits and '-'" if wrong else ""


def _entries(draft: Draft, path: Path, label: str, what: str) -> None:
    data, problems = reader.read(path, label)
    draft.keep(problems, ALL if what == "claim" or data is not None else UNREAD)
    if data is None:
        draft.broken.add(f"unread:{what}")
        return
    for key, entry in data.items():
        name = f"{what}:{key}"
        _, wrong = reader.validate(CLAIM_ID if what == "claim" else BLOCK_ID, key)
        draft.keep(wrong)
        if name in draft.places:
            message = f"{what} '{key}' is also in {draft.places[name]}; an id is given once"
            draft.report(key.place, message, "reference")
        elif not wrong:
            draft.places[name] = key.place
            _entry(draft, key, entry, name)


def _entry(draft: Draft, key: Scalar, data: object, name: str) -> None:
    claim, block = None, None
    if name.startswith("claim:"):
        claim, problems = reader.validate(Claim, data, key)
        draft.keep(problems)
    else:
        draft.kinds[key], block, problems = reader.validate_kind(MODELS, key, data)
        draft.keep(problems, name)
    if claim:
        draft.claims[key] = claim
    elif block:
        draft.blocks[key] = block
    else:
        draft.broken.add(name)


def _picture(draft: Draft, path: Path, label: str) -> None:
    files = {f"block:{key}": getattr(block, "file", None) for key, block in draft.blocks.items()}
    owners = [owner for owner, file in files.items() if file == path.name]
    draft.places[f"image:{visible(path.name)}"] = Place(label)
    most = pictures.IMAGE
    if draft.series and any(logo.file == path.name for logo in draft.series.signs):
        owners, most = [ALL], most if owners else pictures.LOGO
    picture, wrong = svg.read(path) if path.suffix == ".svg" else pictures.read(path, most)
    if wrong and not owners:  # nothing shows it, which is reported too
        draft.keep([Problem(Place(label), wrong, "image", "warning")], ALL)
    for owner in owners if wrong else ():
        draft.report(label, wrong, "image", owner)
    if picture:
        draft.images[path.name] = picture
    else:
        draft.broken.add(f"image:{path.name}")


def _map(draft: Draft, path: Path, label: str) -> None:
    name = f"map:{visible(path.name)}"
    draft.places[name] = Place(label)
    atlas, problems = maps.read(path, label)
    owners = [f"block:{key}" for key, spec in mapped(draft) if spec.file == path.name]
    for owner in owners:
        draft.keep(problems, owner)
    if not owners:  # nothing shows it, which is reported too
        draft.keep(replace(problem, severity="warning") for problem in problems)
    if atlas:
        draft.maps[path.name] = atlas
    else:
        draft.broken.add(name)


def mapped(draft: Draft) -> Iterator[tuple[str, MapSpec]]:
    """Yield the ids of the blocks that show a map, each with what it shows."""
    for key, block in draft.blocks.items():
        if isinstance(block, FigureBlock) and block.map:
            yield key, block.map


def _whole(draft: Draft, at: str) -> None:
    """Report what has to be there, and is missing."""
    if not draft.names("brief") and "unread:brief" not in draft.broken:
        message = "there is no brief; add one as briefs/<audience>.yaml"
        draft.report(f"{at}briefs", message)
    for language in draft.series.languages if draft.series else ():
        if not LANGUAGES[language].translated:
            message = f"nothing is translated into '{language}': headings are English, texts are as they are typed"
            way_out = "take it out of 'languages' unless you mean that"
            draft.report(f"{at}{SERIES}", f"{message}; {way_out}", "translation")
