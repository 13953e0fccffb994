"""What `./inv` does: sentences, each of which calls one function of press."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from invoke import Context, Exit, task

from press.ground import paths, signals
from press.ground.paths import Folders
from press.problems import (
    CONFIGURATION,
    FAILED,
    OK,
    USAGE,
    ConfigurationError,
    OutputError,
    PressError,
    did_you_mean,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from press.build.build_request import Request
    from press.build.build_result import Outcome


class Answer(Protocol):
    """What a task came to."""

    @property
    def status(self) -> int:
        """Return its exit status."""

    def as_text(self) -> str:
        """Return it for a person."""

    def as_json(self) -> dict[str, Any]:
        """Return it for a program."""


HERE = Folders.here()
LINT = (
    ("-m", "ruff", "check"),
    ("-m", "ruff", "format", "--check"),
    ("-m", "mypy"),
    # it has no module to run
    ("-c", "from importlinter.cli import lint_imports_command as main; main(['--no-logo'])"),
)


def needs_tools(name: str) -> None:
    """Refuse to go on where what the task *name* needs was not set up."""
    if importlib.util.find_spec("pytest") is None:
        raise ConfigurationError(f"the tools for developers are missing; ./inv {name} sets them up")


def python(*arguments: str) -> int:
    """Run a developer's tool at the root of the project and return its exit status."""
    needs_tools("test")
    return signals.run([sys.executable, "-I", *arguments], cwd=HERE.root).returncode


def wants_json(output: str) -> bool:
    """Return whether programs are to read what a task prints."""
    if output not in {"text", "json"}:
        raise Exit(f"--output is text or json, not '{output}'", code=USAGE)
    return output == "json"


def as_json(values: Iterable[Any]) -> str:
    """Return frozen values as a JSON array."""
    return json.dumps(list(map(asdict, values)), ensure_ascii=False, indent=2)


WHICH = {
    "audience": "only this brief, by the name of its file in content/briefs",
    "lang": "only this language",
    "format": "only html, or only pdf",
    "jobs": "how many pages to print at once (0, or not given: one for each processor)",
    "content": "folder of the content (default: content)",
    "out": "folder of the outputs (default: build)",
    "output": "text, or json for programs",
}
RELEASES = "folder of the releases (default: releases)"
EACH = ["audience", "lang", "format"]


def pick(*names: str) -> dict[str, str]:
    """Return the help of the options called *names*."""
    return {name: WHICH[name] for name in names}


def folder(option: str, name: str | None, usual: Path) -> Path:
    """Return the folder that *option* names, or the *usual* one where it is not given."""
    if name == "":
        raise Exit(f"--{option} needs the name of a folder", code=USAGE)
    return usual if name is None else Path(name).absolute()


def file(option: str, name: str | None) -> Path | None:
    """Return the file that *option* names, or None where it is not given."""
    if name == "":
        raise Exit(f"--{option} needs the name of a file", code=USAGE)
    return None if name is None else Path(name).absolute()


def named(option: str, name: str | None) -> str:
    """Return the name that *option* gives, '' where it is not given; one that is empty is a slip of a script."""
    if name == "":
        raise Exit(f"--{option} needs a name", code=USAGE)
    return name or ""


def requested(**given: Any) -> Request:  # noqa: ANN401 - the options of a task
    """Return what the options of a task ask for, after a look at their words."""
    from press.build.build_request import Request, briefs, languages
    from press.build.formats import FORMATS

    content = folder("content", given.get("content"), HERE.content)
    if not content.is_dir():
        raise Exit(
            f"there is no folder {paths.shown(content)}; name the content's folder with --content",
            code=USAGE,
        )
    known = {"audience": briefs(content), "lang": languages(content), "format": FORMATS}
    for option, names in known.items():
        for name in given.get(option) or ():
            if name not in names:
                raise Exit(
                    f"--{option}: there is no '{name}'{did_you_mean(name, names)}", code=USAGE
                )
    if given.get("jobs", 0) < 0:
        raise Exit("--jobs is a whole number from 1, or 0: one for each processor", code=USAGE)
    return Request(
        replace(HERE, content=content, build=folder("out", given.get("out"), HERE.build)),
        audiences=tuple(given.get("audience") or ()),
        languages=tuple(given.get("lang") or ()),
        formats=tuple(given.get("format") or FORMATS),
        jobs=given.get("jobs", 0),
    )


