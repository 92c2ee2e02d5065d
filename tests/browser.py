"""Chromium as an independent reader of pages."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
VOID = {"meta", "br"}


@dataclass
class Element:
    """An element of a page; `text` is all that stands in it."""

    tag: str
    attributes: dict[str, str]
    above: Element | None = None
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements below, in order, of these tags or of any."""
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    def of_class(self, name: str) -> list[Element]:
        return [found for found in self.all() if name in found.attributes.get("class", "").split()]

    def with_id(self, name: str) -> Element:
        (found,) = [found for found in self.all() if found.attributes.get("id") == name]
        return found


class _Tree(HTMLParser):
    """Reads a page strictly: each element that is opened is closed, in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        made = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(made)
        if tag not in VOID:
            self.at = made

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.above is not None
        self.at = self.at.above

    def handle_data(self, data: str) -> None:
        at: Element | None = self.at
        while at is not None:
            at.text += data
            at = at.above


def tree(page: str) -> Element:
    """The page as elements."""
    reader = _Tree()
    reader.feed(page)
    reader.close()
    assert reader.at is reader.root
    return reader.root


def chromium(*arguments: str, folder: Path) -> str:
    """What headless Chromium prints. It cannot use its own sandbox in a container."""
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
               f"--user-data-dir={folder / 'profile'}", *arguments]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, timeout=180, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return run.stdout


def printed(page: Path, folder: Path) -> list[str]:
    """The pages that a page prints on, as text."""
    pdf = folder / "printed.pdf"
    chromium("--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri(), folder=folder)
    found = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return found.stdout.split("\f")[:-1]


class Tab:
    """A tab of a running Chromium, asked over its debugging pipe."""

    def __init__(self, address: str, folder: Path) -> None:
        (theirs, self._to), (self._from, back) = os.pipe(), os.pipe()
        ours = [fcntl.fcntl(pipe, fcntl.F_DUPFD, 20) for pipe in (theirs, back)]

        def plug() -> None:
            for pipe, number in zip(ours, (3, 4), strict=True):
                os.dup2(pipe, number)

        self._process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--window-size=1400,900", f"--user-data-dir={folder / 'profile'}", "about:blank"],
            preexec_fn=plug, pass_fds=(3, 4, *ours), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for pipe in (theirs, back, *ours):
            os.close(pipe)
        self._rest, self._count, self._session = b"", 0, ""
        target = self._ask("Target.createTarget", url=address)["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def __enter__(self) -> Tab:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._to)
        self._process.kill()
        self._process.wait()
        os.close(self._from)

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._rest:
                self._rest += os.read(self._from, 65536)
            line, _, self._rest = self._rest.partition(b"\0")
            answer = json.loads(line)
            if answer.get("id") == self._count:
                return answer.get("result", {})  # type: ignore[no-any-return]

    def value(self, expression: str) -> Any:
        """What an expression is on the page, now."""
        return self._ask("Runtime.evaluate", expression=expression, returnByValue=True).get("result", {}).get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + 60
        while not self.value(expression):
            assert time.monotonic() < end, expression
            time.sleep(0.05)
