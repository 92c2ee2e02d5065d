"""What is kept of the patterns is what Python makes of them."""

import re
from pathlib import Path

import pytest

from termsheet import pattern as patterns
from termsheet.pattern import build, pattern, prepared

KEPT = Path(patterns.place())


@pytest.fixture
def kept_in(tmp_path, monkeypatch):
    """A file from which patterns are read in place of the one that is kept."""
    monkeypatch.setattr(patterns, "place", lambda: str(tmp_path / "kept.txt"))
    monkeypatch.setattr(build, "place", patterns.place)
    patterns._kept.cache_clear()
    yield tmp_path / "kept.txt"
    patterns._kept.cache_clear()


def test_kept_are_those_of_the_package():
    machines, *lines = KEPT.read_text("utf-8").splitlines()
    if patterns.machine() in machines.split("\t"):
        assert lines == build.lines(), "run `python -m termsheet.pattern.build`"
    else:  # another compiler than those for which they are kept
        assert prepared(*build.known()[0]) is None
    assert [line.split("\t")[0] for line in lines] == [patterns.title(*what).decode() for what in build.known()]


def test_a_kept_pattern_is_the_one_that_is_compiled(kept_in):
    build.main()
    known = build.known()
    assert len(known) > 100
    for text, flags in known:
        made, right = prepared(text, flags), re.compile(text, flags)
        assert made == right
        assert (made.groupindex, made.groups) == (right.groupindex, right.groups)


def test_kept_for_several_versions_where_all_make_the_same(kept_in):
    build.main()
    machines, rest = kept_in.read_text("utf-8").split("\n", 1)
    kept_in.write_text(f"20991231-little\n{rest}", "utf-8")
    assert prepared(*build.known()[0]) is None
    build.main()
    assert kept_in.read_text("utf-8") == f"{machines}\t20991231-little\n{rest}"
    kept_in.write_text(f"20991231-little\nother\t[]\n{rest}", "utf-8")
    build.main()
    assert kept_in.read_text("utf-8") == f"{machines}\n{rest}"


def test_what_is_not_kept_is_compiled(kept_in):
    assert prepared(r"(?P<word>\w+)", 0) is None
    assert pattern(r"(?P<word>\w+)").match("one two")["word"] == "one"


@pytest.mark.parametrize(
    "spoilt",
    ["", "[", '[32, 1, {}, [null, null], "zz"]', '[32, 1, {}, [null, null], ""]', '[32, 1, {}, [null, null], "ffffffff"]',
     '[32, "x", {}, [], "00"]', "[1]", "{}"],
)  # fmt: skip
def test_what_is_spoilt_is_compiled(kept_in, spoilt):
    kept_in.write_text(f"{patterns.machine()}\n0 '(a)b'\t{spoilt}\n", "utf-8")
    assert patterns._kept() == {b"0 '(a)b'": spoilt.encode()}
    assert pattern("(a)b").fullmatch("ab")[1] == "a"


@pytest.mark.parametrize("spoilt", [b"", b"\xff", b"no tab", b"0 '(a)b'"])
def test_a_spoilt_file_is_passed_over(kept_in, spoilt):
    kept_in.write_bytes(patterns.machine().encode() + b"\n" + spoilt if spoilt else b"")
    assert pattern("(a)b").fullmatch("ab")[1] == "a"
