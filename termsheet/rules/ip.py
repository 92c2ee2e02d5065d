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
            text = f"{brief(entry.name, 30)} is owned jointly, with no rule on {what}"
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


@rule(
    "ip-sublicence-no-terms",
    needs="grants",
    severity="warning",
    help="say under `sublicence` whether it may be passed on, and under `sublicence_terms` on what terms",
)
def sublicence_no_terms(deal: Deal) -> Iterator[Hit]:
    """A right that may be passed on says on what terms; in a licensing deal, a licence says whether it may be.

    ## Why
    Whether the sublicensee pays, is bound to the same duties, and keeps its right when the licence ends are
    three questions that a bare "yes" leaves to the law of the place. Silence means no in some countries and
    yes in others.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        sublicence: yes
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        sublicence: yes
        sublicence_terms: in writing, no wider than this licence; each ends with it
    ```

    ## When to waive
    When a policy of the giver settles it; name it under `guidelines`.
    """
    for grant in deal.each("grants"):
        if grant.text("sublicence") == "yes" and not said(grant, "sublicence_terms"):
            text = f"{_grant(deal, grant)} may be passed on, on no terms"
            yield missing(grant, "sublicence_terms", text, "sublicence_terms: open")
        elif grant.text("kind") == "licence" and "licensing" in deal.types and not said(grant, "sublicence"):
            text = f"{_grant(deal, grant)} does not say whether it may be passed on"
            yield missing(grant, "sublicence", text, "sublicence: open  # such as: with-consent")


@rule(
    "ip-diligence-loose",
    needs="grants",
    severity="warning",
    help="say by when it must be achieved, and what happens to the right if it is not",
)
def diligence_loose(deal: Deal) -> Iterator[Hit]:
    """What a holder must achieve to keep its right has a date and a consequence.

    ## Why
    A milestone without a date is never missed, and one without a consequence may be missed for nothing. The
    owner of an exclusive right that lies idle then has no way to get it back.

    ## Bad
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        diligence:
          - what: first sale in Ireland
    ```

    ## Good
    ```yaml
    grants:
      - kind: licence
        from: acme
        to: borealis
        what: the device software
        diligence:
          - what: first sale in Ireland
            by: 2028-06-30
            if_missed: the licence becomes non-exclusive
    ```

    ## When to waive
    When a right to leave refers to it.
    """
    nouns = {"by": "date", "if_missed": "consequence"}
    for grant in deal.each("grants"):
        for entry in grant.each("diligence"):
            lacking = unsaid(entry, nouns)
            if lacking:
                text = f'"{brief(entry.name)}" has no {" and no ".join(nouns[key] for key in lacking)}'
                yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "ip-challenge-barred",
    needs="ip.no_challenge",
    severity="note",
    help="give the owner a right to end the deal instead: `ground: challenge` under `exit.rights`",
)
def challenge_barred(deal: Deal) -> Iterator[Hit]:
    """Nobody is barred outright from contesting a right.

    ## Why
    The public has an interest in bad patents being struck down. In the United States a licensee may contest
    what it licenses (Lear v Adkins, 1969), and the competition law of the European Union lets an owner end
    an exclusive licence on a challenge rather than forbid it.

    ## Bad
    ```yaml
    ip:
      no_challenge: Borealis does not contest the patents of Acme
    ```

    ## Good
    ```yaml
    ip:
      background:
        - owner: acme
          what: the sensor patents
    exit:
      rights:
        - ground: challenge
          by: acme
          what: Borealis contests the patents of Acme
    ```

    ## When to waive
    In the settlement of a dispute about the right itself.
    """
    if deal.text("ip.no_challenge"):
        yield Hit("ip.no_challenge", "contesting a right is barred outright")


_REGISTERED = ("patent", "application", "utility-model", "design", "trade-mark", "plant-variety")


