"""Positions: what a side wants of each clause, where it may give way, and where it walks away.

    book = playbook.load("licensor")
    judging.judged(deal, book, "acme").stands

    position.py     a position, compiled from the front matter of a clause or from a playbook
    playbook.py     the positions of the clauses, as one playbook after the other changes them
    sides.py        whose side is taken
    judging.py      where a deal stands
    table.py, markdown.py, json.py      how that is shown
    opf.py          the Open Playbook Format

Positions are private: nothing here is imported by what renders, and no clause sees them.
Jinja is imported here, and this package only where a playbook is named.
"""
