"""What a template may do and may not, and that whatever an author types comes out as text."""

from __future__ import annotations

import dataclasses
import html
import marshal
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from press.checks.content import texts
from press.content import library
from press.edition import edition as ed
from press.edition import resolve
from press.ground.store import Store
from press.page import compose, running_text
from press.page.compose import Composer
from press.page.fonts import charsets
from press.page.running_text import JOINER
from press.problems import ConfigurationError
from tests.support.composing import page_of
from tests.support.folders import HERE

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

LIBRARY = Path(__file__).parents[1] / "library"
HOSTILE = """<script>alert(1)</script> "quoted" 'single' &amp; {{ 7*7 }} {% raw %} asset:fonts.css --> </style>"""


class Value:
    """What a template is given: a thing with an attribute, a method and a hidden part."""

    name = "gardens"
    _hidden = "hidden"

    def method(self) -> str:
        """Return a text."""
        return "said"


GIVEN: dict[str, Any] = {"value": Value(), "nothing": None, "items": ["a"], "function": len}


def filled(folder: Path, template: str, **others: str) -> str:
    """Write *template* and *others* below *folder*, and fill it."""
    names = {"page.html.j2": template} | {f"{name}.html.j2": text for name, text in others.items()}
    for name, text in names.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Composer((folder,)).fill("page.html.j2", **GIVEN)


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ value.name }}", "gardens"),
        ("{{ value.method() }}", "said"),
        ("{{ items|join }}", "a"),
        ("{% include 'part.html.j2' %}", "a part"),
        ("{{ nothing or 'none given' }}", "none given"),
        ("{{ other|default('none given') }}", "none given"),
    ],
)
def test_a_template_prints_what_it_is_given(tmp_path: Path, template: str, shown: str) -> None:
    """What the refusals below look like is not refused for another reason."""
    assert filled(tmp_path, template, part="a part") == shown


@pytest.mark.parametrize(
    "expression",
    [
        "nothing",
        "none",
        "function",
        "value.method",
        "items.append",
        "'text'.upper",
        "range",
        "value.nme",
        "values",
        "values.name",
        "value.name.nme",
        "value.__class__",
        "value['__class__']",
        "value|attr('__class__')",
        "value._hidden",
        "().__class__.__base__.__subclasses__()",
        "'{0.__class__}'.format(value)",
        "'%s'|format(value.__dict__)",
        "function.__globals__",
        "items.append('b')",
        "items.__setitem__(0, 'b')",
        "self.__init__",
        "lipsum.__globals__",
        "cycler.__init__.__globals__.os",
    ],
)
def test_a_template_is_stopped(tmp_path: Path, expression: str) -> None:
    """None, callables, names that nobody gave, Python's own attributes and changes are refused at their line."""
    with pytest.raises(ConfigurationError, match=r"\Atemplates/page\.html\.j2:2: "):
        filled(tmp_path, f"first line\n{{{{ {expression} }}}}\n")


