"""Prove that the finished bytes of a message are what was meant, and refuse it otherwise.

The email package of some versions of Python lets an encoded word end a header and begin another, and a server goes by
the bytes. So the headers are found in the bytes themselves, and the addresses are read by two parsers.
"""

import base64
import email
import re
from collections.abc import Mapping
from email.header import decode_header, make_header
from email.policy import SMTPUTF8
from email.utils import getaddresses
from functools import lru_cache

from press.problems import RefusedError

Meant = str | tuple[str, str]  # words, or a name and an address

MENDED = {  # where the words of a header are mended
    "From": "see 'sender' in mail.yaml",
    "List-Unsubscribe": "see 'unsubscribe' in mail.yaml",
    "Reply-To": "see 'reply_to' in mail.yaml",
    "Subject": "see 'subject' or 'title' in the brief's file in briefs/",
    "To": "see the reader's row in the list",
}
LONGEST = 998  # bytes of a line (RFC 5322)
_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_HEADER = re.compile(r"^([^ \t:\r\n][^:\r\n]*):((?:.*\r\n[ \t])*.*)", re.MULTILINE)


def prove_head(data: bytes, meant: Mapping[str, Meant]) -> None:
    """Read the headers in *data* as a server would, and compare them with those that were *meant*.

    Raises:
        RefusedError: they differ.
    """
    fields = _HEADER.findall(data.decode())
    names = [name for name, _ in fields]
    if {*names} != {*meant} or len({*names}) != len(names):
        raise refusal(f"it has the headers {', '.join(names)}", *meant)
    for name, value in fields:
        _prove_header(name, value, meant[name])


def prove_whole(data: bytes, pdf: bytes) -> None:
    """Read the whole message *data*: its lines are those of mail, and *pdf* or nothing is attached.

    Raises:
        RefusedError: it is not so.
    """
    end = data.rfind(b"\r\n--")  # of the last part
    start = end - len(encode(pdf))
    if data[start:end] != encode(pdf):
        raise refusal("what is attached is not the PDF")
    rest = data[:start] + data[end:]
    if _LINE_END.search(rest) or max(map(len, rest.split(b"\r\n"))) > LONGEST:
        raise refusal("a line ends wrongly, or is too long")
    parts = [part for part in email.message_from_bytes(rest).walk() if not part.is_multipart()]
    attached = [part.get_payload(decode=True) for part in parts if part.get_filename()]
    kinds = [part.get_content_type() for part in parts if not part.get_filename()]
    if attached != ([b""] if pdf else []) or kinds != ["text/plain", "text/html"]:
        raise refusal("what is attached is not the PDF")


@lru_cache(maxsize=8)  # all readers of an edition get the same
def encode(pdf: bytes) -> bytes:
    """Return the lines in which a message has *pdf*."""
    return base64.encodebytes(pdf).replace(b"\n", b"\r\n")


@lru_cache(maxsize=64)  # most headers are the same in many messages
def _prove_header(name: str, value: str, meant: Meant) -> None:
    """Prove that the *value* of a header means what was *meant*."""
    line = value.replace("\r\n", "").strip()
    if _meaning(line, meant) != meant:
        raise refusal(f"its {name} is not what was meant", name)
    if isinstance(meant, tuple):
        addresses = SMTPUTF8.header_factory(name, line).addresses
        specs = [parsed.addr_spec for parsed in addresses]
        if specs != [meant[1]]:
            raise refusal(f"its {name} leads to {', '.join(specs)}", name)


def _meaning(value: str, meant: Meant) -> object:
    """Return what the *value* of a header means: words, or its only address with the name."""
    if isinstance(meant, str):
        return " ".join(_decode(value).split())
    addresses = [(_decode(name), address) for name, address in getaddresses([value])]
    return addresses[0] if len(addresses) == 1 else addresses


def _decode(value: str) -> str:
    return str(make_header(decode_header(value)))


def refusal(why: str, *headers: str) -> RefusedError:
    """Return the refusal of a message; it names where the words of *headers* come from."""
    sources = "".join(f"; {MENDED[name]}" for name in sorted(headers) if name in MENDED)
    return RefusedError(f"a message is not what was meant, and is not sent: {why}{sources}")
