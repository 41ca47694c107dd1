"""Who calls: `Authorization: Bearer` with the token of a member of staff, stored only as a hash."""

from flask import g, request

from api.contract import limits
from api.contract.errors import Refused
from domain import staff as team
from models import Staff

_HOW = "Send your API token as: Authorization: Bearer …"


def require() -> Staff:
    """The member of staff whose token this is; raises `Refused` 401 without a valid one, 429 for an address
    that has tried too often."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = team.by_token(token.strip()) if scheme.casefold() == "bearer" and token else None
    if known is None:
        limits.check_stranger(request.remote_addr or "")
        raise Refused(401, _HOW, WWW_Authenticate="Bearer")
    g.staff = known
    return known
