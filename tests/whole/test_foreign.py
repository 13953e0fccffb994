"""Words in another language: on a page, in its print, in a post and between two builds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from tests.support.project import files

if TYPE_CHECKING:
    from tests.support.project import Project

BLOCKS = "content/blocks/red.yaml"
TYPED = "The [Чүй облусу](lang:ky) and [Минздрав](lang:ru) say so."
SPANS = 'The<span lang="ky"> Чүй облусу</span> and<span lang="ru"> Минздрав</span> say so.'


def test_words_in_another_language_say_so_everywhere(project: Project) -> None:
    """Page, print and post have the language, and the page brings the letters; a comparison shows what was typed."""
    project.edit(BLOCKS, "The date is ours.", TYPED)
    assert project.made()["en/red"] == "new"
    page = (project.out / "en" / "red.html").read_text("utf-8")
    assert SPANS in page
    with pikepdf.open(io.BytesIO((project.out / "en" / "red.pdf").read_bytes())) as document:
        every = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        languages = [
            str(each.Lang) for each in every if each.get("/S") == "/Span" and "/Lang" in each
        ]
    assert sorted(languages) == ["ky", "ru"]
    project.good("kit", "--jobs", "1")
    assert SPANS in files(project.root / "kits")["en/red/post.html"].decode()
    project.edit(BLOCKS, "(lang:ru)", "(lang:ky)")
    told = project.good("diff", "build")
    assert "Минздрав[-](lang:ru)-]" in told
