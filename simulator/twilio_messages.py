"""Twilio's interface for messages and their media: `/2010-04-01/Accounts/{AC}/Messages…`."""

import time

from flask import Blueprint, Response, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from simulator import account, media, messages, sending, server
from simulator.refusals import Refusal

ROOT = "/2010-04-01/Accounts/<account>/Messages"
door = Blueprint("twilio_messages", __name__)


@door.before_request
def only_the_account() -> None:
    """Credentials are wanted everywhere but at the short-lived addresses of files."""
    if request.endpoint != "twilio_messages.lent_file":
        account.require()


@door.post(f"{ROOT}.json")
def create(account: str) -> ResponseReturnValue:
    """Take a message, or meet the trouble that was asked for."""
    world, form = g.world, request.form.to_dict()
    with world.lock:
        trouble, answer = world.trouble, world.trouble.next_answer()
    time.sleep(trouble.delay_ms / 1000)
    if answer in ("429", "500", "timeout", "reset", "refuse"):
        sending.record(world, form, answer)
        _go_wrong(answer)
    try:
        fails_with = (trouble.code or 63016) if answer == "fail" else None
        message = sending.take(world, form, tuple(request.form.getlist("MediaUrl")), fails_with)
    except Refusal as refusal:
        sending.record(world, form, str(refusal.code))
        raise
    resource = messages.resource(message, account)
    sending.record(world, form, answer or "201", message)
    _go_wrong(answer.removesuffix("-taken") if answer.endswith("-taken") else "")
    return jsonify(resource), 201


def _go_wrong(answer: str) -> None:
    trouble = g.world.trouble
    if answer == "429":
        raise Refusal(429, 20429, "Too Many Requests")
    if answer == "500":
        raise Refusal(500, 20500, "An internal server error has occurred")
    if answer == "refuse":
        raise trouble.refusal()
    if answer == "timeout":
        trouble.hang()
        server.cut(request.environ, abruptly=False)
    if answer == "reset":
        server.cut(request.environ, abruptly=True)


@door.get(f"{ROOT}.json")
def page(account: str) -> ResponseReturnValue:
    """List messages, newest first."""
    with g.world.lock:
        return jsonify(messages.page(g.world.messages, account, request.args.to_dict()))


@door.get(f"{ROOT}/<sid>.json")
def fetch(account: str, sid: str) -> ResponseReturnValue:
    """One message."""
    with g.world.lock:
        return jsonify(messages.resource(g.world.messages.get(sid), account))


@door.post(f"{ROOT}/<sid>.json")
def update(account: str, sid: str) -> ResponseReturnValue:
    """Redact a message: the only change of its text that Twilio allows is to empty it."""
    with g.world.lock:
        message = g.world.messages.get(sid)
        if request.form.get("Body"):
            raise Refusal(400, 20001, "The Body can only be emptied")
        if "Body" in request.form:
            message.redacted = True
        return jsonify(messages.resource(message, account))


@door.delete(f"{ROOT}/<sid>.json")
def delete(account: str, sid: str) -> ResponseReturnValue:
    """Remove a message from the account's log; it stays on the phone."""
    with g.world.lock:
        g.world.messages.delete(sid)
    return "", 204


@door.get(f"{ROOT}/<sid>/Media.json")
def media_page(account: str, sid: str) -> ResponseReturnValue:
    """The files of a message."""
    with g.world.lock:
        files = g.world.files.of(g.world.messages.get(sid))
    uri = f"/2010-04-01/Accounts/{account}/Messages/{sid}/Media.json?PageSize=50&Page=0"
    return jsonify(
        media_list=[media.resource(file, account) for file in files],
        page=0,
        page_size=50,
        start=0,
        end=max(len(files) - 1, 0),
        first_page_uri=uri,
        next_page_uri=None,
        previous_page_uri=None,
        uri=uri,
    )


@door.get(f"{ROOT}/<sid>/Media/<file_sid>.json")
def media_resource(account: str, sid: str, file_sid: str) -> ResponseReturnValue:
    """What is known of a file."""
    return jsonify(media.resource(g.world.files.get(sid, file_sid), account))


@door.get(f"{ROOT}/<sid>/Media/<file_sid>")
def media_content(account: str, sid: str, file_sid: str) -> ResponseReturnValue:
    """The way to a file: a redirect to a short-lived address that asks for no credentials."""
    return redirect(g.world.files.lend(g.world.files.get(sid, file_sid)), 307)


@door.delete(f"{ROOT}/<sid>/Media/<file_sid>.json")
@door.delete(f"{ROOT}/<sid>/Media/<file_sid>")
def delete_media(account: str, sid: str, file_sid: str) -> ResponseReturnValue:
    """Remove a file for good."""
    with g.world.lock:
        g.world.files.get(sid, file_sid)
        del g.world.files.by_sid[file_sid]
    return "", 204


@door.get("/media/<token>")
def lent_file(token: str) -> Response:
    """A file at its short-lived address."""
    file = g.world.files.borrowed(token)
    return Response(file.content, content_type=file.content_type)
