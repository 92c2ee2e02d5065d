"""Data: whose it is, on what footing it is shared, and what it may be used for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, brief, missing, rule, said, unclear

_EEA = frozenset(
    "austria belgium bulgaria croatia cyprus czechia czech denmark estonia finland france germany greece "  # noqa: SIM905
    "hungary iceland ireland italy latvia liechtenstein lithuania luxembourg malta netherlands norway poland "
    "portugal romania slovakia slovenia spain sweden".split()
)
_WATCHED = _EEA | {"england", "scotland", "wales", "kingdom", "switzerland", "swiss"}


@rule(
    "data-missing",
    severity="warning",
    help="say whether personal data is shared, in which roles, and whose the data is",
)
def no_data(deal: Deal) -> Iterator[Hit]:
    """Where a party brings data or grants a right to it, the deal has a section on data.

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
    if not said(deal, "data") and any(
        entry.text("kind") == "data" for path in ("contributions", "grants") for entry in deal.each(path)
    ):
        yield missing(deal, "data", "data is shared, and the deal has no section on it")


@rule(
    "data-no-owner",
    needs="data",
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
    if (said(deal, "data.sharing") or said(deal, "marketing.leads")) and not any(
        said(deal, path) for path in ("data.ownership", "data.leads", "marketing.leads.owner")
    ):
        yield missing(deal, "data.ownership", "the deal does not say whose the shared data is")


@rule(
    "data-no-model-training",
    needs="data",
    severity="warning",
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
    if (said(deal, "data.sharing") or deal.plain("data.personal") is True) and not said(
        deal, "data.model_training"
    ):
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


_ANY_PURPOSE = re.compile(r"\b(?:any|all|every) (?:\w+ )?purposes?\b|\bas it sees fit\b", re.IGNORECASE)


@rule(
    "data-no-roles",
    needs="data.personal",
    severity="error",
    help="say for each party whether it is a controller or a processor",
)
def no_roles(deal: Deal) -> Iterator[Hit]:
    """Where personal data is shared, each party's role under data protection law is stated.

    ## Why
    The role decides who answers to the people concerned, who reports a breach, and which agreement the law demands.

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
    if deal.plain("data.personal") is True and not said(deal, "data.roles"):
        yield missing(
            deal,
            "data.roles",
            "personal data is shared, and no party has a role",
            "roles:\n  - party: open\n    role: open  # such as: controller",
        )


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
    states. Its absence is a breach on the first day.

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
    if not said(deal, "data.agreement") and any(
        role.text("role") in ("processor", "sub-processor", "joint-controller", "service-provider")
        for role in deal.each("data.roles")
    ):
        yield missing(
            deal, "data.agreement", "data is processed for another, with no agreement", "agreement: open"
        )


@rule(
    "data-no-transfer-mechanism",
    needs=("data.personal", "parties"),
    severity="warning",
    help="name the mechanism, such as standard clauses or an adequacy decision; or say that no data leaves",
)
def no_transfer(deal: Deal) -> Iterator[Hit]:
    """Personal data that may leave Europe has a mechanism by which it does.

    ## Why
    The laws of the European Economic Area, the United Kingdom and Switzerland let personal data out only by
    an adequacy decision, standard clauses or the like. Parties that are all within the area need none.

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
    places = [set(party.text("jurisdiction").lower().replace(",", " ").split()) for party in parties]
    watched = any(words & _WATCHED for words in places)
    outside = [party for party, words in zip(parties, places, strict=True) if not words & _EEA]
    if watched and outside and len({party.text("jurisdiction") for party in parties}) > 1:
        place = brief(outside[0].text("jurisdiction"), 30)
        yield missing(deal, "data.transfers", f"personal data may cross to {place}, by no mechanism")


@rule(
    "data-personal-denied",
    needs="data",
    severity="error",
    since="sketch",
    help="say `personal: yes`, or leave out the roles and the agreement",
)
def personal_denied(deal: Deal) -> Iterator[Hit]:
    """Where no personal data is shared, no party has a role for it.

    ## Why
    Two entries that contradict each other: a regulator will believe the one that is worse for the parties.

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
