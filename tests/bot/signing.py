"""Forms posted to the webhook as Twilio posts them, with its signature."""

from typing import Any

from twilio.request_validator import RequestValidator

import config
from tests.conversation import Shop


def message_form(shop: Shop, **fields: str | None) -> dict[str, str]:
    """A message from alice as Twilio tells of it; what is None is left out."""
    written = {
        "MessageSid": "SM1",
        "From": f"whatsapp:{shop.alice.phone.address}",
        "To": f"whatsapp:{shop.sender.address}",
        "Body": "hello",
        "NumMedia": "0",
        "AccountSid": config.TWILIO_ACCOUNT_SID,
    }
    return {name: value for name, value in {**written, **fields}.items() if value is not None}


def post(client: Any, form: dict[str, str], path: str = "/whatsapp/inbound", token: str | None = None) -> Any:
    """What the web application answers to this form, signed with `token`, or ours if it is None."""
    validator = RequestValidator(config.TWILIO_AUTH_TOKEN if token is None else token)
    signature = validator.compute_signature(config.PUBLIC_URL + path, form)
    return client.post(path, data=form, headers={"X-Twilio-Signature": signature})
