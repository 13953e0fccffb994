"""Upgrade a series: rewrite its files all or none, and look at what its author has to do by hand."""

import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from press.checks import of_library
from press.content.library import Draft, files_of, load
from press.content.model import Brief
from press.content.model.blocks import ParagraphBlock
from press.content.moved import BY_HAND, NEW_SECTIONS, PARAGRAPHS, STEPS, TABLE
from press.content.reader.files import content, decode, read_bytes
from press.content.reader.yaml_tree import EMPTY, build_tree
from press.content.scalar import Keys, TextFile
from press.ground import swap
from press.ground.disk import write_whole
from press.ground.paths import PARTS, SERIES, Folders, shown
from press.ingest.upgrade.rewriting import rewrite_names
from press.ingest.upgrade.splices import Note, Splices
from press.problems import (
    ContentRefusedError,
    PressError,
    Problem,
    RefusedError,
    TryAgainError,
    UsageError,
    errors,
)

LIMITS = "limits.yaml"
PLACES = ("blocks", "briefs", "terms")
FILES = Callable[[tuple[Path, ...]], None]
Texts = dict[Path, tuple[bytes, bytes]]  # of the files that are rewritten: before and after
_OF_TEMPLATES = {
    "kind": r"blocks/{0}\b|\.{0}(?:__|\b)|[\"']{0}[\"']|\b{0}__",
    "section": r"section-{{1,2}}{0}\b|[\"']{0}[\"']",
}  # how a template names a kind or a section


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
    if not (folder / SERIES).exists():
        raise UsageError(
            f"{shown(folder)} has no {SERIES}; name the content's folder with --content"
        )
    files = _read(folder)
    for path, splices in files.items():
        rewrite_names(splices, path.relative_to(folder).parts[0])
    texts = {path: (each.data, each.result()) for path, each in files.items() if each.taken}
    _prove(texts)
    if texts and not dry:
        allow(tuple(texts))
        _refuse(folders, texts)
    write = _write_in_place if folder == folders.home else _write
    draft = write(folder, texts, dry=dry)
    done = (note for splices in files.values() for note in splices.done)
    left = {note for splices in files.values() for note in splices.left}
    left.update(
        _in_templates(folders.templates),
        _in_templates(folders.own_templates),
        _by_hand(draft, folders.fonts),
    )
    problems = errors(fault.problem for fault in draft.faults)
    return Upgrade(texts, tuple(sorted(done)), tuple(sorted(left)), problems)


def _write(folder: Path, texts: Texts, *, dry: bool) -> Draft:
    """Exchange the *folder* for one with other texts, unless it is a *dry* run; return the series with these."""
    if not texts:
        return load(folder, shown(folder))
    with swap.stage(folder, SERIES) as staging:
        staging.copy()
        for path, (old, new) in texts.items():
            if path.read_bytes() != old:
                raise TryAgainError(f"{shown(path)} was changed just now; run it again")
            staging.rewrite(path.relative_to(folder), new)
        draft = load(staging.folder, shown(folder))
        if not dry:
            staging.commit()
    return draft


def _write_in_place(folder: Path, texts: Texts, *, dry: bool) -> Draft:
    """Do the same file by file in a *folder* that has its outputs in it; a run that is killed is completed by the next.

    An error on the way puts back what was rewritten.
    """
    with tempfile.TemporaryDirectory(prefix="press-upgrade-") as name:
        copy, done = Path(name), list[Path]()
        for part in filter(Path.exists, map(folder.joinpath, PARTS)):
            if part.is_dir():
                shutil.copytree(part, copy / part.name, symlinks=True)
            else:
                shutil.copy2(part, copy / part.name)
        for path, (_, new) in texts.items():
            (copy / path.relative_to(folder)).write_bytes(new)
        draft = load(copy, shown(folder))
        try:
            for path, (old, new) in () if dry else texts.items():
                if path.read_bytes() != old:
                    raise TryAgainError(f"{shown(path)} was changed just now; run it again")
                write_whole(path, new, stat.S_IMODE(path.stat().st_mode))
                done.append(path)
        except (OSError, PressError):
            for path in done:
                write_whole(path, texts[path][0], stat.S_IMODE(path.stat().st_mode))
            raise
    return draft


def _read(folder: Path) -> dict[Path, Splices]:
    """Return the files that may have older names.

    Raises:
        ContentRefusedError: one could not be read.
    """
    files: dict[Path, Splices] = {}
    wrong: list[Problem] = []
    paths = [path for name in PLACES for path, _ in files_of(folder, name, "")]
    for path in [folder / LIMITS, *paths]:
        if path.is_symlink() or not path.exists():
            continue  # what a link leads to is a file here too
        try:
            data = content(path, shown(path))
            file = decode(data, shown(path))
        except ContentRefusedError as refused:
            wrong += refused.problems
            continue
        tree, problems = build_tree(file)
        wrong += (each for each in problems if each.message != EMPTY)
        files[path] = Splices(data, file, Keys() if tree is None else tree)
    if wrong:
        raise ContentRefusedError(wrong)
    return files


def _prove(texts: Texts) -> None:
    """Read what is to be written, as the next run will.

    Raises:
        ContentRefusedError: it cannot be read.
    """
    new = {path: text for path, (_, text) in texts.items()}
    problems = [each for path, text in new.items() for each in read_bytes(text, shown(path))[1]]
    if problems:
        raise ContentRefusedError(problems)


def _refuse(folders: Folders, paths: Iterable[Path]) -> None:
    """Refuse to rewrite files that may not be written, and to take the folder in which the user stands away."""
    folder = folders.content
    if folder != folders.home and Path.cwd().is_relative_to(folder.resolve()):
        raise RefusedError(f"{shown(folder)} is exchanged as a whole: run it from the folder above")
    for path in paths:
        if not path.stat().st_mode & stat.S_IWUSR:
            raise RefusedError(
                f"{shown(path)} may not be written; allow it (chmod u+w), or leave the series as it is"
            )


def _in_templates(templates: Path) -> Iterator[Note]:
    """Yield where a template or style has an older name."""
    for row in TABLE:
        pattern = _OF_TEMPLATES.get(row.what, "(?!)").format(row.old)
        for path in sorted((*templates.rglob("*.j2"), *templates.rglob("*.css"))):
            file = TextFile(shown(path), path.read_text("utf-8"))
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
