"""The preview as its author meets it: the draft in a browser, kept up to date, and nobody else's to read."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser import Tab, chromium, needs_chromium, tree
from conftest import ROOT

from termsheet import source
from termsheet.assemble import assemble
from termsheet.beside import NOWHERE, beside
from termsheet.finding import Finding
from termsheet.preview.desk import Desk, Wanted
from termsheet.preview.server import Server
from termsheet.wellformed import checked

TELEHEALTH = ROOT / "examples" / "telehealth-alliance.yaml"


def flawed() -> str:
    """A deal that lacks one baseline, its wind-down and its law, and has no reviews."""
    text = TELEHEALTH.read_text(encoding="utf-8")
    for section in (r"    baseline:\n(?:      .*\n)*", r"  wind_down:\n(?:    .*\n)*", r"review:\n(?:[ -].*\n|\n)*"):
        text, count = re.subn(f"(?m)^{section}", "", text, count=1)
        assert count == 1, section
    return text.replace("    law: the law of Ireland\n", "    law: open\n")


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    path = tmp_path / "acme.deal.yaml"
    path.write_text(flawed(), encoding="utf-8")
    return path


@contextmanager
def served(desk: Any) -> Iterator[Server]:
    with Server(desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def asked(server: Server, path: str = "/", host: str = "", method: str = "GET") -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


def changed(path: Path, text: str) -> None:
    """Write a file so that it is seen to be newer, however coarse the clock of the disk is."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    newer = max(path.stat().st_mtime_ns, before + 10_000_000)
    os.utime(path, ns=(newer, newer))


# --- what the page says


def test_findings_stand_beside_their_clauses(deal: Path) -> None:
    root = tree(Desk(Wanted(str(deal))).page().html)
    asides = {found.attributes["data-clause"]: found for found in root.of_class("findings")}
    assert "metrics-no-baseline" in asides["metrics.schedule"].text
    assert "exit-no-wind-down" in asides["exit.rights"].text
    for clause, aside in asides.items():
        assert aside.above is not None
        place = aside.above.children.index(aside)
        assert aside.above.children[place + 1].attributes["id"] == clause
    (desk,) = root.of_class("desk")
    assert "review-missing" in desk.text
    assert "Not in any clause" in desk.text
    assert "meets sketch" in desk.text
    assert [found.text for found in root.all("mark")] == ["[● governing law – law]"]


def test_a_finding_tells_all_that_lint_tells(deal: Path) -> None:
    root = tree(Desk(Wanted(str(deal))).page().html)
    (aside,) = [found for found in root.of_class("findings") if found.attributes["data-clause"] == "exit.rights"]
    (entry,) = aside.of_class("finding")
    line = deal.read_text(encoding="utf-8").split("\n").index("exit:") + 1
    assert "error" in entry.attributes["class"]
    for words in ("error", "exit-no-wind-down", f"line {line}", "the exit has no wind-down", "say how long the wind-down"):
        assert words in entry.text


@pytest.mark.parametrize(
    ("path", "clause"),
    [
        ("exit.wind_down", "exit.wind-down"),
        ("exit.wind_down.length", "exit.wind-down"),
        ("metrics[clinics].baseline", "metrics.schedule"),
        ("metrics[adherence].target.no_such_key", "metrics.schedule"),
        ("parties[clinivia].address", "parties.block"),
        ("parties[pulsara].no_such_key", "parties.block"),
        ("legal.governing_law", "legal.governing-law"),
        ("deal.no_such_key", NOWHERE),
        ("no_such_section", NOWHERE),
        ("", NOWHERE),
    ],
)
def test_the_nearest_clause_is_the_one_that_shows_most_of_the_place(path: str, clause: str) -> None:
    read, _ = checked(source.read(str(TELEHEALTH)))
    finding = Finding("deal.yaml", 1, 1, path, "rule", "error", "message", "help")
    assert beside(assemble(read).document, [finding]) == {clause: [finding]}


