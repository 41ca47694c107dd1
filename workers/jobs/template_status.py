"""Follow the approval of our templates at Twilio."""

import database
from clock import now
from messaging import template_approval
from workers import queues


def run() -> None:
    """Ask how the templates stand."""
    queues.began("template_status")
    with database.connection():
        template_approval.refresh(now())
