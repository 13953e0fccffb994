"""A print server as its parent sees it: pages in, prints out, a sentence for the author when there is none."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from select import POLLIN, poll
from typing import TYPE_CHECKING, Self

from press.fonts import FAMILIES
from press.pdf import wire
from press.pdf.facts import Facts, Print
from press.pdf.guard import Limits
from press.problems import ConfigurationError, PressError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

START_SECONDS = 120.0
SPARE_SECONDS = 30.0  # after its time is over, a server that has not answered hangs
END_SECONDS = 5.0
ATTEMPTS = 2  # once more, with a fresh server, if the first dies
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
HOMEBREW = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"  # macOS by itself looks in none but the last


class PrintFailedError(PressError):
    """A page has no print; *kind* is late, memory, denied, died, failed or ended."""

    def __init__(self, message: str, kind: str = "failed") -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Setup:
    """What a server is told before its first page."""

    fontconfig: Path  # the private fontconfig file
    families: frozenset[str] = FAMILIES
    limits: Limits = field(default_factory=Limits)


class Server:
    """A warm process that prints one page after the other, each in a locked child; for one thread at a time."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._ended = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the process unless it runs; `print` does so by itself.

        Raises:
            ConfigurationError: the machine lacks what printing needs.
            PrintFailedError: this server was ended.
        """
        if self._process is not None and self._process.poll() is None:
            return
        self._abandon()
        if self._ended:
            raise PrintFailedError("the print server was ended", "ended")
        try:
            self._launch()
        except BaseException:
            self._abandon()
            raise

    def print(self, html: str, assets: Mapping[str, bytes]) -> Print:
        """Print a page that refers to its *assets* as `asset:NAME`.

        Raises:
            PrintFailedError: there is no print; the message says why.
            ConfigurationError: the machine lacks what printing needs.
        """
        header = {"assets": list(assets), "limits": asdict(self._setup.limits)}
        question = wire.pack(header, (html.encode(), *assets.values()))
        for _ in range(ATTEMPTS):
            self.start()
            try:
                answer = self._ask(question)
            except (wire.HungUpError, OSError):
                self._abandon()
            except BaseException:
                self._abandon()  # half a message may be on its way
                raise
            else:
                return _judge(answer, self._setup.limits)
        raise PrintFailedError("the print server died twice over this page", "died")

    def end(self) -> None:
        """End the process, politely at first."""
        self._ended = True
        if self._socket is not None:
            self._socket.close()  # to the server the end of all work
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(END_SECONDS)
        self._abandon()

    def kill(self) -> None:
        """End the process at once, from any thread; the one that waits for a print learns of it."""
        self._ended = True
        _kill(self._process)

    def _launch(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "press.pdf.server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=_environment(self._setup.fontconfig),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the parent, which ends its servers
            )
        try:
            start = {"families": sorted(self._setup.families), "parent": os.getpid()}
            answer = self._ask(wire.pack(start), START_SECONDS)
        except (wire.HungUpError, OSError) as error:
            message = f"the print server does not start: {self._last_words() or error}"
            raise ConfigurationError(message) from error
        if answer.header["kind"] == "unfit":
            raise ConfigurationError(answer.header["what"])

    def _ask(self, question: bytes, seconds: float | None = None) -> wire.Message:
        assert self._socket is not None
        wire.write(self._socket.fileno(), question)
        waiting = poll()
        waiting.register(self._socket, POLLIN)
        if not waiting.poll((seconds or self._setup.limits.seconds + SPARE_SECONDS) * 1000):
            raise wire.HungUpError("the print server hangs")
        return wire.read(self._socket.fileno())

    def _abandon(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            _kill(self._process)
            self._process.wait()
            if self._process.stderr is not None:
                self._process.stderr.close()
        self._socket = self._process = None

    def _last_words(self) -> str:
        assert self._process is not None
        assert self._process.stderr is not None
        _kill(self._process)
        lines = self._process.stderr.read().decode("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")


def _environment(fontconfig: Path) -> dict[str, str]:
    ours = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    if sys.platform == "darwin":
        ours.setdefault("DYLD_FALLBACK_LIBRARY_PATH", HOMEBREW)
    return ours | {
        "FONTCONFIG_FILE": str(fontconfig.resolve()),
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(os.path.abspath(each or ".") for each in sys.path),  # noqa: PTH100 - '' is "here"
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None and process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its child too


def _judge(answer: wire.Message, limits: Limits) -> Print:
    kind, what = answer.header["kind"], answer.header.get("what", "")
    if kind == "print":
        return Print(answer.blobs[0], Facts.from_json(answer.header["facts"]))
    messages = {
        "late": f"the page took longer than {limits.seconds:g} s to print",
        "memory": f"the page asked for more than {_size(limits.memory)} of memory",
        "denied": f"the page made the print engine reach outside: {what}",
        "died": f"the print engine died over this page: {what}",
        "failed": f"the print engine failed over this page: {what}",
    }
    raise PrintFailedError(messages[kind], kind)


def _size(size: int) -> str:
    return f"{size / (1 << 30):g} GiB" if size >= 1 << 30 else f"{size / (1 << 20):g} MiB"