def show_refused(refused: PressError, *, json_wanted: bool) -> None:
    """Show why nothing could be done; what is no problem of the content, the program says by itself."""
    from press.build.build_result import Outcome
    from press.cli import display

    problems = getattr(refused, "problems", ())
    if json_wanted:
        message = "" if problems else str(refused)
        print(display.as_json(Outcome(refused.status, problems, (), message=message)))
    else:
        display.show_problems(problems)


def reported(run: Callable[[], Outcome], output: str, out: str) -> None:
    """Do *run*, show what it came to, and exit with its status."""
    from press.cli import display

    json_wanted = wants_json(output)
    try:
        outcome = run()
    except PressError as refused:
        show_refused(refused, json_wanted=json_wanted)
        raise
    if json_wanted:
        print(display.as_json(outcome))
    else:
        display.show_problems(outcome.problems)
        display.show_reports(outcome.reports)
        display.show_outcome(outcome, out)
    if outcome.status:
        raise Exit(code=outcome.status)


def answered(run: Callable[[], Answer], output: str) -> None:
    """Do *run*, print its answer, and exit with its status."""
    json_wanted = wants_json(output)
    try:
        answer = run()
    except PressError as refused:
        show_refused(refused, json_wanted=json_wanted)
        raise
    print(
        json.dumps(answer.as_json(), ensure_ascii=False, indent=1)
        if json_wanted
        else answer.as_text()
    )
    if answer.status:
        raise Exit(code=answer.status)


@task(iterable=EACH, help=pick(*WHICH))
def build(
    _: Context,
    audience: Any = None,  # noqa: ANN401 - a list, by `iterable`
    lang: Any = None,  # noqa: ANN401
    format: Any = None,  # noqa: ANN401, A002
    jobs: int = 0,
    content: str | None = None,
    out: str | None = None,
    output: str = "text",
) -> None:
    """Build the briefs, as HTML and PDF.

    What has not changed is kept. A mistake in one brief leaves the others built, and moves its last good files to
    build/stale.

    Exit status: 0 when all is well; 1 when a brief has a mistake and the others are built; 65 when the mistake is
    in what all share, or when no brief is left to build: then nothing is touched; 2 for a mistake in the command,
    74 for a file or folder that could not be read or written, 75 while another run is at work, 78 when the machine
    lacks something.
    """
    from press.build import build as building
    from press.cli import display

    request = requested(
        audience=audience, lang=lang, format=format, jobs=jobs, content=content, out=out
    )
    with display.progress("printing") as progress:
        reported(lambda: building.build(request, progress), output, paths.shown(request.out))


@task(
    iterable=["audience", "lang"],
    help=pick("audience", "lang", "jobs", "content", "output")
    | {"print": "print as well, to see budget, geometry and glyphs"},
)
def check(
    _: Context,
    audience: Any = None,  # noqa: ANN401
    lang: Any = None,  # noqa: ANN401
    print: bool = True,  # noqa: A002, FBT001, FBT002
    jobs: int = 0,
    content: str | None = None,
    output: str = "text",
) -> None:
    """Check the content: all mistakes at once, each with its place.

    Goes the same way as a build, prints included, and writes no output.

    Exit status: as of build.
    """
    from press.build import build as building
    from press.cli import display

    request = requested(audience=audience, lang=lang, jobs=jobs, content=content)
    with display.progress("printing" if print else "checking") as progress:
        reported(lambda: building.check(request, progress, printing=print), output, "")


@task(iterable=EACH, help=pick("audience", "lang", "format", "content", "out", "output"))
def plan(
    _: Context,
    audience: Any = None,  # noqa: ANN401
    lang: Any = None,  # noqa: ANN401
    format: Any = None,  # noqa: ANN401, A002
    content: str | None = None,
    out: str | None = None,
    output: str = "text",
) -> None:
    """Say what a build would render, and why.

    Exit status: as of build.
    """
    from press.build import build as building

    request = requested(audience=audience, lang=lang, format=format, content=content, out=out)
    reported(lambda: building.plan(request), output, paths.shown(request.out))


@task(help=pick("content", "out"))
def catalogue(_: Context, content: str | None = None, out: str | None = None) -> None:
    """Make the catalogue alone, and print its path: each kind of block, in the colours of each audience.

    The other outputs stay as they are. It shows how a block is typed, how it looks, and what a change to a template
    or style does. Open it in a browser; it needs no other file.

    Exit status: 0 when it was made; else as of build.
    """
    from press.build import catalogue as making

    try:
        print(paths.shown(making.make(requested(content=content, out=out))))
    except PressError as refused:
        show_refused(refused, json_wanted=False)
        raise


