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

HOOK = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]


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
    ):
        assert f"termsheet/_data/{path}" in names
    assert not [name for name in names if name.startswith(("clauses/", "schemas/", "templates/", "tests/"))]


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


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_hook_under_pre_commit(tmp_path: Path) -> None:
    """pre-commit itself installs the hook from a repository and runs it on a scratch one."""
    hooks, scratch = tmp_path / "hooks", tmp_path / "scratch"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "dist", "build"
    )
    shutil.copytree(ROOT, hooks, ignore=ignored)
    scratch.mkdir()
    environment = os.environ | {"PRE_COMMIT_HOME": str(tmp_path / "cache"), "GIT_CONFIG_GLOBAL": os.devnull}

    def git(folder: Path, *arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
            cwd=folder,
            check=True,
            capture_output=True,
            env=environment,
        )

    for folder in (hooks, scratch):
        git(folder, "init", "-q")
    git(hooks, "add", "-A")
    git(hooks, "commit", "-qm", "hooks")
    (scratch / "good.deal.yaml").write_bytes(EXAMPLES[0].read_bytes())
    (scratch / "other.yaml").write_text("deal: nothing to see\n")
    git(scratch, "add", "-A")

    def pre_commit() -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            str(hooks),
            "termsheet-lint",
            "--all-files",
        ]
        return subprocess.run(
            command, cwd=scratch, capture_output=True, text=True, check=False, env=environment
        )

    clean = pre_commit()
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stdout
    (scratch / "bad.deal.yaml").write_text("deal: {title: X, type: pilot}\n")
    git(scratch, "add", "-A")
    broken = pre_commit()
    assert broken.returncode == 1
    assert "bad.deal.yaml:1:1" in broken.stdout
    assert "other.yaml" not in broken.stdout
