"""How long `termsheet lint` takes, beside check-jsonschema, yamllint, ajv-cli, Spectral: `python -m benchmarks lint`.

First each tool shows that it does its work: it passes the good deal and refuses the same deal with a fault planted, of
the schema, or for yamllint of YAML. Then all are timed from outside, as a person or a hook waits for them: one deal,
sixty deals, and as many as ten thousand. The others check the schema, or the form of the YAML; termsheet does both and
runs all its rules, on the command line's own terms, with no configuration.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.harness import (
    ROOT,
    SPEED,
    Command,
    Launcher,
    Turn,
    bars,
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

NAME = "lint"
PEERS = ROOT / "benchmarks" / ".peers"  # where npm installs
PACKAGES = {"@stoplight/spectral-cli": "6.16.3", "ajv-cli": "5.0.0", "ajv-formats": "3.0.1"}
SHORT = ROOT / "benchmarks" / "deal.yaml"
LONG = ROOT / "examples" / "telehealth-alliance.yaml"
MIXED = (SHORT, *(ROOT / "examples" / f"{name}.yaml" for name in (
    "gruendach-empfehlung", "picking-robot-pilot", "wellness-co-marketing")))  # fmt: skip
OURS, CACHED, FILLING = "termsheet", "termsheet, from its cache", "termsheet, filling its cache"
ONE, UNCHANGED = "termsheet, one job", "termsheet, one job, from its cache"
JSONSCHEMA, YAMLLINT, AJV, SPECTRAL = "check-jsonschema", "yamllint", "ajv-cli", "Spectral"

# yamllint with all the rules that it has on by default, as lenient as deals need: they are written without `---`, with
# `yes` and `no`, and with sentences.
_STYLE = """extends: default
rules:
  document-start: disable
  line-length: {max: 400}
  comments: {min-spaces-from-content: 1}
  truthy: {allowed-values: ["true", "false", "yes", "no"]}
