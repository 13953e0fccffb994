"""Write `docs/rules.md`, the list of the rules. Run as `python -m press.tools.rules`."""

from press.content.languages import LANGUAGES
from press.ground.paths import Folders
from press.problems import UsageError, did_you_mean
from press.rulebook import rules

PAGE = Folders.here().root / "docs" / "rules.md"
HEAD = """\
<!-- Made of press/rules.toml by `python -m press.tools.rules`: change that file and run this. -->
# The rules

A problem ends with the word of its rule in brackets: `content/briefs/donors.yaml:14:9: error: ... [reference]`. Those
marked as warnings do not stop a build, and those that are a warning
in a draft stop only a brief that is final; those marked with languages hold
in no others. The numbers of the rules of length are in
`content/limits.yaml`, the words of a language in `press/content/languages/`, those of a series in `content/terms/`. The
examples are from a small library about the gardens of a town.
"""


def page() -> str:
    """Return the page: a heading for each group of rules, and below it each rule with its example."""
    parts, group = [HEAD], ""
    for name, rule in rules().items():
        if rule.group != group:
            group = rule.group
            parts.append(f"## {group}\n")
        parts.append(entry(name))
    return "\n".join(parts)


def entry(name: str) -> str:
    """Return what the page says of the rule called *name*."""
    if name not in rules():
        raise UsageError(f"no rule is called '{name}'{did_you_mean(name, rules())}")
    rule = rules()[name]
    marks = ["warning"] * rule.warning + ["warning in a draft"] * rule.draft
    if rule.words:
        marks += [code for code in LANGUAGES if getattr(LANGUAGES[code], rule.words)]
    mark = f" ({', '.join(marks)})" if marks else ""
    way_out = rule.way_out[:1].upper() + rule.way_out[1:]
    text = f"**`{name}`**{mark}: {rule.refused}. {way_out}.\n"
    if not rule.wrong:
        return text
    lines = [f"- {line}" for line in rule.wrong.splitlines()]
    lines += [f"+ {line}" for line in rule.right.splitlines()]
    return "\n".join([text, "```diff", *lines, "```", ""])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
