"""The rules: each has a row, the examples of the rows are true, and the page about them is up to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from press import checks
from press.content import library
from press.problems import ConfigurationError, Place, Problem
from press.rulebook import rules
from press.tools.rules import PAGE, page
from tests.checks.test_editorial import prepared
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = {name: rule for name, rule in rules().items() if rule.wrong}


def broken(folder: Path) -> set[str]:
    """Return the rules that the content of *folder* breaks."""
    draft = library.load(folder, "")
    faults = [*draft.faults, *checks.of_library(draft, HERE.fonts)]
    return {fault.problem.rule for fault in faults}


def test_the_library_of_the_examples_breaks_no_rule(tmp_path: Path) -> None:
    """What an example breaks comes from the example."""
    assert broken(prepared(tmp_path)) == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_a_rule_breaks_it(tmp_path: Path, name: str) -> None:
    """The passing example is in the library of the tests; the failing one in its place breaks the rule."""
    folder, rule = prepared(tmp_path), EXAMPLES[name]
    texts = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}
    files = [(path, text) for path, text in texts.items() if rule.right in text]
    assert files, "the right example is not in tests/library, as `prepared` has it"
    file, text = files[0]
    file.write_text(text.replace(rule.right, rule.wrong, 1), "utf-8")
    assert name in broken(folder)


def test_rules_about_content_have_examples() -> None:
    """Whoever meets one sees how it is kept; those without can't be shown in a line of YAML."""
    groups = ("Reading files", "Text and links", "Parts of a brief", "Evidence", "Voice", "Length")
    without = {name for name, rule in rules().items() if rule.group in groups and not rule.wrong}
    assert without == {"encoding", "file", "table", "image", "map", "translation", "list"}


def test_a_problem_has_a_rule_that_there_is() -> None:
    """A word in brackets that the page of the rules does not have cannot get out."""
    with pytest.raises(ConfigurationError, match="no rule is called 'mood'"):
        Problem(Place("a.yaml"), "this text is sad", "mood")


def test_a_breach_is_as_severe_as_its_rule_says() -> None:
    """Wherever a warning comes from, it is what the page of the rules calls it."""
    warnings = {name for name, rule in rules().items() if rule.warning}
    breaches = [Problem(Place("a.yaml"), "x", name) for name in rules()]
    assert warnings
    assert {each.rule for each in breaches if each.severity == "warning"} == warnings


def test_every_check_of_the_content_runs() -> None:
    """A module that neither LIBRARY nor a check in it names would never find anything."""
    folder = HERE.code / "checks"
    modules = {path.stem: path.read_text("utf-8") for path in (folder / "content").glob("*.py")}
    named = re.compile(r"\b(\w+)\.check\b")
    first = named.findall((folder / "__init__.py").read_text("utf-8"))
    reached, new = set[str](), modules.keys() & set(first)
    while new:
        reached |= new
        new = {name for each in new for name in named.findall(modules[each])} - reached
    assert "lengths" in reached
    assert {name for name, text in modules.items() if "\ndef check(" in text} == reached


def test_a_check_that_yields_something_else_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes one is told what it should yield."""
    problem = Problem(Place("a.yaml"), "x", "file")
    monkeypatch.setattr(checks, "LIBRARY", (lambda _: [problem],))
    with pytest.raises(ConfigurationError, match="yields no Fault"):
        list(checks.of_library(library.Draft(), HERE.fonts))


def test_every_rule_is_used() -> None:
    """A row for a word that no problem has is left over."""
    code = "\n".join(path.read_text("utf-8") for path in (HERE.root / "press").rglob("*.py"))
    assert [name for name in rules() if not re.search(rf'"{name}"', code)] == []


def test_the_page_of_the_rules_is_up_to_date() -> None:
    """It is made again with `python -m press.tools.rules`."""
    assert PAGE.read_text("utf-8") == page()
