"""The web application: Twilio's interface, the control interface and the page over one world."""

from flask import Flask, g, jsonify
from flask.typing import ResponseReturnValue

from simulator import control, page, people, twilio_content, twilio_messages
from simulator.refusals import Refusal
from simulator.world import World


def create_app(world: World) -> Flask:
    """The application over this world; importing it starts nothing."""
    app = Flask(__name__)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.json.sort_keys = False  # type: ignore[attr-defined]

    @app.before_request
    def take_world_along() -> None:
        g.world = world

    app.register_error_handler(Refusal, _refused)
    for door in (twilio_messages.door, twilio_content.door, control.door, page.door):
        app.register_blueprint(door)
    people.take_over(world)
    return app


def _refused(refusal: Refusal) -> ResponseReturnValue:
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if refusal.status == 401 else {}
    return jsonify(refusal.answer()), refusal.status, headers
