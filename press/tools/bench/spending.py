"""Run commands, and measure what each takes with all its children."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from press.ground import signals
from press.problems import ConfigurationError

UNIT = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of ru_maxrss, to MiB
SCRIPTS = Path(__file__).with_name("scripts")


def script(name: str, own: str = sys.executable) -> list[str]:
    """Return the command line that begins the script called *name*, in its *own* Python."""
    return [own, "-I", "-X", "utf8", str(SCRIPTS / f"{name}.script")]


@dataclass(frozen=True)
class Spent:
    """What one process and its children took."""

    wall: float  # s
    cpu: float  # s, user and system
    memory: float  # MiB, of the largest process
    first: float = 0.0  # MiB, of the first one; 0 where the system does not say


def environment(folder: Path) -> dict[str, str]:
    """Return the variables of a command that runs in *folder*, whose faces it has."""
    return os.environ | {"FONTCONFIG_FILE": str(folder / "plain" / "fonts.conf")}


def spent(command: list[str], folder: Path) -> Spent:
    """Run *command* in *folder*, with its faces, and return what it took; it ends with us.

    Raises:
        ConfigurationError: it fails, or leaves processes that do not end.
    """
    log = folder / "bench.log"
    watched = [*script("watch"), str(log), *command]
    done = signals.run(watched, cwd=folder, env=environment(folder), stdout=subprocess.PIPE)
    if done.returncode:
        lines = log.read_text("utf-8").splitlines()
        words = "\n".join(line for line in lines if ": warning: " not in line)
        raise ConfigurationError(f"{' '.join(command)} failed:\n{words[-2000:]}")
    wall, cpu, memory, first = json.loads(done.stdout)
    return Spent(wall, cpu, memory / UNIT, first / (1 << 10))
