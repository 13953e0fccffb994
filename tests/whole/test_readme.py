"""What README and docs/writing.md say works, word by word."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from press.build import library_check as sound
from press.build.formats import FORMATS
from tests.support.folders import HERE
from tests.support.project import LIBRARY
from tests.support.series import in_content

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
WRITING = (ROOT / "docs" / "writing.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", README + WRITING, re.DOTALL)


@pytest.mark.series
def test_the_new_audience_of_the_readme_is_sound(tmp_path: Path) -> None:
    """The two files that README shows make a fourth brief, by files alone; it lacks what a draft may lack."""
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    [brief] = [block for block in BLOCKS if "\nlabel: For teachers\n" in block]
    [blocks] = [block for block in BLOCKS if "\nteachers-main:\n" in block]
    (content / "briefs" / "teachers.yaml").write_text(brief, "utf-8")
    (content / "blocks" / "teachers.yaml").write_text(blocks, "utf-8")
    library, faults, down, _ = sound.check_library(replace(HERE, content=content))
    assert "teachers" in library.briefs
    assert down == set()
    lacking = {fault.problem.rule for fault in faults if "teachers" in fault.problem.place.path}
    assert lacking <= {
        "sections",
        "messages",
        "shared",
        "grade",
        "qualified",
        "tense",
    }  # it is a draft


@pytest.mark.series
def test_the_block_that_the_readme_shows_can_be_read(tmp_path: Path) -> None:
    """The example of how to change a brief is a block whose claims and values exist."""
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    blocks = content / "blocks" / "health.yaml"
    name = BLOCKS[0].partition(":")[0]
    others = re.sub(rf"(?ms)^{name}:\n.*?(?=^\S)", "", blocks.read_text("utf-8"))
    assert name not in others
    blocks.write_text(f"{others}\n{BLOCKS[0]}", "utf-8")
    assert sound.check_library(replace(HERE, content=content))[2] == set()


def test_what_the_readme_says_of_a_series_can_be_read(tmp_path: Path) -> None:
    """The keys of its example are those of a series, beside those that there are."""
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    [example] = [block for block in BLOCKS if block.startswith("address:")]
    with (content / "series.yaml").open("a", encoding="utf-8") as series:
        series.write(example.replace("example.org", "town.xx"))
    (content / "images").mkdir(exist_ok=True)
    shutil.copy(ROOT / "templates" / "catalogue" / "images" / "partner.svg", content / "images")
    library, faults, _, _ = sound.check_library(replace(HERE, content=content))
    assert [str(fault.problem) for fault in faults] == []
    assert library.series is not None
    assert library.series.funder == "Paid for by the Fund for Gardens, grant 2024/17"


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_of_a_brief_is_in_the_readme(name: str) -> None:
    """The table of what comes out has a row for it."""
    assert f"\n| `build/en/<brief>{FORMATS[name].ending}` |" in README


@pytest.mark.parametrize("task", re.findall(r"^\| `\./inv (\w+)`", README, re.MULTILINE))
def test_each_task_of_the_readme_exists(task: str) -> None:
    """A task that README names is in tasks.py."""
    assert re.search(rf"^def {task}\(", (ROOT / "tasks.py").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "name", sorted(str(p.relative_to(ROOT)) for p in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))
)
def test_the_files_that_a_paper_links_exist(name: str) -> None:
    """No link within the project leads nowhere."""
    paper = ROOT / name
    text = paper.read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) if "://" not in link]
    links = [link for link in links if not link.startswith("lang:")]  # how a language is marked
    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_each_page_of_the_docs_is_in_their_list() -> None:
    """The site has no page that only a search finds."""
    listed = re.findall(
        r"^- \[[^]]+\]\(([\w-]+\.md)\): ",
        (ROOT / "docs" / "index.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert sorted([*listed, "index.md"]) == sorted(path.name for path in ROOT.glob("docs/*.md"))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "decisions.md"])
def test_the_paths_that_a_paper_names_exist(name: str) -> None:
    """A file that was moved or renamed is found under its new name."""
    text = (ROOT / name).read_text("utf-8")
    paths = re.findall(r"`((?:press|templates|tests|content|docs|requirements)/[^`\s<>*]+)`", text)
    there = [path for path in paths if "/<" not in path and not (ROOT / path).exists()]
    other = "content/mail" if in_content() else "content/"  # not there yet; of another series
    assert [path for path in there if not path.startswith(other)] == []
