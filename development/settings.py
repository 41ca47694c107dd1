"""The made-up settings with which Refill Desk runs against the simulator, kept in `var/development.env`."""

import importlib
import os
import secrets

from cryptography.fernet import Fernet

import config

_SIMULATOR = "http://127.0.0.1:8001"


def complete() -> list[str]:
    """Make up what is not set and keep it for all later starts; returns the names of what was made up.

    Nothing is made up where the settings are those of a real Twilio.
    """
    if not (config.SIMULATED or _nothing_is_said_of_twilio()):
        return []
    missing = {name: value for name, value in _made_up().items() if not getattr(config, name)}
    if missing:
        _keep(missing)
        importlib.reload(config)
    return list(missing)


def _nothing_is_said_of_twilio() -> bool:
    return not (config.TWILIO_API_URL or config.TWILIO_ACCOUNT_SID or config.TWILIO_AUTH_TOKEN)


def _made_up() -> dict[str, str]:
    return {
        "TWILIO_API_URL": _SIMULATOR,
        "TWILIO_ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    }


def _keep(settings: dict[str, str]) -> None:
    config.DEVELOPMENT_FILE.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(config.DEVELOPMENT_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with open(descriptor, "a") as file:
        file.writelines(f"{name}={value}\n" for name, value in settings.items())
