"""The one shape of an error, and how refusals of every origin come to it."""

import logging

from flask import Flask, Response, g
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import HTTPException

import database
from api.contract import sentences
from clock import now
from domain.errors import DomainError
from messaging import render

log = logging.getLogger(__name__)

# Status and what it means, in the order of the documentation.
MEANINGS = {
    400: ("invalid", "The request is not valid; `field` names the part at fault."),
    401: ("unauthorized", "There is no valid token in the header `Authorization: Bearer …`."),
    403: ("forbidden", "The token's permissions do not reach so far; the message names the one missing."),
    404: ("not_found", "There is nothing at this address, or nothing that belongs to your company."),
    405: ("method_not_allowed", "The address knows other methods; the header `Allow` names them."),
    409: ("conflict", "The request is valid, but the present state does not allow it."),
    413: ("too_large", "The request holds more than is taken."),
    415: ("unsupported_media_type", "The body has to be `application/json`, or a form for uploads."),
    429: (
        "too_many_requests",
        "More requests than this token has, or than an address has without a valid one; `Retry-After` tells "
        "how many seconds to wait.",
    ),
    500: ("internal", "The fault is ours, and is reported; the request had no effect."),
    503: ("unavailable", "The database does not answer; the request had no effect and may be sent again."),
}

# Refusals of the domain that are the fault of a field, {line} being a fact of the refusal; all others are
# conflicts with the present state.
_FIELD_OF = {
    "amount": "value",
    "bill_number": "bill_number",
    "bill_total_differs": "total_amount",
    "call_outcome": "outcome",
    "category": "category",
    "checkup_past": "next_checkup_date",
    "condition_date_future": "last_checkup_date",
    "condition_kind": "condition_type",
    "condition_name": "condition_name",
    "condition_severity": "severity",
    "date_future": "purchase_date",
    "dates_reversed": "start_date",
    "duration": "items.{line}.duration_days",
    "follow_up_before": "next_followup_date",
    "follow_up_far": "next_followup_date",
    "interaction_kind": "interaction_type",
    "moment_far": "reminder_date",
    "moment_past": "reminder_date",
    "monitoring_frequency": "monitoring_frequency",
    "no_moment": "reminder_date",
    "no_phone": "phone",
    "not_a_phone": "phone",
    "nothing_sold": "items",
    "price": "items.{line}.unit_price",
    "price_missing": "items.{line}.unit_price",
    "quantity": "items.{line}.quantity",
    "rx_date_future": "prescription_date",
    "rx_date_old": "prescription_date",
    "rx_no_medicines": "medicines",
    "rx_repeats": "repeats",
    "stock_days": "stock_days",
    "stock_days_needed": "stock_days",
    "total_differs": "items.{line}.total_amount",
    "unknown_medicine": "medicines.{line}.medicine_name",
}

# The same of what is not there (404), or does not go with the present state (409).
_ABOUT = {
    "already_contacted": "status",
    "already_converted": "status",
    "already_inactive": "status",
    "already_pending": "status",
    "already_yellow": "status",
    "bill_number_taken": "bill_number",
    "code_taken": "staff_code",
    "condition_known": "condition_name",
    "customer_known": "phone",
    "lead_there": "phone",
    "move": "status",
    "no_such_contact": "contact_id",
    "no_such_customer": "customer_id",
    "no_such_import": "import_id",
    "no_such_medicine": "medicine_id",
    "no_such_refill": "reminder_id",
    "no_such_script": "script_id",
    "no_such_staff": "staff_code",
    "no_such_task": "follow_up_id",
    "nobody": "phone",
    "own_manager": "manager_code",
    "phone_taken": "phone",
    "same_number": "phone",
    "several": "name",
    "stop_shared": "phone",
}

# Refusals for want of a permission, and which it is.
_PERMISSION_OF = {
    "medical_closed": "medical:read",
    "not_your_customer": "customers:all",
    "manager_needed": "customers:all",
}


class Fault(BaseModel):
    """What went wrong: `code` for programs, `message` for people."""

    model_config = ConfigDict(title="Fault")

    code: str = Field(description="Stable; what programs decide by.")
    message: str = Field(description="A sentence in English; may change.")
    field: str | None = Field(
        default=None, description="The part of the request at fault, such as `items.0.quantity`."
    )


class Error(BaseModel):
    """The shape of every answer that is not a success."""

    model_config = ConfigDict(title="Error")

    error: Fault


class Refused(Exception):
    """A refusal of the door itself, ready to be answered."""

    def __init__(
        self, status: int, message: str = "", *, code: str = "", field: str | None = None, **headers: str
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code or MEANINGS[status][0]
        self.message = message or MEANINGS[status][1]
        self.field = field
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def invalid(field: str, message: str) -> Refused:
    """A 400 that names the field at fault."""
    return Refused(400, message, field=field)


def from_validation(error: ValidationError, within: str = "") -> Refused:
    """The first fault pydantic found, without the value that was sent."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in (within, *first["loc"]) if part != "")
    message = sentences.of_fault(first["type"], first["msg"], first.get("ctx", {}))
    return Refused(400, message, field=place or None)


def response(refusal: Refused | DomainError) -> Response:
    """The answer to a refusal."""
    refused = _of_the_domain(refusal) if isinstance(refusal, DomainError) else refusal
    fault = Fault(code=refused.code, message=refused.message, field=refused.field)
    return Response(
        Error(error=fault).model_dump_json(),
        refused.status,
        refused.headers,
        mimetype="application/json",
    )


def register(app: Flask) -> None:
    """Answer every refusal and every failure of `app` in the one shape."""
    app.register_error_handler(Refused, response)
    app.register_error_handler(DomainError, response)
    app.register_error_handler(HTTPException, _of_the_server)
    for trouble in database.AWAY:
        app.register_error_handler(trouble, _database_is_away)


def _of_the_domain(refusal: DomainError) -> Refused:
    message = _sentence(refusal)
    if refusal.code == "forbidden":
        return Refused(403, message)
    if refusal.code in _PERMISSION_OF:
        return Refused(403, f"{message} Missing permission: {_PERMISSION_OF[refusal.code]}.")
    here = g.get("fields", {})
    about = here.get(refusal.code) or _ABOUT.get(refusal.code)
    if refusal.is_about_nothing:
        return Refused(404, message, code=refusal.code, field=about)
    field = here.get(refusal.code) or _FIELD_OF.get(refusal.code)
    if field is None:
        return Refused(409, message, code=refusal.code, field=about)
    return Refused(400, message, code=refusal.code, field=field.format(**refusal.facts))


def _sentence(refusal: DomainError) -> str:
    if refusal.code in sentences.REFUSALS:
        return sentences.REFUSALS[refusal.code]
    staff = g.get("staff")
    zone = staff.company.timezone if staff else "UTC"
    store = staff.company.name if staff else ""
    return render.text(f"refused_{refusal.code}", zone=zone, now=now(), store=store, **refusal.facts).body


def _of_the_server(error: HTTPException) -> Response:
    status = error.code or 500
    answer = response(Refused(status if status in MEANINGS else 400, _said_by_us(error)))
    answer.status_code = status
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _said_by_us(error: HTTPException) -> str:
    """The sentence of an `abort` of ours; werkzeug's own ones tell of its inside."""
    return str(error.description) if error.description != type(error).description else ""


def _database_is_away(error: Exception) -> Response:
    log.error("the database does not answer: %s", type(error).__name__)
    return response(Refused(503))
