"""A line to a mail server: settings in, a connection that is safe and logged in out; the gate to smtplib."""

from __future__ import annotations

import base64
import ipaddress
import re
import smtplib
import ssl
import time
from typing import TYPE_CHECKING

from press.deliver.mail import settings as reading
from press.ground import signals
from press.problems import CONFIGURATION, TRY_AGAIN, visible

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from press.content.model.mail import Server
    from press.deliver.mail.credentials import Secret

LONGEST = 8192  # bytes of one line of an answer
MOST_LINES = 200  # of one answer
SHOWN = 300  # characters of an answer that are kept
_REPLY = re.compile(rb"([2-5][0-9]{2})(?:([ -])([^\r\n]*))?\r?\n")
_CODES = re.compile(r"[0-9]{3}( [245]\.[0-9]{1,3}\.[0-9]{1,3})?")


class StopError(Exception):
    """The server, the way to it or our place with it fails: no reader is to blame."""

    def __init__(self, message: str, status: int = TRY_AGAIN) -> None:
        self.status = status
        super().__init__(message)


class LostError(smtplib.SMTPServerDisconnected):
    """The line broke, or what came back makes no sense."""


class Line(smtplib.SMTP):
    """A connection whose answers are bounded in size and time, and hold none of our secrets."""

    _got = b""  # what has come in and was not read yet
    secrets: tuple[str, ...] = ()

    def getreply(self) -> tuple[int, bytes]:
        """Return the code and the words of an answer (RFC 5321, 4.2).

        Raises:
            LostError: there is none in time, or it is no answer.
        """
        end, code = time.monotonic() + float(self.timeout), b""
        words: list[bytes] = []
        while True:
            found = _REPLY.fullmatch(self._next(end))
            if not found or code not in {b"", found[1]} or len(words) == MOST_LINES:
                self.close()
                raise LostError("its answer makes no sense")
            code = found[1]
            words.append((found[3] or b"").strip())
            if found[2] != b"-":
                return int(code), b"\n".join(words)

    def _next(self, end: float) -> bytes:
        """Return the next line that the server sends before *end*."""
        while b"\n" not in self._got:
            left = end - time.monotonic()
            more = b""
            try:
                if self.sock and left > 0:
                    self._await(self.sock, left)
                    self.sock.settimeout(left)
                    more = self.sock.recv(LONGEST)
                    self.sock.settimeout(self.timeout)
            except OSError as error:
                self.close()
                raise LostError(f"it did not answer ({error})") from None
            self._got += more
            if not more or len(self._got) > LONGEST:
                self.close()
                raise LostError("it hung up" if left > 0 and not more else "its answer has no end")
        line, _, self._got = self._got.partition(b"\n")
        return line + b"\n"

    @staticmethod
    def _await(sock: socket.socket, seconds: float) -> None:
        """Wait for something to read.

        Raises:
            TimeoutError: nothing came within *seconds*.
        """
        decoded = isinstance(sock, ssl.SSLSocket) and sock.pending()
        if not decoded and not signals.readable(sock, seconds):
            raise TimeoutError("timed out")

    def stay_here(self) -> None:
        """Refuse a server on another machine: what is said here is not secret."""
        if self.sock and not ipaddress.ip_address(self.sock.getpeername()[0]).is_loopback:
            raise StopError("this is another machine, and the line is not secret", CONFIGURATION)

    def close(self) -> None:
        """Close the connection; what was not read is gone."""
        self._got = b""
        super().close()

    def begin_tls(self, context: ssl.SSLContext) -> None:
        """Go on in secret, or not at all."""
        self.ehlo()
        if not self.has_extn("starttls"):
            raise StopError(
                "the server offers no STARTTLS; nothing was said in the clear", CONFIGURATION
            )
        # what came in before the secret began would be taken as said in secret
        self.starttls(context=context)
        if self._got:
            self.close()
            raise StopError("somebody speaks into the line to the server before TLS", CONFIGURATION)

    def said(self, code: int, words: bytes) -> str:
        """Return an answer as it may be shown and kept."""
        text = f"{code} {' '.join(words.decode('utf-8', 'replace').split())}".strip()
        for secret in self.secrets:
            text = text.replace(secret, "…")
        return visible(text)[:SHOWN]


class SecureLine(Line, smtplib.SMTP_SSL):
    """One that is secret from its first byte."""


