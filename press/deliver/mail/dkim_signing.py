"""Sign a finished message by DKIM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import dkim  # type: ignore[import-untyped]

from press.deliver.mail import settings as reading
from press.ground import paths
from press.problems import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from press.content.model import Mail

SIGNED = (  # RFC 8058 wants those of unsubscribing among them
    "From To Subject Date Message-ID Reply-To List-Unsubscribe List-Unsubscribe-Post "
    "MIME-Version Content-Type Content-Language Auto-Submitted"
)


@dataclass(frozen=True)
class Signer:
    """A domain, and the key that signs for it."""

    selector: bytes
    domain: bytes
    key: bytes

    def __repr__(self) -> str:
        return "Signer(…)"

    def sign(self, data: bytes) -> bytes:
        """Return the signature of *data* followed by *data*.

        Raises:
            ConfigurationError: the key is not a private key.
        """
        names = [name.encode().lower() for name in SIGNED.split()]
        present = {
            line.partition(b":")[0].lower() for line in data.split(b"\r\n\r\n")[0].split(b"\r\n")
        }
        try:
            signature = dkim.sign(
                data,
                self.selector,
                self.domain,
                self.key,
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[name for name in names if name in present],
            )
        except Exception:  # noqa: BLE001 - dkimpy raises errors of many kinds, which may show the key
            raise ConfigurationError("dkim.key is not a private key in PEM form") from None
        return bytes(signature) + data


def load_signer(mail: Mail, content: Path) -> Signer | None:
    """Return the signer of the settings, or None where they name no key.

    Raises:
        ConfigurationError: the key could not be read.
    """
    if mail.dkim is None:
        return None
    path = reading.beside(content, mail.dkim.key)
    try:
        key = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"dkim.key: {paths.shown(path)}: {error.strerror}") from error
    signer = Signer(mail.dkim.selector.encode(), mail.dkim.domain.encode(), key)
    signer.sign(b"From: a@example.org\r\n\r\nA trial of the key.\r\n")
    return signer
