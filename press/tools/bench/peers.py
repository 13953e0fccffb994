"""List the tools that people would use in place of Press, and lay out for each the same briefs as its input."""

import filecmp
import html
import json
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from press.ground import signals
from press.problems import ConfigurationError, counted
from press.tools.bench.content import Bench, page_texts
from press.tools.bench.goals import PLAIN
from press.tools.bench.spending import SCRIPTS, script, spent

LOCK = "requirements/bench.lock"
# For pandoc: a page without its boxes, and Markdown as people type it.
READ = "html-native_divs-native_spans"
NARROWED = "-header_attributes-link_attributes-simple_tables-multiline_tables-grid_tables-smart"
# Words of a PDF, as a share of those of the plain script, which prints running lines.
LEAST, MOST = 0.8, 1.25


@dataclass(frozen=True)
class Means:
    """What peers need of this machine."""

    root: Path  # of the project
    browser: str | None

    @property
    def python(self) -> Path:
        """The Python of the venv of peers, which is there once it is set up."""
        return self.root / ".press" / "peers" / "bin" / "python"

    @property
    def pandoc(self) -> str | None:
        """The pandoc of that venv, where all its packages are installed as their lock has them."""
        lock = self.python.parents[1] / "bench.lock"
        if not lock.exists() or not filecmp.cmp(lock, self.root / LOCK, shallow=False):
            return None
        found = self.python.parents[1].glob("lib/python3*/site-packages/pypandoc/files/pandoc")
        return next(map(str, found), None)


@dataclass(frozen=True)
class Peer:
    """A tool that makes PDFs of the same briefs."""

    name: str
    tool: str  # as scripts/print.script calls it
    ending: str  # of its inputs
    needs: Literal["", "pandoc", "browser"] = ""  # with pandoc come the others, in the same venv

    def lacks(self, means: Means) -> str:
        """Return what would bring it, '' where it is there."""
        if self.needs == "pandoc" and not means.pandoc:
            return f"./inv bench --peers installs {LOCK}"
        if self.needs == "browser" and not means.browser:
            return "./inv doctor names the package of the browser"
        return ""

    def command(self, bench: Bench, means: Means, briefs: Sequence[str] = ()) -> list[str]:
        """Return the command line that prints these *briefs*, or all, each into one PDF."""
        own = str(means.python) if self.needs == "pandoc" else sys.executable
        program = {"": "", "pandoc": means.pandoc, "browser": means.browser}[self.needs] or ""
        inputs = (f"{brief}{self.ending}" for brief in briefs or bench.briefs)
        (out := self.pdfs(bench)).mkdir(exist_ok=True)
        return [*script("print", own), self.tool, str(bench.plain), str(out), program, *inputs]

    def pdfs(self, bench: Bench) -> Path:
        """Return the folder of its PDFs."""
        return bench.plain / re.sub(r"\W+", "-", self.name)


PEERS = (
    Peer(PLAIN, "weasyprint", ".html"),
    Peer("docma", "docma", ".zip", "pandoc"),
    Peer("pandoc, WeasyPrint", "pandoc-weasyprint", ".md", "pandoc"),
    Peer("pandoc, Typst", "pandoc-typst", ".md", "pandoc"),
    Peer("Typst", "typst", ".typ", "pandoc"),
    Peer("Chromium", "chromium", ".html", "browser"),
)
TEMPLATE = Peer("docma, its templates", "docma-template", "", "pandoc")  # which docma prints


def set_up(means: Means) -> None:
    """Install the packages of peers in a venv of their own, since they need others than those of Press.

    Raises:
        ConfigurationError: there is no network, or no package for this machine.
    """
    venv = means.python.parents[1]
    pip = [str(means.python), "-I", "-m", "pip", "--isolated", "--disable-pip-version-check"]
    options = ["--quiet", "--require-hashes", "--requirement", str(means.root / LOCK)]
    make = [sys.executable, "-I", "-m", "venv", "--clear", str(venv)]
    for command in (make, [*pip, "install", *options]):
        if signals.run(command).returncode:
            raise ConfigurationError(f"the packages of {LOCK} could not be installed")
    shutil.copy(means.root / LOCK, venv)


