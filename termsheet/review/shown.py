"""The list of issues as a table, as Markdown, JSON and HTML."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from html import escape
from typing import Any

from termsheet.compare.words import compared
from termsheet.document import DELETED, INSERTED, Change, Text, shown
from termsheet.pattern import pattern
from termsheet.report.escape import code, xml
from termsheet.report.escape import markdown as plainly
from termsheet.report.verdict import plural
from termsheet.review.issues import ADDED, COMMENT, MOVED, Issue, Judged, Opened, Proposal
from termsheet.review.issues import DELETED as GONE
from termsheet.review.review import Review
from termsheet.source.words import show

_NEAR = 40  # signs of what stays the same that are shown on either side of a change
_LONG = 400
_MOST = 12  # lines of what came or went that are shown
_STEPS = 600_000
_ENTRY = pattern(r"(.*)\[([^\[\]]+)\]([^\[\]]*)")
_BREAKS = pattern(r"(?<=\.)(?=[^.])|(?=\[)")
_MARKS = {INSERTED: ("{+", "+}"), DELETED: ("[-", "-]"), "": ("", "")}


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """The words of both, each stretch with what happened to it: INSERTED, DELETED or nothing."""
    counts = Counter(after.split())
    if len(before) + len(after) > 20_000 or sum(counts[word] for word in before.split()) > _STEPS // 4:
        return [(before, DELETED), (after, INSERTED)]
    made = compared((Text(before),), (Text(after),))
    return [
        (shown((one.inline,)), one.kind) if isinstance(one, Change) else (shown((one,)), "") for one in made
    ]


def table(review: Review) -> str:
    """For the terminal: each issue with its clause, what it was and is, who, when, and what it means."""
    lines = [line for issue in review.issues for line in (*_issue(issue), "")]
    rest = [*map(_judged, review.positions), *map(_opened, review.findings)]
    if rest:
        lines += ["together:", *(f"     {line}" for line in rest), ""]
    lines += [show(line, 300) for line in _remarks(review)]
    return "\n".join([*lines, summary(review)]) + "\n"


def left(review: Review, accepted: Collection[str], taken: Collection[Issue]) -> str:
    """What was taken into the deal, each in a line, and what is left in another."""
    lines, done = [], {issue.number for issue in taken}
    for change in review.pulled.changes if review.pulled else ():
        if change.path in accepted:
            lines.append(f"taken: {show(change.path, 120)}: {show(change.old, 80)} → {show(change.new, 80)}")
    lines += [f"taken: issue {issue.number}, {show(_place(issue), 100)}: {kind(issue)}" for issue in taken]
    for issue in review.issues:
        if issue.agreed or (issue.proposals and all(one.path in accepted for one in issue.proposals)):
            done.add(issue.number)
    rest = [str(issue.number) for issue in review.issues if issue.number not in done]
    more = f" and {len(rest) - _MOST} more" if len(rest) > _MOST else ""
    numbers = f": {', '.join(rest[:_MOST])}{more}" if rest else ""
    return "\n".join([*lines, f"left: {plural(len(rest), 'issue')}{numbers}"]) + "\n"


def _remarks(review: Review) -> Iterator[str]:
    """What is to be known of the file as a whole."""
    if review.own:
        by = ", ".join(filter(None, (review.own[0].who, review.own[0].when[:10])))
        yield f"it is a redline of your own: its changes ({by}) lead to {review.answers}, and are left out"
    if review.remark:
        yield review.remark


def _issue(issue: Issue) -> Iterator[str]:
    yield f"{issue.number:>3}  {show(_place(issue), 100) or '(no clause)'}: {kind(issue)}{_by(issue)}"
    if _where(issue):
        yield f"     {show(_where(issue), 120)}"
    for words in _words(issue):
        yield f"     {words}"
    if issue.paths:
        yield f"     path: {show(', '.join(issue.paths), 300)}"
    for one in issue.proposals:
        yield f"     value: {_proposed(issue, one)}"
    for judged in issue.positions:
        yield f"     {_judged(judged)}"
    for opened in issue.findings:
        yield f"     {_opened(opened)}"


def _place(issue: Issue) -> str:
    """Its clause; of what was added, that after which it stands."""
    return issue.where if issue.kind == ADDED and issue.where.startswith("after ") else issue.clause


def _where(issue: Issue) -> str:
    """Where it stands, if its place does not say so."""
    return "" if _place(issue) == issue.where else issue.where


def _proposed(issue: Issue, one: Proposal) -> str:
    """A value, old and new; with its path where the issue has several."""
    path = "" if issue.paths == (one.path,) else f"{one.path}: "
    barred = f" ({show(f'not taken over: {one.reason}', 160)})" if one.reason else ""
    return f"{show(path, 120)}{' ' * bool(path)}{show(one.old, 80)} → {show(one.new, 80)}{barred}"


def _lines(text: str, lead: str, end: str) -> Iterator[str]:
    """The paragraphs or cells of what came or went, each on a line of its own."""
    found = text.split("\n")
    for place, line in enumerate(found[:_MOST]):
        yield f"{lead * (place == 0)}{show(line, _LONG)}{end * (place == len(found) - 1)}"
    if len(found) > _MOST:
        yield f"… and {len(found) - _MOST} more{end}"


def _words(issue: Issue) -> Iterator[str]:
    if issue.kind == COMMENT:
        if issue.before:
            yield f"on “{show(issue.before, 120)}”"
        yield show(issue.after, _LONG) or "(empty)"
    elif issue.kind == GONE:
        yield from _lines(issue.before, "[-", "-]")
    elif issue.kind == ADDED:
        yield from _lines(issue.after, "{+", "+}")
    elif issue.kind == MOVED and issue.before == issue.after:
        yield show(issue.after, 120)
    else:
        yield show("".join(_near(marked(issue.before, issue.after))), 2 * _LONG)


def _near(pieces: list[tuple[str, str]]) -> Iterator[str]:
    """The changes, with the words around them."""
    for place, (words, change) in enumerate(pieces):
        first, last = place == 0, place == len(pieces) - 1
        if not change and len(words) > 2 * _NEAR:
            head = "" if first else words[:_NEAR].rsplit(" ", 1)[0]
            tail = "" if last else words[-_NEAR:].split(" ", 1)[-1]
            yield f"{head}{' ' * bool(head)}… {tail}"
        else:
            before, after = _MARKS[change]
            yield f"{before}{words}{after}"


def kind(issue: Issue) -> str:
    """What happened, in words."""
    if issue.kind == COMMENT:
        return "comment"
    what = f"clause {issue.kind}" if issue.whole else issue.kind
    what += "" if issue.tracked else ", NOT TRACKED"
    return f"{what}, in the deal by now" if issue.agreed else what


def _by(issue: Issue) -> str:
    told = ", ".join(filter(None, (show(issue.who, 80), issue.when[:10])))
    return f" ({told})" if told else ""


def _judged(one: Judged) -> str:
    entry = f", {one.entry}" if one.entry else ""
    who = f" ({one.approves} approves)" if one.approves else ""
    return show(f"position: {one.title}{entry}: {one.old} → {one.new}{who}", 300)


def _opened(one: Opened) -> str:
    return show(f"opens: {one.severity} {one.rule}: {one.message}", 400)


def summary(review: Review) -> str:
    """One line for all."""
    changes = [issue for issue in review.issues if issue.kind != COMMENT]
    hidden = sum(not issue.tracked for issue in changes)
    said = len(review.issues) - len(changes)
    told = (
        [plural(len(changes), "change") + (f" ({hidden} not tracked)" if hidden else "")] if changes else []
    )
    told += [plural(said, "comment")] if said else []
    name = show(review.returned, 200)
    by = f"; {review.heading}" if review.heading else ""
    return f"{name} answers {review.answers}: {', '.join(told) or 'nothing was changed'}{by}"


def markdown(review: Review) -> str:
    """For a pull request or a memo."""
    lines = [f"## Review of {code(review.returned)}", "", plainly(summary(review)), ""]
    if review.issues:
        lines += ["| # | Clause | What | Words | Path | Who | Meaning |", "|---|---|---|---|---|---|---|"]
    for issue in review.issues:
        who = ", ".join(filter(None, (issue.who, issue.when[:10])))
        meaning = "<br>".join(plainly(line) for line in _meaning(issue))
        cells = (str(issue.number), plainly(_place(issue)), plainly(kind(issue)), _markdown(issue),
                 ", ".join(map(code, issue.paths)), plainly(who), meaning)  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    rest = [*map(_judged, review.positions), *map(_opened, review.findings)]
    lines += ["", *(f"- {plainly(line)}" for line in rest)] if rest else []
    lines += [line for remark in _remarks(review) for line in ("", plainly(remark))]
    return "\n".join(lines) + "\n"


def _meaning(issue: Issue) -> Iterator[str]:
    if _where(issue):
        yield _where(issue)
    for one in issue.proposals:
        yield _proposed(issue, one)
    yield from map(_judged, issue.positions)
    yield from map(_opened, issue.findings)


def _pieces(issue: Issue) -> list[tuple[str, str]]:
    if issue.kind == COMMENT:
        return [(f"on “{issue.before}”: " if issue.before else "", ""), (issue.after, "")]
    if issue.kind == MOVED and issue.before == issue.after:
        return [(issue.after, "")]
    if not issue.before or not issue.after:
        return [(issue.before, DELETED), (issue.after, INSERTED)]
    return marked(issue.before, issue.after)


def _markdown(issue: Issue) -> str:
    made = ""
    for words, change in _pieces(issue):
        text = "<br>".join(map(plainly, words.split("\n")))
        lead, tail = " " * words[:1].isspace(), " " * words[-1:].isspace()
        tag = {INSERTED: "ins", DELETED: "del"}.get(change, "")
        made += f"{lead}<{tag}>{text}</{tag}>{tail}" if tag and text else f"{lead}{text}{tail}"
    return made.strip()


def as_json(review: Review) -> str:
    """Everything, for a script."""
    made: dict[str, Any] = {
        "version": 1,
        "returned": review.returned,
        "answers": review.answers,
        "found_again": round(review.share, 4),
        "own": [mark._asdict() for mark in review.own],
        "remark": review.remark,
        "playbook": review.heading,
        "issues": [_json(issue) for issue in review.issues],
        "positions": [one._asdict() for one in review.positions],
        "findings": [one._asdict() for one in review.findings],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _json(issue: Issue) -> dict[str, Any]:
    return {
        "number": issue.number,
        "kind": issue.kind,
        "tracked": issue.tracked,
        "agreed": issue.agreed,
        "whole_clause": issue.whole,
        "clause": {"number": issue.place.number, "title": issue.place.title, "id": issue.place.clause},
        "where": issue.where,
        "paths": list(issue.paths),
        "before": issue.before,
        "after": issue.after,
        "words": [{"text": words, "change": change} for words, change in _pieces(issue) if words],
        "by": [mark._asdict() for mark in issue.marks],
        "values": [one._asdict() for one in issue.proposals],
        "positions": [one._asdict() for one in issue.positions],
        "findings": [one._asdict() for one in issue.findings],
    }


_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#1a1f2b;margin:2rem auto;max-width:78rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #d5dae3;padding:.5rem .6rem;text-align:left;
vertical-align:top}th{background:#f2f4f8}td:nth-child(2){min-width:11rem}td:nth-child(4){min-width:22rem;white-space:
pre-line}td:nth-child(5){white-space:nowrap}ins{color:#0b5c2b;
background:#e4f5ea}del{color:#8f1d1d;background:#fbe9e9}.hidden{color:#8f1d1d;font-weight:600}code{font-size:.9em}
code span{white-space:nowrap}
li{margin:.15rem 0}ul{margin:0;padding-left:1.1rem}@media print{body{margin:0;max-width:none}}
@media(prefers-color-scheme:dark){body{background:#14171d;color:#e6e9ef}th{background:#222733}ins{color:#9be3b4;
background:#12341f}del{color:#f3a9a9;background:#3d1717}.hidden{color:#f3a9a9}th,td{border-color:#38404f}}
"""


