"""One message: what a reader gets is what was meant for him, whatever stands in a title or a name."""

from __future__ import annotations

import base64
import email
import time
from dataclasses import replace
from email import policy
from typing import TYPE_CHECKING, Any

import dkim  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from dkim.canonicalization import Relaxed  # type: ignore[import-untyped]

from press.deliver import mail
from press.deliver.mail import dkim_signing, message, message_proof, released_editions, settings
from press.deliver.mail.mailing import Copy, Reader
from press.page.compose import Composer
from press.problems import ConfigurationError, OutputError, RefusedError
from press.release import shelf
from tests.deliver.mail.releases import TITLE, quiet
from tests.support.folders import HERE

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.deliver.mail.releases import Desk

READER = Reader(2, "anna@example.org", "anna@example.org", "Anna", "en")
BCC = "=?utf-8?q?a=0d=0aBcc:_x@example.org?="  # ends a header, on some Pythons, and begins another
LONG = "Наркополитика в Кыргызстане: обзор сообщает, что программы снижения вреда охватывают мало людей"


def made(desk: Desk, reader: Reader = READER, **said: Any) -> bytes:  # noqa: ANN401 - words of an edition
    """Make the message for *reader*, of the edition 'red' in English, which says what *said* does."""
    request = desk.request()
    known = settings.mail(desk.content)
    release, _ = shelf.chosen(request.folders.releases, request.release)
    edition = released_editions.editions(release, request, known)["en"]
    title = said.pop("pieces", edition.title)
    edition = replace(edition, words={**edition.words, **said}, title=title)
    name = message.message_id(release.id, "red", "brief", reader.key, "example.org")
    maker = message.MessageMaker(
        Composer(HERE.template_folders),
        release,
        known,
        dkim_signing.load_signer(known, desk.content),
    )
    return maker.make(Copy("red", "brief", reader, edition, name), 0.0)


def read(data: bytes) -> EmailMessage:
    """Read a message as a mail program would."""
    return email.message_from_string(data.decode(), policy=policy.SMTPUTF8)


def body(mail: EmailMessage, kind: str) -> str:
    """Return the text of a message, plain or html."""
    part = mail.get_body((kind,))
    assert part
    return str(part.get_content())


def test_a_message_has_text_the_same_as_html_and_the_pdf(desk: Desk) -> None:
    """With the reader's name, the title, the speaking name of the file and how to leave."""
    mail = read(made(desk))
    assert mail["Subject"] == TITLE
    assert mail["From"] == "The town <gardens@example.org>"
    assert mail["To"] == "Anna <anna@example.org>"
    assert mail["Date"] == "Thu, 01 Jan 1970 00:00:00 +0000"
    assert mail["List-Id"] == "<red.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        text = body(mail, kind)
        for words in ("Dear Anna,", TITLE, "gardens_red_en_2026-11.pdf (1 page, 1 kB)", "leave@"):
            assert words in text
    [attached] = mail.iter_attachments()
    assert attached.get_filename() == "gardens_red_en_2026-11.pdf"
    pdf = desk.releases / "2026-11-24.1" / "en" / "red.pdf"
    assert attached.get_payload(decode=True) == pdf.read_bytes()


def test_what_is_text_stays_text(desk: Desk) -> None:
    """A title and a name are escaped in HTML, and as they are in plain text."""
    reader = Reader(2, "a@example.org", "a@example.org", "O'Neil <b>", "en")
    mail = read(made(desk, reader, name="Fish & chips <now>"))
    assert "Fish & chips <now>" in body(mail, "plain")
    assert "Dear O'Neil <b>," in body(mail, "plain")
    assert "Fish &amp; chips &lt;now&gt;" in body(mail, "html")
    assert "<b>" not in body(mail, "html")


def test_words_of_a_title_in_another_language_say_so(desk: Desk) -> None:
    """In HTML; where the data of the title are not its words, these stand alone."""
    title = [
        {"type": "run", "text": "Gardens of "},
        {"type": "foreign", "language": "ky", "children": [{"type": "run", "text": "Чүй"}]},
        {"type": "marks", "notes": [1]},
    ]
    pieces = tuple(released_editions.pieces(title, ""))
    assert pieces == (("", "Gardens of "), ("ky", "Чүй"))
    html = body(read(made(desk, name="Gardens of Чүй", pieces=pieces)), "html")
    assert '>Gardens of <span lang="ky">Чүй</span></h1>' in html
    html = body(read(made(desk, name="Other gardens", pieces=pieces)), "html")
    assert ">Other gardens</h1>" in html


