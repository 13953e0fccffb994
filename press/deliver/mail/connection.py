"""Connect to a mail server: safely, or not at all, and log in; the gate to smtplib."""

import base64
import ipaddress
import re
import smtplib
import ssl
import time
from pathlib import Path

from press.content.model.mail import MailServer
from press.deliver.mail.settings import FILE, Secret
from press.ground import paths, signals
from press.ground.disk import open_file
from press.problems import CONFIGURATION, TRY_AGAIN, ConfigurationError, PressError, visible

LONGEST = 8192  # bytes of one line of an answer
MOST_LINES = 200  # of one answer
SHOWN = 300  # characters of an answer that are kept
_REPLY = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r\n]*))?\r?\n")
_CODES = re.compile(r"[0-9]{3}( [245]\.[0-9]{1,3}\.[0-9]{1,3})?")


class StopError(PressError):
    """The server, the way to it or our account fails: no reader is to blame."""

    def __init__(self, message: str, status: int = TRY_AGAIN) -> None:
        self.status = status
        super().__init__(message)


class Connection(smtplib.SMTP):
    """A connection whose answers are bounded in size and time, and hold none of our secrets."""

    _unread = b""  # received and not yet used
    secrets: tuple[str, ...] = ()

    def getreply(self) -> tuple[int, bytes]:
        """Return the code and the words of an answer (RFC 5321, 4.2).

        Raises:
            SMTPServerDisconnected: it does not come in time, or makes no sense.
        """
        end, code = time.monotonic() + float(self.timeout), b""
        words: list[bytes] = []
        while True:
            match = _REPLY.fullmatch(self._next(end))
            if not match or code not in {b"", match[1]} or len(words) == MOST_LINES:
                self.close()
                raise smtplib.SMTPServerDisconnected("its answer makes no sense")
            code = match[1]
            words.append((match[3] or b"").strip())
            if match[2] != b"-":
                return int(code), b"\n".join(words)

    def _next(self, end: float) -> bytes:
        """Return the next line that the server sends before *end*."""
        while b"\n" not in self._unread:
            left, more = end - time.monotonic(), b""
            try:
                if self.sock and left > 0:
                    decoded = isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()
                    if not decoded and not signals.readable(self.sock, left):
                        raise TimeoutError("timed out")
                    self.sock.settimeout(left)
                    more = self.sock.recv(LONGEST)
                    self.sock.settimeout(self.timeout)
            except OSError as error:
                self.close()
                raise smtplib.SMTPServerDisconnected(f"it did not answer ({error})") from None
            self._unread += more
            if not more or len(self._unread) > LONGEST:
                self.close()
                why = "it hung up" if left > 0 and not more else "its answer has no end"
                raise smtplib.SMTPServerDisconnected(why)
        line, _, self._unread = self._unread.partition(b"\n")
        return line + b"\n"

    def close(self) -> None:
        """Close the connection; drop what was not read."""
        self._unread = b""
        super().close()

    def protect(self, server: MailServer, context: ssl.SSLContext) -> None:
        """Encrypt the connection, or refuse a server on another machine."""
        if server.security == "none":
            if self.sock and not ipaddress.ip_address(self.sock.getpeername()[0]).is_loopback:
                raise ConfigurationError("this is another machine, and nothing is encrypted")
            return
        self.ehlo()
        if not self.has_extn("starttls"):
            raise ConfigurationError("the server offers no STARTTLS; nothing was sent unencrypted")
        self.starttls(context=context)
        if self._unread:  # received before TLS began, it would pass as received under TLS
            raise ConfigurationError("something answered in the place of the server before TLS")

    def show(self, code: int, words: bytes) -> str:
        """Return an answer as it may be shown and kept."""
        text = f"{code} {' '.join(words.decode('utf-8', 'replace').split())}".strip()
        for secret in self.secrets:
            text = text.replace(secret, "…")
        return visible(text)[:SHOWN]


class TlsConnection(Connection, smtplib.SMTP_SSL):
    """A connection that is encrypted from its first byte."""


