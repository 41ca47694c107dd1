"""Files that travel with messages: kept in memory, handed out as Twilio hands them out."""

import mimetypes
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

import urllib3

import config
from simulator.messages import Message, new_sid
from simulator.refusals import not_found

LARGEST = 16 * 1024 * 1024
# Twilio's short-lived addresses live four hours.
ADDRESS_LIVES = 4 * 3600
# Python's table depends on the machine's; these must not.
OFFICE = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".vcf": "text/vcard",
    ".ogg": "audio/ogg",
    ".webp": "image/webp",
}


@dataclass(frozen=True)
class File:
    """One file of one message."""

    sid: str
    message_sid: str
    name: str
    content_type: str
    content: bytes
    created_at: datetime


class Files:
    """All files by sid, and the short-lived addresses under which anybody may fetch one."""

    def __init__(self) -> None:
        self.by_sid: dict[str, File] = {}
        self._lent: dict[str, tuple[str, float]] = {}
        self._http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(10))

    def keep(self, message: Message, name: str, content_type: str, content: bytes) -> File:
        """Keep a file with its message."""
        file = File(new_sid("ME"), message.sid, name, content_type, content, message.created_at)
        self.by_sid[file.sid] = file
        message.media.append(file.sid)
        return file

    def get(self, message_sid: str, sid: str) -> File:
        """The file of this message; raises Twilio's 404."""
        file = self.by_sid.get(sid)
        if file is None or file.message_sid != message_sid:
            raise not_found(f"/Messages/{message_sid}/Media/{sid}")
        return file

    def of(self, message: Message) -> list[File]:
        """The files of a message that were not deleted."""
        return [self.by_sid[sid] for sid in message.media if sid in self.by_sid]

    def lend(self, file: File) -> str:
        """A path under which the file can be fetched without credentials for a few hours."""
        token = secrets.token_urlsafe(24)
        self._lent[token] = (file.sid, time.monotonic() + ADDRESS_LIVES)
        return f"/media/{token}"

    def borrowed(self, token: str) -> File:
        """The file lent under `token`; raises 404 when the address is unknown or has run out."""
        sid, until = self._lent.get(token, ("", 0.0))
        if time.monotonic() > until or sid not in self.by_sid:
            raise not_found(f"/media/{token}")
        return self.by_sid[sid]

    def fetch(self, message: Message) -> bool:
        """Fetch what a message to a phone carries, from this machine only; whether all of it came."""
        return all(self._fetch_one(message, url) for url in message.media_urls)

    def _fetch_one(self, message: Message, url: str) -> bool:
        if not (config.is_loopback(url) or url.startswith(config.PUBLIC_URL)):
            return False
        try:
            answer = self._http.request("GET", url)
        except urllib3.exceptions.HTTPError:
            return False
        if answer.status != 200 or not 0 < len(answer.data) <= LARGEST:
            return False
        content_type = answer.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
        self.keep(message, url.rsplit("/", 1)[-1].partition("?")[0], content_type, answer.data)
        return True


def resource(file: File, account: str) -> dict:
    """The Media resource, shaped as Twilio's."""
    created = format_datetime(file.created_at)
    return {
        "sid": file.sid,
        "account_sid": account,
        "parent_sid": file.message_sid,
        "content_type": file.content_type,
        "date_created": created,
        "date_updated": created,
        "uri": f"/2010-04-01/Accounts/{account}/Messages/{file.message_sid}/Media/{file.sid}.json",
    }


def content_type_of(name: str, said: str = "") -> str:
    """The type of a file by its name, else what the browser `said`."""
    ending = "." + name.rsplit(".", 1)[-1].lower()
    return OFFICE.get(ending) or mimetypes.types_map.get(ending) or said or "application/octet-stream"


def kind_of(content_type: str) -> str:
    """WhatsApp's `MessageType` for a file: image, audio, video or document."""
    kind = content_type.partition("/")[0]
    return kind if kind in ("image", "audio", "video") else "document"
