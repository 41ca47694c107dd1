"""Take in what people wrote while Twilio could not reach us."""

import database
from bot import missed
from messaging.channels.twilio import TwilioChannel
from workers import queues


def run() -> None:
    """Compare Twilio's list with ours."""
    queues.began("find_missed")
    with database.connection():
        missed.find(TwilioChannel())
