"""Get out of the outbox whatever is due."""

import database
from messaging import delivery
from messaging.channels.twilio import TwilioChannel
from workers import queues


def run() -> None:
    """Send what is due; what is left after a while is asked for again."""
    queues.began("send_messages")
    with database.connection():
        delivery.send_due(TwilioChannel())
