"""Styles are written to be read, and sent short: a page has those of the blocks on it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import weasyprint  # type: ignore[import-untyped]  # it has no types
from weasyprint.text.line_break import Layout  # type: ignore[import-untyped]  # nor here

from press.content import library
from press.content.model.kinds import KINDS
from press.edition import resolve
from press.page.compose import Composer
from press.page.styles import minified, with_place, without_unused
from press.problems import Place, Problem
from tests.support.composing import page_of
from tests.support.folders import HERE

LIBRARY = HERE.root / "tests" / "library"
TEXTS = Composer(HERE.template_folders).texts
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


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("it complains: Ignored `margin:solid` at 12:305, invalid value.", "blocks/a.css:3:1"),
        ("it complains: Ignored `width:1mm` at 12:305, invalid value.", ""),
        ("it complains: margin: solid", ""),
    ],
)
def test_what_the_engine_ignores_is_named_where_it_was_written(
    tmp_path: Path, message: str, place: str
) -> None:
    """A place in the page that was made of the styles helps nobody."""
    (tmp_path / "blocks").mkdir()
    (tmp_path / "blocks/a.css").write_text("/* a */\n.a {\n  margin: solid;\n}\n", "utf-8")
    problem = with_place(Problem(Place("briefs/red.yaml"), message, "engine"), tmp_path)
    assert str(problem.place).endswith(place or "briefs/red.yaml:1:1")
    assert ("12:305" in problem.message) == ("width" in message)


@pytest.mark.parametrize(
    ("message", "rule", "line"),
    [
        ("a page has no <script>; take it out of the template", "markup", 2),
        ("a <img> has no text alternative", "alternative", 4),
        ("a link leads to '#gone', which is not on the page", "anchor", 5),
        ("a page has no address that begins with 'file:'", "markup", 6),
        ("a page has no attribute 'hidden'", "markup", 7),
        ("a <g> has no 'href'", "markup", 8),
        ("a page has no <use>; take it out of the template", "markup", 0),  # a drawing has it
        ("the id 'b' is on the page 2 times", "anchor", 0),
    ],
)
def test_what_a_template_typed_is_named_where_it_did(
    tmp_path: Path, message: str, rule: str, line: int
) -> None:
    """The author of the block at which it is printed can mend nothing."""
    lines = [
        '<p class="visually-hidden" id="b">script <img alt="a"></p>',
        "<script>x</script>",
        '<a href="#b">x</a>',
        '<img src="x.png">',
        '<a href="#gone">x</a>',
        '<a href="file:x">x</a>',
        "<p hidden>x</p>",
        '<g id="a" href="#b"></g>',
    ]
    (tmp_path / "a.html.j2").write_text("\n".join(lines), "utf-8")
    problem = with_place(Problem(Place("briefs/red.yaml"), message, rule), tmp_path)
    assert str(problem.place).endswith(f"a.html.j2:{line}:1" if line else "briefs/red.yaml:1:1")


@pytest.mark.parametrize(
    ("message", "place"),
    [
        (
            "the template leaves out the words 'x', 'text' of the message 'a'",
            "blocks/message/message.html.j2:3",
        ),
        (
            "the template leaves out the words 'x', 'bases' of the message 'a'",
            "blocks/message/message.html.j2:2",
        ),
        (
            "the template leaves out the words 'x', 'caveat' of the evidence note 'a'",
            "notes.html.j2:2",
        ),
        ("the template leaves out 'x', which says who speaks", "page.html.j2:2"),
        ("the template does not say that this is draft abc", "page.html.j2:1"),
        ("the Text file leaves out the words 'x', 'text' of the message 'a'", "briefs/red.yaml:1"),
    ],
)
def test_words_that_a_template_leaves_out_are_named_where_it_prints_them(
    tmp_path: Path, message: str, place: str
) -> None:
    """Where it has them no more, where it begins the block."""
    for name, text in (
        (
            "blocks/message/message",
            "{# a #}\n<p data-block=a>\n{{ block.text|line|truncate(9) }}\n",
        ),
        ("notes", "<ol>\n{{ note.caveat|upper }}\n"),
        ("page", "{{ draft }}\n{{ voices }}\n"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{name}.html.j2").write_text(text, "utf-8")
    problem = with_place(Problem(Place("briefs/red.yaml"), message, "lost"), tmp_path)
    assert str(problem.place).endswith(f"{place}:1")


def test_a_page_carries_the_styles_of_its_kinds_of_block() -> None:
    """And no others."""
    edition = resolve.resolve(library.sound(library.load(LIBRARY, "")), "red", "en")
    page, used = page_of(edition), {block.kind for block in edition.blocks()}
    carried = {kind for kind in KINDS if minified(TEXTS[f"blocks/{kind}/{kind}.css"]) in page}
    assert carried == used < KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_needs_no_style_of_another(kind: str) -> None:
    """Each class in its template has its rules in its own style, or in those that all pages carry."""
    own, *others = sorted(KINDS, key=lambda name: name != kind)
    rows = [name for name in KINDS if kind in {name, KINDS[name].row_of}]
    template = "".join(TEXTS.get(f"blocks/{name}/{name}.html.j2", "") for name in rows)
    classes = {name for names in re.findall(r'class="([^"]*)"', template) for name in names.split()}
    foreign = {
        name
        for other in set(others) - set(rows)
        for name in CLASS.findall(TEXTS[f"blocks/{other}/{other}.css"])
    }
    assert classes & (foreign - set(CLASS.findall(TEXTS[f"blocks/{own}/{own}.css"]))) == set()


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (".a{color:red}", True),
        (".b{color:red}", False),
        (".a .b{color:red}", False),
        (".b,.a{color:red}", True),
        (".a:not(.b){color:red}", True),
        (".a--more{color:red}", False),
        ("p .b{color:red}", True),  # only what begins with a class is looked at
        ("@media print{.b{color:red}.a{margin:0}}", False),
    ],
)
def test_rules_for_classes_that_no_element_has_are_left_out(rule: str, *, kept: bool) -> None:
    """They are a tenth of the styles of a page; the others stay, in their order."""
    page = (
        "<title>;.b{{}}</title><style>\n:root{{--b:1}}{}\n</style></head>"
        '<body><p class="c a">.b{{color:red}}</p></body>'
    )
    left = without_unused(page.format(rule))
    assert (left == page.format(rule)) == kept
    assert left.startswith("<title>;.b{}</title>")
    assert left.endswith(".b{color:red}</p></body>")
    assert ":root{--b:1}" in left
    assert ("margin:0" in left) == ("margin" in rule)


LONG_TEXT = ("word " * 72).strip()  # about as long as a line may be
LONGER_TEXT = ("word " * 300).strip()  # likewise one of the foot
LAID_OUT = 240  # letters, for each that is typed
TABLE = "  table:\n    title: Gates\n    columns: [{0}, b]\n    rows: [[{0}, b], [c, d]]\nred-ask:"
LONG_TEXTS = {  # where a long text may stand: edits of files of the library
    "series": [("series.yaml", "Gardens of the town", LONG_TEXT)],
    "publisher": [("series.yaml", "publisher: The town", f"publisher: {LONG_TEXT}")],
    "disclaimer": [
        ("series.yaml", "pub", f"address: https://gardens.example/\ndisclaimer: {LONGER_TEXT}\npub")
    ],
    "label": [("briefs/red.yaml", "For red readers", LONG_TEXT)],
    "subtitle": [("blocks/red.yaml", "subtitle: Number", f"subtitle: {LONG_TEXT}")],
    "tile": [("blocks/red.yaml", "parts:", "tiles:"), ("blocks/red.yaml", "Elsewhere", LONG_TEXT)],
    "cell": [
        ("blocks/red.yaml", "red-ask:", f"red-table:\n{TABLE.format(LONG_TEXT)}"),
        ("briefs/red.yaml", "sections:", "sections:\n  problem: [red-table]"),
    ],
}


@pytest.mark.parametrize("where", LONG_TEXTS)
def test_the_engine_lays_out_a_long_text_a_few_times_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """An item of a flexible box that may not be narrow is laid out once for each letter."""
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    for file, right, long in LONG_TEXTS[where]:
        text = (content / file).read_text("utf-8")
        assert right in text
        (content / file).write_text(text.replace(right, long, 1), "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    page, real, letters = (
        page_of(resolve.resolve(library.sound(read), "red", "en")),
        Layout.set_text,
        0,
    )

    def count(layout: Layout, text: str, *options: bool) -> None:
        nonlocal letters
        letters += len(text)
        assert letters < LAID_OUT * len(LONG_TEXT)
        real(layout, text, *options)

    monkeypatch.setattr(Layout, "set_text", count)
    weasyprint.HTML(string=page).render()
    assert letters > len(LONG_TEXT)
