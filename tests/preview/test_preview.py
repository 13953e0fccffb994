"""`inv preview` in a real browser: a change shows where the reader is, and nobody else sees or drives it."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from playwright.sync_api import expect, sync_playwright

from press.build.build_request import Request
from press.cli.doctor import program
from press.ground.paths import Folders
from press.preview import server, watch
from press.preview.board import Board, State
from press.preview.rounds import Rounds
from press.problems import UsageError
from tests.support.project import LIBRARY, PRINTS, ROOT, copied, environment, files
from tests.support.warm import SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import FrameLocator, Page

    from tests.support.project import Project

BLOCKS = "content/blocks/red.yaml"
MESSAGE = "Crimson words for the red reader only."
MORE = "There are many more of them now. What stands below them moves down by a line."
expect.set_options(timeout=SECONDS * 1000)


class Preview(NamedTuple):
    """A preview that is at work, and its address."""

    project: Project
    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/"

    def answer(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[int, http.client.HTTPMessage]:
        """Ask for *path* as it stands, which no browser would do with '..'; return status and headers."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as line:
            line.putrequest(method, path, skip_host="Host" in given)
            for name, value in given.items():
                line.putheader(name, value)
            line.endheaders()
            answer = line.getresponse()
            return answer.status, answer.headers


@contextmanager
def begun(project: Project, *words: str) -> Iterator[Preview]:
    """Preview a project, as a user would."""
    with subprocess.Popen(
        project.command("preview", "--no-open", *words),
        cwd=project.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            address = process.stdout.readline()
            assert address.startswith("http://127.0.0.1:"), address
            yield Preview(project, process, int(address.rstrip("/\n").rpartition(":")[2]))
        finally:
            process.kill()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, work: Path) -> Iterator[Preview]:
    """Preview the small library; what a run has printed of it need not be printed anew."""
    project = copied(tmp_path_factory.mktemp("preview").resolve() / "project")
    if (prints := work / PRINTS).exists():
        shutil.copytree(prints, project.root / ".press" / "preview" / "store")
    with begun(project) as running:
        yield running


@pytest.fixture(autouse=True)
def restored(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the content back after a test."""
    yield
    if "preview" in request.fixturenames:
        content = request.getfixturevalue("preview").project.content
        for name, data in files(LIBRARY).items():
            if (content / name).read_bytes() != data:
                (content / name).write_bytes(data)


@pytest.fixture(scope="module")
def window() -> Iterator[Page]:
    """Return a page of a browser."""
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("browser"), args=flags)
        page = browser.new_page(viewport={"width": 1200, "height": 420})
        page.set_default_timeout(SECONDS * 1000)
        yield page
        browser.close()


@pytest.fixture
def page(preview: Preview, window: Page) -> Page:
    """Return a browser that shows the preview of the red brief, all of it."""
    window.goto("about:blank")
    window.goto(f"{preview.address}#en/red")
    expect(window.locator("#at-work")).to_have_text("")
    expect(brief(window).locator("h1")).to_contain_text("Gardens are counted")
    return window


def brief(page: Page) -> FrameLocator:
    """Return the page of the brief that is shown."""
    return page.frame_locator("#page iframe:not(.coming)")


def top(page: Page) -> float:
    """Return how far below the top of the window the second message begins."""
    box = (
        brief(page)
        .locator('[data-block="red-second"]')
        .evaluate("block => block.getBoundingClientRect().top")
    )
    return float(box)


@pytest.mark.browser
def test_a_change_shows_where_the_reader_is(preview: Preview, page: Page) -> None:
    """Above it the page grows; the block that was read stays, and the picture of the print follows."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    second = brief(page).locator('[data-block="red-second"]')
    second.evaluate("block => window.scrollTo(0, block.getBoundingClientRect().top - 5)")
    before, height = top(page), brief(page).locator("html").evaluate("one => one.scrollHeight")
    picture = page.get_by_alt_text("PDF, page 1")
    source = picture.get_attribute("src")
    preview.project.edit(BLOCKS, MESSAGE, f"{MESSAGE} {MORE}")
    expect(brief(page).locator('[data-block="red-main"]')).to_contain_text(MORE)
    assert brief(page).locator("html").evaluate("one => one.scrollHeight") > height
    assert abs(top(page) - before) < 2
    expect(picture).not_to_have_attribute("src", source or "")
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == server.WIDTH
    assert asked
    assert all(url.startswith((preview.address, "data:")) for url in asked)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (BLOCKS, "red-second:", "red-second: [", "content/blocks/red.yaml:"),
        (BLOCKS, "are children.", "are children of 77.", "no claim supports '77'"),
        (
            "templates/page.html.j2",
            "{{ edition.name }}",
            "{{ edition.nam }}",
            "templates/page.html.j2:11",
        ),
        ("content/series.yaml", "publisher: The town\n", "", "content/series.yaml:"),
    ],
    ids=["file", "brief", "template", "series"],
)
def test_a_mistake_lies_over_the_page_until_it_is_mended(  # noqa: PLR0913, PLR0917 - a case has four parts
    preview: Preview, page: Page, file: str, old: str, new: str, problem: str
) -> None:
    """It is told with its place; the last good page stays beneath it."""
    path = preview.project.root / file
    written = path.read_text("utf-8")
    assert old in written
    path.write_text(written.replace(old, new, 1), "utf-8")
    told = page.locator("#problems")
    expect(told).to_contain_text(problem)
    expect(brief(page).locator("h1")).to_contain_text("Gardens are counted")
    path.write_text(written, "utf-8")
    expect(told).not_to_contain_text(problem)
    expect(page.locator("#at-work")).to_have_text("")
    expect(told.locator(".error")).to_have_count(0)


