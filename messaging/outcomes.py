"""What became of a message: recorded from Twilio's answer and from its reports,
which come late, doubled and out of order."""

import logging
from datetime import timedelta

from clock import now
from database import db, is_postgresql
from messaging import approved, backoff, consent, reach, sms
from messaging.channels import errors
from messaging.channels.base import SendError
from models import Message, Phone
from workers import queues

log = logging.getLogger(__name__)

# Ranks only rise; the last three are final.
RANKS = {"queued": 0, "sending": 1, "uncertain": 1, "sent": 2, "delivered": 3, "read": 4}
FAILED = ("failed", "undelivered")
FINAL = (*FAILED, "cancelled")

# Twilio's states that tell us nothing new.
_ON_ITS_WAY = ("accepted", "scheduled", "queued", "sending")

# A message whose template was stopped is looked at again after so long.
LOOK_AGAIN = timedelta(minutes=15)


def taken(message: Message, provider_id: str) -> None:
    """Twilio has taken the message; its reports may have been faster than this answer."""
    here = Message.id == message.id
    Message.update(provider_id=provider_id).where(here).execute()
    moved = Message.update(state="sent", reason=None, sent_at=now())
    if moved.where(here & Message.state.in_(["sending", "uncertain", "queued"])).execute():
        message.state = "sent"
        _tell(message, "sent")


def not_taken(message: Message, error: SendError) -> None:
    """Twilio refused the message, or nobody knows."""
    if error.uncertain:
        still = (Message.id == message.id) & (Message.state == "sending")
        Message.update(state="uncertain", reason="no_answer").where(still).execute()
        return
    current = _locked(message.id)
    if current is not None and current.state == "sending":
        _failed(current, "failed", error.code)


def report(message_id: int, provider_id: str, status: str, code: int | None) -> None:
    """Take in one delivery report; an unknown message or status changes nothing (PLATFORM §2)."""
    if _is_known(message_id, provider_id, status, code):
        return
    with db.atomic():
        message = _locked(message_id)
        if message is None or status in _ON_ITS_WAY or _is_about_another_try(message, provider_id):
            return
        message.provider_id = provider_id
        if status in RANKS:
            _rise(message, status)
        elif status in ("failed", "undelivered", "canceled"):
            _fall(message, "undelivered" if status == "undelivered" else "failed", code)


def _is_known(message_id: int, provider_id: str, status: str, code: int | None) -> bool:
    columns = Message.select(Message.state, Message.error_code)
    message = columns.where(Message.id == message_id, Message.provider_id == provider_id).first()
    return message is not None and tells_nothing_new(message.state, message.error_code, status, code)


def tells_nothing_new(state: str, error_code: int | None, status: str, code: int | None) -> bool:
    """Whether a report of the try that a message is at changes nothing of it. Half of them do not, and each
    that writes makes answers wait."""
    if state in FINAL:
        return error_code is not None or code is None
    return 0 < RANKS.get(status, 0) <= RANKS[state]


def tell(message: Message, outcome: str) -> None:
    """Have the domain hear of `outcome`, where it is a matter of its own; saved by the caller."""
    # An answer that does not come to anything leaves somebody waiting who has written.
    unanswered = message.kind == "answer" and outcome in ("failed", "cancelled", "not_on_whatsapp")
    if concerns_domain(message) or unanswered or outcome == "opted_out":
        message.outcome = outcome
        queues.wake("note_outcomes")


def concerns_domain(message: Message) -> bool:
    """Whether the domain wants to hear how this message goes on."""
    return message.kind in ("reminder", "promotion") or message.template == "staff_reply"


def _locked(message_id: int) -> Message | None:
    query = Message.select(Message, Phone).join(Phone).where(Message.id == message_id)
    if is_postgresql():
        query = query.for_update(of=Message)
    return query.first()


def _is_about_another_try(message: Message, provider_id: str) -> bool:
    # A message that is being sent anew keeps the id of its failed try until the new one is known.
    if message.state in ("queued", "sending"):
        return message.provider_id == provider_id
    return message.provider_id is not None and message.provider_id != provider_id


