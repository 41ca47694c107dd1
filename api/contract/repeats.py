"""A request sent twice with one `Idempotency-Key` acts once and is answered the same."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Annotated

from flask import Response, request
from pydantic import Field, TypeAdapter, ValidationError

import config
from api.contract import errors
from api.contract.errors import Refused
from api.contract.types import Caller
from database import db
from desk_tables import AnsweredRequest
from domain.errors import DomainError
from models import Company
from statements import lock_in_order

HEADER = "Idempotency-Key"
Key = Annotated[
    str,
    Field(
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="Any text of your own for this request, such as the bill's number or a UUID. Sent again "
        "with the same key within three days, it has no second effect and gets the first answer.",
    ),
]
_KEY = TypeAdapter(Key)
_KEPT = ("Location", "Link", "Content-Type")


def once(caller: Caller, act: Callable[[], Response]) -> Response:
    """What `act` answers, in one transaction; the first answer if this request was sent before.

    Two at the same time wait for each other at the unique key. A refusal undoes what `act` did and is kept as
    an answer; a failure keeps nothing, so that the request may be sent again.
    """
    key = _key()
    with db.atomic():
        # What a company writes goes one after the other: two of the same moment would not know of each other.
        lock_in_order(Company, [caller.company.id])
        if key is None:
            return act()
        if not _claim(caller, key):
            return _first_answer(caller, key)
        answer = _acted(act)
        _keep(caller, key, answer)
        return answer


def _key() -> str | None:
    said = request.headers.get(HEADER)
    if said is None:
        return None
    try:
        return str(_KEY.validate_python(said))
    except ValidationError as error:
        raise errors.from_validation(error, within=HEADER) from None


def _claim(caller: Caller, key: str) -> bool:
    claimed = AnsweredRequest.insert(
        staff=caller.staff, key=key, fingerprint=_fingerprint(), status=0, body="", created_at=caller.at
    )
    return bool(claimed.on_conflict_ignore().as_rowcount().execute())


def _acted(act: Callable[[], Response]) -> Response:
    try:
        with db.atomic():
            return act()
    except (Refused, DomainError) as refusal:
        return errors.response(refusal)


def _keep(caller: Caller, key: str, answer: Response) -> None:
    row = AnsweredRequest.get(AnsweredRequest.staff == caller.staff, AnsweredRequest.key == key)
    row.status, row.body = answer.status_code, answer.get_data(as_text=True)
    row.headers = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
    row.save()


def _first_answer(caller: Caller, key: str) -> Response:
    first = AnsweredRequest.get(AnsweredRequest.staff == caller.staff, AnsweredRequest.key == key)
    if not hmac.compare_digest(first.fingerprint, _fingerprint()):
        raise Refused(
            409, "This Idempotency-Key was sent before with another request.", code="key_reused", field=HEADER
        )
    return Response(first.body, first.status, {**first.headers, "Idempotent-Replayed": "true"})


def _fingerprint() -> str:
    """Of method, address and content; keyed, because a short body could be guessed."""
    mark = hmac.new(config.SECRET_KEY.encode(), digestmod=hashlib.sha256)
    mark.update(f"{request.method} {request.full_path}\n".encode())
    if request.mimetype == "multipart/form-data":
        # The boundary differs each time, and so would the raw body.
        mark.update(json.dumps(sorted(request.form.items(multi=True))).encode())
        for name, file in sorted(request.files.items(multi=True)):
            mark.update(f"{name}\n{file.filename}\n".encode())
            mark.update(file.read())
            file.seek(0)
    else:
        mark.update(request.get_data())
    return mark.hexdigest()
