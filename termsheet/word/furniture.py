"""Headers, footers and the watermark."""

from __future__ import annotations

from termsheet.document import Break, Furniture, Standing
from termsheet.pattern import pattern
from termsheet.word.inlines import runs
from termsheet.word.markup import HEAD, SPACES, field, line_break, paragraph, quoted, run, tab
from termsheet.word.paper import Paper
from termsheet.word.revisions import one_of_two, sides

VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_PAGES = pattern(r"(\{pages?\})")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}

# Word's own shape for text that is drawn, and the names by which its menu finds a watermark to remove it.
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
_LONGEST_WATERMARK = 430  # points, along the diagonal of the text


def headers(paper: Paper) -> tuple[str, str]:
    """The header of later pages and that of the first."""
    return _header(paper, first=False), _header(paper, first=True)


def footer(paper: Paper) -> str:
    """The footer of every page."""
    revised, furniture = paper.document.revised, paper.document.furniture
    words = runs(revised.footer, paper) + footer_line(furniture, left=False) if revised else footer_line(furniture)
    return f"{HEAD}<w:ftr {SPACES}>{paragraph('Footer', words)}</w:ftr>"


def header_line(furniture: Furniture, *, left: bool = True, right: bool = True, first: bool = False) -> str:
    """The runs of the legend, of which the first page says more, and of the draft; each where it is wanted."""
    legend = line_break().join(run(line, "HeaderLegend") for line in furniture.first_left) if first else ""
    legend = legend or run(furniture.left)
    return (legend if left else "") + tab() + (run(furniture.right) if right else "")


def footer_line(furniture: Furniture, *, left: bool = True) -> str:
    """The runs of the words at left, and of the pages at right."""
    pieces = _PAGES.split(furniture.page_of)
    pages = "".join(field(_FIELDS[piece], "1") if piece in _FIELDS else run(piece) for piece in pieces)
    return (run(furniture.footer) if left else "") + tab() + pages


def _header(paper: Paper, *, first: bool) -> str:
    revised, furniture = paper.document.revised, paper.document.furniture
    line = _revised(revised, paper, first) if revised else header_line(furniture, first=first)
    drawn = watermark(furniture.watermark, paper.theme.font, int(first)) if furniture.watermark else ""
    return f"{HEAD}<w:hdr {SPACES} {VML}>{paragraph('Header', line + drawn)}</w:hdr>"


def _revised(page: Standing, paper: Paper, first: bool) -> str:
    """The runs of the header in a redline."""
    then, now = sides([line.revision for line in page.legend])
    legend = ""
    for place, line in enumerate(page.legend if first else ()):
        between = one_of_two(Break(), place in then[1:], place in now[1:])
        legend += runs((*between, *line.inlines), paper, "HeaderLegend")
    return (legend or runs(page.left, paper)) + tab() + runs(page.right, paper)


def watermark(text: str, font: str, place: int) -> str:
    """Large grey words behind the text. `place` tells those of one file apart."""
    width = min(_LONGEST_WATERMARK, 84 * len(text))
    height = round(width / len(text) * 1.35)
    centred = "".join(
        f";mso-position-{way}:center;mso-position-{way}-relative:margin" for way in ("horizontal", "vertical")
    )
    look = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315"
        f";z-index:-251658752{centred}"
    )
    face = quoted(f'font-family:"{font}";font-size:1pt')
    return (
        f'<w:r><w:pict>{_SHAPE_TYPE}<v:shape id="PowerPlusWaterMarkObject{357831064 + place}"'
        f' o:spid="_x0000_s{2049 + place}" type="#_x0000_t136" alt={quoted(text)} style="{look}"'
        f' o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>'
        f"<v:textpath style={face} string={quoted(text)}/></v:shape></w:pict></w:r>"
    )
