"""Fit a page to its sheets: lay it out until a setting leaves the fewest faults, and write it once.

A setting (a fit) is steps of a few tokens of `templates/styles/tokens.css`, which has their bounds. It reaches the
page as one rule in a style for print, so that no screen shows it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias

from press.checks import layout
from press.checks import page as page_check
from press.checks.layout import Mendable
from press.checks.standard import Standard
from press.ground.store import key
from press.page.elements import elements_of
from press.print.facts import Facts, Print
from press.print.pool import proved, thread_server
from press.print.server.client import PrintFailedError, PrintServer, Setup

MARKER = (
    "/* fit */"  # the whole of a style of the page; no text can look so, since a style holds none
)
ONE_LINE = 24  # characters of a title that need no balance
SHARES = tuple(range(100, 58, -2))  # percent of the widest title that there may be
ROOMS = {
    "tighter": "spacing one step tighter",
    "tightest": "spacing two steps tighter",
    "looser": "spacing one step wider",
    "loosest": "spacing two steps wider",
}
FIGURES = {"smaller": "figures smaller", "larger": "figures larger"}


class Step(NamedTuple):
    """A setting of page 1, or of the pages after it."""

    room: str = ""  # a step of `--room`
    figure: str = ""  # a step of `--figure-step`

    def words(self) -> str:
        """Return what it does."""
        return " and ".join(filter(None, (ROOMS.get(self.room), FIGURES.get(self.figure))))


PLAIN = Step()
# Tried in this order after the styles' own setting, on page 1 or after it, until nothing is left to mend there.
STEPS = (Step("tighter"), Step("looser"), Step("tightest", "smaller"), Step("loosest", "larger"))


@dataclass(frozen=True)
class Fit:
    """A setting of one page; the default is what the styles say."""

    title: int = 0  # percent of the widest; 0 is as the styles have it
    front: Step = PLAIN
    rest: Step = PLAIN

    def rule(self) -> str:
        """Return the rule that sets it, or nothing."""
        tokens = {
            "title-share": f"{self.title / 100:g}" if self.title else "",
            "front-room": _token("room", self.front.room),
            "front-figure": _token("figure", self.front.figure),
            "room": _token("room", self.rest.room),
            "figure-step": _token("figure", self.rest.figure),
        }
        rules = ";".join(f"--{name}:{value}" for name, value in tokens.items() if value)
        return f":root{{{rules}}}" if rules else ""


def _token(name: str, step: str) -> str:
    return f"var(--{name}-{step})" if step else ""


Known: TypeAlias = Mapping[str, Facts]  # of layouts, by the digest of what was laid out


class Fitted(NamedTuple):
    """A print, the setting that it was made in, and what that mended, in words."""

    print: Print
    fit: Fit
    mended: str = ""
    parts: Known = MappingProxyType({})  # of its title, and of its page 1 alone


class Try(NamedTuple):
    """A step of page 1 or of the pages after it, and what it leaves to mend there."""

    step: Step
    left: tuple[Mendable, ...]
    words: int  # on page 1

    def score(self) -> tuple[int, int]:
        """Return how many errors and warnings are left."""
        errors = sum(fault.problem.severity == "error" for fault in self.left)
        return errors, len(self.left) - errors


class Attempt(Protocol):
    """Lays out pages in a step, and says what it leaves to mend on them."""

    def __call__(self, step: Step, *, keep: bool) -> Try:
        """Lay out; *keep* says that the layout before is the best until now."""
        ...


class LaysOut(Protocol):
    """Lays out a page, and tells facts of it."""

    def lay_out(self, html: str, *, keep: bool = False) -> Facts:
        """Lay out; *keep* is as a print server has it."""
        ...


class Parts:
    """Lays out parts of a page on a print server; of those that are *known*, an edit of others changes nothing."""

    def __init__(self, server: PrintServer, known: Known, assets: Mapping[str, bytes]) -> None:
        self._server, self._known = server, known
        self._assets = [part for asset in sorted(assets.items()) for part in asset]
        self.used: dict[str, Facts] = {}

    def lay_out(self, html: str, *, keep: bool = False) -> Facts:
        """Return what a layout of *html* tells."""
        place = key("part", html, *self._assets)
        facts = self._known.get(place) or self._server.lay_out(html, keep=keep)
        self.used[place] = facts
        return facts


def set_page(page: str, fit: Fit) -> str:
    """Return *page* in a setting."""
    return page.replace(MARKER, fit.rule() or MARKER, 1)


def fit_page(page: str, standard: Standard, server: PrintServer, parts: Parts) -> Fitted:
    """Lay out *page* in its default setting, and in others while there is something to mend; write the best.

    Page 1 comes first, alone, and the pages after it with the best that it can be: a page begins between them. The best
    step leaves the fewest errors, then the fewest warnings, and comes first: what cannot be mended stays in the styles'
    own setting. Where a series lets more stand on page 1, page 1 is tried again with all that follows.
    """
    share, words = balance(page, standard, parts)
    lay_outs = (page_one(page), parts), (page, server)
    for alone, of_front in lay_outs:
        fronts, rests = _tried(page, alone, share, standard, (of_front, server))
        first = best_of(fronts)
        if rests[0].words == first.words:  # else more is on page 1 than what is of its class
            break
    fit = Fit(share, first.step, best_of(rests).step)
    made = server.write(set_page(page, fit))
    mended = (words, _mended(fronts, "on page 1"), _mended(rests, "from page 2 on"))
    return Fitted(made, fit, "; ".join(filter(None, mended)), parts.used)


def _tried(
    page: str, alone: str, share: int, standard: Standard, servers: tuple[LaysOut, LaysOut]
) -> tuple[list[Try], list[Try]]:
    """Try page 1, which is *alone*, and with its best step the whole *page*; each has one of the *servers*."""
    letters = page_check.letters(page_check.spots(elements_of(alone)))
    held_to = replace(standard, letters=letters)

    def front(step: Step, *, keep: bool) -> Try:
        facts = servers[0].lay_out(set_page(alone, Fit(share, step)), keep=keep)
        left = tuple(fault for fault in layout.mendable(held_to, facts) if fault.front)
        return Try(step, left, facts.sheets[0].words)

    fronts = tries(front)
    first = best_of(fronts).step

    def rest(step: Step, *, keep: bool) -> Try:
        facts = servers[1].lay_out(set_page(page, Fit(share, first, step)), keep=keep)
        left = tuple(fault for fault in layout.mendable(standard, facts) if not fault.front)
        return Try(step, left, facts.sheets[0].words)

    return fronts, tries(rest)


def tries(attempt: Attempt) -> list[Try]:
    """Return what each step leaves to mend, as *attempt* says, until nothing is left; it may keep the layout before."""
    made: list[Try] = []
    for step in (PLAIN, *STEPS):
        keep = bool(made) and best_of(made) is made[-1]
        made.append(attempt(step, keep=keep))
        if not made[-1].left:
            break
    return made


def best_of(made: Sequence[Try]) -> Try:
    """Return the first of those that leave the fewest errors, then warnings."""
    return min(made, key=Try.score)


def page_one(page: str) -> str:
    """Return *page* with an empty page in place of those after page 1."""
    parts = elements_of(page).elements()
    end = next(
        (part.end for part in parts if "front" in part.given.get("class", "").split()), len(page)
    )
    return f'{page[:end]}<p style="break-before: page"></p></main></body></html>'


def _mended(made: Sequence[Try], where: str) -> str:
    """Return what the best of the tries *made* does and why, or nothing if it is the first."""
    first, best = made[0], best_of(made)
    if best is first:
        return ""
    left = {fault.aim for fault in best.left}
    aims = dict.fromkeys(fault.aim for fault in first.left if fault.aim not in left)
    purpose = f"so that {' and '.join(aims)}" if aims else "so that less is wrong"
    return f"{best.step.words()} {where}, {purpose}"


def balance(page: str, standard: Standard, server: LaysOut) -> tuple[int, str]:
    """Return the narrowest width in which the title has as many lines as in the widest, and what it mended.

    All widths are laid out at once, on a sheet of titles. One that ends in too short a line comes last.
    """
    heading = next((part for part in elements_of(page).elements() if part.tag == "h1"), None)
    if MARKER not in page or heading is None or len(heading.text()) <= ONE_LINE:
        return 0, ""
    titles = server.lay_out(_sheet(page, page[heading.begin : heading.end])).titles
    if len(titles) != len(SHARES):  # a title as high as a page
        return 0, ""
    widest = titles[0]
    kept = [
        (layout.is_short(standard, title), share)
        for share, title in zip(SHARES, titles, strict=True)
        if title.lines == widest.lines
    ]
    short, share = min(kept)
    mends = layout.is_short(standard, widest) and not short
    return share, "the title set narrower, so that its last line has more than one word" * mends


def _sheet(page: str, title: str) -> str:
    """Return a page of *title* in all widths, and of nothing else that an edit might change."""
    parts = [*elements_of(page).elements()]
    around = (part for part in parts if part.tag in {"html", "body"})
    tags = {part.tag: page[part.begin : page.index(">", part.begin) + 1] for part in around}
    styles = "".join(page[part.begin : part.end] for part in parts if part.tag == "style")
    titles = "".join(
        f'<div style="--title-share:{share / 100:g}">{title}</div>' for share in SHARES
    )
    html, body = tags.get("html", "<html>"), tags.get("body", "<body>")
    return f"<!doctype html>{html}<head>{styles}</head>{body}{titles}</body></html>"


def culprit(page: str, letters: Mapping[str, int], fails: Callable[[str], bool]) -> str:
    """Return the block without which *page* prints, or nothing; *letters* says how long each is.

    Mostly it is the longest. Else the first blocks of the page are shown, more or fewer of them, until the one is found
    with which it fails.
    """
    named = (element.given.get("data-block") for element in elements_of(page).elements())
    blocks = tuple(dict.fromkeys(filter(None, named)))
    longest = max(blocks, key=lambda block: letters.get(block, 0), default="")
    if not blocks or not fails(_without(page, [longest])):
        return longest
    if fails(_without(page, blocks)):
        return ""
    good, bad = 0, len(blocks)  # so many of the first
    while bad - good > 1:
        middle = (good + bad) // 2
        if fails(_without(page, blocks[middle:])):
            bad = middle
        else:
            good = middle
    return blocks[good]


def _without(page: str, blocks: Sequence[str]) -> str:
    hidden = (f'[data-block="{block}"]{{display:none}}' for block in blocks)
    return page.replace(MARKER, "".join(hidden), 1)


def fit_job(
    html: str,
    assets: Mapping[str, bytes],
    standard: Standard,
    setup: Setup,
    known: Known = MappingProxyType({}),
) -> Fitted:
    """Print a page in the setting that serves it best, on the print server of this thread; of its parts may be *known*.

    Raises:
        ConfigurationError: the machine lacks what printing needs.
        PrintFailedError: there is no print; the message says why.
    """
    server = thread_server(setup)
    server.begin(assets)

    def fails(page: str) -> bool:
        try:
            server.print(page, assets)
        except PrintFailedError as error:
            if error.kind != "failed":
                raise
            return True
        return False

    try:
        made = fit_page(html, standard, server, Parts(server, known, assets))
    except PrintFailedError as error:
        if error.kind == "late" and standard.letters:
            longest = max(standard.letters, key=lambda block: standard.letters[block])
            raise PrintFailedError(f"{error}; this is its longest part", "late", longest) from error
        if error.kind == "failed" and (block := culprit(html, standard.letters, fails)):
            message = f"{error}; it prints without this block: shorten it"
            raise PrintFailedError(message, error.kind, block) from error
        raise
    return made._replace(print=proved(made.print, html))
