"""Binding effect: what of the paper binds, until when it stands, and who pays for it."""

from __future__ import annotations

from collections.abc import Iterator

from termsheet.deal import Deal, Node
from termsheet.rules.exclusivity import binding_lock_out
from termsheet.rules.rule import Hit, brief, by_type, missing, rule, said
from termsheet.rules.times import before, day, day_of_paper, moment, over_before_paper

_QUIET = 184  # days, about six months


@rule(
    "binding-not-stated",
    severity="error",
    help="say whether `all` of it binds, only the `listed` paragraphs, or `nothing`",
)
def not_stated(deal: Deal) -> Iterator[Hit]:
    """The deal says how much of it binds.

    ## Why
    Courts have enforced parts of papers that were thought not to bind, and refused to enforce others that
    were thought to. One word here prints the statement of effect and the list of binding paragraphs. The word
    `none` is not that word: it stands for a point that was considered and left out.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    ```

    ## When to waive
    Never.
    """
    if not said(deal, "deal.binding"):
        yield missing(deal, "deal.binding", "the deal does not say how much of it binds")
    elif deal.point("deal.binding") == "none":
        yield Hit("deal.binding", "`none` leaves open what binds; where nothing does, the word is `nothing`")


@rule(
    "binding-no-expiry",
    severity="warning",
    help="say when this paper lapses if the full agreement is not signed",
)
def no_expiry(deal: Deal) -> Iterator[Hit]:
    """A paper that does not bind in full says when it lapses.

    ## Why
    An old term sheet without an end comes back years later, with its exclusivity and its prices. A date
    also keeps both sides at the table. A paper that binds in full has its term instead.

    ## Bad
    ```yaml
    process:
      definitive_by: 60 days after signature
    ```

    ## Good
    ```yaml
    process:
      definitive_by: 60 days after signature
      expires: 90 days after signature
    ```

    ## When to waive
    When the paper is a record of talks only, and `binding: nothing` holds.
    """
    if not said(deal, "process.expires") and deal.text("deal.binding") != "all":
        path = "process.expires" if said(deal, "process") else "process"
        yield missing(deal, path, "this paper never lapses")


@rule(
    "binding-no-costs",
    severity="warning",
    types=by_type(note="licensing co-marketing referral reseller integration pilot"),
    help="say who pays for making the deal; `each` pays its own",
)
def no_costs(deal: Deal) -> Iterator[Hit]:
    """The deal says who pays for its making.

    ## Why
    Lawyers, advisers and filings cost money whether or not the agreement is signed. The paragraph on costs
    is usually one of those that bind.

    ## Bad
    ```yaml
    process:
      expires: 90 days after signature
    ```

    ## Good
    ```yaml
    costs_of_paper:
      borne_by: each
    ```

    ## When to waive
    For an order under an agreement that settles it.
    """
    if not said(deal, "costs_of_paper.borne_by"):
        path = "costs_of_paper.borne_by" if said(deal, "costs_of_paper") else "costs_of_paper"
        yield missing(deal, path, "the deal does not say who pays for its making")


@rule(
    "binding-no-shop-no-end",
    needs="exclusivity",
    severity="error",
    help="give the day on which the parties are free again",
)
def no_shop_no_end(deal: Deal) -> Iterator[Hit]:
    """A binding promise not to negotiate with others ends on a day.

    ## Why
    A lock-out for no fixed time has been held void for uncertainty, and where it is valid it holds a party
    without limit. "While the talks go on" is no end: either side may say that they still do.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    exclusivity:
      - kind: no-shop
        binds: acme
        while: the parties negotiate
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    exclusivity:
      - kind: no-shop
        binds: acme
        ends: 60 days after signature
    ```

    ## When to waive
    Never; a long date is better than none.
    """
    for entry in deal.each("exclusivity"):
        if binding_lock_out(deal, entry) and not said(entry, "ends") and not said(entry, "until"):
            yield missing(entry, "ends", "the promise not to negotiate with others binds, and has no end")


