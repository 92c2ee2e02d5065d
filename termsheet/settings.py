"""What holds for a file: the layers of its configuration and of the command line, put together.

    settings_for("deals/acme.deal.yaml").rules      the rules that run, each with the severity that holds

Of two layers the later one wins. `rules`, `clauses` and `templates` add up; of everything else the last word holds.
`select` starts anew: what earlier layers select, ignore or switch off counts no more. Within one layer, a rule that is
named by its slug wins over its area.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from termsheet.config import Layer, Origin, Said, existing, layers, meant, playbooks
from termsheet.deal import STAGES, Deal
from termsheet.errors import ConfigError, TermsheetError
from termsheet.house import House
from termsheet.immutable import immutable
from termsheet.paths import shown
from termsheet.pattern import pattern
from termsheet.rules import RULES
from termsheet.rules.position import AREA, POSITIONS
from termsheet.rules.rule import Rule
from termsheet.source import configuration
from termsheet.style import Style

_DATE = pattern(r"\d{4}-\d{1,2}-\d{1,2}")
_ALL = "all"
_OF_CLAUSES = "clause-"
_MALFORMED = "clause-malformed"
_ADD_UP = ("extends", "rules", "clauses", "templates")
_PATHS = {"rules": "", "clauses": "folder", "templates": "folder", "playbook": "file", "baseline": "place",
          "reference": "file"}  # fmt: skip
_COMMAND_LINE = Origin("command line")
_DEFAULTS = {
    "extends": "nothing",
    "stage": "the deal's own, or term-sheet",
    "select": "every rule",
    "ignore": "none",
    "severity": "as each rule has it",
    "rules": "none",
    "clauses": "those of termsheet",
    "templates": "those of termsheet",
    "playbook": "none",
    "holidays": "none",
    "style": "numbers: digits, money: code, theme: modern",
    "reference": "none",
    "baseline": "none",
}


class Setting(NamedTuple):
    """A value that holds, as it is written, and where it comes from."""

    key: str
    value: str
    origin: Origin


@immutable
class Settings:
    """What holds for one file.

    `rules` are those that run, and `off` the slugs of those that are switched off; `positions` run beside them where a
    playbook is named. `stage` is the one that the deal is held to at least, or empty. `house_rules` are the files and
    folders of the house's own. `holidays` are days, and names of places whose holidays count. `files` are the
    configuration files that were read, and `said` every setting with its origin.
    """

    rules: tuple[Rule, ...] = RULES
    positions: tuple[Rule, ...] = POSITIONS
    off: frozenset[str] = frozenset()
    stage: str = ""
    house_rules: tuple[Path, ...] = ()
    clauses: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()
    playbook: Path | None = None
    holidays: frozenset[date | str] = frozenset()
    style: Style = Style()
    reference: Path | None = None
    baseline: Path | None = None
    files: tuple[str, ...] = ()
    said: tuple[Setting, ...] = ()

    def of_check(self, slug: str, own: str) -> str:
        """How grave what a check of clauses finds is; `off` where it does not count."""
        if any(setting.key == "ignore" and setting.value == slug for setting in self.said):
            return "off"
        said = dict(
            setting.value.split(": ")
            for setting in self.said
            if setting.key == "severity" and setting.origin.file
        )
        return said.get(slug, own)

    @property
    def house(self) -> House:
        """The folders of the house's own clauses and forms."""
        return House(self.clauses, self.templates)

    def stage_of(self, deal: Deal) -> str:
        """The stage at which a deal is judged: its own, or the one that it is held to at least."""
        stages = [stage for stage in STAGES if stage in (self.stage, deal.text("deal.stage"))]
        return stages[-1] if stages else ""

    def days_off(self, years: Iterable[int]) -> frozenset[date]:
        """Its holidays in these years. Raises ConfigError, with file and line, where they are not known."""
        from termsheet import holidays

        found: set[date] = set()
        wanted = [*years]
        for key, value, origin in self.said:
            if key != "holidays" or not self.holidays:
                continue
            try:
                found |= holidays.days(value, wanted)
            except TermsheetError as error:
                raise ConfigError(
                    error.message, file=origin.file, line=origin.line, help=error.help
                ) from error
        return frozenset(found)


