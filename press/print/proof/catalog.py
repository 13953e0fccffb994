"""Prove what a PDF says of itself as a whole: its catalog and its packet of metadata."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import pikepdf

from press.print.engine_types import Other
from press.print.facts import LICENCES
from press.print.proof.content import NONE, NOTHING

XMP = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PDF, XAP = "{http://ns.adobe.com/pdf/1.3/}", "{http://ns.adobe.com/xap/1.0/}"
RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
SAME = {  # in every packet
    "{http://www.aiim.org/pdfa/ns/id/}part": ["2"],
    "{http://www.aiim.org/pdfa/ns/id/}conformance": ["A"],
    "{http://www.aiim.org/pdfua/ns/id/}part": ["1"],
    f"{DC}format": ["application/pdf"],
}
HEAD = {  # of a page: where the packet has it
    "title": f"{DC}title",
    "author": f"{DC}creator",
    "description": f"{DC}description",
    "keywords": f"{PDF}Keywords",
    "dcterms.publisher": f"{DC}publisher",
    "dcterms.source": f"{DC}source",
    "dcterms.license": f"{DC}rights",
    "dcterms.created": f"{XAP}CreateDate",
    "dcterms.modified": f"{XAP}ModifyDate",
    "generator": f"{XAP}CreatorTool",
}
INFO = {
    "title": "Title",
    "author": "Author",
    "description": "Subject",
    "keywords": "Keywords",
    "generator": "Creator",
}
DATES = {"dcterms.created": "CreationDate", "dcterms.modified": "ModDate"}
SCHEMAS, PRODUCER = "{http://www.aiim.org/pdfa/ns/extension/}schemas", f"{PDF}Producer"
BOXES = ("Media", "Trim", "Bleed")  # of a page, all of one size
SCREEN = b"mntrRGB "  # in a profile of colours: what they are for (ISO 15076-1, 7.2)
VERSION = "1.7"  # of PDF, to which PDF/A-2 and PDF/UA-1 belong
KNOWN = {  # what prints say, of each kind of thing; whatever else there is, it acts, hides or contradicts
    kind: frozenset(f"/{key}" for key in keys.split())
    for kind, keys in {
        "document": "Lang MarkInfo Metadata Names Outlines OutputIntents Pages StructTreeRoot Type ViewerPreferences",
        "window": "DisplayDocTitle",
        "name": "Dests",
        "set of pages": "Count Kids Type",
        "page": "Annots BleedBox Contents MediaBox Parent Resources StructParents Tabs TrimBox Type",
        "structure": "IDTree K ParentTree ParentTreeNextKey RoleMap Type",
        "element": "A Alt E ID K Lang P Pg Ref S Type",
        "attribute": "BBox ColSpan Headers ListNumbering O Placement RowSpan Scope",
        "link": "A BS Contents Dest F Rect StructParent Subtype Type",
        "action": "S Type URI",
        "outline": "Count Dest First Last Next Parent Prev Title",
    }.items()
}


def beyond(kind: str, each: Other) -> Iterator[str]:
    """Yield what a thing of this *kind* has and none in a print of ours has."""
    for key in sorted({*each.keys()} - KNOWN[kind]):
        yield f"it does more than to be read: its {kind} has '{key[1:]}'"


def faults_of_catalog(document: pikepdf.Pdf) -> Iterator[str]:
    """Yield what *document* lacks as a whole, or has too much."""
    root = document.Root
    if dict(root.get("/MarkInfo", NOTHING)) != {"/Marked": True}:
        yield "it does not say that it has a structure"
    if not root.get("/ViewerPreferences", NOTHING).get("/DisplayDocTitle", False):
        yield "its window shows the name of the file in place of the title"
    if any(page.get("/Tabs") != "/S" for page in document.pages):
        yield "its links are not in the order of its structure"
    if not any(map(_tells_colours, root.get("/OutputIntents", NONE))):
        yield "it does not say what its colours are"
    if document.pdf_version != VERSION:
        yield f"it is of PDF {document.pdf_version}, not {VERSION}"
    boxes = (page.get(f"/{key}Box", NONE) for page in document.pages for key in BOXES)
    if len({tuple(box) for box in boxes}) > 1:
        yield "its pages have several sizes"
    if document.is_encrypted:
        yield "it is encrypted"
    yield from beyond("document", root)
    yield from beyond("window", root.get("/ViewerPreferences", NOTHING))
    yield from beyond("name", root.get("/Names", NOTHING))
    yield from beyond("set of pages", root.Pages)
    for page in document.pages:
        yield from beyond("page", page.obj)
    if len(document.trailer.get("/ID", NONE)) != 2:  # noqa: PLR2004 - one for ever, one for this state
        yield "it has no identifier"


def _tells_colours(intent: Other) -> bool:
    profile = intent.DestOutputProfile.read_bytes() if "/DestOutputProfile" in intent else b""
    return bool(intent.S == "/GTS_PDFA1" and profile[12:20] == SCREEN)


def faults_of_packet(packet: bytes, language: str, head: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield where *packet* differs from what the *head* of the page says."""
    try:
        root = ET.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", packet))  # noqa: S314 - our own file
    except ET.ParseError:
        yield "its metadata cannot be read"
        return
    found = {each.tag: _texts(each) for each in root.iterfind(f"*/{XMP}Description/*")}
    for each in root.iterfind(f"*/{XMP}Description"):
        found |= {name: [text] for name, text in each.items() if name != f"{XMP}about"}
    wanted = _packet(language, head)
    if not re.fullmatch(r"WeasyPrint [\d.]+", "".join(found.pop(PRODUCER, []))):
        yield "its metadata do not name the program that made it, and that alone"
    found.pop(SCHEMAS, None)  # of PDF/UA, for which a validator of PDF/A looks
    for tag in {**wanted, **found}:
        if found.get(tag, []) != wanted.get(tag, []):
            name, texts = tag.rpartition("}")[2], "; ".join(wanted.get(tag, []))
            yield f"its metadata have '{'; '.join(found.get(tag, []))}' as {name}, not '{texts}'"


def faults_of_info(info: Mapping[str, str], head: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield where the old form of metadata, *info*, differs from what the *head* of the page says."""
    wanted = {f"/{key}": ", ".join(head.get(name, [])) for name, key in INFO.items()}
    for name, key in DATES.items():
        wanted[f"/{key}"] = "".join(f"D:{day.replace('-', '')}" for day in head.get(name, []))
    for key in {**wanted, **info}.keys() - {"/Producer"}:
        if info.get(key, "") != wanted.get(key, ""):
            yield f"its old metadata have '{info.get(key, '')}' as {key[1:]}"


def _packet(language: str, head: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    licence, keywords = head.get("dcterms.license", []), head.get("keywords", [])
    wanted = SAME | {HEAD[name]: texts for name, texts in head.items() if name in HEAD}
    wanted |= {
        f"{DC}language": [*filter(None, [language])],
        f"{DC}date": head.get("dcterms.created", []),
    }
    wanted[f"{DC}subject"] = [each.strip() for text in keywords for each in text.split(",")]
    wanted[f"{RIGHTS}Marked"] = ["True"] if licence else []
    wanted[f"{RIGHTS}WebStatement"] = [LICENCES[each] for each in licence if each in LICENCES]
    return wanted


def _texts(element: ET.Element) -> list[str]:
    items = [each.text or "" for each in element.iter(f"{XMP}li")]
    return items or [element.text or ""]
