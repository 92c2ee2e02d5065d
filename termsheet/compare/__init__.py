"""Compare: what has changed between two papers, or between two deals.

    words.py      the words of a paragraph against those of another: whole words and whole figures
    merged.py     two Documents as one, in which every change is marked: what a redline prints
    redline.py    the redline as a file
    sides.py      the two sides: files, revisions of git, rounds that were sent
    terms.py      two deals in business terms: path, old, new, the clause, the position
    shown.py      those, as text, Markdown and JSON

Blocks are compared by their ids, so that a clause that has moved is known to have moved, and a number that has changed
because another paragraph came in is no change.
"""
