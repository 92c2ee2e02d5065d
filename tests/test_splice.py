"""Edits of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termsheet.splice import Edit, apart, line_break, moved, splice


def test_edits_are_made_at_once_whatever_their_order() -> None:
    edits = [Edit(6, 11, "moon"), Edit(0, 5, "goodbye"), Edit(11, 11, "!")]
    assert splice("hello world", edits) == splice("hello world", reversed(edits)) == "goodbye moon!"


def test_an_edit_that_is_given_twice_is_made_once() -> None:
    assert splice("ab", [Edit(1, 1, "-"), Edit(1, 1, "-")]) == "a-b"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 3, "x"), Edit(2, 4, "y")],
        [Edit(1, 1, "x"), Edit(1, 1, "y")],
        [Edit(0, 2, "x"), Edit(0, 2, "y")],
        [Edit(0, 4, ""), Edit(2, 2, "y")],
        [Edit(0, 9, "x")],
        [Edit(3, 2, "x")],
        [Edit(-1, 1, "x")],
    ],
)
def test_edits_that_overlap_or_stand_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice("text", edits)


@given(st.text("ab\r\n€", max_size=30), st.data())
def test_every_character_outside_the_edits_stays_and_is_found_again(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    edits = [Edit(start, end, data.draw(st.text("xyz", max_size=4))) for start, end in pairs]
    assert apart(edits)
    new = splice(text, edits)
    outside = [at for at in range(len(text)) if not any(edit.start <= at < edit.end for edit in edits)]
    assert "".join(new[to] for _, to in sorted(moved(outside, edits).items())) == "".join(
        text[at] for at in outside
    )
    assert len(new) == len(text) + sum(len(edit.text) - (edit.end - edit.start) for edit in edits)


def test_what_stands_inside_an_edit_is_found_at_its_start() -> None:
    assert moved([3], [Edit(2, 5, "longer than that"), Edit(0, 1, "")]) == {3: 1}


@pytest.mark.parametrize(
    ("text", "ends"), [("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb", "\r"), ("a", "\n")]
)
def test_the_lines_of_a_text_end_as_its_first_one_does(text: str, ends: str) -> None:
    assert line_break(text) == ends
