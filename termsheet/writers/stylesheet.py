"""The style of an HTML page: the figures of the theme and the sheet of the Word paper, on a screen and in print."""

from __future__ import annotations

import re
from string import Template

from termsheet.document import Document, Furniture
from termsheet.word.themes import Sheet, Theme, sheet, theme

_FACES = {
    "swiss": 'Helvetica, "Liberation Sans", sans-serif',
    "roman": 'Times, "Liberation Serif", serif',
}
_NATURAL = 1.15  # of the fonts of the themes: a line as high as Word sets it, in sizes of the font
_TWIPS = 20  # in a point
_COUNTERS = {"{page}": "counter(page)", "{pages}": "counter(pages)"}


def stylesheet(document: Document) -> str:
    """The whole style. Raises WriteError for a theme or a paper that does not exist."""
    look, paper = theme(document.theme), sheet(document.paper)
    return Template(_SCREEN + _PRINT).substitute(
        _figures(look), paper=document.paper.lower(), margins=_margins(paper), pages=_running(document, look)
    )


def _figures(look: Theme) -> dict[str, str]:
    return {
        "font": f'"{look.font}", {_FACES.get(look.family, _FACES["swiss"])}',
        "size": f"{look.size / 2:g}pt",
        "leading": f"{look.leading / 240 * _NATURAL:.3g}",
        "ink": f"#{look.ink}",
        "rule": f"#{look.rule}",
        "band": f"#{look.band}",
        "grey": f"#{look.grey}",
        "blank": f"#{look.blank}",
        "blank_rule": f"#{look.blank_rule}",
        "notice": f"#{look.notice}",
        "link": f"#{look.link}",
        "reading": "1.0625rem" if look.family == "roman" else "0.9375rem",
    }


def _margins(paper: Sheet) -> str:
    side = (paper.width - paper.measure) / 2
    return " ".join(f"{twips / _TWIPS:g}pt" for twips in (paper.top, side, paper.bottom))


def _running(document: Document, look: Theme) -> str:
    """The running title and the number of the page. On page one the title stands in the text; a front page has none."""
    furniture: Furniture = document.furniture
    corners = {"top-left": _string(furniture.left), "top-right": _string(furniture.right),
               "bottom-left": _string(furniture.footer), "bottom-right": _number(furniture.page_of)}  # fmt: skip
    font = f'font: 8pt "{look.font}"; color: #{look.grey}; vertical-align: middle; width: 50%; white-space: nowrap;'
    boxes = " ".join(f"@{corner} {{ content: {words}; {font} }}" for corner, words in corners.items() if words)
    bare = corners if document.cover else ("top-left", "top-right")
    first = " ".join(f"@{corner} {{ content: none; }}" for corner in bare)
    return f"@page {{ {boxes} }}\n@page :first {{ {first} }}"


def _number(pattern: str) -> str:
    pieces = filter(None, re.split(r"(\{pages?\})", pattern))
    return " ".join(_COUNTERS.get(piece) or _string(piece) for piece in pieces)


def _string(text: str) -> str:
    """A string of CSS, whatever stands in it; nothing where there is none."""
    safe = re.sub(r"[^\w ]|[^\S ]", lambda sign: f"\\{ord(sign[0]):x} ", text)
    return f'"{safe}"' if text else ""


