"""Compare the index of each source with its text, passage by passage and value by value."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press.content import version
from press.content.library import Draft
from press.content.model import Source
from press.content.model.sources import Passage
from press.ground.paths import Folders, shown
from press.ingest import source_file
from press.ingest.changes import changes, prints
from press.ingest.edits import write_text
from press.ingest.formats import READERS, extract
from press.ingest.index import Entry, Index, read
from press.ingest.resting import in_words, resting
from press.problems import Place, Problem, UsageError, counted

RULE = "passage"


@dataclass(frozen=True)
class Comparison:
    """What comparing a folder of texts with the sources came to."""

    problems: tuple[Problem, ...]
    compared: tuple[str, ...]  # sources that say what their texts say
    # Of passages that both have, by source and locator; for the eye, never for a file.
    words: dict[tuple[str, str], str]


def compare(folders: Folders, texts: Path) -> Comparison:
    """Compare each source that has a text in the folder *texts*, named by its id, and note in its file that it agrees.

    Raises:
        UsageError: the folder is not there, has no text of a source, or two of one.
        PressError: a text can't be read.
    """
    draft = version.read(folders)
    files = _files(draft, texts)
    problems: list[Problem] = []
    compared: list[str] = []
    words: dict[tuple[str, str], str] = {}
    for name, file in files.items():
        source, path = draft.sources[name], folders.content / "sources" / f"{name}.yaml"
        index = read(extract(file), source.language, source.locators, source.corrections)
        found = [
            *_differences(
                draft, name, index, shown(path), f"./inv ingest {shown(file)} --id {name}"
            )
        ]
        words |= {
            (name, locator): index.words[locator]
            for locator, passage in source.passages.items()
            if locator in index.words and passage.fingerprint == index.passages[locator].fingerprint
        }
        if not found:
            _note(source, path, hashlib.sha256(file.read_bytes()).hexdigest())
            compared.append(name)
        problems += found
    return Comparison(tuple(problems), tuple(compared), words)


def _files(draft: Draft, texts: Path) -> dict[str, Path]:
    if not texts.is_dir():
        raise UsageError(
            f"--texts needs a folder with the texts of the sources; '{shown(texts)}' is none"
        )
    found: dict[str, Path] = {}
    for path in sorted(texts.iterdir()):
        if path.suffix.lower() in READERS and path.stem in draft.sources:
            if path.stem in found:
                both = f"{found[path.stem].name} and {path.name}"
                raise UsageError(
                    f"there are two texts of source '{path.stem}': {both}; take one out"
                )
            found[path.stem] = path
    if not found:
        names = ", ".join(
            sorted(name for name, source in draft.sources.items() if not source.outside)
        )
        raise UsageError(
            f"'{shown(texts)}' has no text named as a source: {names}, with one of {', '.join(READERS)}"
        )
    return found


def _differences(draft: Draft, name: str, index: Index, path: str, mend: str) -> Iterator[Problem]:
    """Yield what the index of a source says otherwise than its text; passages that are only counted anew once."""
    source = draft.sources[name]
    typed = {str(key): passage for key, passage in source.passages.items()}
    found = changes(prints(typed), prints(index.passages))
    said = {
        **{
            was: f"has other words in the text{_as(was, now)}" for was, now in found.changed.items()
        },
        **{was: f"is elsewhere in the text{_as(was, now)}" for was, now in found.moved.items()},
        **dict.fromkeys(found.went, "is not in the text"),
    }
    for locator, what in said.items():
        rests = in_words(resting(draft, name, locator))
        message = f"passage {locator} {what}{rests}; run {mend}"
        yield Problem(typed[locator].fingerprint.place, message, RULE)
    new_ones = f"passages that the index lacks, {', '.join(found.came)}" if found.came else ""
    # after any other change it is no news that passages are counted anew
    anew = f"{counted(len(found.shifted), 'passage')} under other locators" * (not said)
    if what := new_ones or (anew if found.shifted else ""):
        yield Problem(Place(path), f"the text has {what}; run {mend}", RULE)
    for locator, passage in typed.items():
        now = found.shifted.get(locator, found.moved.get(locator, locator))
        if locator not in found.changed and locator not in found.went:
            yield from _of_passage(locator, passage, index.passages[now])


def _as(was: str, now: str) -> str:
    return "" if was == now else f", as {now}"


def _of_passage(locator: str, passage: Passage, here: Entry) -> Iterator[Problem]:
    """Yield values and marks that the words of a passage do not have."""
    for value in passage.values:
        if value not in here.values and value not in passage.by_eye:
            said = f"it says {', '.join(here.values)}" if here.values else "no value is found in it"
            way_out = "correct it; if a person reads it there, name it under 'by_eye' too"
            what = f"'{value}' is not in the words of passage {locator}: {said}; {way_out}"
            yield Problem(value.place, what, RULE)
    for mark in passage.references:
        if mark not in here.references:
            said = f"it has {', '.join(here.references)}" if here.references else "it has none"
            what = f"passage {locator} has no reference mark {mark}; {said}; correct it"
            yield Problem(mark.place, what, RULE)


def _note(source: Source, path: Path, text: str) -> None:
    """Write into the source's file that it was compared, unless it says so of this text and index."""
    known = source.compared
    if known is None or (known.text, known.index) != (text, source.digest):
        today = dt.datetime.now(dt.UTC).date().isoformat()
        lines = source_file.compared(source, today, text)
        write_text(path, source_file.with_key(path.read_text("utf-8"), "compared", lines))
