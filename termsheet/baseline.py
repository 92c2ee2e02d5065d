"""A baseline: findings that were there when it was written. They do not count; whatever is new does.

An entry is known by file, rule, path and what stood there (`found`: quoted, of a long text with its hash; nothing where
something is missing, or a section that holds more than values). So it survives edits elsewhere, and a value that
changes is looked at again. What is malformed, and a waiver that is wrong, cannot stand in it: they are mended.

Entries that are found no more are a warning of their own, as a waiver is that nothing needs: a mended defect could come
back unseen, and a remark that fails no hook is never read. What a run could not find, because its rule was off or the
deal is malformed, is left alone.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Literal, NamedTuple
from unicodedata import normalize

from termsheet.config import checked
from termsheet.digests import sha256
from termsheet.errors import ConfigError
from termsheet.evidence import evidence
from termsheet.finding import SEVERITIES, Finding, placed
from termsheet.immutable import replace
from termsheet.outcome import FileReport, Report
from termsheet.paths import shown

Where = Callable[[str], Path | None]
"""The baseline of a file, by the name under which it was read; None where it has none."""

_HEAD = """\
# What `termsheet lint` found when this was written. It does not count; whatever is new does.
# `termsheet lint --write-baseline` writes it anew, `--prune` takes out what is found no more.
version: 1
"""
_LONGEST = 60
_NEVER = ("schema-", "waiver-", "baseline-")


class Entry(NamedTuple):
    """A finding of a file, as a baseline knows it."""

    rule: str
    path: str
    found: str = ""


Entries = Mapping[str, list[Entry]]
"""The entries of a baseline, by file."""


def compare(report: Report, where: Where) -> tuple[Report, list[str]]:
    """The report with what stands in a baseline set aside, and a remark for each baseline that names files now gone."""
    read = {place: _read(place) for place in _groups(report, where)}
    files = []
    for file in report.files:
        place = where(file.name)
        files.append(_compared(file, read[place].get(_key(file, place), [])) if place else file)
    remarks = []
    for place, entries in read.items():
        if gone := _gone(entries, place):
            names = f"{gone[0]} and {len(gone) - 1} more" if len(gone) > 1 else gone[0]
            remarks.append(f"{shown(place)}: names a file that is gone ({names}); `--prune` takes it out")
    return replace(report, files=tuple(files)), remarks


def write(report: Report, where: Where, fail_on: str) -> list[str]:
    """Write what counts in the report into each file's baseline; gives a remark for each.

    What a baseline holds on other files stays in it, and so does what could not be looked for.
    """
    remarks = []
    for place, files in _groups(report, where).items():
        with _alone(place):
            entries = dict(_read(place)) if place.exists() else {}
            for file in files:
                entries[_key(file, place)] = _written(file, entries.get(_key(file, place), []), fail_on)
            _put(place, entries, report)
        counts = [len(entries[_key(file, place)]) for file in files]
        deals = _plural(sum(map(bool, counts)), "deal")
        remarks.append(f"wrote {shown(place)} ({_plural(sum(counts), 'finding')} in {deals})")
        if never := sum(item.rule.startswith(_NEVER) for file in files for item in file.findings):
            remarks.append(
                f"{_plural(never, 'finding')} (`schema-…`, `waiver-…`) cannot stand in it and must be mended"
            )
    return remarks


def _written(file: FileReport, entries: list[Entry], fail_on: str) -> list[Entry]:
    """What a baseline is to hold of a file, and what it held and the run could not look for."""
    if not os.path.exists(file.name):
        raise ConfigError("a baseline names files, and this is none", file=file.name,
                          help="name it with `--stdin-filename`")  # fmt: skip
    if any("\ud800" <= letter <= "\udfff" for letter in file.name):  # bytes that are no text
        raise ConfigError("a baseline cannot name this file: its name is not in UTF-8",
                          file=file.name, help="rename it")  # fmt: skip
    kept = Counter(entry for entry in entries if not _is_judged(entry, file))
    counting = Counter(entry_of(finding) for finding in _counting(file, fail_on))
    return [*(kept | counting).elements()]


def prune(report: Report, where: Where) -> list[str]:
    """Take out of each baseline what is found no more, and files that are gone; gives a remark for each."""
    remarks = []
    for place, files in _groups(report, where).items():
        with _alone(place):
            taken = _pruned(place, files, report)
        out = _plural(taken, "entry", "entries") if taken else "nothing"
        remarks.append(f"took {out} out of {shown(place)}")
    return remarks


def entry_of(finding: Finding) -> Entry:
    """The entry of a finding."""
    return Entry(finding.rule, normalize("NFC", finding.path), _quoted(finding.evidence))


def _pruned(place: Path, files: list[FileReport], report: Report) -> int:
    """How many entries are taken out of a baseline."""
    entries = dict(_read(place))
    before = sum(map(len, entries.values()))
    for file in files:
        left = entries.get(_key(file, place), [])
        for entry in _stale(file, left):
            left.remove(entry)
    for name in _gone(entries, place):
        del entries[name]
    taken = before - sum(map(len, entries.values()))
    if taken:
        _put(place, entries, report)
    return taken


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Let one process at a time read and write a baseline, as where deals are checked side by side.

    It is the folder that is locked, since the file is replaced. Where a system knows no such lock, there is none.
    """
    with ExitStack() as held:
        with suppress(ImportError, OSError):
            import fcntl

            folder = os.open(place.parent, os.O_RDONLY)
            held.callback(os.close, folder)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield


