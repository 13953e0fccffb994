"""One mistake in a small library of content: each is refused at its place, with a way out, and takes down what it must."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
from PIL import Image

from press.build import library_check as sound
from press.checks import prose
from press.checks.content import charts, glyphs, texts
from press.content import arithmetic, library
from press.content.model.choices import Language
from press.edition import resolve
from press.ground.paths import CONTENT_FOLDERS, shown
from press.page import fonts
from press.problems import ContentRefusedError
from tests.support.folders import HERE

LIBRARY = Path(__file__).parents[1] / "library"
ALL = None  # all briefs: it is in what they share


class Mistake(NamedTuple):
    """A change to one file of the library, the briefs it takes down, and what is said."""

    file: str
    old: str
    new: str
    down: list[str] | None
    said: list[str]


LANGUAGE_CODES = ", ".join(sorted(get_args(Language)))
UNUSED = "warning: nothing uses block '{}'; take it out, or name it in a brief [file]"
MISTAKES = {
    "language of a country": Mistake(
        "blocks/red.yaml",
        "The date is ours.",
        "The date is [ours](lang:kg).",
        ["red"],
        [
            "blocks/red.yaml:23:24: error: no language has the code 'kg'; did you mean 'ky'? [foreign]"
        ],
    ),
    "language of nobody": Mistake(
        "blocks/red.yaml",
        "The date is ours.",
        "The date is **[ours](lang:zzz)**.",
        ["red"],
        [
            "blocks/red.yaml:23:26: error: no language has the code 'zzz'; write one such as 'ru' or 'ky' [foreign]"
        ],
    ),
    "words that do not say their language": Mistake(
        "blocks/red.yaml",
        "The date is ours.",
        "Of [Чүй](lang:ky) and *Чүй облусу* and Ош.",
        [],
        [
            "blocks/red.yaml:23:35: warning: 'Чүй облусу' does not say its language; write [Чүй облусу](lang:ru), with the code of its language [foreign]",
        ],
    ),
    "brace not closed": Mistake(
        "blocks/blue.yaml",
        "{visitors.children} of",
        "{visitors.children of",
        ["blue"],
        [
            "blocks/blue.yaml:6:11: warning: this key message cites no claim; cite the one that supports it [citation]",
            "blocks/blue.yaml:6:24: error: '{visitors.children' names a claim; did you mean '{visitors.children}'? [value]",
        ],
    ),
    "brace not opened": Mistake(
        "blocks/blue.yaml",
        "{visitors.children} of",
        "visitors.children} of",
        ["blue"],
        [
            "blocks/blue.yaml:6:11: warning: this key message cites no claim; cite the one that supports it [citation]",
            "blocks/blue.yaml:6:24: error: 'visitors.children}' names a claim; did you mean '{visitors.children}'? [value]",
        ],
    ),
    "value in square brackets": Mistake(
        "blocks/blue.yaml",
        "{visitors.children} of",
        "[visitors.children] of",
        ["blue"],
        [
            "blocks/blue.yaml:6:11: warning: this key message cites no claim; cite the one that supports it [citation]",
            "blocks/blue.yaml:6:24: error: '[visitors.children]' names a claim; did you mean '{visitors.children}'? [value]",
        ],
    ),
    "value in two kinds of brackets": Mistake(
        "blocks/blue.yaml",
        "{visitors.children} of",
        "{visitors.children) of",
        ["blue"],
        [
            "blocks/blue.yaml:6:11: warning: this key message cites no claim; cite the one that supports it [citation]",
            "blocks/blue.yaml:6:24: error: '{visitors.children)' names a claim; did you mean '{visitors.children}'? [value]",
        ],
    ),
    "claim in an open brace": Mistake(
        "blocks/blue.yaml",
        "{visitors.children} of",
        "{visitors of",
        ["blue"],
        [
            "blocks/blue.yaml:6:11: warning: this key message cites no claim; cite the one that supports it [citation]",
            "blocks/blue.yaml:6:24: error: 'visitors' is a claim; print a value of it: {visitors.children}, {visitors.walkers}, {visitors.share} [value]",
        ],
    ),
    "caret forgotten": Mistake(
        "blocks/blue.yaml",
        "shut.[^quiet]",
        "shut.[quiet]",
        ["blue"],
        [
            "blocks/blue.yaml:14:26: error: '[quiet]' names a claim; did you mean '[^quiet]'? [citation]",
        ],
    ),
    "claim without values in braces": Mistake(
        "blocks/blue.yaml",
        "shut.[^quiet]",
        "shut, {quiet}.",
        ["blue"],
        [
            "blocks/blue.yaml:14:27: error: 'quiet' is a claim; it has none to print: cite it as [^quiet] [value]",
        ],
    ),
    "a line of no effect in a figure without intervals": Mistake(
        "blocks/red.yaml",
        "    parts:\n",
        "    no_effect: 5\n    parts:\n",
        ["red"],
        [
            "blocks/red.yaml:12:5: error: intervals have a line of no effect, and no other figure has one: write 'no_effect: 1' for ratios, 'no_effect: 0' for differences [schema]"
        ],
    ),
    "one label for two": Mistake(
        "briefs/red.yaml",
        "label: For red readers",
        "label: For Blue  readers",
        ["red"],
        [
            "briefs/red.yaml:1:8: error: brief 'blue' has this label too; give each its own readers [audience]"
        ],
    ),
    "one title for two": Mistake(
        "briefs/red.yaml",
        "title: Gardens are counted[^gardens]",
        "title: Gardens  Are Quiet.[^quiet]",
        [],
        [
            "briefs/red.yaml:4:8: warning: brief 'blue' has this title too; give each its own [audience]",
            "briefs/red.yaml:4:15: warning: two spaces stand between these words: is something lost there? else take one out [whole]",
        ],
    ),
    "one accent for two": Mistake(
        "briefs/red.yaml",
        '"#7a1f1f"',
        '"#1d4077"',
        [],
        [
            "briefs/red.yaml:3:9: warning: brief 'blue' has this accent too; give each its own [audience]"
        ],
    ),
    "several names counted as one": Mistake(
        "claims/gardens.yaml",
        "[Elm, Oak, Ash]",
        "[Elm, Oak and Ash, others]",
        ALL,
        [
            f"claims/gardens.yaml:11:{column}: error: '{name}' is no single name, and would be counted as one; name each on its own, or put it under 'official_names' in terms/ [evidence]"
            for column, name in ((30, "Oak and Ash"), (43, "others"))
        ],
    ),
    "fewer participants than studies": Mistake(
        "claims/gardens.yaml",
        "  use: ok\nvisitors",
        "  use: ok\n  number_of_studies: 40\n  number_of_participants: 8\nvisitors",
        ALL,
        [
            "claims/gardens.yaml:2:8: error: 8 participants are fewer than the 40 studies that they were in; correct one of them [evidence]"
        ],
    ),
    "certainty that nobody rated": Mistake(
        "claims/gardens.yaml",
        "  use: ok\nvisitors",
        "  use: ok\n  certainty: {rating: high, rater: not rated}\nvisitors",
        ALL,
        [
            "claims/gardens.yaml:17:36: error: 'not rated' rates nothing; take 'certainty' out [evidence]"
        ],
    ),
    "a number of a sum that cancels": Mistake(
        "claims/gardens.yaml",
        "derived: 40 - 8",
        "derived: 40 * 2 / 2 - 8",
        ALL,
        [
            "claims/gardens.yaml:10:23: error: 2 is not among the values of passage P1.1 (sources/survey.yaml:8); it holds 2020-2021, 40, 8: correct the claim or the passage [evidence]",
            "claims/gardens.yaml:10:23: error: 2 makes no difference to '40 * 2 / 2 - 8'; take it out [evidence]",
        ],
    ),
    "an alternative without a value": Mistake(
        "blocks/red.yaml",
        "A bar of which {gardens.schools} parts of {gardens.total} are filled, in crimson.",
        "A picture of gardens.",
        ["red"],
        [
            "blocks/red.yaml:15:18: error: this tells no value to a reader who does not see the figure: print what it shows, as {gardens.others} [figure]"
        ],
    ),
    "labels that are swapped": Mistake(
        "blocks/red.yaml",
        "{label: Elsewhere, value: gardens.others}\n      - {label: At schools, value: gardens.schools}",
        "{label: Elsewhere, value: gardens.schools}\n      - {label: At schools, value: gardens.others}",
        ["red"],
        [
            "blocks/red.yaml:18:17: error: this label names 'gardens.schools', but stands for 'gardens.others': correct one of them [figure]"
        ],
    ),
    "an axis of something else": Mistake(
        "blocks/red.yaml",
        "    parts:\n      - {label: Elsewhere, value: gardens.others}\n      - {label: At schools, value: gardens.schools}\n",
        """\
    spec:
      data:
        - {label: Elsewhere, value: gardens.others}
        - {label: At schools, value: gardens.schools}
      mark: bar
      encoding:
        x: {field: value, type: quantitative, axis: {title: Visitors}}
        y: {field: label, type: nominal}