@pytest.mark.parametrize(
    "statement",
    [
        "{% if values %}{% endif %}",
        "{% for one in value.many %}{% endfor %}",
        "{% include 'missing.html.j2' %}",
        "{% include '../secret.html.j2' %}",
        "{% include 'part/../../secret.html.j2' %}",
        "{% import '/etc/passwd' as other %}",
        "{% extends 'notes.txt' %}",
        "{% do items.append('b') %}",
        "{% for one in items %}",
        "{{ value",
        "{{ value|unknown }}",
        "{% unknown %}",
    ],
)
def test_a_statement_is_stopped(tmp_path: Path, statement: str) -> None:
    """Names that nobody gave, changes, what lies outside the folder and broken syntax are refused at their line."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret.html.j2").write_text("secret", encoding="utf-8")
    (folder / "notes.txt").write_text("no template", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"\Atemplates/page\.html\.j2:2: "):
        filled(folder, f"first line\n{statement}")


def test_a_template_or_name_that_is_missing_is_told_in_words(tmp_path: Path) -> None:
    """Its name alone would say nothing."""
    (tmp_path / "templates").mkdir()
    for statement, said in (
        (
            "{% include 'part.html.j2' %}",
            "there is no templates/part.html.j2; correct the name, or write the file",
        ),
        ("{{ _('%(year)s') }}", "nothing is called 'year' here; correct the name"),
    ):
        with pytest.raises(ConfigurationError, match=rf":1: {re.escape(said)}\Z"):
            filled(tmp_path / "templates", statement)


def test_the_innermost_template_is_named(tmp_path: Path) -> None:
    """A fault in a part is told at its own file and line, whether it shows when it is read or when it is filled."""
    page = "one\n\n{% include 'blocks/part.html.j2' %}"
    for fault in ("{{ values }}", "{% unknown %}"):
        with pytest.raises(ConfigurationError, match=r"\Atemplates/blocks/part\.html\.j2:4: "):
            filled(tmp_path, page, **{"blocks/part": f"\n\n\n{fault}"})
    macro = "{% from 'macros.html.j2' import named %}\n\n{{ named() }}"
    with pytest.raises(ConfigurationError, match=r"\Atemplates/macros\.html\.j2:2: "):
        filled(tmp_path, macro, macros="{% macro named() %}\n{{ nothing.name }}{% endmacro %}")


def test_what_is_given_is_not_changed(tmp_path: Path) -> None:
    """No template writes to a value that others are given, too."""
    with pytest.raises(ConfigurationError, match=r"\Atemplates/page\.html\.j2:\d: cannot assign"):
        filled(tmp_path, "{% set value.name = 'other' %}")


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_is_not_followed(tmp_path: Path, what: str) -> None:
    """A template that only a link leads to is not there."""
    outside, folder = tmp_path / "outside", tmp_path / "templates"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "secret.html.j2").write_text("secret", encoding="utf-8")
    folder.mkdir()
    source = "deep" if what == "folder" else "deep/secret.html.j2"
    (folder / source.rpartition("/")[2]).symlink_to(outside / source)
    name = "deep/secret.html.j2" if what == "folder" else "secret.html.j2"
    assert (folder / name).read_text("utf-8") == "secret"
    with pytest.raises(ConfigurationError, match=name):
        filled(folder, f"{{% include '{name}' %}}")


def test_templates_are_read_once(tmp_path: Path) -> None:
    """What changes on the disk while a build runs changes none of its pages, and has another digest."""
    (tmp_path / "page.html.j2").write_text("before", encoding="utf-8")
    composer = Composer((tmp_path,))
    (tmp_path / "page.html.j2").write_text("after", encoding="utf-8")
    assert composer.fill("page.html.j2") == "before"
    assert composer.digest() != Composer((tmp_path,)).digest()


def test_templates_are_compiled_once(tmp_path: Path) -> None:
    """What the store has of the same text, made by the same code, is filled; what is not filled is not compiled."""
    folder, store = tmp_path / "templates", Store(tmp_path / "store")
    shutil.copytree(HERE.templates, folder)
    fresh = Composer((folder,))
    wanted = page_of(edition(), composer=fresh)

    def kept() -> dict[str, CodeType]:
        """Return the compiled templates that the store has, by their entries."""
        found = {path.name: store.get(path.name) for path in store.folder.glob("*/*")}
        return {name: marshal.loads(data) for name, data in found.items() if data}  # noqa: S302 - ours

    for _ in range(2):
        assert page_of(edition(), composer=Composer((folder,), store, "code")) == wanted
    names = {code.co_filename for code in kept().values()}
    assert {"page.html.j2", "parts.html.j2"} < names
    assert not {name for name in names if name.startswith(("mail/", "kit/"))}
    [entry] = [name for name, code in kept().items() if code.co_filename == "page.html.j2"]
    store.put(entry, marshal.dumps(fresh.env.compile("other", "page.html.j2", "page.html.j2")))
    assert page_of(edition(), composer=Composer((folder,), store, "code")) == "other"
    assert page_of(edition(), composer=Composer((folder,), store, "new code")) == wanted
    with (folder / "page.html.j2").open("a", encoding="utf-8") as file:
        file.write("<!-- new -->")
    before = len(kept())
    changed = page_of(edition(), composer=Composer((folder,), store, "code"))
    assert changed == f"{wanted}\n<!-- new -->"
    assert len(kept()) == before + 1


def test_a_store_hides_no_mistake_of_a_template(tmp_path: Path) -> None:
    """One that cannot be compiled is told when it is filled, a style that could hide words each time."""
    folder, store = tmp_path / "templates", Store(tmp_path / "store")
    folder.mkdir()
    (folder / "good.txt.j2").write_text("good", "utf-8")
    (folder / "wrong.txt.j2").write_text("{% if %}", "utf-8")
    for _ in range(2):
        composer = Composer((folder,), store)
        assert composer.fill("good.txt.j2") == "good"
        with pytest.raises(ConfigurationError, match=r"templates/wrong\.txt\.j2:1: "):
            composer.fill("wrong.txt.j2")
    (folder / "hiding.css").write_text("p { display: none }", "utf-8")
    for _ in range(2):
        with pytest.raises(ConfigurationError, match=r"hiding\.css:1: "):
            Composer((folder,), store)


class Outline(HTMLParser):
    """The elements of a page with the names of their attributes, and all that a reader reads or hears of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element, and keep what its attributes say."""
        self.elements[tag, tuple(sorted(name for name, _ in attrs))] += 1
        self.words += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.words.append(data)


def edition(brief: str = "red") -> ed.Edition:
    """Return a brief of the small library."""
    return resolve.resolve(library.sound(library.load(LIBRARY, "")), brief, "en")


FREE = {  # the fields that hold what an author typed, and no id, address, colour or word of ours
    "text",
    "label",
    "series",
    "publisher",
    "contact",
    "released",
    "name",
    "summary",
    "alternative",
    "shown",
    "unit",
    "dating",
    "derived",
    "citation",
    "by",
    "locator",
    "year",
}


def hostile(value: Any, name: str = "") -> Any:  # noqa: ANN401 - any part of an edition
    """Return *value* with something nasty in each text that is an author's."""
    if isinstance(value, ed.Basis):
        return value
    if isinstance(value, ed.Section):
        return dataclasses.replace(value, blocks=hostile(value.blocks))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        changed = {key: hostile(inner, key) for key, inner in fields.items() if key != "kind"}
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(hostile(inner, name) for inner in value)
    return f"{value}{HOSTILE}" if isinstance(value, str) and name in FREE and value else value


