"""Prove what a PDF says of itself as a whole: its catalog and its packet of metadata."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import pikepdf

from press.print.proof.content import NONE, NOTHING

XMP = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NAMES = {
    "{http://www.aiim.org/pdfa/ns/id/}part": ["2"],
    "{http://www.aiim.org/pdfa/ns/id/}conformance": ["A"],
    "{http://www.aiim.org/pdfua/ns/id/}part": ["1"],
}
DC, XAP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
HEAD = {  # of a page: where the packet has it
    "title": f"{DC}title",
    "author": f"{DC}creator",
    "description": f"{DC}description",
    "dcterms.publisher": f"{DC}publisher",
    "dcterms.source": f"{DC}source",
    "dcterms.license": f"{DC}rights",
    "dcterms.created": f"{XAP}CreateDate",
    "dcterms.modified": f"{XAP}ModifyDate",
    "generator": f"{XAP}CreatorTool",
}
ACTS = ("/OpenAction", "/AA", "/AcroForm", "/Collection")


def faults_of_catalog(document: pikepdf.Pdf) -> Iterator[str]:
    """Yield what *document* lacks as a whole, or has too much."""
    root = document.Root
    if not root.get("/MarkInfo", NOTHING).get("/Marked", False):
        yield "it does not say that it has a structure"
    if not root.get("/ViewerPreferences", NOTHING).get("/DisplayDocTitle", False):
        yield "its window shows the name of the file in place of the title"
    if any(page.get("/Tabs") != "/S" for page in document.pages):
        yield "its links are not in the order of its structure"
    intents = root.get("/OutputIntents", NONE)
    if not any("/DestOutputProfile" in each and each.S == "/GTS_PDFA1" for each in intents):
        yield "it does not say what its colours are"
    if any(key in root for key in ACTS) or set(root.get("/Names", NOTHING).keys()) - {"/Dests"}:
        yield "it does more than to be read"
    if len(document.trailer.get("/ID", NONE)) != 2:  # noqa: PLR2004 - one for ever, one for this state
        yield "it has no identifier"


def faults_of_packet(packet: bytes, language: str, head: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield where *packet* differs from what the *head* of the page says."""
    try:
        root = ET.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", packet))  # noqa: S314 - our own file
    except ET.ParseError:
        yield "its metadata cannot be read"
        return
    found = {each.tag: _texts(each) for each in root.iter() if not each.tag.startswith(XMP)}
    wanted = NAMES | {f"{DC}language": [language]}
    wanted |= {HEAD[name]: texts for name, texts in head.items() if name in HEAD}
    for tag, texts in wanted.items():
        if found.get(tag, []) != texts:
            name = tag.rpartition("}")[2]
            yield f"its metadata have '{'; '.join(found.get(tag, []))}' as {name}, not '{'; '.join(texts)}'"


def _texts(element: ET.Element) -> list[str]:
    items = [each.text or "" for each in element.iter(f"{XMP}li")]
    return items or [element.text or ""]
