"""Names: parties and people are called by one name, and by their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import ne

from termsheet.deal import Deal
from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.rules.rule import Hit, brief, rule
from termsheet.rules.wording import texts

# Forms of company, each with the ways in which it is written (without full stops and spaces).
_FORMS = (
    ("gmbh",),
    ("gmbh & co kg", "gmbh & co. kg"),
    ("ug",),
    ("ag",),
    ("kg",),
    ("se",),
    ("ltd", "limited"),
    ("plc",),
    ("llp",),
    ("lp",),
    ("llc",),
    ("inc", "incorporated"),
    ("corp", "corporation"),
    ("dac",),
    ("sa",),
    ("sas",),
    ("sarl",),
    ("srl",),
    ("spa",),
    ("bv",),
    ("nv",),
    ("oy",),
    ("oyj",),
    ("ab",),
    ("aps",),
    ("as",),
    ("asa",),
)
_FORM_OF = {word: forms[0] for forms in _FORMS for word in forms}

_TOKEN = pattern(r"[^\W_](?:[\w'’-]*\w)?(?:\.[^\W_]+)*|&")
_SUFFIX = (
    r"(?:GmbH(?: & Co\.? KG)?|Ltd|Limited(?! (?:by|to|company|liability|partner\w*)\b)|PLC|LLP|LLC|Inc|Incorporated"
    r"|Corp|DAC|S\.?A\.?S|SARL|S\.à ?r\.l|S\.?r\.?l|S\.p\.A|SpA|S\.A|SA|B\.V|BV|N\.V|NV|Oyj?|ApS|A/S|ASA|AG|AB)"
)
_COMPANY = pattern(
    rf"\b(?!(?:The|A|An|Any|No) Limited\b)"
    rf"(?!(?:If|When|Where|While|Unless|Until|Once|Should|Since|Before|After) )"
    rf"(?:(?!{_SUFFIX}(?![\w-]))[A-ZÀ-ÖØ-Þ][\w'’&.-]*,? (?:(?:&|and|of|de|von|van|für) )?){{1,6}}"
    rf"{_SUFFIX}(?![\w-])\.?"
)


@immutable
class _Word:
    """A word of a text, where it stands, and how it is compared with others."""

    text: str
    start: int
    end: int
    plain: str


@rule(
    "names-party-misspelt",
    severity="error",
    help="write the name as the register has it, in every place",
)
def party_misspelt(deal: Deal) -> Iterator[Hit]:
    """No text spells a party's name almost, but not quite, as the party's own entry does.

    A name of several words is found where one word is a letter off, the legal form is another, or only
    capitals differ. `Ltd` and `Limited` are one form. Names of one word are passed over, since another word
    may look like them; and so is every name that the deal gives to somebody else, such as an affiliate.

    ## Why
    Another name is another party: Acme Devices Ltd may be a sister company with no money. Names left over
    from an earlier deal were among the defects that we found in real, signed contracts, and at best somebody
    has to prove later who was meant.

    ## Bad
    ```yaml
    ip:
      improvements: improvements of the sensor belong to Acme Device GmbH
    ```

    ## Good
    ```yaml
    ip:
      improvements: improvements of the sensor belong to Acme Devices GmbH
    ```

    ## When to waive
    When the text does mean another company. Better, name it under `third_parties`.
    """
    names = _party_names(deal)
    known = _known(deal)
    patterns = {name: _words(name) for name in names}
    first_or_second = {word.text.casefold() for words in patterns.values() for word in words[:2]}
    for route, text in texts(deal):
        lower = text.casefold()
        if _declares(route) or not any(word in lower for word in first_or_second):
            continue
        plain = [_fold(word) for word in _TOKEN.findall(text)]
        for name, words in patterns.items():
            found = _resembles(plain, words) and _near(text, _words(text), words, known)
            if found:
                yield Hit(deal.path_of(route), f'"{brief(found, 32)}" is not "{brief(name, 32)}"')
                break


@rule(
    "names-unknown-company",
    severity="note",
    help="name it under `parties`, `third_parties` or `papers`; or delete what an earlier deal left behind",
)
def unknown_company(deal: Deal) -> Iterator[Hit]:
    """Every company that a text names is known to the deal.

    A company is told by its legal form, such as GmbH, Ltd or Inc. Known are the parties, the third parties,
    and the companies in the titles of papers and annexes.

    ## Why
    A paper made from an older one carries its names along. They were among the defects that we found in
    real, signed contracts, and the text that holds one tells the other side with whom you dealt before.

    ## Bad
    ```yaml
    scope:
      out:
        - the contract with Corvus Imaging BV
    ```

    ## Good
    ```yaml
    third_parties:
      - name: Corvus Imaging BV
        relation: customer
    scope:
      out:
        - the contract with Corvus Imaging BV
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    known = _known(deal)
    parties = [_words(name) for name in _party_names(deal)]
    for route, text in texts(deal):
        if _declares(route):
            continue
        for found in _COMPANY.finditer(text):
            name = found[0].rstrip(".")
            folded = _folded(name)
            if any(folded.endswith(other) or other.endswith(folded) for other in known):
                continue
            if not any(_near(name, _words(name), words, known) for words in parties):
                yield Hit(deal.path_of(route), f'"{brief(name, 50)}" is nobody in this deal')
                break


_MIXED = pattern(
    "(?=[^\\W\\d_]*[A-Za-z\u00c0-\u024f])(?=[^\\W\\d_]*[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff])[^\\W\\d_]+"
)
_NAMED = ("parties", "people", "third_parties")
_LOOKS_LATIN = frozenset("АВЕЅІЈКМНОРСТХУԌԚԜаеѕіјорсухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
_LATIN = pattern("[A-Za-z]")
_OTHER_WORD = pattern("[\u0370-\u03ff\u0400-\u052f]+")
_FORM_ELSEWHERE = 4  # letters of a legal form of another alphabet, such as `ООО`, at most


@rule(
    "names-mixed-letters",
    severity="error",
    since="sketch",
    help="type the name anew in one alphabet",
)
def mixed_letters(deal: Deal) -> Iterator[Hit]:
    r"""No name of a party or person mixes Latin letters with Cyrillic or Greek ones in one word.

    Nor does one that has Latin words hold a word of other letters all of which look like Latin ones.

    ## Why
    The Latin and the Cyrillic `a` look the same and are two letters. A name with the wrong one is not the
    name in the register: no search finds it, and a payment or a notice may go to somebody else. The Unicode
    Consortium (technical standard 39, on security) lists such look-alikes.

    ## Bad
    ```yaml
    people:
      - id: ada
        party: acme
        name: "\u0410da Berg"
    ```

    ## Good
    ```yaml
    people:
      - id: ada
        party: acme
        name: Ada Berg
    ```

    ## When to waive
    When the register itself has the name so, such as a brand with a Greek letter.
    """
    for route, text in texts(deal):
        if (
            route[0] in _NAMED
            and route[-1] in ("name", "short", "trading_as")
            and not text.isascii()
        ):
            found = _MIXED.search(text)
            if found:
                yield Hit(deal.path_of(route), f'"{brief(found[0])}" mixes letters of two alphabets')
            elif disguised := _disguised(text):
                yield Hit(deal.path_of(route), f'"{brief(disguised)}" looks Latin, and is of another alphabet')


def _disguised(name: str) -> str:
    """The first word of other letters that look Latin, beside Latin words; nothing where one looks foreign."""
    words = _OTHER_WORD.findall(name)
    if not _LATIN.search(name) or not all(_LOOKS_LATIN.issuperset(word) for word in words):
        return ""
    return next((word for word in words if len(word) > _FORM_ELSEWHERE or not word.isupper()), "")


def _declares(route: tuple[str | int, ...]) -> bool:
    """Whether a place is where names are given, and not used."""
    return route[0] in ("parties", "people", "third_parties")


def _party_names(deal: Deal) -> list[str]:
    """The names of parties that can be told from other words: those of several words."""
    names = [party.text(key) for party in deal.each("parties") for key in ("name", "trading_as", "short")]
    return [name for name in dict.fromkeys(names) if len(_words(name)) > 1]


def _known(deal: Deal) -> set[str]:
    """Every name that the deal gives to somebody."""
    names = [party.text(key) for party in deal.each("parties") for key in ("name", "short", "trading_as")]
    names += [entry.text("name") for entry in (*deal.each("third_parties"), *deal.each("people"))]
    for section in ("papers", "annexes"):
        names += [
            found[0] for entry in deal.each(section) for found in _COMPANY.finditer(entry.text("title"))
        ]
    return {_folded(name) for name in names if name}


def _folded(name: str) -> str:
    """A name with its legal form in one spelling, without capitals and stops."""
    return " ".join(word.plain for word in _words(name))


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    plain = word.casefold().replace(".", "")
    return _FORM_OF.get(plain, plain)


def _words(text: str) -> list[_Word]:
    return [_Word(found[0], *found.span(), _fold(found[0])) for found in _TOKEN.finditer(text)]


def _resembles(plain: list[str], name: list[_Word]) -> bool:
    """Whether the words of a name follow each other somewhere, but for one."""
    wanted = [word.plain for word in name]
    if wanted[0] not in plain and wanted[1] not in plain:
        return False
    starts = (at - order for at, word in enumerate(plain) for order in (0, 1) if word == wanted[order])
    return any(
        sum(map(ne, plain[at : at + len(wanted)], wanted)) <= 1 for at in starts if 0 <= at <= len(plain) - len(wanted)
    )


def _near(text: str, written: list[_Word], name: list[_Word], known: set[str]) -> str:
    """The first place at which a text spells a name almost as it is, or nothing."""
    has_form = name[-1].plain in _FORM_OF.values()
    wanted = [word.plain for word in name]
    for at in range(len(written) - len(name) + 1):
        window = written[at : at + len(name)]
        if sum(word.plain != plain for word, plain in zip(window, wanted, strict=True)) > 1:
            continue
        pairs = list(zip(window, name, strict=True))
        off = [pair for pair in pairs if pair[0].plain != pair[1].plain]
        there = text[window[0].start : window[-1].end]
        if _folded(there) in known - {_folded(" ".join(word.text for word in name))}:
            continue
        if not off:
            cased = [pair for pair in pairs if pair[0].text.replace(".", "") != pair[1].text.replace(".", "")]
            same_form = cased and cased[-1] is pairs[-1] and has_form and len(cased) == 1
            if same_form and _other_word_for_form(*cased[0]):
                continue
            if cased and (has_form or len(name) > 2):
                return there
            continue
        ours, theirs = off[0]
        if off[0] is pairs[-1] and has_form:
            if ours.plain in _FORM_OF.values() and ours.text[0].isupper():
                return there
        elif _letter_off(ours.text.casefold(), theirs.text.casefold()) and (
            has_form or (ours.text[0].isupper() and ours.text.rstrip("s") != theirs.text.rstrip("s"))
        ):
            return there
    return ""


def _other_word_for_form(ours: _Word, theirs: _Word) -> bool:
    """Whether two words are one legal form, as `Ltd` and `Limited` are."""
    return ours.text.casefold().rstrip(".") != theirs.text.casefold().rstrip(".") and ours.text[0].isupper()


def _letter_off(one: str, other: str) -> bool:
    """Whether one letter is missing, added, wrong, or two neighbours are swapped. Short words do not count."""
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1 or not (one + other).isalpha():
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return one != other
    rest, others = one[start:], other[start:]
    swapped = rest[1::-1] + rest[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or swapped == others
