"""A redline as a file: Word with tracked changes, or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from termsheet.compare.merged import changes, merged
from termsheet.compare.sides import Side
from termsheet.errors import WriteError
from termsheet.immutable import replace
from termsheet.put import put
from termsheet.render import Wanted, reference_of
from termsheet.word.options import Options, Revised

SUFFIXES = (".docx", ".html")


def redlined(
    old: Side, new: Side, output: str, wanted: Wanted, author: str, day: str, inputs: Sequence[str]
) -> int:
    """Write the redline of two sides, and tell how many changes it marks.

    `day` is when they were made (ISO; today where it is empty). Raises WriteError where it cannot be written.
    """
    path = Path(output)
    if path.suffix.lower() not in SUFFIXES:
        raise WriteError(f"a redline is no `{path.suffix or 'file without an ending'}`",
                         help=f"end the output in {' or '.join(SUFFIXES)}")  # fmt: skip
    if path.exists() and any(Path(name).exists() and path.samefile(name) for name in inputs):
        raise WriteError("is one of the deals themselves", file=output, help="name another file")
    paper = merged(old.document, new.document)
    if path.suffix.lower() == ".html":
        if wanted.paginate or wanted.reference or wanted.word != Options(bound=False):
            raise WriteError("the look of a house, pages, protection and tracked changes are matters of Word",
                             help="end the output in .docx")  # fmt: skip
        from termsheet.writers import html

        put(path, html.write(paper).encode())
    else:
        from termsheet.word.writer import write

        when = f"{day or date.today().isoformat()}T00:00:00Z"
        options = replace(wanted.word, reference=reference_of(".docx", wanted, new.settings),
                          revised=Revised(author, when))  # fmt: skip
        if wanted.paginate:
            from termsheet.word import office

            options = replace(options, pages=office.pages(paper, options))
        put(path, write(paper, options))
    return changes(paper)
