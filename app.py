"""create_app(): Flask with its doors; the one place that wires things."""

import logging
from typing import Any

from flask import Flask, jsonify
from werkzeug.exceptions import HTTPException

import cli
import config
import database
import logs
from api import clock as clock_door
from api import health, imports, media, metrics
from bot import arrivals, webhook
from clock import now
from domain.errors import DomainError
from messaging import render

# Twilio's forms are a few kilobytes; sheets come to us by address, not in a request.
LARGEST_REQUEST = 1024 * 1024

# Seconds a request waits for somebody else's writing: Twilio gives up after fifteen.
_PATIENCE = 5

log = logging.getLogger(__name__)


def serve() -> Flask:
    """The web application for the web server: with its log as lines of JSON."""
    logs.set_up("web")
    app = create_app()
    # What an earlier process left.
    arrivals.empty_soon()
    return app


def create_app() -> Flask:
    """The web application and the `flask` command line; raises
    `config.Misconfigured` naming all that is missing."""
    config.check()
    database.connect()
    app = Flask("refilldesk")
    app.config["SECRET_KEY"] = config.SECRET_KEY
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.before_request(_open_connection)
    app.teardown_request(_close_connection)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(DomainError, _refused_by_a_rule)
    for trouble in database.AWAY:
        app.register_error_handler(trouble, _database_is_away)
    for door in (webhook, health, metrics, media, clock_door, imports):
        app.register_blueprint(door.blueprint)
    cli.register(app)
    return app


def _open_connection() -> None:
    try:
        if database.db.connect(reuse_if_open=True):
            database.wait_less(_PATIENCE)
    except database.AWAY as trouble:
        # Whoever needs it fails for itself; what Twilio tells us is spooled.
        log.warning("the database does not answer: %s", type(trouble).__name__)


def _close_connection(error: BaseException | None) -> None:
    # SQLite's connection stays with its thread: opening it costs a third of a webhook (ENGINEERING §3).
    if database.is_postgresql() and not database.db.is_closed():
        database.db.close()


def _refused_by_a_rule(refusal: DomainError) -> Any:
    template = f"refused_{refusal.code}"
    sentence = render.text(template, zone="UTC", now=now(), store="", **refusal.facts).body
    return jsonify(
        error={"code": refusal.code, "message": sentence}
    ), 404 if refusal.is_about_nothing else 409


def _database_is_away(error: Exception) -> Any:
    log.error("the database does not answer: %s", type(error).__name__)
    return jsonify(error={"code": 503, "message": "The database does not answer. Please try again."}), 503


def _refused(error: HTTPException) -> Any:
    return jsonify(error={"code": error.code, "message": error.description}), error.code
