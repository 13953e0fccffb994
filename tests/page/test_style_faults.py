"""What a style of a template could hide, move or add is refused, with file and line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from press.page import style_faults
from press.page.compose import Composer
from press.page.style_faults import faults
from press.problems import ConfigurationError
from tests.support.folders import HERE

if TYPE_CHECKING:
    from pathlib import Path

HIDING = """\
.a { display: none }
.a { display: table-column }
.a { visibility: hidden }
.a { opacity: 0 }
.a { opacity: 0.99 }
.a { color: #fff }
.a { color: transparent }
.a { color: rgb(0 0 0 / 0) }
.a { color: var(--paper) }
.a { color: var(--tint) }
.a { color: var(--mine) }
.a { color: color-mix(in srgb, white 90%, black) }
.a { -webkit-text-fill-color: transparent }
.a { background: #17211f }
.a { background: var(--ink) }
.a { background: linear-gradient(#17211f, #17211f) }
.a { background: url(https://x.org/a) }
.a { --ink: #fff }
.a { --type-body: 1px }
.a { --line-body: 0 }
.a { --mine: url(//x.org/a) }
.a { --mine: "words" }
.a { transform: rotate(180deg) }
.a { rotate: 180deg }
.a { scale: 0 }
.a { translate: -9999px }
.a { filter: blur(9px) }
.a { mask-image: none }
.a { clip: rect(0 0 0 0) }
.a { clip-path: inset(50%) }
.a { content-visibility: hidden }
.a { position: absolute }
.a { position: fixed }
.a { position: relative; left: -9999px }
.a { text-indent: -9999px }
.a { margin-left: -9999px }
.a { margin: 0 0 0 -20em }
.a { margin-left: calc(0px - 9999px) }
.a { padding-left: 9999px }
.a { letter-spacing: -1em }
.a { font-size: 1px }
.a { font-size: 0 }
.a { font-size: 0.1em }
.a { font-size: calc(1rem * 0) }
.a { font-size: xx-small }
.a { font: 1px serif }
.a { font-family: Wingdings }
.a { line-height: 0 }
.a { height: 0; overflow: hidden }
.a { max-height: 1px }
.a { overflow: auto }
.a { object-fit: cover }
.a { object-position: -999px }
.a { text-decoration: line-through }
.a { text-transform: uppercase }
.a { text-overflow: "99 more words" }
.a { writing-mode: vertical-rl }
.a { direction: rtl }
.a { order: 2 }
.a { flex-direction: row-reverse }
.a { z-index: 9 }
.a { box-shadow: inset 0 0 0 99px white }
.a { animation: a 1s }
.a { all: unset }
.a { counter-increment: note 2 }
.a { list-style: "99 more words" }
.a { string-set: foot "words" }
.a { bookmark-label: "words" }
.a { quotes: "99" "more" }
.a { hyphenate-character: "words" }
.a::after { content: ' 99 more words' }
.a::after { content: "\\39 9" }
.a::after { content: attr(data-block) }
.a::after { content: url(https://x.org/a) }
.a::after { content: counter(note) " more" }
.a::after { content: open-quote }
.a { p { display: none } }
.a { display: none !important }
.a { disp\\6cay: none; dis\\70lay: none }
@media screen { .a p { display: none } }
@media screen { @supports (color: red) { .a p { opacity: 0 } } }
@page { @top-left { content: "words" } }
@import "https://x.org/a.css";
@font-face { font-family: "Press Serif"; src: local("Arial") }
@keyframes a { to { color: red } }
@layer a { .a { color: red } }
.a { color red }
.a { margin: 3xx }
.a { colour: red }
.a { color: bluu }
}
"""
SOUND = """\
table { border-spacing: 2px } .a { flex-shrink: 0; justify-items: start }
.a { color: var(--accent); background: var(--tint); font-size: 12pt; line-height: 1.35 }
.a { margin: 0 auto; padding: 2mm 1rem; border: 1px solid var(--rule); width: 50%; border-radius: 3px }
.a:hover { text-decoration: underline }
.a::before { content: "– "; font-weight: 600 }
.a::before { content: counter(message) }
@media (max-width: 30rem) { .a:hover, .b > p { display: block; font-family: var(--sans) } }
:root { --room: 0.9; --type-body: 11pt; --mine: 3mm }
"""


@pytest.mark.parametrize("css", HIDING.splitlines())
def test_what_could_hide_move_or_add_words_is_refused(css: str) -> None:
    """Whatever the way; the line is that of the declaration."""
    assert {line for line, _ in faults(f"/* one\ntwo */\n{css}\n")} == {3}


@pytest.mark.parametrize("css", SOUND.splitlines())
def test_what_cannot_is_not(css: str) -> None:
    """Colours of the brief, sizes that can be read, spaces, rules."""
    assert [*faults(css)] == []


def test_each_use_of_our_own_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of them has no line that no style needs."""
    own = style_faults._own()
    styles = "\n".join(path.read_text("utf-8") for path in HERE.templates.rglob("*.css"))
    styles += '@media screen and (max-width:60rem){.claims td:nth-child(0)::before{content:"0: "}}'
    assert own
    assert [*faults(styles)] == []
    monkeypatch.setattr(style_faults, "_own", frozenset)
    assert len([*faults(styles)]) >= len(own)


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("blocks/paragraph/paragraph.css", "p { display: none }", "'display: none' could hide"),
        ("styles/screen.css", "p { colour: red }", "does not set 'colour'"),
        ("page.html.j2", "<style>p{color:red}</style>", "a template has no style of its own"),
        ("site/index.html.j2", "{% block style %}p{opacity:0}{% endblock %}", "'opacity'"),
        (
            "site/evidence.html.j2",
            "{%- block style -%} p { color: {{ a }} } {% endblock %}",
            "'color: 0'",
        ),
    ],
)
def test_a_style_is_refused_at_its_file_and_line(
    tmp_path: Path, file: str, line: str, message: str
) -> None:
    """Not at the brief in which it is seen."""
    folder = tmp_path / "templates"
    shutil.copytree(HERE.templates, folder)
    text = (folder / file).read_text("utf-8")
    (folder / file).write_text(f"{text}{line}\n", "utf-8")
    place = f"templates/{file}:{text.count(chr(10)) + 1}: "
    with pytest.raises(ConfigurationError) as stop:
        Composer((folder,))
    assert str(stop.value).startswith(place)
    assert message in str(stop.value)
