"""Name the stages of an edition: manuscript, page, print, finished edition. Each is made once, and never changed."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property

from press.build.keys import Dependencies
from press.edition.edition import Edition
from press.ground.paths import Folders
from press.ground.store import Store, key
from press.page.compose import Composer, Way
from press.page.figures import Commission
from press.page.vega.workers import Drawers
from press.print.facts import Facts, Print
from press.problems import Problem

Name = tuple[str, str]  # language and brief of an edition
Progress = Callable[[int, int, str], None]  # done, of how many, what was done last


@dataclass(frozen=True)
class Means:
    """What editions are made with."""

    folders: Folders
    dependencies: Dependencies
    pool: Executor | None = None  # None: nothing is printed
    progress: Progress = lambda *_: None
    jobs: int = 0  # 0: as many as there are processors
    prints: frozenset[str] = frozenset({"brief", "short"})  # that are wanted, as formats need them
    drawers: Drawers | None = None  # None: new ones for each figure
    begin: Callable[[], object] = lambda: None  # starts what prints and draws: there will be work

    @property
    def store(self) -> Store:
        """Where results are kept by key."""
        return Store(self.folders.store)

    @cached_property
    def composer(self) -> Composer:
        """The templates, read once."""
        known = self.dependencies
        return Composer(self.folders.template_folders, self.store, known.code, known.libraries)


@dataclass(frozen=True)
class Manuscript:
    """An edition, with all that its page is composed of."""

    edition: Edition
    ways: tuple[Way, ...]  # to the same brief in other languages, and to the other briefs
    images: Mapping[str, bytes]  # by the name under which the page asks for them
    commissions: tuple[Commission, ...]  # the drawings that it needs
    drawing_keys: tuple[str, ...]
    key: str  # of its page

    @property
    def name(self) -> Name:
        """Language and brief."""
        return self.edition.language, self.edition.brief

    @property
    def reading_key(self) -> str:
        """The key of what was read on its page."""
        return key("reading", self.key)

    @property
    def form(self) -> str:
        """The print that is made of it, as formats need it."""
        return "short" if self.edition.depth == "short" else "brief"


@dataclass(frozen=True)
class Page:
    """A composed page, read once."""

    manuscript: Manuscript
    html: str = ""  # '' where a figure could not be drawn
    paper: str = ""  # what of it is printed
    letters: Mapping[str, int] = field(default_factory=dict)  # that have to be printed, by block
    words: Mapping[str, int] = field(default_factory=dict)  # likewise, as `word_counts` has them
    # how often each block says what is counted by page, by the name of its limit
    said: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    new: bool = False  # it was composed in this run
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Card:
    """The picture that networks show beside a link to a page, and what is wrong with it."""

    key: str = ""
    png: bytes = b""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Printed:
    """A page in the setting that serves it best, and its print."""

    page: Page
    html: str  # of the page, in that setting
    key: str = ""  # of the print
    print: Print | None = None
    mended: str = ""  # what the setting mended, in words
    new: bool = False  # it was printed in this run
    problems: tuple[Problem, ...] = ()
    card: Card = Card()
    short: "Printed | None" = None  # its short form


@dataclass(frozen=True)
class FinishedEdition:
    """An edition as it is handed out."""

    printed: Printed
    files: Mapping[str, bytes]  # by format; none where the page could not be composed
    problems: tuple[Problem, ...]  # of all stages

    @property
    def manuscript(self) -> Manuscript:
        """What it was made of."""
        return self.printed.page.manuscript

    @property
    def edition(self) -> Edition:
        """What it says."""
        return self.manuscript.edition

    @property
    def prints(self) -> Mapping[str, Printed]:
        """The brief and its short form, as far as they were wanted, as formats need them."""
        short = self.printed.short
        return {"brief": self.printed, **({"short": short} if short else {})}

    @property
    def new(self) -> bool:
        """Whether something of it was made in this run."""
        return any(each.new or each.page.new for each in self.prints.values())

    @property
    def mended(self) -> str:
        """What the settings of its prints mended, in words."""
        short = self.printed.short.mended if self.printed.short else ""
        return "; ".join(filter(None, (self.printed.mended, short and f"short form: {short}")))

    @property
    def pages(self) -> Mapping[str, int]:
        """How many pages its prints have."""
        return {name: facts.pages for name, facts in self._facts()}

    @property
    def words(self) -> Mapping[str, int]:
        """How many words they have."""
        return {name: sum(sheet.words for sheet in facts.sheets) for name, facts in self._facts()}

    def _facts(self) -> Iterator[tuple[str, Facts]]:
        yield from ((name, each.print.facts) for name, each in self.prints.items() if each.print)

    @property
    def keys(self) -> frozenset[str]:
        """The keys under which the store has what it is made of."""
        each = [(made.key, made.card.key) for made in self.prints.values()]
        sources = [made.page.manuscript for made in self.prints.values()]
        parts = [(each.key, each.reading_key, *each.drawing_keys) for each in sources]
        return frozenset(key for keys in (*each, *parts) for key in keys if key)
