"""A tiny shop for the simulator to call: it checks signatures, remembers what it hears, and has a clock."""

import socket
import threading
from datetime import UTC, datetime, timedelta

from flask import Flask, request
from twilio.request_validator import RequestValidator
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "token of the simulated account"


class Quiet(WSGIRequestHandler):
    """Prints no line for every request."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


class Shop:
    """Listens on a port of its own; `inbound` and `reports` hold what came rightly signed."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.application = self._application()
        self.forget()

    def forget(self) -> None:
        """Begin anew, with everything right."""
        self.inbound: list[dict[str, str]] = []
        self.reports: list[dict[str, str]] = []
        self.unsigned: list[str] = []
        self.tokens: list[str] = []
        self.answer = 200
        self.offset = timedelta()

    def open(self) -> None:
        """Start to listen."""
        self._server: BaseWSGIServer = make_server(
            "127.0.0.1", self.port, self.application, True, request_handler=Quiet
        )
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop listening, so that nobody can connect."""
        self._server.shutdown()
        self._server.server_close()

    def reports_of(self, sid: str) -> list[dict[str, str]]:
        """The reports about this message, in the order in which they came; others may be on their way."""
        return [form for form in self.reports if form["MessageSid"] == sid]

    def statuses(self, sid: str) -> list[str]:
        """What was reported about this message, in the order in which it came."""
        return [form["MessageStatus"] for form in self.reports_of(sid)]

    def _application(self) -> Flask:
        app = Flask("shop")
        app.add_url_rule("/whatsapp/inbound", view_func=self._take_inbound, methods=["POST"])
        app.add_url_rule("/whatsapp/status", view_func=self._take_report, methods=["POST"])
        app.add_url_rule("/dev/clock", view_func=self._clock, methods=["GET", "POST"])
        app.add_url_rule("/leaflet.pdf", view_func=lambda: (b"%PDF-1.4", {"Content-Type": "application/pdf"}))
        return app

    def _take_inbound(self):
        if self._is_signed():
            self.inbound.append(request.form.to_dict())
            self.tokens.append(request.headers["I-Twilio-Idempotency-Token"])
        return "<Response/>", self.answer, {"Content-Type": "text/xml"}

    def _take_report(self):
        if self._is_signed():
            self.reports.append({**request.form.to_dict(), "message": request.args.get("message", "")})
        return "", 204

    def _is_signed(self) -> bool:
        url = self.address + request.full_path.rstrip("?")
        signature = request.headers.get("X-Twilio-Signature", "")
        if RequestValidator(TOKEN).validate(url, request.form, signature):
            return True
        self.unsigned.append(url)
        return False

    def _clock(self):
        steps = {"+1h": timedelta(hours=1), "+1d": timedelta(days=1), "reset": -self.offset}
        self.offset += steps.get(request.form.get("move", ""), timedelta())
        now = datetime.now(UTC) + self.offset
        return {"now": now.isoformat(), "offset_seconds": int(self.offset.total_seconds())}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]