@rule(
    "binding-list-without-effect",
    severity="error",
    since="sketch",
    help="write `binding: listed` under `deal`, or take this away",
)
def list_without_effect(deal: Deal) -> Iterator[Hit]:
    """Single paragraphs are said to bind, or not to, only where `listed` is chosen.

    ## Why
    Where all of a paper binds, or nothing of it, a list beside that word contradicts it, and so does a
    provision that says otherwise of itself. The print passes over both. Courts have had to decide which of
    two such statements was meant.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: nothing
    clauses:
      binding:
        - exclusivity.position
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      binding:
        - exclusivity.position
    ```

    ## When to waive
    Never.
    """
    mode = deal.text("deal.binding")
    if mode not in ("all", "nothing"):
        return
    word = "everything" if mode == "all" else "nothing"
    for key in ("binding", "not_binding"):
        if _names(deal, key):
            yield Hit(f"clauses.{key}", f"{word} binds, and yet `clauses.{key}` names paragraphs")
    for entry in deal.each("provisions"):
        if entry.plain("binding") is (mode == "nothing"):
            says = "it does" if mode == "nothing" else "it does not"
            yield Hit(entry.below("binding"), f"{word} binds, and yet this provision says that {says}")


@rule(
    "binding-both-ways",
    needs="clauses",
    severity="error",
    since="sketch",
    help="keep the clause in one of the two lists",
)
def both_ways(deal: Deal) -> Iterator[Hit]:
    """No clause is named both as binding and as not binding.

    ## Why
    A paragraph that is in both lists will be argued over in the only case in which it matters.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      binding:
        - exclusivity.position
      not_binding:
        - exclusivity.position
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      binding:
        - exclusivity.position
    ```

    ## When to waive
    Never.
    """
    binding = _names(deal, "binding")
    for name, node in _names(deal, "not_binding").items():
        if name in binding:
            yield Hit(node.path, f"`{brief(name)}` is named both as binding and as not binding")


@rule(
    "binding-omitted",
    needs="clauses",
    severity="error",
    since="sketch",
    help="keep the clause, or take it from the list of those that bind",
)
def omitted(deal: Deal) -> Iterator[Hit]:
    """No clause is both left out and named as binding.

    ## Why
    A paragraph that is not there cannot bind. One of the two lists was not brought up to date.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      binding:
        - exclusivity.position
      omit:
        - clause: exclusivity.position
          reason: settled elsewhere
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      binding:
        - exclusivity.position
    ```

    ## When to waive
    Never.
    """
    gone = {entry.text("clause") for entry in deal.each("clauses.omit")}
    for name, node in _names(deal, "binding").items():
        if name in gone:
            yield Hit(node.path, f"`{brief(name)}` is named as binding, and yet it is left out")


@rule(
    "binding-no-law",
    needs="clauses",
    severity="error",
    help="let the governing law and the forum bind as well",
)
def no_law(deal: Deal) -> Iterator[Hit]:
    """Where paragraphs bind, so do those on governing law and forum.

    ## Why
    A binding promise of secrecy under a law that does not bind leaves open which law decides whether it
    binds.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      not_binding:
        - legal.governing-law
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      not_binding:
        - pilot.phase
    ```

    ## When to waive
    When a framework agreement names the law for all papers of the parties.
    """
    if deal.text("deal.binding") != "listed":
        return
    nouns = {"legal.governing-law": "governing law", "legal.forum": "forum"}
    for name, node in _names(deal, "not_binding").items():
        if name in nouns:
            yield Hit(node.path, f"other paragraphs bind, and the one on {nouns[name]} does not")


@rule(
    "binding-secrecy-loose",
    yields="binding-both-ways",
    needs="clauses",
    severity="warning",
    help="let confidentiality and costs bind",
)
def secrecy_loose(deal: Deal) -> Iterator[Hit]:
    """Confidentiality and costs bind, also in a paper that else does not.

    ## Why
    They are the two paragraphs that a term sheet needs most when no agreement follows it. Where a signed
    agreement keeps the secrets already, the paragraph need not bind as well.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      not_binding:
        - confidentiality
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    clauses:
      not_binding:
        - pilot.phase
    ```

    ## When to waive
    When nothing secret is shown, and each side pays for itself anyway.
    """
    if deal.text("deal.binding") != "listed":
        return
    nouns = {"costs-of-paper": "the costs of this paper"}
    if not _kept_elsewhere(deal):
        nouns["confidentiality"] = "confidentiality"
    for name, node in _names(deal, "not_binding").items():
        if name in nouns:
            yield Hit(node.path, f"the paragraph on {nouns[name]} does not bind")


