"""Wording: words that promise without a measure, that put the bargain off, or that a reader cannot follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from termsheet import data
from termsheet.deal import Deal, once
from termsheet.pattern import pattern
from termsheet.rules.places import places
from termsheet.rules.rule import Hit, brief, listed, rule, said
from termsheet.schema.check import Route

# Names and addresses, which are not made of promises.
_LABELS = frozenset(
    ("id", "name", "short", "title", "email", "address", "attention", "copy_to", "number", "term", "file",
     "version", "registration", "jurisdiction", "trading_as", "country", "crm", "tool", "seat")
)  # fmt: skip
_MANNER = pattern(
    r"""\b(?: (?:commercially\ )?reasonabl[ey]\ (?:efforts|endeavours) | (?:all|best)\ (?:efforts|endeavours)
    | reasonabl[ey] | (?:in)?appropriate(?:ly)? | (?:in)?adequate(?:ly)? | sufficient(?:ly)? | satisfactory
    | as\ (?:needed|required|necessary|appropriate|applicable)(?!\ (?:by|under|in|for|to|pursuant)\b)
    | (?:if|when|where)(?:\ and\ (?:if|when|where))?\ (?:needed|appropriate|possible|feasible|practicable)
    | (?:as\ far|to\ the\ extent)\ (?:as\ )?(?:reasonably\ )?(?:possible|practicable|feasible)
    | in\ an?\ (?:orderly|proper|professional|workmanlike|satisfactory)\ (?:manner|way|fashion)
    | best[- ]in[- ]class | world[- ]class | good\ quality | high[- ]quality
    | and\ so\ on | and\ the\ like | etc )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME = pattern(
    r"""\b(?: regular(?:ly)? | periodic(?:al(?:ly)?)? | from\ time\ to\ time | promptly | timely | in\ due\ course
    | (?:as\ )?soon\ as\ (?:reasonably\ )?(?:possible|practicable) | in\ the\ near\ future | later\ on
    | at\ a\ later\ (?:date|stage|time) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_IDIOM = pattern(
    r"""\bnot\ (?:to\ )?(?:be\ )?unreasonabl[ey]\b | \bunreasonabl[ey]\b
    | \bbeyond\ \w+(?:\ \w+)?\ reasonable\ control\b | \breasonabl[ey]\ foreseeable\b
    | \breasonable\ (?:skill\ and\ care|care\ and\ skill|doubt|person)\b
    | \b(?:fair,?\ (?:and\ )?)?reasonable,?\ and\ non-?discriminatory\b
    | \bappropriate\ technical\ and\ organi[sz]ational\ measures\b
    | \bregular\ (?:course|customers?|price|employees?|staff|mail)\b
    | \b(?:amended|updated|in\ force|applicable|changed|supplemented|replaced|varied)\ from\ time\ to\ time\b
    | \bfrom\ time\ to\ time\ (?:amended|in\ force)\b | \bagreed?\ from\ time\ to\ time\b""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = pattern(r"[\"“][^\"”]*[\"”]|'[^']*'(?!\w)|‘[^’]*’(?!\w)")
_MEASURE = pattern(
    r"""\d | \b(?: two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty
    | sixty|ninety|hundred|thousand|half|once|twice | hourly|daily|weekly|biweekly|fortnightly|monthly|quarterly
    | (?:half-)?yearly|annual(?:ly)? | (?:one|each|every|a|per)\ (?:\w+\ )?(?:hour|day|week|month|quarter|year)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OPEN_LIST = frozenset(("etc", "and so on", "and the like"))
# What beside a text of the same entry measures it: how well, and how soon or how often.
_SAYS_HOW = ("standard", "acceptance", "levels")
_SAYS_WHEN = ("due", "every", "response", "levels", "within", "notice", "until", "length")


@once
def texts(deal: Deal) -> tuple[tuple[Route, str], ...]:
    """Every free text that the other side may see, in the order of the file, with the way to it."""
    return tuple(
        (route, value)
        for route, value, schema in places(deal)
        if isinstance(value, str)
        and schema.get("type") == "string"
        and "x-form" not in schema
        and "enum" not in schema
    )


@rule(
    "wording-vague-duty",
    severity="warning",
    help="give a number, a date, a standard or an example by which both sides can tell whether it was done",
)
def vague_duty(deal: Deal) -> Iterator[Hit]:
    """A duty, the scope, a grant or the exit is not left to words without a measure.

    Read are the responsibilities, the scope with what is in and out of it and its territory, how milestones are
    accepted, grants and the exit. A word such as "reasonable" or "as needed" is found unless a number, date
    or rhythm stands in the same text, or the entry says elsewhere how well or how soon. Fixed terms of the
    law, such as "not unreasonably withheld", words in quotation marks and terms that the deal defines are
    passed over.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" sets vague agreements against the
    structured kind, and counts vague terms among the usual pitfalls. Courts do give "reasonable" a meaning,
    but only after the quarrel, and each side has by then paid to argue for its own.

    ## Bad
    ```yaml
    responsibilities:
      - activity: give adequate training as needed
        lead: acme
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: train two nurses of each clinic before it goes live
        lead: acme
    ```

    ## When to waive
    When the parties choose the elastic word on purpose, and would rather have a judge fill it than a number.
    """
    yield from _vague(deal, duty=True)


@rule(
    "wording-vague",
    yields="marketing-deliverable-no-date",
    severity="note",
    help="give a number, a date or a standard, if anything hangs on it",
)
def vague(deal: Deal) -> Iterator[Hit]:
    """No text outside the duties leans on a word without a measure.

    The same words as in `wording-vague-duty`, in all other texts.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" warns of vague terms. In a statement of
    purpose they do little harm; in a payment or a metric they may. It is a note, since only the parties can
    tell which.

    ## Bad
    ```yaml
    commercial:
      expenses: each party pays for appropriate travel
    ```

    ## Good
    ```yaml
    commercial:
      expenses: each party pays its own travel, by train in second class
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    yield from _vague(deal, duty=False)


@once
def _elastic(deal: Deal) -> list[tuple[Route, str]]:
    """The texts with a word that may want a measure. Of a deduction (`less`), `commercial-base-open` tells."""
    return [
        (route, text)
        for route, text in texts(deal)
        if (_MANNER.search(text) or _TIME.search(text)) and _last_key(route) not in _LABELS and "less" not in route
    ]


def _vague(deal: Deal, duty: bool) -> Iterator[Hit]:
    defined = {entry.text("term").casefold() for entry in deal.each("definitions")}
    for route, text in _elastic(deal):
        if _is_duty(route) is not duty:
            continue
        plain = _IDIOM.sub(" ", _QUOTED.sub(" ", text))
        if _MEASURE.search(plain):
            continue
        if route[0] in _CORE and _puts_off(plain):
            continue  # that it puts the bargain off is told already
        times = _TIME.findall(plain)
        words = [
            *_unmeasured(deal, route, _MANNER.findall(_TIME.sub(" ", plain)), _SAYS_HOW),
            *_unmeasured(deal, route, times, _SAYS_WHEN),
        ]
        found = list(dict.fromkeys(word.lower() for word in words if word.casefold() not in defined))
        if found:
            quoted = listed(f'"{word}"' for word in found[:2])
            verb = "leave" if set(found) <= _OPEN_LIST else "give"
            noun = "the list open" if verb == "leave" else "no measure"
            yield Hit(deal.path_of(route), f"{quoted} {verb}{'' if len(found) > 1 else 's'} {noun}")


def _is_duty(route: Route) -> bool:
    match route:
        case ("responsibilities" | "grants" | "exit", *_):
            return True
        case ("scope", "summary") | ("scope", *_, "in" | "out" | "territory", int()):
            return True
        case _:
            return "milestones" in route and route[-1] == "acceptance"


def _last_key(route: Route) -> str:
    return next((key for key in reversed(route) if isinstance(key, str)), "")


def _unmeasured(deal: Deal, route: Route, words: list[str], keys: Iterable[str]) -> list[str]:
    """The words, unless the entry in which they stand says elsewhere what would measure them."""
    entry = deal.get_route(route[:-1]) if words and isinstance(route[-1], str) else None
    inner = entry is not None and isinstance(entry.value, dict)
    if inner and entry and any(key != route[-1] and said(entry, key) for key in keys):
        return []
    return words


_TO_AGREE = pattern(
    r"""\bto\ be\ (?:mutually\ |jointly\ |further\ |separately\ )?
        (?: (?:agreed|negotiated|determined|decided|settled|worked\ out|finali[sz]ed)\b
            (?!\ (?:by|under|in\ accordance\ with)\ (?!(?:the|both|all)\ (?:parties|partners)\b|mutual\b))
        | (?:discussed|defined|confirmed|fixed)\ (?:later|in\ good\ faith|between|by\ (?:the|both)\ parties)\b )
    | \b(?:parties|partners|they|both|sides)\ (?:shall|will|must|may)\ (?:(?:then|later|mutually|jointly|further)\ )*
        (?:agree|negotiate|decide|settle)\b(?!\ that\b)
    | \bas\ (?:the\ )?(?:parties|partners|shareholders|owners|members|they|both|sides)
        \ (?:(?:may|shall|then|later|mutually|jointly)\ )*agree\b(?!\ that\b)
    | \b(?:parties|partners|they|both|sides)\ (?:(?:shall|will|must|may)\ )?
        (?:talk|meet|discuss|consult|negotiate)\b[^.;]{0,60}\ in\ good\ faith\b
    | \bsubject\ to\ (?:a\ |an\ )?(?:further|future|later|separate|mutual|subsequent)
        \ (?:agreement|negotiations?|discussions?)\b
    | \b(?:agreed|decided|determined|settled|negotiated)\ (?:upon\ )?(?:at\ a\ later\ (?:date|time|stage)|later)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FALLBACK = pattern(
    r"\b(?:failing|otherwise|until then|by default|in default of|expert|arbitrat\w+|mediat\w+|tie-?break\w*"
    r"|(?:if|where|unless|should) (?:\w+ ){1,3}?(?:not|cannot|fail|fails|do not|does not) agree)\b|\bif not\b",
    re.IGNORECASE,
)
_CORE = ("scope", "pilot", "ip", "commercial", "venture", "exit", "provisions")


@rule(
    "wording-agreement-to-agree",
    severity="warning",
    help="write the term; or who settles it where the parties do not agree; or `open:` with `who` and `by`",
)
def agreement_to_agree(deal: Deal) -> Iterator[Hit]:
    """No core text, of scope, pilot, IP, money, venture or exit, leaves its point to a later agreement.

    Words such as "to be agreed" or "the parties will negotiate" are found inside longer texts. A text that
    says what holds if they do not agree (an expert, a default) is passed over. A text that is nothing but
    such words is a placeholder, and `deal-placeholder` tells of it. Own words under `provisions` are read
    too.

    ## Why
    A promise to agree later on a core point binds nobody in English law (May and Butcher v The King, 1934;
    Walford v Miles, 1992), and other laws give little more than a claim for the costs of the talks. It was
    among the defects that we found in real, signed contracts. A way to settle the point without consent,
    such as an expert, makes it a term.

    ## Bad
    ```yaml
    ip:
      improvements: improvements of the sensor belong to a party to be agreed in good faith
    ```

    ## Good
    ```yaml
    ip:
      improvements: improvements of the sensor belong to Acme, whoever makes them
    ```

    ## When to waive
    When the point is small, and the deal works without it.
    """
    from termsheet.rules.deal import is_placeholder

    for route, text in texts(deal):
        if route[0] not in _CORE or _last_key(route) in _LABELS:
            continue
        found = _puts_off(_QUOTED.sub(" ", text))
        if found and not is_placeholder(text):
            yield Hit(deal.path_of(route), f'"{brief(found)}" leaves the point to a later agreement')


def _puts_off(text: str) -> str:
    """The words that leave a point to a later agreement, unless the text says what holds without one."""
    found = _TO_AGREE.search(text)
    return found[0] if found and not _FALLBACK.search(text) else ""


_LONG = 40
_END = pattern(r"(?<=[.!?])[\"”’)]*\s+|\n\s*(?:\n|[-*•]\s|\d+[.)]\s)")
_WORD = pattern(r"\w[\w'’./-]*")


@rule("wording-long-sentence", severity="note", help="break it into sentences of at most 40 words, or a list")
def long_sentence(deal: Deal) -> Iterator[Hit]:
    """No sentence has more than 40 words.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" asks for early legal counsel, and for
    language that all who work with the deal can follow. Guides to plain legal English advise an average of
    about twenty words; a sentence of more than forty mostly holds two terms, and the second is missed.

    ## Bad
    ```yaml
    scope:
      summary: >-
        Acme supplies sensors to the clinics of Borealis in Ireland and installs them and trains the staff of
        each clinic in their use while Borealis runs the service for the patients and answers their questions
        and bills the insurers and keeps the records that the law asks for and sends the figures to Acme.
    ```

    ## Good
    ```yaml
    scope:
      summary: >-
        Acme supplies sensors to the clinics of Borealis in Ireland, installs them and trains the staff.
        Borealis runs the service for the patients, bills the insurers and keeps the records.
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    for route, text in texts(deal):
        if len(text) <= 2 * _LONG:  # forty words and the spaces between them are longer
            continue
        longest = max(len(_WORD.findall(sentence)) for sentence in _END.split(text))
        if longest > _LONG:
            yield Hit(deal.path_of(route), f"a sentence of {longest} words is more than {_LONG}")


_BIDI = pattern("[\u202a-\u202e\u2066-\u2069]")
# Of no width: some always, and joiners and marks of direction where no script that needs them stands beside them.
_NO_WIDTH = pattern("[\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]|(?<=[!-~ ])[\u200c-\u200f](?=[!-~ ])")


@rule(
    "wording-hidden-direction",
    severity="error",
    since="sketch",
    help="delete the character; it is invisible, so type the text anew if need be",
)
def hidden_direction(deal: Deal) -> Iterator[Hit]:
    r"""No text holds a hidden character: one that turns the direction of writing, or one of no width.

    Those that join or part the letters of other scripts, as in Persian and in some signs of emotion, are passed over.

    ## Why
    The first makes a reader see another order of letters and figures than the file holds: 100 may show as 001.
    The Unicode Consortium (technical report 36, on security) warns of the trick, and it is known from source
    code as "Trojan Source" (CVE-2021-42574). The second makes two names that look the same and are not: no
    search finds the one by the other. A paper must say what its readers see.

    ## Bad
    ```yaml
    scope:
      summary: "Acme supplies \u202e001\u202c sensors."
    ```

    ## Good
    ```yaml
    scope:
      summary: Acme supplies 100 sensors.
    ```

    ## When to waive
    When the text is partly in Arabic or Hebrew and shows wrongly without the character.
    """
    for route, value, _ in places(deal):
        found = _BIDI.search(value) if isinstance(value, str) and not value.isascii() else None
        if found:
            text = f"the text holds the invisible character U+{ord(found[0]):04X}, which turns its direction"
            yield Hit(deal.path_of(route), text)
        elif isinstance(value, str) and not value.isascii() and (hidden := _NO_WIDTH.search(value)):
            text = f"the text holds the invisible character U+{ord(hidden[0]):04X}, which has no width"
            yield Hit(deal.path_of(route), text)


@rule(
    "wording-term-unused",
    needs="definitions",
    severity="warning",
    help="use the term exactly as it is defined, or take the definition out",
)
def term_unused(deal: Deal) -> Iterator[Hit]:
    """A term that the deal defines is used in it.

    ## Why
    A definition that nothing uses was left behind by an earlier draft, or its term is spelt another way where
    it matters, and there it has no defined meaning. A definition without a use is not printed. A term that
    the clauses themselves use is passed over.

    ## Bad
    ```yaml
    definitions:
      - term: Active Clinic
        means: a clinic that sent a reading in the last 30 days
    metrics:
      - name: Active clinics
    ```

    ## Good
    ```yaml
    definitions:
      - term: Active Clinic
        means: a clinic that sent a reading in the last 30 days
    metrics:
      - name: Active Clinics
    ```

    ## When to waive
    When only an annex uses the term.
    """
    written = "\n".join(text for _, text in texts(deal)) + _clauses()
    for entry in deal.each("definitions"):
        term = entry.text("term")
        if term and written.count(term) <= f"{term}\n{entry.text('means')}".count(term):
            yield Hit(entry.below("term"), f'"{brief(term)}" is defined and used nowhere')


@cache
def _clauses() -> str:
    """The text of every clause."""
    return "\n".join(path.read_text(encoding="utf-8") for path in data.folder("clauses").rglob("*.md"))
