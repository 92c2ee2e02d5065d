"""The files that are fixed: read, mended, compared and written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from termsheet.fix.remedies import Fix
from termsheet.fix.settle import Check, Mended, mend
from termsheet.immutable import immutable
from termsheet.source.reading import decode, read_bytes

_BOM = "\ufeff"


@immutable
class MendedFile:
    """A file before and after its fixes, as whole texts with whatever BOM they had."""

    name: str
    before: str
    after: str
    mended: Mended

    @property
    def changed(self) -> bool:
        """Whether anything was fixed."""
        return self.before != self.after

    def diff(self) -> str:
        """What was changed, as a unified diff that `patch` and `git apply -p0` take."""
        from difflib import unified_diff

        name = PurePath(self.name).as_posix()
        lines = unified_diff(_lines(self.before), _lines(self.after), name, name)
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        )

    def said(self, done: str = "fixed") -> Iterator[str]:
        """A line for each fix that was (or would be) made, and for each that was not, with the reason."""
        for fix in sorted(self.mended.done, key=lambda fix: fix.finding.line):
            yield f"{self._place(fix)} {done}{_rule(fix)} {fix.change}"
        for dropped in self.mended.dropped:
            yield f"{self._place(dropped.fix)} not fixed{_rule(dropped.fix)} {dropped.fix.change}: {dropped.reason}"

    def _place(self, fix: Fix) -> str:
        return f"{self.name}:{fix.finding.line}:{fix.finding.column}:"


def mend_file(path: str, check: Check, stdin_name: str = "<stdin>") -> MendedFile:
    """Fix a file, without writing it; `-` is standard input. Raises LoadError where it cannot be read as a deal."""
    name = stdin_name if path == "-" else path
    text = decode(read_bytes(path, name), name)
    bom = _BOM if text.startswith(_BOM) else ""
    mended = mend(text.removeprefix(bom), name, check)
    return MendedFile(name, text, bom + mended.text, mended)


def _rule(fix: Fix) -> str:
    return f"[{fix.finding.rule}]" if fix.finding.rule else ""


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
