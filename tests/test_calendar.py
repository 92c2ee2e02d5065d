"""Days of the calendar: against python-dateutil, and against tables that were counted by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, rruleset
from hypothesis import given
from hypothesis import strategies as st

from termsheet import holidays
from termsheet.errors import TermsheetError
from termsheet.values import cadence, duration
from termsheet.values.calendar import add, last_day, period_end, recurring
from termsheet.values.duration import Duration

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
NONE: frozenset[date] = frozenset()
RELATIVE = {
    "day": lambda number: relativedelta(days=number),
    "week": lambda number: relativedelta(weeks=number),
    "month": lambda number: relativedelta(months=number),
    "quarter": lambda number: relativedelta(months=3 * number),
    "year": lambda number: relativedelta(years=number),
}


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- against python-dateutil ------------------------------------------------------------------------------


@given(DAYS, st.integers(0, 400), st.sampled_from(sorted(RELATIVE)), st.booleans())
def test_a_length_of_time_after_a_day(start: date, number: int, unit: str, before: bool) -> None:
    step = RELATIVE[unit](number)
    expected = start - step if before else start + step
    assert add(start, Duration(number, unit), before=before) == expected


@given(DAYS, st.integers(1, 300), st.sets(st.integers(-500, 500), max_size=30), st.booleans())
def test_business_days(start: date, number: int, free: set[int], before: bool) -> None:
    closed = frozenset(start + timedelta(days=offset) for offset in free)
    workdays = rruleset()
    first = start - timedelta(days=1000) if before else start + timedelta(days=1)
    last = start - timedelta(days=1) if before else start + timedelta(days=1000)
    workdays.rrule(rrule(DAILY, dtstart=_at(first), until=_at(last), byweekday=range(5)))
    for other in closed:
        workdays.exdate(_at(other))
    expected = list(workdays)[-number if before else number - 1].date()
    assert add(start, Duration(number, "business day"), before=before, holidays=closed) == expected


@given(DAYS, st.integers(1, 400))
def test_a_term_ends_on_the_day_before_its_date_comes_again(start: date, months: int) -> None:
    """Or on the last day of the month, where that month has no such date: Regulation (EEC) 1182/71, Article 3(2)(c)."""
    again = start + relativedelta(months=months)
    expected = again - timedelta(days=1) if again.day == start.day else again + relativedelta(day=31)
    assert last_day(start, Duration(months, "month")) == expected


@given(DAYS, st.sampled_from([1, 2, 3, 6, 12]))
def test_months_that_recur_do_not_drift(start: date, months: int) -> None:
    monthdays = range(28, start.day + 1) if start.day > 28 else [start.day]  # the last of them that there is
    found = rrule(MONTHLY, interval=months, dtstart=_at(start), bymonthday=monthdays, bysetpos=-1, count=40)
    assert [*islice(recurring(start, Duration(months, "month")), 40)] == [each.date() for each in found]


@given(DAYS, st.integers(1, 9))
def test_weeks_that_recur(start: date, weeks: int) -> None:
    found = rrule(WEEKLY, interval=weeks, dtstart=_at(start), count=40)
    assert [*islice(recurring(start, Duration(weeks, "week")), 40)] == [each.date() for each in found]


@given(DAYS, st.sampled_from([1, 3, 12]))
def test_the_end_of_a_month_quarter_and_year(start: date, months: int) -> None:
    ends = rrule(MONTHLY, dtstart=_at(start), bymonth=range(months, 13, months), bymonthday=-1, count=1)
    assert period_end(start, months) == ends[0].date()


@given(DAYS, st.integers(0, 200), st.sets(st.integers(-300, 300), max_size=20))
def test_business_days_go_there_and_back(start: date, number: int, free: set[int]) -> None:
    closed = frozenset(start + timedelta(days=offset) for offset in free) - {start}
    there = add(start, Duration(number, "business day"), holidays=closed)
    back = add(there, Duration(number, "business day"), before=True, holidays=closed) if there else None
    assert back == start or start.weekday() > 4


def _at(start: date) -> datetime:
    return datetime.combine(start, datetime.min.time())


# --- counted by hand --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "length", "after"),
    [
        ("2027-01-31", "1 month", "2027-02-28"),
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2027-01-31", "3 months", "2027-04-30"),
        ("2028-02-29", "1 year", "2029-02-28"),
        ("2028-02-29", "4 years", "2032-02-29"),
        ("2027-12-31", "2 months", "2028-02-29"),
        ("2027-12-31", "1 quarter", "2028-03-31"),
        ("2028-02-28", "1 day", "2028-02-29"),
        ("2027-02-28", "1 day", "2027-03-01"),
        ("2100-02-28", "1 day", "2100-03-01"),  # 2100 is no leap year
        ("2027-12-25", "2 weeks", "2028-01-08"),
        ("2027-03-31", "0 days", "2027-03-31"),
        ("2027-03-31", "immediately", "2027-03-31"),
    ],
)
def test_after(start: str, length: str, after: str) -> None:
    assert add(day(start), duration.parse(length)) == day(after)


# England and Wales: 27 and 28 December 2027 stand in for Saturday 25 and Sunday 26, 3 January 2028 for Saturday 1.
ENGLAND = frozenset(
    day(text) for text in ("2027-12-27", "2027-12-28", "2028-01-03", "2028-04-14", "2028-04-17")
)


@pytest.mark.parametrize(
    ("start", "number", "before", "found", "free"),
    [
        ("2027-12-23", 1, False, "2027-12-24", ENGLAND),
        ("2027-12-23", 2, False, "2027-12-29", ENGLAND),
        ("2027-12-23", 4, False, "2027-12-31", ENGLAND),
        ("2027-12-23", 5, False, "2028-01-04", ENGLAND),
        ("2027-12-23", 10, False, "2028-01-11", ENGLAND),
        ("2027-12-23", 5, False, "2027-12-30", NONE),
        ("2028-01-05", 1, True, "2028-01-04", ENGLAND),
        ("2028-01-05", 2, True, "2027-12-31", ENGLAND),
        ("2028-01-05", 5, True, "2027-12-24", ENGLAND),
        ("2027-12-25", 1, False, "2027-12-29", ENGLAND),  # counted from a Saturday
        ("2027-12-26", 1, True, "2027-12-24", ENGLAND),  # and back from a Sunday
        ("2028-04-13", 1, False, "2028-04-18", ENGLAND),  # Easter
        ("2027-01-08", 5, False, "2027-01-15", NONE),
        ("2027-01-09", 5, False, "2027-01-15", NONE),
        ("2027-01-09", 0, False, "2027-01-09", NONE),
    ],
)
def test_business_days_over_the_end_of_a_year(
    start: str, number: int, before: bool, found: str, free: frozenset[date]
) -> None:
    assert add(day(start), Duration(number, "business day"), before=before, holidays=free) == day(found)


def test_the_holidays_of_england_are_those_of_the_table() -> None:
    assert holidays.days("GB-ENG", [2027, 2028]) >= ENGLAND


def test_business_days_have_no_day_where_nobody_knows_the_holidays() -> None:
    assert add(day("2027-01-04"), Duration(5, "business day")) is None


@pytest.mark.parametrize(
    ("start", "length", "last"),
    [
        ("2027-01-01", "12 months", "2027-12-31"),
        ("2027-01-01", "1 year", "2027-12-31"),
        ("2027-04-01", "3 years", "2030-03-31"),
        ("2027-02-15", "12 months", "2028-02-14"),
        ("2027-03-01", "12 months", "2028-02-29"),
        ("2028-02-29", "12 months", "2029-02-28"),
        ("2028-02-29", "4 years", "2032-02-28"),
        ("2027-01-31", "1 month", "2027-02-28"),
        ("2027-01-29", "1 month", "2027-02-28"),
        ("2027-08-31", "6 months", "2028-02-29"),
        ("2027-05-31", "1 month", "2027-06-30"),
        ("2027-01-01", "30 days", "2027-01-30"),
        ("2027-01-04", "2 weeks", "2027-01-17"),
        ("2027-03-01", "10 business days", "2027-03-12"),  # from a Monday, which counts
        ("2027-02-28", "10 business days", "2027-03-12"),  # from a Sunday, which does not
    ],
)
def test_the_last_day_of_a_term(start: str, length: str, last: str) -> None:
    assert last_day(day(start), duration.parse(length), holidays=NONE) == day(last)


@pytest.mark.parametrize(
    ("end", "notice", "last"),
    [
        ("2030-03-31", "90 days", "2029-12-31"),
        ("2030-03-31", "60 days", "2030-01-30"),
        ("2030-03-31", "3 months", "2029-12-31"),
        ("2030-03-31", "1 month", "2030-02-28"),
        ("2028-03-31", "1 month", "2028-02-29"),
        ("2028-12-31", "6 months", "2028-06-30"),
        ("2027-12-31", "12 months", "2026-12-31"),
        ("2028-02-29", "1 year", "2027-02-28"),
        ("2028-02-14", "60 days", "2027-12-16"),
        ("2028-01-07", "10 business days", "2027-12-21"),  # over 27 and 28 December and 3 January
    ],
)
def test_notice_is_counted_back_from_a_renewal(end: str, notice: str, last: str) -> None:
    assert add(day(end), duration.parse(notice), before=True, holidays=ENGLAND) == day(last)


def test_a_review_on_the_last_day_of_january_comes_back_to_the_last_day() -> None:
    found = islice(recurring(day("2027-01-31"), Duration(1, "month")), 14)
    assert [str(each)[2:] for each in found] == [
        "27-01-31",
        "27-02-28",
        "27-03-31",
        "27-04-30",
        "27-05-31",
        "27-06-30",
        "27-07-31",
        "27-08-31",
        "27-09-30",
        "27-10-31",
        "27-11-30",
        "27-12-31",
        "28-01-31",
        "28-02-29",
    ]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("biweekly", Duration(2, "week")),
        ("every 2 weeks", Duration(2, "week")),
        ("quarterly", Duration(3, "month")),
        ("twice a year", Duration(6, "month")),
        ("3 times a year", Duration(4, "month")),
        ("3 times per quarter", Duration(1, "month")),
        ("every 10 business days", Duration(10, "business day")),
        ("5 times a year", None),
        ("twice a month", None),
        ("3 times a week", None),
    ],
)
def test_the_step_of_a_cadence(text: str, step: Duration | None) -> None:
    assert cadence.parse(text).step == step


@pytest.mark.parametrize("length", ["999999 years", "999999 weeks", "999999 business days", "999999 days"])
@pytest.mark.parametrize("before", [False, True])
def test_the_calendar_has_an_end(length: str, before: bool) -> None:
    start = day("9998-12-31") if not before else day("0002-01-01")
    assert add(start, duration.parse(length), before=before, holidays=NONE) is None
    assert last_day(date.max, Duration(1, "year")) is None
    assert last_day(date.min, Duration(5, "business day"), holidays=NONE) is None
    assert len([*recurring(day("9999-10-15"), Duration(1, "month"))]) == 3


@pytest.mark.parametrize(
    "length", ["24 hours", "90 minutes", "8 business hours", "indefinite", "term + 2 years"]
)
def test_what_no_calendar_counts(length: str) -> None:
    assert add(day("2027-01-01"), duration.parse(length), holidays=NONE) is None


# --- holidays ---------------------------------------------------------------------------------------------


def test_holidays_of_a_place_and_days_of_its_own() -> None:
    found = holidays.days(["DE", "de-by", "2027-12-24", day("2028-01-03")], [2027])
    assert {day("2027-10-03"), day("2027-01-06"), day("2027-12-24"), day("2028-01-03")} <= found
    assert day("2027-01-06") not in holidays.days("DE", [2027])


def test_a_place_by_its_name() -> None:
    assert holidays.days("England", [2027]) == holidays.days("gb-eng", [2027])
    assert holidays.days("Germany", [2027]) == holidays.days("DE", [2027])
    assert holidays.days("usa", [2027]) == holidays.days("US", [2027])


def test_the_years_in_which_a_file_counts_days() -> None:
    text = "from 2027-04-01 to 2030-03-31, and 0012-01-01, and 9999-12-31"
    assert holidays.years(text, day("2026-11-22")) == range(2025, 2046)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("Atlantis", "no place is called `Atlantis`"),
        ("GB-UK", "`GB` has no part called `UK`; it is one of GB-ENG, GB-NIR, GB-SCT, GB-WLS"),
        ("2027-02-30", "`2027-02-30` is not in the calendar"),
    ],
)
def test_holidays_that_are_not_known(spec: str, words: str) -> None:
    with pytest.raises(TermsheetError) as error:
        holidays.days(spec, [2027])
    assert words in str(error.value)


def test_holidays_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "holidays", None)
    with pytest.raises(TermsheetError, match=r"pip install 'termsheet\[calendar\]'"):
        holidays.days("DE", [2027])
    assert holidays.days(["2027-12-24"], [2027]) == {day("2027-12-24")}
