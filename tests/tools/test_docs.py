"""The site of the docs: a page for every key and rule, examples that are right, links that lead somewhere, offline."""

from __future__ import annotations

import importlib.util
import re
import shutil
import tomllib
from typing import TYPE_CHECKING, Annotated, Any, get_args

import pytest
import yaml
from playwright.sync_api import sync_playwright
from pydantic import BaseModel, TypeAdapter

from press.content import reader
from press.content.model import Brief, Claim, Limits, Mail, Series, Source, Terms
from press.content.model.kinds import MODELS as OF_BLOCKS
from press.problems import RefusedError
from press.rulebook import rules
from press.tools import docs_site, keys, schemas
from tests.support.absence import absent
from tests.support.folders import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# MyST calls what Sphinx is going to take away; both are pinned
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*Check CHANGES for Sphinx:PendingDeprecationWarning"
)
TABLE = tomllib.loads((HERE.code / "keys.toml").read_text("utf-8"))


def models() -> set[type[BaseModel]]:
    """Return all models that an author fills in."""
    found = set[type[BaseModel]]()
    new: set[type[BaseModel]] = {
        Series,
        Limits,
        Terms,
        Source,
        Claim,
        Brief,
        Mail,
        *OF_BLOCKS.values(),
    }
    while new:
        found |= new
        fields = [field for model in new for field in model.model_fields.values()]
        new = {model for field in fields for model in inside(field.annotation)} - found
    return found


def inside(hint: object) -> Iterator[type[BaseModel]]:
    """Yield the models in a type."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for part in get_args(hint):
        yield from inside(part)


MODELS = sorted(models(), key=lambda model: f"{model.__module__}.{model.__name__}")


@pytest.mark.parametrize(
    "model", MODELS, ids=lambda model: f"{model.__module__.rpartition('.')[2]}.{model.__name__}"
)
def test_the_example_of_a_key_is_right(tmp_path: Path, model: type[BaseModel]) -> None:
    """The reader and the model take what the docs and an editor show; what has no example lists what it takes."""
    rows = keys.keys(model)
    examples = {name: key.example for name, key in rows.items() if key.example}
    file = tmp_path / "file.yaml"
    file.write_text("".join(f"{name}: {text}\n" for name, text in examples.items()) or "a: b\n")
    tree, problems = reader.read(file, "file.yaml")
    assert (tree is not None, problems) == (True, ())
    for name, field in model.model_fields.items():
        hint: Any = (
            Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        )
        if name in examples:
            TypeAdapter(hint).validate_python((tree or {})[name])  # type: ignore[index]
        else:
            assert set(inside(field.annotation)) or closed(field.annotation), (
                f"{name} has no example"
            )


def closed(hint: Any) -> bool:  # noqa: ANN401 - a type
    """Return True if a type lists all that it takes."""
    parts = [hint.__origin__] if hasattr(hint, "__metadata__") else get_args(hint)
    if not parts:
        return hint is bool or hint is type(None) or isinstance(hint, str | bool)
    return all(map(closed, parts))


def test_no_row_explains_a_key_that_there_is_not() -> None:
    """A key that was renamed takes its row with it."""
    known = {
        (name, field)
        for model in MODELS
        for base in model.__mro__
        for name in (base.__name__, f"{base.__module__.rpartition('.')[2]}.{base.__name__}")
        for field in getattr(base, "model_fields", {})
    }
    assert len(known) > 300
    assert {(name, key) for name, row in TABLE.items() for key in row} <= known


@pytest.fixture(scope="module")
def sphinx() -> None:
    """Do not run a test where Sphinx is missing."""
    if importlib.util.find_spec("sphinx") is None:
        absent("needs Sphinx, which ./inv test sets up with a new .venv")


@pytest.fixture(scope="module")
def site(sphinx: None, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - it has to be there
    """Return the site, made."""
    folder = tmp_path_factory.mktemp("docs")
    docs_site.make(HERE.root, folder / "work", folder / "site")
    return folder / "site"


def test_each_rule_and_each_file_of_a_series_has_its_page(site: Path) -> None:
    """A page of a rule says what is refused and how it is kept; that of the briefs has the table of the sections."""
    assert {path.stem for path in (site / "rules").iterdir()} == set(rules())
    assert {path.stem for path in (site / "keys").iterdir()} == set(schemas.with_keys())
    assert "what no claim supports" not in (
        page := (site / "rules" / "number.html").read_text("utf-8")
    )
    assert "a number typed by hand" in page
    assert "Two keys" in page
    briefs = (site / "keys" / "brief.html").read_text("utf-8")
    assert re.search(r">country</span></code></p></td>\s*<td><p>the country in figures<", briefs)
    thresholds = (site / "keys" / "limits.html").read_text("utf-8")
    assert "a whole number from 0 to 1000000, in words" in thresholds


@pytest.mark.browser
def test_the_site_works_offline(site: Path, browser: str) -> None:
    """Opened from a disk, it asks for nothing else, and its search finds a page."""
    asked: list[str] = []
    with sync_playwright() as driver:
        engine = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = engine.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((site / "index.html").as_uri())
        page.goto((site / "search.html").as_uri() + "?q=typed+by+hand")
        page.wait_for_selector("#search-results a[href*='rules/number.html']")
        engine.close()
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith("file://")] == []


@pytest.mark.usefixtures("sphinx")
def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    """File and line are named, and the site that there was is kept."""
    for name in (*docs_site.PAPERS, *docs_site.FILES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE.root / name, tmp_path / name)
    shutil.copytree(HERE.root / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("site"))
    with (tmp_path / "docs" / "score.md").open("a") as page:
        page.write("\nSee [there](lost.md) and [here](writing.md#no-such-heading).\n")
    (tmp_path / "docs" / "alone.md").write_text("# No page leads here\n")
    kept = tmp_path / "docs" / "site" / "index.html"
    kept.parent.mkdir()
    kept.write_text("as it was")
    with pytest.raises(RefusedError) as refused:
        docs_site.make(tmp_path, tmp_path / "work", kept.parent)
    lines = str(refused.value).splitlines()[1:]
    assert sum("score.md:" in line for line in lines) == 2
    assert sum("alone.md" in line for line in lines) == 1
    assert len(lines) == 3, lines
    assert kept.read_text() == "as it was"


def test_the_workflow_to_copy_is_pinned_as_ours() -> None:
    """It can be read, takes no action that our own does not take, and asks for no right but to read."""
    text = (HERE.root / "docs" / "pull-requests.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    ours = (HERE.root / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    used = re.findall(r"uses: (\S+ # \S+)", example)
    assert len(used) == 4
    assert set(used) <= set(re.findall(r"uses: (\S+ # \S+)", ours))
    workflow = yaml.safe_load(example)
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["build"]["steps"]
    assert steps[-2]["run"] == "../press/inv build --output github"
    assert steps[-1]["with"]["path"] == "series/build/"
