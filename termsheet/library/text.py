"""From the Markdown of a clause to blocks of the Document.

The Markdown is parsed only after Jinja has run, and values are still tokens then, so that `*`, `|`, `#` and new lines
in a value mean themselves. Paragraphs at the top are running text; list items are (a), (i), (A) by depth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from termsheet.document import Block, Break, Inline, Open, Paragraph, Ref, Term, Text, Value, shown
from termsheet.errors import LibraryError
from termsheet.immutable import replace
from termsheet.library import markup
from termsheet.library.markup import Span
from termsheet.library.view import TOKEN, Printer
from termsheet.pattern import pattern

_STOP = pattern(r"(?<= [a-zß-öø-ÿ]{4})\.$|(?<=[a-zß-öø-ÿ]{5})\.$")  # that of a sentence; "Inc." keeps its own
# A sentence has ended: "Ltd." and "etc." end none, and neither does the stop of an initial.
_SENTENCE = pattern(r"[a-z)%”]{2}[a-z]{2}[.!?](?=\s+[A-Z“]|$)|[)%”\d][.!?](?=\s+[A-Z“])")
_BLANK = pattern(r"\n[ \t]*\n+")
_WITHIN = pattern(r"(?<![.;:!?])\n")  # a new line within a sentence
_CAMEL = pattern(r"[a-z]+[A-Z0-9]")  # eBay keeps its small letter
_BEGINS = pattern(r"\s*[a-zà-öø-ÿ](?![a-z]*[A-Z0-9])")
_GOES_ON = pattern(r"[.!?] [a-zà-öø-ÿ](?![A-Z0-9])")  # the first letter of a sentence within a text
_TABLE = pattern(
    r"^::: table (?P<path>\S+)(?: +(?P<caption>.+?))?[ \t]*\n(?P<columns>.*?)^:::[ \t]*$",
    re.MULTILINE | re.DOTALL,
)


class Draft(NamedTuple):
    """A paragraph before it has its id: its own name if it has one, its inlines, and how many lists are around it."""

    name: str
    inlines: tuple[Inline, ...]
    level: int


TableMaker = Callable[[str, str, str], Block | None]


def blocks(text: str, clause: str, printer: Printer, table: TableMaker) -> tuple[Block, ...]:
    """The blocks of a clause, its tokens as the printer kept them.

    `table(path, caption, columns)` makes a table, or None where there is nothing to show.
    """
    made: list[Block] = []
    place = 0
    for match in _TABLE.finditer(text) if "::: table " in text else ():
        made += _paragraphs(text[place : match.start()], clause, printer)
        found = table(match["path"], match["caption"] or "", match["columns"])
        made += [found] if found else []
        place = match.end()
    made += _paragraphs(text[place:], clause, printer)
    return tuple(unique(made))


def _paragraphs(text: str, clause: str, printer: Printer) -> list[Block]:
    words = printer.wording.words
    drafts = _drafts(text, printer.tokens, str(words["quotes"]))
    made = [piece for draft in _bracketed(drafts) for piece in _split(draft)]
    if any(draft.level for draft in made):
        made = _punctuated(_joined(made), str(words["and"]))
    return [_identified(draft, clause, order) for order, draft in enumerate(made, start=1)]


def _bracketed(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """An entry or a section that is open as a whole prints one bracket, however many of its keys the clause prints."""
    whole: set[str] = set()
    for draft in drafts:
        points = [inline for inline in draft.inlines if isinstance(inline, Open)]
        paths = {point.path for point in points}
        if not points:
            yield draft
        elif any(isinstance(inline, Value) for inline in draft.inlines):
            yield draft._replace(inlines=tuple(_once(draft.inlines)))
        elif len(points) > 1 and len(paths) == 1 and not paths <= whole:
            whole |= paths
            yield draft._replace(inlines=(points[0],))
        elif not paths <= whole:
            yield draft


def _once(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """Without the words between two brackets of one point that nothing of the deal parts, and without the second."""
    place = 0
    before = ""
    while place < len(inlines):
        inline = inlines[place]
        yield inline
        before += shown((inline,))
        place += 1
        if isinstance(inline, Open):
            rest = next(
                (n for n in range(place, len(inlines)) if not _is_same(inline, inlines[n])), len(inlines)
            )
            after = next((n + 1 for n in reversed(range(place, rest)) if isinstance(inlines[n], Open)), place)
            closed = _closing(before, shown(tuple(inlines[place:after])), shown(tuple(inlines[after:])))
            if closed:
                yield Text(closed)
                before += closed
            place = after
            if place < len(inlines):
                inlines = [*inlines[:place], _opened(before, inlines[place]), *inlines[place + 1 :]]


def _closing(before: str, left_out: str, after: str) -> str:
    """The signs that close what stands open before words that are left out, if they were among these."""
    return "".join(
        sign for opens, sign in (("“", "”"), ("(", ")"))
        if sign in left_out and (before + after).count(opens) > (before + after).count(sign)
    )  # fmt: skip


def _opened(before: str, inline: Inline) -> Inline:
    """Without a sign at the start that closes what has been left out."""
    if isinstance(inline, Text):
        opens = {"”": "“", ")": "("}.get(inline.text[:1])
        if opens and before.count(opens) <= before.count(inline.text[:1]):
            return replace(inline, text=inline.text[1:])
    return inline


def _is_same(point: Open, inline: Inline) -> bool:
    return isinstance(inline, Text) or (isinstance(inline, Open) and inline.path == point.path)


def _drafts(text: str, tokens: Sequence[tuple[Inline, ...]], quotes: str) -> Iterator[Draft]:
    """The paragraphs and list items; what else follows within an item joins it on a new line."""
    draft: Draft | None = None
    for piece in markup.pieces(text, quotes):
        inlines = _inlines(piece.spans, tokens, quotes)
        if piece.goes_on and draft is not None:
            draft = draft._replace(inlines=(*draft.inlines, Break(), *inlines))
            continue
        if draft is not None:
            yield draft
        # Where there is nothing but its name, all of its words were optional.
        draft = Draft(piece.name, tuple(_sentences(inlines, piece.level)), piece.level) if inlines else None
    if draft is not None:
        yield draft


def _sentences(inlines: Iterable[Inline], level: int) -> Iterator[Inline]:
    """The inlines, each sentence with a capital letter first; an item of a list may begin with a small one."""
    begins = not level
    for inline in inlines:
        if isinstance(inline, Text):
            words = _GOES_ON.sub(_upper, inline.text)
            first = _BEGINS.match(words) if begins else None
            words = _upper(first) + words[first.end() :] if first else words
            yield inline if words == inline.text else replace(inline, text=words)
        elif isinstance(inline, Value):
            if begins and not _CAMEL.match(inline.shown):
                inline = _as_shown(inline, inline.shown[:1].upper() + inline.shown[1:])
            words = inline.shown
            yield inline
        else:
            words = inline.text if isinstance(inline, Term) else shown((inline,))
            yield inline
        begins = words.endswith((". ", "! ", "? ")) or (begins and not words.strip())
        begins = begins and not isinstance(inline, Ref)


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _inlines(spans: Iterable[Span], tokens: Sequence[tuple[Inline, ...]], quotes: str) -> tuple[Inline, ...]:
    made: list[Inline] = []
    strong = emphasis = False
    opened = 0
    for kind, words in spans:
        if kind == markup.TEXT:
            made += resolved(words, tokens, strong=strong, emphasis=emphasis)
        elif kind == markup.STRONG:
            strong, opened = True, len(made)
        elif kind == markup.STRONG_END:
            strong = False
            made[opened:] = _defined(made[opened:], quotes[:2])
        elif kind in (markup.EMPHASIS, markup.EMPHASIS_END):
            emphasis = kind == markup.EMPHASIS
        elif kind == markup.LINK:
            made.append(Ref(words.removeprefix("#")))
        else:
            made.append(Text(" ") if kind == markup.SPACE else Break())
    return tuple(_tidied(made))


def resolved(
    text: str, tokens: Sequence[tuple[Inline, ...]], *, strong: bool = False, emphasis: bool = False
) -> list[Inline]:
    """Text with its tokens replaced by what they stand for."""
    made: list[Inline] = []
    for index, piece in enumerate(TOKEN.split(text)):
        if index % 2 and strong:
            made += [replace(inline, strong=True) if isinstance(inline, (Value, Text)) else inline
                     for inline in tokens[int(piece)]]  # fmt: skip
        elif index % 2:
            made += tokens[int(piece)]
        elif piece:
            made.append(Text(piece, strong, emphasis))
    return made


def _defined(inlines: list[Inline], marks: str) -> list[Inline]:
    """Bold words in quotation marks define a term."""
    words = shown(tuple(inlines))
    if words.startswith(marks[0]) and words.endswith(marks[1]):
        return [Term(words[1:-1], defines=True, marks=marks)]
    return inlines


def _tidied(inlines: list[Inline]) -> Iterator[Inline]:
    """Without empty text, and without a second full stop after a value that ends with one.

    A sentence of the deal that the clause goes on after loses its own full stop.
    """
    before = ""
    for inline, after in zip(inlines, [*inlines, None][1:], strict=True):
        if isinstance(inline, Text):
            if inline.text.startswith(".") and before.endswith((".", "!", "?")):
                inline = replace(inline, text=inline.text[1:])
            if not inline.text:
                continue
            before = ""
        elif isinstance(inline, Value):
            if isinstance(after, Text) and after.text.startswith((",", ";", ")")):
                inline = _as_shown(inline, _STOP.sub("", inline.shown))
            before = inline.shown
        else:
            before = ""
        yield inline


def _as_shown(value: Value, shown: str) -> Value:
    return value if shown == value.shown else replace(value, shown=shown)


def _split(draft: Draft) -> Iterator[Draft]:
    """A value of several paragraphs, alone in its paragraph, makes several; elsewhere it goes on in a new line."""
    values = [inline for inline in draft.inlines if isinstance(inline, Value) and "\n" in inline.shown]
    if not values:
        yield draft
    elif len(draft.inlines) == 1 and not draft.level:
        for piece in paragraphs_of(values[0].shown):
            yield draft._replace(inlines=(replace(values[0], shown=piece),))
    else:
        yield draft._replace(inlines=tuple(inline for whole in draft.inlines for inline in _broken(whole)))


def _broken(inline: Inline) -> Iterator[Inline]:
    if not isinstance(inline, Value) or "\n" not in inline.shown:
        yield inline
        return
    for index, piece in enumerate(paragraphs_of(inline.shown)):
        if index:
            yield Break()
        yield replace(inline, shown=piece)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text. Blank lines part them; without any, lines that end a sentence do."""
    text = text.strip("\n")
    if _BLANK.search(text):
        return [" ".join(piece.split("\n")) for piece in _BLANK.split(text)]
    return _WITHIN.sub(" ", text).split("\n")


