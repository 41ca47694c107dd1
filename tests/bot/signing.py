"""Forms posted to the webhook as Twilio posts them, with its signature."""

from typing import Any

from twilio.request_validator import RequestValidator

import config


def post(client: Any, form: dict[str, str], path: str = "/whatsapp/inbound", token: str = "") -> Any:
    """What the web application answers to this form, signed with `token` or ours."""
    validator = RequestValidator(token or config.TWILIO_AUTH_TOKEN)
    signature = validator.compute_signature(config.PUBLIC_URL + path, form)
    return client.post(path, data=form, headers={"X-Twilio-Signature": signature})
