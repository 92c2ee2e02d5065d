"""A line that YAML cannot read: one pair of quotes or one space is missing, or blanks are left below a word."""

from __future__ import annotations

import re

from termsheet import source
from termsheet.errors import LoadError
from termsheet.finding import Finding
from termsheet.fix.remedies import Fix
from termsheet.fix.spelling import meant
from termsheet.fix.words import keys
from termsheet.fix.written import quoted
from termsheet.pattern import pattern
from termsheet.source import Source
from termsheet.source.syntax import BEGIN, IN_TEXT, MORE_BELOW, NO_SPACE, SPACE
from termsheet.source.words import line_starts
from termsheet.splice import Edit, splice

_MOST = 200
_LONGEST = 2000
_PAIR = pattern(
    r"""(?P<head>[ \t]*(?P<dash>(?:-[ ]+)*)(?P<key>[\w-](?:[\w -]*[\w-])?|"[^"]*"|'[^']*')[ \t]*:[ \t]+)"""
    r"""(?P<text>[^\s"'\[{|#](?:.*?\S)?)(?:[ \t]*|[ \t]+\#(?:[ \t\#=-].*)?)"""
)
_BLANK = pattern(r"(?:- *)*(?:[\w-]+:)?|#.*")  # a remark beside a key is its author's, and stays
_OPENING = BEGIN.partition("{")[0]


def repair(text: str, name: str) -> tuple[Source, list[Fix]]:
    """The source, with lines mended that kept it from being read, and what was mended.

    Raises LoadError where something is left that cannot be read: then nothing is mended.
    """
    done: list[Fix] = []
    read = _read(text, name)
    while isinstance(read, LoadError):
        fix = _fix(text, read) if len(done) < _MOST else None
        if fix is None:
            raise read
        text = splice(text, fix.edits)
        after = _read(text, name)
        if isinstance(after, LoadError) and after.line <= read.line:
            raise read
        done.append(fix)
        read = after
    return read, done


def _read(text: str, name: str) -> Source | LoadError:
    try:
        return source.parse(text, name)
    except LoadError as error:
        return error


def _fix(text: str, error: LoadError) -> Fix | None:
    start = line_starts(text)[error.line - 1] if error.line else len(text)
    line = re.compile(r"[^\r\n]*").match(text, start)
    if error.message.endswith(MORE_BELOW):
        start, edit = 0, _blanks(text, error.line)
    else:
        edit = _edit(line[0], error) if line else None
    if edit is None:
        return None
    found = Finding(error.file, error.line, error.column, "", "", "error", error.message, error.help)
    moved = Edit(start + edit.start, start + edit.end, edit.text)
    return Fix(found, (moved,), text[moved.start : moved.end], moved.text)


def _blanks(text: str, number: int) -> Edit | None:
    """The edit that takes out the blanks of a form below a word such as `none`; nothing where one is filled in."""
    lines = text.splitlines(keepends=True)
    word = next(at for at in range(number - 2, -1, -1) if lines[at].strip() and not _is_comment(lines[at]))
    column, end = _indent(lines[word]), word + 1
    for at in range(word + 1, len(lines)):
        if lines[at].strip() and _indent(lines[at]) <= column:
            break
        end = at + 1 if lines[at].strip() else end
    below = lines[word + 1 : end]
    if not all(_BLANK.fullmatch(line.strip()) for line in below):
        return None
    start = len("".join(lines[: word + 1]))
    return Edit(start, start + len("".join(below)), "")


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _edit(line: str, error: LoadError) -> Edit | None:
    """The edit of the line, in its own offsets."""
    if error.message == SPACE[0]:
        colon = NO_SPACE.match(line.lstrip())
        at = error.column
        known = colon and re.sub(r"^(?:- +)*", "", colon[0])[:-1] in keys()
        return Edit(at, at, " ") if known and line[at - 1 : at] == ":" else None
    pair = _PAIR.fullmatch(line) if len(line) <= _LONGEST and line.isprintable() else None
    if pair is None or (pair["dash"] and not meant(pair["key"].strip("\"'"), keys())):
        return None
    opens = error.message.startswith(_OPENING) and error.column == pair.start("text") + 1
    if error.message != IN_TEXT[0] and not opens:
        return None
    return Edit(*pair.span("text"), quoted(pair["text"]))
