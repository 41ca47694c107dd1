"""What whoever sent a sheet is told of it (FEATURES A1–A3)."""

from typing import Any

from database import db
from domain import import_rows
from domain.import_undo import Undone
from messaging import outbox
from models import Import, ImportRow

SHOWN_ROWS = 3


def say(received: Import, template: str, time: str = "", **facts: Any) -> None:
    """Say `template` to whoever sent the sheet, once; `time` is ":1" and so on where it is said again."""
    if received.phone is None or received.staff is None:
        return
    facts |= {"name": received.staff.name, "received": received, "counts": received.counts}
    key = f"import:{received.id}:{template}{time}"
    outbox.queue(received.phone, template, key=key, language=received.staff.language, **facts)


def published(received: Import) -> None:
    """Answer with the counts; where nobody said how these people agreed, ask for that once (DESIGN §3)."""
    counts = received.counts
    asks = not received.consent_basis and counts["new"] + counts["updated"] + counts["duplicate"] > 0
    say(received, "import_done", asks=asks, problems=first_rows(received, import_rows.INVALID))
    if asks and received.phone is not None and received.phone.asking is None:
        given = {"import": str(received.serial)}
        received.phone.asking = {
            "command": "consent",
            "words": "",
            "given": given,
            "slot": "basis",
            # Asked out of the blue: a command that comes next is no answer to it.
            "free": False,
        }
        received.phone.save(only=["asking"])


def progress(received: Import, read: int, time: int) -> None:
    """Say how far a long import is, for the `time`th time."""
    with db.atomic():
        say(received, "import_progress", f":{time}", read=read)


def rejected(received: Import, address: str) -> None:
    """Send the rejected rows back as the file at `address`, to be corrected and sent again."""
    say(received, "import_rejected", media=[address])


def undone(received: Import, undone: Undone) -> None:
    """A large import is taken back."""
    say(received, "import_undone", serial=received.serial, undone=undone)


def first_rows(received: Import, outcome: str) -> list[ImportRow]:
    """The first rows that ended so, to show."""
    ended = (ImportRow.sheet == received) & (ImportRow.outcome == outcome)
    return list(ImportRow.select().where(ended).order_by(ImportRow.id).limit(SHOWN_ROWS))