""",
        ["red"],
        [
            "blocks/red.yaml:22:61: error: this axis does not say 'gardens', which its values count: name them [figure]"
        ],
    ),
    "unknown audience": Mistake(
        "blocks/red.yaml",
        "red-main:\n  message:\n",
        "red-main:\n  message:\n    audiences: [reed]\n",
        ["red"],
        [
            "blocks/red.yaml:3:17: error: no audience is called 'reed'; did you mean 'red'? [audience]"
        ],
    ),
    "correction of what is no release": Mistake(
        "series.yaml",
        "languages: [en]\n",
        "languages: [en]\nsupersedes: {release: last, erratum: x}\n",
        ALL,
        [
            "series.yaml:7:23: error: expected the folder of a release, such as '2026-11-24.1', found 'last' [schema]"
        ],
    ),
    "correction without words": Mistake(
        "series.yaml",
        "languages: [en]\n",
        "languages: [en]\nsupersedes: {release: 2026-01-15.1}\n",
        ALL,
        ["series.yaml:7:1: error: missing key 'erratum' [schema]"],
    ),
    "correction for nobody": Mistake(
        "series.yaml",
        "languages: [en]\n",
        "languages: [en]\nsupersedes: {release: 2026-01-15.1, erratum: We wrote 7, audiences: [reed]}\n",
        ALL,
        ["series.yaml:7:70: error: no audience is called 'reed'; did you mean 'red'? [audience]"],
    ),
    "order of what is no brief": Mistake(
        "series.yaml",
        "languages: [en]\n",
        "languages: [en]\norder: [reed]\n",
        ALL,
        ["series.yaml:7:9: error: no audience is called 'reed'; did you mean 'red'? [audience]"],
    ),
    "slug": Mistake(
        "series.yaml",
        "languages: [en]\n",
        "languages: [en]\nslug: Gardens\n",
        ALL,
        [
            "series.yaml:7:7: error: expected a name for files of at most 60 lower-case letters, digits and '-', such as 'town-gardens', found 'Gardens' [schema]"
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
        ["claims/gardens.yaml:30:12: error: expected true or false, found 'no' [schema]"],
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
        "The 5 gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:15: error: no claim supports '5'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "number word": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Two gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: no claim supports 'Two'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "hidden number": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "T**wo** gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: no claim supports 'Two'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "fullwidth": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "The ５ gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:15: error: no claim supports '５'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]",
            "blocks/blue.yaml:14:15: error: no font here can draw '５' (U+FF15, fullwidth digit five) [glyph]",
        ],
    ),
    "half": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "½ of the gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: no claim supports '½'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
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
    "a star that stands for every word": Mistake(
        "terms/en.yaml",
        "attribution: [the survey]",
        "attribution: ['*']",
        None,
        [
            "terms/en.yaml:3:15: error: '*' stands for any ending: type three letters or more before it [schema]"
        ],
    ),
    "a star after two letters": Mistake(
        "terms/en.yaml",
        "attribution: [the survey]",
        "attribution: [the survey, th*]",
        None,
        [
            "terms/en.yaml:3:27: error: '*' stands for any ending: type three letters or more before it [schema]"
        ],
    ),
    "a share without its whole": Mistake(
        "claims/gardens.yaml",
        ", unit: percent, of: visitors}\n    walkers",
        ", unit: percent}\n    walkers",
        [],
        [
            "claims/gardens.yaml:24:5: warning: 'visitors.children' does not say of how many it is a share; write 'of:' in this value, and of what, such as '{claim.people} people', or 'not stated' [share]"
        ],
    ),
    "a number typed into a whole": Mistake(
        "claims/gardens.yaml",
        "of: visitors}\n    walkers",
        "of: 250 visitors}\n    walkers",
        None,
        [
            "claims/gardens.yaml:24:65: error: no claim supports '250'; print a claim's value with {claim.value} [number]"
        ],
    ),
    "background": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.[^quiet]",
        "The survey says so.[^setting]",
        ["blue"],
        [
            "blocks/blue.yaml:14:30: error: claim 'setting' is 'background': it may be cited in the section 'problem' only [verdict]"
        ],
    ),
    "caveat in ask": Mistake(
        "blocks/blue.yaml",
        'gates.[^quiet]"',
        'gates.[^visitors]"',
        ["blue"],
        [
            "blocks/blue.yaml:9:45: error: claim 'visitors' is 'caveat': title and ask cite claims that are 'ok' [verdict]"
        ],
    ),
    "caveat number in main": Mistake(
        "blocks/blue.yaml",
        "reader only.[^quiet]",
        "reader, the survey says, {visitors.children} only.",
        ["blue"],
        [
            "blocks/blue.yaml:3:61: error: the main message may refer to 'visitors', whose use is 'caveat', but without its number: cite it as [^visitors] [verdict]"
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
        [
            f"blocks/blue.yaml:12:1: {UNUSED.format('blue-problem')}",
            "briefs/blue.yaml:10:13: error: block 'blue-ask' is in this brief already [reference]",
        ],
    ),
    "kind in section": Mistake(
        "briefs/blue.yaml",
        "messages: [blue-message]",
        "messages: [blue-option]",
        ["blue"],
        [
            f"blocks/blue.yaml:4:1: {UNUSED.format('blue-message')}",
            "briefs/blue.yaml:8:14: error: section 'messages' takes no alternative; it takes message [section]",
            "briefs/blue.yaml:10:43: error: block 'blue-option' is in this brief already [reference]",
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
            "blocks/red.yaml:12:12: error: these parts come to 40, but the title says 41: correct one of them [figure]",
            "claims/gardens.yaml:8:21: error: 'gardens.total' is 41, which is not among the values of passage P1.1 (sources/survey.yaml:8); it holds 2020-2021, 40, 8: correct the claim or the passage [evidence]",
        ],
    ),
    "year as a count": Mistake(
        "claims/gardens.yaml",
        "{number: 40, unit",
        "{range: 2020-2021, unit",
        ALL,
        [
            "blocks/red.yaml:12:12: error: these parts come to 40, but the title says 2021: correct one of them [figure]",
            "claims/gardens.yaml:8:5: error: 'gardens.total' is 2020-2021 gardens, but 2020-2021 is the year in passage P1.1 (sources/survey.yaml:8); correct the claim or the passage [evidence]",
        ],
    ),
    "date that is not printed": Mistake(
        "blocks/red.yaml",
        "Town: by {by}, count",
        "Town: count",
        ["red"],
        ["blocks/red.yaml:22:9: error: this date is not printed; write {by} in the text [value]"],
    ),
    "date whose braces are escaped": Mistake(
        "blocks/red.yaml",
        '"Town: by {by}, count',
        "'Town: by \\{by\\}, count again.[^gardens]' #",
        ["red"],
        ["blocks/red.yaml:22:9: error: this date is not printed; write {by} in the text [value]"],
    ),
    "claim without a value": Mistake(
        "blocks/red.yaml",
        "{gardens.schools} parts",
        "{gardens} parts",
        ["red"],
        [
            "blocks/red.yaml:15:33: error: 'gardens' is a claim; print a value of it: {gardens.total}, {gardens.schools}, {gardens.others}, {gardens.streets} [value]"
        ],
    ),
    "bound dropped": Mistake(
        "claims/gardens.yaml",
        "bound: more than, ",
        "",
        ALL,
        [
            "claims/gardens.yaml:24:24: error: 'visitors.children' is 60%, which is not among the values of passage P1.2 (sources/survey.yaml:12); it holds more than 60%, at least 6-7%, 1/3: correct the claim or the passage [evidence]"
        ],
    ),
    "derived": Mistake(
        "claims/gardens.yaml",
        "derived: 40 - 8",
        "derived: 41 - 8",
        ALL,
        [
            "blocks/red.yaml:12:12: error: these parts come to 41, but the title says 40: correct one of them [figure]",
            "claims/gardens.yaml:10:23: error: 41 is not among the values of passage P1.1 (sources/survey.yaml:8); it holds 2020-2021, 40, 8: correct the claim or the passage [evidence]",
        ],
    ),
    "locator": Mistake(
        "claims/gardens.yaml",
        "locator: P1.2",
        "locator: P1.9",
        ALL,
        [
            "claims/gardens.yaml:20:12: error: source 'survey' has no passage P1.9; did you mean 'P1.3'? [reference]"
        ],
    ),
    "year": Mistake(
        "claims/gardens.yaml",
        "year: 2020-2021",
        "year: 2020",
        ALL,
        [
            "claims/gardens.yaml:13:9: error: the year 2020 is not among the values of passage P1.1 (sources/survey.yaml:8); write 'not stated', or add it there [evidence]"
        ],
    ),
    "reference": Mistake(
        "claims/gardens.yaml",
        'references: ["1"]',
        'references: ["2"]',
        ALL,
        [
            "claims/gardens.yaml:12:16: error: passage P1.1 (sources/survey.yaml:8) has no reference 2; correct the claim or the passage [evidence]"
        ],
    ),
    "source": Mistake(
        "claims/gardens.yaml",
        "source: survey\n  locator: P1.2",
        "source: servey\n  locator: P1.2",
        ALL,
        [
            "claims/gardens.yaml:19:11: error: no source is called 'servey'; did you mean 'survey'? [reference]"
        ],
    ),
    "caveat missing": Mistake(
        "claims/gardens.yaml",
        "  caveat: Nobody says who counted.\n",
        "",
        ALL,
        [
            "claims/gardens.yaml:18:3: error: a claim whose use is 'caveat' needs a caveat, to be printed with it [schema]"
        ],
    ),
    "same row": Mistake(
        "claims/gardens.yaml",
        "ref: C002",
        "ref: C001",
        ALL,
        ["claims/gardens.yaml:18:8: error: C001 is the ref of claim 'gardens' already [reference]"],
    ),
    "same id": Mistake(
        "blocks/blue.yaml",
        "blue-main:",
        "red-main:",
        ALL,
        [
            "blocks/red.yaml:1:1: error: block 'red-main' is also in blocks/blue.yaml:1:1; an id is given once [reference]",
            "briefs/blue.yaml:7:10: error: no block is called 'blue-main'; did you mean 'red-main'? [reference]",
        ],
    ),
    "accent": Mistake(
        "briefs/blue.yaml",
        "#1d4077",
        "#99ccff",
        ["blue"],
        [
            "briefs/blue.yaml:3:9: error: with the accent #99ccff, accent on paper has a contrast of 1.7 to 1 and needs 7; take a darker accent, such as #3d5266 [contrast]"
        ],
    ),
    "subject with a number": Mistake(
        "briefs/blue.yaml",
        "summary:",
        "subject: Half of 5 gardens\nsummary:",
        ["blue"],
        [
            "briefs/blue.yaml:5:10: error: no claim supports 'Half'; say it without the number [number]",
            "briefs/blue.yaml:5:18: error: no claim supports '5'; say it without the number [number]",
        ],
    ),
    "long subject": Mistake(
        "briefs/blue.yaml",
        "summary:",
        f"subject: {'a' * 79}\nsummary:",
        ["blue"],
        [
            f"briefs/blue.yaml:5:10: error: expected a line of plain text, of at most 78 characters, found '{'a' * 40}…' [schema]"
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
            "blocks/blue.yaml:20:5: error: 'takes' has no value; give it a value, or indent the lines below if they belong to it [yaml]"
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
            "blocks/blue.yaml:6:24: error: a value prints its percent sign by itself; take out the one after it [value]"
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
        "{visitors.children} are",
        "{visitors.children:words} are",
        ["red"],
        [
            "blocks/red.yaml:9:45: error: there is no word for 'visitors.children'; print it in digits [value]"
        ],
    ),
    "year form": Mistake(
        "blocks/red.yaml",
        "{visitors.children} are",
        "{visitors.children:year} are",
        ["red"],
        [
            "blocks/red.yaml:9:45: error: there is no year for 'visitors.children'; say so in words, or leave the year out [value]"
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
            "blocks/red.yaml:12:12: error: a figure compares values of one unit; these are gardens and streets: use tiles [figure]",
            "blocks/red.yaml:17:35: error: these parts come to 35, not to the 40 that 'gardens.others' is of: correct one of them [figure]",
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
            "blocks/red.yaml:12:5: error: a figure needs exactly one of parts, share, bars, grouped, line, then_now, target, intervals, tiles, timeline, map, spec [schema]"
        ],
    ),
    "an item too deep": Mistake(
        "briefs/red.yaml",
        "  messages: [red-message, red-second]\n",
        "  messages:\n    - red-message\n      - red-second\n",
        ["red"],
        [
            "briefs/red.yaml:10:7: error: this '-' is so deep that its line joins the one above; align it with the other items, or put a text with a list under '|' [yaml]"
        ],
    ),
    "quote of a flag not closed": Mistake(
        "briefs/blue.yaml",
        "status: final",
        'status: "final',
        ["blue"],
        [
            "briefs/blue.yaml:3:1: error: 'accent:' is a part of the text here, not a key; close the quote that opens in line 2 [yaml]"
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
    "image without alternative": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: town.png",
        ["blue"],
        [
            "blocks/blue.yaml:13:3: error: missing key 'alternative'; say what the picture shows, for those who do not see it [schema]"
        ],
    ),
    "passage without fingerprint": Mistake(
        "sources/survey.yaml",
        "    fingerprint: 7692c3ad",
        "    # fingerprint: 7692c3ad",
        ALL,
        [
            "sources/survey.yaml:6:3: error: missing key 'fingerprint'; run ./inv ingest again, which writes it [schema]"
        ],
    ),
    "image climbs": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: ../../secret.png\n    alternative: x",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: expected the name of a PNG or JPEG file in images/, found '../../secret.png' [schema]"
        ],
    ),
    "image remote": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: https://example.org/x.png\n    alternative: x",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: expected the name of a PNG or JPEG file in images/, found 'https://example.org/x.png' [schema]"
        ],
    ),
    "image svg": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: bomb.svg\n    alternative: x",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: expected the name of a PNG or JPEG file in images/, found 'bomb.svg' [schema]"
        ],
    ),
    "image missing": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n    text: Gates are shut.[^quiet]",
        "blue-problem:\n  image:\n    file: x.png\n    alternative: x",
        ["blue"],
        ["blocks/blue.yaml:14:11: error: there is no picture images/x.png [reference]"],
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
            "claims/gardens.yaml:37:28: error: a claim's own text can show its own values only, and cite nothing [reference]"
        ],
    ),
    "claim number": Mistake(
        "claims/gardens.yaml",
        "Gardens are quiet.",
        "The 3 gardens are quiet.",
        ALL,
        [
            "claims/gardens.yaml:37:14: error: no claim supports '3'; print a claim's value with {claim.value} [number]"
        ],
    ),
    "release": Mistake(
        "series.yaml",
        "2026-01-15",
        "2026-02-30",
        ALL,
        ["series.yaml:5:10: error: there is no day 2026-02-30: February has 28 days [schema]"],
    ),
    "language": Mistake(
        "series.yaml",
        "[en]",
        "[xx]",
        ALL,
        [f"series.yaml:6:13: error: unknown value 'xx'; expected one of {LANGUAGE_CODES} [schema]"],
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
            "blocks/blue.yaml:19:9: error: expected a month, such as '2027-12', or 'not stated', found 'soon' [schema]"
        ],
    ),
    "label number": Mistake(
        "briefs/blue.yaml",
        "For blue readers",
        "For 12 blue readers",
        ["blue"],
        [
            "briefs/blue.yaml:1:12: error: no claim supports '12'; say it without the number [number]"
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
    "range backwards": Mistake(
        "claims/gardens.yaml",
        "range: 6-7",
        "range: 7-6",
        ALL,
        [
            "claims/gardens.yaml:25:22: error: '7-6' runs backwards; put the lower number first [schema]"
        ],
    ),
    "years backwards": Mistake(
        "claims/gardens.yaml",
        "year: 2020-2021",
        "year: 2021-2020",
        ALL,
        [
            "claims/gardens.yaml:13:9: error: '2021-2020' runs backwards; put the lower number first [schema]"
        ],
    ),
    "value's years backwards": Mistake(
        "claims/gardens.yaml",
        "unit: streets}",
        "unit: streets, year: 2021-2020}",
        ALL,
        [
            "claims/gardens.yaml:11:62: error: '2021-2020' runs backwards; put the lower number first [schema]"
        ],
    ),
    "latest backwards": Mistake(
        "sources/survey.yaml",
        "latest: 2020-2021",
        "latest: 2021-2020",
        ALL,
        [
            "sources/survey.yaml:3:9: error: '2021-2020' runs backwards; put the lower number first [schema]"
        ],
    ),
    "passage backwards": Mistake(
        "sources/survey.yaml",
        "[more than 60%, at least 6-7%",
        "[more than 60%, at least 6-7%, 9-3",
        ALL,
        [
            "sources/survey.yaml:12:44: error: '9-3' can't be read as a value; write it as 48, more than 90%, 6-7, 2011-2012, 1/3, 1 in 4, USD 2.5 million, p < 0.05, 0.5 (95% CI 0.4 to 0.6) or 2024-03-06, the lower number first [evidence]"
        ],
    ),
    "passage unreadable": Mistake(
        "sources/survey.yaml",
        '"40", "8"]',
        '"40", "8", fourty]',
        ALL,
        [
            "sources/survey.yaml:8:36: error: 'fourty' can't be read as a value; write it as 48, more than 90%, 6-7, 2011-2012, 1/3, 1 in 4, USD 2.5 million, p < 0.05, 0.5 (95% CI 0.4 to 0.6) or 2024-03-06, the lower number first [evidence]"
        ],
    ),
    "counted nothing": Mistake(
        "claims/gardens.yaml",
        "[Elm, Oak, Ash]",
        "[]",
        ALL,
        ["claims/gardens.yaml:11:24: error: expected at least 1 entry, found 0 [schema]"],
    ),
    "derived below zero": Mistake(
        "claims/gardens.yaml",
        "derived: 40 - 8",
        "derived: 8 - 40",
        ALL,
        [
            "blocks/red.yaml:17:35: error: 'gardens.others' is below zero, where this form has no room: use 'then_now', 'line' or a 'spec' [figure]",
            "blocks/red.yaml:17:35: error: these parts come to -24, not to the 8 that 'gardens.others' is of: correct one of them [figure]",
            "claims/gardens.yaml:10:23: error: 'gardens.others' would be -32, below zero; subtract the lower number [evidence]",
        ],
    ),
    "derived from too many digits": Mistake(
        "claims/gardens.yaml",
        "derived: 40 - 8",
        "derived: 1234567890123456 - 8",
        ALL,
        [
            "claims/gardens.yaml:10:23: error: expected a sum of numbers, such as '48 - 7' or '(48 - 7) / 48 * 100', found '1234567890123456 - 8' [schema]"
        ],
    ),
    "value twice in a figure": Mistake(
        "blocks/red.yaml",
        "value: gardens.schools",
        "value: gardens.others",
        ["red"],
        [
            "blocks/red.yaml:17:35: error: these parts come to 64, not to the 40 that 'gardens.others' is of: correct one of them [figure]",
            "blocks/red.yaml:18:36: error: 'gardens.others' is in this figure already [figure]",
        ],
    ),
    "language twice": Mistake(
        "series.yaml",
        "[en]",
        "[en, en]",
        ALL,
        ["series.yaml:6:12: error: 'en' is given twice; take one out [schema]"],
    ),
    "qualifier that is no claim": Mistake(
        "claims/gardens.yaml",
        "claim: Gardens are quiet.\n",
        "claim: Gardens are quiet.\n  qualified_by: [seting]\n",
        ALL,
        [
            "claims/gardens.yaml:38:18: error: no claim is called 'seting'; did you mean 'setting'? [reference]"
        ],
    ),
    "qualifier of itself": Mistake(
        "claims/gardens.yaml",
        "claim: Gardens are quiet.\n",
        "claim: Gardens are quiet.\n  qualified_by: [visitors, quiet]\n",
        ALL,
        [
            "claims/gardens.yaml:38:28: error: a claim cannot qualify itself; take it out [reference]"
        ],
    ),
    "qualifier that may not be printed": Mistake(
        "claims/gardens.yaml",
        "claim: Gardens are quiet.\n",
        "claim: Gardens are quiet.\n  qualified_by: [visitors, rumour]\n",
        ALL,
        [
            "claims/gardens.yaml:38:28: error: claim 'rumour' may not be printed, and so qualifies nothing; take it out [reference]"
        ],
    ),
    "claim without what overtook it": Mistake(
        "claims/gardens.yaml",
        "claim: Gardens are quiet.\n",
        "claim: Gardens are quiet.\n  qualified_by: [setting]\n",
        ALL,
        [
            f"{place}: error: brief '{brief}' prints 'quiet' without what overtook it: cite setting beside it, or say why not under 'unqualified' in the brief [qualified]"
            for place, brief in (("blocks/red.yaml:6:86", "red"), ("briefs/blue.yaml:4:25", "blue"))
        ],
    ),
    "exception for what is no claim": Mistake(
        "briefs/red.yaml",
        "status: final\n",
        "status: final\nunqualified: {quite: reason}\n",
        [],
        [
            "briefs/red.yaml:3:15: warning: 'quite' is not printed here without what overtook it: take the exception out [qualified]"
        ],
    ),
    "exception without a reason": Mistake(
        "briefs/red.yaml",
        "status: final\n",
        "status: final\nunqualified: {quiet: ''}\n",
        ["red"],
        ["briefs/red.yaml:3:22: error: this text is empty [schema]"],
    ),
    "exception that is not needed": Mistake(
        "briefs/red.yaml",
        "status: final\n",
        "status: final\nunqualified: {quiet: reason}\n",
        [],
        [
            "briefs/red.yaml:3:15: warning: 'quiet' is not printed here without what overtook it: take the exception out [qualified]"
        ],
    ),
    "title without words": Mistake(
        "briefs/blue.yaml",
        "title: Gardens are quiet[^quiet]",
        'title: "[^quiet]"',
        ["blue"],
        ["briefs/blue.yaml:4:8: error: this title has no words; say what was found [citation]"],
    ),
    "title on nothing": Mistake(
        "briefs/blue.yaml",
        "title: Gardens are quiet[^quiet]",
        "title: Gardens are quiet",
        [],
        [
            "briefs/blue.yaml:4:8: warning: this title cites no claim; cite the one that supports it [citation]",
        ],
    ),
    "message on nothing": Mistake(
        "blocks/red.yaml",
        "{visitors.children} are children",
        "some are children",
        [],
        [
            "blocks/red.yaml:9:11: warning: this key message cites no claim; cite the one that supports it [citation]"
        ],
    ),
    "series number": Mistake(
        "series.yaml",
        "Gardens of the town",
        "Gardens of two towns",
        ALL,
        ["series.yaml:1:18: error: no claim supports 'two'; say it without the number [number]"],
    ),
    "publisher markup": Mistake(
        "series.yaml",
        "publisher: The town",
        'publisher: "The **town**"',
        ALL,
        [
            "series.yaml:2:17: error: no markup is read here; take '**' out [markdown]",
            "series.yaml:2:23: error: no markup is read here; take '**' out [markdown]",
        ],
    ),
    "citation language": Mistake(
        "sources/survey.yaml",
        "A survey of gardens",
        "A survey of [бак](lang:ky)",
        ALL,
        [
            "sources/survey.yaml:1:23: error: no markup is read here; take '[бак](lang:ky)' out [markdown]",
        ],
    ),
    "kind number": Mistake(
        "sources/survey.yaml",
        "kind: primary study",
        "kind: primary study\ndescribed: a survey in 3 towns",
        ALL,
        [
            "sources/survey.yaml:3:24: error: no claim supports '3'; say it without the number [number]"
        ],
    ),
    "citation markup": Mistake(
        "sources/survey.yaml",
        "A survey of gardens",
        '"A survey of {gardens.total} gardens[^quiet]"',
        ALL,
        [
            "sources/survey.yaml:1:24: error: no markup is read here; take '{gardens.total}' out [markdown]",
            "sources/survey.yaml:1:47: error: no markup is read here; take '[^quiet]' out [markdown]",
        ],
    ),
    "title number": Mistake(
        "briefs/blue.yaml",
        "title: Gardens are quiet",
        "title: Ten gardens are quiet",
        ["blue"],
        [
            "briefs/blue.yaml:4:8: error: no claim supports 'Ten'; print a claim's value with {claim.value} [number]"
        ],
    ),
    "run together": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Twentyfive gates are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:11: error: no claim supports 'Twentyfive'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "roman": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Gates of part XII are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:25: error: no claim supports 'XII'; print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
        ],
    ),
    "two alphabets": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "G\u0430tes are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:12: error: 'G\u0430tes' mixes Latin and Cyrillic letters; type it in one alphabet [character]"
        ],
    ),
    "two alphabets in bold": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "G**\u0430**tes are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:14: error: 'G\u0430tes' mixes Latin and Cyrillic letters; type it in one alphabet [character]"
        ],
    ),
    "combining mark": Mistake(
        "blocks/blue.yaml",
        "Gates are shut.",
        "Ga\u0301tes are shut.",
        ["blue"],
        [
            "blocks/blue.yaml:14:13: error: a mark is combined with a letter here (U+0301, combining acute accent); type the composed letter [glyph]"
        ],
    ),
    "ragged row": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n",
        "blue-problem:\n  table:\n    title: Gates\n    columns: [Gate, State]\n    rows:\n      - [Old, shut]\n      - [New, shut, locked]\nother:\n  problem:\n",
        ["blue"],
        [
            "blocks/blue.yaml:18:10: error: this row has 3 cells, but the table has 2 columns [schema]",
            f"blocks/blue.yaml:19:1: {UNUSED.format('other')}",
        ],
    ),
    "empty text": Mistake(
        "blocks/blue.yaml",
        "takes: A key",
        'takes: ""',
        ["blue"],
        ["blocks/blue.yaml:20:12: error: this text is empty [schema]"],
    ),
    "white text": Mistake(
        "blocks/blue.yaml",
        "takes: A key",
        'takes: "  "',
        ["blue"],
        ["blocks/blue.yaml:20:12: error: this text is empty [schema]"],
    ),
    "empty row": Mistake(
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n",
        "blue-problem:\n  table:\n    title: Gates\n    columns: [Gate, State]\n    rows:\n      - []\n      - [New, shut]\nother:\n  problem:\n",
        ["blue"],
        [
            "blocks/blue.yaml:17:9: error: expected at least 1 entry, found 0 [schema]",
            f"blocks/blue.yaml:19:1: {UNUSED.format('other')}",
        ],
    ),
    "summary markup": Mistake(
        "briefs/blue.yaml",
        "What blue readers",
        "What **blue readers",
        ["blue"],
        ["briefs/blue.yaml:5:15: error: no markup is read here; take '**' out [markdown]"],
    ),
    "unit number": Mistake(
        "claims/gardens.yaml",
        "unit: streets}",
        "unit: streets of 2}",
        ALL,
        [
            "claims/gardens.yaml:11:58: error: no claim supports '2'; the passage of a claim has the number that its unit is 'per' [number]"
        ],
    ),
    "title that is a number": Mistake(
        "blocks/red.yaml",
        "title: Schools have {gardens.schools} of {gardens.total} gardens",
        'title: "{gardens.schools}"',
        ["red"],
        ["blocks/red.yaml:12:12: error: this title has no words; say what was found [citation]"],
    ),
}


def outcome(content: Path) -> tuple[list[str] | None, list[str]]:
    """Return the briefs that are down and what is said; paths are relative to *content*."""
    where = f"{shown(content)}/"
    try:
        _, faults, down, _ = sound.check_library(replace(HERE, content=content))
    except ContentRefusedError as refused:
        return ALL, [str(problem).replace(where, "") for problem in refused.problems]
    problems = sorted({fault.problem for fault in faults})
    return sorted(down), [str(problem).replace(where, "") for problem in problems]


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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("con", "'con' can't name a brief; Windows keeps this name for itself: take another"),
        ("lpt1", "'lpt1' can't name a brief; Windows keeps this name for itself: take another"),
        ("Red", "'Red' can't name a brief; use lower-case letters, digits and '-'"),
    ],
)
def test_a_brief_has_a_name_that_can_name_its_files(content: Path, name: str, said: str) -> None:
    """Its outputs bear its name, on any machine."""
    shutil.copy(content / "briefs/red.yaml", content / f"briefs/{name}.yaml")
    down, found = outcome(content)
    assert f"briefs/{name}.yaml:1:1: error: {said} [schema]" in found
    assert down == [name]


ODD = {
    b"\xe9": "\\xe9",
    b"a\x1b[31m": "a\\x1b[31m",
    b"a\nb": "a\\nb",
    "a\u202eb".encode(): "a\\u202eb",
}


@pytest.mark.parametrize("name", ODD, ids=list(ODD.values()))
@pytest.mark.parametrize("folder", [*CONTENT_FOLDERS, "."])
def test_a_name_that_can_not_be_shown_is_shown_escaped(
    content: Path, folder: str, name: bytes
) -> None:
    """No name of a file acts on the terminal, or stops the program that tells of it."""
    (content / folder).mkdir(exist_ok=True)
    try:
        Path(os.fsdecode(os.fsencode(content / folder) + b"/" + name + b".yaml")).write_text("x: [")
    except OSError:
        pytest.skip("not run: the file system takes no such name")
    _, found = outcome(content)
    assert any(f"{ODD[name]}.yaml" in line for line in found)
    assert all(line.isprintable() and line.encode() for line in found)


@pytest.mark.parametrize("name", [*CONTENT_FOLDERS, "locale"])
def test_a_folder_that_is_a_link_is_refused(content: Path, name: str) -> None:
    """A link could lead anywhere: it is told, not followed, and nothing else is missed because of it."""
    (content / name).mkdir(exist_ok=True)
    (content / name).rename(content.parent / name)
    (content / name).symlink_to(content.parent / name)
    said = f"{name}:1:1: error: '{name}' is a link; put the folder itself here [file]"
    down, found = outcome(content)
    assert (down, [line for line in found if ": error: " in line]) == (ALL, [said])


def test_a_folder_that_is_a_file_is_refused(content: Path) -> None:
    """Else all its blocks would be missed one by one."""
    shutil.rmtree(content / "blocks")
    (content / "blocks").write_text("x", "utf-8")
    said = "blocks:1:1: error: 'blocks' is not a folder; make it one [file]"
    down, found = outcome(content)
    assert (down, [line for line in found if ": error: " in line]) == (ALL, [said])


@pytest.mark.parametrize(
    ("file", "like", "what", "user"),
    [
        ("terms/ru.yaml", "terms/en.yaml", "the terms of language 'ru'", "series"),
        ("sources/other.yaml", "sources/survey.yaml", "source 'other'", "claim"),
        ("images/other.png", "", "image 'other.png'", "block"),
    ],
)
def test_what_nothing_uses_is_told(
    content: Path, file: str, like: str, what: str, user: str
) -> None:
    """It may be there by mistake, or its name is mistyped; nothing is refused."""
    path = content / file
    path.parent.mkdir(exist_ok=True)
    if like:
        shutil.copy(content / like, path)
    else:
        Image.new("RGB", (4, 3)).save(path)
    said = f"{file}:1:1: warning: nothing uses {what}; take it out, or name it in a {user} [file]"
    assert outcome(content) == ([], [said])


def test_a_block_that_no_brief_names_is_told(content: Path) -> None:
    """Its text reaches no reader."""
    path = content / "briefs/red.yaml"
    path.write_text(path.read_text("utf-8").replace("red-second", "red-message", 1), "utf-8")
    path.write_text(
        path.read_text("utf-8").replace("red-message, red-message", "red-message"), "utf-8"
    )
    line = 1 + (content / "blocks/red.yaml").read_text("utf-8").split("red-second:")[0].count("\n")
    assert outcome(content) == (
        [],
        [
            f"blocks/red.yaml:{line}:1: warning: nothing uses block 'red-second'; take it out, or name it in a brief [file]"
        ],
    )


def test_a_claim_named_in_a_text_without_brackets_is_named(content: Path) -> None:
    """What an underscore would pair with is not what its author looks for; a link may have the words of a claim."""
    claims = content / "claims/gardens.yaml"
    claims.write_text(claims.read_text("utf-8") + GATES, "utf-8")
    block = content / "blocks/blue.yaml"
    right = block.read_text("utf-8")
    for wrong in (
        "shut.[gates_shut]",
        "shut (gates_shut).",
        "shut gates_shut.",
        "shut.[gates-shut]",
        "shut.[^gates_shut",
    ):
        block.write_text(right.replace("shut.[^quiet]", wrong), "utf-8")
        [said] = [line for line in outcome(content)[1] if ": error: " in line]
        assert "names a claim; did you mean '[^gates_shut]'? [citation]" in said
    block.write_text(
        right.replace("shut.[^quiet]", "shut, [quiet](https://example.org/gates_shut).[^quiet]"),
        "utf-8",
    )
    assert not [line for line in outcome(content)[1] if "names a claim" in line]


@pytest.mark.parametrize(
    ("measure", "sound"),
    [("hectares", False), ("km", False), ("%", False), ("gardens", True), ("Osh", True)],
)
def test_a_label_names_the_unit_of_its_value(
    content: Path,
    measure: str,
    sound: bool,  # noqa: FBT001 - a case
) -> None:
    """What is in brackets there is read as what the number counts."""
    label = f"label: Elsewhere ({measure})"
    found = found_with(content, "blocks/red.yaml", "label: Elsewhere", label)
    what = f"this says '{measure}', but its value counts gardens: correct one of them"
    assert [what in line for line in found if "this says" in line] == [True][sound:]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("[quite]", "'[quite]' cites nothing; did you mean '[^quiet]'? [citation]"),
        ("[quiet]", "'[quiet]' names a claim; did you mean '[^quiet]'? [citation]"),
    ],
)
def test_a_claim_without_its_caret_is_told_in_one_round(
    content: Path, typed: str, said: str
) -> None:
    """What may be meant is named as it is written; the mark is no word of its sentence."""
    right = "visitors, the survey says."
    sound = found_with(content, "blocks/blue.yaml", right, f"{right}[^quiet]")
    words = [each.words for each in prose.read(library.load(content, ""), "blue", "en").sentences]
    found = found_with(content, "blocks/blue.yaml", "says.[^quiet]", f"says.{typed}")
    read = prose.read(library.load(content, ""), "blue", "en")
    assert [each.words for each in read.sentences] == words
    assert [line for line in found if line not in sound] == [
        f"blocks/blue.yaml:6:73: error: {said}"
    ]


@pytest.mark.parametrize(
    ("label", "sound"), [(".", False), ("–", False), ("{gardens.total:year}", True)]
)
def test_a_label_has_words(
    content: Path,
    label: str,
    sound: bool,  # noqa: FBT001 - a case
) -> None:
    """A mark that a sign names is a mark that nothing names."""
    found = found_with(content, "blocks/red.yaml", "label: Elsewhere", f'label: "{label}"')
    assert (
        any("this label has no words; say what the value is of" in line for line in found) != sound
    )


@pytest.mark.parametrize(
    ("file", "right", "field"),
    [
        ("briefs/red.yaml", "Gardens are counted[^gardens]", "title"),
        ("briefs/red.yaml", "For red readers", "label"),
        ("blocks/red.yaml", "Number of gardens, {gardens.total:year}", "subtitle"),
        ("blocks/red.yaml", "Elsewhere", "label"),
        ("series.yaml", "Gardens of the town", "name"),
        ("series.yaml", "The town", "publisher"),
    ],
)
def test_what_is_laid_out_in_many_settings_is_short(
    content: Path, file: str, right: str, field: str
) -> None:
    """A title of thousands of letters takes seconds to print; that is known when it is read."""
    long = "word after word " * 30
    found = found_with(content, file, f"{field}: {right}", f"{field}: {long.strip()}")
    assert "a line has at most 400 characters, this one 479; shorten it" in "\n".join(found)


ROWS = (
    "  table:\n    title: Gardens\n    columns: [What, Where]\n    rows:\n      - Gardens, parks\n"
)
IN_ROWS = "write each row in brackets, as '- [one, two]'"


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        (
            "blocks/shared.yaml",
            "shared-made:\n",
            f"a-table:\n{ROWS}shared-made:\n",
            f"found a text; {IN_ROWS}",
        ),
        (
            "blocks/shared.yaml",
            "shared-made:\n",
            f"a-table:\n{ROWS.replace('- Gardens, parks', '- What: Gardens')}shared-made:\n",
            f"found keys; {IN_ROWS}",
        ),
        (
            "blocks/shared.yaml",
            "shared-made:\n",
            f"a-table:\n{ROWS.replace('      - Gardens, parks', '      Gardens')}shared-made:\n",
            f"found a text; {IN_ROWS}",
        ),
        (
            "series.yaml",
            "[The office of parks]",
            "The [office]",
            "put each item on a line of its own, behind '- '",
        ),
        (
            "terms/en.yaml",
            "  - {name: Agenda 21, source: the United Nations}",
            "  - Agenda",
            "begin the item with a key, as '- name: ...'",
        ),
        ("series.yaml", "[The office of parks]", "The office", "write [The office]"),
        (
            "briefs/red.yaml",
            "  made:",
            "made:",
            "unknown key 'made'; it belongs below 'sections', further in",
        ),
        (
            "sources/survey.yaml",
            "title: G",
            "  title: G",
            "'title' belongs less deep, in the column of 'passages'",
        ),
        (
            "blocks/red.yaml",
            "    title: S",
            "    caption: A\n    title: S",
            "unknown key 'caption'; expected one of allow,",
        ),
        (
            "claims/gardens.yaml",
            "  kind: fact\n  basis: reported\n  use: background\n",
            "kind: fact\n",
            "is a key of an entry",
        ),
    ],
)
def test_what_is_in_another_place_or_form_is_told_where_it_goes(
    content: Path, file: str, right: str, wrong: str, said: str
) -> None:
    """A message without a way out leaves an author alone."""
    if file.startswith("sources"):  # all that is behind the passages
        wrong, right = (
            "  author: [Gardens Office]\n  title: G",
            "author: [Gardens Office]\ntitle: G",
        )
    assert any(said in line for line in found_with(content, file, right, wrong))


def found_with(content: Path, file: str, right: str, wrong: str) -> list[str]:
    """Return what is found once *wrong* is in the place of what is *right* in a file."""
    text = (content / file).read_text("utf-8")
    assert right in text
    (content / file).write_text(text.replace(right, wrong, 1), "utf-8")
    return outcome(content)[1]


GATES = """
gates_shut:
  ref: C006
  source: survey
  locator: P1.3
  passage: 8b5b9db0
  claim: Gates are shut.
  year: not stated
  kind: fact
  basis: reported
  use: ok