def lay_out(bench: Bench, means: Means) -> tuple[Peer, ...]:
    """Write what the peers that are there print, and return these."""
    if pandoc := means.pandoc:
        for path in SCRIPTS.glob("house.*"):
            shutil.copy(path, bench.plain)
        for brief in bench.briefs:
            _write(bench, brief, pandoc)
        spent(TEMPLATE.command(bench, means), bench.root)
    return tuple(peer for peer in PEERS if not peer.lacks(means))


def check(bench: Bench, peer: Peer) -> None:
    """Make sure that a *peer* has printed what the plain script has, which ran first.

    Raises:
        ConfigurationError: a PDF lacks the title, or has many words more or fewer.
    """
    for brief in bench.briefs:
        plain, its = (
            " ".join(page_texts(each.pdfs(bench) / f"{brief}.pdf")) for each in (PEERS[0], peer)
        )
        title = _title((bench.plain / f"{brief}.html").read_text("utf-8"))
        if _letters(title) not in _letters(its):
            raise ConfigurationError(f"{peer.name}: its PDF of {brief} lacks the title '{title}'")
        words, most = len(its.split()), len(plain.split())
        if not LEAST <= words / most <= MOST:
            what = f"its PDF of {brief} has {counted(words, 'word')}, that of {PLAIN} {most}"
            raise ConfigurationError(f"{peer.name}: {what}")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))  # lines may be divided, and spaces be of any kind


def _title(page: str) -> str:
    return html.unescape(re.findall(r"(?s)<title>(.*?)</title>", page)[0])


def _write(bench: Bench, brief: str, pandoc: str) -> None:
    """Write a brief as Markdown, as Typst and as a template of docma."""
    folder = bench.plain
    page = (folder / f"{brief}.html").read_text("utf-8")
    title = json.dumps(_title(page), ensure_ascii=False)
    simple, markdown = folder / f"{brief}-simple.html", str(folder / f"{brief}.md")
    simple.write_text(simplified(page, folder, brief), "utf-8")
    as_markdown = ["--to", f"markdown{NARROWED}", "--wrap=none", "--standalone"]
    spent([pandoc, str(simple), "--from", READ, *as_markdown, "--output", markdown], bench.root)
    body = f"{brief}-body.typ"
    spent([pandoc, markdown, "--to", "typst", "--output", str(folder / body)], bench.root)
    accent = re.findall(r"--accent: *(#\w+)", page)[0]
    head = f'#import "house.typ": house\n#show: house.with({title}, "{accent}")\n'
    (folder / f"{brief}.typ").write_text(f'{head}#include "{body}"\n', "utf-8")
    (template := folder / brief).mkdir()
    (template / "page.html").write_text(f"{{% raw %}}{page}{{% endraw %}}", "utf-8")
    facts = "id: brief\nowner: Press\nversion: 1.0.0\ndocuments: [page.html]\nparameters: {defaults: {locale: en}}\n"
    settings = f"{facts}description: {title}\nmetadata: {{title: {title}}}\n"
    (template / "config.yaml").write_text(settings, "utf-8")


def simplified(page: str, folder: Path, brief: str) -> str:
    """Return a *page* as an author would type it: its words, tables and figures, less classes and links to notes.

    Its drawings are written beside it, into *folder*.
    """
    parts = re.split(r"(?s)(<svg.*?</svg>)", re.sub(r"(?s)<style.*?</style>|\u2060", "", page))
    for number in range(1, len(parts), 2):
        name = f"{brief}-{number // 2 + 1}.svg"
        (folder / name).write_text(parts[number], "utf-8")
        parts[number] = f'<p><img src="{name}" alt="Figure"></p>'
    text = re.sub(r'<meta name="(?!author)[^>]*>', "", "".join(parts))
    text = re.sub(r"<(/?)figcaption|<(/?)figure", r"<\1\2div", text)
    text = re.sub(
        r'<(?!meta|img|html)(\w+)\b(?: [^>]*?( href="http[^"]*"))?[^>]*>', r"<\1\2>", text
    )
    return re.sub(r"(?s)<a>(.*?)</a>", r"\1", text)