def _rise(message: Message, status: str) -> None:
    if message.state in FINAL or RANKS[message.state] >= RANKS[status]:
        message.save()
        return
    at = now()
    message.state, message.reason = status, None
    message.sent_at = message.sent_at or at
    if status in ("delivered", "read"):
        message.delivered_at = message.delivered_at or at
        if message.sender.channel == "whatsapp":
            reach.delivered_to(message.phone)
    if status == "read":
        message.read_at = at
    tell(message, "delivered" if status == "read" else status)
    message.save()


def _fall(message: Message, state: str, code: int | None) -> None:
    # What has arrived cannot fail any more; a second report of a failure adds nothing but the reason.
    tells_why = message.state in FAILED and message.error_code is None and code is not None
    if tells_why or (message.state not in FINAL and RANKS[message.state] <= RANKS["sent"]):
        _failed(message, state, code)


def _failed(message: Message, state: str, code: int | None) -> None:
    message.error_code = code or message.error_code
    if code and code not in errors.MEANINGS:
        log.warning("Twilio's error %s is not in our table; the message has failed", code)
    if not _goes_on(message, errors.meaning(code).action, code):
        message.state, message.reason = state, f"twilio_{code}" if code else "unknown"
        tell(message, "failed")
        _learn(message, errors.meaning(code).action, code)
    message.save()


def _goes_on(message: Message, action: str, code: int | None) -> bool:
    """Whether it is not the end of the message: it is tried again, or waits until it can be."""
    may_retry = message.attempts < errors.meaning(code).tries
    if action in (errors.HOLD_SENDER, *errors.ALARMS):
        _hold_sender(message, action, code)
    elif action == errors.USE_TEMPLATE and not message.as_template:
        reach.window_is_closed(message.phone)
        _again(message, "window_closed", timedelta(0))
    elif action == errors.STOP_TEMPLATE and approved.stop(message, code) and may_retry:
        # The words wait for a template that may be used again, or for another one.
        _again(message, "template_not_approved", LOOK_AGAIN)
    elif action == errors.RETRY and may_retry:
        _again(message, "retry", timedelta(minutes=message.attempts))
    elif action == errors.RETRY_ANOTHER_DAY and may_retry and not _is_american(message.phone):
        _again(message, "withheld", timedelta(days=message.attempts))
        message.useful_until = message.send_after + timedelta(days=1)
    else:
        return action == errors.WAIT
    return True


def _is_american(phone: Phone) -> bool:
    # WhatsApp delivers no offers to numbers of the United States at all (PLATFORM §4).
    return phone.address.startswith("+1")


def _learn(message: Message, action: str, code: int | None) -> None:
    phone = message.phone
    if action == errors.NOT_ON_WHATSAPP:
        reach.not_on_whatsapp(phone, code)
        _not_on_whatsapp(message)
    elif action == errors.PERHAPS_NOT_ON_WHATSAPP and not message.media:
        if reach.perhaps_not_on_whatsapp(phone, code):
            _not_on_whatsapp(message)
    elif action == errors.WRONG_NUMBER:
        phone.wrong_number = True
        phone.save(only=["wrong_number"])
        tell(message, "not_on_whatsapp")
    elif action == errors.OPT_OUT:
        consent.opt_out(phone, consent.PROVIDER, f"Twilio error {code}")
        tell(message, "opted_out")


def _not_on_whatsapp(message: Message) -> None:
    tell(message, "not_on_whatsapp")
    # First, or it would count against the SMS as something this person was sent.
    message.save()
    sms.instead_of(message)


def _again(message: Message, reason: str, after: timedelta) -> None:
    message.state, message.reason = "queued", reason
    message.send_after = now() + after
    if not after:
        queues.wake("send_messages")


def _hold_sender(message: Message, action: str, code: int | None) -> None:
    lasts = backoff.stop(message, action, code) if action in errors.ALARMS else backoff.rest(message, code)
    # Being held is nobody's failure: the try does not count.
    message.attempts -= 1
    _again(message, "sender_held", lasts)


def _tell(message: Message, outcome: str) -> None:
    tell(message, outcome)
    if message.outcome == outcome:
        Message.update(outcome=outcome).where(Message.id == message.id).execute()