_SCREEN = """
* { box-sizing: border-box; }
html { background: #e7e9ec; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; color: #111; font: $reading/1.5 $font; overflow-wrap: break-word; font-variant-ligatures: none; }
.sheet { position: relative; max-width: 54rem; margin: 2rem auto; padding: 4rem 5rem; background: #fff;
  box-shadow: 0 1px 6px rgb(0 0 0 / .18); display: flow-root; }
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; font-size: inherit; }
h1, h2, h3, .party, .heads, thead th { color: $ink; font-weight: bold; text-align: start; break-after: avoid; }
a { color: $link; text-decoration: underline $rule 1px; text-underline-offset: .18em; }
a:hover { text-decoration-color: currentColor; }
a:focus-visible, .table:focus-visible { outline: 2px solid $link; outline-offset: 2px; }
:target { scroll-margin-top: 1rem; }
section:target > h2, section:target > h3, p:target { box-shadow: -.5rem 0 0 #fff, -.75rem 0 0 $blank_rule; }
dfn { font-style: normal; font-weight: bold; }
ins { color: #0b57b0; text-decoration: underline; text-underline-offset: .12em; }
del { color: #b3261e; text-decoration: line-through; }
ins ins, del del, .binding > h2 ins, .binding > h2 del { color: inherit; }
mark { background: $blank; color: inherit; box-shadow: 0 0 0 1px $blank_rule; padding: 0 .15em; border-radius: 1px;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.skip { position: absolute; top: -10rem; left: 1rem; z-index: 2; padding: .5rem 1rem; background: #fff; }
.skip:focus { top: 1rem; }
.watermark { position: fixed; inset: 0; z-index: 1; display: grid; place-items: center; overflow: hidden;
  pointer-events: none; user-select: none; font-size: min(22vw, 11rem); font-weight: bold; letter-spacing: .05em;
  line-height: 1; color: rgb(0 0 0 / .06); transform: rotate(-45deg); }

.legend { display: flex; justify-content: space-between; gap: 2rem; margin-bottom: 3rem;
  font-size: .8125em; color: $grey; }
.status { font-weight: bold; }
h1 { font-size: 1.75em; letter-spacing: .02em; line-height: 1.2; text-align: center; }
.subtitle { margin-top: .35rem; font-size: 1.2em; line-height: 1.3; color: $ink; text-align: center; }
header { margin-bottom: 1.75rem; }
main > p { margin-bottom: .75rem; text-align: justify; hyphens: auto; }
.open { margin: 1.5rem 0; padding: 1rem 1.25rem; background: $notice; border: 1px solid $blank_rule;
  break-inside: avoid-page; }
.open ul { margin-top: .5rem; list-style: none; }
.open li { padding: .125rem 0; }
.where { display: inline-block; min-width: 7.5em; padding-inline-end: .75em; }
.whose { color: $grey; }

/* a number hangs in the margin, and what it numbers is set in */
p { --own: calc(var(--base, 0em) + var(--deep, 0) * 2.1em); padding-inline-start: var(--own); }
.numbered { --base: 3em; }
.level-1 { --deep: 1; }
.level-2 { --deep: 2; }
.level-3 { --deep: 3; }
.item { --hang: 2.1em; text-indent: calc(-1 * var(--hang)); }
.item.level-0 { --hang: var(--base, 3em); }
.label { display: inline-block; min-width: var(--hang, 2.4em); text-indent: 0; white-space: pre; }
.text p + p, .text p + .table, .text .table + p, .text .table + .table { margin-top: .5em; }
p { break-inside: avoid-page; orphans: 2; widows: 2; }

.table { margin: .75em 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; border: 1px solid $rule; border-top-color: $ink;
  border-bottom-color: $ink; font-size: .9em; line-height: 1.4; overflow-wrap: normal; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: .35em .6em; border: 1px solid $rule; text-align: start; vertical-align: top; font-weight: normal; }
thead th { border-bottom: 2px solid $ink; font-size: .92em; vertical-align: bottom; }
th.number, td.number { white-space: nowrap; text-align: end; font-variant-numeric: tabular-nums; }
tr, table:not(:has(tr:nth-child(7))) { break-inside: avoid; }
.tight table { overflow-wrap: anywhere; }
p:has(+ .item), p:has(+ .table) { break-after: avoid; }
.item:has(+ .item) { break-after: auto; }

.signatures { margin-top: 3rem; }
.signatures > h2, .open > h2 { letter-spacing: .04em; text-transform: uppercase; }
.signatures > p { margin-top: .75rem; }
.signers { display: grid; grid-template-columns: 1fr 1fr; gap: 2.5rem 3rem; margin-top: 1.5rem; }
.signer { display: flex; flex-direction: column; break-inside: avoid; }
.hand { margin-top: auto; padding-top: 3.5rem; font-size: .8125em; color: $grey; }
.hand::before { content: ""; display: block; border-top: 1px solid $ink; margin-bottom: .2rem; }
.signer dl { display: grid; grid-template-columns: max-content 1fr; gap: .6rem .75rem; margin-top: .6rem; }
.signer dl div { display: contents; }
.blank { border-bottom: 1px solid $ink; min-height: 1.4em; }
footer { margin-top: 3rem; padding-top: .5rem; border-top: 1px solid $rule; font-size: .8125em; color: $grey; }

/* the two columns of a term sheet */
.columns { --left: 13.5rem; --gap: 1.25rem; }
.heads { display: flex; gap: var(--gap); padding: 0 .6rem; }
.heads span:first-child { flex: 0 0 var(--left); }
.columns .clause { display: flow-root; padding: 0 .6rem; }
.columns h3 { float: inline-start; width: var(--left); }
.columns .text { margin-inline-start: calc(var(--left) + var(--gap)); }
.columns .broad { clear: both; }
.heads { border-top: 2px solid $ink; border-bottom: 2px solid $ink; padding-block: .45rem; font-size: .875em; }
.columns .part > h2 { padding: .5rem .6rem; background: $band; letter-spacing: .04em; text-transform: uppercase; }
.columns .part.binding > h2 { background: $ink; color: #fff; }
.columns .clause { padding-block: .75rem; border-bottom: 1px solid $rule; }
.columns .part:last-of-type .clause:last-child { border-bottom-color: $ink; }
.columns h3, .clauses h3 { padding-inline-start: 2.4em; text-indent: -2.4em; }

/* an agreement */
.clauses .part > h2, .contents > h2 { margin: 2.25rem 0 .9rem; letter-spacing: .05em; text-transform: uppercase; }
.clauses .clause > h3 { --hang: 3.4em; margin: 1.5rem 0 .6rem; padding-inline-start: 3.4em; text-indent: -3.4em;
  letter-spacing: .04em; text-transform: uppercase; }
.clauses .terms .text { --base: 3.4em; }
.clauses .parties .text, .clauses .recitals .text, .clauses .schedule .numbered { --base: 3.4em; }
.clauses .text p { text-align: justify; hyphens: auto; }
.clauses .part:not(.terms) .clause + .clause, .clauses .text p + p { margin-top: .6em; }
.clauses .schedule { margin-top: 4rem; }
.schedule > h2 { margin-bottom: 1.25rem; letter-spacing: .05em; text-align: center; text-transform: uppercase; }
.which { display: block; }
.cover { display: flex; flex-direction: column; min-height: 46rem; margin-bottom: 3rem; text-align: center; }
.cover .legend { flex-direction: column; gap: 0; text-align: end; font-weight: bold; }
.headline { margin: 2rem 8%; padding: 1.75rem 0; border-top: 2px solid $ink; border-bottom: 2px solid $ink; }
.headline h1 { text-wrap: balance; letter-spacing: .06em; text-transform: uppercase; }
.date { margin-top: 4rem; }
.joins { margin: 1.25rem 0 .75rem; }
.party { font-size: 1.1em; text-align: center; }
.role { margin-top: .35rem; }
.contents { margin-bottom: 3.5rem; }
.contents > h2 { text-align: center; }
.contents ul { columns: 20rem 2; column-gap: 3rem; list-style: none; }
.contents li { padding: .2rem 0; break-inside: avoid; }
.contents .label { min-width: 3.4em; text-indent: 0; }
.contents .later .label { min-width: 6.5em; }
.contents a { display: block; padding-inline-start: 3.4em; text-indent: -3.4em; color: inherit; text-decoration: none; }
.contents .later a { padding-inline-start: 6.5em; text-indent: -6.5em; }
.contents a:hover { text-decoration: underline; }

@media screen and (max-width: 44rem) {
  .sheet { margin: 0; padding: 1.5rem 1.1rem; box-shadow: none; }
  html { background: #fff; }
  .legend { flex-direction: column; gap: 0; margin-bottom: 2rem; }
  .heads { display: none; }
  .columns h3 { float: none; width: auto; margin-bottom: .5rem; }
  .signers { grid-template-columns: minmax(0, 1fr); }
  .columns .part > h2, .columns .clause { padding-inline: .6rem; margin-inline: -.6rem; }
  .columns .text { margin-inline-start: 0; }
  .signers { row-gap: 2.5rem; }
  .where { display: block; }
  .cover { min-height: 0; }
  .headline { margin-inline: 0; }
  .clauses .text p, main > p { text-align: start; }
  .clauses .terms .text, .clauses .parties .text, .clauses .recitals .text { --base: 2.6em; }
  .clauses .clause > h3 { --hang: 2.6em; padding-inline-start: 2.6em; text-indent: -2.6em; }
}
"""

_PRINT = """
@page { size: $paper; margin: $margins; }
$pages
@media print {
  html { background: none; }
  body { font-size: $size; line-height: $leading; color: #000;
    -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .sheet { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  .skip, .sheet > footer { display: none; }
  .legend { margin-bottom: 2rem; }
  a { color: inherit; text-decoration: none; }
  .table { overflow: visible; }
  .watermark { font-size: 105pt; }
  .columns { --left: 128pt; --gap: 12pt; }
  .heads, .columns .clause { padding: 6pt 5pt; }
  .columns .part > h2 { padding: 5pt; }
  .columns .text { text-align: start; }
  .cover, .contents { break-after: page; }
  .cover { min-height: 0; }
  .date { margin-top: 100pt; }
  .contents ul { columns: 2; column-gap: 24pt; }
  .contents li { padding: 1.5pt 0; }
  .contents > h2 { margin-top: 0; }
  .clauses .schedule, .clauses .signatures { break-before: page; margin-top: 0; }
  .signatures > p { break-after: avoid; }
  .signers { gap: 20pt 24pt; }
  .hand { padding-top: 32pt; }
}
"""
