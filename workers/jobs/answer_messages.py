"""Answer everybody who has written."""

import database
from bot import conversation, customer, staff
from workers import queues


def run() -> None:
    """Answer all phones with unanswered messages."""
    staff.load()
    customer.load()
    queues.began("answer_messages")
    with database.connection():
        conversation.answer_all()
