"""HTTP in from Twilio: verify the signature, store, wake a worker, answer; all within a few milliseconds."""

import hmac
import logging
import re
from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, abort, request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

import config
from bot import arrivals
from database import AWAY
from messaging import sms
from models import Sender
from spool import Arrival

log = logging.getLogger(__name__)
blueprint = Blueprint("whatsapp", __name__)

# Everything we say goes through the outbox, so Twilio gets nothing to say (PLATFORM §1).
_NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

_LONGEST_ADDRESS = 160
_MOST_FILES = 10
# A number, or a short code of a network operator.
_SMS_ADDRESS = re.compile(r"\+?[0-9]{3,15}")

# The tokens of accounts other than that of the settings as last read, for when the database is away.
_tokens_of: dict[str, list[str]] = {}


@blueprint.post("/whatsapp/inbound")
def inbound() -> Response:
    """Take in one message; the same one again changes nothing and is answered the same."""
    form = _verified_form()
    _take(arrivals.inbound(_message(form)))
    return Response(_NO_REPLY, mimetype="text/xml")


@blueprint.post("/whatsapp/status")
def status() -> Response:
    """Take in one delivery report; what we do not know is answered like the rest, or
    Twilio would try again."""
    form = _verified_form()
    ours = request.args.get("message", "")
    state = _needed(form, "MessageStatus")
    provider_id = _needed(form, "MessageSid")
    code = form.get("ErrorCode", "")
    if _is_id(ours):
        _take(arrivals.report(int(ours), provider_id, state, int(code) if _is_id(code) else None))
    return Response(status=204)


def _take(arrival: Arrival) -> None:
    try:
        arrivals.take(arrival)
    except OSError:
        log.exception("neither database nor disk takes what Twilio tells us: it is refused")
        abort(503, "Nothing can be stored at the moment.")


def _verified_form() -> MultiDict[str, str]:
    """The form, if Twilio signed it; 403 otherwise. The address is ours as Twilio
    knows it, query included."""
    query = request.query_string.decode("ascii", "replace")
    url = config.PUBLIC_URL + request.path + (f"?{query}" if query else "")
    signature = request.headers.get("X-Twilio-Signature", "")
    form = request.form
    if not any(_is_signed(url, form, signature, token) for token in _tokens(form)):
        abort(403, "The signature is not Twilio's.")
    return form


def _is_signed(url: str, form: MultiDict[str, str], signature: str, token: str) -> bool:
    # What Twilio's own library computes for an address as it stands and a form in which no name comes twice.
    # It is asked itself, several times as slowly, wherever that is not the answer.
    signed = url + "".join(name + form[name] for name in sorted(form))
    computed = b64encode(hmac.digest(token.encode(), signed.encode("utf-8", "replace"), "sha1"))
    if hmac.compare_digest(computed, signature.encode("utf-8", "replace")) and not _has_repeats(form):
        return True
    return bool(RequestValidator(token).validate(url, form, signature))


def _has_repeats(form: MultiDict[str, str]) -> bool:
    return any(len(values) > 1 for _, values in form.lists())


def _tokens(form: MultiDict[str, str]) -> list[str]:
    account = form.get("AccountSid", "")
    if account and account != config.TWILIO_ACCOUNT_SID:
        return _tokens_of_another(account)
    return [token for token in (config.TWILIO_AUTH_TOKEN, config.TWILIO_AUTH_TOKEN_SECONDARY) if token]


def _tokens_of_another(account: str) -> list[str]:
    try:
        rows = list(Sender.select().where(Sender.account_sid == account))
    except AWAY:
        if account not in _tokens_of:
            log.exception("the database is away, so a form of another account cannot be checked")
            abort(503, "The signature cannot be checked at the moment.")
        return _tokens_of[account]
    tokens = [row.auth_token for row in rows if row.auth_token]
    if tokens:
        _tokens_of[account] = tokens
    return tokens


def _message(form: MultiDict[str, str]) -> dict[str, Any]:
    channel, sender = _address(form, "From")
    by_the_same, receiver = _address(form, "To")
    if channel != by_the_same:
        abort(400, "From and To are not of the same channel.")
    body = _clean(form.get("Body", ""))
    opt_out = _clean(form.get("OptOutType", ""))[:16].upper()
    if channel == sms.SMS:
        opt_out = opt_out or sms.answered_by_twilio(body)
    return {
        "provider_id": _needed(form, "MessageSid"),
        "from_address": sender,
        "to_address": receiver,
        "channel": channel,
        "messaging_service": _clean(form.get("MessagingServiceSid", ""))[:64] or None,
        "body": body,
        "button": _clean(form.get("ButtonPayload", ""))[:255] or None,
        "replied_to": _clean(form.get("OriginalRepliedMessageSid", ""))[:64] or None,
        "media": _files(form),
        "profile_name": _clean(form.get("ProfileName", "")) or None,
        "answered_by_provider": bool(opt_out),
        "opt_out_type": opt_out or None,
    }


def _needed(form: MultiDict[str, str], name: str) -> str:
    value = _clean(form.get(name, ""))
    if not value or len(value) > _LONGEST_ADDRESS:
        abort(400, f"{name} is missing or too long.")
    return value


def _address(form: MultiDict[str, str], name: str) -> tuple[str, str]:
    """The channel and the address without it; a bare number writes SMS."""
    said = _needed(form, name)
    channel, _, address = said.rpartition(":")
    if not channel and _SMS_ADDRESS.fullmatch(said):
        return sms.SMS, said
    if channel != "whatsapp" or not address:
        abort(400, f"{name} is no address of WhatsApp or SMS.")
    return channel, address


def _files(form: MultiDict[str, str]) -> list[dict[str, str]]:
    said = form.get("NumMedia", "0")
    count = min(int(said), _MOST_FILES) if _is_id(said) else 0
    return [
        {"url": form[f"MediaUrl{i}"], "type": form.get(f"MediaContentType{i}", "")}
        for i in range(count)
        if form.get(f"MediaUrl{i}")
    ]


def _clean(text: str) -> str:
    # PostgreSQL stores no NUL characters.
    return text.replace("\x00", "")


def _is_id(text: str) -> bool:
    # As PostgreSQL stores an integer.
    return text.isascii() and text.isdecimal() and len(text) < 10
