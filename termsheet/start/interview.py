"""The questions of `termsheet new` on a terminal.

Each answer is kept at once in a small file beside the deal, so that whoever stops (Ctrl-C, a closed window) goes on
from there the next time; the file goes when the deal is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from termsheet.errors import LoadError
from termsheet.put import put
from termsheet.start.answers import (
    Answers,
    Party,
    bare_name,
    company_form,
    currency_of,
    read_currency,
    read_kind,
    read_language,
    read_law,
)

_GLOSS = {
    "strategic-alliance": "companies that work together, each on its own account",
    "joint-venture": "a business that they own together",
    "licensing": "one may use what the other owns",
    "co-marketing": "they promote together",
    "referral": "one sends customers to the other, for a fee",
    "reseller": "one sells what the other makes",
    "integration": "two products are made to work together",
    "co-development": "they make something new together",
    "pilot": "a trial, before more is agreed",
}
_NTH = ("First", "Second", "Third", "Fourth", "Fifth")
Read = Callable[[str], str]


def interview(given: Answers, types: Sequence[str], kept: Path) -> Answers:
    """Ask for what is not given. Raises click.Abort where the author stops."""
    ask = _Asking(kept)
    try:
        return _answers(given, types, ask)
    except click.Abort:
        if ask.said:
            click.echo(f"\nyour answers are kept in {kept}; the same command goes on from there", err=True)
        raise


class _Asking:
    """Asks, and keeps what was said."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self.said = _load(kept)
        if self.said:
            click.echo(f"going on with the answers in {kept}; delete it to begin anew", err=True)
        else:
            click.echo("Enter leaves an answer blank, or takes what stands in brackets; `-` leaves that blank too.",
                       err=True)  # fmt: skip

    def __call__(self, key: str, text: str, *, default: str = "", read: Read = str) -> str:
        self._doubt(key, read)
        while key not in self.said:
            reply = click.prompt(text, default=default, show_default=bool(default), err=True).strip()
            try:
                self.said[key] = read("" if reply == "-" else reply)
            except ValueError as error:
                click.echo(f"  {error}", err=True)
            else:
                self._keep()
        return self.said[key]

    def _doubt(self, key: str, read: Read) -> None:
        """Forget a kept answer that is none, as in a file that was edited: it is asked again."""
        try:
            self.said |= {key: read(self.said[key])} if key in self.said else {}
        except ValueError:
            del self.said[key]

    def _keep(self) -> None:
        text = json.dumps(self.said, indent=1, ensure_ascii=False) + "\n"
        put(self._kept, text.encode("utf-8", "replace"))


def _load(kept: Path) -> dict[str, str]:
    try:
        said = json.loads(kept.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise LoadError(
            "holds no answers that can be read", file=str(kept), help="delete it to begin anew"
        ) from error
    if not isinstance(said, dict) or not all(isinstance(word, str) for word in said.values()):
        raise LoadError("holds no answers that can be read", file=str(kept), help="delete it to begin anew")
    return said


def _answers(given: Answers, types: Sequence[str], ask: _Asking) -> Answers:
    kind = given.kind or _kind(types, ask)
    title = given.title or ask("title", "Title of the deal, such as Clinic monitoring alliance")
    parties = _parties(given.parties, ask)
    country = next((party.jurisdiction for party in parties if party.jurisdiction), "")
    currency = given.currency or ask("currency", "Currency, such as EUR",
                                     default=currency_of(country), read=read_currency)  # fmt: skip
    spoken = "en-US" if currency == "USD" else "en-GB"
    language = given.language or ask("language", "Language of the paper", default=spoken, read=read_language)
    law = given.law or ask("law", "Governing law, such as the law of Ireland", read=read_law)
    about = given.about or ask("about", "What the parties will do together, in one sentence")
    return Answers(kind, title, parties, currency, language, law, about)


def _kind(types: Sequence[str], ask: _Asking) -> str:
    if "type" not in ask.said:
        width = max(map(len, types))
        for number, word in enumerate(types, 1):
            click.echo(f"  {number}  {word:<{width}}  {_GLOSS[word]}", err=True)

    def read(reply: str) -> str:
        return (
            types[int(reply) - 1] if reply in map(str, range(1, len(types) + 1)) else read_kind(reply, types)
        )

    return ask("type", "Type of the deal, by number or name", read=read)


def _parties(given: Sequence[Party], ask: _Asking) -> tuple[Party, ...]:
    parties: list[Party] = []
    while True:
        number = len(parties) + 1
        known = given[number - 1] if number <= len(given) else Party()
        if number > max(2, len(given)) and len(given) >= 2:
            break
        nth = _NTH[number - 1] if number <= len(_NTH) else f"{number}th"
        more = " (Enter: no more)" if number > 2 else ", its registered name such as Acme Devices GmbH"
        name = known.name or ask(f"party {number}", f"{nth} party{more}")
        if not name and number > 2:
            break
        parties.append(_party(known._replace(name=name), number, ask) if name else known)
        if not name and number == 2:  # who leaves the second party blank names no third
            break
    return tuple(parties)


def _party(known: Party, number: int, ask: _Asking) -> Party:
    offered = company_form(known.name)[1]
    return Party(
        known.name,
        known.short or ask(f"party {number} short", "  what the paper calls it", default=bare_name(known.name)),
        known.form or ask(f"party {number} form", "  its legal form, such as a limited liability company",
                          default=offered),
        known.jurisdiction or ask(f"party {number} country", "  the country or state under whose law it exists"),
    )  # fmt: skip