@task(
    help={
        "draft": "release briefs that are drafts, too",
        "uncommitted": "release content that git has not in its last commit, too",
        "stale": "release without the briefs that have mistakes",
        "sign": "secret key of minisign or ssh, to sign the digests with",
    }
    | pick("content", "out", "output")
    | {"releases": RELEASES}
)
def release(
    _: Context,
    draft: bool = False,  # noqa: FBT001, FBT002
    uncommitted: bool = False,  # noqa: FBT001, FBT002
    stale: bool = False,  # noqa: FBT001, FBT002
    sign: str | None = None,
    content: str | None = None,
    out: str | None = None,
    releases: str | None = None,
    output: str = "text",
) -> None:
    """Freeze what is built into releases/DATE.NUMBER, which never changes again.

    The outputs have to be what the content gives: run build first, and look at them. Drafts, mistakes and what is
    not committed are refused, unless the option for it is given; the manifest then says so. Where nothing has changed
    since the latest release, none is made.

    Exit status: 0 when there is a release of what is built; 65 when it is refused; 2 for a mistake in the command,
    74 for a file that could not be read or written or a key that does not sign, 75 while another run is at work, 78
    when the machine lacks something.
    """
    from press.cli import display
    from press.release import freeze as releasing

    request = requested(content=content, out=out)
    allowed = {"draft": draft, "stale": stale, "uncommitted": uncommitted}
    wishes = releasing.Wishes(
        folder("releases", releases, HERE.releases),
        frozenset(name for name, wanted in allowed.items() if wanted),
        file("sign", sign),
    )
    with display.progress("printing") as progress:
        answered(lambda: releasing.release(request, wishes, progress), output)


@task(
    positional=["path"],
    help={
        "path": "folder of a release, a zip for handing on, or one file of a release",
        "key": "the publisher's public key, of minisign or ssh: who made it is proved, too",
        "against": "the release that one file is compared with: its folder, or one with its sums and manifest",
    }
    | pick("output"),
)
def verify(
    _: Context,
    path: str,
    key: str | None = None,
    against: str | None = None,
    output: str = "text",
) -> None:
    """Say whether a release is as it was released, and what that proves.

    Every file that was changed, lost, added, swapped or renamed is named. Needs no network, and trusts nothing that
    came with the files but their digests: with --key, not even these. docs/verify.md tells how to do it without Press.

    Exit status: 0 when it is sound; 1 when there is damage; 2 for a mistake in the command, or a file that only
    its release can vouch for; 74 for what could not be read or is no release; 78 when the machine lacks something.
    """
    from press.release import verify as verifying

    public, release_ = file("key", key), file("against", against)
    answered(lambda: verifying.verify(Path(path), public, release_), output)


@task(
    positional=["old", "new"],
    help=pick("output")
    | {
        "old": "a release (by its id, such as 2026-11-24.1, or 'latest'), 'build', the folder of a release or of a "
        "build, or 'tree': what the content gives now (default: latest)",
        "new": "likewise (default: tree)",
        "html": "also write the comparison to this file, as a page",
        "content": "folder of the content that 'tree' means (default: content)",
    },
)
def diff(
    _: Context,
    old: str = "latest",
    new: str = "tree",
    html: str | None = None,
    content: str | None = None,
    output: str = "text",
) -> None:
    """Show what a reader would see changed between two releases, a build or the content.

    Values come first; then, brief by brief and block by block, old and new texts, what only the old one has
    between [- and -], what only the new one has between {+ and +}; blocks that are new, gone or moved; notes,
    references, figures and what is said of the series. Nothing is printed for it.

    Exit status: 0 whether anything has changed or not; 1 when an edition could not be compared, since it has
    mistakes or is stale, and the others were; 2 for a mistake in the command, such as a release that does not
    exist; 65 when the content has a mistake in what all share; 74 for a file that could not be read or written,
    or is not what was released.
    """
    from press.cli import display
    from press.release.diff import difference as report

    json_wanted = wants_json(output)
    if html is not None and not html.endswith(".html"):
        raise Exit("--html needs the name of a page, such as diff.html", code=USAGE)
    if content is not None and "tree" not in {old, new}:
        raise Exit("--content is for 'tree', which is not compared here", code=USAGE)
    folders = requested(content=content).folders if "tree" in {old, new} else HERE
    try:
        told = report.report(old, new, folders)
        if html is not None:
            told.write(Path(html).absolute())
    except PressError as refused:
        show_refused(refused, json_wanted=json_wanted)
        raise
    problems = [*told.old.problems, *told.new.problems]
    if json_wanted:
        head = {"status": told.status, "problems": display.listed(problems), "message": ""}
        print(report.dumped(head | told.as_json()))
    else:
        display.show_problems(problems)
        print(told.as_text(coloured=display.coloured()), end="")
    if told.status:
        raise Exit(code=told.status)


