"""The control interface under `/simulator/`, for the page and for tests. JSON in and out, errors as Twilio's.

GET  /simulator/phones?search=&shown=1      {"phones": [...], "found": 3}
POST /simulator/phones                      {"number", "name", "role"}: a handset on the page
POST /simulator/phones/<number>             any of {"on_whatsapp", "shown", "reads", "hides_number",
                                            "blocked", "opted_out": bool, "fails_with": code or null,
                                            "name", "role"}
GET  /simulator/messages?phone=&direction=  [{"sid", "phone", "direction", "body", "status", "at",
                                            "error_code", "buttons", "media", "webhook", …}], oldest first
POST /simulator/write                       {"from", "body", "to"?, "reply_to"?: sid, "channel"?: sms}
                                            or {"from", "button": title or payload, "message": sid}
                                            or {"from", "attachment": name of a sample file, "body"?}
                                            or multipart with `file`, `from`, `body`. With "wait": true
                                            the answer comes after the webhook's. 201 with the message
POST /simulator/read                        {"phone"}: the person opens the chat
GET  /simulator/creates?message=<id>        what became of every create, by its StatusCallback's `message=`
GET/POST /simulator/trouble                 {"answer": 429, 500, 500-taken, timeout, timeout-taken, reset,
                                            reset-taken, refuse, fail; "count": 3, "code": 63038,
                                            "delay_ms", "hang_seconds", "callbacks": normal, late, doubled,
                                            shuffled, none; "late_seconds", "inbound": normal, doubled}
DELETE /simulator/trouble                   ends it all
GET  /simulator/contents                    every content with its approval
POST /simulator/contents/<HX…>              {"state": approved, rejected, paused, disabled …, "reason"}
GET/POST /simulator/timing                  {"sent", "delivered", "read", "approval"}: seconds
GET/POST /simulator/clock                   {"move": "+1h", "+1d" or "reset"} → {"now", "offset_seconds"}
GET  /simulator/files/<ME…>                 a file as the phone shows it
POST /simulator/reset                       begin anew with the phones of the list
GET  /simulator/news?since=<changes>        what changed for the page; waits up to 20 seconds
"""

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from simulator import content, handsets, journey, media, people, writing
from simulator.clock import Unreachable
from simulator.phones import Phone, in_e164
from simulator.refusals import Refusal, whole_number
from simulator.world import World

# What may be changed on a phone, and of which type it is.
SWITCHES = ("on_whatsapp", "shown", "reads", "hides_number", "blocked", "opted_out")
TIMES = ("sent", "delivered", "read", "approval")
door = Blueprint("control", __name__, url_prefix="/simulator")


@door.before_request
def only_from_here() -> None:
    """A page from elsewhere in the same browser must not reach in."""
    origin = request.headers.get("Origin")
    if origin and origin != request.host_url.rstrip("/"):
        raise Refusal(403, 0, "Only the simulator's own page may do this.")


@door.get("/phones")
def phones() -> ResponseReturnValue:
    """Phones with a handset, or the others that match a search."""
    with g.world.lock:
        if request.args.get("shown"):
            found = g.world.phones.shown()
            rows, count = found, len(found)
        else:
            rows, count = g.world.phones.others(request.args.get("search", ""))
        return jsonify(phones=[handsets.summary(phone) for phone in rows], found=count)


@door.post("/phones")
def add_phone() -> ResponseReturnValue:
    """Put a phone on the page."""
    wanted = _fields()
    number = in_e164(wanted.get("number", ""))
    with g.world.lock:
        phone = g.world.phones.at(number)
        phone.name, phone.shown = wanted.get("name", "").strip() or phone.name, True
        phone.role = wanted.get("role", phone.role)
        g.world.changed(phone)
        return jsonify(handsets.summary(phone)), 201


@door.post("/phones/<number>")
def change_phone(number: str) -> ResponseReturnValue:
    """Change what WhatsApp knows of a phone, or what the page shows."""
    wanted = _fields()
    if any(not isinstance(wanted[name], bool) for name in SWITCHES if name in wanted):
        raise Refusal(400, 0, f"{', '.join(SWITCHES)} are true or false.")
    if not isinstance(wanted.get("fails_with"), int | None):
        raise Refusal(400, 0, "fails_with is one of Twilio's codes, or null.")
    with g.world.lock:
        phone = g.world.phones.at(in_e164(number))
        for name in (*SWITCHES, "name", "role", "fails_with"):
            setattr(phone, name, wanted.get(name, getattr(phone, name)))
        g.world.changed(phone)
        return jsonify(handsets.summary(phone))


@door.get("/messages")
def messages() -> ResponseReturnValue:
    """All messages, of one phone or one direction if asked, oldest first."""
    number, direction = request.args.get("phone"), request.args.get("direction")
    with g.world.lock:
        found = g.world.phones.at(in_e164(number)).messages if number else g.world.messages.all
        rows = [handsets.bubble(g.world, message) for message in found]
    return jsonify([row for row in rows if not direction or row["direction"] == direction])


