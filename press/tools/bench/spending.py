"""Run commands, and measure what each takes with all its children."""

import json
import os
import subprocess
import sys
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from press.problems import ConfigurationError

UNIT = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of ru_maxrss, to MiB
# A process of its own, small and with no other children: it adopts (PR_SET_CHILD_SUBREAPER) those whose parent has
# ended, as the helpers of a browser, waits for them for two seconds, and has what all of them took.
WATCHER = """\
import ctypes, json, os, resource, sys, time
log, command = sys.argv[1], sys.argv[2:]
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
to_log = (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
began = time.perf_counter()
actions = [to_log, (os.POSIX_SPAWN_DUP2, 1, 2)]
process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
status = os.waitpid(process, 0)[1]
wall = time.perf_counter() - began
try:
    until = time.monotonic() + 2
    while time.monotonic() < until:
        if os.waitpid(-1, os.WNOHANG)[0] == 0:
            time.sleep(0.01)
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, wall, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True)
class Spent:
    """What one process and its children took."""

    wall: float  # s
    cpu: float  # s, user and system
    memory: float  # MiB, of the largest process


def middle(runs: list[Spent]) -> Spent:
    """Return the medians of some *runs*."""
    return Spent(*(round(median(column), 4) for column in zip(*map(astuple, runs), strict=True)))


def spent(command: list[str], folder: Path) -> Spent:
    """Run *command* in *folder*, with its faces, and return what it took.

    Raises:
        ConfigurationError: it fails.
    """
    log = folder / "bench.log"
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "plain" / "fonts.conf")}
    watched = [sys.executable, "-I", "-S", "-c", WATCHER, str(log), *command]
    done = subprocess.run(
        watched, cwd=folder, env=environment, stdout=subprocess.PIPE, check=True
    )
    status, wall, cpu, memory = json.loads(done.stdout)
    if status:
        raise ConfigurationError(f"{' '.join(command)} failed:\n{log.read_text('utf-8')[-2000:]}")
    return Spent(wall, cpu, memory / UNIT)