@task(
    iterable=["audience", "lang"],
    help=pick("audience", "lang", "jobs", "content", "output")
    | {"out": "folder of the kits (default: kits)"},
)
def kit(
    _: Context,
    audience: Any = None,  # noqa: ANN401
    lang: Any = None,  # noqa: ANN401
    jobs: int = 0,
    content: str | None = None,
    out: str | None = None,
    output: str = "text",
) -> None:
    """Make what helps to post a brief by hand, on a website or in a messenger.

    In kits/LANGUAGE/AUDIENCE: post.html, the body of a post without styles and scripts; excerpt.txt, its excerpt;
    message.txt, a short message for messengers; page-1.png, a picture of page 1; and the pictures of the post. A
    kit that nobody asked for stays as it is, that of a brief with a mistake is removed.

    Exit status: as of build.
    """
    from press.cli import display
    from press.release.kit import kits as making

    asked = requested(audience=audience, lang=lang, jobs=jobs, content=content)
    kits = folder("out", out, HERE.kits)
    request = replace(asked, folders=replace(asked.folders, kits=kits))
    with display.progress("printing") as progress:
        reported(lambda: making.make(request, progress), output, paths.shown(kits))


SENDING = {
    "audience": "whose brief to send, such as health",
    "to": "the list of readers: a CSV file with the columns email, name and language",
    "release": "which release (default: the latest)",
    "lang": "only to readers who get this language",
    "suppress": "a CSV file with the column email: these get nothing",
    "really": "send; without it, nothing leaves this machine",
    "readers": "with --really: the number of readers that you expect",
    "limit": "send to so many readers at most (0: no limit)",
    "resume": "only to those whom an earlier run left queued or deferred; --to is not needed",
    "resend-unknown": "also to those of whom nobody knows whether they got it",
    "correction": "to all who have received the release that this one corrects; --to is not needed",
    "draft": "send a brief that is a draft, too",
    "out": "do not send, but write each message as an .eml file into this new folder",
    "csv": "do not send, but write a list for a mail merge, with the right file for each reader",
    "content": "folder of the content, with mail.yaml (default: content)",
    "releases": RELEASES,
    "output": WHICH["output"],
}


@task(help=SENDING)
def send(
    _: Context,
    audience: str = "",
    to: str | None = None,
    release: str | None = None,
    lang: str | None = None,
    suppress: str | None = None,
    really: bool = False,  # noqa: FBT001, FBT002
    readers: int = -1,
    limit: int = 0,
    resume: bool = False,  # noqa: FBT001, FBT002
    resend_unknown: bool = False,  # noqa: FBT001, FBT002
    correction: bool = False,  # noqa: FBT001, FBT002
    draft: bool = False,  # noqa: FBT001, FBT002
    out: str | None = None,
    csv: str | None = None,
    content: str | None = None,
    releases: str | None = None,
    output: str = "text",
) -> None:
    """Send a brief of a release to a list of readers, each in his language; without --really, show who would get what.

    A list has a first line with the names of its columns, and a reader in each further line:

        email,name,language
        aigul@example.org,Aigul,en

    Every address is looked at before anybody is written to. Who reads a language that the release does not have
    gets the first language of the series, and the list says so. Then

        inv send --audience health --to readers.csv --really --readers 214

    sends, if it is to 214 readers. The server and the sender stand in content/mail.yaml; docs/sending.md tells how.
    What has become of each message is kept in releases/ID.ledger.sqlite, so that a run may be stopped or killed at
    any moment: the same command, or --resume, goes on and sends nobody a second copy. Where a message was on its
    way and no answer came, its state is unknown, and it is not sent again but with --resend-unknown. The report is
    releases/ID.send-report.csv.

    Exit status: 0 when all is well; 1 when a reader was refused for good, or may not have got it; 2 for a mistake
    in the command; 65 when the list or mail.yaml has mistakes, or the release may not be sent: then nobody was
    written to; 74 for a file that could not be read or written; 75 when some are left to be tried again, or another
    run is sending; 78 when the settings are missing or wrong, or the server refuses them.
    """
    from press.cli import display, sent
    from press.deliver import mail

    json_wanted = wants_json(output)
    request = mail.SendRequest(
        audience=audience,
        folders=replace(
            HERE,
            content=folder("content", content, HERE.content),
            releases=folder("releases", releases, HERE.releases),
        ),
        release=named("release", release),
        to=file("to", to),
        suppress=file("suppress", suppress),
        lang=named("lang", lang),
        really=really,
        readers=None if readers < 0 else readers,
        out=file("out", out),
        csv=file("csv", csv),
        limit=limit,
        resume=resume,
        resend_unknown=resend_unknown,
        correction=correction,
        draft=draft,
    )
    try:
        with display.progress("sending") as progress:
            outcome = mail.send(request, progress)
    except PressError as refused:
        show_refused(refused, json_wanted=json_wanted)
        raise
    if not json_wanted:
        display.show_problems(outcome.problems)
    print(sent.as_json(outcome) if json_wanted else sent.text(outcome))
    if outcome.status:
        raise Exit(code=outcome.status)