"""
_RULESET = """import { schema } from "@stoplight/spectral-functions";
import deal from "./deal.js";
const then = { function: schema, functionOptions: { dialect: "draft2020-12", allErrors: true, schema: deal } };
export default { rules: { deal: { given: "$", severity: "error", then } } };
"""


class Tools:
    """The commands of each tool, for any files."""

    def __init__(self, start: Launcher, *, node: bool = True) -> None:
        self.folder = Path(start.folder)
        self.node = prepared() if node else ""
        schema = self.folder / "deal.schema.json"
        subprocess.run([script("termsheet"), "schema", "-o", str(schema)], check=True, capture_output=True)
        words = json.dumps(json.loads(schema.read_text(encoding="utf-8")))
        schema.write_text(words, encoding="utf-8")
        (self.folder / "yamllint.yaml").write_text(_STYLE, encoding="utf-8")
        if self.node:  # a ruleset finds the functions of Spectral in the folders above it
            (PEERS / "ruleset.js").write_text(_RULESET, encoding="utf-8")
            (PEERS / "deal.js").write_text(f"export default {words};\n", encoding="utf-8")

    def termsheet(
        self, files: Iterable[Path], *, cached: bool = False, jobs: int = 0, quiet: bool = False
    ) -> tuple[str, ...]:
        """termsheet lint, all rules; without a number of `jobs`, as many as it sees fit."""
        options = [*([] if cached else ["--no-cache"]), *(["--jobs", str(jobs)] if jobs else []),
                   *(["--quiet"] if quiet else [])]  # fmt: skip
        return (script("termsheet"), "lint", *options, *map(str, files))

    def others(self, files: list[Path], *, node: bool = True) -> dict[str, tuple[str, ...]]:
        """What the others are called with; with `node`, those that run on it too."""
        found = {
            JSONSCHEMA: (script("check-jsonschema"), "--schemafile", "deal.schema.json", *map(str, files)),
            YAMLLINT: (script("yamllint"), "-c", "yamllint.yaml", *map(str, files)),
        }
        if self.node and node:
            data = [word for path in files for word in ("-d", str(self.quoted(path)))]
            found[AJV] = (self.node, str(PEERS / "node_modules" / "ajv-cli" / "dist" / "index.js"), "validate",
                          "--spec=draft2020", "--strict=false", "-c", str(PEERS / "node_modules" / "ajv-formats"),
                          "-s", "deal.schema.json", *data)  # fmt: skip
            entry = PEERS / "node_modules" / "@stoplight" / "spectral-cli" / "dist" / "index.js"
            found[SPECTRAL] = (self.node, str(entry), "lint", "-r", str(PEERS / "ruleset.js"), *map(str, files))
        return found

    def quoted(self, path: Path) -> Path:
        """The deal with its dates in quotes: ajv-cli would make objects of them, which no schema takes for text."""
        copy = self.folder / "quoted" / f"{path.parent.name}-{path.name}"
        copy.parent.mkdir(exist_ok=True)
        text = path.read_text(encoding="utf-8")
        copy.write_text(re.sub(r"(?m)([:-] )(\d{4}-\d\d-\d\d)(?= *(?:#.*)?$)", r'\1"\2"', text), encoding="utf-8")
        return copy


def prepared() -> str:
    """The path of node, once the peers that run on it are installed; empty where that cannot be."""
    return installed(PEERS, PACKAGES, "ajv-cli and Spectral")


def proved(start: Launcher, tools: Tools) -> None:
    """Each tool passes the good deals and refuses the short one with a fault in it; else this raises SystemExit."""
    text = SHORT.read_text(encoding="utf-8")
    wrong, twice = tools.folder / "wrong.yaml", tools.folder / "twice.yaml"
    wrong.write_text(text.replace("\n  every: monthly\n", "\n  every:\n    - 1\n"), encoding="utf-8")
    twice.write_text(text.replace("\nscope:\n", "\nscope: none\nscope:\n"), encoding="utf-8")
    assert wrong.read_text(encoding="utf-8") != text != twice.read_text(encoding="utf-8")
    for path, fails in ((SHORT, False), (LONG, False), (wrong, True)):
        commands = tools.others([path]) | {OURS: tools.termsheet([path])}
        if fails:
            commands[YAMLLINT] = tools.others([twice])[YAMLLINT]  # it knows no schema
        for name, argv in commands.items():
            code = start.tried(Command(argv))[1]
            if bool(code) is not fails or code not in (0, 1):
                raise SystemExit(f"{name} should {'refuse' if fails else 'pass'} {path.name}, and its code is {code}")


def one(start: Launcher, tools: Tools, deal: Path, turns: int) -> dict[str, Any]:
    """One deal, by each tool."""
    commands = {"bare Python": Command((sys.executable, "-c", "pass"))}
    if tools.node:
        commands["bare node"] = Command((tools.node, "-e", "0"))
    commands[OURS] = Command(tools.termsheet([deal]))
    commands[CACHED] = Command(tools.termsheet([deal], cached=True))
    commands |= {name: Command(argv) for name, argv in tools.others([deal]).items()}
    return {"lines": len(deal.read_text(encoding="utf-8").splitlines()),
            "tools": summary(interleaved(start, commands, turns), OURS)}  # fmt: skip


def varied(folder: Path, count: int, deals: tuple[Path, ...], *, flaws: bool) -> list[Path]:
    """Copies of deals that differ in title, number and amounts; with `flaws`, one in ten misspells a key."""
    folder.mkdir()
    texts, dice, made = [path.read_text(encoding="utf-8") for path in deals], random.Random(8), []
    for number in range(count):
        text = re.sub(r"(?m)^  title: .*$", rf"\g<0>, no. {number}", texts[number % len(texts)], count=1)
        text = re.sub(r"(?m)^(  id: .*)$", rf"\1-{number}", text, count=1)
        text = re.sub(r"(?m)^(    address: )(?=\d)", rf"\g<1>{dice.randrange(1, 10)}", text)
        if flaws and number % 10 == 9:
            text = text.replace("\ngovernance:\n", "\ngovernence:\n", 1)
        made.append(folder / f"deal-{number:05}.yaml")
        made[-1].write_text(text, encoding="utf-8")
    return made


def sixty(start: Launcher, tools: Tools, turns: int) -> dict[str, Any]:
    """Sixty deals at once."""
    files = varied(tools.folder / "sixty", 60, (SHORT,), flaws=False)
    commands = {
        OURS: Command(tools.termsheet(files)),
        ONE: Command(tools.termsheet(files, jobs=1)),
        CACHED: Command(tools.termsheet(files, cached=True)),
    }
    commands |= {name: Command(argv) for name, argv in tools.others(files).items()}
    slow = commands.pop(SPECTRAL, None)
    spent = interleaved(start, commands, turns)
    found = summary(spent, OURS)
    if slow:
        found[SPECTRAL] = _beside(start.run(slow), spent[OURS])
    return {"tools": found}


def _beside(turn: Turn, ours: list[Turn]) -> dict[str, Any]:
    """What a command took that is too slow for several turns, beside our median turn."""
    usual = sorted(ours, key=lambda one: one.cpu)[len(ours) // 2]
    found: dict[str, Any] = summary({"": [turn], OURS: [usual]}, OURS)[""]
    return found


def hook(start: Launcher, tools: Tools, turns: int) -> dict[str, Any]:
    """The short deal in a hook of pre-commit, beside a hook that does nothing; empty where there is no pre-commit."""
    if not Path(script("pre-commit")).exists() or not shutil.which("git"):
        print("the hook is left out: there is no pre-commit, or no git")
        return {}
    folder = tools.folder / "hook"
    folder.mkdir()
    shutil.copy(SHORT, folder)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "add", "deal.yaml"], check=True)
    others = tools.others([], node=False)
    entries = {"a hook that does nothing": ("true",), OURS: tools.termsheet([]), JSONSCHEMA: others[JSONSCHEMA],
               YAMLLINT: others[YAMLLINT]}  # fmt: skip
    commands = {}
    for number, (name, entry) in enumerate(entries.items()):
        words = " ".join(str(tools.folder / word) if (tools.folder / word).is_file() else word for word in entry)
        made = {"id": "one", "name": "one", "entry": words, "language": "system", "files": "deal.yaml"}
        config = tools.folder / f"hook-{number}.yaml"
        config.write_text(json.dumps({"repos": [{"repo": "local", "hooks": [made]}]}), encoding="utf-8")
        argv = (script("pre-commit"), "run", "--config", str(config), "--all-files")
        commands[name] = Command(argv, folder=str(folder))
    return {"tools": summary(interleaved(start, commands, turns), OURS)}


def portfolio(start: Launcher, tools: Tools, count: int, turns: int, *, peers: bool) -> dict[str, Any]:
    """A folder of that many deals, one in ten with a flaw."""
    folder = tools.folder / f"portfolio-{count}"
    files = varied(folder, count, MIXED, flaws=True)
    commands = {
        ONE: Command(tools.termsheet([folder], jobs=1, quiet=True), code=1),
        OURS: Command(tools.termsheet([folder], quiet=True), code=1),
        FILLING: Command(tools.termsheet([folder], cached=True, quiet=True), code=1),
        UNCHANGED: Command(tools.termsheet([folder], cached=True, jobs=1, quiet=True), code=1),
    }
    if not peers:
        del commands[OURS]  # about as quick as when it fills the cache, and slow with that many
    spent = {name: [start.run(command) for _ in range(1 if name == FILLING else turns)]
             for name, command in commands.items()}  # fmt: skip
    filling = _beside(spent.pop(FILLING)[0], spent[ONE])
    tools_found = summary(spent, ONE) | {FILLING: filling}
    found: dict[str, Any] = {"tools": {name: tools_found[name] for name in commands}}
    if peers:
        others = tools.others(files, node=False)
        codes = {JSONSCHEMA: 1, YAMLLINT: 0}
        for name, code in codes.items():
            found["tools"][name] = _beside(start.run(Command(others[name], code=code)), spent[ONE])
    shutil.rmtree(folder)
    return found


def targets(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The targets of the project that this run can judge."""

    def share(group: str, tool: str, among: Mapping[str, Any] = found) -> tuple[float, float]:
        figures = among[group]["tools"][tool]
        return figures["share_wall"], figures["share_cpu"]

    many = max(found["portfolio"], key=int)
    unchanged = share(many, UNCHANGED, found["portfolio"])
    return [
        target("one deal, cold, beside check-jsonschema", 0.2, *share("short", JSONSCHEMA)),
        target("one deal, cold, beside yamllint", 0.6, *share("short", YAMLLINT)),
        target("60 deals beside check-jsonschema", 0.1, *share("sixty", JSONSCHEMA)),
        target(f"{int(many):,} deals, cold beside unchanged", 20, *unchanged, least=True),
    ]