@pytest.mark.parametrize("brief", ["red", "blue"])
def test_what_an_author_types_comes_out_as_text(brief: str) -> None:
    """Markup, quotes and braces in every text change no element and no attribute, and are read as they are."""
    sound = edition(brief)
    before, after = Outline(page_of(sound)), Outline(page_of(hostile(sound)))
    assert after.elements == before.elements
    assert len(after.words) == len(before.words)
    changed = [(one, two) for one, two in zip(before.words, after.words, strict=True) if one != two]
    assert len(changed) > 30
    assert [two for _, two in changed if HOSTILE not in two] == []


def test_the_masthead_says_how_old_the_evidence_is() -> None:
    """What is recent has its latest figure; what became known since is named where there is such a source."""
    recent = edition("red")
    aged = dataclasses.replace(recent, aged=True)
    since = dataclasses.replace(aged.notes[0], basis=ed.Basis("later"))
    later = dataclasses.replace(aged, notes=(since, *aged.notes[1:]))
    undated = dataclasses.replace(aged, latest="")
    told = [
        html.unescape(re.sub(r"<[^>]+>", "", page_of(each)))
        for each in (recent, aged, later, undated)
    ]
    assert [
        "latest dated figure: 2020–2021" in page.partition("Key messages")[0] for page in told
    ] == [*(True, False, False, False)]
    assert ["Evidence of about 2020–2021" in page for page in told] == [False, True, True, False]
    assert ["What is known since is marked ◆" in page for page in told] == [
        False,
        False,
        True,
        False,
    ]
    assert "Undated evidence" in told[-1]


@pytest.mark.parametrize("script", charsets.SCREEN)
def test_a_screen_has_each_sign_of_a_basis(script: str) -> None:
    """A browser would else take it from some font of the machine, or show an empty box."""
    assert {*"".join(compose.SHAPES.values())} - {*map(chr, charsets.SCREEN[script])} == set()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
