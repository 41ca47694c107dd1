"""What keeps `flask check` from reading what is stored: without it nothing else can be looked at."""

import migrations
from database import AWAY, db, is_postgresql
from domain import key_rotation


def faults() -> list[str]:
    """In words, each with what to do about it."""
    try:
        with db.connection_context():
            waiting = migrations.waiting()
            unreadable = [] if waiting else key_rotation.unreadable()
    except AWAY as trouble:
        kind = "PostgreSQL" if is_postgresql() else "SQLite"
        return [f"{kind} does not answer at DATABASE_URL: {str(trouble).strip().splitlines()[0]}"]
    if waiting:
        return [f"The database is not of this version yet, {len(waiting)} to go: flask --app app migrate"]
    if unreadable:
        return [
            f"No key of ENCRYPTION_KEYS opens what is stored in {', '.join(unreadable)}: "
            "put the key it was written with behind the newest."
        ]
    return []