def _punctuated(drafts: list[Draft], conjunction: str) -> list[Draft]:
    """Items of a list end as lawyers end them: `;`, `; and`, and a full stop; or each with its own full stop."""
    made = list(drafts)
    for group in lists(drafts):
        texts = [shown(drafts[index].inlines).rstrip() for index in group]
        sentences = any(_SENTENCE.search(text) for text in texts)
        for order, (index, text) in enumerate(zip(group, texts, strict=True)):
            if text.endswith((".", ";", ":", "!", "?", ",")):
                continue
            end = (
                "."
                if sentences or order == len(group) - 1
                else f"; {conjunction}"
                if order == len(group) - 2
                else ";"
            )
            made[index] = made[index]._replace(inlines=(*made[index].inlines, Text(end)))
    return made


def _joined(drafts: list[Draft]) -> list[Draft]:
    """A list of one item is no list: it goes on in the line that leads to it, or stands as running text.

    What lies below it moves up by a level.
    """
    made = list(drafts)
    while True:
        alone = [group[0] for group in lists(made) if len(group) == 1]
        if not alone:
            return made
        place = alone[0]
        item, below = made[place], _below(made, place)
        lead = made[place - 1] if place else None
        made[place + 1 : below] = [
            deeper._replace(level=deeper.level - 1) for deeper in made[place + 1 : below]
        ]
        if lead is not None and lead.level == item.level - 1 and (lead.level or _ends(lead, ":")):
            made[place - 1 : place + 1] = [_stopped(_run_on(lead, item))]
        else:
            made[place] = _stopped(item._replace(level=item.level - 1))


