"""A Word file that came back: opened with care, and read for what was changed in it.

    package.py   the file: bounded, and refused in one sentence where it is none
    values.py    what the store and the controls say, as if every tracked change were accepted
    sent.py      the paper that it answers, known by its digest
    wanted.py    the place of the deal that a control stands for
    typed.py     what was typed, as the deal writes it
    numerals.py  numbers, and words for them
    times.py     dates, lengths of time, points in time
    sums.py      money, rates, measured values
    prose.py     text, changed only where it was changed
    merge.py     what was sent, the store and the text: changes, conflicts, and what cannot be understood
    write.py     changes into the YAML, at their places and nowhere else
    pull.py      all of it
    report.py    what is told of it
"""
