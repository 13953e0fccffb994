"""What helps to post a brief by hand: whole, plain, small, and of this brief alone."""

from __future__ import annotations

import dataclasses
import functools
import io
import random
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from press.build import catalogue
from press.build.pages import images_of
from press.checks.page import folded
from press.cli.doctor import program
from press.content import library
from press.edition import edition as ed
from press.edition import resolve
from press.page.compose import Composer
from press.page.embed import embed
from press.print import pool as workers
from press.problems import ContentRefusedError
from press.release import kit
from press.release.kit import plain_html, short_texts
from tests.page.test_html import HEAD, NEWER, checked
from tests.support.composing import page_of
from tests.support.folders import HERE, setup
from tests.support.printing import print_job
from tests.support.series import in_content
from tests.support.site import OUR_BRIEFS, ours

LIBRARY = HERE.root / "tests" / "library"
COMPOSER = Composer(HERE.template_folders)
ADDRESS = "https://town.xx/briefs/en/red.html"
OPEN_GRAPH = re.compile(r'<meta property="og:([\w:]+)" content="([^"]*)">\n')


def small(brief: str, **other: Any) -> ed.Edition:  # noqa: ANN401 - any field
    """Return an edition of the small library, with other values in some fields."""
    shown = resolve.resolve(library.sound(library.load(LIBRARY, "")), brief, "en")
    return dataclasses.replace(shown, **other)


@functools.cache
def large(name: str) -> ed.Edition:
    """Return the catalogue, which has every block, or a brief of our series."""
    if name == "catalogue":
        return resolve.resolve(catalogue.examples(HERE), name, "en")
    return resolve.resolve(library.sound(library.load(HERE.content, "content")), name, "en")


@pytest.fixture
def shown(request: pytest.FixtureRequest) -> ed.Edition:
    """Return the edition that the parameter names."""
    return large(request.param)


each_large = pytest.mark.parametrize("shown", ["catalogue", *ours(*OUR_BRIEFS)], indirect=True)


def pdf(width: int = 10, height: int = 14, *, noise: bool = False) -> bytes:
    """Return a PDF of one page, white or of points that no two runs of are alike."""
    size = 3 * width * height
    pixels = random.Random(1).randbytes(size) if noise else b"\xff" * size  # noqa: S311 - no secret
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(out, "PDF", quality=100)
    return out.getvalue()


def built(*, noise: bool = False) -> dict[str, bytes]:
    """Return what a kit takes from a build."""
    return {"pdf": pdf(noise=noise), "short": b"short", "card": b"card"}


class Seen(HTMLParser):
    """Notes elements, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._marks = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self._marks += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        """Note the end of note marks."""
        self._marks -= tag == "sup"

    def handle_data(self, data: str) -> None:
        """Note text, without note marks."""
        if not self._marks:
            self.words.append(data)

    def all(self, name: str) -> list[str]:
        """Return the values of an attribute."""
        return [value for key, value in self.attributes if key == name]


def post(shown: ed.Edition) -> str:
    """Return the body of a post."""
    return kit.post(COMPOSER, shown)


# --- the post ---


def test_each_kind_of_block_can_be_posted() -> None:
    """Its folder has a template for it; a problem is a row of the options' table."""
    kinds = {path.parent.name for path in HERE.templates.glob("blocks/*/examples.yaml")}
    posted = {path.parent.name for path in HERE.templates.glob("blocks/*/post.html.j2")}
    assert kinds - posted == {"problem"}


@each_large
def test_a_post_has_all_the_words_of_the_brief(shown: ed.Edition) -> None:
    """Blocks, the data of figures, evidence notes and references."""
    words = folded("".join(Seen(post(shown)).words))
    blocks = [
        dataclasses.replace(one, alternative="") if isinstance(one, ed.Figure) else one
        for one in shown.blocks()
    ]
    short = {text for one in blocks for text in ed.texts(getattr(one, "short", ()))}
    texts = [text for thing in (*blocks, *shown.notes) for text in ed.texts(thing)]
    assert len(texts) > 50
    assert {text for text in texts if folded(text) not in words} <= short
    assert [source.id for source in shown.sources if folded(source.citation) not in words] == []


def test_a_post_that_lacks_words_is_refused(tmp_path: Path) -> None:
    """An empty template would leave nothing under the heading of its section."""
    templates = Path(shutil.copytree(HERE.templates, tmp_path / "templates"))
    (templates / "blocks/message/post.html.j2").write_text("", "utf-8")
    with pytest.raises(
        ContentRefusedError, match=r"templates/kit/post.html.j2.* leaves out .*lost"
    ):
        kit.post(Composer((templates,)), small("red"))


def test_a_post_says_what_it_corrects() -> None:
    """The editor of a website replaces what was wrong there."""
    correction = ed.Correction("2026-01-15.1", "We wrote 7; there are 5.")
    assert "We wrote 7; there are 5." in post(small("red", correction=correction))


