"""Make what `inv new` is asked for; ask for what it lacks on a terminal, and say what comes next."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from press.cli.answers import Answer
from press.cli.task_options import folders, name_in
from press.ground import lock, paths
from press.problems import OK, UsageError, counted, did_you_mean

if TYPE_CHECKING:
    from press.cli.task_options import Names, Word
    from press.ground.paths import Folders
    from press.ingest.new_entry import Added

FAR = 15  # of a map, where it is not given
QUESTIONS = {  # about a new series, by the option that answers each
    "name": "What is the series called?",
    "publisher": "Who publishes it?",
    "contact": "At which mail address, or web address with https://, can readers reach you?",
    "audience": "Whom are the briefs for? A word for each, such as: ministry schools",
}


class Kind(NamedTuple):
    """Something that can be made: what is named behind it, which options it needs, and which it may have."""

    items: str = ""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ("id", "content")


KINDS = {
    "series": Kind("FOLDER", (), (*QUESTIONS, "lang", "id")),
    "source": Kind("ID", (), ("content",)),
    "claim": Kind("", ("source", "passage")),
    "audience": Kind("NAME", (), ("content",)),
    "brief": Kind("NAME", (), ("content",)),  # the same: each audience has one
    "block": Kind("KIND", ("audience",), ("section", "value", "id", "content")),
    "figure": Kind("", ("audience", "value"), ("section", "id", "content")),
    "map": Kind("COUNTRY...", (), ("id", "far", "content")),
}


@dataclass(frozen=True)
class Given:
    """The options of the task."""

    name: Word = None
    publisher: Word = None
    contact: Word = None
    audience: Names = None
    lang: Names = None
    source: Word = None
    passage: Word = None
    section: Word = None
    value: Names = None
    id: Word = None
    far: int = FAR
    content: Word = None

    @property
    def options(self) -> list[str]:
        """The names of those that were given."""
        names = [field.name for field in fields(self) if field.name != "far"]
        return [name for name in names if getattr(self, name) not in (None, [])] + (
            ["far"] if self.far != FAR else []
        )


def of_new(what: str, items: list[str], given: Given) -> Answer:
    """Make *what*, with these *items* and options, and return the answer.

    Raises:
        UsageError: there is no such thing, or it lacks an item or an option, or takes none of these.
    """
    if (kind := KINDS.get(what)) is None:
        raise UsageError(f"'{what}' is nothing that is made{did_you_mean(what, KINDS)}")
    if extra := [name for name in given.options if name not in (*kind.needs, *kind.may)]:
        raise UsageError(f"inv new {what} takes no --{extra[0]}")
    lacks = [f"--{name}" for name in kind.needs if name not in given.options]
    several = len(items) > 1 and what != "map"
    if lacks or several or bool(items) != bool(kind.items):
        usage = " ".join(
            ("inv new", what, *filter(None, (kind.items,)), *(f"{name} …" for name in lacks))
        )
        raise UsageError(f"write {usage}; see also inv new --help")
    if what == "series":
        return _of_series(Path(items[0]).absolute(), given)
    where = folders(content=given.content)
    with lock.hold(where.work, "new"):
        return (
            _of_map(items, given, where) if what == "map" else _of_added(what, items, given, where)
        )


def _of_series(folder: Path, given: Given) -> Answer:
    from press.ingest import new_series  # noqa: PLC0415 - `inv --list` needs none of it

    new_series.refuse_folder(folder)
    words = {name: getattr(given, name) for name in QUESTIONS}
    lacks = [name for name, word in words.items() if not word]
    if lacks and not (sys.stdin.isatty() and sys.stderr.isatty()):
        options = " and ".join(f"--{name}" for name in lacks)
        raise UsageError(f"inv new series needs {options}; on a terminal it asks for them")
    words |= {name: _asked(name) for name in lacks}
    audiences = words["audience"]
    wishes = new_series.Wishes(
        words["name"],
        words["publisher"],
        words["contact"],
        tuple(audiences.split() if isinstance(audiences, str) else audiences),
        tuple(given.lang or ("en",)),
        name_in("id", given.id),
    )
    files = new_series.write(folders(content=str(folder)), folder, wishes)
    shown = paths.shown(folder)
    briefs = counted(len(wishes.audiences), "brief")
    text = (
        f"{shown}: {briefs} about an invented subject, to be edited into your own",
        f"next: cd {shown}, read README.md, and run inv build there",
    )
    return Answer(OK, (), "\n".join(text), {"folder": shown, "files": files})


def _asked(name: str) -> str:
    """Ask on the terminal until the answer will do.

    Raises:
        UsageError: there is no answer.
    """
    from press.ingest import new_series  # noqa: PLC0415 - likewise

    while True:
        print(QUESTIONS[name], end=" ", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise UsageError(f"inv new series needs --{name}")
        word = line.strip()
        several = word.replace(",", " ").split() if name == "audience" else [word]
        wrong = [found for each in several or [""] if (found := new_series.faults(name, each))]
        if not wrong:
            return " ".join(several)
        print(wrong[0], file=sys.stderr)


def _of_map(countries: list[str], given: Given, where: Folders) -> Answer:
    from press.cli import ingest_answers  # noqa: PLC0415 - likewise
    from press.ingest import new_map  # noqa: PLC0415 - likewise

    name = name_in("id", given.id) or new_map.slug(countries)
    file = where.content / "maps" / f"{name}.json"
    return ingest_answers.of_map(new_map.write(countries, file, given.far))


def _of_added(what: str, items: list[str], given: Given, where: Folders) -> Answer:
    from press.ingest import new_entry  # noqa: PLC0415 - likewise

    name = name_in("id", given.id)
    if what == "claim":
        added = new_entry.claim(where, given.source or "", given.passage or "", name)
    elif what == "source":
        added = new_entry.source(where, items[0])
    elif what in {"audience", "brief"}:
        added = new_entry.brief(where, items[0])
    else:
        added = _block(items[0] if items else what, name, given, where)
    lines = [
        f"{added.what} '{added.id}' is begun in {', '.join(map(paths.shown, added.files))}",
        f"next: write its words, from {added.place} on",
    ]
    if what == "source":
        lines.append(f"next: inv ingest FILE --id {added.id} adds its passages")
    facts = {
        "id": added.id,
        "place": str(added.place),
        "files": [paths.shown(path) for path in added.files],
    }
    return Answer(OK, (), "\n".join(lines), facts)


def _block(kind: str, name: str, given: Given, where: Folders) -> Added:
    from press.ingest import new_block  # noqa: PLC0415 - likewise

    [audience, *more] = given.audience or [""]
    if more:
        raise UsageError("inv new block takes one --audience")
    section = name_in("section", given.section)
    wanted = new_block.Wanted(kind, audience, section, name, tuple(given.value or ()))
    return new_block.block(where, wanted)
