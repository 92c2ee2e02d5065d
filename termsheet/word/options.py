"""What can be asked of a Word file beside what its Document says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from termsheet.immutable import immutable

if TYPE_CHECKING:
    from termsheet.word.reference import Reference

PROTECTIONS = {"tracked": "trackedChanges", "comments": "comments", "read-only": "readOnly", "forms": "forms"}
TITLE = "title"


@immutable
class Note:
    """A comment for one's own side, at the block with the id `target`, or at the title."""

    target: str
    text: str
    author: str = "termsheet"


@immutable
class Revised:
    """Whose changes a redline tracks, and when they were made (W3CDTF, such as 2027-01-15T09:00:00Z)."""

    author: str
    date: str


@immutable
class Options:
    """How a Word file is made.

    `bound` wraps every value in a content control. `digest` names what the paper was made of. `notes` are the comments
    of one side, and must be empty in a paper that leaves the house. `protection` is one of PROTECTIONS or empty;
    `tracked` turns the tracking of changes on. `pages` gives the page of each heading, by its id, for the contents.
    `author` stands in the properties. `bookmarked` are blocks that get a bookmark though nothing points to them.
    `reference` is the look of a house. `revised` says whose changes those of a merged paper are.
    """

    bound: bool = True
    digest: str = ""
    notes: tuple[Note, ...] = ()
    protection: str = ""
    tracked: bool = False
    pages: Mapping[str, str] = {}
    author: str = ""
    bookmarked: tuple[str, ...] = ()
    reference: Reference | None = None
    revised: Revised | None = None
