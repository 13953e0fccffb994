"""End a run that is asked to end: record signals, and stop at the next safe point.

A handler that raises is not enough. CPython drops exceptions raised inside `__del__` and weakref callbacks, and runs
handlers in the main thread only, which never happens while that thread waits on a lock. So no handler here does
anything: the interpreter writes each signal's number to a pipe, whichever thread receives it, and a listener reads
it. The main thread asks with `check` between works, and waits only with `wait`, `sleep`, `readable` and `run`, which
watch for signals. Worker threads mask no signal: one that is sent to a masked thread would never arrive.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from select import POLLIN, poll
from time import monotonic
from types import FrameType
from typing import Any, TypeVar

Result = TypeVar("Result")

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 5.0  # seconds from a signal to the end of a run that reaches no safe point
TURN = 0.1  # seconds between two looks at a program that we wait for

_lock = threading.Lock()
_came: list[int] = []  # the signals' numbers, in order
_holds = 0  # how many stretches of `held` the main thread is in
_groups: set[int] = set()  # process groups of our children
_ear = _mouth = -1  # the pipe that the interpreter writes to
_bell: tuple[socket.socket, socket.socket] | None = None  # readable from the first signal on


class StoppedError(BaseException):
    """A signal asked us to end; no `Exception`, so that only clean-up code stops it."""

    def __init__(self, number: int) -> None:
        self.status = 128 + number
        super().__init__(number)


def heed() -> None:
    """Record SIGINT, SIGTERM and SIGHUP from now on; what the caller has us ignore stays ignored."""
    global _ear, _mouth, _bell  # noqa: PLW0603 - signals belong to the process
    if _bell is not None:
        return
    _bell = socket.socketpair()
    _ear, _mouth = os.pipe()
    os.set_blocking(_ear, False)
    os.set_blocking(_mouth, False)
    signal.set_wakeup_fd(_mouth, warn_on_full_buffer=False)
    for number in NUMBERS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _do_nothing)
    threading.Thread(target=_listen, name="press-signals", daemon=True).start()


def release() -> None:
    """Let a signal end the process by itself from now on: the exit status is decided."""
    for number in NUMBERS:
        if signal.getsignal(number) is _do_nothing:
            signal.signal(number, signal.SIG_DFL)


def came() -> int:
    """Return the number of the first signal, or 0."""
    _read()
    return _came[0] if _came else 0


def check() -> None:
    """Stop here if a signal came.

    Raises:
        StoppedError: it did, outside `held`.
    """
    if (number := came()) and not _holds:
        raise StoppedError(number)


@contextmanager
def held() -> Iterator[None]:
    """Let the first signal wait until the end of the `with`: for a short stretch that must not be interrupted.

    Raises:
        StoppedError: a signal came meanwhile.
    """
    global _holds  # noqa: PLW0603 - only the main thread writes it
    _holds += 1
    try:
        yield
    finally:
        _holds -= 1
    check()


def wait(futures: Iterable[Future[Result]]) -> Iterator[Future[Result]]:
    """Yield each of *futures* as it is done.

    Raises:
        StoppedError: a signal came.
    """
    done: SimpleQueue[Future[Result]] = SimpleQueue()
    ring, heard = socket.socketpair()

    def tell(future: Future[Result]) -> None:
        done.put(future)
        with suppress(OSError):  # the main thread no longer waits
            ring.send(b".")

    with ring, heard:
        asked = tuple(futures)
        for future in asked:
            future.add_done_callback(tell)
        left = len(asked)
        while left:
            check()
            try:
                future = done.get_nowait()
            except Empty:
                if heard.fileno() in _watch(heard):
                    heard.recv(4096)
            else:
                left -= 1
                yield future


def sleep(seconds: float) -> None:
    """Sleep.

    Raises:
        StoppedError: a signal came.
    """
    check()
    _watch(None, seconds)
    check()


def readable(connection: socket.socket, seconds: float | None) -> bool:
    """Wait until *connection* has something to read; return whether it has within *seconds*.

    Raises:
        StoppedError: a signal came.
    """
    end = None if seconds is None else monotonic() + seconds
    while True:
        check()
        left = None if end is None else max(0.0, end - monotonic())
        if connection.fileno() in _watch(connection, left):
            return True
        if left == 0.0:
            return False


def run(
    command: list[str],
    *,
    seconds: float | None = None,
    **options: Any,  # noqa: ANN401 - of Popen
) -> subprocess.CompletedProcess[Any]:
    """Run *command* like `subprocess.run`; it ends with us.

    Raises:
        StoppedError: a signal came.
        subprocess.TimeoutExpired: it took more than *seconds*.
        OSError: it cannot be started.
    """
    end = None if seconds is None else monotonic() + seconds
    with subprocess.Popen(command, **options) as process:
        try:
            out, err = _communicate(process, end)
        except BaseException:
            _finish(process)
            raise
        return subprocess.CompletedProcess(command, process.returncode, out, err)


def _communicate(process: subprocess.Popen[Any], end: float | None) -> tuple[Any, Any]:
    """Return what *process* prints, watching for signals and for the time *end*."""
    while True:
        try:
            return process.communicate(timeout=TURN)
        except subprocess.TimeoutExpired:
            check()
            if end is not None and monotonic() > end:
                raise


def start(
    module: str,
    argument: str,
    given: Mapping[str, str],
    **options: Any,  # noqa: ANN401 - of Popen
) -> subprocess.Popen[Any]:
    """Start *module* in a process group of its own, with nothing of our environment but what is *given*.

    It ends with us, however we end; call `dismiss` when it has ended.
    """
    environment = {
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONDONTWRITEBYTECODE": "1",  # a locked child writes nothing, least of all beside a library
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module, argument],
        env={**environment, **given},
        cwd="/",
        start_new_session=True,  # Ctrl-C is for the parent, which ends its children
        **options,
    )
    _groups.add(process.pid)
    return process


def dismiss(group: int) -> None:
    """Forget the process *group* of a child that has ended."""
    _groups.discard(group)


def _finish(process: subprocess.Popen[Any]) -> None:
    """End *process*, politely at first: one that asks for a passphrase has to give the terminal its echo back."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(1)
    process.kill()


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Be a handler: with none of ours, the interpreter would write nothing to the pipe."""


def _watch(connection: socket.socket | None, seconds: float | None = None) -> set[int]:
    """Wait for *connection*, a signal or the end of *seconds*; return the descriptors that are readable."""
    waiting = poll()
    if connection is not None:
        waiting.register(connection, POLLIN)
    if _bell is not None and not _holds:
        waiting.register(_bell[0], POLLIN)
    return {fd for fd, _ in waiting.poll(None if seconds is None else seconds * 1000)}


def _read() -> None:
    """Record what the interpreter wrote; end at once with the second signal."""
    if _bell is None:
        return
    with _lock:
        with suppress(BlockingIOError):
            numbers = [number for number in os.read(_ear, 64) if number in NUMBERS]
            if numbers and not _came:
                _bell[1].send(b".")
            _came.extend(numbers)
        if len(_came) > 1:
            _end()


def _listen() -> None:
    """Read signals, and end a run that does not end by itself."""
    waiting = poll()
    waiting.register(_ear, POLLIN)
    end: float | None = None
    while True:
        waiting.poll(None if end is None else TURN * 1000)
        _read()
        if _came and (end is None or _holds):
            end = monotonic() + GRACE
        if end is not None and monotonic() > end:
            _end()


def _end() -> None:
    """End the process and its children at once."""
    for group in tuple(_groups):
        with suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    os._exit(128 + _came[0])