"""
AFTER = "correct it, or 'release' in series.yaml [date]"
DATES = {  # file, what is there, what is wrong with it: place and message
    "a past month": (
        "blocks/blue.yaml",
        "by: 2027-06\n    basis",
        "by: 2025-12\n    basis",
        "10:9: error: 2025-12 is before the release, 2026-01-15; name a month to come [date]",
    ),
    "too far ahead": (
        "blocks/blue.yaml",
        "by: 2027-06\n    takes",
        "by: 2036-02\n    takes",
        "19:9: error: 2036-02 is more than 10 years after the release, 2026-01-15; name a nearer one [date]",
    ),
    "a claim of a year to come": (
        "claims/gardens.yaml",
        "year: 2020-2021",
        "year: 2027",
        f"13:9: error: 2027 is after the release, 2026-01-15: {AFTER}",
    ),
    "a latest year of no passage": (
        "sources/survey.yaml",
        "latest: 2020-2021",
        "latest: 2022",
        "3:9: error: the latest year in the passages is 2021, not 2022; correct it, or take 'latest' out [date]",
    ),
    "a latest year before that of a claim": (
        "sources/survey.yaml",
        "latest: 2020-2021",
        "latest: not stated",
        "3:9: error: the latest year in the passages is 2021, not not stated; correct it, or take 'latest' out [date]",
    ),
    "seen in the future": (
        "sources/survey.yaml",
        "outside: false",
        "outside: false\nseen: 2026-02-01",
        f"5:7: error: this source was seen on 2026-02-01, after the release, 2026-01-15: {AFTER}",
    ),
    "a latest year that is not the latest": (
        "sources/survey.yaml",
        "at least 6-7%, 1/3",
        "at least 6-7%, '2023', 1/3",
        "3:9: error: the latest year in the passages is 2023, not 2020-2021; correct it, or take 'latest' out [date]",
    ),
    "seen before it was written": (
        "sources/survey.yaml",
        "outside: false",
        "outside: false\nseen: 2020-12-31",
        "5:7: error: this source was seen on 2020-12-31, before 2021, the latest year in it; correct one of them [date]",
    ),
    "a release in year 1": (
        "series.yaml",
        "release: 2026-01-15",
        "release: 0001-01-01",
        "5:10: error: expected a date such as 2026-11-24, found '0001-01-01'",
    ),
}


@pytest.mark.parametrize("case", DATES)
def test_a_date_that_can_not_be_is_refused(content: Path, case: str) -> None:
    """Dates are compared with the release and with the passages."""
    file, right, wrong, problem = DATES[case]
    found = found_with(content, file, right, wrong)
    assert any(line.startswith(f"{file}:{problem}") for line in found), found


def test_a_source_has_to_say_whether_it_is_the_review(content: Path) -> None:
    """What is left out is never the dangerous answer."""
    path = content / "sources/survey.yaml"
    path.write_text(path.read_text("utf-8").replace("outside: false\n", ""), "utf-8")
    _, found = outcome(content)
    assert "missing key 'outside'; write 'outside: true' for what became known since" in found[0]


def test_the_latest_year_is_that_of_the_passages(content: Path) -> None:
    """What is not given is derived."""
    path = content / "sources/survey.yaml"
    path.write_text(path.read_text("utf-8").replace("latest: 2020-2021\n", ""), "utf-8")
    assert outcome(content) == ([], [])
    assert library.load(content, "").sources["survey"].dated(2026) == "2021"


def test_a_number_of_a_unit_is_printed_with_its_value(content: Path) -> None:
    """The message names the value in whose unit it is."""
    claims, blocks = content / "claims/gardens.yaml", content / "blocks/red.yaml"
    typed = claims.read_text("utf-8").replace(
        "40 - 8, unit: gardens", "40 - 8, unit: gardens per 100 km"
    )
    claims.write_text(typed, "utf-8")
    typed = blocks.read_text("utf-8").replace("red reader only.", "red reader, of 100 and 10 km.")
    blocks.write_text(typed, "utf-8")
    said = [
        each for each in outcome(content)[1] if "no claim supports" in each and "red.yaml" in each
    ]
    way_out = "it is in the unit of a value: print both with {gardens.others:unit}"
    assert [way_out in each for each in said] == [True, False]


def test_a_source_that_is_gone_is_one_mistake(content: Path) -> None:
    """Not one for each of its claims."""
    claims = content / "claims/gardens.yaml"
    many = claims.read_text("utf-8").count("source: survey")
    assert many > 1
    typed = claims.read_text("utf-8").replace("unit: streets", "unit: streets per 100 km")
    claims.write_text(typed.replace("source: survey", "source: gone"), "utf-8")
    [said] = [each for each in outcome(content)[1] if each.startswith("claims/")]
    assert f"no source is called 'gone'; expected one of survey ({many} claims name it)" in said


def test_a_passage_may_tell_of_a_year_to_come(content: Path) -> None:
    """The latest year of its source is still that of what has happened, and a claim of such a year is refused."""
    path = content / "sources/survey.yaml"
    text = path.read_text("utf-8").replace("latest: 2020-2021\n", "")
    path.write_text(text.replace("at least 6-7%, 1/3", "at least 6-7%, '2050', 1/3"), "utf-8")
    assert outcome(content) == ([], [])
    assert library.load(content, "").sources["survey"].dated(2026) == "2021"
    claims = content / "claims/gardens.yaml"
    typed = claims.read_text("utf-8").replace("year: not stated", "year: 2050")
    claims.write_text(typed, "utf-8")
    assert f"2050 is after the release, 2026-01-15: {AFTER}" in " ".join(outcome(content)[1])


def test_a_year_that_is_an_amount_is_not_the_latest(content: Path) -> None:
    """The source has to say which is."""
    source, claims = content / "sources/survey.yaml", content / "claims/gardens.yaml"
    text = (
        source.read_text("utf-8").replace("latest: 2020-2021\n", "").replace("1/3]", "1/3, '2023']")
    )
    source.write_text(text, "utf-8")
    known = claims.read_text("utf-8")
    share = "    share: {fraction: 1/3, unit: share, of: not stated}\n"
    assert share in known
    claims.write_text(
        known.replace(share, f"{share}    all: {{number: 2023, unit: visitors}}\n"), "utf-8"
    )
    said = "sources/survey.yaml:1:1: error: the latest year in the passages is 2021, not 2023; add 'latest: 2021' [date]"
    assert outcome(content)[1] == [said]
    source.write_text(text.replace("outside", "latest: 2021\noutside"), "utf-8")
    assert outcome(content)[1] == []


@pytest.mark.parametrize("text", ["citation: [", "citation: A survey of gardens"])
def test_a_broken_source_is_one_mistake(content: Path, text: str) -> None:
    """The claims that rest on it are not told to look for another."""
    (content / "sources/survey.yaml").write_text(text, "utf-8")
    _, found = outcome(content)
    assert found
    assert {line.partition(":")[0] for line in found} == {"sources/survey.yaml"}


@pytest.mark.parametrize("text", ["numbers: [", "numbers: {two: 2}"])
def test_broken_terms_are_one_mistake(content: Path, text: str) -> None:
    """Without its words the texts of a language are not judged: an official name could be taken for a number."""
    red = content / "blocks/red.yaml"
    red.write_text(red.read_text("utf-8").replace("quiet.[", "quiet, says Agenda 21.[", 1), "utf-8")
    assert outcome(content) == ([], [])
    (content / "terms/en.yaml").write_text(text, "utf-8")
    editions, found = outcome(content)
    assert editions is None  # so that no number gets through meanwhile
    assert len(found) == 1
    assert found[0].startswith("terms/en.yaml:1:")


@pytest.mark.parametrize("words", [None, "# none yet\n", "acronyms: [HIV]\n", "attribution: []\n"])
def test_without_terms_numbers_are_refused(content: Path, words: str | None) -> None:
    """They belong to the language; the names in which they are free belong to the series, and are then unknown."""
    red, terms = content / "blocks/red.yaml", content / "terms/en.yaml"
    typed = red.read_text("utf-8")
    red.write_text(
        typed.replace("quiet.[", "quiet, twice in 48 years, says Agenda 21.[", 1), "utf-8"
    )
    terms.unlink()
    if words is not None:
        terms.write_text(words, "utf-8")
    _, found = outcome(content)
    numbers = [line for line in found if line.endswith("[number]")]
    assert [line.split("'")[1] for line in numbers] == ["twice", "48", "21"]
    assert not [line for line in found if line.startswith("terms/")]


def test_words_that_moved_are_one_mistake(content: Path) -> None:
    """Whoever updates is told once what to do with the file."""
    old = "numbers: {two: 2}\nfractions: {half: 1/2}\nmultiples: [twice]\nbenefits: [saves]\ngraded: [low certainty]\n"
    (content / "terms/en.yaml").write_text(old, "utf-8")
    assert outcome(content) == (
        None,
        [
            "terms/en.yaml:1:1: error: Press itself has the words under numbers, fractions, multiples, benefits and graded now: take these keys out [schema]"
        ],
    )


NUMBERS = {
    "A fifth of gates are shut.": "A fifth of",
    "Shut are one **tenth** of gates.": "one tenth of",
    "Gates of part IV are shut.": "IV",
    "Gates of part MCMXCI are shut.": "MCMXCI",
    "A 5th of gates are shut.": "A 5th of",
    "A **5th** of gates are shut.": "A 5th of",
    "A 100th part of gates are shut.": "100th part",
    "A fiftieth part of gates are shut.": "fiftieth part",
    "The 90th percentile is high.": "90th percentile",
    "The ninetieth percentile is high.": "ninetieth percentile",
    "A twenty-fifth of gates are shut.": "A twenty-fifth of",
    "Every 5th gate is shut.": "Every 5th",
    "Every second gate is shut.": "Every second",
    "Every other gate is shut.": "Every other",
    "A score of gates are shut.": "A score of",
    "Scores of gates are shut.": "Scores of",
    "A couple of gates are shut.": "A couple of",
    "A pair of gates are shut.": "A pair of",
    "Gates were shut for a decade.": "a decade",
    "A tenth left.": "A tenth left",
    "Shut by a tenth.": "a tenth",
    "By a fifth, gates are shut.": "a fifth",
    "A fifth left town.": "A fifth left",
    "A 5th left.": "A 5th left",
    "A couple left.": "A couple left",
    "A couple more left.": "A couple more",
    "A pair left.": "A pair left",
    "Gates shut, a pair.": "a pair",
    "A fifth relapsed.": "A fifth relapsed",
    "Gates cut in twain.": "twain",
    "A score left.": "A score left",
    "Scores left.": "Scores left",
    "A trio left.": "A trio",
    "The quintet left.": "quintet",
    "A century ago gates shut.": "A century",
    "Centuries ago gates shut.": "Centuries",
    "Fivescore are shut.": "Fivescore",
    "A handful left.": "A handful",
    "A lakh left.": "lakh",
    "Crores left.": "Crores",
    "A quadrillion left.": "quadrillion",
    "Single-digit shares are shut.": "Single-digit",
    "Gates of the fourteenth century are shut.": "fourteenth century",
    "Over the past decade gates shut.": "past decade",
    "Sixtyish gates are shut.": "Sixtyish",
    "Shut in threes.": "threes",
    "A twelvemonth ago gates shut.": "twelvemonth",
    "Fourty left.": "Fourty",
    "A doz. gates are shut.": "A doz.",
    "A majority of gates are shut.": "A majority of",
    "The vast majority of gates are shut.": "The vast majority of",
    "A small minority of gates are shut.": "A small minority of",
    "The top quintile is shut.": "quintile",
    "The lion’s share is shut.": "lion’s share",
    "Those in the minority are shut.": "in the minority",
    "Gates of the last quartile are shut.": "quartile",
    "Tertiles are shut.": "Tertiles",
    "Gates rose by a percentage point.": "a percentage point",
    "Nine left.": "Nine",
    **{  # numbers of a group, of ages, of time, of no size that is said
        f"Gates, {word}, are shut.": word
        for word in (
            "twins",
            "triads",
            "duets",
            "septets",
            "hat tricks",
            "triplicate",
            "doubly",
            "tithes",
            "octogenarians",
            "centenarians",
            "twentysomethings",
            "in their early teens",
            "fortnightly",
            "biannual",
            "bi-weekly",
            "semiannually",
            "decennial",
            "tercentenaries",
            "umpteenth",
            "bazillions",
            "decillions",
            "myriad",
            "zilch",
            "zeros",
            "the majority",
        )
    },
    "Gates of this decade are shut.": "decade",
    "The fortnight is over.": "fortnight",
    "The majority are shut.": "The majority are",
}
NUMBERS_IN_OUR_TERMS = {
    "The share is one tenth.": "one tenth",
    "The share is one-tenth.": "one-tenth",
    "The share is one  tenth.": "one tenth",
    "Gates are shut by one percent.": "one percent",
    "Gates are shut by one per cent.": "one per cent",
    "Tenths are shut.": "Tenths",
    "Gates number zero.": "zero",
    "Gates number a trillion.": "trillion",
    "Gates grew sixfold.": "sixfold",
    "Gates nonupled.": "nonupled",
    "Gates grew centuple.": "centuple",
    "Gates grew a hundredfold.": "hundredfold",
    "Gates quintupled.": "quintupled",
    "Gates number fortyeight.": "fortyeight",
    "Gates number twentyone.": "twentyone",
    "Gates number twohundred.": "twohundred",
    "Gates of the nineties are shut.": "nineties",
}
FREE = [
    "The first gate is shut.",
    "The 3rd gate is shut.",
    "The fifth programme is shut.",
    "A tenth gate is shut.",
    "A 5th gate in Osh is shut.",
    "The 57th session of the board is over.",
    "A second in Osh is shut.",
    "A couple was seen.",
    "Scores were not kept.",
    "A fifth programme, and a tenth one, are shut.",
    "A pair of scissors is shut.",
    "Most gates are shut, by majority vote, on fertile ground.",
    "Both left.",
    "A single gate, the sole one, a lone gate and both others are shut.",
    "Twin towns, bilateral plans, duplicate records, halfway houses and teenagers are kept.",
    "The turn of the century is over.",
    "Test scores and sextons are kept.",
    "Gates are shut one by one.",
    "A percentage of gates is shut.",
    "Manifold gates are shut.",
    "HIV and I are shut.",
    "Gates VIM and CIVIL are shut.",
    "Тамчы and µm are shut.",
]


def in_our_language(content: Path) -> None:
    """Let texts be judged by the terms of our briefs."""
    shutil.copy(HERE.content / "terms/en.yaml", content / "terms/en.yaml")


@pytest.fixture(params=["small", pytest.param("ours", marks=pytest.mark.series)])
def spoken(request: pytest.FixtureRequest, content: Path) -> Path:
    """Return content with the few terms of the small library, or with those of our briefs."""
    if request.param == "ours":
        in_our_language(content)
    return content


def judged(content: Path, sentence: str) -> list[str]:
    """Return what is said of *sentence* by the rules for text."""
    path = content / "blocks/blue.yaml"
    path.write_text(path.read_text("utf-8").replace("Gates are shut.", sentence, 1), "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    faults = [*texts.check(read), *glyphs.check(read, fonts.coverage(HERE.fonts))]
    return [fault.problem.message for fault in faults]


@pytest.mark.parametrize("sentence", NUMBERS)
def test_a_number_can_not_hide(spoken: Path, sentence: str) -> None:
    """Part, score, decade or Roman letters are numbers whatever the terms list, and no claim supports them."""
    [said] = judged(spoken, sentence)
    assert said.startswith(f"no claim supports '{NUMBERS[sentence]}';")


@pytest.mark.series
@pytest.mark.parametrize("sentence", NUMBERS_IN_OUR_TERMS)
def test_a_number_in_our_terms_can_not_hide(content: Path, sentence: str) -> None:
    """Multiples and words run together are numbers, too."""
    in_our_language(content)
    [said] = judged(content, sentence)
    assert said.startswith(f"no claim supports '{NUMBERS_IN_OUR_TERMS[sentence]}';")


@pytest.mark.parametrize("sentence", FREE)
def test_what_is_no_number_is_free(spoken: Path, sentence: str) -> None:
    """Ordinals, names and words that only begin like a number are left alone."""
    assert judged(spoken, sentence) == []


FREED = "free: [{text: '8', reason: name"


@pytest.mark.parametrize(
    ("free", "text", "said"),
    [
        (f"{FREED}}}]", "Gate 8 is shut.", []),
        (f"{FREED}}}]", "Gate 8 of 8 is shut.", ["no claim supports '8'; print a claim's value"]),
        (f"{FREED}, times: 2}}]", "Gate 8 of 8 is shut.", []),
        (
            f"{FREED}, times: 3}}]",
            "Gate 8 of 8 is shut.",
            ["'8' is not 3 times in this block; write 2"],
        ),
        (f"{FREED}}}]", "Gate 18 is shut.", ["no claim supports '18'", "'8' is not in this block"]),
        (f"{FREED}}}]", "Gate 8 is shut for 8%.", ["no claim supports '8%'"]),
    ],
)
def test_an_exception_frees_one_number(
    content: Path, free: str, text: str, said: list[str]
) -> None:
    """Or as many as it says."""
    path = content / "blocks/blue.yaml"
    typed = path.read_text("utf-8")
    old = "problem:\n    text: Gates are shut."
    assert old in typed
    path.write_text(typed.replace(old, f"problem:\n    {free}\n    text: {text}", 1), "utf-8")
    read = library.load(content, "")
    assert read.faults == []
    found = [fault.problem.message for fault in texts.check(read)]
    assert len(found) == len(said)
    assert all(each.startswith(start) for each, start in zip(found, said, strict=True)), found


def test_a_sentence_is_no_exception(content: Path) -> None:
    """It would free all of its numbers."""
    sentence = "The 8 gates of 9 streets are shut for 10 hours."
    path = content / "blocks/blue.yaml"
    typed = path.read_text("utf-8").replace(
        "problem:\n    text", f"problem:\n    free: [{{text: {sentence}, reason: name}}]\n    text"
    )
    path.write_text(typed, "utf-8")
    assert "of at most 40 characters, found 'The 8 gates" in outcome(content)[1][0]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ("{derived: 40 - 8, unit: gardens}", None),
        (
            "{derived: 40 + 8, unit: gardens}",
            "'gardens.others' holds 'gardens.schools', which is another part",
        ),
        ("{derived: 41 - 8, unit: gardens}", "these parts come to 41, but the title says 40"),
        (
            "{derived: 40 - 9, unit: gardens}",
            "these parts come to 39, not to the 40 that 'gardens.others' is of",
        ),
        (
            "{counted: [Elm, Oak, Ash], unit: gardens}",
            "these parts come to 11, but the title says 40",
        ),
    ],
)
def test_parts_come_to_their_whole(content: Path, others: str, said: str | None) -> None:
    """No bar counts a part twice or shows another whole than its title."""
    path = content / "claims/gardens.yaml"
    typed = path.read_text("utf-8")
    old = "{derived: 40 - 8, unit: gardens}"
    assert old in typed
    path.write_text(typed.replace(old, others, 1), "utf-8")
    found = [fault.problem.message for fault in charts.check(library.load(content, ""))]
    assert [said in message for message in found if said] == [True] * bool(said)
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("title", "sound"),
    [
        ("Schools have {gardens.schools} gardens", True),
        (
            "Others have {gardens.others}, schools {gardens.schools} of {gardens.total} gardens",
            True,
        ),
        ("Schools have {gardens.few} of {gardens.total} gardens", False),
        ("Schools have {gardens.few} gardens", False),
    ],
)
def test_a_title_says_what_its_parts_show(content: Path, title: str, sound: bool) -> None:  # noqa: FBT001 - a case
    """A number in it is a part, several of them, or all."""
    claims, blocks = content / "claims/gardens.yaml", content / "blocks/red.yaml"
    few = "    few: {derived: 8 - 3, unit: gardens}\n    schools:"
    claims.write_text(claims.read_text("utf-8").replace("    schools:", few, 1), "utf-8")
    old = "Schools have {gardens.schools} of {gardens.total} gardens"
    text = blocks.read_text("utf-8")
    assert old in text
    blocks.write_text(text.replace(old, title, 1), "utf-8")
    found = [fault.problem.message for fault in charts.check(library.load(content, ""))]
    wrong = "these parts come to 40, but the title says 5: correct one of them"
    assert found == ([] if sound else [wrong])


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("Elm Street", True),
        ("Oak and Ash", False),
        ("Oak/Ash", False),
        ("the rest", False),
        ("Andover", True),
        ("and more", False),
        ("Oak etc.", False),
        ("Oak (and Ash)", False),
        ("3 others", False),
        ("unnamed", False),
    ],
)
def test_a_name_that_is_counted_is_one(content: Path, name: str, sound: bool) -> None:  # noqa: FBT001 - a case
    """Unless two words are known as one name."""
    path = content / "claims/gardens.yaml"
    path.write_text(path.read_text("utf-8").replace("[Elm, Oak", f"[Elm, {name}", 1), "utf-8")
    assert (outcome(content)[1] == []) == sound
    terms = content / "terms/en.yaml"
    named = f"official_names:\n  - {{name: {name}, source: the town}}"
    terms.write_text(terms.read_text("utf-8").replace("official_names:", named, 1), "utf-8")
    assert outcome(content)[1] == []


@pytest.mark.parametrize(
    ("typed", "idle"),
    [
        ("40 / 8 * 8", "8"),
        ("40 + 8 - 8", "8"),
        ("40 * 8 / 8", "8"),
        ("(40 - 40) * 8", "40"),
        ("8 - 8", "8"),
        ("40 + 8 - 8 - 8", "8"),
        ("40 - 8 - 8", ""),
        ("(8 - 7) / 8 * 100 + 40 / 8", ""),
        ("(48 - 7) / 48 * 100", ""),
        ("2.5 million + 2.5 million", ""),
        ("40 * 60% - 8 * 60%", ""),
        ("40 / (8 - 7)", ""),
    ],
)
def test_each_number_of_a_sum_makes_a_difference(typed: str, idle: str) -> None:
    """One that cancels would look like evidence."""
    assert arithmetic.idle(typed) == idle


@pytest.mark.series
def test_an_official_name_of_ours_is_free(content: Path) -> None:
    """Its number belongs to the name."""
    in_our_language(content)
    assert judged(content, "CADAP 5 is shut.") == []


def test_an_acronym_is_no_roman_number(content: Path) -> None:
    """What the terms list is known by its letters."""
    assert len(judged(content, "Gates of the MC are shut.")) == 1
    with (content / "terms/en.yaml").open("a", encoding="utf-8") as terms:
        terms.write("acronyms: [MC]\n")
    assert [*texts.check(library.load(content, ""))] == []


@pytest.mark.parametrize(
    ("typed", "sound"),
    [
        ("for {rest.hours} in all.", 0),
        ("for {rest.hours} hours.", 1),
        ("for {rest.hours} h.", 1),
        ("for {rest.hours}-hour spells.", 1),
        ("for {rest.hours}. The hourly rate is known.", 0),
        ("for long. Hours are {rest.hours}.", 1),
        ("for {rest.hours:unit}.", 1),
        ("for {rest.hours:unit}. Then for {rest.hours}.", 0),
        ("for {rest.hours} of {rest.all:unit}.", 1),
        ("for {rest.hours} humans.", 0),
        ("for {rest.hours} humans in hours.", 1),
    ],
)
def test_a_value_is_printed_beside_its_unit(content: Path, typed: str, sound: int) -> None:
    """A number alone is no amount."""
    claims, source = content / "claims/gardens.yaml", content / "sources/survey.yaml"
    text = claims.read_text("utf-8")
    rest = (
        "rest:\n  ref: C999\n  source: survey\n  locator: P1.1\n  passage: 7692c3ad\n  claim: Beds rest.\n  values:\n"
        "    hours: {number: 8, unit: hours}\n    all: {number: 40, unit: hours}\n  year: not stated\n  kind: fact\n  basis: own\n  use: ok\n"
    )
    claims.write_text(f"{text.rstrip()}\n{rest}", "utf-8")
    assert "8" in source.read_text("utf-8")
    blocks = content / "blocks/blue.yaml"
    changed = blocks.read_text("utf-8").replace("Gates are shut.[^quiet]", f"Beds are left {typed}")
    blocks.write_text(changed, "utf-8")
    _, found = outcome(content)
    other = ["value]"] if "humans" in typed else []  # these are no hours
    assert [line.rpartition("[")[2] for line in found] == ([] if sound else ["unit]"]) + other


SPOKEN = (
    "print a claim's value with {claim.value}, or declare it under 'free' with the reason [number]"
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 in 4 are shut.", "1"),
        ("one in four are shut.", "four"),
        ("US$ 2.5 million is left.", "2.5"),
        ("less than 5% are shut.", "5%"),
        ("at most twelve are shut.", "twelve"),
        ("between 5 and 7 are shut.", "5"),
        ("a fall of −3 is seen.", "−3"),
        ("a fall with p < 0.001 is seen.", "0.001"),
        ("a ratio of 0.52 (95% CI) is seen.", "0.52"),
        ("gates on 6 March are shut.", "6"),
    ],
)
def test_a_value_of_any_form_is_not_typed_by_hand(content: Path, typed: str, number: str) -> None:
    """The author prints the claim's value; a number in each of its forms is found."""
    blocks = content / "blocks/blue.yaml"
    changed = blocks.read_text("utf-8").replace("Gates are shut.[^quiet]", f"Then {typed}[^quiet]")
    assert typed in changed
    blocks.write_text(changed, "utf-8")
    _, found = outcome(content)
    message = f"no claim supports '{number}'; {SPOKEN}"
    assert [message in line for line in found if line.endswith("[number]")][:1] == [True], found


