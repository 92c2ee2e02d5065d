"""What follows from conditions over a deal, without a deal.

A formula is True, False, an atom, or `("and", …)`, `("or", …)`, `("not", f)`. An atom says one thing of a deal:

    ("is", path)            something stands there that counts as true
    ("given", path)         something stands there
    ("equals", path, word)  that word stands there
    ("in", clause)          a clause is in the paper
    ("other", text)         whatever else a condition asks

What cannot be worked out in a few steps counts as possible, so that nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

Formula = Any
_STEPS = 4000


def both(*formulas: Formula) -> Formula:
    """All of them."""
    return ("and", *formulas)


def either(*formulas: Formula) -> Formula:
    """At least one of them."""
    return ("or", *formulas)


def no(formula: Formula) -> Formula:
    """Not that."""
    return ("not", formula)


def atoms(formula: Formula) -> Iterator[tuple[Any, ...]]:
    """Every atom of a formula."""
    if isinstance(formula, bool):
        return
    if formula[0] in ("and", "or", "not"):
        for part in formula[1:]:
            yield from atoms(part)
    else:
        yield formula


def possible(formulas: Sequence[Formula]) -> bool:
    """Whether all of the formulas can hold at once."""
    known = list(dict.fromkeys(atom for formula in formulas for atom in atoms(formula)))
    return _search([*formulas, *_axioms(known)], {}, [_STEPS])


def follows(goal: Formula, formulas: Sequence[Formula]) -> bool:
    """Whether the goal holds wherever the formulas do."""
    return _told(goal, formulas) or not possible([*formulas, no(goal)])


def _told(goal: Formula, formulas: Sequence[Formula]) -> bool:
    """Whether the formulas say so in as many words, which is the usual case."""
    for formula in formulas:
        if formula == goal:
            return True
        if isinstance(formula, bool):
            continue
        if formula[0] == "and" and _told(goal, formula[1:]):
            return True
        if goal[0] == "given" and formula[0] in ("is", "given", "equals") and formula[1] == goal[1]:
            return True
    return False


def is_plain(formula: Formula) -> bool:
    """Whether all that it asks is understood."""
    return all(atom[0] != "other" for atom in atoms(formula))


def _search(formulas: list[Formula], chosen: dict[Any, bool], left: list[int]) -> bool:
    left[0] -= 1
    if left[0] < 0:
        return True
    undecided = []
    for formula in formulas:
        value = _value(formula, chosen)
        if value is False:
            return False
        if value is None:
            undecided.append(formula)
    if not undecided:
        return True
    short = min(undecided, key=lambda formula: sum(1 for atom in atoms(formula) if atom not in chosen))
    atom = next(atom for atom in atoms(short) if atom not in chosen)
    return any(_search(undecided, {**chosen, atom: value}, left) for value in (True, False))


def _value(formula: Formula, chosen: dict[Any, bool]) -> bool | None:
    if isinstance(formula, bool):
        return formula
    if formula[0] == "not":
        value = _value(formula[1], chosen)
        return None if value is None else not value
    if formula[0] in ("and", "or"):
        deciding = formula[0] == "or"
        values = [_value(part, chosen) for part in formula[1:]]
        return deciding if deciding in values else None if None in values else not deciding
    return chosen.get(formula)


def _axioms(known: Sequence[tuple[Any, ...]]) -> Iterator[Formula]:
    """What holds of every deal, as far as it speaks of these atoms."""
    there = {atom for atom in known if atom[0] in ("is", "given", "equals")}
    for atom in sorted(there, key=str):
        kind, path = atom[:2]
        if kind == "equals":
            yield either(no(atom), ("is", path) if atom[2] else no(("is", path)))
        if kind != "given":
            yield either(no(atom), ("given", path))
        for above in {other[1] for other in there}:
            if path.startswith((f"{above}.", f"{above}[")):
                yield either(no(("given", path) if kind == "given" else atom), ("is", above))
    for one, other in combinations(sorted((atom for atom in there if atom[0] == "equals"), key=str), 2):
        if one[1] == other[1]:
            yield either(no(one), no(other))
