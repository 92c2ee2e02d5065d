"""Deals and places that mean harm, or only bad luck: a sentence, a bound, and nothing lost."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES

from termsheet import source, writers
from termsheet.assemble import assemble
from termsheet.errors import LibraryError
from termsheet.lint import lint_source
from termsheet.rules import RULES
from termsheet.verify import verify
from termsheet.wellformed import checked

PARTIES = "parties:\n  - {id: a, name: Acme, short: NAME}\n  - {id: b, name: Bora}\n"


def rendered(text: str, suffix: str = ".txt") -> str:
    """The text of a draft, read back and verified."""
    deal, found = checked(source.parse(text, "deal.yaml"))
    assert [finding.message for finding in found] == []
    document = assemble(deal, draft=True).document
    read = writers.read_text(writers.write(document, suffix), suffix)
    verify(document, read, interleaved=suffix == ".txt")
    return read


def test_what_is_private_is_called_by_no_name() -> None:
    text = (
        "deal: {title: T, type: pilot}\n"
        "internal: {stakeholders: [{id: secret, name: SENTINEL}]}\n"
        "risks: [{id: hidden, text: SENTINEL, shared: no}]\n"
    )
    deal, _ = checked(source.parse(text, "deal.yaml"))
    assert "SENTINEL" not in [node.value for node in deal.declared.values()]
    _, found = checked(source.parse(text + "term: {effective: on secret}\n", "deal.yaml"))
    assert [finding.rule for finding in found] == ["schema-unknown-id"]


@pytest.mark.parametrize(
    "name", ["*b*", "__x__", "&lt;", "[x](#nowhere)", "```code```", "{{ x }}", "only 'B' \"C\""]
)
def test_the_name_of_a_party_means_itself_wherever_it_stands(name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    text = "deal: {title: T, type: pilot}\n" + PARTIES.replace("NAME", quoted)
    text += "commercial: {costs: [{what: hosting, shares: {a: 60%, b: 40%}}]}\n"
    sign = ";" if ";" in name else ""  # which parts the items of a list where one holds it
    assert f"{name} 60%{sign} and Bora 40%" in " ".join(rendered(text).split())


@pytest.mark.parametrize(
    "deal",
    [
        "deal: {title: '{{name}} alliance', type: pilot, version: '[● x]'}\n",
        "deal: {title: T, type: pilot}\nprovisions: [{title: 'a {% b', text: c}]\n",
        "deal: {title: T, type: pilot}\nlegal: {governing_law: {open: {what: 'the law [A or {{B}}]'}}}\n",
        "deal: {title: open, type: pilot, date: open, version: open}\nprovisions: [{}]\n",
        "deal: {type: licensing}\n",
        "deal: {title: T, type: pilot}\nscope: {in: [x, none], territory: [none]}\n",
        "deal: {title: T, type: pilot}\ncontributions: [{if: x}]\n",
    ],
)
@pytest.mark.parametrize("suffix", writers.SUFFIXES)
def test_an_odd_deal_is_rendered_as_a_draft(deal: str, suffix: str) -> None:
    assert rendered(deal + PARTIES.replace("NAME", "A"), suffix)


@pytest.mark.parametrize("language", ["fr", "xx", "zh-CN"])
def test_a_language_without_words_is_refused_in_a_sentence(language: str) -> None:
    deal, _ = checked(source.parse(f"deal: {{title: T, type: pilot, language: {language}}}", "deal.yaml"))
    with pytest.raises(LibraryError, match=f"cannot be written in the language `{language}` yet"):
        assemble(deal, draft=True)


@pytest.mark.parametrize("value", ["9" * 5000 + " days", "9" * 400 + " months"])
def test_a_number_without_end_is_a_finding(value: str) -> None:
    _, found = checked(source.parse(f"deal: {{title: T}}\nterm: {{initial: {value}}}", "deal.yaml"))
    assert [finding.rule for finding in found] == ["schema-value-form"]


def test_many_entries_take_time_in_proportion() -> None:
    metrics = "".join(f"  - {{name: Metric {number}}}\n" for number in range(400))
    read = source.parse("deal: {title: T, type: pilot}\nmetrics:\n" + metrics, "deal.yaml")
    start = time.perf_counter()
    report = lint_source(read, RULES)
    assert len(report.findings) > 400
    assert time.perf_counter() - start < 60  # it was cubic, and took minutes


def test_a_person_of_no_party_crashes_no_rule() -> None:
    text = "deal: {title: T, type: pilot}\npeople: [{id: jane, name: J, party: jane}]\n" + PARTIES.replace(
        "NAME", "A"
    )
    text += "exit: {rights: [{by: jane, ground: convenience}]}\n"
    assert lint_source(source.parse(text, "deal.yaml"), RULES).crashed == ()


def test_a_very_long_line_is_cut_in_the_report(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(
        "deal: {title: T, type: pilot, " + ", ".join(f"k{number}: 1" for number in range(2000)) + "}\n"
    )
    _, out, _ = run_cli("lint", str(deal))
    assert max(map(len, out.splitlines())) < 2000


def test_the_deal_itself_is_never_overwritten(run_cli: Any, tmp_path: Path) -> None:
    deal = tmp_path / "deal.md"
    deal.write_bytes(EXAMPLES[0].read_bytes())
    code, _, err = run_cli("render", str(deal), "-o", str(deal))
    assert code == 2
    assert "is the deal itself; name another file" in err
    assert deal.read_bytes() == EXAMPLES[0].read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="links are of POSIX")
def test_a_link_stays_a_link(run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    run_cli("render", str(EXAMPLES[0]), "-o", str(tmp_path / "link.txt"))
    assert (tmp_path / "link.txt").is_symlink()
    assert "TERM SHEET" in (tmp_path / "real.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", [["lint", "x" * 300 + ".yaml"], ["render", "NAME", "-o", "x" * 300 + ".docx"]]
)
def test_a_name_that_the_system_refuses(run_cli: Any, command: list[str]) -> None:
    code, out, err = run_cli(*[str(EXAMPLES[0]) if word == "NAME" else word for word in command])
    assert code == 2
    assert "Traceback" not in out + err
    assert "name too long" in (out + err).lower()


@pytest.mark.skipif(os.name != "posix", reason="pipes are of POSIX")
def test_a_pipe_in_a_folder_is_passed_over(run_cli: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.deal.yaml")
    (tmp_path / "deal.yaml").write_text("deal: {title: T, type: pilot}\n")
    code, _, _ = run_cli("lint", str(tmp_path))
    assert code == 1


# --- clauses from somebody else

TEN = "".join(f"{{% set a{at + 1} = {' ~ '.join([f'a{at}'] * 10)} %}}" for at in range(9))
ATTACKS = {
    "loops within loops": ("{% for a in range(1000) %}" * 3 + "{% endfor %}" * 3, "more than 200,000 steps"),
    "a macro that calls itself twice": (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(40) }}",
        "more than 200,000 steps",
    ),
    "a macro without end": ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "recursion"),
    "a loop that calls itself": ("{% for a in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}", "calls itself"),
    "ten times itself": ("{% set a0 = 'aaaaaaaaaa' %}" + TEN, "more than 1,000,000 characters"),
    "lists of lists": ("{% set a = [1] %}{% set b = [a, a] %}{{ b }}", "a list within a list"),
    "maps of lists": ("{% set a = [1] %}{% set b = {1: a} %}{{ b }}", "a list within a list"),
    "much white space": ("{{ 'a'.ljust(999999999) }}", "'ljust'"),
    "a wide format": ("{{ '{:>999999999}'.format(1) }}", "`format`|'format'"),
    "nought after nought": ("{{ 'a'.zfill(999999999) }}", "'zfill'"),
    "every letter replaced": ("{{ 'aa'.replace('a', 'aaaa') }}", "'replace'"),
    "a long product": ("{{ 'a' * 10**9 }}", "small numbers"),
    "a long range": ("{% for a in range(10**9) %}{% endfor %}", "small numbers|range"),
    "a range without end": ("{% for a in range(999999999) %}{% endfor %}", "range of more than 1000"),
    "nested too deep": ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "nested too deep"),
    "a class": ("{{ ''.__class__.__mro__ }}", "unsafe"),
    "a class by its key": ("{{ ''['__class__'] }}", "unsafe"),
    "a class by a filter": ("{{ [''] | map(attribute='__class__') | first }}", "unsafe"),
    "the world of a function": ("{{ choose.__globals__ }}", "unsafe"),
    "the text itself": ("{{ self._TemplateReference__context }}", "unsafe"),
    "another file": ("{% include '../../etc/passwd' %}", "no loader"),
    "a module": ("{% import 'os' as os %}", "no loader"),
    "another text below": ("{% extends '/etc/passwd' %}", "no loader"),
    "a block that calls itself": ("{% block a %}{{ self.a() }}{% endblock %}", "`block` is refused"),
}


@pytest.mark.parametrize("kind", ATTACKS)
def test_a_clause_can_neither_reach_out_nor_run_on(kind: str) -> None:
    from termsheet.library.environment import run

    text, said = ATTACKS[kind]
    start = time.perf_counter()
    with pytest.raises(LibraryError, match=f"clause x .*({said})"):
        run(text, {}, "x")
    assert time.perf_counter() - start < 20  # a fraction of a second where nothing else runs


@pytest.mark.parametrize("text", ["'a'.ljust(10**9)", "range(10**9)", "''.__class__", "1 // 0", "(" * 3000 + ")" * 3000])
def test_a_condition_can_neither(text: str) -> None:
    from termsheet.library.environment import holds

    with pytest.raises(LibraryError, match="clause x has a condition that cannot be read"):
        holds(text, {}, "x")


def test_what_a_clause_does_honestly_it_may_do() -> None:
    from termsheet.library.environment import run

    text = (
        "{% macro f(n) %}{{ 'x' ~ n }}{% endmacro %}{% for a in ['bb'] | map('length') %}{{ a }}:{% endfor %}"
        "{% for a in range(3) %}{{ loop.index }}{{ f(a) }}{% if not loop.last %}, {% endif %}{% endfor %}"
        "{{ {'a': 'b'}['a'] }}{{ 'b' in ['a', 'b'] }}{{ ['a', 'b'] | list }}"
    )
    assert run(text, {}, "x") == "2:1x0, 2x1, 3x2bTruea and b"


def test_a_text_that_is_no_template_is_told_by_its_file(run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".termsheet.yaml").write_text("clauses: house\n")
    (tmp_path / "house" / "own").mkdir(parents=True)
    front = '---\ntitle: Own\nsubject: own\nstatus: draft\nsource: own\nsince: "1"\n---\n\n'
    for text in ("{% endmacro %}", "{{ x", "[[x", "{{ " + "(" * 3000):
        (tmp_path / "house" / "own" / "new.md").write_text(front + text + "\n")
        code, _, err = run_cli("clauses", "show", "own.new")
        assert code == 2
        assert "own/new.md: is not well-formed Jinja (" in err.replace(os.sep, "/")
        assert len(err.splitlines()) == 1


# --- paths

OUTSIDE = ["../../secret", "..", "/etc/passwd", "ip/../../secret", "..\\..\\secret", "ip.foreground/../x", "~/x"]


@pytest.mark.parametrize("id", OUTSIDE)
def test_no_id_of_a_clause_leads_out_of_the_library(run_cli: Any, tmp_path: Path, id: str) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: SENTINEL\n---\nSENTINEL\n")
    code, out, err = run_cli("clauses", "show", id, "--isolated")
    assert (code, "SENTINEL" in out + err) == (2, False)
    deal = tmp_path / "deal.yaml"
    deal.write_text(f"deal: {{title: T, type: pilot}}\nclauses: {{use: ['{id}'], add: ['{id}']}}\n")
    code, out, err = run_cli("render", str(deal), "--draft", "--isolated")
    assert code in (1, 2)
    assert "Traceback" not in err
    assert "SENTINEL" not in out + err


def test_a_round_names_no_file_outside_of_it(run_cli: Any, tmp_path: Path) -> None:
    """Who sends a deal with its rounds may have written what they say."""
    import json
    import shutil

    deal = tmp_path / "deal.yaml"
    shutil.copy(EXAMPLES[0], deal)
    assert run_cli("send", str(deal), "--on", "2027-01-15", "--draft", "--isolated")[0] == 0
    (tmp_path / "secret.md").write_text("SENTINEL")
    library = tmp_path / "deal.sent" / "1" / "library.json"
    record = tmp_path / "deal.sent" / "1" / "round.json"
    from hashlib import sha256

    for place in ("built-in/clauses/../../../secret.md", "../secret.md", "house/clauses/../secret.md", "/etc/passwd"):
        library.write_text(json.dumps({place: sha256(b"SENTINEL").hexdigest()}))
        said = json.loads(record.read_text())
        said["files"]["library.json"] = sha256(library.read_bytes()).hexdigest()
        record.write_text(json.dumps(said))
        code, out, err = run_cli("render", str(deal), "--draft", "--isolated")
        assert code == 2
        assert "names no text of a library" in err
        assert "SENTINEL" not in out


def test_no_colour_wins(run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal: {title: T, type: pilot}\n")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run_cli("lint", str(deal))[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run_cli("lint", str(deal))[1]


# --- terminals


@pytest.mark.parametrize("style", ["full", "concise", "github"])
@pytest.mark.parametrize("colour", ["--colour", "--no-colour"])
def test_no_report_lets_a_deal_speak_to_the_terminal(run_cli: Any, tmp_path: Path, style: str, colour: str) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(
        'deal: {title: "T\\e]0;x\\a", type: "pi\\e[8mlot\\e[2J\\u202e"}\n"\\e[2Jk\\rno findings\\u2066": 1\n'
        'exit: {rights: [{ground: "conven\u202eience"}]}\n',
        encoding="utf-8",
    )
    code, out, err = run_cli("lint", str(deal), "--no-cache", "--format", style, colour, "--isolated")
    assert code == 1
    plain = re.sub("\x1b\\[(0|1;3\\d)m", "", out + err)
    assert all(line.isprintable() for line in plain.split("\n"))
    assert ("\x1b[0m" in out) == (colour == "--colour" and style != "github")
    assert r"`pi\x1b[8mlot\x1b[2J\u202e` is not a value" in plain


def test_an_error_says_nothing_that_is_hidden() -> None:
    from termsheet.errors import TermsheetError

    assert str(TermsheetError("no \u202eturned\x1b[2J", file="a\rb", help="go")) == r"a\rb: no \u202eturned\x1b[2J; go"


@pytest.mark.skipif(os.name != "posix", reason="links are of POSIX")
def test_a_link_in_the_cache_leads_nowhere(run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever puts a link in place of what is kept neither has it written through nor believed."""
    monkeypatch.setenv("TERMSHEET_CACHE", str(tmp_path / "cache"))
    deal = tmp_path / "deal.yaml"
    deal.write_text("deal: {title: T, type: pilot}\n", encoding="utf-8")
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    first = run_cli("lint", str(deal))
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        path.unlink()
        path.symlink_to(victim)
    assert run_cli("lint", str(deal)) == first
    assert victim.read_text(encoding="utf-8") == "mine"


def test_no_glob_takes_long() -> None:
    from termsheet.globs import Glob

    start = time.perf_counter()
    assert not Glob("*a" * 30 + "b").matches("a" * 2000)
    assert not Glob("**/" * 30 + "b").matches("a/" * 500)
    assert time.perf_counter() - start < 20


def test_the_threat_model_names_tests_that_are_there() -> None:
    page = (EXAMPLES[0].parent.parent / "SECURITY.md").read_text(encoding="utf-8")
    folder, file, named = Path(__file__).parent, "", 0
    for place in re.findall(r"`((?:rules/)?[\w.-]*(?:::\w+)?)`", page.partition("## What holds each line")[2]):
        if place.startswith("rules/"):
            assert (folder / place).is_file(), place
        elif "::" in place:
            file = place.partition("::")[0] or file
            assert f"def {place.partition('::')[2]}(" in (folder / file).read_text(encoding="utf-8"), place
            named += 1
    assert named > 25
