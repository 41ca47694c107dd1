"""Made-up settings for a measurement, set before the project's modules read them."""

import os
import tempfile

_SETTINGS = {
    "TWILIO_API_URL": "http://127.0.0.1:9",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "token of the bench",
    "SECRET_KEY": "secret of the bench",
    "ENCRYPTION_KEYS": "dGVzdHMgb2YgdGhlIGRlc2ssIDMyIGJ5dGVzIGxvbmc=",
    "REDIS_URL": "redis://127.0.0.1:1",
}


def make() -> None:
    """From now on this process and what it starts have these settings and a folder of their own."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="refilldesk-bench-"))
