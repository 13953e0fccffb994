"""Check how long a brief and its parts are (EDITORIAL: length and language); limits.yaml has the numbers."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from statistics import mean
from typing import Any, NamedTuple

from press.checks.budgets import TITLE
from press.checks.prose import Reading, Sentence
from press.content.library import Draft, Fault, fault
from press.content.model.blocks import GapsBlock, KeyFiguresBlock, ParagraphBlock, TableBlock
from press.content.model.kinds import BODY, KINDS
from press.content.text import parts as text
from press.edition import language
from press.problems import Place, counted


class Count(NamedTuple):
    """Something that is counted: 'this sentence has', 25, 'words'."""

    owner: str
    place: Place
    rule: str
    limit: str  # its name in limits.yaml
    start: str
    number: float
    what: str
    way_out: str = ""


def check(
    draft: Draft, reading: Reading, limits: Mapping[str, Any], counts: Iterable[Count]
) -> Iterator[Fault]:
    """Yield what is too long, too short or missing in one brief, in which *counts* were found."""
    for count in counts:
        most = limits.get(count.limit)
        if most is not None and count.number > most:
            what = f"{count.start} {count.number:g} {count.what}"
            message = f"{what}; the limit is {most}{count.way_out}"
            yield fault(count.place, message, count.rule, count.owner)
    for section in limits.get("sections", ()):
        if not getattr(reading.brief.sections, section):
            message = f"the brief has no section '{section}'"
            yield reading.breach(message, "sections")
    number = len(reading.brief.sections.messages)
    least, most = limits.get("messages_least", 0), limits.get("messages_most", number)
    if number and not least <= number <= most:
        message = f"the brief has {counted(number, 'key message')}; it takes {least} to {most}"
        yield reading.breach(message, "messages")
    yield from _few_figures(draft, reading, limits)
    yield from _few_alternatives(draft, reading, limits.get("options_least", 0))


def highest(draft: Draft, reading: Reading, counts: Iterable[Count]) -> dict[str, float]:
    """Return the highest of all that is counted beside a limit, by the name of that."""
    steps = [draft.kinds.get(key) for key in reading.brief.sections.next].count("step")
    found: dict[str, float] = {"steps": steps}
    for count in counts:
        found[count.limit] = max(count.number, found.get(count.limit, 0))
    return found


def counted_in(draft: Draft, reading: Reading) -> Iterator[Count]:
    """Yield all that is counted in a brief beside a limit."""
    yield from _of_brief(reading)
    for sentence in reading.sentences:
        head = sentence.kind == TITLE
        ends = (sentence.name, ": shorten it") if head else ("sentence", ": split it")
        yield _count(sentence, "sentence", f"this {ends[0]} has", sentence.words, ends[1])
    for _, group in groupby(reading.sentences, lambda sentence: sentence.paragraph):
        paragraph = [sentence for sentence in group if sentence.words]
        if paragraph and paragraph[0].kind != "title" and KINDS[paragraph[0].kind].paragraphs:
            count = _count(paragraph[0], "paragraph", "this paragraph has", len(paragraph))
            yield count._replace(limit="paragraph_sentences", what="sentences")
    titles = (each for each in reading.sentences if (each.kind, each.name) == ("figure", "title"))
    for rule, start, sentences in (
        ("message", "this key message has", reading.of("messages")),
        ("figure-title", "this figure's title has", titles),
    ):
        for _, group in groupby(sentences, lambda sentence: sentence.owner):
            whole = list(group)
            yield _count(whole[0], rule, start, _words(whole))
    yield from _of_lists(draft, reading)
    kinds = [draft.kinds.get(key, "") for key in reading.brief.sections.options]
    problems, rows = kinds.count("problem"), kinds.count("alternative")
    yield Count(*reading.whole, "options", "problems", "the options answer", problems, "problems")
    yield Count(*reading.whole, "options", "options_most", "there are", rows, "alternatives")


def _of_brief(reading: Reading) -> Iterator[Count]:
    body = list(reading.of("title", *BODY))
    running = [each.words for each in body if each.kind != "title" and KINDS[each.kind].running]
    average = mean(running or [0])
    grade = language.grade([each.text for each in body], reading.language)
    claims = {claim for each in reading.sentences for claim in each.claims}
    counts = [
        ("claims", "claims", len(claims), "claims cited"),
        ("mean-sentence", "mean_sentence_words", average, "words in a sentence on average"),
        ("grade", "grade", grade or 0, "as its reading grade"),
    ]
    for rule, limit, number, what in counts:
        yield Count(*reading.whole, rule, limit, "the brief has", round(number, 1), what)


def _count(sentence: Sentence, rule: str, start: str, number: int, way_out: str = "") -> Count:
    limit = f"{rule.replace('-', '_')}_words"
    return Count(sentence.owner, sentence.place(), rule, limit, start, number, "words", way_out)


def _words(sentences: list[Sentence]) -> int:
    return sum(sentence.words for sentence in sentences)


def _of_lists(draft: Draft, reading: Reading) -> Iterator[Count]:
    for key in (key for _, ids in reading.brief.sections for key in ids):
        block = draft.blocks.get(key)
        lists: list[tuple[Place, str, int]] = []
        if isinstance(block, TableBlock):
            place, number = block.columns[0].place, len(block.columns)
            whose = f"block:{key}", place, "columns", "table_columns"
            yield Count(*whose, "this table has", number, "columns", ": make two tables of it")
        elif isinstance(block, GapsBlock):
            lists = [(block.items[0].place, "box", len(block.items))]
        elif isinstance(block, ParagraphBlock):
            parts = (part for part in block.text.parts if isinstance(part, text.ItemList))
            lists = [(block.text.at(part.at), "list", len(part.items)) for part in parts]
        for place, what, number in lists:
            whose = f"block:{key}", place, "list", "list_items"
            yield Count(*whose, f"this {what} has", number, "items")


def _few_figures(draft: Draft, reading: Reading, limits: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield key figures that are too few or too many."""
    for key in reading.brief.sections.country:
        block = draft.blocks.get(key)
        number = len(block.rows) if isinstance(block, KeyFiguresBlock) else 0
        least, most = limits.get("key_figures_least", 0), limits.get("key_figures_most", number)
        if number and not least <= number <= most:
            message = (
                f"there are {counted(number, 'key figure')}; limits.yaml asks for {least} to {most}"
            )
            yield fault(key.place, message, "key-figures", f"block:{key}")


def _few_alternatives(draft: Draft, reading: Reading, least: int) -> Iterator[Fault]:
    """Yield problems with fewer alternatives than *least*."""
    keys = reading.brief.sections.options
    problems = [at for at, key in enumerate(keys) if draft.kinds.get(key) == "problem"]
    for start, end in pairwise([*problems, len(keys)]):
        if (number := end - start - 1) < least:
            message = f"problem '{keys[start]}' has {counted(number, 'alternative')}; it needs at least {least}"
            yield fault(keys[start].place, message, "options", reading.whole[0])
