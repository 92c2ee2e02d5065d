"""A sentinel in every place of a deal that stays home, found by walking the schema, and the search for it in a file."""

from __future__ import annotations

import base64
import copy
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

_SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "deal.strict.json").read_text(encoding="utf-8"))
_STEERS = ("us", "playbook")  # under `internal`: they name what is elsewhere


@cache
def planted(text: str, sentinel: str) -> tuple[str, list[str]]:
    """The deal with the sentinel in every private place that it can have, and in comments; and those places."""
    yaml = YAML()
    yaml.width = 100_000
    deal = yaml.load(text)
    places: list[str] = []
    _walk(deal, _SCHEMA, sentinel, "", places)
    private = _filled(_SCHEMA["$defs"]["internal"], sentinel, _STEERS)
    private["strategy"]["offers"] = {party["id"]: f"{sentinel} is offered" for party in deal["parties"]}
    deal["internal"] = {**_kept(deal.get("internal")), **private}
    waiver = {"rule": "scope-missing", "path": "scope", "reason": f"{sentinel} is why", "note": f"{sentinel} notes it"}
    deal["waivers"] = [*(deal.get("waivers") or ()), waiver]
    deal.yaml_set_start_comment(f"{sentinel} at the head")
    for at, key in enumerate(list(deal)):
        deal.yaml_set_comment_before_after_key(key, before=f"{sentinel} above {at}")
    out = io.StringIO()
    yaml.dump(deal, out)
    return out.getvalue(), [*places, "internal", "waivers", "comments"]


def _kept(internal: Any) -> dict[str, Any]:
    return {key: internal[key] for key in _STEERS if internal and key in internal}


def _walk(node: Any, schema: dict[str, Any], sentinel: str, path: str, places: list[str]) -> None:
    """Adds what is private to every map of the deal, as its schema has it."""
    schema = _resolved(schema)
    if isinstance(node, list):
        inner = schema.get("items", {})
        for entry in node:
            _walk(entry, inner, sentinel, path, places)
        first = next((entry for entry in node if isinstance(entry, dict)), None)
        if first is not None and "shared" in _resolved(inner).get("properties", {}):
            node.append(_unshared(first, _resolved(inner), sentinel))
            places.append(f"{path} that is not shared")
    if not isinstance(node, dict):
        return
    for key, below in schema.get("properties", {}).items():
        if below.get("x-internal") and path + key not in ("internal", "waivers"):
            node[key] = _value(_resolved(below), sentinel)
            places.append(f"{path}{key}")
        elif key in node:
            _walk(node[key], below, sentinel, f"{path}{key}.", places)


def _unshared(entry: dict[str, Any], schema: dict[str, Any], sentinel: str) -> dict[str, Any]:
    """Another entry whose every text is the sentinel."""
    made = CommentedMap(copy.deepcopy(dict(entry)))
    for key in made:
        below = _resolved(schema["properties"].get(key, {}))
        if below.get("type") == "string" and "x-form" not in below:
            made[key] = f"{sentinel} {key}"
    if "id" in made:
        made["id"] = "not-shared"
    made["shared"] = False
    return made


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = {**_SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]], **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema


def _filled(schema: dict[str, Any], sentinel: str, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every text that a map can have."""
    made = {}
    for key, below in schema["properties"].items():
        value = None if key in (*but, "id", "if", "unless", "until", "for", "starts") else _value(_resolved(below), sentinel)
        if value:
            made[key] = value
    return made


def _value(schema: dict[str, Any], sentinel: str) -> Any:
    if "x-form" in schema:
        return None
    if schema.get("type") == "string":
        return f"{sentinel} is private"
    if schema.get("type") == "array":
        inner = _value(_resolved(schema["items"]), sentinel)
        return [inner] if inner else None
    return _filled(schema, sentinel) or None if "properties" in schema else None


# --- the search


def traces(data: bytes, sentinel: str, whole: bytes = b"") -> list[str]:
    """In which part of a file, and how spelt, the sentinel is; or a checksum of it, or of the whole deal."""
    return [f"{name}: {how}" for name, part in _parts(data) for how, sign in _spellings(sentinel, whole) if sign in part]


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file as it is, folded to lower case, and each part of an archive."""
    yield "file", data.lower()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.infolist():
                yield "name of a part", one.filename.lower().encode()
                yield "comment of a part", one.comment.lower() + one.extra.lower()
                yield one.filename, archive.read(one).lower()


def _spellings(sentinel: str, whole: bytes) -> Iterator[tuple[str, bytes]]:
    plain = sentinel.encode()
    yield "plain", plain.lower()
    yield "backwards", plain[::-1].lower()
    yield "UTF-16", sentinel.lower().encode("utf-16-le")
    yield "UTF-16, the other way", sentinel.lower().encode("utf-16-be")
    yield "for an address", quote(sentinel.replace("-", " ")).lower().encode()
    yield "as character references", "".join(f"&#{ord(one)};" for one in sentinel[:6]).encode()
    yield "in hexadecimal", plain.hex().encode()
    for before in range(3):  # base64 depends on where among three bytes it begins
        whole_groups = base64.b64encode(b"\0" * before + plain)[4 if before else 0 :]
        yield "in base64", whole_groups[: len(whole_groups) // 4 * 4 - 4].lower()
    for name, content in (("it", plain), ("the deal", whole)):
        if content:
            for kind in ("md5", "sha1", "sha256", "sha512"):
                digest = hashlib.new(kind, content)
                yield f"{kind} of {name}", digest.hexdigest().encode()
                yield f"{kind} of {name}, in base64", base64.b64encode(digest.digest()).rstrip(b"=").lower()
            yield f"checksum of {name}", f"{zlib.crc32(content):08x}".encode()
