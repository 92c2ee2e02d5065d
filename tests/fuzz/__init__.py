"""Fuzzing: deals, clauses, rules, configurations and Word files by chance, and what must hold of each.

    python -m tests.fuzz --minutes 30                every target in turn; what is found is kept in `corpus/`
    python -m tests.fuzz --target docx --seed 7      one of them, from a known start
    python -m tests.fuzz --guided loader --minutes 5 led by coverage, where atheris is installed
    python -m tests.fuzz.kills --times 200           every command that writes, killed at any moment

generated.py   deals of anything that the schema accepts
damage.py      a text damaged in its bytes, lines, tokens or tree
targets.py     what is tried, and what must hold of it
kills.py       a process that is killed while it writes
corpus/        what was found, by target: each is tried again by `tests/test_fuzz.py`
"""