@pytest.mark.browser
def test_the_bar_counts_words_beside_what_is_allowed(preview: Preview, page: Page) -> None:
    """Each section has its words; what is over its budget is marked, for the brief and its short form."""
    expect(page.locator("#sections")).to_contain_text("messages: 27")
    limits = preview.project.content / "limits.yaml"
    limits.write_text(
        limits.read_text("utf-8").replace("{pages: 3,", "{words: 9, pages: 3,", 1), "utf-8"
    )
    expect(page.locator("#budgets .over")).to_contain_text(["brief: "])
    expect(page.locator("#budgets")).to_contain_text("of 9")
    expect(page.locator("#budgets")).to_contain_text("short form: ")


@pytest.mark.browser
def test_a_print_that_is_older_than_the_page_looks_so(page: Page) -> None:
    """It is paler until the new one has come."""
    picture = page.get_by_alt_text("PDF, page 1")
    expect(picture).to_have_css("opacity", "1")
    page.evaluate("showPrints({...state.editions['en/red'], old: true})")
    expect(picture).to_have_css("opacity", "0.6")


@pytest.mark.browser
def test_an_address_that_names_no_brief_shows_the_first(page: Page) -> None:
    """Also one that each object of JavaScript has."""
    page.evaluate("location.hash = 'constructor'")
    expect(page.locator("#choice")).to_have_value("en/blue")


