"""What must hold of every .docx that leaves: findings on its bytes, beyond what a schema can say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from . import fields, marks, numbers, package, tables, text
from .package import Broken, Package

Check = Callable[[Package], Iterator[str]]

CHECKS: dict[str, Check] = {
    "types": package.check_types,
    "relations": package.check_relations,
    "properties": package.check_properties,
    "traces": package.check_traces,
    "lists": numbers.check_lists,
    "styles": text.check_styles,
    "left over": text.check_left_over,
    "typed": text.check_typed,
    "spaces": text.check_spaces,
    "empty": text.check_empty,
    "direct": text.check_direct,
    "outline": text.check_outline,
    "language": text.check_language,
    "bookmarks": fields.check_bookmarks,
    "fields": fields.check_fields,
    "targets": fields.check_targets,
    "references": fields.check_references,
    "contents": fields.check_contents,
    "tables": tables.check_tables,
    "sections": tables.check_sections,
    "pictures": tables.check_pictures,
    "signatures": tables.check_signatures,
    "settings": tables.check_settings,
    "controls": marks.check_controls,
    "comments": marks.check_comments,
    "changes": marks.check_changes,
}


def findings(data: bytes, only: Collection[str] = ()) -> list[str]:
    """All that is wrong with the file, each finding led by the name of its check; where `only` names some, by those."""
    try:
        read = package.opened(data)
    except Broken as error:
        return [f"package: {error}"]
    return [f"{name}: {one}" for name, check in CHECKS.items() if not only or name in only for one in check(read)]
