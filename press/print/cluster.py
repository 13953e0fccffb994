"""Spread prints over many machines: an executor whose jobs run on the workers of a dask scheduler."""

import asyncio
import logging
import pickle
import re
import traceback
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Any

import distributed
from distributed.protocol.pickle import dumps

from press.ground.disk import write_whole
from press.ground.lock import reported
from press.ground.sums import sha256
from press.page.fonts import FACES
from press.print import pool
from press.print.server.client import PrintFailedError, Setup
from press.problems import ConfigurationError, PressError

Identity = Callable[[], Mapping[str, str]]  # of a machine: what decides which bytes it prints
Outcome = tuple[Any, BaseException | None]  # what a job returned, or what it raised

CONNECT = 10.0  # seconds in which a scheduler has to answer
PATIENCE = 30.0  # seconds without a worker; one that was killed is back sooner
TURN = 1.0  # seconds between two looks at whether there is one
SHOWN = 3  # differences between two machines that a message names
# As text: a worker without Press ends over a function that it cannot import, and says so of text.
AT_WORKER = f"__import__('{__name__}', fromlist=['']).at_worker(machine, shared, packed)"
STYLE = re.compile(r"(?s)(<style.*?</style>)")
WAY_OUT = "docs/cluster.md says how to run one; without --executor this machine prints"
KEPT = "the pages that were printed are kept"


