"""Write `docs/rules.md`, the list of the rules. Run as `python -m press.tools.rules`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from press.ground.paths import Folders
from press.rulebook import rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.rulebook import Rule

PAGE: Path = Folders.here().root / "docs" / "rules.md"
HEAD = """\
<!-- Made of press/rules.toml by `python -m press.tools.rules`: change that file and run this. -->
# The rules

A problem ends with the word of its rule in brackets: `content/briefs/donors.yaml:14:9: error: ... [reference]`. Those
marked as warnings do not stop a build. The numbers of the rules of length are in `content/limits.yaml`, the words in
`content/terms/`. The examples are from a small library about the gardens of a town.
"""


def page() -> str:
    """Return the page: a heading for each group of rules, and below it each rule with its example."""
    parts = [HEAD]
    for group, rows in groupby(rules().items(), lambda row: row[1].group):
        parts += [f"## {group}\n", *(f"{_entry(name, rule)}" for name, rule in rows)]
    return "\n".join(parts)


def _entry(name: str, rule: Rule) -> str:
    mark = " (warning)" if rule.warning else ""
    way_out = rule.way_out[:1].upper() + rule.way_out[1:]
    return "\n".join([f"**`{name}`**{mark}: {rule.refused}. {way_out}.", *_example(rule), ""])


def _example(rule: Rule) -> Iterator[str]:
    if rule.wrong:
        lines = [
            (sign, line)
            for sign, text in (("-", rule.wrong), ("+", rule.right))
            for line in text.split("\n")
        ]
        yield from ("", "```diff", *(f"{sign} {line}" for sign, line in lines), "```")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
