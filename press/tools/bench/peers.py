"""List the tools that people would use in place of Press, and lay out for each the same briefs as its input."""

import html
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from press.cli.doctor import program
from press.ground.paths import Folders
from press.problems import ConfigurationError, counted
from press.tools.bench.content import Bench

PLAIN = "plain WeasyPrint"
LOCK = "requirements/bench.lock"
INPUTS = Path(__file__).with_name("inputs")  # the look that other tools give a brief
READ = "html-native_divs-native_spans"
NARROWED = "-header_attributes-link_attributes-simple_tables-multiline_tables-grid_tables-smart"
LEAST, MOST = 0.85, 1.15  # words of a peer's PDF, as a share of those of the plain script's

# Each script gets the folder for its PDFs, the program that it starts or '', and the inputs.
HEAD = """\
import pathlib, subprocess, sys
out, program, *inputs = sys.argv[1:]
def each():
    for name in inputs:
        yield name, str(pathlib.Path(out, pathlib.Path(name).stem + ".pdf"))
"""
WEASYPRINT = """\
from weasyprint import HTML
for name, pdf in each():
    HTML(filename=name).write_pdf(pdf, pdf_tags=True)
"""
DOCMA = """\
from docma import render_template_to_pdf
for name, pdf in each():
    render_template_to_pdf(name, {}).write(pdf)
"""
PANDOC_WEASYPRINT = """\
engine = str(pathlib.Path(sys.executable).with_name("weasyprint"))
for name, pdf in each():
    given = ["--css", "house.css", "--pdf-engine", engine, "--pdf-engine-opt=--pdf-tags"]
    subprocess.run([program, name, "--output", pdf, *given], check=True)
"""
PANDOC_TYPST = """\
import typst
for name, pdf in each():
    source = name + ".typ"
    given = ["--standalone", "--variable", "papersize=a4", "--variable", "mainfont=Press Serif"]
    subprocess.run([program, name, "--to", "typst", "--output", source, *given], check=True)
    typst.compile(source, output=pdf, font_paths=["../templates/fonts"])
"""
TYPST = """\
import typst
for name, pdf in each():
    typst.compile(name, output=pdf, font_paths=["../templates/fonts"])
"""
CHROMIUM = """\
for name, pdf in each():
    given = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([program, *given, "--print-to-pdf=" + pdf, name], check=True)
"""
PLAYWRIGHT = """\
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    page = browser.new_page()
    for name, pdf in each():
        page.goto(pathlib.Path(name).absolute().as_uri())
        page.pdf(path=pdf, prefer_css_page_size=True, print_background=True, tagged=True)
    browser.close()
"""
TEMPLATE = """\
import pathlib, sys, docma
for name in sys.argv[1:]:
    docma.compile_template(name, name + ".zip")
"""


@dataclass(frozen=True)
class Peer:
    """A tool that makes PDFs of the same briefs."""

    name: str
    script: str
    ending: str  # of its inputs
    group: bool = False  # it runs in the Python of the optional group
    program: Callable[[], str | None] = str  # that the script starts; None where it is missing

    @property
    def lacks(self) -> str:
        """What would bring it, '' where it is there."""
        if self.group and not python().exists():
            return f"./inv bench --peers sets up {LOCK}, with the network"
        if self.program() is None:
            return "./inv doctor names the package of the browser"
        return ""

    def command(self, bench: Bench, briefs: tuple[str, ...] = ()) -> list[str]:
        """Return the command line that prints these *briefs*, or all, each into one PDF."""
        own = str(python() if self.group else sys.executable)
        inputs = (f"{brief}{self.ending}" for brief in briefs or bench.briefs)
        (out := self.pdfs(bench)).mkdir(exist_ok=True)
        script = f"import os; os.chdir({str(bench.plain)!r})\n{HEAD}{self.script}"
        return [own, "-I", "-X", "utf8", "-c", script, str(out), self.program() or "", *inputs]

    def pdfs(self, bench: Bench) -> Path:
        """Return the folder of its PDFs."""
        return bench.plain / re.sub(r"\W+", "-", self.name)


def python() -> Path:
    """Return the Python of the optional group, which is there once it is set up."""
    return Folders.here().root / ".press" / "peers" / "bin" / "python"


def browser() -> str | None:
    """Return the path of a browser."""
    return program("browser")


def pandoc() -> str | None:
    """Return the path of pandoc in the optional group."""
    found = python().parents[1].glob("lib/python3*/site-packages/pypandoc/files/pandoc")
    return next(map(str, found), None)


