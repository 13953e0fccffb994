"""How press/ hangs together: each layer imports from below, each library has one gate."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

# The gates: the one module (or package) of press/ that imports a library, whatever it is for.
GATES = {
    "PIL": "images",
    "babel": "language",
    "botocore": "publish",
    "cyclonedx": "release",
    "dkim": "mail",
    "email_validator": "mail",
    "fontTools": "fonts",
    "fsspec": "publish",
    "invoke": "program",
    "jinja2": "compose",
    "keyring": "mail",
    "markdown_it": "text",
    "markupsafe": "compose",
    "packageurl": "release",
    "paramiko": "publish",
    "playwright": "pictures",
    "pypdfium2": "pdf",
    "pyphen": "language",
    "rich": "display",
    "s3fs": "publish",
    "segno": "symbols",
    "vl_convert": "figures",
    "weasyprint": "pdf",
    "yaml": "reader",
}
FREE = {"pydantic", "pydantic_core"}  # the models are made of it, wherever they stand


class Import(NamedTuple):
    """One import: where it stands, and the dotted name that it asks for."""

    path: Path
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: imports {self.name}"


def layers(table: Path = ROOT / "pyproject.toml") -> list[set[str]]:
    """Return the layers that pyproject.toml states, lowest first."""
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


def part(path: Path) -> str:
    """Return the module or package of press/ that the file *path* belongs to."""
    return path.parts[1].removesuffix(".py")


def faults(root: Path, order: list[set[str]]) -> Iterator[str]:
    """Yield what stands against the table of the layers or against that of the gates."""
    height = {name: level for level, names in enumerate(order) for name in names}
    parts = {part(path.relative_to(root)) for path in root.glob("press/**/*.py")}
    for name in sorted(parts - set(height) - {"__init__", "__main__"}):
        yield f"press/{name} has no place among the layers in pyproject.toml"
    for found in imports(root):
        here, (library, *inner) = part(found.path), found.name.split(".")
        if library == "press":
            there = next(iter(inner), "")
            same = here == there
            if {here, there} <= set(height) and not same and height[there] >= height[here]:
                yield f"{found}, but press.{here} lies no higher than press.{there}"
        elif library not in sys.stdlib_module_names | FREE and here != GATES.get(library):
            gate = f"is press.{GATES[library]}" if library in GATES else "has to be named in GATES"
            yield f"{found}, but the gate to {library} {gate}"


def test_each_import_goes_down_and_through_its_gate() -> None:
    """No module imports what lies above it, nor a library that another module is the gate to."""
    assert any(found.path == Path("press/cli/program.py") for found in imports(ROOT))
    assert not list(faults(ROOT, layers()))


def test_each_library_has_a_gate() -> None:
    """What a user's tasks need is known to the table, so that a new library is not everyone's."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    modules = {
        "cyclonedx-python-lib": "cyclonedx",
        "dkimpy": "dkim",
        "email-validator": "email_validator",
        "markdown-it-py": "markdown_it",
        "pillow": "PIL",
        "PyYAML": "yaml",
        "vl-convert-python": "vl_convert",
    }
    named = [
        name for group in ("core", "delivery") for name in groups[group] if isinstance(name, str)
    ]
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
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, file: str, line: str, fault: str) -> None:
    """An import that goes up, sideways or past a gate is named."""
    path = tmp_path / "press" / file
    path.parent.mkdir(parents=True)
    path.write_text(f"{line}\n", encoding="utf-8")
    [said] = faults(tmp_path, [{"low"}, {"left", "right"}, {"high", "reader"}])
    assert fault in said


def test_what_goes_down_is_no_fault(tmp_path: Path) -> None:
    """An import from a lower layer, from the own package and through the own gate is right."""
    (tmp_path / "press" / "reader").mkdir(parents=True)
    text = "import yaml\nfrom press import low\nfrom press.content.reader import x\nfrom .y import z\n"
    (tmp_path / "press" / "reader" / "__init__.py").write_text(text, encoding="utf-8")
    assert not list(faults(tmp_path, [{"low"}, {"reader"}]))
