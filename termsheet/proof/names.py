"""Names that were left behind: nobody stands in the library's words who is not in the deal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.proof.passages import Paper, Remark

_COMPANY = re.compile(
    r"(?:[A-Z]\w+ )+(?:GmbH|AG|KG|SE|Ltd|Limited|Inc|LLC|LLP|plc|PLC|B\.?V|S\.?A|Oy|AB|S\.r\.l)\b\.?"
)
_ACTS = r"\b(?:%s)\b(?= (?:shall|will|must|may|intends?|agrees?|is|has)\b)"


def strangers(paper: Paper) -> Iterator[Remark]:
    """A company in words of the library, or a party by a role ("Supplier shall") that nobody has in this deal."""
    roles = [role for role in paper.known.get("roles", ()) if role not in paper.called]
    role = re.compile(_ACTS % "|".join(roles)) if roles else None
    for passage in paper.passages:
        for match in _COMPANY.finditer(passage.own):
            yield passage.remark("stranger", f"“{match[0]}” is named, who is not in the deal")
        for match in role.finditer(passage.undefined) if role else ():
            yield passage.remark("stranger", f"“{match[0]}” acts, whom the deal does not know")