@pytest.mark.parametrize("form", ["term-sheet", "agreement"])
@pytest.mark.parametrize("theme", ["modern", "classic"])
def test_every_form_and_theme(deal: Path, form: str, theme: str) -> None:
    page = Desk(Wanted(str(deal), form, theme)).page()
    assert {"modern": '"Arial"', "classic": '"Times New Roman"'}[theme] in page.html
    assert bool(tree(page.html).of_class("cover")) == (form == "agreement")


def test_what_is_internal_is_in_no_file_that_render_writes(deal: Path, run_cli: Any, tmp_path: Path) -> None:
    output = tmp_path / "paper.html"
    assert run_cli("render", str(deal), "--draft", "-o", str(output))[0] == 0
    written = output.read_text(encoding="utf-8")
    for word in ("exit-no-wind-down", "data-path", "<script", "<aside", "metrics["):
        assert word in Desk(Wanted(str(deal))).page().html
        assert word not in written


def test_values_of_a_deal_are_no_markup(deal: Path) -> None:
    changed(deal, 'deal: {title: "<script>alert(1)</script>", type: pilot}\nscope: {"<b>": 1}\n')
    malformed = Desk(Wanted(str(deal))).page()
    assert "schema-unknown-key" in malformed.html
    changed(deal, 'deal: {title: "<script>alert(1)</script>", type: pilot}\n')
    for page in (malformed, Desk(Wanted(str(deal))).page()):
        assert "<script>alert" not in page.html
        assert len([*tree(page.html).all("script")]) == 1


# --- what changes it


def test_the_page_changes_with_the_deal(deal: Path) -> None:
    desk = Desk(Wanted(str(deal)))
    before = desk.page()
    assert desk.page() is before
    changed(deal, flawed().replace("Remote blood pressure", "Distant blood pressure"))
    after = desk.page()
    assert after.version != before.version
    assert "Distant blood pressure" in after.html
    changed(deal, deal.read_text(encoding="utf-8"))
    assert desk.page().version == after.version  # the same words are no reason to reload


def test_a_deal_that_cannot_be_read_is_told_and_recovers(deal: Path) -> None:
    desk = Desk(Wanted(str(deal)))
    before = desk.page()
    changed(deal, "deal: {title: [X}\n")
    broken = desk.page()
    assert f"{deal}:1:17: this bracket does not close the one that is open" in tree(broken.html).text
    assert broken.version != before.version
    changed(deal, "deal: {title: X, tipe: pilot}\n")
    malformed = tree(desk.page().html)
    assert "the deal is not well formed, and is not drawn" in malformed.text
    assert "schema-unknown-key" in malformed.text
    deal.unlink()
    assert "there is no such file" in desk.page().html
    changed(deal, flawed())
    assert desk.page().version == before.version


def test_the_page_changes_with_the_configuration(deal: Path) -> None:
    config = deal.parent / ".termsheet.yaml"
    desk = Desk(Wanted(str(deal)))
    assert "exit-no-wind-down" in desk.page().html
    changed(config, "ignore: [exit-no-wind-down]\n")
    assert "exit-no-wind-down" not in desk.page().html
    changed(config, "ignore: [no-such-rule]\n")
    assert "no rule or area is called" in tree(desk.page().html).text
    config.unlink()
    assert "exit-no-wind-down" in desk.page().html


def test_a_broken_file_that_a_configuration_extends_is_watched(deal: Path) -> None:
    base = deal.parent / "base.yaml"
    changed(base, "ignore: [no-such-rule]\n")
    changed(deal.parent / ".termsheet.yaml", "extends: base.yaml\n")
    desk = Desk(Wanted(str(deal)))
    assert "no rule or area is called" in tree(desk.page().html).text
    changed(base, "ignore: [exit-no-wind-down]\n")
    assert "The clinic" in desk.page().html


