"""The Word writer: a Document as the bytes of a .docx file, in two columns or clause below clause.

The same document gives the same bytes on every machine. Only the standard library is used, and the paper is
written as text straight into the house base, because that takes milliseconds where a tree takes a tenth of a
second.
"""

from __future__ import annotations

from termsheet.document import Document
from termsheet.word import base, furniture, numbering, package
from termsheet.word.clauses import clauses, schedules
from termsheet.word.cover import contents, cover
from termsheet.word.markup import HEAD, SPACES, paragraph
from termsheet.word.opening import opening
from termsheet.word.options import Options
from termsheet.word.paper import Paper
from termsheet.word.sections import section
from termsheet.word.signatures import signatures
from termsheet.word.terms import terms

_STANDARD = Options()


def write(document: Document, options: Options = _STANDARD) -> bytes:
    """The document as a .docx file.

    Raises WriteError for a theme, a paper or a protection that does not exist, a character that XML cannot carry, a
    reference that leads nowhere, or a number that Word would count otherwise.
    """
    if options.revised is None:  # in a redline, what is taken out still has the number that it had
        numbering.check(document)
    paper = Paper(document, options)
    text = _document(paper)
    header, first_header = furniture.headers(paper)
    footer = furniture.footer(paper)
    first_page = {} if document.cover else {"word/header2.xml": first_header, "word/footer2.xml": footer}
    comments = paper.comments.part()
    values = paper.controls.parts(options.digest)
    parts: dict[str, str | bytes] = {
        **base.parts(paper.theme, paper.sheet, document.language, document.layout, document.words.schedule),
        **base.relations(first_page=bool(first_page), comments=bool(comments), values=bool(values)),
        **first_page,
        **({"word/comments.xml": comments} if comments else {}),
        **values,
        "word/document.xml": text,
        "word/settings.xml": base.settings(document.language, options),
        "word/header1.xml": header,
        "word/footer1.xml": footer,
        "docProps/core.xml": package.properties(document, options.author),
    }
    return package.pack(paper.house.dress(parts) if paper.house else parts)


def _document(paper: Paper) -> str:
    document = paper.document
    front = cover(document.cover, paper) if document.cover else ""
    listed = contents(paper) if document.words.contents else ""
    body = opening(paper, titled=not front)
    body += terms(paper) if document.layout == "columns" else clauses(paper)
    ending = (schedules, signatures) if document.signatures_last else (signatures, schedules)
    body += "".join(part(paper) for part in ending)
    # Word wants a paragraph after a table; a tiny one cannot make a blank page of its own.
    last = section(paper, first=not front, numbers="decimal" if front or listed else "")
    return f"{HEAD}<w:document {SPACES}><w:body>{front}{listed}{body}{paragraph('Tail')}{last}</w:body></w:document>"
