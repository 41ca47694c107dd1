"""Messages on their way, and channels that take or refuse them."""

from itertools import count

from messaging import delivery, outbox, outcomes
from messaging.channels.base import SendError
from messaging.channels.memory import MemoryChannel
from models import Message
from tests.conversation import fresh, new_phone

_numbers = count(1)


def queue(shop, number=0, kind="reminder", template="answer_waits"):
    """A message to somebody who has not written lately."""
    phone = new_phone(shop.company, f"+9198760{number:05d}")
    return outbox.queue(phone, template, key=f"test:{number}", kind=kind, first_name="Ravi")


def refusing(*arguments, **facts):
    """A channel that refuses everything with this `SendError`."""

    def trouble(outgoing):
        raise SendError(*arguments, **facts)

    return MemoryChannel(trouble=trouble)


def send(channel=None):
    """Send what is due through `channel`, and return it."""
    channel = channel or MemoryChannel()
    delivery.send_due(channel, lasting=5)
    return channel


def on_its_way(shop, kind="reminder"):
    """A message to somebody new that is just being sent, and the id Twilio will give it."""
    number = 50_000 + next(_numbers)
    message = queue(shop, number, kind)
    message.state, message.attempts, message.as_template = "sending", 1, True
    message.save()
    return message, f"SMtest{number:028d}"


def happen(message, provider_id, events):
    """Reports are (status, code), "taken" is Twilio's answer to our request."""
    for event in events:
        if event == "taken":
            outcomes.taken(Message.get_by_id(message.id), provider_id)
        else:
            outcomes.report(message.id, provider_id, *event)


def refused(shop, code, **refusal):
    """A message as it is after Twilio has refused it with `code`."""
    message, _ = on_its_way(shop)
    outcomes.not_taken(message, SendError("refused", code, **refusal))
    return fresh(message)
