"""One turn: the unanswered messages of one phone, oldest first, each in one
transaction with all it changes and says."""

import logging
from datetime import timedelta

from bot import consent, customer, staff
from bot.router import Reply, Turn
from clock import machine_now, now
from database import db
from domain import people, questions
from encryption import Unreadable
from messaging import delivery, outbox, reach
from messaging.sms import SMS
from models import Company, InboundMessage, Message, Phone, Sender, Staff
from statements import rare
from workers import queues

log = logging.getLogger(__name__)

# One worker speaks with one phone; another may take over when it has not let go by then.
LEASE = timedelta(minutes=3)
# So many waiting messages are looked at in one run; another one follows for the rest.
AT_ONCE = 500
# After so many failed tries the person gets an honest apology and staff a task.
TRIES = 3
# What reaches us later than this, Twilio or we having been away, is for a person: an answer would be odd, and
# a command done now not what was meant.
LATE = timedelta(days=1)


def answer_all() -> int:
    """Answer every phone that has unanswered messages; returns how many messages were answered."""
    answered = 0
    for phone in _waiting_phones():
        if _claim(phone):
            try:
                answered += _answer_phone(phone)
            finally:
                Phone.update(answering_until=None).where(Phone.id == phone.id).execute()
    return answered


def _waiting_phones() -> list[Phone]:
    _know_phones()
    waiting = rare(InboundMessage.state == "waiting") & InboundMessage.phone.is_null(False)
    rows = (
        InboundMessage.select(InboundMessage.phone).where(waiting).order_by(InboundMessage.id).limit(AT_ONCE)
    )
    # Named one by one: a planner that sees both tables at once may walk through all phones there are.
    ids = {row.phone_id for row in rows}
    if len(rows) == AT_ONCE:
        queues.wake("answer_messages")
    return list(Phone.select(*delivery.PHONE, Company).join(Company).where(Phone.id.in_(ids)))


def _know_phones() -> None:
    """Give every new message its phone; one to a number that is not ours waits until it is."""
    new = rare(InboundMessage.state == "waiting") & InboundMessage.phone.is_null()
    # Not what was said: what cannot be read any more must not keep the others from their phones.
    addresses = [InboundMessage.id, InboundMessage.channel, InboundMessage.from_address]
    addresses += [InboundMessage.to_address, InboundMessage.messaging_service]
    for message in list(InboundMessage.select(*addresses).where(new).order_by(InboundMessage.id)):
        sender = _sender(message)
        if sender is not None:
            phone = people.phone_at(sender.company, message.from_address)
            InboundMessage.update(phone=phone).where(InboundMessage.id == message.id).execute()


def _sender(message: InboundMessage) -> Sender | None:
    """Whom of ours it was written to: a number, or the messaging service that number belongs to."""
    ways = Sender.address == message.to_address
    if message.channel == SMS and message.messaging_service:
        ways |= Sender.address == message.messaging_service
    return Sender.select().where(Sender.channel == message.channel, ways).first()


def _claim(phone: Phone) -> bool:
    at = machine_now()
    free = Phone.answering_until.is_null() | (Phone.answering_until < at)
    claimed = Phone.update(answering_until=at + LEASE).where((Phone.id == phone.id) & free).execute()
    if claimed and phone.answering_until is not None:
        _suspect(phone)
    return bool(claimed)


def _suspect(phone: Phone) -> None:
    """Whoever answered this phone died, perhaps of it: no message may kill its worker for ever."""
    message = _oldest(phone)
    if message is not None:
        with db.atomic():
            _give_up_or_leave(phone, message)


def _answer_phone(phone: Phone) -> int:
    answered = 0
    while message := _oldest(phone):
        try:
            with db.atomic():
                _answer(phone, message)
            answered += 1
        except Exception:
            # A bug is caught here: the person must not be left without an answer for it.
            log.exception("message %s could not be answered", message.id)
            with db.atomic():
                _give_up_or_leave(phone, message)
            if message.attempts < TRIES:
                return answered
    return answered


def _oldest(phone: Phone) -> InboundMessage | None:
    """Without its words, which perhaps nobody can read any more."""
    waiting = (InboundMessage.phone == phone) & (InboundMessage.state == "waiting")
    rows = InboundMessage.select(InboundMessage.id, InboundMessage.attempts).where(waiting)
    return rows.order_by(InboundMessage.id).first()


def _answer(phone: Phone, message: InboundMessage) -> None:
    message = InboundMessage.get_by_id(message.id)
    phone = Phone.select(Phone, Company).join(Company).where(Phone.id == phone.id).get()
    if message.channel != SMS:
        # An SMS says nothing of WhatsApp, and opens no 24 hours there.
        reach.heard_from(phone, message.received_at)
        outbox.release(phone, "window_closed")
    _know_name(phone, message)
    turn = _turn(phone, message)
    said = consent.heard(turn) or _answer_to(turn)
    if said is not None and not consent.is_answered(turn):
        _say(turn, said)
    message.state, message.answered_at = "answered", now()
    message.save()


def _answer_to(turn: Turn) -> Reply | None:
    if turn.at - turn.message.received_at > LATE:
        questions.could_not_answer(turn.phone, turn.message)
        return None
    if turn.message.opt_out_type == consent.HELP and consent.is_answered(turn):
        return None
    return staff.answer(turn) if turn.staff else customer.answer(turn)


def _say(turn: Turn, said: Reply) -> None:
    facts = {"name": turn.staff.name if turn.staff else "", **said.facts}
    key = f"answer:{turn.message.id}"
    by = _sender(turn.message) if turn.message.channel == SMS else None
    # A file does not go by SMS.
    media = None if by else list(said.media) or None
    outbox.queue(turn.phone, said.template, key=key, language=turn.language, media=media, by=by, **facts)


def _turn(phone: Phone, message: InboundMessage) -> Turn:
    speaker = _staff(phone) if message.channel != SMS else None
    replied_to = (
        Message.get_or_none(Message.provider_id == message.replied_to) if message.replied_to else None
    )
    if speaker and message.body.casefold().split() == ["as", "staff"]:
        phone.speaks_as_customer = False
        phone.save(only=["speaks_as_customer"])
    return Turn(
        company=phone.company,
        phone=phone,
        message=message,
        text=message.body.strip(),
        at=now(),
        staff=None if phone.speaks_as_customer else speaker,
        replied_to=replied_to if replied_to and replied_to.phone_id == phone.id else None,
    )


def _staff(phone: Phone) -> Staff | None:
    """Who of our staff writes; by SMS nobody does, because its sender can be made up."""
    mine = (Staff.company == phone.company) & (Staff.phone == phone.address)
    return Staff.get_or_none(mine, Staff.is_active)


def _know_name(phone: Phone, message: InboundMessage) -> None:
    if message.profile_name and phone.profile_name != message.profile_name:
        phone.profile_name = message.profile_name
        phone.save(only=["profile_name"])


def _give_up_or_leave(phone: Phone, message: InboundMessage) -> None:
    message.attempts += 1
    if message.attempts >= TRIES:
        message.state = "failed"
        outbox.queue(phone, "apology", key=f"answer:{message.id}")
        questions.could_not_answer(phone, _with_its_words(message))
    message.save(only=["attempts", "state"])


def _with_its_words(message: InboundMessage) -> InboundMessage:
    try:
        return InboundMessage.get_by_id(message.id)
    except Unreadable:
        message.body = ""
        return message
