"""The texts of the library that a paper is made from: as they are now, and as they were frozen.

A text is named by its place, `built-in/clauses/ip/foreground.md` or `house/templates/term-sheet.yaml`; a second folder
of a house is `house-2`. All that could have a say in a paper is frozen, not only what was printed: a clause that was
left out may be called for by the next change of the deal, or by a change of the clause itself.

    texts = current(house)                      every text, by its place
    manifest = keep(home, texts)                frozen; the hash of each
    frozen(home, manifest)                      the shelves from which `assemble` makes the same paper again
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from termsheet import data
from termsheet.errors import LibraryError, TermsheetError, WriteError
from termsheet.forms import FORMS, WORDS
from termsheet.house import House
from termsheet.library.shelf import files
from termsheet.library.shelves import Frozen, Shelves
from termsheet.pattern import pattern
from termsheet.put import put, reason
from termsheet.rounds.store import hashed, prepare, unchanged

Manifest = Mapping[str, str]
FORM = "form:"
CLAUSES, TEMPLATES = "clauses", "templates"
_BUILT_IN, _HOUSE = "built-in", "house"
_FOLDER = "library"
_PLACE = pattern(
    r"(?:built-in|house(?:-\d+)?)/(?:clauses/(?:[^/\\.][^/\\]*/)*[a-z0-9-][a-z0-9.-]*\.md|templates/[^/\\]+\.yaml)"
)
_SHORT = 12  # digits of the hash in the name of a file


def current(house: House) -> dict[str, bytes]:
    """Every text of termsheet and of a house that could have a say in a paper, as it is now."""
    try:
        return {place: path.read_bytes() for place, path in where(house).items()}
    except OSError as error:
        raise LibraryError(f"cannot be read ({reason(error)})", file=str(error.filename),
                           help="mend the folders of clauses and forms") from error  # fmt: skip


def where(house: House) -> dict[str, Path]:
    """Where each of these texts stands."""
    return dict(_places(house))


def _places(house: House) -> Iterator[tuple[str, Path]]:
    for order, folder in enumerate((data.folder(CLAUSES), *house.clauses)):
        for file in files(folder):
            path = Path(file.path)
            yield f"{_layer(order)}/{CLAUSES}/{path.relative_to(folder).as_posix()}", path
    for order, folder in enumerate((data.folder(TEMPLATES), *house.templates)):
        for path in sorted(folder.glob("*.yaml")):
            if order or path.name.partition(".")[0] in (*FORMS, WORDS):
                yield f"{_layer(order)}/{TEMPLATES}/{path.name}", path


def _layer(order: int) -> str:
    return _BUILT_IN if order == 0 else _HOUSE if order == 1 else f"{_HOUSE}-{order}"


def manifest_of(texts: Mapping[str, bytes]) -> dict[str, str]:
    """The hash of each text."""
    return {place: hashed(text) for place, text in sorted(texts.items())}


def keep(home: Path, texts: Mapping[str, bytes]) -> dict[str, str]:
    """Keep texts in the folder of the rounds, each once. Gives the hash of each. Raises WriteError."""
    prepare(home)
    manifest = manifest_of(texts)
    for place, digest in manifest.items():
        file = _file(home, place, digest)
        if file.is_file() and hashed(file.read_bytes()) == digest:
            continue
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(f"cannot be made ({reason(error)})", file=str(file.parent),
                             help="choose a folder that may be written to") from error  # fmt: skip
        put(file, texts[place])
    return manifest


def texts_of(home: Path, manifest: Manifest) -> dict[str, bytes]:
    """The texts that were frozen, unchanged. Raises TermsheetError."""
    return {place: unchanged(_file(home, place, digest), digest, "the rounds") for place, digest in manifest.items()}


def frozen(home: Path, manifest: Manifest) -> Shelves:
    """The shelves of what was frozen, each text checked against its hash. Raises TermsheetError."""
    return shelved({place: _checked(home, place, digest) for place, digest in manifest.items()})


def beside(home: Path, manifest: Manifest, texts: Mapping[str, bytes], house: House) -> Shelves:
    """The shelves of a manifest, what is the same in the library (`texts`) taken from there: it was read already."""
    now, there = where(house), manifest_of(texts)
    return shelved({place: now[place] if there.get(place) == digest else _checked(home, place, digest)
                    for place, digest in manifest.items()})  # fmt: skip


def _checked(home: Path, place: str, digest: str) -> Path:
    file = _file(home, place, digest)
    unchanged(file, digest, "the rounds")
    return file


def shelved(stand: Mapping[str, Path]) -> Shelves:
    """The shelves of texts that stand in these files."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {CLAUSES: {}, TEMPLATES: {}}
    for place, path in stand.items():
        layer, kind, name = place.split("/", 2)
        found[kind].setdefault(layer, []).append((name, str(path)))
    return Shelves(*(tuple(Frozen(tuple(layers[name])) for name in sorted(layers, key=_order))
                     for layers in (found[CLAUSES], found[TEMPLATES])))  # fmt: skip


def item_of(place: str) -> str:
    """What a text is a text of: the id of its clause, `form:agreement`, or `words`."""
    _, kind, name = place.split("/", 2)
    *above, own = name.split("/")
    stem = own.partition(".")[0]
    if kind == CLAUSES:
        return ".".join((*above, stem))
    return stem if stem == WORDS else FORM + stem


def _order(layer: str) -> tuple[int, int]:
    word, _, number = layer.partition("-") if layer != _BUILT_IN else (layer, "", "")
    return int(word == _HOUSE), int(number or 1)


def _file(home: Path, place: str, digest: str) -> Path:
    """Where a text is kept: at its place, its hash in its name."""
    if not _PLACE.fullmatch(place) or not re.fullmatch("[0-9a-f]{64}", digest):
        raise TermsheetError(f"names no text of a library: {place[:80]!r}", file=str(home),
                             help="take it back out of your version control")  # fmt: skip
    path = PurePosixPath(place)
    return home / _FOLDER / path.parent / f"{path.stem}.{digest[:_SHORT]}{path.suffix}"
