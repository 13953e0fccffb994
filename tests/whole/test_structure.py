"""How press/ hangs together: rooms import from below, no circles, one gate for each library."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]

# The gates: the one module (or package) of press/ that imports a library, whatever it is for. Tools for
# developers, which no build needs, may use what they like of these.
GATES = {
    "PIL": "content.pictures",
    "babel": "edition.language",
    "bibtexparser": "ingest.record",
    "botocore": "deliver.publish",
    "cryptography": "deliver.mail.dkim_signing",
    "cyclonedx": "release.freeze",
    "distributed": "print.cluster",
    "email_validator": "deliver.mail",
    "fontTools": "page.fonts",
    "fsspec": "deliver.publish",
    "invoke": "cli",
    "jinja2": "page.compose",
    "keyring": "deliver.mail",
    "mammoth": "ingest.word",
    "markdown_it": "ingest.markdown",
    "markupsafe": "page",
    "packageurl": "release.freeze",
    "paramiko": "deliver.publish",
    "pdfminer": "ingest.pdf",
    "pikepdf": "print.proof",
    "playwright": "tools.looks",
    "pydyf": "print.accessible.tags",
    "pypdfium2": "print.pdf",
    "pyphen": "edition.language",
    "rich": "cli.display",
    "rispy": "ingest.record",
    "s3fs": "deliver.publish",
    "segno": "page.qr",
    "shapefile": "ingest.new_map",
    "shapely": "ingest.new_map",
    "sphinx": "tools.docs_site",
    "starlette": "preview.server",
    "tinycss2": "page.style_faults",
    "tinyhtml5": "ingest.web_page",
    "uvicorn": "preview.server",
    "vl_convert": "page.vega",
    "watchfiles": "preview.watch",
    "weasyprint": "print",
    "yaml": "content.reader",
}
EDGES = {"cli", "tools"}  # the rooms where a task begins
FREE = {"pydantic", "pydantic_core"}  # the models are made of it, wherever they stand


PLURAL = re.compile(r"\{(?:len|sum)\([^{}]*\)\} (?:more )?(?!is\b|has\b|was\b|times\b)[a-z]+s\b")


def test_a_number_of_things_is_written_by_one_function() -> None:
    """It knows one from many."""
    assert PLURAL.search('f"{len(names)} files"')
    sources = {path: path.read_text("utf-8") for path in (ROOT / "press").rglob("*.py")}
    wrong = {path.name: PLURAL.findall(text) for path, text in sources.items()}
    assert not {name: found for name, found in wrong.items() if found}, "use press.problems.counted"


class Import(NamedTuple):
    """One import: where it stands, and the dotted name that it asks for."""

    path: Path
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: imports {self.name}"


def layers(table: Path = ROOT / "pyproject.toml") -> list[set[str]]:
    """Return the rooms that pyproject.toml states, lowest first."""
    [contract] = tomllib.loads(table.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return [{name.strip(" ()") for name in line.split("|")} for line in contract["layers"]][::-1]


def imports(root: Path) -> Iterator[Import]:
    """Yield every import of the package press below *root*, those inside functions too."""
    for path in sorted(root.glob("press/**/*.py")):
        shown = path.relative_to(root)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (Import(shown, node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                package = [*shown.parts[: len(shown.parts) - node.level]] if node.level else []
                base = ".".join([*package, *filter(None, [node.module])])
                yield from (
                    Import(shown, node.lineno, f"{base}.{alias.name}") for alias in node.names
                )


def module(path: Path) -> str:
    """Return the dotted name of the module in the file *path*, less 'press.'."""
    return ".".join(path.with_suffix("").parts[1:]).removesuffix("__init__").rstrip(".")


def room(name: str) -> str:
    """Return the room of press/ that the module called *name* belongs to."""
    return name.partition(".")[0]


def faults(root: Path, order: list[set[str]]) -> Iterator[str]:
    """Yield what breaks the table of the rooms, what makes a circle, and what goes past a gate."""
    height = {name: level for level, names in enumerate(order) for name in names}
    modules = {module(path.relative_to(root)) for path in root.glob("press/**/*.py")} - {""}
    for name in sorted({room(name) for name in modules} - set(height) - {"__main__"}):
        yield f"press/{name} has no place among the layers in pyproject.toml"
    arrows: dict[str, set[str]] = {}
    for found in imports(root):
        here, (library, *inner) = module(found.path), found.name.split(".")
        if library == "press":
            there = ".".join(inner) if ".".join(inner) in modules else ".".join(inner[:-1])
            arrows.setdefault(here, set()).add(there)
            yield from upward(found, room(here), inner[0], height)
        elif library not in sys.stdlib_module_names | FREE:
            gate = GATES.get(library)
            if gate is None or not (f"{here}.".startswith(f"{gate}.") or room(here) == "tools"):
                way = f"is press.{gate}" if gate else "has to be named in GATES"
                yield f"{found}, but the gate to {library} {way}"
    yield from circles(arrows)


def upward(found: Import, here: str, there: str, height: Mapping[str, int]) -> Iterator[str]:
    """Yield the fault of an import from a room that lies no lower."""
    if {here, there} <= set(height) and here != there and height[there] >= height[here]:
        yield f"{found}, but press.{here} lies no higher than press.{there}"


def circles(arrows: dict[str, set[str]]) -> Iterator[str]:
    """Yield the first circle of modules, or nothing."""
    order = TopologicalSorter({name: there - {name, ""} for name, there in arrows.items()})
    try:
        order.prepare()
    except CycleError as error:
        yield "a circle of imports: " + " -> ".join(error.args[1][::-1])


def test_each_import_goes_down_and_through_its_gate() -> None:
    """No module imports what lies above it, nor a library that another module is the gate to."""
    assert any(found.path == Path("press/cli/program.py") for found in imports(ROOT))
    assert not list(faults(ROOT, layers()))


def test_each_library_has_a_gate() -> None:
    """What a user's tasks need is known to the table, so that a new library is not everyone's."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    modules = {
        "cyclonedx-python-lib": "cyclonedx",
        "email-validator": "email_validator",
        "markdown-it-py": "markdown_it",
        "pdfminer.six": "pdfminer",
        "pillow": "PIL",
        "PyYAML": "yaml",
        "vl-convert-python": "vl_convert",
    }
    pins = [
        *project["dependencies"],
        *extras["ingest"],
        *extras["delivery"][1:],
        *extras["preview"][1:],
        *extras["cluster"][1:],
    ]
    named = [pin.partition("==")[0] for pin in pins]
    assert {modules.get(name, name) for name in named} <= {*GATES, *FREE}


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("low.py", "from press import high", "but press.low lies no higher than press.high"),
        ("low.py", "from press.high import x", "but press.low lies no higher than press.high"),
        ("low.py", "from .high import x", "but press.low lies no higher than press.high"),
        ("low.py", "import press.high.x", "but press.low lies no higher than press.high"),
        ("low.py", "def f():\n  import yaml", "but the gate to yaml is press.content.reader"),
        ("low.py", "import numpy", "but the gate to numpy has to be named in GATES"),
        ("low/inner.py", "from PIL import Image", "but the gate to PIL is press.content.pictures"),
        ("left.py", "import press.right", "but press.left lies no higher than press.right"),
        ("new.py", "", "press/new has no place among the layers"),
        ("low/a.py", "def f():\n  from press.low import b", "a circle of imports: low.a -> low.b"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, file: str, line: str, fault: str) -> None:
    """An import that goes up, sideways or past a gate is named."""
    path = tmp_path / "press" / file
    path.parent.mkdir(parents=True)
    path.write_text(f"{line}\n", encoding="utf-8")
    if path.parent.name == "low":
        (path.parent / "b.py").write_text("from press.low import a\n", encoding="utf-8")
    [said] = faults(tmp_path, [{"low"}, {"left", "right"}, {"high", "reader"}])
    assert fault in said


