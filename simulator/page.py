"""The page: phones side by side, the shop's clock, and the controls."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

door = Blueprint("page", __name__)


@door.get("/")
def phones() -> ResponseReturnValue:
    """The page; what it shows comes afterwards through `/simulator/news`."""
    return render_template("phones.html")
