"""Data: whose it is, on what footing it is shared, and what it may be used for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.pattern import pattern
from termsheet.rules.rule import (
    Hit,
    brief,
    by_type,
    called,
    hidden,
    listed,
    missing,
    rule,
    said,
    sides,
    unclear,
)

_EEA = frozenset(
    "austria belgium bulgaria croatia cyprus czechia czech denmark estonia finland france germany greece "  # noqa: SIM905
    "hungary iceland ireland italy latvia liechtenstein lithuania luxembourg malta netherlands norway poland "
    "portugal romania slovakia slovenia spain sweden".split()
)
_KINGDOM = frozenset({"england", "scotland", "wales", "kingdom"})
_WATCHED = (
    _EEA | _KINGDOM | frozenset("switzerland swiss brazil singapore japan korea china turkey africa".split())  # noqa: SIM905
)


def country(jurisdiction: str) -> str:
    """The European country that a jurisdiction names, in one word, or nothing where it cannot be told."""
    words = set(jurisdiction.lower().replace(",", " ").split())
    named = ["kingdom"] if words & {*_KINGDOM, "northern"} else [*words & _EEA]
    return named[0] if len(named) == 1 else ""


@rule(
    "data-missing",
    severity="warning",
    help="say whether personal data is shared, in which roles, and whose the data is",
)
def no_data(deal: Deal) -> Iterator[Hit]:
    """Where the deal touches data, its own or that of customers, it has a section on data.

    ## Why
    Data that flows without a rule flows back to nobody. Who owns it, what it may be used for, and what becomes of it at
    the end are settled before the first file is sent.

    ## Bad
    ```yaml
    contributions:
      - by: acme
        kind: data
        what: anonymous readings
    ```

    ## Good
    ```yaml
    contributions:
      - by: acme
        kind: data
        what: anonymous readings
    data:
      personal: false
      ownership: Acme owns the readings
    ```

    ## When to waive
    When a separate agreement on the data is named under `papers`.
    """
    touched = _touched(deal)
    if not said(deal, "data") and touched:
        yield missing(deal, "data", f"{touched}, and the deal has no section on data")


def _is_brought(deal: Deal) -> bool:
    """Whether a party brings data, or grants a right to it."""
    return any(
        entry.text("kind") == "data" for path in ("contributions", "grants") for entry in deal.each(path)
    )


def _touched(deal: Deal) -> str:
    """How the rest of the deal touches data, in words; nothing where it does not."""
    if _is_brought(deal):
        return "a party brings data, or a right to it"
    if any(effect.text("what") == "data" and effect.text("rule") for effect in deal.each("exit.effects")):
        return "`exit.effects` says what becomes of data"
    if any(paper.text("kind") == "data-processing" for paper in deal.each("papers")):
        return "`papers` names an agreement on data"
    return "`marketing.leads` says whose the leads are" if said(deal, "marketing.leads") else ""


@rule(
    "data-no-owner",
    severity="warning",
    help="say who owns the shared data, or the leads",
)
def no_owner(deal: Deal) -> Iterator[Hit]:
    """Where data is shared, the deal says whose it is.

    ## Why
    Lead and customer data is often the most valuable thing that a partnership makes. Both sides hold a copy, and each
    thinks it its own.

    ## Bad
    ```yaml
    data:
      sharing:
        - what: contacts of clinics
          from: acme
          to: borealis
    ```

    ## Good
    ```yaml
    data:
      ownership: Acme owns its contacts
      sharing:
        - what: contacts of clinics
          from: acme
          to: borealis
    ```

    ## When to waive
    When `ip` settles it.
    """
    if any(said(deal, path) for path in ("data.ownership", "data.leads", "marketing.leads.owner")):
        return
    if deal.each("data.sharing") or (said(deal, "data") and _is_brought(deal)):
        yield missing(deal, "data.ownership", "the deal does not say who owns the shared data")
    elif deal.plain("marketing.leads") and not _is_brought(deal):
        yield missing(deal, "marketing.leads.owner", "the deal does not say who owns the shared leads")


@rule(
    "data-no-model-training",
    needs="data",
    severity="warning",
    types=by_type(note="co-marketing referral"),
    help="write `no`, `with-consent`, `anonymised` or `yes`",
)
def no_model_training(deal: Deal) -> Iterator[Hit]:
    """Where data flows, the deal says whether it may train models.

    ## Why
    What a model has learnt cannot be handed back at the end. Silence is read as leave by the side that has the data.

    ## Bad
    ```yaml
    data:
      sharing:
        - what: device readings
          from: acme
          to: borealis
    ```

    ## Good
    ```yaml
    data:
      model_training: no
      sharing:
        - what: device readings
          from: acme
          to: borealis
    ```

    ## When to waive
    When only figures on paper are shared.
    """
    flows = deal.each("data.sharing") or deal.plain("data.personal") is True or _is_brought(deal)
    if flows and not said(deal, "data.model_training"):
        yield missing(deal, "data.model_training", "the deal does not say whether the data may train models")


@rule(
    "data-any-purpose",
    needs="data.personal",
    severity="warning",
    help="say what it is used for, and that it is used for nothing else",
)
def any_purpose(deal: Deal) -> Iterator[Hit]:
    """Personal data that is shared has a purpose.

    ## Why
    Data protection laws from Brazil to South Africa let personal data be used only for what it was collected
    for. "For any purpose" is a promise that the one who shares it may not make; silence is read in the same
    way by the one who gets it.

    ## Bad
    ```yaml
    data:
      personal: true
      sharing:
        - what: names and numbers of patients
          from: acme
          to: borealis
    ```

    ## Good
    ```yaml
    data:
      personal: true
      sharing:
        - what: names and numbers of patients
          from: acme
          to: borealis
          purpose: to arrange the first visit
    ```

    ## When to waive
    When the data agreement lists the purposes.
    """
    if deal.plain("data.personal") is not True:
        return
    flows = deal.each("data.sharing")
    for node, key in (
        (deal, "data.usage"),
        *((flow, word) for flow in flows for word in ("purpose", "limits")),
    ):
        if _ANY_PURPOSE.search(node.text(key)):
            yield Hit(node.below(key), "personal data may be used for any purpose")
            return
    if said(deal, "data.agreement") or said(deal, "data.usage"):
        return
    for flow in flows:
        if not said(flow, "purpose") and not said(flow, "limits"):
            text = f'nothing says what "{brief(flow.name)}" may be used for'
            yield missing(flow, "purpose", text, "purpose: open")
            return


_ANY_PURPOSE = pattern(r"\b(?:any|all|every) (?:\w+ )?purposes?\b|\bas it sees fit\b", re.IGNORECASE)


@rule(
    "data-no-roles",
    needs="data.personal",
    severity="error",
    help="say for each party whether it is a controller or a processor",
)
def no_roles(deal: Deal) -> Iterator[Hit]:
    """Where personal data is shared, each party's role under data protection law is stated.

    ## Why
    The role decides who answers to the people concerned, who reports a breach, and which agreement the law demands. A
    party on whose behalf another processes has its role by that.

    ## Bad
    ```yaml
    data:
      personal: true
    ```

    ## Good
    ```yaml
    data:
      personal: true
      roles:
        - party: acme
          role: controller
        - party: borealis
          role: processor
    ```

    ## When to waive
    When the law of no party knows such roles.
    """
    if deal.plain("data.personal") is not True:
        return
    if not said(deal, "data.roles"):
        yield missing(
            deal,
            "data.roles",
            "personal data is shared, and no party has a role",
            "roles:\n  - party: open\n    role: open  # such as: controller",
        )
        return
    silent = _without_role(deal) if deal.plain("data.personal") is True else []
    if silent:
        stub = "\n".join(f"- party: {party}\n  role: open" for party in silent)
        text = f"personal data is shared, and no role of {called(deal, *silent)} is stated"
        yield missing(deal, "data.roles", text, stub)


def _without_role(deal: Deal) -> list[str]:
    """The parties between whom data flows and of whom no role is stated; of three, the flows tell which."""
    roles, flows = _ends(deal, "data.roles", "party", "behalf"), _ends(deal, "data.sharing", "from", "to")
    if roles is None or flows is None:
        return []
    involved = {*deal.party_ids} if len(deal.party_ids) == 2 else flows
    return [party for party in deal.party_ids if party in involved - roles]


def _ends(deal: Deal, path: str, *keys: str) -> set[str] | None:
    """The parties that a list names under these keys; None where a Point leaves that unclear."""
    places = [(entry, key) for entry in deal.each(path) for key in keys]
    if unclear(deal, path) or any(unclear(entry, key) for entry, key in places):
        return None
    return {side for entry, key in places for word in entry.who(key) for side in sides(deal, word)}


@rule(
    "data-no-agreement",
    needs="data.roles",
    severity="warning",
    help="name the agreement under `papers`, and refer to it here",
)
def no_agreement(deal: Deal) -> Iterator[Hit]:
    """Processing for another, or joint control, has an agreement.

    ## Why
    Articles 26 and 28 of the General Data Protection Regulation ask for one, and so do the laws of many
    states. Its absence is a breach on the first day. One that stands under `papers` will do.

    ## Bad
    ```yaml
    data:
      personal: true
      roles:
        - party: borealis
          role: processor
    ```

    ## Good
    ```yaml
    papers:
      - id: dpa
        title: Data processing agreement
        kind: data-processing
        status: to-be-signed
    data:
      personal: true
      agreement: dpa
      roles:
        - party: borealis
          role: processor
    ```

    ## When to waive
    When this paper itself holds the terms that the law asks for.
    """
    named = any(paper.text("kind") == "data-processing" for paper in deal.each("papers"))
    if (
        said(deal, "data.agreement")
        or named
        or hidden(deal, "papers")
        or deal.plain("data.personal") is False
    ):
        return
    held = {role.text("role") for role in deal.each("data.roles")}
    if held & {"processor", "sub-processor", "service-provider"}:
        text = "data is processed for another, with no agreement"
    elif "joint-controller" in held:
        text = "the parties control data together, with no agreement"
    else:
        return
    yield missing(deal, "data.agreement", text, "agreement: open")


@rule(
    "data-no-transfer-mechanism",
    needs=("data.personal", "parties"),
    severity="warning",
    help="name the mechanism, such as standard clauses or an adequacy decision; or say that no data leaves",
)
def no_transfer(deal: Deal) -> Iterator[Hit]:
    """Personal data that may leave a country whose law watches its borders has a mechanism by which it does.

    ## Why
    The laws of the European Economic Area, the United Kingdom, Switzerland, Brazil, China, Japan, Korea,
    Singapore, South Africa and Turkey let personal data out only by an adequacy decision, standard clauses,
    consent or the like. Parties that are all within the European Economic Area need none.

    ## Bad
    ```yaml
    parties:
      - id: acme
        jurisdiction: Germany
      - id: corvus
        jurisdiction: Delaware
    data:
      personal: true
    ```

    ## Good
    ```yaml
    parties:
      - id: acme
        jurisdiction: Germany
      - id: corvus
        jurisdiction: Delaware
    data:
      personal: true
      transfers: under the standard contractual clauses of the European Commission
    ```

    ## When to waive
    When the data stays on one side of the border; say so in `transfers`.
    """
    parties = deal.each("parties")
    if deal.plain("data.personal") is not True or said(deal, "data.transfers"):
        return
    if unclear(deal, "parties") or not all(party.text("jurisdiction") for party in parties):
        return
    places = [_words(party.text("jurisdiction")) for party in parties]
    watched = any(words & _WATCHED for words in places)
    outside = [party for party, words in zip(parties, places, strict=True) if not words & _EEA]
    if watched and outside and len({party.text("jurisdiction") for party in parties}) > 1:
        ends = dict.fromkeys(party.text("jurisdiction") for party in parties)
        between = listed(brief(place, 40 // len(ends)) for place in ends)
        text = f"personal data may cross between {between}, by no mechanism"
        yield missing(deal, "data.transfers", text)


def _words(place: str) -> set[str]:
    return {*place.lower().replace("northern ireland", "united kingdom").replace(",", " ").split()}


@rule(
    "data-leads-no-consent",
    needs="marketing.leads",
    severity="warning",
    help="say to what the people have agreed, and where (`marketing.leads.consent`)",
)
def leads_no_consent(deal: Deal) -> Iterator[Hit]:
    """Leads that two parties follow up have agreed to it.

    ## Why
    In most countries a person may be written to only by those to whom they said yes. A list that one side gathered
    is of no use to the other without that, and a fine to both.

    ## Bad
    ```yaml
    marketing:
      leads:
        owner: Acme
        share: with Borealis, each week
    ```

    ## Good
    ```yaml
    marketing:
      leads:
        owner: Acme
        share: with Borealis, each week
        consent: a box on the form that names both companies
    ```

    ## When to waive
    When leads are companies, and no person is written to.
    """
    told = [flow.text(key) for flow in deal.each("data.sharing") for key in ("purpose", "limits", "what")]
    told += [role.text("basis") for role in deal.each("data.roles")]
    if deal.plain("data.personal") is False or said(deal, "marketing.leads.consent"):
        return
    if not any(re.search(r"\b(?:consent|agreed|opt)", text, re.IGNORECASE) for text in told):
        text = "leads are followed up, and nothing says that they agreed to it"
        yield missing(deal, "marketing.leads.consent", text, "consent: open")


@rule(
    "data-leads-two-owners",
    needs=("data.leads", "marketing.leads.owner"),
    severity="error",
    since="sketch",
    help="say it in one of the two places",
)
def leads_two_owners(deal: Deal) -> Iterator[Hit]:
    """A lead has one owner, wherever the deal says whose it is.

    ## Why
    Leads that belong to both in one paragraph, and to one of them in the next, are written to by both.

    ## Bad
    ```yaml
    data:
      leads: Leads belong to both parties.
    marketing:
      leads:
        owner: Acme
        consent: a box on the form
    ```

    ## Good
    ```yaml
    data:
      leads: Leads belong to Acme.
    marketing:
      leads:
        owner: Acme
        consent: a box on the form
    ```

    ## When to waive
    When the two speak of different leads.
    """
    first, second = (_owners(deal, deal.text(path)) for path in ("data.leads", "marketing.leads.owner"))
    everyone = set(deal.party_ids)
    if first and second and (not first & second or (first != second and everyone in (first, second))):
        yield Hit("data.leads", "the deal says in two places whose a lead is, and not the same")


def _owners(deal: Deal, text: str) -> set[str]:
    """The one party that a text names, or all where it says so; none where it is unclear."""
    if re.search(r"\b(?:to both|both (?:parties|sides)|jointly)\b", text, re.IGNORECASE):
        return set(deal.party_ids)
    named = {
        party.text("id")
        for party in deal.each("parties")
        for word in (party.text("id"), party.text("short"), party.text("name"))
        if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    }
    return named if len(named) == 1 else set()


@rule(
    "data-personal-denied",
    needs="data",
    severity="error",
    since="sketch",
    help="say `personal: yes`, or leave out the roles and the agreement",
)
def personal_denied(deal: Deal) -> Iterator[Hit]:
    """Where no personal data is shared, no party has a role for it, and no names of people are shared.

    ## Why
    Two entries that contradict each other: a regulator will believe the one that is worse for the parties. Names,
    e-mail addresses and telephone numbers of people at work are personal data as well.

    ## Bad
    ```yaml
    data:
      personal: false
      roles:
        - party: acme
          role: controller
    ```

    ## Good
    ```yaml
    data:
      personal: true
      roles:
        - party: acme
          role: controller
    ```

    ## When to waive
    Never.
    """
    if deal.plain("data.personal") is False and (deal.each("data.roles") or deal.text("data.agreement")):
        yield Hit("data.personal", "no personal data is shared, and yet it has roles or an agreement")
        return
    for flow in deal.each("data.sharing") if deal.plain("data.personal") is False else ():
        if _PEOPLE.search(flow.text("what")):
            text = f'no personal data is shared, and yet "{brief(flow.text("what"))}" is'
            yield Hit("data.personal", text)
            return


_PEOPLE = pattern(
    r"\b(?:e-?mail addresses|(?:tele)?phone numbers|(?:cell|mobile) numbers|dates? of birth|passports?|health data"
    r"|(?:patient|staff|employee|personnel) (?:records?|files?|data|lists?))\b"
    r"|\bnames\b.*\b(?:crews?|staff|employees|patients|customers|members|users|people|persons|guests|contacts)\b",
    re.IGNORECASE,
)


@rule(
    "data-personal-not-said",
    severity="warning",
    needs="data",
    help="say `personal: true` or `personal: false`",
)
def personal_not_said(deal: Deal) -> Iterator[Hit]:
    """The section on data says whether personal data is among it.

    ## Why
    Personal data brings duties that no agreement can waive: a legal basis, roles, security, rules for
    export. Whether there is any is the first question of every data protection officer.

    ## Bad
    ```yaml
    data:
      ownership: each party owns what it collects
    ```

    ## Good
    ```yaml
    data:
      personal: false
      ownership: each party owns what it collects
    ```

    ## When to waive
    Write `personal: open` while it is being found out.
    """
    if not said(deal, "data.personal"):
        yield missing(deal, "data.personal", "the deal does not say whether personal data is shared")


@rule(
    "data-no-security",
    severity="warning",
    yields="data-no-agreement",
    needs="data",
    help="say how the data is kept safe, or name the data protection agreement",
)
def no_security(deal: Deal) -> Iterator[Hit]:
    """Personal data that is shared is kept safe in a stated way.

    ## Why
    The General Data Protection Regulation asks for measures that fit the risk, and the party that
    suffers a leak is asked what was agreed.

    ## Bad
    ```yaml
    data:
      personal: true
    ```

    ## Good
    ```yaml
    data:
      personal: true
      security: encrypted in transit and at rest
    ```

    ## When to waive
    When the data protection agreement named under `agreement` holds the measures.
    """
    elsewhere = said(deal, "data.agreement") or said(deal, "integration.security_review")
    if deal.plain("data.personal") is True and not said(deal, "data.security") and not elsewhere:
        yield missing(deal, "data.security", "personal data is shared, and nothing says how it is kept safe")
