"""Read the library beforehand: `python -m termsheet.library.build`, after any change of a clause or a form.

It also takes the usages of countries from Babel.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from termsheet import data, source
from termsheet.forms import FORMS, WORDS
from termsheet.library import callables, cldr, evaluate, prepared, shelf, trees, usage
from termsheet.library.clause import DEFINES, OTHERWISE
from termsheet.library.environment import environment
from termsheet.library.optional import written_out


def main() -> None:
    """Write the files."""
    for name, text in ((prepared.FILE, built()), (usage.FILE, usages())):
        (data.folder("schemas") / name).write_text(text, encoding="utf-8", newline="\n")


def built() -> str:
    """The text of the file of the library."""
    pages = [(file, shelf.parsed(file)) for file in shelf.files(data.folder("clauses"))]
    conditions = {text: tree for text in sorted({text for _, page in pages for text in _conditions(page)})
                  if (tree := _condition(text)) is not None}  # fmt: skip
    captions = {text: tree for text in sorted(_captions()) if (tree := _body(text, "")) is not None}
    lines = [_dump([conditions, captions])]
    lines += ["\t".join((prepared.digest(Path(file.path).read_bytes()).decode(), *known))
              for file, page in pages if (known := _known_of(page))]  # fmt: skip
    lines += [f"{prepared.digest(path.read_bytes()).decode()}\t{_dump(_data(path))}" for path in _pages()]
    return "\n".join(lines) + "\n"


def usages() -> str:
    """The text of the file of usages: a line for those countries that have one usage."""
    languages = [tag for tag in _data(data.folder("templates") / f"{WORDS}.yaml") if "-" not in tag]
    known: dict[str, list[str]] = {}
    for tag in (tag for language in languages for tag in cldr.tags(language)):
        _, *told = cldr.usage(tag)
        known.setdefault(_dump(told), []).append(tag)
    lines = [f"{' '.join(tags)}\t{told}" for told, tags in known.items()]
    return "\n".join((_dump(cldr.decimals()), *lines)) + "\n"


def _known_of(page: shelf.Page) -> list[str] | None:
    """What is needed of every clause, the texts, and the macros that they share: each is read only where it is run."""
    macros: dict[str, int] = {}
    texts: list[str] = []
    for text in page.texts.values():
        body = _body(text, page.file.id)
        if body is None:
            return None
        for piece in body:
            if isinstance(piece, list) and piece[0] == "macro":
                piece[3] = macros.setdefault(_dump(piece[3]), len(macros))
        texts.append(_dump(body))
    defines = sorted({term for text in page.texts.values() for term in DEFINES.findall(text)})
    head = [page.front.data, [*page.texts], defines]
    return [_dump(head), *texts, *macros]


def _body(text: str, clause: str) -> list[Any] | None:
    """The tree of a text, or None where it is left to Jinja."""
    try:
        found: list[Any] = _known(trees.body_of(environment().parse(written_out(text, environment(), clause))))
        return found
    except trees.Unknown:
        return None


def _condition(text: str) -> Any:
    try:
        return _known(trees.expression_of(environment().parse(f"{{{{ {text} }}}}")))
    except trees.Unknown:
        return None


def _known(tree: Any) -> Any:
    """The tree. Raises Unknown where it calls for a filter or a test that only Jinja has."""
    words = evaluate.Words(callables.FILTERS, callables.TESTS, {})
    for node in _nodes(tree):
        named = {"|": words.filters, "is": words.tests}.get(node[0]) if node and isinstance(node[0], str) else None
        if named is not None and len(node) > 3 and node[1] not in named:
            raise trees.Unknown(node[1])
    return tree


def _nodes(tree: Any) -> Iterator[list[Any]]:
    if isinstance(tree, list):
        yield tree
    inner: Iterable[Any] = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for part in inner:
        yield from _nodes(part)


def _conditions(page: shelf.Page) -> Iterator[str]:
    own = page.front.data
    yield from filter(None, (own.get("when"), own.get("where")))
    yield from (text for text in (own.get("variants") or {}).values() if text and text != OTHERWISE)


def _captions() -> Iterator[str]:
    """The captions of the forms; not only they have Jinja in them, but what has is short."""
    for path in _pages():
        if path.name.partition(".")[0] in FORMS:
            yield from _texts(_data(path))


def _pages() -> list[Path]:
    """The forms and their translations, and the words of the values."""
    every = sorted(data.folder("templates").glob("*.yaml"))
    return [path for path in every if path.name.partition(".")[0] in (*FORMS, WORDS)]


def _data(path: Path) -> Any:
    return source.parse(path.read_text(encoding="utf-8"), str(path)).data


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from _texts(part)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
