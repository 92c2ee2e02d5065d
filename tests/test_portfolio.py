"""Many deals at a time: a folder of papers, by this process, by several, by threads, and by a Dask cluster."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from termsheet.errors import LoadError, WriteError
from termsheet.immutable import replace
from termsheet.portfolio import papers as portfolio
from termsheet.render import Wanted, rendered

NAMES = ("telehealth-alliance", "heat-pump-referral", "gruendach-empfehlung")
Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """A folder of deals: two that are fit, one with open points, one that is malformed, one that is no YAML."""
    folder = tmp_path / "deals"
    (folder / "2027" / "q1").mkdir(parents=True)
    for name, place in zip(NAMES, ("a.yaml", "2027/b.deal.yml", "2027/q1/c.yaml"), strict=True):
        shutil.copy(ROOT / "examples" / f"{name}.yaml", folder / place)
    text = (folder / "a.yaml").read_text(encoding="utf-8")
    (folder / "open.yaml").write_text(text.replace("role: Device maker", "role: open", 1), encoding="utf-8")
    (folder / "typo.yaml").write_text(text.replace("scope:\n", "scope:\n  sumary: x\n", 1), encoding="utf-8")
    (folder / "cut.deal.yaml").write_text("deal: [\n", encoding="utf-8")
    return folder


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_of_papers(deals: Path, tmp_path: Path, run_cli: Cli) -> None:
    out = tmp_path / "papers" / "new"
    code, said, told = run_cli("render", str(deals), "-o", str(out), "--theme", "classic")
    assert code == 2
    assert said == ""
    papers = written(out)
    assert sorted(papers) == ["2027/b.deal.docx", "2027/q1/c.docx", "a.docx"]
    assert papers["a.docx"] == rendered(str(deals / "a.yaml"), ".docx", Wanted(theme="classic")).data
    lines = told.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(f"failed {deals / 'cut.deal.yaml'}: line 2: ")
    assert lines[0].count("cut.deal.yaml") == 1
    assert lines[1].startswith(f"refused {deals / 'open.yaml'}: ")
    assert lines[2].startswith(f"refused {deals / 'typo.yaml'}: line ")
    assert "[schema-unknown-key] `sumary`" in lines[2]
    assert lines[3].startswith(f"wrote 3 papers to {out}, 2 refused, 1 failed")


def test_the_exit_code_is_that_of_the_worst(deals: Path, tmp_path: Path, run_cli: Cli) -> None:
    out = str(tmp_path / "out")
    assert run_cli("render", str(deals / "2027"), "-o", out)[0] == 0
    assert run_cli("render", str(deals / "a.yaml"), str(deals / "open.yaml"), "-o", out)[0] == 1
    assert run_cli("render", str(deals / "a.yaml"), str(tmp_path / "none.yaml"), "-o", out, "-q")[0] == 2
    assert (tmp_path / "out" / "a.docx").is_file()


def test_quiet_tells_only_what_was_not_written(deals: Path, tmp_path: Path, run_cli: Cli) -> None:
    _, _, told = run_cli("render", str(deals), "-o", str(tmp_path / "out"), "-q")
    assert [line.partition(" ")[0] for line in told.splitlines()] == ["failed", "refused", "refused"]


def test_one_deal_goes_into_a_folder_that_is_named_as_one(deals: Path, tmp_path: Path, run_cli: Cli) -> None:
    code, _, told = run_cli("render", str(deals / "a.yaml"), "-o", f"{tmp_path / 'out'}/", "--format", "md")
    assert (code, told.partition(";")[0].strip()) == (0, f"wrote 1 paper to {tmp_path / 'out'}")
    assert [*written(tmp_path / "out")] == ["a.md"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{deals}"], "go into a folder: name it with -o"),
        (["{deals}", "-o", "-"], "go into a folder: name it with -o"),
        (["{deals}", "-o", "draft.docx"], "go into a folder, and draft.docx is a file"),
        (["{deals}", "-o", "{deals}/a.yaml"], "a.yaml is a file"),
        (["{deals}", "-", "-o", "out"], "standard input is one deal"),
        (["{deals}/a.yaml", "-o", "a.md", "--format", "md"], "--format is for a folder"),
        (["{deals}", "-o", "out", "--internal", "--format", "md"], "are comments in Word's margin"),
        (["{deals}", "-o", "out", "--jobs", "2", "--dask", "tcp://x:1"], "choose one"),
        (["{deals}/2027/q1/c.yaml", "{deals}/2027/q1", "{deals}/a.yaml", "{other}", "-o", "out"], "of two deals"),
        (["{empty}", "-o", "out"], "holds no deal"),
        (["{deals}", "-o", "{deals}/a.yaml/out"], "the folder cannot be made"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(
    arguments: list[str], sentence: str, deals: Path, tmp_path: Path, run_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, empty = tmp_path / "other", tmp_path / "empty"
    other.mkdir()
    empty.mkdir()
    shutil.copy(deals / "a.yaml", other / "A.yaml")
    monkeypatch.chdir(tmp_path)
    before = written(tmp_path)
    code, _, told = run_cli("render", *(word.format(deals=deals, other=other, empty=empty) for word in arguments))
    assert code == 2
    assert sentence in told
    assert written(tmp_path) == before


def test_two_deals_of_one_paper(deals: Path, tmp_path: Path) -> None:
    shutil.copy(deals / "a.yaml", deals / "a.yml")
    with pytest.raises(WriteError, match=r"would be the paper of two deals: .*a\.yaml and .*a\.yml"):
        portfolio.render([str(deals)], str(tmp_path / "out"))
    (tmp_path / "none").mkdir()
    with pytest.raises(LoadError, match="holds no deal"):
        portfolio.render([str(tmp_path / "none")], str(tmp_path / "out"))


def test_each_deal_has_its_own_configuration_and_its_own_rounds(
    deals: Path, tmp_path: Path, run_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (deals / ".git").mkdir()
    (deals / "2027" / ".termsheet.yaml").write_text("style: {theme: classic}\n")
    assert run_cli("send", str(deals / "a.yaml"), "-q")[0] == 0
    held = next(deals.glob("a.sent/library/built-in/clauses/confidentiality.*.md"))
    assert held.is_file()
    monkeypatch.setattr("termsheet.rounds.library.current", lambda house: {})  # a round holds once the library moves
    out = tmp_path / "out"
    made = {Path(draft.deal).name: draft for draft in portfolio.render([str(deals)], str(out))}
    assert any("rendered with the clauses of round 1" in line for line in made["a.yaml"].told)
    assert not any("round" in line for line in made["c.yaml"].told)
    for name, file in (("b.deal.yml", "2027/b.deal.docx"), ("a.yaml", "a.docx")):
        assert made[name].state == portfolio.WRITTEN
        assert (out / file).read_bytes() == rendered(made[name].deal, ".docx", Wanted()).data


def test_a_defect_stops_no_other_deal(deals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from termsheet import render

    def broken(path: str, *rest: Any) -> Any:
        if path.endswith("a.yaml"):
            raise ZeroDivisionError("by nought")
        return rendered(path, *rest)

    monkeypatch.setattr(render, "rendered", broken)
    made = [*portfolio.render([str(deals / "a.yaml"), str(deals / "2027")], str(tmp_path / "out"))]
    assert [draft.state for draft in made] == ["failed", "written", "written"]
    assert made[0].told[0].startswith("ZeroDivisionError: by nought; please report")


def _pools() -> list[Any]:
    return [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(2)]


@pytest.mark.parametrize("pool", _pools())
def test_any_executor_writes_the_same(pool: Callable[[], Any], deals: Path, tmp_path: Path) -> None:
    wanted = Wanted(draft=True)
    alone = [*portfolio.render([str(deals)], str(tmp_path / "alone"), wanted)]
    with pool() as workers:
        shared = [*portfolio.render([str(deals)], str(tmp_path / "shared"), wanted, executor=workers)]
    assert [(draft.deal, draft.state, draft.told[1:]) for draft in shared] == [
        (draft.deal, draft.state, draft.told[1:]) for draft in alone
    ]
    assert written(tmp_path / "shared") == written(tmp_path / "alone")


def test_a_worker_that_stands_elsewhere(deals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is handed to it leads to the same files, and the names that are told stay those that were given."""
    (tmp_path / "house.yaml").write_text("style: {theme: classic}\n")
    monkeypatch.chdir(deals)
    plan = portfolio.planned(["a.yaml"], "out")
    wanted = Wanted(config=os.path.join("..", "house.yaml"))
    home = os.getcwd()
    monkeypatch.chdir(tmp_path)
    made = portfolio._drafts(plan, wanted=wanted, home=home)
    assert made[0].deal == "a.yaml"
    assert made[0].state == portfolio.WRITTEN
    same = rendered(str(deals / "a.yaml"), ".docx", replace(wanted, config=str(tmp_path / "house.yaml")))
    assert (deals / "out" / "a.docx").read_bytes() == same.data


