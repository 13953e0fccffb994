"""Prints are spread over servers: as many as there is work for, none left when the pool is closed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from press.print import pool as workers
from press.print.pool import Pool, thread_server
from press.print.server.client import PrintFailedError
from press.print.server.guard import PrintLimits
from press.problems import OutputError
from tests.print.test_pdf_life import children, needs_proc, parent
from tests.print.test_pdf_samples import ASSETS, BOMB, faultless, given, page
from tests.support.folders import setup
from tests.support.printing import print_job

if TYPE_CHECKING:
    from concurrent.futures import Future

    from press.print.facts import Print

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds
ANYWHERE = """
import pathlib, sys
from concurrent.futures import ThreadPoolExecutor
from tests.support.printing import print_job
from tests.print.test_pdf_life import children, needs_proc, parent
from tests.print.test_pdf_samples import ASSETS, given, page
setup = given(pathlib.Path(sys.argv[1]))
with ThreadPoolExecutor(2) as pool:
    futures = [pool.submit(print_job, page(), ASSETS, setup) for _ in range(4)]
    print(len({future.result().pdf for future in futures}))
"""


def test_a_pool_prints_what_it_is_given(tmp_path: Path) -> None:
    """Each future brings its own page, whichever server printed it."""
    with Pool(2, given(tmp_path)) as pool:
        texts = [page(f"<p data-block=b{number}>{number}") for number in range(6)]
        futures = [pool.submit(print_job, text, ASSETS, given(tmp_path)) for text in texts]
        found = [future.result() for future in futures]
        assert len(pool._servers) == 2
    assert [list(done.facts.blocks) for done in found] == [[f"b{number}"] for number in range(6)]
    assert all(faultless(done.facts) for done in found)
    assert [server.pid for server in pool._servers] == [None, None]


@needs_proc
def test_servers_are_copies_of_one_process_and_do_without_each_other(tmp_path: Path) -> None:
    """The engine is loaded once; a server that is killed takes no page of another, and leaves no zombie."""
    waiting = threading.Barrier(2, timeout=PATIENCE)

    def both(text: str) -> tuple[int | None, Print]:
        """Print on one server while the other prints too."""
        waiting.wait()
        made = print_job(text, ASSETS, given(tmp_path))
        return thread_server(given(tmp_path)).pid, made

    with Pool(2, given(tmp_path)) as pool:
        for _ in range(3):
            asked = [pool.submit(both, page(f"<p>{number}")) for number in range(2)]
            pids = {future.result()[0] or 0 for future in asked}
            assert len(pids) == 2
            [warm] = {parent(pid) for pid in pids}
            assert parent(warm) == os.getpid()
            os.kill(min(pids), signal.SIGKILL)
        pool.submit(both, page())
        assert all(future.result()[1].pdf for future in [pool.submit(both, page())])
        assert len(children(warm, zombies=True)) == 2


def test_servers_start_when_there_is_work(tmp_path: Path) -> None:
    """A pool without work has no process, one with a single print has one."""
    with Pool(8, given(tmp_path)) as pool:
        assert not pool._servers
        pool.submit(print_job, page(), ASSETS, given(tmp_path)).result()
        assert len(pool._servers) == 1


def test_servers_that_are_begun_print_and_end_with_the_pool(tmp_path: Path) -> None:
    """Where nothing is printed, nobody waits until they have started."""
    with Pool(2, given(tmp_path)) as pool:
        pool.begin()
        assert faultless(pool.submit(print_job, page(), ASSETS, given(tmp_path)).result().facts)
        begun = [server.pid for server in pool._servers]
    assert len(begun) == 2
    with Pool(2, given(tmp_path)) as idle:
        idle.begin()
        servers = idle._servers
    assert [server.pid for server in (*pool._servers, *servers)] == [None] * (2 + len(servers))
    assert not [each for each in begun if each and Path(f"/proc/{each}").exists()]


def test_the_work_is_done_before_the_pool_closes(tmp_path: Path) -> None:
    """Leaving the block in peace waits for all prints."""
    with Pool(1, given(tmp_path)) as pool:
        futures = [pool.submit(print_job, page(), ASSETS, given(tmp_path)) for _ in range(3)]
    assert all(future.done() and future.result().pdf for future in futures)


def test_a_failed_print_is_told_where_it_is_waited_for(tmp_path: Path) -> None:
    """One bad page takes no other with it."""
    with Pool(1, given(tmp_path, PrintLimits(seconds=4))) as pool:
        bad, good = (
            pool.submit(print_job, text, ASSETS, given(tmp_path))
            for text in (BOMB, page("<p>good"))
        )
        with pytest.raises(PrintFailedError, match="more than 4 s"):
            bad.result()
        assert good.result().pdf


def test_an_interrupt_ends_everything(tmp_path: Path) -> None:
    """After Ctrl-C what runs ends at once, what waits is cancelled, no server is left."""
    futures: list[Future[Print]] = []

    def interrupted() -> None:
        with Pool(2, given(tmp_path, PrintLimits(seconds=600))) as pool:
            futures.extend(pool.submit(print_job, BOMB, ASSETS, given(tmp_path)) for _ in range(5))
            threading.Thread(target=interrupt).start()
            futures[0].result()

    def interrupt() -> None:
        """Press Ctrl-C once both servers are at work, however long the machine takes to start them."""
        while not (len(futures) == 5 and futures[0].running() and futures[1].running()):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - begin < PATIENCE
    assert all(future.done() for future in futures)
    assert [future.cancelled() for future in futures] == [False, False, True, True, True]
    with pytest.raises(PrintFailedError, match="was ended"):
        futures[0].result()
    with pytest.raises(CancelledError):
        futures[-1].result()


def test_the_job_runs_on_any_executor(tmp_path: Path) -> None:
    """Outside of a pool a thread starts a server of its own, and the program ends by itself."""
    run = subprocess.run(
        [sys.executable, "-c", ANYWHERE, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (run.stdout, run.stderr) == ("1\n", "")


def test_as_many_jobs_as_processors(tmp_path: Path) -> None:
    """Unless somebody says otherwise."""
    with Pool(0, given(tmp_path)) as pool:
        assert pool._max_workers == workers.usable_processors() >= 1


def test_the_fontconfig_file_is_written_once(tmp_path: Path) -> None:
    """It stays as it is while it is right, and many may write it at once."""
    with ThreadPoolExecutor(8) as pool:
        paths = {each.fontconfig for each in pool.map(setup, [tmp_path] * 32)}
    [path] = paths
    first = path.stat()
    setup(tmp_path)
    assert path.stat().st_ino == first.st_ino
    path.write_text("old")
    setup(tmp_path)
    assert "templates/fonts" in path.read_text()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["fontconfig", path.name]


def test_where_it_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The error names the file."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"file/fonts\.conf: not a directory"):
        setup(tmp_path / "file")


def test_text_that_only_the_pdf_shows_off_its_sheet_is_among_the_facts(tmp_path: Path) -> None:
    """A transform moves ink and no box: the characters of the finished PDF tell."""
    moved = "<p style='transform: translateX(400mm)'>moved away"
    html = f"<html lang=en><title>t</title><body style='font-family: Press Sans'>{moved}"
    with Pool(1, setup(tmp_path)) as pool:
        found = pool.submit(print_job, html, {}, given(tmp_path)).result().facts.ink
    assert ("moved away", "is off the sheet") in {(ink.text, ink.fault) for ink in found}
