"""Run command lines as forks of one process that has imported all of a project: requests in by a socket, statuses out.

Run under strace, which counts the system calls of each fork on its own and stops it at a call of a certain number.
Which of its calls that is, each request says by a number of calls to make in vain beforehand.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

BEGIN = "/the-work-begins"
NOTHING = ctypes.c_long(-1)  # neither a file nor a path


def in_vain(name: str, number: int) -> None:
    """Make a system call *number* times, with arguments that mean nothing."""
    call = getattr(ctypes.CDLL(None), {"openat": "open"}.get(name, name))
    for _ in range(number):
        call(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)


def run(main: Callable[[list[str]], int], request: dict[str, str]) -> None:
    """Be the process of one command line; never return."""
    status = 70
    with contextlib.suppress(BaseException):
        said = os.open(request["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.access(BEGIN, os.F_OK)
        if request["call"]:
            in_vain(request["call"], int(request["number"]))
        status = main(["inv", *request["words"].split()])
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def serve() -> None:
    """Answer requests until the other end closes."""
    from press.__main__ import lean  # noqa: PLC0415 - the project's own

    main = lean()
    for name in (
        "build.build",
        "build.outputs",
        "build.plan",
        "build.editions",
        "cli.display",
        "print.pool",
    ):
        __import__(f"press.{name}")
    gc.freeze()  # what is there is not copied by each fork
    line = socket.socket(fileno=os.dup(0))
    line.send(b"ready")
    while asked := line.recv(1 << 16):
        process = os.fork()
        if not process:
            run(main, json.loads(asked))
        _, status = os.waitpid(process, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    os.chdir(Path(sys.argv[1]))
    serve()
