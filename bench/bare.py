"""The least a webhook can be: check the signature, insert one row. The floor of bench/webhook.py."""

import os

from flask import Flask, abort, request
from peewee import AutoField, CharField, IntegrityError, Model, PostgresqlDatabase, SqliteDatabase, TextField
from playhouse.pool import PooledPostgresqlDatabase
from twilio.request_validator import RequestValidator


def create_app() -> Flask:
    """An application with one view."""
    url = os.environ["DATABASE_URL"]
    database = _database(url)

    class Received(Model):
        id = AutoField()
        provider_id = CharField(unique=True)
        sender = CharField()
        body = TextField()

        class Meta:
            table_name = "bare"

    Received.bind(database)
    database.connect(reuse_if_open=True)
    try:
        Received.create_table(safe=True)
    except IntegrityError:
        # The server's other process has just made it; PostgreSQL does not look so closely.
        database.rollback()
    if isinstance(database, PostgresqlDatabase):
        database.close()
    app = Flask("bare")
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    address = os.environ["BARE_URL"]

    @app.post("/whatsapp/inbound")
    def inbound() -> str:
        form = request.form
        if not validator.validate(
            address + request.path, form, request.headers.get("X-Twilio-Signature", "")
        ):
            abort(403)
        database.connect(reuse_if_open=True)
        Received.insert(provider_id=form["MessageSid"], sender=form["From"], body=form["Body"]).execute()
        if isinstance(database, PostgresqlDatabase):
            database.close()
        return ""

    return app


def _database(url: str) -> SqliteDatabase | PooledPostgresqlDatabase:
    if url.startswith("sqlite"):
        pragmas = {"journal_mode": "wal", "synchronous": os.environ["BARE_SYNCHRONOUS"]}
        return SqliteDatabase(url.removeprefix("sqlite:///"), pragmas=pragmas, timeout=15)
    from playhouse.db_url import parse

    parameters = parse(url)
    return PooledPostgresqlDatabase(parameters.pop("database"), max_connections=20, **parameters)
