"""Make what `inv new` is asked for; ask for what it lacks on a terminal, and say what comes next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from press.cli.answers import Answer
from press.cli.task_options import folders
from press.ground import lock, paths
from press.problems import OK, UsageError, counted, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from press.ground.paths import Folders
    from press.ingest.new_entry import Addition

QUESTIONS = {  # about a new series, by the option that answers each
    "name": "What is the series called?",
    "publisher": "Who publishes it?",
    "contact": "At which mail address, or web address with https://, can readers reach you?",
    "audience": "Whom are the briefs for? A word for each, such as: ministry schools",
}


class Kind(NamedTuple):
    """Something that can be made: what is named after it, which options it needs, and which it may have."""

    items: str = ""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ("content",)


KINDS = {
    "series": Kind("FOLDER", (), (*QUESTIONS, "lang", "id")),
    "source": Kind("ID"),
    "claim": Kind("", ("source", "passage"), ("id", "content")),
    "audience": Kind("NAME"),
    "block": Kind("KIND", ("audience",), ("section", "value", "id", "content")),
    "figure": Kind("", ("audience", "value"), ("section", "id", "content")),
    "map": Kind("COUNTRY...", (), ("id", "far", "content")),
}


def of_new(what: str, items: Sequence[str], options: Mapping[str, Any]) -> Answer:
    """Make *what*, with these *items* and options, and return the answer.

    Raises:
        UsageError: there is no such thing, or it lacks an item or an option, or takes none of these.
    """
    if (kind := KINDS.get(what)) is None:
        near = "; did you mean 'audience'?" if what == "brief" else did_you_mean(what, KINDS)
        raise UsageError(f"inv new makes no '{what}'{near}")
    given = {name: value for name, value in options.items() if value not in (None, [])}
    for name, value in given.items():
        if name not in (*kind.needs, *kind.may):
            raise UsageError(f"inv new {what} takes no --{name}")
        if value in ("", [""]):
            raise UsageError(f"--{name} needs a name")
    lacks = [f"--{name}" for name in kind.needs if name not in given]
    several = len(items) > 1 and what != "map"
    if lacks or several or bool(items) != bool(kind.items):
        words = filter(None, ("inv new", what, kind.items, *(f"{name} …" for name in lacks)))
        raise UsageError(f"write {' '.join(words)}; see also inv new --help")
    if what == "series":
        return _of_series(Path(items[0]).absolute(), given)
    where = folders(content=given.get("content"))
    with lock.hold(where.work, "new"):
        return (_of_map if what == "map" else _of_added)(what, items, given, where)


def _of_series(folder: Path, given: Mapping[str, Any]) -> Answer:
    from press.ingest import new_series  # noqa: PLC0415 - `inv --list` needs none of it

    new_series.refuse_folder(folder)
    lacks = [name for name in QUESTIONS if name not in given]
    if lacks and not (sys.stdin.isatty() and sys.stderr.isatty()):
        options = " and ".join(f"--{name}" for name in lacks)
        raise UsageError(f"inv new series needs {options}; on a terminal it asks for them")
    words: dict[str, Any] = {name: given.get(name) or _ask(name) for name in QUESTIONS}
    audiences, languages = words.pop("audience"), given.get("lang", ["en"])
    wishes = new_series.NewSeries(
        **words, audiences=tuple(audiences), languages=tuple(languages), id=given.get("id", "")
    )
    files = new_series.write(folders(content=str(folder)), folder, wishes)
    shown, briefs = paths.shown(folder), counted(len(wishes.audiences), "brief")
    go = "" if shown == "." else f"cd {shown}, "
    lines = (
        f"{shown}: {briefs} about an invented subject, to be edited into your own",
        f"next: {go}read README.md, and run ./inv build there",
    )
    return Answer(OK, (), "\n".join(lines), {"folder": shown, "files": files})


def _ask(name: str) -> str | list[str]:
    """Ask on the terminal until the answer will do.

    Raises:
        UsageError: there is no answer.
    """
    from press.ingest import new_series  # noqa: PLC0415 - likewise

    while True:
        print(QUESTIONS[name], end=" ", file=sys.stderr, flush=True)
        if not (line := sys.stdin.readline()):
            raise UsageError(f"inv new series needs --{name}")
        words = line.replace(",", " ").split() if name == "audience" else [line.strip()]
        wrong = [found for word in words or [""] if (found := new_series.faults(name, word))]
        if not wrong:
            return words if name == "audience" else words[0]
        print(wrong[0], file=sys.stderr)


def _of_map(_: str, countries: Sequence[str], given: Mapping[str, Any], where: Folders) -> Answer:
    from press.cli import ingest_answers  # noqa: PLC0415 - likewise
    from press.ingest import new_map  # noqa: PLC0415 - likewise

    file = where.content / "maps" / f"{given.get('id') or new_map.name_of(countries)}.json"
    return ingest_answers.of_map(new_map.write(countries, file, given.get("far", new_map.FAR)))


def _of_added(what: str, items: Sequence[str], given: Mapping[str, Any], where: Folders) -> Answer:
    from press.ingest import new_entry  # noqa: PLC0415 - likewise

    added: Addition
    if what == "claim":
        added = new_entry.add_claim(where, given["source"], given["passage"], given.get("id", ""))
    elif what in {"block", "figure"}:
        added = _block(items[0] if items else what, given, where)
    else:
        added = (new_entry.add_source if what == "source" else new_entry.add_brief)(where, items[0])
    files = [paths.shown(path) for path in added.files]
    lines = [
        f"{added.what} '{added.id}' is begun in {', '.join(files)}",
        f"next: write its words, from {added.place} on",
    ]
    if what == "source":
        lines.append(f"next: ./inv ingest FILE --id {added.id} adds its passages")
    facts = {"id": added.id, "place": str(added.place), "files": files}
    return Answer(OK, (), "\n".join(lines), facts)


def _block(kind: str, given: Mapping[str, Any], where: Folders) -> Addition:
    from press.ingest import new_block  # noqa: PLC0415 - likewise

    [audience, *more] = given["audience"]
    if more:
        raise UsageError("a block is begun in one brief; give --audience once")
    section, name, values = (given.get(key, "") for key in ("section", "id", "value"))
    return new_block.add_block(
        where, kind, audience, section=section, name=name, values=tuple(values)
    )
