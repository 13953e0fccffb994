"""Make the sheets to test a brief: questions for a reader who has seen page 1, and the right answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from press.build.site_pages import NEUTRAL
from press.content.model.kinds import FRONT
from press.edition import edition as ed
from press.page.compose import Composer
from press.page.embed import embed

# By question, the fields in which the right answers stand, by kind of block.
ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "what": (("ask", "text"), ("alternative", "does"), ("step", "does")),
    "who": (("alternative", "who"), ("step", "who")),
    "by": (("alternative", "by"), ("step", "by")),
    "why": (("message", "text"), ("alternative", "preferred"), ("alternative", "benefit")),
    "cost": (
        *(("alternative", "takes"), ("alternative", "pays"), ("alternative", "priced")),
        *(("step", "takes"), ("ask", "basis")),
    ),
    "harm": (("alternative", "harm"), ("alternative", "loses"), ("objection", "says")),
}
CHOSEN = {"alternative": "preferred", "step": "asked"}  # the field of those that are meant
OF_ALL = ("cost", "harm")  # that any alternative answers, where none is preferred


@dataclass(frozen=True)
class RightAnswer:
    """Words of the brief that answer a question."""

    text: str
    places: tuple[tuple[str, int], ...]  # section, and page of the print: 0 where that is not known


def sheets(
    composer: Composer,
    edition: ed.Edition,
    due: str,
    pages: Mapping[str, tuple[int, ...]],
    faces: Path,
) -> dict[str, bytes]:
    """Return the sheet for a reader, which holds nothing of the brief but a code, and that with the answers.

    *due* is the month of the ask, in words; *pages* are those of each block.
    """
    code, questions = edition.digest[:8], tuple(ANSWERS)
    right = {key: tuple(answers(edition, key, due, pages)) for key in questions}
    shared = {"code": code, "questions": questions, "language": edition.language}
    texts: dict[str, dict[str, object]] = {
        "reader": {"accent": NEUTRAL},
        "answers": {"accent": edition.accent, "edition": edition, "answers": right},
    }
    return {
        f"test-{name}.html": embed(
            composer.fill(f"kit/test-{name}.html.j2", **shared, **own), edition.language, {}, faces
        )
        for name, own in texts.items()
    }


def answers(
    edition: ed.Edition, question: str, due: str, pages: Mapping[str, tuple[int, ...]]
) -> Iterator[RightAnswer]:
    """Yield what answers *question*, each once, with its own places and those of page 1 that say the same."""
    blocks = [(section.name, block) for section in edition.sections for block in section.blocks]
    own: dict[str, list[str]] = {}  # words -> the blocks that have them in a field of their own
    for kind, field in ANSWERS[question]:
        for block in _of_kind(edition, kind, every=question in OF_ALL):
            value = getattr(block, field, "")
            if text := value if isinstance(value, str) else ed.plain_text(value):
                own.setdefault(text, []).append(block.id)
    asks = {block.id: ed.plain_text(block.text) for _, block in blocks if isinstance(block, ed.Ask)}
    for key, text in asks.items():
        said = {"by": due, "who": "" if own else text}.get(question, "")
        own = {said: [key]} | own if said else own
    for text, ids in own.items():
        places = [
            (section, pages.get(block.id, (0,))[0])
            for section, block in blocks
            if block.id in ids
            or (section in FRONT and any(text in words for _, words in ed.named_texts(block)))
        ]
        yield RightAnswer(text, tuple(dict.fromkeys(places)))


def _of_kind(edition: ed.Edition, kind: str, *, every: bool) -> list[ed.Block]:
    """Return the blocks of a *kind*: of alternatives the preferred one, of steps that of the ask."""
    blocks: list[ed.Block] = [block for block in edition.blocks() if block.kind == kind]
    if kind not in CHOSEN:
        return blocks
    chosen = [block for block in blocks if getattr(block, CHOSEN[kind])]
    return blocks if every and not chosen else chosen
