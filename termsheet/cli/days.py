"""Days and lengths of time as options of a command."""

from __future__ import annotations

from datetime import date

import click


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
