"""What is known of a deal before it is written: how each answer is read, and what is made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from termsheet import stubs
from termsheet.deal import slug
from termsheet.errors import TermsheetError
from termsheet.schema.messages import closest
from termsheet.schema.references import ID, RESERVED
from termsheet.values import FORMS, FormError
from termsheet.values.points import WORDS

_ENDS = ("", "-manager", "-sponsor")  # of the ids that the form makes from that of a party
_NO_ASCII = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "ł": "l", "Ł": "L",
                           "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i", "&": " and "})  # fmt: skip

FORMS_OF_COMPANY = {
    "GmbH": "a limited liability company", "UG": "a limited liability company", "LLC": "a limited liability company",
    "SARL": "a limited liability company", "Srl": "a limited liability company", "BV": "a private limited company",
    "Ltd": "a private limited company", "Limited": "a private limited company", "Pty Ltd": "a proprietary company",
    "PLC": "a public limited company", "Inc": "a corporation", "Corp": "a corporation", "Corporation": "a corporation",
    "AG": "a stock corporation", "SA": "a public limited company", "SpA": "a joint-stock company",
    "SAS": "a simplified joint-stock company", "KG": "a limited partnership", "LLP": "a limited liability partnership",
    "SE": "a European company", "NV": "a public limited company", "AB": "a limited company", "AS": "a limited company",
    "ApS": "a private limited company", "Oy": "a limited company", "KK": "a stock company",
}  # fmt: skip
"""What a company is, by the end of its name; only offered, never written unasked."""


class Party(NamedTuple):
    """What is known of a party, each part empty where it is not."""

    name: str = ""
    short: str = ""
    form: str = ""
    jurisdiction: str = ""


class Answers(NamedTuple):
    """What is known of a deal before it is written, each part empty where it is not."""

    kind: str
    title: str = ""
    parties: tuple[Party, ...] = ()
    currency: str = ""
    language: str = ""
    law: str = ""
    about: str = ""


# How an answer is read. Each raises ValueError with a sentence for what is not one; what is empty stays empty.


def read_kind(text: str, types: Sequence[str]) -> str:
    """A type of deal."""
    if text in types:
        return text
    meant = closest(text, types)
    hint = f"; did you mean `{meant}`?" if meant else f"; use one of {', '.join(types)}"
    raise ValueError(f"`{text}` is not a type of deal{hint}" if text else f"give one of {', '.join(types)}")


def read_currency(text: str) -> str:
    """A currency, in capital letters."""
    return _read("currency", text.upper(), text)


def read_language(text: str) -> str:
    """A language, written as `en-GB`."""
    spoken, *rest = text.replace("_", "-").split("-")
    return _read("language", "-".join([spoken.lower(), *(part.upper() for part in rest)]), text)


def read_law(text: str) -> str:
    """A law; the name of a country or state stands for its law."""
    is_law = not text or text.lower() in WORDS or re.search(r"\blaws?\b", text, re.IGNORECASE)
    return text if is_law else f"the law of {text}"


def _read(form: str, text: str, written: str) -> str:
    if not text or text.lower() in WORDS:
        return text.lower()
    try:
        FORMS[form].parse(text)
    except FormError as error:
        raise ValueError(
            f"`{written}` {error}; write {FORMS[form].noun}, such as {FORMS[form].example}"
        ) from None
    return text


def read_party(text: str) -> Party:
    """A party: its name, then, after semicolons, its short name, legal form and country, as far as they are known."""
    name, *rest = (part.strip() for part in text.split(";"))
    if not name or len(rest) > 3:
        raise ValueError(
            f"`{text}` is not a party; write its name, or `name; short name; legal form; country`"
        )
    return Party(name, *rest)


def given(
    types: Sequence[str],
    kind: str | None,
    title: str,
    parties: Sequence[str],
    currency: str,
    language: str,
    law: str,
    about: str,
) -> Answers:
    """The answers that the command line gives. Raises TermsheetError for one that cannot be read."""
    try:
        return Answers(
            kind="" if kind is None else read_kind(kind, types),
            title=title,
            parties=tuple(map(read_party, parties)),
            currency=read_currency(currency),
            language=read_language(language),
            law=read_law(law),
            about=about,
        )
    except ValueError as error:
        raise TermsheetError(str(error)) from None


# What is offered


def currency_of(country: str) -> str:
    """The currency of a country, or nothing where the name is not that of one."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    names = Locale("en").territories.items()
    code = next((code for code, name in names if len(code) == 2 and name.lower() == country.lower()), "")
    return str(next(iter(get_territory_currencies(code)), "")) if code else ""


def party_ids(parties: Sequence[Party]) -> list[str]:
    """An id for each party, in ASCII, made from its name; of two parties at the least."""
    ids: list[str] = []
    for number, party in enumerate([*parties, *[Party()] * (2 - len(parties))], 1):
        made = _id(party.short or bare_name(party.name), number)
        choices = (made if copy == 1 else f"{made}-{copy}" for copy in count(1))
        ids.append(next(name for name in choices if _is_free(name, ids)))
    return ids


def _id(name: str, number: int) -> str:
    text = unicodedata.normalize("NFKD", name.translate(_NO_ASCII)).encode("ascii", "ignore").decode()
    made = slug(re.sub(r"['.]", "", text))
    if not made:
        return (*stubs.DEFAULT_PARTIES, f"party-{number}")[min(number, 3) - 1]
    return (
        made if ID.fullmatch(made) and made not in {*RESERVED, "null", "true", "false"} else f"party-{made}"
    )


def _is_free(name: str, ids: Sequence[str]) -> bool:
    """Whether neither the id nor one of those that the form makes from it is another's."""
    taken = {other + end for other in ids for end in _ENDS}
    return not any(name + end in taken for end in _ENDS)


def company_form(name: str) -> tuple[str, str]:
    """The end of a company's name that tells its legal form, as written, and that form; nothing where none does."""
    words = name.split()
    for size in (2, 1):
        end = " ".join(words[-size:])
        plain = re.sub(r"[.,]", "", end).lower()
        for suffix, form in FORMS_OF_COMPANY.items():
            if len(words) > size and plain == suffix.lower():
                return end, form
    return "", ""


def bare_name(name: str) -> str:
    """A company's name without the end that tells its legal form."""
    return name.removesuffix(company_form(name)[0]).strip(" ,")
