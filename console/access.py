"""Who may see a page: staff by their API token, sent as the password a browser asks for, or as `Bearer`."""

from flask import Response, request

from domain import staff as team
from domain.staff import MANAGERS
from models import Staff

_SIGN_IN = "Sign in with your code (STAFF001), and your API token as password: `token STAFF001` prints one."
_MANAGERS_ONLY = "This page is for managers."


def manager() -> Staff | Response:
    """The manager who asks, or the refusal in words: 401 without a valid token, 403 for other staff."""
    known = _caller()
    if known is None:
        asks = {"WWW-Authenticate": 'Basic realm="Refill Desk", charset="UTF-8"'}
        return Response(_SIGN_IN, 401, asks, mimetype="text/plain")
    if known.role not in MANAGERS:
        return Response(_MANAGERS_ONLY, 403, mimetype="text/plain")
    return known


def _caller() -> Staff | None:
    sent = request.authorization
    if sent is None:
        return None
    token = sent.password if sent.type == "basic" else sent.token if sent.type == "bearer" else None
    known = team.by_token(token) if token else None
    # Who names somebody else has mixed up two tokens.
    named = (sent.username or "").strip().upper() if sent.type == "basic" else ""
    return known if known is None or named in ("", known.code) else None