def test_the_page_changes_with_the_clauses_and_rules_of_the_house(deal: Path) -> None:
    folder = deal.parent / "house"
    changed(folder / "exit" / "wind-down.md", "---\nextends: true\ntitle: Winding down\n---\n")
    rule = ROOT / "examples" / "house-rules"
    written = next(iter(sorted(rule.glob("*.yaml")))).read_text(encoding="utf-8")
    changed(deal.parent / "rules.yaml", written)
    changed(deal.parent / ".termsheet.yaml", "clauses: house\nrules: [rules.yaml]\n".replace("house", "[house]", 1))
    changed(deal, TELEHEALTH.read_text(encoding="utf-8"))
    desk = Desk(Wanted(str(deal)))
    assert "Winding down" in desk.page().html
    changed(folder / "exit" / "wind-down.md", "---\nextends: true\ntitle: Closing the books\n---\n")
    assert "Closing the books" in desk.page().html
    changed(deal.parent / "rules.yaml", "- nonsense\n")
    assert "rules.yaml" in desk.page().html
    changed(deal.parent / "rules.yaml", written)
    assert "Closing the books" in desk.page().html


def test_a_defect_ends_no_preview(deal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by hand")

    with monkeypatch.context() as patch:
        patch.setattr("termsheet.assemble.assemble", fails)
        desk = Desk(Wanted(str(deal)))
        assert "the paper cannot be drawn (ZeroDivisionError: by hand)" in desk.page().html
    changed(deal, flawed())
    assert "Part A" in desk.page().html


# --- who may read it


def test_the_server_answers_this_computer_and_two_addresses(deal: Path) -> None:
    with served(Desk(Wanted(str(deal)))) as server:
        assert server.server_address[0] == "127.0.0.1"
        status, headers, page = asked(server)
        assert status == 200
        assert "<h1>Term Sheet</h1>" in page
        assert headers["Cache-Control"] == "no-store"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert asked(server, "/version")[2] in page
        assert asked(server, host=f"localhost:{server.server_port}")[0] == 200
        for host in ("evil.example", f"evil.example:{server.server_port}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil.example:{server.server_port}"):
            for path in ("/", "/version"):
                status, _, text = asked(server, path, host)
                assert (status, "Term Sheet" in text) == (403, False)
        for path in ("/x", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/acme.deal.yaml", "/version/", "/?x", "/index.html"):
            assert asked(server, path)[0] == 404
        for method in ("POST", "PUT", "OPTIONS", "DELETE"):
            assert asked(server, method=method)[0] == 501


def test_other_interfaces_are_closed(deal: Path) -> None:
    with served(Desk(Wanted(str(deal)))) as server, socket.socket() as other:
        other.settimeout(1)
        with pytest.raises(OSError):  # noqa: PT011
            other.connect(("127.0.0.2", server.server_port))


# --- the command


def begun(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "termsheet", "preview", *arguments], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip


def test_the_command_says_where_and_ends_quietly(deal: Path) -> None:
    run = begun(str(deal))
    assert run.stdout is not None
    line = run.stdout.readline()
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/ shows (.*); Ctrl-C ends it\n", line)
    assert found, (line, run.stderr)
    assert found[2] == str(deal)
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
    connection.request("GET", "/version")
    assert connection.getresponse().status == 200
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=30)
    assert (run.returncode, out.strip(), err) == (0, "", "")


def test_a_port_that_is_taken(deal: Path, run_cli: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run_cli("preview", str(deal), "--port", str(port), "--no-open")
    assert (code, out) == (2, "")
    assert err == f"termsheet: the port {port} is in use; name another with `--port`, or none\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.yaml"], "missing.yaml: there is no such file"),
        (["-"], "a preview needs a file that it can watch"),
        ([str(TELEHEALTH), "--theme", "baroque"], "there is no theme 'baroque'"),
        ([str(TELEHEALTH), "--config", "x", "--isolated"], "--isolated says to read none"),
    ],
)
def test_what_cannot_be_shown_is_told_at_once(run_cli: Any, arguments: list[str], sentence: str) -> None:
    code, out, err = run_cli("preview", *arguments, "--no-open")
    assert (code, out) == (2, "")
    assert sentence in err


# --- in a browser


class Changing:
    """A desk whose deal is changed once its page was read."""

    def __init__(self, deal: Path, change: Callable[[], None]) -> None:
        self.desk, self.change, self.times = Desk(Wanted(str(deal))), change, 0

    def page(self) -> Any:
        page = self.desk.page()
        self.times += 1
        if self.times == 1:
            self.change()
        return page


def seen(server: Server, folder: Path, *arguments: str) -> str:
    return chromium("--virtual-time-budget=8000", *arguments, "--dump-dom", server.address, folder=folder)