def settings_for(
    path: str,
    config: str | None = None,
    isolated: bool = False,
    *,
    stage: str | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    baseline: str | None = None,
    house: tuple[str, ...] = (),
) -> Settings:
    """What holds for a file (or for any file of a folder).

    Its configuration is the nearest `.termsheet.yaml`, or the file that is named, or (isolated) none. A configuration
    is read once, however many files it is for. Raises ConfigError, with file and line, where it cannot be followed.
    """
    file = None if isolated else config or configuration(path)
    read = tuple(layers(Path(file))) if file else ()
    folder = Path(os.path.abspath(file)).parent if file else Path()
    named = _below(path, folder)
    held = tuple(layer for layer in read if layer.holds_for(named))
    asked = _asked(stage, tuple(select), tuple(ignore), baseline and os.path.abspath(baseline),
                   tuple(map(os.path.abspath, house)))  # fmt: skip
    return _settings((*held, asked), (*read, asked))


def forget() -> None:
    """Read house rules anew the next time: they are read once a run, and a run may outlive what their files said."""
    _house_rules.cache_clear()
    _settings.cache_clear()


def house_rules(folder: str) -> tuple[Rule, ...]:
    """Every house rule that the configuration of a folder names, for whichever deals, as it is declared."""
    file = configuration(folder)
    read = tuple(layers(Path(file))) if file else ()
    return tuple({rule.slug: rule for layer in read for rule in _house_rules(layer)}.values())


def idle(names: Iterable[str], folders: Iterable[str], config: str | None = None) -> Iterator[str]:
    """A sentence for each entry of `paths` that is for none of the deals, where `folders` were gone through for them.

    Only of a configuration all of whose folder was gone through: another may be for deals that were not asked for. What
    it extends may be for other houses.
    """
    through = [Path(os.path.abspath(folder)) for folder in folders]
    held: dict[str, list[str]] = {}
    for name in names:
        if file := config or configuration(name):
            held.setdefault(os.path.abspath(file), []).append(name)
    for file, deals in held.items():
        folder = Path(file).parent
        if not any(folder.is_relative_to(top) for top in through):
            continue
        for layer in layers(Path(file)):
            said = [*chain.from_iterable(layer.said.values())]
            own = layer.match and layer.file == shown(Path(file)) and not all(map(_of_clauses, said))
            if own and not any(layer.holds_for(_below(name, folder)) for name in deals):
                yield f"{layer.file}:{layer.line}: `match: {said[0].origin.match}` is for none of these deals"


def _of_clauses(said: Said) -> bool:
    """Whether a setting is one of the checks of clauses, which are for no deal."""
    name = said.value[0] if isinstance(said.value, tuple) else said.value
    return str(name).startswith(_OF_CLAUSES)


def table(settings: Settings) -> str:
    """Every setting with its origin, and how many rules run, for people."""
    rows = [(setting.key, setting.value, str(setting.origin)) for setting in settings.said]
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines, last = [], ""
    for key, value, origin in rows:
        lines.append(f"{'' if key == last else key:<{wide[0]}}  {value:<{wide[1]}}  {origin}")
        last = key
    off = (
        f", {len(settings.off)} {'is' if len(settings.off) == 1 else 'are'} switched off"
        if settings.off
        else ""
    )
    return "\n".join([*lines, "", f"{len(settings.rules)} rules run{off}"]) + "\n"


def record(settings: Settings) -> dict[str, Any]:
    """Every setting with its origin, and which rules are off, as plain data."""
    said = [
        {"key": key, "value": value, "from": origin.kind, "file": origin.file or None, "line": origin.line or None,
         "match": origin.match or None}
        for key, value, origin in settings.said
    ]  # fmt: skip
    return {
        "files": list(settings.files),
        "settings": said,
        "rules_run": len(settings.rules),
        "rules_off": sorted(settings.off),
    }


def _below(path: str, folder: Path) -> str:
    """A file as globs see it: its way below the folder; of one that is elsewhere, its whole way."""
    full = Path(os.path.abspath(path))
    named = full.relative_to(folder) if full.is_relative_to(folder) else full.relative_to(full.anchor)
    return normalize("NFC", named.as_posix())


@cache
def _asked(
    stage: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: str | None,
    house: tuple[str, ...],
) -> Layer:
    """The layer of the command line. One option may name several rules, with commas between."""
    words: dict[str, list[str | None]] = {
        "stage": [stage],
        "select": [name.strip() for names in select for name in names.split(",")],
        "ignore": [name.strip() for names in ignore for name in names.split(",")],
        "baseline": [baseline],
        "rules": [*house],
    }
    said = {key: tuple(Said(word, _COMMAND_LINE) for word in values if word) for key, values in words.items()}
    return Layer({key: values for key, values in said.items() if values}, Path(), "")


