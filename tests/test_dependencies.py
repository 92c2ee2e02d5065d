"""The supply chain: what termsheet installs is little, each has its row on the page, and a licence that goes with ours."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["calendar"]]
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
# Each may be used from, and installed beside, a work under Apache-2.0; LGPL as it is not changed and not shipped with it.
GOES_WITH = re.compile(r"\b(MIT|BSD|Apache|PSF|ISC|MPL|LGPL|Python Software Foundation|Unlicense|0BSD)\b|Lesser General Public")
NOT_WITH = re.compile(r"\b(AGPL|SSPL|Affero|Proprietary)\b|(?<!Lesser )(?<!Library or Lesser )General Public License|(?<!L)GPL-[23]")


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()  # type: ignore[index]


def below(names: list[str]) -> list[str]:
    """The packages that are installed for these, themselves included."""
    found: dict[str, None] = {}
    wanted = [*names]
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        try:
            requires = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:  # for another Python or system
            continue
        found[name] = None
        wanted += [name_of(requirement) for requirement in requires if "extra ==" not in requirement]
    return sorted(found)


def licence(name: str) -> str:
    about = metadata.metadata(name)
    classes = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return " · ".join([about.get("License-Expression") or "", (about.get("License") or "")[:200], *classes])


@pytest.mark.parametrize("name", below([name_of(requirement) for requirement in RUNTIME]))
def test_a_licence_goes_with_apache(name: str) -> None:
    assert GOES_WITH.search(licence(name)), licence(name)
    assert not NOT_WITH.search(licence(name)), licence(name)


@pytest.mark.parametrize("requirement", RUNTIME)
def test_each_has_its_row_and_its_lowest_version_there(requirement: str) -> None:
    name, lowest = re.match(r"([\w.-]+)>=([\d.]+)", requirement).groups()  # type: ignore[union-attr]
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}`"))
    assert f" {lowest} |" in row


def test_what_comes_along_is_named_and_nothing_else_is() -> None:
    named = set(re.findall(r"^\| `([\w.-]+)`", PAGE, re.MULTILINE))
    assert set(below([name_of(requirement) for requirement in RUNTIME])) <= {name_of(name) for name in named}


def test_the_lock_holds_every_direct_dependency_with_hashes() -> None:
    lock = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    held = {name_of(line) for line in lock.splitlines() if re.match(r"[\w.-]+==", line)}
    extras = PROJECT["optional-dependencies"]
    for requirement in [*RUNTIME, *extras["test"], *extras["pages"]]:
        assert name_of(requirement) in held, requirement
    assert lock.count("--hash=sha256:") >= len(held)
