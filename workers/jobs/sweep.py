"""Find what a lost wake-up or a dead worker left: unanswered, half-sent, uncertain, untold."""

import database
from messaging import delivery, reconcile
from messaging.channels.twilio import TwilioChannel
from models import Import, InboundMessage, Message
from workers import queues


def run() -> None:
    """Settle what is uncertain and wake whoever has work waiting."""
    queues.began("sweep")
    with database.connection():
        delivery.recover()
        reconcile.settle(TwilioChannel())
        if InboundMessage.select().where(InboundMessage.state == "waiting").exists():
            queues.wake("answer_messages")
        if Message.select().where(Message.outcome.is_null(False)).exists():
            queues.wake("note_outcomes")
        if Import.select().where(Import.state.in_(["waiting", "reading"])).exists():
            queues.wake("import_sheets")
        queues.wake("send_materials")
