"""Supply: how goods are delivered, looked over, taken back and called back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.deal import Deal
from termsheet.pattern import pattern
from termsheet.rules.rule import Hit, brief, by_type, listed, missing, rule, said

_CODE = pattern(r"\b(EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP|DAT)\b")


@rule(
    "supply-missing",
    severity="off",
    types=by_type(warning="reseller"),
    help="say under `supply` how goods are ordered, delivered, inspected and taken back",
)
def no_supply(deal: Deal) -> Iterator[Hit]:
    """Where goods change hands for resale, the deal says how they are ordered and delivered.

    ## Why
    The law of sale fills the gap, and fills it differently in each country: who insures the goods on the way,
    how long they may be inspected, who takes back what is left.

    ## Bad
    ```yaml
    deal:
      title: Monitors for Benelux
      type: reseller
    exit:
      effects:
        - what: stock
          rule: Acme buys back stock in its boxes.
    ```

    ## Good
    ```yaml
    deal:
      title: Monitors for Benelux
      type: reseller
    supply:
      order: in writing, on the form in the annex
      delivery: FCA Hamburg (Incoterms 2020)
      acceptance: 10 business days
      title_passes: on payment
      risk_passes: on delivery
      warranty: Acme replaces defective monitors for 24 months
      recall: Acme calls goods back and pays for it
      returns: defective goods only
    exit:
      effects:
        - what: stock
          rule: Acme buys back stock in its boxes.
    ```

    ## When to waive
    When standing terms of sale apply; name them under `annexes` or `papers`.
    """
    goods = any(effect.text("what") == "stock" for effect in deal.each("exit.effects"))
    if not said(deal, "supply") and (goods or said(deal, "exit.wind_down.sell_off")):
        text = "goods are resold, and nothing says how they are ordered and delivered"
        yield missing(deal, "supply", text)


@rule(
    "supply-delivery-unclear",
    needs="supply.delivery",
    severity="warning",
    help="name the place and the edition, such as `FCA Hamburg (Incoterms 2020)`",
)
def delivery_unclear(deal: Deal) -> Iterator[Hit]:
    """A trade term names its place and its edition.

    ## Why
    The three letters say who pays for carriage, insurance and duty up to a place, and where risk passes: at
    the place that is not named. FOB means one thing in the Incoterms of the International Chamber of Commerce
    and another in the American code; the editions differ as well.

    ## Bad
    ```yaml
    supply:
      delivery: FOB
    ```

    ## Good
    ```yaml
    supply:
      delivery: FOB Genoa (Incoterms 2020)
    ```

    ## When to waive
    When each order names the place; write so in `delivery`.
    """
    text = deal.text("supply.delivery")
    code = _CODE.search(text)
    if not code or re.search(r"\border", text, re.IGNORECASE):
        return
    edition = re.search(r"\(?\bincoterms\b\W*(?:19|20)\d\d\)?", text, re.IGNORECASE)
    rest = text.replace(code[0], "").replace(edition[0] if edition else "", "")
    lacking = [
        *(["no place"] if not re.search(r"[^\W\d_]{2}", re.sub(r"(?i)incoterms", "", rest)) else []),
        *(["no edition of the Incoterms"] if not edition else []),
    ]
    if lacking:
        yield Hit("supply.delivery", f'"{brief(text, 30)}" has {listed(lacking)}')


@rule(
    "supply-incomplete",
    needs="supply",
    severity="note",
    types=by_type(warning="licensing referral reseller"),
    help="say how goods are delivered and when risk passes, how long they may be inspected, and who answers",
)
def incomplete(deal: Deal) -> Iterator[Hit]:
    """Goods that are supplied are delivered somewhere, inspected in time, and someone answers for defects.

    ## Why
    These are the three questions of every sale: who bears a container that is lost, until when the buyer may
    complain, and what it then gets. The law of sale answers them, in each country another way.

    ## Bad
    ```yaml
    deal:
      title: Clinic distribution
      type: reseller
    supply:
      order: by e-mail
      lead_time: 10 weeks
    ```

    ## Good
    ```yaml
    supply:
      order: by e-mail
      lead_time: 10 weeks
      delivery: FCA Hamburg (Incoterms 2020)
      acceptance: 10 business days
      warranty: Acme answers for defects for 24 months from delivery
    ```

    ## When to waive
    When general terms of sale that `annexes` or `papers` name settle them.
    """
    answers = {
        "delivery": ("delivery or risk", ("supply.delivery", "supply.risk_passes")),
        "acceptance": ("inspection", ("supply.acceptance", "supply.returns")),
        "warranty": ("defects", ("supply.warranty", "warranties")),
    }
    lacking = [key for key, (_, paths) in answers.items() if not any(said(deal, path) for path in paths)]
    if lacking:
        words = listed((answers[key][0] for key in lacking), "or")
        stub = "\n".join(f"{key}: open" for key in lacking)
        yield missing(deal, f"supply.{lacking[0]}", f"the supply of goods does not settle {words}", stub)


@rule(
    "supply-no-recall",
    needs="supply",
    severity="note",
    help="say who decides on a recall, who carries it out, and who pays",
)
def no_recall(deal: Deal) -> Iterator[Hit]:
    """Somebody is named to call goods back.

    ## Why
    The maker learns of the defect, the reseller knows where the goods are, and the law of the market holds the
    importer to it within days. Who moves first and who pays cannot be worked out in those days.

    ## Bad
    ```yaml
    supply:
      lead_time: 10 weeks
    ```

    ## Good
    ```yaml
    supply:
      lead_time: 10 weeks
      recall: Acme decides and pays; Borealis carries it out within 48 hours
    ```

    ## When to waive
    There is nothing to waive: it is a note, shown only on request.
    """
    told = [entry.text("activity") for entry in deal.each("responsibilities")]
    if not said(deal, "supply.recall") and not any("recall" in text.casefold() for text in told):
        yield missing(deal, "supply.recall", "the deal does not say who calls goods back", "recall: open")
