"""Syntax errors of YAML in plain words, each with its remedy."""

from __future__ import annotations

import re
from typing import Any

from termsheet.pattern import pattern
from termsheet.source.words import line_starts, quoted

MORE_BELOW = ", and more stands below it"
BEGIN = "a text cannot begin with `{char}`"
_IN_QUOTES = "put it in quotes, e.g. {quoted}"
_UNCLOSED = "the bracket `{char}` is opened here and never closed"
_CLOSE = "close it after its last value"

# What ruamel says (context | problem), whether the context is the place to show, our message and help.
_FAULTS: tuple[tuple[str, bool, str, str], ...] = (
    (r"found character '\\t'", False, "a tab stands where YAML wants spaces",
     "indent with spaces, two a level"),
    (r"that cannot start any token|mapping keys are not allowed", False, BEGIN, _IN_QUOTES),
    (r"while (scanning|parsing) an? (anchor|alias|tag|directive|block scalar)", True, BEGIN, _IN_QUOTES),
    (r"undefined tag handle", True, "the tag of this value is not supported", _IN_QUOTES),
    (r"while scanning a quoted scalar", True, "the quote `{char}` is opened here and never closed",
     "close it at the end of the text"),
    (r"escape", False, "a backslash in double quotes starts an escape, and this one does not exist",
     r"write `\\` for a backslash, or use single quotes, e.g. 'C:\deals'"),
    (r"expected ',' or '[]}]', but got '<stream end>'", True, _UNCLOSED, _CLOSE),
    (r"expected ',' or '.', but got '[]}]'", False, "this bracket does not close the one that is open",
     "close `[` with `]`, and `{{` with `}}`"),
    (r"expected ',' or", False, "a comma is missing before this",
     "put a comma between the entries, or the text in quotes"),
    (r"content, but found '[]}]'", False, "the bracket `{char}` closes nothing", _IN_QUOTES),
    (r"content, but found '<", False, "a bracket above is never closed", "close every `[` and `{{`"),
    (r"expected the node content", False, "a value is missing before `{char}`",
     "write the value, or put the text in quotes"),
    (r"block mapping \| .*but found '-'", False, "a list item (`- `) stands among keys",
     "give the list a key, or indent it below its key"),
    (r"block collection \| .*but found '\?'", False, "a key stands among list items (`- `)",
     "indent it below its item, or start it further left"),
    (r"sequence entries are not allowed", False, "a list starts on the line of its key",
     "start it on a new line"),
    (r"expected <block end>|<document start>", False, "this line is indented unlike the lines above it",
     "start it in the same column as the key that it belongs with"),
    (r"document end marker", False, "text follows the end of the document (`...`)", "take out the `...`"),
)  # fmt: skip


def explain(error: Any, text: str) -> tuple[int, str, str]:
    """The place, the message and the remedy for what the parser says."""
    problem = getattr(error, "problem", None)
    if problem is None:
        return 0, "the file is not valid YAML", "check its indentation, brackets and quotes"
    at = error.problem_mark.index if error.problem_mark else 0
    from_ = error.context_mark.index if error.context_mark else at
    if "mapping values are not allowed" in problem:
        return _stray_colon(text, at)
    if "could not find expected ':'" in problem:
        return _no_colon(text, from_)
    if "expected ',' or" in problem and "':'" in problem:
        return _colon_in_brackets(text, from_, at)
    if "escape" in problem:
        at = max(text.rfind("\\", 0, at), 0)
    if "<block end>, but found '<scalar>'" in problem and (stray := _stray_text(text, at)):
        return stray
    if re.search(r"<block end>|<document start>", problem):
        above, line = _above(text, at)
        if no_space := NO_SPACE.match(line):
            return above + no_space.end() - 1, *SPACE
        if word := _below_word(line):
            return at, *word
    said = f"{error.context or ''} | {problem}"
    for fault, context, message, help in _FAULTS:
        if re.search(fault, said):
            offset = from_ if context else at
            words = {"char": text[offset : offset + 1], "quoted": example(text, offset)}
            return offset, message.format(**words).replace("```", "a backtick"), help.format(**words)
    return at, f"the file is not valid YAML ({problem})", "check its indentation, brackets and quotes"


def example(text: str, offset: int) -> str:
    rest = re.split(r"(?<!^)[\r\n,\]}]|\s#", text[offset : offset + 60])[0].strip()
    return quoted(rest, '">= 4.2"')


def _above(text: str, offset: int) -> tuple[int, str]:
    """The last line before the line of `offset` that says something: where it starts, and its text."""
    starts = line_starts(text[:offset])
    for start, end in zip(reversed(starts[:-1]), reversed(starts), strict=False):
        line = text[start:end].rstrip()
        if line.strip() and not line.lstrip().startswith("#"):
            return start + len(line) - len(line.lstrip()), line.strip()
    return offset, ""


NO_SPACE = pattern(r"(?:- +)*[\w-]+:(?=[^\s:/])")
SPACE = ("a space is missing after the colon", "write it with a space, e.g. `name: Acme`")
IN_TEXT = ("a text holds a colon and a space (`: `)", 'put the text in quotes, e.g. title: "Acme: the deal"')


def _stray_colon(text: str, offset: int) -> tuple[int, str, str]:
    start = line_starts(text[:offset])[-1]
    if re.search(r":\s", text[start:offset]):
        return offset, *IN_TEXT
    above, line = _above(text, offset)
    if no_space := NO_SPACE.match(line):
        return above + no_space.end() - 1, *SPACE
    first = start + len(text[start:offset]) - len(text[start:offset].lstrip())
    if word := _below_word(line):
        return first, *word
    if re.search(r":(\s|$)", line):
        help = "start it in the same column as the line above, or put a text that goes on here in quotes"
        return first, "this line is indented below a line that already has a value", help
    return above, "this line has no colon", "write `key: value`, with a space after the colon"


def _below_word(line: str) -> tuple[str, str] | None:
    """For a line below one such as `pilot: none`: the word was written above the blanks of a form."""
    word = re.fullmatch(r"(?:- +)*([\w-]+): +(none|open|withheld)(?: +#.*)?", line)
    if not word:
        return None
    return f"`{word[1]}` says `{word[2]}`{MORE_BELOW}", f"take out what is indented below `{word[1]}`"


def _no_colon(text: str, offset: int) -> tuple[int, str, str]:
    if no_space := NO_SPACE.match(text, offset):
        return no_space.end() - 1, *SPACE
    message = "this line is neither `key: value` nor part of the text above it"
    return offset, message, "write `key: value`, or indent it further than its key"


def _colon_in_brackets(text: str, opened: int, offset: int) -> tuple[int, str, str]:
    if re.search(r"[\r\n]", text[opened:offset]):
        return opened, _UNCLOSED.format(char=text[opened]), _CLOSE
    return offset, *IN_TEXT


def _stray_text(text: str, offset: int) -> tuple[int, str, str] | None:
    start = line_starts(text[:offset])[-1]
    before = text[start:offset].rstrip()
    if before.endswith(("'", '"')):
        help = """put the whole text in quotes, and double those inside it, e.g. 'the party''s right'"""
        return offset, "text follows the closing quote", help
    if before.endswith(("]", "}")):
        return offset, "text follows the closing bracket", "put the whole text in quotes"
    begin = re.search(r"(?:^|\s)([*&!]\S*)$", before)
    if begin is None:
        return None
    at = start + begin.start(1)
    return at, BEGIN.format(char=text[at]), _IN_QUOTES.format(quoted=example(text, at))
