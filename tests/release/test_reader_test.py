"""A test of a brief: a sheet that gives no answer away, and one with the right answers and where they stand."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from playwright.sync_api import sync_playwright

from press.cli.doctor import program
from press.edition import edition as ed
from press.page.elements import elements_of
from press.release.kit.reader_test import ANSWERS, answers, sheets
from tests.page.test_html import NEWER, checked, installed
from tests.page.test_screen import AXE, FLAGS, LEVEL_AA
from tests.release.test_kit import COMPOSER, large, small
from tests.support.folders import HERE
from tests.support.site import OUR_BRIEFS, ours

if TYPE_CHECKING:
    from pathlib import Path

DUE = "December 2027"
PAGES = {"example-ask": (1,), "example-alternative-preferred": (2, 3), "example-step-asked": (4,)}


def made(edition: ed.Edition) -> dict[str, bytes]:
    """Return both sheets."""
    return sheets(COMPOSER, edition, DUE, PAGES, HERE.fonts)


def undecided() -> ed.Edition:
    """Return the catalogue, with no alternative preferred."""
    edition = large("catalogue")
    sections = tuple(
        dataclasses.replace(
            part,
            blocks=tuple(
                dataclasses.replace(block, preferred=())
                if isinstance(block, ed.Alternative)
                else block
                for block in part.blocks
            ),
        )
        for part in edition.sections
    )
    return dataclasses.replace(edition, sections=sections)


def right(edition: ed.Edition, question: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the right answers to a question, each with its places."""
    return {each.text: each.places for each in answers(edition, question, DUE, PAGES)}


def test_the_sheet_for_a_reader_holds_nothing_of_the_brief() -> None:
    """But a code: it is the same for all others."""
    editions = [large("catalogue"), small("red"), small("blue"), undecided()]
    texts = {each.digest: made(each)["test-reader.html"].decode() for each in editions}
    assert len(texts) == len(editions)
    assert all(text.count(digest[:8]) == 2 for digest, text in texts.items())
    assert len({text.replace(digest[:8], "") for digest, text in texts.items()}) == 1


def test_the_answers_are_those_of_what_is_preferred() -> None:
    """And of the step by the date of the ask; the others are no answers."""
    edition = large("catalogue")
    [ask] = [block for block in edition.blocks() if isinstance(block, ed.Ask)]
    what = right(edition, "what")
    assert next(iter(what)) == ed.plain_text(ask.text)
    assert what[
        "Count in the same way each year, and publish how many gardens are open to all."
    ] == (("options", 2),)
    assert what["publishes how many gardens are open to all."] == (("next", 4),)
    assert "Open their gardens in summer." not in what
    assert right(edition, "why")["It alone lets gardens be compared."] == (("options", 2),)
    assert "The town" in right(edition, "cost")
    assert "Trodden beds" not in right(edition, "harm")


def test_an_answer_names_its_places_and_those_of_page_1() -> None:
    """The date of the ask stands in the ask, and in what repeats it; a name elsewhere is no answer."""
    edition = large("catalogue")
    assert right(edition, "by")[DUE] == (("ask", 1), ("options", 2), ("next", 4))
    assert right(edition, "who")["The town"] == (("ask", 1), ("options", 2), ("next", 4))


def test_where_nothing_is_preferred_all_alternatives_may_be_meant() -> None:
    """For what they take and what could go wrong; what is asked is in the ask alone."""
    edition = undecided()
    assert {"More forms to fill in", "Trodden beds"} <= right(edition, "harm").keys()
    assert (
        "Count in the same way each year, and publish how many gardens are open to all."
        not in right(edition, "what")
    )


def test_without_steps_and_preference_the_ask_says_who() -> None:
    """As in a brief of before."""
    edition = small("red")
    [(text, places)] = right(edition, "who").items()
    assert text.startswith("Town: by ")
    assert places == (("ask", 0),)


def test_what_a_brief_does_not_say_is_no_right_answer() -> None:
    """The sheet says so."""
    edition = small("red")
    assert right(edition, "harm") == {}
    text = elements_of(made(edition)["test-answers.html"].decode()).text()
    assert "The brief does not say" in text
    assert right(dataclasses.replace(edition, sections=()), "by") == {}


def test_the_answers_say_which_version_they_are_of() -> None:
    """A draft by its digest, another by its month; the sheet of the reader has the same code."""
    draft = small("red", status="draft")
    assert f"Draft {draft.digest[:8]}" in made(draft)["test-answers.html"].decode()
    final = small("red")
    text = made(final)["test-answers.html"].decode()
    assert f"{final.digest[:8]} · January 2026" in text
    assert "Draft" not in text


@pytest.mark.parametrize("name", ["catalogue", *ours(*OUR_BRIEFS)])
def test_every_answer_stands_in_the_brief(name: str) -> None:
    """No template shortens one."""
    edition = large(name)
    text = " ".join(elements_of(made(edition)["test-answers.html"].decode()).text().split())
    every = [each for key in ANSWERS for each in answers(edition, key, DUE, PAGES)]
    assert len(every) > 8
    assert all(each.places for each in every)
    assert [each.text for each in every if each.text not in text] == []


@pytest.mark.java
def test_the_sheets_are_html(tmp_path: Path) -> None:
    """The checker finds nothing but what it does not know of paged media."""
    paths = []
    for name, data in made(large("catalogue")).items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    assert {each.message for each in checked(program("java") or "", paths)} <= NEWER


@pytest.mark.browser
def test_the_sheets_can_be_read_and_printed(tmp_path: Path, browser: str) -> None:
    """On a small screen by everybody; what the reader gets is one page."""
    pages = {}
    run = {"runOnly": {"type": "tag", "values": LEVEL_AA}}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", *FLAGS]
        )
        for name, data in made(large("catalogue")).items():
            (tmp_path / name).write_bytes(data)
            shown = chromium.new_page(viewport={"width": 320, "height": 800})
            shown.goto((tmp_path / name).as_uri())
            assert shown.evaluate("document.documentElement.scrollWidth") == 320
            with pikepdf.open(io.BytesIO(shown.pdf(format="A4"))) as pdf:
                pages[name] = len(pdf.pages)
            shown.add_script_tag(path=installed(AXE))
            assert shown.evaluate("options => axe.run(options)", run)["violations"] == []
        chromium.close()
    assert pages["test-reader.html"] == 1
