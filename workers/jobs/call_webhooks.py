"""Tell other programs what happened here."""

import database
from messaging import webhook_calls
from workers import queues


def run() -> None:
    """Make the calls that are due."""
    queues.began("call_webhooks")
    with database.connection():
        webhook_calls.call_due()