GRADED = """\
graded:
  ref: C901
  source: survey
  locator: P1.2
  passage: 3fc4ccfe
  claim: "Beds: {graded.ratio:unit}, {graded.tiny}, {graded.day}, {graded.money}, {graded.chance:unit}."
  values:
    ratio: {number: 0.52, interval: {low: "0.40", high: "0.68"}, unit: risk ratio}
    tiny: {number: 0.001, bound: less than, unit: p}
    day: {date: 2020-03-06, unit: date}
    money: {number: 2.5 million, unit: USD, year: "2020"}
    chance: {number: 1 in 4, unit: share, of: beds}
    one: {number: 1, unit: beds}
    cold: {number: -3, unit: degrees}
  year: "2020"
  kind: statistic
  basis: expert
  use: ok
"""
STATED = (
    '1/3, 0.52 (95% CI 0.40 to 0.68), p < 0.001, 2020-03-06, USD 2.5 million, 1 in 4, "1", "-3"]'
)


def graded(content: Path, typed: str, *changed: tuple[str, str]) -> list[str]:
    """Return what is said of a text on values as reviews have them, with some of their claim *changed*."""
    claim = GRADED
    for old, new in changed:
        assert old in claim
        claim = claim.replace(old, new)
    (content / "claims/graded.yaml").write_text(claim, "utf-8")
    source, blocks = content / "sources/survey.yaml", content / "blocks/blue.yaml"
    source.write_text(source.read_text("utf-8").replace("1/3]", STATED), "utf-8")
    old = "Gates are shut.[^quiet]"
    assert old in blocks.read_text("utf-8")
    blocks.write_text(blocks.read_text("utf-8").replace(old, typed), "utf-8")
    return [line.partition(": error: ")[2] for line in outcome(content)[1]]