@each_large
def test_a_post_is_plain(shown: ed.Edition) -> None:
    """It has no style, script, class or heading above the second level, and each link leads somewhere."""
    seen = Seen(post(shown))
    assert set(seen.tags) <= plain_html.KEPT.keys()
    assert {name for name, _ in seen.attributes} <= {
        "alt",
        "colspan",
        "height",
        "href",
        "id",
        "scope",
        "src",
        "width",
    }
    assert [tag for tag in seen.tags if tag in {"h1", "h2", "h3"}][:1] == ["h2"]
    ids = seen.all("id")
    assert (
        len(ids) == len(set(ids)) == len(shown.notes) + sum(bool(one.mark) for one in shown.sources)
    )
    within = [link[1:] for link in seen.all("href") if link.startswith("#")]
    assert within
    assert set(within) <= set(ids)


@each_large
def test_the_number_of_a_note_stands_once(shown: ed.Edition) -> None:
    """It is a link; what opens the evidence on our own page is not there."""
    marks = re.findall(r"<sup>(.*?)</sup>", post(shown))
    assert marks
    assert {re.sub(r"<a [^>]*>[0-9]+</a>", "", mark).strip(",") for mark in marks} == {""}


@each_large
def test_a_line_ends_only_where_a_block_does(shown: ed.Edition) -> None:
    """An editor makes a break of each one inside a block."""
    for line in post(shown).splitlines():
        assert line.startswith("<")
        assert line.endswith(">")


def test_two_posts_on_one_page_do_not_clash() -> None:
    """Another brief, and the same one of a later release."""
    ids = [
        Seen(post(shown)).all("id")
        for shown in (small("red"), small("blue"), small("red", release="2026-02-15"))
    ]
    assert len({id_ for some in ids for id_ in some}) == sum(map(len, ids))


@pytest.mark.java
def test_a_post_is_sound(tmp_path: Path) -> None:
    """The checker finds nothing in it, nor in a page with tags for networks and an address."""
    pages = {}
    every = [small("red"), *map(large, ["catalogue", *(OUR_BRIEFS if in_content() else ())])]
    for shown in every:
        body = f"<body><h1>{shown.brief}</h1>\n{post(shown)}</body>"
        pages[tmp_path / f"{shown.brief}.html"] = f"{HEAD}</head>\n{body}</html>\n"
    addressed = page_of(small("red", address=ADDRESS))
    pages[tmp_path / "page.html"] = embed(addressed, "en", {}, HERE.fonts).decode()
    for path, html in pages.items():
        path.write_text(html, encoding="utf-8")
    told = [one for one in checked(program("java") or "", pages) if one.message not in NEWER]
    assert told == []


def test_a_post_shows_no_markup_of_an_author() -> None:
    """A text that looks like markup is text."""
    nasty = '<script>alert("1")</script>&amp;'
    title = (ed.Run(nasty),)
    shown = small("red", name=nasty, publisher=nasty, series=nasty, contact=nasty)
    note = dataclasses.replace(shown.notes[0], text=title, caveat=title)
    html = post(dataclasses.replace(shown, notes=(note, *shown.notes[1:])))
    assert html.count("&lt;script&gt;alert(") == 6
    assert "<script" not in html


def test_the_pictures_of_a_post_come_with_it() -> None:
    """They are those of the brief, under the names by which the post shows them."""
    examples = catalogue.examples(HERE)
    shown = resolve.resolve(examples, "catalogue", "en")
    assets = images_of(examples, shown)
    made = kit.kit(COMPOSER, shown, assets, built())
    assert Seen(made["post.html"].decode()).all("src") == ["images-example.png"]
    assert made["images-example.png"] == examples.images["example.png"].data


def test_a_draft_says_so() -> None:
    """In the post, the excerpt and the message."""
    made = kit.kit(COMPOSER, small("red", status="draft"), {}, built())
    for name in ("post.html", "excerpt.txt", "message.txt"):
        assert b": not for distribution" in made[name]
        assert b"not for distribution" not in kit.kit(COMPOSER, small("red"), {}, built())[name]


def test_a_kit_holds_nothing_of_another_audience() -> None:
    """No word that only the other one reads."""
    for brief, others in (("red", b"Azure"), ("blue", b"Crimson")):
        made = kit.kit(COMPOSER, small(brief), {}, built())
        assert made
        assert [name for name, content in made.items() if others.lower() in content.lower()] == []


def test_the_same_edition_has_the_same_kit() -> None:
    """Byte for byte."""
    shown = small("red")
    assert kit.kit(COMPOSER, shown, {}, built(noise=True)) == kit.kit(
        COMPOSER, shown, {}, built(noise=True)
    )


# --- the short texts ---


def test_an_excerpt_is_title_and_main_message() -> None:
    """Without note marks."""
    assert short_texts.excerpt(COMPOSER, small("red")) == (
        "Gardens are counted. Crimson words for the red reader only.\n"
    )


def test_a_message_has_title_main_message_and_link() -> None:
    """The link is the page's address, or a place to put it."""
    words = "Gardens are counted\n\nCrimson words for the red reader only.\n\n"
    assert short_texts.message(COMPOSER, small("red")) == f"{words}[put the link here]\n"
    assert short_texts.message(COMPOSER, small("red", address=ADDRESS)) == f"{words}{ADDRESS}\n"