def _kept_elsewhere(deal: Deal) -> bool:
    """Whether a signed agreement keeps the secrets."""
    return any(entry.text("mode") == "existing-nda" for entry in deal.each("legal.confidentiality")) or any(
        paper.text("kind") == "nda" and paper.text("status") != "to-be-signed"
        for paper in deal.each("papers")
    )


@rule(
    "binding-promise-loose",
    severity="warning",
    help="write `binding: listed`, so that the promise binds; or take it out",
)
def promise_loose(deal: Deal) -> Iterator[Hit]:
    """Where nothing binds, nothing is promised that only helps if it binds.

    ## Why
    A promise not to negotiate with others, or to keep secrets, is made for the time before the agreement. In
    a paper of which nothing binds it is no promise, and one side may rely on it all the same.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: nothing
    exclusivity:
      - kind: no-shop
        binds: acme
        ends: 60 days after signature
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    exclusivity:
      - kind: no-shop
        binds: acme
        ends: 60 days after signature
    ```

    ## When to waive
    When both sides know that honour alone holds it.
    """
    if deal.text("deal.binding") != "nothing" or _names(deal, "binding"):
        return
    for entry in deal.each("exclusivity"):
        if entry.text("kind") == "no-shop":
            yield Hit(entry.path, "the promise not to negotiate with others does not bind")
            break
    for entry in deal.each("legal.confidentiality"):
        if entry.text("mode") == "this-paper" or not said(entry, "mode"):
            yield Hit(entry.path, "the promise to keep secrets does not bind")
            break


@rule(
    "binding-all-subject-to-contract",
    severity="error",
    since="sketch",
    help="choose one: all of it binds, or it is subject to contract",
)
def all_subject(deal: Deal) -> Iterator[Hit]:
    """A paper that binds in full is not subject to contract.

    ## Why
    The words "subject to contract" say that nothing binds yet. Beside `binding: all` they undo it, or are
    undone.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: all
      subject_to_contract: true
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
      subject_to_contract: true
    ```

    ## When to waive
    Never.
    """
    if deal.text("deal.binding") == "all" and deal.plain("deal.subject_to_contract") is True:
        yield Hit("deal.subject_to_contract", "all of it binds, and yet it is subject to contract")


@rule(
    "binding-expiry-before-agreement",
    needs="process.expires",
    severity="error",
    since="sketch",
    help="let this paper last until the full agreement is to be signed",
)
def expiry_before_agreement(deal: Deal) -> Iterator[Hit]:
    """This paper does not lapse before the full agreement is to be signed.

    ## Why
    In the time between, there is neither a term sheet nor an agreement, and the secrets are free.

    ## Bad
    ```yaml
    process:
      definitive_by: 2027-06-30
      expires: 2027-05-31
    ```

    ## Good
    ```yaml
    process:
      definitive_by: 2027-06-30
      expires: 2027-07-31
    ```

    ## When to waive
    Never.
    """
    lapses, signed = moment(deal, deal, "process.expires"), moment(deal, deal, "process.definitive_by")
    written = moment(deal, deal, "deal.date")
    if lapses and before(lapses, signed):
        yield Hit("process.expires", f"this paper lapses {lapses.at}, before the full agreement is due")
    elif lapses and before(lapses, written) and not over_before_paper(deal):
        yield Hit("process.expires", f"this paper lapses {lapses.at}, before its own date")


def _names(deal: Deal, key: str) -> dict[str, Node]:
    """The clauses that a list of `clauses` names, each with its first place."""
    named: dict[str, Node] = {}
    for node in deal.each(f"clauses.{key}"):
        named.setdefault(str(node.value), node)
    return named