PEERS = (
    Peer(PLAIN, WEASYPRINT, ".html"),
    Peer("docma", DOCMA, ".zip", group=True),
    Peer("pandoc, WeasyPrint", PANDOC_WEASYPRINT, ".md", group=True, program=pandoc),
    Peer("pandoc, Typst", PANDOC_TYPST, ".md", group=True, program=pandoc),
    Peer("Typst", TYPST, ".typ", group=True, program=pandoc),
    Peer("Chromium", CHROMIUM, ".html", program=browser),
    Peer("Chromium, kept open", PLAYWRIGHT, ".html", program=browser),
)


def set_up(root: Path) -> None:
    """Install the optional group in a venv of its own: its packages need others than those of Press.

    Raises:
        ConfigurationError: there is no network, or no package for this machine.
    """
    venv = python().parents[1]
    pip = [str(python()), "-I", "-m", "pip", "--isolated", "--disable-pip-version-check"]
    install = [*pip, "install", "--quiet", "--require-hashes", "--requirement", str(root / LOCK)]
    for command in ([sys.executable, "-I", "-m", "venv", "--clear", str(venv)], install):
        if subprocess.run(command, check=False).returncode:
            raise ConfigurationError(f"the packages of {LOCK} could not be installed")


def lay_out(bench: Bench) -> tuple[Peer, ...]:
    """Write what the peers that are there print, and return these."""
    if converter := pandoc():
        for path in INPUTS.iterdir():
            (bench.plain / path.name).write_bytes(path.read_bytes())
        for brief in bench.briefs:
            _write(bench.plain, brief, converter)
        folders = [str(bench.plain / brief) for brief in bench.briefs]
        compile_them = [str(python()), "-I", "-c", TEMPLATE, *folders]
        subprocess.run(compile_them, check=True, capture_output=True)
    return tuple(peer for peer in PEERS if not peer.lacks)


def check(bench: Bench, peer: Peer) -> None:
    """Make sure that a *peer* has printed what the plain script has, which ran first.

    Raises:
        ConfigurationError: a PDF lacks the title, or has many words more or fewer.
    """
    for brief in bench.briefs:
        first, its = (_words(each.pdfs(bench) / f"{brief}.pdf") for each in (PEERS[0], peer))
        title = _title((bench.plain / f"{brief}.html").read_text("utf-8"))
        if _letters(title) not in _letters(" ".join(its)):
            raise ConfigurationError(f"{peer.name}: its PDF of {brief} lacks the title '{title}'")
        if not LEAST <= len(its) / len(first) <= MOST:
            raise ConfigurationError(
                f"{peer.name}: its PDF of {brief} has {counted(len(its), 'word')}, that of {PLAIN} {len(first)}"
            )


def _words(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(texts).split()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))  # lines may be divided, and spaces be of any kind


def _title(page: str) -> str:
    return html.unescape(re.findall(r"(?s)<title>(.*?)</title>", page)[0])


def _write(folder: Path, brief: str, converter: str) -> None:
    """Write a brief as Markdown, as Typst and as a template of docma."""
    page = (folder / f"{brief}.html").read_text("utf-8")
    told = json.dumps(_title(page), ensure_ascii=False)
    to = ["--to", f"markdown{NARROWED}", "--wrap=none", "--standalone"]
    markdown = _piped([converter, "--from", READ, *to], simplified(page, folder, brief))
    (folder / f"{brief}.md").write_text(markdown, "utf-8")
    accent = re.findall(r"--accent: *(#\w+)", page)[0]
    head = f'#import "house.typ": house\n#show: house.with({told}, "{accent}")\n'
    body = _piped([converter, "--from", "markdown", "--to", "typst"], markdown)
    (folder / f"{brief}.typ").write_text(head + body, "utf-8")
    (template := folder / brief).mkdir()
    (template / "page.html").write_text(f"{{% raw %}}{page}{{% endraw %}}", "utf-8")
    facts = "id: brief\nowner: Press\nversion: 1.0.0\ndocuments: [page.html]\nparameters: {defaults: {locale: en}}\n"
    settings = f"{facts}description: {told}\nmetadata: {{title: {told}}}\n"
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
    text = re.sub(r'<(?!meta|img|html)(\w+)\b(?: [^>]*?( href="http[^"]*"))?[^>]*>', r"<\1\2>", text)
    return re.sub(r"(?s)<a>(.*?)</a>", r"\1", text)


def _piped(command: list[str], text: str) -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return done.stdout
