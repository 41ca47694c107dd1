"""The movable clock for the simulator's page; there is none where Twilio is real."""

from typing import Any

from flask import Blueprint, abort, request

import clock
import config
from workers import queues

blueprint = Blueprint("clock", __name__)


@blueprint.get("/dev/clock")
def read() -> dict[str, Any]:
    """The shop's now and how far it is ahead of the machine, in seconds."""
    _refuse_unless_simulated()
    return _reading()


@blueprint.post("/dev/clock")
def move() -> dict[str, Any]:
    """Move the clock by the form field `move`: `+1d`, `+3h`, `+30m` or `reset`."""
    _refuse_unless_simulated()
    try:
        clock.move(request.form.get("move", ""))
    except clock.ClockRefused as refusal:
        abort(400, str(refusal))
    queues.wake_all()
    return _reading()


def _refuse_unless_simulated() -> None:
    if not config.SIMULATED:
        abort(404, "There is nothing here.")


def _reading() -> dict[str, Any]:
    return {"now": clock.now().isoformat(), "offset_seconds": clock.offset().total_seconds()}
