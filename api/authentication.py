"""Who calls: `Authorization: Bearer` with the token of a member of staff, stored only as a hash."""

from flask import abort, g, request

from domain import staff as team
from models import Staff


def require() -> Staff:
    """The member of staff whose token this is; 401 without a valid one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = team.by_token(token.strip()) if scheme.casefold() == "bearer" and token else None
    if known is None:
        abort(401, "Send your API token as: Authorization: Bearer …")
    g.staff = known
    return known
