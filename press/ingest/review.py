"""Take in a review: write its source, and let its claims follow the passages that moved."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from press.content import reader, version
from press.content.library import Draft
from press.content.model import Claim, Source
from press.content.model.sources import DIGITS, Passage
from press.content.reader.files import MOST_BYTES
from press.content.schema_lines import with_line
from press.ground.paths import Folders, shown
from press.ingest import changes as comparing
from press.ingest import source_file
from press.ingest.changes import Changes
from press.ingest.edits import Edits, write_text
from press.ingest.formats import extract
from press.ingest.index import Index, read
from press.ingest.record import Record, record
from press.problems import ContentRefusedError, RefusedError, UsageError, did_you_mean

_NAME = re.compile("[a-z][a-z0-9-]{0,79}")
_NAMELESS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # in the name of a file


@dataclass(frozen=True)
class Ingested:
    """What taking in a review came to."""

    path: Path  # of the source's file
    new: bool
    written: bool
    index: Index
    changes: Changes
    empty_pages: tuple[str, ...]
    followed: tuple[str, ...]  # claims that have a new locator
    draft: Draft  # as it was before

    @property
    def unread(self) -> tuple[str, ...]:
        """The passages with letters that the file's fonts do not name."""
        return tuple(name for name, words in self.index.words.items() if "\ufffd" in words)


def ingest(file: Path, name: str, folders: Folders, given: Mapping[str, str]) -> Ingested:
    """Write the source called *name* from a review's *file*; *given* are its settings where it is new.

    Raises:
        UsageError: the name can be none; a setting is missing, or is another one than the source has.
        ContentRefusedError: the source as it is has mistakes, or a correction of its fits nowhere.
        RefusedError: the text is another one than that of the source, or too long for one.
        PressError: the file could not be read.
    """
    draft = version.read(folders)
    old = draft.sources.get(name)
    if old is None and not _NAME.fullmatch(name):
        what = f"'{name}' can't name a source" if name else "a source needs a name"
        raise UsageError(
            f"{what}; give one with --id in lower-case letters, digits and '-', such as elm-2018"
        )
    path = folders.content / "sources" / f"{name}.yaml"
    if old is None and path.exists():
        raise ContentRefusedError(
            each.problem for each in draft.faults if each.problem.place.path == shown(path)
        )
    _agree(old, given, path)
    # what the command line lacks is said before a long text is read
    before = path.read_text("utf-8") if old else source_file.new_file(_record(file, given))
    document = extract(file)
    language, way = (given.get(key) or getattr(old, key, usual) for key, usual in _USUAL.items())
    index = read(document, language, way, old.corrections if old else ())
    _belong(file, path, index, old)
    text = _with_index(before, old, index)
    if old is None:
        text = with_line(folders, path, "source", text.encode()).decode()
    _prove(text, path, file)
    found = (
        comparing.changes(comparing.prints(old.passages), comparing.prints(index.passages))
        if old
        else Changes()
    )
    edits, followed = Edits(), []
    for key, claim in draft.claims.items():
        if claim.source == name and (now := _where(claim, index, found)) != claim.locator:
            edits.replace(claim.locator, now)
            followed.append(str(key))
    written = old is None or text != before or bool(edits)
    if written:
        path.parent.mkdir(parents=True, exist_ok=True)
        edits.write()
        write_text(path, text)
    return Ingested(
        path, old is None, written, index, found, document.empty_pages, tuple(followed), draft
    )


def _where(claim: Claim, index: Index, found: Changes) -> str:
    """Return the locator of a claim in the new text: it goes by the words it was written for, if they are there.

    A run that was killed may have given it the new one already.
    """
    was = str(claim.locator)
    now = found.now.get(was, was)
    for locator in (now, was, *index.passages) if claim.passage else ():
        if locator in index.passages and index.passages[locator].fingerprint.startswith(
            str(claim.passage)
        ):
            return locator
    return now


