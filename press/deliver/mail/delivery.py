"""One message over one line: its bytes and whom it is for in, the server's word on this reader out."""

from __future__ import annotations

import re
import smtplib
from typing import TYPE_CHECKING

from press.deliver.mail.connection import StopError, status_of
from press.deliver.mail.mailing import Answer
from press.problems import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Callable

    from press.deliver.mail.connection import Line

# Codes: what a server says when it closes, wants the message, and from where on it refuses for now or for good; what
# it says of us or of the line, whatever it was asked: that is no word on a reader.
CLOSING, GO_ON, LATER, NEVER = 421, 354, 400, 500
OURS = {CLOSING, 500, 502, 503, 530, 534, 535, 538}
_DOTS = re.compile(rb"^\.", re.MULTILINE)


def good(code: int) -> bool:
    """Say whether *code* is a server's consent."""
    return 200 <= code < 300  # noqa: PLR2004 - as SMTP has it


class UncertainError(StopError):
    """The whole message left us, and no answer came: it may have arrived, or not."""


class StaleError(Exception):
    """The line was lost before the reader was accepted: if it has served before, another one may do."""


def deliver(
    line: Line, sender: str, reader: str, data: bytes, *, accepted: Callable[[], None]
) -> Answer:
    """Give the message *data* to the server; *accepted* is called when it takes the reader, before any data.

    Raises:
        StaleError: the line has gone, and the reader was not accepted.
        StopError: the server refuses us, or the line broke; nothing was sent.
        UncertainError: nobody knows whether it was.
    """
    try:
        refused = _begun(line, sender, reader, data)
    except smtplib.SMTPServerDisconnected as error:
        raise StaleError(f"the server was lost: {error}") from None
    if refused:
        return refused
    accepted()
    try:
        code, words = line.docmd("DATA")
    except smtplib.SMTPServerDisconnected as error:
        raise StopError(f"the server was lost before the message was sent: {error}") from None
    if code != GO_ON:
        return _refusal(line, "DATA", code, words)
    return _sent(line, data)


def _begun(line: Line, sender: str, reader: str, data: bytes) -> Answer | None:
    """Name sender and reader; return the server's refusal of the reader, or None."""
    most = line.esmtp_features.get("size", "")
    if most.isdigit() and 0 < int(most) < len(data):
        raise StopError(
            f"a message has {len(data)} bytes and the server takes {most}; "
            "lower limits.attachment_kilobytes, so that the PDF is linked",
            CONFIGURATION,
        )
    if not reader.isascii() and not line.has_extn("smtputf8"):
        return Answer("failed", "the server takes no address with such letters (no SMTPUTF8)")
    _named(line, sender, utf8=not reader.isascii())
    code, words = line.rcpt(reader)
    if code == CLOSING:
        raise StaleError(f"the server closes: {line.said(code, words)}")
    return None if good(code) else _refusal(line, "RCPT", code, words)


def _named(line: Line, sender: str, *, utf8: bool) -> None:
    """Begin a message: what the server says here, it says of the sender."""
    line.rset()
    code, words = line.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else [])
    said = f"the server refuses the sender {sender}: {line.said(code, words)}"
    if code == CLOSING:
        raise StaleError(said)
    if not good(code):
        raise StopError(said, status_of(code))


def _refusal(line: Line, step: str, code: int, words: bytes) -> Answer:
    """Return what the server's refusal means for the reader.

    Raises:
        StopError: nothing, it is about us.
    """
    said = line.said(code, words)
    if code in OURS or code < LATER:
        raise StopError(f"the server answers {step} with {said}", status_of(code))
    return Answer("deferred" if code < NEVER else "failed", said)


def _sent(line: Line, data: bytes) -> Answer:
    """Send the message itself."""
    try:
        line.send(_DOTS.sub(b"..", data) + b".\r\n")
        code, words = line.getreply()
    except smtplib.SMTPServerDisconnected as error:
        raise UncertainError(
            f"the server was lost while it took a message: {error}; whether it arrived is unknown"
        ) from None
    if good(code):
        return Answer("sent", line.said(code, words))
    if code < LATER:
        raise UncertainError(
            f"the server answers a message with {line.said(code, words)}; whether it arrived is unknown"
        )
    return _refusal(line, "the message", code, words)
