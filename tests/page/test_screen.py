"""Every page in a browser: at each width, in light and dark, in large type, by keyboard, on paper and before axe."""

from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import sync_playwright

from press.cli.doctor import program
from press.page.colours import SHAPE, TEXT, contrast
from press.page.styles import minified
from tests.page.test_html import installed
from tests.support.composing import COMPOSER
from tests.support.folders import HERE
from tests.support.site import GRADED, NOTED, OURS, SMALL, composed, ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserType, Page

pytestmark = pytest.mark.browser

AXE = HERE.root / "node_modules" / "axe-core" / "axe.min.js"
LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    *(name for name in SMALL if name != "small/en/blue.html"),
    *ours(*OURS),
]  # one brief is enough
WIDTHS = (320, 360, 768, 1440)
SCHEMES = ("light", "dark")
LARGE = (
    "--blink-settings=defaultFontSize=32"  # as a reader sets it, for whom 16 pixels are too small
)
FLAGS = [  # a browser of its own looks for updates, lists and the time
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
]

# What a script of a page's may look at: the text nodes that a reader sees, each with its element.
SEEN = """
const seen = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walker.nextNode());) {
  const element = node.parentElement;
  if (node.data.trim() && element.checkVisibility() && !element.closest('.skip')
      && getComputedStyle(element.closest('.unseen') ?? element).clipPath === 'none')
    seen.push([node, element]);
}
"""
# What is cut, leaves the page or its block, or lies on other text or a picture.
CUT = f"""() => {{ {SEEN}
const told = [], lines = [], width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) told.push('the page scrolls sideways');
for (const [node, element] of seen) {{
  const range = document.createRange(), shown = node.data.trim().slice(0, 40);
  range.selectNodeContents(node);
  let block = element;
  while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
  for (const line of range.getClientRects()) {{
    if (line.width < 1) continue;
    if (line.left < -1 || line.right > width + 1) told.push('off the page: ' + shown);
    const around = block.getBoundingClientRect();
    if (line.left < around.left - 1 || line.right > around.right + 1) told.push('out of its block: ' + shown);
    for (let outer = block; outer !== document.body; outer = outer.parentElement) {{
      const box = outer.getBoundingClientRect(), middle = (line.top + line.bottom) / 2;
      if (getComputedStyle(outer).overflow !== 'visible'
          && (line.right > box.right + 1 || middle > box.bottom)) told.push('cut: ' + shown);
      if (getComputedStyle(outer).height !== 'auto' && middle > box.bottom) told.push('too low: ' + shown);
    }}
    const slack = line.height * 0.3;  // the boxes of lines that stand close touch, their letters don't
    lines.push({{node, shown, left: line.left, right: line.right,
                 top: line.top + slack, bottom: line.bottom - slack}});
  }}
}}
lines.sort((one, other) => one.top - other.top);
lines.forEach((one, at) => {{
  for (let next = at + 1; next < lines.length && lines[next].top < one.bottom; next++) {{
    const other = lines[next];
    if (other.node !== one.node && other.left < one.right - 1 && one.left < other.right - 1)
      told.push('one on the other: ' + one.shown + ' / ' + other.shown);
  }}
}});
for (const picture of document.querySelectorAll('img, .drawing')) {{
  const box = picture.getBoundingClientRect();
  for (const one of lines)
    if (!picture.contains(one.node) && one.left < box.right - 1 && box.left < one.right - 1
        && one.top < box.bottom && box.top < one.bottom) told.push('on a picture: ' + one.shown);
}}
return told; }}"""
# A long address behind each text that authors write; a column of numbers or of short names is given none.
ADDRESSED = f"""() => {{ {SEEN}
const short = 'svg, button, .marks, .draft, .tile__value, .reference__mark, .note__number, '
  + '.claims tr > :not(.claims__says), tr:not(.claims tr)';
const long = seen.filter(([, element]) => !element.closest(short));
for (const [node] of long) node.data += ' press.and.information.office@health-department.town.example.org';
return long.length; }}"""
# Each pair of colours in which text stands, with some of that text.
COLOURS = f"""() => {{ {SEEN}
const parsed = colour => {{
  const found = colour.match(/^rgba?\\((\\d+), (\\d+), (\\d+)(?:, ([\\d.]+))?\\)$/);
  if (!found) throw new Error('no plain colour: ' + colour);
  return [...found.slice(1, 4).map(Number), Number(found[4] ?? 1)];
}};
const hex = channels => '#' + channels.slice(0, 3).map(c => c.toString(16).padStart(2, '0')).join('');
const behind = element => {{
  for (let outer = element; outer; outer = outer.parentElement) {{
    const style = getComputedStyle(outer), back = parsed(style.backgroundColor);
    if (style.opacity !== '1' || style.backgroundImage !== 'none' || ![0, 1].includes(back[3]))
      throw new Error('neither plain nor clear: ' + outer.className);
    if (back[3]) return hex(back);
  }}
  throw new Error('nothing behind it');
}};
const pairs = new Map(), note = (style, element, text) =>
  pairs.set(hex(parsed(style.color)) + ' ' + behind(element), text.trim().slice(0, 40));
for (const [node, element] of seen) note(getComputedStyle(element), element, node.data);
for (const element of document.body.querySelectorAll('*'))
  for (const pseudo of ['::before', '::after']) {{
    const style = getComputedStyle(element, pseudo);
    if (!['none', 'normal'].includes(style.content) && element.checkVisibility())
      note(style, element, style.content);
  }}
return [...pairs].map(([pair, text]) => [...pair.split(' '), text]); }}"""
# Each font in which text is set, with the distinct characters of that text.
FONTS = f"""() => {{ {SEEN}
const fonts = new Map();
for (const [node, element] of seen) {{
  const style = getComputedStyle(element);
  const font = `${{style.fontStyle}} ${{style.fontWeight}} 1em ${{style.fontFamily}}`;
  fonts.set(font, new Set([...(fonts.get(font) ?? []), ...node.data.replaceAll(/\\s/g, '')]));
}}
return [...fonts].map(([font, text]) => [font, [...text].join('')]); }}"""
# A text of our own in one of them, drawn.
SPECIMEN = """async ([font, text]) => {
const one = document.createElement('p');
one.id = 'specimen';
one.style.font = font;
one.textContent = text;
document.body.append(one);
await document.fonts.load(font, text);
await document.fonts.ready;
await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))); }"""
# What the keyboard has to reach, in this order; and what it has reached, with the ring around it.
# On a small screen the parts of page 1 are reached in the order in which they are seen, where a browser can do that.
REACHABLE = """() => {
window.reachable = [...document.querySelectorAll('a[href], button, select, summary, [tabindex]')].filter(
  element => element.checkVisibility());
const part = element => element.closest('.front > *'), top = element => part(element).getBoundingClientRect().top;
const front = window.reachable.filter(part).sort((one, other) => top(one) - top(other));
if (CSS.supports('reading-flow', 'flex-visual'))
  window.reachable.splice(window.reachable.findIndex(part), front.length, ...front);
return window.reachable.map(element => element.outerHTML.slice(0, 80)); }"""
REACHED = """() => {
const element = document.activeElement, style = getComputedStyle(element);
const box = element.getBoundingClientRect();
let outer = element.parentElement;
while (getComputedStyle(outer).backgroundColor === 'rgba(0, 0, 0, 0)') outer = outer.parentElement;
const hex = colour => '#' + colour.match(/\\d+/g).slice(0, 3).map(
  c => Number(c).toString(16).padStart(2, '0')).join('');
return {at: window.reachable.indexOf(element), style: style.outlineStyle,
  width: parseFloat(style.outlineWidth), ring: hex(style.outlineColor),
  back: hex(getComputedStyle(outer).backgroundColor),
  inside: box.bottom > 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth}; }"""
