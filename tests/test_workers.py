"""Who does the work on many deals: this process, several, or a cluster."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator

import click
import pytest

from termsheet.cli import workers
from termsheet.errors import TermsheetError

LOOPBACK = {"protocol": "tcp://", "host": "127.0.0.1", "dashboard_address": None, "threads_per_worker": 1}


def test_one_core_or_few_deals_need_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)
    for jobs, deals in ((None, 3), (1, 1000), (8, 1)):
        with workers.executor(jobs, None, deals, worth=4) as pool:
            assert pool is None
    monkeypatch.setattr(workers, "cores", lambda: 1)
    with workers.executor(None, None, 1000, worth=4) as pool:
        assert pool is None


@pytest.mark.parametrize(("jobs", "deals"), [(2, 2), (None, 4)])
def test_processes_do_the_work_in_turn(jobs: int | None, deals: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "cores", lambda: 2)
    with workers.executor(jobs, None, deals, worth=4) as pool:
        assert pool is not None
        assert [*pool.map(abs, (-1, 2, -3))] == [1, 2, 3]


def test_a_worker_that_dies_is_told_in_a_sentence() -> None:
    def work() -> None:
        with workers.executor(2, None, 2, worth=1) as pool:
            assert pool is not None
            [*pool.map(os._exit, (3, 3))]

    with pytest.raises(TermsheetError, match="a worker ended before its work was done"):
        work()


def test_jobs_and_a_cluster_are_one_too_many() -> None:
    with pytest.raises(click.UsageError, match="choose one"), workers.executor(2, "tcp://x:1", 2, worth=1):
        pass


def test_without_the_package_a_cluster_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(TermsheetError, match=r"not installed here; install it: pip install 'termsheet\[dask\]'"), \
            workers.executor(None, "tcp://127.0.0.1:1", 2, worth=1):  # fmt: skip
        pass


with_dask = pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs distributed")


@pytest.fixture
def scheduler(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a cluster with as many workers as are asked for."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=request.param, processes=False, **LOOPBACK) as cluster:
        yield cluster.scheduler_address


@with_dask
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere", "odd://x:1"])
def test_an_address_where_nothing_answers(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", "1s")
    with pytest.raises(TermsheetError, match="no Dask scheduler answers at"), \
            workers.executor(None, address, 2, worth=1):  # fmt: skip
        pass


@with_dask
@pytest.mark.parametrize("scheduler", [0], indirect=True)
def test_a_cluster_without_workers(scheduler: str) -> None:
    with pytest.raises(TermsheetError, match="has no worker; start one"), \
            workers.executor(None, scheduler, 2, worth=1):  # fmt: skip
        pass


@with_dask
@pytest.mark.parametrize("scheduler", [1], indirect=True)
def test_a_cluster_does_the_work(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with workers.executor(None, scheduler, 2, worth=1) as pool:
        assert pool is not None
        assert [*pool.map(abs, (-1, 2))] == [1, 2]
    monkeypatch.setattr(workers, "__version__", "9.9")
    monkeypatch.setattr(workers, "version", lambda: "9.8")
    with pytest.raises(TermsheetError, match=r"another termsheet: 9\.8, and here 9\.9"), \
            workers.executor(None, scheduler, 2, worth=1):  # fmt: skip
        pass
