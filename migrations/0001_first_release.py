"""The tables of the first release."""

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    DoubleField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from database import EncryptedField, EncryptedJSONField, MoneyField, UTCDateTimeField
from models import JSONField


def up(migrator, db):
    class ClockOffset(Model):
        seconds = DoubleField()

        class Meta:
            database = db
            table_name = "clock_offset"

    db.create_tables([ClockOffset])

    class Company(Model):
        name = CharField(unique=True)
        timezone = CharField(default="Asia/Kolkata")
        region = CharField(default="IN")
        language = CharField(default="en")
        settings = JSONField(default=dict)
        last_serial = IntegerField(default=0)
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "company"

    db.create_tables([Company])

    class ApprovedTemplate(Model):
        company = ForeignKeyField(Company)
        name = CharField()
        language = CharField()
        content_id = CharField(null=True)
        words = CharField(null=True)
        status = CharField(default="unsubmitted")
        reason = TextField(null=True)
        checked_at = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "approved_template"
            indexes = ((("company", "name", "language"), True),)

    db.create_tables([ApprovedTemplate])

    class Staff(Model):
        company = ForeignKeyField(Company)
        code = CharField()
        name = CharField()
        phone = CharField()
        role = CharField(default="support")
        is_pharmacist = BooleanField(default=False)
        manager = ForeignKeyField("self", null=True)
        max_contacts_per_day = IntegerField(default=20)
        language = CharField(default="en")
        token_hash = CharField(unique=True, null=True)
        is_active = BooleanField(default=True)

        class Meta:
            database = db
            table_name = "staff"
            indexes = ((("company", "code"), True), (("company", "phone"), False))

    db.create_tables([Staff])

    class AuditEntry(Model):
        company = ForeignKeyField(Company)
        staff = ForeignKeyField(Staff, null=True)
        action = CharField()
        subject = CharField()
        happened_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "audit_entry"

    db.create_tables([AuditEntry])

    class Phone(Model):
        company = ForeignKeyField(Company)
        address = CharField(max_length=160)
        profile_name = EncryptedField(null=True)
        language = CharField(null=True)
        reach = CharField(default="unknown")
        reach_evidence = CharField(null=True)
        reach_at = UTCDateTimeField(null=True)
        retest_at = UTCDateTimeField(null=True)
        last_inbound_at = UTCDateTimeField(null=True)
        window_closed_at = UTCDateTimeField(null=True)
        opted_out_at = UTCDateTimeField(null=True)
        reminders_allowed = BooleanField(null=True)
        promotions_allowed = BooleanField(null=True)
        paused_until = UTCDateTimeField(null=True)
        answered_by_person_until = UTCDateTimeField(null=True)
        wrong_number = BooleanField(default=False)
        speaks_as_customer = BooleanField(default=False)
        asking = EncryptedJSONField(null=True)
        about = JSONField(null=True)
        answering_until = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "phone"
            indexes = ((("company", "address"), True),)

    db.create_tables([Phone])

    class ConsentEvent(Model):
        phone = ForeignKeyField(Phone)
        category = CharField()
        granted = BooleanField()
        method = CharField()
        words = EncryptedField(null=True)
        staff = ForeignKeyField(Staff, null=True)
        happened_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "consent_event"

    db.create_tables([ConsentEvent])

    class Media(Model):
        company = ForeignKeyField(Company)
        storage_name = CharField(unique=True)
        file_name = EncryptedField()
        content_type = CharField()
        size = IntegerField()
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "media"

    db.create_tables([Media])

    class Import(Model):
        company = ForeignKeyField(Company)
        serial = IntegerField()
        staff = ForeignKeyField(Staff, null=True)
        phone = ForeignKeyField(Phone, null=True)
        media = ForeignKeyField(Media, null=True)
        source = EncryptedJSONField(null=True)
        file_name = EncryptedField(default="")
        file_hash = CharField(null=True)
        state = CharField(default="waiting")
        claimed_at = UTCDateTimeField(null=True)
        consent_basis = EncryptedField(null=True)
        columns = JSONField(null=True)
        mapping = JSONField(null=True)
        with_hidden = BooleanField(default=False)
        is_preview = BooleanField(default=False)
        counts = JSONField(default=dict)
        repairs = JSONField(default=dict)
        failure = JSONField(null=True)
        created_at = UTCDateTimeField()
        finished_at = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "import"
            indexes = ((("company", "serial"), True), (("company", "file_hash"), False), (("state",), False))

    db.create_tables([Import])

    class Customer(Model):
        company = ForeignKeyField(Company)
        serial = IntegerField()
        phone = ForeignKeyField(Phone, null=True)
        name = CharField()
        email = CharField(null=True)
        age = IntegerField(null=True)
        gender = CharField(null=True)
        address = EncryptedField(null=True)
        category = CharField(default="first_time_prescription")
        status = CharField(default="active")
        chronic_conditions = EncryptedField(null=True)
        allergies = EncryptedField(null=True)
        primary_doctor = EncryptedField(null=True)
        notes = EncryptedField(null=True)
        prefers_generic = BooleanField(default=False)
        names_medicines = BooleanField(default=False)
        assigned_to = ForeignKeyField(Staff, null=True)
        first_visit_on = DateField(null=True)
        last_visit_on = DateField(null=True)
        total_visits = IntegerField(default=0)
        total_purchases = MoneyField(default=0)
        died_on = DateField(null=True)
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "customers"
            indexes = ((("company", "serial"), True),)

    db.create_tables([Customer])

    class Contact(Model):
        company = ForeignKeyField(Company)
        serial = IntegerField()
        phone = ForeignKeyField(Phone, unique=True)
        name = CharField(default="")
        status = CharField(default="pending")
        imported_by = ForeignKeyField(Import, null=True, column_name="import_id")
        sheet_row = IntegerField(null=True)
        source = CharField(default="sheet")
        details = JSONField(null=True)
        notes = EncryptedField(null=True)
        consent_basis = EncryptedField(null=True)
        assigned_to = ForeignKeyField(Staff, null=True)
        assigned_on = DateField(null=True)
        materials_state = CharField(null=True)
        materials_sent_at = UTCDateTimeField(null=True)
        contacted_at = UTCDateTimeField(null=True)
        converted_on = DateField(null=True)
        conversion_value = MoneyField(null=True)
        converted_by = ForeignKeyField(Staff, null=True)
        customer = ForeignKeyField(Customer, null=True)
        status_reason = EncryptedField(null=True)
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "contact_records"
            indexes = (
                (("company", "serial"), True),
                (("company", "status", "assigned_to"), False),
                (("assigned_to", "assigned_on"), False),
            )

    db.create_tables([Contact])

    class FollowUp(Model):
        company = ForeignKeyField(Company)
        serial = IntegerField()
        kind = CharField(default="promise")
        contact = ForeignKeyField(Contact, null=True)
        customer = ForeignKeyField(Customer, null=True)
        phone = ForeignKeyField(Phone, null=True)
        staff = ForeignKeyField(Staff, null=True)
        due_at = UTCDateTimeField()
        notes = EncryptedField(default="")
        state = CharField(default="open")
        cause = CharField(unique=True, null=True)
        notified_at = UTCDateTimeField(null=True)
        done_at = UTCDateTimeField(null=True)
        done_by = ForeignKeyField(Staff, null=True)
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "contact_reminders"
            indexes = (
                (("company", "serial"), True),
                (("state", "due_at"), False),
                (("company", "state", "staff", "due_at"), False),
                (("phone", "state"), False),
            )

    db.create_tables([FollowUp])

    class ImportRow(Model):
        sheet = ForeignKeyField(Import, column_name="import_id", on_delete="CASCADE")
        row = IntegerField()
        sheet_name = CharField(default="")
        outcome = CharField()
        reason = CharField(null=True)
        address = CharField(null=True)
        name = CharField(default="")
        first_row = IntegerField(null=True)
        details = JSONField(null=True)
        notes = EncryptedField(null=True)
        before = EncryptedJSONField(null=True)

        class Meta:
            database = db
            table_name = "import_row"
            indexes = ((("sheet", "outcome", "id"), False),)

    db.create_tables([ImportRow])

    class InboundMessage(Model):
        provider_id = CharField(unique=True)
        from_address = CharField(max_length=160)
        to_address = CharField(max_length=160)
        body = EncryptedField(default="")
        button = CharField(null=True)
        replied_to = CharField(null=True)
        media = EncryptedJSONField(default=list)
        profile_name = EncryptedField(null=True)
        answered_by_provider = BooleanField(default=False)
        received_at = UTCDateTimeField()
        phone = ForeignKeyField(Phone, null=True)
        state = CharField(default="waiting")
        attempts = IntegerField(default=0)
        answered_at = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "inbound_message"
            indexes = ((("state", "from_address", "id"), False), (("phone", "id"), False))

    db.create_tables([InboundMessage])

    class Interaction(Model):
        company = ForeignKeyField(Company)
        contact = ForeignKeyField(Contact, null=True)
        customer = ForeignKeyField(Customer, null=True)
        staff = ForeignKeyField(Staff, null=True)
        kind = CharField()
        notes = EncryptedField(default="")
        response = EncryptedField(default="")
        next_action = EncryptedField(default="")
        call_seconds = IntegerField(null=True)
        call_outcome = CharField(null=True)
        happened_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "contact_interactions"
            indexes = ((("company", "happened_at"), False),)

    db.create_tables([Interaction])

    class Medicine(Model):
        company = ForeignKeyField(Company)
        name = CharField()
        identity = CharField()
        brand = CharField(null=True)
        generic = CharField(null=True)
        strength = CharField(null=True)
        form = CharField(null=True)
        price = MoneyField(null=True)
        is_acute = BooleanField(default=False)

        class Meta:
            database = db
            table_name = "medicine"
            indexes = ((("company", "name"), True), (("company", "identity"), False))

    db.create_tables([Medicine])

    class Sender(Model):
        company = ForeignKeyField(Company)
        address = CharField(unique=True)
        messaging_service = CharField(null=True)
        account_sid = CharField(null=True)
        auth_token = EncryptedField(null=True)
        held_until = UTCDateTimeField(null=True)
        held_reason = CharField(null=True)
        stopped_by = IntegerField(null=True)
        paced_until = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "sender"

    db.create_tables([Sender])

    class Message(Model):
        company = ForeignKeyField(Company)
        serial = IntegerField(null=True)
        phone = ForeignKeyField(Phone)
        sender = ForeignKeyField(Sender)
        key = CharField(unique=True)
        kind = CharField()
        template = CharField()
        language = CharField()
        facts = EncryptedJSONField(default=dict)
        body = EncryptedField()
        media = EncryptedJSONField(null=True)
        state = CharField(default="queued")
        reason = CharField(null=True)
        priority = IntegerField(default=5)
        send_after = UTCDateTimeField()
        useful_until = UTCDateTimeField(null=True)
        attempts = IntegerField(default=0)
        as_template = BooleanField(null=True)
        opened_conversation_at = UTCDateTimeField(null=True)
        provider_id = CharField(unique=True, null=True)
        error_code = IntegerField(null=True)
        claimed_at = UTCDateTimeField(null=True)
        sent_at = UTCDateTimeField(null=True)
        delivered_at = UTCDateTimeField(null=True)
        read_at = UTCDateTimeField(null=True)
        outcome = CharField(null=True)
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "message"
            indexes = (
                (("company", "serial"), True),
                (("sender", "state", "priority", "send_after"), False),
                (("state", "claimed_at"), False),
                (("phone", "id"), False),
                (("phone", "claimed_at"), False),
                (("outcome",), False),
                (("company", "opened_conversation_at"), False),
            )

    db.create_tables([Message])

    class Purchase(Model):
        company = ForeignKeyField(Company)
        customer = ForeignKeyField(Customer)
        staff = ForeignKeyField(Staff, null=True)
        purchased_on = DateField()
        total = MoneyField()
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "purchase"
            indexes = ((("company", "purchased_on"), False),)

    db.create_tables([Purchase])

    class PurchaseItem(Model):
        purchase = ForeignKeyField(Purchase)
        customer = ForeignKeyField(Customer)
        medicine = ForeignKeyField(Medicine)
        medicine_name = CharField()
        quantity = DecimalField(decimal_places=2)
        unit_price = MoneyField()
        total = MoneyField()
        is_generic = BooleanField(default=False)
        is_prescription = BooleanField(default=True)
        duration_days = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "customer_purchases"

    db.create_tables([PurchaseItem])

    class ReachEvent(Model):
        phone = ForeignKeyField(Phone)
        reach = CharField()
        evidence = CharField()
        happened_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "reach_event"

    db.create_tables([ReachEvent])

    class RefillReminder(Model):
        company = ForeignKeyField(Company)
        serial = IntegerField()
        customer = ForeignKeyField(Customer)
        phone = ForeignKeyField(Phone, null=True)
        purchase = ForeignKeyField(Purchase, null=True)
        medicine = ForeignKeyField(Medicine)
        supply_days = IntegerField()
        runs_out_on = DateField()
        reminder_on = DateField()
        next_step = CharField(null=True)
        next_step_on = DateField(null=True)
        state = CharField(default="open")
        ended_because = CharField(null=True)
        ended_at = UTCDateTimeField(null=True)
        answer = CharField(null=True)
        answered_at = UTCDateTimeField(null=True)
        messages_sent = IntegerField(default=0)
        whatsapp_sent_at = UTCDateTimeField(null=True)
        called_at = UTCDateTimeField(null=True)
        created_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "refill_reminders"
            indexes = (
                (("company", "serial"), True),
                (("company", "state", "reminder_on"), False),
                (("state", "next_step_on"), False),
                (("customer", "state"), False),
                (("phone", "state"), False),
            )

    db.create_tables([RefillReminder])

    class Tick(Model):
        job = CharField(unique=True)
        ran_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "tick"

    db.create_tables([Tick])

    class Undo(Model):
        company = ForeignKeyField(Company)
        staff = ForeignKeyField(Staff)
        what = CharField()
        changes = EncryptedJSONField()
        done_at = UTCDateTimeField()
        undone_at = UTCDateTimeField(null=True)

        class Meta:
            database = db
            table_name = "undo"
            indexes = ((("staff", "id"), False),)

    db.create_tables([Undo])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("undo"))
    migrator.migrate(migrator.drop_table("tick"))
    migrator.migrate(migrator.drop_table("refill_reminders"))
    migrator.migrate(migrator.drop_table("reach_event"))
    migrator.migrate(migrator.drop_table("customer_purchases"))
    migrator.migrate(migrator.drop_table("purchase"))
    migrator.migrate(migrator.drop_table("message"))
    migrator.migrate(migrator.drop_table("sender"))
    migrator.migrate(migrator.drop_table("medicine"))
    migrator.migrate(migrator.drop_table("contact_interactions"))
    migrator.migrate(migrator.drop_table("inbound_message"))
    migrator.migrate(migrator.drop_table("import_row"))
    migrator.migrate(migrator.drop_table("contact_reminders"))
    migrator.migrate(migrator.drop_table("contact_records"))
    migrator.migrate(migrator.drop_table("customers"))
    migrator.migrate(migrator.drop_table("import"))
    migrator.migrate(migrator.drop_table("media"))
    migrator.migrate(migrator.drop_table("consent_event"))
    migrator.migrate(migrator.drop_table("phone"))
    migrator.migrate(migrator.drop_table("audit_entry"))
    migrator.migrate(migrator.drop_table("staff"))
    migrator.migrate(migrator.drop_table("approved_template"))
    migrator.migrate(migrator.drop_table("company"))
    migrator.migrate(migrator.drop_table("clock_offset"))
