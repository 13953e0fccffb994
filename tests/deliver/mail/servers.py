"""Mail servers for tests: one that does all right, and whatever else it is told to do wrong."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HANG_UP = b""
SILENCE = b"\0"  # nothing, until the other side has had enough
FINE = {
    "banner": b"220 ready\r\n",
    "EHLO": b"250-here\r\n250 SIZE 0\r\n",
    "STARTTLS": b"220 go ahead\r\n",
    "AUTH": b"235 welcome\r\n",
    "MAIL": b"250 fine\r\n",
    "RCPT": b"250 fine\r\n",
    "DATA": b"354 go on\r\n",
    "end": b"250 kept\r\n",
    "RSET": b"250 fine\r\n",
    "QUIT": b"221 bye\r\n",
}


class Message(NamedTuple):
    """What a server has taken."""

    reader: str
    data: bytes


@dataclass
class Server:
    """A server on this machine; for each step the next of its answers counts, and then the fine one."""

    answers: dict[str, Iterator[bytes]] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    at_once: bool = False  # TLS from the first byte
    on: Callable[[str, int], None] | None = None  # told of each step and how often it came
    messages: list[Message] = field(default_factory=list)  # all that came in whole
    said: list[str] = field(default_factory=list)  # by the client
    connections: int = 0
    port: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def answer(self, step: str) -> bytes:
        """Return what to say at *step*."""
        self.counts[step] = self.counts.get(step, 0) + 1
        if self.on:
            self.on(step, self.counts[step])
        return next(self.answers.get(step, iter(())), FINE.get(step, b"502 what?\r\n"))

    def addresses(self) -> list[str]:
        """Return whom the messages were for, in order of the alphabet."""
        return sorted(message.reader for message in self.messages)

    def serve(self, plain: socket.socket) -> None:
        """Talk to one client to its end."""
        self.connections += 1
        with ExitStack() as open_ones, suppress(OSError):
            self.talk(open_ones.enter_context(plain), open_ones)

    def secret(self, line: socket.socket, open_ones: ExitStack) -> socket.socket:
        """Go on in TLS."""
        assert self.context
        return open_ones.enter_context(self.context.wrap_socket(line, server_side=True))

    def talk(self, line: socket.socket, open_ones: ExitStack) -> None:
        """Answer each command."""
        line = self.secret(line, open_ones) if self.at_once else line
        file, reader = open_ones.enter_context(line.makefile("rb")), ""
        if not say(line, self.answer("banner")):
            return
        while command := file.readline():
            self.said.append(command.decode(errors="replace").strip())
            step = self.said[-1][:4].upper()
            step = {"STAR": "STARTTLS"}.get(step, step)
            if step == "RCPT":
                reader = self.said[-1].partition("<")[2].partition(">")[0]
            answer = self.answer(step)
            if not say(line, answer) or step == "QUIT":
                return
            if step == "STARTTLS" and answer.startswith(b"220"):
                line = self.secret(line, open_ones)
                file = open_ones.enter_context(line.makefile("rb"))
            if step == "DATA" and answer.startswith(b"354"):
                data = whole(file)
                if data is None or not say(line, self.kept(reader, data)):
                    return

    def kept(self, reader: str, data: bytes) -> bytes:
        """Keep a message that came in whole, where the answer is none that refuses it."""
        at = len(self.messages)
        self.messages.append(Message(reader, data.replace(b"\r\n..", b"\r\n.")))
        answer = self.answer("end")
        if answer[:1] in {b"4", b"5"}:
            del self.messages[at]
        return answer


def whole(file: BinaryIO) -> bytes | None:
    """Return a message, or None where it has no end."""
    lines: list[bytes] = []
    while line := file.readline():
        if line == b".\r\n":
            return b"".join(lines)
        lines.append(line)
    return None


def say(line: socket.socket, answer: bytes) -> bool:
    """Send *answer*; return whether there is more to be said."""
    if answer == SILENCE:
        with suppress(OSError):
            while line.recv(1024):
                pass
        return False
    line.sendall(answer)
    return bool(answer)


def always(answer: bytes) -> Iterator[bytes]:
    """Return *answer* for ever."""
    return repeat(answer)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Let *server* serve in the background, one client after the other."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]

        def accept() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listener.accept()
                    if line.getpeername() == closing:
                        line.close()
                        return
                    server.serve(line)

        closing: tuple[str, int] | None = None
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            with socket.socket() as last:
                last.bind(("127.0.0.1", 0))
                closing = last.getsockname()
                last.connect(("127.0.0.1", server.port))
                thread.join()


@dataclass(frozen=True)
class Trust:
    """A certificate for this machine, and the file that says whom to trust."""

    context: ssl.SSLContext
    ca: Path


def trust(folder: Path, *names: str) -> Trust:
    """Make an authority of its own and a certificate that it gives to *names*."""
    folder.mkdir(parents=True, exist_ok=True)
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = certificate("authority", root, "authority", root, ())
    own = certificate("server", key, "authority", root, names)
    ca, pair = folder / "ca.pem", folder / "server.pem"
    ca.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    pair.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + own.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    return Trust(context, ca)


def certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signer: ec.EllipticCurvePrivateKey,
    hosts: tuple[str, ...],
) -> x509.Certificate:
    """Return a certificate for *hosts*, or that of an authority where there are none."""
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
    )
    if hosts:
        names = x509.SubjectAlternativeName([general(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256())


def named(name: str) -> x509.Name:
    """Return the name of a party to a certificate."""
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def general(host: str) -> x509.GeneralName:
    """Return a host as a certificate names it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
