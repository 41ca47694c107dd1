"""Tables the desk keeps for its own running: what can be taken back or was erased, keys, ticks, programs."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from clock import now
from database import EncryptedField, EncryptedJSONField, JSONField, Table, UTCDateTimeField
from models import Company, Phone, Staff


class AnsweredRequest(Table):
    """What a program was answered to a request with an Idempotency-Key, so that a repetition does nothing."""

    staff = ForeignKeyField(Staff, index=False)
    key = CharField()
    # Of method, address and content: the same key may not come with another request.
    fingerprint = CharField()
    # 0 while the first one is at work, which nobody else sees.
    status = IntegerField()
    headers = JSONField(default=dict)
    body = EncryptedField()
    created_at = UTCDateTimeField(default=now)

    undoable = False

    class Meta:
        indexes = ((("staff", "key"), True), (("created_at",), False))


class Webhook(Table):
    """A program of somebody else's that wants to hear of what happens here."""

    company = ForeignKeyField(Company, index=False)
    name = CharField()
    url = EncryptedField()
    secret = EncryptedField()
    # Names of events, as in docs/api.md.
    events = JSONField()
    allows_private = BooleanField(default=False)
    is_active = BooleanField(default=True)
    created_at = UTCDateTimeField(default=now)

    undoable = False

    class Meta:
        indexes = ((("company", "name"), True),)


class WebhookCall(Table):
    """One event on its way to one webhook, written in the transaction of what happened."""

    webhook = ForeignKeyField(Webhook, index=False, backref="calls", on_delete="CASCADE")
    # The same for all webhooks that hear of the event, and at every try.
    event_id = CharField()
    event = CharField()
    body = EncryptedField()
    state = CharField(default="waiting")
    attempts = IntegerField(default=0)
    try_after = UTCDateTimeField()
    claimed_at = UTCDateTimeField(null=True)
    # The last answer's status, or the reason why there was none.
    outcome = CharField(null=True)
    created_at = UTCDateTimeField(default=now)
    ended_at = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = (
            (("webhook", "event_id"), True),
            (("state", "try_after"), False),
            (("webhook", "id"), False),
        )


class Undo(Table):
    """What one turn of a member of staff changed, so that it can be taken back for ten minutes."""

    company = ForeignKeyField(Company, index=False)
    staff = ForeignKeyField(Staff, index=False)
    what = CharField()
    changes = EncryptedJSONField()
    done_at = UTCDateTimeField(default=now)
    undone_at = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = ((("staff", "id"), False),)


class Erasure(Table):
    """Somebody whose data was erased: a keyed hash of the number, so that it is never written to first."""

    company = ForeignKeyField(Company, index=False)
    address_hash = CharField()
    erased_at = UTCDateTimeField(default=now)
    # Until what was just said to it has gone.
    phone = ForeignKeyField(Phone, null=True)

    undoable = False

    class Meta:
        indexes = ((("company", "address_hash"), False),)


class KeyRotation(Table):
    """How far one table has come to be encrypted under the newest key, so that the work can go on."""

    # A fingerprint of the key, never the key.
    key_name = CharField()
    subject = CharField()
    last_id = IntegerField(default=0)
    finished_at = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = ((("key_name", "subject"), True),)


class Tick(Table):
    """When a line of the schedule last ran, and up to which row it has come."""

    job = CharField(unique=True)
    ran_at = UTCDateTimeField()
    reached = IntegerField(default=0)

    undoable = False


TABLES: tuple[type[Table], ...] = (AnsweredRequest, Webhook, WebhookCall, Undo, Erasure, KeyRotation, Tick)
