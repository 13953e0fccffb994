"""Pages are printed on other machines: a real scheduler of dask and its workers, which share no folder with us."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import dask
import psutil
import pytest
import yaml

from press.build.fit import fit_job
from press.build.prints import standard_of
from press.page.fonts import FACES
from press.print import cluster as printing
from press.print.pool import Pool
from press.print.server.client import PrintFailedError
from press.print.server.guard import PrintLimits
from press.problems import ConfigurationError
from tests.deliver.mail.servers import trust
from tests.print.test_pdf_samples import ASSETS, BOMB, given
from tests.support.clusters import SECONDS, Running, running, until
from tests.support.editions import composed, means
from tests.support.folders import HERE, setup
from tests.support.project import LIBRARY, PARTS, environment, files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from press.build.fit import Fitted
    from press.checks.standard import Standard
    from tests.support.project import Project

# dask leaves a connection that broke to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
# As text, since a scheduler has no tests.
WITHOUT_PRESS = """
import pathlib, runpy, sys
sys.path = [path for path in sys.path if not (pathlib.Path(path) / "press").is_dir()]
runpy.run_module("distributed.cli.dask_worker", run_name="__main__")
"""
TASKS = "lambda dask_scheduler: len(dask_scheduler.tasks)"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a scheduler and two workers."""
    with running(tmp_path_factory.mktemp("cluster").resolve(), 2) as found:
        yield found


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """Return the settings of dask that name certificates, as variables; they serve all sides."""
    authority, pair = trust(tmp_path, "127.0.0.1").ca, tmp_path / "server.pem"
    named = {
        f"{who}__{what}": pair
        for who in ("SCHEDULER", "WORKER", "CLIENT")
        for what in ("CERT", "KEY")
    }
    named["CA_FILE"] = authority
    return {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(path) for name, path in named.items()}


@pytest.fixture
def empty(tmp_path: Path, settings: dict[str, str]) -> Iterator[Running]:
    """Run a scheduler that speaks TLS, as we do, and has no worker."""
    keys = {name.removeprefix("DASK_").lower().replace("__", "."): name for name in settings}
    ours = {key.replace("ca_file", "ca-file"): settings[name] for key, name in keys.items()}
    with running(tmp_path / "empty", 0, **settings) as found, dask.config.set(ours):
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Standard]:
    """Return the page of a brief, and what its print is held to."""
    library, page = composed(means(tmp_path_factory.mktemp("page"), LIBRARY))
    return page.paper, standard_of(library, page)


def submitted(there: Executor, page: tuple[str, Standard], place: Path) -> Future[Fitted]:
    """Return the print of a page that is printed there."""
    return there.submit(fit_job, page[0], {}, page[1], setup(place))


def test_other_machines_print_the_same_bytes(project: Project, two: Running) -> None:
    """All outputs are those of a build on this machine; each worker has the faces in a folder of its own, once."""
    before = files(project.out)
    project.forget_prints()
    made = project.made("--executor", two.address)
    assert set(made.values()) == {"new"}
    assert files(project.out) == before
    own = {face.file: (HERE.fonts / face.file).read_bytes() for face in FACES}
    for folder in two.folders:
        [faces] = folder.glob("dask-scratch-space/worker-*/press-*/faces")
        assert files(faces) == own


def test_a_killed_worker_costs_time_and_nothing_else(
    tmp_path: Path, two: Running, page: tuple[str, Standard]
) -> None:
    """Its pages are printed by the other, and its print servers end with it."""
    with Pool(1, setup(tmp_path)) as pool:
        here = submitted(pool, page, tmp_path).result()
    with two.executor(tmp_path) as there:
        waiting = [submitted(there, page, tmp_path) for _ in range(6)]
        waiting[0].result()
        server, worker = next(iter(two.servers().items()))
        os.kill(worker, signal.SIGKILL)
        assert [future.result() for future in waiting] == [here] * 6
    until(lambda: not psutil.pid_exists(server))


def test_a_page_that_fails_is_told_as_here(
    tmp_path: Path, two: Running, page: tuple[str, Standard]
) -> None:
    """With the kind of its failure and the block that is to blame."""
    setting = given(tmp_path, PrintLimits(seconds=0.3))
    told = []
    for place in (Pool(1, setting), two.executor(tmp_path)):
        with place as running, pytest.raises(PrintFailedError) as caught:
            running.submit(fit_job, BOMB, ASSETS, page[1], setting).result()
        told.append((str(caught.value), caught.value.kind, caught.value.block))
    assert told[0] == told[1]
    assert told[0][1:] == ("late", max(page[1].letters, key=lambda name: page[1].letters[name]))


