"""IP: what each party brings and keeps, who owns what is new, and what the licences cover."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    listed,
    missing,
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
    types=by_type(error="joint-venture licensing integration co-development", note="referral reseller"),
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
    help="name the owner; for a split by field, the field of each party",
)
def foreground_no_owner(deal: Deal) -> Iterator[Hit]:
    """What is assigned names its owner, and what is split by field names the fields.

    ## Why
    "Assigned" answers whether, not to whom; "by field" answers nothing without the fields. Both read as if
    the point were settled.

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
        elif entry.text("rule") == "field" and not said(entry, "fields"):
            stub = "\n".join(["fields:", *(f"  {party}: open" for party in deal.party_ids)])
            yield missing(
                entry, "fields", f"{brief(entry.name)} is split by field, but no field is named", stub
            )


@rule(
    "ip-joint-without-rules",
    needs="ip.foreground",
    severity="error",
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
    nouns = {"third_party_licence": "licensing others", "accounting": "sharing what is earned"}
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
        lacking += [] if said(grant, "ends") or said(grant, "until") or said(grant, "perpetual") else ["ends"]
        if lacking:
            nouns = ("end" if key == "ends" else key for key in lacking)
            text = f"{_grant(deal, grant)} has no {listed(nouns, 'or')}"
            yield missing(grant, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


def _grant(deal: Deal, grant: Node) -> str:
    noun = f"the {grant.text('kind')}"
    for key in ("from", "to"):
        if len(grant.who(key)) == 1:
            noun += f" {key} {brief(called(deal, grant.who(key)[0]), 20)}"
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
    quality rules the owner may lose the mark.

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
    if not (said(deal, "marketing") or calls_for_it) or unclear(deal, "grants") or deal.point("grants"):
        return
    if not any(grant.text("kind") == "brand" or unclear(grant, "kind") for grant in deal.each("grants")):
        yield missing(deal, "grants", "nobody is given the right to use a brand")


@rule(
    "ip-brand-no-approval",
    needs="grants",
    severity="warning",
    help="say who approves a use and within how many days, or name the guidelines",
)
def brand_no_approval(deal: Deal) -> Iterator[Hit]:
    """The use of a brand has an approval, a quality rule or guidelines.

    ## Why
    An owner that lets others use its mark without control may lose it in some countries. And a partner that
    waits for an approval without days misses the campaign.

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
        if said(grant, "approval"):
            if not said(grant, "approval.within"):
                text = f'the approval of uses of "{brief(grant.text("what"), 30)}" has no days'
                yield missing(grant, "approval.within", text, "within: open")
        elif not said(grant, "quality") and not said(grant, "guidelines"):
            text = f'nobody controls the use of "{brief(grant.text("what") or "the brand")}"'
            yield missing(grant, "approval", text, "approval:\n  by: open\n  within: open")


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
            yield Hit(grant.below("perpetual"), "the grant never ends, and yet it has an end")


@rule(
    "ip-foreground-twice",
    needs="ip.foreground",
    severity="error",
    since="sketch",
    help="keep one rule, or say what each is for",
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
    held: dict[str, str] = {}
    for entry in deal.each("ip.foreground"):
        key = " ".join(entry.text("what").lower().split())
        mine = entry.text("rule") + entry.text("owner")
        if any(said(entry, part) for part in ("for", "if", "unless", "territory", "made_by")) or not mine:
            continue
        if key and held.setdefault(key, mine) != mine:
            yield Hit(entry.below("rule"), f'"{brief(entry.text("what"))}" has two rules of ownership')
