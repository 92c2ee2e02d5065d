"""What is read without a parser of Markdown is what that parser reads: every text of the library, and any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from termsheet import assemble, source
from termsheet.library import markdown, markup, text
from termsheet.library.markup import Piece
from termsheet.lint import lint_source
from termsheet.rules import RULES

DEALS = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "tests" / "precision").glob("*.deal.yaml"))]
QUOTES = "“”‘’"


@pytest.mark.parametrize("path", DEALS, ids=lambda path: path.stem)
def test_every_clause_of_a_paper_both_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0

    def both(words: str, quotes: str) -> list[Piece]:
        nonlocal read
        read += 1
        found = markup.plain(words, quotes)
        assert found is not None, "a clause of termsheet that needs a parser of Markdown makes every paper slower"
        assert found == markdown.pieces(words, quotes)
        return found

    monkeypatch.setattr(text.markup, "pieces", both)
    deal = lint_source(source.read(str(path)), RULES).deal
    for form in ("term-sheet", "agreement"):
        assemble.assemble(deal, form, draft=True)
    assert read > 50


@pytest.mark.parametrize(
    "words",
    ["a `b`", "a _b_", "a\\*b", "[a](#b)", "a&amp;b", "<b>", "a  \nb", "a \nb", "a\tb", "a\u00a0b", "a\rb", "a\x00b",
     "* a", "+ a", "1. a", "7) a", "-", "- ", "-a", "---", "***", "* * *", "~~~\na\n~~~", "a\n---", " - a", "   - a",
     "-  a", "- - a", "- 1. a", "- a\n    - b", "*a*", "a ** b", "**a", "a** b**", "**a **", "***a***", "****", "**a****b**", "**a {#b}**",
     '"', 'a" b"', '"a b', '**"a**"', '"a""b"', "'a'", "a 'b' c", "'s"],
)  # fmt: skip
def test_what_is_not_certain_is_left_to_the_parser(words: str) -> None:
    assert markup.plain(words, QUOTES) is None
    assert markup.pieces(words, QUOTES) == markdown.pieces(words, QUOTES)


@pytest.mark.parametrize(
    "words",
    ["", "\n \n", "a", "a\nb", " a\n   b\n\n  c", "- a\n- b\n\n  c\n\n  - d\n  e\n\nf\n- g", "- a\nb\n\n c", "# a", "> a",
     "=== b", "a | b", "1.5 m", "2027 a", "**a**", "**a.** b", "x **\ue0001\ue001** (b)", 'x (**"a"**), b', '"a b" c.',
     "it's the parties'", "a {#b}", "{#b}", "- a {#b}\n\n  - c {#d}", "a\n{#b}", "a {#b} c", "a --- b..."],
)  # fmt: skip
def test_what_is_certain_is_read_without_it(words: str) -> None:
    assert markup.plain(words, QUOTES) == markdown.pieces(words, QUOTES)


_BITS = ["a", "B", "word", "7", "\ue0003\ue001", " ", "  ", "\n", "\n\n", "\n- ", "\n  - ", "\n    - ", "\n  ", "- ", "**",
         "*", '"', "'", "“", "(", ")", ".", ",", ":", ";", "{#name}", "-", "+ ", "1. ", "\n1) ", "#", ">", "=", "~", "|",
         "é", "ß", "²", "–", "…", "\u00a0", "!", "$", "_", "`", "\\", "[", "](#x)", "<", "&", "\t", "---"]  # fmt: skip
_SAFE = _BITS[: _BITS.index("-")]


@given(st.one_of(*(st.lists(st.sampled_from(bits), max_size=14).map("".join) for bits in (_SAFE, _BITS))),
       st.sampled_from([QUOTES, "„“‚‘"]))  # fmt: skip
@example("a \n\n- b ", QUOTES)
@example('- a\n  "b"\n\n  **c** d', QUOTES)
def test_any_text_both_ways(words: str, quotes: str) -> None:
    found = markup.plain(words, quotes)
    assert found is None or found == markdown.pieces(words, quotes)


def test_signs_are_what_they_are_taken_for() -> None:
    """No white space passes as a word; a letter is for the parser neither white space nor punctuation."""
    from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

    for char in map(chr, range(0x110000)):
        assert bool(markup._UNSURE.search(char)) == (char in "\\`_[]<&\0" or (char.isspace() and char not in " \n"))
        if char.isalnum():
            signs = (isMdAsciiPunct(ord(char)), isPunctChar(char), isWhiteSpace(ord(char)))
            assert not any(signs), hex(ord(char))
