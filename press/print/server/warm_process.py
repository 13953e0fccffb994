"""Start the process that loads the engine once, and of which each print server is a copy."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from select import POLLIN, poll
from typing import NamedTuple

from press.ground import signals
from press.print.server import packets
from press.problems import ConfigurationError

START_SECONDS = 120.0
END_SECONDS = 5.0
ATTEMPTS = 2  # the second with a fresh process, if the first dies
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
HOMEBREW = "/opt/homebrew/lib:/usr/local/lib:/usr/lib"  # macOS looks only in the last by itself


class Copy(NamedTuple):
    """A print server: its process, which leads a group of its own, and the socket to it."""

    pid: int
    line: socket.socket


class WarmProcess:
    """A process that is ready to print, and is copied for each print server; any thread may ask for one.

    It starts with the first, and anew where it died.
    """

    def __init__(self, fontconfig: Path, families: frozenset[str]) -> None:
        self._fontconfig, self._families = fontconfig, families
        self._one_by_one = threading.Lock()
        self._started: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self._copies: set[int] = set()  # in use, by their process ids
        self._dropped: list[int] = []  # that it has to wait for, so that none is a zombie
        self._ended = False

    def copy(self) -> Copy | None:
        """Return a new print server; None if this process was ended.

        Raises:
            ConfigurationError: the machine lacks what printing needs.
        """
        with self._one_by_one:
            for _ in range(ATTEMPTS):
                try:
                    line = self._running()
                    if not self._ended:
                        return self._copied(line)
                except (packets.HungUpError, OSError):
                    self._drop()
                except BaseException:
                    self._drop()  # half a packet may be on its way
                    if not self._ended:  # by another thread
                        raise
            self._drop()
        if self._ended:
            return None
        raise ConfigurationError("the process that print servers are copies of died twice")

    def drop(self, copy: Copy) -> None:
        """End a print server at once, from any thread."""
        if self._lives() and copy.pid in self._copies:  # else another process may have its number
            self._copies.discard(copy.pid)  # another thread may have done so
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS, of a zombie
                os.killpg(copy.pid, signal.SIGKILL)  # its child too
            self._dropped.append(copy.pid)

    def end(self) -> None:
        """End the process, politely at first: it waits for the servers whose sockets are closed."""
        self._ended = True
        if (started := self._started) is not None:
            process, line = started
            line.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(END_SECONDS)
        self._drop()

    def kill(self) -> None:
        """End the process at once, from any thread, and with it its copies."""
        self._ended = True
        if (started := self._started) is not None:
            _kill(started[0])

    def _lives(self) -> bool:
        return (started := self._started) is not None and started[0].poll() is None

    def _copied(self, line: socket.socket) -> Copy:
        """Ask on *line* for a copy; HungUpError or OSError says that the process is gone."""
        dropped, self._dropped = self._dropped, []
        with contextlib.ExitStack() as failing:
            ours, theirs = map(failing.enter_context, socket.socketpair())
            with theirs:
                socket.send_fds(line, [b"."], [theirs.fileno()])
                answer = ask(line, packets.pack({"dropped": dropped}), START_SECONDS)
            _refuse(answer)
            failing.pop_all()
        self._copies.add(answer.header["pid"])
        return Copy(answer.header["pid"], ours)

    def _running(self) -> socket.socket:
        """Return the socket to the process, which is started unless it runs, or was ended by another thread.

        Raises:
            ConfigurationError: the machine lacks what printing needs.
        """
        if self._started is not None and self._lives():
            return self._started[1]
        self._drop()
        self._started = process, line = _launched(self._fontconfig)
        if not self._ended:  # by another thread, which could not see this process yet
            start = packets.pack({"families": sorted(self._families), "parent": os.getpid()})
            try:
                answer = ask(line, start, START_SECONDS)
            except (packets.HungUpError, OSError) as error:
                raise ConfigurationError(_reason(process, error)) from error
            _refuse(answer)
        return line

    def _drop(self) -> None:
        if self._started is not None:
            process, line = self._started
            line.close()
            _kill(process)
            with process:  # waits for it, so that it is no zombie
                pass
            signals.dismiss(process.pid)
        self._started = None
        self._copies.clear()
        self._dropped.clear()


def ask(line: socket.socket, question: bytes, seconds: float) -> packets.Packet:
    """Return the answer to *question*.

    Raises:
        HungUpError, OSError: no answer came within *seconds*.
    """
    packets.write(line.fileno(), question)
    waiting = poll()
    waiting.register(line, POLLIN)
    if not waiting.poll(seconds * 1000):
        raise packets.HungUpError("the print server hangs")
    return packets.read(line.fileno())


def _refuse(answer: packets.Packet) -> None:
    if answer.header["kind"] == "unfit":
        raise ConfigurationError(answer.header["what"])


def _launched(fontconfig: Path) -> tuple[subprocess.Popen[bytes], socket.socket]:
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
    return process, ours


def _reason(process: subprocess.Popen[bytes], error: Exception) -> str:
    """Return why *process* does not start, and end it."""
    _kill(process)
    lines = process.communicate()[1].decode("utf-8", "replace").splitlines()
    status = f"it ended with {process.returncode} ({error})"
    reason = next((line for line in reversed(lines) if line.strip()), status)
    return f"the print server does not start: {reason}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
