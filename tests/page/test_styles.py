"""Styles are written to be read, and sent short: a page has those of the blocks on it."""

from __future__ import annotations

import re

import pytest

from press.page.compose import Composer
from press.page.styles import minified
from tests.support.folders import HERE

LIBRARY = HERE.root / "tests" / "library"
TEXTS = Composer(HERE.templates).texts
CLASS = re.compile(r"\.(-?[a-z][\w-]*)")


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("/* a { */\n.a,\n.b {\n  top: 0.5rem;\n  left: -0.25px;\n}\n", ".a,.b{top:.5rem;left:-.25px}"),
        ("a { width: calc(10.05mm * var(--room) - 0.5mm); }", "a{width:calc(10.05mm*var(--room) - .5mm)}"),
        (".a .b > .c + .d { margin: 0 1px; }", ".a .b>.c + .d{margin:0 1px}"),
        ('a { content: ", ; 0.5 : " attr(title); }', 'a{content:", ; 0.5 : " attr(title)}'),
        ("@media (max-width: 9rem) and (hover) {\n  a:hover { top: 0; }\n}",
         "@media (max-width:9rem) and (hover){a:hover{top:0}}"),
    ],
)  # fmt: skip
def test_what_is_not_needed_is_left_out(css: str, short: str) -> None:
    """Comments, white space, last semicolons and zeros before a point; a string stays as it is."""
    assert minified(css) == short
