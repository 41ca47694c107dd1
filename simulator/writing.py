"""A person writes to the business: text, a pressed button or a file, told to the application by webhook."""

from dataclasses import dataclass
from functools import partial

from simulator import journey, media
from simulator.messages import Message, new_sid
from simulator.phones import Phone
from simulator.refusals import Refusal
from simulator.world import World


@dataclass(frozen=True)
class Attachment:
    """A file as the phone sends it."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Writing:
    """What somebody sends: text, a file (the text is its caption), or the press of a button."""

    body: str = ""
    attachment: Attachment | None = None
    # The sid of the message whose button is pressed or that is answered to; the button's payload or title.
    about: str = ""
    button: str = ""
    by_sms: bool = False


def write(world: World, phone: Phone, writing: Writing, sender: str = "") -> Message:
    """Send it from this phone to `sender`, else to who wrote last; raises `Refusal`."""
    if not (phone.on_whatsapp or writing.by_sms):
        raise Refusal(400, 63024, "This number is not on WhatsApp, so nobody can write from it.")
    if not (writing.body.strip() or writing.attachment or writing.button):
        raise Refusal(400, 21619, "There is nothing to send.")
    with world.lock:
        message = _message(world, phone, writing, sender)
        fields = _sms_fields(world, phone, message) if writing.by_sms else _fields(world, phone, message)
        fields |= _button(world, message, writing) if writing.button else _reply(world, writing)
        if writing.attachment:
            fields |= _attach(world, message, writing.attachment)
        world.messages.add(message)
        phone.messages.append(message)
        if not writing.by_sms:
            phone.wrote_at[message.sender] = message.created_at
        if phone.reads:
            journey.open_chat(world, phone)
        world.changed(phone)
    for _ in range(2 if world.trouble.inbound == "doubled" else 1):
        world.schedule.after(0, partial(_tell, world, phone, message, fields), phone.number)
    return message


def _message(world: World, phone: Phone, writing: Writing, sender: str) -> Message:
    if not sender:
        ours = [message.sender for message in phone.messages if message.is_sms == writing.by_sms]
        sender = ours[-1] if ours else f"{'' if writing.by_sms else 'whatsapp:'}{world.shop_number()}"
    now = world.clock.now()
    body = writing.body
    if not body and writing.attachment and media.kind_of(writing.attachment.content_type) == "document":
        # A document without a caption: its name stands in the Body (PLATFORM.md §8).
        body = writing.attachment.name
    return Message(
        sid=new_sid("MM" if writing.attachment else "SM"),
        sender=sender,
        phone=phone.number,
        from_address=phone.number if writing.by_sms else phone.address,
        to_address=sender,
        body=body,
        created_at=now,
        inbound=True,
        status="received",
        sent_at=now,
    )


def _fields(world: World, phone: Phone, message: Message) -> dict[str, str]:
    fields = {
        "AccountSid": world.account,
        "ApiVersion": "2010-04-01",
        "ExternalUserId": f"whatsapp:{phone.user_id}",
        "From": message.from_address,
        "MessageSid": message.sid,
        "MessageType": "text",
        "NumMedia": "0",
        "NumSegments": "1",
        "ProfileName": phone.name or phone.number,
        "ReferralNumMedia": "0",
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.to_address,
        "WaId": phone.number.removeprefix("+"),
    }
    if phone.hides_number:
        del fields["WaId"]
    fields["Body"] = message.body
    return fields


def _sms_fields(world: World, phone: Phone, message: Message) -> dict[str, str]:
    """What an SMS brings along; Twilio obeys and answers its own keywords, which we are told all the same."""
    fields = _fields(world, phone, message)
    for name in ("ExternalUserId", "MessageType", "ProfileName", "ReferralNumMedia", "WaId"):
        fields.pop(name, None)
    services = [each.service_sid for each in phone.messages if each.is_sms and each.service_sid]
    if services:
        fields["MessagingServiceSid"] = str(services[-1])
    said = message.body.strip().upper()
    if said in ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"):
        phone.sms_stopped = True
    if said in ("START", "UNSTOP", "YES"):
        phone.sms_stopped = False
    return fields


def _button(world: World, message: Message, writing: Writing) -> dict[str, str]:
    asked = world.messages.get(writing.about)
    for button in asked.buttons:
        if writing.button in (button.payload, button.title):
            break
    else:
        raise Refusal(400, 0, f"That message has no button {writing.button}.")
    message.body, message.replied_to = button.title, asked.sid
    asked.pressed = button.payload
    return {
        "Body": button.title,
        "ButtonPayload": button.payload,
        "ButtonText": button.title,
        "MessageType": "button" if asked.as_template else "interactive",
        "OriginalRepliedMessageSender": asked.sender,
        "OriginalRepliedMessageSid": asked.sid,
    }


def _reply(world: World, writing: Writing) -> dict[str, str]:
    if not writing.about:
        return {}
    asked = world.messages.get(writing.about)
    return {"OriginalRepliedMessageSender": asked.from_address, "OriginalRepliedMessageSid": asked.sid}


def _attach(world: World, message: Message, attachment: Attachment) -> dict[str, str]:
    if len(attachment.content) > media.LARGEST:
        raise Refusal(413, 63034, "A file may have 16 MB at most.")
    file = world.files.keep(message, attachment.name, attachment.content_type, attachment.content)
    path = f"Accounts/{world.account}/Messages/{message.sid}/Media/{file.sid}"
    return {
        "MediaContentType0": attachment.content_type,
        "MediaUrl0": f"https://api.twilio.com/2010-04-01/{path}",
        "MessageType": media.kind_of(attachment.content_type),
        "NumMedia": "1",
    }


def _tell(world: World, phone: Phone, message: Message, fields: dict[str, str]) -> None:
    outcome = world.webhooks.post(f"{world.application_url}/whatsapp/inbound", fields)
    with world.lock:
        message.webhook = outcome
        world.changed(phone)
