"""Styles of the house that only its header and footer need: they come along under names of their own."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from termsheet.word.reference.archive import W
from termsheet.word.reference.looks import Look, Properties, Styles, copy_table, over, put_look, put_run
from termsheet.word.reference.matches import Matches
from termsheet.word.themes import Sheet

_OURS = {"header": "Header", "footer": "Footer"}


class Adopted:
    """Gives every paragraph, run and table of a header a style that our paper has."""

    def __init__(self, ours: Styles, house: Styles, found: Matches, sheet: Sheet) -> None:
        self._ours = ours
        self._house = house
        self._known = {match.key: key for key in _OURS.values() if (match := found.get(key))}
        self._lines(sheet)

    def restyle(self, root: Any, tag: str) -> None:
        """The styles of a part, and of paragraphs that name none."""
        standard = self._house.default("paragraph")
        for paragraph in root.iter(f"{W}p"):
            properties = paragraph.find(f"{W}pPr")
            if properties is None:
                properties = etree.Element(f"{W}pPr")
                paragraph.insert(0, properties)
            if properties.find(f"{W}pStyle") is None:
                properties.insert(0, etree.Element(f"{W}pStyle", {f"{W}val": standard}))
        for name in ("pStyle", "rStyle", "tblStyle"):
            for found in list(root.iter(f"{W}{name}")):
                key = self._adopt(found.get(f"{W}val", ""), name)
                if key:
                    found.set(f"{W}val", key)
                else:
                    found.getparent().remove(found)

    def _lines(self, sheet: Sheet) -> None:
        """The lines that we add to a header or footer: a tab stop at the right, whatever the house has."""
        for key, name in (("HeaderLine", "Header Line"), ("FooterLine", "Footer Line")):
            based = key.removesuffix("Line")
            inherited = self._ours.look(based)
            plain = dict(inherited.paragraph)
            plain |= {f"pBdr/{side}": {"val": "nil"} for side in ("top", "left", "bottom", "right", "between")}
            if key == "HeaderLine":
                plain["spacing"] = plain["spacing"] | {"after": "120"}
            plain |= {"tabs": {str(sheet.measure): "right"}, "jc": {"val": "left"},
                      "ind": {"left": "0", "right": "0", "first": "0"}}  # fmt: skip
            style = self._new(key, name, "paragraph", based)
            put_look(style, inherited._replace(paragraph=plain), inherited, tabs=True)

    def _new(self, key: str, name: str, kind: str, based: str) -> Any:
        known = {f"{W}type": kind, f"{W}customStyle": "1", f"{W}styleId": key}
        style = etree.SubElement(self._ours.root, f"{W}style", known)
        etree.SubElement(style, f"{W}name", {f"{W}val": name})
        etree.SubElement(style, f"{W}basedOn", {f"{W}val": based})
        etree.SubElement(style, f"{W}uiPriority", {f"{W}val": "99"})
        self._ours.by_id[key] = style
        return style

    def _adopt(self, theirs: str, tag: str) -> str:
        if theirs in self._known:
            return self._known[theirs]
        kind = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}[tag]
        style = self._house.by_id.get(theirs)
        if style is None or style.get(f"{W}type", "paragraph") != kind:
            return "Normal" if kind == "paragraph" else ""
        name = self._house.name(theirs)[:80]
        key = f"House{len(self._known) + 1}{re.sub(r'[^A-Za-z0-9]', '', name)[:40]}"
        self._known[theirs] = key
        based = {"paragraph": "Normal", "character": "DefaultParagraphFont", "table": "TableNormal"}[kind]
        made = self._new(key, f"House {name}", kind, based)
        if kind == "paragraph":
            put_look(made, self._house.look(theirs), self._ours.look("Normal"), tabs=True)
        elif kind == "character":
            put_run(made, self._said(theirs))
        else:
            self._table(made, theirs)
        return key

    def _said(self, theirs: str) -> Properties:
        said: Properties = {}
        for link in self._house.chain(theirs):
            said = over(said, self._house.reader.run(link.find(f"{W}rPr")))
        return said

    def _table(self, made: Any, theirs: str) -> None:
        """A table style as it stands; of what it is based on, whatever it does not say itself."""
        chain = self._house.chain(theirs)[::-1]
        run, paragraph = self._said(theirs), chain[0].find(f"{W}pPr")
        if paragraph is not None:
            plain = self._ours.look("Normal")
            said = Look(over(plain.paragraph, self._house.reader.paragraph(paragraph)), plain.run)
            put_look(made, said, plain)
        put_run(made, run)
        copy_table(made, chain[::-1])
