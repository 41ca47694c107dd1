"""Find what a lost wake-up or a dead worker left: spooled, unanswered, half-sent, untold."""

import database
from bot import arrivals
from messaging import delivery
from models import Import, InboundMessage, Message
from workers import queues


def run() -> None:
    """Take in what is spooled and wake whoever has work waiting."""
    queues.began("sweep")
    arrivals.take_in_spooled()
    with database.connection():
        delivery.recover()
        if InboundMessage.select().where(InboundMessage.state == "waiting").exists():
            queues.wake("answer_messages")
        if Message.select().where(Message.outcome.is_null(False)).exists():
            queues.wake("note_outcomes")
        if Import.select().where(Import.state.in_(["waiting", "reading"])).exists():
            queues.wake("import_sheets")
        queues.wake("send_materials")