def _stopped(draft: Draft) -> Draft:
    """With a full stop, where it is running text now; items of a list get theirs with the others."""
    stops = draft.level or _ends(draft, ".;:!?")
    return draft if stops else draft._replace(inlines=(*draft.inlines, Text(".")))


def _below(drafts: list[Draft], place: int) -> int:
    """Where the drafts end that lie below an item."""
    level = drafts[place].level
    return next(
        (n for n in range(place + 1, len(drafts)) if drafts[n].level <= level), len(drafts)
    )


def _run_on(lead: Draft, item: Draft) -> Draft:
    """The item in the draft that leads to it: after its colon, or as a sentence of its own."""
    if _ends(lead, ":"):
        between, rest = " ", item.inlines
    else:
        between = " " if _ends(lead, ".!?") else ". "
        rest = (_capital(item.inlines[0]), *item.inlines[1:])
    return lead._replace(name=lead.name or item.name, inlines=(*lead.inlines, Text(between), *rest))


def _ends(draft: Draft, signs: str) -> bool:
    return shown(draft.inlines).rstrip().endswith(tuple(signs))


def _capital(inline: Inline) -> Inline:
    """With a capital letter first."""
    if isinstance(inline, Text):
        return replace(inline, text=inline.text[:1].upper() + inline.text[1:])
    if isinstance(inline, Value):
        return replace(inline, shown=inline.shown[:1].upper() + inline.shown[1:])
    return inline


