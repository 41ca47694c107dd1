"""Twilio's interfaces for content and its approval, for its WhatsApp numbers and the typing indicator."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from simulator import account, content
from simulator.content import Content
from simulator.refusals import Refusal, whole_number
from simulator.world import World

# How long WhatsApp shows that somebody is typing.
TYPING = timedelta(seconds=25)
door = Blueprint("twilio_content", __name__)


@door.before_request
def only_the_account() -> None:
    """Credentials are wanted everywhere."""
    account.require()


@door.post("/v1/Content")
def create() -> ResponseReturnValue:
    """Keep a new content."""
    payload = request.get_json(silent=True)
    if not isinstance(payload, dict):
        raise Refusal(400, 20001, "The body must be a JSON object")
    with g.world.lock:
        made = g.world.contents.create(payload, g.world.clock.now())
        g.world.changed()
    return jsonify(content.resource(made, g.world.account)), 201


@door.get("/v1/Content")
def contents() -> ResponseReturnValue:
    """A page of contents."""
    return _page("/v1/Content", lambda found: content.resource(found, g.world.account))


@door.get("/v1/ContentAndApprovals")
def contents_and_approvals() -> ResponseReturnValue:
    """A page of contents, each with the state of its approval."""

    def shape(found: Content) -> dict:
        row = content.resource(found, g.world.account)
        del row["url"], row["links"]
        return {**row, "approval_requests": content.approval(found)}

    return _page("/v1/ContentAndApprovals", shape)


@door.get("/v1/Content/<sid>")
def fetch(sid: str) -> ResponseReturnValue:
    """One content."""
    return jsonify(content.resource(g.world.contents.get(sid), g.world.account))


@door.delete("/v1/Content/<sid>")
def delete(sid: str) -> ResponseReturnValue:
    """Remove a content."""
    with g.world.lock:
        g.world.contents.get(sid)
        del g.world.contents.by_sid[sid]
        g.world.changed()
    return "", 204


@door.post("/v1/Content/<sid>/ApprovalRequests/whatsapp")
def request_approval(sid: str) -> ResponseReturnValue:
    """Hand a content in; WhatsApp decides a little later."""
    wanted = request.get_json(silent=True) or {}
    with g.world.lock:
        found = g.world.contents.get(sid)
        content.submit(found, wanted.get("name", ""), wanted.get("category", ""), g.world.clock.now())
        g.world.changed()
    g.world.schedule.after(g.world.timing.approval, partial(_decide, g.world, found))
    return jsonify({**content.approval(found), "status": "received"}), 201


@door.get("/v1/Content/<sid>/ApprovalRequests")
def fetch_approval(sid: str) -> ResponseReturnValue:
    """The state of the approval."""
    found = g.world.contents.get(sid)
    url = f"https://content.twilio.com/v1/Content/{sid}/ApprovalRequests"
    whatsapp = {"type": "whatsapp", **content.approval(found)}
    return jsonify(sid=sid, account_sid=g.world.account, whatsapp=whatsapp, url=url)


@door.get("/v2/Channels/Senders")
def senders() -> ResponseReturnValue:
    """The WhatsApp numbers of the account: that of the business."""
    number = g.world.shop_number()
    row = {
        "sid": "XE" + hashlib.sha256(number.encode()).hexdigest()[:32],
        "status": "ONLINE",
        "sender_id": f"whatsapp:{number}",
        "webhook": {"callback_url": f"{g.world.application_url}/whatsapp/inbound", "callback_method": "POST"},
        "properties": {"quality_rating": "HIGH", "messaging_limit": "1K Customers/24hr"},
        "offline_reasons": None,
    }
    meta = {"page": 0, "page_size": 50, "next_page_url": None, "previous_page_url": None, "key": "senders"}
    return jsonify(senders=[row], meta=meta)


@door.post("/v2/Indicators/Typing.json")
def typing() -> ResponseReturnValue:
    """Show the person that an answer is being written."""
    if request.form.get("channel") != "whatsapp":
        raise Refusal(400, 20001, "channel must be whatsapp")
    with g.world.lock:
        message = g.world.messages.get(request.form.get("messageId", ""))
        phone = g.world.phones.by_number[message.phone]
        phone.typing_until = g.world.clock.now() + TYPING
        g.world.changed(phone)
    return jsonify(success=True)


def _decide(world: World, found: Content) -> None:
    with world.lock:
        content.decide(found, world.clock.now())
        world.changed()


def _page(path: str, shape: Callable[[Content], dict]) -> ResponseReturnValue:
    size = whole_number(request.args, "PageSize", 50, 1000)
    number = whole_number(request.args, "Page", 0, 1_000_000)
    with g.world.lock:
        found = list(g.world.contents.by_sid.values())
        rows = [shape(one) for one in found[number * size : (number + 1) * size]]

    def address(page: int) -> str:
        return f"https://content.twilio.com{path}?PageSize={size}&Page={page}"

    meta = {
        "page": number,
        "page_size": size,
        "first_page_url": address(0),
        "previous_page_url": address(number - 1) if number else None,
        "url": address(number),
        "next_page_url": address(number + 1) if len(found) > (number + 1) * size else None,
        "key": "contents",
    }
    return jsonify(contents=rows, meta=meta)
