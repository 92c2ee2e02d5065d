"""Integration: who builds and keeps it, how versions change, and who is called when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.pattern import pattern
from termsheet.rules.rule import Hit, brief, by_type, called, missing, rule, said, sides


@rule(
    "integration-missing",
    severity="off",
    types=by_type(warning="integration"),
    help="say what is connected, who builds and keeps it, how versions change, and who is called when it fails",
)
def no_integration(deal: Deal) -> Iterator[Hit]:
    """A deal to integrate says what is connected and who keeps it running.

    ## Why
    The work of an integration begins when it is live: interfaces change, and calls fail at night.

    ## Bad
    ```yaml
    deal:
      title: Booking link
      type: integration
    ```

    ## Good
    ```yaml
    deal:
      title: Booking link
      type: integration
    integration:
      endpoints:
        - booking interface
      build: acme
    ```

    ## When to waive
    When a technical paper of the parties settles it; name it under `annexes`.
    """
    if not said(deal, "integration"):
        yield missing(deal, "integration", "the deal does not say what is connected")


@rule(
    "integration-no-deprecation",
    needs="integration",
    severity="warning",
    help="give the time before an old version is switched off, such as 6 months",
)
def no_deprecation(deal: Deal) -> Iterator[Hit]:
    """Old versions of an interface are switched off only after a time.

    ## Why
    A party that switches off a version on short notice takes the other's customers off the air.

    ## Bad
    ```yaml
    integration:
      build: acme
    ```

    ## Good
    ```yaml
    integration:
      build: acme
      versions:
        deprecation: 6 months
    ```

    ## When to waive
    When the interface belongs to a public platform that sets the time.
    """
    if not said(deal, "integration.versions.deprecation"):
        text = "the deal does not say how long an old version still works"
        yield missing(deal, "integration.versions.deprecation", text)


@rule(
    "integration-no-incident-contact",
    needs="integration",
    severity="warning",
    help="name who is called when it fails",
)
def no_contact(deal: Deal) -> Iterator[Hit]:
    """The integration has somebody who is called when it fails.

    ## Why
    In an outage the first hour goes to finding the right number. A person, a body or a party will do, and so
    will `communication.crisis`.

    ## Bad
    ```yaml
    integration:
      build: acme
    ```

    ## Good
    ```yaml
    integration:
      build: acme
      incident_contact: borealis
    ```

    ## When to waive
    When the interface is only read, and an outage hurts nobody.
    """
    if not said(deal, "integration.incident_contact") and not said(deal, "communication.crisis"):
        text = "the deal does not say who is called when the integration fails"
        yield missing(deal, "integration.incident_contact", text)


@rule(
    "integration-no-upkeep",
    needs="integration",
    severity="warning",
    help="name who keeps it running as `maintained_by`",
)
def no_upkeep(deal: Deal) -> Iterator[Hit]:
    """Somebody keeps the integration running once it is built.

    ## Why
    Who builds an integration is paid and goes. The interface changes a year later, and each side thinks that
    the other mends it. An activity of the area `maintenance` will do as well.

    ## Bad
    ```yaml
    integration:
      build: acme
    ```

    ## Good
    ```yaml
    integration:
      build: acme
      maintained_by: acme
    ```

    ## When to waive
    When an agreement on maintenance is named under `papers`.
    """
    kept = any(
        entry.text("area") == "maintenance" or re.search("maintain|maintenance", entry.text("activity"))
        for entry in deal.each("responsibilities")
    )
    if not said(deal, "integration.maintained_by") and not kept:
        text = "nobody keeps the integration running once it is built"
        yield missing(deal, "integration.maintained_by", text)


_TIERED = pattern(
    r"\b(?:first|second|third|1st|2nd|3rd|line|level|tier|passed on|escalated)\b", re.IGNORECASE
)


@rule(
    "integration-support-not-split",
    needs="responsibilities",
    yields=("responsibilities-overlap", "responsibilities-twice"),
    severity="off",
    types=by_type(warning="integration"),
    help="give each its `tier`, or say under `integration.support` which questions go where",
)
def support_not_split(deal: Deal) -> Iterator[Hit]:
    """Where both sides of an integration lead support, it is split between them.

    ## Why
    A customer whose call fails does not know whose fault it is, and is sent from one desk to the other. A
    tier, a part of the scope or words such as "passed on by the first line" split it.

    ## Bad
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    responsibilities:
      - activity: answer questions of clinics
        area: support
        lead: acme
      - activity: answer questions on readings
        area: support
        lead: borealis
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic integration
      type: integration
    responsibilities:
      - activity: answer questions of clinics
        area: support
        tier: first
        lead: acme
      - activity: answer questions on readings
        area: support
        tier: second
        lead: borealis
    ```

    ## When to waive
    When the two serve different customers.
    """
    entries = [entry for entry in deal.each("responsibilities") if entry.text("area") == "support"]
    leads = {side for entry in entries for word in entry.who("lead") for side in sides(deal, word)}
    split = said(deal, "integration.support") or any(
        any(said(entry, key) for key in ("tier", "for", "territory", "if"))
        or _TIERED.search(entry.text("activity"))
        for entry in entries
    )
    if len(leads) > 1 and not split:
        yield Hit(entries[-1].path, f"{called(deal, *sorted(leads))} lead support, and nothing splits it")


_BUILDS = pattern(
    r"(?:build|develop|implement|write|programme?|code)\b.*\b(?:integration|connector|connection|interface|plug-?in|adapter)\b",
    re.IGNORECASE,
)


@rule(
    "integration-two-builders",
    needs=("integration.build", "responsibilities"),
    severity="error",
    since="sketch",
    help="name the same party in both places, or say which part each builds",
)
def two_builders(deal: Deal) -> Iterator[Hit]:
    """The integration is built by the party that leads its building.

    ## Why
    Two parties that each think the other builds it lose the time until the first milestone. The rule reads
    activities that begin with "build" or the like and name a connector or an interface.

    ## Bad
    ```yaml
    responsibilities:
      - activity: build the connector
        lead: acme
    integration:
      build: borealis
    ```

    ## Good
    ```yaml
    responsibilities:
      - activity: build the connector
        lead: acme
        support: borealis
    integration:
      build: acme
    ```

    ## When to waive
    When there are two connectors; limit one of the entries by `for`.
    """
    node = deal.get("integration")
    builders = {side for word in node.who("build") for side in sides(deal, word)} if node else set()
    for entry in deal.each("responsibilities"):
        leads = {side for word in entry.who("lead") for side in sides(deal, word)}
        if (
            _BUILDS.match(entry.text("activity"))
            and leads
            and builders
            and not leads & builders
            and not said(entry, "for")
        ):
            builder, lead = (brief(called(deal, *who), 20) for who in (builders, leads))
            text = f'{builder} is to build it, and {lead} leads "{brief(entry.name, 24)}"'
            yield Hit("integration.build", text)
            return


@rule(
    "integration-uptime-no-remedy",
    needs="integration.uptime",
    severity="note",
    help="add a sum under `legal.liquidated_damages`, or a right to leave for `performance`",
)
def uptime_no_remedy(deal: Deal) -> Iterator[Hit]:
    """Something follows where the promised uptime is missed.

    ## Why
    A figure such as 99.9 % is a promise that costs nothing to break unless a credit, a sum or a right to
    leave stands behind it; damages for an hour of silence are hard to prove.

    ## Bad
    ```yaml
    integration:
      uptime: 99.9%
    ```

    ## Good
    ```yaml
    integration:
      uptime: 99.9%
    legal:
      liquidated_damages:
        - by: acme
          to: borealis
          if_what: the uptime of a month is missed
          amount: EUR 500
    ```

    ## When to waive
    When the terms of a public platform apply.
    """
    told = (
        said(deal, "legal.liquidated_damages")
        or any(right.text("ground") == "performance" for right in deal.each("exit.rights"))
        or any(said(entry, "if_missed") for entry in deal.each("responsibilities"))
    )
    if not told:
        yield Hit("integration.uptime", "nothing follows if the uptime is missed")


@rule(
    "integration-no-endpoints",
    severity="warning",
    needs="integration",
    help="list what is connected, and in which direction",
)
def no_endpoints(deal: Deal) -> Iterator[Hit]:
    """A deal to integrate says what is connected.

    ## Why
    Integrated can mean a link on a page or one database. The list of interfaces is what is priced,
    tested and supported.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      type: integration
    integration:
      maintained_by: acme
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      type: integration
    integration:
      endpoints:
        - readings, from device to platform
      maintained_by: acme
    ```

    ## When to waive
    When a specification in an annex holds the list.
    """
    if not said(deal, "integration.endpoints"):
        yield missing(
            deal, "integration.endpoints", "the deal does not say what is connected", "endpoints: open"
        )


@rule(
    "integration-no-builder",
    severity="warning",
    needs="integration",
    help="name the party under `build`",
)
def no_builder(deal: Deal) -> Iterator[Hit]:
    """A deal to integrate says who builds the connection.

    ## Why
    Each side expects the other to build it, since each knows its own interface and thinks it simple.

    ## Bad
    ```yaml
    integration:
      endpoints:
        - readings, from device to platform
    ```

    ## Good
    ```yaml
    integration:
      endpoints:
        - readings, from device to platform
      build: acme
    ```

    ## When to waive
    When the connection is there already, or is that of a third party.
    """
    built = any(entry.text("area") == "development" for entry in deal.each("responsibilities"))
    if not said(deal, "integration.build") and not built:
        yield missing(
            deal, "integration.build", "the deal does not say who builds the connection", "build: open"
        )
