"""Where files lie: encrypted, in a folder of the data directory, under names that say nothing."""

import secrets
from pathlib import Path

import config
import encryption


def keep(data: bytes) -> str:
    """Store `data` encrypted and return the name to find it by."""
    name = secrets.token_hex(16)
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".new").write_bytes(encryption.encrypt_bytes(data))
    path.with_suffix(".new").rename(path)
    return name


def read(name: str) -> bytes:
    """The bytes stored under `name`; raises `FileNotFoundError` for what was pruned."""
    return encryption.decrypt_bytes(_path(name).read_bytes())


def forget(name: str) -> None:
    """Delete what is stored under `name`, if it is still there."""
    _path(name).unlink(missing_ok=True)


def names() -> list[str]:
    """What all files are stored under."""
    return sorted(path.name for path in (config.DATA_DIR / "media").glob("??/*") if not path.suffix)


def renew(name: str) -> bool:
    """Encrypt the file anew where it is not under the newest key yet; False where it is, or is gone."""
    path = _path(name)
    try:
        token = path.read_bytes()
    except FileNotFoundError:
        return False
    new = encryption.renewed_bytes(token)
    if new is not None:
        path.with_suffix(".new").write_bytes(new)
        path.with_suffix(".new").rename(path)
    return new is not None


def _path(name: str) -> Path:
    return config.DATA_DIR / "media" / name[:2] / name