@rule(
    "binding-no-definitive-day",
    severity="warning",
    needs="process",
    help="give the day under `process.definitive_by`",
)
def no_definitive_day(deal: Deal) -> Iterator[Hit]:
    """A paper that leads to a full agreement says by when that is signed.

    ## Why
    Talks without a day go on for as long as one side likes them, and the paper that was to last weeks
    governs for years.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: nothing
    process:
      expires: 2027-06-30
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: nothing
    process:
      definitive_by: 2027-05-31
      expires: 2027-06-30
    ```

    ## When to waive
    When no fuller agreement is meant to follow.
    """
    leads_on = (
        deal.text("deal.binding") in ("nothing", "listed") or deal.plain("deal.subject_to_contract") is True
    )
    if leads_on and not said(deal, "process.definitive_by"):
        yield missing(
            deal,
            "process.definitive_by",
            "nothing says by when the full agreement is signed",
            "definitive_by: open  # such as: 2027-03-31",
        )


@rule(
    "binding-no-shop-not-said",
    severity="note",
    yields="exclusivity-not-said",
    needs="process.definitive_by",
    types=by_type(off="referral reseller pilot"),
    help="add a `no-shop` under `exclusivity` with an end, or say under `rights` that each may talk to others",
)
def no_shop_not_said(deal: Deal) -> Iterator[Hit]:
    """A paper that leads to a full agreement says whether its parties may negotiate with others meanwhile.

    ## Why
    Where the paper is silent each side is free to, and one of them is usually surprised. A short
    no-shop, or a line that talks with others go on, settles it.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    process:
      definitive_by: 2027-05-31
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      binding: listed
    process:
      definitive_by: 2027-05-31
    exclusivity:
      - kind: no-shop
        binds: each
        benefits: each
        covers: talks with others about monitored care
        ends: 2027-05-31
    ```

    ## When to waive
    When both sides know that the other talks to several partners.
    """
    if deal.text("deal.binding") in ("listed", "nothing") and not said(deal, "exclusivity"):
        text = "nothing says whether the parties may negotiate with others meanwhile"
        yield Hit("exclusivity", text)


@rule(
    "binding-no-shop-long",
    severity="warning",
    needs=("exclusivity", "deal.date"),
    help="let it end with the talks",
)
def no_shop_long(deal: Deal) -> Iterator[Hit]:
    """A promise not to negotiate with others ends within six months.

    ## Why
    A no-shop buys quiet for the talks. One that outlasts them by years is exclusivity that nobody paid
    for.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    exclusivity:
      - kind: no-shop
        binds: each
        covers: talks about monitored care
        ends: 2029-03-31
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    exclusivity:
      - kind: no-shop
        binds: each
        covers: talks about monitored care
        ends: 2027-03-31
    ```

    ## When to waive
    When an approval by an authority is what the talks wait for.
    """
    written = day_of_paper(deal)
    for entry in deal.each("exclusivity"):
        last = day(deal, entry, "ends")
        if written and last and entry.text("kind") == "no-shop" and (last - written).days > _QUIET:
            yield Hit(
                entry.below("ends"), f"the no-shop runs to {last}, more than six months after this paper"
            )


@rule(
    "binding-lapses-late",
    severity="warning",
    needs=("process.expires", "deal.date"),
    help="bring the day forward",
)
def lapses_late(deal: Deal) -> Iterator[Hit]:
    """A paper lapses within a year.

    ## Why
    A paper that lapses in some years might as well not lapse at all. Its figures are old long before.

    ## Bad
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    process:
      definitive_by: 2027-03-31
      expires: 2037-03-31
    ```

    ## Good
    ```yaml
    deal:
      title: Clinic monitoring
      date: 2027-01-18
    process:
      definitive_by: 2027-03-31
      expires: 2027-04-30
    ```

    ## When to waive
    When the full agreement waits for an approval that takes longer.
    """
    written, lapses = day_of_paper(deal), day(deal, deal, "process.expires")
    if written and lapses and (lapses - written).days > 366:
        yield Hit("process.expires", f"this paper lapses on {lapses}, more than a year after its date")
