"""What publishing is tested against: releases, a process that publishes, a folder, a server, a store."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from press.cli.doctor import program
from tests.deliver.publish.proxy import Proxy
from tests.deliver.publish.releases import OLD, Files, both

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
SECONDS = 60  # a safety net: how long a server may take to start
KEYS = {
    "AWS_ACCESS_KEY_ID": "press",
    "AWS_SECRET_ACCESS_KEY": "canary-of-the-store",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


class Runner:
    """A process that publishes in forks of itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder / "home"
        (home / ".ssh").mkdir(parents=True)
        script = Path(__file__).with_name("runner.py")
        kept = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
        kept.pop("SSH_AUTH_SOCK", None)
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(script), str(ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=kept | {"HOME": str(home)} | KEYS,
        )
        self.home = home
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def start(self, target: str, environment: dict[str, str] | None = None, **request: Any) -> int:  # noqa: ANN401 - JSON
        """Begin to publish, and return the process."""
        said = self.folder / "said.json"
        said.unlink(missing_ok=True)
        usual = {
            "releases": str(self.folder / "releases"),
            "work": str(self.folder / "work"),
            "waits": [0.01, 0.01, 0.01],
            "said": str(said),
            "environment": environment or {},
        }
        asked = usual | {"target": target} | request
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._line())

    def end(self) -> tuple[int, dict[str, Any]]:
        """Return the status, and what was said, if anything was."""
        status, said = int(self._line()), self.folder / "said.json"
        return status, json.loads(said.read_text("utf-8")) if said.exists() else {}

    def publish(self, target: str, **request: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
        """Publish, and return the status and what was said."""
        self.start(target, **request)
        return self.end()

    def close(self) -> None:
        """End."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@dataclass
class Bench:
    """Both releases, what publishes them, and a target."""

    runner: Runner
    old: Files
    new: Files
    target: str = ""
    proxy: Proxy | None = None
    request: dict[str, Any] = field(default_factory=dict)  # what this target needs

    def publish(self, **more: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
        """Publish to the target."""
        return self.runner.publish(self.target, **(self.request | more))

    def good(self, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Publish with success, and return what was said."""
        status, said = self.publish(**more)
        assert status == 0, said
        return said

    def broken(self, limit: int, how: str) -> tuple[int, dict[str, Any]]:
        """Publish, and after *limit* bytes kill the process, or let the network fall for good, or break once."""
        proxy = self.proxy
        assert proxy is not None
        process = 0

        def kill() -> None:
            while not process:  # it has been started, and we are about to be told
                time.sleep(0.001)
            os.kill(process, signal.SIGKILL)

        proxy.after(limit, {"kill": kill, "fall": proxy.fall, "break": proxy.cut}[how])
        process = self.runner.start(self.target, **self.request)
        ended = self.runner.end()
        proxy.passing()
        return ended

    def found(self) -> Files:
        """Return what lies at the target."""
        raise NotImplementedError

    def clear(self) -> None:
        """Empty the target."""
        raise NotImplementedError

    def hold_old(self) -> None:
        """Let the target hold the first release, as a publish left it."""
        raise NotImplementedError

    def put(self, name: str, data: bytes) -> None:
        """Put a file there behind the back of Press."""
        raise NotImplementedError


class OnDisk(Bench):
    """A target that is a folder, here or behind a server."""

    @property
    def root(self) -> Path:
        """The folder."""
        return self.runner.folder / "target"

    def found(self) -> Files:
        """Return what lies at the target."""
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}

    def clear(self) -> None:
        """Empty the target."""
        shutil.rmtree(self.root, ignore_errors=True)

    def hold_old(self) -> None:
        """Let the target hold the first release, as a publish left it."""
        self.clear()
        kept = self.root.with_name("kept")
        if not kept.exists():
            self.good(release=OLD)
            self.root.rename(kept)
        shutil.copytree(kept, self.root)  # with the times of its files

    def put(self, name: str, data: bytes) -> None:
        """Put a file there behind the back of Press."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_bytes(data)


class InStore(Bench):
    """A target that is a prefix in a bucket."""

    client: Any = None
    kept: Files

    def found(self) -> Files:
        """Return what lies at the target."""
        listed = self.client.list_objects_v2(Bucket="sites", Prefix="a/b/").get("Contents", ())
        return {
            one["Key"][4:]: self.client.get_object(Bucket="sites", Key=one["Key"])["Body"].read()
            for one in listed
        }

    def clear(self) -> None:
        """Empty the target."""
        for name in self.found():
            self.client.delete_object(Bucket="sites", Key=f"a/b/{name}")

    def hold_old(self) -> None:
        """Let the target hold the first release, as a publish left it."""
        self.clear()
        if not self.kept:
            self.good(release=OLD)
            self.kept = self.found()
        for name, data in self.kept.items():
            self.put(name, data)

    def put(self, name: str, data: bytes) -> None:
        """Put a file there behind the back of Press."""
        self.client.put_object(Bucket="sites", Key=f"a/b/{name}", Body=data)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Return what publishes."""
    runner = Runner(tmp_path_factory.mktemp("publishing"))
    yield runner
    runner.close()


