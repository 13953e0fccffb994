"""Drive a print server: have pages laid out and written, or learn the reason for the author why there is no print."""

import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from select import POLLIN, poll
from typing import Self

from press.page.fonts import FAMILIES
from press.print.facts import Facts, Print
from press.print.server import packets
from press.print.server.guard import PrintLimits
from press.print.server.warm_process import Copy, WarmProcess, ask
from press.problems import PressError

SPARE_SECONDS = 30.0  # a server that has not answered so long after the time limit hangs
ATTEMPTS = 2  # the second with a fresh server, if the first dies
ENDED = "the print server was ended"


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
    """A process that prints one page after the other, each in a locked child; for one thread at a time.

    It is a copy of a *warm* process, which others may share; if none is given, it has its own. In a `with` it starts at
    once, else with its first page. A page may be laid out in several settings before one of them is written; all of
    that shares the limits of one print.
    """

    def __init__(self, setup: Setup, warm: WarmProcess | None = None) -> None:
        self.layouts = self.writings = 0  # so many until now
        self._setup = setup
        self._own = not warm
        self._warm = warm or WarmProcess(setup.fontconfig, setup.families)
        self._copy: Copy | None = None
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
        return None if self._copy is None else self._copy.pid

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
            copy = self._running()
            try:
                answer = ask(copy.line, question, limits.clock + SPARE_SECONDS)
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
        if self._copy is not None:
            self._copy.line.close()  # tells the server to end
        self._copy = None
        if self._own:
            self._warm.end()

    def kill(self) -> None:
        """End the process at once, from any thread; one that waits for a print gets a PrintFailedError."""
        self._ended = True
        if (copy := self._copy) is not None:
            self._warm.drop(copy)
        if self._own:
            self._warm.kill()

    def _running(self) -> Copy:
        """Return the process, which is started unless it runs.

        Raises:
            ConfigurationError: the machine lacks what printing needs.
            PrintFailedError: this server was ended.
        """
        if self._copy is not None and _hung_up(self._copy.line):
            self._drop()
        if self._copy is None and not self._ended:
            self._copy = self._warm.copy()
        if self._ended or self._copy is None:
            self._drop()
            raise PrintFailedError(ENDED, "ended")
        return self._copy

    def _drop(self) -> None:
        if self._copy is not None:
            self._copy.line.close()
            self._warm.drop(self._copy)
        self._copy = None


def _hung_up(line: socket.socket) -> bool:
    """Say whether the other end of *line* has closed, where it has nothing to answer."""
    waiting = poll()
    waiting.register(line, POLLIN)
    return bool(waiting.poll(0))


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
