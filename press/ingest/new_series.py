"""Write a new series: a small whole example about an invented subject, to be edited into one's own."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from press import checks
from press.content import reader, schema_lines
from press.content.languages import LANGUAGES
from press.content.library import load
from press.content.model.typed import Address, BlockId, Head, Slug
from press.content.scalar import Scalar
from press.content.version import write_version
from press.ground import swap
from press.ground.disk import write_whole
from press.ground.paths import DISTRIBUTION, SERIES, Folders, shown
from press.ground.places import forbidden
from press.problems import ContentRefusedError, UsageError, counted, did_you_mean, errors

MARK = re.compile(r"%([a-z]+)%")  # in a file of the example: what is filled in there
FREE = ("name", "publisher", "contact")  # that may hold quotes, and stand within quotes in YAML
GIT_IGNORE = "gitignore"  # in the example, where git would obey one with its dot
KINDS: dict[str, TypeAdapter[Scalar]] = {  # what the words have to be that are filled in
    "name": TypeAdapter(Head),
    "publisher": TypeAdapter(Head),
    "contact": TypeAdapter(Address),
    "audience": TypeAdapter(BlockId),
    "id": TypeAdapter(Slug),
}


@dataclass(frozen=True)
class NewSeries:
    """What an author says of a new series."""

    name: str
    publisher: str
    contact: str
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    id: str = ""  # not given: the name of its folder


def faults(what: str, word: str) -> str:
    """Return why *word* cannot be the name, publisher, contact, audience or id of a series, '' where it can."""
    _, problems = reader.validate(KINDS[what], Scalar(word))
    return "; ".join(problem.message for problem in problems)


def refuse_folder(folder: Path) -> None:
    """Refuse a *folder* that has something in it, that nothing may be written into, or that lies in a series.

    Raises:
        UsageError: it is such a folder.
    """
    around = [above for above in folder.parents if (above / SERIES).is_file()]
    wrong = ""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        wrong = "is there, and is no folder"
    elif folder.is_dir() and any(folder.iterdir()):
        wrong = "is there, and has files in it"
    elif around:
        wrong = f"lies in the series {shown(around[0])}, which would refuse it"
    elif reason := forbidden(folder):
        wrong = reason
    if wrong:
        raise UsageError(f"{shown(folder)} {wrong}; name a new folder")


def write(folders: Folders, folder: Path, wishes: NewSeries) -> tuple[str, ...]:
    """Write a series into *folder*, all of it or nothing; return the names of its files.

    Raises:
        UsageError: the folder is in use, or a word of *wishes* will not do.
        ContentRefusedError: what would be written has a mistake.
        OutputError: it cannot be written.
    """
    refuse_folder(folder)
    wishes = replace(wishes, id=wishes.id or slug(folder.resolve().name) or "series")
    _refuse(wishes)
    texts = dict(_texts(folders, wishes))
    with swap.stage(folder, SERIES) as staging:
        for name, text in texts.items():
            path = staging.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode())
        made = Folders.of(folders.root, staging.folder)
        write_version(made)
        schema_lines.mend(made)
        draft = load(made.content, shown(folder))
        faulty = (*draft.faults, *checks.of_library(draft, folders.fonts))
        if wrong := errors(fault.problem for fault in faulty):
            raise ContentRefusedError(wrong)
        (staging.fill if folder.is_dir() else staging.commit)()
    return tuple(sorted(texts))


def slug(words: str, joint: str = "-") -> str:
    """Return *words* in small letters and digits, with a *joint* between them."""
    return re.sub(r"[^a-z0-9]+", joint, words.casefold()).strip(joint)


def _refuse(wishes: NewSeries) -> None:
    given = [(what, getattr(wishes, what)) for what in ("name", "publisher", "contact", "id")]
    for what, word in (*given, *(("audience", each) for each in wishes.audiences)):
        if wrong := faults(what, word):
            raise UsageError(f"--{what}: {wrong}")
    for language in wishes.languages:
        if language not in LANGUAGES:
            raise UsageError(f"--lang: there is no '{language}'{did_you_mean(language, LANGUAGES)}")
    if len(set(wishes.audiences)) < len(wishes.audiences):
        raise UsageError("--audience: one is given twice")


def _texts(folders: Folders, wishes: NewSeries) -> Iterator[tuple[str, str]]:
    """Yield the files of a series by their names in its folder."""
    words = {
        "id": wishes.id,
        "name": wishes.name,
        "publisher": wishes.publisher,
        "contact": wishes.contact,
        "languages": ", ".join(wishes.languages),
        "order": ", ".join(wishes.audiences),
    }
    starter = folders.code / "starter"
    for path in sorted((starter / "series").rglob("*")):
        if path.is_file():
            name = path.relative_to(starter / "series").as_posix()
            yield name.replace(GIT_IGNORE, f".{GIT_IGNORE}"), fill(folders, f"series/{name}", words)
    examples = sorted((starter / "briefs").iterdir())
    if not 0 < len(wishes.audiences) <= len(examples):
        most = f"the example has at most {counted(len(examples), 'brief')}"
        raise UsageError(f"--audience: {most}; add others with inv new audience")
    for folder, audience in zip(examples, wishes.audiences, strict=False):
        own = words | {"audience": audience, "label": label(audience)}
        for part, name in (("briefs", "brief"), ("blocks", "blocks")):
            text = fill(folders, f"briefs/{folder.name}/{name}.yaml", own)
            yield f"{part}/{audience}.yaml", text


def label(audience: str) -> str:
    """Return what a brief for *audience* is called above its pages, until its author says it better."""
    return f"For {audience.replace('-', ' ')}"


def fill(folders: Folders, name: str, words: Mapping[str, str]) -> str:
    """Return the text of a file of the example with *words* in the place of its marks, such as %name%."""
    known = {**words, "inv": DISTRIBUTION if folders.installed else "inv"}  # as a user types it

    def word(mark: re.Match[str]) -> str:
        quoted = mark[1] in FREE and name.endswith(".yaml")
        text = known[mark[1]]
        return json.dumps(text, ensure_ascii=False)[1:-1] if quoted else text

    return MARK.sub(word, (folders.code / "starter" / name).read_text("utf-8"))
