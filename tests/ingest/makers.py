"""Make files of reviews: a PDF as journals have them, a document of Word as its program writes it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import weasyprint  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping

SPACE = "http://schemas.openxmlformats.org"
WORD = f"{SPACE}/wordprocessingml/2006/main"
OFFICE = f"{SPACE}/officeDocument/2006/relationships"
PLAIN = "@page { @top-left { content: none } @bottom-center { content: none } }"
STYLES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2"}


def pdf(body: str, style: str = "") -> bytes:
    """Return a PDF of small pages, justified, with running heads and numbers."""
    page = """@page { size: 120mm 150mm; margin: 15mm;
        @top-left { content: "Reviews of Examples, vol. 7" } @bottom-center { content: counter(page) } }
        body { font: 9pt serif; text-align: justify; hyphens: auto } p { margin: 0; text-indent: 4mm }
        h1 { font-size: 14pt } h2 { font-size: 10pt } sup { font-size: 60% }
        .columns { columns: 2; column-gap: 5mm }"""
    html = f"<html lang='en'><style>{page}{style}</style>{body}"
    data: bytes = weasyprint.HTML(string=html).write_pdf()
    return data


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph of Word; 'text|2' has a mark for the second note at its end, '^{2}' is raised."""
    words, _, note = text.partition("|")
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    mark = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note else ""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    runs = "".join(
        f'<w:r>{raised * (number % 2)}<w:t xml:space="preserve">{part}</w:t></w:r>'
        for number, part in enumerate(re.split(r"\^\{([^}]*)\}", words))
    )
    return f"<w:p>{look}{runs}{mark}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of Word."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*body: str, notes: Mapping[int, str] | None = None) -> bytes:
    """Return a document of Word with these paragraphs, tables and footnotes."""
    root = f'xmlns:w="{WORD}"'
    foot = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in (notes or {}).items()
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    relations = f'xmlns="{SPACE}/package/2006/relationships"'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{SPACE}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships {relations}><Relationship Id="d" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f"<Relationships {relations}>"
            f'<Relationship Id="f" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
            f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
            "word/document.xml": f"<w:document {root}><w:body>{''.join(body)}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {root}>{foot}</w:footnotes>",
            "word/styles.xml": f"<w:styles {root}>{styles}</w:styles>",
        }
    )


def packed(files: Mapping[str, str]) -> bytes:
    """Return a zip archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()
