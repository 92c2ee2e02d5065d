"""One sentence and one remedy for each way in which a deal can be malformed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from termsheet.immutable import immutable
from termsheet.schema import forms
from termsheet.schema.check import Problem, Route
from termsheet.values import FORMS

SLUGS = {
    "additionalProperties": "schema-unknown-key",
    "type": "schema-wrong-type",
    "enum": "schema-unknown-word",
    "x-form": "schema-value-form",
    "required": "schema-missing-key",
    "x-word": "schema-word-as-text",
    "x-ref": "schema-unknown-id",
    "x-id": "schema-id-form",
    "x-id-reserved": "schema-id-reserved",
    "x-id-twice": "schema-duplicate-id",
}
_TYPE_NOUNS = {
    "object": "a section with keys of its own",
    "array": "a list",
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "number": "a number",
}
_KIND_NOUNS = {
    "party": "party", "person": "person", "body": "body", "third-party": "third party", "metric": "metric",
    "scope-part": "part of the scope", "entry": "entry",
}  # fmt: skip


HOMES = {
    "party": "parties", "person": "people", "body": "governance.bodies", "third-party": "third_parties",
    "metric": "metrics", "event": "events", "objective": "objectives", "base": "commercial.bases",
    "annex": "annexes", "paper": "papers", "minimum": "commercial.minimums", "scope-part": "scope.parts",
    "phase": "work_plan.phases", "foreground": "ip.foreground", "ip-right": "ip.rights",
}  # fmt: skip


_OTHER_WORDS = {
    **dict.fromkeys(("both", "both parties", "each party", "either", "either party", "the parties"), "each"),
    **dict.fromkeys(("all parties", "everyone", "everybody"), "all"),
    **dict.fromkeys(("nobody", "no one", "neither"), "none"),
}
"""What people write where an id is wanted, and what it is written as."""
_OTHER_EVENTS = {
    **dict.fromkeys(("signing", "execution", "signatures"), "signature"),
    **dict.fromkeys(("start", "commencement", "effective-date"), "effective"),
    **dict.fromkeys(("expiry", "termination", "the end"), "end"),
}


@immutable
class Message:
    """The sentence, the remedy, and, for a misspelling, what was probably meant."""

    text: str
    help: str
    meant: str = ""


def message(problem: Problem) -> Message:
    """What to tell the author of the deal about a problem."""
    return _MESSAGES[problem.keyword](problem.route, problem.params)


def _unknown_key(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    place = _place(route[:-1])
    meant = closest(params["key"], params["known"])
    if meant:
        return Message(
            f"`{params['key']}` is not a key of {place}; did you mean `{meant}`?", f"write `{meant}:`", meant
        )
    known = ", ".join(f"`{key}`" for key in params["known"])
    return Message(
        f"`{params['key']}` is not a key of {place}", f"use one of {known}; or write it under `provisions`"
    )


def _wrong_type(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    wanted = params["wanted"]
    if isinstance(wanted, list):
        wanted = wanted[0]
    text = f"{_place(route)} is {_kind_of(params['value'])}, and should be {_TYPE_NOUNS[wanted]}"
    return Message(text, _type_help(wanted, route, params))


NO = ("no", "none", "n/a", "na", "nil", "nothing", "-")
LATER = (
    "tbd",
    "tbc",
    "tba",
    "asap",
    "?",
    "??",
    "???",
    "open",
    "to be agreed",
    "to be determined",
    "to be confirmed",
)


def _type_help(wanted: str, route: Sequence[str | int], params: dict[str, Any]) -> str:
    key = next((part for part in reversed(route) if isinstance(part, str)), "key")
    value = params["value"]
    if isinstance(value, str) and value.strip().lower() in (*NO, *LATER):
        return _word_help(value)
    if wanted == "array":
        if "properties" in params["item"]:
            return f"write `none`, or a list of entries such as\n{key}:\n" + _entry(params["item"], "  ")
        items = re.split(r",\s+", value.strip(" -")) if isinstance(value, str) and len(value) < 60 else ["…"]
        return f"write it as a list:\n{key}:\n" + "\n".join(f"  - {item}" for item in items)
    if wanted == "object":
        if route and isinstance(route[-1], int):
            return "give the entry keys of its own, such as\n" + _entry(params["schema"], "")
        keys = [name for name in params["schema"].get("properties", {}) if name != "id"][:3] or ["acme"]
        return f"give it keys of its own, such as\n{key}:\n" + "\n".join(f"  {name}: …" for name in keys)
    if wanted == "string":
        return "write it as text on one line, or as a block after `|`"
    return f"write {_TYPE_NOUNS[wanted]}, without quotation marks"


def _entry(schema: dict[str, Any], margin: str) -> str:
    """An entry of a list, with the keys that it cannot do without first."""
    keys = list(dict.fromkeys([*_says(schema), *schema.get("properties", ())]))
    return f"{margin}- " + f"\n{margin}  ".join(
        f"{name}: …" for name in [key for key in keys if key != "id"][:3]
    )


def _word_help(value: str) -> str:
    """The one word that was probably meant."""
    if value.strip().lower() in NO:
        return "write `none`, in small letters and without quotation marks, if there is none"
    return "write `open`, in small letters and without quotation marks, if it is still to be agreed"


def _word_as_text(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    word = params["value"].lower()
    return Message(
        f"`{params['value']}` would be printed as text; did you mean `{word}`?", f"write `{word}`", word
    )


def _unknown_word(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    value, allowed = params["value"], [str(word) for word in params["allowed"]]
    meant = closest(str(value), allowed)
    hint = f"; did you mean `{meant}`?" if meant else ""
    return Message(f"`{_short(value)}` is not a value of {_place(route)}{hint}",
                   "use one of " + ", ".join(f"`{word}`" for word in allowed), meant)  # fmt: skip


def _value_form(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    form, value = FORMS[params["form"]], _short(params["value"])
    if params["form"] == "when" and value.lower() in forms.VAGUE:
        return Message(f"`{value}` {forms.NO_DAY}", forms.A_DAY)
    if told := forms.remedy(params["form"], value):
        return Message(f"`{value}` {params['reason']}", told)
    help = f"write {form.noun}, such as {form.example}"
    if value.strip().lower() in (*NO, *LATER):
        help = f"{help}; or {_word_help(value).removeprefix('write ')}"
    elif params["form"] == "rate" and re.fullmatch(r"0?\.\d+", value):
        help = f"write `{value}%`, or `{float(value) * 100:g}%` if a fraction is meant"
    elif params["form"] == "rate" and re.fullmatch(r"[0-9.]+", value):
        help = f"write `{value}%` if that is meant"
    elif params["form"] == "money":
        help = _money_help(route, help, share="%" in value)
    return Message(f"`{value}` {params['reason']}", help)


def _money_help(route: Sequence[str | int], help: str, *, share: bool) -> str:
    """The remedy for an amount; it names the key beside it where what is no amount of money goes."""
    from termsheet.schema import at

    beside = at(tuple(route[:-1])).get("properties", {})
    if "of" in beside:
        return f"{help}; what a sum is taken from goes under `of:` instead"
    return (
        "write a share as `rate:` with its `base:`; an amount such as EUR 50,000"
        if share and "rate" in beside
        else help
    )


def _missing_key(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    key = params["key"]
    return Message(f"{_place(route[:-1])} has no `{key}`", f"add `{key}:`")


def _unknown_id(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    everybody = "person" in params["kinds"] and "party" in params["kinds"]
    nouns = [_KIND_NOUNS.get(kind, kind) for kind in params["kinds"]]
    noun = " or ".join([", ".join(nouns[:-1]), nouns[-1]]) if len(nouns) > 1 else nouns[0]
    value = params["value"]
    if "event" in params["kinds"] and value.lower() in forms.VAGUE:
        return Message(f"`{value}` {forms.NO_DAY}", forms.A_DAY)
    if value.lower() in (*NO, *LATER):
        return Message(f"no {noun} has the id `{value}`", _word_help(value))
    meant = closest(value, params["known"])
    named = params["named"].get(value.lower().replace(" ", "-"))
    words = _OTHER_WORDS if everybody else _OTHER_EVENTS if "event" in params["kinds"] else {}
    other = named if named in params["known"] else words.get(value.lower(), "")
    other = other or _beginning(value, params["known"])
    hint = f"; did you mean `{other or meant}`?" if other or meant else ""
    known = ", ".join(f"`{name}`" for name in params["known"])
    every = "; or `each`, `all` or `jointly` for every party" if everybody else ""
    every += "; or write a date, such as 2027-03-31" if "event" in params["kinds"] else ""
    home = HOMES.get(params["kinds"][0], "")
    where = f" under `{home}`" if home else ""
    if everybody:
        where = " under `parties`, `people`, `governance.bodies` or `third_parties`"
    help = f"declare it{where}, or use one that is declared: {known}{every}"
    if home and not known:
        help = f"declare it{where}, as an entry with {_entry_keys(home)}{every}"
    if named == "":
        help = f"add an `id:` to the entry of that name{where}, and name that id here"
    return Message(f"no {noun} has the id `{value}`{hint}", help, meant)


def _beginning(word: str, known: Sequence[str]) -> str:
    """The id that begins with the word, where every other one that does is longer by a further part."""
    found = [name for name in known if name.startswith(f"{word.lower().replace(' ', '-')}-")]
    first = min(found, key=len, default="")
    return first if all(name == first or name.startswith(f"{first}-") for name in found) else ""


def _entry_keys(home: str) -> str:
    """The keys that an entry of a list needs, as words: `id`, `name` and `of`."""
    from termsheet.schema import child, deal_schema

    route: Route = (*home.split("."), 0)
    schema = deal_schema()
    for key in route:
        schema = child(schema, key, deal_schema()) or {}
    keys = [f"`{key}:`" for key in dict.fromkeys(["id", *(_says(schema) or schema.get("x-key", ()))])]
    return f"{', '.join(keys[:-1])} and {keys[-1]}" if keys[1:] else keys[0]


def _id_form(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    return Message(f"`{_short(params['value'])}` cannot be an id",
                   "use lower-case letters, digits and hyphens, a letter first, such as `acme-devices`")  # fmt: skip


def _id_reserved(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    return Message(
        f"`{params['value']}` cannot be an id: the word has a meaning of its own", "choose another id"
    )


def _id_twice(route: Sequence[str | int], params: dict[str, Any]) -> Message:
    return Message(f"the id `{params['value']}` is declared twice", "give each entry an id of its own")


_MESSAGES = {
    "additionalProperties": _unknown_key,
    "type": _wrong_type,
    "enum": _unknown_word,
    "x-form": _value_form,
    "required": _missing_key,
    "x-word": _word_as_text,
    "x-ref": _unknown_id,
    "x-id": _id_form,
    "x-id-reserved": _id_reserved,
    "x-id-twice": _id_twice,
}


def _says(schema: dict[str, Any]) -> list[str]:
    """The keys without which an entry says too little, of each choice the first."""
    return [keys.partition(" ")[0] for keys in schema.get("x-says", ())]


def closest(word: str, known: Sequence[str]) -> str:
    """The known word that was probably meant, or nothing."""
    return _closest(word, tuple(known))


@lru_cache  # the same mistake is often made in many places
def _closest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only a file with a mistake pays for it

    simple = {name.lower().replace("_", "-").replace(" ", "-"): name for name in known}
    found = get_close_matches(word.lower().replace("_", "-").replace(" ", "-"), simple, n=1, cutoff=0.7)
    return simple[found[0]] if found else ""


def _place(route: Sequence[str | int]) -> str:
    names = [part for part in route if isinstance(part, str)]
    if not names:
        return "a deal"
    if route and isinstance(route[-1], int):
        return f"an entry of `{'.'.join(names)}`"
    return f"`{'.'.join(names)}`"


def _kind_of(value: Any) -> str:
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value is None:
        return "empty"
    return "text" if isinstance(value, str) else "a number"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 50 else text[:49] + "…"
