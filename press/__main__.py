"""Run the tasks: a command line in, an exit status out."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from press.ground import signals

# What invoke imports for uses that Press has not: a YAML reader for settings, objects for its own
# tests, its version. They are 0.08 s of each run's 0.2; invoke finds these names in their place.
UNUSED: dict[str, dict[str, object]] = {
    "invoke.vendor.yaml": {},
    "unittest.mock": {"Mock": object},
    "importlib.metadata": {"version": str},
}


def open_streams() -> None:
    """Open each standard stream that the caller has closed, so that what nobody can read is dropped.

    The file takes the lowest free descriptor, which is the stream's own: or else the next file that
    is opened, a lock or an output, would get what libraries write to it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 -- open to the end
            os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 -- as standard streams are
            setattr(sys, name, stream)


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


def start() -> None:
    """Run what was installed as `press-briefs`, as `./inv` runs a clone: nothing of the user's Python has a say."""
    os.environ["PRESS_COMMAND"] = "press-briefs"
    command = [sys.executable, "-I", "-X", "utf8", "-m", "press", *sys.argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606 - the same program, without a shell


if __name__ == "__main__":  # and not where a process server looks at its parent's main module
    # Nearly all that a run makes is used to its end: to look for what is not took a twentieth of the time.
    gc.set_threshold(50_000)
    open_streams()  # before anything else opens a file
    signals.heed()
    run = lean()
    sys.exit(run(sys.argv))