@pytest.fixture(scope="module")
def releases(runner: Runner) -> tuple[Files, Files]:
    """Freeze both releases, and return what each publishes."""
    return both(runner.folder / "releases")


@pytest.fixture
def folder(runner: Runner, releases: tuple[Files, Files]) -> Iterator[OnDisk]:
    """Return a folder to publish into, which is not there yet."""
    bench = OnDisk(runner, *releases, str(runner.folder / "target"))
    bench.clear()
    yield bench
    bench.clear()
    shutil.rmtree(runner.folder / "kept", ignore_errors=True)


@dataclass(frozen=True)
class Sshd:
    """OpenSSH's server, with its own keys, as the user of the tests."""

    port: int
    key: str  # the public host key
    log: Path

    def known(self, port: int) -> str:
        """Return the line by which a client knows the server behind *port*."""
        return f"[127.0.0.1]:{port} {self.key}\n"


def sshd(folder: Path, home: Path, name: str) -> tuple[Sshd, subprocess.Popen[bytes]]:
    """Start a server that lets the key of *home* in."""
    path = program("sshd") or pytest.skip("mark the test with pytest.mark.sshd")
    host, login = folder / f"{name}_key", home / ".ssh" / "id_ed25519"
    for key in (host, login):
        if not key.exists():
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)]
            subprocess.run(command, check=True)
    if not os.geteuid():
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # root's server wants it
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = folder / f"{name}.conf"
    settings.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nPidFile none\nUsePAM no\n"
        f"StrictModes no\nAuthorizedKeysFile {login}.pub\nPasswordAuthentication no\n"
        "MaxStartups 100\nLogLevel DEBUG\nSubsystem sftp internal-sftp\n"
    )
    log = folder / f"{name}.log"
    process = subprocess.Popen([path, "-D", "-f", str(settings), "-E", str(log)])
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        assert process.poll() is None, log.read_text()
        time.sleep(0.02)
    return Sshd(port, host.with_suffix(".pub").read_text().strip(), log), process


@pytest.fixture(scope="module")
def server(runner: Runner) -> Iterator[Sshd]:
    """Return a server."""
    started, process = sshd(runner.folder, runner.home, "server")
    yield started
    process.terminate()
    process.wait()


@pytest.fixture(scope="module")
def wire(runner: Runner, server: Sshd) -> Iterator[Proxy]:
    """Return a network in front of the server, which the user knows on both its ports."""
    proxy = Proxy(server.port)
    known = runner.home / ".ssh" / "known_hosts"
    known.write_text(server.known(server.port) + server.known(proxy.port))
    yield proxy
    proxy.close()


@pytest.fixture
def sftp(runner: Runner, releases: tuple[Files, Files], wire: Proxy) -> Iterator[OnDisk]:
    """Return a folder behind the server."""
    address = f"sftp://{getpass.getuser()}@127.0.0.1:{wire.port}{runner.folder}/target"
    bench = OnDisk(runner, *releases, address, wire)
    bench.clear()
    yield bench
    bench.clear()
    shutil.rmtree(runner.folder / "kept", ignore_errors=True)


@pytest.fixture(scope="module")
def store() -> Iterator[tuple[int, Any]]:
    """Return the port of a store that speaks S3, and a client of it."""
    import boto3  # noqa: PLC0415 - heavy
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="press",
        aws_secret_access_key="tests",  # noqa: S106 - of nobody
    )
    client.create_bucket(Bucket="sites")
    yield port, client
    client.close()
    server.stop()


@pytest.fixture(scope="module")
def store_wire(store: tuple[int, Any]) -> Iterator[Proxy]:
    """Return a network in front of the store."""
    proxy = Proxy(store[0])
    yield proxy
    proxy.close()


@pytest.fixture
def bucket(
    runner: Runner, releases: tuple[Files, Files], store: tuple[int, Any], store_wire: Proxy
) -> Iterator[InStore]:
    """Return a prefix in a bucket."""
    endpoint = {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{store_wire.port}"}
    bench = InStore(
        runner, *releases, "s3://sites/a/b", store_wire, request={"environment": endpoint}
    )
    bench.client, bench.kept = store[1], {}
    bench.clear()
    yield bench
    bench.clear()
