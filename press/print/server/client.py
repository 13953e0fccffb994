"""Drive a print server: have pages laid out and written, or learn the reason for the author why there is no print."""

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

    In a `with` it starts at once, else with its first page. A page may be laid out in several settings before one of
    them is written; all of that shares the limits of one print.
    """

    def __init__(self, setup: Setup) -> None:
        self.layouts = self.writings = 0  # so many until now
        self._setup = setup
        self._connection: _Connection | None = None
        self._ended = False
        self.begin({})

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        """Start the process now, unless it runs. Raises as `print` does."""
        self._running()

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
        self.begin(assets)
        return self.write(html)

    def begin(self, assets: Mapping[str, bytes]) -> None:
        """Begin with a page that refers to its *assets* as `asset:NAME`."""
        self._assets, self._new = assets, True

    def lay_out(self, html: str, *, keep: bool = False) -> Facts:
        """Lay out the page in a setting; return what can be told before it is written.

        The child has two layouts at most, for the sake of memory: this one, and that before it if *keep* says so, else
        the one that was kept until now. Raises as `print` does.
        """
        return Facts.from_json(self._ask(html, write=False, keep=keep).header["facts"])

    def write(self, html: str) -> Print:
        """Write the page in a setting, from the layout if the child still has it. Raises as `print` does."""
        answer = self._ask(html, write=True)
        self.writings += 1
        return Print(answer.blobs[0], Facts.from_json(answer.header["facts"]))

    def _ask(self, html: str, **header: bool) -> packets.Packet:
        limits = self._setup.limits
        more = {"new": self._new, "assets": list(self._assets), "limits": asdict(limits)}
        question = packets.pack(header | more, (html.encode(), *self._assets.values()))
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
                self._new = answer.header["kind"] != "facts"
                self.layouts += answer.header.get("layouts", 0)
                _refuse(answer, limits)
                return answer
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


def _refuse(answer: packets.Packet, limits: PrintLimits) -> None:
    """Raise the failure that *answer* tells, if any."""
    kind, what = answer.header["kind"], answer.header.get("what", "")
    unit, size = ("GiB", 1 << 30) if limits.memory >= 1 << 30 else ("MiB", 1 << 20)
    messages = {
        "late": f"the page needs more than {limits.seconds:g} s of the processor to print: make it shorter or simpler",
        "memory": f"the page asked for more than {limits.memory / size:g} {unit} of memory",
        "denied": f"the page made the print engine reach outside: {what}",
        "died": f"the print engine died over this page: {what}",
        "failed": f"the print engine failed over this page: {what}",
    }
    if kind in messages:
        raise PrintFailedError(messages[kind], kind)
