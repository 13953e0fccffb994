"""Join and minify the styles of a page, and write the colours of its accent as custom properties.

The minifier knows the styles of this project, no others: a library would bring one for all, but rcssmin, the one that
is kept up, has no wheels for macOS.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from markupsafe import Markup

from press.content.model.kinds import KINDS
from press.edition.edition import Edition
from press.ground.paths import shown
from press.page.colours import palette
from press.problems import Place, Problem

COMMON = ("styles/tokens.css", "styles/base.css", "styles/brief.css")  # in this order
SCREEN = "styles/screen.css"

IGNORED = re.compile(r"Ignored `([^`]+)` at \d+:\d+")  # as the engine says it of a page
LOST = re.compile(
    r"the template leaves out the words '.*', '(?P<field>\w+)' of the (?P<kind>evidence note|\w+) '",
    re.DOTALL,
)
WHOLE = {  # what a template leaves out of the page: where it is printed
    "', which says who speaks": ("page", "voices"),
    "the template does not say that this is draft": ("page", r"\bdraft\b"),
    "the template does not say what was corrected": ("correction", "correction"),
}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'("[^"]*")')
CLASS, NAMED = re.compile(r'class="([^"]*)"'), re.compile(r"\.(-?[A-Za-z][\w-]*)")
NEGATED = re.compile(r":not\([^()]*\)")
STYLE = re.compile(r"<style\b[^<]*")
RULE = re.compile(r"(?<=[{};\n])(\.[^@{};\"/]*)\{[^{}]*\}")  # one that begins with a class
SHORTER = (
    (re.compile(r"\s+"), " "),
    (re.compile(r" ?([{};,>]) ?"), r"\1"),
    (re.compile(r": "), ":"),
    (re.compile(r";}"), "}"),
    (re.compile(r"(?<=[\w)]) \* (?=[\w(])"), "*"),  # in calculations
    (re.compile(r"(?<![\w.])0(?=\.\d)"), ""),
)


def styles(texts: Mapping[str, str]) -> dict[str, Callable[..., Markup]]:
    """Return what templates call for their styles; *texts* has every style by its path below the templates."""

    def style(*names: str) -> Markup:
        return Markup("\n".join(minified(texts[name]) for name in names))  # noqa: S704 - our own files

    def brief_style(edition: Edition) -> Markup:
        kinds = sorted({block.kind for block in edition.blocks()})
        return style(*COMMON, *(f"blocks/{kind}/{kind}.css" for kind in kinds))

    return {
        "style": style,
        "brief_style": brief_style,
        "site_style": lambda: style(*COMMON),
        "screen_style": lambda: style(SCREEN),
        "colours_style": colours_style,
        "night_style": night_style,
        "house_style": house_style,
        "house_night_style": house_night_style,
        "bands_style": bands_style,
        "head_style": head_style,
    }


def with_place(problem: Problem, *templates: Path) -> Problem:
    """Return a *problem* with a declaration or an element of a template at the file and the line that have it.

    Of the folders of *templates*, the first that has a file counts.
    """
    if place := _printing(problem.message, templates) if problem.rule == "lost" else None:
        return replace(problem, place=place)
    ignored = IGNORED.search(problem.message)
    wanted = (
        r"\s*".join(map(re.escape, "".join(ignored[1].split()))) if ignored else _element(problem)
    )
    names = "*.css" if ignored else "*.j2"
    every = [path for folder in templates for path in sorted(folder.rglob(names))]
    for path in every if wanted else ():
        text = path.read_text("utf-8")
        if found := re.search(wanted, text, re.IGNORECASE):
            message = IGNORED.sub(r"ignored `\1`", problem.message)
            place = Place(shown(path), text.count("\n", 0, found.start()) + 1)
            return replace(problem, place=place, message=message)
    return problem


def _printing(message: str, templates: tuple[Path, ...]) -> Place | None:
    """Return where a template prints, or should, what it leaves out as *message* says."""
    wanted, kind, lost = "", "", LOST.search(message)
    if lost and lost["kind"] in KINDS:
        kind = KINDS[lost["kind"]].row_of or lost["kind"]
    name = f"blocks/{kind}/{kind}" if kind else "notes" if lost else ""
    if lost:
        wanted = rf"\.{lost['field']}\b"
    for words, place in WHOLE.items():
        name, wanted = place if words in message else (name, wanted)
    found = [path for each in templates if (path := each / f"{name}.html.j2").exists()]
    if not name or not found:
        return None
    path = found[0]
    text = path.read_text("utf-8")
    at = re.search(wanted, text) or re.search("data-block=|id=", text)
    return Place(shown(path), text.count("\n", 0, at.start()) + 1 if at else 1)


def _element(problem: Problem) -> str:
    """Return a pattern for the element or attribute that *problem* is about, '' where no template has typed it."""
    tag, quoted = (re.search(pattern, problem.message) for pattern in (r"<(\w+)>", r"'([^']+)'"))
    if problem.rule == "alternative":
        return rf"<{tag[1]}\b(?![^>]*\b(alt|aria-label)=)" if tag else ""
    if problem.rule != "markup" and not problem.message.startswith("a link leads"):
        return ""
    inside = rf"(?<![\w-]){re.escape(quoted[1])}(?!(?<=\w)[\w-])" if quoted else ""
    return rf"<{tag[1]}\b[^>]*?{inside}" if tag else inside


@cache
def minified(css: str) -> str:
    """Return *css* without comments and needless white space; strings in double quotes stay as they are."""
    parts = STRING.split(COMMENT.sub("", css).strip())
    for pattern, shorter in SHORTER:
        parts[::2] = [pattern.sub(shorter, part) for part in parts[::2]]
    return "".join(parts)


def without_unused(page: str) -> str:
    """Return *page* without the rules of its minified styles that are for classes which nothing in it has."""
    head, middle, body = page.partition("<body")
    had = set(" ".join(CLASS.findall(body)).split())

    def used(rule: re.Match[str]) -> str:
        return rule[0] if any(names <= had for names in _classes(rule[1])) else ""

    return STYLE.sub(lambda style: RULE.sub(used, style[0]), head) + middle + body


@cache
def _classes(selectors: str) -> tuple[frozenset[str], ...]:
    """Return the classes that each of *selectors* asks for."""
    return tuple(frozenset(NAMED.findall(NEGATED.sub("", each))) for each in selectors.split(","))


def colours_style(accent: str, where: str = ":root") -> Markup:
    """Return the colours of a brief as custom properties, for all or below *where*."""
    return _properties(asdict(palette(accent)), where)


def night_style(accent: str, where: str = ":root") -> Markup:
    """Return the same properties for a dark screen."""
    return _by_night(_properties(palette(accent).night(), where))


def house_style(colour: str) -> Markup:
    """Return the colour of a house as a custom property; by night only screens know it."""
    return _properties({"house": colour}, ":root")


def house_night_style(colour: str) -> Markup:
    """Return the same for a dark screen."""
    return _by_night(_properties({"house": palette(colour).night()["accent"]}, ":root"))


def _by_night(rules: Markup) -> Markup:
    return Markup("@media (prefers-color-scheme:dark){{{}}}").format(rules)


def bands_style(accent: str) -> Markup:
    """Return an accent by day and by night, for the style of one element."""
    night = palette(accent).night()["accent"]
    return Markup(f"--day:{accent};--night:{night}")  # noqa: S704 - colours that the model has checked


def head_style(text: str) -> Markup:
    """Return a *text*, if there is one, at the head of each page that a browser prints."""
    return Markup(f'@page{{@top-right{{content:"{text}"}}}}' if text else "")  # noqa: S704 - a draft's mark


def _properties(colours: Mapping[str, str], where: str) -> Markup:
    rules = ";".join(f"--{name}:{colour}" for name, colour in colours.items())
    return Markup(f"{where}{{{rules}}}")  # noqa: S704 - names of ours and colours that the model has checked
