"""What a deal implies in time: every date and deadline, with the arithmetic that leads to it.

model.py     what a date is, and what has none yet
words.py     lengths of time, and how a day was counted, in words
book.py      the primitives: a day, a length of time after a day, and what recurs
entries.py   what of a deal has a day, area by area
ends.py      the term, the notice before its end, and what comes after it
agenda.py    the dates of several deals, sorted, within a window
table.py, json.py, ics.py    how they are shown
"""
