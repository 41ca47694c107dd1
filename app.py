"""create_app(): Flask with its doors; the one place that wires things."""

import logging

from flask import Flask, request

import cli
import config
import database
import logs
from api import clock as clock_door
from api import health, media, metrics, origins, resources, traffic
from bot import arrivals, webhook
from console import queues as queues_page

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
    app = Flask("refilldesk", root_path=str(config.ROOT))
    app.config["SECRET_KEY"] = config.SECRET_KEY
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    traffic.count(app)
    # A browser's question is answered without a connection, and so before one is opened.
    origins.open_to(app, config.API_ORIGINS)
    app.before_request(_open_connection)
    app.teardown_request(_close_connection)
    for door in (webhook, health, metrics, media, clock_door, queues_page):
        app.register_blueprint(door.blueprint)
    resources.register(app)
    cli.register(app)
    return app


def _open_connection() -> None:
    if request.blueprint == webhook.blueprint.name:
        # Takes one when it stores, for all who come at the same time.
        return
    try:
        database.wait_less(_PATIENCE)
        database.db.connect(reuse_if_open=True)
    except database.AWAY as trouble:
        # Whoever needs it fails for itself; what Twilio tells us is spooled.
        log.warning("the database does not answer: %s", type(trouble).__name__)


def _close_connection(error: BaseException | None) -> None:
    # SQLite's connection stays with its thread: opening it costs a third of a webhook (ENGINEERING §3).
    if database.is_postgresql() and not database.db.is_closed():
        database.db.close()
