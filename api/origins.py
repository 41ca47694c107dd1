"""Web pages of other origins may call the API from a browser (CORS): those that are named, no others."""

from flask import Flask, Response, current_app, request
from flask_cors import CORS
from werkzeug.exceptions import MethodNotAllowed

_METHODS = ["GET", "POST", "PUT", "PATCH"]
_SENT = ["Authorization", "Content-Type", "Idempotency-Key"]
# What a page may read beside the body; browsers hide all other headers from it.
_SHOWN = ["Idempotent-Replayed", "Link", "Location", "Retry-After"]

# Seconds for which a browser need not ask again.
_REMEMBERED = 600


def open_to(app: Flask, origins: list[str]) -> None:
    """Let pages of `origins` call /api/; nothing changes if there are none.

    Never with credentials: what lets a page in is the token it sends, not whose browser it runs in.
    """
    if not origins:
        return
    app.before_request(_preflight)
    CORS(
        app,
        resources="/api/.*",
        origins=origins,
        methods=_METHODS,
        allow_headers=_SENT,
        expose_headers=_SHOWN,
        max_age=_REMEMBERED,
        supports_credentials=False,
        # To those who are no page of another origin nothing is said of it.
        always_send=False,
        intercept_exceptions=False,
    )


def _preflight() -> Response | None:
    """Answer what a browser asks before it sends a page's request; a token never comes with it."""
    is_asked = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    is_there = isinstance(request.routing_exception, MethodNotAllowed)
    if is_asked and is_there and request.path.startswith("/api/"):
        return current_app.make_default_options_response()
    return None
