"""What stops a sender altogether until somebody has mended it: the account refused or locked, the number not
ready (PLATFORM §5). Nothing is lost meanwhile, everything waits."""

from clock import machine_now, now
from database import db
from models import Company, Message, Sender
from workers import queues


def standing(company: Company | None = None) -> list[Sender]:
    """The senders that are stopped at present, of one company or of all; `stopped_by` is Twilio's code."""
    stopped = Sender.stopped_by.is_null(False) & (Sender.held_until > machine_now())
    if company is not None:
        stopped &= Sender.company == company
    return list(Sender.select().where(stopped).order_by(Sender.id))


def lift(company: Company) -> int:
    """Send again: somebody says that it is mended. Returns how many messages have waited for it."""
    with db.atomic():
        mine = Sender.company == company
        Sender.update(held_until=None, held_reason=None, stopped_by=None).where(mine).execute()
        held = (Message.company == company) & (Message.state == "queued") & (Message.reason == "sender_held")
        waited = Message.update(send_after=now(), reason=None).where(held).execute()
        queues.wake("send_messages")
    return waited


def waiting(company: Company) -> int:
    """How many messages wait for a sender or a template that is stopped."""
    due = Message.send_after <= now()
    held = Message.reason.in_(["sender_held", "template_not_approved"])
    mine = (Message.company == company) & (Message.state == "queued")
    return Message.select().where(mine, due | held).count()