def test_a_fault_of_ours_is_told_with_where_it_was(tmp_path: Path, two: Running) -> None:
    """What was raised there is raised here."""
    with two.executor(tmp_path) as there, pytest.raises(TypeError) as caught:
        there.submit(fit_job, "", {}, None, setup(tmp_path)).result()  # type: ignore[arg-type]
    assert "press/build/fit.py" in caught.value.__notes__[0]


def test_a_worker_that_would_print_other_bytes_is_refused(
    tmp_path: Path, two: Running, page: tuple[str, Standard]
) -> None:
    """It is named, and what is different there."""
    machine = lambda: {"the code of Press": str(os.getpid())}  # noqa: E731 - sent to the worker as it is
    with printing.Cluster(two.address, HERE.fonts, machine) as there:
        job = submitted(there, page, tmp_path)
        refused = (
            rf"the worker tcp://127\.0\.0\.1:\d+ .*: the code of Press is \d+, not {os.getpid()};"
        )
        with pytest.raises(ConfigurationError, match=refused):
            job.result()


def test_a_scheduler_without_workers_and_one_that_ends_are_told(
    tmp_path: Path, empty: Running, page: tuple[str, Standard], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No job waits for ever; what is not reached with the certificates that it asks for is no scheduler."""
    monkeypatch.setattr(printing, "CONNECT", 2.0)
    plain = empty._replace(address=empty.address.replace("dask+tls:", "dask:"))
    with plain.executor(tmp_path) as there, pytest.raises(ConfigurationError, match="no scheduler"):
        submitted(there, page, tmp_path)
    with empty.executor(tmp_path) as there:
        waiting = submitted(there, page, tmp_path)
        empty.processes[0].kill()
        with pytest.raises(ConfigurationError, match="is gone; start it again"):
            waiting.result()


def test_a_worker_without_press_and_a_name_without_a_machine_are_told(
    tmp_path: Path, empty: Running, page: tuple[str, Standard], settings: dict[str, str]
) -> None:
    """Such a worker would end over the first page, and leave it to wait for others."""
    command = [
        sys.executable,
        "-I",
        "-c",
        WITHOUT_PRESS,
        empty.address.replace("dask+tls:", "tls:"),
        "--no-nanny",
    ]
    worker = subprocess.Popen(command, cwd=tmp_path, env=environment(**settings))
    try:
        with empty.executor(tmp_path) as there:
            waiting = submitted(there, page, tmp_path)
            with pytest.raises(ConfigurationError, match=r"No module named 'press'; install"):
                waiting.result()
    finally:
        worker.terminate()
        worker.wait(SECONDS)
    unknown = empty._replace(address="dask+tls://nowhere.invalid:8786")
    with unknown.executor(tmp_path) as there, pytest.raises(ConfigurationError, match="Errno"):
        submitted(there, page, tmp_path)


def test_ctrl_c_takes_the_jobs_back(
    tmp_path: Path, empty: Running, project: Project, settings: dict[str, str]
) -> None:
    """The run ends as any that is stopped, and the scheduler has nothing left of it."""
    project.forget_prints()
    command = project.command("build", "--executor", empty.address)
    with empty.executor(tmp_path) as there:
        tasks = there.client.run_on_scheduler  # type: ignore[attr-defined]
        run = subprocess.Popen(command, cwd=project.root, env=environment(**settings))
        until(lambda: tasks(eval(TASKS)))  # noqa: S307 - our own
        run.send_signal(signal.SIGINT)
        assert run.wait(SECONDS) == 130
        until(lambda: not tasks(eval(TASKS)))  # noqa: S307 - likewise


def test_the_image_of_the_compose_file_has_what_a_set_up_needs() -> None:
    """All that a copy of Press is made of goes into it."""
    parts = yaml.safe_load((HERE.root / "docs" / "cluster.compose.yaml").read_text("utf-8"))
    image = parts["services"]["scheduler"]["build"]["dockerfile_inline"]
    copied = re.findall(r"(?m)^COPY (.*) \S+$", image)
    assert set(PARTS) <= {name for names in copied for name in names.split()}
    assert {part["image"] for part in parts["services"].values()} == {"press-cluster"}


def test_jobs_fail_when_no_worker_comes(
    tmp_path: Path, empty: Running, page: tuple[str, Standard], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else they would wait for ever."""
    monkeypatch.setattr(printing, "PATIENCE", 0.0)
    with empty.executor(tmp_path) as there:
        waiting = submitted(there, page, tmp_path)
        with pytest.raises(ConfigurationError, match="has no worker; start some"):
            waiting.result()
