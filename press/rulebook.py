"""List the rules: the words that problems have in brackets, what each refuses, and the way out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True)
class Rule:
    """One rule, as `press/rules.toml` has it."""

    group: str
    refused: str
    way_out: str
    warning: bool = False
    draft: bool = False  # of a draft it only warns
    words: str = ""  # of a language, that it looks for: a field of Habits
    wrong: str = ""
    right: str = ""


@cache  # at the first problem, since most runs have none
def rules() -> Mapping[str, Rule]:
    """Return all rules by their words."""
    groups = tomllib.loads(FILE.read_text("utf-8"))
    return MappingProxyType(
        {name: Rule(group, **row) for group, rows in groups.items() for name, row in rows.items()}
    )
