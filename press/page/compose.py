"""Compose pages: put an edition and its drawings into templates.

Composing is closed: a template sees the edition of its own brief and nothing else, and no attribute of Python's.
"""

import hashlib
import json
import marshal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from press.content.model.kinds import KINDS
from press.edition import edition as ed
from press.edition import language
from press.ground.store import Store, key
from press.page import templates
from press.page.elements import elements_of, foreign
from press.page.key_number import key_number
from press.page.qr import symbol
from press.page.running_text import apart, line, on_screen, plain_words, text, with_places
from press.page.step_line import step_line
from press.page.styles import styles
from press.page.template_faults import judge
from press.problems import ConfigurationError

SHAPES = {  # one stands for each basis, so that colour never has to
    "official": "●",
    "document": "■",
    "expert": "▲",
    "reported": "○",
    "cited": "□",
    "pooled": "△",
    "own": "◊",
    "later": "◆",
    "outside": "▽",
}


PAGE = "page.html.j2"
FAULTS = (  # what a template may run into
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Way:
    """A link to another page of the series; its label is all that this page knows of it."""

    to: str  # path from this page; '' for the page itself
    label: str
    language: str = ""  # of the other page, where it is not that of this one


@jinja2.pass_context  # else Jinja would make constants text before they come here
def finalize(_: jinja2.runtime.Context, value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Refuse what would print as 'None' or as a Python object.

    Raises:
        TypeError: for None and for a callable.
    """
    if value is None or (callable(value) and not isinstance(value, jinja2.Undefined)):
        raise TypeError(f"a template prints {value!r}")
    return value


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's closed environment, which decides once what a template may have of objects of a type."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may have the attribute; Jinja looks at the type and the name alone."""
        place = type(obj), attr
        if (safe := self._safe.get(place)) is None:
            safe = self._safe[place] = super().is_safe_attribute(obj, attr, value)
        return safe


class Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates in a *store*, by name and text, and by all else that is *known* to decide their code."""

    def __init__(self, store: Store, *known: str) -> None:
        self._store, self._known = store, known

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        """Return the name."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """Return the text, which tells more than its digest."""
        return source

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand over what there is."""
        if kept := self._store.get(self._place(bucket)):
            bucket.code = marshal.loads(kept)  # noqa: S302 - the store proves it

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._store.put(self._place(bucket), marshal.dumps(bucket.code))

    def _place(self, bucket: Bucket) -> str:
        return key("compiled template", bucket.key, bucket.checksum, *self._known)


class Composer:
    """The templates of Press and those of a series, read once; no name leads out of it, no link is followed.

    With a *store*, they are judged once, and each is compiled once, when it is first filled; both are kept by their
    texts and by all else that is *known* to have a hand in that.
    """

    def __init__(self, folders: tuple[Path, ...], store: Store | None = None, *known: str) -> None:
        self.templates = templates.read(folders)
        self.texts = self.templates.texts
        judged = key("judged templates", self.digest(), *known)
        if not store or store.get(judged) is None:
            judge(self.texts, self.templates.place)
            if store:
                store.put(judged, b"")
        self.env = Sandbox(
            loader=jinja2.FunctionLoader(self._template),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=Compiled(store, *known) if store else None,
        )
        say = self.templates.say
        self.env.install_gettext_callables(  # type: ignore[attr-defined]
            say, lambda one, many, count: say(one if count == 1 else many), newstyle=True
        )
        self.env.globals |= {"runs": runs, "shape": SHAPES.__getitem__, "symbol": symbol}
        self.env.globals |= {"key_number": key_number, "step_line": step_line}
        self.env.globals |= styles(self.texts)
        self.env.filters |= {
            "text": text,
            "apart": apart,
            "line": line,
            "words": plain_words,
            "on_screen": on_screen,
            "plain": ed.plain_text,
        }
        self.env.filters["locale"] = language.locale

    def _template(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (self.texts[name], name, lambda: True) if name in self.texts else None

    def digest(self) -> str:
        """Return a digest of all templates and styles."""
        said = [self.texts, self.templates.words]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def page(
        self,
        edition: ed.Edition,
        ways: tuple[Way, ...] = (),
        drawings: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Return the page of *edition*, with *ways* to others and *drawings* by the names that its figures ask for.

        It refers to fonts and images as `asset:NAME`; *drawings* are SVG.
        """
        return self.fill(PAGE, edition=edition, ways=ways, drawings=inside(drawings))

    def fill(self, template: str, **context: object) -> str:
        """Return *template* filled with *context*.

        Raises:
            ConfigurationError: a template is broken, or prints a name that it was not given.
        """
        try:
            filled = self.env.get_template(template).render(**context)
        except FAULTS as error:
            file, line = _where(error) or (template, 1)
            place = f"{self.templates.place(file)}:{line}"
            raise ConfigurationError(f"{place}: {_cause(error)}") from error
        filled = with_places(filled)
        if template.endswith(".html.j2") and template != PAGE:  # which is judged block by block
            for element in elements_of(filled).elements():
                for message in foreign(element):
                    raise ConfigurationError(f"{self.templates.place(template)}: {message}")
        return filled


def inside(drawings: Mapping[str, str]) -> dict[str, Markup]:
    """Return *drawings* as markup, which templates do not escape."""
    return {name: Markup(svg) for name, svg in drawings.items()}  # noqa: S704 - `figures` has cleaned them


def _cause(error: Exception) -> str:
    """Return what is wrong with a template in which *error* happened."""
    if isinstance(error, RecursionError):
        return "it includes itself"
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no templates/{error.name}; correct the name, or write the file"
    if isinstance(error, KeyError):
        return f"nothing is called {error} here; correct the name"
    return str(error)


def _where(error: Exception) -> tuple[str, int] | None:
    """Return the innermost template in which *error* happened, and the line in it."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return str(error.name), error.lineno
    frames = walk_tb(error.__traceback__)
    places = [(frame.f_code.co_filename, line) for frame, line in frames]
    return next((place for place in reversed(places) if place[0].endswith(".j2")), None)


def runs(blocks: tuple[ed.Block, ...]) -> list[tuple[str, tuple[ed.Block, ...]]]:
    """Return *blocks* in runs of one kind, each with its kind; their template gets them together.

    Those that only a screen shows are runs of their own.
    """
    groups = groupby(
        blocks, lambda block: (KINDS[block.kind].row_of or block.kind, block.depth == "screen")
    )
    return [(str(kind), tuple(run)) for (kind, _), run in groups]