@task(
    iterable=["audience"],
    help=pick("audience", "output")
    | {"renew": "approve what is there now, where it looks different"},
)
def pictures(
    _: Context,
    audience: Any = None,  # noqa: ANN401
    renew: bool = False,  # noqa: FBT001, FBT002
    output: str = "text",
) -> None:
    """Compare how all pages look with the approved pictures.

    Takes a picture of each page of each PDF, and of each HTML page: 360 and 1440 pixels wide, and dark, and
    names those that a reader could tell from the pictures in tests/pictures. The page .press/pictures/index.html
    shows them side by side. Silent when all look the same. With --renew only the pictures that look different are
    written, so that a commit shows what has changed.

    Exit status: 0 when all look as approved, or were renewed; 1 when one does not; 65 when a brief has a mistake; 78
    when there is no browser.
    """
    from press.cli import display
    from press.cli.doctor import needed

    needs_tools("pictures")
    request, json_wanted = requested(audience=audience), wants_json(output)
    try:
        with display.progress("taking pictures") as progress:
            from press.tools import looks as album

            seen = album.look(request, needed("browser"), progress, renew=renew)
    except PressError as refused:
        show_refused(refused, json_wanted=json_wanted)
        raise
    status = FAILED if seen and not renew else OK
    print(
        album.as_json(seen, status) if json_wanted else album.told(HERE, seen, renewed=renew),
        end="",
    )
    if status:
        raise Exit(code=status)


@task(
    help={
        "out": WHICH["out"],
        "store": "also what is kept between builds: the next one renders everything",
    }
)
def clean(_: Context, out: str | None = None, store: bool = False) -> None:  # noqa: FBT001, FBT002
    """Remove the outputs.

    Exit status: 0 when they are gone; 2 for a mistake in the command, 74 for a folder that is not Press's or a file
    that could not be removed, 75 while another run is at work.
    """
    from press.build import build as building

    request = requested(out=out)
    if request.out.exists() and not request.out.is_dir():
        raise OutputError(f"{paths.shown(request.out)} is not a folder")
    removed = building.clean(request, store_too=store)
    print(f"removed {', '.join(removed)}" if removed else "there was nothing to remove")


