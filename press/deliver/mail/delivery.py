"""Give one message to the server, and return its answer for this reader."""

import smtplib
from collections.abc import Callable

from press.deliver.mail.connection import Connection, StopError, status_of
from press.deliver.mail.mailing import ServerAnswer
from press.problems import CONFIGURATION, counted

# Codes of a server that closes, that wants the message, and the first codes of refusals for now and for good. OURS are
# about us or the connection, whatever the server was asked: they do not tell anything about a reader.
CLOSING, GO_ON, LATER, NEVER = 421, 354, 400, 500
CONSENT = range(200, 300)
OURS = {CLOSING, 500, 502, 503, 530, 534, 535, 538}


class UncertainError(StopError):
    """The whole message was sent and no answer came: it may have arrived, or not."""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}; whether it arrived is unknown")


class StaleError(Exception):
    """The connection was lost before the reader was named: if it has served before, a new one may do."""


class BlockedError(StaleError):
    """The connection was lost after the reader was named, who may be the reason; the message was not taken."""


def deliver(
    connection: Connection, sender: str, reader: str, data: bytes, *, accepted: Callable[[], None]
) -> ServerAnswer:
    """Give the message *data* to the server; *accepted* is called when it takes the reader, before any data.

    Raises:
        StaleError: the connection was lost, and nothing was sent.
        BlockedError: likewise, after the reader was named.
        StopError: the server refuses us; nothing was sent.
        UncertainError: it is not known whether the message was sent.
    """
    lost: type[Exception]
    lost, moment = StaleError, ""
    try:
        if refusal := _begin(connection, sender, reader, data):
            return refusal
        lost = BlockedError
        code, words = connection.rcpt(reader)
        if code not in CONSENT:
            return _refusal(connection, "RCPT", code, words)
        accepted()
        code, words = connection.docmd("DATA")
        if code != GO_ON:
            return _refusal(connection, "DATA", code, words)
        lost, moment = UncertainError, " while it took a message"
        # no message begins with a dot; one that ends the message would be the first sign of a line
        connection.send(data.replace(b"\n.", b"\n..") + b".\r\n")
        code, words = connection.getreply()
    except smtplib.SMTPServerDisconnected as error:
        raise lost(f"the server was lost{moment}: {error}") from None
    if code in CONSENT:
        return "sent", connection.show(code, words)
    if code < LATER:
        raise UncertainError(f"the server answers a message with {connection.show(code, words)}")
    return _refusal(connection, "the message", code, words)


def _begin(connection: Connection, sender: str, reader: str, data: bytes) -> ServerAnswer | None:
    """Name the sender; return why the reader cannot be named, or None."""
    most = connection.esmtp_features.get("size", "")
    if most.isdigit() and 0 < int(most) < len(data):
        raise StopError(
            f"a message has {counted(len(data), 'byte')} and the server takes {most}; "
            "lower limits.attachment_kilobytes in mail.yaml, so that the PDF is linked",
            CONFIGURATION,
        )
    if not reader.isascii() and not connection.has_extn("smtputf8"):
        return "failed", "the server takes no address with such letters (no SMTPUTF8)"
    connection.rset()
    options = [] if reader.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
    code, words = connection.mail(sender, options)
    answer = connection.show(code, words)
    if LATER <= code < NEVER:
        raise (StaleError if code == CLOSING else StopError)(
            f"the server answers MAIL with {answer}"
        )
    if code not in CONSENT:
        refusal = f"the server refuses the sender {sender}, 'sender' in mail.yaml: {answer}"
        raise StopError(refusal, status_of(code))
    return None


def _refusal(connection: Connection, step: str, code: int, words: bytes) -> ServerAnswer:
    """Return what the server's refusal means for the reader.

    Raises:
        BlockedError: it closes, and may do so at each reader, or at this one.
        StopError: it means nothing for the reader; it is about us.
    """
    answer = connection.show(code, words)
    if code == CLOSING:
        raise BlockedError(f"the server answers {step} with {answer}")
    if code in OURS or code < LATER:
        message = f"the server answers {step} with {answer}; see 'server' in mail.yaml"
        raise StopError(message, status_of(code))
    return "deferred" if code < NEVER else "failed", answer
