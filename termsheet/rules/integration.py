"""Integration: how versions change, and who is called when it fails."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, by_type, listed, missing, rule, said, unsaid


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
    "integration-no-maintainer",
    severity="warning",
    needs="integration",
    help="name the party under `build` and `maintained_by`",
)
def no_maintainer(deal: Deal) -> Iterator[Hit]:
    """A deal to integrate says who builds the connection and who keeps it running.

    ## Why
    The connection is built once and breaks for ever after. The party that pays for its upkeep should
    have been asked.

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
      maintained_by: acme
    ```

    ## When to waive
    When both sides keep their own half, and the interface is public.
    """
    lacking = unsaid(deal, ["integration.build", "integration.maintained_by"])
    led = {entry.text("area") for entry in deal.each("responsibilities")}
    lacking = [
        key
        for key in lacking
        if {"integration.build": "development", "integration.maintained_by": "maintenance"}[key] not in led
    ]
    if lacking:
        words = listed(
            {"integration.build": "builds the connection", "integration.maintained_by": "keeps it running"}[
                key
            ]
            for key in lacking
        )
        yield missing(
            deal,
            lacking[0],
            f"the deal does not say who {words}",
            "\n".join(f"{key.partition('.')[2]}: open" for key in lacking),
        )
