"""Run publishes as forks of one process that has imported all of it: requests in by a line, statuses out."""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

NEEDED = (  # by each fork
    *("cli.answers", "cli.delivery_answers", "deliver.publish"),
    *(f"deliver.publish.{name}_storage" for name in ("local", "s3", "sftp")),
)
CHANGES = {"open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}


def doom(below: str, number: int, fate: int) -> None:
    """Let this process get a signal before its change of that number in a folder."""
    done = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal done
        if event in CHANGES and str(arguments[0]).startswith(below):
            reads = event == "open" and not (arguments[2] & (os.O_WRONLY | os.O_RDWR))
            done += not reads
            if done == number + 1 and not reads:
                os.kill(os.getpid(), fate)

    sys.addaudithook(watch)


def run(asked: dict[str, Any]) -> int:
    """Publish, and write what was said into the file that the request names."""
    from press.cli.answers import refusal  # noqa: PLC0415
    from press.cli.delivery_answers import of_publish  # noqa: PLC0415
    from press.deliver import publish  # noqa: PLC0415 - the project's own
    from press.ground.paths import Folders  # noqa: PLC0415
    from press.problems import PressError  # noqa: PLC0415

    os.environ |= asked.pop("environment")
    said = Path(asked.pop("said"))
    if "kill" in asked:
        doom(asked["target"], asked.pop("kill"), asked.pop("fate", signal.SIGKILL))
    if "most" in asked:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most := asked.pop("most"), most))
    given = {key: Path(asked.pop(key)) for key in ("releases", "work") if key in asked}
    asked["folders"] = replace(Folders.here(), **given)
    if "known_hosts" in asked:
        asked["known_hosts"] = Path(asked["known_hosts"])
    try:
        report = publish.publish(publish.PublishRequest(**asked), lambda *_: None)
    except PressError as error:
        said.write_text(refusal(error).as_json(), encoding="utf-8")
        return error.status
    said.write_text(of_publish(report).as_json(), encoding="utf-8")
    return report.status


def serve() -> None:
    """Answer requests, one a line, until there are no more: the process, then its status."""
    for name in NEEDED:
        importlib.import_module(f"press.{name}")
    assert threading.active_count() == 1  # a fork has no other
    gc.freeze()  # what is there is not copied by each fork
    print("ready", flush=True)
    for line in sys.stdin:
        process = os.fork()
        if not process:
            status = 70
            try:
                status = run(json.loads(line))
            finally:
                os._exit(status)
        print(process, flush=True)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    serve()
