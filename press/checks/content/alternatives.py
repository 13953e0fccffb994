"""Check what is to be done: alternatives that can be compared, steps in order, and one ask in the same words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from press.checks.content.texts import prints_month
from press.checks.content.verdicts import citations
from press.checks.phrases import line_of, lines
from press.checks.prose import Reading
from press.content.languages import LANGUAGES
from press.content.library import Draft, Fault, fault
from press.content.model.blocks import AlternativeBlock, AskBlock, StepBlock
from press.content.scalar import Scalar
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs
from press.content.text.sentences import sentences
from press.edition.language import listed
from press.problems import counted

RULE, RULE_OF_ASK = "alternatives", "ask"
WORD = re.compile(r"[^\W\d_]+")
SHORT = 3  # letters of a word that says little
MOST_STEPS = 24  # whose numbers the line of time holds, though all are of one month
FIELDS = ("name", "legal", "benefit", "priced", "pays", "gains", "loses")
Group = tuple[Scalar, dict[Scalar, AlternativeBlock]]  # a problem, or what stands without one


def check(draft: Draft, reading: Reading, limits: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what keeps a reader from choosing, from knowing what comes when, or from seeing one ask."""
    groups = list(_groups(draft, reading))
    for number, (head, every) in enumerate(groups):
        yield from _choice(reading, head, every, least=1 if number else 2)
        most = limits.get("alternatives_most", len(every))
        if len(every) > most:
            what = f"problem '{head}' has {counted(len(every), 'alternative')}; limits.yaml allows {most}"
            message = f"{what}: leave out those that nobody would choose"
            yield fault(head.place, message, "options", f"brief:{reading.name}", "warning")
        for key, each in every.items():
            yield from _fields(reading, key, each)
    steps = {key: draft.blocks.get(key) for key in reading.brief.sections.next}
    yield from _order({key: each for key, each in steps.items() if isinstance(each, StepBlock)})
    yield from _one_ask(draft, reading, groups)
    yield from _another_ask(draft, reading)


def _groups(draft: Draft, reading: Reading) -> Iterator[Group]:
    """Yield each problem with its alternatives; the first is that of alternatives before any."""
    keys = reading.brief.sections.options
    heads = [at for at, key in enumerate(keys) if draft.kinds.get(key) == "problem" or not at]
    for start, end in pairwise([*heads, len(keys)]):
        blocks = {key: draft.blocks.get(key) for key in keys[start:end]}
        every = {key: each for key, each in blocks.items() if isinstance(each, AlternativeBlock)}
        if every:
            yield keys[start], every


def _choice(
    reading: Reading, head: Scalar, every: dict[Scalar, AlternativeBlock], least: int
) -> Iterator[Fault]:
    """Yield what makes it no choice: too few, without what is done now, or without one that is preferred."""
    kept = [key for key, each in every.items() if each.status_quo]
    preferred = [key for key, each in every.items() if each.preferred]
    found: list[tuple[Scalar, str]] = []
    if len(every) < least:
        found.append((head, "one alternative is no choice: put what is done now before it"))
    elif len(kept) == 1 and kept[0] != next(iter(every)):
        found.append((kept[0], "what is done now stands behind another alternative: put it first"))
    elif len(kept) != 1:
        first = "the first alternative is what is done now, and no other is"
        found.append(((*kept[1:], *kept, head)[0], f"{first}: mark it with 'status_quo: true'"))
    if len(preferred) != 1:
        what = f"'preferred' is given to {len(preferred) or 'none'} of {counted(len(every), 'alternative')}"
        found.append(((*preferred[1:], head)[0], f"{what}: give it to one, with the reason"))
    for key, message in found:
        yield fault(key.place, message, RULE, f"brief:{reading.name}")


