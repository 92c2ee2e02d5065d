"""Content controls: every value of the deal in the paper is bound to a part of the file that holds only such values.

What a lawyer types over a value in Word is written by Word into that part, where it can be read back. The part has one
element for each value that is shown, named after its path; a path that is shown in two ways has two elements. Nothing
stands in attributes or tags, which some editors drop.

    <deal xmlns="urn:termsheet:values:1">
      <digest>…</digest>
      <parties_5B_acme_5D_.name>Acme GmbH</parties_5B_acme_5D_.name>
    </deal>
"""

from __future__ import annotations

from functools import lru_cache

from termsheet.pattern import pattern
from termsheet.typography import typeset
from termsheet.word.markup import HEAD, escape, quoted

SPACE = "urn:termsheet:values:1"
STORE = "{E703FC02-28CC-53FA-8EC4-8E2047FF43D7}"  # the name-based UUID (version 5) of SPACE
DIGEST = "digest"
_PREFIX = "t"
_FIRST_ID = 100_001
_UNSAFE = pattern(r"[^A-Za-z0-9._-]")
_ESCAPED = pattern(r"_([0-9A-F]+)_")


@lru_cache(maxsize=4096)
def element(path: str) -> str:
    """The name of the element of a path: `parties[acme].name` is `parties_5B_acme_5D_.name`."""
    usual = path.replace("_", "_5F_").replace("[", "_5B_").replace("]", "_5D_")
    name = _UNSAFE.sub(lambda found: f"_{ord(found[0]):X}_", usual)
    return name if name[:1].isalpha() and name != DIGEST else f"__{name}"


def path_of(name: str) -> str:
    """The path of an element, as the deal writes it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name.removeprefix("__"))


def readable(path: str) -> str:
    """The name that Word shows above a control: `parties[acme].legal_form` is "parties › acme › legal form"."""
    steps = path.replace("[", ".").replace("]", ".").replace("_", " ").split(".")
    return " › ".join(filter(None, steps))


@lru_cache(maxsize=4096)
def _bound(path: str) -> tuple[str, str]:
    """What Word shows above the controls of a path, and where its elements are, up to which of them it is."""
    place = f"/{_PREFIX}:deal[1]/{_PREFIX}:{element(path)}"  # the name of an element has no sign to be escaped
    bound = f"<w:dataBinding w:prefixMappings=\"xmlns:{_PREFIX}='{SPACE}'\" w:xpath=\"{place}"
    return f"<w:alias w:val={quoted(readable(path))}/>", bound


class Controls:
    """The content controls of one file, in the order of the paper."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._shown: dict[str, list[str]] = {}
        self._count = 0

    def around(self, path: str, shown: str, runs: str, style: str = "") -> str:
        """The runs of a value within their control. `style` is the character style of what is typed there."""
        shown = typeset(shown)
        if not self._wanted or not runs:
            return runs
        ways = self._shown.setdefault(path, [])
        if shown not in ways:
            ways.append(shown)
        alias, place = _bound(path)
        number = _FIRST_ID + self._count
        self._count += 1
        lines = ' w:multiLine="1"' if "\n" in shown else ""
        look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
        return (
            f'<w:sdt><w:sdtPr>{look}{alias}<w:id w:val="{number}"/>{place}[{ways.index(shown) + 1}]"'
            f' w:storeItemID="{STORE}"/><w:text{lines}/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>'
        )

    def parts(self, digest: str) -> dict[str, str]:
        """The parts of the file that hold the values; none where no value is bound."""
        if not self._shown:
            return {}
        values = "".join([
            f"<{name}>{escape(shown)}</{name}>"
            for path, ways in self._shown.items() for name in (element(path),) for shown in ways
        ])  # fmt: skip
        made_of = f"<{DIGEST}>{escape(digest)}</{DIGEST}>" if digest else ""
        properties = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
        relations = "http://schemas.openxmlformats.org/package/2006/relationships"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
        return {
            "customXml/item1.xml": f'{HEAD}<deal xmlns="{SPACE}">{made_of}{values}</deal>',
            "customXml/itemProps1.xml": (
                f'{HEAD}<ds:datastoreItem xmlns:ds="{properties}" ds:itemID="{STORE}">'
                f'<ds:schemaRefs><ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
            ),
            "customXml/_rels/item1.xml.rels": (
                f'{HEAD}<Relationships xmlns="{relations}">'
                f'<Relationship Id="rId1" Type="{kind}" Target="itemProps1.xml"/></Relationships>'
            ),
        }
