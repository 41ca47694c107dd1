"""The description of the API (OpenAPI 3.1), made from the endpoints and their types alone."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter

from api.contract import errors, examples, repeats, webhooks
from api.contract.endpoints import Endpoint, Resource

_REFERENCE = "#/components/schemas/{model}"
_ABOUT = """\
Everything a pharmacy's own programs need: contacts, customers, purchases, refill reminders, what was said.

**Start.** `flask --app app token STAFF001` prints a token; send it as `Authorization: Bearer …`. A token has
the permissions of its member of staff.

**Units.** Amounts are rupees with up to two decimals, durations days or seconds as the field says, dates are
days in the company's time zone, moments carry their offset. `id` is the permanent number that stands as #12
in chat.

**Lists** are bare arrays in pages of `limit`; the address of the next page is in the header `Link`.

**Errors** have one shape: `{"error": {"code", "message", "field"}}`.

**Repeating.** With an `Idempotency-Key` a request sent twice acts once.

**Being told.** `flask --app app webhook add` names an address of yours, which is called when something
happens.
"""
# The parts of addresses.
_PARTS = {
    "condition_id": "The `id` of a condition.",
    "contact_id": "The `id` of a contact.",
    "customer_id": "The `id` of a customer.",
    "follow_up_id": "The `id` of a follow-up.",
    "import_id": "The `id` of an import.",
    "medicine_id": "The `id` of a medicine.",
    "phone": "In any spelling.",
    "priority": "high: chronic with a refill due; medium: a refill due or a visit missed; low: all else.",
    "reminder_id": "The `id` of a refill reminder.",
    "script_id": "The `id` of a call script.",
    "staff_code": "The code of a member of staff, such as STAFF001.",
}
# Of writing only.
_WRITING = (413, 415)
_ALWAYS = (400, 401, 403, 404, 405, 409, 429, 500, 503)


def describe(resources: list[Resource], events: list[type[BaseModel]], version: str) -> dict[str, Any]:
    """The whole description as JSON holds it; `events` are the bodies of what other programs are told."""
    endpoints = [endpoint for resource in resources for endpoint in resource.endpoints]
    schemas, definitions = _schemas(endpoints, events)
    paths: dict[str, Any] = {}
    for endpoint in endpoints:
        paths.setdefault(_address(endpoint), {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Refill Desk", "version": version, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": resource.name, "description": resource.about} for resource in resources],
        "paths": dict(sorted(paths.items())),
        "webhooks": webhooks.describe(events, schemas),
        "components": {
            "schemas": definitions,
            "responses": {str(status): _error(status) for status in errors.MEANINGS},
            "parameters": {"IdempotencyKey": _header(schemas)},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "`flask --app app token STAFF001` prints one.",
                }
            },
        },
    }


def _schemas(
    endpoints: list[Endpoint], events: list[type[BaseModel]]
) -> tuple[dict[Any, Any], dict[str, Any]]:
    """Every type in use as a schema, by what it is for, and the definitions they refer to."""
    wanted: list[Any] = [
        ("error", "serialization", TypeAdapter(errors.Error)),
        ("key", "validation", TypeAdapter(repeats.Key)),
        *(each for endpoint in endpoints for each in _types(endpoint)),
        *((("event", webhooks.name_of(event)), "serialization", TypeAdapter(event)) for event in events),
    ]
    schemas, definitions = TypeAdapter.json_schemas(wanted, ref_template=_REFERENCE)
    return {key: schema for (key, _), schema in schemas.items()}, definitions.get("$defs", {})


def _types(endpoint: Endpoint) -> Iterator[tuple[Any, str, TypeAdapter[Any]]]:
    """Everything the endpoint takes and gives, as (what for, mode, type)."""
    name = _name(endpoint)
    sent: dict[Any, Any] = {("body", name): endpoint.body, ("form", name): endpoint.form}
    sent |= {("path", name, part): hint for part, hint in endpoint.path_hints.items()}
    yield from ((key, "validation", TypeAdapter(hint)) for key, hint in sent.items() if hint is not None)
    if endpoint.result is not None:
        yield ("result", name), "serialization", TypeAdapter(endpoint.result)


def _operation(endpoint: Endpoint, schemas: dict[Any, Any]) -> dict[str, Any]:
    summary, _, rest = (inspect.getdoc(endpoint.function) or "").partition("\n")
    operation: dict[str, Any] = {
        "operationId": _name(endpoint),
        "tags": [endpoint.tag],
        "summary": summary.rstrip("."),
        "parameters": _parameters(endpoint, schemas),
        "responses": _responses(endpoint, schemas),
    }
    needed = f"Needs the permission `{endpoint.needs}`." if endpoint.needs else ""
    about = "\n\n".join(filter(None, (" ".join(rest.split()), needed)))
    if about:
        operation["description"] = about
    content = _content(endpoint, schemas)
    if content:
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameters(endpoint: Endpoint, schemas: dict[Any, Any]) -> list[dict[str, Any]]:
    address = [
        {"description": _PARTS[name]}
        | _parameter(name, "path", schemas["path", _name(endpoint), name], required=True)
        for name in endpoint.path_hints
    ]
    query: list[dict[str, Any]] = []
    if endpoint.query is not None:
        model = endpoint.query.model_json_schema(ref_template=_REFERENCE)
        needed = model.get("required", [])
        query = [
            _parameter(name, "query", schema, required=name in needed)
            for name, schema in model.get("properties", {}).items()
        ]
    header = [{"$ref": "#/components/parameters/IdempotencyKey"}] if endpoint.is_writing else []
    return address + query + header


def _parameter(name: str, place: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    # A query string knows no null: what is not sent is not there.
    choices = [each for each in schema.get("anyOf", []) if each.get("type") != "null"]
    if len(choices) == 1:
        schema = {
            **{key: value for key, value in schema.items() if key not in ("anyOf", "default")},
            **choices[0],
        }
    said = {key: value for key, value in schema.items() if key not in ("title", "description")}
    parameter = {"name": name, "in": place, "required": required, "schema": said}
    return parameter | ({"description": schema["description"]} if "description" in schema else {})


def _header(schemas: dict[Any, Any]) -> dict[str, Any]:
    return _parameter(repeats.HEADER, "header", schemas["key"], required=False)


def _content(endpoint: Endpoint, schemas: dict[Any, Any]) -> dict[str, Any]:
    if endpoint.form is not None:
        return {"multipart/form-data": {"schema": schemas["form", _name(endpoint)]}}
    if endpoint.body is None:
        return {}
    said: dict[str, Any] = {"schema": schemas["body", _name(endpoint)]}
    if endpoint.example is not None:
        said["example"] = endpoint.example
    return {"application/json": said}


def _responses(endpoint: Endpoint, schemas: dict[Any, Any]) -> dict[str, Any]:
    statuses = sorted(_ALWAYS + (_WRITING if endpoint.is_writing else ()))
    refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}
    return {**_success(endpoint, schemas), **refusals}


def _success(endpoint: Endpoint, schemas: dict[Any, Any]) -> dict[str, Any]:
    if endpoint.result is None:
        return {"204": {"description": "Done."}}
    name = _name(endpoint)
    content = {"schema": schemas["result", name], "example": endpoint.answers or examples.answer_of(name)}
    answer: dict[str, Any] = {"description": "Done.", "content": {"application/json": content}}
    if endpoint.is_paged:
        answer["headers"] = {
            "Link": {
                "description": 'The next page, as `<address>; rel="next"`.',
                "schema": {"type": "string"},
            }
        }
    return {str(endpoint.status): answer}


def _error(status: int) -> dict[str, Any]:
    code, meaning = errors.MEANINGS[status]
    field = {400: "items.0.quantity", 409: None}.get(status)
    example = {"error": {"code": code, "message": meaning, "field": field}}
    schema = {"$ref": _REFERENCE.format(model="Error")}
    return {"description": meaning, "content": {"application/json": {"schema": schema, "example": example}}}


def _name(endpoint: Endpoint) -> str:
    return f"{endpoint.tag}.{endpoint.function.__name__}"


def _address(endpoint: Endpoint) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", endpoint.path)
