"""The schemas for editors are those of the models, files fit them, and each kind of block has its folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match

from press import checks
from press.build import catalogue
from press.content import library, reader
from press.content.model import Brief
from press.content.model.blocks import FigureBlock
from press.content.model.kinds import KINDS as ROWS
from press.content.scalar import Items, Keys, Scalar
from press.page import compose
from press.tools import schemas
from tests.support.editions import means
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = HERE.code / "schema"
EXAMPLES = HERE.templates / "catalogue"
LOOKS = [
    Brief.model_construct(label=label, accent=accent)
    for label, accent in (("For one", "#6b2a55"), ("For another", "#1f3f77"))
]
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
EXTRA = "Additional properties are not allowed ('{}' was unexpected)"
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")
FILES = [
    pytest.param(path, marks=marks)
    for folder, marks in ((HERE.content, pytest.mark.series), (HERE.templates, ()))
    for path in sorted(folder.rglob("*.yaml"))
    if "locale" not in path.parts
]


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


def misfits(name: str, value: object) -> list[str]:
    """Return where *value* does not fit the committed schema *name*, and why."""
    validator = Draft202012Validator(schema(name), format_checker=FormatChecker())
    errors = map(innermost, validator.iter_errors(value))
    return sorted(f"{error.json_path}: {error.message}" for error in errors)


def innermost(error: ValidationError) -> ValidationError:
    """Return the error within *error*, for one of several schemas, that comes nearest to fitting."""
    return innermost(best_match(error.context)) if error.context else error


@pytest.mark.parametrize("path", sorted(SCHEMAS.iterdir()), ids=lambda path: path.name)
def test_a_schema_is_one(path: Path) -> None:
    """It keeps to the words of JSON Schema."""
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


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
    assert misfits(kind(path), as_editor(tree)) == []


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("limits", "all: {}", []),
        ("limits", "all: {pages: 5}", []),
        ("limits", "all: {pages: five}", ["$.all.pages: 'five' is not of type 'integer'"]),
        ("limits", "al: {}", ["$: 'all' is a required property", f"$: {EXTRA.format('al')}"]),
        ("blocks", "a:\n  message: {text: 48}", []),
        (
            "blocks",
            "a:\n  message: {txt: x}",
            ["$.a.message: 'text' is a required property", f"$.a.message: {EXTRA.format('txt')}"],
        ),
        (
            "blocks",
            "a:\n  message: {text: x}\n  note: {text: x}",
            ["$.a: {'message': {'text': 'x'}, 'note': {'text': 'x'}} has too many"],
        ),
        ("blocks", "A:\n  message: {text: x}", ["$: 'A' does not match"]),
        (
            "blocks",
            "a:\n  ask: {text: x, by: 2027, basis: x}",
            ["$.a.ask.by: 2027 is not of type 'string'"],
        ),
        (
            "blocks",
            "a:\n  ask: {text: x, by: 2027-13, basis: x}",
            ["$.a.ask.by: '2027-13' does not match"],
        ),
        ("terms", "services: [baths]\nacronyms: [HIV]", []),
        ("terms", "numbers: {two: 2}", [f"$: {EXTRA.format('numbers')}"]),
    ],
)
def test_a_misfit_is_marked(tmp_path: Path, name: str, written: str, said: list[str]) -> None:
    """The schemas take what the reader takes, bare numbers too, and mark what it refuses."""
    path = tmp_path / "file.yaml"
    path.write_text(written, encoding="utf-8")
    tree, _ = reader.read(path, "file.yaml")
    marked = misfits(name, as_editor(tree))
    assert len(marked) == len(said)
    assert all(error.startswith(place) for error, place in zip(marked, said, strict=True)), marked


def test_a_note_may_have_several_lines(tmp_path: Path) -> None:
    """Neither the reader nor an editor minds a line break in a text that may have one."""
    text = (HERE.templates / "catalogue" / "claims" / "example.yaml").read_text("utf-8")
    path = tmp_path / "claims.yaml"
    path.write_text(
        text.replace("  use: ok\n", "  use: ok\n  note: |\n    one\n\n    two\n", 1), "utf-8"
    )
    tree, _ = reader.read(path, "claims.yaml")
    assert tree is not None
    assert "one\n\ntwo\n" in json.dumps(as_editor(tree)).encode().decode("unicode_escape")
    assert misfits("claims", as_editor(tree)) == []


@pytest.mark.parametrize(
    "folder", [EXAMPLES, pytest.param(HERE.content, marks=pytest.mark.series)], ids=shown
)
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
    """Template, style, examples and form for a post are in one folder, with what these two share."""
    folder = HERE.templates / "blocks" / name
    texts = "".join(path.read_text("utf-8") for path in folder.glob("*.j2"))
    wanted = {f"{name}.html.j2", f"{name}.css", "examples.yaml"}
    shared = set(re.findall(rf'"blocks/{name}/(\S+?)"', texts)) - wanted
    assert {path.name for path in folder.iterdir()} == wanted | shared | (
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
    page = catalogue.page(compose.Composer(HERE.template_folders), means(tmp_path), LOOKS).decode()
    examples = []
    for path in sorted(HERE.templates.glob("blocks/*/examples.yaml")):
        tree, _ = reader.read(path, shown(path))
        examples += [str(key) for key in tree or ()]
    assert len(examples) >= len(ROWS)
    shown_blocks = [
        name for name in re.findall(r'data-block="([^"]+)"', page) if name.startswith("example-")
    ]
    assert sorted(set(shown_blocks)) == sorted(f"{name}-{n}" for name in examples for n in (1, 2))
    assert all(f".look--{n}{{--accent:{look.accent};" in page for n, look in enumerate(LOOKS, 1))
    assert all(f"{name}:\n" in page for name in examples)  # as they are typed
    assert len(page) < 400_000
    assert set(re.findall(r'class="figure figure--(\w+)"', page)) == set(FigureBlock.forms)
    assert "asset:" not in page
