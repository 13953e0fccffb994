"""Time a mailing beside a plain script that makes, signs and sends as many messages with the same PDF."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from press.tools.bench.spending import script

SETTINGS = """\
sender: {{name: The office, address: office@example.org}}
unsubscribe: {{mail: leave@example.org}}
server: {{host: 127.0.0.1, port: {port}, security: none, auth: none}}
dkim: {{selector: press, domain: example.org, key: ../dkim.pem}}
"""


class Sink(socketserver.StreamRequestHandler):
    """A mail server that takes whatever comes, and drops it."""

    def handle(self) -> None:
        """Answer each command with consent."""
        self.wfile.write(b"220 ready\r\n")
        while (line := self.rfile.readline()) and line[:4].upper() != b"QUIT":
            if line[:4].upper() == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
            self.wfile.write(b"250 fine\r\n")


@contextmanager
def serving() -> Iterator[int]:
    """Yield the port of a server on this machine."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def lay_out(root: Path, port: int, audience: str, count: int) -> list[str]:
    """Write settings, a key and so many readers into *root*; return the command line of the plain script."""
    key, readers = root / "dkim.pem", root / "readers.csv"
    private = rsa.generate_private_key(65537, 2048)
    form = (Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    key.write_bytes(private.private_bytes(*form))
    (root / "content" / "mail.yaml").write_text(SETTINGS.format(port=port), "utf-8")
    addresses = (f"reader{number}@example.org" for number in range(count))
    readers.write_text("\n".join(["email", *addresses, ""]), "utf-8")
    [pdf] = (root / "build").glob(f"*/{audience}.pdf")
    return [*script("mail"), str(port), *map(str, (key, pdf, readers))]
