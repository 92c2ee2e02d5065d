"""A place that is not well formed, and all that its remedy may look at."""

from __future__ import annotations

from typing import Any

from termsheet.deal import Deal
from termsheet.immutable import immutable
from termsheet.source import Route, Source

Json = dict[str, Any]


@immutable
class Site:
    """The file, the deal in it, the route of the place, and what the schema check says of it."""

    read: Source
    deal: Deal
    route: Route
    params: Json

    @property
    def siblings(self) -> list[str]:
        """The other keys that stand beside this one."""
        data = self.read.data
        for key in self.route[:-1]:
            data = data[key]
        return [key for key in data if key != self.route[-1]]
