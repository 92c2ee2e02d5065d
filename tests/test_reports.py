"""Many deals at a time: any executor gives one report, and a report that was kept is the one that would be made."""

from __future__ import annotations

import importlib.util
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES, ROOT

from termsheet import cache
from termsheet import lint as linter
from termsheet.cache import Cache
from termsheet.immutable import replace
from termsheet.outcome import Report
from termsheet.portfolio import Asked, lint, reports
from termsheet.report import FORMATS, View, render

DAY = date(2027, 2, 1)
KEEP = Asked(as_of=DAY, keep=True)
ANEW = Asked(as_of=DAY)


@pytest.fixture
def deals(tmp_path: Path) -> list[str]:
    """Deals of every kind: whole, spoilt in ten ways, and one that is none."""
    texts = [path.read_text("utf-8") for path in EXAMPLES]
    texts.append((ROOT / "examples" / "broken" / "deal.yaml").read_text("utf-8"))
    chance = random.Random(7)
    for text in texts[:6]:
        lines = text.splitlines(keepends=True)
        start = chance.randrange(len(lines) // 2)
        texts.append("".join(lines[: start + 40]))
    texts.append("deal: [\n")
    for number, text in enumerate(texts):
        (tmp_path / f"{number:02}.deal.yaml").write_text(text, "utf-8")
    return [str(path) for path in sorted(tmp_path.glob("*.deal.yaml"))]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, and its shelf of the day."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "lint" / str(DAY)


def shown(report: Report) -> list[str]:
    return [render(report, style, View(notes=True, baseline=True)) for style in FORMATS]


def kept(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the deals that were judged, and not taken from the cache."""
    names: list[str] = []
    real = linter.lint_source

    def counted(read: Any, *rest: Any, **more: Any) -> Any:
        names.append(read.name)
        return real(read, *rest, **more)

    monkeypatch.setattr(linter, "lint_source", counted)
    return names


def test_a_kept_report_is_the_one_that_would_be_made(deals: list[str], shelf: Path, judged: list[str]) -> None:
    fresh = shown(lint(deals, ANEW))
    assert not shelf.exists()
    judged.clear()
    assert shown(lint(deals, KEEP)) == fresh
    assert len(judged) == len(deals) - 1  # one is no YAML
    judged.clear()
    assert shown(lint(deals, KEEP)) == fresh
    assert judged == []


def test_what_is_kept_does_not_hang_on_the_name_but_on_all_that_is_asked(
    deals: list[str], shelf: Path, judged: list[str], tmp_path: Path
) -> None:
    deal = deals[10]
    lint([deal], KEEP)
    again = tmp_path / "elsewhere" / "other.deal.yaml"
    again.parent.mkdir()
    shutil.copy(deal, again)
    judged.clear()
    report = lint([str(again)], KEEP)
    assert judged == []
    assert {finding.file for finding in report.findings()} == {str(again)}
    for asked in (
        replace(KEEP, as_of=date(2027, 2, 2)),
        replace(KEEP, stage="sketch"),
        replace(KEEP, select=("exit",)),
        replace(KEEP, ignore=("exit",)),
    ):
        judged.clear()
        assert shown(lint([deal], asked)) == shown(lint([deal], replace(asked, keep=False)))
        assert len(judged) == 2, asked
        lint([deal], asked)
        assert len(judged) == 2, asked


def test_it_hangs_on_the_bytes_the_configuration_and_the_house(
    tmp_path: Path, shelf: Path, judged: list[str]
) -> None:
    deal, config = tmp_path / "a.deal.yaml", tmp_path / ".termsheet.yaml"
    rule, clauses = tmp_path / "house.yaml", tmp_path / "clauses"
    shutil.copy(EXAMPLES[0], deal)
    said = "rule: exit-house\nseverity: error\nwrong_if: exit\nmessage: {}\nhelp: mend it\n"

    def counts() -> bool:
        """Whether the deal was judged anew, and rightly."""
        judged.clear()
        report = lint([str(deal)], KEEP)
        anew = bool(judged)
        assert shown(report) == shown(lint([str(deal)], ANEW))
        judged.clear()
        lint([str(deal)], KEEP)
        assert judged == []
        return anew

    assert counts()
    assert not counts()
    deal.write_bytes(deal.read_bytes() + b"\n")
    assert counts()
    config.write_text("ignore: wording\n")
    assert counts()
    config.write_text("ignore: wording # but why\n")
    assert not counts()
    rule.write_text(said.format("one"))
    config.write_text("rules: house.yaml\n")
    assert counts()
    rule.write_text(said.format("two"))
    assert counts()
    (clauses / "exit").mkdir(parents=True)
    config.write_text("clauses: clauses\n")
    assert counts()
    (clauses / "exit" / "own.md").write_text("---\ntitle: Own\nsince: 2027-01-01\n---\n## standard\nText.\n")
    assert counts()


def test_it_hangs_on_the_library(deals: list[str], shelf: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lint(deals[:2], KEEP)
    monkeypatch.setattr(reports, "state", lambda folders: "another")
    judged.clear()
    lint(deals[:2], KEEP)
    assert len(judged) == 2


@pytest.mark.parametrize("spoil", [
    lambda raw: b"",
    lambda raw: raw[: len(raw) // 2],
    lambda raw: raw[:40] + bytes([raw[40] ^ 1]) + raw[41:],
    lambda raw: bytes([raw[0] ^ 1]) + raw[1:],
    lambda raw: raw + b" ",
    lambda raw: b"{}",
], ids=["empty", "cut", "flipped", "digest", "longer", "other"])  # fmt: skip
def test_what_is_spoilt_is_as_good_as_none(
    spoil: Callable[[bytes], bytes], deals: list[str], shelf: Path, judged: list[str]
) -> None:
    fresh = shown(lint(deals[:3], KEEP))
    for file in kept(shelf):
        file.write_bytes(spoil(file.read_bytes()))
    judged.clear()
    assert shown(lint(deals[:3], KEEP)) == fresh
    assert len(judged) == 3
    judged.clear()
    lint(deals[:3], KEEP)
    assert judged == []


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(
    deals: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = shown(lint(deals[:2], ANEW))
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file"))
    assert shown(lint(deals[:2], KEEP)) == fresh
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "full"))

    def full(handle: int, raw: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("termsheet.cache.os.write", full)
    assert shown(lint(deals[:2], KEEP)) == fresh
    assert kept(tmp_path / "full") == []


def test_links_in_a_cache_lead_nowhere(deals: list[str], shelf: Path, tmp_path: Path, judged: list[str]) -> None:
    fresh = shown(lint(deals[:2], KEEP))
    mine = tmp_path / "mine.txt"
    mine.write_text("not to be touched")
    for file in kept(shelf):
        file.unlink()
        file.symlink_to(mine)
    judged.clear()
    assert shown(lint(deals[:2], KEEP)) == fresh
    assert len(judged) == 2
    assert mine.read_text() == "not to be touched"
    assert not any(file.is_symlink() for file in kept(shelf))


def test_old_shelves_go_and_links_stay(tmp_path: Path) -> None:
    top, mine = tmp_path / "cache", tmp_path / "mine"
    mine.mkdir()
    (mine / "letter").write_text("x")
    for age in range(12):
        old = top / f"2026-01-{age + 1:02}"
        old.mkdir(parents=True)
        os.utime(old, (age * 1000, age * 1000))
    (top / "2025-01-01").symlink_to(mine)
    Cache(str(top / "2027-02-01")).put("ab" * 16, "text")
    left = sorted(path.name for path in top.iterdir())
    assert left == ["2025-01-01", *(f"2026-01-{day:02}" for day in range(7, 13)), "2027-02-01"]
    assert (mine / "letter").read_text() == "x"


def test_it_is_turned_off_by_an_option_and_by_a_variable(
    deals: list[str], tmp_path: Path, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "cache"
    monkeypatch.setenv(cache.VARIABLE, str(place))
    run_cli("lint", "--no-cache", deals[0])
    assert not place.exists()
    run_cli("lint", deals[0])
    assert len(kept(place)) == 1
    shutil.rmtree(place)
    monkeypatch.setenv(cache.VARIABLE, "off")
    run_cli("lint", deals[0])
    assert not place.exists()


def test_where_a_playbook_or_a_crash_has_a_say_nothing_is_kept(
    deals: list[str], shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(deals[:1], replace(KEEP, playbook="neutral"))
    assert kept(shelf) == []
    monkeypatch.setattr("termsheet.lint._apply", lambda *rest: 1 / 0)
    assert lint(deals[:1], KEEP).exit_code("error") == 2
    assert kept(shelf) == []


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_gives_the_report_of_none(
    pool: Callable[[int], Executor], deals: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reports, "CHUNK", 4)
    monkeypatch.chdir(tmp_path)
    names = [os.path.basename(deal) for deal in deals]
    with pool(2) as workers:
        assert shown(lint(names, ANEW, executor=workers)) == shown(lint(names, ANEW))


def test_a_worker_that_stands_elsewhere_finds_the_files(
    deals: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".termsheet.yaml").write_text("ignore: wording\n")
    monkeypatch.chdir(tmp_path)
    names = [os.path.basename(deal) for deal in deals]
    here = lint(names, ANEW)

    class Elsewhere(ThreadPoolExecutor):
        """A worker with a folder of its own."""

        def map(self, work: Any, *parts: Any, **more: Any) -> Any:
            os.chdir(ROOT)
            try:
                return [*super().map(work, *parts, **more)]
            finally:
                os.chdir(tmp_path)

    with Elsewhere(1) as pool:
        assert shown(lint(names, ANEW, executor=pool)) == shown(here)


@pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs distributed")
def test_a_cluster_gives_the_report_of_none(deals: list[str], run_cli: Any) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, protocol="tcp://", host="127.0.0.1",
                      dashboard_address=None) as cluster:  # fmt: skip
        code, out, _ = run_cli("lint", "--format", "json", "--dask", cluster.scheduler_address, *deals)
    assert (code, out) == run_cli("lint", "--format", "json", *deals)[:2]
    assert out.count('"rule"') > 20


def test_a_report_comes_back_without_its_deal(deals: list[str]) -> None:
    report = lint(deals[:1], ANEW)
    assert len(pickle.dumps(report)) < os.path.getsize(deals[0]) / 4
    assert report.files[0].deal.text("deal.title") in report.files[0].source.text


def _run(deals: list[str], place: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "termsheet", "lint", "--as-of", str(DAY), "--format", "json", *deals],
        stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, cache.VARIABLE: str(place)},
    )  # fmt: skip


def test_runs_side_by_side_share_a_cache(deals: list[str], tmp_path: Path) -> None:
    place = tmp_path / "cache"
    runs = [_run(deals, place) for _ in range(3)]
    texts = {run.communicate()[0] for run in runs}
    texts.add(_run(deals, place).communicate()[0])
    assert len(texts) == 1
    assert len(kept(place)) == len(deals) - 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_run_leaves_nothing_that_misleads(deals: list[str], tmp_path: Path) -> None:
    place, chance = tmp_path / "cache", random.Random(11)
    whole = _run(deals, tmp_path / "other").communicate()[0]
    for _ in range(6):
        run = _run(deals, place)
        time.sleep(chance.uniform(0.1, 0.6))
        run.send_signal(signal.SIGKILL)
        run.communicate()
    assert _run(deals, place).communicate()[0] == whole
    assert _run(deals, place).communicate()[0] == whole
