"""Read the options of the tasks: what each is for, and the folders, files and names that were given."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.ground import paths
from press.ground.paths import Folders
from press.problems import UsageError, did_you_mean, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from press.build.build_request import Request

Word = str | None  # the value of an option, None where it is not given
Names = list[str] | None  # the values of an option that may be given again
SCHEDULER = re.compile(
    r"dask(?:\+tls)?://(?:[^\s/:@\[\]]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})"
)

# What each option is for: by its name, or by task and name where it means something of its own there.
HELP = {
    "audience": "only this brief, by the name of its file in briefs/",
    "lang": "only this language",
    "format": "only this form of each brief: html, pdf, short or card",
    "jobs": "how many pages to print at once (0, or not given: one for each processor)",
    "executor": "print on the machines of this scheduler of dask: dask://HOST:PORT, or dask+tls://HOST:PORT",
    "content": "folder of the content (default: the series in which you are, or that of the clone in which you are)",
    "out": "folder of the outputs (default: build, beside series.yaml or beside content)",
    "releases": "folder of the releases (default: releases, likewise)",
    "output": "text, json for programs, or github, which puts each problem at its line in a pull request",
    "check texts": "compare the passages with the texts of the sources: a folder of files named by the ids of sources",
    "check accept": "write into this claim for which words of its passage it is meant, and do nothing else",
    "ingest file": "the review: .txt, .md, .html, .docx or .pdf",
    "ingest id": "what the source is called: the name of its file in sources/",
    "ingest kind": "what it is, such as 'systematic review'; the record may tell it",
    "ingest lang": "the language of its text (default: en)",
    "ingest locators": "count its passages by paragraph, page or section (default: paragraph)",
    "new what": "series, source, claim, audience, block, figure or map",
    "new item": "of a series its folder, of a source or audience its id, of a block its kind, of a map its countries",
    "new name": "of a series: what it is called",
    "new publisher": "of a series: who publishes it",
    "new contact": "of a series: the mail or web address at which readers can reach you",
    "new audience": "of a series: a word for the readers of a brief; else the brief to which a block is added",
    "new lang": "of a series: a language (default: en)",
    "new source": "of a claim: its source",
    "new passage": "of a claim: the locator of its passage, such as P4.2",
    "new section": "of a block: the section of the brief, where its kind may stand in several",
    "new value": "of a figure: the value of a claim that it shows, such as gardens.total",
    "new id": "what it is called (default: a free id; of a series its folder, of a map the first country)",
    "new far": "of a map: leave out parts of a country that are more degrees off its large ones (0, or not given: 15)",
    "import what": "claims",
    "import file": "the table: a CSV file",
    "import dry-run": "show what would be written, and change nothing",
    "export what": "claims",
    "export file": "the table to write (default: claims.csv)",
    "export semicolon": "separate the cells with semicolons, as Excel does where numbers have a decimal comma",
    "check print": "print as well, to see budget, geometry and glyphs",
    "preview port": "serve at this port (default: a free one)",
    "preview open": "open the page in a browser, if there is one",
    "upgrade dry-run": "show what would be rewritten, and change nothing",
    "upgrade uncommitted": "rewrite files that git has not in its last commit, too",
    "doctor all": "set up what every task of a writer needs, and look whether it is there",
    "doctor editor": "write the lines by which an editor knows the schema of a file, and do nothing else",
    "explain what": "claim or rule",
    "explain name": "the claim's id, or the rule's word, such as unit",
    "release draft": "release briefs that are drafts, too",
    "release uncommitted": "release content that git has not in its last commit, too",
    "release stale": "release without the briefs that have mistakes",
    "release sign": "secret key of minisign or ssh, to sign the digests with",
    "verify path": "folder of a release, a zip for handing on, or one file of a release",
    "verify key": "the publisher's public key, of minisign or ssh: proves who made the release, too",
    "verify against": "the release to compare one file with: its folder, or one with its sums and manifest",
    "diff old": "a release (by its id, such as 2026-11-24.1, or 'latest'), 'build', the folder of a release or of a "
    "build, or 'tree': what the content gives now (default: latest)",
    "diff new": "likewise (default: tree)",
    "diff html": "also write the comparison to this file, as a page",
    "kit test": "also sheets to test each brief with a reader: questions, and the right answers",
    "kit out": "folder of the kits (default: kits)",
    "send audience": "whose brief to send, such as health",
    "send to": "the list of readers: a CSV file with the columns email, name and language",
    "send release": "which release (default: the latest)",
    "send lang": "only to readers who get this language",
    "send suppress": "a CSV file with the column email: these get nothing",
    "send ignore": "a column of the list that may say who has left, and is not obeyed",
    "send really": "send; without it, nothing leaves this machine",
    "send readers": "with --really: the number of readers that you expect",
    "send limit": "send to so many readers at most (0: no limit)",
    "send resume": "only to readers whom an earlier run left queued or deferred, and whom the list still has",
    "send resend-unknown": "also to readers of whom it is not known whether they got it",
    "send correction": "to all who have received the release that this one corrects; --to is not needed",
    "send draft": "send a brief that is a draft, too",
    "send out": "do not send, but write each message as an .eml file into this new folder",
    "send csv": "do not send, but write a list for a mail merge, with the right file for each reader",
    "send forget": "take this address out of all ledgers and reports, and do nothing else",
    "send content": "folder of the content, with mail.yaml (default: content)",
    "pictures renew": "approve what is there now, where it looks different",
    "bundle out": "the folder to make (default: bundle)",
    "clean store": "also what is kept between builds: the next one renders everything",
    "publish target": "a folder, s3://bucket/prefix, or sftp://user@host:port/path",
    "publish release": "this release, by the name of its folder in releases/ (default: the latest)",
    "publish superseded": "publish the release that --release names although a later one corrects it",
    "publish draft": "publish a release that holds drafts",
    "publish stale": "publish a release that was made without the briefs that have mistakes: these are taken down",
    "publish keep-last": "publish such a release, and keep the last edition of these that the target has",
    "publish dry-run": "show what would be sent, replaced, removed and kept, and change nothing",
    "publish verify": "read back what is at the target, and what is sent before it goes live",
    "publish full": "send every file, whatever is at the target",
    "publish known-hosts": "file of the known host keys (default: those of ssh)",
    "test path": "only the tests of this room, folder or file (default: all)",
    "test fast": "only the files whose tests take less than a tenth of a second each",
    "test match": "only those whose name matches: a word, or 'a and not b'",
    "test record": "note in tests/durations.json how long they took",
    "bench briefs": "how many briefs to build (default: 1, 3 and 12)",
    "bench soak": "build so often in a row instead, to see whether anything grows (0, or not given: do not)",
    "bench rounds": "how many turns to take the median of",
    "bench peers": "install docma, pandoc and Typst first, in .press/peers; needs the network",
    "bench record": "keep figures and chart in docs/, and quote them in README.md",
    "bench check": "compare with the ratios in docs/bench.json",
}


def one_of(task: str, word: str, *known: str) -> None:
    """Refuse a *word* that a task does not know.

    Raises:
        UsageError: it is none of those *known*.
    """
    if word not in known:
        raise UsageError(f"inv {task} knows no '{word}'; write inv {task} {' or '.join(known)}")


def file(option: str, name: Word, page: str = "") -> Path | None:
    """Return the file that *option* names, or None where it is not given; with *page*, an example, only a page."""
    if name is not None and not name.endswith(Path(page).suffix):
        raise UsageError(f"--{option} needs the name of a page, such as {page}")
    if name == "":
        raise UsageError(f"--{option} needs the name of a file")
    return None if name is None else Path(name).absolute()


def name_in(option: str, name: Word) -> str:
    """Return the name that *option* gives, '' where it is not given; an empty one is a slip of a script."""
    if name == "":
        raise UsageError(f"--{option} needs a name")
    return name or ""


def folders(
    *, content: Word = None, out: Word = None, releases: Word = None, kits: Word = None
) -> Folders:
    """Return the folders that these options name, *kits* with --out; those not given are the project's."""
    names = {"content": content, "build": out, "releases": releases, "kits": kits}
    for folder, name in names.items():
        if name == "":
            option = "out" if folder in {"build", "kits"} else folder
            raise UsageError(f"--{option} needs the name of a folder")
    around = paths.series_around()
    if not content and around and not paths.home_of(around):
        file = paths.shown(around / paths.SERIES)
        raise UsageError(
            f"{file} has no line 'id: a-name', by which a series is known; write one, or name a folder with --content"
        )
    given = {folder: Path(name).absolute() for folder, name in names.items() if name}
    places = Folders.here(given.get("content"))
    if not (content or around or places.meant):
        raise UsageError("there is no series here or above; go to one, or name it: --content DIR")
    return replace(places, **given)


