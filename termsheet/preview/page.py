"""The page of a preview: the paper, the findings beside its clauses, and a script that reloads it when it has changed.

What it shows of findings is for the own side alone: it is served on the loopback interface and never written to a file.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from termsheet.beside import NOWHERE, beside
from termsheet.digests import sha256
from termsheet.document import Clause, Document
from termsheet.finding import Finding
from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.writers import html
from termsheet.writers.stylesheet import stylesheet

_CODE = pattern(r"`([^`]+)`")

SCRIPT = """
"use strict";
const version = document.querySelector("meta[name=version]").content;
history.scrollRestoration = "manual";

function remember() {
  if (!document.querySelector("main")) return;
  const seen = [...document.querySelectorAll("main [id]")].find((block) => block.getBoundingClientRect().bottom > 0);
  const top = seen ? seen.getBoundingClientRect().top : 0;
  sessionStorage.setItem("place", JSON.stringify({ y: scrollY, id: seen ? seen.id : "", top }));
}

function restore() {
  const place = JSON.parse(sessionStorage.getItem("place") || "null");
  if (!place || !document.querySelector("main")) return;
  const seen = place.y > 0 && document.getElementById(place.id);
  scrollTo(0, seen ? scrollY + seen.getBoundingClientRect().top - place.top : place.y);
}

async function poll() {
  try {
    const answer = await fetch("/version", { cache: "no-store" });
    document.body.classList.remove("lost");
    if (answer.ok && (await answer.text()) !== version) {
      remember();
      location.reload();
      return;
    }
  } catch {
    document.body.classList.add("lost");
  }
  setTimeout(poll, 700);
}

addEventListener("pagehide", remember);
addEventListener("DOMContentLoaded", () => { restore(); poll(); });
"""

STYLE = """
.desk, .findings { font: .8125rem/1.45 system-ui, "Liberation Sans", sans-serif; color: #222; text-align: start; }
.desk { max-width: 54rem; margin: 1.5rem auto -.5rem; padding: .75rem 1rem; background: #fff; border-radius: 4px;
  box-shadow: 0 1px 6px rgb(0 0 0 / .18); }
.desk p, .findings p, .desk li, .findings li { margin: 0; padding: 0; text-align: start; hyphens: none; }
.desk > * + * { margin-top: .5rem; }
.desk .lost { display: none; color: #b3261e; }
.lost .desk .lost { display: block; }
.desk summary { cursor: pointer; }
.desk ul, .findings ul { margin: .5rem 0 0; padding: 0; list-style: none; }
.findings ul { margin: 0; }
.finding { padding: .4rem .6rem !important; border-inline-start: 3px solid; background: #fff; }
.finding + .finding { margin-top: .4rem !important; }
.finding.error { border-color: #b3261e; background: #fdf3f2; }
.finding.warning { border-color: #b7791f; background: #fdf8ec; }
.finding.note { border-color: #718096; background: #f4f6f8; }
.finding .head { color: #4a4a4a; font-size: .75rem; }
.finding.error b { color: #b3261e; }
.finding.warning b { color: #7a4d00; }
.finding .help { color: #4a4a4a; }
.desk code, .findings code { font-family: ui-monospace, "Liberation Mono", monospace; }
.desk code, .findings code { font-size: .95em; overflow-wrap: anywhere; }
.value:hover { background: #eaf1fb; }
@media screen and (max-width: 78rem) { .findings { margin: .75rem 0 0; } .columns .findings { margin-inline: .6rem; } }
@media screen and (min-width: 78.01rem) {
  .sheet, .desk { margin-inline: max(1rem, (100vw - 77rem) / 2) auto; width: 54rem; }
  .findings { float: right; clear: right; width: 20rem; margin: .5rem -26.5rem .5rem 0; }
}
@media print { .desk, .findings { display: none; } }
"""


@immutable
class Page:
    """A page, what the browser may run of it, and a word that changes when the page does."""

    html: str
    policy: str
    version: str


def paper(document: Document, name: str, verdict: str, findings: Sequence[Finding], remarks: Sequence[str]) -> Page:
    """The draft of a deal, with what there is to say of it. `verdict` and `remarks` are sentences."""
    found = beside(document, findings)
    asides = {clause.id: _aside(clause, found[clause.id]) for clause in document.clauses() if clause.id in found}
    desk = _desk(name, verdict, _listed("Not in any clause", found.get(NOWHERE, ())), _remarks(remarks))
    return _page(html.write(document, html.Notes(_HEAD, desk, asides)), stylesheet(document))


def failure(name: str, sentence: str, findings: Sequence[Finding] = ()) -> Page:
    """What stands there while the deal cannot be drawn: why, and where."""
    desk = _desk(name, sentence, _listed("To be mended first", findings))
    return _page(
        f'''<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(name)}</title>{_HEAD}
</head>
<body>
{desk}
</body>
</html>
'''
    )


_HEAD = f"<style>{STYLE}</style><script>{SCRIPT}</script>"


def _page(whole: str, *styles: str) -> Page:
    version = sha256(whole.encode())[:16]
    meta = f'<meta name="version" content="{version}">'
    policy = {
        "default-src": "'none'",
        "style-src": " ".join(map(_allowed, (STYLE, *styles))),
        "script-src": _allowed(SCRIPT),
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    rules = "; ".join(f"{what} {source}" for what, source in policy.items())
    return Page(whole.replace("<head>", f"<head>\n{meta}", 1), rules, version)


def _allowed(text: str) -> str:
    """What a policy calls a style or script that stands in the page, and that no other can be."""
    return f"'sha256-{b64encode(bytes.fromhex(sha256(text.encode()))).decode()}'"


def _desk(name: str, verdict: str, *lists: str) -> str:
    """What stands above the paper."""
    return f'''<aside class="desk" lang="en" aria-label="Preview">
<p><strong>{escape(name)}</strong> · {_sentence(verdict)}</p>
<p class="lost" role="status">The preview has ended: this page is no longer kept up to date.</p>
{"".join(lists)}</aside>'''


def _listed(title: str, findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    return f"<details open><summary>{title}: {len(findings)}</summary>\n{_findings(findings)}</details>\n"


def _remarks(remarks: Sequence[str]) -> str:
    if not remarks:
        return ""
    lines = "".join(f"<li>{_sentence(remark)}</li>\n" for remark in remarks)
    return f"<details><summary>On this form: {len(remarks)}</summary>\n<ul>{lines}</ul></details>\n"


def _aside(clause: Clause, findings: Sequence[Finding]) -> str:
    name = escape(f"Findings: {clause.label} {clause.title}")
    return (
        f'<aside class="findings" lang="en" aria-label="{name}" data-clause="{escape(clause.id)}">'
        f"{_findings(findings)}</aside>"
    )


def _findings(findings: Sequence[Finding]) -> str:
    return f"<ul>{''.join(map(_finding, findings))}</ul>\n"


def _finding(finding: Finding) -> str:
    help = f'<p class="help">{_sentence(finding.help)}</p>' if finding.help else ""
    return (
        f'<li class="finding {escape(finding.severity)}"><p class="head"><b>{escape(finding.severity)}</b> '
        f"<code>{escape(finding.rule)}</code> · line {finding.line}</p>\n"
        f"<p>{_sentence(finding.message)}</p>{help}</li>\n"
    )


def _sentence(text: str) -> str:
    """A sentence of a report: what stands in backticks is code."""
    return _CODE.sub(r"<code>\1</code>", escape(text)).replace("\n", "<br>")