class Cluster(Executor):
    """An executor that reaches the scheduler at *address*, such as `dask://10.0.0.2:8786`, with its first job.

    Values go out, and values come back: no worker sees a folder of ours. Faces, styles and images go to each once.
    """

    def __init__(self, address: str, faces: Path, identity: Identity) -> None:
        self._address, self._identity = address, identity
        self._faces = pickle.dumps({face.file: (faces / face.file).read_bytes() for face in FACES})
        self._running: dict[Future[Any], distributed.Future[Outcome]] = {}
        self._shared: dict[str, distributed.Future[bytes]] = {}  # by digest

    def begin(self) -> None:
        """Start nothing: the workers run."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait for the work; after an exception, such as Ctrl-C, drop it."""
        self.shutdown(cancel_futures=kind is not None)

    def submit(self, job: Callable[..., Any], /, *given: Any, **_: Any) -> Future[Any]:  # noqa: ANN401 - as its base
        """Have a page printed; *given* are its HTML, its images, its standard, the setup of a print server, and more.

        Raises:
            ConfigurationError: no scheduler answers.
        """
        html, images, standard, setup, *more = given
        pieces = STYLE.split(html)  # each second one is a style
        pieces[1::2] = styles = [self._share(style.encode()) for style in pieces[1::2]]
        named = {name: self._share(data) for name, data in images.items()}
        faces = self._share(self._faces)
        shared = {name: self._shared[name] for name in (faces, *styles, *named.values())}
        packed = zlib.compress(pickle.dumps((job, faces, pieces, named, standard, setup, more)), 1)
        machine = dumps((self._identity, self._identity()))
        words = {"machine": machine, "shared": shared, "packed": packed}
        ours, theirs = Future[Any](), self.client.submit(eval, AT_WORKER, words, pure=False)
        self._running[ours] = theirs
        self.client.loop.add_callback(self._bring, ours, theirs)
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as its base
        """Take no more jobs, *wait* for those that run or cancel them, and leave the scheduler."""
        for future in tuple(self._running) if wait and not cancel_futures else ():
            future.exception()
        left, self._running = self._running, {}
        for ours in left:
            ours.cancel()
        if "client" in vars(self):
            self.client.cancel([*left.values()], force=True)
            self.client.close()

    @cached_property
    def client(self) -> distributed.Client:
        """The connection to the scheduler."""
        for name in ("distributed", "distributed.client", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # we report what they would log
        protocol, rest = self._address.split(":", 1)
        scheduler = f"{'tls' if protocol == 'dask+tls' else 'tcp'}:{rest}"
        try:
            asyncio.run(asyncio.wait_for(_greet(scheduler), CONNECT))
            client = distributed.Client(scheduler, timeout=CONNECT, set_as_default=False)
        except Exception as error:
            what = f"no scheduler of dask answers at {self._address}: {_reason(error)}"
            raise ConfigurationError(f"{what}; {WAY_OUT}") from error
        client.loop.add_callback(self._watch, client)
        return client

    def _share(self, data: bytes) -> str:
        """Return the name of *data*, which dask sends to a worker with its first job that needs them."""
        name = f"press-{sha256(data)}"
        if name not in self._shared:
            self._shared[name] = self.client.submit(bytes, data, key=name)
        return name

    async def _watch(self, client: distributed.Client) -> None:
        """Fail all jobs when there is no worker for too long: dask would wait for ever."""
        seen = monotonic()
        while client.status in {"running", "connecting"}:
            await asyncio.sleep(TURN)
            with suppress(Exception):  # `_bring` reports a scheduler that is gone
                if await asyncio.wait_for(client.scheduler.ncores(), CONNECT):
                    seen = monotonic()
            if monotonic() - seen > PATIENCE:
                what = f"the scheduler at {self._address} has no worker; start some; {KEPT}"
                for future in tuple(self._running):
                    self._end(future, None, ConfigurationError(what))

    async def _bring(self, ours: Future[Any], theirs: "distributed.Future[Outcome]") -> None:
        """Wait for a job, and hand on what it returns or raises."""
        try:
            value, error = await theirs.client.gather(theirs, asynchronous=True)
        except distributed.KilledWorker:
            what = "several workers ended over one page; their logs may say why"
            value, error = None, ConfigurationError(f"{what}; {KEPT}")
        except (Exception, CancelledError) as broken:  # noqa: BLE001 - any of it ends the run
            what = f"the cluster cannot run this Press: {_reason(broken)}; install the same on all its machines"
            if theirs.cancelled():
                what = f"the scheduler at {self._address} is gone; start it again; {KEPT}"
            value, error = None, ConfigurationError(what)
        self._end(ours, value, error)
        theirs.release()  # or else the worker would keep the result

    def _end(self, ours: Future[Any], value: object, error: BaseException | None) -> None:
        if self._running.pop(ours, None) and ours.set_running_or_notify_cancel():
            if error:
                ours.set_exception(error)
            else:
                ours.set_result(value)


def at_worker(machine: bytes, shared: Mapping[str, bytes], packed: bytes) -> Outcome:
    """Run a job on a worker that would print what the *machine* of the parent prints."""
    worker = distributed.get_worker()
    identity, theirs = pickle.loads(machine)  # noqa: S301 - of the parent, as all that dask brings
    own = identity()
    names = sorted({name for name, _ in own.items() ^ theirs.items()})[:SHOWN]
    if names:
        there, here = ([each.get(name, "missing") for name in names] for each in (own, theirs))
        other = ", ".join(map("{} is {}, not {}".format, names, there, here))
        what = f"the worker {worker.address} would print other bytes: {other}"
        return None, ConfigurationError(f"{what}; install the same Press and libraries there")
    job, faces, pieces, images, standard, setup, more = pickle.loads(zlib.decompress(packed))  # noqa: S301 - likewise
    pieces[1::2] = [shared[name].decode() for name in pieces[1::2]]
    images = {name: shared[digest] for name, digest in images.items()}
    try:
        own_setup = _set_up(Path(worker.local_directory) / faces, shared[faces], setup)
        return job("".join(pieces), images, standard, own_setup, *more), None
    except PrintFailedError as error:
        return None, error
    except PressError as error:
        return None, type(error)(f"on the worker {worker.address}, {error}")
    except Exception as error:  # noqa: BLE001 - raised again where the traceback can be read
        error.add_note(traceback.format_exc())
        return None, error


def _set_up(folder: Path, faces: bytes, given: Setup) -> Setup:
    """Return the setup of print servers with these *faces*, which are in *folder* then."""
    # two threads may write the same at once, each file whole
    if not (folder / "fonts.conf").exists():
        with reported(folder):
            (folder / "faces").mkdir(parents=True, exist_ok=True)
        for name, data in pickle.loads(faces).items():  # noqa: S301 - likewise
            write_whole(folder / "faces" / name, data)
    return replace(given, fontconfig=pool.setup(folder, folder / "faces").fontconfig)


async def _greet(address: str) -> None:
    """Refuse an *address* where something else than a scheduler answers: a client of dask may wait for it for ever."""
    host, port = distributed.comm.get_address_host_port(address)
    await asyncio.get_running_loop().getaddrinfo(
        host, port
    )  # dask would ask for that name till the time is up
    settings = distributed.Security().get_connection_args("client")
    if address.startswith("tls:") and not settings["ssl_context"]:
        raise ValueError("the settings of dask name no certificates, as distributed.comm.tls")
    line = await distributed.core.connect(address, CONNECT, **settings)
    try:
        await line.write({"op": "identity", "reply": True})
        if (kind := (await line.read())["type"]) != "Scheduler":
            raise ValueError(f"it is that of a {kind.lower()}")
    finally:
        line.abort()


def _reason(error: BaseException) -> str:
    late = f"no answer in {CONNECT:g} s" if isinstance(error, TimeoutError) else ""
    return " ".join(str(error).split()) or late or type(error).__name__
