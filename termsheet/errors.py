"""What can go wrong that is not a finding.

    TermsheetError          exit code 2: the work could not be done
    ├── LoadError           a deal file that cannot be read as YAML data
    ├── LibraryError        a clause, form, schema or house rule that is not well formed
    ├── ConfigError         a configuration or a baseline that cannot be followed
    ├── WriteError          an output that cannot be written
    └── Refused             exit code 1: the deal is not fit to be rendered

Every error is one sentence that says what, where and how to mend it.
"""

from __future__ import annotations


class TermsheetError(Exception):
    """The work could not be done. `str()` gives the sentence, with file, line and remedy."""

    exit_code = 2

    def __init__(
        self, message: str, *, file: str = "", line: int = 0, column: int = 0, help: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.help = help

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        sentence = f"{place}: {self.message}" if place else self.message
        from termsheet.printable import printable

        return printable(advised(sentence, self.help))


def advised(message: str, help: str) -> str:
    """A message and its remedy on one line."""
    return f"{message}{' ' if message.endswith('?') else '; '}{help}" if help else message


class LoadError(TermsheetError):
    """The file cannot be read as a deal."""


class LibraryError(TermsheetError):
    """A clause, a form, a schema or a house rule is not well formed."""


class ConfigError(TermsheetError):
    """A configuration, an option or a baseline that cannot be followed."""


class WriteError(TermsheetError):
    """The output cannot be written; whatever stood there before is untouched."""


class Refused(TermsheetError):
    """The deal is not fit to be rendered as a final paper. `brief` says why in a few words."""

    exit_code = 1

    def __init__(self, message: str, brief: str = "", *, file: str = "", help: str = "") -> None:
        super().__init__(message, file=file, help=help)
        self.brief = brief or message
