"""Points in time: `2027-03-31`, `60 days after signature`, `30 days before end`, `on launch`, `quarter end`."""

from __future__ import annotations

import re
from datetime import date

from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.values import dates, duration
from termsheet.values.duration import Duration
from termsheet.values.errors import FormError

EVENTS = ("signature", "last-signature", "effective", "end", "notice", "invoice", "receipt",
          "month end", "quarter end", "year end")  # fmt: skip
_EVENT = r"(month end|quarter end|year end|[a-z][a-z0-9-]*)"
_RELATIVE = pattern(rf"(.+?) (after|before) (?:the )?{_EVENT}")
_AT = pattern(rf"(?:on |at |upon )?(?:the )?{_EVENT}")


@immutable
class When:
    """A date; or an event, with a length of time after it (or before it, where `before`)."""

    date: date | None = None
    event: str = ""
    offset: Duration | None = None
    before: bool = False

    @property
    def reference(self) -> str:
        """The id of the file's own event that it hangs on, or nothing."""
        return "" if self.event in EVENTS else self.event


def parse(text: str) -> When:
    """A point in time: a date, an event, or a length of time after or before an event."""
    text = " ".join(text.split())
    if re.match(r"\d{4}-", text):
        return When(date=dates.parse(text))
    lowered = text.lower()
    relative = _RELATIVE.fullmatch(lowered)
    if relative:
        return When(event=relative[3], offset=duration.parse(relative[1]), before=relative[2] == "before")
    at = _AT.fullmatch(lowered)
    if not at or lowered in duration.WORDS:
        raise FormError("is neither a date nor a time counted from an event")
    return When(event=at[1])
