"""One publish at a time on a target: a place in, a lease out that says whether it still holds."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from press.deliver.publish import target_notes
from press.deliver.publish.storage import Kind, Place
from press.deliver.publish.target_notes import RUN, WORK, Known, Run
from press.ground import lock
from press.problems import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from press.deliver.publish.storage import Told

DEAD = 900  # seconds without a sign: longer than all attempts at one file take
SIGN = 30  # seconds between two signs of life
_STAGED = re.compile(r"[0-9a-f]{16}-[0-9]+")


@contextmanager
def alone(work: Path, target: str) -> Iterator[str]:
    """Be the only publish to *target* of this installation, and return the installation's name.

    A run of ours that is found at a target is dead then, and nobody needs to wait for it.

    Raises:
        BusyError: another is at work.
        OutputError: the lock's file in *work* cannot be written.
    """
    path = work / f"publish-{hashlib.sha256(target.encode()).hexdigest()[:16]}.lock"
    with lock.reported(path):
        work.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        with lock.reported(path):
            if not lock.take(file):
                raise BusyError("another publish to this target is at work; wait for it or stop it")
            name = os.pread(file, 100, 0).decode(errors="replace")
            if not re.fullmatch("[0-9a-f]{32}", name):
                name = secrets.token_hex(16)
                os.ftruncate(file, 0)
                os.pwrite(file, name.encode(), 0)
        yield name
    finally:
        lock.drop(file)


class Lease:
    """The right to change a target, written down there in `RUN`; *touched*: what broken runs may have left."""

    def __init__(self, place: Place, maker: str, slug: str) -> None:
        self._place = place
        self._run = Run(secrets.token_hex(8), maker, slug, {})
        self._signed = 0.0
        self._staged = 0
        self._live = False  # whether something may have gone live

    @property
    def touched(self) -> Known:
        """What this run and broken ones before it may have put there or removed."""
        return self._run.touched

    def take(self) -> None:
        """Take the target, and clear away what broken runs staged there.

        Raises:
            BusyError: another run holds it.
        """
        self._place.make_folder("")
        self._place.make_folder(WORK)
        if (old := found(self._place)) is not None:
            if old.token and old.maker != self._run.maker and self._age() < DEAD:
                raise BusyError(
                    "another publish to this target is at work, or broke off a short time ago; try again in 15 minutes"
                )
            self._run = Run(self._run.token, self._run.maker, self._run.slug, old.touched)
        self._sign()
        self.check()
        self.sweep()

    def touch(self, more: Known) -> None:
        """Write down what is going to be put there or removed, before it is."""
        merged = {
            path: self.touched.get(path, {}) | more.get(path, {}) for path in self.touched | more
        }
        self.check()
        self._run = Run(self._run.token, self._run.maker, self._run.slug, merged)
        self._sign()
        self._live = True

    def check(self) -> None:
        """Make sure that no other run has taken over, and give a sign of life.

        Raises:
            BusyError: one has.
        """
        held = found(self._place)
        if held is None or held.token != self._run.token:
            raise _taken()
        if time.monotonic() - self._signed > SIGN:
            self._sign()

    def live(self) -> None:
        """Give a sign of life, where the last one was some time ago."""
        if time.monotonic() - self._signed > SIGN:
            self.check()

    @property
    def state(self) -> str:
        """Say in what state a failure leaves the target."""
        if self._live:
            return "part of the new release is in place, each file whole; the same command completes it"
        return "the site there is as it was"

    def put(self, path: str, data: bytes) -> None:
        """Replace one of our own files at the target whole."""
        staged = self.stage(data, Kind(), lambda _: None)
        self.switch(staged, path, hashlib.sha256(data).hexdigest())

    def stage(self, data: bytes, kind: Kind, told: Told) -> str:
        """Send *data* under a name of its own and return that."""
        self._staged += 1
        path = f"{WORK}/{self._run.token}-{self._staged}"
        try:
            self._place.write(path, data, kind, told)
        except FileNotFoundError:  # the folder is gone, and the right with it
            raise _taken() from None
        return path

    def switch(self, staged: str, to: str, digest: str) -> None:
        """Give what was staged the name *to*."""
        try:
            self._place.switch(staged, to)
        except FileNotFoundError:  # the answer to an attempt was lost, or another run has swept
            if _digest(self._place, to) != digest:
                raise _taken() from None

    def sweep(self) -> None:
        """Remove all that was staged."""
        for name in self._place.entries(WORK):
            if _STAGED.fullmatch(name):
                self._place.remove(f"{WORK}/{name}")

    def end(self) -> None:
        """Leave nothing of this run at the target."""
        self.check()
        self.sweep()
        self._place.remove(RUN)
        self._place.remove_folder(WORK)

    def leave(self) -> None:
        """Let others in after a failure; what has been touched stays written down."""
        self.check()
        if not self.touched:
            self.end()
        else:
            self.sweep()
            self._run = Run("", self._run.maker, self._run.slug, self.touched)
            self._sign()

    def _sign(self) -> None:
        self._signed = time.monotonic()
        self.put(RUN, target_notes.written(self._run))

    def _age(self) -> float:
        """Return for how long the run at the target has given no sign, by the target's own clock."""
        staged = self.stage(b"", Kind(), lambda _: None)
        entries = self._place.entries(WORK)
        self._place.remove(staged)
        now, then = (entries.get(name.rpartition("/")[2]) for name in (staged, RUN))
        return now.time - then.time if now and then else DEAD


def found(place: Place) -> Run | None:
    """Return the run that is at work at a target, or broke there.

    Raises:
        OutputError: what stands there is not what Press writes.
    """
    try:
        return target_notes.run(place.read(RUN))
    except FileNotFoundError:
        return None


def _digest(place: Place, path: str) -> str:
    try:
        return hashlib.sha256(place.read(path)).hexdigest()
    except FileNotFoundError:
        return ""


def _taken() -> BusyError:
    return BusyError(
        "another publish has taken over this target; run the same command again when it has ended"
    )