def test_the_same_message_has_the_same_bytes(desk: Desk) -> None:
    """In every run, its id and the borders of its parts too."""
    assert made(desk) == made(desk)


def test_the_id_of_a_message_tells_copies_apart(desk: Desk) -> None:
    """Release, audience, purpose and reader make it, and the hour does not; nobody can read the address in it."""
    ids = {
        message.message_id(release, audience, purpose, key, "example.org")
        for release in ("2026-11-24.1", "2026-11-24.2")
        for audience in ("red", "blue")
        for purpose in ("brief", "correction")
        for key in ("a@example.org", "b@example.org")
    }
    assert len(ids) == 16
    mail = read(made(desk))
    assert mail["Message-ID"].endswith("@example.org>")
    assert "anna" not in mail["Message-ID"]


@pytest.mark.parametrize("title", [LONG[:78], "x" * 78, "🙂" * 60, "“50%” — a, <b@c.org>; d"])
def test_a_title_arrives_as_it_is(desk: Desk, title: str) -> None:
    """Long, in other letters, with the signs of addresses."""
    assert read(made(desk, name=title))["Subject"] == title


@pytest.mark.parametrize(
    "title",
    [
        "Drug treatment in Kyrgyzstan is mainly detoxification, owing to poor quality…",
        "उपचार " * 12 + "आज",
        "— é: “ha” Ж   é” é,efh ,Ж é…a:“c ,h— d, é ed:, éЖ gfc “ 7",
    ],
)
def test_a_subject_keeps_its_spaces(desk: Desk, title: str) -> None:
    """In the bytes too, where a line ends between two encoded words; a mail program joins these without a space."""
    data = made(desk, name=title)
    wanted = " ".join(title.split())
    assert read(data)["Subject"] == wanted
    [line] = [
        text for name, text in message_proof._HEADER.findall(data.decode()) if name == "Subject"
    ]
    parts = email.header.decode_header(line.replace("\r\n", "").strip())
    assert "".join(part.decode(charset) for part, charset in parts) == wanted


CUT = [  # a title, and the subject that is made of it
    (LONG, "Наркополитика в Кыргызстане: обзор сообщает, что программы снижения вреда…"),
    ("x" * 300, "x" * 77 + "…"),
    ("word " * 80, "word " * 14 + "word…"),
    ("word " * 14 + "end, and so on", "word " * 14 + "end…"),
    ("z" * 77 + " z", "z" * 77 + "…"),
]


@pytest.mark.parametrize(("title", "subject"), CUT)
def test_a_subject_is_cut_at_a_word(desk: Desk, title: str, subject: str) -> None:
    """A list of mail programs shows no more of it; what the brief has for a subject goes before."""
    assert len(subject) <= 78
    mail = read(made(desk, name=title))
    assert mail["Subject"] == subject
    assert " ".join(title.split()) in " ".join(body(mail, "plain").split())
    assert read(made(desk, name=title, subject="In short"))["Subject"] == "In short"


@pytest.mark.parametrize(
    "name", ["Анна", LONG, "A, B", 'A "B" C', "Dr. (x) <b@c.org>", "\\", "x" * 190]
)
def test_a_name_arrives_as_it_is(desk: Desk, name: str) -> None:
    """And leads nowhere else."""
    data = made(desk, Reader(2, "a@example.org", "a@example.org", name, "en"))
    assert [one.addr_spec for one in read(data)["To"].addresses] == ["a@example.org"]
    [line] = [
        value for field, value in message_proof._HEADER.findall(data.decode()) if field == "To"
    ]
    value = line.replace("\r\n", "").strip()
    assert message_proof._meaning(value, ("", "")) == (name, "a@example.org")


@pytest.mark.parametrize("title", [BCC, f"A {BCC} b", "=?utf-8?b?QmNj?="])
def test_a_title_that_smuggles_is_refused(desk: Desk, title: str) -> None:
    """What a server would read is another header, or other words; where they are mended is said."""
    with pytest.raises(RefusedError, match="a message is not what was meant") as refused:
        made(desk, name=title)
    assert "see 'subject' or 'title' in the brief's file in briefs/" in str(refused.value)


def test_a_sender_that_smuggles_is_refused(desk: Desk) -> None:
    """The setting and its file are named."""
    desk.settings(sender=f"{{name: '{BCC}', address: gardens@example.org}}")
    with pytest.raises(RefusedError, match=r"see 'sender' in mail\.yaml"):
        made(desk)


