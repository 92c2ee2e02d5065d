"""Accept and reject, and pairs of deals: nothing here knows how a redline is written."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from ruamel.yaml import YAML

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXAMPLES = Path(__file__).parent.parent / "examples"
_IN, _OUT = ("ins", "moveTo"), ("del", "moveFrom")
_EMPTY = ("Spacer", "Tail", "TermText", "SignatureGap", "SignatureText", "SignatureRule")


def body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def accepted(data: bytes) -> etree._Element:
    """The body with every change accepted."""
    return _settled(body(data), _IN, _OUT)


def rejected(data: bytes) -> etree._Element:
    """The body with every change rejected."""
    found = _settled(body(data), _OUT, _IN)
    for change in found.findall(f".//{W}pPrChange"):
        properties = change.getparent()
        for old in [*properties]:
            if old is not change and etree.QName(old).localname not in ("keepNext", "sectPr", "rPr"):
                properties.remove(old)
        for place, kept in enumerate(change[0]):
            properties.insert(place, kept)
        properties.remove(change)
    return found


def _settled(found: etree._Element, stay: tuple[str, ...], go: tuple[str, ...]) -> etree._Element:
    for row in found.findall(f".//{W}tr"):
        if any(row.find(f"{W}trPr/{W}{tag}") is not None for tag in go):
            row.getparent().remove(row)
    for table in found.findall(f".//{W}tbl"):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for tag in go:
        for run in found.findall(f".//{W}{tag}"):
            if run.getparent().tag != f"{W}rPr":
                run.getparent().remove(run)
    for paragraph in found.findall(f".//{W}p"):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in go):
            assert not "".join(paragraph.itertext(f"{W}t", f"{W}delText")), "a paragraph that goes keeps words"
            paragraph.getparent().remove(paragraph)
    for text in found.iter(f"{W}delText"):
        text.tag = f"{W}t"
    assert all(found.find(f".//{W}{tag}") is None for tag in go)
    return found


def paragraphs(found: etree._Element) -> list[tuple[str, str]]:
    """The style and the words of every paragraph, in order; what points to a number shows only that it does."""
    for contents in found.findall(f"{W}sdt"):
        found.remove(contents)
    made = []
    for paragraph in found.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        words = _words(paragraph)
        if words.strip() or style not in _EMPTY:
            made.append((style, words))
    return made


def _words(paragraph: etree._Element) -> str:
    found, depth, shows = [], 0, False
    for node in paragraph.iter(f"{W}t", f"{W}fldChar", f"{W}br", f"{W}tab", f"{W}noBreakHyphen"):
        if node.tag == f"{W}fldChar":
            kind = node.get(f"{W}fldCharType")
            depth, shows = (depth + 1, False) if kind == "begin" else (depth, True) if kind == "separate" else (depth - 1, False)
            if kind == "end":
                found.append("#")
        elif node.tag == f"{W}t" and not (depth and shows):
            found.append(node.text or "")
        elif node.tag != f"{W}t" and node.getparent().tag == f"{W}r":
            found.append("-" if node.tag == f"{W}noBreakHyphen" else "\n")
    return re.sub("#+", "#", "".join(found)).replace("\u2011", "-")


def bare(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without numbers that stand as plain text: a reference that a redline takes out is one."""
    number = r"(?:#|(?:Schedule|Anlage) \d+|(?<= )\d+(?:\.\d+)*(?:\(\w+\))*)(?:(?:, paragraph |, Ziffer )#)?(?:#|\(\w+\))*"
    return [(style, re.sub(number, "#", text.replace("\u00a0", " "))) for style, text in words]


# --- pairs of deals -----------------------------------------------------------------------------------------


@cache
def _data(name: str) -> str:
    return json.dumps(YAML(typ="safe", pure=True).load((EXAMPLES / f"{name}.yaml").read_text("utf-8")), default=str)


