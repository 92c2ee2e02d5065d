"""IP: what each party brings and keeps, who owns what is new, and what the licences cover."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    limits,
    listed,
    missing,
    one_company,
    parties_without,
    rule,
    said,
    unclear,
    unsaid,
)
from termsheet.values.points import Point

_LIGHT = by_type(warning="co-marketing referral reseller")
_FOREGROUND = by_type(warning="co-marketing", note="referral reseller")


@rule(
    "ip-missing",
    severity="error",
    types=_LIGHT,
    help="say what each party brings and keeps, and who owns what is new",
)
def no_ip(deal: Deal) -> Iterator[Hit]:
    """The deal says who owns what.

    ## Why
    The article "Why Strategic Partnerships Fail and How to Succeed" asks for a clear answer to who owns what,
    because conflicts arise from vague IP terms, above all in joint development. Where nothing is said, the
    law of each country gives its own answer.

    ## Bad
    ```yaml
    scope:
      summary: The parties develop a connector together.
    ```

    ## Good
    ```yaml
    ip:
      background:
        - owner: acme
          what: the device software
        - owner: borealis
          what: the clinic portal
      foreground:
        - what: the connector
          rule: assigned
          owner: acme
    ```

    ## When to waive
    When a master agreement between the parties settles it; name it under `papers`.
    """
    if not said(deal, "ip"):
        yield missing(deal, "ip", "the deal does not say who owns what")


@rule(
    "ip-no-background",
    needs="ip",
    severity="warning",
    types=by_type(error="joint-venture licensing integration co-development"),
    help="list what each party brings and keeps, or name the annex that lists it; `none` where nothing",
)
def no_background(deal: Deal) -> Iterator[Hit]:
    """What each party brings and keeps is listed.

    ## Why
    After a year of joint work nobody can tell what was there before. A list, or an annex, made at the start
    draws the line. A party that is not on it may find that its own tools are counted as results.

    ## Bad
    ```yaml
    ip:
      background:
        - owner: acme
          what: the device software
    ```

    ## Good
    ```yaml
    ip:
      background:
        - owner: acme
          what: the device software
        - owner: borealis
          what: the clinic portal and its interfaces
    ```

    ## When to waive
    When a party brings money or customers only; `what: none` for it says so as well.
    """
    if not said(deal, "ip.background"):
        yield missing(deal, "ip.background", "the deal does not list what each party brings and keeps")
        return
    silent = parties_without(deal, "ip.background", "owner")
    if silent:
        text = f"no background IP of {called(deal, *silent)} is listed"
        yield missing(deal, "ip.background", text, parties=silent)


@rule(
    "ip-no-foreground",
    needs="ip",
    severity="error",
    types=_FOREGROUND,
    help="say for each result who owns it; `rule: none-created` where nothing new is meant to arise",
)
def no_foreground(deal: Deal) -> Iterator[Hit]:
    """The deal says who owns what is new.

    ## Why
    Of the 202 public partnership contracts that we counted, 29 % assign new IP to one party and 17 % share
    it; most of the others leave it to the law, which differs by country and by kind of right. In a licence,
    a rule on improvements will do; in joint marketing, one on the content.

    ## Bad
    ```yaml
    ip:
      background:
        - owner: acme
          what: the device software
        - owner: borealis
          what: the clinic portal
    ```

    ## Good
    ```yaml
    ip:
      background:
        - owner: acme
          what: the device software
      foreground:
        - what: reports and documents
          rule: maker
    ```

    ## When to waive
    When nothing is made together; `rule: none-created` says so without a waiver.
    """
    instead = {"licensing": "ip.improvements", "co-marketing": "marketing.content"}
    if not said(deal, "ip.foreground") and not any(
        said(deal, instead[kind]) for kind in deal.types if kind in instead
    ):
        yield missing(deal, "ip.foreground", "the deal does not say who owns what is new")


@rule(
    "ip-foreground-to-be-agreed",
    needs="ip",
    severity="error",
    types=_FOREGROUND,
    help="choose a rule; or write `open:` with `who` settles it and `by` when",
)
def foreground_to_be_agreed(deal: Deal) -> Iterator[Hit]:
    """Who owns a result is not left to be agreed, unless the deal says who settles it and by when.

    ## Why
    An agreement to agree on the core point of a deal binds nobody, and was among the defects that we found
    in signed contracts. Once the work has begun, each side argues from what it then holds. Open with a date
    is a plan; open without one is a gap.

    ## Bad
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule: open
    ```

    ## Good
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule:
            open:
              who: acme
              by: first draft of the agreement
        - what: reports and documents
          rule: maker
    ```

    ## When to waive
    For a result of little weight that no party means to use alone.
    """
    if _undated(deal, "ip.foreground"):
        yield Hit("ip.foreground", "who owns what is new is left to be agreed")
    for entry in deal.each("ip.foreground"):
        if not said(entry, "rule"):
            yield missing(entry, "rule", f"the deal does not say who owns {brief(entry.name)}")
        elif _undated(entry, "rule"):
            yield Hit(entry.below("rule"), f"who owns {brief(entry.name)} is left to be agreed")


def _undated(node: Node, path: str) -> bool:
    """Whether a point is open, and nothing says by when it will not be."""
    found = node.get(path)
    return (
        found is not None
        and isinstance(found.value, Point)
        and found.value.kind == "open"
        and not found.value.by
    )


@rule(
    "ip-foreground-no-owner",
    needs="ip.foreground",
    severity="error",
    types=_FOREGROUND,
    help="name the owner; for a split by field, the field of each party",
)
def foreground_no_owner(deal: Deal) -> Iterator[Hit]:
    """What is assigned names its one owner, and what is split by field names the fields.

    ## Why
    "Assigned" answers whether, not to whom; "by field" answers nothing without the fields. Both read as if
    the point were settled. What is assigned to two is owned jointly, and needs the rules of that.

    ## Bad
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule: assigned
    ```

    ## Good
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule: assigned
          owner: acme
        - what: the measuring method
          rule: field
          fields:
            acme: human medicine
            borealis: veterinary medicine
    ```

    ## When to waive
    Never; choose another rule instead.
    """
    for entry in deal.each("ip.foreground"):
        if entry.text("rule") == "assigned" and not said(entry, "owner"):
            yield missing(
                entry, "owner", f"{brief(entry.name)} is assigned, but not said to whom", "owner: open"
            )
        elif entry.text("rule") == "assigned" and len(entry.who("owner")) > 1:
            text = f"{brief(entry.name)} is assigned, but to more than one owner"
            yield Hit(
                entry.below("owner"), text, help="name one owner, or write `rule: joint` with its rules"
            )
        elif entry.text("rule") == "field" and len(entry.plain("fields") or ()) < 2:
            if not said(entry, "fields"):
                stub = "\n".join(["fields:", *(f"  {party}: open" for party in deal.party_ids)])
                text = f"{brief(entry.name)} is split by field, but no field is named"
                yield missing(entry, "fields", text, stub)
            elif not unclear(entry, "fields"):
                text = f"{brief(entry.name)} is split by field, but only one field is named"
                yield Hit(entry.below("fields"), text)


@rule(
    "ip-joint-without-rules",
    needs="ip.foreground",
    severity="error",
    types=_FOREGROUND,
    help="say whether a co-owner may license others, and whether it shares what it earns",
)
def joint_without_rules(deal: Deal) -> Iterator[Hit]:
    """Joint ownership says whether a co-owner may license others, and whether it shares what it earns.

    ## Why
    Joint ownership means different things in different countries: in the United States each owner of a
    patent may license alone and keep the money; in other countries neither may license without the other.
    Two lines replace all of these defaults.

    ## Bad
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule: joint
    ```

    ## Good
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule: joint
          third_party_licence: with-consent
          accounting: true
    ```

    ## When to waive
    When a joint venture company will own it; then the rule is `assigned`.
    """
    nouns = {"third_party_licence": "licences to others", "accounting": "what is earned"}
    for entry in deal.each("ip.foreground"):
        lacking = unsaid(entry, nouns) if entry.text("rule") == "joint" else []
        if lacking:
            what = listed((nouns[key] for key in lacking), "or")
            text = f'"{brief(entry.name, 22)}" is joint, with no rule on {what}'
            yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "ip-licence-open-ended",
    needs="grants",
    severity="warning",
    help="say in which field and territory the licence holds, and when it ends",
)
def licence_open_ended(deal: Deal) -> Iterator[Hit]:
    """Each licence has a field, a territory and an end.

    ## Why
    60 % of the 202 public partnership contracts that we counted grant a licence. One without field,
    territory or end is read as widely as its words allow, or as narrowly as a court likes. The words `none`
    and `perpetual: true` are answers.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        field: use in clinics
        territory:
          - Ireland
        ends: end
    ```

    ## When to waive
    For a licence under public terms, such as an open-source licence.
    """
    for grant in deal.each("grants"):
        if grant.text("kind") not in ("licence", "licence-back"):
            continue
        lacking = [] if said(grant, "field") or said(grant, "purpose") or said(grant, "for") else ["field"]
        lacking += [] if said(grant, "territory") or said(grant, "for") else ["territory"]
        for_ever = grant.plain("perpetual") is True or unclear(grant, "perpetual")
        lacking += [] if said(grant, "ends") or said(grant, "until") or for_ever else ["ends"]
        if lacking:
            nouns = ("end" if key == "ends" else key for key in lacking)
            text = f"{_grant(deal, grant)} has no {listed(nouns, 'or')}"
            yield missing(grant, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


def _grant(deal: Deal, grant: Node) -> str:
    noun = f"the {grant.text('kind').replace('-', ' ')}"
    for key in ("to", "from"):
        if len(grant.who(key)) == 1:
            return f"{noun} {key} {brief(called(deal, grant.who(key)[0]))}"
    return noun


@rule(
    "ip-no-brand-grant",
    severity="warning",
    types=by_type(error="co-marketing referral reseller", note="co-development pilot"),
    help="grant the use of each party's marks, with whose approval, and until when",
)
def no_brand_grant(deal: Deal) -> Iterator[Hit]:
    """Joint marketing has leave to use the marks.

    ## Why
    Each advertisement that shows both names uses the other's mark. Without leave it infringes, and without
    quality rules the owner may lose the mark. Units of one company share its marks.

    ## Bad
    ```yaml
    marketing:
      channels:
        - webinars
    ```

    ## Good
    ```yaml
    marketing:
      channels:
        - webinars
    grants:
      - kind: brand
        from: each
        to: each
        what: the marks of the parties
    ```

    ## When to waive
    When a guideline in force between the parties gives it; name it under `papers`.
    """
    calls_for_it = {"co-marketing", "referral", "reseller"} & set(deal.types)
    if not (deal.plain("marketing") or calls_for_it) or one_company(deal) or unclear(deal, "grants"):
        return
    kinds = [grant.text("kind") for grant in deal.each("grants")]
    if "brand" not in kinds and "" not in kinds:
        yield missing(deal, "grants", "nobody is given the right to use a brand")


@rule(
    "ip-brand-no-approval",
    needs="grants",
    severity="warning",
    help="say who approves a use and how soon, or name the guidelines or the quality to keep",
)
def brand_no_approval(deal: Deal) -> Iterator[Hit]:
    """The use of a brand has an approval, a quality rule or guidelines.

    ## Why
    An owner that lets others use its mark without control may lose it in some countries. And a partner that
    waits for an approval without days misses the campaign. An approval of all material, under
    `marketing.approvals`, covers the brand on it.

    ## Bad
    ```yaml
    grants:
      - kind: brand
        from: acme
        to: borealis
        what: the mark ACME
    ```

    ## Good
    ```yaml
    grants:
      - kind: brand
        from: acme
        to: borealis
        what: the mark ACME
        approval:
          by: acme
          within: 5 business days
    ```

    ## When to waive
    When the brand is only named in plain text.
    """
    for grant in deal.each("grants"):
        if grant.text("kind") != "brand":
            continue
        brand = f'"{brief(grant.text("what"), 30)}"' if grant.text("what") else "the brand"
        if said(grant, "approval"):
            if not said(grant, "approval.within"):
                text = f"the approval of uses of {brand} has no time limit"
                yield missing(grant, "approval.within", text, "within: open")
        elif len(unsaid(grant, ("quality", "guidelines"))) == 2 and not said(deal, "marketing.approvals"):
            text = f"nobody controls the use of {brand}"
            yield missing(grant, "approval", text, "approval:\n  by: open\n  within: open")
    if said(deal, "marketing.approvals") and not said(deal, "marketing.approvals.within"):
        text = "the approval of joint material has no days"
        yield missing(deal, "marketing.approvals.within", text, "within: open")


@rule(
    "ip-grant-short-of-territory",
    needs=("grants", "scope.territory"),
    severity="note",
    types=by_type(warning="co-marketing referral reseller"),
    help="extend the grant to the whole territory, or say under `scope` what is done where",
)
def grant_short_of_territory(deal: Deal) -> Iterator[Hit]:
    """A grant covers the territory of the deal.

    ## Why
    A campaign in two countries with leave to use the mark in one infringes it in the other. Only a grant that names
    some of the territories of the scope, word for word, and not the rest, is found.

    ## Bad
    ```yaml
    deal:
      title: Clinic campaign
      type: co-marketing
    scope:
      territory:
        - Ireland
        - Malta
    grants:
      - kind: brand
        from: acme
        to: borealis
        what: the mark ACME
        territory:
          - Ireland
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic campaign
      type: co-marketing
    scope:
      territory:
        - Ireland
        - Malta
    grants:
      - kind: brand
        from: acme
        to: borealis
        what: the mark ACME
        territory:
          - Ireland
          - Malta
    ```

    ## When to waive
    When the mark or the technology is used in one of the territories only.
    """
    if unclear(deal, "scope.territory") or unclear(deal, "grants"):
        return
    whole = [place for place in deal.plain("scope.territory") or () if isinstance(place, str)]
    covered: dict[tuple[str, ...], set[str]] = {}
    for grant in deal.each("grants"):
        places = grant.plain("territory")
        key = (grant.text("kind"), *grant.who("from"), "", *grant.who("to"))
        covered.setdefault(key, set()).update(
            places if isinstance(places, list) and not said(grant, "for") else whole
        )
    for grant in deal.each("grants"):
        key = (grant.text("kind"), *grant.who("from"), "", *grant.who("to"))
        got = covered.pop(key, set())
        left = [place for place in whole if place not in got]
        if left and grant.who("from") and got and got < set(whole):
            names = listed(f'"{brief(place, 20)}"' for place in left[:2])
            verb = "are" if left[1:] else "is"
            noun = {"licence": "licence", "brand": "brand grant"}.get(grant.text("kind"), "grant")
            giver = brief(called(deal, *grant.who("from")[:1]), 20)
            text = f"{names} {verb} in the scope, and not in the {noun} of {giver}"
            yield Hit(grant.below("territory"), text)


@rule(
    "ip-improvements-assigned-back",
    needs=("ip.foreground", "grants"),
    severity="note",
    help="let the maker own them and license them back, without exclusivity; or have competition counsel weigh it",
)
def improvements_assigned_back(deal: Deal) -> Iterator[Hit]:
    """Improvements that the holder of a licence makes are not assigned to the giver.

    ## Why
    A holder that hands over all that it improves has little reason to improve anything. European competition law
    does not exempt such a term, and other laws look at it as well.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the coating process
    ip:
      foreground:
        - what: improvements of the coating process
          made_by: borealis
          rule: assigned
          owner: acme
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the coating process
      - kind: licence-back
        from: borealis
        to: acme
        what: improvements of the coating process
        exclusivity: non-exclusive
    ip:
      foreground:
        - what: improvements of the coating process
          made_by: borealis
          rule: maker
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    licences = [grant for grant in deal.each("grants") if grant.text("kind") == "licence"]
    for entry in deal.each("ip.foreground"):
        makers, owners = set(entry.who("made_by")), set(entry.who("owner"))
        if entry.text("rule") != "assigned" or "improvement" not in entry.text("what").lower():
            continue
        if any(
            owners & set(grant.who("from")) and (makers - owners) & set(grant.who("to")) for grant in licences
        ):
            text = f'"{brief(entry.text("what"), 30)}" go to the giver of the licence'
            yield Hit(entry.below("rule"), text)


@rule(
    "ip-perpetual-with-end",
    needs="grants",
    severity="error",
    since="sketch",
    help="take out `perpetual`, or the end",
)
def perpetual_with_end(deal: Deal) -> Iterator[Hit]:
    """A right that never ends has no end.

    ## Why
    Two entries that contradict each other: the giver reads the end, and the holder the word.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        perpetual: true
        ends: 2030-12-31
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        perpetual: true
    ```

    ## When to waive
    Never.
    """
    for grant in deal.each("grants"):
        if grant.plain("perpetual") is True and (grant.text("ends") or grant.text("until")):
            yield Hit(grant.below("perpetual"), "the grant is perpetual, and yet it has an end")


@rule(
    "ip-foreground-twice",
    needs="ip.foreground",
    severity="error",
    since="sketch",
    help="keep one of them, or say what each is for",
)
def foreground_twice(deal: Deal) -> Iterator[Hit]:
    """What is new has one rule of ownership.

    ## Why
    One result that is joint in one line and the maker's in the next belongs to whoever sues first.

    ## Bad
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule: joint
        - what: the connector
          rule: maker
    ```

    ## Good
    ```yaml
    ip:
      foreground:
        - what: the connector
          rule: joint
        - what: the measuring method
          rule: maker
    ```

    ## When to waive
    Never.
    """
    held: dict[tuple[str, ...], Node] = {}
    for entry in deal.each("ip.foreground"):
        what = " ".join(entry.text("what").lower().split())
        if not what or not entry.text("rule") or unclear(entry, "made_by"):
            continue
        first = held.setdefault((what, *entry.who("made_by"), *limits(entry)), entry)
        if entry.text("rule") != first.text("rule"):
            yield Hit(entry.below("rule"), f'"{brief(entry.text("what"))}" has two rules of ownership')
        elif entry.who("owner") and first.who("owner") and set(entry.who("owner")) != set(first.who("owner")):
            yield Hit(entry.below("owner"), f'"{brief(entry.text("what"))}" is assigned twice, to two owners')


@rule(
    "ip-grant-back-exclusive",
    needs="grants",
    severity="warning",
    help="make the licence back non-exclusive",
)
def grant_back_exclusive(deal: Deal) -> Iterator[Hit]:
    """A licence back is not exclusive.

    ## Why
    A holder that must hand every improvement back for the giver alone has no reason to improve anything.
    European competition law does not exempt such a term, and the authorities of other places look at it
    as well.

    ## Bad
    ```yaml
    grants:
      - kind: licence-back
        from: borealis
        to: acme
        what: improvements of the device software
        exclusivity: exclusive
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence-back
        from: borealis
        to: acme
        what: improvements of the device software
        exclusivity: non-exclusive
    ```

    ## When to waive
    When counsel has weighed it, such as for an improvement that cannot be used without the original.
    """
    for grant in deal.each("grants"):
        if grant.text("kind") == "licence-back" and grant.text("exclusivity") == "exclusive":
            yield Hit(grant.below("exclusivity"), f"{_grant(deal, grant)} is exclusive")


@rule(
    "ip-perpetual-revocable",
    needs="grants",
    severity="warning",
    help="write `revocable: no` or `revocable: yes`",
)
def perpetual_revocable(deal: Deal) -> Iterator[Hit]:
    """A right that never ends says whether it may be taken back.

    ## Why
    Perpetual is not irrevocable: courts have let a giver end a perpetual licence for breach, and have kept
    one alive in spite of it. Both sides believe that the word says what they need.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        perpetual: true
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        perpetual: true
        revocable: false
    ```

    ## When to waive
    When the governing law answers it, and both sides know how.
    """
    for grant in deal.each("grants"):
        if grant.plain("perpetual") is True and not said(grant, "revocable"):
            what = brief(grant.text("what") or "the right", 30)
            text = f'"{what}" is given for ever; whether it may be taken back is not said'
            yield missing(grant, "revocable", text, "revocable: open")


@rule(
    "ip-no-publication",
    needs=("ip", "work_plan.phases"),
    severity="note",
    help="say who may publish, and how long the others may look first",
)
def no_publication(deal: Deal) -> Iterator[Hit]:
    """Joint research has a rule on publication.

    ## Why
    A talk at a conference can cost the patent: in most countries an invention must be new on the day it is
    filed. And a researcher who may not publish leaves. The rule speaks where a phase of the plan is research.

    ## Bad
    ```yaml
    work_plan:
      phases:
        - name: Laboratory
          kind: research
    ip:
      disclosure: within 30 days, by e-mail
    ```

    ## Good
    ```yaml
    work_plan:
      phases:
        - name: Laboratory
          kind: research
    ip:
      disclosure: within 30 days, by e-mail
      publication:
        by: each
        review: 30 days
        delay: 90 days
    ```

    ## When to waive
    When nobody in the work would publish, such as research into a market.
    """
    phases = deal.each("work_plan.phases")
    if any(phase.text("kind") == "research" for phase in phases) and not said(deal, "ip.publication"):
        stub = "publication:\n  by: open\n  review: open"
        yield missing(deal, "ip.publication", "research is planned, with no rule on publication", stub)


@rule(
    "ip-no-prosecution",
    needs="ip.rights",
    severity="note",
    help="say who files and pays, and who acts against infringers",
)
def no_prosecution(deal: Deal) -> Iterator[Hit]:
    """Where the deal names patents, marks or designs, it says who keeps them up and who enforces them.

    ## Why
    An application that nobody answers lapses, a patent ends with the first fee that is missed, and an
    infringer is left alone where each side waits for the other.

    ## Bad
    ```yaml
    ip:
      rights:
        - kind: application
          title: Cuff with two sensors
          owner: acme
    ```

    ## Good
    ```yaml
    ip:
      rights:
        - kind: application
          title: Cuff with two sensors
          owner: acme
      prosecution:
        - what: the application
          lead: acme
          cost: acme
      enforcement: Acme decides and pays; Borealis reports what it sees
    ```

    ## When to waive
    When the rights are named only to say whose they are.
    """
    filed = {"patent", "application", "utility-model", "trade-mark", "design", "plant-variety"}
    stubs = {
        "prosecution": "prosecution:\n  - what: open\n    lead: open\n    cost: open",
        "enforcement": "enforcement: open",
    }
    lacking = [key for key in stubs if not said(deal, f"ip.{key}")]
    if lacking and any(right.text("kind") in filed for right in deal.each("ip.rights")):
        what = listed(({"prosecution": "filing"}.get(key, key) for key in lacking), "or")
        text = f"registered rights are named, with no rule on {what}"
        yield missing(deal, f"ip.{lacking[0]}", text, "\n".join(stubs[key] for key in lacking))


@rule(
    "ip-no-licence",
    severity="warning",
    needs="ip",
    types=by_type(note="licensing co-marketing referral reseller pilot"),
    help="give the licence that the work needs, with purpose, territory and end, or write `grants: none`",
)
def no_licence(deal: Deal) -> Iterator[Hit]:
    """Where the parties work on what each brings, each may use what it needs.

    ## Why
    A list of what belongs to whom gives nobody the right to use it. Without a licence, however narrow,
    the first line of joint code infringes somebody's rights.

    ## Bad
    ```yaml
    ip:
      background:
        - owner: acme
          what: the device software
      foreground:
        - what: the connector
          made_by: jointly
          rule: maker
    ```

    ## Good
    ```yaml
    ip:
      background:
        - owner: acme
          what: the device software
      foreground:
        - what: the connector
          made_by: jointly
          rule: maker
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the interface of the device software
        exclusivity: non-exclusive
        purpose: to build the connector
        territory:
          - Ireland
        ends: end
    ```

    ## When to waive
    When an agreement in force between the parties holds the licences; name it under `papers`.
    """
    new = [entry for entry in deal.each("ip.foreground") if entry.text("rule") not in ("", "none-created")]
    if new and said(deal, "ip.background") and not said(deal, "grants") and not deal.point("ip.background"):
        yield missing(
            deal, "grants", "results are made with what each brings, and nobody is licensed to use it"
        )


@rule(
    "ip-grant-no-exclusivity",
    severity="warning",
    needs="grants",
    help="say `exclusive`, `sole` or `non-exclusive`",
)
def grant_no_exclusivity(deal: Deal) -> Iterator[Hit]:
    """A licence or appointment says whether others may have it too.

    ## Why
    The price of a right hangs on it, and where the paper is silent the law of each country guesses in
    its own way.

    ## Bad
    ```yaml
    exclusivity:
      - kind: non-solicit-customers
        binds: borealis
        except:
          - customers that it had before
        covers: clinics that Acme serves
        ends: end
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: to sell the monitors
        territory:
          - Ireland
    ```

    ## Good
    ```yaml
    grants:
      - kind: appointment
        from: acme
        to: borealis
        what: to sell the monitors
        exclusivity: non-exclusive
        territory:
          - Ireland
    ```

    ## When to waive
    When `exclusivity` settles it for the same right.
    """
    settled = any(entry.text("kind") in ("exclusive", "sole") for entry in deal.each("exclusivity"))
    spoken = said(deal, "exclusivity") or any(said(grant, "exclusivity") for grant in deal.each("grants"))
    if settled or not spoken or unclear(deal, "exclusivity"):
        return  # where nothing at all is said of exclusivity, a rule of that area tells
    for grant in deal.each("grants"):
        if grant.text("kind") in ("licence", "appointment") and not said(grant, "exclusivity"):
            text = f"{_grant(deal, grant)} has no `exclusivity`"
            yield missing(grant, "exclusivity", text, "exclusivity: open  # such as: non-exclusive")
