"""The page of HTML: every word, one id a block, nothing from outside, and as a reader, a printer and a phone want it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from browser import Element, chromium, needs_chromium, printed, tree
from conftest import EXAMPLES, ROOT
from office import needs_poppler

from termsheet import source, writers
from termsheet.assemble import assemble
from termsheet.document import (
    Clause,
    Column,
    Document,
    Furniture,
    Open,
    OpenPoint,
    Paragraph,
    Part,
    Ref,
    Row,
    Signature,
    SignatureLine,
    Table,
    Text,
    Value,
    Words,
    shown,
)
from termsheet.errors import WriteError
from termsheet.immutable import replace
from termsheet.verify import verify
from termsheet.wellformed import checked
from termsheet.word import themes
from termsheet.writers import html

FORMS = ("term-sheet", "agreement")
OF_EACH = [pytest.param(path, form, id=f"{path.stem}-{form}") for path in EXAMPLES for form in FORMS]
each_paper = pytest.mark.parametrize(("path", "form"), OF_EACH)
each_theme = pytest.mark.parametrize("theme", sorted(themes.THEMES))


@cache
def paper(path: Path, form: str) -> Document:
    deal, _ = checked(source.read(str(path)))
    return assemble(deal, form, draft=True).document


@cache
def page(path: Path, form: str) -> Element:
    return tree(html.write(paper(path, form)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def small(*blocks: Paragraph | Table, layout: str = "columns", **more: object) -> Document:
    """A paper of one clause."""
    clause = Clause("scope", "Scope", blocks, label="1.", number="1")
    parts = (Part("terms", "Terms", (clause,)),)
    return Document("Paper", "Of a test", (), parts, (), (), layout=layout, **more)  # type: ignore[arg-type]


def said(value: str) -> Document:
    return small(Paragraph("scope/p1", (Value("scope.in", value, value),)))


# --- words


@each_paper
def test_every_word_of_the_paper_is_on_the_page(path: Path, form: str) -> None:
    document = paper(path, form)
    text = writers.read_text(writers.write(document, ".html"), ".html")
    verify(document, text)
    words = squeezed(text)
    for wanted in [
        document.title, document.subtitle, *document.furniture.first_left, document.furniture.right,
        document.furniture.footer, document.furniture.watermark, *(part.heading for part in document.parts),
        *(clause.label + clause.title for clause in document.clauses() if clause.label),
        *(block.label + shown(block.inlines) for block in document.blocks() if isinstance(block, Paragraph)),
        *(column.title for block in document.blocks() if isinstance(block, Table) for column in block.columns),
        *(shown(cell) for block in document.blocks() if isinstance(block, Table) for row in block.rows
          for cell in row.cells),
        *(shown(signature.party) for signature in document.signatures),
        *(line.label + ":" + shown(line.inlines) for signature in document.signatures for line in signature.lines),
        document.words.contents,
    ]:  # fmt: skip
        assert squeezed(wanted) in words, wanted


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b", "\"'>", "A*B|C", "]]>", "</style><b>", "&lt;"])
def test_a_value_means_itself(text: str) -> None:
    document = replace(said(text), title=text, subtitle=text, furniture=Furniture((text,), text, text, text, text, text))
    made = html.write(document)
    root = tree(made)
    assert not [*root.all("script", "b")]
    assert len([*root.all("style")]) == 1
    assert root.with_id("scope/p1").text == text
    verify(document, writers.read_text(made.encode(), ".html"))


def test_what_is_written_from_right_to_left_is_kept_apart() -> None:
    root = tree(html.write(said("شركة المثال")))
    assert [found.text for found in root.all("bdi")] == ["شركة المثال"]
    assert not [*tree(html.write(said("Österreich"))).all("bdi")]


def test_lines_of_a_value_stay_lines() -> None:
    made = html.write(said("one\ntwo"))
    assert "one<br>two" in made
    assert "one\ntwo" in writers.read_text(made.encode(), ".html")


def test_a_number_keeps_to_the_word_before_it() -> None:
    made = html.write(small(Paragraph("scope/p1", (Text("See paragraph "), Ref("scope", "1"), Text(".")))))
    assert 'See paragraph\u00a0<a href="#scope">1</a>.' in made


# --- structure


@each_paper
def test_the_page_is_in_order_for_every_reader(path: Path, form: str) -> None:
    document, root = paper(path, form), page(path, form)
    (whole,) = root.all("html")
    assert whole.attributes["lang"] == document.language
    assert next(root.all("title")).text == f"{document.title} – {document.subtitle}"
    assert [found.text for found in root.all("h1")] == [document.title]
    levels = [int(found.tag[1]) for found in root.all("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len([*root.all("main")]) == 1
    assert bool([*root.all("nav")]) == bool(document.words.contents)


@each_paper
def test_each_id_is_there_once_and_each_link_leads_to_one(path: Path, form: str) -> None:
    from urllib.parse import unquote

    root = page(path, form)
    ids = [found.attributes["id"] for found in root.all() if "id" in found.attributes]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    links = [found.attributes["href"] for found in root.all("a")]
    assert links
    assert {unquote(link) for link in links} <= {f"#{name}" for name in ids}
    for found in root.all():
        for name in ("aria-labelledby", "aria-describedby"):
            assert found.attributes.get(name, ids[0]) in ids
    for clause in paper(path, form).clauses():
        assert clause.title in root.with_id(clause.id).text or not clause.label
        for block in clause.blocks:
            if isinstance(block, Paragraph):
                assert root.with_id(block.id).text.startswith(block.label)


@each_paper
def test_a_reference_leads_to_what_has_its_number(path: Path, form: str) -> None:
    document, root = paper(path, form), page(path, form)
    numbers = {clause.id: clause.number for clause in document.clauses()}
    numbers |= {block.id: block.number for block in document.blocks() if isinstance(block, Paragraph)}
    main = next(root.all("main"))
    links = [(found.attributes["href"][1:], found.text) for found in main.all("a")]
    assert links or form == "agreement"
    assert all(numbers[target] == text for target, text in links)


@each_paper
def test_tables_have_captions_and_heads(path: Path, form: str) -> None:
    document, root = paper(path, form), page(path, form)
    tables = [block for block in document.blocks() if isinstance(block, Table)]
    made = [*root.all("table")]
    assert [next(found.all("caption")).text for found in made] == [table.caption for table in tables]
    for found, table in zip(made, tables, strict=True):
        assert table.caption
        heads = [*found.all("th")]
        assert [head.attributes["scope"] for head in heads] == ["col"] * len(table.columns) + ["row"] * len(table.rows)
        assert [head.text for head in next(found.all("thead")).all("th")] == [column.title for column in table.columns]


@each_paper
def test_numbers_are_text_beside_what_they_number(path: Path, form: str) -> None:
    document, root = paper(path, form), page(path, form)
    labels = [found.text.strip() for found in next(root.all("main")).of_class("label")]
    wanted = []
    for part in document.parts:
        for clause in part.clauses:
            wanted += [clause.label, *(block.label for block in clause.blocks if isinstance(block, Paragraph))]
    for schedule in document.schedules:
        wanted += [block.label for block in schedule.blocks if isinstance(block, Paragraph)]
    assert labels == [label for label in wanted if label]


def test_what_the_form_has_is_where_readers_look_for_it() -> None:
    path = next(path for path in EXAMPLES if path.stem == "foam-box-codevelopment")
    document, root = paper(path, "agreement"), page(path, "agreement")
    (cover,) = root.of_class("cover")
    assert [found.text for found in cover.of_class("party")] == [shown(party.name) for party in document.cover.parties]  # type: ignore[union-attr]
    (contents,) = root.all("nav")
    assert [found.text.split() for found in contents.all("a")] == [
        f"{clause.label} {clause.title}".split() for clause in document.clauses() if clause.label
    ]
    assert len(root.of_class("schedule")) == len(document.schedules) > 0
    sheet = page(path, "term-sheet")
    binding = [next(found.all("h2")).text for found in sheet.of_class("binding")]
    assert binding == [part.heading for part in paper(path, "term-sheet").parts if part.binding] != []


def test_open_points_are_a_list_of_links_and_marks() -> None:
    bracket = Open("legal.law", "[● law]")
    document = small(
        Paragraph("scope/p1", (bracket, Text(" and "), Open("money", "[withheld]", withheld=True)), number="1"),
        open_points=(OpenPoint("legal.law", "law", "scope/p1", by="Acme", number="1"),),
    )
    root = tree(html.write(document))
    (section,) = root.of_class("open")
    (entry,) = section.all("li")
    assert entry.text == "paragraph\u00a01 law – Acme"
    assert next(entry.all("a")).attributes["href"] == "#scope/p1"
    marks = [*root.all("mark")]
    assert [found.text for found in marks] == ["[● law]", "[withheld]"]
    assert root.with_id(marks[0].attributes["aria-describedby"]).text == "Open points"
    assert "aria-describedby" not in marks[1].attributes


def test_a_name_that_stands_twice_is_an_id_once() -> None:
    document = small(Paragraph("scope/p 1", (Ref("scope/p 1", "1"),)), Paragraph("scope/p 1", (Text("again"),)))
    root = tree(html.write(document))
    assert [found.attributes["id"] for found in next(root.all("main")).all("p")] == ["scope/p-1", "scope/p-1-2"]
    assert next(next(root.all("main")).all("a")).attributes["href"] == "#scope/p-1"


def test_blank_lines_are_there_to_be_signed() -> None:
    signed = Signature("signature/acme/1", "Signed for", (Text("Acme"),),
                       (SignatureLine("Name", (Text("Ada"),)), SignatureLine("Date")))  # fmt: skip
    root = tree(html.write(replace(small(), signatures=(signed,))))
    (signer,) = root.of_class("signer")
    assert [found.attributes.get("class", "") for found in signer.all("dd")] == ["", "blank"]
    assert squeezed(signer.text) == "SignedforAcmeSignatureName:AdaDate:"


# --- nothing from outside, and nothing private


@each_paper
def test_the_file_needs_nothing_else_and_tells_nothing_else(path: Path, form: str) -> None:
    made = html.write(paper(path, form))
    assert not re.search(r"https?:|\bsrc=|url\(|@import|<script|<link|<img|data-|javascript:", made.partition("<body")[0])
    root = page(path, form)
    for found in root.all():
        assert found.tag not in ("script", "link", "img", "iframe", "object", "form")
        assert not {"src", "style", "data-path", "title"} & found.attributes.keys()
        assert not [name for name in found.attributes if name.startswith("on")]
        assert found.attributes.get("href", "#").startswith("#")
    assert made == html.write(paper(path, form))


def test_paths_are_told_in_a_preview_only() -> None:
    assert "scope.in" not in html.write(said("trains"))
    assert 'data-path="scope.in"' in html.write(said("trains"), html.Notes())


# --- looks


@each_theme
@pytest.mark.parametrize("form", FORMS)
def test_every_theme_dresses_every_form(theme: str, form: str) -> None:
    look = themes.theme(theme)
    made = html.write(replace(paper(EXAMPLES[0], form), theme=theme))
    style = next(tree(made).all("style")).text
    assert f'"{look.font}"' in style
    assert f"#{look.ink}" in style
    assert "$" not in style


@pytest.mark.parametrize(("paper_size", "said_so"), [("a4", "size: a4;"), ("Letter", "size: letter;")])
def test_the_sheet_is_that_of_the_deal(paper_size: str, said_so: str) -> None:
    assert said_so in html.write(replace(said("x"), paper=paper_size))


def test_a_theme_or_paper_that_is_not_there() -> None:
    with pytest.raises(WriteError, match="there is no theme"):
        html.write(replace(said("x"), theme="baroque"))
    with pytest.raises(WriteError, match="there is no paper"):
        html.write(replace(said("x"), paper="napkin"))


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@each_theme
def test_everything_can_be_read(theme: str) -> None:
    look = themes.theme(theme)
    watermarked = "F0F0F0"  # white under the watermark
    for ink, ground in [
        (look.ink, "FFFFFF"), (look.ink, look.band), ("FFFFFF", look.ink), (look.grey, "FFFFFF"), (look.link, "FFFFFF"),
        (look.link, look.notice), (look.grey, look.notice), ("111111", look.blank), (look.grey, watermarked),
        (look.link, watermarked),
    ]:  # fmt: skip
        assert contrast(ink, ground) >= 4.5, (ink, ground)


def test_what_the_style_says_in_words_cannot_end_it() -> None:
    hostile = '"; } </style> \\ \n {page}'
    style = next(tree(html.write(replace(said("x"), furniture=Furniture(left=hostile)))).all("style")).text
    assert "</style" not in style
    assert '\\22 \\3b  \\7d  \\3c \\2f style\\3e' in style


# --- in a browser


def saved(document: Document, folder: Path) -> Path:
    path = folder / "paper.html"
    path.write_text(html.write(document), encoding="utf-8")
    return path


def measured(document: Document, folder: Path, script: str, width: int = 1200) -> str:
    """What a script finds out on the page in a window of that width."""
    path = saved(document, folder)
    page = path.read_text(encoding="utf-8")
    frame = folder / "frame.html"
    path.write_text(page.replace("</body>", f"<script>document.title = String({script})</script></body>"), encoding="utf-8")
    frame.write_text(f'<iframe src="paper.html" style="width:{width}px;height:900px" onload="setTimeout(() =>'
                     f' document.title = document.querySelector(\'iframe\').contentDocument.title, 100)"></iframe>')  # fmt: skip
    dom = chromium("--allow-file-access-from-files", "--virtual-time-budget=3000", "--dump-dom", frame.as_uri(), folder=folder)
    return next(tree(dom.partition("<iframe")[0] + "</body></html>").all("title")).text


@needs_chromium
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_is_broader_than_the_screen(form: str, width: int, tmp_path: Path) -> None:
    document = paper(EXAMPLES[1], form)
    assert int(measured(document, tmp_path, "document.documentElement.scrollWidth", width)) <= width


@needs_chromium
def test_the_columns_of_a_term_sheet_are_one_on_a_phone(tmp_path: Path) -> None:
    script = """(() => { const [head, text] = ["h3", ".text"].map((name) =>
        document.querySelector(".clause " + name).getBoundingClientRect());
        return head.bottom <= text.top ? "below" : head.right <= text.left ? "beside" : "over"; })()"""
    document = paper(EXAMPLES[1], "term-sheet")
    assert measured(document, tmp_path, script, 1200) == "beside"
    assert measured(document, tmp_path, script, 390) == "below"


@needs_chromium
@needs_poppler
def test_a_term_sheet_is_printed_with_its_running_title(tmp_path: Path) -> None:
    document = paper(EXAMPLES[1], "term-sheet")
    pages = printed(saved(document, tmp_path), tmp_path)
    assert len(pages) > 5
    assert document.furniture.first_left[0] in pages[0]
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert document.furniture.right in text
    above_the_footer = [text.split(document.furniture.footer)[0].rstrip() for text in pages]
    assert not [text for text in above_the_footer for part in document.parts if text.endswith(part.heading.upper())]


@needs_chromium
@needs_poppler
def test_an_agreement_is_printed_with_its_parts_on_pages_of_their_own(tmp_path: Path) -> None:
    document = paper(EXAMPLES[1], "agreement")
    pages = printed(saved(document, tmp_path), tmp_path)
    assert "Dated" in pages[0]
    assert document.furniture.footer not in pages[0]
    assert "CONTENTS" in pages[1]
    heads = [" ".join(text.split("\n", 8)[:8]) for text in pages]
    for schedule in document.schedules:
        assert [head for head in heads if re.search(rf"{schedule.label.upper()}\s", head)], schedule.label
    assert "SIGNATURES" in heads[-1]


def test_render_writes_a_page(run_cli: object, tmp_path: Path) -> None:
    output = tmp_path / "paper.html"
    code, _, err = run_cli("render", str(ROOT / "examples" / "telehealth-alliance.yaml"), "-o", str(output))  # type: ignore[operator]
    assert (code, "wrote" in err) == (0, True)
    assert output.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "DRAFT" not in next(tree(output.read_text(encoding="utf-8")).all("body")).text


def test_a_broad_table_stands_below_its_heading() -> None:
    def table(*titles: str) -> Table:
        cells = tuple((Text(title),) for title in titles)
        return Table("scope/t", "Table", tuple(map(Column, titles)), (Row("scope/r", cells),))

    assert not tree(html.write(small(table("one", "two")))).of_class("broad")
    assert tree(html.write(small(table(*["responsibilities"] * 4)))).of_class("broad")
    assert Words().paragraph == "paragraph"
