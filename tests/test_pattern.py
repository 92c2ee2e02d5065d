"""What is kept of the patterns is what Python makes of them."""

import re
from pathlib import Path

import pytest

from termsheet import pattern as patterns
from termsheet.pattern import build, pattern

KEPT = Path(patterns.place())


@pytest.fixture
def kept_in(tmp_path, monkeypatch):
    """A file from which patterns are read in place of the one that is kept."""
    monkeypatch.setattr(patterns, "place", lambda: str(tmp_path / "kept.txt"))
    patterns._kept.cache_clear()
    yield tmp_path / "kept.txt"
    patterns._kept.cache_clear()


def test_kept_are_those_of_the_package(kept_in):
    if KEPT.exists():  # one of the versions of Python that termsheet is made on
        assert KEPT.read_text("utf-8") == build.text(), "run `python -m termsheet.pattern.build`"
    assert list(KEPT.parent.glob("cpython-3*.txt"))


def test_a_kept_pattern_is_the_one_that_is_compiled(kept_in):
    kept_in.write_text(build.text(), "utf-8")
    known = build.known()
    assert len(known) > 100
    for text, flags in known:
        made = patterns._prepared(text, flags)
        assert made == re.compile(text, flags)
        assert (made.groupindex, made.groups) == (re.compile(text, flags).groupindex, re.compile(text, flags).groups)


def test_what_is_not_kept_is_compiled(kept_in):
    assert patterns._prepared(r"(?P<word>\w+)", 0) is None
    assert pattern(r"(?P<word>\w+)").match("one two")["word"] == "one"


@pytest.mark.parametrize(
    "spoilt",
    ["", "[", '[32, 1, {}, [null, null], "zz"]', '[32, 1, {}, [null, null], ""]', '[32, 1, {}, [null, null], "ffffffff"]',
     '[32, "x", {}, [], "00"]', "[1]", "{}"],
)  # fmt: skip
def test_what_is_spoilt_is_compiled(kept_in, spoilt):
    kept_in.write_text(f"0 (a)b\t{spoilt}\n", "utf-8")
    assert pattern("(a)b").fullmatch("ab")[1] == "a"


@pytest.mark.parametrize("spoilt", [b"\xff", b"no tab", b"0 (a)b"])
def test_a_spoilt_file_is_passed_over(kept_in, spoilt):
    kept_in.write_bytes(spoilt)
    assert pattern("(a)b").fullmatch("ab")[1] == "a"
