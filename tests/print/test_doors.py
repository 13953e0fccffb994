"""Four doors into what the engine keeps private, all known: a new version of it fails here first, and loudly."""

from __future__ import annotations

import ast
import inspect
import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
import weasyprint  # type: ignore[import-untyped]
from weasyprint.draw import text as drawing  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.images import SVGImage  # type: ignore[import-untyped]
from weasyprint.layout.absolute import AbsolutePlaceholder  # type: ignore[import-untyped]
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.line_break import Layout  # type: ignore[import-untyped]

from press.checks import print as print_check
from press.print.accessible.tags import KNOWN
from press.print.pool import proved
from tests.checks.test_layout import held_to
from tests.print.test_pdf_samples import ASSETS, page
from tests.support.folders import HERE
from tests.support.foreign_engine import VERSION, print_foreign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOM = HERE.root / "press" / "print"
DOORS = {  # modules, and what each touches that the engine keeps private or does not expect to be changed
    "box_tree.py": {"_page_box", "_box", "_svg", "text"},
    "accessible/tags.py": {"_tags", "add_tags"},
    "font_watch.py": {"draw_first_line", "add_font"},
    "line_splits.py": {"split_first_line"},
}
SIGNATURES = {
    "weasyprint.pdf.add_tags": (
        weasyprint.pdf.add_tags,
        "(pdf, document, pdf_version, page_streams)",
    ),
    "weasyprint.draw.text.draw_first_line": (
        drawing.draw_first_line,
        "(stream, textbox, text_overflow, block_ellipsis, matrix)",
    ),
    "weasyprint.pdf.stream.Stream.add_font": (Stream.add_font, "(self, pango_font)"),
    "weasyprint.pdf.stream.Stream": (
        Stream.__init__,
        "(self, fonts, page_rectangle, resources, images, tags, color_profiles, output_intent, *args, **kwargs)",
    ),
    "weasyprint.text.line_break.split_first_line": (
        line_break.split_first_line,
        "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)",
    ),
    "weasyprint.images.SVGImage.draw": (
        SVGImage.draw,
        "(self, stream, concrete_width, concrete_height, _style)",
    ),
}
CHANGEABLE = {  # of the engine
    name
    for engine in (weasyprint.pdf, drawing, Stream, line_break)
    for name, value in vars(engine).items()
    if inspect.isfunction(value)
}
WAY_OUT = (
    f"press/print was made for WeasyPrint {KNOWN}; {weasyprint.__version__} is installed. Read what has changed in its "
    "pdf/__init__.py, pdf/stream.py, pdf/tags.py, draw/text.py, layout/absolute.py and text/line_break.py; let "
    "tests/print pass; then raise KNOWN in press/print/accessible/tags.py and the version in requirements/core.in"
)


def touched(tree: ast.AST) -> Iterator[str]:
    """Yield the private names of others in a module, and what of the engine it changes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and not is_own(node.value):
            is_text = node.attr == "text" and getattr(node.value, "attr", "") == "pango_layout"
            is_set = isinstance(node.ctx, ast.Store) and (is_text or node.attr in CHANGEABLE)
            if is_set or re.match(r"_(?!_|replace$)", node.attr):
                yield node.attr
        elif isinstance(node, ast.Constant) and re.match(r"_[a-z]", str(node.value)):
            yield str(node.value)  # as in getattr


def is_own(value: ast.expr) -> bool:
    """Say whether an object is of the module itself."""
    return isinstance(value, ast.Name) and value.id in {"self", "cls", "os"}


def test_there_are_four_doors() -> None:
    """No other module of the room touches what is private, and these touch nothing more."""
    found = {
        path.relative_to(ROOM).as_posix(): set(touched(ast.parse(path.read_text("utf-8"))))
        for path in ROOM.rglob("*.py")
    }
    assert len(found) > 30
    assert {name: names for name, names in found.items() if names} == DOORS


def test_the_version_is_the_known_one() -> None:
    """It is pinned, too."""
    assert weasyprint.__version__ == KNOWN, WAY_OUT
    pinned = (HERE.root / "requirements" / "core.in").read_text("utf-8")
    assert f"weasyprint=={KNOWN}" in pinned


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_function_is_called_as_before(name: str) -> None:
    """Ours are called in its place, or call it."""
    function, signature = SIGNATURES[name]
    assert str(inspect.signature(function)) == signature, WAY_OUT


def test_what_is_private_is_where_it_was() -> None:
    """Boxes of pages, what stands in the place of one, marks of boxes, texts of layouts."""
    [sheet] = weasyprint.HTML(string='<p style="position: absolute">a').render().pages
    assert "_page_box" in vars(sheet), WAY_OUT
    body = sheet._page_box
    while isinstance(body, boxes.ParentBox) and not isinstance(body, AbsolutePlaceholder):
        body = next(iter(body.all_children()))
    assert isinstance(object.__getattribute__(body, "_box"), boxes.Box), WAY_OUT
    assert "self._tags" in inspect.getsource(Stream.__init__), WAY_OUT
    assert "self._svg = " in inspect.getsource(SVGImage.__init__), WAY_OUT
    assert "self.set_text(self.text," in inspect.getsource(Layout.reactivate), WAY_OUT


def test_classes_of_boxes_have_their_names() -> None:
    """The boxes are told apart by these."""
    sources = "".join(path.read_text("utf-8") for path in ROOM.rglob("*.py"))
    names = set(re.findall(r'"([A-Z]\w+[a-z]Box)"', sources))
    assert {"TextBox", "LineBox", "MarginBox"} <= names
    assert {name for name in names if not hasattr(boxes, name)} == set(), WAY_OUT


def test_with_an_unknown_version_its_own_tags_stand(tmp_path: Path) -> None:
    """The PDF is made, claims less, and is not accused; a warning says why."""
    made = proved(print_foreign(tmp_path, page(), ASSETS), page())
    assert made.facts.foreign_tags == VERSION
    assert made.facts.unproved == ()
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        assert "/StructTreeRoot" in document.Root
    assert b"<pdfaid:part>2</pdfaid:part>" in made.pdf
    assert b"pdfuaid:part>" not in made.pdf
    told = [each for each in print_check.check(held_to(), made.facts) if each.rule == "engine"]
    [warning] = told
    assert warning.severity == "warning"
    assert (
        f"the tags of WeasyPrint {VERSION}, a version that Press does not know" in warning.message
    )


def test_with_the_known_version_our_tags_are_written(tmp_path: Path) -> None:
    """The same, but for the version: what is above is due to it alone."""
    made = proved(print_foreign(tmp_path, page(), ASSETS, KNOWN), page())
    assert made.facts.foreign_tags == ""
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.pdf