def names() -> list[str]:
    return sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def pair(seed: int) -> tuple[str, str, list[str]]:
    """A deal and the same deal after a few changes, as text; and what was changed."""
    luck = random.Random(seed)
    name = names()[seed % len(names())]
    old = json.loads(_data(name))
    new, done = json.loads(_data(name)), []
    for _ in range(luck.randint(1, 6)):
        change = luck.choice((_prose, _figure, _day, _less, _more, _order, _section))
        said = change(new, luck)
        if said:
            done.append(said)
    if luck.random() < 0.3:
        old, new = new, old
    return _text(old), _text(new), done


def _text(deal: Any) -> str:
    """As YAML, where `none` and `open` are the words and no text."""
    found = io.StringIO()
    YAML(typ="safe", pure=True).dump(deal, found)
    return found.getvalue()


def _leaves(value: Any, path: str = "") -> Iterator[tuple[Any, Any, str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        if not path and key in ("internal", "deal", "schema", "parties", "people", "clauses"):
            continue
        below = f"{path}.{key}"
        if isinstance(item, dict | list):
            yield from _leaves(item, below)
        else:
            yield value, key, below


def _lists(value: Any, path: str = "") -> Iterator[tuple[list[Any], str]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        if not path and key in ("internal", "deal", "schema", "parties", "people", "clauses"):
            continue
        if isinstance(item, list) and len(item) > 1:
            yield item, f"{path}.{key}"
        yield from _lists(item, f"{path}.{key}")


def _prose(deal: Any, luck: random.Random) -> str:
    found = [(at, key, path) for at, key, path in _leaves(deal) if isinstance(at[key], str) and at[key].count(" ") > 4]
    at, key, path = luck.choice(found)
    words = at[key].split(" ")
    place = luck.randrange(len(words))
    words[place : place + luck.randint(0, 2)] = luck.sample(["without", "delay", "its", "reasonable", "care", "twice"], luck.randint(0, 3))
    at[key] = " ".join(words) or "nothing"
    return f"prose at {path}"


def _figure(deal: Any, luck: random.Random) -> str:
    found = [(at, key, path) for at, key, path in _leaves(deal) if isinstance(at[key], str) and re.fullmatch(r"[A-Z]{3} [\d,]+|\d+ (?:days|months|years)|\d+%", at[key])]
    if not found:
        return ""
    at, key, path = luck.choice(found)
    at[key] = re.sub(r"\d[\d,]*", lambda match: str(int(match[0].replace(",", "")) + luck.randint(1, 40)), at[key], count=1)
    return f"figure at {path}"


def _day(deal: Any, luck: random.Random) -> str:
    found = [(at, key, path) for at, key, path in _leaves(deal) if isinstance(at[key], str) and re.fullmatch(r"\d{4}-\d\d-\d\d", at[key])]
    if not found:
        return ""
    at, key, path = luck.choice(found)
    at[key] = (date.fromisoformat(at[key]) + timedelta(days=luck.randint(1, 300))).isoformat()
    return f"day at {path}"


def _less(deal: Any, luck: random.Random) -> str:
    items, path = luck.choice(list(_lists(deal)))
    items.pop(luck.randrange(len(items)))
    return f"item taken from {path}"


def _more(deal: Any, luck: random.Random) -> str:
    found = [(items, path) for items, path in _lists(deal) if all(isinstance(item, str) and " " in item for item in items)]
    if not found:
        return ""
    items, path = luck.choice(found)
    items.insert(luck.randrange(len(items) + 1), luck.choice(["care of the displays", "a yearly visit to the site", "help by telephone"]))
    return f"item added to {path}"


def _order(deal: Any, luck: random.Random) -> str:
    items, path = luck.choice(list(_lists(deal)))
    luck.shuffle(items)
    return f"order of {path}"


def _section(deal: Any, luck: random.Random) -> str:
    found = [key for key in deal if key in ("publicity", "insurance", "risks", "review", "contributions", "force_majeure", "resources", "warranties", "communication", "exclusivity")]
    if not found:
        return ""
    key = luck.choice(found)
    del deal[key]
    return f"section {key}"
