"""Files for Twilio to fetch, at addresses nobody can guess."""

from flask import Blueprint, Response, abort

import storage
from messaging import files

blueprint = Blueprint("media", __name__)


@blueprint.get("/media/<token>")
@blueprint.get("/media/<token>/<name>")
def fetch(token: str, name: str = "") -> Response:
    """The file that `token` stands for; 404 once its time is over. `name` is for the phone to show."""
    media = files.behind(token)
    if media is None:
        abort(404, "There is nothing here.")
    try:
        data = storage.read(media.storage_name)
    except FileNotFoundError:
        abort(404, "There is nothing here.")
    response = Response(data, mimetype=media.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=media.file_name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
