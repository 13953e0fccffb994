"""Keys: they cover all code that has a hand in pages and prints, and no other."""

from __future__ import annotations

import shutil
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from press.build import catalogue, keys
from press.build.library_check import check_library, every_name
from press.build.pages import compose_pages, write_manuscript
from press.build.prints import print_pages
from press.ground.file_state import FileState
from press.page.compose import Composer
from press.print.pool import Pool
from tests.support.editions import means
from tests.support.folders import HERE, setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

LIBRARY = Path(__file__).parents[1] / "library"
LOOKS = [("Donors", "#123456"), ("Ministries", "#654321")]
# What only hands on bytes and messages.
PASSIVE = ("ground/", "problems.py", "rulebook.py")


def dependencies(changed: str = "") -> keys.Dependencies:
    """Return the dependencies of a project in which the file *changed* has other content."""
    files = [path for path in HERE.code.rglob("*.py") if path.is_file()]
    files += [path for path in HERE.templates.rglob("*") if path.is_file()]
    seen = {str(path): FileState(0, 0, path.name) for path in files}
    if changed:
        path = str(HERE.root / changed)
        assert path in seen
        seen[path] = FileState(0, 0, "changed")
    return keys.dependencies(HERE, seen)


@pytest.mark.parametrize(
    "name",
    [
        "press/content/library.py",
        "press/edition/edition.py",
        "press/page/compose.py",
        "press/print/engine.py",
        "press/checks/layout.py",
        "press/build/fit.py",
    ],
)
def test_code_with_a_hand_in_the_results_is_covered(name: str) -> None:
    """A change there makes all anew."""
    assert dependencies(name).code != dependencies().code


@pytest.mark.parametrize(
    "name",
    [
        "press/deliver/mail/message.py",
        "press/release/shelf.py",
        "press/cli/program.py",
        "press/tools/bench/cases.py",
        "press/checks/prose.py",
        "press/build/report.py",
        "templates/mail/message.html.j2",
        "templates/site/index.html.j2",
    ],
)
def test_what_has_none_is_not(name: str) -> None:
    """A change in the mailer prints nothing anew."""
    assert dependencies(name) == dependencies()


def test_templates_and_fonts_have_digests_of_their_own() -> None:
    """A plan can tell them apart."""
    page, font = (
        dependencies("templates/page.html.j2"),
        dependencies("templates/fonts/coverage.json"),
    )
    known = dependencies()
    assert (page.templates, page.fonts, page.code) != (known.templates, page.fonts, page.code)
    assert (page.fonts, page.code) == (known.fonts, known.code)
    assert (font.templates, font.code) == (known.templates, known.code)
    assert font.fonts != known.fonts


@pytest.mark.parametrize(
    "name",
    [
        "press/checks/prose.py",
        "press/build/catalogue.py",
        "templates/page.html.j2",
        "templates/site/catalogue.html.j2",
        "templates/blocks/note/examples.yaml",
        "templates/fonts/coverage.json",
    ],
)
def test_all_code_and_every_template_may_change_the_catalogue(name: str) -> None:
    """It shows whatever there is, checked by all checks."""
    known = keys.catalogue_key(LOOKS, 2, dependencies())
    assert keys.catalogue_key(LOOKS, 2, dependencies(name)) != known
    assert keys.catalogue_key(LOOKS[:1], 2, dependencies()) != known
    assert keys.catalogue_key(LOOKS, 3, dependencies()) != known
    assert keys.catalogue_key(LOOKS, 2, dependencies()) == known


def test_the_catalogue_is_kept_by_its_key(tmp_path: Path) -> None:
    """What the store has is not made again; what it has for another look is no use."""
    given = means(tmp_path, LIBRARY)
    library, _, _, _ = check_library(given.folders)
    briefs = [*library.briefs.values()]
    looks = [(str(brief.label), str(brief.accent)) for brief in briefs]
    given.store.put(keys.catalogue_key(looks, 2, given.dependencies), b"kept")
    composer = Composer(HERE.template_folders)
    assert catalogue.page(composer, given, briefs) == b"kept"
    made = catalogue.page(composer, given, briefs[:1])
    assert made.startswith(b"<!doctype html>")
    assert given.store.get(keys.catalogue_key(looks[:1], 1, given.dependencies)) == made


def test_a_catalogue_of_many_audiences_has_the_colours_of_the_first(tmp_path: Path) -> None:
    """It says so; a hundred of them would be a page that nobody can use, and cost as much as all briefs."""
    given = means(tmp_path, LIBRARY)
    briefs = [*check_library(given.folders).library.briefs.values()] * 4
    made = catalogue.page(Composer(HERE.template_folders), given, briefs).decode()
    assert "in the colours of the first 6 of 8 audiences" in made
    assert "look--6" in made
    assert "look--7" not in made


@contextmanager
def traced() -> Iterator[set[str]]:
    """Note the files of press/ whose code runs, in this thread and in new ones."""
    files = set[str]()

    def note(frame: FrameType, _event: str, _arg: Any) -> None:  # noqa: ANN401 - the profiler's
        files.add(frame.f_code.co_filename)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield files
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def test_no_code_that_runs_is_forgotten(tmp_path: Path) -> None:
    """All that composes and prints is covered: whoever adds a module elsewhere hears of it here."""
    given = means(tmp_path, LIBRARY)
    library, _, _, _ = check_library(given.folders)
    composer, names = Composer(HERE.template_folders), tuple(every_name(library))
    with traced() as files, Pool(1, setup(tmp_path)) as pool:
        sources = [write_manuscript(library, name, given) for name in names]
        pages = compose_pages(library, sources, composer, given)
        print_pages(library, pages, means(tmp_path, LIBRARY, pool))
    press = f"{HERE.code}/"
    ran = {name.removeprefix(press) for name in files if name.startswith(press)}
    assert {"page/compose.py", "print/server/client.py", "build/fit.py"} <= ran
    assert {name for name in ran if not name.startswith((*keys.CODE, *PASSIVE))} == set()


def test_each_package_that_keys_name_is_one_that_users_have() -> None:
    """The versions are read on their machines."""
    lock = (HERE.root / "requirements" / "core.lock").read_text("utf-8").casefold()
    for name in (*keys.PRINTING, *keys.COMPOSING, keys.DRAWING):
        assert f"\n{name.casefold()}==" in lock


def test_a_machine_with_other_code_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster refuses a worker whose Press prints otherwise, and none whose mailer differs."""
    here = keys.of_machine()
    assert {"weasyprint", "Python", "zlib", "the code of Press"} < set(here)
    assert any(name.startswith("libpango-1.0") for name in here)
    copy = shutil.copytree(HERE.code, tmp_path / "press")
    monkeypatch.setattr(keys, "files", lambda _: copy)
    differing = []
    for name in ("deliver/mail/sending.py", "build/fit.py"):
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("# other\n")
        there = keys.of_machine.__wrapped__()
        differing.append([key for key in here if here[key] != there[key]])
    assert differing == [[], ["the code of Press"]]