def figures(tools: Mapping[str, Any], each: int = 0) -> str:
    """A table of tools, the quickest first; of several deals with the time for each."""
    head = ["", "wall", "processor", *(["a deal"] if each else []), "memory", "termsheet takes, wall", "processor"]
    rows = []
    for name, took in sorted(tools.items(), key=lambda item: float(item[1]["cpu"])):
        shares = ["", ""] if name == OURS else [short(took["share_wall"]), short(took["share_cpu"])]
        rows.append([name if name != OURS else f"**{name}**", milliseconds(took["wall"]), milliseconds(took["cpu"]),
                     *([f"{took['wall'] / each * 1000:.2f} ms"] if each else []),
                     "–" if name.startswith("bare") else megabytes(took["memory"]), *shares])  # fmt: skip
    return table(head, rows)


def tables(kept: Mapping[str, Any]) -> dict[str, str]:
    """The tables of a result, by the marker of their place on the page."""
    versions = ", ".join(f"{name} {number}" for name, number in kept["versions"].items())
    found = {"machine": f"{told(kept)} The others: {versions}."}
    for name in ("short", "long"):
        found[name] = f"A deal of {kept[name]['lines']} lines:\n\n{figures(kept[name]['tools'])}"
    found["hook"] = figures(kept["hook"]["tools"]) if kept.get("hook") else "Not taken: there was no pre-commit."
    found["sixty"] = figures(kept["sixty"]["tools"], 60)
    rows = []
    for count, group in sorted(kept["portfolio"].items(), key=lambda item: int(item[0])):
        for name, took in group["tools"].items():
            wall, cpu = took["wall"] / int(count) * 1000, took["cpu"] / int(count) * 1000
            rows.append([f"{int(count):,}", name, f"{took['wall']:,.2f} s", f"{wall:.2f} ms", f"{cpu:.2f} ms",
                         megabytes(took["memory"])])  # fmt: skip
    found["portfolio"] = table(("deals", "", "wall", "a deal, wall", "processor", "memory"), rows)
    return found


