"""Taking a message from the business: the checks Twilio makes before it answers, in its order."""

from functools import partial
from urllib.parse import parse_qs, urlsplit

from simulator import content, journey
from simulator.content import Filled
from simulator.messages import Message, new_sid
from simulator.phones import Phone
from simulator.refusals import Refusal
from simulator.world import World

LONGEST_BODY = 1600
# The longest a message may wait, in seconds.
LONGEST_VALIDITY = 36_000


def take(world: World, form: dict[str, str], media_urls: tuple[str, ...], fails_with: int | None) -> Message:
    """Accept the message and send it on its way, to fail with a code if so wished; raises `Refusal`."""
    filled = _fill(world, form, media_urls)
    validity = form.get("ValidityPeriod", "1")
    if not validity.isdigit() or not 1 <= int(validity) <= LONGEST_VALIDITY:
        raise Refusal(400, 21622, "ValidityPeriod must lie between 1 and 36000")
    with world.lock:
        phone, sender = _recipient(world, form), _sender(world, form)
        if phone.opted_out or (phone.sms_stopped and not form["To"].startswith("whatsapp:")):
            raise Refusal(400, 21610, "Attempt to send to unsubscribed recipient")
        message = _message(world, form, phone, sender, filled)
        message.media_urls, message.fails_with = media_urls, fails_with
        world.messages.add(message)
        phone.messages.append(message)
        phone.typing_until = None
        world.changed(phone)
    world.schedule.after(world.timing.sent, partial(journey.hand_over, world, message))
    return message


def record(world: World, form: dict[str, str], outcome: str, message: Message | None = None) -> None:
    """Keep what became of one create under the id its StatusCallback carries, so that tests can count."""
    query = parse_qs(urlsplit(form.get("StatusCallback", "")).query)
    ours = query.get("message", [""])[0]
    entry = {"outcome": outcome, "taken": message is not None, "to": form.get("To", "")}
    entry["sid"] = message.sid if message else None
    with world.lock:
        world.creates.setdefault(ours, []).append(entry)


def _fill(world: World, form: dict[str, str], media_urls: tuple[str, ...]) -> Filled:
    if form.get("ContentSid"):
        if form["ContentSid"] not in world.contents.by_sid:
            raise Refusal(400, 21655, "The ContentSid is Invalid")
        return content.fill(world.contents.by_sid[form["ContentSid"]], form.get("ContentVariables", ""))
    body = form.get("Body", "")
    if not body and not media_urls:
        raise Refusal(400, 21619, "A text message body or media urls must be specified.")
    if len(body) > LONGEST_BODY:
        raise Refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit")
    return Filled(body)


def _recipient(world: World, form: dict[str, str]) -> Phone:
    to = form.get("To", "")
    if not to:
        raise Refusal(400, 21604, "A 'To' phone number is required.")
    sender = form.get("From", "")
    if sender and sender.startswith("whatsapp:") != to.startswith("whatsapp:"):
        raise Refusal(400, 21910, "Invalid From and To pair. From and To should be of the same channel")
    phone = world.phones.addressed(to)
    if phone is None:
        raise Refusal(400, 21211, f"Invalid 'To' Phone Number: {to}")
    return phone


def _sender(world: World, form: dict[str, str]) -> str:
    sender = form.get("From", "")
    is_sms = not form["To"].startswith("whatsapp:")
    if not sender and form.get("MessagingServiceSid"):
        return world.shop_number() if is_sms else f"whatsapp:{world.shop_number()}"
    if not sender:
        raise Refusal(400, 21603, "A 'From' phone number is required.")
    if is_sms:
        if not sender.startswith("+") or not sender[1:].isdigit():
            raise Refusal(400, 21212, f"Invalid From Number: {sender}")
        return sender
    if not sender.startswith("whatsapp:+") or not sender[10:].isdigit():
        raise Refusal(400, 63007, "Twilio could not find a Channel with the specified From address")
    world.sender = world.sender or sender.removeprefix("whatsapp:")
    return sender


def _message(world: World, form: dict[str, str], phone: Phone, sender: str, filled: Filled) -> Message:
    service = form.get("MessagingServiceSid") or None
    return Message(
        sid=new_sid("SM"),
        sender=sender,
        phone=phone.number,
        from_address=sender,
        to_address=form["To"],
        body=filled.body,
        created_at=world.clock.now(),
        status="accepted" if service else "queued",
        buttons=filled.buttons,
        content_sid=form.get("ContentSid", ""),
        variables_fault=filled.fault,
        service_sid=service,
        status_callback=form.get("StatusCallback", ""),
    )
