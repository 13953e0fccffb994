"""Choose the key number of a brief, which stands for it where there is room for one."""

from collections.abc import Iterator
from dataclasses import dataclass

from press.edition.edition import Edition, Figure, Number, plain_text

# of a chart that compares, what comes first; of its years the last; no target
CHIEF = ("marked", "now")


@dataclass(frozen=True)
class KeyNumber:
    """A number of a figure, and words that say what it is."""

    block: str  # the figure
    shown: str
    words: str
    dating: str  # '' where no year is stated

    @property
    def longest(self) -> int:
        """How many characters its longest word has."""
        return max(map(len, self.shown.split()))


def key_number(edition: Edition) -> KeyNumber | None:
    """Return the number of the figure on page 1 that its title names, the marked first; else one of the brief's title.

    Else it is the first of the figure. No target counts, and of the values that we worked out only what the brief's
    title names; None if nothing is left.
    """
    front = (part for part in edition.sections if part.name == "figure")
    figures = (block for part in front for block in part.blocks if isinstance(block, Figure))
    return next((number for figure in figures for number in _numbers(figure, edition)), None)


def _numbers(figure: Figure, edition: Edition) -> Iterator[KeyNumber]:
    named = {part.text.casefold() for part in edition.title if isinstance(part, Number)}
    shown = (datum for datum in figure.data if datum.shown and datum.role != "target")
    data = [datum for datum in shown if not datum.derived or datum.shown.casefold() in named]
    data.sort(key=lambda each: (each.role not in CHIEF, -each.last if each.role else 0))
    title = plain_text(figure.title)
    plain = {datum.shown.casefold(): datum.role not in CHIEF for datum in data}
    numbers = (part.text for part in figure.title if isinstance(part, Number))
    values = (number for number in numbers if number.casefold() in plain)  # a year is none of them
    for number in sorted(values, key=lambda each: plain[each.casefold()]):
        words = title.removeprefix(number).strip()  # it is not said twice
        yield KeyNumber(figure.id, number, words, plain_text(figure.subtitle))
    for datum in sorted(data, key=lambda each: each.shown.casefold() not in named):
        words = plain_text(datum.label)
        yield KeyNumber(figure.id, datum.shown, words, datum.dating * (datum.dating not in words))