SENTENCE = st.integers(1, 40).map(lambda number: " ".join(["Word", *["word"] * number]) + ".")


@settings(max_examples=60)
@given(
    st.lists(SENTENCE, min_size=1, max_size=5),
    st.text("abc ", min_size=1, max_size=600),
    st.text("abc ", min_size=1, max_size=600),
    st.sampled_from(["draft", "final"]),
)
def test_a_short_text_is_short_and_made_of_whole_sentences(
    main: list[str], title: str, series: str, status: str
) -> None:
    """Whatever the lengths: a part of a sentence could say more than the brief does."""
    block = ed.Message("main", (ed.Run(" ".join(main)), ed.Marks((1,))), ())
    shown = small(
        "red",
        name=title,
        series=series,
        label=series,
        status=status,
        sections=(ed.Section("main", (block,)),),
    )
    excerpt, message = short_texts.excerpt(COMPOSER, shown), short_texts.message(COMPOSER, shown)
    assert len(excerpt.split()) <= 55
    assert len(message) <= 500
    for text in (excerpt, message):
        words = text.rpartition("Word")[0] and text[text.index("Word") :].partition("\n")[0]
        assert " ".join(main).startswith(words)
        assert not words or words.endswith(".")


# --- the picture ---


def test_the_picture_is_that_of_page_1() -> None:
    """In its proportions."""
    made = Image.open(io.BytesIO(kit.picture(pdf(100, 141))))
    assert (made.format, made.size) == ("PNG", (1240, 1749))


def test_a_picture_that_is_too_large_is_made_smaller() -> None:
    """Fewer colours first, then fewer points; the worst there can be still fits."""
    data = kit.picture(pdf(600, 849, noise=True))
    assert len(data) < 300_000
    assert Image.open(io.BytesIO(data)).width < 1240


# --- Open Graph ---


def graph(shown: ed.Edition) -> dict[str, str]:
    """Return what a page tells networks."""
    return dict(OPEN_GRAPH.findall(page_of(shown)))


def test_a_page_tells_networks_what_it_is() -> None:
    """An address only where there is one."""
    known = {
        "title": "Gardens are counted",
        "description": "What red readers should know.",
        "type": "article",
        "locale": "en_US",
        "site_name": "Gardens of the town",
    }
    assert graph(small("red")) == known
    assert graph(small("red", address=ADDRESS)) == known | {
        "url": ADDRESS,
        "image": "https://town.xx/briefs/en/red.card.png",
        "image:type": "image/png",
        "image:width": "1200",
        "image:height": "630",
        "image:alt": "For red readers: Gardens are counted. 8: Schools have 8 of 40 gardens, "
        "Number of gardens, 2020–2021",
    }
    large = '<meta name="twitter:card" content="summary_large_image">'
    assert large in page_of(small("red", address=ADDRESS))
    assert large not in page_of(small("red"))
    assert graph(small("red", status="draft"))["description"].startswith("Draft ")


def test_a_text_does_not_leave_its_tag() -> None:
    """Quotes in it are escaped."""
    assert graph(small("red", series='"><script>'))["site_name"] == "&#34;&gt;&lt;script&gt;"


def test_the_print_does_not_know_these_tags(tmp_path: Path) -> None:
    """It has the same bytes without them."""
    page = page_of(small("red", address=ADDRESS))
    bare = OPEN_GRAPH.sub("", page)
    bare = bare.replace('<meta name="twitter:card" content="summary_large_image">\n', "")
    assert page.count("og:") > bare.count("og:") == bare.count("twitter:") == 0
    with workers.Pool(1, setup(tmp_path)) as pool:
        one, other = (
            pool.submit(print_job, html, {}, setup(tmp_path)).result().pdf for html in (page, bare)
        )
    assert one == other


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://town.xx/briefs/", "https://town.xx/briefs"),
        ("https://town.xx", "https://town.xx"),
        ("http://town.xx", None),
        ("https://town.xx/?q=1", None),
        ("https://user@town.xx", None),
        ("town.xx", None),
        ('https://town.xx/"', None),
    ],
)
def test_a_series_has_an_address(tmp_path: Path, typed: str, address: str | None) -> None:
    """It is an https address of a folder, and optional."""
    content = HERE.root / "tests" / "library"
    for path in content.rglob("*.yaml"):
        other = tmp_path / path.relative_to(content)
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(path.read_bytes())
    series = tmp_path / "series.yaml"
    series.write_text(f"{series.read_text('utf-8')}address: '{typed}'\n", encoding="utf-8")
    read = library.load(tmp_path, "")
    assert bool(read.faults) is (address is None)
    if address is not None:
        assert resolve.resolve(library.sound(read), "red", "en").address == f"{address}/en/red.html"


def test_an_element_without_a_form_is_refused() -> None:
    """What a template writes is kept or unwrapped on purpose, and never lost without a word."""
    assert plain_html.plain("<div><p>a <span>b</span></p></div>", "x-") == "<p>a b</p>\n"
    with pytest.raises(ValueError, match="<details> has no form in a post"):
        plain_html.plain("<p>a</p><details>b</details>", "x-")
