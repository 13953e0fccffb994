"""The schemas for editors are those of the models, files fit them, and each kind of block has its folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from press import checks
from press.build import catalogue
from press.build import figure_drawings as drawings
from press.content import library, reader
from press.content.model.blocks import Figure
from press.content.model.kinds import KINDS as ROWS
from press.content.scalar import Items, Keys, Scalar
from press.page import compose
from press.tools import schemas
from tests.support.folders import HERE, apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCHEMAS = HERE.code / "schema"
EXAMPLES = HERE.templates / "catalogue"
LOOKS = (catalogue.Look("For one", "#6b2a55"), catalogue.Look("For another", "#1f3f77"))
COMMENT = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
KINDS = {  # the folder or the stem of a file -> its schema
    "series": "series",
    "limits": "limits",
    "terms": "terms",
    "sources": "source",
    "briefs": "brief",
    "claims": "claims",
    "blocks": "blocks",
}
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")
FILES = sorted(
    path
    for folder in (HERE.content, HERE.templates)
    for path in folder.rglob("*.yaml")
    if "locale" not in path.parts
)


def shown(path: Path) -> str:
    """Return *path* as the name of a case."""
    return path.relative_to(HERE.root).as_posix()


def kind(path: Path) -> str:
    """Return the kind of file that *path* is."""
    if path.name == "examples.yaml":
        return "blocks"
    return KINDS[path.stem if path.stem in {"series", "limits"} else path.parent.name]


def schema(name: str) -> dict[str, Any]:
    """Return a committed schema."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return found


def as_editor(value: object) -> Any:  # noqa: ANN401 - JSON
    """Return a tree as an editor reads it, in which a plain 48 is a number."""
    if isinstance(value, Keys):
        return {str(key): as_editor(inner) for key, inner in value.items()}
    if isinstance(value, Items):
        return [as_editor(inner) for inner in value]
    if isinstance(value, Scalar):
        return json.loads(value) if value.plain and NUMBER.fullmatch(value) else str(value)
    return value


TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "null": lambda value: value is None,
}
RULES: dict[str, Callable[[Any, Any], bool]] = {  # what holds where the value is of its type
    "type": lambda want, value: any(
        TYPES[one](value) for one in ([want] if isinstance(want, str) else want)
    ),
    "const": lambda want, value: want == value,
    "enum": lambda want, value: value in want,
    "pattern": lambda want, value: not isinstance(value, str) or bool(re.search(want, value)),
    "minimum": lambda want, value: not TYPES["number"](value) or value >= want,
    "maximum": lambda want, value: not TYPES["number"](value) or value <= want,
    "minItems": lambda want, value: not isinstance(value, list) or len(value) >= want,
    "maxItems": lambda want, value: not isinstance(value, list) or len(value) <= want,
    "minProperties": lambda want, value: not isinstance(value, dict) or len(value) >= want,
    "maxProperties": lambda want, value: not isinstance(value, dict) or len(value) <= want,
    "required": lambda want, value: not isinstance(value, dict) or set(want) <= value.keys(),
    "format": lambda want, value: want == "date" and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
}
INNER = {"$ref", "anyOf", "items", "properties", "patternProperties", "additionalProperties"}
SAID = {"$defs", "$schema", "default", "description", "title"}


def misfits(rule: Any, value: Any, root: dict[str, Any], at: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield where *value* does not fit a schema: those words of JSON Schema that ours are written in."""
    if rule is False:
        yield f"{at}: not allowed"
    if isinstance(rule, bool):
        return
    unknown = rule.keys() - RULES.keys() - INNER - SAID - {"propertyNames"}
    assert not unknown
    for word in rule.keys() & RULES.keys():
        if not RULES[word](rule[word], value):
            yield f"{at}: {word}"
    if "$ref" in rule:
        yield from misfits(root["$defs"][rule["$ref"].rpartition("/")[2]], value, root, at)
    if "anyOf" in rule:
        tried = [list(misfits(one, value, root, at)) for one in rule["anyOf"]]
        yield from [] if [] in tried else min(tried, key=len)
    for one, inner, below in inside(rule, value):
        yield from misfits(one, inner, root, at + below)


def inside(rule: dict[str, Any], value: Any) -> Iterator[tuple[Any, Any, str]]:  # noqa: ANN401
    """Yield what *value* holds, with the schema that it has to fit and how it is reached."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield rule.get("items", True), inner, f"[{number}]"
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield rule.get("propertyNames", True), key, f".{key}"
        yield from ((one, inner, f".{key}") for one in rules_for(rule, key))


def rules_for(rule: dict[str, Any], key: str) -> list[Any]:
    """Return the schemas that the value under *key* has to fit."""
    named = [rule["properties"][key]] if key in rule.get("properties", ()) else []
    named += [
        one for name, one in rule.get("patternProperties", {}).items() if re.search(name, key)
    ]
    return named or [rule.get("additionalProperties", True)]


def test_the_schemas_are_those_of_the_models() -> None:
    """What editors are told is what the reader holds to, file for file."""
    made = schemas.schemas()
    committed = {path.name: path.read_text("utf-8") for path in SCHEMAS.iterdir()}
    assert sorted(committed) == sorted(made)
    stale = [name for name, text in made.items() if committed[name] != text]
    assert not stale, f"not what the models give: {stale}; run python -m press.tools.schemas"


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_file_names_its_schema(path: Path) -> None:
    """The first line leads an editor to the schema of this kind of file."""
    first = COMMENT.match(path.read_text("utf-8"))
    assert first
    assert (path.parent / first[1]).resolve() == SCHEMAS / f"{kind(path)}.json"


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_file_fits_its_schema(path: Path) -> None:
    """An editor marks nothing in a file that the reader takes."""
    tree, problems = reader.read(path, shown(path))
    assert (tree is not None, problems) == (True, ())
    root = schema(kind(path))
    assert list(misfits(root, as_editor(tree), root)) == []


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("limits", "all: {}", []),
        ("limits", "all: {pages: 5}", []),
        ("limits", "all: {pages: five}", [".all.pages: type"]),
        ("limits", "al: {}", [": required", ".al: not allowed"]),
        ("blocks", "a:\n  message: {text: 48}", []),
        (
            "blocks",
            "a:\n  message: {txt: x}",
            [".a.message.txt: not allowed", ".a.message: required"],
        ),
        ("blocks", "a:\n  message: {text: x}\n  note: {text: x}", [".a: maxProperties"]),
        ("blocks", "A:\n  message: {text: x}", [".A: not allowed"]),
        ("blocks", "a:\n  ask: {text: x, by: 2027, basis: x}", [".a.ask.by: type"]),
        ("blocks", "a:\n  ask: {text: x, by: 2027-13, basis: x}", [".a.ask.by: pattern"]),
        ("terms", "numbers: {two: 2}\nfractions: {half: 1/2}\nmultiples: [twice]", []),
    ],
)
def test_a_misfit_is_marked(tmp_path: Path, name: str, written: str, said: list[str]) -> None:
    """The schemas take what the reader takes, bare numbers too, and mark what it refuses."""
    path = tmp_path / "file.yaml"
    path.write_text(written, encoding="utf-8")
    tree, _ = reader.read(path, "file.yaml")
    root = schema(name)
    assert sorted(misfits(root, as_editor(tree), root)) == sorted(said)


