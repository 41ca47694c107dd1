"""What stops our messages until somebody has mended it: the account refused or locked, the number not ready
(PLATFORM §5), or the brake on what runs away. Nothing is lost meanwhile, everything waits."""

from collections import Counter
from datetime import timedelta

from clock import machine_now, now
from database import db
from desk_tables import Tick
from messaging.channels import errors
from models import Company, Message, Sender
from statements import rare
from workers import queues

# The reason of a message that the brake holds.
BRAKE = "brake"

# An error that is not in our table and meets so many people within so long is no accident of one of them.
MANY = 5
LATELY = timedelta(hours=1)


def standing(company: Company | None = None) -> list[Sender]:
    """The senders that are stopped at present, of one company or of all; `stopped_by` is Twilio's code."""
    stopped = Sender.stopped_by.is_null(False) & (Sender.held_until > machine_now())
    if company is not None:
        stopped &= Sender.company == company
    return list(Sender.select().where(stopped).order_by(Sender.id))


def unknown_errors(company: Company) -> dict[int, int]:
    """Codes of Twilio's we do not know that many people's messages have met lately, with how many people."""
    failed = Message.state.in_(["failed", "undelivered"]) & rare(Message.claimed_at > machine_now() - LATELY)
    strange = Message.error_code.is_null(False) & Message.error_code.not_in(list(errors.MEANINGS))
    rows = Message.select(Message.error_code, Message.phone).where(failed, strange)
    # Found by their moment and not by the company, of which there are many more.
    met = rows.where(Message.company + 0 == company.id).distinct()
    people = Counter(int(row.error_code or 0) for row in met)
    return {code: count for code, count in sorted(people.items()) if count >= MANY}


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