def test_jobs(deals: Path, tmp_path: Path, run_cli: Cli) -> None:
    code, _, told = run_cli("render", str(deals), "-o", str(tmp_path / "out"), "--jobs", "2", "--draft")
    assert code == 2
    assert "wrote 4 papers" in told


@pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs distributed")
def test_dask(deals: Path, tmp_path: Path, run_cli: Cli) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, protocol="tcp://", host="127.0.0.1",
                      dashboard_address=None) as cluster:  # fmt: skip
        code, _, told = run_cli("render", str(deals), "-o", str(tmp_path / "out"), "--draft", "--dask",
                                cluster.scheduler_address)  # fmt: skip
    assert code == 2
    assert "wrote 4 papers" in told
    alone = [*portfolio.render([str(deals)], str(tmp_path / "alone"), Wanted(draft=True))]
    assert len(alone) == 6
    assert written(tmp_path / "out") == written(tmp_path / "alone")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_a_terminal_sees_how_far_it_is(deals: Path, tmp_path: Path) -> None:
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "termsheet", "render", str(deals), "-o", str(tmp_path / "out"), "--draft"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=ROOT)
    os.close(theirs)
    seen = b""
    try:
        while piece := os.read(ours, 4096):
            seen += piece
    except OSError:  # the other side has closed it
        pass
    run.wait()
    os.close(ours)
    assert b"rendering" in seen
    assert b"100%" in seen
    assert b"wrote 4 papers" in seen
