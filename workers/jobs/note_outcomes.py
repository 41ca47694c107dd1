"""Tell the domain what became of messages."""

import database
from clock import now
from domain import deliveries
from workers import queues


def run() -> None:
    """Pass new outcomes on to the rules."""
    queues.began("note_outcomes")
    with database.connection():
        deliveries.note(now())
