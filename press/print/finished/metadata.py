"""What a PDF says of itself: its bytes in, title, author, subject and keywords out."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]

KEYS = ("Title", "Author", "Subject", "Keywords")


def metadata(pdf: bytes) -> dict[str, str]:
    """Return the metadata of *pdf*; '' for what it does not say, and for all of what is no PDF."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return dict.fromkeys(KEYS, "")
    try:
        return {key: document.get_metadata_value(key) for key in KEYS}
    finally:
        document.close()
