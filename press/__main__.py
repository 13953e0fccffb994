"""Run the tasks: a command line in, an exit status out."""

from __future__ import annotations

import signal
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# What invoke imports for uses that Press has not: a YAML reader for settings, objects for its own
# tests, its version. They are 0.08 s of each run's 0.2; invoke finds these names in their place.
UNUSED: dict[str, dict[str, object]] = {
    "invoke.vendor.yaml": {},
    "unittest.mock": {"Mock": object},
    "importlib.metadata": {"version": str},
}


def lean() -> Callable[[list[str]], int]:
    """Import our program without what invoke would drag in, and return what runs it."""
    stubs = {name: ModuleType(name) for name in UNUSED if name not in sys.modules}
    for name, stub in stubs.items():
        vars(stub).update(UNUSED[name])
    sys.modules.update(stubs)
    try:
        from press.cli.program import main  # noqa: PLC0415 -- only now
    finally:
        for name in stubs:
            del sys.modules[name]  # whoever wants the real one gets it
    return main


if __name__ == "__main__":  # and not where a process server looks at its parent's main module
    if (heard := signal.getsignal(signal.SIGINT)) is signal.default_int_handler:
        signal.signal(
            signal.SIGINT, signal.SIG_DFL
        )  # until there is somebody to clean up: no traceback
    run = lean()
    signal.signal(signal.SIGINT, heard)
    sys.exit(run(sys.argv))
