"""Briefs of any size over the small library: how many of each thing in, a folder of content out."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

LIBRARY = Path(__file__).parents[1] / "library"
TEXT = """\
Gardens near the river are quiet in the morning and people who live around them often say that the old gates should \
stay open for children and for visitors\
"""


@dataclass(frozen=True)
class Size:
    """How much of each thing a brief has."""

    title: int = 10  # words
    messages: int = 3
    message: int = 20  # words of each
    figures: int = 1  # the first on page 1
    ask: int = 12  # words
    paragraphs: int = 4
    paragraph: int = 50  # words of each
    options: int = 2
    option: int = 6  # words of each cell
    notes: int = 2
    made: int = 1


SMALL = 4  # letters of words that end no sentence


def words(count: int) -> str:
    """Return a sentence of so many words."""
    known = TEXT.lower().split()
    every = [known[number % len(known)] for number in range(count)]
    if count and len(every[-1]) <= SMALL:
        every[-1] = "gardens"  # a text may not break off after 'the'
    return " ".join(every).capitalize()


def grown(folder: Path, size: Size) -> Path:
    """Copy the small library into *folder*, with the one brief 'red' of this size."""
    content = folder / "content"
    shutil.copytree(LIBRARY, content)
    (content / "briefs/blue.yaml").unlink()
    (content / "blocks/blue.yaml").unlink()
    (content / "blocks/country.yaml").unlink()
    (content / "blocks/shared.yaml").unlink()
    (content / "limits.yaml").write_text(LIMITS, "utf-8")
    blocks, sections = _blocks(size)
    text = "".join(f"{name}:\n{body}" for name, body in blocks.items())
    (content / "blocks/red.yaml").write_text(text, "utf-8")
    listed = "".join(f"  {name}: [{', '.join(ids)}]\n" for name, ids in sections.items() if ids)
    title = words(size.title)
    (content / "briefs/red.yaml").write_text(
        f'label: For red readers\nstatus: final\naccent: "#7a1f1f"\ntitle: {title}[^gardens]\n'
        f"summary: What red readers should know.\nsections:\n{listed}",
        "utf-8",
    )
    return content


LIMITS = """\
all: {hole_percent: 20, last_page_percent: 50, title_lines: 4, title_last_words: 2,
  line_characters_least: 45, line_characters_most: 75, html_kilobytes: 200, pdf_kilobytes: 200}
"""


def _blocks(size: Size) -> tuple[dict[str, str], dict[str, list[str]]]:
    blocks = {
        "red-main": f"  message:\n    text: {words(20)}.[^quiet]\n",
        "red-ask": ASK.format(words(size.ask - 2)),
        "red-problem": "  problem:\n    text: Gates are shut.[^quiet]\n",
    }
    made = {
        "message": (size.messages, f"  message:\n    text: {words(size.message)}.[^quiet]\n"),
        "paragraph": (
            size.paragraphs,
            f"  paragraph:\n    text: {words(size.paragraph)}.[^quiet]\n",
        ),
        "figure": (size.figures, FIGURE),
        "note": (size.notes, f"  note:\n    text: {words(30)}.[^quiet]\n"),
        "made": (size.made, f"  paragraph:\n    text: {words(60)}.\n"),
        "option": (size.options, OPTION.format(*[words(size.option)] * 2)),
    }
    ids = {
        kind: [f"red-{kind}-{number}" for number in range(count)]
        for kind, (count, _) in made.items()
    }
    for kind, (_, body) in made.items():
        blocks |= dict.fromkeys(ids[kind], body)
    for alternatives in filter(None, [ids["option"]]):
        blocks[alternatives[0]] += "    status_quo: true\n"
        same = OPTION.format(words(size.option), words(max(size.option, size.ask - 2)))
        blocks[alternatives[-1]] = f"{same}    preferred: gardens\n"
    sections = {
        "main": ["red-main"],
        "messages": ids["message"],
        "figure": ids["figure"][:1],
        "ask": ["red-ask"],
        "problem": ids["paragraph"][: size.paragraphs // 2],
        "evidence": ids["paragraph"][size.paragraphs // 2 :] + ids["figure"][1:],
        "options": ["red-problem", *ids["option"]] if ids["option"] else [],
        "unknown": ids["note"],
        "made": ids["made"],
    }
    if not ids["option"]:
        del blocks["red-problem"]
    return blocks, sections


ASK = """\
  ask:
    text: "{0} by {{by}}.[^gardens]"
    by: 2027-12
    basis: The date is ours.
"""
FIGURE = """\
  figure:
    title: Schools have {gardens.schools} of {gardens.total} gardens
    subtitle: Number of gardens, {gardens.total:year}
    source: the survey
    alternative: A bar of which {gardens.schools} parts of {gardens.total} are filled, in crimson.
    parts:
      - {label: Elsewhere, value: gardens.others}
      - {label: At schools, value: gardens.schools}
"""
OPTION = """\
  alternative:
    who: Schools
    does: {1}.[^quiet]
    by: 2027-12
    takes: {0}
    harm: {0}
    sign: {0}
    origin: derived
    name: Gardens
    legal: None
    benefit: No evidence
    priced: Nobody
    pays: Nobody
    gains: Nobody
    loses: Nobody
"""
