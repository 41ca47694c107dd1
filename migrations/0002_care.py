"""Care: prescriptions, conditions, call scripts, interactions, erased people and the change of keys."""

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from database import EncryptedField, EncryptedJSONField, UTCDateTimeField


def up(migrator, db):
    Company = _known(db, "company")
    Customer = _known(db, "customers")
    Staff = _known(db, "staff")
    Phone = _known(db, "phone")
    Medicine = _known(db, "medicine")
    Media = _known(db, "media")
    Interaction = _known(db, "contact_interactions")

    class Prescription(Model):
        company = ForeignKeyField(Company, index=False)
        serial = IntegerField()
        customer = ForeignKeyField(Customer, index=False)
        staff = ForeignKeyField(Staff, index=False, null=True)
        doctor_name = EncryptedField(default="")
        doctor_phone = EncryptedField(default="")
        condition_name = EncryptedField(default="")
        is_chronic = BooleanField(default=False)
        prescribed_on = DateField()
        next_follow_up_on = DateField(null=True)
        repeats = IntegerField(null=True)
        notes = EncryptedField(default="")
        media = ForeignKeyField(Media, index=False, null=True)
        state = CharField(default="active")
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "prescription"
            indexes = ((("company", "serial"), True), (("customer", "state"), False))

    db.create_tables([Prescription])

    class PrescribedMedicine(Model):
        prescription = ForeignKeyField(Prescription, on_delete="CASCADE")
        medicine = ForeignKeyField(Medicine, null=True)
        medicine_name = EncryptedField()
        dosage = EncryptedField(default="")
        frequency = EncryptedField(default="")
        duration_days = IntegerField(null=True)
        quantity = DecimalField(max_digits=10, decimal_places=2, null=True)
        instructions = EncryptedField(default="")

        class Meta:
            database = db
            table_name = "prescribed_medicine"

    db.create_tables([PrescribedMedicine])

    class MedicalCondition(Model):
        company = ForeignKeyField(Company, index=False)
        serial = IntegerField()
        customer = ForeignKeyField(Customer, index=False)
        staff = ForeignKeyField(Staff, index=False, null=True)
        name = EncryptedField()
        kind = CharField(default="chronic")
        severity = CharField(null=True)
        requires_monitoring = BooleanField(default=False)
        monitoring_frequency = CharField(null=True)
        primary_medicine = EncryptedField(default="")
        diagnosed_on = DateField(null=True)
        last_checkup_on = DateField(null=True)
        next_checkup_on = DateField(null=True)
        progress = EncryptedJSONField(default=list)
        state = CharField(default="active")
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "medical_condition"
            indexes = ((("company", "serial"), True), (("customer", "state"), False))

    db.create_tables([MedicalCondition])

    class MedicineInteraction(Model):
        company = ForeignKeyField(Company, index=False)
        one = CharField()
        other = CharField()
        severity = CharField(null=True)
        advice = TextField(default="")

        class Meta:
            database = db
            table_name = "medicine_interaction"
            indexes = ((("company", "one", "other"), True),)

    db.create_tables([MedicineInteraction])

    class CallScript(Model):
        company = ForeignKeyField(Company, index=False)
        serial = IntegerField()
        customer = ForeignKeyField(Customer)
        staff = ForeignKeyField(Staff, index=False, null=True)
        priority = CharField()
        language = CharField()
        content = EncryptedJSONField()
        created_at = UTCDateTimeField()
        expires_at = UTCDateTimeField()
        used_at = UTCDateTimeField(null=True)
        outcome = CharField(null=True)
        outcome_notes = EncryptedField(default="")
        was_successful = BooleanField(null=True)
        interaction = ForeignKeyField(Interaction, index=False, null=True)

        class Meta:
            database = db
            table_name = "call_script"
            indexes = (
                (("company", "serial"), True),
                (("company", "priority", "expires_at"), False),
                (("company", "used_at"), False),
            )

    db.create_tables([CallScript])

    class Erasure(Model):
        company = ForeignKeyField(Company, index=False)
        address_hash = CharField()
        erased_at = UTCDateTimeField()
        phone = ForeignKeyField(Phone, null=True)

        class Meta:
            database = db
            table_name = "erasure"
            indexes = ((("company", "address_hash"), False),)

    db.create_tables([Erasure])

    class KeyRotation(Model):
        key_name = CharField()
        subject = CharField()
        last_id = IntegerField(default=0)
        finished_at = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "key_rotation"
            indexes = ((("key_name", "subject"), True),)

    db.create_tables([KeyRotation])

    with_picture = ForeignKeyField(Media, field=Media.id, null=True, index=False)
    migrator.migrate(migrator.add_column("contact_reminders", "media_id", with_picture))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("contact_reminders", "media_id"))
    migrator.migrate(migrator.drop_table("key_rotation"))
    migrator.migrate(migrator.drop_table("erasure"))
    migrator.migrate(migrator.drop_table("call_script"))
    migrator.migrate(migrator.drop_table("medicine_interaction"))
    migrator.migrate(migrator.drop_table("medical_condition"))
    migrator.migrate(migrator.drop_table("prescribed_medicine"))
    migrator.migrate(migrator.drop_table("prescription"))


def _known(db, name):
    """A table of before, to point to."""

    class Known(Model):
        class Meta:
            database = db
            table_name = name

    return Known
