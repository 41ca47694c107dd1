"""What stops our messages until somebody has mended it: the account refused or locked, the number not ready
(PLATFORM §5), or the brake on what runs away. Nothing is lost meanwhile, everything waits."""

from clock import machine_now, now
from database import db
from desk_tables import Tick
from models import Company, Message, Sender
from workers import queues

# The reason of a message that the brake holds.
BRAKE = "brake"


def standing(company: Company | None = None) -> list[Sender]:
    """The senders that are stopped at present, of one company or of all; `stopped_by` is Twilio's code."""
    stopped = Sender.stopped_by.is_null(False) & (Sender.held_until > machine_now())
    if company is not None:
        stopped &= Sender.company == company
    return list(Sender.select().where(stopped).order_by(Sender.id))


def braked(company: Company) -> int:
    """How many messages stand still because too much of the same was about to go."""
    held = (Message.state == "queued") & (Message.reason == BRAKE) & (Message.send_after > now())
    return Message.select().where(Message.company == company, held).count()


def lift(company: Company) -> int:
    """Send again: somebody says that it is mended. Returns how many messages have waited for it."""
    with db.atomic():
        mine = Sender.company == company
        Sender.update(held_until=None, held_reason=None, stopped_by=None).where(mine).execute()
        held = (Message.company == company) & (Message.state == "queued")
        held &= Message.reason.in_(["sender_held", BRAKE])
        waited = Message.update(send_after=now(), reason=None).where(held).execute()
        # What went before is no reason to brake again.
        lifted = {"job": f"lifted:{company.id}", "ran_at": machine_now()}
        Tick.insert(lifted).on_conflict(
            conflict_target=[Tick.job], update={"ran_at": lifted["ran_at"]}
        ).execute()
        queues.wake("send_messages")
    return waited


def waiting(company: Company) -> int:
    """How many messages wait for a sender or a template that is stopped."""
    due = Message.send_after <= now()
    held = Message.reason.in_(["sender_held", "template_not_approved", BRAKE])
    mine = (Message.company == company) & (Message.state == "queued")
    return Message.select().where(mine, due | held).count()