def _with_index(text: str, old: Source | None, index: Index) -> str:
    """Return the text of a source's file with the index, and corrections that know their passages."""
    known: dict[str, Passage] = {}
    if old:
        known = {str(key): each for key, each in old.passages.items()}
    if old and old.corrections:
        typed = source_file.corrections(old.corrections, index.beginnings)
        text = source_file.with_key(text, "corrections", typed)
    return source_file.with_key(text, "passages", source_file.passages(text, known, index.passages))


_USUAL = {"language": "en", "locators": "paragraph"}


def _agree(old: Source | None, given: Mapping[str, str], path: Path) -> None:
    """Refuse settings that are not those of the source as it is."""
    for key, value in given.items():
        if old and value and getattr(old, key) != value:
            message = f"{shown(path)} has '{key}: {getattr(old, key)}'; change it there, or leave --{key} out"
            raise UsageError(message)


def _belong(file: Path, path: Path, index: Index, old: Source | None) -> None:
    """Refuse a text that has no sentence of the one with which the source was compared."""
    here = {each.fingerprint for each in index.passages.values()}
    if (
        old
        and old.compared
        and here.isdisjoint(str(each.fingerprint) for each in old.passages.values())
    ):
        way_out = "give it an --id of its own, or take 'compared' out there"
        raise RefusedError(
            f"{shown(file)}: no sentence of {shown(path)} is in this file; {way_out}"
        )


def _record(file: Path, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the record of a new source, from the file beside the review and from the options."""
    found = record(file) or Record()
    kind = given.get("kind") or found.kind
    if not kind:
        raise UsageError("say what it is with --kind, such as --kind 'systematic review'")
    known = {key: value for key, value in asdict(found).items() if value and key != "kind"}
    lacks = "" if found.author and found.title and found.issued else "no record was given"
    usual = {key: given[key] for key in _USUAL if given.get(key, _USUAL[key]) != _USUAL[key]}
    return {
        "citation": _citation(found) or _NAMELESS.sub("?", file.stem),
        "kind": kind,
        **known,
        **({"unstated": lacks} if lacks else {}),
        **usual,
        "outside": False,
    }


def _citation(found: Record) -> str:
    """Return how a work is cited: authors, title and year, as far as they are known."""
    parts = ("; ".join(found.author), found.title, found.issued[:4])
    return ". ".join(part.rstrip(".") for part in parts if part)


def _prove(text: str, path: Path, file: Path) -> None:
    """Read the file that is to be written, as the next run will."""
    data, problems = reader.read_bytes(text.encode(), shown(path))
    if data is None or len(text.encode()) > MOST_BYTES:
        way_out = "take in its parts, each with an --id of its own"
        raise RefusedError(
            f"{shown(file)}: this file has too many passages for one source; {way_out}"
        )
    _, more = reader.validate(Source, data)
    if problems := (*problems, *more):
        raise ContentRefusedError(problems)


def accept(draft: Draft, names: tuple[str, ...]) -> dict[str, str]:
    """Write the digits of their passages into claims; return these with the locators.

    Raises:
        UsageError: there is no such claim, or its passage is not there.
    """
    edits, done = Edits(), {}
    for name in names:
        claim = draft.claims.get(name)
        source = draft.sources.get(claim.source) if claim else None
        passage = source.passages.get(claim.locator) if source and claim else None
        if claim is None or passage is None:
            unknown = f"no claim is called '{name}'{did_you_mean(name, draft.names('claim'))}"
            raise UsageError(
                f"claim '{name}' rests on no passage that is there; see ./inv check"
                if name in draft.names("claim")
                else unknown
            )
        digits = str(passage.fingerprint[:DIGITS])
        if claim.passage is None:
            edits.insert(claim.locator, "passage", digits)
        elif claim.passage != digits:
            edits.replace(claim.passage, digits)
        done[name] = str(claim.locator)
    edits.write()
    return done
