"""The depths of a brief, from the content to the files: what each print says, and what is kept of it."""

from __future__ import annotations

import email
import io
import os
import re
import signal
import subprocess
from email import policy
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import sync_playwright

from press.cli.doctor import program
from press.deliver.publish.site_files import site_files
from press.release import shelf
from tests.deliver.mail.servers import Server, running
from tests.support.project import environment, files
from tests.whole.test_signals import until

if TYPE_CHECKING:
    from tests.support.project import Project

BLOCKS, BRIEF = "content/blocks/red.yaml", "content/briefs/red.yaml"
SHORT, LONG, PAGE = "en/red-short.pdf", "en/red.pdf", "en/red.html"
MORE = """\
red-need:
  paragraph:
    text: The beds are shallow.[^gardens]
red-deeper:
  paragraph:
    depth: screen
    text: Children came, the survey said.[^visitors] The beds were counted.[^gardens]
red-known:
  note:
    text: The town counts gardens. Their cost is a riddle.
    short: Their cost is a puzzle.
"""
MAIL = """\
sender: {{name: The town, address: gardens@example.org}}
unsubscribe: {{mail: leave@example.org}}
server: {{host: 127.0.0.1, port: {}, security: none, auth: none}}
attach: short
"""


def words(content: bytes) -> str:
    """Return the words of a print, with single spaces."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(re.sub("[\x02\ufffe]", "-", text).split())  # hyphens at the ends of lines


@pytest.fixture
def deep(project: Project) -> Project:
    """Return a project whose red brief has something of each depth, and an address."""
    blocks = project.root / BLOCKS
    blocks.write_text(blocks.read_text("utf-8") + MORE, "utf-8")
    sections = "  evidence: [red-deeper, red-need]\n  unknown: [red-known]\n  made:"
    project.edit(BRIEF, "  made:", sections)
    series = project.content / "series.yaml"
    text = series.read_text("utf-8") + "\naddress: https://gardens.town.xx/briefs\n"
    series.write_text(text, "utf-8")
    return project


def test_each_depth_says_what_it_should(deep: Project) -> None:
    """The short form leads to the page, and the page and the brief to the short form; print has no restated claim."""
    deep.made()
    made = files(deep.out)
    short, brief, page = words(made[SHORT]), words(made[LONG]), made[PAGE].decode()
    assert "Their cost is a puzzle." in short
    assert not [
        each for each in ("riddle", "shallow", "Evidence notes", "counted.") if each in short
    ]
    assert "gardens.town.xx/briefs/en/red.html" in short
    assert "gardens.town.xx/briefs/en/red-short.pdf" in brief
    assert "shallow" in brief
    assert not [each for each in ("puzzle", "Children came", "of them at schools") if each in brief]
    assert "Children came" in page
    assert 'href="red-short.pdf"' in page
    assert deep.manifest()[SHORT]["pages"] == 2
    assert deep.manifest()[SHORT]["digest"] != deep.manifest()[LONG]["digest"]


def test_the_short_form_is_kept_when_it_shows_nothing_new(deep: Project) -> None:
    """A text of the brief is printed anew there only; a short text, in the short form only."""
    deep.made()
    before = files(deep.out)
    deep.edit(BLOCKS, "The beds are shallow.", "The beds are flat.")
    deep.made()
    after = files(deep.out)
    assert (before[SHORT] == after[SHORT], before[LONG] == after[LONG]) == (True, False)
    deep.edit(BLOCKS, "a puzzle.", "a secret.")
    assert deep.planned() == {"en/red": ["block 'red-known' changed"]}
    deep.made()
    last = files(deep.out)
    assert (after[SHORT] == last[SHORT], after[LONG] == last[LONG]) == (False, True)
    assert deep.planned() == {}


def test_the_short_form_alone(deep: Project) -> None:
    """It is all that is made, and is said; the long print stays, marked as out of date."""
    before = files(deep.out)
    done = deep.run("build", "--format", "short")
    assert done.returncode == 0, done.stdout
    after = files(deep.out)
    assert "puzzle" in words(after[SHORT])
    assert after[LONG] == before[LONG]
    assert deep.manifest()[LONG]["outdated"]
    assert "no HTML and no PDF and no Card was made" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<b>Bold</b> words.", "[markdown]"),
        ("They cost 12 coins.", "[number]"),
        ("As [^rumour] says.", "[verdict]"),
        ("Their cost is {gardens.cost}.", "[reference]"),
        ("See [this](javascript:alert).", "[link]"),
        (f"{'Word ' * 30}and more.", "[sentence]"),
    ],
)
def test_a_short_text_falls_under_the_rules(deep: Project, text: str, said: str) -> None:
    """It is refused at its place as any other text is."""
    limits = deep.content / "limits.yaml"
    limits.write_text(
        limits.read_text("utf-8").replace("all: {", "all: {sentence_words: 25, "), "utf-8"
    )
    deep.edit(BLOCKS, "short: Their cost is a puzzle.", f'short: "{text}"')
    done = deep.run("check", "--no-print")
    told = [line for line in done.stdout.splitlines() if line.endswith(said)]
    assert told, done.stdout
    assert all(re.match(r"content/blocks/red\.yaml:\d+:\d+: ", line) for line in told)


def test_a_brief_called_as_a_short_form_is_refused(deep: Project) -> None:
    """Its print would be the short form of another."""
    path = deep.root / BRIEF
    path.with_name("red-short.yaml").write_text(path.read_text("utf-8"), "utf-8")
    done = deep.run("check", "--no-print")
    said = (
        "content/briefs/red-short.yaml:1:1: error: 'red-short' can't name a brief; '-short' is how"
    )
    assert said in done.stdout


@pytest.mark.browser
def test_a_browser_prints_the_brief(deep: Project) -> None:
    """As many pages as the PDF has or fewer, with the same words, and none of what only the screen shows."""
    deep.made()
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("browser"), args=flags)
        page = browser.new_context(offline=True).new_page()
        page.goto((deep.out / PAGE).as_uri())
        data = page.pdf(prefer_css_page_size=True)
        browser.close()
    shown = words(data)
    assert not [each for each in ("Children came", "puzzle", "of them at schools") if each in shown]
    for each in ("The beds are shallow.", "Their cost is a riddle.", "Evidence notes"):
        assert each in shown
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    assert len(document) <= deep.manifest()[LONG]["pages"]
    document.close()


def test_the_short_form_of_one_brief_alone(deep: Project) -> None:
    """No other file is written, and the manifest says which are out of date."""
    before = files(deep.out)
    deep.made("--format", "short", "--audience", "red")
    after = files(deep.out)
    assert {name for name in before if name.startswith("en/") and before[name] != after[name]} == {
        SHORT
    }
    assert "puzzle" in words(after[SHORT])
    known = deep.manifest()  # the address of the series is new to all others
    assert ("outdated" in known[SHORT], known["en/blue-short.pdf"]["outdated"]) == (False, True)


def test_a_format_that_does_not_exist_is_told_with_the_short_form(project: Project) -> None:
    """Its name is among those that there are."""
    for said, way_out in (
        ("shrt", "did you mean 'short'?"),
        ("x", "expected one of card, html, pdf, short"),
    ):
        done = project.run("build", "--format", said)
        assert (done.returncode, way_out in done.stderr) == (2, True), done.stderr


def test_a_mailing_attaches_the_short_form(deep: Project) -> None:
    """Its bytes are those of the release, under its own name; nothing of the brief comes with it."""
    deep.good("build")
    deep.good("release", "--uncommitted")
    release = deep.root / "releases" / "2026-01-15.1"
    (deep.root / "readers.csv").write_text("email,name,language\na@example.org,Anna,en\n", "utf-8")
    with running(Server()) as server:
        text = MAIL.format(server.port)
        (deep.content / "mail.yaml").write_text(text, "utf-8")
        told = deep.good("send", "--audience", "red", "--to", "readers.csv")
        assert "red_en_2026-01-short.pdf" in told
        deep.good("send", "--audience", "red", "--to", "readers.csv", "--really", "--readers", "1")
    [message] = server.messages
    mail = email.message_from_bytes(message.data, policy=policy.SMTPUTF8)
    [attached] = mail.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "gardens-of-the-town_red_en_2026-01-short.pdf"
    assert attached.get_payload(decode=True) == (release / SHORT).read_bytes()
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part
        said = str(part.get_content())
        assert "gardens-of-the-town_red_en_2026-01-short.pdf (2 pages" in said
        assert "gardens-of-the-town_red_en_2026-01.pdf" not in said


def test_the_short_form_is_published(deep: Project) -> None:
    """As a PDF, beside pages that lead to it."""
    deep.good("build")
    deep.good("release", "--uncommitted")
    release = shelf.opened(deep.root / "releases" / "2026-01-15.1")
    handed = "handouts/gardens-of-the-town_red_en_2026-01-short.pdf"
    sent = site_files(release)
    assert {sent[name].type for name in (SHORT, handed)} == {"application/pdf"}
    site = deep.root / "site"
    assert f"  {SHORT}\n" in deep.good("publish", str(site), "--dry-run")
    deep.good("publish", str(site))
    published = files(site)
    assert published[SHORT] == published[handed] == (release.folder / SHORT).read_bytes()
    assert f'href="{SHORT}"' in published["index.html"].decode()
    assert 'href="red-short.pdf"' in published[PAGE].decode()


def prints_kept(project: Project) -> set[str]:
    """Return the names of the prints in its store."""
    store = project.root / ".press" / "store"
    kept = (path for path in store.rglob("*") if path.is_file() and path.suffix != ".part")
    return {path.name for path in kept if b"%PDF-" in path.read_bytes()}


def test_killed_while_the_forms_are_printed(deep: Project) -> None:
    """Each time that one print is kept and the next is not yet: all outputs are the old ones until all are new."""
    deep.made()
    old = files(deep.out)
    deep.edit(BLOCKS, "They are quiet.[^quiet]", "They are calm.[^quiet]")
    statuses: list[int] = []
    while not statuses or statuses[-1]:
        before = prints_kept(deep)
        with subprocess.Popen(
            deep.command("build", "--jobs", "1"),
            cwd=deep.root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        ) as process:
            until(lambda: process.poll() is not None or prints_kept(deep) - before, "no print")  # noqa: B023 - called here only
            process.kill()
        statuses.append(process.returncode)
        assert process.returncode in {0, -signal.SIGKILL}
        left = files(deep.out)
        if process.returncode:
            assert left == old or {name for name in old if old[name] != left[name]} >= {
                SHORT,
                LONG,
                PAGE,
            }
    assert -signal.SIGKILL in statuses
    new = files(deep.out)
    assert "They are calm." in words(new[SHORT])
    assert "They are calm." in words(new[LONG])
    assert not list(deep.root.glob(".build*"))
    deep.forget_prints()
    deep.made()
    assert files(deep.out) == new
