"""Redlines, tried on pairs of deals: `python -m tests.redlines --pairs 200`.

    pairs.py      deals, each before and after a few changes, and their papers
    settled.py    accept and reject, by code that knows nothing of how a redline is written
    office.py     the same by LibreOffice
    tried.py      what must hold for a redline
"""

from .settled import accepted, around, bare, body, paragraphs, rejected

__all__ = ["accepted", "around", "bare", "body", "paragraphs", "rejected"]