@door.post("/write")
def write() -> ResponseReturnValue:
    """A person writes to the business."""
    fields = _fields()
    phone = _phone(g.world, fields.get("from", ""))
    about = fields.get("message") or fields.get("reply_to") or ""
    by_sms = fields.get("channel") == "sms"
    said = (fields.get("body", ""), _attachment(fields), about, fields.get("button", ""))
    wanted = writing.Writing(*said, by_sms=by_sms)
    channel = "" if by_sms else "whatsapp:"
    sender = f"{channel}{in_e164(fields['to'])}" if fields.get("to") else ""
    message = writing.write(g.world, phone, wanted, sender)
    if fields.get("wait"):
        g.world.wait_until(lambda: message.webhook is not None, 20)
    return jsonify(handsets.bubble(g.world, message)), 201


@door.post("/read")
def read() -> ResponseReturnValue:
    """The person opens the chat."""
    phone = _phone(g.world, _fields().get("phone", ""))
    journey.open_chat(g.world, phone)
    return jsonify(handsets.summary(phone))


@door.get("/creates")
def creates() -> ResponseReturnValue:
    """What became of every create, or of those of one message."""
    with g.world.lock:
        if "message" in request.args:
            return jsonify(g.world.creates.get(request.args["message"], []))
        return jsonify(g.world.creates)


@door.route("/trouble", methods=["GET", "POST", "DELETE"])
def trouble() -> ResponseReturnValue:
    """Ask for trouble, or for its end."""
    with g.world.lock:
        if request.method == "DELETE":
            g.world.calm()
        elif request.method == "POST":
            g.world.trouble.set(_fields())
            g.world.changed()
        return jsonify(g.world.trouble.as_json())


@door.get("/contents")
def contents() -> ResponseReturnValue:
    """Every content with its approval."""
    with g.world.lock:
        return jsonify([handsets.template(found) for found in g.world.contents.by_sid.values()])


@door.post("/contents/<sid>")
def change_content(sid: str) -> ResponseReturnValue:
    """Play WhatsApp: approve, reject, pause or disable."""
    wanted = _fields()
    with g.world.lock:
        found = g.world.contents.get(sid)
        content.set_state(found, wanted.get("state", ""), g.world.clock.now(), wanted.get("reason", ""))
        g.world.changed()
        return jsonify(handsets.template(found))


@door.route("/timing", methods=["GET", "POST"])
def timing() -> ResponseReturnValue:
    """How long things take."""
    for name, seconds in (_fields() if request.method == "POST" else {}).items():
        if name not in TIMES or not isinstance(seconds, int | float) or not 0 <= seconds <= 600:
            raise Refusal(400, 0, f"{name} must be one of {', '.join(TIMES)}, in seconds.")
        setattr(g.world.timing, name, seconds)
    return jsonify(g.world.timing.as_json())


@door.route("/clock", methods=["GET", "POST"])
def clock() -> ResponseReturnValue:
    """The moment it is in the simulated world; moving it moves the application's clock."""
    if request.method == "POST":
        try:
            g.world.clock.move(_fields().get("move", ""))
        except Unreachable as error:
            raise Refusal(502, 0, str(error)) from error
        g.world.changed_all()
    return jsonify(handsets.clock(g.world))


@door.get("/files/<sid>")
def file(sid: str) -> Response:
    """A file as the phone shows it; only pictures are shown, everything else is for saving."""
    found = g.world.files.by_sid.get(sid)
    if found is None:
        raise Refusal(404, 20404, "This file was deleted.")
    answer = Response(found.content, content_type=found.content_type)
    is_picture = found.content_type in ("image/png", "image/jpeg", "image/webp", "image/gif")
    answer.headers.set("Content-Disposition", "inline" if is_picture else "attachment", filename=found.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@door.post("/reset")
def reset() -> ResponseReturnValue:
    """Begin anew."""
    g.world.empty()
    people.take_over(g.world)
    return jsonify(handsets.clock(g.world))


@door.get("/news")
def news() -> ResponseReturnValue:
    """What the page does not know yet."""
    since = whole_number(request.args, "since", 0, 10**15)
    g.world.wait_until(lambda: g.world.changes != since, 20)
    with g.world.lock:
        return jsonify(handsets.news(g.world, since))


def _fields() -> dict:
    if request.mimetype == "application/json":
        given = request.get_json()
        if not isinstance(given, dict):
            raise Refusal(400, 20001, "The body must be a JSON object.")
        return given
    return request.form.to_dict()


def _phone(world: World, number: str) -> Phone:
    with world.lock:
        return world.phones.at(in_e164(number))


def _attachment(fields: dict) -> writing.Attachment | None:
    sent = request.files.get("file")
    if sent and sent.filename:
        content_type = media.content_type_of(sent.filename, sent.mimetype)
        return writing.Attachment(sent.filename, content_type, sent.read())
    name = fields.get("attachment")
    if not name:
        return None
    path = g.world.attachments.get(name)
    if path is None or not path.exists():
        raise Refusal(404, 20404, f"There is no sample file called {name}.")
    return writing.Attachment(path.name, media.content_type_of(path.name), path.read_bytes())
