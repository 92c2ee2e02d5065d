"""How long a term sheet takes from the deal to the Word file, beside tools that fill templates.

The template of the others is the same paper: the words of the library stand in it, each clause under a condition of its
own, and a tag wherever the deal says something; a script hands them the values as JSON. termsheet reads the deal, runs
every rule on it, chooses the clauses, numbers them, and reads its file back. What the others write has no live numbers
and no references. "docxtpl, text handed in" loops over paragraphs that are finished beforehand, which is less work, and
python-docx writes them by its interface. Before anything is timed, the words of all files are compared.

`python -m benchmarks render`: cold is one paper and the process; warm is twenty in one process. An agreement is made of
deals that grow, to see whether time grows with them.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.harness import (
    ROOT,
    SPEED,
    Command,
    Launcher,
    environment,
    installed,
    interleaved,
    keep,
    launcher,
    machine,
    megabytes,
    milliseconds,
    put,
    script,
    short,
    summary,
    table,
    target,
    told,
)

NAME = "render"
DEAL = ROOT / "examples" / "telehealth-alliance.yaml"
LONG = ROOT / "examples" / "foam-box-codevelopment.yaml"
MANY = 20
GROWTH = (0, 150, 450, 1050)  # provisions that are added to a deal
OURS, TEMPLATE, LOOP, API, NODE = "termsheet", "docxtpl", "docxtpl, text handed in", "python-docx", "docxtemplater"
PEERS = ROOT / "benchmarks" / ".peers" / "render"
PACKAGES = {"docxtemplater": "3.61.2", "pizzip": "3.1.8"}

_DOCXTPL = """import json, sys
from docxtpl import DocxTemplate
template, values, count = sys.argv[1:]
for turn in range(int(count)):
    made = DocxTemplate(template)
    made.render(json.load(open(values, encoding="utf-8")), autoescape=True)
    made.save(f"{template}.{turn}.out.docx")
"""
_API = """import json, sys
import docx
name, values, count = sys.argv[1:]
for turn in range(int(count)):
    given = json.load(open(values, encoding="utf-8"))
    made = docx.Document()
    made.add_heading(given["title"], 0)
    for part in given["parts"]:
        made.add_heading(part["heading"], 1)
        rows = made.add_table(rows=0, cols=2)
        for clause in part["clauses"]:
            left, right = rows.add_row().cells
            left.text = clause["title"]
            for line in clause["lines"]:
                right.add_paragraph(line, style="Body Text")
    made.save(f"{name}.{turn}.out.docx")
