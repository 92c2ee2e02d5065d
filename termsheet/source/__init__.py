"""A deal file as plain data, with the place of every key and value in the text.

The YAML 1.2 core schema and nothing more: no dates, no `yes` that is true, no tags, no merge keys. Events
come from libyaml where it is installed; whatever libyaml refuses is parsed again by ruamel's own parser,
which alone reports errors, because libyaml 0.1 refuses valid YAML such as `{url: http://x}`.

    reading.py    from a path to text
    parsers.py    libyaml and ruamel
    scalars.py    what a plain scalar means
    builder.py    from events to data, marks and traps
    syntax.py     syntax errors in plain words
    comments.py   comments that speak to termsheet
    folders.py    which files of a folder are deals, and which file configures them
"""

from __future__ import annotations

from termsheet.source.folders import configuration, deal_files, deals_below, is_deal, lost_links
from termsheet.source.loading import parse, read
from termsheet.source.model import Comment, Mark, Route, Shape, Source, Span, Trap
from termsheet.source.reading import decode, read_bytes

__all__ = [
    "Comment",
    "Mark",
    "Route",
    "Shape",
    "Source",
    "Span",
    "Trap",
    "configuration",
    "deal_files",
    "deals_below",
    "decode",
    "is_deal",
    "lost_links",
    "parse",
    "read",
    "read_bytes",
]