@rule(
    "ip-right-not-identified",
    needs="ip.rights",
    severity="warning",
    help="copy the number from the register, and the country in which it holds",
)
def right_not_identified(deal: Deal) -> Iterator[Hit]:
    """A registered right has its number and its country.

    ## Why
    A title is shared by a whole family of patents. The number says which of them is licensed, whether it is
    in force, and who stands in the register as its owner. A number that begins with the letters of an office
    needs no country.

    ## Bad
    ```yaml
    ip:
      rights:
        - kind: patent
          title: Pressure sensor with two chambers
          owner: acme
    ```

    ## Good
    ```yaml
    ip:
      rights:
        - kind: patent
          title: Pressure sensor with two chambers
          number: EP 3 118 204
          owner: acme
    ```

    ## When to waive
    For an application that is not yet filed.
    """
    for right in deal.each("ip.rights"):
        if right.text("kind") not in _REGISTERED or (
            right.text("kind") == "application" and not said(right, "filed")
        ):
            continue
        lacking = unsaid(right, ("number", "country"))
        if right.text("number")[:2].isalpha():
            lacking = []
        if lacking:
            noun = right.text("kind").replace("-", " ")
            text = f'the {noun} "{brief(right.name)}" has no {listed(lacking, "or")}'
            yield missing(right, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "ip-granted-by-another",
    needs=("grants", "ip.rights"),
    severity="error",
    help="name the owner's licence under `papers`, let the owner grant it, or correct the owner",
)
def granted_by_another(deal: Deal) -> Iterator[Hit]:
    """Who grants a right owns it, or holds a licence that the deal names.

    ## Why
    Nobody can give what it does not have. Rights that began in a university or with a founder often still
    stand in that name, and a licence from the company alone then grants nothing.

    ## Bad
    ```yaml
    third_parties:
      - id: college
        name: Galway College
    grants:
      - kind: licence
        from: acme
        to: borealis
        over:
          - sensor
    ip:
      rights:
        - id: sensor
          kind: patent
          title: Pressure sensor
          owner: college
    ```

    ## Good
    ```yaml
    third_parties:
      - id: college
        name: Galway College
    papers:
      - title: Licence of Galway College to Acme
        kind: licence
        status: signed
    grants:
      - kind: licence
        from: acme
        to: borealis
        over:
          - sensor
    ip:
      rights:
        - id: sensor
          kind: patent
          title: Pressure sensor
          owner: college
    ```

    ## When to waive
    When the right is transferred to the giver before the deal takes effect; name the condition.
    """
    if unclear(deal, "papers") or any(paper.text("kind") == "licence" for paper in deal.each("papers")):
        return
    rights = {right.text("id"): right for right in deal.each("ip.rights") if right.text("id")}
    for grant in deal.each("grants"):
        for name in grant.plain("over") or ():
            right = rights.get(name) if isinstance(name, str) else None
            owners = right.who("owner") if right else []
            if right and owners and grant.who("from") and not {*owners} & {*grant.who("from")}:
                node = deal.declared.get(owners[0])
                owner = deal.party_name(owners[0]) if node is None else str(node.value)
                giver = brief(called(deal, grant.who("from")[0]), 20)
                text = f'"{brief(right.name, 30)}" belongs to {brief(owner, 26)}, and {giver} grants it'
                yield Hit(right.below("owner"), text)


@rule(
    "ip-no-filing",
    needs="ip",
    severity="note",
    types=by_type(warning="licensing co-development", off="co-marketing referral reseller"),
    help="say under `ip.prosecution` who files, who pays, and who may step in",
)
def no_filing(deal: Deal) -> Iterator[Hit]:
    """For what is owned jointly, and for each right of which the deal speaks of filing, somebody files and pays.

    ## Why
    A patent lapses when a fee is not paid, and an invention that was shown before it was filed is lost in
    most countries. Between two owners, each may think that the other files.

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
      prosecution:
        - what: joint patents
          lead: acme
          cost: each
    ```

    ## When to waive
    When the result is software or a text, for which nothing is filed.
    """
    joint = [entry for entry in deal.each("ip.foreground") if entry.text("rule") == "joint"]
    if joint and not said(deal, "ip.prosecution"):
        text = f'the deal does not say who files and pays for "{brief(joint[0].name, 30)}"'
        stub = "prosecution:\n  - what: open\n    lead: open\n    cost: open"
        yield missing(deal, "ip.prosecution", text, stub)
    nouns = {"lead": "file", "cost": "pay"}
    for entry in deal.each("ip.prosecution"):
        lacking = unsaid(entry, nouns)
        if lacking:
            does = " or ".join(nouns[key] for key in lacking)
            text = f'nobody is named to {does} for "{brief(entry.name)}"'
            yield missing(entry, lacking[0], text, "\n".join(f"{key}: open" for key in lacking))


@rule(
    "ip-publication-no-review",
    needs="ip.publication",
    severity="warning",
    help="give the others some weeks to look first, as `review`, and time to file, as `delay`",
)
def publication_no_review(deal: Deal) -> Iterator[Hit]:
    """Who publishes results shows them to the others first.

    ## Why
    What is published can no longer be patented in most countries, and is no secret any more. Practice gives
    the others 30 to 60 days to look, and up to 90 more to file.

    ## Bad
    ```yaml
    ip:
      publication:
        by: borealis
    ```

    ## Good
    ```yaml
    ip:
      publication:
        by: borealis
        review: 30 days
        delay: 90 days
        silence: approved
    ```

    ## When to waive
    When all that is published is public already.
    """
    if not said(deal, "ip.publication.review"):
        writers = deal.get("ip.publication")
        names = brief(called(deal, *writers.who("by")), 40) if writers and writers.who("by") else "a party"
        text = f"{names} may publish results, and nobody may look first"
        yield missing(deal, "ip.publication.review", text, "review: open  # such as: 30 days")


@rule(
    "ip-grant-revocable",
    needs="grants",
    severity="note",
    types=by_type(warning="integration licensing reseller referral"),
    help="say on what ground and with what notice, under `exit.rights`; or write `revocable: no`",
)
def grant_revocable(deal: Deal) -> Iterator[Hit]:
    """A right is not taken back at any time, for any reason.

    ## Why
    Who builds on a right that may be gone tomorrow builds on sand: the other side can ask for new terms on
    any day. A condition under `if` or `unless` is an answer.

    ## Bad
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    grants:
      - kind: access
        from: acme
        to: borealis
        what: the device interface
        revocable: true
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    grants:
      - kind: access
        from: acme
        to: borealis
        what: the device interface
        revocable: false
    ```

    ## When to waive
    For a free right on which nothing is built.
    """
    for grant in deal.each("grants"):
        if grant.plain("revocable") is True and not said(grant, "if") and not said(grant, "unless"):
            text = f"{_grant(deal, grant)} may be taken back at any time"
            yield Hit(grant.below("revocable"), text)
