"""Briefs with odd content: each has one thing longer, shorter, rarer or more often than briefs of ours have it."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from press.build import editions
from press.build.library_check import check_library, every_name
from press.build.pages import compose_pages, short_of, write_manuscript
from press.build.prints import print_pages
from press.content.model.kinds import HEADED
from press.page.compose import Composer
from tests.support.editions import means
from tests.support.folders import HERE
from tests.support.growing import TEXT

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from press.build.stages import FinishedEdition, Means, Page
    from press.content.library import Library

LIBRARY = Path(__file__).parents[1] / "library"
LIMITS = {  # of the layout alone: how long a text may be is not the question here
    "hole_percent": "20",
    "last_page_percent": "25",
    "short_pages": "2",
    "title_lines": "4",
    "title_last_words": "2",
    "html_kilobytes": "400",
    "pdf_kilobytes": "400",
}
FRONT = ("main", "messages", "figure", "ask")
MOST_FIGURES = 12  # of the town
WORD = "Gartenbauvereinsvorstandssitzungsprotokolle"[:40]  # no hyphen is allowed in a cell
ADDRESS = "https://www.gardens-of-the-town.xx/" + "reports/2024/annexes/" * 7 + "file.pdf"
Odd = dict[str, Any]  # the files of a brief below `content/`; what is in them, or bytes


def text(count: int, start: int = 0) -> str:
    """Return a sentence of so many words, without its full stop."""
    known = TEXT.lower().split()
    every = [known[(start + number) % len(known)] for number in range(count)]
    every[-1:] = ["gardens"] if count > 1 else []  # it may not break off after 'the'
    return " ".join(every).capitalize()


def cited(count: int, start: int = 0) -> str:
    """Return a sentence of so many words that cites a claim."""
    return f"{text(count, start)}.[^quiet]"


def name(letters: int) -> str:
    """Return a name of so many letters."""
    words = "Institute for the Gardens and Parks of Towns and Villages "
    whole = (words * (letters // len(words) + 1))[:letters].strip()
    return whole + "s" * (letters - len(whole))


def ordinary(share: float = 1.0) -> Odd:
    """Return a brief as most are; *share* of the words that its texts have."""

    def said(count: int, start: int = 0) -> str:
        return f"{text(max(round(count * share), 2), start)}.[^quiet]"

    def bare(count: int, start: int = 0) -> str:
        return text(max(round(count * share), 1), start)

    blocks: dict[str, Any] = {
        "main": {"message": {"text": said(24)}},
        "figure": {"figure": figure()},
        "ask": {
            "ask": {
                "text": f"{bare(18)} by {{by}}.[^gardens]",
                "by": "2027-12",
                "basis": "The date is ours.",
            }
        },
        "problem": {"paragraph": {"text": f"{said(45)}\n\n{said(50, 7)}"}},
        "cause": {"note": {"text": said(25, 3)}},
        "evidence": {"paragraph": {"text": f"{said(60)}\n\n{said(40, 9)}"}},
        "counts": {"table": table(4, 3, round(6 * share))},
        "which": {"problem": {"text": said(8)}},
        "level": {"paragraph": {"text": said(50, 5)}},
        "list": {"paragraph": {"text": "\n".join(f"- {said(12, at)}" for at in range(4))}},
        "country": {"key_figures": key_figures(5, bare)},
        "objection-0": {"objection": {"says": f"{bare(9)}?", "answer": said(30, 4)}},
        "objection-1": {"objection": {"says": f"{bare(6, 3)}.", "answer": said(40, 8)}},
        "unknown": {"gaps": {"items": [said(14, at) for at in range(5)], "short": [said(10)]}},
        "made": {"paragraph": {"text": bare(60, 4) + "."}},
    }
    sections = {
        "main": ["main"],
        "messages": [f"message-{at}" for at in range(4)],
        "figure": ["figure"],
        "ask": ["ask"],
        "country": ["country"],
        "problem": ["problem", "cause"],
        "evidence": ["evidence", "counts"],
        "options": ["which", *(f"alternative-{at}" for at in range(3))],
        "next": [f"step-{at}" for at in range(5)],
        "implementation": ["level", "list"],
        "objections": ["objection-0", "objection-1"],
        "unknown": ["unknown"],
        "made": ["made"],
    }
    odd: Odd = {
        "series.yaml": {
            "name": "Gardens of the town",
            "publisher": "The town",
            "contact": "gardens@town.xx",
            "licence": "CC BY 4.0",
            "release": "2026-01-15",
            "languages": ["en"],
            "authors": ["The office of parks"],
            "address": "https://gardens.town.xx",
        },
        "limits.yaml": {"all": LIMITS},
        "briefs/odd.yaml": {
            "label": "For readers of the town",
            "status": "draft",  # what its author would be told to reword is no matter here
            "accent": "#7a1f1f",
            "title": f"{bare(11)}[^quiet]",
            "summary": "What readers should know.",
            "sections": sections,
            "openers": {"problem": bare(11, 6), "options": bare(8, 1)},
            "frames": {"problem": "What the survey reported"},
        },
        "blocks/odd.yaml": blocks,
        "claims/odd.yaml": {f"town_{at}": _counted(at) for at in range(MOST_FIGURES)},
    }
    for at in range(4):
        blocks[f"message-{at}"] = {"message": {"text": said(24, at)}}
    for at in range(3):
        blocks[f"alternative-{at}"] = {"alternative": alternative(said, at)}
    for at in range(5):
        blocks[f"step-{at}"] = {"step": step(said, at)}
    return odd


Say = Callable[[int, int], str]  # so many words, from the one of this number on


def alternative(said: Say, at: int) -> dict[str, Any]:
    """Return one of the alternatives: the first is the status quo, the second is preferred."""
    more = {"status_quo": True} if at == 0 else {"preferred": said(20, 6)} if at == 1 else {}
    cells = {key: said(8, at) for key in ("takes", "harm", "sign", "benefit")}
    lines = {key: f"{said(5, at)}" for key in ("legal", "priced", "pays", "gains", "loses")}
    whole = {"who": "Schools", "does": said(10, at), "by": "2027-12", "origin": "derived"}
    return {"name": text(3, at), **whole, **cells, **lines, **more}


def step(said: Say, at: int) -> dict[str, str]:
    """Return one of the steps that follow."""
    month = f"{2026 + (at + 2) // 12}-{(at + 2) % 12 + 1:02}"
    return {"who": "Schools", "does": said(8, at), "by": month, "takes": said(5, at + 3)}


def key_figures(count: int, bare: Say) -> dict[str, Any]:
    """Return so many figures of the town."""
    rows = [
        {"label": f"gardens, {bare(4, at).lower()}", "value": f"town_{at}.number"}
        for at in range(count)
    ]
    return {"title": "The town in figures", "rows": rows}


def figure(**changes: str) -> dict[str, Any]:
    """Return a figure of two parts, or with *changes*."""
    plain = {
        "title": "Schools have {gardens.schools} of {gardens.total} gardens",
        "subtitle": "Number of gardens, {gardens.total:year}",
        "source": "the survey",
        "alternative": "A bar of which {gardens.schools} parts of {gardens.total} are filled.",
        "parts": [
            {"label": "Elsewhere", "value": "gardens.others"},
            {"label": "At schools", "value": "gardens.schools"},
        ],
    }
    return plain | changes


def table(rows: int, columns: int, words: int) -> dict[str, Any]:
    """Return a table of so many rows and columns, and words in each cell."""
    return {
        "title": text(8),
        "columns": [text(2, 5 * at) for at in range(columns)],
        "rows": [
            [text(max(words, 2), at * 7 + 3 * row) for at in range(columns)] for row in range(rows)
        ],
    }


def picture(width: int, height: int) -> bytes:
    """Return a drawing of so many pixels."""
    image = Image.new("RGB", (width, height), "#dde6ee")
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 8, height // 8, width * 7 // 8, height * 7 // 8), fill="#31506e")
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def add(odd: Odd, section: str, key: str, block: dict[str, Any], **more: bytes) -> None:
    """Put a block at the end of a section."""
    odd["blocks/odd.yaml"][key] = block
    odd["briefs/odd.yaml"]["sections"].setdefault(section, []).append(key)
    odd.update(more)


def written(folder: Path, odd: Odd) -> Path:
    """Write the files of a brief beside the sources of the small library; return the folder of content."""
    content = folder / "content"
    shutil.copytree(LIBRARY, content)
    for old in [*(content / "briefs").iterdir(), *(content / "blocks").iterdir()]:
        old.unlink()
    for path, given in odd.items():
        target = content / path
        target.parent.mkdir(exist_ok=True)
        data = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False).encode()
        target.write_bytes(data)
    return content


# Each takes an ordinary brief and makes it odd.


def _title(count: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["briefs/odd.yaml"]["title"] = f"{text(count)}[^quiet]"

    return change


def _messages(count: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["briefs/odd.yaml"]["sections"]["messages"] = [f"message-{at}" for at in range(count)]
        for at in range(count):
            odd["blocks/odd.yaml"][f"message-{at}"] = {
                "message": {"text": f"{text(24, at)}.[^quiet]"}
            }
        _used(odd)

    return change


def _full_front(odd: Odd) -> None:
    """Fill page 1 with as much as its budgets allow, and a figure that is higher than the messages."""
    _title(18)(odd)
    _only(*FRONT)(odd)
    blocks = odd["blocks/odd.yaml"]
    for key in ("main", *(f"message-{at}" for at in range(4))):
        blocks[key] = {"message": {"text": cited(30, len(key))}}
    blocks["ask"]["ask"]["text"] = f"{text(30)} by {{by}}.[^gardens]"
    towns = ("Amber", "Brown", "Crimson", "Early", "Frosty")
    shown = ", ".join(f"{{town_{at}.number}}" for at in range(len(towns)))
    plain = figure(alternative=f"Numbers: {shown}.", caveat=f"{text(20)}.", title=text(14))
    del plain["parts"]
    tiles = [
        {"label": f"{town} gardens of the town and its villages", "value": f"town_{at}.number"}
        for at, town in enumerate(towns)
    ]
    blocks["figure"] = {"figure": plain | {"tiles": tiles}}


def _alternatives(count: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        keys = [f"alternative-{at}" for at in range(count)]
        odd["briefs/odd.yaml"]["sections"]["options"] = ["which", *keys]
        for at, key in enumerate(keys):
            odd["blocks/odd.yaml"][key] = {"alternative": alternative(cited, at)}
        _used(odd)

    return change


def _used(odd: Odd) -> None:
    """Take out the blocks that no section names."""
    sections = odd["briefs/odd.yaml"]["sections"]
    named = {key for keys in sections.values() for key in keys}
    for key in odd["blocks/odd.yaml"].keys() - named:
        del odd["blocks/odd.yaml"][key]


def _without(*names: str) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        brief = odd["briefs/odd.yaml"]
        for part in (brief["sections"], brief["openers"], brief["frames"]):
            for each in part.keys() & {*names}:
                del part[each]
        _used(odd)

    return change


def _only(*names: str) -> Callable[[Odd], None]:
    return _without(*(set(ordinary()["briefs/odd.yaml"]["sections"]) - {*names}))


def _steps(count: int, words: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["briefs/odd.yaml"]["sections"]["next"] = [f"step-{at}" for at in range(count)]
        for at in range(count):
            odd["blocks/odd.yaml"][f"step-{at}"] = {
                "step": step(cited, at) | {"does": cited(words, at), "who": name(5 + 3 * words)}
            }
        _used(odd)

    return change


def _key_figures(count: int, words: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["blocks/odd.yaml"]["country"] = {
            "key_figures": key_figures(count, lambda _, start: text(words, start))
        }

    return change


def _gaps(count: int, words: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        items = [cited(words, at) for at in range(count)]
        odd["blocks/odd.yaml"]["unknown"] = {"gaps": {"items": items}}

    return change


def _objections(count: int, words: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["briefs/odd.yaml"]["sections"]["objections"] = [
            f"objection-{at}" for at in range(count)
        ]
        for at in range(count):
            odd["blocks/odd.yaml"][f"objection-{at}"] = {
                "objection": {"says": f"{text(words // 2, at)}?", "answer": cited(words, at)}
            }
        _used(odd)

    return change


def _heads(words: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        brief = odd["briefs/odd.yaml"]
        brief["openers"] = {each: text(words, at) for at, each in enumerate(HEADED)}
        framed = ("problem", "evidence", "implementation")
        brief["frames"] = {each: f"What the survey says: {text(words)}" for each in framed}

    return change


def _beside_short(odd: Odd) -> None:
    """Put what is as wide as the page where the opener has not ended."""
    _heads(16)(odd)
    image = {"file": "pond.png", "alternative": "A pond.", "caption": f"{text(12)}."}
    wide = {
        "problem": {"figure": figure()},
        "evidence": {"image": image},
        "level": {"table": table(4, 3, 6)},
    }
    for (key, block), section in zip(
        wide.items(), ("problem", "evidence", "implementation"), strict=True
    ):
        odd["blocks/odd.yaml"] |= {key: {"paragraph": {"text": cited(5)}}, f"wide-{key}": block}
        odd["briefs/odd.yaml"]["sections"][section].insert(1, f"wide-{key}")
    odd["images/pond.png"] = picture(1600, 900)


def _three_figures(odd: Odd) -> None:
    add(odd, "evidence", "figure-1", {"figure": figure(title=text(14))})
    add(odd, "evidence", "figure-2", {"figure": figure(caveat=f"{text(20)}.")})


def _table(rows: int, columns: int, words: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["blocks/odd.yaml"]["counts"] = {"table": table(rows, columns, words)}

    return change


def _long_word(odd: Odd) -> None:
    blocks, brief = odd["blocks/odd.yaml"], odd["briefs/odd.yaml"]
    given = table(5, 5, 3)
    given["rows"][1][0] = given["rows"][2][3] = given["columns"][4] = WORD
    blocks["counts"]["table"] = given
    for at, key in enumerate(("name", "does", "takes", "harm")):
        blocks[f"alternative-{at % 3}"]["alternative"][key] = f"{WORD}"
    blocks["step-1"]["step"] |= {"who": WORD, "takes": f"{WORD} {WORD}"}
    blocks["country"]["key_figures"]["rows"][1]["label"] = f"{WORD} gardens"
    blocks["ask"]["ask"]["text"] = f"{WORD} by {{by}}.[^gardens]"
    blocks["figure"]["figure"] |= {
        "title": f"{WORD} {{gardens.total}} gardens",
        "subtitle": f"{WORD} {{gardens.total:year}}",
    }
    blocks["objection-0"]["objection"]["says"] = f"{WORD}?"
    blocks["unknown"]["gaps"]["items"][1] = f"{WORD}."
    for key in ("message-0", "main"):
        blocks[key]["message"]["text"] = f"{WORD} {text(12)}.[^quiet]"
    brief["openers"]["problem"] = WORD


def _long_title(odd: Odd) -> None:
    odd["briefs/odd.yaml"]["title"] = f"{WORD} {text(5)}[^quiet]"


def _names(letters: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["series.yaml"] |= {"publisher": name(letters), "name": name(letters)}
        odd["briefs/odd.yaml"]["label"] = name(letters)

    return change


def _one_name(key: str, letters: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        file = "briefs/odd.yaml" if key == "label" else "series.yaml"
        odd[file][key] = name(letters)

    return change


def _authors(odd: Odd) -> None:
    people = [f"Professor Aigul Example-{chr(65 + at)}ssanova" for at in range(14)]
    odd["series.yaml"] |= {
        "authors": people,
        "reviewers": [f"Reviewer {each}" for each in people[:6]],
        "funder": f"Paid for by {name(300)}.",
        "interests": f"{text(60)}.",
        "disclaimer": f"{text(80)}.",
    }


def _logos(odd: Odd) -> None:
    shapes = [(900, 60), (60, 300), (300, 300), (1200, 100), (200, 60), (80, 400), (500, 200)]
    odd["series.yaml"]["logos"] = [
        {"file": f"partner-{at}.png", "name": f"Partner {at}"} for at in range(len(shapes))
    ]
    for at, shape in enumerate(shapes):
        odd[f"images/partner-{at}.png"] = picture(*shape)


def _logo(width: int, height: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        odd["series.yaml"]["logo"] = {"file": "town.png", "name": "The town"}
        odd["series.yaml"]["publisher"] = name(60)
        odd["images/town.png"] = picture(width, height)

    return change


def _images(odd: Odd) -> None:
    for width, height in ((2000, 200), (1600, 900), (1000, 1000), (500, 1800)):
        key = f"image-{width}"
        given = {"file": f"{key}.png", "alternative": "A pond.", "caption": f"{text(12)}."}
        add(odd, "evidence", key, {"image": given})
        odd[f"images/{key}.png"] = picture(width, height)


def _quotes(odd: Odd) -> None:
    for at, length in enumerate((5, 120)):
        signed = {
            "who": name(20 + 60 * at),
            "role": name(30 + 90 * at),
            "institution": name(40 + 200 * at),
            "date": "2025-11-03",
        }
        add(
            odd,
            "evidence",
            f"quote-{at}",
            {"quote": {"words": f"{text(length)}.[^quiet]", **signed}},
        )


def _lists(odd: Odd) -> None:
    for section in ("problem", "evidence", "implementation"):
        signs = [f"{at + 1}." if section == "evidence" else "-" for at in range(7)]
        items = "\n".join(
            f"{sign} {text(6 + 12 * at, at)}.[^quiet]" for at, sign in enumerate(signs)
        )
        block = {"paragraph": {"text": f"{text(9)}:\n\n{items}"}}
        add(odd, section, f"items-{section}", block)


def _notes(count: int) -> Callable[[Odd], None]:
    def change(odd: Odd) -> None:
        claims = {f"quiet_{at}": _claim(at) for at in range(count)}
        odd["claims/odd.yaml"] |= claims
        keys = [*claims]
        for at in range(0, count, 4):
            marks = "".join(f"[^{key}]" for key in keys[at : at + 4])
            block = {"paragraph": {"text": f"{text(30, at)}.{marks}"}}
            add(odd, "evidence", f"cited-{at}", block)

    return change


def _counted(at: int) -> dict[str, Any]:
    said = {
        "claim": f"{text(5, at)}: {{town_{at}.number}}.",
        "locator": "P1.1",
        "passage": "7692c3ad",
    }
    value = {"number": ("8", "40")[at % 2], "unit": "gardens"}
    dated = {"year": "2020-2021", "basis": "official", "kind": "statistic", "references": ["1"]}
    return _claim(60 + at) | said | dated | {"values": {"number": value}}


def _claim(at: int, source: str = "survey") -> dict[str, Any]:
    return {
        "ref": f"C{100 + at}",
        "source": source,
        "locator": "P1.3",
        "passage": "8b5b9db0",
        "claim": f"{text(8 + at % 30, at)}.",
        "year": "not stated",
        "kind": "fact",
        "basis": "own",
        "use": "ok",
    }


def _references(odd: Odd) -> None:
    passage = {
        "fingerprint": "8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f",
        "values": ["2024", "9"],
    }
    sentences = []
    for at in range(12):
        key = f"since-{at}"
        odd[f"sources/{key}.yaml"] = {
            "citation": f"{name(30 + 20 * at)} (2024). {text(5 + 3 * at, at)}",
            "kind": "report",
            "author": [name(30 + 20 * at)],
            "title": text(5 + 3 * at, at),
            "issued": "2024",
            "outside": True,
            "addresses": [ADDRESS] * (1 + at % 3),
            "seen": "2026-01-02",
            "passages": {"P1.3": passage},
        }
        value = f"since_{at}.number"
        odd["claims/odd.yaml"][f"since_{at}"] = _claim(at, key) | {
            "claim": f"{text(8, at)}: {{{value}}}.",
            "values": {"number": {"number": "9", "unit": "gardens"}},
            "basis": "outside",
            "year": "2024",
        }
        sentences.append(f"In {{{value}:year}} there were {{{value}}} gardens.[^since_{at}]")
    add(odd, "evidence", "later", {"paragraph": {"text": " ".join(sentences)}})


def _all_sections(odd: Odd) -> None:
    _three_figures(odd)
    _lists(odd)
    _images(odd)
    _quotes(odd)
    add(
        odd,
        "foreword",
        "foreword",
        {
            "quote": {
                "words": f"{text(40)}.[^quiet]",
                "who": "The mayor",
                "role": "Mayor",
                "institution": "The town",
                "date": "2025-11-03",
            }
        },
    )
    sections = odd["briefs/odd.yaml"]["sections"]
    odd["briefs/odd.yaml"]["sections"] = {
        "main": sections.pop("main"),
        "foreword": sections.pop("foreword"),
        **sections,
    }


def _nothing(_: Odd) -> None:
    """Leave the brief as it is."""


ODD: dict[str, Callable[[Odd], None]] = {
    "ordinary": _nothing,
    "title of 4 words": _title(4),
    "title of 40 words": _title(40),
    "a full page 1": _full_front,
    "1 alternative": _alternatives(1),
    "2 alternatives": _alternatives(2),
    "9 alternatives": _alternatives(9),
    "1 step": _steps(1, 3),
    "9 steps": _steps(9, 20),
    "12 key figures": _key_figures(12, 8),
    "2 key figures": _key_figures(2, 2),
    "1 gap": _gaps(1, 4),
    "7 long gaps": _gaps(7, 40),
    "1 objection": _objections(1, 6),
    "7 long objections": _objections(7, 60),
    "short openers": _heads(2),
    "long openers": _heads(40),
    "long openers beside short texts": _beside_short,
    "no figure": _without("figure"),
    "three figures": _three_figures,
    "table of 30 rows": _table(30, 3, 4),
    "table of 5 columns": _table(6, 5, 10),
    "table of 12 columns": _table(4, 12, 2),
    "cells of 60 words": _table(5, 3, 60),
    "a word of 40 letters": _long_word,
    "a title with such a word": _long_title,
    "names of 3 letters": _names(3),
    "names of 100 letters": _names(100),
    "names of 400 letters": _names(400),
    "publisher of 400 letters": _one_name("publisher", 400),
    "series of 200 letters": _one_name("name", 200),
    "label of 200 letters": _one_name("label", 200),
    "14 authors": _authors,
    "partners' logos": _logos,
    "wide logo": _logo(1200, 90),
    "tall logo": _logo(90, 1200),
    "1 key message": _messages(1),
    "9 key messages": _messages(9),
    "lists of 7": _lists,
    "quotes": _quotes,
    "images of all ratios": _images,
    "2 notes": _notes(2),
    "60 notes": _notes(60),
    "long addresses": _references,
    "page 1 only": _only(*FRONT),
    "one section only": _only("main"),
    "all sections": _all_sections,
}
SHARES = {"all texts 40% longer": 1.4, "all texts half as long": 0.5}


def made_odd(name: str) -> Odd:
    """Return the brief that is odd in the way called so."""
    odd = ordinary(SHARES.get(name, 1.0))
    ODD.get(name, _nothing)(odd)
    return odd


def page_of(content: Path) -> str:
    """Return the page of the brief in *content*, as a browser shows it."""
    return composed(means(content.parent, content))[1].html


def finished(content: Path, pool: Executor) -> FinishedEdition:
    """Make the brief in *content* and its short form, and judge them."""
    given = means(content.parent, content, pool)
    library, page = composed(given)
    short = short_of(library, page.manuscript, given)
    [short_page] = compose_pages(library, [short], Composer(HERE.template_folders), given)
    printed, shorter = print_pages(library, [page, short_page], given)
    return editions.finish(library, replace(printed, short=shorter), given)


def composed(given: Means) -> tuple[Library, Page]:
    """Return the page of the only brief, and its library."""
    library, _, faulty, _ = check_library(given.folders)
    assert not faulty
    [name] = every_name(library)
    source = write_manuscript(library, name, given)
    [page] = compose_pages(library, [source], Composer(HERE.template_folders), given)
    return library, page