@example("0" * 30)
@example("see a.org/b and c@d.org")
def test_a_line_says_what_was_typed(typed: str) -> None:
    """A reader reads all characters; the elements are those of stress, of addresses and of long words."""
    shown = str(running_text.line((ed.Run(typed), ed.Strong((ed.Run(typed),)))))
    words = re.sub(r'</?strong>|<span class="(?:long|address)">|</span>', "", shown)
    assert html.unescape(words) == typed * 2
    assert "<" not in words


def test_the_space_before_a_number_goes_into_its_element() -> None:
    """So the print engine breaks lines where they are full; and a range is never divided."""
    shown = running_text.line(
        (ed.Run("rose to "), ed.Number("6–7%", "crime", "share"), ed.Run(" in"))
    )
    assert str(shown) == (
        f'rose to<span class="number" data-value="crime.share"> 6–{JOINER}7%</span> in'
    )


def test_words_in_another_language_say_which() -> None:
    """The space before them is inside, as in all that begins within a line."""
    name = ed.Foreign("ky", (ed.Run("Чүй "), ed.Strong((ed.Run("облусу"),))))
    shown = str(running_text.line((ed.Run("In the "), ed.Link("https://x.org", (name,)))))
    span = '<span lang="ky">Чүй<strong> облусу</strong></span>'
    assert shown == f'In the <a href="https://x.org">{span}</a>'
    assert str(running_text.line((ed.Run("In "), name))) == f"In{span.replace('>', '> ', 1)}"


def test_marks_stand_behind_the_text() -> None:
    """They are joined to it, and to one another, so that no line begins with one."""
    shown = str(running_text.line((ed.Run("Gardens are quiet."), ed.Marks((2, 11)))))
    link = (
        '<a href="#note-{0}" role="doc-noteref">{0}</a>'
        '<button data-screen popovertarget="evidence-{0}" aria-label="Evidence note {0}" data-note="{0}">'
        "</button>"
    )
    marks = f"{link.format(2)},{JOINER}{link.format(11)}"
    assert shown == f'Gardens are quiet.<sup class="marks">{JOINER}{marks}</sup>'


def test_a_figure_without_its_drawing_is_no_page() -> None:
    """A drawing that nobody made is told, with the template that asks for it; nothing is left blank."""
    with pytest.raises(ConfigurationError, match=r"figure\.html\.j2.*red-figure/narrow"):
        Composer(HERE.template_folders).page(edition())


def test_a_drawing_leads_nowhere() -> None:
    """In a picture, which is one thing to the keyboard, marks and links are their text only."""
    parts = (ed.Link("https://example.org/", (ed.Run("a"),)), ed.Emphasis((ed.Marks((2, 3)),)))
    shown = str(running_text.line(parts, linked=False))
    assert shown == f'a<em><sup class="marks">{JOINER}2,{JOINER}3</sup></em>'


@pytest.mark.parametrize("brief", ["red", "blue"])
def test_on_a_page_all_marks_are_sorted_and_behind_words(brief: str) -> None:
    """Numbers grow within a mark, and before it stands what it belongs to."""
    page = page_of(edition(brief))
    found = re.findall(rf'(</\w+>|[^\s>])<sup class="marks">{JOINER}(.*?)</sup>', page)
    assert len(found) == page.count("<sup") > 3
    for _, marks in found:
        numbers = [int(number) for number in re.sub(r"<[^>]*>|\u2060", "", marks).split(",")]
        assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("brief", ["red", "blue"])
def test_a_note_leads_back_to_its_first_mark(brief: str) -> None:
    """Its number is a link there, and says so."""
    page = page_of(edition(brief))
    numbers = re.findall(r'<li class="note-of-evidence" id="note-(\d+)"', page)
    assert len(numbers) > 1
    for number in numbers:
        back = rf'<a class="note__back" href="#call-{number}" aria-label="Note {number}: back to [^"]+">{number}</a>'
        assert len(re.findall(back, page)) == 1
        place = f'<span id="call-{number}">'
        assert page.count(place) == 1
        first = page.index(f'<a href="#note-{number}" role="doc-noteref">')
        assert page.index(place) + len(place) == first


