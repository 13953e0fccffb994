"""Read templates, and lay those of a series over them.

A template of a series takes the place of ours of that name, which is `press/NAME` to it; a style is added after ours;
`words.yaml` has other words for those that templates say.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from press.content import reader
from press.content.library import BACKUP
from press.content.scalar import Scalar
from press.ground.paths import shown
from press.problems import ConfigurationError, ContentRefusedError, Problem, did_you_mean

WORDS = "words.yaml"
OURS = "press/"  # before the name of a template of ours that a series replaces
ADDED = "added/"  # before that of a style of a series, which is judged alone
# by a template; of a number in two ways
SAID = re.compile(r'\b(?:_|ngettext)\(\s*"([^"]*)"(?:\s*,\s*"([^"]*)")?')
GIVEN = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True)
class Templates:
    """Templates and styles by name, and the words that a series says otherwise."""

    texts: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)  # name -> path, of those of a series
    words: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """Return the path of a template, for a message."""
        return self.places.get(name, f"templates/{name}")

    def say(self, words: str) -> str:
        """Return what is said for *words* of a template."""
        return self.words.get(words, words)


def read(folders: tuple[Path, ...]) -> Templates:
    """Return the templates in the last of *folders*, below those of a series in the one before it, if there are any.

    Raises:
        ConfigurationError: one is not UTF-8, or a file of the series replaces none.
        ContentRefusedError: its words have a mistake.
    """
    *own, ours = folders
    texts = {
        name: _text(path)
        for name, path in _files(ours)
        if path.suffix in {".j2", ".css"} and not path.is_symlink()
    }
    added = {name: path for folder in own for name, path in _files(folder)}
    file = added.get(WORDS)
    first, places = dict[str, str](), dict[str, str]()
    for name, path in added.items():
        if path.is_symlink():
            raise ConfigurationError(f"{shown(path)} is a link; put the file itself there")
        if name == WORDS:
            continue
        if name not in texts:
            way_out = did_you_mean(name, texts) if name.count("/") else "; expected the name of one"
            raise ConfigurationError(
                f"{shown(path)}: no template or style of Press is called '{name}'{way_out}"
            )
        before, theirs = texts[name], _text(path)
        style = path.suffix == ".css"
        first[f"{ADDED}{name}" if style else f"{OURS}{name}"] = theirs if style else before
        places[f"{ADDED}{name}" if style else name] = shown(path)
        texts[name] = f"{before}\n{theirs}" if style else theirs
    texts = first | texts  # the first mistake is told, and a style alone has its own lines
    return Templates(texts, places, _words(file, texts) if file else {})


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or path.is_file()) and not BACKUP.fullmatch(path.name):
            yield name, path


def _words(path: Path, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a series by those of ours that they replace."""
    data, problems = reader.read(path, shown(path))
    known = {words for text in texts.values() for found in SAID.findall(text) for words in found}
    wrong = [*problems]
    for ours, theirs in (data or {}).items():
        if message := _fault(ours, theirs, known):
            wrong.append(Problem(ours.place, message, "schema"))
    if wrong:
        raise ContentRefusedError(wrong)
    return {str(ours): str(theirs) for ours, theirs in (data or {}).items()}


def _fault(ours: str, theirs: object, known: set[str]) -> str:
    if ours not in known:
        return f"no template says '{ours}'{did_you_mean(ours, known)}"
    if not isinstance(theirs, Scalar) or not theirs.strip() or re.search(r'["\\<>&]', theirs):
        return f"expected words for '{ours}', without '<', '>', '&' and '\\'; quotes are “ and ”"
    given = sorted(GIVEN.findall(ours))
    if sorted(GIVEN.findall(theirs)) != given or "%" in GIVEN.sub("", theirs):
        return f"the words for '{ours}' have {', '.join(given) or 'no %'} just as these have"
    return ""


def _text(path: Path) -> str:
    """Return the text of a template or style.

    Raises:
        ConfigurationError: it is not UTF-8.
    """
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise ConfigurationError(f"{shown(path)}:{line}: {message}") from error
