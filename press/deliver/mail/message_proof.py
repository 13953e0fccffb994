"""The proof of a message: its finished bytes and what was meant in, nothing or a refusal out.

The email package of some Pythons lets an encoded word end a header, and another begin: what a server would read
is what counts. So headers are found in the bytes themselves, and addresses read by two parsers.
"""

from __future__ import annotations

import email
import re
from contextlib import contextmanager
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses
from typing import TYPE_CHECKING

from press.deliver.mail.mailing import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Meant = Mapping[str, str | tuple[str, str]]  # words, or a name and an address

LONGEST = 998  # bytes of a line (RFC 5322)
_LINE_END = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_HEADER = re.compile(r"^([^ \t:\r\n][^:\r\n]*):((?:.*\r\n[ \t])*.*)", re.MULTILINE)


@contextmanager
def headers_refused() -> Iterator[None]:
    """Turn the email package's refusal of a header into ours."""
    try:
        yield
    except (ValueError, MessageError) as error:
        raise _refused(str(error)) from None


def head(data: bytes, meant: Meant) -> None:
    """Read the headers in *data* as a server would: they are those that were *meant*, and no others.

    Raises:
        RefusedError: they are not.
    """
    fields = _fields(data)
    names = [name for name, _ in fields]
    if {*names} != {*meant} or len({*names}) != len(names):
        raise _refused(f"it has the headers {', '.join(names)}")
    for name, value in fields:
        if _said(value, meant[name]) != meant[name]:
            raise _refused(f"its {name} is not what was meant")
    # as text: from bytes, it takes the letters of an address apart
    mail = email.message_from_string(data.decode(), policy=policy.SMTPUTF8)
    for name, address in meant.items():
        if isinstance(address, tuple):
            found = [one.addr_spec for one in mail[name].addresses]
            if found != [address[1]]:
                raise _refused(f"its {name} leads to {', '.join(found)}")


def whole(data: bytes, pdf: bytes) -> None:
    """Read the whole message *data*: what is attached is *pdf*, or nothing; lines are those of mail.

    Raises:
        RefusedError: it is not so.
    """
    if _LINE_END.search(data) or max(map(len, data.split(b"\r\n"))) > LONGEST:
        raise _refused("a line ends wrongly, or is too long")
    parts = [part for part in email.message_from_bytes(data).walk() if not part.is_multipart()]
    attached = [part.get_payload(decode=True) for part in parts if part.get_filename()]
    kinds = [part.get_content_type() for part in parts if not part.get_filename()]
    if attached != ([pdf] if pdf else []) or kinds != ["text/plain", "text/html"]:
        raise _refused("what is attached is not the PDF")


def _fields(data: bytes) -> list[tuple[str, str]]:
    """Return name and value of each header in *data*, as the bytes have them."""
    found = _HEADER.findall(data.decode())
    return [(name, value.replace("\r\n", "").strip()) for name, value in found]


def _said(value: str, meant: str | tuple[str, str]) -> object:
    """Return what the *value* of a header says: words, or its only address with the name."""
    if isinstance(meant, str):
        return " ".join(_decoded(value).split())
    found = [(_decoded(name), address) for name, address in getaddresses([value])]
    return found[0] if len(found) == 1 else found


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


def _refused(why: str) -> RefusedError:
    return RefusedError(f"a message did not come out as it was meant, and is not sent: {why}")
