"""One `termsheet lint` that tells where its time went: `python -P probe.py RESULT lint DEAL`.

It runs the command as it is, with clocks of the processor around the steps. The time of a step is its own: what it
calls that has a clock too is taken out, imports among them, wherever they happen. `benchmarks/steps.py` runs it often.
"""

import builtins
import importlib
import marshal
import sys
import time

BORN = time.process_time()

# Where each step is called from: module, name, step.
STEPS = (
    ("termsheet.portfolio.reports.source", "read_bytes", "read the file"),
    ("termsheet.portfolio.reports.source", "decode", "read the file"),
    ("termsheet.portfolio.reports.source", "parse", "parse the YAML"),
    ("termsheet.wellformed", "normalise", "normalise"),
    ("termsheet.wellformed.blanks", "untouched", "normalise"),
    ("termsheet.wellformed.schema", "deal_schema", "load the schema"),
    ("termsheet.wellformed.check", "errors", "check the schema"),
    ("termsheet.wellformed.references", "problems", "check references"),
    ("termsheet.lint", "checked", "well formed, the rest"),
    ("termsheet.lint", "lint_source", "findings: order, causes, waivers, stages"),
    ("termsheet.report", "render", "report"),
)
OWN, SLUGS, STACK = {}, {}, []


def enter():
    """A step begins."""
    STACK.append([time.process_time(), 0.0])


def leave(step, into):
    """A step ends: its own time is kept, all of it is taken out of the step around it."""
    begun, within = STACK.pop()
    whole = time.process_time() - begun
    into[step] = into.get(step, 0.0) + whole - within
    if STACK:
        STACK[-1][1] += whole


def timed(function, step, into=OWN):
    """The function with a clock around it; what it yields is made within."""

    def run(*args, **kwargs):
        enter()
        try:
            made = function(*args, **kwargs)
            return [*made] if hasattr(made, "__next__") else made
        finally:
            leave(step, into)

    return run


def importer(function, name_of):
    """An importing function with a clock around what is not there yet."""

    def run(*args, **kwargs):
        if name_of(args) in sys.modules and not (len(args) > 3 and args[3]):
            return function(*args, **kwargs)
        enter()
        try:
            return function(*args, **kwargs)
        finally:
            leave("imports", OWN)

    return run


def found(path):
    """What a dotted path leads to: a module, and names in it."""
    for cut in range(path.count(".") + 1):
        parts = path.rsplit(".", cut)
        try:
            place = importlib.import_module(parts[0])
        except ModuleNotFoundError:
            continue
        for name in parts[1:]:
            place = getattr(place, name, None)
        return place
    return None


builtins.__import__ = importer(builtins.__import__, lambda args: args[0])
importlib.import_module = importer(importlib.import_module, lambda args: args[0])
enter()
enter()
from termsheet.__main__ import main  # noqa: E402

leave("imports", OWN)
# What follows would be imported a moment later, by the command itself.
enter()
import termsheet.cli.linting  # noqa: E402, F401
from termsheet.rules import RULES  # noqa: E402

leave("imports", OWN)
for module, name, step in STEPS:
    place = found(module)
    if not hasattr(place, name):
        sys.exit(f"{module} has no {name} any more: name in STEPS what is called instead")
    setattr(place, name, timed(getattr(place, name), step))
for rule in RULES:
    object.__setattr__(rule, "check", timed(rule.check, rule.slug, SLUGS))
try:
    main(sys.argv[2:])
except SystemExit as end:
    code = end.code
leave("command line, configuration, output", OWN)

with open(sys.argv[1], "wb") as file:
    marshal.dump({"born": BORN, "steps": OWN, "rules": SLUGS, "done": time.process_time()}, file)
sys.exit(code)