@cache
def _settings(held: tuple[Layer, ...], every: tuple[Layer, ...]) -> Settings:
    """The settings of the layers that hold for a file; those that hold for other files are checked all the same."""
    house = {layer: _house_rules(layer) for layer in every}
    known = {rule.slug: rule for rules in (RULES, POSITIONS, *house.values()) for rule in rules}
    for layer in every:
        _check(layer, known)
    choice = _Choice()
    said: dict[str, tuple[Said, ...]] = {}
    paths: dict[str, tuple[Path, ...]] = {}
    for layer in held:
        choice.take(layer, house[layer])
        said |= {key: _together(key, said.get(key, ()), values) for key, values in layer.said.items()}
        for key in _PATHS:
            paths[key] = (*paths.get(key, ()), *_paths(layer, key))
    rules = tuple(choice.rules())
    return Settings(
        rules=tuple(rule for rule in rules if rule.area != AREA),
        positions=tuple(rule for rule in rules if rule.area == AREA),
        off=frozenset(known) - {rule.slug for rule in (*rules, *POSITIONS)},
        stage=said["stage"][0].value if "stage" in said else "",
        house_rules=paths["rules"],
        clauses=paths["clauses"],
        templates=paths["templates"],
        playbook=paths["playbook"][-1] if paths["playbook"] else None,
        holidays=frozenset(_day(day) for day in said.get("holidays", ())),
        style=Style(**dict(word.value for word in said.get("style", ()))),
        reference=paths["reference"][-1] if paths["reference"] else None,
        baseline=paths["baseline"][-1] if paths["baseline"] else None,
        files=tuple(dict.fromkeys(layer.file for layer in every if layer.file)),
        said=tuple(_in_words(said | choice.said())),
    )


def _together(key: str, earlier: tuple[Said, ...], later: tuple[Said, ...]) -> tuple[Said, ...]:
    """What two layers say under one key. `style` is replaced word by word."""
    if key in _ADD_UP:
        return (*earlier, *later)
    named = {said.value[0] for said in later} if key == "style" else set()
    kept = [said for said in earlier if key == "style" and said.value[0] not in named]
    return (*kept, *later)


class _Choice:
    """Which rules run and how grave they are, as one layer after the other says it."""

    def __init__(self) -> None:
        self._rules = {rule.slug: rule for rule in (*RULES, *POSITIONS)}
        self._on = set(self._rules)
        self._select: tuple[Said, ...] = ()
        self._ignore: tuple[Said, ...] = ()
        self._severity: dict[str, Said] = {}

    def take(self, layer: Layer, house: tuple[Rule, ...]) -> None:
        """Take what a layer says. Its house rules run, unless it selects others only."""
        self._rules |= {rule.slug: rule for rule in house}
        self._on |= {rule.slug for rule in house}
        select, ignore = layer.said.get("select", ()), layer.said.get("ignore", ())
        if select:
            self._on = {slug for said in select for slug in self._named(said.value)}
            if not any(self._rules[slug].area == AREA for slug in self._on):
                self._on |= self._named(AREA)  # a playbook that is named is heard
            self._select = select  # of rules: what was said of the checks of clauses holds
            self._ignore = tuple(said for said in self._ignore if said.value.startswith(_OF_CLAUSES))
            self._severity = {slug: said for slug, said in self._severity.items()
                              if slug not in self._on or said.value[1] != "off"}  # fmt: skip
        by_slug = {said.value for said in select}
        for said in ignore:
            self._on -= {
                slug for slug in self._named(said.value) if slug == said.value or slug not in by_slug
            }
        self._ignore += ignore
        self._severity |= {said.value[0]: said for said in layer.said.get("severity", ())}

    def rules(self) -> Iterator[Rule]:
        """The rules that run, each with the severity that holds."""
        for slug, rule in self._rules.items():
            said = self._severity.get(slug)
            if slug not in self._on or (said and said.value[1] == "off"):
                continue
            yield rule.graded(said.value[1]) if said else rule

    def said(self) -> dict[str, tuple[Said, ...]]:
        """What of it is in force."""
        return {"select": self._select, "ignore": self._ignore, "severity": tuple(self._severity.values())}

    def _named(self, name: str) -> set[str]:
        """The rules of a name: a slug, an area, or `all`."""
        return {slug for slug, rule in self._rules.items() if name in (slug, rule.area, _ALL)}


