"""How long a brief and its parts may be (EDITORIAL: length and language); the numbers stand in content/limits.yaml."""

from __future__ import annotations

from itertools import groupby, pairwise
from statistics import mean
from typing import TYPE_CHECKING, Any

from press.checks.prose import WORD, Finding
from press.content import text
from press.content.model import KINDS, Paragraph
from press.content.model.kinds import BODY
from press.edition import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from press.checks.prose import Reading, Sentence
    from press.content.library import Draft

PARAGRAPHS = frozenset(name for name, kind in KINDS.items() if kind.paragraphs)
RUNNING = frozenset(name for name, kind in KINDS.items() if kind.running)


def check(draft: Draft, reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is too long, too short or missing in one brief."""
    yield from _sections(reading, limits)
    yield from _whole(reading, limits)
    yield from _sentences(reading, limits)
    yield from _messages(reading, limits)
    yield from _figures(reading, limits)
    yield from _lists(draft, reading, limits)
    yield from _options(draft, reading, limits)


def _sections(reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    given = {section for section, ids in reading.brief.sections if ids}
    for section in limits.get("sections", ()):
        if section not in given:
            yield _of_brief(reading, "sections", f"the brief has no section '{section}'")


def _whole(reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    body = list(reading.of("title", *BODY))
    counts: dict[str, tuple[str, float, str]] = {
        "words": ("words", sum(one.words for one in body), "words before 'since'"),
        "claims": (
            "claims",
            len({claim for one in reading.sentences for claim in one.printed.claims}),
            "claims cited",
        ),
    }
    running = [one.words for one in body if one.kind in RUNNING]
    if running:
        counts["mean_sentence_words"] = (
            "mean-sentence",
            round(mean(running), 1),
            "words in a sentence on average",
        )
    grade = language.grade([one.text for one in body], reading.language)
    if grade is not None:
        counts["grade"] = ("grade", round(grade, 1), "as its reading grade")
    for limit, (rule, count, what) in counts.items():
        if limit in limits and count > limits[limit]:
            yield _of_brief(
                reading,
                rule,
                f"the brief has {count:g} {what}; at most {limits[limit]} are allowed",
            )


def _sentences(reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    most = limits.get("sentence_words")
    for one in reading.sentences:
        if most is not None and one.words > most:
            yield Finding(
                one.owner,
                one.place(),
                f"this sentence has {one.words} words; at most {most} are allowed: split it",
                "sentence",
            )
    most = limits.get("paragraph_sentences")
    for _, group in groupby(reading.sentences, lambda one: one.paragraph):
        paragraph = [one for one in group if WORD.search(one.text)]
        if most is not None and len(paragraph) > most and paragraph[0].kind in PARAGRAPHS:
            yield Finding(
                paragraph[0].owner,
                paragraph[0].place(),
                f"this paragraph has {len(paragraph)} sentences; at most {most} are allowed",
                "paragraph",
            )


def _messages(reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    messages: dict[str, list[Sentence]] = {}
    for one in reading.of("messages"):
        messages.setdefault(one.owner, []).append(one)
    for owner, sentences in messages.items():
        words = sum(one.words for one in sentences)
        if words > limits.get("message_words", words):
            yield Finding(
                owner,
                sentences[0].place(),
                f"this key message has {words} words; at most {limits['message_words']} are allowed",
                "message",
            )
    least, most = limits.get("messages_least", 0), limits.get("messages_most", len(messages))
    if messages and not least <= len(messages) <= most:
        yield _of_brief(
            reading,
            "messages",
            f"the brief has {len(messages)} key messages; it takes {least} to {most}",
        )


def _figures(reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    titles: dict[str, list[Sentence]] = {}
    for one in reading.sentences:
        if one.kind == "figure" and one.name == "title":
            titles.setdefault(one.owner, []).append(one)
    for owner, sentences in titles.items():
        words = sum(one.words for one in sentences)
        if words > limits.get("figure_title_words", words):
            yield Finding(
                owner,
                sentences[0].place(),
                f"this figure's title has {words} words; at most {limits['figure_title_words']} are allowed",
                "figure-title",
            )


def _lists(draft: Draft, reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    most = limits.get("list_items")
    for key in (key for _, ids in reading.brief.sections for key in ids):
        block = draft.blocks.get(key)
        if most is None or not isinstance(block, Paragraph):
            continue
        for part in text.parse(str(block.text))[0]:
            if isinstance(part, text.Bullets) and len(part.items) > most:
                yield Finding(
                    f"block:{key}",
                    block.text.at(part.at),
                    f"this list has {len(part.items)} items; at most {most} are allowed",
                    "list",
                )


def _options(draft: Draft, reading: Reading, limits: Mapping[str, Any]) -> Iterator[Finding]:
    kinds = [(key, draft.kinds.get(key, "")) for key in reading.brief.sections.options]
    problems = [number for number, (_, kind) in enumerate(kinds) if kind == "problem"]
    rows = sum(kind == "option" for _, kind in kinds)
    if len(problems) > limits.get("problems", len(problems)):
        yield _of_brief(
            reading,
            "options",
            f"the options answer {len(problems)} problems; at most {limits['problems']} are allowed",
        )
    if rows > limits.get("options_most", rows):
        yield _of_brief(
            reading,
            "options",
            f"there are {rows} options; at most {limits['options_most']} are allowed",
        )
    for start, end in pairwise([*problems, len(kinds)]):
        count, least = end - start - 1, limits.get("options_least", 0)
        if count < least:
            key = kinds[start][0]
            yield Finding(
                f"brief:{reading.name}",
                key.place,
                f"problem '{key}' has {count} options; it needs at least {least}",
                "options",
            )


def _of_brief(reading: Reading, rule: str, message: str) -> Finding:
    return Finding(f"brief:{reading.name}", reading.brief.title.place, message, rule)
