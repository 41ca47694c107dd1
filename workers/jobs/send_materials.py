"""Queue the materials of contacts whose consent is known."""

import database
from clock import now
from domain import materials
from workers import queues


def run() -> None:
    """Queue what is missing."""
    queues.began("send_materials")
    with database.connection():
        materials.send(now())
