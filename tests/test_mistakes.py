"""One mistake in a small library of content: each is refused at its place, with a way out, and takes down what it must."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from press import produce
from press.problems import ContentRefusedError

LIBRARY = Path(__file__).parent / "library"
ALL = None  # all briefs: it is in what they share


class Mistake(NamedTuple):
    """A change to one file of the library, the briefs it takes down, and what is said."""

    file: str
    old: str
    new: str
    down: list[str] | None
    said: list[str]


MISTAKES = {
    "unknown audience": Mistake(
        "blocks/red.yaml",
        "red-main:\n  message:\n",
        "red-main:\n  message:\n    audiences: [reed]\n",
        ["red"],
        [
            "blocks/red.yaml:3:17: error: no audience is called 'reed'; did you mean 'red'? [audience]"
        ],
    ),
    "restricted": Mistake(
        "blocks/red.yaml",
        "red-main:\n  message:\n",
        "red-main:\n  message:\n    audiences: [blue]\n",
        ["red"],
        [
            "briefs/red.yaml:7:10: error: block 'red-main' is meant for blue and not for red [audience]"
        ],
    ),
    "duplicate key": Mistake(
        "briefs/red.yaml",
        "status: final",
        "status: final\nstatus: draft",
        ["red"],
        ["briefs/red.yaml:3:1: error: key 'status' is given twice, first in line 2 [yaml]"],
    ),
    "no for true": Mistake(
        "claims/gardens.yaml",
        "  basis: expert\n",
        "  basis: expert\n  unclear: no\n",
        ALL,
        ["claims/gardens.yaml:28:12: error: expected true or false, found 'no' [schema]"],
    ),
    "comment": Mistake(
        "blocks/blue.yaml",
        "text: Gates are shut.",
        "text: Gates are # 5 shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: the comment behind this text would cut it off; put the text in quotes or under '>-' if '#' belongs to it [comment]"
        ],
    ),
    "html": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Gates <b>are</b> shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:17: error: HTML is not read here; remove it, or type \\< for the sign itself [markdown]",
            "blocks/blue.yaml:14:23: error: HTML is not read here; remove it, or type \\< for the sign itself [markdown]",
        ],
    ),
    "jinja": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Gates {{ are }} shut.",
        ["blue"],
        ["blocks/blue.yaml:14:17: error: templates are not read here; write {claim.value} [value]"],
    ),
    "javascript": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "The [gates](javascript:alert) are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:23: error: a link starts with https://, http:// or mailto:, in small letters [link]"
        ],
    ),
    "number": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "All 5 gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:15: error: no claim stands behind '5'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "number word": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Two gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: no claim stands behind 'Two'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "hidden number": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "T**wo** gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: no claim stands behind 'Two'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "fullwidth": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "All ５ gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:15: error: no claim stands behind '５'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]",
            "blocks/blue.yaml:14:15: error: no font here can draw '５' (U+FF15, fullwidth digit five) [glyph]",
        ],
    ),
    "half": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "½ of the gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: no claim stands behind '½'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "do not use": Mistake(
        "blocks/blue.yaml",
        "shut.[^quiet]",
        "shut.[^rumour]",
        ["blue"],
        [
            "blocks/blue.yaml:14:26: error: claim 'rumour' is 'do_not_use': it may not be printed anywhere [verdict]"
        ],
    ),
    "background": Mistake(
        "blocks/blue.yaml",
        "shut.[^quiet]",
        "shut.[^setting]",
        ["blue"],
        [
            "blocks/blue.yaml:14:26: error: claim 'setting' is 'background': it may stand in the section 'problem' only [verdict]"
        ],
    ),
    "caveat in ask": Mistake(
        "blocks/blue.yaml",
        'gates.[^quiet]"',
        'gates.[^visitors]"',
        ["blue"],
        [
            "blocks/blue.yaml:9:45: error: claim 'visitors' is 'caveat': title and ask rest on claims that are 'ok' [verdict]"
        ],
    ),
    "caveat number in main": Mistake(
        "blocks/blue.yaml",
        "reader only.[^quiet]",
        "reader {visitors.children} only.",
        ["blue"],
        [
            "blocks/blue.yaml:3:43: error: the main message may refer to 'visitors', whose use is 'caveat', but without its number: cite it as [^visitors] [verdict]"
        ],
    ),
    "unknown claim": Mistake(
        "blocks/blue.yaml",
        "shut.[^quiet]",
        "shut.[^quite]",
        ["blue"],
        [
            "blocks/blue.yaml:14:26: error: no claim is called 'quite'; did you mean 'quiet'? [reference]"
        ],
    ),
    "unknown value": Mistake(
        "blocks/red.yaml",
        "{gardens.total} gardens. They",
        "{gardens.totl} gardens. They",
        ["red"],
        [
            "blocks/red.yaml:6:46: error: claim 'gardens' has no value 'totl'; did you mean 'total'? [reference]"
        ],
    ),
    "unknown block": Mistake(
        "briefs/blue.yaml",
        "blue-problem",
        "blue-problm",
        ["blue"],
        [
            "briefs/blue.yaml:10:13: error: no block is called 'blue-problm'; did you mean 'blue-problem'? [reference]"
        ],
    ),
    "twice": Mistake(
        "briefs/blue.yaml",
        "options: [blue-problem,",
        "options: [blue-ask,",
        ["blue"],
        ["briefs/blue.yaml:10:13: error: block 'blue-ask' is in this brief already [reference]"],
    ),
    "kind in section": Mistake(
        "briefs/blue.yaml",
        "messages: [blue-message]",
        "messages: [blue-option]",
        ["blue"],
        [
            "briefs/blue.yaml:8:14: error: section 'messages' takes no option; it takes message [section]",
            "briefs/blue.yaml:10:27: error: block 'blue-option' is in this brief already [reference]",
        ],
    ),
    "unknown kind": Mistake(
        "blocks/blue.yaml",
        "  problem:",
        "  problme:",
        ["blue"],
        ["blocks/blue.yaml:13:3: error: unknown kind 'problme'; did you mean 'problem'? [schema]"],
    ),
    "two kinds": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n",
        "blue-problem:\n  note:\n    text: x\n",
        ["blue"],
        [
            "blocks/blue.yaml:12:1: error: 'blue-problem' needs exactly one kind, found 'note' and 'problem' [schema]"
        ],
    ),
    "missing key": Mistake(
        "blocks/blue.yaml",
        "    harm: Trodden beds\n",
        "",
        ["blue"],
        ["blocks/blue.yaml:16:3: error: missing key 'harm' [schema]"],
    ),
    "extra key": Mistake(
        "blocks/blue.yaml",
        "    harm:",
        "    harms: x\n    harm:",
        ["blue"],
        ["blocks/blue.yaml:21:5: error: unknown key 'harms'; did you mean 'harm'? [schema]"],
    ),
    "value not in passage": Mistake(
        "claims/gardens.yaml",
        "{number: 40, unit",
        "{number: 41, unit",
        ALL,
        [
            "claims/gardens.yaml:7:21: error: 'gardens.total' is 41, which is not among the values of passage P1.1; it holds 2020-2021, 40, 8 [evidence]"
        ],
    ),
    "bound dropped": Mistake(
        "claims/gardens.yaml",
        "bound: more than, ",
        "",
        ALL,
        [
            "claims/gardens.yaml:22:24: error: 'visitors.children' is 60%, which is not among the values of passage P1.2; it holds more than 60%, at least 6-7%, 1/3 [evidence]"
        ],
    ),
    "derived": Mistake(
        "claims/gardens.yaml",
        "derived: 40 - 8",
        "derived: 41 - 8",
        ALL,
        [
            "claims/gardens.yaml:9:23: error: 41 is not among the values of passage P1.1; it holds 2020-2021, 40, 8 [evidence]"
        ],
    ),
    "locator": Mistake(
        "claims/gardens.yaml",
        "locator: P1.2",
        "locator: P1.9",
        ALL,
        [
            "claims/gardens.yaml:19:12: error: source 'survey' has no passage P1.9; did you mean 'P1.3'? [reference]"
        ],
    ),
    "year": Mistake(
        "claims/gardens.yaml",
        "year: 2020-2021",
        "year: 2020",
        ALL,
        [
            "claims/gardens.yaml:12:9: error: the year 2020 is not among the values of passage P1.1; write 'not stated' [evidence]"
        ],
    ),
    "reference": Mistake(
        "claims/gardens.yaml",
        'references: ["1"]',
        'references: ["2"]',
        ALL,
        ["claims/gardens.yaml:11:16: error: passage P1.1 bears no reference 2 [evidence]"],
    ),
    "source": Mistake(
        "claims/gardens.yaml",
        "source: survey\n  locator: P1.2",
        "source: servey\n  locator: P1.2",
        ALL,
        [
            "claims/gardens.yaml:18:11: error: no source is called 'servey'; did you mean 'survey'? [reference]"
        ],
    ),
    "caveat missing": Mistake(
        "claims/gardens.yaml",
        "  caveat: Nobody says who counted.\n",
        "",
        ALL,
        [
            "claims/gardens.yaml:17:3: error: a claim whose use is 'caveat' needs a caveat, to be printed with it [schema]"
        ],
    ),
    "same row": Mistake(
        "claims/gardens.yaml",
        "ref: C002",
        "ref: C001",
        ALL,
        ["claims/gardens.yaml:17:8: error: C001 is the ref of claim 'gardens' already [reference]"],
    ),
    "same id": Mistake(
        "blocks/blue.yaml",
        "blue-main:",
        "red-main:",
        ALL,
        [
            "blocks/red.yaml:1:1: error: block 'red-main' is also in /blocks/blue.yaml:1:1; an id is given once [reference]",
            "briefs/blue.yaml:7:10: error: no block is called 'blue-main'; did you mean 'red-main'? [reference]",
        ],
    ),
    "accent": Mistake(
        "briefs/blue.yaml",
        "#1d4077",
        "#99ccff",
        ["blue"],
        [
            "briefs/blue.yaml:3:9: error: with the accent #99ccff, accent on paper has a contrast of 1.7 to 1 and needs 4.5; take a darker accent [contrast]"
        ],
    ),
    "accent form": Mistake(
        "briefs/blue.yaml",
        '"#1d4077"',
        "blue",
        ["blue"],
        [
            "briefs/blue.yaml:3:9: error: expected a colour of '#' and six lower-case hex digits, in quotes, found 'blue' [schema]"
        ],
    ),
    "glyph": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Gates are 日 shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:21: error: no font here can draw '日' (U+65E5, cjk unified ideograph-65e5) [glyph]"
        ],
    ),
    "bidi": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Gates \u202eare shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:17: error: U+202E RIGHT-TO-LEFT OVERRIDE is not allowed; take it out [character]"
        ],
    ),
    "null": Mistake(
        "blocks/blue.yaml",
        "    takes: A key",
        "    takes:",
        ["blue"],
        [
            "blocks/blue.yaml:20:5: error: 'takes' has no value; give it a value or take the key out [yaml]"
        ],
    ),
    "bound twice": Mistake(
        "blocks/blue.yaml",
        "Children are {vis",
        "Children are more than {vis",
        ["blue"],
        [
            "blocks/blue.yaml:6:24: error: a value prints its bound by itself; take 'more than' out [value]"
        ],
    ),
    "percent twice": Mistake(
        "blocks/blue.yaml",
        "children} of",
        "children}% of",
        ["blue"],
        [
            "blocks/blue.yaml:6:24: error: a value prints its percent sign by itself; take the one behind it out [value]"
        ],
    ),
    "unused exception": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n",
        "blue-problem:\n  problem:\n    free: [{text: 24 hours, reason: a name}]\n",
        ["blue"],
        [
            "blocks/blue.yaml:14:19: error: '24 hours' is not in this block; take the exception out [number]"
        ],
    ),
    "own": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Gates {by} are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:17: error: nothing here is called '{by}'; expected one of latest, release [value]"
        ],
    ),
    "words": Mistake(
        "blocks/red.yaml",
        "{gardens.total} gardens. They",
        "{gardens.total:words} gardens. They",
        ["red"],
        [
            "blocks/red.yaml:6:46: error: there is no word for 'gardens.total'; print it in digits [value]"
        ],
    ),
    "year form": Mistake(
        "blocks/red.yaml",
        "{visitors.children} are",
        "{visitors.children:year} are",
        ["red"],
        [
            "blocks/red.yaml:9:28: error: there is no year for 'visitors.children'; say so in words, or leave the year out [value]"
        ],
    ),
    "form": Mistake(
        "blocks/red.yaml",
        "{gardens.total} gardens. They",
        "{gardens.total:word} gardens. They",
        ["red"],
        [
            "blocks/red.yaml:6:46: error: 'word' is no form of a value; did you mean 'words'? [value]"
        ],
    ),
    "figure units": Mistake(
        "blocks/red.yaml",
        "value: gardens.schools",
        "value: gardens.streets",
        ["red"],
        [
            "blocks/red.yaml:12:12: error: a figure compares values of one unit; these are gardens and streets: use tiles [figure]"
        ],
    ),
    "figure parts": Mistake(
        "blocks/red.yaml",
        "value: gardens.schools",
        "value: visitors.children",
        ["red"],
        [
            "blocks/red.yaml:12:12: error: a figure compares values of one unit; these are gardens and percent: use tiles [figure]",
            "blocks/red.yaml:18:36: error: 'visitors.children' is more than 60%: only exact numbers are parts of a whole [figure]",
        ],
    ),
    "figure ref": Mistake(
        "blocks/red.yaml",
        "value: gardens.schools",
        "value: gardens.scools",
        ["red"],
        [
            "blocks/red.yaml:18:36: error: claim 'gardens' has no value 'scools'; did you mean 'schools'? [reference]"
        ],
    ),
    "figure two forms": Mistake(
        "blocks/red.yaml",
        "    parts:\n",
        "    share: {label: x, value: visitors.children}\n    parts:\n",
        ["red"],
        [
            "blocks/red.yaml:12:5: error: a figure needs exactly one of parts, share, bars, tiles [schema]"
        ],
    ),
    "anchor": Mistake(
        "blocks/blue.yaml",
        "text: Gates are shut.",
        "text: &a Gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: anchors ('&') are not allowed; a text that begins with '&' goes in quotes or under '>-' [yaml]"
        ],
    ),
    "image climbs": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: ../../secret.png\n    alternative: x",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: expected the name of a PNG or JPEG file in content/images/, found '../../secret.png' [schema]"
        ],
    ),
    "image remote": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: https://example.org/x.png\n    alternative: x",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: expected the name of a PNG or JPEG file in content/images/, found 'https://example.org/x.png' [schema]"
        ],
    ),
    "image svg": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: bomb.svg\n    alternative: x",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: expected the name of a PNG or JPEG file in content/images/, found 'bomb.svg' [schema]"
        ],
    ),
    "image missing": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: x.png\n    alternative: x",
        ["blue"],
        ["blocks/blue.yaml:14:11: error: there is no content/images/x.png [reference]"],
    ),
    "markdown image": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "The ![x](https://example.org/x.png)",
        ["blue"],
        [
            "blocks/blue.yaml:14:15: error: an image is a block of its own; remove it here, or type \\! [markdown]"
        ],
    ),
    "claim cites": Mistake(
        "claims/gardens.yaml",
        "Gardens are quiet.",
        "Gardens are quiet.[^gardens]",
        ALL,
        [
            "claims/gardens.yaml:34:28: error: a claim's own text can show its own values only, and cite nothing [reference]"
        ],
    ),
    "claim number": Mistake(
        "claims/gardens.yaml",
        "Gardens are quiet.",
        "The 3 gardens are quiet.",
        ALL,
        [
            "claims/gardens.yaml:34:14: error: no claim stands behind '3'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "release": Mistake(
        "series.yaml",
        "2026-01-15",
        "2026-02-30",
        ALL,
        [
            "series.yaml:5:10: error: expected a date such as 2026-11-24, found '2026-02-30' [schema]"
        ],
    ),
    "language": Mistake(
        "series.yaml",
        "[en]",
        "[ru]",
        ALL,
        ["series.yaml:6:13: error: unknown value 'ru'; expected one of en [schema]"],
    ),
    "limit audience": Mistake(
        "limits.yaml",
        "blue:",
        "bleu:",
        ALL,
        ["limits.yaml:3:3: error: no audience is called 'bleu'; did you mean 'blue'? [audience]"],
    ),
    "option by": Mistake(
        "blocks/blue.yaml",
        "by: 2027-06\n    takes",
        "by: soon\n    takes",
        ["blue"],
        [
            "blocks/blue.yaml:19:9: error: expected a month, such as '2027-12', found 'soon'; or write not stated [schema]"
        ],
    ),
    "label number": Mistake(
        "briefs/blue.yaml",
        "For blue readers",
        "For 12 blue readers",
        ["blue"],
        [
            "briefs/blue.yaml:1:12: error: no claim stands behind '12'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "emoji": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Gates are shut 🙂.",
        ["blue"],
        [
            "blocks/blue.yaml:14:26: error: no font here can draw '🙂' (U+1F642, slightly smiling face) [glyph]"
        ],
    ),
}


def outcome(content: Path) -> tuple[list[str] | None, list[str]]:
    """Return the briefs that are down and what is said; paths are relative to *content*."""
    try:
        _, faults, down = produce.sound(content, "")
    except ContentRefusedError as refused:
        return ALL, [str(problem).lstrip("/") for problem in refused.problems]
    problems = sorted({fault.problem for fault in faults})
    return sorted(down), [str(problem).lstrip("/") for problem in problems]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a copy of the small library."""
    return Path(shutil.copytree(LIBRARY, tmp_path / "content"))


def test_the_library_itself_is_sound(content: Path) -> None:
    """Without a change nothing is wrong: what a change brings comes from the change."""
    assert outcome(content) == ([], [])


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_refused_at_its_place(content: Path, name: str) -> None:
    """What is said, where, and who is down are just these, no more and no fewer."""
    mistake = MISTAKES[name]
    path = content / mistake.file
    text = path.read_text("utf-8")
    assert mistake.old in text
    path.write_text(text.replace(mistake.old, mistake.new, 1), "utf-8")
    assert outcome(content) == (mistake.down, mistake.said)
