"""Who may call Twilio's interface: the account by its sid and token, as HTTP Basic."""

import hmac

from flask import g, request

from simulator.refusals import Refusal, not_found


def require() -> None:
    """Let only the account in; raises Twilio's 401, or 404 for the resources of another account."""
    given = request.authorization
    sid = (given.username if given else "") or ""
    token = (given.password if given else "") or ""
    fits = hmac.compare_digest(f"{sid}:{token}".encode(), f"{g.world.account}:{g.world.token}".encode())
    if not fits:
        raise Refusal(401, 20003, "Authenticate")
    if (request.view_args or {}).get("account", sid) != sid:
        raise not_found(request.path)