@cache
def _house_rules(layer: Layer) -> tuple[Rule, ...]:
    """The house rules of the files and folders that a layer names."""
    paths = _paths(layer, "rules")
    rules: tuple[Rule, ...] = import_module("termsheet.houserules").load(paths) if paths else ()
    return rules


def _paths(layer: Layer, key: str) -> tuple[Path, ...]:
    """The files or folders that a layer names under a key."""
    return tuple(
        _playbook(said, layer)
        if key == "playbook"
        else existing(said.value, said.origin, layer.folder, _PATHS[key])
        for said in layer.said.get(key, ())
    )


def _playbook(said: Said, layer: Layer) -> Path:
    """The file of a playbook: one that termsheet brings, by name, or one of the house."""
    known = playbooks()
    if said.value in known:
        return known[said.value]
    if hint := meant(said.value, list(known)):
        raise ConfigError(f"no playbook is called `{said.value}`{hint}", file=said.origin.file, line=said.origin.line,
                          help=f"use {', '.join(known)}, or a file")  # fmt: skip
    return existing(said.value, said.origin, layer.folder, _PATHS["playbook"])


def _check(layer: Layer, known: Collection[str]) -> None:
    """Raise a ConfigError for a name that no rule has; what else a layer names is checked on the way."""
    areas = {slug.partition("-")[0] for slug in known}
    for key in ("select", "ignore"):
        for said in layer.said.get(key, ()):
            if said.value not in (*known, *areas, _ALL) and not (key == "ignore" and _is_check(said)):
                raise _unknown(key, said.value, said.origin, [*known, *areas], "rule or area")
    for said in layer.said.get("severity", ()):
        if said.value[0] in areas:
            raise ConfigError(f"`{said.value[0]}` is an area, and a severity is that of a rule", file=said.origin.file,
                              line=said.origin.line, help="name its rules, or the area under `ignore`")  # fmt: skip
        if said.value[0] not in known and not _is_check(Said(said.value[0], said.origin)):
            raise _unknown("severity", said.value[0], said.origin, known, "rule")
    for key in _PATHS:
        _paths(layer, key)
    for said in layer.said.get("holidays", ()):
        _day(said)


def _is_check(said: Said) -> bool:
    """Whether a file names a check of clauses that can be set."""
    return bool(said.origin.file) and said.value in set(_checks(said.value)) - {_MALFORMED}


def _checks(name: str) -> list[str]:
    """The checks of clauses, where a name begins as theirs do: most configurations name none."""
    if not name.startswith(_OF_CLAUSES):
        return []
    return [item.slug for item in import_module("termsheet.library.checks").CHECKS]


def _unknown(key: str, name: str, origin: Origin, known: Collection[str], noun: str) -> ConfigError:
    text, help = (
        f"no {noun} is called `{name}`{meant(name, sorted([*known, *_checks(name)]))}",
        "`termsheet rules` lists them all",
    )
    if name in _checks(name):
        text = f"`{name}` is a check of clauses, which is set under `ignore` or `severity` of a configuration"
        help = "write it there"
    if name.partition("-")[0] in ("schema", "waiver", "baseline") or name == _MALFORMED:
        text, help = f"`{name}` cannot be set: it is no rule, and always speaks", "mend what it finds"
    return ConfigError(text, file=origin.file or f"--{key}", line=origin.line, help=help)


def _day(said: Said) -> date | str:
    """A day, or the name of a place."""
    if not _DATE.fullmatch(said.value):
        return str(said.value)
    try:
        return date.fromisoformat(said.value)
    except ValueError as error:
        raise ConfigError(f"`{said.value}` is not a day of the calendar", file=said.origin.file, line=said.origin.line,
                          help="write a date such as 2026-12-24") from error  # fmt: skip


def _in_words(said: dict[str, tuple[Said, ...]]) -> Iterator[Setting]:
    """Every setting in words, those that nothing sets with their default."""
    for key, default in _DEFAULTS.items():
        if not said.get(key):
            yield Setting(key, default, Origin("default"))
        for value, origin in said.get(key, ()):
            yield Setting(key, ": ".join(value) if isinstance(value, tuple) else str(value), origin)
