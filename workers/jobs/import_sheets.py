"""Fetch, read and publish the contact sheets that wait."""

import time

import database
from clock import now
from domain import import_answers, import_undo, imports
from models import Import
from workers import intake, queues

# Seconds after which somebody who waits is told how far we are.
_PATIENCE = 20


def run() -> None:
    """Take in every sheet that waits, one after the other; take back the large ones that are to go."""
    queues.began("import_sheets")
    with database.connection():
        while received := imports.claim():
            intake.take_in(received, _Progress(received).tell)
        for received in list(Import.select().where(Import.state == import_undo.UNDOING)):
            import_answers.undone(received, import_undo.carry_on(received, now()))


class _Progress:
    """Says how far a long import is, in growing distances."""

    def __init__(self, received: Import):
        self.received = received
        self.began = time.monotonic()
        self.times = 0

    def tell(self, read: int) -> None:
        if time.monotonic() - self.began > _PATIENCE * 2**self.times:
            self.times += 1
            import_answers.progress(self.received, read, self.times)
