"""Extract what a review's file holds, in a process with limits, which a hostile file ends."""

import resource
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from pydantic import TypeAdapter

from press.ground import disk, signals
from press.ground.lock import reported
from press.ground.paths import shown
from press.ingest.document import Document
from press.problems import OK, ConfigurationError, PressError, RefusedError, did_you_mean

# From the ending of a file to the module of this room that reads such files.
READERS = {
    ".txt": "plain_text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "web_page",
    ".htm": "web_page",
    ".docx": "word",
    ".pdf": "pdf",
}
MOST_BYTES = 50_000_000
MOST_LETTERS = 5_000_000  # two thousand pages
MEMORY = 2 << 30  # bytes
SECONDS, SECONDS_OF_PDF = 60, 300  # of the processor; a PDF takes a fifth for a page
_DOCUMENT = TypeAdapter(Document)


def extract(path: Path, seconds: int | None = None) -> Document:
    """Return what the file at *path* holds.

    Raises:
        RefusedError: it is of no known kind, empty, too large, encrypted or broken, or takes too long.
        OutputError: it cannot be opened.
        ConfigurationError: a package that reads it is missing.
    """
    name, ending = shown(path), path.suffix.lower()
    if ending not in READERS:
        hint = did_you_mean(ending, READERS)
        raise RefusedError(f"{name}: no review can be read from a file named so{hint}")
    seconds = seconds or (SECONDS_OF_PDF if ending == ".pdf" else SECONDS)
    command = [sys.executable, "-I", "-X", "utf8", "-m", __name__, ending, str(seconds)]
    with reported(path), disk.open_file(path) as file:
        size = file.seek(0, 2)
        file.seek(0)
        if not 0 < size <= MOST_BYTES:
            fault = "is larger than 50 MB; split it" if size else "is empty; export it again"
            raise RefusedError(f"{name}: this file {fault}")
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        done = signals.run(command, stdin=file, stdout=pipe, stderr=nowhere)
    if done.returncode == OK:
        return _DOCUMENT.validate_json(done.stdout)
    fault = done.stdout.decode() or f"takes more than {seconds} s to read; save it in another form"
    error = RefusedError if done.returncode != ConfigurationError.status else ConfigurationError
    raise error(f"{name}: this file {fault}")


def main(ending: str, seconds: int) -> int:
    """Read a file from standard input, print what it holds or why not, and return the status for the task."""
    limits = {"CPU": seconds, "AS": MEMORY, "FSIZE": 0, "CORE": 0}
    for name, most in limits.items():
        with suppress(ValueError, OSError):  # macOS refuses the limit of memory
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    answer, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    try:
        answer.buffer.write(_DOCUMENT.dump_json(read(ending, sys.stdin.buffer.read())))
    except PressError as error:
        answer.write(str(error))
        return error.status
    return OK


def read(ending: str, data: bytes) -> Document:
    """Return what *data* hold, of a file with this *ending*.

    Raises:
        PressError: they cannot be read, or hold no text; the message lacks the name of the file.
    """
    try:
        document: Document = import_module(f"press.ingest.{READERS[ending]}").read(data)
    except PressError:
        raise
    except ModuleNotFoundError as error:
        raise ConfigurationError(f"needs the package '{error.name}'; ./inv installs it") from error
    except MemoryError as error:
        raise RefusedError("takes more than 2 GB of memory to read; split it") from error
    except Exception as error:  # the libraries raise what they like about a broken file
        fault = "is broken, or not what its ending says; open it and save it again"
        raise RefusedError(fault) from error
    if not document.paragraphs:
        raise RefusedError("holds no text, perhaps pictures of it; let a program recognise it")
    if sum(len(line) for each in document.paragraphs for line in each.lines) > MOST_LETTERS:
        raise RefusedError("holds more than five million letters; split it")
    return document


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