def test_values_as_reviews_have_them_are_sound(content: Path) -> None:
    """Intervals, p values, dates, money with its year and chances print with their units."""
    text = "Beds have {graded.ratio:unit}, with {graded.tiny}. By {graded.day} they took {graded.money}."
    said = graded(
        content, f"{text} It holds for a share of {{graded.chance}} in {{graded.ratio:year}}."
    )
    assert said == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "A bed is {graded.one:unit} in {graded.one:year}.",
            "there is no unit of one for 'graded.one'; write 'unit_one' in the claim, such as 'site' [value]",
        ),
        (
            "They took $ {graded.money}.",
            "a value prints its currency by itself; take out the sign before it [value]",
        ),
        (
            "In {graded.tiny:year} they had p = {graded.tiny}.",
            "nothing may touch a value but a space or a closing sign; put words between [value]",
        ),
        (
            "They took {graded.money} bn.",
            "'bn' makes another value of this one; take it out [value]",
        ),
        (
            "They had −{graded.cold} degrees in {graded.cold:year}.",
            "nothing may touch a value but a space or a closing sign; put words between [value]",
        ),
    ],
)
def test_a_value_as_reviews_have_them_stands_alone(content: Path, typed: str, said: str) -> None:
    """Nothing beside it doubles its sign or makes another value of it."""
    assert graded(content, typed) == [said]


