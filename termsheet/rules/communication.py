"""Communication: how the parties stay in touch."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.rules.rule import Hit, by_type, missing, rule, said


@rule(
    "communication-no-cadence",
    severity="warning",
    types=by_type(note="licensing referral reseller"),
    help="say which regular calls or meetings there are, and how often",
)
def no_cadence(deal: Deal) -> Iterator[Hit]:
    """The parties have a regular contact.

    ## Why
    The articles count the lack of communication among the causes of failure, and ask for a fixed rhythm, such as a call
    each fortnight. What has no fixed time is the first thing to be put off. A committee that meets regularly
    is a regular contact too.

    ## Bad
    ```yaml
    communication:
      channels:
        - e-mail
    ```

    ## Good
    ```yaml
    communication:
      cadence:
        - what: Managers' call
          every: biweekly
    ```

    ## When to waive
    When the parties share an office or a tool all day.
    """
    meets = any(said(body, "meets") for body in deal.each("governance.bodies"))
    if not meets and not said(deal, "communication.cadence"):
        yield missing(deal, "communication.cadence", "the deal names no regular contact")


@rule(
    "communication-no-crisis-contact",
    severity="note",
    yields="communication-no-cadence",
    help="say under `communication.crisis` who is told first, how and how soon; or name an incident contact",
)
def no_crisis_contact(deal: Deal) -> Iterator[Hit]:
    """The deal says who is reached first when something goes badly wrong.

    ## Why
    A recall, a leak or an accident does not wait for the next call. One line with a name and a time spares the
    first hour, which decides how the rest is told.

    ## Bad
    ```yaml
    communication:
      cadence:
        - what: Managers' call
          every: biweekly
    ```

    ## Good
    ```yaml
    communication:
      cadence:
        - what: Managers' call
          every: biweekly
      crisis: both managers by telephone within one hour, then both sponsors
    ```

    ## When to waive
    When nothing in the deal can go wrong in a day.
    """
    if not said(deal, "communication.crisis") and not said(deal, "integration.incident_contact"):
        yield missing(
            deal, "communication.crisis", "nothing says who is told first when something goes badly wrong"
        )
