"""Servers and stores that are not what they should be, and secrets that stay where they are."""

from __future__ import annotations

import getpass
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from press.problems import CONFIGURATION, IO, TRY_AGAIN
from tests.deliver.publish.conftest import sshd
from tests.deliver.publish.releases import NEW, OLD, site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.deliver.publish.conftest import InStore, OnDisk, Runner, Sshd

CANARY = "canary-of-the-server"


def refusal(status: int, code: str) -> tuple[int, bytes]:
    """Return what a store says when it refuses."""
    return status, f"<Error><Code>{code}</Code><Message>{CANARY}</Message></Error>".encode()


@pytest.fixture(scope="module")
def impostor(runner: Runner) -> Iterator[Sshd]:
    """Return a server with a key of its own that lets the user in as well."""
    started, process = sshd(runner.folder, runner.home, "impostor")
    yield started
    process.terminate()
    process.wait()


def address(runner: Runner, port: int) -> str:
    """Return the target behind *port*."""
    return f"sftp://{getpass.getuser()}@127.0.0.1:{port}{runner.folder}/target"


@pytest.mark.turns
@pytest.mark.sshd
@pytest.mark.parametrize(
    ("known", "why"),
    [
        (True, "another host key"),
        (False, "is not known"),
    ],
)
def test_an_impostor_gets_nothing(
    sftp: OnDisk,
    server: Sshd,
    impostor: Sshd,
    known: bool,  # noqa: FBT001 - a row
    why: str,
) -> None:
    """A server with another key than the known one, or one that nobody knows, is not even told who we are."""
    runner = sftp.runner
    hosts = runner.folder / "hosts"
    hosts.write_text(server.known(impostor.port if known else server.port), "utf-8")
    before = impostor.log.read_text()
    status, said = runner.publish(
        address(runner, impostor.port),
        known_hosts=str(hosts),
        environment={"PRESS_SFTP_PASSWORD": CANARY},
    )
    assert (status, why in said["message"]) == (CONFIGURATION, True), said
    assert "SHA256:" in said["message"]
    assert CANARY not in said["message"]
    log = impostor.log.read_text().removeprefix(before)
    assert "Connection from" in log
    assert "userauth-request" not in log
    assert sftp.found() == {}


@pytest.mark.sshd
def test_a_host_is_known_by_the_file_that_is_named(sftp: OnDisk, impostor: Sshd) -> None:
    """The same server, once its key is vouched for."""
    hosts = sftp.runner.folder / "hosts"
    hosts.write_text(impostor.known(impostor.port), "utf-8")
    status, _ = sftp.runner.publish(address(sftp.runner, impostor.port), known_hosts=str(hosts))
    assert status == 0
    assert site(sftp.found()) == sftp.new


@pytest.mark.sshd
def test_a_user_who_has_no_key_there_is_told(sftp: OnDisk) -> None:
    """With the ways to name one; his password is not repeated."""
    environment = {"HOME": str(sftp.runner.folder), "PRESS_SFTP_PASSWORD": CANARY}
    hosts = str(sftp.runner.home / ".ssh" / "known_hosts")
    status, said = sftp.publish(environment=environment, known_hosts=hosts)
    assert (status, "ssh-add" in said["message"]) == (CONFIGURATION, True), said
    assert CANARY not in said["message"]


@pytest.mark.sshd
def test_the_settings_of_ssh_hold(sftp: OnDisk) -> None:
    """A short name, a port, a user and a key of ~/.ssh/config; a way through another host is not taken for none."""
    runner, config = sftp.runner, sftp.runner.home / ".ssh" / "config"
    assert sftp.proxy is not None
    text = f"Host site\n HostName 127.0.0.1\n Port {sftp.proxy.port}\n User {getpass.getuser()}\n"
    target = f"sftp://site{runner.folder}/target"
    try:
        config.write_text(f"{text} IdentitiesOnly yes\n IdentityFile ~/.ssh/id_ed25519\n", "utf-8")
        assert runner.publish(target)[0] == 0
        assert site(sftp.found()) == sftp.new
        config.write_text(f"{text} ProxyJump gate\n", "utf-8")
        status, said = runner.publish(target)
    finally:
        config.unlink()
    assert (status, "proxyjump" in said["message"]) == (CONFIGURATION, True), said


