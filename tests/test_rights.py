"""Rights on paper: each grant has one clause, what is open is told once, and `none` means nobody."""

from __future__ import annotations

from typing import Any

import combinations
import pytest

from termsheet import source
from termsheet.assemble import assemble
from termsheet.document import Document, Open, shown
from termsheet.wellformed import checked

KINDS = ("licence", "brand", "licence-back", "access", "data", "open", "")
TYPES = ("licensing", "pilot", "co-development")


def paper(form: str = "term-sheet", kind: str = "pilot", **sections: str) -> Document:
    text = f"deal: {{title: A deal, type: {kind}, binding: listed}}\n"
    text += "parties:\n  - {id: acme, name: Acme Devices GmbH, short: Acme}\n  - {id: bora, name: Borealis Oy, short: Borealis}\n"
    text += "".join(f"{section}: {said}\n" for section, said in sections.items())
    deal, found = checked(source.parse(text, "deal.yaml"))
    assert not [finding.message for finding in found if finding.rule.startswith("schema-")]
    return assemble(deal, form, draft=True).document


def words(document: Document) -> str:
    return "\n".join(map(_text, document.clauses()))


def brackets(document: Document) -> list[str]:
    return [inline.shown for inline in document.inlines() if isinstance(inline, Open)]


@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
@pytest.mark.parametrize("deal", TYPES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_grant_has_one_clause(kind: str, deal: str, form: str) -> None:
    grant = {"kind": kind, "from": "acme", "to": "bora", "what": "the blue process"}
    said = ", ".join(f"{key}: {value}" for key, value in grant.items() if value)
    made = paper(form, deal, grants=f"[{{{said}}}]")
    homes = [clause.id for clause in made.clauses() if "the blue process" in _text(clause)]
    assert len(homes) == 1, homes


def _text(clause: Any) -> str:
    return "\n".join(shown(block.inlines) for block in clause.blocks)


@pytest.mark.parametrize(
    "grants",
    ["open", "[{kind: brand, from: open, to: open, what: open, approval: {by: open, within: open}, stop_use: open}]"],
)
def test_a_grant_that_is_still_open_is_one_open_point(grants: str) -> None:
    assert len(brackets(paper(grants=grants))) == 1


def test_rights_that_are_still_open_are_one_open_point() -> None:
    assert len(brackets(paper(ip="open", data="{personal: no}"))) == 1
    assert len(brackets(paper(data="open", ip="{feedback: free for all}"))) == 1


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("[{by: none}]", "No party may transfer its rights or duties under the deal."),
        ("[{by: each}]", "Each party may transfer its rights and duties under the deal."),
        ("[{by: [acme, bora], needs: each}]", "Acme and Borealis may transfer their rights or duties"),
    ],
)
def test_who_may_transfer(assignment: str, expected: str) -> None:
    assert expected in words(paper(legal=f"{{assignment: {assignment}}}"))


def test_words_around_a_grant() -> None:
    grant = "{kind: licence, from: acme, to: bora, what: the blue process, territory: [worldwide], revocable: open}"
    said = words(paper(grants=f"[{grant}]"))
    assert "Acme intends to grant Borealis a licence of the blue process, worldwide. Whether it may be taken" in said
    assert "Acme grants Borealis a licence" in words(paper("agreement", grants=f"[{grant}]"))


def test_what_one_party_is_to_own_is_assigned_in_the_agreement() -> None:
    new = "{foreground: [{what: the blue process, rule: assigned, owner: acme}]}"
    assert "The other party intends to assign to the owner" in words(paper(ip=new))
    assert "The other party assigns to the owner" in words(paper("agreement", ip=new))


def test_competitors_bind_themselves_to_competition_law() -> None:
    legal = "{antitrust: counsel is present at each meeting}"
    bound = {
        clause.id: clause.binding
        for competitors in ("yes", "no")
        for clause in paper(legal=legal, rationale=f"{{competitors: {competitors}}}").clauses()
    }
    assert bound["compliance.competitors"]
    assert not bound["compliance.antitrust"]


def test_the_texts_of_a_family_are_in_both_forms() -> None:
    for name in ("licence.grant", "ip.licence-project", "ip.brand-licence", "ip.licence-back", "grants.access"):
        assert combinations.only("term-sheet", name)
        assert combinations.only("agreement", name)
