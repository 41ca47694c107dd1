"""Keeping text and files unreadable for whoever finds them: under the newest key, read under any of them."""

import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

import config

# No key of ours fits what was to be decrypted.
Unreadable = InvalidToken


def encrypt(text: str) -> str:
    """Under the newest of the configured keys."""
    return encrypt_bytes(text.encode()).decode()


def decrypt(token: str) -> str:
    """Under whichever of the configured keys fits; raises `Unreadable`."""
    return decrypt_bytes(token.encode()).decode()


def encrypt_bytes(data: bytes) -> bytes:
    """The same for what a file holds."""
    return _cipher(tuple(config.ENCRYPTION_KEYS)).encrypt(data)


def decrypt_bytes(token: bytes) -> bytes:
    """The same for what a file holds; raises `Unreadable`."""
    return _cipher(tuple(config.ENCRYPTION_KEYS)).decrypt(token)


def renewed(token: str) -> str | None:
    """The same under the newest key; None for what is already, and unlooked at where there is but one key.
    Raises `Unreadable`."""
    new = renewed_bytes(token.encode()) if len(config.ENCRYPTION_KEYS) > 1 else None
    return new.decode() if new is not None else None


def renewed_bytes(token: bytes) -> bytes | None:
    """The same for what a file holds, which is opened in any case."""
    try:
        _cipher((config.ENCRYPTION_KEYS[0],)).decrypt(token)
    except InvalidToken:
        return _cipher(tuple(config.ENCRYPTION_KEYS)).rotate(token)
    return None


def key_name() -> str:
    """What the newest key is known by, which does not tell the key."""
    return hashlib.sha256(config.ENCRYPTION_KEYS[0].encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