@pytest.mark.sshd
def test_a_folder_that_is_not_there_or_not_ours_is_told(sftp: OnDisk) -> None:
    """At a server as here: no folder is made above the target's own, nothing is written over."""
    status, said = sftp.runner.publish(f"{sftp.target}/no/such")
    assert (status, "folder above it is not there" in said["message"]) == (IO, True), said
    sftp.put("index.html", b"not of Press")
    status, said = sftp.publish()
    assert (status, "did not publish" in said["message"]) == (IO, True), said
    assert sftp.found() == {"index.html": b"not of Press"}


@pytest.mark.sshd
def test_a_link_at_a_server_is_not_followed(sftp: OnDisk) -> None:
    """Else a site would be written where nobody asked for it."""
    sftp.root.mkdir()
    elsewhere = sftp.runner.folder / "elsewhere"
    elsewhere.mkdir()
    (sftp.root / "en").symlink_to(elsewhere)
    status, said = sftp.publish()
    assert (status, "is a link" in said["message"]) == (IO, True), said
    assert list(elsewhere.iterdir()) == []


@pytest.mark.sshd
def test_what_others_changed_at_a_server_is_seen_by_its_time(sftp: OnDisk) -> None:
    """Of the same size; what has the same bytes again is not sent."""
    sftp.hold_old()
    path = sftp.root / "evidence.html"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"evidence", b"evidenze", 1))
    time = int(path.stat().st_mtime) + 10
    os.utime(path, (time, time))
    said = sftp.good(release=OLD)
    assert said["changed"] == ["evidence.html"]
    assert path.read_bytes() == data
    os.utime(path, (time, time))
    said = sftp.good()
    assert "evidence.html" in {one["path"] for one in said["keep"]}


@pytest.mark.parametrize("kind", [pytest.param("sftp", marks=pytest.mark.sshd), "bucket"])
def test_damage_that_leaves_no_trace_is_found_by_reading(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """One bit in a file of the same size and time: --verify reads all back."""
    bench: Any = request.getfixturevalue(kind)
    bench.good()
    data = bytes([bench.new["en/donors.pdf"][0] ^ 1]) + bench.new["en/donors.pdf"][1:]
    if kind == "sftp":
        path = bench.root / "en" / "donors.pdf"
        times = path.stat().st_atime, path.stat().st_mtime
        path.write_bytes(data)
        os.utime(path, times)
        assert bench.good()["bytes"] == 0
    else:  # a store's mark is of the bytes
        bench.put("en/donors.pdf", data)
    said = bench.good(verify=True)
    assert said["changed"] == ["en/donors.pdf"]
    assert site(bench.found()) == bench.new


def test_a_file_of_a_store_has_its_type_and_its_time(bucket: InStore) -> None:
    """What is opened first is asked for again soon; text says how it is written."""
    bucket.good()
    wanted = {
        "index.html": ("text/html; charset=utf-8", "public, max-age=300"),
        "ru/health.html": ("text/html; charset=utf-8", "public, max-age=300"),
        "en/health.pdf": ("application/pdf", "public, max-age=3600"),
        "data/claims.csv": ("text/csv; charset=utf-8", "public, max-age=3600"),
        "SHA256SUMS": ("text/plain; charset=utf-8", "public, max-age=300"),
        "press-published.json": ("application/json", "no-cache"),
    }
    for name, kind in wanted.items():
        told = bucket.client.head_object(Bucket="sites", Key=f"a/b/{name}")
        assert (told["ContentType"], told["CacheControl"]) == kind


def test_a_neighbour_in_the_bucket_is_left_alone(bucket: InStore) -> None:
    """A prefix that begins with the same letters is another one."""
    bucket.client.put_object(Bucket="sites", Key="a/bb/index.html", Body=b"neighbour")
    bucket.put("index.html", b"not of Press")
    status, said = bucket.publish()
    assert (status, "did not publish" in said["message"]) == (IO, True), said
    bucket.clear()
    bucket.good()
    told = bucket.client.get_object(Bucket="sites", Key="a/bb/index.html")
    assert told["Body"].read() == b"neighbour"


@pytest.mark.turns
@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "no usable key"),
        ({"AWS_PROFILE": "nobody"}, "no usable key"),
        ({"AWS_ENDPOINT_URL_S3": "http://nowhere.invalid"}, "host is not known"),
    ],
)
def test_a_store_that_cannot_be_logged_in_to_is_told(
    bucket: InStore, environment: dict[str, str], why: str
) -> None:
    """Without the words of libraries, which hold addresses and keys."""
    both = bucket.request["environment"] | environment
    status, said = bucket.publish(environment=both)
    assert (status, why in said["message"]) == (CONFIGURATION, True), said
    assert "canary-of-the-store" not in said["message"]


