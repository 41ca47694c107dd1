"""Empty at Twilio what went to and fro some days ago."""

import database
from clock import now
from messaging import retention
from messaging.channels.twilio import TwilioChannel
from models import Company
from workers import queues


def run() -> None:
    """One round for every company; what is left is for the next tick."""
    queues.began("redact")
    channel = TwilioChannel()
    with database.connection():
        for company in list(Company.select()):
            retention.redact(channel, company, now())
