"""Lock the process that prints one page: limit it, and end it at once if Python reaches outside."""

import contextlib
import ctypes
import math
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLOCK = 3.0  # seconds by the clock for one of the processor
SPARE_SECONDS = 5  # between the kill by the server and the last resort of the child
FILES = 64
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Names of audit events, by their beginnings: printing needs none of them.
FORBIDDEN = (
    "os.",
    "socket.",
    "subprocess.",
    "shutil.",
    "tempfile.",
    "ctypes.",
    "pty.",
    "signal.",
    "resource.",
    "syslog.",
    "sqlite3.",
    "urllib.Request",
    "http.client.",
    "ftplib.",
    "smtplib.",
    "webbrowser.",
)
ALLOWED = ("os.listdir", "os.scandir")  # names only, which imports ask for

_libc = ctypes.CDLL(None)  # loaded here: a locked process may load nothing


@dataclass(frozen=True, slots=True)
class PrintLimits:
    """What one print may take."""

    seconds: float = 60.0  # of the processor
    memory: int = 1 << 30  # bytes, on top of what the server has mapped

    @property
    def clock(self) -> float:
        """The same by the clock, with others at work on the machine."""
        return CLOCK * self.seconds


def die_with_parent(*, on: bool = True) -> None:
    """Ask for SIGKILL when the thread that started this process ends, or no longer (Linux only)."""
    if sys.platform == "linux":
        _libc.prctl(SET_DEATH_SIGNAL, signal.SIGKILL if on else 0, 0, 0, 0)


def lock(
    limits: PrintLimits, parent: int, readable: tuple[Path, ...], report: Callable[[str], None]
) -> None:
    """Lock this process for good; *report* is called with what was tried, just before the end."""
    die_with_parent()
    if os.getppid() != parent:  # the parent ended before we asked
        os._exit(os.EX_TEMPFAIL)
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)  # SIGPROF says why the process ended
    signal.alarm(math.ceil(limits.clock) + SPARE_SECONDS)  # last resort, for a server that hangs
    ceilings = {
        resource.RLIMIT_AS: mapped() + limits.memory,
        resource.RLIMIT_CPU: math.ceil(limits.seconds) + SPARE_SECONDS,  # likewise
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: FILES,
    }
    for what, most in ceilings.items():
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS, as `doctor` says
            resource.setrlimit(what, (most, most))
    sys.addaudithook(_hook(readable, report))


def mapped() -> int:
    """Return how many bytes of address space this process has mapped; 0 where that is not known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _hook(
    readable: tuple[Path, ...], report: Callable[[str], None]
) -> Callable[[str, tuple[Any, ...]], None]:
    folders = tuple(f"{folder}{os.sep}" for folder in readable)

    def stop(what: str) -> None:
        report(what)
        os._exit(os.EX_NOPERM)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = arguments
            if isinstance(path, int):  # a descriptor that is open already
                return
            name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - pathlib follows links, with more calls
            if flags & WRITING:
                stop(f"writing {name}")
            elif not name.startswith(folders):
                stop(f"reading {name}")
        elif event.startswith(FORBIDDEN) and event not in ALLOWED:
            stop(event)

    return hook
