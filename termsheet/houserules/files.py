"""From a file of house rules to rules that lint runs like its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

from termsheet import source
from termsheet.deal import Deal
from termsheet.errors import LibraryError, LoadError
from termsheet.houserules import expression, form
from termsheet.houserules.expression import (
    STEPS,
    Fault,
    Frame,
    Run,
    Test,
    TooLong,
    Truth,
    is_said,
)
from termsheet.houserules.language import Language
from termsheet.houserules.walking import walked
from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.rules import RULES
from termsheet.rules.rule import Hit, Rule, brief
from termsheet.source import Route, Source

Json = dict[str, Any]
Made = TypeVar("Made")

_SLUG = pattern(r"[a-z]+(-[a-z0-9]+)+")
_TAKEN = ("schema-", "waiver-", "position-")  # the linter's own


class Verdict(NamedTuple):
    """What a condition is in a deal, or for an entry: true, false, or, as None, undecided because of a place."""

    wrong: Truth
    undecided: str
    hit: Hit | None


@immutable
class HouseRule(Rule):
    """A rule of the house: where it stands, for which types (none: all), its examples, and how it judges a deal."""

    file: str
    line: int
    only: tuple[str, ...]
    about: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    judge: Callable[[Deal], Iterator[Verdict]]

    @property
    def page(self) -> str:
        """The rule's page, made from its keys."""
        return self.about

    def applies(self, deal: Deal) -> bool:
        """Whether the deal is of its types, and what it needs is there."""
        return (not self.only or bool({*self.only} & {*deal.types})) and super().applies(deal)


def load(paths: Iterable[Path]) -> tuple[HouseRule, ...]:
    """The rules of files, and of every YAML file below folders. Raises a sentence with place and remedy."""
    made: dict[str, HouseRule] = {}
    for file in {file.resolve(): file for file in _files(paths)}.values():
        for rule in read(file):
            other = made.get(rule.slug)
            if other is not None:
                raise LibraryError(f"the rule `{rule.slug}` stands in {other.file}:{other.line} already",
                                   file=rule.file, line=rule.line, help="give one of the two another name")  # fmt: skip
            made[rule.slug] = rule
    return tuple(made.values())


def read(file: Path) -> Iterator[HouseRule]:
    """The rules of one file, in turn."""
    found = form.read(str(file))
    for route, page in form.pages(found):
        yield _Draft(found, route, page).rule()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in dict.fromkeys(map(Path, paths)):
        if not path.is_dir():
            yield path
            continue
        found = sorted(
            Path(parent, name)
            for parent, _, names in os.walk(path)
            for name in names
            if name.lower().endswith((".yaml", ".yml"))
            and not any(part.startswith(".") for part in (*Path(parent).relative_to(path).parts, name))
        )
        if not found:
            raise LoadError("holds no house rule", file=str(path), help="a house rule is a YAML file in it")
        yield from found


