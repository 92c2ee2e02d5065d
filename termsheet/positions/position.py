"""A position, from its keys to conditions that are ready to run. Every mistake is a sentence with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from termsheet.houserules.expression import Fault, Path, Run, Test
from termsheet.houserules.language import Language
from termsheet.houserules.printing import shown
from termsheet.houserules.walking import Walk, walked
from termsheet.immutable import immutable
from termsheet.library.given import Given

ANSWERS = ("walk_away", "preferred", "fallback")  # in the order in which they are read
OFF = "off"
_ALWAYS_THERE = ("deal", "parties", "people")  # beside another place, no answer to any question


class Answer(NamedTuple):
    """One of the answers of a position: its condition (None: only a person can tell), its words, what it reads."""

    says: str
    test: Test | None
    reads: tuple[Path, ...]


class Place(NamedTuple):
    """A place that a position reads, what it is called, what shows its value, and whether it is a list or a section."""

    path: Path
    word: str
    show: Run
    broad: str


@immutable
class Position:
    """A position, compiled. `sided` says that a condition asks for `us` or `them`; `id` is `exit.rights/notice`."""

    id: str
    title: str
    types: tuple[str, ...]
    question: str
    answers: Mapping[str, Answer]
    walk: Walk
    where: Test | None
    places: tuple[Place, ...]
    guidance: str
    approves: str
    sided: bool
    file: str
    line: int
    page: Mapping[str, Any]

    @property
    def clause(self) -> str:
        """The clause that it is a position on."""
        return self.id.partition("/")[0]

    def says(self, answer: str) -> str:
        """The words of an answer, or nothing."""
        return self.answers[answer].says if answer in self.answers else ""


Draft = dict[str, Given]
"""The keys of a position, each with its place: a playbook may bring some of them, and the clause the others."""


class Read(NamedTuple):
    """What the file of a playbook says, and the positions that it comes to, not yet compiled."""

    name: str
    about: str
    version: str
    side: str
    types: tuple[str, ...]
    drafts: dict[str, Draft]


def compiled(name: str, draft: Draft, title: str, types: Iterable[str]) -> Position:
    """A position from its keys. Raises LibraryError for what is wrong with one."""
    given = {key: item for key, item in draft.items() if item.value != OFF}
    here = given.get("question") or next(iter(draft.values()))
    if "question" not in given:
        raise here.error(
            f"`{name}` has no `question`", "add `question:`, what the position is about, in one line"
        )
    answers = [key for key in ANSWERS if key in given]
    if not answers:
        dropped = next((item for item in draft.values() if item.value == OFF), here)
        raise dropped.error(f"`{name}` has no answer", "add `preferred:` with `if` and `says`")
    for key in ("question", "guidance", "approves", "each", "where"):
        if key in given and not given[key].value.strip():
            raise given[key].error(f"`{key}` is empty", "write it, or leave the key out")
    scopes, walk = _attempt(given.get("each"), lambda each: walked(each), ([], lambda frame: iter([[]])))
    reader = Language(scopes, sided=True)
    where = _attempt(given.get("where"), reader.condition, None)
    reader.read = []  # what tells whether the position is asked for is no answer to it
    made = {key: _answer(key, given[key], reader) for key in answers}
    return Position(
        name,
        title,
        tuple(types),
        _line(given["question"].value),
        made,
        walk,
        where,
        _places(made.values(), scopes),
        _line(given["guidance"].value) if "guidance" in given else "",
        _line(given["approves"].value) if "approves" in given else "",
        reader.takes_side,
        here.file,
        here.line,
        {key: item.value for key, item in given.items()},
    )


def _answer(key: str, given: Given, reader: Language) -> Answer:
    says = _line(given.value["says"])
    if not says:
        raise given.at("says").error("`says` is empty", "say the position in a few words")
    if "if" not in given.value:
        if key != "walk_away":
            raise given.error(
                f"`{key}` has no `if`", "add its condition; only a `walk_away` may be left to people"
            )
        return Answer(says, None, ())
    reader.read = []
    condition = given.at("if")
    test = _attempt(condition, reader.condition, None)
    told = [path for path in reader.read if path.up is not None or path.keys[0] not in _ALWAYS_THERE]
    return Answer(says, test, tuple(dict.fromkeys(told or reader.read)))


def _places(answers: Iterable[Answer], scopes: list[Any]) -> tuple[Place, ...]:
    """The places that the answers read, in turn, but for those that no report may show."""
    made: list[Place] = []
    for path in dict.fromkeys(path for answer in answers for path in answer.reads):
        language = Language(scopes)
        words = [*(["it"] if path.up == 0 else ["outer"] if path.up == 1 else []), *path.keys]
        try:
            place = language.path(".".join(words))[1]
            broad = place.kind if place.kind in ("list", "section", "map") else ""
            made.append(Place(path, words[-1].replace("_", " "), shown(place), broad))
        except Fault:
            continue  # private, or nothing that can be printed
    return tuple(made)


def _attempt(given: Given | None, made: Any, otherwise: Any) -> Any:
    """What is made of a text, or the sentence on what is wrong with it."""
    if given is None:
        return otherwise
    try:
        return made(given.value.strip())
    except Fault as fault:
        raise given.error(fault.message, fault.help, fault.line) from None


def _line(text: str) -> str:
    return " ".join(text.split())
