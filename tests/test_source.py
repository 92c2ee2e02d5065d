"""What the loader gives: data, places, traps, and sentences for what cannot be read."""

from __future__ import annotations

import io
import json
import math
import os
import string
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from termsheet import source
from termsheet.errors import LoadError
from termsheet.source import Comment, Source, deal_files, is_deal, parse, read
from termsheet.source.builder import Builder
from termsheet.source.parsers import libyaml, pure
from termsheet.source.reading import MAX_BYTES

HERE = Path(__file__).parent / "source"


def cases(name: str) -> list[Any]:
    found: list[Any] = YAML(typ="safe", pure=True).load(HERE / name)
    return found


def value(deal: Source, *route: str | int) -> str:
    return deal.text[slice(*deal.marks[route].value)]


def key(deal: Source, *route: str | int) -> str:
    span = deal.marks[route].key
    assert span is not None
    return deal.text[slice(*span)]


def refusal(text: str) -> str:
    with pytest.raises(LoadError) as caught:
        parse(text, "d.yaml")
    assert caught.value.exit_code == 2
    return str(caught.value)


# Scalars


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        *((text, text) for text in ("yes", "no", "on", "off", "NO", "Y", "nULL", "tRUE")),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("0012345", 12345),
        ("0o17", 15),
        ("0xFf", 255),
        ("1.10", 1.1),
        ("1.", 1.0),
        (".5", 0.5),
        ("-2e3", -2000.0),
        ("+1.5E-2", 0.015),
        (".inf", math.inf),
        ("-.Inf", -math.inf),
        ("+.INF", math.inf),
        *(
            (text, text)
            for text in ("1_000", "0b1", "1:30", "2026-01-31", "12:30:45", "1,000", "20%", "0x", "0o8")
        ),
        *((text, text) for text in ("+", "-x", ".", "..", "1e", "e5", "--1", "٣", "1.2.3", "-0xff")),
        ('"1"', "1"),
        ("'null'", "null"),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ("'it''s'", "it's"),
        ("!!str 12", "12"),
        ("!!float 1", 1.0),
        ("!!int 0x1", 1),
        ("!!null ''", None),
        ("!!bool true", True),
        ("! 12", "12"),
        ("!!map {}", {}),
        ("!!seq []", []),
        ("http://x.y", "http://x.y"),
        ("a#b", "a#b"),
    ],
)
def test_the_core_schema_and_nothing_more(written: str, meant: Any) -> None:
    found = parse(f"a: {written}\n", "d").data["a"]
    assert found == meant
    assert type(found) is type(meant)


def test_not_a_number() -> None:
    assert math.isnan(parse("a: .nan", "d").data["a"])


def test_a_number_too_long_to_print_stays_text() -> None:
    assert parse("a: " + "9" * 5000, "d").data == {"a": "9" * 5000}


def test_keys_are_text_as_written() -> None:
    deal = parse("1: a\n0o7: b\ntrue: c\n~: d\nnull: e\n1.0: f\n'x y': g\n? long\n: h\n\"<<\": i\n", "d")
    assert list(deal.data) == ["1", "0o7", "true", "~", "null", "1.0", "x y", "long", "<<"]
    assert key(deal, "x y") == "'x y'"


def test_a_scalar_keeps_how_it_is_written() -> None:
    deal = parse("a: 0012345\nb: 1.10\nc: NO\nd: 'x'\ne: |\n  t\nf: [1.0]\ng: {}\nh:\n", "d")
    written = {route[0]: (mark.scalar, mark.plain) for route, mark in deal.marks.items() if len(route) == 1}
    assert written == {
        "a": ("0012345", True),
        "b": ("1.10", True),
        "c": ("NO", True),
        "d": ("x", False),
        "e": ("t\n", False),
        "f": (None, False),
        "g": (None, False),
        "h": ("", True),
    }


# Places

