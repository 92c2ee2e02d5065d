"""The Word writer: a Document as the bytes of a .docx file, in two columns.

The same document gives the same bytes on every machine. Only the standard library is used, and the paper is
written as text straight into the house base, because that takes milliseconds where a tree takes a tenth of a
second.
"""

from __future__ import annotations

from termsheet.document import Document
from termsheet.word import base, furniture, numbering, package
from termsheet.word.marks import Marks
from termsheet.word.markup import HEAD, SPACES, paragraph
from termsheet.word.opening import opening
from termsheet.word.paragraph_styles import signature_width
from termsheet.word.signatures import signatures
from termsheet.word.terms import terms
from termsheet.word.themes import Sheet, sheet, theme


def write(document: Document) -> bytes:
    """The document as a .docx file.

    Raises WriteError for a theme or a paper that does not exist, a character that XML cannot carry, a
    reference that leads nowhere, or a number that Word would count otherwise.
    """
    numbering.check(document)
    header, first_header = furniture.headers(document.furniture, theme(document.theme).font)
    footer = furniture.footer(document.furniture)
    parts = {
        **base.parts(document.theme, document.paper, document.language),
        "word/document.xml": _document(document),
        "word/header1.xml": header,
        "word/header2.xml": first_header,
        "word/footer1.xml": footer,
        "word/footer2.xml": footer,
        "docProps/core.xml": package.properties(document),
    }
    return package.pack(parts)


def _document(document: Document) -> str:
    page, marks = sheet(document.paper), Marks(document)
    body = opening(document, marks)
    body += terms(document, marks, theme(document.theme), page.measure)
    body += signatures(document, marks, signature_width(page))
    # Word wants a paragraph after a table; a tiny one cannot make a blank page of its own.
    body += paragraph("Tail") + _section(page)
    return f"{HEAD}<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def _section(page: Sheet) -> str:
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{base.HEADER}"/>'
        f'<w:headerReference w:type="first" r:id="{base.FIRST_HEADER}"/>'
        f'<w:footerReference w:type="default" r:id="{base.FOOTER}"/>'
        f'<w:footerReference w:type="first" r:id="{base.FIRST_FOOTER}"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.side}" w:bottom="{page.bottom}" w:left="{page.side}"'
        ' w:header="709" w:footer="624" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )
