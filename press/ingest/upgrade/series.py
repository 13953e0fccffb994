"""Upgrade a series: rewrite its files all or none, and look at what its author has to do by hand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from press.checks import of_library
from press.content.library import Draft, files_of
from press.content.model import Brief
from press.content.model.blocks import ParagraphBlock
from press.content.moved import BY_HAND, NEW_SECTIONS, PARAGRAPHS, STEPS, TABLE
from press.content.reader.files import read_bytes
from press.content.scalar import TextFile
from press.ground import swap
from press.ground.paths import LIMITS, Folders, shown
from press.ingest.upgrade.rewriting import rewrite_names
from press.ingest.upgrade.series_files import Texts, expect_series, read_files, write_files
from press.ingest.upgrade.splices import Note
from press.problems import ContentRefusedError, Problem, errors

PLACES = ("blocks", "briefs", "terms")
FILES = Callable[[tuple[Path, ...]], None]
# how a template names a kind or a section
_OF_TEMPLATES = {
    "kind": r"blocks/{0}\b|\.{0}(?:__|\b)|[\"']{0}[\"']|\b{0}__",
    "section": r"section-{{1,2}}{0}\b|[\"']{0}[\"']",
}


@dataclass(frozen=True)
class Upgrade:
    """What upgrading a series came to."""

    texts: Texts
    done: tuple[Note, ...]
    left: tuple[Note, ...]  # what its author has to do by hand
    problems: tuple[Problem, ...]  # mistakes that keep files from being read


def upgrade(folders: Folders, allow: FILES, *, dry: bool = False) -> Upgrade:
    """Rewrite the files of a series that have older names, unless it is a *dry* run; *allow* may refuse to.

    Raises:
        UsageError: the folder is none of content.
        ContentRefusedError: a file could not be read, or would not be one that can.
        RefusedError: a file may not be written, or the user stands in the folder.
        TryAgainError: a file was changed meanwhile.
        OutputError: the folder could not be replaced.
    """
    folder = folders.content
    swap.sweep(folder)
    expect_series(folder)
    paths = [path for name in PLACES for path, _ in files_of(folder, name, "")]
    files = read_files([folder / LIMITS, *paths])
    for path, splices in files.items():
        rewrite_names(splices, path.relative_to(folder).parts[0])
    texts = {path: (each.data, each.result()) for path, each in files.items() if each.taken}
    _prove(texts)
    if texts and not dry:
        allow(tuple(texts))
    draft = write_files(folders, texts, dry=dry)
    done = (note for splices in files.values() for note in splices.done)
    left = {note for splices in files.values() for note in splices.left}
    left.update(
        _in_templates(folders.templates),
        _in_templates(folders.own_templates),
        _by_hand(draft, folders.fonts),
    )
    problems = errors(fault.problem for fault in draft.faults)
    return Upgrade(texts, tuple(sorted(done)), tuple(sorted(left)), problems)


def _prove(texts: Texts) -> None:
    """Read what is to be written, as the next run will.

    Raises:
        ContentRefusedError: it cannot be read.
    """
    new = {path: text for path, (_, text) in texts.items()}
    problems = [each for path, text in new.items() for each in read_bytes(text, shown(path))[1]]
    if problems:
        raise ContentRefusedError(problems)


def _in_templates(templates: Path) -> Iterator[Note]:
    """Yield where a template or style has an older name."""
    for row in TABLE:
        pattern = _OF_TEMPLATES.get(row.what, "(?!)").format(row.old)
        for path in sorted((*templates.rglob("*.j2"), *templates.rglob("*.css"))):
            file = TextFile(shown(path), path.read_text("utf-8", errors="replace"))
            for found in re.finditer(pattern, file.text):
                yield Note(
                    file.place(found.start()), f"this template has an older name: {row.fate}"
                )


def _by_hand(draft: Draft, fonts: Path) -> Iterator[Note]:
    """Yield what briefs of today have, and no program can write."""
    for name, brief in draft.briefs.items():
        lacks = [section for section in NEW_SECTIONS if not getattr(brief.sections, section)]
        said = [f"no section {' and no '.join(map(repr, lacks))}"] if lacks else []
        if not brief.openers:
            said.append("no 'openers', sentences beside the headings of its sections")
        steps = f"; {STEPS}" if "next" in lacks and brief.sections.options else ""
        if said:
            yield Note(brief.title.place, f"brief '{name}' has {', and '.join(said)}{steps}")
        yield from _in_paragraphs(draft, brief)
    for fault in of_library(draft, fonts):
        if fault.problem.rule in BY_HAND:
            yield Note(fault.problem.place, fault.problem.message)


def _in_paragraphs(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Yield paragraphs of a brief that have what is a block of another kind now."""
    for section, pattern, message in PARAGRAPHS:
        for key in getattr(brief.sections, section):
            block = draft.blocks.get(key)
            if isinstance(block, ParagraphBlock) and pattern.search(block.text):
                yield Note(draft.places[f"block:{key}"], message)