@task(
    help={
        "target": "a folder, s3://bucket/prefix, or sftp://user@host:port/path",
        "release": "this release, by the name of its folder in releases/ (default: the latest)",
        "superseded": "publish what --release names although a later release corrects it",
        "draft": "publish a release that holds drafts",
        "stale": "publish a release that was made without briefs that have mistakes",
        "dry-run": "show what would be sent, replaced, removed and kept, and change nothing",
        "verify": "read back what lies there, and what is sent before it goes live",
        "full": "send every file, whatever lies there",
        "known-hosts": "file of the host keys that are known (default: those of ssh)",
        "releases": RELEASES,
        "output": WHICH["output"],
    }
)
def publish(
    _: Context,
    target: str,
    release: str | None = None,
    superseded: bool = False,  # noqa: FBT001, FBT002
    draft: bool = False,  # noqa: FBT001, FBT002
    stale: bool = False,  # noqa: FBT001, FBT002
    dry_run: bool = False,  # noqa: FBT001, FBT002
    verify: bool = False,  # noqa: FBT001, FBT002
    full: bool = False,  # noqa: FBT001, FBT002
    known_hosts: str | None = None,
    releases: str | None = None,
    output: str = "text",
) -> None:
    """Publish a release as a site: inv publish TARGET.

    Sends only what has changed, under names that no page links to; when all has arrived it goes live, each file
    whole: new files, then pages, the index last, removals after that. Until then the old site is untouched. A publish
    that breaks is completed by running it again. What Press did not publish is neither replaced nor removed.

    Keys and passwords come from where ssh and the tools for S3 look, never from TARGET; docs/publishing.md tells
    where that is, and what happens when a publish breaks.

    Exit status: 0 when the site is up to date; 1 when a file that should go was changed there by others, and is left;
    2 for a mistake in the command; 65 when this release is not to be published there; 74 for a file that could not be
    read or written, or that Press did not publish; 75 when the network failed or another publish is at work; 78 for
    missing keys or an unknown host.
    """
    from press.cli import display, published
    from press.deliver import publish as publishing

    json_wanted = wants_json(output)
    request = publishing.PublishRequest(
        target,
        replace(HERE, releases=folder("releases", releases, HERE.releases)),
        release=named("release", release),
        superseded=superseded,
        draft=draft,
        stale=stale,
        known_hosts=file("known-hosts", known_hosts),
        verify=verify,
        full=full,
        dry=dry_run,
    )
    try:
        with display.progress("sending", in_bytes=True) as progress:
            report = publishing.publish(request, progress)
    except PressError as refused:
        if json_wanted:
            print(published.refused(refused))
        raise
    print(published.as_json(report) if json_wanted else published.shown(report))
    if report.status:
        raise Exit(code=report.status)


@task
def fonts(_: Context) -> None:
    """Make the committed font files again, byte for byte."""
    needs_tools("fonts")
    from press.tools.font_files import make

    make(HERE.fonts)


@task(
    positional=["path"],
    iterable=["path"],
    help={
        "path": "only the tests of this room, folder or file (default: all)",
        "fast": "only the files whose tests take less than a tenth of a second each",
        "match": "only those whose name matches: a word, or 'a and not b'",
        "record": "note in tests/durations.json how long they took",
    },
)
def test(
    _: Context,
    path: Any = None,  # noqa: ANN401
    fast: bool = False,  # noqa: FBT001, FBT002
    match: str = "",
    record: bool = False,  # noqa: FBT001, FBT002
) -> None:
    """Run the tests: all, or those of some rooms.

    Tells at its start how many tests there are and how long they took when that was last recorded. Some tests run in
    full only where the variable CI or PRESS_TEST_ALL=1 is set; they are named at the end.

    Exit status: 0 when all pass; 1 when one fails; 2 for a mistake in the command; 5 when there is none.
    """
    from press.tools import testing

    if status := python(*testing.command(path or (), fast=fast, match=match, record=record)):
        raise Exit(code=status)


@task
def lint(_: Context) -> None:
    """Check the code: style, format, types, layers."""
    statuses = [python(*tool) for tool in LINT]
    if any(statuses):
        raise Exit(code=FAILED)


@task(help={"output": "text, or json for programs"})
def doctor(_: Context, output: str = "text") -> None:
    """Tell what this machine has and lacks, and how to mend it.

    Exit status: 0 when it has all that a build needs; 78 when it lacks something.
    """
    from press.cli.doctor import look, shown

    findings = look()
    print(as_json(findings) if wants_json(output) else shown(findings))
    if any(finding.needed and not finding.good for finding in findings):
        raise Exit(code=CONFIGURATION)


@task(
    iterable=["briefs"],
    help={
        "briefs": "how many briefs to build (default: 1, 3 and 12)",
        "rounds": "how many turns to take the median of",
        "output": "text, or json for programs",
    },
)
def bench(
    _: Context,
    briefs: Any = None,  # noqa: ANN401
    rounds: int = 5,
    output: str = "text",
) -> None:
    """Time builds beside a plain WeasyPrint script that prints the same pages with the same faces.

    Cold, with one brief edited, and unchanged; each figure is the median of several turns, in which the two commands
    alternate. Takes some minutes; leave the machine alone meanwhile.

    Exit status: 0 when all was measured; 2 for a mistake in the command, 78 when a command failed.
    """
    from press.cli import display
    from press.tools import bench as benching

    counts = [int(count) for count in briefs or ("1", "3", "12") if count.isdigit()]
    if rounds < 1 or 0 in counts or len(counts) != len(briefs or counts):
        raise Exit("--briefs and --rounds are whole numbers from 1", code=USAGE)
    with display.progress("measuring") as progress:
        answered(lambda: benching.bench(HERE.root, counts, rounds, progress), output)