@needs_chromium
def test_a_browser_reloads_when_the_deal_changes(deal: Path, tmp_path: Path) -> None:
    desk = Changing(deal, lambda: changed(deal, flawed().replace("Remote blood", "Distant blood")))
    with served(desk) as server:
        dom = seen(server, tmp_path)
    assert "Distant blood pressure" in dom
    assert "Remote blood pressure" not in dom
    assert desk.times > 2


@needs_chromium
def test_a_browser_recovers_from_a_deal_that_cannot_be_read(deal: Path, tmp_path: Path) -> None:
    changed(deal, "deal: {title: [X}\n")
    desk = Changing(deal, lambda: changed(deal, flawed()))
    with served(desk) as server:
        dom = seen(server, tmp_path)
    assert "this bracket does not close" not in dom
    assert "Part A" in dom


@needs_chromium
def test_a_browser_sets_findings_beside_their_clauses(deal: Path, tmp_path: Path) -> None:
    """On the page as it is served, under its policy: what is beside is drawn there, and on a phone above."""
    page = tmp_path / "page.html"
    script = """<script>document.title = JSON.stringify([...document.querySelectorAll(".findings")].map((aside) => {
        const clause = document.getElementById(aside.dataset.clause).getBoundingClientRect();
        const note = aside.getBoundingClientRect();
        return [note.left >= clause.right, Math.abs(note.top - clause.top) < 40, note.bottom <= clause.top]; }))</script>"""
    page.write_text(Desk(Wanted(str(deal))).page().html.replace("</body>", f"{script}</body>"), encoding="utf-8")

    def places(width: int) -> str:
        dom = chromium(f"--window-size={width},900", "--dump-dom", page.as_uri(), folder=tmp_path)
        return re.search(r"<title>(.*?)</title>", dom)[1]  # type: ignore[index]

    beside_it, above_it = "[true,true,false]", "[false,false,true]"
    assert re.fullmatch(rf"\[{re.escape(beside_it)}(,{re.escape(beside_it)})+\]", places(1500))
    assert "true,true" not in places(600)
    assert above_it in places(600)


@needs_chromium
def test_a_browser_stays_at_the_clause_that_is_read(deal: Path, tmp_path: Path) -> None:
    """Also where the paper grows above it, and where it could not be drawn in between."""
    longer = flawed().replace("    law: open\n", "    law: the law of Ireland\n")
    top = 'Math.round(document.getElementById("exit.rights").getBoundingClientRect().top)'
    with served(Desk(Wanted(str(deal)))) as server, Tab(server.address, tmp_path) as tab:
        tab.until('document.readyState == "complete" && !!document.getElementById("exit.rights")')
        tab.value('document.getElementById("exit.rights").scrollIntoView()')
        before = tab.value("scrollY"), tab.value(top)
        changed(deal, "deal: {title: [X}\n")
        tab.until('document.body.textContent.includes("this bracket does not close")')
        changed(deal, longer)
        tab.until('document.readyState == "complete" && !!document.getElementById("exit.rights")')
        after = tab.value("scrollY"), tab.value(top)
        assert before[0] > 1000
        assert abs(after[1] - before[1]) <= 2
        assert after[0] != before[0]  # the list of open points above it is gone
        server.shutdown()
        server.server_close()
        tab.until('document.body.classList.contains("lost")')


@needs_chromium
def test_a_browser_has_nothing_to_complain_of(deal: Path, tmp_path: Path) -> None:
    with served(Desk(Wanted(str(deal)))) as server:
        log = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
             "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom", server.address],
            capture_output=True, text=True, timeout=180,
        )  # fmt: skip
    assert "<h1>Term Sheet</h1>" in log.stdout
    assert [line for line in log.stderr.splitlines() if ":CONSOLE" in line] == []
    assert 'class="columns"' in log.stdout  # and not `lost`: the page may ask for its version


def test_time_is_not_wasted_where_nothing_changed(deal: Path) -> None:
    desk = Desk(Wanted(str(deal)))
    desk.page()
    start = time.perf_counter()
    for _ in range(20):
        desk.page()
    assert time.perf_counter() - start < 1
