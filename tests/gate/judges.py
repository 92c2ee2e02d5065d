"""The three judges of a file together: openxml-audit, ooxml-integrity and our own semantics."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .semantics import findings

VALIDATORS = ("audit", "integrity")


def judged(data: bytes, by: str = "") -> list[str]:
    """Every finding, led by `audit`, `integrity` or the name of a check; or only those of one of them."""
    own = [] if by in VALIDATORS else findings(data, [by] if by else ())
    return own if by and by not in VALIDATORS else [*own, *validated(data)]


def validated(data: bytes) -> list[str]:
    """What the two validators find."""
    import ooxml_integrity
    import openxml_audit

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(data)
        errors = [f"audit: {one.description}" for one in openxml_audit.OpenXmlValidator().validate(str(path)).errors]
        return errors + [f"integrity: {one}" for one in ooxml_integrity.check(str(path))]