def _fields(reading: Reading, key: Scalar, each: AlternativeBlock) -> Iterator[Fault]:
    """Yield an alternative that does not tell all by which it is compared, or whose benefit rests on nothing."""
    lacks = [name for name in FIELDS if not getattr(each, name)]
    if lacks:
        message = f"this alternative lacks {listed(lacks, 'en')}: an answer such as 'nobody' is one"
        yield fault(each.does.place, message, "lacking", f"block:{key}")
    habits = LANGUAGES[reading.language]
    admits = re.compile(habits.missing or "(?!)", re.IGNORECASE)
    if each.benefit and not (any(citations(each.benefit)) or admits.search(each.benefit)):
        what = "this benefit cites no claim, and does not say that there is no evidence"
        message = f"{what}: cite the claim, or write that no evidence was found"
        yield fault(each.benefit.place, message, "lacking", f"block:{key}")


def _order(steps: Mapping[Scalar, StepBlock]) -> Iterator[Fault]:
    """Yield steps that stand behind one of a later month, and one that the line of time does not hold."""
    number = counted(len(steps), "step")
    for key, step in list(steps.items())[MOST_STEPS : MOST_STEPS + 1]:
        message = f"there are {number}, and a line of time holds {MOST_STEPS}: join some"
        yield fault(step.by.place, message, "steps", f"block:{key}")
    for (before, one), (key, other) in pairwise(steps.items()):
        if other.by < one.by:
            message = f"{other.by} is before {one.by}, the month of '{before}', which stands first: put them in order"
            yield fault(other.by.place, message, "steps", f"block:{key}")


def _one_ask(draft: Draft, reading: Reading, groups: list[Group]) -> Iterator[Fault]:
    """Yield where the preferred alternative or the step of its month says less than the ask, more, or of others.

    Two forms of a word are one; another word for the same thing is another word. Values are left out, and so are the
    months in texts; those of the blocks are one.
    """
    for key in reading.brief.sections.ask:
        ask = draft.blocks.get(key)
        if not isinstance(ask, AskBlock):
            continue
        who, asked = _whom_and_what(ask)
        best = [each for _, every in groups for each in every.items() if each[1].preferred]
        lacks = [_beyond(asked, _said(each.who, each.does), reading) for _, each in best]
        alike = [each for each, lack in zip(best, lacks, strict=True) if not lack]
        if lacks and all(lacks):
            name, each = best[0]
            what = f"the preferred alternative does not say {lacks[0]}, as the ask does"
            message = f"{what}: use the same words in both"
            yield fault(each.does.place, message, RULE_OF_ASK, f"block:{name}")
        elif alike and all(each.by != ask.by for _, each in alike):
            name, each = alike[0]
            what = f"this alternative says what the ask does, and '{each.by}' instead of {ask.by}"
            message = f"{what}: give both one month"
            yield fault(each.by.place, message, RULE_OF_ASK, f"block:{name}")
        elif alike:
            yield from _check_who(reading, who, alike[:1])
        chosen = [each.who for _, each in alike[:1]]
        yield from _of_steps(draft, reading, ask, chosen)


def _another_ask(draft: Draft, reading: Reading) -> Iterator[Fault]:
    """Yield what the main message asks for, where most of its words are in no ask; a claim's proposal is not ours."""
    asking = LANGUAGES[reading.language].asking or "(?!)"
    asks = [draft.blocks.get(key) for key in reading.brief.sections.ask]
    asked = " ".join(_said(each.text) for each in asks if isinstance(each, AskBlock))
    for sentence in reading.of("main") if asked else ():
        found = None if sentence.claims else re.search(asking, sentence.text, re.IGNORECASE)
        if found is None:
            continue
        said = set(filter(_says_something, WORD.findall(sentence.text[found.end() :])))
        others = _words_beyond(" ".join(said), asked, reading)
        if len(others) * 2 > len(said):
            what = "the main message asks for something else than the ask, which does not say"
            message = f"{what} {_quoted(others)}: use the same words in both"
            yield sentence.breach(message, RULE_OF_ASK, found.start())


def _whom_and_what(ask: AskBlock) -> tuple[str, str]:
    """Return whom an ask is for, which stands before a colon and its month, or '', and what is asked."""
    before, _, behind = (said := _said(ask.text)).partition(": ")
    return (before, behind) if behind and "\0" not in before else ("", said)


