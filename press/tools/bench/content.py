"""Lay out what is measured: copies of the project that have content for some briefs."""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import yaml

from press.page import fonts
from press.page.cut import printed
from press.tools.bench.spending import Spent, spent

PARTS = ("press", "templates", "requirements", "tasks.py", "pyproject.toml", "inv")
# Dark enough for text on white: drawings of copies in another colour are drawn, not taken from the store.
ACCENTS = ("#0b5d57", "#7a4a00", "#1f4e8c", "#6b2d5c", "#4d5d0b", "#8c1f1f")
EDITS = ("again", "also", "besides", "here", "indeed", "likewise", "still", "therefore")
LONG, PARAGRAPHS = 14, 60  # groups of blocks, and how often their texts come: a hundred pages


def pairs() -> Iterator[str]:
    """Return words to begin a text with, each time others."""
    return (f"Read this {first} and {second}. " for first, second in product(EDITS, EDITS))


@dataclass(frozen=True)
class Bench:
    """A copy of the project with content for some briefs, and the pages that others print."""

    root: Path
    briefs: tuple[str, ...]
    words: Iterator[str] = field(default_factory=pairs)

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

    def forget(self) -> None:
        """Remove all that is kept between builds."""
        for name in ("build", ".press"):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self) -> None:
        """Change the main message of one brief, each time to words that no print is kept of."""
        content = self.root / "content"
        main = main_of((content / "briefs" / f"{self.briefs[0]}.yaml").read_text("utf-8"))
        begin = re.compile(
            rf"(?m)^({main}:\n  message:\n    text: (?:>-\n +)?)(?:Read this \w+ and \w+\. )?"
        )
        for path in (content / "blocks").glob("*.yaml"):
            text = path.read_text("utf-8")
            if begin.search(text):
                path.write_text(begin.sub(rf"\g<1>{next(self.words)}", text, count=1), "utf-8")


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
    for source in (root / name for name in PARTS):
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, place / source.name, ignore=ignored)
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

    Each copy has its own colour, and a main message of its own, so that an edit of one is of no other.
    """
    shutil.copytree(source, content)
    texts = {path: path.read_text("utf-8") for path in sorted((content / "briefs").glob("*.yaml"))}
    for path in [*texts, *(content / "blocks" / path.name for path in [*texts][count:])]:
        path.unlink(missing_ok=True)
    limits = content / "limits.yaml"
    _replace(limits, r"(?m)^  shared_percent: .*$", "  shared_percent: 100")
    _replace(limits, r"(?m)^  html_kilobytes: .*$", "  html_kilobytes: 1000000")  # of the evidence
    _replace(content / "series.yaml", r"(?m)^order: .*\n", "")
    briefs = []
    for number in range(count):
        turn, which = divmod(number, len(texts))
        path = list(texts)[which]
        briefs.append(f"{path.stem}-{turn}" if turn else path.stem)
        accent = f'accent: "{ACCENTS[number % len(ACCENTS)]}"'
        text = re.sub(r"(?m)^accent: .*$", accent, texts[path])
        if turn:
            letters = "".join(chr(ord("a") + int(digit)) for digit in str(turn))
            text = re.sub(r"(?m)^(label: .*[^\"'\n])([\"']?)$", rf"\1 {letters}\2", text)
            main = main_of(text)
            text = text.replace(f"main: [{main}]", f"main: [{briefs[-1]}-own]")
            block = re.search(rf"(?ms)^{main}:(\n.*?)(?=^\S|\Z)", _blocks(content, main))
            assert block is not None  # noqa: S101 - _blocks has found it
            own = content / "blocks" / f"{briefs[-1]}.yaml"
            own.write_text(f"{briefs[-1]}-own:{block[1]}", "utf-8")
        path.with_stem(briefs[-1]).write_text(text, "utf-8")
    return tuple(briefs)


def lengthen(bench: Bench, groups: int) -> None:
    """Give a brief so many *groups* of the blocks that a problem and its evidence have; for 0 it has three pages.

    The rule that bounds how long a brief may be is lifted in this copy, and so are limits.
    """
    content = bench.root / "content"
    [path] = (content / "briefs").glob("*.yaml")
    brief, blocks = _read(path), _read(content / "blocks" / path.name)
    sections, more = brief["sections"], {}
    for number, name in product(range(groups), sections["problem"] + sections["evidence"]):
        more[f"{name}-{number}"] = block = {kind: {**of} for kind, of in blocks[name].items()}
        if "paragraph" in block:
            block["paragraph"]["text"] = "\n\n".join([block["paragraph"]["text"]] * PARAGRAPHS)
    if groups:
        sections["evidence"] = [*more]
        _write(content / "blocks" / path.name, blocks | more)
    else:
        for name in ("country", "next", "objections"):
            del sections[name]
    _write(path, brief)
    limits = r"(?m)^  (pages|words|\w+_kilobytes|claims|attributions|gaps|finding_times): .*$"
    _replace(content / "limits.yaml", limits, r"  \1: 1000000")
    structure = bench.root / "press" / "checks" / "content" / "structure.py"
    _replace(structure, r"(?m)^LONGEST = .*$", "LONGEST = 1_000_000_000")


def pages(bench: Bench) -> int:
    """Return how many pages the first brief has that was built."""
    [pdf] = (bench.root / "build").glob(f"*/{bench.briefs[0]}.pdf")
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def main_of(brief: str) -> str:
    """Return the id of the block that is the main message of a *brief*, the text of its file."""
    [name] = re.findall(r"(?m)^  main: \[([\w-]+)\]", brief)
    return str(name)


def _blocks(content: Path, name: str) -> str:
    """Return the text of the file that has the block called *name*."""
    texts = (path.read_text("utf-8") for path in sorted((content / "blocks").glob("*.yaml")))
    return next(text for text in texts if re.search(rf"(?m)^{name}:$", text))


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))  # type: ignore[no-any-return] # files of ours


def _write(path: Path, parts: dict[str, Any]) -> None:
    """Write *parts* as YAML, each in a line of its own, in JSON's form."""
    lines = (f"{name}: {json.dumps(part, default=str)}\n" for name, part in parts.items())
    path.write_text("".join(lines), "utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(re.sub(old, new, path.read_text("utf-8")), "utf-8")