"""
_NODE = """const fs = require("fs"), Zip = require("pizzip"), Docx = require("docxtemplater");
const [template, values, count] = process.argv.slice(2);
for (let turn = 0; turn < Number(count); turn++) {
  const made = new Docx(new Zip(fs.readFileSync(template)), { paragraphLoop: true, linebreaks: true });
  made.render(JSON.parse(fs.readFileSync(values, "utf8")));
  const data = made.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  fs.writeFileSync(`${template}.${turn}.out.docx`, data);
}
"""


class Papers:
    """The deal, the templates of the others, and what each tool is called with."""

    def __init__(self, folder: Path) -> None:
        from benchmarks import word

        self.folder = folder
        sheet = word.paper(DEAL.stem, "term-sheet")
        self.text = {"title": sheet.title, "parts": [
            {"heading": part.heading, "clauses": [
                {"title": f"{clause.label} {clause.title}",
                 "lines": word.lines(clause) + [" ".join(row) for rows in word.tables(clause) for row in rows]}
                for clause in part.clauses]} for part in sheet.parts]}  # fmt: skip
        (folder / "text.json").write_text(json.dumps(self.text), encoding="utf-8")
        (folder / "loop.docx").write_bytes(word.TEMPLATE)
        jinja = template(sheet, "{{{{ {} }}}}", "{{%p if {} %}}", "{{%p endif %}}")
        mustache = template(sheet, "{{{}}}", "{{#{}}}", "{{/{}}}")
        self.values = jinja[1]
        (folder / "values.json").write_text(json.dumps(self.values), encoding="utf-8")
        (folder / "jinja.docx").write_bytes(jinja[0])
        (folder / "tags.docx").write_bytes(mustache[0])
        for name, words in (("tpl.py", _DOCXTPL), ("api.py", _API)):
            (folder / name).write_text(words, encoding="utf-8")
        deals = folder / "deals"
        deals.mkdir()
        for turn in range(MANY):
            shutil.copy(DEAL, deals / f"{turn:02}.yaml")
        self.node = prepared()

    def commands(self, count: int) -> dict[str, Command]:
        """Each tool, for so many papers."""
        one = [str(DEAL), "-o", str(self.folder / "ours.docx")]
        many = [str(self.folder / "deals"), "-o", str(self.folder / "papers"), "--jobs", "1"]
        found = {OURS: (script("termsheet"), "render", "-q", *(one if count == 1 else many))}
        for name, program, template, values in ((TEMPLATE, "tpl.py", "jinja.docx", "values.json"),
                                                (LOOP, "tpl.py", "loop.docx", "text.json"),
                                                (API, "api.py", "api", "text.json")):  # fmt: skip
            files = (str(self.folder / part) for part in (program, template, values))
            found[name] = (sys.executable, *files, str(count))
        if self.node:
            found[NODE] = (self.node, str(PEERS / "fill.js"), str(self.folder / "tags.docx"),
                           str(self.folder / "values.json"), str(count))  # fmt: skip
        return {name: Command(argv) for name, argv in found.items()}

    def written(self) -> dict[str, bytes]:
        """The paper of each tool, once each has run."""
        names = {OURS: "ours.docx", TEMPLATE: "jinja.docx.0.out.docx", LOOP: "loop.docx.0.out.docx",
                 API: "api.0.out.docx", NODE: "tags.docx.0.out.docx"}  # fmt: skip
        return {tool: (self.folder / name).read_bytes() for tool, name in names.items()
                if (self.folder / name).exists()}  # fmt: skip


def template(sheet: Any, tag: str, begin: str, end: str) -> tuple[bytes, dict[str, Any]]:
    """The paper as a template, and its values: a condition for each clause, a tag for each value of the deal."""
    import docx

    from termsheet.document import Open, Paragraph, Value, shown

    values: dict[str, Any] = {}

    def words(inlines: Any) -> str:
        made = ""
        for inline in inlines:
            text = shown((inline,))
            if isinstance(inline, Value | Open):
                name = f"v{len(values)}"
                values[name] = text
                text = tag.format(name)
            made += text
        return made

    made = docx.Document()
    made.add_heading(sheet.title, 0)
    for part in sheet.parts:
        made.add_heading(part.heading, 1)
        rows = made.add_table(rows=0, cols=2)
        for clause in part.clauses:
            left, right = rows.add_row().cells
            left.text = f"{clause.label} {clause.title}"
            name = f"c{len(values)}"
            values[name] = True
            right.text = begin.format(name)
            for block in clause.blocks:
                if isinstance(block, Paragraph):
                    right.add_paragraph(f"{block.label} {words(block.inlines)}")
                    continue
                right.add_paragraph(" ".join(column.title for column in block.columns))
                for row in block.rows:
                    right.add_paragraph(" ".join(words(cell) for cell in row.cells))
            right.add_paragraph(end.format(name))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue(), values


def prepared() -> str:
    """The path of node, once docxtemplater is installed; empty where that cannot be."""
    node = installed(PEERS, PACKAGES, "docxtemplater")
    if node:
        (PEERS / "fill.js").write_text(_NODE, encoding="utf-8")
    return node


def proved(papers: Papers, start: Launcher) -> None:
    """Every tool writes every word of the paper."""
    from termsheet.word.reader import text_of

    for command in papers.commands(1).values():
        start.run(command)
    body = " ".join(line for part in papers.text["parts"] for clause in part["clauses"] for line in clause["lines"])
    wanted = set(re.findall(r"[^\W\d_]{2,}", body))
    for tool, data in papers.written().items():
        missing = wanted - set(re.findall(r"[^\W\d_]{2,}", text_of(data).replace("\u2011", "-")))
        if missing:
            raise SystemExit(f"{tool} has not written {', '.join(sorted(missing)[:5])}")


def growth(folder: Path, turns: int) -> list[dict[str, float]]:
    """The time of an agreement by its length, from the deal to the file, in one process: the least of some turns."""
    text = LONG.read_text(encoding="utf-8")
    for count in GROWTH:
        more = "".join(_PROVISION.format(n=n) for n in range(count))
        longer = text.replace("\nprovisions:\n", f"\nprovisions:\n{more}")
        (folder / f"long-{count}.yaml").write_text(longer, encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", _GROWTH, str(turns), *(str(folder / f"long-{count}.yaml")
                          for count in GROWTH)], check=True, capture_output=True, text=True, env=environment(),
                         cwd=ROOT)  # fmt: skip
    found: list[dict[str, float]] = json.loads(run.stdout.splitlines()[-1])
    return found


_PROVISION = """  - id: more-{n}
    title: Further matter {n}
    text: Each party shall see to matter {n} as it sees to its own, and tell the other of it in good time.