class _Draft:
    """A rule while it is read."""

    def __init__(self, found: Source, route: Route, page: Json) -> None:
        self.source = found
        self.route = route
        self.page = page
        self.line = found.position((found.marks[(*route, "rule")].key or found.marks[route].value).start)[0]

    def rule(self) -> HouseRule:
        """The rule."""
        page = self.page
        slug = self._slug(page["rule"])
        self._refuse_lines()
        types = page.get("types") or {}
        for index, path in enumerate(page.get("needs", ())):
            place = self._try(("needs", index), lambda path=path: Language().path(path)[1])  # type: ignore[misc]
            if not place.place:
                self._fail(("needs", index), f"`{path}` goes through a list", "name the list itself")
        judge = self._judge(slug)

        def find(deal: Deal) -> Iterator[Hit]:
            for verdict in judge(deal):
                if verdict.hit is not None:
                    yield verdict.hit

        return HouseRule(
            slug,
            find,
            page["severity"],
            page.get("since", "term-sheet"),
            tuple(page.get("needs", ())),
            types if isinstance(types, dict) else {kind: "off" for kind in _kinds() if kind not in types},
            " ".join(page["help"].split()).rstrip("."),
            (),
            file=self.source.name,
            line=self.line,
            only=tuple(types) if isinstance(types, list) else (),
            about=_about(page, f"{self.source.name}:{self.line}"),
            bad=_texts(page.get("bad")),
            good=_texts(page.get("good")),
            judge=judge,
        )

    def _slug(self, slug: str) -> str:
        if not _SLUG.fullmatch(slug):
            self._fail(("rule",), f"`{brief(slug)}` cannot name a rule",
                       "name an area and a defect in small letters, such as exit-short-notice")  # fmt: skip
        if slug.startswith(_TAKEN):
            self._fail(("rule",), f"`{slug}` begins as the linter's own findings do", "choose another word")
        if slug in {rule.slug for rule in RULES}:
            self._fail(("rule",), f"`{slug}` is the name of a built-in rule",
                       "choose another; a severity or a waiver changes what is built in")  # fmt: skip
        return slug

    def _refuse_lines(self) -> None:
        for key, value in self.page.items():
            if isinstance(value, str) and not value.strip():
                self._fail((key,), f"`{key}` is empty", "write it, or leave the key out")
            if key in ("message", "help") and "\n" in str(value).strip():
                self._fail((key,), f"`{key}` has several lines", "say it in one")
            if key in ("help", "stub") and "{{" in str(value):
                self._fail((key,), f"`{key}` holds `{{{{ … }}}}`", "only `message` prints values")

    def _judge(self, slug: str) -> Callable[[Deal], Iterator[Verdict]]:
        page = self.page
        scopes, walk = self._try(("each",), lambda: walked(page.get("each", "")))
        language = Language(scopes)
        test: Test = self._try(("wrong_if",), lambda: language.condition(page["wrong_if"].rstrip()))
        read = [path for path in language.read if path.up is not None or not scopes]
        message: Run = self._try(("message",), lambda: language.message(page["message"].strip()))
        if "path" in page:
            path, _ = self._try(("path",), lambda: language.path(page["path"]))
        else:
            read = [path for path in read if path.up == 0] or read
            path = read[-1] if read else expression.Path(0, ())
        stub = self._stub(path)
        file, line = self.source.name, self.line

        def judge(deal: Deal) -> Iterator[Verdict]:
            frame = Frame(deal)
            try:
                for stack in walk(frame):
                    frame.stack, frame.undecided = stack, ""
                    frame.spend(1)
                    wrong = test(frame)
                    hit = _hit(path.at(frame), message(frame), stub, deal) if wrong else None
                    yield Verdict(wrong, frame.undecided, hit)
            except TooLong:
                raise LibraryError(f"the rule `{slug}` was cut off after {STEPS:,} steps", file=file, line=line,
                                   help="nest fewer any(…) and count(…) in each other") from None  # fmt: skip

        return judge

    def _stub(self, path: expression.Path) -> str:
        """The YAML to paste: it begins with the last key of the path, or is an entry of the list there."""
        if "stub" not in self.page:
            return ""
        text: str = self.page["stub"].strip("\n").rstrip()
        try:
            given = source.parse(text, self.source.name, form.SHAPE)
        except LoadError as error:
            self._fail(("stub",), f"the stub is not YAML: {error.message}", error.help, error.line)
        if path.keys and isinstance(given.data, dict) and [*given.data] != [path.keys[-1]]:
            words = ".".join(path.keys)
            self._fail(("stub",), f"the stub is not for `{words}`, where the finding points",
                       f"begin it with `{path.keys[-1]}:`")  # fmt: skip
        return text if "\n" in text or ": " in text else text + "\n"  # what is one word would be a path

    def _try(self, route: Route, made: Callable[[], Made]) -> Made:
        try:
            return made()
        except Fault as fault:
            self._fail(route, fault.message, fault.help, fault.line)

    def _fail(self, route: Route, message: str, help: str, line: int = 0) -> NoReturn:
        form.fail(self.source, (*self.route, *route), message, help, line)


def _hit(path: str, text: str, stub: str, deal: Deal) -> Hit:
    """A hit; the stub is for what is not there."""
    there = deal.get_route(deal.route_of(path))
    return Hit(path, text, "" if there is not None and is_said(there.value) else stub)


def _kinds() -> list[str]:
    found: list[str] = form.schema()["$defs"]["types"]["items"]["enum"]
    return found


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(text.rstrip() + "\n" for text in ([value] if isinstance(value, str) else value))


def _about(page: Mapping[str, Any], place: str) -> str:
    """The page of a rule, as a built-in one has it."""
    first = re.sub(r"\{\{.*?\}\}", "…", page["message"], flags=re.DOTALL)
    parts = [f"{' '.join(first.split())} (house rule)"]
    parts += [f"## Why\n{page['why'].strip()}"] if page.get("why") else []
    for key in ("bad", "good"):
        examples = [f"```yaml\n{text}```" for text in _texts(page.get(key))]
        parts += ["\n".join([f"## {key.capitalize()}", *examples])] if examples else []
    parts += [f"## When to waive\n{page['waive'].strip()}"] if page.get("waive") else []
    parts.append(f"## Condition\nWrong if: {' '.join(page['wrong_if'].split())}\n\nFrom {place}")
    return "\n\n".join(parts)
