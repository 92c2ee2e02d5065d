"""`termsheet due`: what it shows for the examples, that no date of the format is forgotten, and its arithmetic."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from conftest import EXAMPLES, ROOT
from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, rrule

from termsheet import source
from termsheet.due.agenda import DealDates, Wish, of_source
from termsheet.schema import deal_schema, resolve

HERE = Path(__file__).parent / "due"
AS_OF = "2027-01-15"
PARTIES = """\
parties:
  - id: acme
    name: Acme Devices GmbH
    short: Acme
  - id: borealis
    name: Borealis Health Ltd
    short: Borealis
people:
  - id: ada
    party: acme
    name: Ada Weber
"""
TERM = "term:\n  effective: 2027-01-01\n  initial: 12 months\n"


def dates(text: str, as_of: str = "2026-12-01", **wish: Any) -> DealDates:
    """The dates of a deal."""
    whole = "deal:\n  title: Clinic monitoring\n  currency: EUR\n" + PARTIES + text
    return of_source(source.parse(whole, "deal.yaml"), Wish(as_of=date.fromisoformat(as_of), **wish))


def rows(text: str, kind: str, as_of: str = "2026-12-01", **wish: Any) -> list[tuple[str, str]]:
    """The days of a kind from a day on, and how they were counted."""
    found = dates(text, as_of, since=date.fromisoformat(as_of), **wish).dates
    return [(str(due.day), due.how) for due in found if due.entry.kind == kind]


def undated(text: str, **wish: Any) -> dict[str, str]:
    """Why what has no day has none, by path."""
    return {entry.entry.path: entry.why for entry in dates(text, **wish).undated}


# --- the examples -----------------------------------------------------------------------------------------


def approved(name: str, shown: str) -> None:
    """What is shown is what was approved."""
    file = HERE / name
    if os.environ.get("UPDATE_APPROVED"):
        file.write_text(shown, encoding="utf-8", newline="")
    kept = file.read_bytes().decode("utf-8")
    assert shown.replace("\r\n ", "") == kept.replace("\r\n ", "")  # versions of icalendar fold lines elsewhere


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_table_of_an_example(path: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = run_cli("due", f"examples/{path.name}", "--as-of", AS_OF)
    assert (code, err) == (0, "")
    approved(f"{path.stem}.txt", out)


def test_all_examples_in_one_table(run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code, out, _ = run_cli(
        "due", "examples", "--as-of", "2027-03-01", "--within", "45d", "--signature", "2027-03-19"
    )
    assert code == 0
    approved("portfolio.txt", out)


@pytest.mark.parametrize("style", ["json", "ics"])
def test_an_example_for_other_tools(style: str, run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code, out, _ = run_cli(
        "due", "examples/wellness-co-marketing.yaml", "--as-of", AS_OF, "--within", "60d", "--format", style
    )
    assert code == 0
    approved(f"wellness-co-marketing.{style}", out)


def test_the_readme_shows_what_is_shown(run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    command, *lines = page.partition("    $ termsheet due ")[2].partition("\n\n")[0].splitlines()
    told = [line.split() for line in lines if line.strip() != "..."]
    out = [line.split() for line in run_cli("due", *command.split())[1].splitlines()]
    assert len(told) == 6
    assert [line for line in told if line not in out] == []


# --- the arithmetic that is shown, counted again --------------------------------------------------------

COUNTED = re.compile(
    r"(?P<number>\d+) (?P<unit>business day|\w+?)s? (?P<way>after|before|from) .*?(?P<day>\d{4}-\d\d-\d\d)"
)


@pytest.mark.parametrize(
    "path",
    [*EXAMPLES, *sorted((ROOT / "tests" / "precision").glob("*.deal.yaml"))],
    ids=lambda path: path.name,
)
def test_the_arithmetic_that_is_shown_agrees_with_dateutil(path: Path) -> None:
    for signature in (date(2027, 1, 31), date(2028, 2, 29)):
        days = {"signature": signature, "last-signature": signature}
        wish = Wish(as_of=date(2027, 1, 1), until=date(2040, 12, 31), days=days, routine=True)
        found = of_source(source.read(str(path)), wish).dates
        counted = [(due, match) for due in found if (match := COUNTED.search(due.how))]
        assert len(counted) > 10
        for due, match in counted:
            start, number = date.fromisoformat(match["day"]), int(match["number"])
            sign = -1 if match["way"] == "before" else 1
            if match["unit"] == "business day":
                workdays = rrule(
                    DAILY, dtstart=_at(start) - timedelta(days=400), byweekday=range(5), count=900
                )
                first = workdays.after(_at(start)) if sign > 0 else workdays.before(_at(start))
                near = [day for day in workdays if (day >= first if sign > 0 else day <= first)]
                expected = near[number - 1 if sign > 0 else -number].date()
            else:
                expected = start + sign * relativedelta(**{f"{match['unit']}s": number})
            if match["way"] == "from":  # a term takes in its first day
                expected -= timedelta(days=expected.day == start.day or match["unit"] in ("day", "week"))
            assert due.day == expected, due


def _at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


# --- nothing is forgotten ---------------------------------------------------------------------------------

# Dates of what has happened: nobody has to do anything on them.
PAST = {
    "deal.date",
    "deal.history.0.date",
    "parties.0.signatories.0.date",
    "papers.0.date",
    "rationale.hypothesis.confirmed",
    "governance.sponsors.0.confirmed",
    "ip.rights.0.filed",
    "ip.rights.0.granted",
    "exit.reviewed",
    "signoff.legal.0.date",
    "signoff.departments.0.date",
    "internal.selection.from",
    "internal.selection.to",
    "internal.stakeholders.0.signed_off",
}


def places(form: str) -> Iterator[tuple[str | int, ...]]:
    """Every place of the format that takes a value of a form; from when and until when an entry holds, of one entry."""
    root = deal_schema()

    def walk(page: dict[str, Any], route: tuple[str | int, ...], seen: frozenset[str]) -> Iterator[Any]:
        for key, inner in page.get("properties", {}).items():
            limit = key in ("starts", "until") and route and route[0] not in ("waivers", "contributions")
            if limit or (route[:1] == ("waivers",) and key == "starts"):
                continue
            found, more = resolve(inner, root), ()
            if "items" in found:
                inner, more = found["items"], (0,)
                found = resolve(inner, root)
            name = inner.get("$ref", "")
            if found.get("x-form") == form:
                yield (*route, key, *more)
            elif "properties" in found and name not in seen:
                yield from walk(found, (*route, key, *more), seen | {name})

    return walk(root, (), frozenset())


@pytest.mark.parametrize("form", ["when", "date"])
def test_every_date_of_the_format_is_listed(form: str) -> None:
    missed = set()
    for route in places(form):
        data: Any = "2031-05-17"
        for key in reversed(route):
            data = [data] if key == 0 else {key: data}
        data.setdefault("deal", {}).setdefault("title", "A deal")
        read = source.parse(json.dumps(data), "deal.yaml")
        found = of_source(read, Wish(as_of=date(2027, 1, 1)))
        if not any(due.day == date(2031, 5, 17) for due in found.dates):
            missed.add(".".join(map(str, route)))
    assert missed == (PAST if form == "date" else set())


def test_a_place_whose_day_is_not_known_is_told_apart() -> None:
    for route in places("when"):
        data: Any = "60 days after big-bang"
        for key in reversed(route):
            data = [data] if key == 0 else {key: data}
        data.setdefault("deal", {}).setdefault("title", "A deal")
        events = data.setdefault("events", [{}])
        events[0]["id"], events[0]["name"] = "big-bang", "Big bang"
        found = of_source(source.parse(json.dumps(data), "deal.yaml"), Wish(as_of=date(2027, 1, 1)))
        assert any("60 days after big-bang" in entry.why for entry in found.undated), route


# --- the term and its end ---------------------------------------------------------------------------------


def test_twelve_months_from_the_first_of_january() -> None:
    assert rows(TERM, "end") == [("2027-12-31", "12 months from 2027-01-01 end on 2027-12-31")]
    assert rows(TERM, "term") == [("2027-01-01", "")]


@pytest.mark.parametrize(
    ("kind", "what", "then"),
    [
        (
            "automatic",
            "last day to object to the renewal",
            "it renews for 1 year, to 2028-12-31, unless a party",
        ),
        ("performance", "last day to object to the renewal", "it renews for 1 year, to 2028-12-31, if the"),
        ("by-consent", "last day to say whether to renew", "it may be renewed by consent for 1 year, to"),
    ],
)
def test_notice_is_counted_back_from_the_end(kind: str, what: str, then: str) -> None:
    text = TERM + f"  renewal:\n    kind: {kind}\n    for: 1 year\n    notice: 60 days\n"
    found = {due.entry.kind: due for due in dates(text).dates}
    assert (str(found["notice"].day), found["notice"].entry.what) == ("2027-11-01", what)
    assert found["notice"].how == "60 days before end 2027-12-31"
    assert then in found["end"].entry.what


def test_a_deal_that_is_not_renewed_just_ends() -> None:
    text = TERM + "  renewal:\n    kind: no-renewal\n    notice: 60 days\n"
    assert [due.entry.what for due in dates(text).dates] == ["the deal takes effect", "the deal ends"]


RENEWED = """\
term:
  effective: 2020-03-01
  initial: 12 months
  renewal:
    kind: automatic
    for: 12 months
    notice: 3 months