"""
_GROWTH = """import json, sys, time
from termsheet.render import Wanted, rendered
turns, *deals = sys.argv[1:]
wanted, found = Wanted(form="agreement", draft=True), []
rendered(deals[0], ".docx", wanted)
for deal in deals:
    spent = []
    for _ in range(int(turns)):
        begun, cpu = time.perf_counter(), time.process_time()
        made = rendered(deal, ".docx", wanted)
        spent.append((time.perf_counter() - begun, time.process_time() - cpu))
    found.append({"blocks": sum(1 for _ in made.document.blocks()), "wall": min(spent)[0],
                  "cpu": min(cpu for _, cpu in spent)})
print(json.dumps(found))
"""


def tables(kept: Mapping[str, Any]) -> dict[str, str]:
    """The tables of a result, by their markers."""
    found = {"render-machine": told(kept) + " The others: " + ", ".join(
        f"{name} {number}" for name, number in kept["versions"].items()) + "."}  # fmt: skip
    for name in ("cold", "twenty"):
        rows = sorted(kept[name].items(), key=lambda item: float(item[1]["wall"]))
        found[f"render-{name}"] = table(
            ("", "wall", "processor", "memory", "termsheet takes, wall", "processor"),
            [(f"**{tool}**" if tool == OURS else tool, milliseconds(took["wall"]), milliseconds(took["cpu"]),
              megabytes(took["memory"]), *(("", "") if tool == OURS else
              (short(took["share_wall"]), short(took["share_cpu"])))) for tool, took in rows])  # fmt: skip
    first = kept["growth"][0]
    found["render-growth"] = table(
        ("blocks of an agreement", "wall", "processor", "processor for each block, against the first"),
        [(f"{one['blocks']:,}", milliseconds(one["wall"]), milliseconds(one["cpu"]),
          short(one["cpu"] / one["blocks"] / (first["cpu"] / first["blocks"]))) for one in kept["growth"]])  # fmt: skip
    return found


def pages(kept: Mapping[str, Any]) -> None:
    """Write the tables of a result into the page on speed."""
    for marker, text in tables(kept).items():
        put(SPEED, marker, text)


def targets(cold: Mapping[str, Any], twenty: Mapping[str, Any], further: tuple[float, float],
            grown: list[dict[str, float]]) -> list[dict[str, Any]]:  # fmt: skip
    """What the project asks of itself."""
    each = [one["cpu"] / one["blocks"] for one in grown]
    wall = [one["wall"] / one["blocks"] for one in grown]
    return [
        target("a term sheet, cold, to docxtpl", 0.8, cold[TEMPLATE]["share_wall"], cold[TEMPLATE]["share_cpu"]),
        target("twenty in one process, to docxtpl", 0.2, twenty[TEMPLATE]["share_wall"], twenty[TEMPLATE]["share_cpu"]),
        target("each further one in a process, to docxtpl", 0.2, *further),
        target("a block of the longest agreement, to one of the shortest", 1.1, wall[-1] / wall[0], each[-1] / each[0]),
    ]


def main(quick: bool) -> None:
    """Run, print, and keep the result unless it was quick."""
    on = machine()
    with launcher() as start:
        papers = Papers(Path(start.folder))
        proved(papers, start)
        bare = Command((sys.executable, "-c", "pass"))
        one = interleaved(start, {**papers.commands(1), "bare": bare}, 3 if quick else 11)
        many = interleaved(start, papers.commands(MANY), 1 if quick else 5)
        cold, twenty = summary(one, OURS), summary(many, OURS)
        grown = growth(Path(start.folder), 2 if quick else 5)
    more = {tool: {what: (twenty[tool][what] - cold[tool][what]) / (MANY - 1) for what in ("wall", "cpu")}
            for tool in twenty}  # fmt: skip
    further = tuple(more[OURS][what] / more[TEMPLATE][what] for what in ("wall", "cpu"))
    versions = {"docxtpl": version("docxtpl"), "python-docx": version("python-docx")}
    if papers.node:
        versions[NODE] = PACKAGES[NODE]
    found: dict[str, Any] = {"machine": on, "versions": versions, "cold": cold, "twenty": twenty, "further": more,
                             "growth": grown}  # fmt: skip
    found["targets"] = targets(cold, twenty, (further[0], further[1]), grown)
    if quick:
        from termsheet import __version__

        kept = {"date": "this day", "version": __version__, **found}
    else:
        kept = keep(NAME, found)
    print("\n\n".join(tables(kept).values()))
    for aim in found["targets"]:
        print(f"{aim['what']}: {short(aim['wall'])} wall, {short(aim['cpu'])} processor (target {aim['limit']:g})")


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])
