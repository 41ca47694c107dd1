"""The calls we make to other programs, described as OpenAPI's `webhooks`: headers, bodies and answers."""

import inspect
from typing import Any, get_args

from pydantic import BaseModel

from api.contract import examples

_HEADERS = {
    "webhook-id": "Stays the same when the call is made again: drop what you have had already.",
    "webhook-timestamp": "Seconds since 1970, of this call: refuse what is older than five minutes.",
    "webhook-signature": "`v1,` and the base64 of HMAC-SHA256 over `webhook-id.webhook-timestamp.body`, as "
    "Standard Webhooks (standardwebhooks.com) say; the key is what stands behind `whsec_` in the secret, "
    "decoded from base64.",
}
_ANSWERS = {
    "2XX": "You have it.",
    "410": "You want no more: the webhook is ended.",
    "default": "You could not take it: the call is made again, for a day, with growing pauses.",
}


def name_of(event: type[BaseModel]) -> str:
    """What the event is called in `type`."""
    [name] = get_args(event.model_fields["type"].annotation)
    return str(name)


def describe(events: list[type[BaseModel]], schemas: dict[Any, Any]) -> dict[str, Any]:
    """Each event by its name; `schemas` has that of its body under ("event", name)."""
    return {name_of(event): {"post": _call(event, schemas["event", name_of(event)])} for event in events}


def _call(event: type[BaseModel], schema: dict[str, Any]) -> dict[str, Any]:
    name = name_of(event)
    body = {"schema": schema, "example": examples.answer_of(name)}
    return {
        "operationId": name,
        "summary": (inspect.getdoc(event) or "").rstrip("."),
        "parameters": [_header(header, about) for header, about in _HEADERS.items()],
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {status: {"description": said} for status, said in _ANSWERS.items()},
        # It is you who are called, and the signature by which you know us.
        "security": [],
    }


def _header(name: str, about: str) -> dict[str, Any]:
    schema = {"type": "string"}
    return {"name": name, "in": "header", "required": True, "description": about, "schema": schema}