def lists(paragraphs: Sequence[Draft | Paragraph]) -> Iterator[list[int]]:
    """The items of each list, as indices: neighbours of one level, with deeper ones between them."""
    running: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        for level in [level for level in running if level > paragraph.level]:
            yield running.pop(level)
        if paragraph.level:
            running.setdefault(paragraph.level, []).append(index)
    yield from running.values()


def _identified(draft: Draft, clause: str, order: int) -> Paragraph:
    """The paragraph under its clause and its own name; in a list, under the entry that its first value comes from."""
    paths = (inline.path for inline in draft.inlines if isinstance(inline, (Value, Open)))
    entry = next((path for path in paths if "[" in path), "")
    name = draft.name or ("" if entry else f"p{order}")
    key = entry.partition("[")[2].partition("]")[0]
    return Paragraph("/".join(part for part in (clause, name, key) if part), draft.inlines, draft.level)


def unique(made: Iterable[Block]) -> Iterator[Block]:
    """Blocks with an id each: a second one of the same name gets a number."""
    seen: dict[str, int] = {}
    for block in made:
        count = seen[block.id] = seen.get(block.id, 0) + 1
        yield replace(block, id=f"{block.id}-{count}") if count > 1 else block


def columns(text: str, clause: str) -> list[tuple[str, str]]:
    """The columns of a table: a path and a title, one a line."""
    made = []
    for line in filter(None, map(str.strip, text.splitlines())):
        path, colon, title = line.partition(":")
        if not colon:
            raise LibraryError(
                f"clause {clause} has a table column that is not of the form `path: Title`: {line}"
            )
        made.append((path.strip(), title.strip()))
    return made
