"""Do what writes into content: in the process of a test, or in forks of another, which may be killed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from press.content.library import load
from press.ingest.comparison import compare
from press.ingest.review import accept, ingest
from press.ingest.tables import import_claims
from press.ingest.upgrade import upgrade
from tests.support.folders import apart
from tests.support.forking import make_in_vain


def do(work: str, place: Path) -> None:
    """Take in the text of the study below *place*, compare it, accept, upgrade a series, or take in a table."""
    folders = apart(place, place / "content")
    if work == "ingest":
        ingest(place / "texts" / "study.txt", "study", folders, {})
    elif work == "texts":
        compare(folders, place / "texts")
    elif work == "upgrade":
        upgrade(folders, lambda _: None)
    elif work == "import":
        import_claims(folders, place / "more.csv")
    else:
        accept(load(folders.content, str(folders.content)), ("town", "young"))


def answer(call: str, in_vain: int, work: str, place: Path) -> int:
    """Do it in a fork, which calls in vain at first, so that strace stops it at a later call; return its status."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        make_in_vain(call, in_vain)
        do(work, place)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    for line in sys.stdin:
        name, times = line.split()
        print(answer(name, int(times), sys.argv[1], Path(sys.argv[2])), flush=True)
