"""Drive a print server: send it pages and receive prints, or the reason for the author why there is no print."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from select import POLLIN, poll
from typing import Self

from press.ground import signals
from press.page.fonts import FAMILIES
from press.print.facts import Facts, Print
from press.print.server import packets
from press.print.server.guard import PrintLimits
from press.problems import ConfigurationError, PressError

START_SECONDS = 120.0
SPARE_SECONDS = 30.0  # a server that has not answered so long after the time limit hangs
END_SECONDS = 5.0
ATTEMPTS = 2  # the second with a fresh server, if the first dies
ENDED = "the print server was ended"
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
HOMEBREW = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"  # macOS looks only in the last by itself


class PrintFailedError(PressError):
    """A page has no print; *kind* is late, memory, denied, died, failed or ended; *block* is the cause, if known."""

    def __init__(self, message: str, kind: str = "failed", block: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.block = block


@dataclass(frozen=True, slots=True)
class Setup:
    """What a print server needs to know before its first page."""

    fontconfig: Path  # the private fontconfig file
    families: frozenset[str] = FAMILIES
    limits: PrintLimits = field(default_factory=PrintLimits)


class PrintServer:
    """A warm process that prints one page after the other, each in a locked child; for one thread at a time.

    In a `with` it starts at once, else with its first page.
    """

    def __init__(self, setup: Setup) -> None:
        self.cpu = 0.0  # seconds of the processor that its prints have taken
        self._setup = setup
        self._connection: _Connection | None = None
        self._ended = False

    def __enter__(self) -> Self:
        self._running()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int | None:
        """The process, if there is one."""
        return None if self._connection is None else self._connection.process.pid

    def print(self, html: str, assets: Mapping[str, bytes]) -> Print:
        """Print a page that refers to its *assets* as `asset:NAME`.

        Raises:
            ConfigurationError: the machine lacks what printing needs.
            PrintFailedError: there is no print; the message says why.
        """
        limits = self._setup.limits
        header = {"assets": list(assets), "limits": asdict(limits)}
        question = packets.pack(header, (html.encode(), *assets.values()))
        for _ in range(ATTEMPTS):
            connection = self._running()
            try:
                answer = connection.ask(question, limits.clock + SPARE_SECONDS)
            except (packets.HungUpError, OSError):
                self._drop()
            except BaseException:
                self._drop()  # half a packet may be on its way
                raise
            else:
                self.cpu += answer.header.get("cpu", 0.0)
                return _print(answer, limits)
        raise PrintFailedError("the print server died twice over this page", "died")

    def end(self) -> None:
        """End the process, politely at first."""
        self._ended = True
        if self._connection is not None:
            self._connection.socket.close()  # tells the server to end
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._connection.process.wait(END_SECONDS)
        self._drop()

    def kill(self) -> None:
        """End the process at once, from any thread; one that waits for a print gets a PrintFailedError."""
        self._ended = True
        if (connection := self._connection) is not None:
            connection.kill()

    def _running(self) -> "_Connection":
        """Return the connection to the process, which is started unless it runs.

        Raises:
            ConfigurationError: the machine lacks what printing needs.
            PrintFailedError: this server was ended.
        """
        if self._connection is not None and self._connection.process.poll() is not None:
            self._drop()
        if self._connection is None and not self._ended:
            self._connection = _launch(self._setup.fontconfig)
            try:
                if not self._ended:  # by another thread, which could not see this connection yet
                    _greet(self._connection, self._setup)
            except BaseException:
                self._drop()
                if not self._ended:  # by another thread
                    raise
        if self._ended or self._connection is None:
            self._drop()
            raise PrintFailedError(ENDED, "ended")
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


@dataclass(frozen=True, slots=True)
class _Connection:
    """The process of a print server, and the socket to it."""

    process: subprocess.Popen[bytes]
    socket: socket.socket

    def ask(self, question: bytes, seconds: float) -> packets.Packet:
        packets.write(self.socket.fileno(), question)
        waiting = poll()
        waiting.register(self.socket, POLLIN)
        if not waiting.poll(seconds * 1000):
            raise packets.HungUpError("the print server hangs")
        return packets.read(self.socket.fileno())

    def kill(self) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)  # its child too

    def close(self) -> None:
        self.socket.close()
        self.kill()
        with self.process:  # waits for it, so that it is no zombie
            pass
        signals.dismiss(self.process.pid)


def _launch(fontconfig: Path) -> _Connection:
    libraries = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    if sys.platform == "darwin":
        libraries.setdefault("DYLD_FALLBACK_LIBRARY_PATH", HOMEBREW)
    ours, theirs = socket.socketpair()
    with theirs:
        process = signals.start(
            "press.print.server.serve",
            str(theirs.fileno()),
            {**libraries, "FONTCONFIG_FILE": str(fontconfig.resolve())},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    return _Connection(process, ours)


def _greet(connection: _Connection, setup: Setup) -> None:
    """Send the setup and wait until the server is ready."""
    start = {"families": sorted(setup.families), "parent": os.getpid()}
    try:
        answer = connection.ask(packets.pack(start), START_SECONDS)
    except (packets.HungUpError, OSError) as error:
        connection.kill()
        lines = connection.process.communicate()[1].decode("utf-8", "replace").splitlines()
        status = f"it ended with {connection.process.returncode} ({error})"
        reason = next((line for line in reversed(lines) if line.strip()), status)
        raise ConfigurationError(f"the print server does not start: {reason}") from error
    if answer.header["kind"] == "unfit":
        raise ConfigurationError(answer.header["what"])


def _print(answer: packets.Packet, limits: PrintLimits) -> Print:
    kind, what = answer.header["kind"], answer.header.get("what", "")
    if kind == "print":
        return Print(answer.blobs[0], Facts.from_json(answer.header["facts"]))
    unit, size = ("GiB", 1 << 30) if limits.memory >= 1 << 30 else ("MiB", 1 << 20)
    messages = {
        "late": f"the page needs more than {limits.seconds:g} s of the processor to print",
        "memory": f"the page asked for more than {limits.memory / size:g} {unit} of memory",
        "denied": f"the page made the print engine reach outside: {what}",
        "died": f"the print engine died over this page: {what}",
        "failed": f"the print engine failed over this page: {what}",
    }
    raise PrintFailedError(messages[kind], kind)
