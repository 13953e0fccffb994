"""Put an edition into its templates: edition and drawings in, HTML out.

Composing is closed: a template sees the edition of its own brief and nothing else, and no attribute of Python's.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from press.content.model.kinds import KINDS, complete
from press.edition import edition as ed
from press.edition import language
from press.page.colours import palette
from press.page.qr import symbol
from press.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

STYLES = ("tokens", "base", "brief")  # for both media, in this order; a block's own come behind
SCREEN = ("screen",)
JOINER = "\u2060"  # word joiner: no line breaks here
# The print engine breaks a line too early where a text ends with a space that does not fit, and an
# element follows (as it does at `white-space: nowrap`): the space goes into the element.
SPACED = (ed.Number, ed.Strong, ed.Emphasis)
COMMA = Markup(",\u2060")
# Paper has the link, and so has a screen that knows no popovers; the others have the button.
MARK = Markup(
    '<a href="#note-{0}" role="doc-noteref">{0}</a>'
    '<button data-screen popovertarget="evidence-{0}" aria-label="{1}">{0}</button>'
)
NOTE = language.translations("en").gettext("Evidence note {}")
NUMBER = Markup('<span class="number" data-value="{}.{}">{}</span>')
NO_DRAWINGS: Mapping[str, str] = MappingProxyType({})
SHAPES = {
    "official": "●",
    "document": "■",
    "expert": "▲",
    "reported": "○",
    "cited": "□",
    "own": "◊",
    "outside": "◆",
}


@dataclass(frozen=True)
class Run:
    """Blocks of one kind that stand behind one another: the template of the kind gets them together."""

    kind: str
    blocks: tuple[ed.Block, ...]


@dataclass(frozen=True)
class Way:
    """A link to another page of the series; its label is all that this page knows of it."""

    to: str  # path from this page; '' for the page itself
    label: str
    language: str = ""  # of the other page, where it is not that of this one


class Folder(jinja2.BaseLoader):
    """Templates from one folder, read once; a name can't climb out of it, and links are not followed."""

    def __init__(self, folder: Path) -> None:
        self.texts = {
            path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files(folder)
        }

    def get_source(
        self, _: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of *template*."""
        if template not in self.texts:
            raise jinja2.TemplateNotFound(template)
        return self.texts[template], template, lambda: True


def files(folder: Path) -> Iterator[Path]:
    """Yield the templates and styles below *folder*, in order."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".j2", ".css"} and path.is_file() and not path.is_symlink():
            yield path


@jinja2.pass_context  # else Jinja would make constants text before they come here
def finalize(_: jinja2.runtime.Context, value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Refuse what would print as 'None' or as a Python object.

    Raises:
        TypeError: for None and for a callable.
    """
    if value is None or (callable(value) and not isinstance(value, jinja2.Undefined)):
        message = f"a template prints {value!r}"
        raise TypeError(message)
    return value


class Composer:
    """The templates of one folder, ready to be filled."""

    def __init__(self, folder: Path) -> None:
        self.loader = Folder(folder)
        _check_kinds(self.loader.texts)
        self.env = ImmutableSandboxedEnvironment(
            loader=self.loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self.env.install_gettext_translations(language.translations("en"), newstyle=True)  # type: ignore[attr-defined]
        self.env.globals |= {
            "runs": runs,
            "shape": shape,
            "symbol": symbol,
            "brief_style": self.style,
            "screen_style": self.screen,
            "site_style": self.parts,
            "bands_style": bands_style,
        }
        self.env.globals |= {"colours_style": colours_style, "night_style": night_style}
        self.env.filters |= {"text": text, "line": line, "said": ed.said}
        self.env.filters["locale"] = language.locale

    def digest(self) -> str:
        """Return a digest of all templates and styles."""
        digest = hashlib.sha256()
        for name, content in sorted(self.loader.texts.items()):
            digest.update(f"{name}\0{len(content)}\0{content}".encode())
        return digest.hexdigest()

    def style(self) -> Markup:
        """Return the rules for both media."""
        names = [f"styles/{name}.css" for name in STYLES]
        names += [
            name
            for name in sorted(self.loader.texts)
            if name.startswith("blocks/") and name.endswith(".css")
        ]
        return Markup("\n".join(self.loader.texts[name] for name in names))  # noqa: S704 - our own files

    def parts(self) -> Markup:
        """Return the rules for both media without those of blocks."""
        return Markup("\n".join(self.loader.texts[f"styles/{name}.css"] for name in STYLES))  # noqa: S704 - our own files

    def screen(self) -> Markup:
        """Return the rules for the screen."""
        return Markup("\n".join(self.loader.texts[f"styles/{name}.css"] for name in SCREEN))  # noqa: S704 - our own files

    def page(
        self,
        edition: ed.Edition,
        ways: tuple[Way, ...] = (),
        drawings: Mapping[str, str] = NO_DRAWINGS,
    ) -> str:
        """Return the page of *edition*, with *ways* to others and *drawings* by the names that its figures ask for.

        It refers to fonts and images as `asset:NAME`; *drawings* are SVG.
        """
        return self.fill("page.html.j2", edition=edition, ways=ways, drawings=inside(drawings))

    def fill(self, template: str, **context: object) -> str:
        """Return *template* filled with *context*.

        Raises:
            ConfigurationError: if a template is broken or prints what nobody gave it.
        """
        try:
            return self.env.get_template(template).render(**context)
        except (jinja2.TemplateError, TypeError, AttributeError, KeyError) as error:
            file, line = _where(error) or (template, 1)
            raise ConfigurationError(f"templates/{file}:{line}: {error}") from error


def _check_kinds(texts: Mapping[str, str]) -> None:
    """Refuse templates in which a kind of block lacks one, its style or its form for a post.

    Raises:
        ConfigurationError: they lack one, or have a folder for a kind that does not exist.
    """
    folders = {name.split("/")[1]: "" for name in texts if re.match("blocks/.*/", name)}
    for kind in complete(folders, "templates/blocks") if folders else ():
        files = [
            f"{kind}.html.j2",
            f"{kind}.css",
            *(() if KINDS[kind].row_of else ("post.html.j2",)),
        ]
        for file in files:
            if f"blocks/{kind}/{file}" not in texts:
                raise ConfigurationError(
                    f"block kind '{kind}' has no templates/blocks/{kind}/{file}"
                )


def inside(drawings: Mapping[str, str]) -> dict[str, Markup]:
    """Return *drawings* as templates take them."""
    return {name: Markup(svg) for name, svg in drawings.items()}  # noqa: S704 - `figures` has cleaned them


def _where(error: Exception) -> tuple[str, int] | None:
    """Return the template that *error* comes from, the innermost that was at work, and the line in it."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return str(error.name), error.lineno
    found, trace = None, error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        found = (name, trace.tb_lineno) if name.endswith(".j2") else found
        trace = trace.tb_next
    return found


def shape(basis: str) -> str:
    """Return the shape that stands for a *basis*, so that colour never has to."""
    return SHAPES[basis]


def colours_style(accent: str, where: str = ":root") -> Markup:
    """Return the colours of a brief as custom properties, for all or below *where*."""
    colours = palette(accent)
    return _properties(
        {
            name: getattr(colours, name)
            for name in ("accent", "tint", "pale", "ink", "soft", "rule", "paper")
        },
        where,
    )


def bands_style(accent: str) -> str:
    """Return an accent by day and by night, for the style of one element."""
    return f"--day:{accent};--night:{palette(accent).night()['accent']}"


def night_style(accent: str, where: str = ":root") -> Markup:
    """Return the same properties for a dark screen."""
    night = palette(accent).night()
    return Markup("@media (prefers-color-scheme:dark){{{}}}").format(_properties(night, where))


def _properties(colours: Mapping[str, str], where: str) -> Markup:
    rules = ";".join(f"--{name}:{colour}" for name, colour in colours.items())
    return Markup(f"{where}{{{rules}}}")  # noqa: S704 - names of ours and colours that the model has checked


def runs(blocks: tuple[ed.Block, ...]) -> tuple[Run, ...]:
    """Return *blocks* in runs of one kind."""
    return tuple(
        Run(str(kind), tuple(run))
        for kind, run in groupby(blocks, lambda block: KINDS[block.kind].row_of or block.kind)
    )


def text(parts: ed.Parts) -> Markup:
    """Return paragraphs and lists as HTML."""
    return Markup("\n").join(_part(part) for part in parts)


def _part(part: ed.Part) -> Markup:
    if isinstance(part, ed.Par):
        return Markup("<p>{}</p>").format(line(part.children))
    tag = "ol" if part.ordered else "ul"
    items = Markup().join(Markup("<li>{}</li>").format(_item(item)) for item in part.items)
    return Markup(f"<{tag}>{{}}</{tag}>").format(items)  # noqa: S704 - one of two tags


def _item(item: ed.Parts) -> Markup:
    """Return an item of a list: its only paragraph needs no element of its own."""
    return line(item[0].children) if len(item) == 1 and isinstance(item[0], ed.Par) else text(item)


def line(inlines: ed.Inlines, *, linked: bool = True) -> Markup:
    """Return a line of text as HTML; what is not *linked* leads nowhere, as in a drawing, which is one thing."""
    out: list[Markup] = []
    for part in inlines:
        spaced = isinstance(part, SPACED) and bool(out) and out[-1].endswith(" ")
        if spaced:
            out[-1] = out[-1][:-1]
        out.append(_inline(part, " " if spaced else "", linked=linked))
    return Markup().join(out)


def _inline(part: ed.Inline, space: str, *, linked: bool) -> Markup:
    match part:
        case ed.Run():
            return escape(part.text)
        case ed.Number():
            shown = part.text.replace(language.RANGE, f"{language.RANGE}{JOINER}")
            return NUMBER.format(part.claim, part.value, f"{space}{shown}")
        case ed.Marks():
            return marks(part, linked=linked)
        case ed.Strong():
            return Markup("<strong>{}{}</strong>").format(space, line(part.children, linked=linked))
        case ed.Emphasis():
            return Markup("<em>{}{}</em>").format(space, line(part.children, linked=linked))
    words = line(part.children, linked=linked)
    return Markup('<a href="{}">{}</a>').format(part.href, words) if linked else words


def marks(part: ed.Marks, *, linked: bool = True) -> Markup:
    """Return the raised numbers that lead to the evidence notes; none stands alone at the start of a line."""
    numbers = (
        MARK.format(note, NOTE.format(note)) if linked else escape(note) for note in part.notes
    )
    # the joiner stands inside, where a style keeps lines from ending before a button, too
    return Markup('<sup class="marks">{}{}</sup>').format(JOINER, COMMA.join(numbers))