def opened(server: Server, secret: Secret | None, name: str, content: Path, seconds: float) -> Line:
    """Return a line to *server*, to which we are *name*; no answer is waited for longer than *seconds*.

    Raises:
        StopError: there is none, it is not safe, or the server refuses us.
    """
    line: Line | None = None
    try:
        line = _connected(server, name, trust(server, content), seconds)
        _greeted(line)
        if secret:
            _login(line, server, secret)
    except (StopError, OSError) as error:  # those of smtplib and ssl are OSErrors
        if line:
            line.close()
        message, status = _reason(error)
        raise StopError(f"{server.host}:{server.port} {message}", status) from None
    return line


def _reason(error: StopError | OSError) -> tuple[str, int]:
    """Return why there is no line, and the exit status for it."""
    match error:
        case StopError():
            return f"cannot be used: {error}", error.status
        case ssl.SSLCertVerificationError():
            return f"cannot prove who it is: {error.verify_message}; see server.ca", CONFIGURATION
        case ssl.SSLError():
            return (
                f"speaks no TLS that we know: {error.reason}; see port and security",
                CONFIGURATION,
            )
        case smtplib.SMTPResponseException():
            words = error.smtp_error
            said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
            refused = visible(f"refuses us: {error.smtp_code} {' '.join(said.split())}"[:SHOWN])
            return refused, status_of(error.smtp_code)
    return f"cannot be reached: {error.strerror or error}", TRY_AGAIN


def trust(server: Server, content: Path) -> ssl.SSLContext:
    """Return what decides whether a server is who it says: the system's certificates, or those of `ca`."""
    if not server.ca:
        return ssl.create_default_context()
    path = reading.beside(content, server.ca)
    try:
        return ssl.create_default_context(cafile=str(path))
    except OSError as error:
        raise StopError(f"server.ca: {path}: {error.strerror or error}", CONFIGURATION) from None


def _connected(server: Server, name: str, context: ssl.SSLContext, seconds: float) -> Line:
    """Return a line that is secret, or leads nowhere but to this machine."""
    if server.security == "tls":
        return SecureLine(
            server.host, server.port, local_hostname=name, timeout=seconds, context=context
        )
    line = Line(server.host, server.port, local_hostname=name, timeout=seconds)
    try:
        if server.security == "starttls":
            line.begin_tls(context)
        else:
            line.stay_here()
    except BaseException:
        line.close()
        raise
    return line


def _greeted(line: Line) -> None:
    code, words = line.ehlo()
    if code != 250:  # noqa: PLR2004 - "fine", in SMTP
        raise smtplib.SMTPHeloError(code, words)


def _login(line: Line, server: Server, secret: Secret) -> None:
    """Log in; whatever the server answers, no more than its codes is told."""
    text, user = secret.reveal(), str(server.user)
    offered = line.esmtp_features.get("auth", "").upper().split()
    if server.auth == "xoauth2":
        ways = {"XOAUTH2": [f"user={user}\x01auth=Bearer {text}\x01\x01", ""]}
    else:
        ways = {"PLAIN": [f"\0{user}\0{text}"], "LOGIN": [user, text]}
    way = next((one for one in ways if one in offered), None)
    if way is None:
        raise StopError(
            f"the server takes no {' or '.join(ways)}, but {' '.join(offered) or 'no login at all'}; "
            "see server.auth",
            CONFIGURATION,
        )
    answers = [base64.b64encode(one.encode()).decode() for one in ways[way]]
    line.secrets = (text, base64.b64encode(text.encode()).decode(), *filter(None, answers))
    # LOGIN waits to be asked; the others give their answer at once
    code, words = line.docmd("AUTH", way if way == "LOGIN" else f"{way} {answers.pop(0)}")
    while code == 334 and answers:  # noqa: PLR2004 - "go on", in SMTP
        code, words = line.docmd(answers.pop(0))
    if code != 235:  # noqa: PLR2004 - "logged in", in SMTP
        found = _CODES.match(f"{code} {words.decode('ascii', 'replace')}")
        raise StopError(
            f"the server refuses the login ({found[0] if found else code}); check user, password or token",
            status_of(code),
        )


def status_of(code: int) -> int:
    """Return the exit status for a server that refuses us with *code*: for now, or until something is set right."""
    return TRY_AGAIN if 400 <= code < 500 else CONFIGURATION  # noqa: PLR2004 - codes of SMTP