# A drawing grows as a whole, as far as there is room.
SIZES = """() => [...document.body.querySelectorAll('*:not(svg, svg *)')].map(
  element => parseFloat(getComputedStyle(element).fontSize))"""
DRAWN = """() => [...document.querySelectorAll('.drawing')].filter(one => one.checkVisibility()).flatMap(one => {
  const scale = one.getBoundingClientRect().width / one.viewBox.baseVal.width
  return [...one.querySelectorAll('text')].map(text => scale * parseFloat(getComputedStyle(text).fontSize))})"""


class Window:
    """The only page of a browser, with what the file that is open in it asked for and said."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, path: Path, width: int = 1440, scheme: str = "light") -> Page:
        """Open the file at *path* in a window so wide, with nothing folded up."""
        self.asked.clear()
        self.said.clear()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(
            media="screen",
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        self.page.goto(path.as_uri())
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        return self.page

    def unfolded(self, path: Path, width: int = 1440, scheme: str = "light") -> Page:
        """Open the file at *path* with the table beneath each figure shown."""
        page = self.open(path, width, scheme)
        page.evaluate(
            "() => document.querySelectorAll('details').forEach(one => { one.open = true })"
        )
        return page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, work: Path) -> dict[str, Path]:
    """Return every page of the small library and of our series."""
    return composed(tmp_path_factory.mktemp("site"), work)


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    """Return what starts a browser."""
    with sync_playwright() as playwright:
        yield playwright.chromium


def started(chromium: BrowserType, *flags: str) -> Iterator[Window]:
    """Yield the window of a browser that reaches no network."""
    all_flags = [*FLAGS, *flags, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    browser = chromium.launch(executable_path=program("browser"), args=all_flags)
    yield Window(browser.new_context(offline=True).new_page())
    browser.close()


@pytest.fixture(scope="module")
def window(chromium: BrowserType) -> Iterator[Window]:
    """Return a window."""
    yield from started(chromium)


@pytest.fixture(scope="module")
def large(chromium: BrowserType) -> Iterator[Window]:
    """Return the window of a reader who has set all type twice as large."""
    yield from started(chromium, LARGE)


RULES = """texts => texts.map(text => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return [...sheet.cssRules].map(rule => rule.cssText)
})"""


@pytest.mark.parametrize("name", [name for name in COMPOSER.texts if name.endswith(".css")])
def test_a_style_that_is_sent_short_says_the_same(window: Window, name: str) -> None:
    """A browser reads the same rules in it as in the one that was written."""
    text = COMPOSER.texts[name]
    long, short = window.page.evaluate(RULES, [text, minified(text)])
    assert long
    assert list(map(as_computed, long)) == list(map(as_computed, short))


def as_computed(rule: str) -> str:
    """Return *rule* without what a browser keeps as written where a value refers to another one."""
    return re.sub(r" ?([*,]) ?|(?<=:) |(?<![\w.])0(?=\.)", r"\1", rule)


@pytest.mark.turns
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_alone_and_in_silence(
    window: Window, site: dict[str, Path], name: str, width: int
) -> None:
    """No text is cut or out of its place, nothing but the file is asked for, nothing is complained of."""
    assert window.unfolded(site[name], width).evaluate(CUT) == []
    assert window.asked == [site[name].as_uri()]
    assert window.said == []


@pytest.mark.turns
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_at_twice_the_size_no_text_is_cut(
    window: Window, large: Window, site: dict[str, Path], name: str, width: int
) -> None:
    """All type grows with the reader's, that which is sized by the window too, and still has room."""
    before = window.unfolded(site[name], width).evaluate(SIZES)
    page = large.unfolded(site[name], width)
    grown = [two / one for one, two in zip(before, page.evaluate(SIZES), strict=True)]
    assert len(grown) > 10
    assert min(grown) > 1.5
    assert page.evaluate(CUT) == []


