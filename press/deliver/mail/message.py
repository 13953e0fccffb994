"""Make a message: the bytes that are sent, from a copy, its PDF and the templates."""

import hashlib
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.policy import SMTP, SMTPUTF8, EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from types import SimpleNamespace
from urllib.parse import quote

from press.content.model import Mail
from press.deliver.mail import message_proof
from press.deliver.mail.dkim_signing import Signer
from press.deliver.mail.mailing import Copy, Purpose, Reader, ReleasedEdition
from press.deliver.mail.message_proof import Meant
from press.page.compose import Composer
from press.release.shelf import Release

LONGEST_SUBJECT = 78  # characters


def message_id(release: str, audience: str, purpose: Purpose, key: str, domain: str) -> str:
    """Return the id of a message: the same whenever it is made."""
    digest = hashlib.sha256(f"{release}\n{audience}\n{purpose}\n{key}".encode()).hexdigest()
    return f"<{digest[:32]}@{domain}>"


def letter(
    edition: ReleasedEdition, reader: Reader | None = None, settings: Mail | None = None
) -> SimpleNamespace:
    """Return what the templates may use; for a subject alone, nothing of a reader or of settings."""
    title = edition.words["name"]
    whole = "".join(words for _, words in edition.title) == title
    words = {**edition.words, "title": title, "name": reader.name if reader else ""}
    words["subject"] = words["subject"] or title
    if settings:
        words["contact"] = str(settings.reply_to or settings.sender.address)
    return SimpleNamespace(
        **words,
        language=edition.language,
        pieces=edition.title if whole else (("", title),),
        file=edition.file_name,
        pages=edition.file.pages,
        kilobytes=-(-edition.file.size // 1000),
        link=edition.link,  # '' where the file is attached
        page=edition.page,
        leave=str(settings.unsubscribe.mail) if settings else "",
        correction=bool(edition.words["erratum"]),
    )


def subject(composer: Composer, words: SimpleNamespace) -> str:
    """Return the subject of a message, cut at a word where it is too long for the lists of mail programs."""
    line = " ".join(composer.fill("mail/subject.txt.j2", letter=words).split())
    if len(line) <= LONGEST_SUBJECT:
        return line
    start = line[:LONGEST_SUBJECT]
    return f"{start.rpartition(' ')[0].rstrip(' ,;:.–—-') or start[:-1]}…"


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
        message_proof.prove_whole(data, pdf)
        return self.signer(data) if self.signer else data

    def head(self, copy: Copy, now: float) -> bytes:
        """Return the headers of the message for *copy*, without those of its content.

        Raises:
            RefusedError: they are not what was meant.
        """
        sender, reader = self.settings.sender, copy.reader
        words = letter(copy.edition, reader, self.settings)
        written: dict[str, Meant] = {
            "From": (str(sender.name), str(sender.address)),
            "To": (reader.name, reader.address),
            "Subject": subject(self.composer, words),
        }
        # one line each, as they are: the email package would fold a long address into encoded words
        plain = {
            "Date": format_datetime(datetime.fromtimestamp(now, UTC)),
            "Message-ID": copy.message_id,
            "Content-Language": copy.edition.language,
            "Auto-Submitted": "auto-generated",  # keeps away automatic replies (RFC 3834)
            "List-Id": f"<{copy.audience}.{sender.address.rpartition('@')[2]}>",
            **_unsubscribing(self.settings, reader),
        }
        if self.settings.reply_to:
            written["Reply-To"] = ("", str(self.settings.reply_to))
        policy = SMTP if reader.address.isascii() else SMTPUTF8
        data = b"".join(_header(name, value, policy) for name, value in written.items())
        data += b"".join(f"{name}: {value}\r\n".encode() for name, value in plain.items())
        message_proof.prove_head(data, {**written, **plain})
        return data

    def _body(self, copy: Copy, pdf: bytes) -> bytes:
        """Return the text, the same as HTML, and the PDF where it is attached."""
        words = letter(copy.edition, copy.reader, self.settings)
        texts = []
        for kind, end in (("plain", "txt"), ("html", "html")):
            text = self.composer.fill(f"mail/message.{end}.j2", letter=words).strip()
            encoded = b2a_qp(f"{text}\n".encode()).replace(b"\n", b"\r\n")
            texts.append(_part(f'text/{kind}; charset="utf-8"', "quoted-printable", encoded))
        # the same in every run; no encoded text has '=_'
        border = f"=_{copy.edition.file.sha256[:24]}"
        body = _multipart("alternative", f"{border}_1", texts)
        if pdf:
            name = f'Content-Disposition: attachment; filename="{words.file}"\r\n'
            attached = _part("application/pdf", "base64", message_proof.encode(pdf), name)
            body = _multipart("mixed", f"{border}_0", [body, attached])
        return b"MIME-Version: 1.0\r\n" + body


def _part(kind: str, encoding: str, content: bytes, more: str = "") -> bytes:
    """Return a part of a message, with *more* headers."""
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n"
    return head.encode() + content


def _multipart(kind: str, border: str, parts: Sequence[bytes]) -> bytes:
    """Return *parts* as one, which begin and end with *border*."""
    head = f'Content-Type: multipart/{kind}; boundary="{border}"\r\n'.encode()
    inner = b"".join(b"\r\n--%s\r\n%s" % (border.encode(), part) for part in parts)
    return b"%s%s\r\n--%s--\r\n" % (head, inner, border.encode())


@lru_cache(maxsize=64)  # most headers are the same in many messages
def _header(name: str, value: Meant, policy: EmailPolicy) -> bytes:
    """Return a header of words or of a name and an address, encoded and folded, after a proof."""
    words, address = (value, "") if isinstance(value, str) else value
    try:
        if not words.isascii():  # policies lose or double some of the spaces between encoded words
            encoded = Header(words, "utf-8", header_name=name).encode(linesep="\r\n")
            data = f"{name}: {encoded}{address and f' <{address}>'}\r\n".encode()
        else:
            # the parts of the address were checked when the list was read
            user, _, domain = address.rpartition("@")
            line = str(Address(words, user, domain)) if address else words
            data = policy.fold_binary(*policy.header_store_parse(name, line))
    except (ValueError, MessageError) as error:
        raise message_proof.refusal(f"its {name}: {error}", name) from None
    message_proof.prove_head(data, {name: value})
    return data


def _unsubscribing(settings: Mail, reader: Reader) -> dict[str, str]:
    """Return the headers for a reader who wants no more mail (RFC 2369, RFC 8058)."""
    by_mail = f"<mailto:{settings.unsubscribe.mail}?subject=unsubscribe>"
    if not (web := settings.unsubscribe.web):
        return {"List-Unsubscribe": by_mail}
    link = web.replace("{reader}", quote(reader.address, safe=""))
    one_click = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {"List-Unsubscribe": f"<{link}>, {by_mail}"} | one_click
