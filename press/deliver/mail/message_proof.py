"""Prove that the finished bytes of a message are what was meant, and refuse it otherwise.

The email package of some versions of Python lets an encoded word end a header and begin another, and a server goes by
the bytes. So the headers are found in the bytes themselves, and the addresses are read by two parsers.
"""

import email
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses

from press.problems import RefusedError

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
    """Read the headers in *data* as a server would, and compare them with those that were *meant*.

    Raises:
        RefusedError: they differ.
    """
    fields = _fields(data)
    names = [name for name, _ in fields]
    if {*names} != {*meant} or len({*names}) != len(names):
        raise _refused(f"it has the headers {', '.join(names)}")
    for name, value in fields:
        if _meaning(value, meant[name]) != meant[name]:
            raise _refused(f"its {name} is not what was meant")
    # as text: from bytes, it takes the letters of an address apart
    mail = email.message_from_string(data.decode(), policy=policy.SMTPUTF8)
    for name, address in meant.items():
        if isinstance(address, tuple):
            specs = [parsed.addr_spec for parsed in mail[name].addresses]
            if specs != [address[1]]:
                raise _refused(f"its {name} leads to {', '.join(specs)}")


def whole(data: bytes, pdf: bytes) -> None:
    """Read the whole message *data*: its lines are those of mail, and *pdf* or nothing is attached.

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
    headers = _HEADER.findall(data.decode())
    return [(name, value.replace("\r\n", "").strip()) for name, value in headers]


def _meaning(value: str, meant: str | tuple[str, str]) -> object:
    """Return what the *value* of a header means: words, or its only address with the name."""
    if isinstance(meant, str):
        return " ".join(_decoded(value).split())
    addresses = [(_decoded(name), address) for name, address in getaddresses([value])]
    return addresses[0] if len(addresses) == 1 else addresses


def _decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


def _refused(why: str) -> RefusedError:
    return RefusedError(f"a message is not what was meant, and is not sent: {why}")