def connect(
    server: MailServer, secret: Secret | None, name: str, content: Path, seconds: float
) -> Connection:
    """Return a connection to *server*, which calls us *name* and has *seconds* for each answer.

    Raises:
        StopError: the server cannot be reached or trusted, or refuses us.
    """
    connection: Connection | None = None
    host, port = server.host, server.port
    try:
        trusted = trust(server, content)
        if server.security == "tls":
            connection = TlsConnection(host, port, name, timeout=seconds, context=trusted)
        else:
            connection = Connection(host, port, name, timeout=seconds)
            connection.protect(server, trusted)
        code, words = connection.ehlo()
        if code != 250:  # noqa: PLR2004 - "fine", in SMTP
            raise smtplib.SMTPHeloError(code, words)
        if secret:
            _login(connection, server, secret)
    except (PressError, OSError) as error:  # those of smtplib and ssl are OSErrors
        if connection:
            connection.close()
        message, status = _reason(error)
        where = f" ({paths.shown(content / FILE)})" if status == CONFIGURATION else ""
        raise StopError(f"{host}:{port} {message}{where}", status) from None
    return connection


def _reason(error: PressError | OSError) -> tuple[str, int]:
    """Return why there is no connection, and the exit status for it."""
    match error:
        case PressError():
            return f"cannot be used: {error}", error.status
        case ssl.SSLCertVerificationError():
            return f"cannot prove who it is: {error.verify_message}; see server.ca", CONFIGURATION
        case ssl.SSLError():
            unknown = f"speaks no TLS that we know: {error.reason}; see port and security"
            return unknown, CONFIGURATION
        case smtplib.SMTPResponseException():
            words = error.smtp_error
            text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
            refusal = visible(f"refuses us: {error.smtp_code} {' '.join(text.split())}"[:SHOWN])
            return refusal, status_of(error.smtp_code)
    return f"cannot be reached: {error.strerror or error}", TRY_AGAIN


def trust(server: MailServer, content: Path) -> ssl.SSLContext:
    """Return the certificates to trust: the system's, or those of `ca`."""
    if not server.ca:
        return ssl.create_default_context()
    path = content / Path(server.ca).expanduser()
    try:
        with open_file(path) as file:  # a pipe would keep us waiting
            return ssl.create_default_context(cadata=file.read().decode("ascii", "ignore"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigurationError(f"server.ca: {path}: {reason}") from None


def _login(connection: Connection, server: MailServer, secret: Secret) -> None:
    """Log in; of the server's answer, only its codes are shown.

    `smtplib.SMTP.auth` takes only ASCII, which passwords need not be.
    """
    text, user = secret.get_secret_value(), str(server.user)
    offered = connection.esmtp_features.get("auth", "").upper().split()
    if server.auth == "xoauth2":
        ways = {"XOAUTH2": [f"user={user}\x01auth=Bearer {text}\x01\x01", ""]}
    else:
        ways = {"PLAIN": [f"\0{user}\0{text}"], "LOGIN": [user, text]}
    way = next((name for name in ways if name in offered), None)
    if way is None:
        raise ConfigurationError(
            f"the server takes no {' or '.join(ways)}, but {' '.join(offered) or 'no login at all'}; "
            "see server.auth"
        )
    answers = [base64.b64encode(answer.encode()).decode() for answer in ways[way]]
    connection.secrets = (text, base64.b64encode(text.encode()).decode(), *filter(None, answers))
    # LOGIN waits until it is asked; the others answer at once
    code, words = connection.docmd("AUTH", way if way == "LOGIN" else f"{way} {answers.pop(0)}")
    while code == 334 and answers:  # noqa: PLR2004 - "go on", in SMTP
        code, words = connection.docmd(answers.pop(0))
    if code != 235:  # noqa: PLR2004 - "logged in", in SMTP
        codes = _CODES.match(f"{code} {words.decode('ascii', 'replace')}")
        raise StopError(
            f"the server refuses the login ({codes[0] if codes else code}); check user, password or token",
            status_of(code),
        )


def status_of(code: int) -> int:
    """Return the exit status for a server that refuses us with *code*: for now, or until a setting is corrected."""
    return TRY_AGAIN if 400 <= code < 500 else CONFIGURATION  # noqa: PLR2004 - codes of SMTP
