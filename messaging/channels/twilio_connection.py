"""How we speak to Twilio: its own client with our connections and time-outs, and its troubles as ours."""

import json
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import urllib3
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

import config
from messaging.channels import errors
from messaging.channels.base import Account, SendError

# Seconds; Twilio's own client would wait for ever.
CONNECT_TIMEOUT = 5
READ_TIMEOUT = 15
CONNECTIONS = 160


@lru_cache(maxsize=32)
def client(account: Account) -> Client:
    """Twilio's client for an account, with our time-outs and connection pool."""
    return Client(account.sid, account.token, http_client=_PooledHttpClient())


class trouble:
    """Turns the client's exceptions into `SendError`; only what may have been taken is uncertain."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, TwilioException):
            status = _status(error)
            # 429 is never processed; a 5xx may have been (PLATFORM §11).
            raise SendError(
                f"Twilio answered {status}" if status else "Twilio's answer could not be read",
                _code(getattr(error, "code", None), status),
                uncertain=status >= 500,
            ) from error
        if isinstance(error, MaxRetryError) and isinstance(error.reason, NewConnectionError):
            raise SendError("could not connect", 63010) from error
        if isinstance(error, (NewConnectionError, urllib3.exceptions.ConnectTimeoutError)):
            raise SendError("could not connect", 63010) from error
        if isinstance(error, HTTPError):
            raise SendError(type(error).__name__, uncertain=True) from error


@lru_cache(maxsize=1)
def pool() -> urllib3.PoolManager:
    """The connections to Twilio of this process, with time-outs."""
    return urllib3.PoolManager(
        num_pools=8,
        maxsize=CONNECTIONS,
        timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT, read=READ_TIMEOUT),
    )


def replaced(url: str) -> str:
    """Every Twilio host is replaced by TWILIO_API_URL where that is set."""
    if not config.TWILIO_API_URL or url.startswith(config.TWILIO_API_URL):
        return url
    stand_in = urlsplit(config.TWILIO_API_URL)
    return urlunsplit(urlsplit(url)._replace(scheme=stand_in.scheme, netloc=stand_in.netloc))


def _status(error: TwilioException) -> int:
    """The HTTP status; where a list could not be read, it is that of the answer beside the words."""
    answers = [each.status_code for each in error.args if isinstance(each, Response)]
    told = getattr(error, "status", None) or getattr(error, "status_code", None) or next(iter(answers), 0)
    return int(told)


def _code(code: int | None, status: int) -> int | None:
    """Twilio's code; where it is none of our table, that of what the status says, which is never mistaken."""
    if code in errors.MEANINGS:
        return code
    return {401: 20003, 403: 20003, 404: errors.NOT_FOUND, 429: 20429}.get(status) or code


class _PooledHttpClient(HttpClient):
    """Half the processor time of the client's own, which also has neither time-out nor enough connections."""

    def __init__(self) -> None:
        super().__init__(None, False, None)

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        headers = dict(headers or {})
        if auth:
            headers |= urllib3.make_headers(basic_auth=":".join(auth))
        is_json = headers.get("Content-Type") == "application/json"
        body = json.dumps(_without_nulls(data)) if is_json else urlencode(_present(data or {}), doseq=True)
        if params:
            url += "?" + urlencode(_present(params), doseq=True)
        answer = pool().request(
            method, replaced(url), body=body or None, headers=headers, redirect=False, retries=False
        )
        return Response(answer.status, answer.data.decode("utf-8"), answer.headers)


def _without_nulls(value: Any) -> Any:
    # The client fills in every type a content could have with null.
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def _present(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
