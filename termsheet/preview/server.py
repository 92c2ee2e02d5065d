"""The page on the loopback interface, and nowhere else.

Two addresses exist: `/`, the page, and `/version`, the word by which the page sees that it has changed. Who asks by
another name than this host's own is refused, so that no page of another site can read the deal through a name of
its own that leads here (DNS rebinding).
"""

from __future__ import annotations

import errno
import os
import socketserver
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from termsheet.errors import TermsheetError
from termsheet.preview.desk import Desk

LOOPBACK = "127.0.0.1"
_NOTHING = "default-src 'none'"


class Server(ThreadingHTTPServer):
    """Serves the page of a desk. Raises TermsheetError where the port is taken."""

    allow_reuse_address = os.name == "posix"  # elsewhere it would share a port that is in use

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.desk = desk
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            why = "is in use" if error.errno == errno.EADDRINUSE else "may not be used"
            raise TermsheetError(f"the port {port} {why}", help="name another with `--port`, or none") from error

    def server_bind(self) -> None:
        """Bind without asking the network for a name of this host."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser may call it."""
        return tuple(f"{name}:{self.server_port}" for name in (LOOPBACK, "localhost"))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has gone is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "termsheet"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        if self.headers.get("Host") not in self.server.hosts:
            self._answer(HTTPStatus.FORBIDDEN, "this preview is for this computer alone\n")
        elif self.path == "/":
            page = self.server.desk.page()
            self._answer(HTTPStatus.OK, page.html, "text/html", page.policy)
        elif self.path == "/version":
            self._answer(HTTPStatus.OK, self.server.desk.page().version)
        else:
            self._answer(HTTPStatus.NOT_FOUND, "there is nothing here\n")

    def _answer(self, status: HTTPStatus, text: str, kind: str = "text/plain", policy: str = _NOTHING) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is the author's."""