def pages(kept: Mapping[str, Any]) -> None:
    """Write the tables of a result into the page on speed, and draw its chart."""
    for marker, text in tables(kept).items():
        put(SPEED, marker, text)
    tools = sorted(kept["short"]["tools"].items(), key=lambda item: float(item[1]["wall"]))
    rows = [(name, took["wall"], milliseconds(took["wall"])) for name, took in tools]
    title = f"Check one deal of {kept['short']['lines']} lines: time until the command has ended"
    SPEED.with_name("speed-lint.svg").write_text(bars(title, rows, (OURS, CACHED)), encoding="utf-8")


def main(quick: bool) -> None:
    """Run, print, and keep the result unless it was quick."""
    on = machine()
    with launcher() as start:
        tools = Tools(start)
        proved(start, tools)
        versions = {name: version(name) for name in (JSONSCHEMA, YAMLLINT)}
        if tools.node:
            versions |= {"ajv-cli": PACKAGES["ajv-cli"], SPECTRAL: PACKAGES["@stoplight/spectral-cli"]}
            told_by = subprocess.run([tools.node, "--version"], capture_output=True, text=True).stdout
            versions["node"] = told_by.strip().lstrip("v")
        found: dict[str, Any] = {"machine": on, "versions": versions}
        found["short"] = one(start, tools, SHORT, 3 if quick else 11)
        found["long"] = one(start, tools, LONG, 1 if quick else 5)
        found["hook"] = hook(start, tools, 1 if quick else 7)
        found["sixty"] = sixty(start, tools, 1 if quick else 4)
        found["portfolio"] = {
            str(count): portfolio(start, tools, count, 1 if quick or count > 1000 else 2, peers=count <= 1000)
            for count in ((100,) if quick else (1000, 10_000))
        }
        found["targets"] = targets(found)
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
