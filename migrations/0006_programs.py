"""Programs: answers that are repeated, and webhooks with what is on its way to them."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, Model

from database import EncryptedField, UTCDateTimeField
from models import JSONField


def up(migrator, db):
    Company = _known(db, "company")
    Staff = _known(db, "staff")

    class AnsweredRequest(Model):
        staff = ForeignKeyField(Staff, index=False)
        key = CharField()
        fingerprint = CharField()
        status = IntegerField()
        headers = JSONField(default=dict)
        body = EncryptedField()
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "answered_request"
            indexes = ((("staff", "key"), True), (("created_at",), False))

    db.create_tables([AnsweredRequest])

    class Webhook(Model):
        company = ForeignKeyField(Company, index=False)
        name = CharField()
        url = EncryptedField()
        secret = EncryptedField()
        events = JSONField()
        allows_private = BooleanField(default=False)
        is_active = BooleanField(default=True)
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "webhook"
            indexes = ((("company", "name"), True),)

    db.create_tables([Webhook])

    class WebhookCall(Model):
        webhook = ForeignKeyField(Webhook, index=False, on_delete="CASCADE")
        event_id = CharField()
        event = CharField()
        body = EncryptedField()
        state = CharField(default="waiting")
        attempts = IntegerField(default=0)
        try_after = UTCDateTimeField()
        claimed_at = UTCDateTimeField(null=True)
        outcome = CharField(null=True)
        created_at = UTCDateTimeField()
        ended_at = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "webhook_call"
            indexes = (
                (("webhook", "event_id"), True),
                (("state", "try_after"), False),
                (("webhook", "id"), False),
            )

    db.create_tables([WebhookCall])
    migrator.migrate(migrator.add_column("customers", "doctor_phone", EncryptedField(null=True)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("customers", "doctor_phone"))
    for name in ("webhook_call", "webhook", "answered_request"):
        migrator.migrate(migrator.drop_table(name))


def _known(db, name):
    """A table of before, to point to."""

    class Known(Model):
        class Meta:
            database = db
            table_name = name

    return Known