def test_a_date_after_the_release_is_refused(content: Path) -> None:
    """What has not happened yet is no fact."""
    said = graded(content, "Gates are shut.[^quiet]", ("2020-03-06", "2099-03-06"))
    assert any(line.startswith("2099-03-06 is after the release, ") for line in said), said


def test_a_p_value_is_not_drawn(content: Path) -> None:
    """Its length would say nothing."""
    red = content / "blocks/red.yaml"
    old = red.read_text("utf-8")
    parts = old[old.index("    parts:") : old.index("red-ask:")]
    bars = "    bars: [{label: First, value: graded.tiny}, {label: Other, value: graded.other}]\n"
    red.write_text(old.replace(parts, bars), "utf-8")
    value = "tiny: {number: 0.001, bound: less than, unit: p}"
    other = f"{value}\n    other: {{number: 0.001, bound: less than, unit: p}}"
    said = graded(content, "Gates are shut.[^quiet]", (value, other))
    assert "p values are no amounts, which bars would compare: use tiles [figure]" in said, said


LONG = {  # what an author may type, and the message that it ends in before anything is printed
    "a title": (
        "briefs/blue.yaml",
        "title: Gardens",
        f"title: {'Gardens are quiet ' * 1000}Gardens",
        "a line has at most 400 characters",
    ),
    "addresses": (
        "sources/survey.yaml",
        "outside: false",
        f"outside: false\naddresses: [{'https://town.xx, ' * 21}]",
        "expected at most 20 entries, found 21",
    ),
    "words to keep": (
        "claims/gardens.yaml",
        "  basis: own\n",
        f"  basis: own\n  keep: [{'quiet, ' * 51}]\n",
        "expected at most 50 entries, found 51",
    ),
    "services": (
        "terms/en.yaml",
        "attribution: [the survey]",
        f"services: [{'gates, ' * 1001}]",
        "expected at most 1000 entries, found 1001",
    ),
    "a message": (
        "blocks/blue.yaml",
        "Children are",
        f"{'word ' * 3000}Children are",
        "a line has at most 6000 characters",
    ),
    "a word": (
        "blocks/shared.yaml",
        "This brief",
        f"{'a' * 19_000} This brief",
        "a word has at most 100 letters, this one 19000",
    ),
    **{
        f"a word in {what}": (
            file,
            right,
            f"{right}{'a' * 300}",
            "a word has at most 100 letters, this one 30",
        )
        for what, (file, right) in {
            "the name of a series": ("series.yaml", "name: "),
            "a label": ("briefs/blue.yaml", "label: "),
            "a tile": ("blocks/red.yaml", "- {label: "),
            "a subtitle": ("blocks/red.yaml", "subtitle: "),
            "a unit": ("claims/gardens.yaml", "unit: "),
            "a citation": ("sources/survey.yaml", "citation: A survey "),
        }.items()
    },
    "a word in parts": (
        "blocks/shared.yaml",
        "This brief",
        f"{'a*a*' * 40} This brief",
        "a word has at most 100 letters, this one 160",
    ),
    **{
        f"a word of {what}": (
            "blocks/shared.yaml",
            "This brief",
            f"{part * 101} This brief",
            "a word has at most 100 letters, this one",
        )
        for what, part in {
            "hyphens": "a-",
            "brackets": "(",
            "dots": "a.",
            "slashes": "a/",
            "firm spaces": "a\u00a0",
            "square brackets": "\\\\[",
            "signs": "a&",
        }.items()
    },
    "items": (
        "blocks/shared.yaml",
        ">-\n      This brief",
        "|\n" + "      - a\n" * 301 + "\n      This brief",
        "a text has at most 200 paragraphs and items, this one 302",
    ),
    "columns": (
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n",
        f"blue-problem:\n  table:\n    title: Gates\n    columns: [{', '.join('a' * 20_000)}]\n    rows: [[a]]\nother:\n  problem:\n",
        "expected at most 12 entries, found 20000",
    ),
    "rows": (
        "blocks/blue.yaml",
        "blue-problem:\n  problem:\n",
        f"blue-problem:\n  table:\n    title: Gates\n    columns: [a, b]\n    rows: [{'[a, b], ' * 10_000}]\nother:\n  problem:\n",
        "expected at most 100 entries, found 10000",
    ),
    "blocks": (
        "briefs/blue.yaml",
        "options: [blue-problem,",
        f"options: [{'blue-problem, ' * 1000}",
        "expected at most 60 entries",
    ),
}