PLACES = """\
# a comment
deal:
  title: "Acme: the é 😀 deal"   # said
  refs: [a, 'b c', {by: x, number: 1}]
  nothing:
  next:   # soon
parties:
- name: It is
    one text
  plain: 😀 z
-
- - deep
text: |
  one # not a comment

  two


# between
folded: >-
    x
last: {}
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_spans_slice_to_what_is_written(newline: str) -> None:
    deal = parse(PLACES.replace("\n", newline), "d")
    assert value(deal, "deal", "title") == '"Acme: the é 😀 deal"'
    assert value(deal, "deal", "refs") == "[a, 'b c', {by: x, number: 1}]"
    assert value(deal, "deal", "refs", 1) == "'b c'"
    assert value(deal, "deal", "refs", 2) == "{by: x, number: 1}"
    assert value(deal, "parties", 0, "name") == f"It is{newline}    one text"
    assert value(deal, "parties", 0, "plain") == "😀 z"
    assert value(deal, "parties", 0).startswith("name: It is")
    assert (value(deal, "parties", 2), value(deal, "parties", 2, 0)) == ("- deep", "deep")
    assert value(deal, "text") == f"|{newline}  one # not a comment{newline}{newline}  two"
    assert value(deal, "folded") == f">-{newline}    x"
    assert value(deal, "last") == "{}"
    assert value(deal) == deal.text[deal.text.index("deal:") :].rstrip()
    assert key(deal, "parties", 0, "plain") == "plain"
    assert deal.data["text"] == "one # not a comment\n\ntwo\n"
    for empty in (("deal", "nothing"), ("deal", "next"), ("parties", 1)):
        span = deal.marks[empty].value
        assert span.start == span.end
        assert deal.text[span.start - 1] in ":-"


def test_every_node_has_a_mark() -> None:
    deal = parse(PLACES, "d")

    def routes(data: Any, route: source.Route) -> Any:
        yield route
        pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for name, child in pairs:
            yield from routes(child, (*route, name))

    assert list(deal.marks) == list(routes(deal.data, ()))  # and parents stand before children
    assert deal.marks[()].key is None
    assert deal.marks["parties", 0].key is None


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_positions_count_from_one_and_in_characters(newline: str) -> None:
    deal = parse(f"a: 1{newline}b: {{x: 😀é, y: 2}}{newline}", "d")
    assert deal.position(0) == (1, 1)
    assert deal.position(deal.marks["b", "y"].value.start) == (2, 15)
    assert deal.position(len(deal.text)) == (3, 1)
    assert (deal.line(1), deal.line(2)) == ("a: 1", "b: {x: 😀é, y: 2}")
    assert (deal.line(0), deal.line(3), deal.line(4)) == ("", "", "")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\r\n")
    deal = read(str(path))
    assert deal.text == "a: 1\r\nb: é\r\n"
    assert deal.name == str(path)
    assert deal.position(deal.marks["a",].key.start) == (1, 1)  # type: ignore[union-attr]


def test_line_breaks_of_old_yaml_are_plain_characters() -> None:
    deal = parse('a: "x\u2028y\x85z"\nb: 1\n', "d")
    assert deal.data["b"] == 1
    assert deal.position(deal.marks["b",].value.start) == (2, 4)


def test_nearest_is_the_longest_route_that_exists() -> None:
    deal = parse("exit: {rights: [{by: x}]}\n", "d")
    assert deal.nearest(("exit", "rights", 0, "notice")) == ("exit", "rights", 0)
    assert deal.nearest(("exit", "rights", 3, "notice")) == ("exit", "rights")
    assert deal.nearest(("term", "initial")) == ()
    assert deal.nearest(("exit", "rights", 0, "by")) == ("exit", "rights", 0, "by")


# Anchors


def test_an_alias_is_a_copy_that_stands_at_the_alias() -> None:
    deal = parse("a: &x\n  b: [1, 007]\nc: *x\nd: [*x]\n", "d")
    assert deal.data["c"] == deal.data["d"][0] == {"b": [1, 7]}
    assert deal.data["c"] is not deal.data["a"]
    assert value(deal, "a") == "&x\n  b: [1, 007]"
    assert {value(deal, *route) for route in deal.marks if route[:1] == ("c",)} == {"*x"}
    assert (key(deal, "c"), key(deal, "c", "b")) == ("c", "*x")
    assert deal.marks["d", 0, "b", 1].scalar == "007"
    assert value(deal, "d") == "[*x]"


def test_an_anchor_may_be_given_again() -> None:
    assert parse("a: &x 1\nb: &x {c: &x 2, d: *x}\ne: *x\n", "d").data["e"] == 2


def test_an_anchor_ends_at_white_space_and_not_at_a_colon() -> None:
    assert parse("a: &x:y b\nc: *x:y\n", "d").data == {"a": "b", "c": "b"}  # libyaml reads `:y b`


def test_laughs_are_bounded() -> None:
    lines = ["a0: &a0 [" + ", ".join("x" * 9) + "]"]
    lines += [f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 9) + "]" for i in range(1, 12)]
    start = time.monotonic()
    assert "the deal has more than 200,000 values, aliases written out; leave out what" in refusal(
        "\n".join(lines)
    )
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "\n".join(" " * i + "a:" for i in range(60)),
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 60)),
    ],
)
def test_depth_is_bounded(text: str) -> None:
    assert "the deal is nested deeper than 50 levels; close brackets that are open" in refusal(text)


def test_fifty_levels_are_fine() -> None:
    assert max(map(len, parse("a: " + "[" * 49 + "x" + "]" * 49, "d").marks)) == 50


def test_size_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"deal: x\n" + b"#" * MAX_BYTES)
    with pytest.raises(LoadError, match="the file is larger than 5 MB; a deal is text"):
        read(str(path))


# Errors and traps


@pytest.mark.parametrize(("title", "text", "sentence"), cases("errors.yaml"))
def test_an_error_is_one_sentence_with_place_and_remedy(title: str, text: str, sentence: str) -> None:
    assert refusal(text) == sentence, title
    assert sentence.isprintable()


@pytest.mark.parametrize("case", cases("traps.yaml"), ids=lambda case: case["text"])
def test_a_trap_says_what_was_lost_and_how_to_write_it(case: dict[str, Any]) -> None:
    deal = parse(case["text"], "d")
    (trap,) = deal.traps
    assert (trap.slug, list(trap.route), trap.message) == (case["slug"], case["route"], case["message"])
    assert case["example"] in trap.help
    assert trap.route in deal.marks
    assert deal.data == case["data"]
    assert len(trap.message) <= 90


def test_the_example_of_a_trap_is_right() -> None:
    wrong = "a: {name: Acme, Inc., form: GmbH}"
    (trap,) = parse(wrong, "d").traps
    mended = wrong.replace("Acme, Inc.", trap.help.removeprefix("put the whole text in quotes, e.g. "))
    deal = parse(mended, "d")
    assert deal.data == {"a": {"name": "Acme, Inc.", "form": "GmbH"}}
    assert not deal.traps


def test_the_same_piece_cut_off_twice_is_no_duplicate_key() -> None:
    deal = parse("a: {x: EUR 300,000, y: EUR 400,000, 000: 1}", "d")
    assert deal.data == {"a": {"x": "EUR 300", "y": "EUR 400", "000": 1}}
    assert [trap.route for trap in deal.traps] == [("a", "000"), ("a", "y")]


@pytest.mark.parametrize("long", ["x" * 300, "é\\" * 100, "a b " * 100])
def test_the_message_of_a_trap_is_short(long: str) -> None:
    traps = parse(f"a: {{n: b, {long}}}\nb: {{{long}}}\nc: y #{long}\n", "d").traps
    assert len(traps) == 3
    assert all(len(trap.message) <= 90 and trap.message.isprintable() for trap in traps)


@pytest.mark.parametrize(
    "text",
    [
        "a: b # comment",
        "a: b #termsheet: ignore[x] y",
        "a: # comment\n  - b",
        "a: #list\n  - b\n",
        "a: b#c",
        "a: '12 #200'",
        'a: "x" #y',
        "a: |\n  12 #200\n",
        "a: >\n  12 #200\n",
        "a: b ## c",
        "a: b #-----",
        "a: {b: }",
        "a: {b: , c: d}",
        'a: {"b":1}',
        "a: {b: ~}",
        "a: {}",
        "a: [x]",
        "? a\nb: c\n",
        "a: [1, 000]",
        "a: [50,00]",
        "a: [50,0000]",
        "a: [x,000]",
        "a: ['50','000']",
        "a: [50, 000]",
        "a:\n- 1\n- 000\n",
        'a: "\\t\\n\\u00e9\\U0001F600"',
    ],
)
def test_no_trap_where_nothing_is_lost(text: str) -> None:
    assert parse(text, "d").traps == ()


def test_a_lone_surrogate_is_a_trap_and_crashes_nothing() -> None:
    deal = parse('a: "x\\ud800"\nb: {"k\\uffff": ["\\x07", "\\udc00\\0"]}\nc: "\\ud83d\\ude00"\n', "d")
    assert deal.data["a"] == "x\ud800"
    assert [(trap.route, trap.message.split()[2]) for trap in deal.traps] == [
        (("a",), "U+D800"),
        (("b", "k\uffff", 0), "U+0007"),
        (("b", "k\uffff", 1), "U+DC00"),
        (("b", "k\uffff"), "U+FFFF"),
        (("c",), "U+D83D"),
    ]
    assert {trap.slug for trap in deal.traps} == {"schema-forbidden-character"}


# Comments


def test_comments_are_told_from_text() -> None:
    deal = parse(
        "# termsheet: ignore[a] top\n"
        'a: "x # termsheet: no"  # termsheet: ignore[b] quoted\n'
        "b: | # termsheet: ignore[c] header\n"
        "  # termsheet: no\n"
        "  x\n"
        "# termsheet: ignore[d] below\n"
        "c: 'x\n"
        "  # termsheet: no\n"
        "  '\n"
        "'k # termsheet: no': [x, # termsheet: ignore[e] flow\n"
        "  y]\n"
        "e: z # other\n"
        "f: z #termsheet: ignore[f] close\n",
        "d",
    )
    assert deal.comments == (
        Comment(1, "termsheet: ignore[a] top"),
        Comment(2, "termsheet: ignore[b] quoted"),
        Comment(3, "termsheet: ignore[c] header"),
        Comment(6, "termsheet: ignore[d] below"),
        Comment(10, "termsheet: ignore[e] flow"),
        Comment(13, "termsheet: ignore[f] close"),
    )


# Files


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (
            b"PK\x03\x04\x14\0",
            "this is a Word or zip file, not YAML; give the deal's .yaml file, saved as UTF-8",
        ),
        ("deal: x".encode("utf-16"), "the file is saved as UTF-16; save it as UTF-8"),
        (
            "deal: x".encode("utf-16-be"),
            "this is not a text file; give the deal's .yaml file, saved as UTF-8",
        ),
        (b"deal: x\0", "this is not a text file; give the deal's .yaml file, saved as UTF-8"),
        (b"", "the file is empty; start with `deal:` and a title below it"),
    ],
)
def test_what_is_no_yaml_at_all(tmp_path: Path, raw: bytes, sentence: str) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(raw)
    with pytest.raises(LoadError) as caught:
        read(str(path))
    assert str(caught.value) == f"{path}: {sentence}"


def test_another_encoding_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes("é: 1\nb: café".encode() + "é".encode("cp1252"))
    with pytest.raises(LoadError) as caught:
        read(str(path))
    assert str(caught.value) == f"{path}:2:8: the byte 0xE9 is not UTF-8; save the file as UTF-8"


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "d.yaml"
    with pytest.raises(LoadError, match=r"d\.yaml: there is no such file; check its name and folder"):
        read(str(missing))
    with pytest.raises(LoadError, match="this is a folder, not a file; name a file in it"):
        read(str(tmp_path))
    with pytest.raises(LoadError, match="the file cannot be read"):
        read("a\0b")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(LoadError, match="the file may not be read; ask for the right to read it"):
        read(str(missing))


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("a: é\r\n".encode()), encoding="ascii"))
    deal = read("-")
    assert (deal.name, deal.data, deal.text) == ("<stdin>", {"a": "é"}, "a: é\r\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[")))
    with pytest.raises(LoadError, match=r"^mine\.yaml:1:1: "):
        read("-", "mine.yaml")


DEALS = {
    "plain.yaml": "deal: x\n",
    "second.yml": "schema: termsheet/1\r\ndeal:\r\n  id: x\r\n",
    "quoted.yaml": "'deal': x\n",
    "flow.yaml": "{deal: x}",
    "bom.yaml": "\ufeffdeal: x\n",
    "late.yaml": 'a: "x"\ndeal: x\n',
    "UPPER.YAML": "deal: x\n",
    "broken.yaml": "deal: [\n",
    "broken-late.yaml": 'a: "x\ndeal:\n',
    "sub/deep.yaml": "---\ndeal: x\n",
    "nospace.yaml": "deal:x\n",
}
OTHERS = {
    "other.yaml": "a: 1\n",
    "nested.yaml": "a:\n  deal: x\n",
    "text.yaml": 'a: "\n\ndeal: x"\n',
    "broken-other.yaml": "a: [\n",
    "list.yaml": "- deal: x\n",
    "flow-other.yaml": "{a: {deal: x}}",
    "empty.yaml": "",
    "deal.txt": "deal: x\n",
    "commented.yaml": "# deal: x\na: 1\n",
    ".git/hidden.yaml": "deal: x\n",
    "plural.yaml": "deals: 1\n",
}


def test_the_deals_of_a_folder(tmp_path: Path) -> None:
    for name, text in {**DEALS, **OTHERS}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    (tmp_path / "wide.yaml").write_bytes("deal: x\n".encode("utf-16"))
    (tmp_path / "folder.yaml").mkdir()
    found = deal_files(str(tmp_path))
    assert found == sorted(str(tmp_path / name) for name in {**DEALS, "wide.yaml": ""})


def test_a_deal_that_may_not_be_read_is_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert is_deal("d.yaml")


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path, run_cli: Any) -> None:
    (tmp_path / "x.deal.yaml").write_text("deal: {title: X, type: pilot}\n")
    (tmp_path / "lost.deal.yaml").symlink_to("gone.yaml")
    (tmp_path / "other.yaml").symlink_to("gone.yaml")
    err = run_cli("lint", str(tmp_path))[2]
    assert (
        err == f"termsheet: {tmp_path / 'lost.deal.yaml'}: is a link that leads nowhere, and is passed over\n"
    )
    assert run_cli("lint", str(tmp_path / "x.deal.yaml"))[2] == ""


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="the folder cannot be read; check its name and rights"):
        deal_files(str(tmp_path / "none"))


# The two parsers


def built(text: str, parser: Any) -> tuple[Any, ...]:
    builder = Builder(text, "d", parser(text))
    builder.document()
    return builder.data, builder.marks, builder.traps


needs_libyaml = pytest.mark.skipif(
    "_ruamel_yaml" not in sys.modules, reason="ruamel.yaml.clib is not installed"
)
SAMPLES = [
    PLACES,
    PLACES.replace("\n", "\r\n"),
    *(case["text"] for case in cases("traps.yaml")),
    "a: |+\n  x\n\n\n# c\nb: >\n\n  y\n # z\nc:\n- a\n- b:\n  - c\n-\n  - d\n...\n",
    "a: !!str 1\nb: !!str\nc: &x\nd: *x\ne: &y !!map {a: 1}\nf: !!seq\n- 1\n",
    "a: [b: c, {d: }, e: ]\n? f\n: g\n? h\n",
]


@needs_libyaml
@pytest.mark.parametrize("text", SAMPLES)
def test_both_parsers_give_the_same(text: str) -> None:
    assert built(text, libyaml) == built(text, pure)


@pytest.mark.parametrize("text", ["a: {url: http://x.y}", "a: [10:30]", "a: [10:30, {b: c:d}]"])
def test_what_libyaml_refuses_is_read_all_the_same(text: str) -> None:
    deal = parse(text, "d")
    assert value(deal, "a") == text[3:]
    assert "x.y" in str(deal.data) or "10:30" in str(deal.data)


def test_it_works_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = parse(PLACES, "d")
    monkeypatch.setitem(sys.modules, "ruamel.yaml.cyaml", None)
    without = parse(PLACES, "d")
    assert (without.data, without.marks) == (with_it.data, with_it.marks)


def test_nothing_of_ruamel_is_imported_before_a_deal_is_read() -> None:
    code = "import sys, termsheet.source; print([name for name in sys.modules if 'ruamel' in name])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert done.stdout == "[]\n"


# Properties

words = st.text(string.ascii_letters + string.digits + " :#-,[]{}&*!|>'\"%@`~?.éß😀\n\t", max_size=30)
leaves = st.one_of(words, st.booleans(), st.integers(-(10**12), 10**12), st.none())
data = st.recursive(
    leaves, lambda kids: st.lists(kids, max_size=4) | st.dictionaries(words, kids, max_size=4), max_leaves=20
)
roots = st.dictionaries(words, data, min_size=1, max_size=5)


def dumped(deal: Any, flow: bool) -> str:
    if flow:  # ruamel writes `{:0: []}`, which is no YAML; JSON is
        return json.dumps(deal, ensure_ascii=False)
    out = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.dump(deal, out)
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(roots, st.booleans())
def test_what_is_dumped_comes_back_and_is_found(deal: dict[str, Any], flow: bool) -> None:
    text = dumped(deal, flow)
    found = parse(text, "d")
    assert found.data == deal
    assert not [trap for trap in found.traps if trap.slug == "schema-forbidden-character"]
    for route, mark in found.marks.items():
        written = found.text[slice(*mark.value)]
        if mark.plain and "\n" not in written:
            assert written == mark.scalar
        elif mark.scalar is not None and mark.scalar.isalnum() and mark.scalar.isascii():
            assert mark.scalar in written
        assert 0 <= mark.value.start <= mark.value.end <= len(text), route


@settings(max_examples=300, deadline=None)
@given(st.text("a: -#,[]{}&*!|>'\"%@`~?\n\t\\0\r😀<", max_size=40))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        sentence = str(type(parse(text, "d").data))
    except LoadError as error:
        sentence = str(error)
    assert sentence == "<class 'dict'>" or (sentence.startswith("d:") and "; " in sentence)
    assert sentence.isprintable()
