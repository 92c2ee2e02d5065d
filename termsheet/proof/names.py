"""Names that were left behind: nobody stands in the library's words who is not in the deal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from termsheet.pattern import pattern
from termsheet.proof.passages import Paper, Remark

_FORM = r"(?:GmbH|AG|KG|SE|Ltd|Limited|Inc|LLC|LLP|plc|PLC|B\.?V|S\.?A|Oy|AB|S\.r\.l)\b\.?"
_FORMED = pattern(_FORM)
_COMPANY = pattern(rf"(?:[A-Z]\w+ )+{_FORM}")
_ACTS = r"(?:%s)\b(?= (?:shall|will|must|may|intends?|agrees?|is|has)\b)"


def strangers(paper: Paper) -> Iterator[Remark]:
    """A company in words of the library, or a party by a role ("Supplier shall") that nobody has in this deal."""
    roles = [role for role in paper.known.get("roles", ()) if role not in paper.called]
    acts = _ACTS % "|".join(roles)
    role = re.compile(rf"\b{acts}") if roles and re.search(acts, paper.undefined) else None
    named = _FORMED.search("\n".join([passage.own for passage in paper.passages]))
    for passage in paper.passages if role or named else ():
        for match in _COMPANY.finditer(passage.own):
            yield passage.remark("stranger", f"“{match[0]}” is named, who is not in the deal")
        for match in role.finditer(passage.undefined) if role else ():
            yield passage.remark("stranger", f"“{match[0]}” acts, whom the deal does not know")