def _check_who(
    reading: Reading, who: str, every: Iterable[tuple[Scalar, AlternativeBlock | StepBlock]]
) -> Iterator[Fault]:
    """Yield alternatives and steps that do not name *who* is asked; others may act with them."""
    for key, each in every:
        if lacks := _beyond(who, _said(each.who), reading):
            what = (
                f"this is done by '{_said(each.who)}', and the ask is for '{who}': it lacks {lacks}"
            )
            message = f"{what}; name who acts in the same words in both"
            yield fault(each.who.place, message, RULE_OF_ASK, f"block:{key}")


def _of_steps(
    draft: Draft, reading: Reading, ask: AskBlock, chosen: list[Markdown]
) -> Iterator[Fault]:
    """Yield the step of the month of the ask where none says what is to be done by then, and who acts.

    It has all words of the sentence with the month, and none that the ask has not; who acts are those of the ask, or of
    the alternative that is *chosen* where it names none.
    """
    steps = [(key, draft.blocks.get(key)) for key in reading.brief.sections.next]
    due = [(key, each) for key, each in steps if isinstance(each, StepBlock) and each.by == ask.by]
    who = _whom_and_what(ask)[0]
    differences = [_difference(each, ask, who, reading) for _, each in due]
    alike = [each for each, differs in zip(due, differences, strict=True) if not differs]
    if due and not alike:
        key, step = due[0]
        message = f"this step of the month of the ask {differences[0]}: use the same words in both"
        yield fault(step.does.place, message, RULE_OF_ASK, f"block:{key}")
    elif steps and not due:
        message = f"no step is due by {ask.by}, the month of the ask: add it to section 'next'"
        yield fault(ask.by.place, message, RULE_OF_ASK, f"brief:{reading.name}")
    yield from _check_who(reading, who, alike[:1])
    if alike and chosen and not who:
        key, step = alike[0]
        one, two = _said(step.who), _said(chosen[0])
        if _beyond(one, two, reading) and _beyond(two, one, reading):
            what = f"this step is done by '{one}', and the preferred alternative by '{two}'"
            message = f"{what}: name the same in both"
            yield fault(step.who.place, message, RULE_OF_ASK, f"block:{key}")


def _difference(step: StepBlock, ask: AskBlock, who: str, reading: Reading) -> str:
    """Return how a step differs from an ask: its words that this has not, or those that it lacks of what is due."""
    if more := _beyond(_said(step.does), _said(ask.text), reading):
        return f"says {more}, as the ask does not"
    every = (sentences(each, reading.language) for each in paragraphs(ask.text.parts))
    due = next(filter(prints_month, chain.from_iterable(every)), ())
    asked = line_of(due, lambda _: "\0").text.removeprefix(f"{who}: ")
    lacks = _beyond(asked, _said(step.who, step.does), reading)
    return f"does not say {lacks}, as the ask does" if lacks else ""


def _said(*texts: Markdown) -> str:
    """Return the words of *texts*, without values and months."""
    return " ".join(line.text for each in texts for line in lines(each.parts))


def _beyond(text: str, other: str, reading: Reading) -> str:
    """Return the words of *text* that say something and are not in *other*, in quotes: "'doors', 'not'"."""
    return _quoted(_words_beyond(text, other, reading))


def _quoted(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _words_beyond(text: str, other: str, reading: Reading) -> list[str]:
    """Return the words of *text* that say something and are not in *other*."""
    denies = re.compile(LANGUAGES[reading.language].denials or "(?!)", re.IGNORECASE)
    known = WORD.findall(other.casefold())
    said = (each for each in dict.fromkeys(WORD.findall(text)) if each.casefold() not in known)
    words = (word for word in said if _says_something(word) or denies.fullmatch(word))
    return [word for word in words if not any(_alike(word, each) for each in known)]


def _says_something(word: str) -> bool:
    """Return whether *word* is a longer one, or letters of a name: 'UN'."""
    return len(word) > SHORT or (len(word) > 1 and word.isupper())


def _alike(word: str, other: str) -> bool:
    """Return whether they are forms of one word: 'priority' and 'priorities'."""
    least = max(SHORT + 1, min(len(word), len(other)) - 1)
    return len(other) >= least and word.casefold()[:least] == other[:least]
