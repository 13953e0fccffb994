"""The work of sending: copies in, each given to the server once and at the provider's pace, its state kept."""

from __future__ import annotations

import heapq
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from press.deliver.mail.connection import StopError, opened
from press.deliver.mail.credentials import secret
from press.deliver.mail.delivery import StaleError, UncertainError, deliver
from press.deliver.mail.mailing import Stop
from press.ground import signals
from press.problems import PressError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from press.content.model.mail import Provider, Server
    from press.deliver.mail.connection import Line
    from press.deliver.mail.ledger import Ledger
    from press.deliver.mail.mailing import Answer, Copy, State
    from press.deliver.mail.message import Maker

    Progress = Callable[[int, int, str], None]

HOUR, DAY = 3600.0, 86400.0
LONGEST = HOUR + 60  # that a run waits for its next turn
IDLE = 30.0  # seconds without work after which the line is closed


@dataclass(frozen=True)
class Patience:
    """How long a server may take to answer, and the clock that waits are measured by."""

    seconds: float = 60.0
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = signals.sleep


class Post:
    """The way to the server: one line that is used again and made again."""

    def __init__(self, server: Server, content: Path, sender: str, patience: Patience) -> None:
        self.server, self.content, self.sender = server, content, sender
        self.patience = patience
        self._line: Line | None = None
        self._served = 0  # messages over this line

    def deliver(self, reader: str, data: bytes, accepted: Callable[[], None]) -> Answer:
        """Give a message to the server, over a new line where the old one has gone.

        Raises:
            StopError: the server refuses us.
        """
        try:
            line = self._open()
            answer = deliver(line, self.sender, reader, data, accepted=accepted)
        except StaleError as gone:
            served = self._served
            self.close()
            if not served:
                raise StopError(str(gone)) from None
            return self.deliver(reader, data, accepted)
        except BaseException:
            self.close()
            raise
        self._served += 1
        return answer

    def _open(self) -> Line:
        if self._line is None:
            domain = self.sender.partition("@")[2]
            key = secret(self.server)
            self._line = opened(self.server, key, domain, self.content, self.patience.seconds)
        return self._line

    def close(self) -> None:
        """Take leave of the server."""
        line, self._line, self._served = self._line, None, 0
        if line is None:
            return
        with suppress(OSError):  # it may have gone before us
            if line.sock:
                line.quit()
        line.close()


@dataclass(frozen=True)
class Run:
    """What a run of sending works with."""

    post: Post
    ledger: Ledger
    maker: Maker
    limits: Provider
    waits: Sequence[int]
    patience: Patience
    went: list[float]  # when each message of the last day went, of whatever release; it grows


def send(run: Run, copies: Sequence[Copy], progress: Progress) -> Stop | None:
    """Send *copies*; return why it ended before its time, or None.

    What is refused for now is tried again after each of the waits, while the others go on.
    """
    due = [(0.0, number, 0) for number in range(len(copies))]
    done = 0
    try:
        while due:
            signals.check()
            at, number, tries = heapq.heappop(due)
            tell = partial(progress, done, len(copies))
            tell("")
            _wait(run, at, tell)
            _wait(run, _turn(run), tell)
            if _one(run, copies[number]) == "deferred" and tries < len(run.waits):
                heapq.heappush(due, (run.patience.now() + run.waits[tries], number, tries + 1))
            else:
                done += 1
    except StopError as stop:
        return Stop(stop.status, str(stop))
    except PressError as error:
        return Stop(error.status, str(error))
    finally:
        run.post.close()
    return None


def _one(run: Run, copy: Copy) -> str:
    """Send one copy and keep what became of it; return its state."""
    now = run.patience.now
    data = run.maker.made(copy, now())
    with ExitStack() as until_kept:

        def accepted() -> None:
            # from here to the server's answer and our entry, nobody ends us but by force
            until_kept.enter_context(signals.held())
            run.ledger.settle(copy, "sending", "", now())
            run.went.append(now())

        try:
            answer = run.post.deliver(copy.reader.address, data, accepted)
        except UncertainError as lost:
            run.ledger.settle(copy, "unknown", str(lost), now())
            raise
        except StopError:
            run.ledger.settle(copy, *_before(copy), now())  # nothing was taken
            raise
        run.ledger.settle(copy, answer.state, answer.said, now())
    return answer.state


def _before(copy: Copy) -> tuple[State, str]:
    """Return the state that a copy had before this run, of which nothing was taken."""
    return (copy.state, copy.answer) if copy.state in {"unknown", "deferred"} else ("queued", "")


def _wait(run: Run, until: float, tell: Callable[[str], None]) -> None:
    """Wait for the time *until*, without a line that nobody uses."""
    left = until - run.patience.now()
    if left <= 0:
        return
    if left > IDLE:
        run.post.close()
    tell(f"waiting until {_moment(until)}")
    run.patience.sleep(left)


def _turn(run: Run) -> float:
    """Return when the provider's limits let the next message through.

    Raises:
        StopError: that takes too long.
    """
    now = run.patience.now()
    turn = turn_at(run.went, run.limits, now)
    if turn - now > LONGEST:
        raise StopError(
            f"the provider's limit of {run.limits.day} messages a day is reached; "
            f"go on with --resume after {_moment(turn)}"
        )
    return turn


def turn_at(times: Sequence[float], limits: Provider, now: float) -> float:
    """Return when the next message may go; *times*, in order, are those of the messages that went."""
    turn = now
    for most, span in ((limits.hour, HOUR), (limits.day, DAY)):
        within = [one for one in times if one > now - span]
        if most is not None and len(within) >= most:
            turn = max(turn, within[-most] + span)
    return turn


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
