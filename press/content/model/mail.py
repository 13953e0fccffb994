"""Describe `mail.yaml`: who sends, through which server, and how much at a time."""

import ipaddress
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from press.content.model.scalar_type import ScalarType, refused
from press.content.model.typed import WHOLE, Plain, Strict, Unprinted, Web, Whole
from press.content.scalar import Scalar

Mailbox = Annotated[
    Scalar,
    ScalarType(
        r"[A-Za-z0-9._+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+",
        "a mail address, such as 'a@example.org'",
    ),
]
LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"  # of a name of the internet
Host = Annotated[
    Scalar,
    ScalarType(
        rf"{LABEL}(\.{LABEL})*|[0-9a-f:]*:[0-9a-f:]*",
        "the name of a server, such as 'mail.example.org'",
    ),
]
Name = Annotated[Scalar, ScalarType(rf"{LABEL}(\.{LABEL})*", "a name, such as 'example.org'")]
Unsubscribe = Annotated[
    Scalar,
    ScalarType(
        r"https://[a-z0-9.-]+\.[a-z]{2,}(/[A-Za-z0-9._~/?=&%-]*)?\{reader\}[A-Za-z0-9._~/?=&%-]*",
        "a web address with https:// and '{reader}' in the place of the reader's address",
    ),
]


def loopback(host: str) -> bool:
    """Return True if *host* can only be this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Sender(Strict):
    """Whom the mail is from."""

    name: Plain
    address: Mailbox


class Unsubscribing(Strict):
    """How readers say that they want no more mail."""

    mail: Mailbox
    web: Unsubscribe | None = None  # takes one POST without asking (RFC 8058)


class MailServer(Strict):
    """The server that takes our mail."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65535), WHOLE]
    security: Literal["starttls", "tls", "none"]
    auth: Literal["password", "xoauth2", "none"]
    user: Unprinted | None = None
    # a command that prints it
    token: Annotated[tuple[Unprinted, ...], Field(min_length=1)] | None = None
    ca: Unprinted | None = None  # file of certificates to trust in place of the system's

    @model_validator(mode="after")
    def safe(self) -> Self:
        """Refuse what would send unencrypted, or could not log in."""
        if self.security == "none" and not loopback(self.host):
            raise refused(
                "security 'none' is for a server on this machine only; use starttls or tls"
            )
        if self.auth != "none" and not self.user:
            raise refused(f"auth '{self.auth}' needs a user")
        if self.token and self.auth != "xoauth2":
            raise refused("a token command goes with auth 'xoauth2'")
        return self


class SendingLimits(Strict):
    """How much the provider lets us send; without a value, there is no limit."""

    hour: Annotated[int, Field(ge=1, le=1_000_000), WHOLE] | None = None  # messages
    day: Annotated[int, Field(ge=1, le=1_000_000), WHOLE] | None = None
    attachment_kilobytes: Whole = 5000  # a larger PDF is linked


class Dkim(Strict):
    """The key that signs."""

    selector: Name
    domain: Name
    key: Unprinted  # file of the private key, from this folder, or absolute


class Mail(Strict):
    """`mail.yaml`: what `send` needs to know."""

    sender: Sender
    reply_to: Mailbox | None = None
    unsubscribe: Unsubscribing
    server: MailServer | None = None
    limits: SendingLimits = SendingLimits()
    attach: Literal["brief", "short"] = "brief"  # the print that is attached
    waits: tuple[Whole, ...] = (60, 300, 900)  # seconds before a refused message is tried again
    web: Web | None = None  # where the release is published, for what is linked
    dkim: Dkim | None = None
    # a ledger and its report are removed when nothing in them has changed for so long
    keep_days: Annotated[int, Field(ge=1, le=36_500), WHOLE] | None = None

    @model_validator(mode="after")
    def growing(self) -> Self:
        """Refuse waits that do not grow."""
        if any(late <= early for early, late in zip(self.waits, self.waits[1:], strict=False)):
            raise refused("of 'waits', each has to be longer than the one before")
        return self
