"""Fuzzing that is led by coverage, with atheris: the loader, and the reader of Word files that come back."""

from __future__ import annotations

import re
import sys
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path


def run(name: str, minutes: float, keep: Path) -> int:
    """Run a target for so long. Exit code: 0 nothing was found, 77 something was; what was found is kept."""
    import atheris

    # Instrumented as they are imported: nothing of termsheet may have been so before.
    for module in [module for module in sys.modules if module.partition(".")[0] == "termsheet"]:
        del sys.modules[module]
    with atheris.instrument_imports(include=["termsheet.source", "termsheet.returned"]):
        from termsheet import source
        from termsheet.errors import LoadError, TermsheetError
        from termsheet.returned.package import Package
        from termsheet.returned.values import values
        from termsheet.word.reader import text_of
    from .targets import _sentence, deals

    def loader(data: bytes) -> None:
        try:
            source.parse(source.reading.decode(data, "deal.yaml"), "deal.yaml")
        except LoadError as error:
            _sentence(error)

    def docx(data: bytes) -> None:
        """The bytes are the document within a zip that is whole, or else a zip."""
        for whole in (data, _packed(data)):
            for reader in (lambda made: values(Package(made, "back.docx")), text_of):
                try:
                    reader(whole)
                except TermsheetError as error:
                    str(error)

    def one(data: bytes) -> None:
        try:
            {"loader": loader, "docx": docx}[name](data)
        except Exception:
            file = keep / name / sha256(data).hexdigest()[:12]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            raise

    seeds = Path(tempfile.gettempdir()) / f"termsheet-seeds-{name}"
    seeds.mkdir(exist_ok=True)
    for at, data in enumerate(_parts(_small()) if name == "docx" else _sections(deals())):
        (seeds / str(at)).write_bytes(data)
    atheris.Setup([sys.argv[0], str(seeds), f"-max_total_time={int(minutes * 60)}", "-timeout=30", "-max_len=4000" if name == "loader" else "-max_len=60000",
                   "-rss_limit_mb=3000", "-print_final_stats=1"], one)  # fmt: skip
    atheris.Fuzz()
    return 0


def _sections(wholes: list[bytes]) -> list[bytes]:
    """The deals by their sections: what is short is tried more often."""
    return [part for whole in wholes for part in re.split(rb"\n(?=\w)", whole) if len(part) < 2_000]


@cache
def _small() -> bytes:
    """The draft of a deal of a few lines."""
    from termsheet import source, writers
    from termsheet.assemble import assemble
    from termsheet.wellformed import checked

    deal = "deal: {title: T, type: pilot}\nparties: [{id: a, name: Acme GmbH}, {id: b, name: Bora}]\nscope: {in: [x]}\n"
    return writers.write(assemble(checked(source.parse(deal, "d"))[0], draft=True).document, ".docx")


def _packed(document: bytes) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_small())) as sent, zipfile.ZipFile(out, "w") as made:
        for part in sent.namelist():
            if part.startswith(("_rels", "word/_rels", "customXml", "word/document", "[Content")):
                made.writestr(part, document if part == "word/document.xml" else sent.read(part))
    return out.getvalue()


def _parts(draft: bytes) -> list[bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(draft)) as archive:
        return [archive.read("word/document.xml"), archive.read("customXml/item1.xml"), draft]
