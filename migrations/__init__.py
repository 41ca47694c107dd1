"""Brings the database to the newest form; each numbered file here is one step, frozen once it is released."""

from pathlib import Path

from playhouse.migrations import Runner

from database import db, is_postgresql

# Any number: it names the lock under which one process migrates while others wait.
_LOCK = 6_417_302


def run() -> list[str]:
    """Apply what is missing and return its names; safe to call from several machines at once."""
    if not is_postgresql():
        return _apply()
    with db.connection_context():
        db.execute_sql("SELECT pg_advisory_lock(%s)", (_LOCK,))
        try:
            return _apply()
        finally:
            db.execute_sql("SELECT pg_advisory_unlock(%s)", (_LOCK,))


def waiting() -> list[str]:
    """The names of the steps that the database has not been brought through yet."""
    return [step.name for step in _runner().status() if step.path is not None and not step.applied]


def _apply() -> list[str]:
    return [str(migration) for migration in _runner().up()]


def _runner() -> Runner:
    return Runner(db.obj, str(Path(__file__).parent))