@pytest.mark.parametrize("name", [BCC, "=?utf-8?b?QmNj?=", "=?utf-8?q?a=0a?="])
def test_a_name_that_smuggles_is_refused(desk: Desk, name: str) -> None:
    """The list refuses it before; here nothing is believed."""
    with pytest.raises(
        RefusedError, match=r"not what was meant.*; see the reader's row in the list"
    ):
        made(desk, Reader(2, "a@example.org", "a@example.org", name, "en"))


def test_a_title_that_smuggles_writes_to_nobody(desk: Desk) -> None:
    """All heads are made before the first message is sent."""
    desk.release(title=BCC)
    desk.people(2)
    with pytest.raises(RefusedError, match="a message is not what was meant"):
        mail.send(desk.request(really=True, readers=2), quiet)
    assert not list(desk.releases.glob("*.sqlite"))


HEADS = [  # what is in the bytes, where only 'From' and 'To' are meant
    b"From: a@b.org\r\nTo: c@d.org\r\nBcc: e@f.org\r\n",
    b"From: a@b.org\r\nTo: c@d.org\r\nTo: e@f.org\r\n",
    b"From: a@b.org\r\nTo: c@d.org, e@f.org\r\n",
    b"From: a@b.org\r\nTo: e@f.org\r\n",
    b"From: a@b.org\r\nTo: X <c@d.org>\r\n",
    b"From: a@b.org\r\n",
    b"From: a@b.org\r\nTo: c@d.org\r\n\r\nTo: e@f.org\r\n",
]


@pytest.mark.parametrize("data", HEADS)
def test_a_head_that_is_not_what_was_meant_is_refused(data: bytes) -> None:
    """A header more, less, twice, to others, or with a name."""
    meant = {"From": ("", "a@b.org"), "To": ("", "c@d.org")}
    message_proof.prove_head(b"From: a@b.org\r\nTo: c@d.org\r\n", meant)
    with pytest.raises(RefusedError):
        message_proof.prove_head(data, meant)


def test_a_body_that_is_not_what_was_meant_is_refused(desk: Desk) -> None:
    """Another file, none, bare line ends, lines without end."""
    data, pdf = made(desk), (desk.releases / "2026-11-24.1" / "en" / "red.pdf").read_bytes()
    message_proof.prove_whole(data, pdf)
    for wrong, file in (
        (data, pdf + b"x"),
        (data, b""),
        (data.replace(b"\r\n", b"\n"), pdf),
        (data + b"x" * 999, pdf),
    ):
        with pytest.raises(RefusedError):
            message_proof.prove_whole(wrong, file)


def test_a_pdf_that_was_changed_is_not_attached(desk: Desk) -> None:
    """It is looked at when it is attached, and not only when the run begins."""
    desk.people(1)
    assert mail.send(desk.request(), quiet).status == 0
    with (desk.releases / "2026-11-24.1" / "en" / "red.pdf").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(OutputError, match="is not the file that was released"):
        made(desk)


def test_what_a_reader_may_click_is_a_link(desk: Desk) -> None:
    """The addresses, and the page beside the PDF that is attached, where the settings say where it is."""
    mail = read(made(desk))
    html = body(mail, "html")
    assert '<a href="mailto:gardens@example.org">gardens@example.org</a>' in html
    assert '<a href="mailto:leave@example.org?subject=unsubscribe">leave@example.org</a>' in html
    assert "on the web" not in html + body(mail, "plain")
    desk.settings(web="https://example.org/briefs/")
    mail = read(made(desk))
    assert '<a href="https://example.org/briefs/en/red.html">https' in body(mail, "html")
    assert "on the web, too: https://example.org/briefs/en/red.html" in body(mail, "plain")
    assert len(list(mail.iter_attachments())) == 1


def test_a_pdf_that_is_too_large_is_linked(desk: Desk) -> None:
    """To where the settings say that the release is published."""
    desk.release(size=2000)
    desk.settings(limits="{attachment_kilobytes: 2}", web="https://example.org/briefs/")
    mail = read(made(desk))
    assert list(mail.iter_attachments()) == []
    for kind in ("plain", "html"):
        assert "https://example.org/briefs/en/red.pdf" in body(mail, kind)


