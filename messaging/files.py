"""Files we send: kept encrypted, fetched by Twilio once from an address that is
signed and soon ends (PLATFORM §8)."""

from urllib.parse import quote

from itsdangerous import BadData, URLSafeTimedSerializer

import config
import storage
from models import Company, Media

# Seconds an address works: Twilio fetches within moments, a held message goes a little later.
LASTS = 24 * 3600


def keep(company: Company, data: bytes, file_name: str, content_type: str) -> Media:
    """Store a file that is to be sent."""
    return Media.create(
        company=company,
        storage_name=storage.keep(data),
        file_name=file_name,
        content_type=content_type,
        size=len(data),
    )


def address(media: Media) -> str:
    """Where Twilio may fetch the file; the phone shows the last part of it as the file's name."""
    name = quote(media.file_name.replace("/", "_"), safe="") or "file"
    return f"{config.PUBLIC_URL}/media/{_signer().dumps(media.id)}/{name}"


def behind(token: str) -> Media | None:
    """The file an address stands for; None for one that is not ours or has ended."""
    try:
        return Media.get_or_none(Media.id == _signer().loads(token, max_age=LASTS))
    except BadData:
        return None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.SECRET_KEY, salt="media")
