"""Read a document of Word by way of HTML, its footnotes with their marks."""

from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

import mammoth

from press.ingest import web_page
from press.ingest.document import Document
from press.problems import RefusedError

MOST_BYTES = 200_000_000  # unpacked
_OLD = b"\xd0\xcf\x11\xe0"  # the container of Word 97, and of what is encrypted
_TITLES = "p[style-name='Title'] => header > h1:fresh\np[style-name='Subtitle'] => header > p:fresh"


def read(data: bytes) -> Document:
    """Return what a document holds."""
    if data.startswith(_OLD):
        raise RefusedError("has a password, or is of Word 97; save it as .docx without a password")
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except BadZipFile as error:
        raise RefusedError("is no document of Word; save it as .docx") from error
    if size > MOST_BYTES:
        raise RefusedError("is larger than 200 MB when unpacked; take out its pictures")
    html = mammoth.convert_to_html(
        BytesIO(data),
        style_map=_TITLES,
        convert_image=lambda _image: [],
        include_embedded_style_map=False,
    )
    return web_page.extract(StringIO(html.value))