def test_a_pdf_that_is_too_large_and_has_no_place_is_refused(desk: Desk) -> None:
    """The way out is named."""
    desk.release(size=2000)
    desk.settings(limits="{attachment_kilobytes: 2}")
    with pytest.raises(
        ConfigurationError, match=r"mail\.yaml: limits\.attachment_.* name in 'web' where"
    ):
        made(desk)


def test_who_wants_no_mail_can_say_so_with_one_click(desk: Desk) -> None:
    """Where the settings have an address for it; its place is the reader's own."""
    assert read(made(desk))["List-Unsubscribe-Post"] is None
    assert read(made(desk))["List-Unsubscribe"] == "<mailto:leave@example.org?subject=unsubscribe>"
    web = "https://example.org/" + "x" * 90 + "?leave={reader}"
    desk.settings(unsubscribe=f"{{mail: leave@example.org, web: '{web}'}}")
    mail = read(made(desk))
    address = web.replace("{reader}", "anna%40example.org")
    assert mail["List-Unsubscribe"].startswith(f"<{address}>, <mailto:leave@")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_signature_holds_for_the_bytes_that_are_sent(desk: Desk) -> None:
    """Another letter breaks it; the headers of leaving are signed as well."""
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    desk.put(desk.root / "key.pem", private)
    desk.settings(
        dkim="{selector: press, domain: example.org, key: ../key.pem}", reply_to="r@e.org"
    )
    data = made(desk)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def record(name: bytes, timeout: int = 5) -> bytes:
        assert (name, timeout) == (b"press._domainkey.example.org.", 5)
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)

    assert data.startswith(b"DKIM-Signature: ")
    assert max(map(len, data.partition(b"From: ")[0].split(b"\r\n"))) <= 78
    assert dkim.verify(data, dnsfunc=record)
    sealed = "From To Cc Subject Date Reply-To Content-Type Content-Transfer-Encoding"
    for added in sealed.encode().split():
        for more in (
            added + b": x@example.org\r\n" + data,
            data.replace(b"From: ", added + b": x\r\nFrom: "),
        ):
            assert not dkim.verify(more, dnsfunc=record), added
    assert not dkim.verify(data.replace(b"Dear Anna", b"Dear Anne"), dnsfunc=record)
    for header in (b"To: ", b"List-Unsubscribe: ", b"Reply-To: "):
        assert not dkim.verify(data.replace(header, header + b"x", 1), dnsfunc=record)


def test_a_body_is_signed_in_its_relaxed_form() -> None:
    """The same as the library says, whatever spaces and lines it has."""
    for body in (b"", b"\r\n\r\n", b"a \t b\t\r\n \r\n\tc  \r\n\r\n \r\n", b"a", b" \r\n\t\r\n"):
        assert dkim_signing.canonical_body(body) == Relaxed.canonicalize_body(body)


EC_KEY = ec.generate_private_key(ec.SECP256R1()).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)
SECRET_KEY = rsa.generate_private_key(65537, 2048).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.BestAvailableEncryption(b"passphrase"),
)


@pytest.mark.parametrize(
    "key", ["no key", None, EC_KEY, SECRET_KEY], ids=["text", "none", "curve", "locked"]
)
def test_a_key_that_is_none_is_named(desk: Desk, key: str | bytes | None) -> None:
    """It is missing, or something else; what is in it is not shown."""
    if key:
        desk.put(desk.root / "key.pem", key)
    desk.settings(dkim="{selector: press, domain: example.org, key: ../key.pem}")
    with pytest.raises(ConfigurationError, match=r"mail\.yaml: dkim\.key: ") as refused:
        made(desk)
    assert "no key" not in str(refused.value)
    assert str(refused.value).endswith("or take 'dkim' out: most servers sign themselves")


def test_a_correction_says_what_was_corrected(desk: Desk) -> None:
    """In the subject, and in the text."""
    request = desk.request()
    known = settings.mail(desk.content)
    release, _ = shelf.chosen(request.folders.releases, request.release)
    edition = released_editions.editions(release, request, known)["en"]
    edition = replace(edition, words={**edition.words, "erratum": "It is 48, not 84."})
    maker = message.MessageMaker(Composer(HERE.template_folders), release, known)
    mail = read(maker.make(Copy("red", "correction", READER, edition, "<x@y>"), time.time()))
    assert mail["Subject"] == f"Correction: {TITLE}"
    assert "What was corrected: It is 48, not 84." in body(mail, "plain")
    assert "What was corrected: It is 48, not 84." in body(mail, "html")