def test_a_bucket_that_is_not_there_is_told(bucket: InStore) -> None:
    """It is not made."""
    status, said = bucket.runner.publish("s3://no-such-bucket/x", **bucket.request)
    assert (status, "no bucket called no-such-bucket" in said["message"]) == (CONFIGURATION, True)


class Answer(BaseHTTPRequestHandler):
    """Answers every request in one way."""

    def do_GET(self) -> None:
        """Answer."""
        self.wfile.write(self.do_HEAD())

    def do_HEAD(self) -> bytes:
        """Answer without a body, and return that."""
        server: Any = self.server
        status, body = server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return bytes(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.turns
@pytest.mark.parametrize(
    ("answer", "status", "why"),
    [
        (refusal(403, "AccessDenied"), CONFIGURATION, "does not let this key in"),
        (refusal(403, "InvalidAccessKeyId"), CONFIGURATION, "does not let this key in"),
        (refusal(403, "SignatureDoesNotMatch"), CONFIGURATION, "does not let this key in"),
        (refusal(503, "SlowDown"), TRY_AGAIN, "4 times"),
        (refusal(500, "InternalError"), TRY_AGAIN, "4 times"),
        (refusal(400, "InvalidRequest"), IO, "refuses"),
        ((502, b"<html>a gateway"), TRY_AGAIN, "4 times"),
        ((200, b"<html>a captive portal"), IO, "is not what this version of Press writes"),
        ((200, b""), IO, "is not what this version of Press writes"),
    ],
)
@pytest.mark.usefixtures("releases")
def test_what_a_store_refuses_is_told(
    runner: Runner, answer: tuple[int, bytes], status: int, why: str
) -> None:
    """Whatever it answers, one sentence says what to do, and nothing of its own words is repeated."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.answer = answer  # type: ignore[attr-defined] # what its handler reads
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{server.server_port}"}
    try:
        found, said = runner.publish("s3://sites/x", environment=endpoint)
    finally:
        server.shutdown()
        server.server_close()
    assert (found, why in said.get("message", "")) == (status, True), said
    assert CANARY not in said["message"]


@pytest.mark.parametrize("kind", ["sftp", "s3"])
@pytest.mark.usefixtures("releases")
def test_a_port_where_nobody_answers_may_answer_later(runner: Runner, kind: str) -> None:
    """Attempts are counted, and the status says: try again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    target = address(runner, port) if kind == "sftp" else "s3://sites/x"
    environment = {"AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}"}
    status, said = runner.publish(target, environment=environment, release=NEW)
    assert (status, "4 times" in said["message"]) == (TRY_AGAIN, True), said
