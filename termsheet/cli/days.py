"""Days and lengths of time as options of a command."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from termsheet.values.duration import Duration

_UNITS = {"d": "days", "w": "weeks", "m": "months", "q": "quarters", "y": "years"}


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day: `2027-03-31`, or `today`."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that the text names."""
        from termsheet.values import dates
        from termsheet.values.errors import FormError

        if isinstance(value, date):
            return value
        if value == "today":
            return date.today()
        try:
            return dates.parse(value)
        except FormError as error:
            self.fail(f"`{value}` {error}; write it as 2027-03-31", param, ctx)


class Span(click.ParamType):  # type: ignore[type-arg]
    """A length of time: `90d`, `12w`, `6m`, `1y`, or `90 days`."""

    name = "time"

    def convert(
        self, value: str | Duration, param: click.Parameter | None, ctx: click.Context | None
    ) -> Duration:
        """The length that the text names."""
        from termsheet.values import duration
        from termsheet.values.errors import FormError

        if not isinstance(value, str):
            return value
        unit = _UNITS.get(value[-1:].lower(), "") if value[:-1].isdigit() else ""
        try:
            found = duration.parse(f"{value[:-1]} {unit}" if unit else value)
        except FormError:
            found = None
        if found is None or not found.number or found.word:
            self.fail(f"`{value}` is not a length of time; write 90d, 12w, 6m or 1y", param, ctx)
        return found


class Event(click.ParamType):  # type: ignore[type-arg]
    """An event and its day: `launch=2027-09-01`."""

    name = "name=date"

    def convert(
        self, value: str | tuple[str, date], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, date]:
        """The event and its day."""
        if not isinstance(value, str):
            return value
        name, equals, day = value.partition("=")
        if not equals or not name.strip():
            self.fail(f"`{value}` does not name an event and its day; write launch=2027-09-01", param, ctx)
        return name.strip(), Day().convert(day.strip(), param, ctx)