def html(review: Review) -> str:
    """An issues list that needs nothing else: to read, to print, to send round in the own house."""
    rows = "".join(map(_row, review.issues))
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("#", "Clause", "What", "Words", "Who", "Meaning")
    )
    listed = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    rest = _list([*map(_judged, review.positions), *map(_opened, review.findings)])
    title = f"Issues list: {review.title}"
    remark = "".join(f"<p>{_safe(line)}</p>" for line in _remarks(review))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{_safe(title)}</h1><p>{_safe(summary(review))}</p>{listed}{rest}{remark}</body></html>\n"
    )


def _row(issue: Issue) -> str:
    words = ""
    for text, change in _pieces(issue):
        tag = {INSERTED: "ins", DELETED: "del"}.get(change, "")
        words += f"<{tag}>{_safe(text)}</{tag}>" if tag and text else _safe(text)
    what = _safe(kind(issue)) if issue.tracked else f'<span class="hidden">{_safe(kind(issue))}</span>'
    paths = "".join(f"<br><code>{path}</code>" for path in _paths(issue.paths))
    who = "<br>".join(filter(None, (_safe(issue.who), _safe(issue.when[:10]))))
    cells = (str(issue.number), _safe(_place(issue)) + paths, what, words, who, _list([*_meaning(issue)]))
    return f'<tr id="issue-{issue.number}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _paths(paths: Sequence[str]) -> Iterator[str]:
    """Paths that break behind a point and before a bracket alone; a list of several entries once, with its entries."""
    lists: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        named = _ENTRY.fullmatch(path)
        lists.setdefault((named[1], named[3]) if named else (path, ""), []).append(named[2] if named else "")
    for (head, tail), entries in lists.items():
        inner = f"[{', '.join(entries)}]" if entries != [""] else ""
        pieces = _BREAKS.split(f"{head}{inner}{tail}")
        yield "<wbr>".join(" ".join(f"<span>{_safe(word)}</span>" for word in one.split(" ")) for one in pieces)


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{_safe(line)}</li>' for line in lines)}</ul>" if lines else ""


def _safe(text: str) -> str:
    return escape(xml(text))
