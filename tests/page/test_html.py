"""Every HTML page before the Nu checker: not one error, not one warning."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

from press.cli.doctor import program
from tests.support.absence import absent
from tests.support.folders import HERE
from tests.support.site import PAGES, composed

if TYPE_CHECKING:
    from collections.abc import Iterable

JAR = HERE.root / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Paged media (CSS GCPM 3), which the print engine reads and browsers pass over, and anchor positioning, which
# browsers read and the print engine never sees: the checker knows none of them.
NEWER = {
    "CSS: “position-area”: Property “position-area” doesn't exist.",
    "CSS: “reading-flow”: Property “reading-flow” doesn't exist.",
    "CSS: “position-try-fallbacks”: Property “position-try-fallbacks” doesn't exist.",
    "CSS: “bookmark-label”: Property “bookmark-label” doesn't exist.",
    "CSS: “content”: “string(draft)” is not a “content” value.",
    "CSS: “content”: “string(foot)” is not a “content” value.",
    "CSS: “content”: “string(voices)” is not a “content” value.",
    "CSS: “string-set”: Property “string-set” doesn't exist.",
}
HEAD = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>A page</title>\n'
SOUND = f"{HEAD}</head>\n<body>\n<main><p>A text that is long enough for its language.</p></main>\n</body>\n</html>\n"


class Fault(NamedTuple):
    """A change to the page without a fault, and what the checker says of it."""

    old: str
    new: str
    kind: str
    said: str


FAULTS = {
    "markup": Fault("</p>", "</p></div>", "error", "Stray end tag “div”."),
    "attribute": Fault("<p>", '<p id="a b">', "error", "Bad value “a b” for attribute “id”"),
    "style": Fault("</title>", "</title><style>p{colour:red}</style>", "error", "“colour” doesn't"),
    "advice": Fault("<main>", '<main role="main">', "info", "“main” role is unnecessary"),
}


class Said(NamedTuple):
    """What the checker says of a page."""

    page: Path
    kind: str  # error, or info for a warning
    message: str


def installed(path: Path) -> Path:
    """Return *path*, which npm brings; where everything must run, its absence is a failure."""
    if not path.is_file():
        absent(f"{path.relative_to(HERE.root)} is missing; npm ci brings it")
    return path


def checked(java: str, pages: Iterable[Path]) -> list[Said]:
    """Return what the Nu checker says of *pages*, of their styles too."""
    options = ["--Werror", "--also-check-css", "--stdout", "--format", "json"]
    command = [java, "-jar", str(installed(JAR)), *options, *map(str, pages)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    told = json.loads(done.stdout)["messages"]
    return [
        Said(Path(unquote(urlsplit(one["url"]).path)), one["type"], one["message"]) for one in told
    ]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, work: Path) -> dict[str, Path]:
    """Return every page of the small library and of our series."""
    return composed(tmp_path_factory.mktemp("site"), work)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a page for each of the faults, and the one without any."""
    folder = tmp_path_factory.mktemp("faulty")
    written = {"sound": folder / "sound.html"}
    written["sound"].write_text(SOUND, encoding="utf-8")
    for name, fault in FAULTS.items():
        assert fault.old in SOUND
        written[name] = folder / f"{name}.html"
        written[name].write_text(SOUND.replace(fault.old, fault.new, 1), encoding="utf-8")
    return written


@pytest.fixture(scope="module")
def said(pages: dict[str, Path], faulty: dict[str, Path]) -> list[Said]:
    """Return what the checker says of all of them: starting it takes most of the time."""
    java = program("java")
    assert java
    return checked(java, [*pages.values(), *faulty.values()])


@pytest.mark.java
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(said: list[Said], pages: dict[str, Path], name: str) -> None:
    """The checker has read the page, and finds nothing but what is newer than itself."""
    told = {one.message for one in said if one.page == pages[name]}
    assert told
    assert told <= NEWER


@pytest.mark.java
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(said: list[Said], faulty: dict[str, Path], name: str) -> None:
    """Markup, attributes, styles and what is only advised against are all looked at."""
    told = [one for one in said if one.page == faulty[name]]
    assert [(one.kind, FAULTS[name].said in one.message) for one in told] == [
        (FAULTS[name].kind, True)
    ]
    assert [one for one in said if one.page == faulty["sound"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_other_file(pages: dict[str, Path], name: str) -> None:
    """Nothing is left to be fetched: what it shows is inside, and it runs nothing."""
    html = pages[name].read_text("utf-8")
    assert re.findall(r"asset:[\w./-]*|@import|<(?:script|link|iframe|object|embed)\b", html) == []
    fetched = re.findall(r"(?:\burl\(|\b(?:src|srcset|poster)=\")['\"]?([^)'\"]{5})", html)
    assert set(fetched) == {"data:"}


def test_what_npm_brings_is_pinned_and_names_no_host() -> None:
    """A version is exact and has its digest, and the lock says nothing of where it came from."""
    wanted = json.loads((HERE.root / "package.json").read_text("utf-8"))["devDependencies"]
    text = (HERE.root / "package-lock.json").read_text("utf-8")
    locked = json.loads(text)["packages"]
    assert set(wanted) == {"axe-core", "vnu-jar"}
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert locked[f"node_modules/{name}"]["version"] == version
        assert locked[f"node_modules/{name}"]["integrity"].startswith("sha512-")
    assert "://" not in text