@pytest.mark.parametrize("typed", ["[^quiet] Gates are shut.", "**[^quiet]Gates** are shut."])
def test_a_citation_before_its_words_is_refused(tmp_path: Path, typed: str) -> None:
    """It would print a number that belongs to nothing."""
    content = Path(shutil.copytree(LIBRARY, tmp_path / "content"))
    path = content / "blocks" / "blue.yaml"
    text = path.read_text("utf-8")
    assert "text: Gates are shut.[^quiet]" in text
    path.write_text(text.replace("text: Gates are shut.[^quiet]", f'text: "{typed}"'), "utf-8")
    [fault] = texts.check(library.load(content, ""))
    assert (fault.owner, fault.problem.rule) == ("block:blue-problem", "citation")
    assert fault.problem.message.startswith("a citation follows what it supports")


def test_runs_keep_the_order() -> None:
    """Blocks of one kind that stand together are one run; a problem belongs to the run of its options."""
    kinds = [
        "paragraph",
        "problem",
        "alternative",
        "alternative",
        "problem",
        "paragraph",
        "paragraph",
    ]
    makers: dict[str, Callable[[str], ed.Block]] = {
        "paragraph": lambda name: ed.Paragraph(name, ()),
        "problem": lambda name: ed.Problem(name, ()),
        "alternative": lambda name: ed.Alternative(name, (), (), "", (), (), (), "derived"),
    }
    runs = compose.runs(tuple(makers[kind](str(at)) for at, kind in enumerate(kinds)))
    assert [kind for kind, _ in runs] == ["paragraph", "alternative", "paragraph"]
    assert [block.id for _, blocks in runs for block in blocks] == list("0123456")


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("write to office@garden-institute.org.", ["office@garden-institute.org"]),
        ("see https://example.org/a-long/path?x=1, or", ["https://example.org/a-long/path?x=1"]),
        ("www.example-institute.org/print", ["www.example-institute.org/print"]),
        ("at doi.org/10.1000/xyz", ["doi.org/10.1000/xyz"]),
        ("and/or, 3.5 kg, 2011/2012, e.g. this", []),
    ],
)
def test_no_hyphen_gets_into_an_address(typed: str, addresses: list[str]) -> None:
    """It is marked for the styles, and all of the text is there."""
    html = str(running_text.plain_words(typed))
    assert re.findall('<span class="address">(.*?)</span>', html) == addresses
    assert re.sub("<.*?>", "", html) == typed


def test_a_style_keeps_hyphens_out_of_addresses() -> None:
    """They could be copied as a part of it."""
    [rule] = re.findall(
        r"([^}]*){\s*hyphens: manual;\s*}", (HERE.templates / "styles/base.css").read_text("utf-8")
    )
    assert {".address", "a"} <= {selector.strip() for selector in rule.split(",")}


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("a\n{{ 1 / 0 }}", "templates/a.html.j2:2: division by zero"),
        ('{% include "a.html.j2" %}', "templates/a.html.j2:1: it includes itself"),
        ("{% for n in range(10 ** 12) %}x{% endfor %}", "templates/a.html.j2:1: Range too big"),
        ("{{ [][3] + 1 }}", "templates/a.html.j2:1: "),
        ('{{ "%d" % "x" }}', "templates/a.html.j2:1: "),
    ],
)
def test_a_fault_of_a_template_has_its_line(tmp_path: Path, template: str, fault: str) -> None:
    """Whatever it runs into, it is a mistake of the template and no bug of ours."""
    (tmp_path / "a.html.j2").write_text(template, "utf-8")
    with pytest.raises(ConfigurationError) as told:
        Composer((tmp_path,)).fill("a.html.j2")
    assert str(told.value).startswith(fault)


@pytest.mark.parametrize("name", ["a.html.j2", "a.css"])
def test_a_template_that_is_not_utf_8_is_refused(tmp_path: Path, name: str) -> None:
    """With its line."""
    (tmp_path / name).write_bytes(b"one\ntwo \xff")
    with pytest.raises(ConfigurationError, match=f"{name}:2: byte 0xff is not UTF-8"):
        Composer((tmp_path,))


def test_what_is_no_brief_holds_nothing_that_runs_either(tmp_path: Path) -> None:
    """The index, the catalogue, a post and a mail are composed by templates, too."""
    (tmp_path / "a.html.j2").write_text("<p><script>x()</script></p>", "utf-8")
    with pytest.raises(ConfigurationError, match=r"templates/a\.html\.j2: a page has no <script>"):
        Composer((tmp_path,)).fill("a.html.j2")
