"""Pages as pictures, compared with those that somebody has looked at and approved.

`python -m tests.gate.images --update` writes new ones, to be looked at before they are committed.

A page is made small and soft, so that anti-aliasing and a shift by a pixel make no difference; what is left is how much
ink stands where. A missing band or rule, a moved paragraph and another font change that.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter

from .pages import Layout, layout
from .papers import Paper
from .rendering import version
from .text import name

APPROVED = Path(__file__).parent / "approved"
VERSIONS = APPROVED / "VERSIONS"
RESOLUTION = 40
_SLACK = 1  # pixels by which a page may be shifted
_MORE = 2  # pages that another LibreOffice may make of a paper
_LEVELS = 16  # of grey, which are enough to see by and keep the files small

TELEHEALTH, ROBOT = "telehealth-alliance", "picking-robot-pilot"


@dataclass(frozen=True)
class Sight:
    """How sharply pages are looked at: the size of a block in pixels, and by how much of 255 its ink may differ."""

    block: int
    slack: float


# Another LibreOffice breaks lines and pages elsewhere: then only a page that has lost or changed its whole look is told.
STRICT, WIDE = Sight(6, 9.0), Sight(64, 20.0)


@dataclass(frozen=True)
class Series:
    """Some pages of a paper: by their numbers (negative from the end), or by the style of a paragraph that begins on them."""

    paper: Paper
    pages: tuple[int | str, ...] = ()

    def numbers(self, layout: Layout) -> list[int]:
        """The pages, counted from 1; every page where none is named."""
        if not self.pages:
            return [*range(1, layout.pages + 1)]
        return sorted({self._number(one, layout) for one in self.pages})

    @staticmethod
    def _number(page: int | str, layout: Layout) -> int:
        if isinstance(page, int):
            return page if page > 0 else layout.pages + 1 + page
        return next(layout.begins[at] for at, one in enumerate(layout.paragraphs) if name(one).startswith(page))


PARTS = ("Cover", "TOC", "Parties", "ScheduleHeading", -1)
SERIES = (
    Series(Paper(TELEHEALTH, "term-sheet")),
    Series(Paper("pfas-catalyst-license", "term-sheet", "classic", "letter"), (1, 2, -1)),
    Series(Paper(TELEHEALTH, "agreement", "classic"), PARTS),
    Series(Paper(ROBOT, "agreement"), PARTS),
)


def drawn(pdf: Path, pages: Sequence[int]) -> dict[int, Image.Image]:
    """Pages of a PDF in grey."""
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            command = ["pdftoppm", "-r", str(RESOLUTION), "-gray", "-f", str(page), "-l", str(page), "-singlefile"]
            subprocess.run([*command, str(pdf), str(Path(folder, f"{page}"))], check=True, capture_output=True)
        return {page: _loaded(Path(folder, f"{page}.pgm")) for page in pages}


def _loaded(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("L")


def difference(approved: Image.Image, found: Image.Image, sight: Sight = STRICT) -> float:
    """The most by which the ink of any block differs, of 255, at the best shift by up to a pixel; 255 for another size."""
    if approved.size != found.size:
        return 255.0
    expected = _soft(approved, sight)
    return min(_worst(expected, _soft(moved, sight)) for moved in _shifted(found))


def _shifted(picture: Image.Image) -> Iterator[Image.Image]:
    for across in range(-_SLACK, _SLACK + 1):
        for down in range(-_SLACK, _SLACK + 1):
            yield picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, across, 0, 1, down), fillcolor=255)


def _worst(one: bytes, other: bytes) -> float:
    return max(abs(left - right) for left, right in zip(one, other, strict=True))


def _soft(picture: Image.Image, sight: Sight) -> bytes:
    """The mean ink of each block, after each pixel has been spread over its neighbours."""
    blurred = picture.filter(ImageFilter.GaussianBlur(sight.block / 4))
    size = (max(picture.width // sight.block, 1), max(picture.height // sight.block, 1))
    return blurred.resize(size, Image.Resampling.BOX).tobytes()


def sight() -> Sight:
    """Strict under the version that the pages were approved with, wide under another."""
    approved = json.loads(VERSIONS.read_text(encoding="utf-8")) if VERSIONS.exists() else {}
    return STRICT if approved.get("LibreOffice") == version() else WIDE


def compared(series: Series, of: Layout, folder: Path = APPROVED) -> list[str]:
    """What differs from the approved pages, and what was never approved or is not there any more."""
    look = sight()
    pictures = drawn(of.pdf, series.numbers(of))
    approved = {int(path.stem): path for path in sorted((folder / series.paper.name).glob("*.png"))}
    if look is WIDE and approved:  # pages may have other numbers, and a long paper one more or less
        pictures = dict(zip(sorted(approved), (picture for _, picture in sorted(pictures.items())), strict=False))
        approved = {page: path for page, path in approved.items() if page in pictures or len(approved) - len(pictures) > _MORE}
    found = []
    for page in sorted(pictures.keys() | approved.keys()):
        where = f"page {page} of {series.paper.name}"
        if page not in approved:
            found.append(f"{where} was never approved")
        elif page not in pictures:
            found.append(f"{where} is approved, and not there any more")
        elif (differs := difference(_loaded(approved[page]), pictures[page], look)) > look.slack:
            found.append(f"{where} differs from the approved one by {differs:.0f} of 255")
    return found


def approve(series: Series, of: Layout, folder: Path = APPROVED) -> None:
    """Keeps the pages as they are now."""
    place = folder / series.paper.name
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("*.png"):
        old.unlink()
    for page, picture in drawn(of.pdf, series.numbers(of)).items():
        kept(picture, place / f"{page}.png")


def kept(picture: Image.Image, path: Path) -> None:
    """Saves a page in few levels of grey."""
    step = 255 // (_LEVELS - 1)
    grey = Image.new("P", picture.size)
    grey.putpalette([level * step for level in range(_LEVELS) for _ in range(3)])
    grey.putdata(picture.point(lambda ink: round(ink / step)).tobytes())
    grey.save(path, optimize=True, bits=4)


def main(arguments: Sequence[str]) -> int:
    """Compares, or with --update approves."""
    if "--update" in arguments:
        for series in SERIES:
            approve(series, layout(series.paper))
        VERSIONS.write_text(json.dumps({"LibreOffice": version()}) + "\n", encoding="utf-8")
        return 0
    found = [one for series in SERIES for one in compared(series, layout(series.paper))]
    print("\n".join(found) or "every page is as approved")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
