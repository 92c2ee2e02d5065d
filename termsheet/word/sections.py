"""Sections: the sheet, its margins, which header and footer it has, and how its pages count."""

from __future__ import annotations

from termsheet.word import base
from termsheet.word.paper import Paper


def section(paper: Paper, *, furnished: bool = True, first: bool = False, numbers: str = "") -> str:
    """The properties of a section.

    `furnished` gives it header and footer, `first` others on its first page, and `numbers` is how its pages count
    from one anew ("decimal", "lowerRoman"); empty, they go on. A house can have others on even pages, and on a cover.
    """
    page, house = paper.sheet, paper.house
    kinds = [("default", base.HEADER, base.FOOTER)] if furnished else []
    kinds += [("default", base.COVER_HEADER, base.COVER_FOOTER)] if not furnished and house and house.covered else []
    kinds += [("even", base.EVEN_HEADER, base.EVEN_FOOTER)] if furnished and house and house.even else []
    kinds += [("first", base.FIRST_HEADER, base.FIRST_FOOTER)] if first else []
    references = "".join(
        f'<w:headerReference w:type="{kind}" r:id="{header}"/><w:footerReference w:type="{kind}" r:id="{footer}"/>'
        for kind, header, footer in kinds
    )
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    counted = f'<w:pgNumType w:fmt="{numbers}" w:start="1"/>' if numbers else ""
    return (
        f"<w:sectPr>{references}"
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}"'
        f' w:header="{page.header}" w:footer="{page.footer}" w:gutter="0"/>{counted}<w:cols w:space="708"/>'
        f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
    )
