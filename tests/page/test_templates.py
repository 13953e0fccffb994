"""A series may replace single templates, add to styles and say other words; what would do nothing is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from press.content import library
from press.edition import resolve
from press.page.compose import Composer
from press.problems import ConfigurationError, ContentRefusedError
from tests.support.composing import page_of
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

SMALL = library.sound(library.load(HERE.root / "tests" / "library", ""))
EDITION = resolve.resolve(SMALL, "red", "en")
NOTE = "blocks/note/note.html.j2"


def laid(own: Path, name: str, text: str) -> Composer:
    """Return our templates below those of a series, which has one more."""
    path = own / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return Composer((own, HERE.templates))


def test_a_template_takes_the_place_of_ours(tmp_path: Path) -> None:
    """It may still use that, and the others stay; what editors leave beside it is no template."""
    (tmp_path / "notes.html.j2~").write_text("{% nothing", "utf-8")
    composer = laid(
        tmp_path, "correction.html.j2", '{% include "press/correction.html.j2" %}<p>So.</p>'
    )
    ours = Composer(HERE.template_folders)
    given = {"edition": EDITION}
    assert composer.fill("whole.html.j2", **given) == ours.fill("whole.html.j2", **given)
    changed = {name for name in ours.texts if composer.texts[name] != ours.texts[name]}
    assert changed == {"correction.html.j2"}
    assert composer.texts["press/correction.html.j2"] == ours.texts["correction.html.j2"]
    assert composer.digest() != ours.digest()


def test_a_style_is_added_behind_ours(tmp_path: Path) -> None:
    """So that a series types what it means to change, and nothing else."""
    style = ".note { padding: 2mm }"
    page = page_of(EDITION, composer=laid(tmp_path, "styles/brief.css", style))
    ours = page_of(EDITION)
    added = page.replace(".note{padding:2mm}", "", 1)
    assert added != page
    assert re.sub(r"\s", "", added) == re.sub(r"\s", "", ours)


def test_words_of_templates_are_said_otherwise(tmp_path: Path) -> None:
    """What is put into them stays; those that change with a number are among them."""
    said = {
        "Evidence notes": "Proofs",
        "References": "What we read",
        "Where no year is given, %(works)s states none.": "No year: %(works)s states none.",
    }
    lines = "".join(f'"{ours}": "{theirs}"\n' for ours, theirs in said.items())
    page = page_of(EDITION, composer=laid(tmp_path, "words.yaml", lines))
    ours = page_of(EDITION)
    for old, new in said.items():
        assert old.partition("%")[0] in ours
        ours = ours.replace(old.partition("%")[0], new.partition("%")[0])
    assert page == ours


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("blocks/note/notes.html.j2", "", f"did you mean '{NOTE}'"),
        ("blocks/note/read-me.txt", "", "no template or style of Press is called"),
        ("fonts/PressSans-Regular.ttf", "", "no template or style of Press is called"),
        ("words.yml", "", "no template or style of Press is called 'words.yml'"),
        (
            "styles/brief.css",
            "\n.note { display: none }",
            "own/styles/brief.css:2: 'display: none'",
        ),
        (
            "styles/brief.css",
            "\n\n@import 'x';",
            "own/styles/brief.css:3: a style of ours has no @import",
        ),
        (NOTE, "<style>p { margin: 0 }</style>", f"own/{NOTE}:1: a template has no style"),
    ],
)
def test_what_would_do_nothing_or_hide_words_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str
) -> None:
    """With the file of the series, and its own lines."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=re.escape(said)) as refused:
        laid(tmp_path / "own", name, text)
    assert str(refused.value).startswith(f"own/{name}:")


def test_a_template_that_breaks_is_named_by_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours of that name is whole."""
    monkeypatch.chdir(tmp_path)
    composer = laid(tmp_path / "own", "whole.html.j2", "\n{{ nobody }}")
    with pytest.raises(ConfigurationError, match=re.escape("own/whole.html.j2:2: 'nobody'")):
        composer.fill("whole.html.j2", edition=EDITION)


def test_a_template_is_not_read_from_elsewhere(tmp_path: Path) -> None:
    """A link could lead to what is for another audience."""
    (tmp_path / "own").mkdir()
    (tmp_path / "secret").write_text("secret", "utf-8")
    (tmp_path / "own" / "whole.html.j2").symlink_to("../secret")
    with pytest.raises(ConfigurationError, match="is a link; put the file itself there"):
        Composer((tmp_path / "own", HERE.templates))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"Evidence note": Proofs', "no template says 'Evidence note'; did you mean"),
        (
            '"References": "<b>Read</b>"',
            "expected words for 'References', without '<', '>', '&' and '\\'; quotes are “ and ”",
        ),
        ("'References': '\"Read\"'", "quotes are “ and ”"),
        ("'References': 'Read\\'", "without '<', '>', '&' and '\\'"),
        ('"References": [a]', "expected words for 'References'"),
        (
            '"Evidence note %(number)s": Proof',
            "the words for 'Evidence note %(number)s' have %(number)s just",
        ),
        ('"References": "100% read"', "the words for 'References' have no % just as these have"),
    ],
)
def test_words_that_cannot_be_said_are_refused(tmp_path: Path, line: str, said: str) -> None:
    """With their place."""
    with pytest.raises(ContentRefusedError) as refused:
        laid(tmp_path, "words.yaml", f"# words\n{line}\n")
    [problem] = refused.value.problems
    assert said in problem.message
    assert problem.place.line == 2
