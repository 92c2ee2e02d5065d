"""The Open Playbook Format, version 0.3: a playbook written in it, and one of others read (0.2 and 0.3).

The format keeps apart what a corpus of contracts shows (evidence), how to negotiate (posture, prose), and what must
never slip (floor, statements that a judge looks at). A walk-away is an invariant of the floor; preferred answers and
fallbacks are prose of the posture; evidence has no counterpart here and is left empty. The conditions go along under
`x_termsheet`, which others ignore. An invariant that brings no condition is a red line that only a person can tell of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from termsheet import __version__, data
from termsheet.deal import slug
from termsheet.digests import sha256
from termsheet.library.given import Given
from termsheet.positions.position import ANSWERS, Draft, Position, Read
from termsheet.schema import check
from termsheet.source import Source

if TYPE_CHECKING:
    from termsheet.positions.playbook import Playbook

Json = dict[str, Any]

KEY = "opf_version"
VERSION = "0.3"
TITLE = "Red line"
_READ = ("0.2", VERSION)
_OWN = "x_termsheet"
_SECTIONS = ("evidence", "posture", "floor", "curation")


def write(book: Playbook, party: str = "", others: str = "") -> str:
    """A playbook as a document of the format; `party` is whose it is, `others` what the other side is."""
    name = book.types[0] if len(book.types) == 1 else slug(book.name)
    clauses = {position.clause: position.title for position in book.positions}
    made: Json = {
        KEY: VERSION,
        "agreement_type": {"id": _plain(name), "name": name.replace("-", " ").capitalize()},
        "baseline": {"has_canonical_template": False},
        "taxonomy": {
            "source": "termsheet",
            "entries": [
                {"id": re.sub(r"\W|-", "_", clause), "label": title, "status": "custom"}
                for clause, title in clauses.items()
            ],
        },
        **({"perspective": {"party": party, "counterparty_type": others}} if party else {}),
        "evidence": {"clauses": []},
        "posture": {"system_prompt": _posture(book)},
        "floor": {
            "invariants": [_invariant(position) for position in book.positions if position.says("walk_away")]
        },
        "corpus": {"documents": [], "stats": {}},
        "compiler": {
            "name": "termsheet",
            "version": __version__,
            "generated_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        },
        _OWN: _page(book),
    }
    made["identity"] = {**({"version": book.version} if book.version else {}), **digests(made)}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def digests(document: Mapping[str, Any]) -> Json:
    """The hash of a document and of each of its sections, over the canonical form that the format defines."""
    content = {key: value for key, value in document.items() if key not in ("identity", "curation")}
    compiler = content.get("compiler")
    if isinstance(compiler, dict):
        content["compiler"] = {
            key: value for key, value in compiler.items() if key not in ("generated_at", "run_id")
        }
    return {
        "content_hash": _hash(content),
        "section_digests": {name: _hash(document.get(name, {})) for name in _SECTIONS},
    }


def read(found: Source) -> Read:
    """What a document says: name, side and the like, and its positions, not yet compiled."""
    page = found.data
    whole = Given(page, found, ())
    if page[KEY] not in _READ:
        raise whole.at(KEY).error(f"version {page[KEY]} of the Open Playbook Format is not read",
                                  f"give it as {' or '.join(_READ)}")  # fmt: skip
    _refuse_change(whole)
    own = page.get(_OWN)
    drafts = _own(whole.at(_OWN)) if own is not None else {}
    drafts |= _floor(whole, drafts)
    perspective = _section(whole, "perspective")
    kind = _section(whole, "agreement_type")
    own = own or {}
    return Read(
        own.get("name") or str(kind.get("name", "playbook")),
        own.get("about", ""),
        own.get("version") or str(_section(whole, "identity").get("version", "")),
        own.get("side") or str(perspective.get("party", "")),
        tuple(own.get("types", ())),
        drafts,
    )


def _own(given: Given) -> dict[str, Draft]:
    """The positions that termsheet itself has put into a document."""
    strange = any(problem.keyword != "x-word" for problem in check.errors(given.value, _schema()))
    positions = {} if strange else given.value.get("positions", {})
    whole = [*positions.values(), *(position.get(key) for position in positions.values() if isinstance(position, dict)
                                    for key in ANSWERS if key in position)]  # fmt: skip
    if strange or not all(isinstance(value, dict) for value in whole):
        raise given.error(
            f"`{_OWN}` is not as termsheet writes it", "export the playbook anew, or take it out"
        )
    parts = {name: given.at("positions").at(name) for name in positions}
    return {name: {key: part.at(key) for key in part.value} for name, part in parts.items()}


def _refuse_change(whole: Given) -> None:
    """A document that gives its hash is what the hash is of."""
    if "identity" not in whole.value:
        return
    claimed = _section(whole, "identity").get("content_hash")
    if claimed != digests(whole.value)["content_hash"]:
        raise whole.at("identity").error("the playbook was changed after its content hash was written",
                                         "take the file as it was issued, or take `identity` out")  # fmt: skip


def _floor(whole: Given, known: Mapping[str, Draft]) -> dict[str, Draft]:
    """The invariants that no position holds already: red lines that only a person can tell of."""
    floor = _section(whole, "floor")
    invariants = floor.get("invariants", [])
    if not isinstance(invariants, list):
        raise (
            whole.at("floor")
            .at("invariants")
            .error("`floor.invariants` should be a list", "give one after another")
        )
    made: dict[str, Draft] = {}
    for index, invariant in enumerate(invariants):
        given = whole.at("floor").at("invariants").at(index)
        if not isinstance(invariant, dict) or not all(
            isinstance(invariant.get(key), str) and invariant[key].strip() for key in ("id", "statement")
        ):
            raise given.error("an invariant needs `id` and `statement`, as texts", "write both")
        if _is_held(invariant, known):
            continue
        name = f"floor/{_plain(invariant['id']) or index + 1}"
        if name in made:
            raise given.error(
                f"the invariant `{invariant['id']}` stands in the floor twice", "give one another id"
            )
        statement = given.at("statement")
        made[name] = {
            "question": statement,
            "walk_away": given._replace(value={"says": invariant["statement"]}),
        }
        if isinstance(invariant.get("rationale"), str) and invariant["rationale"].strip():
            made[name]["guidance"] = given.at("rationale")
    return made


def _is_held(invariant: Json, known: Mapping[str, Draft]) -> bool:
    """Whether a position that came along says just this; where the statement was changed, the statement counts."""
    draft = known.get(invariant["id"], {})
    if "question" not in draft or "walk_away" not in draft:
        return False
    return bool(
        invariant["statement"] == _statement(draft["question"].value, draft["walk_away"].value["says"])
    )


def _section(whole: Given, name: str) -> Json:
    value = whole.value.get(name, {})
    if not isinstance(value, dict):
        raise whole.at(name).error(
            f"`{name}` should be a section with keys of its own", "see the format's schema"
        )
    return value


def _statement(question: str, says: str) -> str:
    return f"Never accept on “{' '.join(question.split())}”: {' '.join(says.split())}."


def _invariant(position: Position) -> Json:
    statement = _statement(position.question, position.says("walk_away"))
    made = {"id": position.id, "statement": statement}
    return {**made, "rationale": position.guidance} if position.guidance else made


def _posture(book: Playbook) -> str:
    """What is wanted and what is accepted, as prose. The red lines stand in the floor alone."""
    lines = [book.about] if book.about else []
    for position in book.positions:
        answers = [
            f"{word}: {position.says(key)}."
            for key, word in (("preferred", "preferred"), ("fallback", "fallback"))
            if position.says(key)
        ]
        if answers:
            approval = (
                f" What is not preferred needs approval: {position.approves}." if position.approves else ""
            )
            guidance = f" {position.guidance}" if position.guidance else ""
            lines.append(f"{position.title}. {position.question} {' '.join(answers)}{guidance}{approval}")
    return "\n".join(lines)


def _page(book: Playbook) -> Json:
    """The playbook as one of our own files would give it, all in one."""
    told = {"name": book.name, "about": book.about, "version": book.version, "side": book.side,
            "types": list(book.types)}  # fmt: skip
    positions = {position.id: dict(position.page) for position in book.positions}
    return {**{key: value for key, value in told.items() if value}, "positions": positions}


def _schema() -> Json:
    text = (data.folder("schemas") / "playbook.schema.json").read_text(encoding="utf-8")
    found: Json = json.loads(text)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + sha256(text.encode("utf-8", "surrogatepass"))
