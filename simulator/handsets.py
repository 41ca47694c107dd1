"""What the page shows of the world, as plain JSON: handsets with bubbles, templates, clock, trouble."""

from dataclasses import asdict

from simulator.content import Content, approval
from simulator.messages import Message
from simulator.phones import Phone, for_people
from simulator.refusals import in_words
from simulator.world import World

# Enough to scroll back through a day's chat.
BUBBLES = 80


def news(world: World, since: int) -> dict:
    """Everything the page needs that changed after `since`; handsets that did not change are only named."""
    shown = world.phones.shown()
    return {
        "changes": world.changes,
        "clock": clock(world),
        "shop": {"number": world.shop_number(), "spelled": for_people(world.shop_number())},
        "order": [phone.number for phone in shown],
        "handsets": [_handset(world, phone) for phone in shown if phone.changed > since],
        "others": len(world.phones.by_number) - len(shown),
        "templates": [template(found) for found in world.contents.by_sid.values()],
        "trouble": world.trouble.as_json(),
        "attachments": sorted(world.attachments),
    }


def summary(phone: Phone) -> dict:
    """A phone without its messages."""
    return {
        "number": phone.number,
        "spelled": for_people(phone.number),
        "name": phone.name,
        "role": phone.role,
        "user_id": phone.user_id,
        "shown": phone.shown,
        "on_whatsapp": phone.on_whatsapp,
        "reads": phone.reads,
        "hides_number": phone.hides_number,
        "blocked": phone.blocked,
        "opted_out": phone.opted_out,
        "fails_with": phone.fails_with,
        "messages": len(phone.messages),
        "last": phone.messages[-1].body[:80] if phone.messages else "",
    }


def bubble(world: World, message: Message) -> dict:
    """A message as the phone shows it, with what tests want to know besides."""
    return {
        "sid": message.sid,
        "phone": message.phone,
        "direction": "inbound" if message.inbound else "outbound-api",
        "from": message.from_address,
        "to": message.to_address,
        "body": message.body,
        "at": message.created_at.isoformat(),
        "status": message.status,
        "status_at": message.status_at.isoformat() if message.status_at else None,
        "error_code": message.error_code,
        "error": in_words(message.error_code) if message.error_code else "",
        "buttons": [button._asdict() for button in message.buttons],
        "pressed": message.pressed,
        "content_sid": message.content_sid,
        "as_template": message.as_template,
        "status_callback": message.status_callback,
        "replied_to": message.replied_to,
        "media": [
            {"sid": file.sid, "name": file.name, "content_type": file.content_type, "size": len(file.content)}
            for file in world.files.of(message)
        ],
        "webhook": _webhook(message),
    }


def template(content: Content) -> dict:
    """A content with the state of its approval."""
    return {
        "sid": content.sid,
        "friendly_name": content.friendly_name,
        "language": content.language,
        "body": content.body,
        **approval(content),
    }


def clock(world: World) -> dict:
    """The moment it is, and how far from the machine's time."""
    return {
        "now": world.clock.now().isoformat(),
        "offset_seconds": round(world.clock.offset.total_seconds()),
    }


def _handset(world: World, phone: Phone) -> dict:
    now = world.clock.now()
    typing = phone.typing_until is not None and phone.typing_until > now
    return {
        **summary(phone),
        "typing_seconds": (phone.typing_until - now).total_seconds() if phone.typing_until and typing else 0,
        "bubbles": [bubble(world, message) for message in phone.messages[-BUBBLES:]],
    }


def _webhook(message: Message) -> dict | None:
    if message.webhook is None:
        return None
    return {**asdict(message.webhook), "taken": message.webhook.taken}
