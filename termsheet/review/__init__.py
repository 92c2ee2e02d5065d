"""Review: the mark-up of a paper that was sent, as a list of issues in the order of the paper.

paper.py     the text of a Word file, passage by passage: before and after its tracked changes, and its comments
align.py     the passages of two papers against each other: which are the same, which came, went and moved
lines.py     the lines of what was sent, each with its clause and its values
issues.py    what differs, as issues
judged.py    the values that changed: the positions that they touch, the findings that they open
review.py    all of it
shown.py     the list as a table, as Markdown, JSON and HTML
"""
