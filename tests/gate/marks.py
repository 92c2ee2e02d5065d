"""Content controls and their store, comments, and tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .numbers import value
from .package import DATE, Package, W
from .text import words

_STORE = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
_DIGEST = re.compile(r"[a-z]+:[0-9a-f]{16}( [a-z]+:[0-9a-f]{16})*")
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange",
            "tcPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge")  # fmt: skip


def stores(package: Package) -> dict[str, etree._Element]:
    """The custom XML of the package, by the id that a control names."""
    found = {}
    for one in package.related("customXml"):
        for properties in package.related("customXmlProps", one.target):
            tree = package.trees.get(properties.target)
            if tree is not None and one.target in package.trees:
                found[tree.get(f"{_STORE}itemID", "").upper()] = package.trees[one.target]
    return found


def check_controls(package: Package) -> Iterator[str]:
    """Ids are unique; what is bound shows the text of exactly one element of a store that is there."""
    held = stores(package)
    ids: set[str] = set()
    for part, story in package.stories():
        for control in story.iter(f"{W}sdt"):
            key = value(control, "sdtPr/id")
            if key in ids or (not key and control.find(f"{W}sdtPr/{W}dataBinding") is not None):
                yield f"{part}: two content controls have the id {key!r}, or one has none"
            ids.add(key)
            content = control.find(f"{W}sdtContent")
            if content is None or not words(content).strip():
                yield f"{part}: the content control {key} shows nothing"
            if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                yield f"{part}: the content control {key} shows its placeholder"
            if (binding := control.find(f"{W}sdtPr/{W}dataBinding")) is not None and content is not None:
                yield from (f"{part}: the content control {key} {one}" for one in _bound(binding, content, held))
    yield from _unused(package, held)


def _bound(binding: etree._Element, content: etree._Element, held: dict[str, etree._Element]) -> Iterator[str]:
    store = held.get(binding.get(f"{W}storeItemID", "").upper())
    if store is None:
        yield "is bound to a store that is not there"
        return
    path = binding.get(f"{W}xpath", "")
    spaces = dict(re.findall(r"xmlns:(\w+)=['\"]([^'\"]*)['\"]", binding.get(f"{W}prefixMappings", "")))
    try:
        found = store.getroottree().xpath(path, namespaces=spaces)
    except etree.XPathError as error:
        yield f"has the path {path}, which cannot be read: {error}"
        return
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], etree._Element):
        yield f"has the path {path}, which does not lead to one element"
    elif len(found[0]):
        yield f"has the path {path}, which leads to an element with others in it"
    elif (found[0].text or "") != words(content):
        yield f"shows {words(content)[:40]!r}, and its store has {(found[0].text or '')[:40]!r}"


def _unused(package: Package, held: dict[str, etree._Element]) -> Iterator[str]:
    """What no control shows does not belong into the file, but for the checksum of what the paper was made of."""
    bound = set()
    for binding in package.document.iter(f"{W}dataBinding"):
        store = held.get(binding.get(f"{W}storeItemID", "").upper())
        spaces = dict(re.findall(r"xmlns:(\w+)=['\"]([^'\"]*)['\"]", binding.get(f"{W}prefixMappings", "")))
        if store is not None:
            try:
                bound.update(store.getroottree().xpath(binding.get(f"{W}xpath", ""), namespaces=spaces))
            except etree.XPathError:
                continue
    for store in held.values():
        for one in store.iter(etree.Element):
            own = etree.QName(one).localname == "digest" and _DIGEST.fullmatch(one.text or "")
            if not len(one) and one not in bound and not own:
                yield f"the store has {etree.QName(one).localname}, which no control shows"


def check_comments(package: Package) -> Iterator[str]:
    """Every comment is anchored, once, and every anchor has its comment."""
    root = package.only("comments")
    comments = [] if root is None else root.findall(f"{W}comment")
    ids = [one.get(f"{W}id", "") for one in comments]
    if len(ids) != len(set(ids)):
        yield "two comments have one id"
    for one in comments:
        if not one.get(f"{W}author") or not words(one).strip():
            yield f"the comment {one.get(f'{W}id')} has no author or no text"
        if (date := one.get(f"{W}date")) is not None and not DATE.fullmatch(date):
            yield f"the comment {one.get(f'{W}id')} has the date {date!r}"
    steps: dict[str, list[str]] = {}
    for one in package.document.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"):
        steps.setdefault(one.get(f"{W}id", ""), []).append(etree.QName(one).localname.removeprefix("comment"))
    for key in ids:
        if steps.get(key) != ["RangeStart", "RangeEnd", "Reference"]:
            yield f"the comment {key} is anchored by {steps.get(key)}"
    for key in steps:
        if key not in ids:
            yield f"the comment {key} is anchored and is not there"


def check_changes(package: Package) -> Iterator[str]:
    """Tracked changes have ids of their own and say who made them; deleted text is marked as such."""
    ids: set[str] = set()
    for part, story in package.stories():
        for one in story.iter(*(f"{W}{tag}" for tag in _CHANGES)):
            key, tag = one.get(f"{W}id", ""), etree.QName(one).localname
            if not key or key in ids:
                yield f"{part}: two changes have the id {key!r}, or one has none"
            ids.add(key)
            if not one.get(f"{W}author"):
                yield f"{part}: the change {key} ({tag}) has no author"
            if (date := one.get(f"{W}date")) is not None and not DATE.fullmatch(date):
                yield f"{part}: the change {key} has the date {date!r}"
        for gone in story.iter(f"{W}del", f"{W}moveFrom"):
            if gone.tag == f"{W}del" and any(True for _ in gone.iter(f"{W}t", f"{W}instrText")):
                yield f"{part}: deleted text is not marked as deleted: “{words(gone)[:40]}”"
        for text in story.iter(f"{W}delText", f"{W}delInstrText"):
            if not any(True for _ in text.iterancestors(f"{W}del")):
                yield f"{part}: “{(text.text or '')[:40]}” is marked as deleted, and is not"