exit:
  wind_down:
    length: 90 days
"""


def test_a_deal_that_renewed_itself_for_years() -> None:
    assert rows(RENEWED, "end", "2027-06-15") == [
        ("2028-02-29", "84 months from 2021-03-01 end on 2028-02-29")
    ]
    assert rows(RENEWED, "notice", "2027-06-15") == [("2027-11-29", "3 months before end 2028-02-29")]
    assert rows(RENEWED, "wind-down", "2027-06-15") == [
        ("2028-05-29", "90 days after end 2028-02-29, if the deal ends then")
    ]


def test_renewals_go_on_up_to_the_last_day_that_is_asked_for() -> None:
    found = rows(RENEWED, "notice", "2027-06-15", until=date(2030, 1, 1))
    assert [day for day, _ in found] == ["2027-11-29", "2028-11-28", "2029-11-28"]


def test_a_window_that_has_closed_is_told_at_the_renewal() -> None:
    first = dates(RENEWED, "2027-12-15", since=date(2027, 12, 15)).dates[0]
    assert first.entry.what == (
        "the renewed term ends; it renews for 12 months, to 2029-02-28, the last day to object was 2027-11-29"
    )


def test_a_deal_that_ended_early_is_told_so() -> None:
    found = dates(RENEWED, "2027-06-15", days={"end": date(2027, 6, 30)})
    told = [(str(due.day), due.entry.kind, due.how) for due in found.dates if due.day >= date(2027, 6, 15)]
    assert told == [
        ("2027-06-30", "end", "as told for this run"),
        ("2027-09-28", "wind-down", "90 days after end 2027-06-30"),
    ]


def test_rights_to_leave() -> None:
    text = TERM + "  minimum: 6 months\nexit:\n  rights:\n    - by: acme\n      ground: convenience\n"
    text += "      after: 6 months after effective\n      notice: 2 months\n"
    found = [due for due in dates(text).dates if due.entry.kind == "exit"]
    assert [(str(due.day), due.entry.what, due.how) for due in found] == [
        (
            "2027-06-30",
            "last day on which nobody may leave at will",
            "6 months from 2027-01-01 end on 2027-06-30",
        ),
        (
            "2027-07-01",
            "first day to leave at will, with notice of 2 months",
            "6 months after effective 2027-01-01",
        ),
    ]
    assert found[1].entry.who == ("Acme",)


def test_what_follows_the_end() -> None:
    text = TERM + (
        "exit:\n  transition:\n    by: borealis\n    length: 1 month\n  survives:\n    - what: secrecy\n      lasts: 2 years\n"
        "    - what: liability\n      lasts: indefinite\nwarranties:\n  - by: acme\n    that: it works\n"
        "    lasts: term + 6 months\ngrants:\n  - kind: brand\n    from: acme\n    to: borealis\n    what: the mark\n"
        "    ends: 2027-06-30\n    stop_use: 30 days\n"
    )
    found = {due.entry.what: (str(due.day), due.how) for due in dates(text).dates}
    assert found["help in handing over ends"] == ("2028-01-31", "1 month after end 2027-12-31")
    assert found["secrecy: end"] == ("2029-12-31", "2 years after end 2027-12-31")
    assert found["warranty ends: it works"] == ("2028-06-30", "6 months after end 2027-12-31")
    assert found["last day of use: the mark"] == ("2027-07-30", "30 days after the right ends on 2027-06-30")
    assert "liability: end" not in found


# --- what recurs ------------------------------------------------------------------------------------------


def test_reviews_with_their_figures() -> None:
    text = TERM + "review:\n  every: quarterly\n  first: 2027-03-31\n  data_before: 5 business days\n"
    assert rows(text, "review") == [
        ("2027-03-31", ""),
        ("2027-06-30", "3 months after 2027-03-31"),
        ("2027-09-30", "6 months after 2027-03-31"),
        ("2027-12-31", "9 months after 2027-03-31"),
    ]
    assert rows(text, "figures")[0] == ("2027-03-24", "5 business days before 2027-03-31")
    assert rows(text, "figures", holidays=("DE",))[0] == ("2027-03-22", "5 business days before 2027-03-31")


def test_the_next_review_is_where_they_go_on() -> None:
    text = TERM + "review:\n  every: every 6 months\n  first: 2027-02-01\n  next: 2027-05-10\n"
    assert [day for day, _ in rows(text, "review")] == ["2027-02-01", "2027-05-10", "2027-11-10"]


def test_reviews_without_a_first_day_are_held_within_each_period() -> None:
    text = TERM + "review:\n  every: twice a year\n"
    assert rows(text, "review") == [
        ("2027-06-30", "no day is said; 6 months from 2027-01-01 end on 2027-06-30"),
        ("2027-12-31", "no day is said; 12 months from 2027-01-01 end on 2027-12-31"),
    ]


@pytest.mark.parametrize(
    ("every", "due", "days"),
    [
        ("quarterly", "quarter end", ["2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31"]),
        ("quarterly", "30 days after quarter end", ["2027-04-30", "2027-07-30", "2027-10-30", "2028-01-30"]),
        ("yearly", "2 months after year end", ["2028-02-29"]),
        ("half-yearly", "quarter end", ["2027-06-30", "2027-12-31"]),
        ("yearly", "5 business days before month end", ["2027-12-24"]),
        ("every 4 months", "2027-01-31", ["2027-01-31", "2027-05-31", "2027-09-30"]),
        ("every 8 weeks", "2027-10-01", ["2027-10-01", "2027-11-26"]),
        ("5 times a year", "2027-02-01", ["2027-02-01"]),
    ],
)
def test_reports(every: str, due: str, days: list[str]) -> None:
    text = TERM + f"reports:\n  - by: acme\n    to: borealis\n    every: {every}\n    due: {due}\n"
    assert [day for day, _ in rows(text, "report")] == days


def test_a_report_ends_where_it_says() -> None:
    text = TERM + "reports:\n  - by: acme\n    to: borealis\n    every: monthly\n    until: 2027-02-28\n"
    assert [day for day, _ in rows(text, "report")] == ["2027-01-31", "2027-02-28"]


def test_a_first_day_is_listed_wherever_it_lies() -> None:
    text = TERM + "review:\n  every: quarterly\n  first: 2028-05-01\n"
    assert rows(text, "review") == [("2028-05-01", "")]


def test_how_often_is_open() -> None:
    text = TERM + "review:\n  every: open\n  first: 2027-05-01\n"
    assert undated(text) == {"review.every": "still open"}
    assert rows(text, "review") == [("2027-05-01", "")]


def test_without_an_end_what_recurs_goes_on_for_ten_years() -> None:
    text = "term:\n  effective: 2027-01-01\nreview:\n  every: yearly\n  first: 2027-06-01\n"
    assert [day for day, _ in rows(text, "review")][-1] == "2036-06-01"


def test_routine_is_listed_on_request() -> None:
    text = TERM + "communication:\n  cadence:\n    - what: Call\n      every: biweekly\n"
    assert rows(text, "meeting") == []
    found = rows(text, "meeting", routine=True)
    assert found[:2] == [
        ("2027-01-14", "no day is said; 2 weeks from 2027-01-01 end on 2027-01-14"),
        ("2027-01-28", "no day is said; 4 weeks from 2027-01-01 end on 2027-01-28"),
    ]
    assert len(found) == 26


# --- payments and people ----------------------------------------------------------------------------------


def test_payments() -> None:
    text = TERM + (
        "commercial:\n  payments:\n    - kind: fee\n      what: licence fee\n      from: borealis\n      to: acme\n"
        "      schedule:\n        - due: 2027-02-01\n          amount: 12,000\n        - due: 30 days after signature\n"
        "          amount: USD 500\n      tail: 6 months\n    - kind: milestone\n      what: sales\n      from: acme\n"
        "      to: borealis\n      due: 60 days after year end\n"
    )
    found = dates(text)
    payments = [due for due in found.dates if due.entry.kind == "payment"]
    assert [(str(due.day), due.entry.what) for due in payments] == [
        ("2027-02-01", "EUR 12,000: licence fee"),
        ("2028-06-30", "last day of the tail: licence fee"),
    ]
    assert (payments[0].entry.who, payments[0].entry.to) == (("Borealis",), ("Acme",))
    assert [(entry.entry.what, entry.why) for entry in found.undated] == [
        ("USD 500: licence fee", "30 days after signature: its day is not known"),
        ("sales", "60 days after year end: nothing says of which"),
    ]


def test_who_is_named_as_people_know_them() -> None:
    text = "objectives:\n  - text: Grow.\n    due: 2027-05-01\n    owner: [ada, borealis]\n"
    assert dates(text).dates[0].entry.who == ("Ada Weber (Acme)", "Borealis")


def test_an_open_point_has_its_day() -> None:
    text = (
        "scope:\n  territory:\n    open:\n      what: the countries\n      who: ada\n      by: 2027-02-01\n"
    )
    [found] = dates(text).dates
    assert (str(found.day), found.entry.what, found.entry.who, found.entry.path) == (
        "2027-02-01",
        "to be settled: the countries",
        ("Ada Weber (Acme)",),
        "scope.territory",
    )


def test_a_paper_that_is_signed_is_done() -> None:
    text = "papers:\n  - title: Mutual NDA\n    status: {}\n    due: 2027-02-01\n"
    assert dates(text.format("signed")).dates == ()
    assert len(dates(text.format("to-be-signed")).dates) == 1


def test_an_option_opens_and_closes() -> None:
    text = "options:\n  - kind: call\n    holder: acme\n    over: shares\n    opens: 2027-06-30\n    within: 3 months\n"
    assert rows(text, "option") == [
        ("2027-06-30", ""),
        ("2027-09-30", "3 months after the option opens on 2027-06-30"),
    ]


# --- what has no day --------------------------------------------------------------------------------------

HANGING = """\
events:
  - id: launch
    name: Launch
    expected: 30 days after signature
  - id: big-bang
    name: Big bang