@pytest.mark.parametrize("case", LONG)
def test_what_would_take_minutes_is_refused_at_its_place(content: Path, case: str) -> None:
    """Each size has a limit, which is lower than what could keep a build busy."""
    file, right, wrong, message = LONG[case]
    found = found_with(content, file, right, wrong)
    assert any(message in line for line in found), found[:3]


@pytest.mark.parametrize(("author", "sound"), [("Smith", False), ("Gardens Office", True)])
def test_a_citation_that_is_typed_names_the_author_of_a_source(
    content: Path,
    author: str,
    sound: bool,  # noqa: FBT001 - a case
) -> None:
    """Elsewhere it cites nothing; who says so may be named."""
    typed = f"{author} et al. say that gates are shut.[^quiet]"
    found = found_with(content, "blocks/blue.yaml", "Gates are shut.[^quiet]", typed)
    what = f"no source is by '{author} et al.'; cite a claim with [^claim] [citation]"
    assert [line.partition("error: ")[2] for line in found if "et al" in line] == [what][sound:]


def test_an_address_in_a_citation_may_be_long(content: Path) -> None:
    """It is printed in lines that may break anywhere."""
    address = f"https://gardens.example/{'a' * 300}"
    right = "citation: A survey of gardens"
    assert found_with(content, "sources/survey.yaml", right, f"{right}, {address}") == []


