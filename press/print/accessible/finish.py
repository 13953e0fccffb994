"""Write a laid-out document as a PDF that conforms, and is fit to be read aloud."""

import contextlib

import weasyprint.pdf  # type: ignore[import-untyped]

from press.print.accessible import tags
from press.print.accessible.packet import packet
from press.print.accessible.spaces import give_spaces
from press.print.engine_types import Document, Element, Other

VARIANT = "pdf/a-2a"
HYPHEN = "\u2010"  # what the engine sets at the end of a line
TYPED, SOFT = b"> <2010>", b"> <00ad>"  # in the table that gives a glyph its character


def write(document: Document, root: Element, identifier: bytes) -> bytes:
    """Return *document* as a PDF; *root* is the element of its HTML.

    With a version of the engine that is not known here the PDF has the engine's own tags, and does not say that it
    conforms to PDF/UA: `has_own_tags` tells.
    """
    soft = not any(HYPHEN in text for text in root.itertext())

    def finish(_: Document, pdf: Other) -> None:
        metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
        metadata.stream = [packet(document.metadata, accessible=has_own_tags())]
        metadata.compress = False
        for each in pdf.objects:
            getattr(each, "extra", {}).pop("Interpolate", None)  # PDF/A allows none
            if soft:
                _soften(each)

    with contextlib.ExitStack() as stack:
        if has_own_tags():
            give_spaces(document, root)
            stack.enter_context(tags.of_ours(weasyprint.pdf, root))
        return bytes(
            document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=finish)
        )


def has_own_tags() -> bool:
    """Return whether the engine is of the version that our tags are made for."""
    return bool(weasyprint.__version__ == tags.KNOWN)


def _soften(each: Other) -> None:
    """Tell the hyphens of a font as soft ones: nobody typed them."""
    lines = [
        line if isinstance(line, bytes) else str(line).encode()
        for line in getattr(each, "stream", ())
    ]
    if any(b"beginbfchar" in line for line in lines):
        each.stream = [line.replace(TYPED, SOFT) for line in lines]
