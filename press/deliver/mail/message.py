"""Make a message: the bytes that are sent, from a copy, its PDF and the templates."""

import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate
from types import SimpleNamespace
from urllib.parse import quote

from press.content.model import Mail
from press.deliver.mail import message_proof
from press.deliver.mail.dkim_signing import Signer
from press.deliver.mail.mailing import Copy, Purpose, Reader, ReleasedEdition
from press.page.compose import Composer
from press.release.shelf import Release


def message_id(release: str, audience: str, purpose: Purpose, key: str, domain: str) -> str:
    """Return the id of a message: the same whenever it is made."""
    digest = hashlib.sha256(f"{release}\n{audience}\n{purpose}\n{key}".encode()).hexdigest()
    return f"<{digest[:32]}@{domain}>"


def letter(
    edition: ReleasedEdition, reader: Reader | None, settings: Mail | None
) -> SimpleNamespace:
    """Return what the templates may use."""
    words = {**edition.words, "title": edition.words["name"], "name": reader.name if reader else ""}
    if settings:
        words["contact"] = str(settings.reply_to or settings.sender.address)
    return SimpleNamespace(
        **words,
        language=edition.language,
        file=edition.file_name,
        pages=edition.file.pages,
        kilobytes=-(-edition.file.size // 1000),
        link=edition.link,  # '' where the file is attached
        leave=str(settings.unsubscribe.mail) if settings else "",
        correction=bool(edition.words["erratum"]),
    )


def subject(composer: Composer, words: SimpleNamespace) -> str:
    """Return the subject of a message."""
    return " ".join(composer.fill("mail/subject.txt.j2", letter=words).split())


@dataclass(frozen=True)
class MessageMaker:
    """What all messages of a run have in common."""

    composer: Composer
    release: Release
    settings: Mail
    signer: Signer | None = None

    def make(self, copy: Copy, now: float) -> bytes:
        """Return the message for *copy*, dated *now*, after a proof that it is what was meant.

        Raises:
            RefusedError: it is not what was meant.
            OutputError: the PDF is not the one that was released.
        """
        pdf = b"" if copy.edition.link else self.release.read(copy.edition.file)
        data = self.head(copy, now) + self._body(copy, pdf)
        message_proof.whole(data, pdf)
        return self.signer(data) if self.signer else data

    def head(self, copy: Copy, now: float) -> bytes:
        """Return the headers of the message for *copy*, without those of its content.

        Raises:
            RefusedError: they are not what was meant.
        """
        sender, reader = self.settings.sender, copy.reader
        words = letter(copy.edition, reader, self.settings)
        headers: dict[str, str | tuple[str, str]] = {
            "From": (str(sender.name), str(sender.address)),
            "To": (reader.name, reader.address),
            "Subject": subject(self.composer, words),
            "Date": formatdate(now),
            "Message-ID": copy.message_id,
            "Content-Language": copy.edition.language,
            "Auto-Submitted": "auto-generated",  # keeps away automatic replies (RFC 3834)
        }
        if self.settings.reply_to:
            headers["Reply-To"] = ("", str(self.settings.reply_to))
        mail = EmailMessage(policy=SMTP if reader.address.isascii() else SMTPUTF8)
        with message_proof.headers_refused():
            for name, value in headers.items():
                mail[name] = value if isinstance(value, str) else str(_address(*value))
            data = mail.as_bytes().removesuffix(b"\r\n")
        leave = unsubscribing(self.settings, reader)
        data += b"".join(f"{name}: {value}\r\n".encode() for name, value in leave.items())
        message_proof.head(data, {**headers, **leave})
        return data

    def _body(self, copy: Copy, pdf: bytes) -> bytes:
        """Return the text, the same as HTML, and the PDF where it is attached."""
        words = letter(copy.edition, copy.reader, self.settings)
        mail = EmailMessage(policy=SMTP)
        text = self.composer.fill("mail/message.txt.j2", letter=words)
        mail.set_content(f"{text.strip()}\n", cte="quoted-printable")
        html = self.composer.fill("mail/message.html.j2", letter=words)
        mail.add_alternative(f"{html.strip()}\n", subtype="html", cte="quoted-printable")
        if pdf:
            with message_proof.headers_refused():
                mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=words.file)
        # each part has its own boundary, the same in every run; no encoded text has '=_'
        digest = re.sub(r"\W", "", copy.message_id)[:24]
        for number, part in enumerate(filter(EmailMessage.is_multipart, mail.walk())):
            part.set_boundary(f"=_{digest}_{number}")
        return mail.as_bytes()


def unsubscribing(settings: Mail, reader: Reader) -> dict[str, str]:
    """Return the headers for a reader who wants no more mail (RFC 2369, RFC 8058).

    One line each, as they are: the email package would fold a long address into encoded words.
    """
    web = settings.unsubscribe.web
    ways = [f"<mailto:{settings.unsubscribe.mail}?subject=unsubscribe>"]
    if not web:
        return {"List-Unsubscribe": ways[0]}
    ways.insert(0, f"<{web.replace('{reader}', quote(reader.address, safe=''))}>")
    return {
        "List-Unsubscribe": ", ".join(ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _address(name: str, address: str) -> Address:
    """Return an address with a name; its parts were checked when the list was read."""
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
