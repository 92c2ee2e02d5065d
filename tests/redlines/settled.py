"""Accept and reject: nothing here knows how a redline is written."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IN, _OUT = ("ins", "moveTo"), ("del", "moveFrom")
_EMPTY = ("Spacer", "Tail", "TermText", "SignatureGap", "SignatureText", "SignatureRule")


def body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def around(data: bytes, how: str = "") -> list[str]:
    """The words of headers and footers, as they are or with every change accepted or rejected."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(name for name in archive.namelist() if re.fullmatch(r"word/(?:header|footer)\d\.xml", name)):
            root = etree.fromstring(archive.read(name))
            if how:
                root = _settled(root, *((_IN, _OUT) if how == "accept" else (_OUT, _IN)))
            found += [_words(paragraph) for paragraph in root.iter(f"{W}p")]
    return found


def accepted(data: bytes) -> etree._Element:
    """The body with every change accepted."""
    return _settled(body(data), _IN, _OUT)


def rejected(data: bytes) -> etree._Element:
    """The body with every change rejected."""
    found = _settled(body(data), _OUT, _IN)
    for change in found.findall(f".//{W}pPrChange"):
        properties = change.getparent()
        for old in [*properties]:
            if old is not change and etree.QName(old).localname not in ("keepNext", "sectPr", "rPr"):
                properties.remove(old)
        for place, kept in enumerate(change[0]):
            properties.insert(place, kept)
        properties.remove(change)
    return found


def _settled(found: etree._Element, stay: tuple[str, ...], go: tuple[str, ...]) -> etree._Element:
    for row in found.findall(f".//{W}tr"):
        if any(row.find(f"{W}trPr/{W}{tag}") is not None for tag in go):
            row.getparent().remove(row)
    for table in found.findall(f".//{W}tbl"):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for tag in go:
        for run in found.findall(f".//{W}{tag}"):
            if run.getparent().tag != f"{W}rPr":
                run.getparent().remove(run)
    for paragraph in found.findall(f".//{W}p"):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in go):
            assert not "".join(paragraph.itertext(f"{W}t", f"{W}delText")), "a paragraph that goes keeps words"
            paragraph.getparent().remove(paragraph)
    for text in found.iter(f"{W}delText"):
        text.tag = f"{W}t"
    assert all(found.find(f".//{W}{tag}") is None for tag in go)
    return found


def paragraphs(found: etree._Element) -> list[tuple[str, str]]:
    """The style and the words of every paragraph, in order; what points to a number shows only that it does."""
    for contents in found.findall(f"{W}sdt"):
        found.remove(contents)
    made = []
    for paragraph in found.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        words = _words(paragraph)
        if words.strip() or style not in _EMPTY:
            made.append((style, words))
    return made


def _words(paragraph: etree._Element) -> str:
    found, depth, shows = [], 0, False
    for node in paragraph.iter(f"{W}t", f"{W}fldChar", f"{W}br", f"{W}tab", f"{W}noBreakHyphen"):
        if node.tag == f"{W}fldChar":
            kind = node.get(f"{W}fldCharType")
            depth, shows = (depth + 1, False) if kind == "begin" else (depth, True) if kind == "separate" else (depth - 1, False)
            if kind == "end":
                found.append("#")
        elif node.tag == f"{W}t" and not (depth and shows):
            found.append(node.text or "")
        elif node.tag != f"{W}t" and node.getparent().tag == f"{W}r":
            found.append("-" if node.tag == f"{W}noBreakHyphen" else "\n")
    return re.sub("#+", "#", "".join(found)).replace("\u2011", "-")


def bare(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without numbers that stand as plain text: a reference that a redline takes out is one."""
    number = r"(?:#|(?:Schedule|Anlage) \d+|(?<= )\d+(?:\.\d+)*(?:\(\w+\))*)(?:(?:, paragraph |, Ziffer )#)?(?:#|\(\w+\))*"
    return [(style, re.sub(number, "#", text.replace("\u00a0", " "))) for style, text in words]