@pytest.mark.parametrize(
    "text", ["words " * 3000, "|\n" + "      - a\n" * 199, "|\n" + "      a\n\n" * 199]
)
def test_a_brief_of_forty_thousand_characters_is_refused_at_a_block(
    content: Path, text: str
) -> None:
    """It is named where it grows too long, in letters, items or paragraphs, and not printed."""
    many = "".join(f"long-{n}:\n  paragraph:\n    text: {text}\n" for n in range(6))
    blocks, brief = content / "blocks/blue.yaml", content / "briefs/blue.yaml"
    blocks.write_text(blocks.read_text("utf-8") + many, "utf-8")
    names = ", ".join(f"long-{n}" for n in range(6))
    text = brief.read_text("utf-8").replace("sections:\n", f"sections:\n  problem: [{names}]\n")
    brief.write_text(text, "utf-8")
    _, found = outcome(content)
    [line] = [line for line in found if "40,000" in line]
    message = "longer than 40,000 characters, where a paragraph counts as 80 or more; divide it"
    assert (
        line == f"briefs/blue.yaml:7:29: error: with this block the brief is {message} [reference]"
    )


@pytest.mark.parametrize("folder", ["blocks", "images", "locale"])
def test_a_name_that_is_not_utf_8_is_refused(content: Path, folder: str) -> None:
    """A release lists its files as UTF-8, and would end there."""
    (content / folder).mkdir(exist_ok=True)
    (content / folder / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    _, found = outcome(content)
    assert any(
        f"{folder}/\\xff.txt:1:1: error: the name of this file is not UTF-8" in line
        for line in found
    )


def test_a_damaged_picture_takes_down_its_brief_alone(content: Path) -> None:
    """Another brief does not show it; one that nothing shows is a warning."""
    (content / "images").mkdir()
    (content / "images" / "bad.png").write_bytes(b"no image")
    assert outcome(content)[0] == []
    blocks, brief = content / "blocks/red.yaml", content / "briefs/red.yaml"
    image = (
        "pic:\n  image:\n    file: bad.png\n    alternative: A garden.\n    caption: A garden.\n"
    )
    blocks.write_text(blocks.read_text("utf-8") + image, "utf-8")
    text = brief.read_text("utf-8").replace("sections:\n", "sections:\n  problem: [pic]\n")
    brief.write_text(text, "utf-8")
    assert outcome(content)[0] == ["red"]


@pytest.mark.parametrize("bound", ["fewer than", "lower than", "under"])
def test_an_opposite_is_no_suggestion(content: Path, bound: str) -> None:
    """Who takes it would print the contrary of the source."""
    path = content / "claims/gardens.yaml"
    text = path.read_text("utf-8").replace(
        "{number: 40, unit", f"{{number: 40, bound: {bound}, unit"
    )
    path.write_text(text, "utf-8")
    _, found = outcome(content)
    assert (
        "expected one of about, at least, at most, exact, less than, more than, up to" in found[0]
    )


def test_a_logo_is_in_use_though_its_series_cannot_be_read(content: Path) -> None:
    """Nobody is told to take it out."""
    (content / "images").mkdir()
    Image.new("RGB", (40, 30), "navy").save(content / "images" / "partner.png")
    path = content / "series.yaml"
    logos = "logos: [{file: partner.png, name: The partner}]\n"
    path.write_text(f"{path.read_text('utf-8')}{logos}licence: none\n", "utf-8")
    _, found = outcome(content)
    assert [line for line in found if "partner.png" in line] == []


@pytest.mark.parametrize("kind", ["news", "law", "testimony", "systematic review"])
def test_a_certainty_is_of_a_source_that_grades(content: Path, kind: str) -> None:
    """News and laws rate no evidence."""
    source, claims = content / "sources/survey.yaml", content / "claims/gardens.yaml"
    text = source.read_text("utf-8")
    assert "kind: primary study" in text
    source.write_text(text.replace("kind: primary study", f"kind: {kind}"), "utf-8")
    sure = "  use: ok\n  certainty: {rating: high, rater: the authors}\nvisitors"
    claims.write_text(claims.read_text("utf-8").replace("  use: ok\nvisitors", sure, 1), "utf-8")
    said = f"claims/gardens.yaml:17:36: error: a source of kind '{kind}' grades no evidence; take 'certainty' out [evidence]"
    assert outcome(content)[1] == ([] if kind == "systematic review" else [said])


def test_the_sums_of_many_parts_are_not_looked_at() -> None:
    """There are more than anybody could wait for; of a few parts all are."""
    assert charts.sums_of([Fraction(1), Fraction(2), Fraction(4)]) == {*map(Fraction, range(1, 8))}
    assert charts.sums_of([Fraction(2**power) for power in range(300)]) == set()


def test_a_rate_is_per_a_number_of_its_passage(content: Path) -> None:
    """It is printed with it; one that the passage lacks would make a rate of a count."""
    claims, source = content / "claims/gardens.yaml", content / "sources/survey.yaml"
    rate = 'schools: {number: 8, unit: gardens}\n    rate: {number: 8, unit: "visits per 1,000 people"}'
    text = claims.read_text("utf-8").replace("schools: {number: 8, unit: gardens}", rate, 1)
    claims.write_text(text, "utf-8")
    [said] = outcome(content)[1]
    assert said.startswith(
        "claims/gardens.yaml:10:41: error: no claim supports '1,000'; the passage"
    )
    source.write_text(source.read_text("utf-8").replace('"8"]', '"8", "1000"]', 1), "utf-8")
    assert outcome(content)[1] == []
    draft = library.load(content, "")
    shown = resolve.shown(draft, "en", ("gardens", "rate"), "unit")
    assert shown == "8 visits per 1,000 people"


def test_a_figure_of_rates_says_what_they_are_per(content: Path) -> None:
    """Its subtitle may; that of another figure may not."""
    claims, source = content / "claims/gardens.yaml", content / "sources/survey.yaml"
    text = claims.read_text("utf-8")
    rates = "schools: {number: 8, unit: X}\n    others: {derived: 40 - 8, unit: X}"
    old = "schools: {number: 8, unit: gardens}\n    others: {derived: 40 - 8, unit: gardens}"
    assert old in text
    source.write_text(source.read_text("utf-8").replace('"8"]', '"8", "1000"]', 1), "utf-8")
    path = content / "blocks/red.yaml"
    subtitle = "Number of gardens per 1,000 people, {gardens.total:year}"
    path.write_text(
        path.read_text("utf-8").replace("Number of gardens, {gardens.total:year}", subtitle),
        "utf-8",
    )
    assert any("no claim supports '1,000'" in line for line in outcome(content)[1])
    rates = rates.replace("X", '"gardens per 1,000 people"')
    claims.write_text(text.replace(old, rates, 1), "utf-8")
    assert not any("no claim supports '1,000'" in line for line in outcome(content)[1])
