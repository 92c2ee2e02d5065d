"""Assemble: the clauses that a deal calls for, rendered and put together as a Document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from termsheet import forms, numbering, spelling
from termsheet.coverage import unused
from termsheet.deal import Deal, Node
from termsheet.definitions import with_definitions
from termsheet.digests import sha256
from termsheet.document import (
    Block,
    Clause,
    Cover,
    CoverParty,
    Document,
    Furniture,
    Inline,
    Open,
    Paragraph,
    Part,
    Signature,
    SignatureLine,
    Text,
    Value,
    Words,
    block_inlines,
    shown,
)
from termsheet.document import OpenPoint as StillOpen
from termsheet.errors import LibraryError
from termsheet.house import NO_HOUSE, House
from termsheet.immutable import immutable, replace
from termsheet.library import text
from termsheet.library.callables import Names
from termsheet.library.clause import NONE, SCHEDULE
from termsheet.library.running import run
from termsheet.library.shelf import shelved
from termsheet.library.shelves import Shelves, shelves
from termsheet.library.table import table
from termsheet.library.view import OpenPoint, Printer, at, entry_key
from termsheet.private import public
from termsheet.proof import Remark, proof
from termsheet.select import Chosen, Selector
from termsheet.style import Style
from termsheet.values.points import Point
from termsheet.wording import Wording, wording

_WORDS = ("term", "summary", "open_points", "signatures", "signature", "contents", "schedule")


@immutable
class Assembly:
    """The Document, the clauses left out (each with the reason), and what the deal gives that no clause used.

    `foreign` are the clauses that nobody has put into the language of the deal, and the form if it is one of them.
    `remarks` are those of its proof-reader. `digest` tells deal, library and form apart from others.
    """

    document: Document
    left_out: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    foreign: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    digest: str = ""


def assemble(
    deal: Deal, form: str | forms.Form = "term-sheet", *, draft: bool = False, style: Style | None = None,
    house: House | Shelves = NO_HOUSE,
) -> Assembly:  # fmt: skip
    """The paper of a deal in a form, in the house's style. The deal is checked: nothing malformed may stand in it.

    It is made from the clauses and forms of termsheet and of a house, or from the shelves that are given. Raises
    LibraryError where a clause or the form is not well formed.
    """
    return _Assembler(deal, form, draft, style, house).assembly()


def variants(deal: Deal, clause: str, form: str = "term-sheet", house: House = NO_HOUSE) -> tuple[str, ...]:
    """The variants of a clause that the paper of a deal prints; none where it is not in."""
    return _Assembler(deal, form, True, None, house).variants(clause)


class _Assembler:
    def __init__(self, deal: Deal, form: str | forms.Form, draft: bool, style: Style | None,
                 house: House | Shelves) -> None:  # fmt: skip
        stock = house if isinstance(house, Shelves) else shelves(house)
        self.deal = deal
        self.draft = draft
        self.language = deal.text("deal.language") or "en-GB"
        self.form = forms.shelved(form, stock.templates, self.language) if isinstance(form, str) else form
        self.library = shelved(stock.clauses, self.language)
        self.foreign = [] if self.form.own_words else [f"the form {self.form.name}"]
        self.wording: Wording = wording(
            self.language, deal.text("deal.currency"), self._called, style, stock.templates
        )
        self.printer = Printer(deal, self.wording)
        self.said: dict[str, list[str]] = {}
        self.selector = Selector(deal, self.form, self.library, self.printer)
        self.selection = self.selector.select()
        self.names = Names(self.printer, included=self.selection.included, binding=self.selection.binding,
                           form=self.form)  # fmt: skip

    def assembly(self) -> Assembly:
        document = with_definitions(
            self._document(), self.deal, self._definition, self.library, self.wording.words
        )
        document = self._numbered(replace(document, parts=tuple(self._lettered(document.parts))))
        points = tuple(self._open_points(document))
        if points:
            document = self._numbered(replace(document, open_points=points))
        standing = {clause.id for clause in document.clauses()}
        empty = [(chosen.id, "it has nothing to say") for _, part in self.selection.parts for chosen in part
                 if chosen.id not in standing]  # fmt: skip
        document = spelling.respelt(document, self.wording.spelling, self.deal)
        foreign, digest = tuple(dict.fromkeys(self.foreign)), self._digest()
        self._withheld()
        unsaid = tuple(path for path in unused(self.deal, self.printer.used) if not self._leaves(path))
        return Assembly(document, (*self.selection.left_out, *empty), unsaid, foreign,
                        proof(document, self.deal, self.library, self.wording.words), digest)  # fmt: skip

    def _withheld(self) -> None:
        """Look at what the clauses would say that the deal leaves out; it is told already that they are left out."""
        for chosen in self.selection.withheld:
            for form in ("", *[SCHEDULE] * ("schedule" in self.form.words)):
                with suppress(LibraryError):  # it is left out, perhaps for that
                    self._blocks(chosen, form)

    def _digest(self) -> str:
        """Of what anybody may see of the deal, of the texts that were printed, and of the form."""
        deal = json.dumps(public(self.deal), sort_keys=True, default=repr).encode()
        texts = b"\0".join(self.library[id].content for id in sorted(self.said))
        parts = (("deal", deal), ("library", texts), ("form", repr(replace(self.form, files=())).encode()))
        return " ".join(f"{name}:{sha256(content)[:16]}" for name, content in parts)

    def _numbered(self, document: Document) -> Document:
        words = self.form.words
        return numbering.numbered(document, words.get("schedule", ""), words.get("schedule_paragraph", ""))

    def _leaves(self, path: str) -> bool:
        """Whether the form has nothing to say of a path; where it leaves a clause, of the entries that this has."""
        for left in self.form.leaves:
            clause = self.library.get(left)
            paths = [entry._path for entry in self.selector.entries(clause)] if clause else [left]
            if any(path == place or path.startswith((f"{place}.", f"{place}[")) for place in paths):
                return True
        return False

    def variants(self, clause: str) -> tuple[str, ...]:
        """The variants of a clause that are printed."""
        parts = (chosen for _, part in self.selection.parts for chosen in part)
        for chosen in (*self.selection.intro, *parts, *self.selection.closing):
            if chosen.id == clause and chosen.source is not None:
                self._blocks(chosen)
        return tuple(dict.fromkeys(self.said.get(clause, ())))

    def _document(self) -> Document:
        return Document(
            title=self._caption(self.form.title),
            subtitle=self._caption(self.form.subtitle),
            intro=tuple(self._standing(self.selection.intro)),
            parts=tuple(self._parts()),
            schedules=tuple(self._schedules()),
            cover=self._cover(),
            form=self.form.name,
            layout=self.form.layout,
            signatures_last=self.form.signatures == "last",
            closing=tuple(self._standing(self.selection.closing)),
            signatures=tuple(self._signatures()),
            language=self.language,
            paper=self.deal.text("deal.paper_size") or ("letter" if self.language == "en-US" else "a4"),
            theme=self.wording.style.theme,
            furniture=self._furniture(),
            words=Words(**{key: self.form.words[key] for key in _WORDS if key in self.form.words},
                        paragraph=self.form.noun),
            subject=self.deal.text("deal.title"),
            keywords=tuple(self.deal.party_name(party) for party in self.deal.party_ids),
        )  # fmt: skip

    def _parts(self) -> Iterator[Part]:
        binds = self.deal.text("deal.binding") != "nothing"
        for part, chosen in self.selection.parts:
            made = tuple(clause for item in chosen if (clause := self._clause(item)).blocks)
            yield Part(part.id, part.heading, made, part.binding and binds, part.kind)

    def _lettered(self, parts: Sequence[Part]) -> Iterator[Part]:
        """The parts that stand, each with its letter where the form counts them: "Part A – Commercial terms"."""
        pattern = self.form.words.get("part")
        for order, part in enumerate(parts):
            letter = chr(ord("A") + order)
            yield replace(part, heading=_captioned(pattern, letter, part.heading)) if pattern else part

    def _schedules(self) -> Iterator[Clause]:
        """What clauses leave to the end of the paper, in the order of the clauses, where the form has schedules."""
        if "schedule" not in self.form.words:
            return
        for chosen in (chosen for _, part in self.selection.parts for chosen in part):
            if chosen.source is None or chosen.open_path or chosen.none:
                continue
            made = self._blocks(chosen, SCHEDULE)
            if made:
                title = chosen.text.schedule or chosen.text.title
                yield Clause(f"{chosen.id}/{SCHEDULE}", title, made, chosen.binding)

    # -- clauses

    def _clause(self, chosen: Chosen) -> Clause:
        if chosen.provision is not None:
            return self._provision(chosen, chosen.provision)
        return Clause(chosen.id, chosen.text.title, self._blocks(chosen), chosen.binding)

    def _blocks(self, chosen: Chosen, form: str = "") -> tuple[Block, ...]:
        source = chosen.text
        self.printer.clause = source.id
        if chosen.open_path:
            return (self._bracket(source.id, chosen.open_path),)
        if not source.each or chosen.none:
            return self._rendered(chosen, {}, form)
        entries = self.selector.entries(source)
        blocks = [block for entry in entries for block in self._rendered(chosen, {"entry": entry}, form)]
        return tuple(text.unique(blocks))

    def _rendered(self, chosen: Chosen, more: Mapping[str, Any], form: str = "") -> tuple[Block, ...]:
        """The blocks of a clause in the form of the paper, or those of its schedule."""
        source = chosen.text
        context = {**self.selector.roots, **self.names.context(chosen.binding), **more}
        variant = NONE if chosen.none else self.selector.variant(source, context)
        if form and not source.has(variant, form):
            return ()
        self.printer.clause = f"{source.id}/{form}" if form else source.id
        self.said.setdefault(source.id, []).append(variant)
        if not source.in_own_words(variant, form or self.form.name):
            self.foreign.append(source.id)
        words = run(source.text(variant, form or self.form.name), context, source.id)
        return text.blocks(words, self.printer.clause, self.printer, self._table)

    def _bracket(self, clause: str, path: str) -> Paragraph:
        """The one bracket of a clause whose subject is still open."""
        return Paragraph(f"{clause}/open", (self._view(path)._inline(),))

    def _view(self, path: str) -> Any:
        """What a clause sees at a path of the deal."""
        return at(self.selector.roots, path)

    def _table(self, path: str, caption: str, columns: str) -> Block | None:
        return table(self.printer, list(self._view(path)), path, caption, columns)

    def _resolved(self, words: str) -> tuple[Inline, ...]:
        return tuple(text.resolved(words, self.printer.tokens))

    # -- standing text

    def _standing(self, chosen: Sequence[Chosen]) -> Iterator[Paragraph]:
        for item in chosen:
            for block in self._blocks(item):
                if not isinstance(block, Paragraph) or block.level:
                    raise LibraryError(
                        f"clause {item.id} has no number, and can hold neither a table nor a list"
                    )
                yield block

    def _caption(self, template: str) -> str:
        """A caption of the form, as plain text."""
        self.printer.clause = f"of the form {self.form.name}"
        context = {**self.selector.roots, "draft": self.draft}
        words = spelling.spelt(run(template, context, self.printer.clause), self.wording.spelling)
        return shown(self._resolved(words))

    def _cover(self) -> Cover | None:
        page = self.form.cover
        if not page:
            return None
        parties = tuple(CoverParty(self._named(party), self._as(page["as"], party["role"]))
                        for party in self.printer.root("parties"))  # fmt: skip
        return Cover(self._caption(page["date"]), page["between"], page["and"], parties)

    def _as(self, pattern: str, role: Any) -> tuple[Inline, ...]:
        """The role of a party in a pattern ("as {}"); nothing where it has none."""
        if not role or isinstance(role, OpenPoint):
            return ()
        return self._resolved(_captioned(pattern, str(role)))

    def _named(self, party: Any) -> tuple[Inline, ...]:
        return self._resolved(str(party["name"])) if party["name"] else (Text(party._path),)

    def _furniture(self) -> Furniture:
        page = self.form.furniture
        first = tuple(filter(None, (self._caption(line) for line in page.get("first_left", ()))))
        return Furniture(first, self._caption(page.get("left", "")), self._caption(page.get("right", "")),
                         self._caption(page.get("footer", "")), page.get("page_of", ""),
                         page.get("watermark", "") if self.draft else "",
                         page.get("internal", Furniture.internal))  # fmt: skip

    # -- definitions and provisions

    def _definition(self, name: str) -> tuple[Block, ...]:
        source = self.library[name]
        return self._rendered(Chosen(name, binding=False, source=source), {})

    def _provision(self, chosen: Chosen, entry: Node) -> Clause:
        """A provision, printed as it is written."""
        body = entry.get("text")
        if body is None or isinstance(body.value, Point):
            point = body.value if body is not None else Point("open", f"text of “{entry.name}”")
            view = OpenPoint(self.printer, point, (*entry.route, "text"))
            return Clause(
                chosen.id, entry.name, (Paragraph(f"{chosen.id}/text", (view._inline(),)),), chosen.binding
            )
        self.printer.used.update({entry.route, body.route})
        paragraphs = tuple(
            Paragraph(f"{chosen.id}/p{order}", (Value(body.path, body.value, piece),))
            for order, piece in enumerate(text.paragraphs_of(body.value), start=1)
        )
        return Clause(chosen.id, entry.name, paragraphs, chosen.binding)

    # -- signatures and open points

    def _signatures(self) -> Iterator[Signature]:
        for party in self.printer.root("parties"):
            signatories = list(party["signatories"]) or [None]
            for order, signatory in enumerate(signatories, start=1):
                yield self._signature(party, signatory, order)

    def _signature(self, party: Any, signatory: Any, order: int) -> Signature:
        words = self.form.words
        person = bool(party["person"])
        lines = (
            []
            if person
            else [
                self._line(words["name"], signatory, "name"),
                self._line(words["title"], signatory, "title"),
            ]
        )
        lines.append(self._line(words["date"], signatory, "date"))
        lead = words["signed_by"] if person else words["signed_for"]
        return Signature(f"signature/{entry_key(party)}/{order}", lead, self._named(party), tuple(lines))

    def _line(self, label: str, signatory: Any, key: str) -> SignatureLine:
        value = signatory[key] if signatory is not None else None
        if not value or isinstance(value, OpenPoint):
            return SignatureLine(label)
        return SignatureLine(label, self._resolved(str(value)))

    def _open_points(self, document: Document) -> Iterator[StillOpen]:
        seen: set[str] = set()
        for clause in document.clauses():
            for block in clause.blocks:
                for inline in block_inlines(block):
                    if isinstance(inline, Open) and not inline.withheld and inline.path not in seen:
                        seen.add(inline.path)
                        target = block.id if isinstance(block, Paragraph) else clause.id
                        yield StillOpen(
                            inline.path, inline.shown.strip("[]● "), target, by=self._turn(inline.path)
                        )

    def _turn(self, path: str) -> str:
        node = self.deal.get_route(self.deal.route_of(path))
        return (
            self._called(node.value.who) if node and isinstance(node.value, Point) and node.value.who else ""
        )

    # -- names

    def _called(self, word: str) -> str:
        found = self.deal.declared.get(word)
        if found is None or not isinstance(found.value, str):
            return word
        self.printer.used.add(found.route)  # who is named where it acts is told, though no clause lists it
        body = found.route[:2] == ("governance", "bodies")
        return self.wording.body(found.value) if body else found.value


def _captioned(pattern: str, *words: str) -> str:
    """The pattern with each `{}` replaced in turn. Not `str.format`, which reaches into what it is given."""
    for word in words:
        pattern = pattern.replace("{}", word, 1)
    return pattern
