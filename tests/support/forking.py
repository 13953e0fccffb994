"""Run command lines as forks of one process that has imported what they need: requests in, exit statuses out.

A fork begins where Python begins with `-m press`: same words, folder, streams, umask and variables; it ends as Python
ends. It differs from a cold process in what is imported already, which it learns from the forks before it.

Under strace, which counts the system calls of each fork on its own, a fork is stopped at a call of a certain number.
Which of its calls that is, a request says by a number of calls to make in vain beforehand; such a fork teaches nothing.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import socket
import sys
import threading
from typing import Any

BEGIN = "/the-work-begins"
NOTHING = ctypes.c_long(-1)  # neither a file nor a path
MOST = 1 << 20  # bytes of a message
LESSONS = (
    199  # a fork writes there what it had to import: not one of the first, which a cold process has
)


def make_in_vain(name: str, number: int) -> None:
    """Make a system call *number* times, with arguments that mean nothing."""
    call = getattr(ctypes.CDLL(None), {"openat": "open"}.get(name, name))
    for _ in range(number):
        call(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)


def become(request: dict[str, Any], streams: list[int], lessons: int) -> None:
    """Let this process be that of a command line."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.dup2(lessons, LESSONS, inheritable=False)
    os.close(lessons)
    os.chdir(request["folder"])
    os.umask(request["umask"])
    if request.get("call"):
        os.close(LESSONS)
        make_in_vain(request["call"], int(request["number"]))
    else:
        atexit.register(teach)
        os.access(BEGIN, os.F_OK)


def teach() -> None:
    """Write down what has been imported."""
    with open(LESSONS, "w", encoding="utf-8") as file:
        json.dump([name for name in sys.modules if name not in {"__main__", "tasks"}], file)


def learn(lessons: int) -> None:
    """Import what the last fork had to import."""
    with open(lessons, encoding="utf-8") as file:
        text = file.read()
    names = json.loads(text) if text.endswith("]") else []  # it may have been killed
    for name in names:
        if name not in sys.modules:
            with contextlib.suppress(ImportError):  # a name that a library has put there
                importlib.import_module(name)
    gc.freeze()  # what is there is not copied by each fork


def serve(line: socket.socket) -> bool:
    """Answer requests until the other end closes; return True in the process that is to do as it was asked."""
    while True:
        asked, streams, _, _ = socket.recv_fds(line, MOST, 3)
        if not asked:
            return False
        assert threading.active_count() == 1
        ear, mouth = os.pipe()
        process = os.fork()
        if not process:
            os.close(ear)
            line.close()
            request = json.loads(asked)
            sys.argv[1:] = request["words"]
            become(request, streams, mouth)
            return True
        for each in (mouth, *streams):
            os.close(each)
        learn(ear)
        _, status = os.waitpid(process, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    with socket.socket(fileno=os.dup(0)) as requests:
        requests.send(b"ready")
        mine = serve(requests)
    if mine:
        runpy._run_module_as_main("press")  # type: ignore[attr-defined]
