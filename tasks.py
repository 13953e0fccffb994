"""What `./inv` does: sentences, each of which calls one function of press."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke import Context, Exit, task

from press import paths
from press.paths import ROOT
from press.problems import (
    CONFIGURATION,
    FAILED,
    USAGE,
    ConfigurationError,
    OutputError,
    PressError,
    did_you_mean,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from press.outcome import Outcome
    from press.request import Request

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
    return subprocess.run([sys.executable, "-I", *arguments], cwd=ROOT, check=False).returncode


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
EACH = ["audience", "lang", "format"]


def pick(*names: str) -> dict[str, str]:
    """Return the help of the options called *names*."""
    return {name: WHICH[name] for name in names}


def folder(option: str, name: str | None, usual: Path) -> Path:
    """Return the folder that *option* names, or the *usual* one where it is not given."""
    if name == "":
        raise Exit(f"--{option} needs the name of a folder", code=USAGE)
    return usual if name is None else Path(name).absolute()


def requested(**given: Any) -> Request:  # noqa: ANN401 - the options of a task
    """Return what the options of a task ask for, after a look at their words."""
    from press.request import FORMATS, Request, briefs, languages

    content = folder("content", given.get("content"), paths.CONTENT)
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
        content=content,
        out=folder("out", given.get("out"), paths.BUILD),
        audiences=tuple(given.get("audience") or ()),
        languages=tuple(given.get("lang") or ()),
        formats=tuple(given.get("format") or FORMATS),
        jobs=given.get("jobs", 0),
    )


def show_refused(refused: PressError, *, json_wanted: bool) -> None:
    """Show why nothing could be done; what is no problem of the content, the program says by itself."""
    from press import display
    from press.outcome import Outcome

    problems = getattr(refused, "problems", ())
    if json_wanted:
        message = "" if problems else str(refused)
        print(display.as_json(Outcome(refused.status, problems, (), message=message)))
    else:
        display.show_problems(problems)


def reported(run: Callable[[], Outcome], output: str, out: str) -> None:
    """Do *run*, show what it came to, and exit with its status."""
    from press import display

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
    from press import build as building
    from press import display

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
    """
    from press import build as building
    from press import display

    request = requested(audience=audience, lang=lang, jobs=jobs, content=content)
    with display.progress("printing") as progress:
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
    """Say what a build would render, and why."""
    from press import build as building

    request = requested(audience=audience, lang=lang, format=format, content=content, out=out)
    reported(lambda: building.plan(request), output, paths.shown(request.out))


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
    from press import display
    from press.doctor import needed

    needs_tools("pictures")
    request, json_wanted = requested(audience=audience), wants_json(output)
    try:
        with display.progress("taking pictures") as progress:
            from press import pictures as album

            seen = album.look(request, needed("browser"), progress, renew=renew)
    except PressError as refused:
        show_refused(refused, json_wanted=json_wanted)
        raise
    print(album.as_json(seen) if json_wanted else album.told(seen, renewed=renew), end="")
    if seen and not renew:
        raise Exit(code=FAILED)


@task(
    help={
        "out": WHICH["out"],
        "store": "also what is kept between builds: the next one renders everything",
    }
)
def clean(_: Context, out: str | None = None, store: bool = False) -> None:  # noqa: FBT001, FBT002
    """Remove the outputs."""
    from press import build as building

    request = requested(out=out)
    if request.out.exists() and not request.out.is_dir():
        raise OutputError(f"{paths.shown(request.out)} is not a folder")
    removed = building.clean(request, store_too=store)
    print(f"removed {', '.join(removed)}" if removed else "there was nothing to remove")


@task
def fonts(_: Context) -> None:
    """Make the committed font files again, byte for byte."""
    from press.fonts import make

    make(paths.FONTS)


@task(help={"match": "run only those whose name matches: a word, or 'a and not b'"})
def test(_: Context, match: str = "") -> None:
    """Run the tests."""
    # whole files to one process each: what a file sets up for its tests is set up once
    if status := python(
        "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", *(["-k", match] if match else [])
    ):
        raise Exit(code=status)


@task
def lint(_: Context) -> None:
    """Check the code: style, format, types, layers."""
    statuses = [python(*tool) for tool in LINT]
    if any(statuses):
        raise Exit(code=FAILED)


@task(help={"output": "text, or json for programs"})
def doctor(_: Context, output: str = "text") -> None:
    """Tell what this machine has and lacks, and how to mend it."""
    from press.doctor import look, shown

    findings = look()
    print(as_json(findings) if wants_json(output) else shown(findings))
    if any(finding.needed and not finding.good for finding in findings):
        raise Exit(code=CONFIGURATION)
