"""Find out what became of messages whose answer or report was lost."""

import database
from messaging import reconcile
from messaging.channels.twilio import TwilioChannel
from workers import queues


def run() -> None:
    """Settle what is uncertain, and look up what was never reported on."""
    queues.began("settle_sends")
    channel = TwilioChannel()
    with database.connection():
        reconcile.settle(channel)
        reconcile.follow(channel)
