"""Sign a finished message by DKIM."""

from collections.abc import Callable
from pathlib import Path

import dkim  # type: ignore[import-untyped]

from press.content.model import Mail
from press.ground import paths
from press.ground.disk import open_file
from press.problems import ConfigurationError

Signer = Callable[[bytes], bytes]

SIGNED = (  # RFC 8058 wants those of unsubscribing among them
    "From To Subject Date Message-ID Reply-To List-Unsubscribe List-Unsubscribe-Post "
    "MIME-Version Content-Type Content-Language Auto-Submitted"
)


def load_signer(mail: Mail, content: Path) -> Signer | None:
    """Return what puts a signature in front of a message, or None where the settings name no key.

    Raises:
        ConfigurationError: the key could not be read, or is not a private key.
    """
    if mail.dkim is None:
        return None
    path = content / Path(mail.dkim.key).expanduser()
    try:
        with open_file(path) as file:
            key = file.read()
    except OSError as error:
        raise ConfigurationError(
            f"dkim.key: {paths.shown(path)}: {error.strerror or error}"
        ) from error
    selector, domain = mail.dkim.selector.encode(), mail.dkim.domain.encode()

    def sign(data: bytes) -> bytes:
        head = data.split(b"\r\n\r\n")[0].lower().split(b"\r\n")
        present = {line.partition(b":")[0] for line in head}
        names = [name for name in SIGNED.lower().encode().split() if name in present]
        ways = (b"relaxed", b"relaxed")
        try:
            signature = dkim.sign(
                data, selector, domain, key, canonicalize=ways, include_headers=names
            )
        except Exception:  # noqa: BLE001 - dkimpy raises errors of many kinds, which may show the key
            raise ConfigurationError("dkim.key is not a private key in PEM form") from None
        return bytes(signature) + data

    sign(b"From: a@example.org\r\n\r\nA trial of the key.\r\n")
    return sign