@pytest.mark.browser
def test_a_link_leads_to_another_brief(page: Page) -> None:
    """The bar and the prints go with it; a link to a file that a preview does not make is plain text."""
    brief(page).get_by_role("link", name="For blue readers").click()
    expect(page.locator("#choice")).to_have_value("en/blue")
    expect(brief(page).locator("h1")).not_to_contain_text("Gardens are counted")
    assert brief(page).locator("a[href$='.pdf']").count() == 0


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/pages/en/red.html", {}, 200),
        ("/", {"Host": "evil.example"}, 403),
        ("/changes", {"Origin": "http://evil.example"}, 403),
        ("/pages/en/red.html", {"Sec_Fetch_Site": "cross-site"}, 403),
        ("/pages/en/red.html", {"Sec_Fetch_Site": "same-site"}, 403),
        ("/pages/../../content/series.yaml", {}, 404),
        ("/pages/en/..%2f..%2fred.html", {}, 404),
        ("/shell/../../preview.py", {}, 404),
        ("/prints/../../store/1.png", {}, 404),
        ("//etc/passwd", {}, 404),
    ],
)
def test_only_what_is_shown_is_answered_and_only_here(
    preview: Preview, path: str, headers: dict[str, str], status: int
) -> None:
    """No path leads to a file, no other site and no name that was bent to this machine gets an answer."""
    while preview.answer("/pages/en/red.html")[0] != 200:
        pass
    answered, given = preview.answer(path, **headers)
    assert answered == status
    policy = given["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'")
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert given["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_it(preview: Preview, method: str) -> None:
    """It only shows."""
    assert preview.answer("/changes", method)[0] == 405


def test_it_listens_to_this_machine_alone() -> None:
    """A port that is taken is refused."""
    with server.listen(0) as place:
        host, port = place.getsockname()
        assert host == "127.0.0.1"
        with pytest.raises(UsageError, match=f"--port {port}: address already in use"):
            server.listen(port)
    with pytest.raises(UsageError, match="--port 99999"):
        server.listen(99999)


def test_builds_neither_wait_for_it_nor_change(preview: Preview) -> None:
    """It has a store of its own; a second preview of the series says that it has to wait."""
    project = preview.project
    assert project.run("plan").returncode == 0
    assert {path.name for path in (project.root / ".press").iterdir()} >= {"preview", "lock"}
    assert not project.out.exists()
    second = project.run("preview", "--no-open")
    assert second.returncode == 75
    assert "another run (process" in second.stderr


def test_it_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """Ctrl-C ends it while pages are printed, a browser listens, and another reads nothing of what it asked for."""
    with begun(copied(tmp_path.resolve() / "project")) as running:
        while running.answer("/pages/en/red.html")[0] != 200:
            pass
        with (
            socket.create_connection(("127.0.0.1", running.port)) as line,
            socket.socket() as deaf,
        ):
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            deaf.connect(("127.0.0.1", running.port))
            asked = f"GET /pages/en/red.html HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n"
            deaf.sendall(asked.encode() * 60)
            line.sendall(
                f"GET /changes HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode()
            )
            assert line.recv(12) == b"HTTP/1.1 200"
            running.process.send_signal(signal.SIGINT)
            out, err = running.process.communicate(timeout=SECONDS)
        assert (running.process.returncode, out, err) == (130, "", "")


def test_whatever_way_a_file_is_saved_is_seen(tmp_path: Path) -> None:
    """In place, by renaming another, in a folder that is new, or in one that took the place of another."""
    content = tmp_path.resolve() / "content"
    (content / "blocks").mkdir(parents=True)
    seen = watch.changes([content / "blocks", content / "series.yaml"])
    ways: list[Any] = [
        lambda: (content / "series.yaml").write_text("new", "utf-8"),
        lambda: (content / "blocks" / "a.yaml").write_text("new", "utf-8"),
        lambda: (
            (content / "b~").write_text("other", "utf-8"),
            (content / "b~").rename(content / "blocks" / "a.yaml"),
        ),
        lambda: (content.rename(tmp_path / "old"), shutil.copytree(tmp_path / "old", content)),
        (content / "blocks" / "a.yaml").unlink,
    ]
    next(seen)
    for way in ways:
        way()
        next(seen)


def test_the_first_pages_say_what_templates_of_the_series_say(tmp_path: Path) -> None:
    """And a page is made anew when one of them has changed."""
    content = tmp_path / "content"
    shutil.copytree(LIBRARY, content)
    (content / "templates").mkdir()
    folders = Folders(ROOT, content, *(tmp_path / name for name in ("b", "r", "k", "work")))
    board, states = Board(), list[State]()
    board.tell = lambda: states.append(board.state)
    rounds = Rounds(Request(folders, audiences=("red",)), board)
    for words in ("Our first notes", "Our second notes"):
        text = f'"Evidence notes": {words}\n'
        (content / "templates" / "words.yaml").write_text(text, "utf-8")
        rounds.begin()
        assert words.encode() in board.state.editions["en", "red"].html
    rounds.end()
    shown = [state.editions["en", "red"] for state in states if state.editions]
    counts = [share.words for view in shown for share in view.budgets if share.part == "page 1"]
    assert counts[0] is None  # a page is shown before its words are counted
    assert counts[-1]