objectives:
  - id: one
    text: One.
    due: 60 days after launch
  - id: two
    text: Two.
    due: big-bang
  - id: three
    text: Three.
    due: 24 hours after effective
  - id: four
    text: Four.
    due: withheld
contributions:
  - id: five
    by: acme
    what: Five
    due: 10 days after notice
reports:
  - by: acme
    to: borealis
    every: monthly
term:
  effective: 2027-01-01
  ends: 2 weeks after end
"""


def test_why_there_is_no_day() -> None:
    assert undated(HANGING) == {
        "events[launch].expected": "30 days after signature: its day is not known",
        "objectives[one].due": "60 days after launch: launch hangs on signature, whose day is not known",
        "objectives[two].due": "big-bang: its day is not known",
        "objectives[three].due": "24 hours after effective: not counted in days",
        "objectives[four].due": "agreed, and not shown",
        "contributions[five].due": "10 days after notice: counted from each notice",
        "term.ends": "2 weeks after end: the deal has no last day",
    }


def test_days_that_are_told_for_this_run() -> None:
    found = dates(HANGING, days={"signature": date(2027, 2, 1), "big-bang": date(2027, 5, 1)})
    told = {due.entry.path: (str(due.day), due.how) for due in found.dates}
    assert told["events[launch].expected"] == ("2027-03-03", "30 days after signature 2027-02-01")
    assert told["objectives[one].due"] == (
        "2027-05-02",
        "60 days after launch 2027-03-03 (launch is 30 days after signature 2027-02-01)",
    )
    assert told["objectives[two].due"] == ("2027-05-01", "on big-bang")


def test_the_days_of_the_signatories_are_the_signature() -> None:
    text = "objectives:\n  - text: Grow.\n    due: 60 days after signature\n"
    signed = PARTIES.replace("    short: Acme\n", "    signatories:\n      - date: 2027-02-01\n").replace(
        "    short: Borealis\n", "    signatories:\n      - date: 2027-02-10\n"
    )
    read = source.parse("deal:\n  title: x\n" + signed + text, "deal.yaml")
    found = of_source(read, Wish(as_of=date(2027, 1, 1)))
    assert [(str(due.day), due.how) for due in found.dates] == [
        ("2027-04-11", "60 days after signature 2027-02-10")
    ]


def test_nothing_dated_from_a_start_that_is_not_known() -> None:
    text = "term:\n  effective: signature\n  initial: 2 years\nreview:\n  every: quarterly\n"
    assert undated(text) == {
        "review.every": "quarterly from effective (signature): its day is not known",
        "term.effective": "signature: its day is not known",
        "term.initial": "2 years from effective (signature): its day is not known",
    }


# --- on the command line ----------------------------------------------------------------------------------


@pytest.fixture
def deal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deal, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "deal.yaml"
    text = "deal:\n  title: Clinic monitoring\n" + PARTIES + TERM
    text += "  renewal:\n    kind: automatic\n    notice: 60 days\nreview:\n  every: quarterly\n  first: 2027-03-31\n"
    text += "waivers:\n  - rule: exit-missing\n    path: exit\n    reason: left out\n    until: 2027-03-01\n"
    file.write_text(text, encoding="utf-8")
    return file


def shown(out: str) -> list[str]:
    """The days of a table."""
    return [line[:10] for line in out.splitlines() if line[:2] == "20"]


def test_a_window(deal: Path, run_cli: Any) -> None:
    window = ("due", "deal.yaml", "--as-of", "2027-03-01")
    assert shown(run_cli(*window, "--within", "30d")[1]) == ["2027-03-01", "2027-03-31"]
    assert shown(run_cli(*window, "--within", "4w")[1]) == ["2027-03-01"]
    assert shown(run_cli(*window, "--until", "2027-06-30", "--from", "2027-03-02")[1]) == [
        "2027-03-31",
        "2027-06-30",
    ]
    code, out, _ = run_cli(*window, "--all", "--until", "2027-03-01")
    assert (code, shown(out)) == (0, ["2027-01-01", "2027-03-01"])
    assert "1 before (`--all`)" in run_cli(*window)[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as-of", "1.3.2027"),
        ("--within", "soon"),
        ("--within", "90d", "--until", "2027-06-01"),
        ("--as-of", "2027-06-01", "--until", "2027-05-31"),
        ("--within", "101y"),
        ("--until", "9999-12-31"),
        ("--event", "launch"),
        ("--event", "launch=soon"),
        ("--remind", "7d"),
        ("--remind", "1m", "--format", "ics"),
        ("--holidays", "Atlantis"),
        ("--event", "lunch=2027-01-01"),
    ],
)
def test_what_cannot_be_asked_for(arguments: tuple[str, ...], deal: Path, run_cli: Any) -> None:
    code, out, err = run_cli("due", "deal.yaml", *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert err


def test_an_event_that_no_deal_has_is_guessed(deal: Path, run_cli: Any) -> None:
    deal.write_text(deal.read_text("utf-8") + "events:\n  - id: launch\n    name: Launch\n", encoding="utf-8")
    err = run_cli("due", "deal.yaml", "--event", "lanch=2027-01-01")[2]
    assert err == "termsheet: no deal has an event called `lanch`; did you mean `launch`?\n"


def test_several_deals_in_one_list_by_day(deal: Path, run_cli: Any) -> None:
    other = (
        deal.read_text("utf-8")
        .replace("Clinic monitoring", "Another one")
        .replace("2027-03-31", "2027-02-28")
    )
    (deal.parent / "other.deal.yaml").write_text(other, encoding="utf-8")
    code, out, _ = run_cli("due", ".", "--as-of", "2027-01-02", "--until", "2027-04-01")
    assert code == 0
    assert shown(out) == sorted(shown(out))
    assert [line[16:33].strip() for line in out.splitlines() if "review of results" in line] == [
        "Another one",
        "Clinic monitoring",
    ]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(deal: Path, run_cli: Any) -> None:
    (deal.parent / "bad.yaml").write_text("deal: [", encoding="utf-8")
    for style in ("table", "json", "ics"):
        code, out, err = run_cli("due", "bad.yaml", "deal.yaml", "--format", style, "--as-of", "2027-01-02")
        assert code == 2
        assert "bad.yaml" in out + err
        assert "eview of results" in out
    assert [
        error["file"] for error in json.loads(run_cli("due", "bad.yaml", "--format", "json")[1])["errors"]
    ] == ["bad.yaml"]


def test_what_is_malformed_is_passed_over_and_told(deal: Path, run_cli: Any) -> None:
    deal.write_text(deal.read_text("utf-8").replace("2027-03-31", "31.3.2027"), encoding="utf-8")
    code, out, _ = run_cli("due", "deal.yaml", "--as-of", "2027-01-02")
    assert code == 0
    assert "deal.yaml: 1 place malformed and passed over; `termsheet lint` tells which" in out


def test_standard_input(deal: Path, run_cli: Any) -> None:
    code, out, _ = run_cli("due", "-", "--as-of", "2027-01-02", "--format", "json", stdin=deal.read_bytes())
    assert code == 0
    assert {row["file"] for row in json.loads(out)["dates"]} == {"<stdin>"}


@pytest.mark.parametrize(
    ("name", "start"), [("x.ics", b"BEGIN:VCALENDAR\r\n"), ("x.json", b"{\n"), ("x.txt", b"Clinic")]
)
def test_the_name_of_the_output_says_the_format(name: str, start: bytes, deal: Path, run_cli: Any) -> None:
    code, out, err = run_cli("due", "deal.yaml", "-o", name, "--as-of", "2027-01-02")
    assert (code, out, err) == (0, "", f"wrote {name}\n")
    assert (deal.parent / name).read_bytes().startswith(start)
    assert sorted(path.name for path in deal.parent.iterdir()) == ["deal.yaml", name]


def test_an_output_that_cannot_be_written(deal: Path, run_cli: Any) -> None:
    code, _, err = run_cli("due", "deal.yaml", "-o", "nowhere/x.ics")
    assert code == 2
    assert "its folder does not exist" in err


def test_a_line_for_each_row_of_the_json(deal: Path, run_cli: Any) -> None:
    lines = deal.read_text("utf-8").splitlines()
    found = json.loads(run_cli("due", "deal.yaml", "--as-of", "2027-01-02", "--format", "json")[1])
    assert found["as_of"] == found["from"] == "2027-01-02"
    for row in found["dates"]:
        key = row["path"].rpartition(".")[2]
        assert lines[row["line"] - 1].strip(" -").startswith(f"{key}:"), row
    reviews = [row for row in found["dates"] if row["kind"] == "review"]
    assert [row["number"] for row in reviews] == [1, 2, 3, 4]


def test_the_table_sums_up_what_recurs_often(deal: Path, run_cli: Any) -> None:
    text = (
        deal.read_text("utf-8")
        + "reports:\n  - by: acme\n    to: borealis\n    every: monthly\n    form: figures\n"
    )
    deal.write_text(text, encoding="utf-8")
    out = run_cli("due", "deal.yaml", "--as-of", "2027-01-02")[1]
    assert out.count("Acme to Borealis") == 1
    assert "monthly; 11 more to 2027-12-31" in out
    out = run_cli("due", "deal.yaml", "--as-of", "2027-01-02", "--recurring")[1]
    assert out.count("Acme to Borealis") == 12


def test_colour_on_request(deal: Path, run_cli: Any) -> None:
    assert "\x1b[" in run_cli("due", "deal.yaml", "--colour")[1]
    assert "\x1b[" not in run_cli("due", "deal.yaml")[1]


# --- iCalendar --------------------------------------------------------------------------------------------


def events(data: str | bytes) -> list[Any]:
    """The events of a calendar, as the library reads them."""
    return [*icalendar.Calendar.from_ical(data).walk("VEVENT")]


def test_a_calendar_of_whole_days(run_cli: Any) -> None:
    for path in EXAMPLES:
        out = run_cli("due", str(path), "--as-of", AS_OF, "--format", "ics", "--all")[1]
        listed = json.loads(run_cli("due", str(path), "--as-of", AS_OF, "--format", "json", "--all")[1])[
            "dates"
        ]
        found = events(out)
        assert [str(event["DTSTART"].dt) for event in found] == [row["date"] for row in listed]
        assert all(event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1) for event in found)
        assert len({str(event["UID"]) for event in found}) == len(found)
        assert max(len(line.encode()) for line in out.splitlines()) <= 75


def test_each_renewal_has_an_id_of_its_own(deal: Path, run_cli: Any) -> None:
    out = run_cli("due", "deal.yaml", "--as-of", "2027-01-02", "--until", "2032-12-31", "--format", "ics")[1]
    found = {str(event["UID"]): event for event in events(out)}
    assert len(found) == len(events(out))
    assert sum("last day to object" in event["DESCRIPTION"] for event in found.values()) == 6


def test_ids_stay_when_the_day_or_the_file_moves(deal: Path, run_cli: Any) -> None:
    def ids(as_of: str) -> dict[str, str]:
        out = run_cli("due", "deal.yaml", "--as-of", as_of, "--format", "ics")[1]
        return {str(event["UID"]): str(event["SUMMARY"]) for event in events(out)}

    before = ids("2027-01-02")
    assert ids("2027-04-01").keys() < before.keys()  # the later ones, under the same ids
    text = deal.read_text("utf-8").replace("2027-03-31", "2027-04-15")
    deal.write_text("objectives:\n  - text: Grow.\n    due: 2027-05-01\n" + text, encoding="utf-8")
    after = ids("2027-01-02")
    reviews = {uid for uid, summary in before.items() if summary.startswith("Review")}
    assert len(reviews) == 4
    assert len(reviews & after.keys()) == 3  # the fourth is now after the end


def test_two_deals_of_one_title_keep_apart(deal: Path, run_cli: Any) -> None:
    (deal.parent / "copy.deal.yaml").write_bytes(deal.read_bytes())
    found = events(run_cli("due", ".", "--as-of", "2027-01-02", "--format", "ics")[1])
    assert len({str(event["UID"]) for event in found}) == len(found)


def test_the_same_deal_and_day_give_the_same_bytes(deal: Path, run_cli: Any) -> None:
    made = [run_cli("due", "deal.yaml", "--as-of", "2027-01-02", "--format", "ics")[1] for _ in range(2)]
    assert made[0] == made[1]
    assert {str(event["DTSTAMP"].dt.date()) for event in events(made[0])} == {"2027-01-02"}


def test_what_is_private_is_in_no_calendar_but_on_request(deal: Path, run_cli: Any) -> None:
    calendar = ("due", "deal.yaml", "--as-of", "2027-01-02", "--format", "ics")
    assert "waiver" not in run_cli(*calendar)[1]
    assert "waiver" in run_cli(*calendar, "--internal")[1]
    assert "the waiver of `exit-missing` runs out" in run_cli("due", "deal.yaml", "--as-of", "2027-01-02")[1]


def test_an_alarm(deal: Path, run_cli: Any) -> None:
    found = events(
        run_cli("due", "deal.yaml", "--as-of", "2027-01-02", "--format", "ics", "--remind", "2w")[1]
    )
    alarms = [alarm for event in found for alarm in event.walk("VALARM")]
    assert len(alarms) == len(found)
    assert {alarm["TRIGGER"].dt for alarm in alarms} == {timedelta(days=-14)}


def test_a_calendar_without_its_library(deal: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    code, out, err = run_cli("due", "deal.yaml", "--format", "ics")
    assert (code, out) == (2, "")
    assert "pip install 'termsheet[calendar]'" in err
    assert run_cli("due", "deal.yaml")[0] == 0


@pytest.mark.parametrize("written", ["'{}'", ">-\n    {}", "|\n    {}\n", "|\n\n    {}\n\n"])
def test_any_text_comes_through(written: str, deal: Path, run_cli: Any) -> None:
    title = 'Łódź; "one, two" \\ 日本 & 🚲'
    text = deal.read_text("utf-8").replace("title: Clinic monitoring", f"title: {written.format(title)}")
    deal.write_text(text, encoding="utf-8")
    out = run_cli("due", "deal.yaml", "--as-of", "2027-01-02", "--format", "ics")[1]
    assert all(str(event["SUMMARY"]).endswith(f"({title})") for event in events(out))
    assert f"X-WR-CALNAME:{icalendar.vText(title).to_ical().decode()}\n" in out.replace("\r\n", "\n")
    assert run_cli("due", "deal.yaml")[1].splitlines()[0] == title


# --- hostile ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "term:\n  effective: 9999-12-31\n  initial: 999999 years\nreview:\n  every: daily\n  first: 9999-12-31\n",
        "term:\n  effective: 0001-01-01\n  initial: 1 day\n  renewal:\n    kind: automatic\n    for: 1 day\n",
        "term:\n  effective: end\n  ends: effective\n",
        "term:\n  effective: 2027-01-01\n  initial: 0 months\n",
        "term:\n  effective: 2027-01-01\n  initial: 999999 business days\nreview:\n  every: every 999999 years\n",
        "term: 7\nreview: [x]\nexit: nothing\npilot: 3\n",
        "events:\n  - id: one\n    expected: two\n  - id: two\n    expected: one\nreview:\n  first: one\n",
    ],
)
def test_what_nobody_would_write(text: str, run_cli: Any) -> None:
    whole = ("deal:\n  title: x\n" + text).encode()
    for style in ("table", "json", "ics"):
        code, _, err = run_cli("due", "-", "--format", style, "--recurring", "--all", stdin=whole)
        assert (code, err) == (0, "")


# --- several deals, and names of any kind ---------------------------------------------------------------


def _deal(title: str, number: str = "") -> str:
    said = f"  id: {number}\n" if number else ""
    return f"deal:\n  title: {title}\n{said}  date: 2027-01-01\n{PARTIES}{TERM}"


def test_deals_that_a_row_would_call_the_same_are_told_apart(tmp_path: Path, run_cli: Any) -> None:
    long = "Distribution of refills in the Benelux"
    texts = {"a/deal.yaml": _deal(f"{long}, north", "A-1"), "b/deal.yaml": _deal(f"{long}, south", "A-2"),
             "c/deal.yaml": _deal("Alone", "A-3"), "d/deal.yaml": _deal("Copied", "A-4"),
             "e/deal.yaml": _deal("Copied", "A-4"), "f/deal.yaml": _deal("Copied")}  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    _, out, _ = run_cli("due", str(tmp_path), "--as-of", AS_OF, "--until", "2027-12-31")
    called = [line[16:46].strip() for line in out.splitlines() if line.startswith("2027-12-31")]
    assert called[:3] == ["A-1 Distribution of refills…", "A-2 Distribution of refills…", "Alone"]
    assert [name[-11:] for name in called[3:]] == ["d/deal.yaml", "e/deal.yaml", "f/deal.yaml"]


@pytest.mark.parametrize("style", ["table", "json", "ics"])
def test_a_name_that_is_not_in_utf_8_is_shown_as_far_as_can_be(
    style: str, tmp_path: Path, run_cli: Any
) -> None:
    try:
        (tmp_path / os.fsdecode(b"S\xfcd.deal.yaml")).write_text(_deal("x").replace("  title: x\n", ""))
    except OSError:
        pytest.skip("this system has no such names")
    code, out, _ = run_cli("due", str(tmp_path), "--as-of", AS_OF, "--format", style)
    assert code == 0
    assert "S?d.deal.yaml" in out


def test_who_names_holidays_is_not_told_of_them(
    tmp_path: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    review = "review:\n  every: quarterly\n  first: 2027-04-08\n  data_before: 5 business days\n"
    Path("deal.yaml").write_text(_deal("x") + review, encoding="utf-8")
    assert "`--holidays GB-ENG` leaves out" in run_cli("due", "deal.yaml", "--as-of", AS_OF)[1]
    Path(".termsheet.yaml").write_text("holidays: 2027-12-24\n", encoding="utf-8")
    assert "`--holidays" not in run_cli("due", "deal.yaml", "--as-of", AS_OF)[1]
