"""The seams that users touch: the wheel, and the hook as pre-commit runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import EXAMPLES, ROOT
from ruamel.yaml import YAML

HOOK, CLAUSES = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ["deal.yaml", "deals/acme.deal.yaml", "a/b/deal.yml", "x.deal.yml"])
def test_the_hook_takes_deals(path: str) -> None:
    assert re.search(HOOK["files"], path)


@pytest.mark.parametrize(
    "path", ["ideal.yaml", "deal.json", "deal.yaml.bak", "deal/config.yaml", "my_deal.yaml", "deals.yaml"]
)
def test_the_hook_takes_nothing_else(path: str) -> None:
    assert not re.search(HOOK["files"], path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built from an sdist of the tree as git would hand it out."""
    tree = tmp_path_factory.mktemp("tree") / "termsheet"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build"
    )
    shutil.copytree(ROOT, tree, ignore=ignored)
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(tree)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_carries_the_library(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (
        "schemas/deal.strict.json",
        "schemas/rule.schema.json",
        "clauses/confidentiality.md",
        "templates/term-sheet.yaml",
        "templates/stubs.yaml",
        "templates/presets/strict.yaml",
        "templates/playbooks/licensor.yaml",
        "schemas/config.schema.json",
        "templates/usage.yaml",
        "examples/telehealth-alliance.yaml",
    ):
        assert f"termsheet/_data/{path}" in names
    assert not [
        name
        for name in names
        if name.startswith(("clauses/", "schemas/", "templates/", "examples/", "tests/"))
    ]


def test_the_wheel_works_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [scripts / "python", "-m", "pip", "install", "-q", str(wheel)], check=True, capture_output=True
    )
    deal, draft = tmp_path / "deal.yaml", tmp_path / "draft.docx"
    deal.write_bytes(EXAMPLES[0].read_bytes())
    lint = subprocess.run(
        [scripts / "termsheet", "lint", "deal.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr
    subprocess.run(
        [scripts / "python", "-m", "termsheet", "render", "deal.yaml", "-o", "draft.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert zipfile.is_zipfile(draft)


class Repository:
    """A scratch repository, in which pre-commit runs the hooks of this tree."""

    def __init__(self, top: Path) -> None:
        self.hooks, self.folder = top / "hooks", top / "scratch"
        ignored = shutil.ignore_patterns(
            ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build"
        )
        shutil.copytree(ROOT, self.hooks, ignore=ignored)
        self.folder.mkdir()
        self.environment = os.environ | {
            "PRE_COMMIT_HOME": str(top / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        for folder in (self.hooks, self.folder):
            self.git(folder, "init", "-q")
        self.git(self.hooks, "add", "-A")
        self.git(self.hooks, "commit", "-qm", "hooks")

    def git(self, folder: Path, *arguments: str) -> None:
        """Run git."""
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
            cwd=folder,
            check=True,
            capture_output=True,
            env=self.environment,
        )

    def put(self, name: str, text: str) -> None:
        """Write a file, and stage it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.git(self.folder, "add", "-A")

    def run(self, hook: str) -> subprocess.CompletedProcess[str]:
        """Run a hook on all files."""
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(self.hooks), hook, "--all-files"]
        return subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, env=self.environment
        )


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_hooks_under_pre_commit(tmp_path: Path) -> None:
    """pre-commit itself installs the hooks from a repository and runs them on a scratch one."""
    repository = Repository(tmp_path)
    repository.put("good.deal.yaml", EXAMPLES[0].read_text(encoding="utf-8"))
    repository.put("other.yaml", "deal: nothing to see\n")
    clean = repository.run("termsheet-lint")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stdout
    repository.put("bad.deal.yaml", "deal: {title: X, type: pilot}\n")
    broken = repository.run("termsheet-lint")
    assert broken.returncode == 1
    assert "bad.deal.yaml:1:1" in broken.stdout
    assert "other.yaml" not in broken.stdout

    clause = "---\ntitle: Green\nsubject: green\nsource: own\n---\n\nThe parties save energy.\n"
    repository.put(".termsheet.yaml", "clauses: house\n")
    repository.put("house/green.md", clause)
    clean = repository.run(CLAUSES["id"])
    assert clean.returncode == 0, clean.stdout + clean.stderr
    repository.put("house/green.md", clause.replace("energy.", "energy, and any and all heat."))
    broken = repository.run(CLAUSES["id"])
    assert broken.returncode == 1
    assert "warning[clause-doublet]" in broken.stdout
    assert "house/green.md:7" in broken.stdout