def test_what_goes_down_is_no_fault(tmp_path: Path) -> None:
    """An import from a lower room, from the own one and through the own gate is right."""
    (tmp_path / "press" / "content" / "reader").mkdir(parents=True)
    text = "import yaml\nfrom press import low\nfrom press.content.reader import y\n"
    (tmp_path / "press" / "content" / "reader" / "__init__.py").write_text(text, encoding="utf-8")
    (tmp_path / "press" / "content" / "reader" / "y.py").write_text("", encoding="utf-8")
    assert not list(faults(tmp_path, [{"low"}, {"content"}]))


def test_folders_are_a_value() -> None:
    """Only the edge asks where the project lies; all below it is given its folders."""
    asked = {
        path.relative_to(ROOT / "press").as_posix(): [
            word for word in ("Folders.here()", "__file__") if word in path.read_text("utf-8")
        ]
        for path in (ROOT / "press").rglob("*.py")
    }
    for path in ("ground/paths.py", "page/style_faults.py", "rulebook.py"):
        assert asked.pop(path) == ["__file__"]  # of these, data lie beside the module
    assert asked["cli/doctor.py"] == ["Folders.here()"]
    below = {path: words for path, words in asked.items() if path.partition("/")[0] not in EDGES}
    assert len(below) > 100
    assert {path: words for path, words in below.items() if words} == {}


def test_no_language_speaks_for_another() -> None:
    """Words of all languages together would free in one what another has; each is looked up by its code."""
    code = {path: path.read_text("utf-8") for path in (ROOT / "press").rglob("*.py")}
    assert any("LANGUAGES[" in text for text in code.values())
    joined = re.compile(r"LANGUAGES\.(?:values|items)\(")
    assert [str(path) for path, text in code.items() if joined.search(text)] == []


ATOMIC = re.compile(r"\(\?>|(?:(?<!\()\)|\\\d|\})(?:[*+?]|\{+[\d,]+\}+)\+")


def test_no_pattern_holds_fast_what_a_group_has_matched() -> None:
    r"""The Python of Debian 12, 3.11.2, takes `(...)*+`, `\1++` and `(?>...)` amiss; of a set of signs `+` is sound."""
    for pattern in (r"(?:a|b)*+c", r"(a){2,}+", r"(a)\1++", "(?>a|b)", 'rf"{WORD}*+x"'):
        assert ATOMIC.search(pattern)
    sources = {path.name: path.read_text("utf-8") for path in (ROOT / "press").rglob("*.py")}
    wrong = {name: found for name, text in sources.items() if (found := ATOMIC.findall(text))}
    assert wrong == {}, "repeat a set of characters, or let the group go back where that stays fast"


def test_messages_name_files_from_the_folder_of_the_series() -> None:
    """Only in a clone is that folder called content; a release calls it so in its list of inputs."""
    named = re.compile(r"(?<![\w/])content/[\w{]")
    assert named.search('f"there is no content/images/{file}"')
    code = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "press").rglob("*.py")}
    rules = {"press/rules.toml": ROOT / "press/rules.toml", "tasks.py": ROOT / "tasks.py"}
    found = [name for name, path in (code | rules).items() if named.search(path.read_text("utf-8"))]
    assert {
        name for name in found if not name.startswith(("press/release/freeze/", "press/tools/"))
    } == set()
