"""Pages as approved; and the proof that the comparison lets noise pass and stops what a reader would see."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from gate import images, pages
from gate.bench import Bench, spoilt
from gate.images import SERIES, STRICT, WIDE, Series, approve, compared, difference, drawn, kept
from gate.package import W
from gate.pages import Layout
from gate.samples import TERMS, samples
from office import needs_office, needs_poppler
from PIL import Image, ImageFilter

pytestmark = [pytest.mark.xdist_group("office"), needs_office, needs_poppler]
STYLES = "word/styles.xml"


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series.paper.name)
def test_pages_are_as_approved(series: Series) -> None:
    """`python -m tests.gate.images --update` approves what they are now, once somebody has looked at them."""
    assert compared(series, pages.layout(series.paper)) == []


# --- the comparison itself


def a_band_that_is_gone(file: Bench) -> None:
    shade = file.one("//w:style[@w:styleId='Heading1']//w:shd", STYLES)
    shade.getparent().remove(shade)


def the_rules_of_a_table_gone(file: Bench) -> None:
    rule = file.one("//w:style[@w:styleId='TermTable']//w:insideH", STYLES)
    rule.getparent().remove(rule)


def another_font(file: Bench) -> None:
    fonts = file.one("//w:rPrDefault//w:rFonts", STYLES)
    for key in fonts.attrib:
        fonts.set(key, "Calibri")


def letters_half_a_point_larger(file: Bench) -> None:
    file.one("//w:rPrDefault//w:sz", STYLES).set(f"{W}val", "21")


def a_paragraph_that_moved(file: Bench) -> None:
    space = file.one("//w:style[@w:styleId='Subtitle']//w:spacing", STYLES)
    space.set(f"{W}after", str(int(space.get(f"{W}after")) + 120))


def headings_that_are_not_bold(file: Bench) -> None:
    properties = file.one("//w:style[@w:styleId='Heading2']/w:rPr", STYLES)
    properties.remove(properties.find(f"{W}b"))


def a_footer_without_its_rule(file: Bench) -> None:
    border = file.one("//w:style[@w:styleId='Footer']//w:pBdr", STYLES)
    border.getparent().remove(border)


DEFECTS: list[Callable[[Bench], None]] = [
    a_band_that_is_gone, the_rules_of_a_table_gone, another_font, letters_half_a_point_larger, a_paragraph_that_moved,
    headings_that_are_not_bold, a_footer_without_its_rule,
]  # fmt: skip


@pytest.fixture(scope="module")
def tried() -> dict[str, Layout]:
    good = samples()["term-sheet"]
    files = {"good": good} | {change.__name__: spoilt(good, change) for change in DEFECTS}
    assert list(files.values()).count(good) == 1
    return pages.layouts(files)


@pytest.fixture
def page(tried: dict[str, Layout]) -> Image.Image:
    return drawn(tried["good"].pdf, [1])[1]


@pytest.mark.parametrize("change", DEFECTS, ids=lambda change: change.__name__)
def test_what_a_reader_would_see_is_found(
    tried: dict[str, Layout], tmp_path: Path, change: Callable[[Bench], None]
) -> None:
    first = Series(TERMS, (1,))
    approve(first, tried["good"], tmp_path)
    assert compared(first, tried["good"], tmp_path) == []
    bad = drawn(tried[change.__name__].pdf, [1])[1]
    with Image.open(tmp_path / TERMS.name / "1.png") as approved:
        assert difference(approved.convert("L"), bad, STRICT) > STRICT.slack


def noised(page: Image.Image) -> Image.Image:
    chance = random.Random(7)
    return Image.frombytes("L", page.size, bytes(min(255, max(0, ink + chance.randint(-10, 10))) for ink in page.tobytes()))


def shifted(page: Image.Image) -> Image.Image:
    return page.transform(page.size, Image.Transform.AFFINE, (1, 0, 1, 0, 1, -1), fillcolor=255)


def softened(page: Image.Image) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(0.6))


@pytest.mark.parametrize("harmless", [noised, shifted, softened])
@pytest.mark.parametrize("sight", [STRICT, WIDE])
def test_what_a_machine_does_passes(
    page: Image.Image, tmp_path: Path, harmless: Callable[[Image.Image], Image.Image], sight: images.Sight
) -> None:
    kept(page, tmp_path / "1.png")
    with Image.open(tmp_path / "1.png") as approved:
        assert difference(approved.convert("L"), harmless(page), sight) <= sight.slack


def test_a_wide_look_still_tells_an_empty_page_and_another_sheet(page: Image.Image) -> None:
    assert difference(page, Image.new("L", page.size, 255), WIDE) > WIDE.slack
    assert difference(page, Image.new("L", (340, 440), 255), WIDE) > WIDE.slack


def test_a_page_that_was_never_approved_is_a_finding(tried: dict[str, Layout], tmp_path: Path) -> None:
    assert compared(Series(TERMS, (1,)), tried["good"], tmp_path) == [f"page 1 of {TERMS.name} was never approved"]


def test_an_approved_page_that_is_gone_is_a_finding(
    tried: dict[str, Layout], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "sight", lambda: STRICT)
    approve(Series(TERMS, (1, 2)), tried["good"], tmp_path)
    found = compared(Series(TERMS, (1,)), tried["good"], tmp_path)
    assert found == [f"page 2 of {TERMS.name} is approved, and not there any more"]


def test_another_libreoffice_may_number_pages_otherwise(
    tried: dict[str, Layout], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "VERSIONS", tmp_path / "VERSIONS")
    assert compared(Series(TERMS, (1,)), tried["good"], tmp_path) == [f"page 1 of {TERMS.name} was never approved"]
    approve(Series(TERMS, (1, 2, 3)), tried["good"], tmp_path)
    assert compared(Series(TERMS, (1, 2)), tried["good"], tmp_path) == []
    approve(Series(TERMS, (1, 2, 3, 4, 5)), tried["good"], tmp_path)
    assert compared(Series(TERMS, (1, 2)), tried["good"], tmp_path) == [
        f"page {page} of {TERMS.name} is approved, and not there any more" for page in (3, 4, 5)
    ]


def test_another_libreoffice_is_looked_at_widely(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(images, "VERSIONS", tmp_path / "VERSIONS")
    assert images.sight() == WIDE
    (tmp_path / "VERSIONS").write_text(json.dumps({"LibreOffice": images.version()}))
    assert images.sight() == STRICT
