"""The API described: /api/openapi.json for programs and /api/docs for people, which needs no internet."""

import json
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

import config
from api import events
from api.contract import description
from api.contract.endpoints import Resource

VERSION = "1.0"


def blueprint(resources: list[Resource]) -> Blueprint:
    """The two addresses; nobody needs a token to read how things work."""
    door = Blueprint("documentation", __name__)

    @lru_cache(maxsize=1)
    def described() -> dict[str, Any]:
        return description.describe(resources, list(events.EVENTS), VERSION)

    @door.get("/api/openapi.json")
    def openapi() -> Response:
        """The description, OpenAPI 3.1."""
        return jsonify(described())

    @door.get("/api/docs")
    def page() -> str:
        """The same to be read."""
        return _page(described())

    return door


def _page(api: dict[str, Any]) -> str:
    def resolved(schema: dict[str, Any]) -> dict[str, Any]:
        name = schema.get("$ref", "").rpartition("/")[2]
        return api["components"]["schemas"][name] if name else schema

    def pretty(example: Any) -> str:
        return json.dumps(example, indent=2, ensure_ascii=False)

    about = [" ".join(each.split()) for each in api["info"]["description"].split("\n\n")]
    return render_template(
        "api/docs.html",
        api=api,
        groups=_groups(api),
        about=about,
        base=config.PUBLIC_URL,
        resolved=resolved,
        pretty=pretty,
    )


def _groups(api: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations of each tag, in the order of the tags."""
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in api["paths"].items()
        for method, operation in methods.items()
    ]
    return [
        {**tag, "operations": [each for each in operations if tag["name"] in each["tags"]]}
        for tag in api["tags"]
    ]
