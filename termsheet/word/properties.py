"""Properties of paragraphs and of runs, for the styles only: a paragraph of the paper carries none."""

from __future__ import annotations


def characters(
    *,
    font: str = "",
    bold: bool = False,
    italic: bool = False,
    caps: bool = False,
    color: str = "",
    tracking: int = 0,
    kerning: int = 0,
    size: int = 0,
    underline: bool = False,
    shade: str = "",
    language: str = "",
) -> str:
    """Run properties, in the order of CT_RPr. Sizes are half-points, tracking is in twips."""
    found = ""
    if font:
        found += f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    found += "<w:b/><w:bCs/>" if bold else ""
    found += "<w:i/><w:iCs/>" if italic else ""
    found += "<w:caps/>" if caps else ""
    found += f'<w:color w:val="{color}"/>' if color else ""
    found += f'<w:spacing w:val="{tracking}"/>' if tracking else ""
    found += f'<w:kern w:val="{kerning}"/>' if kerning else ""
    found += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    found += '<w:u w:val="single"/>' if underline else ""
    found += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    found += language
    return f"<w:rPr>{found}</w:rPr>" if found else ""


def layout(
    *,
    keep_next: bool | None = None,
    keep_lines: bool = False,
    new_page: bool = False,
    widows: bool = False,
    numbered: tuple[int, int] | None = None,
    border: str = "",
    shade: str = "",
    tabs: tuple[str, ...] = (),
    before: int | None = None,
    after: int | None = None,
    line: int = 0,
    exact: bool = False,
    left: int | None = None,
    right: int = 0,
    hanging: int = 0,
    align: str = "",
    outline: int | None = None,
) -> str:
    """Paragraph properties, in the order of CT_PPr. Lengths are twips, `numbered` is (list, level).

    `keep_next=False` says so, where a program would think otherwise of a style of that name.
    """
    found = "<w:keepNext/>" if keep_next else "" if keep_next is None else '<w:keepNext w:val="0"/>'
    found += "<w:keepLines/>" if keep_lines else ""
    found += "<w:pageBreakBefore/>" if new_page else ""
    found += "<w:widowControl/>" if widows else ""
    if numbered:
        level = f'<w:ilvl w:val="{numbered[1]}"/>' if numbered[1] else ""
        found += f'<w:numPr>{level}<w:numId w:val="{numbered[0]}"/></w:numPr>'
    found += f"<w:pBdr>{border}</w:pBdr>" if border else ""
    found += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    found += f"<w:tabs>{''.join(tabs)}</w:tabs>" if tabs else ""
    found += _spacing(before, after, line, exact)
    if left is not None:
        found += f'<w:ind w:left="{left}" w:right="{right}" w:hanging="{hanging}"/>'
    found += f'<w:jc w:val="{align}"/>' if align else ""
    found += f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    return f"<w:pPr>{found}</w:pPr>" if found else ""


def stop(position: int, kind: str = "left", leader: str = "") -> str:
    """A tab stop."""
    filled = f' w:leader="{leader}"' if leader else ""
    return f'<w:tab w:val="{kind}"{filled} w:pos="{position}"/>'


def edge(side: str, color: str, *, size: int = 4, space: int = 0) -> str:
    """A border on one side, `size` in eighths of a point, `space` in points."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _spacing(before: int | None, after: int | None, line: int, exact: bool) -> str:
    found = f' w:before="{before}"' if before is not None else ""
    found += f' w:after="{after}"' if after is not None else ""
    found += f' w:line="{line}" w:lineRule="{"exact" if exact else "auto"}"' if line else ""
    return f"<w:spacing{found}/>" if found else ""


def style(
    key: str,
    name: str,
    properties: str = "",
    *,
    kind: str = "paragraph",
    based: str = "Normal",
    following: str = "",
    priority: int = 20,
) -> str:
    """A style. Those that Word knows by name keep Word's own meaning (headings, title, strong …).

    Word's gallery shows those that are used when a paper is worked on, and no others.
    """
    custom = "" if name.lower() in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{priority}"/>'
        + ("<w:qFormat/>" if key in _GALLERY else "")
        + f"{properties}</w:style>"
    )


def items(
    key: str,
    name: str,
    numbered: tuple[int, int],
    *,
    flush: int | None = None,
    before: int | None = None,
    after: int | None = None,
    align: str = "",
    priority: int = 20,
) -> str:
    """The styles of the items (a), (i) and (A) of a list, from that level on.

    With `flush`, their first level in the list, come others for items that stand flush with the text above them.
    """
    number, first = numbered
    found = ""
    for depth in range(3):
        level = (number, first + depth)
        shape = layout(numbered=level, before=before, after=after, align=align)
        found += style(f"{key}{depth + 1}", f"{name} {depth + 1}", shape, priority=priority)
        if flush is not None:
            moved = layout(numbered=(number, flush + depth), before=before, after=after, align=align)
            found += style(f"{key}{depth + 1}Flush", f"{name} {depth + 1} Flush", moved, priority=priority)
    return found


_GALLERY = {
    *("BodyText", "Heading1", "Heading2", "PartBinding", "FrontHeading"),
    *("Clause2", "ClauseText", "ClauseItem1", "ClauseItem2", "ClauseItem3", "Definition", "Parties", "Recitals"),
    *("ScheduleHeading", "ScheduleParagraph", "ScheduleItem1", "ScheduleItem2"),
    *("TermText", "TermParagraph", "TermItem1", "TermItem2", "TermItem1Flush", "TableText", "TableHeading"),
    *("DefinedTerm", "Strong", "Emphasis"),
}
_BUILT_IN = {
    "annotation reference",
    "annotation text",
    "body text",
    "emphasis",
    "footer",
    "header",
    "heading 1",
    "heading 2",
    "hyperlink",
    "strong",
    "subtitle",
    "title",
    "toc 1",
    "toc heading",
}
