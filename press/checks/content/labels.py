"""Check the words of figures: labels that name another value than theirs, axes, and text alternatives."""

import re
import unicodedata
from collections.abc import Iterator

from press.checks.content import measures, units
from press.checks.content.comparisons import DrawnValue, Note
from press.checks.content.numbers import habits_in
from press.content.library import Draft
from press.content.model.blocks import FigureBlock
from press.content.model.spec import Channel
from press.content.text.markdown import Markdown
from press.content.text.parts import Own, Placeholder, plain, walk
from press.edition.resolve import lines

ALIKE = str.maketrans("’‘`´“”„«»–—−‐‑", 4 * "'" + 5 * '"' + 5 * "-")
LEAST = 4  # letters of a word that is looked for in a label


def misnamed(draft: Draft, figure: FigureBlock, shown: list[DrawnValue]) -> Iterator[Note]:
    """Yield labels that name another value than theirs, axes of another unit, and alternatives without values."""
    names = {each.ref: set(re.split(r"[._]", each.ref)) for each in shown}
    common = set.intersection(*names.values()) if names else set()
    labels = {id(datum.label): datum.label for datum in figure.data}
    for number, label in labels.items():
        own = [
            ref for ref in (d.value for d in figure.data if id(d.label) == number) if ref in names
        ]
        words = set(printed(draft, label).split())
        words |= {part.name for part in walk(label.parts) if isinstance(part, Placeholder)}
        named = [ref for ref, name in names.items() if _alike(words, name - common)]
        if own and named and not set(own) & set(named):
            what = f"this label names '{named[0]}', but stands for '{own[0]}'"
            yield label, f"{what}: correct one of them"
        values = [each.value for each in shown if each.ref in own]
        if message := measures.misleading(draft, measures.words(label), values):
            yield label, message
    every = (
        [each for layer in figure.spec.layers for each in layer.encoding.channels]
        if figure.spec
        else []
    )
    axes = [each for each in every if isinstance(each, Channel) and each.type == "quantitative"]
    titles = [each.axis.title for each in axes if each.axis and each.field != "year"]
    for title in titles:
        for unit in sorted({str(each.value.unit) for each in shown if not each.value.signed}):
            if title and not units.named(unit, printed(draft, title), habits_in(draft)):
                what = f"this axis does not say '{unit}', which its values count"
                yield title, f"{what}: name them"
    every_value = [each.value for each in shown]
    for line in (figure.subtitle, *(title for title in titles if title)):
        if message := measures.misleading(draft, measures.words(line), every_value):
            yield line, message
    counted = {name for each in shown for name in each.value.counted or ()}
    prints = any(isinstance(part, Placeholder | Own) for part in walk(figure.alternative.parts))
    if shown and not prints and not any(name in figure.alternative for name in counted):
        what = "this tells no value to a reader who does not see the figure"
        yield figure.alternative, f"{what}: print what it shows, as {{{shown[0].ref}}}"


def _alike(words: set[str], names: set[str]) -> bool:
    """Return whether one of *words* is one of *names*, whatever the endings of both."""
    pairs = ((word, name) for word in words for name in names if len(name) >= LEAST)
    return any(word.startswith(name[: max(LEAST, len(name) - 2)]) for word, name in pairs)


def printed(draft: Draft, label: Markdown) -> str:
    """Return a label as a reader compares it: values as printed; quotes, dashes, spaces and capitals look alike."""

    def show(part: Placeholder | Own) -> str:
        language = str(draft.series.languages[0]) if draft.series else ""
        # a value that is not there is reported elsewhere
        if isinstance(part, Own) or not language or not draft.value(f"{part.claim}.{part.name}"):
            return f"{{{part}}}"
        return lines.shown(draft, language, (part.claim, part.name), part.form)

    words = plain(label.parts, show)
    alike = words.translate(ALIKE)
    folded = unicodedata.normalize("NFKC", alike).casefold().replace("-", "")
    return " ".join(folded.split()).strip(" .,;:!")
