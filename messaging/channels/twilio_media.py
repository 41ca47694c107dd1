"""Files that people send, fetched from where Twilio keeps them (PLATFORM §8)."""

from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

import config
from messaging.channels.base import Account
from messaging.channels.twilio_connection import pool, replaced

# WhatsApp carries files of up to 16 MB (PLATFORM §8).
LARGEST_FILE = 16 * 1024 * 1024
_MEDIA_HOSTS = ("api.twilio.com", "mms.twiliocdn.com", "s3-external-1.amazonaws.com")


class MediaUnavailable(Exception):
    """The file could not be fetched; `too_large` tells the one reason a person can do something about."""

    def __init__(self, reason: str, too_large: bool = False):
        super().__init__(reason)
        self.too_large = too_large


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


def _redirect(url: str, location: str) -> str:
    location = urljoin(url, location)
    host = urlsplit(location).hostname or ""
    own = config.TWILIO_API_URL and location.startswith(config.TWILIO_API_URL)
    if not (own or host in _MEDIA_HOSTS or host.endswith(".twiliocdn.com")):
        raise MediaUnavailable("redirected to a strange host")
    return location


def _get(url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    try:
        return pool().request(
            "GET", replaced(url), headers=headers, redirect=False, preload_content=False, retries=False
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