@pytest.mark.turns
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_a_long_address_breaks(large: Window, site: dict[str, Path], name: str, width: int) -> None:
    """It is longer than a line of large type on a narrow screen, and still within its place."""
    page = large.unfolded(site[name], width)
    assert page.evaluate(ADDRESSED) > 10
    assert page.evaluate(CUT) == []


@pytest.mark.turns
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NOTED)
def test_words_in_a_drawing_can_be_read(
    window: Window, large: Window, site: dict[str, Path], name: str, width: int
) -> None:
    """None is under 11 px on any screen, nor for a reader whose larger type takes room from the drawing."""
    for sizes in (one.open(site[name], width).evaluate(DRAWN) for one in (window, large)):
        assert sizes
        assert min(sizes) >= 11


@pytest.mark.turns
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_all_text_stands_out(
    window: Window, site: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    """Every text has a contrast of 7 to 1 (WCAG 2.2, level AAA) with what it stands on, generated text too."""
    pairs = window.unfolded(site[name], width, scheme).evaluate(COLOURS)
    assert len(pairs) > 2
    assert [pair for pair in pairs if contrast(pair[0], pair[1]) < TEXT] == []


@pytest.mark.turns
@pytest.mark.parametrize("scheme", [*SCHEMES, "print"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    window: Window, site: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    """No rule of WCAG 2.2, level AA, that a program can test is broken, on a screen or on paper."""
    page = window.unfolded(site[name], width, scheme)
    if scheme == "print":
        page.emulate_media(media="print")
    free = {"target-size"} if scheme == "print" else set()  # nobody points at paper
    assert [found for found in violations(page) if found[0] not in free] == []


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return the rules that axe sees broken on *page*, each with the elements that break it."""
    page.evaluate(installed(AXE).read_text("utf-8"))
    options = {"runOnly": LEVEL_AA, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    assert found["passes"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.mark.turns
@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_set_in_its_own_fonts(
    window: Window, site: dict[str, Path], name: str, media: Literal["screen", "print"]
) -> None:
    """Each character of each text is drawn by a face that the page brings, where a browser prints it too."""
    page = window.unfolded(site[name])
    page.emulate_media(media=media)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    fonts = page.evaluate(FONTS)
    assert all(page.evaluate("font => document.fonts.check(font)", font) for font, _ in fonts)
    assert own(page, fonts) == {"Press Sans", "Press Serif"}


def own(page: Page, fonts: list[tuple[str, str]]) -> set[str]:
    """Return the families that draw the characters in *fonts*, all of them brought by *page* itself."""
    families = set()
    for font, text in fonts:
        drawn = drawn_by(page, font, text)
        assert all(custom for _, custom in drawn), foreign(page, font, text)
        families |= {family for family, _ in drawn}
    return families


def foreign(page: Page, font: str, text: str) -> list[str]:
    """Return the characters of *text* that come from a font of the machine."""
    return [one for one in text if not all(custom for _, custom in drawn_by(page, font, one))]


def drawn_by(page: Page, font: str, text: str) -> set[tuple[str, bool]]:
    """Return the families that draw *text* on *page*, each with whether the page has brought it."""
    page.evaluate(SPECIMEN, [font, text])
    tools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": "#specimen"})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    tools.detach()
    page.evaluate("() => document.querySelector('#specimen').remove()")
    assert fonts
    return {(font["familyName"], font["isCustomFont"]) for font in fonts}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_skeleton(window: Window, site: dict[str, Path], name: str) -> None:
    """It has its language, a title, one main part, one heading of the first level, and no level is left out."""
    page = window.open(site[name])
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title().strip()
    assert page.locator("main").count() == page.locator("body > header").count() == 1
    levels = headings(page)
    assert levels.count(1) == 1
    assert jumps(levels) == []


def headings(page: Page) -> list[int]:
    """Return the levels of the headings of *page*, in order."""
    tags = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(one => one.tagName)")
    return [int(tag[1]) for tag in tags]


def jumps(levels: list[int]) -> list[tuple[int, int]]:
    """Return where a level is left out."""
    return [(one, two) for one, two in itertools.pairwise([0, *levels]) if two > one + 1]


@pytest.mark.parametrize("names", [SMALL, *ours(OURS)], ids=["small", "ours"])
def test_titles_tell_the_pages_apart(
    window: Window, site: dict[str, Path], names: tuple[str, ...]
) -> None:
    """No two pages of a series have one title."""
    assert len({window.open(site[name]).title() for name in names}) == len(names) > 4


@pytest.mark.turns
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_all_that_acts(
    window: Window, site: dict[str, Path], name: str, scheme: str
) -> None:
    """Tab goes to each link and fold in the order of the page, and a ring that stands out shows where it is."""
    page = window.open(site[name], 360, scheme)
    expected = page.evaluate(REACHABLE)
    assert len(expected) > 3
    for at in range(len(expected)):
        page.keyboard.press("Tab")
        reached = page.evaluate(REACHED)
        assert (reached["at"], reached["style"], reached["inside"]) == (at, "solid", True)
        assert reached["width"] >= 2
        assert contrast(reached["ring"], reached["back"]) >= SHAPE


@pytest.mark.parametrize("name", [SMALL[2], GRADED[0], *ours(*OURS[:3])])
def test_the_ask_is_on_the_first_two_screens_of_a_telephone(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """It follows the main message there; on a wide screen it follows the key messages, as on paper."""
    order = ".message--main, .section--ask, .messages"
    tops = "all => all.map(one => one.getBoundingClientRect())"
    main, messages, ask = window.open(site[name], 360).locator(order).evaluate_all(tops)
    assert main["bottom"] <= ask["top"] < ask["bottom"] <= messages["top"]
    assert ask["top"] < 2 * 800
    main, messages, ask = window.open(site[name]).locator(order).evaluate_all(tops)
    assert main["bottom"] <= messages["top"] < messages["bottom"] <= ask["top"]


@pytest.mark.parametrize("name", PAGES)
def test_the_first_stop_leads_to_the_content(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """The skip link shows when it is reached, and passes over all that stands before the content."""
    page = window.open(site[name], 360)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash === '#content'")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


FOLDS = {
    "figure figure--map": "What the map shows, as text",
    "figure figure--timeline": "The dates as text",
}


@pytest.mark.parametrize("name", NOTED)
def test_the_numbers_of_a_figure_unfold_by_keyboard(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """Enter opens the table or list beneath each figure, with every number that it shows, and closes it."""
    page = window.open(site[name], 320)
    figures = page.locator("figure.figure")
    assert figures.count() > 0
    for figure in figures.all():
        table = figure.locator(".figure__data table, .figure__list")
        assert not table.is_visible()
        fold = figure.locator("summary")
        assert fold.inner_text() == FOLDS.get(
            str(figure.get_attribute("class")), "The numbers as a table"
        )
        fold.press("Enter")
        assert table.is_visible()
        drawn = figure.locator(".drawing text, .tile__value")
        values = [value for value in drawn.all_text_contents() if re.search(r"[0-9]", value)]
        told = f"{table.inner_text()}{figure.locator('figcaption').inner_text()}"
        scale = r"[0-9]{1,2}|[0-9]+%|(?:19|20)[0-9]{2}|January 2026|November 2026"
        numbers = [re.findall(r"[\d.,]*\d%?", value) for value in values if value not in told]
        unknown = [value for every in numbers for value in every if value not in told]
        assert [value for value in unknown if not re.fullmatch(scale, value)] == []
        figure.locator("summary").press("Enter")
        assert not table.is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_paper_bears_nothing_that_only_a_screen_can_do(
    window: Window, site: dict[str, Path], name: str
) -> None:
    """Printed from a browser, dark or not, it has no skip link, no fold and no dark ground, and a draft says so."""
    page = window.open(site[name], scheme="dark")
    only = page.locator(".skip, .unseen, .figure__data")
    assert only.count() > 0
    drafts = page.locator(".draft").count()
    page.emulate_media(media="print")
    assert only.evaluate_all("all => all.map(one => getComputedStyle(one).display)") == (
        ["none"] * only.count()
    )
    assert page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert page.locator(".draft:visible").count() == drafts


FAULTS = {
    "off the page": "<p style='position:relative;left:2000px'>Words</p>",
    "out of its block": "<p style='width:2em;white-space:nowrap'>Many words</p>",
    "cut": "<p style='width:3em;overflow:hidden;white-space:nowrap'>Many words</p>",
    "too low": "<div style='height:1em'><p>Words</p><p>Words</p></div>",
    "one on the other": "<p>Words</p><p style='margin-top:-2em'>Others</p>",
    "the page scrolls sideways": "<hr style='width:2000px'>",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_fit_is_seen(window: Window, tmp_path: Path, fault: str) -> None:
    """Each way in which text gets lost is told, and sound text is not told of."""
    sound, faulty = tmp_path / "sound.html", tmp_path / "faulty.html"
    sound.write_text("<!doctype html><p>Words</p>", encoding="utf-8")
    faulty.write_text(f"<!doctype html>{FAULTS[fault]}", encoding="utf-8")
    assert window.open(sound).evaluate(CUT) == []
    assert any(told.startswith(fault) for told in window.open(faulty).evaluate(CUT))


def test_what_breaks_a_rule_is_seen(window: Window, tmp_path: Path) -> None:
    """Pale text, a level left out, a request, a complaint, a font of the machine, a picture without words."""
    path = tmp_path / "faulty.html"
    path.write_text(
        "<!doctype html><html lang=en><title>t</title><style>html{background:#fff}</style>"
        "<h1>One</h1><h3 style='color:#777;font-size:12px'>Three</h3><img src=x.png>",
        encoding="utf-8",
    )
    page = window.open(path)
    pairs = page.evaluate(COLOURS)
    assert [text for front, back, text in pairs if contrast(front, back) < TEXT] == ["Three"]
    assert jumps(headings(page)) == [(1, 3)]
    assert window.asked == [path.as_uri(), path.with_name("x.png").as_uri()]
    assert len(window.said) == 1
    assert foreign(page, "1em serif", "ab") == ["a", "b"]
    assert {rule for rule, _ in violations(page)} == {"image-alt", "color-contrast"}
