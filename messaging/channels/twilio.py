"""All that is Twilio: sending, listing, contents and their approval, media, through its own client."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

import urllib3
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError

import config
from messaging.channels import errors
from messaging.channels.base import Account, Listed, Outgoing, Received, SendError, Standing

# Seconds; Twilio's own client would wait for ever.
CONNECT_TIMEOUT = 5
READ_TIMEOUT = 15
CONNECTIONS = 160

# WhatsApp carries files of up to 16 MB (PLATFORM §8).
LARGEST_FILE = 16 * 1024 * 1024
_MEDIA_HOSTS = ("api.twilio.com", "mms.twiliocdn.com", "s3-external-1.amazonaws.com")


class MediaUnavailable(Exception):
    """The file could not be fetched; `too_large` tells the one reason a person can do something about."""

    def __init__(self, reason: str, too_large: bool = False):
        super().__init__(reason)
        self.too_large = too_large


class TwilioChannel:
    """The channel to WhatsApp and SMS; safe to use from many threads."""

    def send(self, outgoing: Outgoing) -> str:
        """Create the message at Twilio and return its SID; raises `SendError`."""
        with trouble():
            created = client(outgoing.account).messages.create(**_parameters(outgoing))
        return str(created.sid)

    def sent_to(self, account: Account, sender: str, to: str, channel: str = "whatsapp") -> list[Listed]:
        """The latest fifty from `sender` to `to`, newest first (PLATFORM §11)."""
        # Which of its numbers a messaging service took is not known beforehand.
        from_ = {} if sender.startswith("MG") else {"from_": _address(sender, channel)}
        with trouble():
            rows = client(account).messages.list(to=_address(to, channel), limit=50, page_size=50, **from_)
        return [
            Listed(row.sid, row.body or "", row.status, row.from_ or "", row.to or "", row.date_created)
            for row in rows
        ]

    def standing(self, account: Account, provider_id: str) -> Standing | None:
        """How far a message has come; None when Twilio does not know it any more. Raises `SendError`."""
        try:
            with trouble():
                row = client(account).messages(provider_id).fetch()
        except SendError as error:
            if error.code == errors.NOT_FOUND:
                return None
            raise
        return Standing(str(row.status), int(row.error_code) if row.error_code else None)

    def redact(self, account: Account, provider_id: str) -> None:
        """Empty the text Twilio keeps of a message (PLATFORM §8); one it knows no more is as good. Raises
        `SendError`."""
        try:
            with trouble():
                client(account).messages(provider_id).update(body="")
        except SendError as error:
            if error.code != errors.NOT_FOUND:
                raise

    def received(
        self, account: Account, sender: str, since: datetime, channel: str = "whatsapp"
    ) -> Iterator[Received]:
        """What was written to `sender` since then, newest first (PLATFORM §11); raises `SendError`."""
        with trouble():
            for row in client(account).messages.stream(to=_address(sender, channel), page_size=100):
                if row.date_created is None or row.date_created < since:
                    return
                if row.direction == "inbound":
                    yield Received(
                        provider_id=str(row.sid),
                        from_address=(row.from_ or "").removeprefix("whatsapp:"),
                        to_address=sender,
                        body=row.body or "",
                        media=_files_of(account, row),
                        created_at=row.date_created,
                    )


@lru_cache(maxsize=32)
def client(account: Account) -> Client:
    """Twilio's client for an account, with our time-outs and connection pool."""
    return Client(account.sid, account.token, http_client=_PooledHttpClient())


def fetch_media(account: Account, url: str) -> bytes:
    """The bytes of a file somebody sent, `url` as the webhook gave it (rules: PLATFORM §8).

    Only files of `account` at Twilio's own hosts are fetched; credentials never follow a redirect. Raises
    `MediaUnavailable`.
    """
    parts = urlsplit(url)
    if parts.hostname != "api.twilio.com" or f"/Accounts/{account.sid}/" not in parts.path:
        raise MediaUnavailable("not a file of this account")
    credentials = urllib3.make_headers(basic_auth=f"{account.sid}:{account.token}")
    response = _get(url, credentials)
    for _ in range(2):
        if response.status not in (301, 302, 303, 307):
            break
        response = _get(_redirect(url, response.headers.get("Location", "")), {})
    return _bytes(response)


def _files_of(account: Account, row: Any) -> list[dict[str, str]]:
    if int(row.num_media or 0) == 0:
        return []
    files = client(account).messages(row.sid).media.list(limit=10)
    return [
        {"url": f"https://api.twilio.com{file.uri.removesuffix('.json')}", "type": file.content_type}
        for file in files
    ]


def _redirect(url: str, location: str) -> str:
    location = urljoin(url, location)
    host = urlsplit(location).hostname or ""
    own = config.TWILIO_API_URL and location.startswith(config.TWILIO_API_URL)
    if not (own or host in _MEDIA_HOSTS or host.endswith(".twiliocdn.com")):
        raise MediaUnavailable("redirected to a strange host")
    return location


def _get(url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    try:
        return _pool().request(
            "GET", _replaced(url), headers=headers, redirect=False, preload_content=False, retries=False
        )
    except HTTPError as error:
        raise MediaUnavailable(type(error).__name__) from error


def _bytes(response: urllib3.BaseHTTPResponse) -> bytes:
    if response.status != 200:
        raise MediaUnavailable(f"answered {response.status}")
    data = response.read(LARGEST_FILE + 1)
    response.release_conn()
    if len(data) > LARGEST_FILE:
        raise MediaUnavailable("larger than 16 MB", too_large=True)
    return data


def _parameters(outgoing: Outgoing) -> dict[str, Any]:
    to = _address(outgoing.to, outgoing.channel)
    parameters: dict[str, Any] = {"to": to, "status_callback": outgoing.callback}
    if outgoing.sender.startswith("MG"):
        parameters["messaging_service_sid"] = outgoing.sender
    else:
        parameters["from_"] = _address(outgoing.sender, outgoing.channel)
    if outgoing.messaging_service:
        parameters["messaging_service_sid"] = outgoing.messaging_service
    if outgoing.content_id:
        parameters["content_sid"] = outgoing.content_id
        parameters["content_variables"] = json.dumps(outgoing.variables)
    else:
        parameters["body"] = outgoing.body
    if outgoing.within is not None:
        parameters["validity_period"] = outgoing.within
    if outgoing.media:
        parameters["media_url"] = list(outgoing.media)
    return parameters


def _address(address: str, channel: str) -> str:
    return f"whatsapp:{address}" if channel == "whatsapp" else address


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
        answer = _pool().request(
            method, _replaced(url), body=body or None, headers=headers, redirect=False, retries=False
        )
        return Response(answer.status, answer.data.decode("utf-8"), answer.headers)


def _without_nulls(value: Any) -> Any:
    # The client fills in every type a content could have with null.
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def _present(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


@lru_cache(maxsize=1)
def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(
        num_pools=8,
        maxsize=CONNECTIONS,
        timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT, read=READ_TIMEOUT),
    )


def _replaced(url: str) -> str:
    """Every Twilio host is replaced by TWILIO_API_URL where that is set."""
    if not config.TWILIO_API_URL or url.startswith(config.TWILIO_API_URL):
        return url
    stand_in = urlsplit(config.TWILIO_API_URL)
    return urlunsplit(urlsplit(url)._replace(scheme=stand_in.scheme, netloc=stand_in.netloc))
