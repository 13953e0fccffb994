"""Let one publish at a time change a target: take the target, show signs of life, let go of it."""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from press.deliver.publish import target_notes
from press.deliver.publish.storage import OnSent, ServedAs, Storage
from press.deliver.publish.target_notes import (
    RUN,
    SCHEMA,
    WORK,
    KnownFiles,
    PublishedSite,
    PublishRun,
)
from press.ground import lock
from press.ground.disk import write_whole
from press.ground.sums import sha256
from press.problems import BusyError

DEAD = 900  # seconds without a sign of life: longer than all attempts at one file take
OWN: ServedAs = ("application/json", "no-cache")  # our own files
SIGN = 30  # seconds between two signs of life
TAKEN_OVER = (
    "another publish has taken over this target; run the same command again when it has ended"
)
_STAGED = re.compile(r"[0-9a-f]{16}-[0-9]+")


@contextmanager
def local_lock(work: Path, target: str) -> Iterator[str]:
    """Be the only publish to *target* of this installation; yield the installation's name.

    If a run of ours is found at the target then, it is dead, and nobody has to wait for it.

    Raises:
        BusyError: another publish is at work.
        OutputError: its files in *work* cannot be written.
    """
    folder = work / f"publish-{sha256(target.encode())[:16]}"
    with lock.hold(folder, "publish"):
        path = folder / "installation"
        name = path.read_text("ascii", "replace") if path.exists() else ""
        if not re.fullmatch("[0-9a-f]{32}", name):
            name = secrets.token_hex(16)
            write_whole(path, name.encode())
        yield name


class Lease:
    """The right to change a target, written down there in RUN."""

    def __init__(self, storage: Storage, maker: str, slug: str) -> None:
        self._storage = storage
        self._run = PublishRun(SCHEMA, secrets.token_hex(8), maker, slug, {})
        self._signed = 0.0
        self._staged = 0
        self._live = False  # whether something may have gone live

    def take(self) -> None:
        """Take the target, and remove what broken runs staged there.

        Raises:
            BusyError: another run holds it.
        """
        self._storage.make_folder("")
        self._storage.make_folder(WORK)
        if old := target_notes.read(self._storage, PublishRun):
            if old.token and old.maker != self._run.maker and self._age() < DEAD:
                raise BusyError(
                    "another publish to this target is at work, or broke off a short time ago; try again in 15 minutes"
                )
            self._run = replace(self._run, touched=old.touched)
        self._sign()
        self.check()
        self._sweep()

    def touch(self, more: KnownFiles) -> None:
        """Write down what will be put there or removed, before it is."""
        self.check()
        self._run = replace(self._run, touched=target_notes.merge(self._run.touched, more))
        self._sign()
        self._live = True

    def check(self) -> None:
        """Make sure that no other run has taken over; give a sign of life if it is due.

        Raises:
            BusyError: another run has.
        """
        held = target_notes.read(self._storage, PublishRun)
        if held is None or held.token != self._run.token:
            raise BusyError(TAKEN_OVER)
        if time.monotonic() - self._signed > SIGN:
            self._sign()

    def keep_alive(self) -> None:
        """Check, and give a sign of life, if the last sign was some time ago."""
        if time.monotonic() - self._signed > SIGN:
            self.check()

    @property
    def state(self) -> str:
        """In what state a failure leaves the target, in words."""
        if self._live:
            return "part of the new release is in place, each file whole; the same command completes it"
        return "the site there is as it was"

    def replace_note(self, note: PublishedSite | PublishRun) -> None:
        """Replace one of our own files at the target in one step."""
        data = target_notes.as_bytes(note)
        self.go_live(self.stage(data), note.name, sha256(data))

    def stage(self, data: bytes, served: ServedAs = OWN, on_sent: OnSent = lambda _: None) -> str:
        """Send *data* under a name of its own; return that name."""
        self._staged += 1
        path = f"{WORK}/{self._run.token}-{self._staged}"
        try:
            self._storage.write(path, data, served, on_sent)
        except FileNotFoundError:  # the folder is gone, and with it the lease
            raise BusyError(TAKEN_OVER) from None
        return path

    def go_live(self, staged: str, to: str, digest: str) -> None:
        """Give the file that was staged its final name."""
        try:
            self._storage.rename(staged, to)
        except FileNotFoundError:  # the answer to an attempt was lost, or another run has swept
            if self._storage.digest(to) != digest:
                raise BusyError(TAKEN_OVER) from None

    def end(self) -> None:
        """Remove every trace of this run from the target."""
        self.check()
        self._sweep()
        self._storage.remove(RUN)
        self._storage.remove_folder(WORK)

    def leave(self) -> None:
        """Let others in after a failure; what was touched stays written down."""
        if not self._run.touched:
            self.end()
            return
        self.check()
        self._sweep()
        self._run = replace(self._run, token="")
        self._sign()

    def _sweep(self) -> None:
        """Remove every staged file."""
        for name in self._storage.entries(WORK):
            if _STAGED.fullmatch(name):
                self._storage.remove(f"{WORK}/{name}")

    def _sign(self) -> None:
        self._signed = time.monotonic()
        self.replace_note(self._run)

    def _age(self) -> float:
        """Return the seconds since the run at the target gave a sign of life, by the target's own clock."""
        staged = self.stage(b"")
        entries = self._storage.entries(WORK)
        self._storage.remove(staged)
        now, then = (entries.get(name.rpartition("/")[2]) for name in (staged, RUN))
        return now.time - then.time if now and then else DEAD
