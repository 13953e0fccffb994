"""Write the XMP packet of a PDF: what it is, whose, under which licence, and to which standards it conforms.

By ISO 16684-1 (XMP), ISO 19005-2 (PDF/A-2) and ISO 14289-1 (PDF/UA-1), whose identifier PDF/A wants to have described.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import weasyprint  # type: ignore[import-untyped]

from press.print.engine_types import Other
from press.print.facts import LICENCES

PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""{namespaces}>
{properties}
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
ARCHIVE = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
ACCESSIBLE = """\
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def packet(metadata: Other, *, accessible: bool) -> bytes:
    """Return the packet for what the head of a page says, its *metadata*; *accessible*: it conforms to PDF/UA-1."""
    own = metadata.custom
    licence = own.get("dcterms.license")
    properties = [
        ARCHIVE,
        ACCESSIBLE if accessible else "",
        "<dc:format>application/pdf</dc:format>",
        _either("dc:title", metadata.title),
        _list("dc:creator", "Seq", metadata.authors),
        _either("dc:description", metadata.description),
        _list("dc:subject", "Bag", metadata.keywords),
        _list("dc:language", "Bag", [metadata.lang]),
        _list("dc:publisher", "Bag", [own.get("dcterms.publisher")]),
        _list("dc:date", "Seq", [metadata.created]),
        _one("dc:source", own.get("dcterms.source")),
        _either("dc:rights", licence),
        _one("xmpRights:Marked", "True" if licence else ""),
        _one("xmpRights:WebStatement", LICENCES.get(licence)),
        _one("pdf:Keywords", ", ".join(metadata.keywords)),
        _one("pdf:Producer", f"WeasyPrint {weasyprint.__version__}"),
        _one("xmp:CreatorTool", metadata.generator),
        _one("xmp:CreateDate", metadata.created),
        _one("xmp:ModifyDate", metadata.modified),
    ]
    names = "".join(f"\n xmlns:{name}={quoteattr(url)}" for name, url in NAMESPACES.items())
    return PACKET.format(namespaces=names, properties="\n".join(filter(None, properties))).encode()


def _one(name: str, text: str | None) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _list(name: str, kind: str, texts: Sequence[str | None]) -> str:
    items = "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts if text)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _either(name: str, text: str | None) -> str:
    """Return a text in the one language that there is."""
    item = f'<rdf:li xml:lang="x-default">{escape(text or "")}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>" if text else ""
