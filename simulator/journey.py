"""What becomes of a message on its way to a phone, and the reports about it, in WhatsApp's order and pace."""

from functools import partial

from simulator import content
from simulator.content import Content
from simulator.messages import Message
from simulator.phones import Phone
from simulator.refusals import in_words
from simulator.world import World

# WhatsApp says these after it took the message from Twilio; all others fail before.
UNDELIVERED = {63003, 63014, 63024, 63049}
TEMPLATE_STATES = {"rejected": 63040, "paused": 63041, "disabled": 63042}
CHANNEL = "XE" + "5" * 32


def hand_over(world: World, message: Message) -> None:
    """Twilio hands the message to WhatsApp, which takes or refuses it."""
    fetched = world.files.fetch(message)
    with world.lock:
        if message.sid not in world.messages.by_sid:
            return
        phone = world.phones.by_number[message.phone]
        code = _fault(world, message, phone) if fetched else 63019
        if code:
            _move(world, message, "undelivered" if code in UNDELIVERED else "failed", code)
            return
        _move(world, message, "sent")
        if not phone.blocked:
            world.schedule.after(world.timing.delivered, partial(_deliver, world, message))


def open_chat(world: World, phone: Phone) -> None:
    """The person looks at the chat: all that was delivered is read."""
    with world.lock:
        for message in phone.messages:
            _read(world, message)


def _deliver(world: World, message: Message) -> None:
    with world.lock:
        if message.status != "sent":
            return
        _move(world, message, "delivered")
        phone = world.phones.by_number[message.phone]
        if phone.shown and phone.reads and not message.is_sms:
            world.schedule.after(world.timing.read, partial(_read, world, message))


def _read(world: World, message: Message) -> None:
    with world.lock:
        if message.status == "delivered" and not message.inbound and not message.is_sms:
            _move(world, message, "read")


def _fault(world: World, message: Message, phone: Phone) -> int | None:
    if message.fails_with or phone.fails_with:
        return message.fails_with or phone.fails_with
    if message.is_sms:
        return None
    if not phone.on_whatsapp:
        return 63024
    if message.sender == message.to_address:
        return 63031
    if message.variables_fault:
        return 63013
    used = world.contents.by_sid.get(message.content_sid)
    return _content_fault(world, message, phone, used)


def _content_fault(world: World, message: Message, phone: Phone, used: Content | None) -> int | None:
    is_open = phone.may_be_written_to_freely(message.sender, world.clock.now())
    if used and used.state == "approved":
        message.as_template = True
        return 63021 if len(message.body) > content.LONGEST_TEMPLATE else None
    if used and used.state in ("paused", "disabled"):
        return TEMPLATE_STATES[used.state]
    if not is_open:
        return TEMPLATE_STATES.get(used.state, 63016) if used else 63016
    return 63013 if len(message.buttons) > content.MOST_BUTTONS_UNAPPROVED else None


def _move(world: World, message: Message, status: str, code: int | None = None) -> None:
    world.set_status(message, status, code)
    if not message.status_callback or world.trouble.callbacks == "none":
        return
    phone = world.phones.by_number[message.phone]
    call = partial(world.webhooks.post, message.status_callback, report(world, message, phone))
    wait = _wait(world, status)
    for _ in range(2 if world.trouble.callbacks == "doubled" else 1):
        world.schedule.after(wait, call, message.sid)


def _wait(world: World, status: str) -> float:
    timing, callbacks = world.timing, world.trouble.callbacks
    if callbacks == "late":
        return world.trouble.late_seconds
    if callbacks == "shuffled":
        # The reports arrive in reverse: each waits until the ones that should follow it are through.
        behind = {"sent": timing.delivered + timing.read + 0.4, "delivered": timing.read + 0.2}
        return behind.get(status, 0)
    return 0


def report(world: World, message: Message, phone: Phone) -> dict[str, str]:
    """The form of a status callback as Twilio really sends it: no time in it, and the number masked."""
    fields = {
        "AccountSid": world.account,
        "ApiVersion": "2010-04-01",
        "ChannelInstallSid": CHANNEL,
        "ChannelPrefix": "whatsapp",
        "ChannelToAddress": f"{phone.number[:-4]}XXXX",
        "ExternalUserId": f"whatsapp:{phone.user_id}",
        "From": message.from_address,
        "MessageSid": message.sid,
        "MessageStatus": message.status,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "StructuredMessage": "true" if message.content_sid else "false",
        "To": message.to_address,
    }
    if message.is_sms:
        for name in ("ChannelInstallSid", "ChannelPrefix", "ChannelToAddress", "ExternalUserId"):
            del fields[name]
    elif message.status != "sent":
        fields["EventType"] = message.status.upper()
    if message.service_sid:
        fields["MessagingServiceSid"] = message.service_sid
    if message.error_code:
        words = in_words(message.error_code)
        fields |= {"ErrorCode": str(message.error_code), "ErrorMessage": words, "ChannelStatusMessage": words}
    return fields