def _quoted(text: str) -> str:
    """The text; of a long one the beginning, and the hash of it all."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rstrip()}… {sha256(text.encode())[:12]}"


def _groups(report: Report, where: Where) -> dict[Path, list[FileReport]]:
    """The files of a report by their baseline."""
    groups: dict[Path, list[FileReport]] = {}
    for file in report.files:
        if place := where(file.name):
            groups.setdefault(place, []).append(file)
    return groups


def _key(file: FileReport, place: Path) -> str:
    """How a baseline names a file: from its own folder, with `/` on every system."""
    folder, name = os.path.split(os.path.abspath(file.name))
    try:
        key = os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(place.parent))
    except ValueError:  # on another drive
        key = os.path.join(folder, name)
    return normalize("NFC", os.fsencode(Path(key).as_posix()).decode("utf-8", "surrogateescape"))


def _may_stand(finding: Finding) -> bool:
    return not finding.waived and not finding.rule.startswith(_NEVER)


def _counting(file: FileReport, fail_on: str) -> Iterator[Finding]:
    """The findings that would make the exit code 1."""
    least = SEVERITIES.index(fail_on)
    for finding in file.findings:
        if _may_stand(finding) and SEVERITIES.index(finding.severity) >= least:
            yield finding


def _compared(file: FileReport, entries: list[Entry]) -> FileReport:
    """The file's report with the findings of these entries set aside, and a warning for entries found no more."""
    left = Counter(entries)
    aside, others = [], []
    for finding in file.findings:
        entry = entry_of(finding) if _may_stand(finding) else None
        if entry and left[entry]:
            left[entry] -= 1
            aside.append(finding)
        else:
            others.append(finding)
    lines = file.lines
    if stale := _stale(file, entries):
        others.append(told := _told(file, stale))
        others.sort(key=lambda finding: (finding.line, finding.column))
        lines = {**lines, told.line: file.source.line(told.line)}
    return replace(file, findings=tuple(others), baseline=tuple(aside), lines=lines)


def _stale(file: FileReport, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that are found no more, at this stage or a later one."""
    found = Counter(
        entry_of(finding) for finding in (*file.findings, *file.later) if _may_stand(finding)
    )
    left = Counter(entries) - found
    return sorted(entry for entry in left.elements() if _is_judged(entry, file))


def _is_judged(entry: Entry, file: FileReport) -> bool:
    """Whether this run could find an entry: its rule ran, and on the whole deal (rules pass over what is malformed)."""
    malformed = any(finding.rule.startswith("schema-") for finding in file.findings)
    asleep = entry.rule.startswith("position-") and entry.rule not in {rule.slug for rule in file.rules}
    return not malformed and not file.crashed and entry.rule not in file.off and not asleep


def _told(file: FileReport, stale: list[Entry]) -> Finding:
    first, others = stale[0], len(stale) - 1
    waived = {entry_of(item) for item in file.findings if item.waived}
    text = f"`{first.rule}` is in the baseline and is {'waived' if first in waived else 'found no more'}"
    if others:
        text = f"`{first.rule}` and {_plural(others, 'other')} in the baseline are found no more"
    finding = placed(file.source, file.deal.route_of(first.path), slug="baseline-stale", severity="warning", text=text,
                     help="take out of the baseline what is mended: `termsheet lint --prune`")  # fmt: skip
    judged = evidence(first.path, file.deal, file.source)
    return replace(finding, path=first.path, anchor="", evidence=judged)


def _read(place: Path) -> dict[str, list[Entry]]:
    """The entries of a baseline, by file. Raises ConfigError where it cannot be read."""
    if not place.exists():
        raise ConfigError("there is no such baseline", file=shown(place),
                          help="write it with `termsheet lint --write-baseline`")  # fmt: skip
    read = checked(place, "baseline")
    entries: dict[str, list[Entry]] = {}
    for name, found in read.data["files"].items():
        entries[normalize("NFC", name)] = [Entry(**item) for item in found]
        for index, item in enumerate(found):
            if item["rule"].startswith(_NEVER):
                line, column = read.position(read.marks[("files", name, index, "rule")].value.start)
                raise ConfigError(f"`{item['rule']}` cannot stand in a baseline", file=shown(place), line=line,
                                  column=column, help="mend what it finds")  # fmt: skip
    return entries


def _gone(entries: Entries, place: Path) -> list[str]:
    """The files of a baseline that are there no more."""
    return [
        name
        for name in entries  # which the folder may hold in either form of Unicode
        if not any((place.parent / _on_disk(form, name)).exists() for form in ("NFC", "NFD"))
    ]


def _on_disk(form: Literal["NFC", "NFD"], name: str) -> str:
    """A name as this system has it, be its own encoding UTF-8 or not."""
    return os.fsdecode(normalize(form, name).encode("utf-8", "surrogateescape"))


def _put(place: Path, entries: Entries, report: Report) -> None:
    """Write a baseline, sorted, one line an entry, in one go."""
    from termsheet.put import put  # few runs write

    if crashed := [crash for file in report.files for crash in file.crashed]:
        raise ConfigError(f"the baseline is left as it is: {crashed[0]}", file=shown(place))
    if place.suffix not in (".yaml", ".yml"):
        raise ConfigError("a baseline is a YAML file", file=shown(place), help="end its name in `.yaml`")
    gone = _gone(entries, place)
    put(place, _text({name: found for name, found in entries.items() if found and name not in gone}).encode())


def _text(entries: Entries) -> str:
    lines = ["files:" if entries else "files: {}"]
    for name in sorted(entries):
        lines.append(f"  {_string(name)}:")
        for rule, path, found in sorted(entries[name]):
            more = f", found: {_string(found)}" if found else ""
            lines.append(f"    - {{rule: {_string(rule)}, path: {_string(path)}{more}}}")
    return _HEAD + "\n".join(lines) + "\n"


def _string(text: str) -> str:
    """A text in quotes that YAML reads as it stands."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
