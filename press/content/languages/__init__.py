"""Know what each language does its own way; a second language is a second file here."""

from collections import ChainMap

from press.content.languages import en, ru
from press.content.languages.habits import Grade, Habits

LANGUAGES: dict[str, Habits] = {"en": en.HABITS}  # their codes are also those of `choices.Language`
READ = ChainMap(LANGUAGES, {"ru": ru.HABITS})  # of sources, likewise of `choices.Read`

__all__ = ["LANGUAGES", "READ", "Grade", "Habits"]
