"""Send copies: give each to the server once, at the provider's pace, and keep its state."""

import heapq
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from press.content.model.mail import MailServer, SendingLimits
from press.deliver.mail.connection import Connection, StopError, connect
from press.deliver.mail.delivery import BlockedError, StaleError, UncertainError, deliver
from press.deliver.mail.ledger import Ledger
from press.deliver.mail.mailing import Copy, ServerAnswer
from press.deliver.mail.message import MessageMaker
from press.deliver.mail.settings import load_secret
from press.ground import signals
from press.problems import FAILED, OK, TRY_AGAIN, PressError, counted

Progress = Callable[[int, int, str], None]

HOUR, DAY = 3600.0, 86400.0
LONGEST = HOUR + 60  # seconds that a run waits for its next turn
# different readers in a row at whom the connection is lost, before it is the server's fault
MOST_BLOCKED = 3
IDLE = 30.0  # seconds without work after which the connection is closed


@dataclass(frozen=True)
class Patience:
    """How long a server may take to answer, and the clock that waits are measured by."""

    seconds: float = 60.0
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = signals.sleep


@dataclass
class SendRun:
    """A run of sending: one connection for many messages, made again when it is lost, and what the run works with."""

    server: MailServer
    content: Path
    patience: Patience
    ledger: Ledger
    maker: MessageMaker
    handovers: list[float]  # when each message of the last day was given to a server; it grows
    _connection: Connection | None = None
    _served: int = 0  # messages over this connection
    # readers at whom it was lost since the last answer
    _blocked: set[str] = field(default_factory=set)

    def deliver(
        self, reader: str, data: bytes, accepted: Callable[[], None], *, again: bool = False
    ) -> ServerAnswer:
        """Give a message to the server, over a new connection where the old one was lost.

        A reader at whom it is lost again is deferred, so that the others need not wait.

        Raises:
            StopError: the server refuses us, or was lost at several readers in a row.
        """
        sender = self.maker.settings.sender.address
        try:
            if self._connection is None:
                domain, secret = sender.partition("@")[2], load_secret(self.server)
                seconds = self.patience.seconds
                self._connection = connect(self.server, secret, domain, self.content, seconds)
            answer = deliver(self._connection, sender, reader, data, accepted=accepted)
        except StaleError as stale:
            served = self._served
            self.close()
            blocked = isinstance(stale, BlockedError)
            if served or (blocked and not again):
                return self.deliver(reader, data, accepted, again=True)
            self._blocked.add(reader)
            if not blocked or len(self._blocked) == MOST_BLOCKED:
                row = f"{MOST_BLOCKED} readers in a row, the last {reader}: " if blocked else ""
                raise StopError(f"{row}{stale}") from None
            return "deferred", str(stale)
        except BaseException:
            self.close()
            raise
        self._served += 1
        self._blocked.clear()
        return answer

    def close(self) -> None:
        """Take leave of the server."""
        connection, self._connection, self._served = self._connection, None, 0
        if connection and connection.sock:
            with suppress(OSError):  # the server may have ended it
                connection.quit()


def send_all(run: SendRun, copies: Sequence[Copy], progress: Progress) -> PressError | None:
    """Send *copies*; return why the run ended early, or None.

    A copy that is refused for now is tried again after each of the waits, while the others go on; one that an earlier
    run left so comes last.
    """
    copies = sorted(copies, key=lambda copy: copy.state == "deferred")
    now, settings = run.patience.now, run.maker.settings
    due = [(0.0, number, 0) for number in range(len(copies))]
    done = 0
    try:
        while due:
            signals.check()
            at, number, tries = heapq.heappop(due)
            tell = partial(progress, done, len(copies))
            tell("")
            _wait(run, at, tell)
            _wait(run, turn_at(run.handovers, settings.limits, now()), tell)
            if _send(run, copies[number]) == "deferred" and tries < len(settings.waits):
                heapq.heappush(due, (now() + settings.waits[tries], number, tries + 1))
            else:
                done += 1
    except PressError as error:
        return error
    finally:
        run.close()
    return None


def exit_status(copies: Iterable[Copy]) -> int:
    """Return the exit status of a run: "try again" if any copy is deferred, "failed" if any failed or may be lost."""
    states = {copy.state for copy in copies}
    if "deferred" in states:
        return TRY_AGAIN
    return FAILED if states & {"failed", "unknown"} else OK


def _send(run: SendRun, copy: Copy) -> str:
    """Send one copy and keep what became of it; return its state."""
    now = run.patience.now
    data = run.maker.make(copy, now())
    with ExitStack() as until_kept:

        def accepted() -> None:
            signals.check()
            # from here to the server's answer and our entry, no signal ends the run
            until_kept.enter_context(signals.held())
            run.ledger.settle(copy, "sending", "", now())
            run.handovers.append(now())

        try:
            answer = run.deliver(copy.reader.address, data, accepted)
        except UncertainError as lost:
            run.ledger.settle(copy, "unknown", str(lost), now())
            raise
        except StopError:
            # the server took nothing: as before
            run.ledger.settle(copy, copy.state or "queued", copy.answer, now())
            raise
        run.ledger.settle(copy, *answer, now())
    return answer[0]


def _wait(run: SendRun, until: float, tell: Callable[[str], None]) -> None:
    """Wait for the time *until*, and do not keep an idle connection."""
    left = until - run.patience.now()
    if left > IDLE:
        run.close()
    if left > 0:
        tell(f"waiting until {_moment(until)}")
        run.patience.sleep(left)


def turn_at(times: Sequence[float], limits: SendingLimits, now: float) -> float:
    """Return when the provider's limits allow the next message; *times*, in order, are those of the messages before.

    Raises:
        StopError: that takes too long.
    """
    turn = now
    for most, span in ((limits.hour, HOUR), (limits.day, DAY)):
        if most is not None and len(times) - bisect_right(times, now - span) >= most:
            turn = max(turn, times[-most] + span)
    if turn - now > LONGEST:
        raise StopError(
            f"the provider's limit of {counted(limits.day or 0, 'message')} a day is reached; "
            f"go on after {_moment(turn)}"
        )
    return turn


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
