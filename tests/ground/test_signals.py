"""A signal always ends a run, wherever the interpreter is when it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 60  # a safety net, whatever the machine: no test depends on it
BEGIN = """
import os, signal, sys, threading, time, weakref
from concurrent.futures import ThreadPoolExecutor
from press.ground import signals
signals.heed()

def main(work):
    try:
        work()
        signals.check()
    except signals.StoppedError as stopped:
        print("cleaned up", flush=True)
        return stopped.status
    return 0
"""
END = "sys.exit(main(work))\n"


def run(script: str, *, whole: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a script that has signals recorded; *whole*: its function `work` is the work of a run."""
    text = BEGIN + script + (END if whole else "")
    return subprocess.run(
        [sys.executable, "-c", text],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


WORKER = """
def job():
    {signal}
    threading.Event().wait()  # for ever: as a print that does not end

def work():
    threads = ThreadPoolExecutor(1)
    for _ in signals.wait([threads.submit(job)]):
        pass
try:
    status = main(work)
finally:
    os._exit(status)  # the thread never ends
"""


@pytest.mark.parametrize(
    "sent",
    ["signal.pthread_kill(threading.get_ident(), signal.SIGTERM)", "os.kill(0, signal.SIGTERM)"],
    ids=["to the worker's thread", "to the group"],
)
def test_a_signal_that_a_worker_thread_gets_ends_the_wait(sent: str) -> None:
    """The main thread waits for work that never ends; the kernel may give the signal to any thread."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + WORKER.format(signal=sent)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (143, "cleaned up\n", "")


DROPPED = {
    "__del__": """
class Dying:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)
        for _ in range(1000): pass  # a handler would run here, and what it raised would be dropped

def work():
    Dying()
    for _ in range(1000): pass
""",
    "a weakref's callback": """
class Dying: pass

def work():
    dying = Dying()
    kept = weakref.ref(dying, lambda _: [signal.raise_signal(signal.SIGTERM), *range(1000)])
    del dying
    for _ in range(1000): pass
""",
}


@pytest.mark.parametrize("place", DROPPED)
def test_a_signal_is_not_lost_where_exceptions_are(place: str) -> None:
    """What is raised there is dropped by the interpreter; the number of the signal is not."""
    done = run(DROPPED[place])
    assert (done.returncode, done.stdout, done.stderr) == (143, "cleaned up\n", "")


HOOK = """
import os, runpy, signal, sys

class Hook:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            os.kill(os.getpid(), signal.{number})
        return None

sys.path.insert(0, {root!r})
sys.meta_path.insert(0, Hook())
sys.argv = ["inv", "--list"]
runpy.run_module("press", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("module", ["press.cli.program", "invoke.parser", "press.problems"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_during_start_up_is_no_bug_of_press(module: str, number: signal.Signals) -> None:
    """While modules are imported, a signal ends the run with its own status, and without a traceback."""
    script = HOOK.format(module=module, number=number.name, root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (128 + number, "")


def test_a_held_stretch_is_finished_first() -> None:
    """A signal inside of it stops the run at its end."""
    done = run("""
def work():
    with signals.held():
        signal.raise_signal(signal.SIGINT)
        signals.check()
        signals.sleep(0.01)
        print("kept")
    print("not reached")
""")
    assert (done.returncode, done.stdout) == (130, "kept\ncleaned up\n")


def test_a_second_signal_ends_at_once_and_the_children_with_it() -> None:
    """Even what is held does not stop it; the status is that of the first."""
    done = run("""
def work():
    child = signals.start("timeit", "__import__('time').sleep(600)", {})
    print(child.pid, flush=True)
    with signals.held():
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        time.sleep(600)
""")
    assert done.returncode == 143
    child = int(done.stdout)
    until_gone(child)


def until_gone(process: int) -> None:
    """Wait until a process has ended."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return
        if state == "Z":  # it has no parent here that would wait for it
            return
        time.sleep(0.01)
    raise AssertionError(f"process {process} lives on")


def test_a_run_that_reaches_no_safe_point_is_ended() -> None:
    """The main thread asks nothing and waits for a lock; it is ended after the grace."""
    done = run("""
signals.GRACE = 0.2
def work():
    signal.raise_signal(signal.SIGTERM)
    threading.Lock().__enter__()
    lock = threading.Lock(); lock.acquire(); lock.acquire()
""")
    assert (done.returncode, done.stdout) == (143, "")


def test_a_held_stretch_has_no_end_in_time() -> None:
    """As long as it takes, it is not ended by force."""
    done = run("""
signals.GRACE = 0.1
def work():
    with signals.held():
        signal.raise_signal(signal.SIGTERM)
        time.sleep(1)
        print("kept", flush=True)
""")
    assert (done.returncode, done.stdout) == (143, "kept\ncleaned up\n")


def test_what_the_caller_ignores_stays_ignored() -> None:
    """A run in the background of a script does not end with the Ctrl-C that is for another."""
    script = BEGIN + "signal.raise_signal(signal.SIGINT); sys.exit(main(lambda: None))"
    done = subprocess.run(
        ["sh", "-c", 'trap "" INT; exec "$0" -c "$1"', sys.executable, script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_program_that_we_wait_for_ends_with_us() -> None:
    """A signal while it runs ends it, politely, and then us."""
    done = run("""
CHILD = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye'))); time.sleep(600)"
def work():
    threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGHUP)).start()
    signals.run([sys.executable, "-uc", CHILD])
""")
    assert (done.returncode, done.stdout) == (129, "bye\ncleaned up\n")


def test_a_program_gives_its_output() -> None:
    """More than a pipe holds comes out, and the status with it."""
    done = run("""
import subprocess
def work():
    command = [sys.executable, "-c", "import sys, time; time.sleep(0.3); print('x' * 1_000_000); sys.exit(3)"]
    done = signals.run(command, stdout=subprocess.PIPE)
    print(done.returncode, len(done.stdout), done.stderr)
""")
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 1000001 None\n", "")
