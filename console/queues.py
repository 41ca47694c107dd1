"""GET /console/queues: what the processes are doing and what has failed, for managers, to be read only."""

from datetime import datetime
from functools import partial

from flask import Blueprint, Response, render_template

from clock import machine_now
from console import access
from messaging import formats
from models import Staff
from workers import watching

blueprint = Blueprint("console_queues", __name__)

# Seconds after which the page asks again by itself.
_FRESH = 15


@blueprint.get("/console/queues")
def queues() -> Response:
    """The page in the language of who asks."""
    reader = access.manager()
    if isinstance(reader, Response):
        return reader
    page = "console/queues.hi.html" if reader.language == "hi" else "console/queues.html"
    moment = partial(_moment, reader, machine_now())
    text = render_template(page, queues=watching.look(), duration=_duration, moment=moment)
    return Response(text, headers={"Cache-Control": "no-store", "Refresh": str(_FRESH)})


def _moment(reader: Staff, now: datetime, at: datetime) -> str:
    return formats.moment(at, reader.company.timezone, now, reader.language)


def _duration(seconds: float, second: str, minute: str, hour: str) -> str:
    """ "40 s", "12 min", "3 h" with the page's own words."""
    if seconds < 120:
        return f"{round(seconds)} {second}"
    minutes = round(seconds / 60)
    return f"{minutes} {minute}" if minutes < 120 else f"{round(minutes / 60)} {hour}"
