"""Rewrite files of a series, all or none."""

import shutil
import stat
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from press.content.library import Draft, load
from press.content.reader.files import content, decode
from press.content.reader.yaml_tree import EMPTY, build_tree
from press.content.scalar import Keys
from press.content.schema_lines import with_line
from press.ground import swap
from press.ground.disk import mode_of, write_whole
from press.ground.lock import reported
from press.ground.paths import PARTS, SERIES, Folders, shown
from press.ingest.upgrade.splices import Splices
from press.problems import (
    ContentRefusedError,
    OutputError,
    PressError,
    Problem,
    RefusedError,
    TryAgainError,
    UsageError,
)

# of the files that are rewritten: before, b"" for a new one, and after
Texts = dict[Path, tuple[bytes, bytes]]
Judge = Callable[[Draft], None]  # raises what speaks against writing such a series


def expect_series(folder: Path) -> None:
    """Refuse a *folder* that has no series.

    Raises:
        UsageError: it has none.
    """
    if not (folder / SERIES).exists():
        message = f"{shown(folder)} has no {SERIES}; name the content's folder with --content"
        raise UsageError(message)


def read_files(paths: Iterable[Path]) -> dict[Path, Splices]:
    """Return the files at *paths* that are there, to be spliced.

    Raises:
        ContentRefusedError: one could not be read.
    """
    files: dict[Path, Splices] = {}
    wrong: list[Problem] = []
    for path in paths:
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


def append(folders: Folders, path: Path, schema: str, old: bytes, text: str) -> bytes:
    """Return a file with *text* after what is *old* in it; a new one at *path* begins with the line for editors."""
    if not old:
        return with_line(folders, path, schema, text.encode())
    text = text if old.endswith(b"\n") else f"\n{text}"
    return old + text.replace("\n", "\r\n" if b"\r\n" in old else "\n").encode()


def more_problems(old: Iterable[Problem], new: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that a series had not before, neither at their place nor, moved by new lines, elsewhere."""
    old, new = list(old), list(new)
    here, still = ({(each.place, each.rule) for each in problems} for problems in (old, new))
    moved = Counter(
        (each.rule, each.message) for each in old if (each.place, each.rule) not in still
    )
    more = []
    for problem in sorted(new):
        if (problem.place, problem.rule) not in here:
            moved[problem.rule, problem.message] -= 1
            more += [problem] * (moved[problem.rule, problem.message] < 0)
    return tuple(more)


def write_files(
    folders: Folders, texts: Texts, judge: Judge = lambda _: None, *, dry: bool
) -> Draft:
    """Write the *texts* of a series if *judge* lets it, unless it is a *dry* run; return the series with them.

    Raises:
        RefusedError: a file may not be written, or the user stands in the folder.
        TryAgainError: a file was changed meanwhile.
        OutputError: the folder could not be replaced.
    """
    if not texts:
        return load(folders.content, shown(folders.content))
    if not dry:
        _refuse(folders, texts)
    do = _write_in_place if folders.content == folders.home else _write
    return do(folders.content, texts, judge, dry=dry)


def _write(folder: Path, texts: Texts, judge: Judge, *, dry: bool) -> Draft:
    """Exchange the *folder* for one with other texts."""
    with swap.stage(folder, SERIES) as staging:
        staging.copy()
        for path, (old, new) in texts.items():
            _expect(path, old)
            staging.rewrite(path.relative_to(folder), new)
        judge(draft := load(staging.folder, shown(folder)))
        if not dry:
            staging.commit()
    return draft


def _write_in_place(folder: Path, texts: Texts, judge: Judge, *, dry: bool) -> Draft:
    """Do the same file by file, in the order of *texts*, in a *folder* that has its outputs in it.

    An error on the way puts back what was rewritten. Where a run was killed between two files, the same run completes
    it; a block that was to be added is there then, and in no brief.
    """
    with tempfile.TemporaryDirectory(prefix="press-upgrade-") as name:
        copy, done = Path(name), list[Path]()
        with reported(folder):
            _copy(folder, copy)
        for path, (_, new) in texts.items():
            place = copy / path.relative_to(folder)
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(new)
        judge(draft := load(copy, shown(folder)))
        try:
            for path, (old, new) in () if dry else texts.items():
                _expect(path, old)
                path.parent.mkdir(exist_ok=True)
                write_whole(path, new, mode_of(path))
                done.append(path)
        except (OSError, PressError) as error:
            if left := [shown(path) for path in done if not _put_back(path, texts[path][0])]:
                raise OutputError(f"{error}; {', '.join(left)} could not be put back") from error
            raise
    return draft


def _copy(folder: Path, copy: Path) -> None:
    """Copy what is read of a series.

    Raises:
        RefusedError: there is something that cannot be copied, such as a FIFO.
    """
    try:
        for part in filter(Path.exists, map(folder.joinpath, PARTS)):
            if part.is_dir():
                shutil.copytree(part, copy / part.name, symlinks=True)
            else:
                shutil.copy2(part, copy / part.name)
    except shutil.Error as error:
        source = Path(error.args[0][0][0])
        raise RefusedError(f"{shown(source)} is no file, or may not be read; move it") from error


def _put_back(path: Path, old: bytes) -> bool:
    """Return whether a file could be made what it was."""
    try:
        if old:
            write_whole(path, old, mode_of(path))
        else:
            path.unlink()
    except (OSError, PressError):
        return False
    return True


def _expect(path: Path, old: bytes) -> None:
    if (path.read_bytes() if path.exists() else b"") != old:
        raise TryAgainError(f"{shown(path)} was changed just now; run it again")


def _refuse(folders: Folders, paths: Iterable[Path]) -> None:
    """Refuse to rewrite files that may not be written, and to take the folder in which the user stands away."""
    folder = folders.content
    if folder != folders.home and Path.cwd().is_relative_to(folder.resolve()):
        raise RefusedError(f"{shown(folder)} is exchanged as a whole: run it from the folder above")
    for path in paths:
        if not mode_of(path) & stat.S_IWUSR:
            raise RefusedError(
                f"{shown(path)} may not be written; allow it (chmod u+w), or leave the series as it is"
            )
