"""Every setting, read from the environment once; `check()` names all that is missing or wrong.

A setting `NAME` may also be kept in a file named by `NAME_FILE`, as secret stores do. For a simulated Twilio
only, what the environment leaves open is taken from `var/development.env`, which `make run` writes.
"""

import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent


class Misconfigured(SystemExit):
    """The settings do not allow a start: the process ends with the message, which names each fault."""


def is_loopback(url: str) -> bool:
    """Whether the host of `url` is this machine and nothing else."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _from_environment(name: str) -> str:
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text().strip()
    return os.environ.get(name, "").strip()


# Where the database, the spool and stored files live when nothing else is said.
DATA_DIR = Path(_from_environment("DATA_DIR") or ROOT / "var").resolve()
DEVELOPMENT_FILE = DATA_DIR / "development.env"


def _twilio_is_simulated() -> bool:
    url = _from_environment("TWILIO_API_URL")
    if url:
        return is_loopback(url)
    return not (_from_environment("TWILIO_ACCOUNT_SID") or _from_environment("TWILIO_AUTH_TOKEN"))


def _development_settings() -> dict[str, str]:
    if not (_twilio_is_simulated() and DEVELOPMENT_FILE.exists()):
        return {}
    lines = DEVELOPMENT_FILE.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


_DEVELOPMENT = _development_settings()


def _setting(name: str, default: str = "") -> str:
    return _from_environment(name) or _DEVELOPMENT.get(name, "") or default


# Where we listen, and the address by which Twilio calls us (signatures are computed over it).
_PORT = _setting("PORT", "8000")
PORT = int(_PORT) if _PORT.isdecimal() else 8000
PUBLIC_URL = _setting("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")

# sqlite:///relative, sqlite:////absolute or postgresql://user:password@host/name
DATABASE_URL = _setting("DATABASE_URL", f"sqlite:///{DATA_DIR / 'refilldesk.db'}")

# Unset: a Valkey server of our own on a socket in the data folder (workers/valkey.py).
REDIS_URL = _setting("REDIS_URL")

TWILIO_ACCOUNT_SID = _setting("TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = _setting("TWILIO_AUTH_TOKEN")
# The other token while tokens are being rotated; signatures made with either are accepted.
TWILIO_AUTH_TOKEN_SECONDARY = _setting("TWILIO_AUTH_TOKEN_SECONDARY")
# Unset: Twilio itself. Set: every Twilio host is replaced by this address.
TWILIO_API_URL = _setting("TWILIO_API_URL").rstrip("/")

# A folder, new with each start of the web server, in which its processes count together (prometheus_client
# reads this, too); unset: each counts for itself.
METRICS_DIR = _from_environment("PROMETHEUS_MULTIPROC_DIR")

# Signs media addresses and API tokens.
SECRET_KEY = _setting("SECRET_KEY")
# Fernet keys, comma-separated, newest first; older ones still decrypt.
ENCRYPTION_KEYS = [key for key in _setting("ENCRYPTION_KEYS").split(",") if key]

# Origins whose web pages may call the API from a browser, exactly as browsers name them, comma-separated.
API_ORIGINS = [origin.strip() for origin in _setting("API_ORIGINS").split(",") if origin.strip()]

# The page and the stand-in for Twilio that `make run` starts.
SIMULATED = is_loopback(TWILIO_API_URL) if TWILIO_API_URL else False


def check() -> None:
    """Raise `Misconfigured` with one message that names everything missing or wrong."""
    needed = {
        "TWILIO_ACCOUNT_SID": TWILIO_ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": TWILIO_AUTH_TOKEN,
        "SECRET_KEY": SECRET_KEY,
        "ENCRYPTION_KEYS": ENCRYPTION_KEYS,
    }
    faults = [f"{name} is not set" for name, value in needed.items() if not value]
    faults += _wrong_addresses() + _wrong_origins() + _wrong_keys()
    if faults:
        raise Misconfigured("Refill Desk cannot start: " + "; ".join(faults) + ".")


def _wrong_addresses() -> list[str]:
    faults = []
    if not _PORT.isdecimal():
        faults.append("PORT must be a number")
    if not DATABASE_URL.startswith(("sqlite:", "postgresql:", "postgres:")):
        faults.append("DATABASE_URL must begin with sqlite:// or postgresql://")
    if not SIMULATED and not PUBLIC_URL.startswith("https://"):
        faults.append("PUBLIC_URL must be the https:// address by which Twilio reaches us")
    return faults


# No path, no pattern and no "null": what is let in is named in full.
_ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.IGNORECASE)


def _wrong_origins() -> list[str]:
    wrong = [
        origin
        for origin in API_ORIGINS
        if not _ORIGIN.fullmatch(origin) or not (origin.startswith("https://") or is_loopback(origin))
    ]
    if not wrong:
        return []
    return [f"API_ORIGINS must be exact https:// origins such as https://billing.example, not {wrong[0]}"]


def _wrong_keys() -> list[str]:
    from cryptography.fernet import Fernet

    try:
        for key in ENCRYPTION_KEYS:
            Fernet(key)
    except ValueError:
        return ["ENCRYPTION_KEYS must be Fernet keys (44 characters of URL-safe base64), newest first"]
    return []