def request(
    audience: Names = None,
    lang: Names = None,
    format: Names = None,  # noqa: A002 - as the option is called
    jobs: int = 0,
    executor: Word = None,
    **names: Word,
) -> Request:
    """Return what these options of a task ask for, with the *names* of folders as `folders` takes them.

    Raises:
        UsageError: a name that does not exist, a number of jobs below 0, what is no address of a scheduler, or a
            limit of the store that is no number.
    """
    from press.build.build_request import Request  # noqa: PLC0415 - `inv --list` needs none of it
    from press.build.formats import FORMATS  # noqa: PLC0415 - likewise
    from press.ground import store  # noqa: PLC0415 - likewise

    store.most_bytes()  # a wrong one is refused before the work, not after it
    places = folders(**names)
    if not places.content.is_dir():
        shown = paths.shown(places.content)
        raise UsageError(f"there is no folder {shown}; name the content's folder with --content")
    if names.get("content") and not (places.content / paths.SERIES).exists():
        raise UsageError(
            f"{paths.shown(places.content)} has no {paths.SERIES}: it is no folder of content"
        )
    given = {"audience": audience, "lang": lang, "format": format}
    for option, known in choices(places.content).items():
        for name in given[option] or ():
            if name not in known:
                raise UsageError(f"--{option}: there is no '{name}'{did_you_mean(name, known)}")
    if jobs < 0:
        raise UsageError("--jobs is a whole number from 1, or 0: one for each processor")
    scheduler = SCHEDULER.fullmatch(executor) if executor is not None else None
    if executor is not None and not (scheduler and 0 < int(scheduler["port"]) < 2**16):
        raise UsageError(
            f"--executor is dask://HOST:PORT, or dask+tls://HOST:PORT, not '{executor}'"
        )
    if executor and jobs:
        raise UsageError("--jobs is for this machine; leave it out, or --executor")
    formats, chosen = tuple(format or FORMATS), (tuple(audience or ()), tuple(lang or ()))
    return Request(places, *chosen, formats, jobs, executor or "")


def choices(content: Path) -> dict[str, Iterable[str]]:
    """Return the values of the options that choose among editions."""
    from press.build.build_request import named  # noqa: PLC0415 - likewise
    from press.build.formats import FORMATS  # noqa: PLC0415 - likewise
    from press.content.languages import LANGUAGES  # noqa: PLC0415 - likewise

    return {"audience": named(content / "briefs"), "lang": LANGUAGES, "format": FORMATS}


def numbers(option: str, words: Names, least: int = 1) -> tuple[int, ...]:
    """Return the numbers that *option* gives, in order and each once; they begin with *least*."""
    for word in words or ():
        if not word.isdecimal() or int(word) < least:
            what = f"--{option} is a whole number from {least}, not '{visible(word)}'"
            raise UsageError(f"{what}; each has an option of its own" if "," in word else what)
    return tuple(sorted(set(map(int, words or ()))))
