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
    if unclear(deal, "ip") and not deal.plain("marketing"):
        return  # `ip: none`: no mark of one is used by the other
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
        text = "the approval of joint material has no time limit"
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
    loose = any(not grant.plain(key) for grant in deal.each("grants") for key in ("kind", "from", "to"))
    turned = any(grant.who("from") == grant.who("to") != deal.party_ids for grant in deal.each("grants"))
    if loose or turned or unclear(deal, "scope.territory") or unclear(deal, "grants"):
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
    yields="ip-perpetual-with-end",
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