def test_a_note_may_have_several_lines(tmp_path: Path) -> None:
    """Neither the reader nor an editor minds a line break in a text that may have one."""
    text = (HERE.templates / "catalogue" / "claims" / "example.yaml").read_text("utf-8")
    path = tmp_path / "claims.yaml"
    path.write_text(
        text.replace("  use: ok\n", "  use: ok\n  note: |\n    one\n\n    two\n", 1), "utf-8"
    )
    tree, _ = reader.read(path, "claims.yaml")
    root = schema("claims")
    assert tree is not None
    assert "one\n\ntwo\n" in json.dumps(as_editor(tree)).encode().decode("unicode_escape")
    assert list(misfits(root, as_editor(tree), root)) == []


@pytest.mark.parametrize("folder", [HERE.content, EXAMPLES], ids=shown)
def test_a_folder_of_content_is_read_without_a_fault(folder: Path) -> None:
    """The reader and the models take each file of it."""
    more = sorted(HERE.templates.glob("blocks/*/examples.yaml"))
    also = [(path, shown(path)) for path in more] if folder == EXAMPLES else []
    read = library.load(folder, shown(folder), also)
    faults = [*read.faults, *checks.of_library(read, HERE.fonts)]
    assert [str(fault.problem) for fault in faults if fault.problem.severity == "error"] == []
    assert read.blocks
    assert read.claims


@pytest.mark.parametrize("name", ROWS)
def test_a_kind_of_block_has_its_folder(name: str) -> None:
    """Template, style, examples and form for a post are in one folder, and the examples are of that kind."""
    folder = HERE.templates / "blocks" / name
    wanted = {f"{name}.html.j2", f"{name}.css", "examples.yaml"}
    assert {path.name for path in folder.iterdir()} == wanted | (
        set() if ROWS[name].row_of else {"post.html.j2"}
    )
    tree, _ = reader.read(folder / "examples.yaml", "examples.yaml")
    assert tree
    assert {str(key) for example in tree.values() for key in example} == {name}  # type: ignore[attr-defined]


def test_there_is_no_folder_without_a_kind() -> None:
    """A template that nothing fills is not left behind."""
    assert {path.name for path in (HERE.templates / "blocks").iterdir()} == set(ROWS)


def test_the_catalogue_shows_every_example(tmp_path: Path) -> None:
    """Each example is on the page, in every form that a figure has, and needs no other file."""
    studio = drawings.Studio(apart(tmp_path), "code", "fonts")
    page = catalogue.page(compose.Composer(HERE.templates), studio, LOOKS).decode()
    examples = []
    for path in sorted(HERE.templates.glob("blocks/*/examples.yaml")):
        tree, _ = reader.read(path, shown(path))
        examples += [str(key) for key in tree or ()]
    assert len(examples) >= len(ROWS)
    shown_blocks = [
        name for name in re.findall(r'data-block="([^"]+)"', page) if name.startswith("example-")
    ]
    assert sorted(shown_blocks) == sorted(f"{name}-{n}" for name in examples for n in (1, 2))
    assert all(f".look--{n}{{--accent:{look.accent};" in page for n, look in enumerate(LOOKS, 1))
    assert all(f"{name}:\n" in page for name in examples)  # as they are typed
    assert len(page) < 400_000
    assert set(re.findall(r'class="figure figure--(\w+)"', page)) == set(Figure.forms)
    assert "asset:" not in page
