"""Calling the application as Twilio does: signed, with one retry when no connection was made."""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProtocolError

# Twilio's limits: five seconds to connect, fifteen for the answer.
TIMEOUT = urllib3.Timeout(connect=5, read=15)


@dataclass(frozen=True)
class Outcome:
    """How a call ended: the HTTP status, or None and the reason, after how many attempts."""

    status: int | None
    attempts: int
    error: str = ""

    @property
    def taken(self) -> bool:
        """Whether the application answered that it took the call."""
        return self.status is not None and 200 <= self.status < 300


class Webhooks:
    """Posts forms to the application in the name of one account."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._http = urllib3.PoolManager(maxsize=16, retries=False, timeout=TIMEOUT)

    def post(self, address: str, fields: Mapping[str, str]) -> Outcome:
        """Post `fields` to `address`; the signature covers the address as it stands, its query included."""
        url = address.partition("#")[0]
        headers = {
            "X-Twilio-Signature": signature(self._token, url, fields),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
            "User-Agent": "TwilioProxy/1.1",
        }
        outcome = self._attempt(url, fields, headers, 1)
        if outcome.error == "no connection":
            outcome = self._attempt(url, fields, headers, 2)
        return outcome

    def _attempt(self, url: str, fields: Mapping[str, str], headers: dict, number: int) -> Outcome:
        try:
            answer = self._http.request(
                "POST", url, fields=fields, headers=headers, encode_multipart=False, redirect=False
            )
        except (NewConnectionError, ConnectTimeoutError, ProtocolError):
            return Outcome(None, number, "no connection")
        except HTTPError as error:
            return Outcome(None, number, f"no answer ({type(error).__name__})")
        return Outcome(answer.status, number)


def signature(token: str, url: str, fields: Mapping[str, str]) -> str:
    """`X-Twilio-Signature` of a form: HMAC-SHA1 over the URL and the sorted fields (PLATFORM.md §1)."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
