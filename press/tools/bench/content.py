"""Lay out what is measured: copies of the project that have content for some briefs."""

import copy
import json
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count as counter
from itertools import product
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import yaml

from press.ground import signals
from press.page import fonts
from press.page.cut import printed
from press.tools.bench.spending import Spent, spent

PARTS = ("press", "templates", "requirements", "tasks.py", "pyproject.toml", "inv")
# Dark enough for text on white: drawings of copies in another colour are drawn, not taken from the store.
ACCENTS = ("#0b5d57", "#7a4a00", "#1f4e8c", "#6b2d5c", "#4d5d0b", "#8c1f1f")
PARAGRAPHS = 60  # of a text in a long brief, each the same
MESSAGE = re.compile(r"(  message:\n    text: (?:>-\n +)?)(?:Read this \w+\. )?")


@dataclass(frozen=True)
class Bench:
    """A copy of the project with content for some briefs, and the pages that others print."""

    root: Path
    briefs: tuple[str, ...]
    edits: Iterator[int] = field(default_factory=lambda: counter(10))

    @property
    def plain(self) -> Path:
        """The folder of what others print, as files."""
        return self.root / "plain"

    def press(self, *words: str) -> list[str]:
        """Return the command line of a task of the copy."""
        return [str(self.root / ".venv/bin/python"), *["-I", "-X", "utf8", "-m", "press"], *words]

    def run(self, *words: str) -> Spent:
        """Run a task of the copy, and return what it took."""
        return spent(self.press(*words), self.root)

    def cold(self, *words: str) -> Spent:
        """Run a task with nothing kept from those before, and return what it took."""
        for name in ("build", ".press"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        return self.run(*words)

    def edit(self) -> None:
        """Change the main message of the first brief, each time to words that no print is kept of."""
        path = self.root / "content" / "blocks" / f"{self.briefs[0]}.yaml"
        begin = rf"\g<1>Read this {_letters(next(self.edits))}. "
        path.write_text(MESSAGE.sub(begin, path.read_text("utf-8"), count=1), "utf-8")

    def page_texts(self, brief: str) -> list[str]:
        """Return the text of each page of a *brief* that was built."""
        [pdf] = (self.root / "build").glob(f"*/{brief}.pdf")
        return page_texts(pdf)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder for the `with`; it is removed even where that takes longer than a run has that was asked to end."""
    folder = mkdtemp(prefix="press-bench-")
    try:
        yield Path(folder)
    finally:
        with signals.held():
            shutil.rmtree(folder, ignore_errors=True)


def prepared(root: Path, place: Path, count: int) -> Bench:
    """Copy the project to *place* with *count* briefs, build it, and keep its pages for others to print."""
    bench = copied(root, place, count)
    bench.run("build")
    for brief in bench.briefs:
        [page] = (place / "build").glob(f"*/{brief}.html")
        (bench.plain / page.name).write_text(printed(page.read_text("utf-8")), "utf-8")
    return bench


def copied(root: Path, place: Path, count: int) -> Bench:
    """Copy the project to *place* with *count* briefs."""
    place.mkdir(parents=True)
    unfinished = shutil.ignore_patterns("*.pyc.*")  # Python may be writing what it has compiled
    for source in (root / name for name in PARTS):
        if source.is_dir():
            shutil.copytree(source, place / source.name, ignore=unfinished)
        else:
            shutil.copy2(source, place)
    (place / ".venv").symlink_to(sys.prefix)
    bench = Bench(place, multiplied(root / "content", place / "content", count))
    bench.plain.mkdir()
    faces = fonts.fontconfig(place / "templates" / "fonts", bench.plain / "cache")
    (bench.plain / "fonts.conf").write_text(faces, "utf-8")
    return bench


def multiplied(source: Path, content: Path, count: int) -> tuple[str, ...]:
    """Copy the content *source* so that it has *count* briefs, and return their ids.

    Each brief has its own colour, and a main message of its own, so that an edit changes one brief alone.
    """
    shutil.copytree(source, content)
    known = {path.stem: _read(path) for path in sorted((content / "briefs").glob("*.yaml"))}
    blocks: dict[str, Any] = {}
    for path in (content / "blocks").glob("*.yaml"):
        blocks |= _read(path)
        if path.stem in [*known][count:]:
            path.unlink()  # nothing would use them
    shutil.rmtree(content / "briefs")
    (content / "briefs").mkdir()
    _replace(content / "series.yaml", r"(?m)^order: .*\n", "")
    _replace(content / "limits.yaml", r"(?m)^  shared_percent: .*$", "  shared_percent: 100")
    _replace(content / "limits.yaml", r"(?m)^  html_kilobytes: .*$", "  html_kilobytes: 1000000")
    briefs = []
    for number in range(count):
        turn, which = divmod(number, len(known))
        name, brief = [*known.items()][which]
        brief = brief | {"accent": ACCENTS[number % len(ACCENTS)]}
        if turn:
            name, [main] = f"{name}-{turn}", brief["sections"]["main"]
            own = {f"{name}-main": blocks[main]}
            _write(content / "blocks" / f"{name}.yaml", own)
            label, sections = f"{brief['label']} {_letters(turn)}", brief["sections"]
            brief = brief | {"label": label, "sections": sections | {"main": [*own]}}
        _write(content / "briefs" / f"{name}.yaml", brief)
        briefs.append(name)
    return tuple(briefs)


def lengthened(root: Path, place: Path, times: int) -> Bench:
    """Copy the project to *place* with one brief, in which problem and evidence come so many *times* more.

    Limits are lifted there, and so is the rule that bounds how long a brief may be.
    """
    bench = copied(root, place, 1)
    content = place / "content"
    path, texts = content / "briefs" / f"{bench.briefs[0]}.yaml", content / "blocks"
    brief, blocks = _read(path), _read(texts / path.name)
    sections = brief["sections"]
    for number, name in product(range(times), sections["problem"] + sections["evidence"]):
        block = blocks[f"{name}-{number}"] = copy.deepcopy(blocks[name])
        sections["evidence"].append(f"{name}-{number}")
        if paragraph := block.get("paragraph"):
            paragraph["text"] = "\n\n".join([paragraph["text"]] * PARAGRAPHS)
    _write(path, brief)
    _write(texts / path.name, blocks)
    limits = r"(?m)^  (pages|words|\w+_kilobytes|claims|attributions|gaps|finding_times): .*$"
    _replace(content / "limits.yaml", limits, r"  \1: 1000000")
    structure = place / "press" / "checks" / "content" / "structure.py"
    _replace(structure, r"(?m)^LONGEST = .*$", "LONGEST = 1_000_000_000")
    return bench


def page_texts(pdf: Path) -> list[str]:
    """Return the text of each page of a *pdf*."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def _letters(number: int) -> str:
    """Return *number* in letters, since figures in content have to be those of claims."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))  # type: ignore[no-any-return] # files of ours


def _write(path: Path, parts: dict[str, Any]) -> None:
    """Write *parts* as YAML, each in a line of its own, in JSON's form."""
    lines = (f"{name}: {json.dumps(part, default=str)}\n" for name, part in parts.items())
    path.write_text("".join(lines), "utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(re.sub(old, new, path.read_text("utf-8")), "utf-8")
