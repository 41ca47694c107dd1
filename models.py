"""Every table: fields, indexes and one-row facts. No rules.

Times are UTC moments (`_at`) or local dates (`_on`) of the company's zone; money is whole paise in the
database and `Decimal` here. `serial` is the permanent number people type as `#12`: one sequence per company
over people, reminders, follow-ups, imports and messages.
"""

from typing import Any

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    ForeignKeyField,
    IntegerField,
    TextField,
    Value,
    fn,
)

from clock import now
from database import (
    EncryptedField,
    EncryptedJSONField,
    JSONField,
    MoneyField,
    QuantityField,
    Table,
    UTCDateTimeField,
)

# ---- people who work here --------------------------------------------------------------------


class Company(Table):
    name = CharField(unique=True)
    timezone = CharField(default="Asia/Kolkata")
    region = CharField(default="IN")
    language = CharField(default="en")
    settings = JSONField(default=dict)
    last_serial = IntegerField(default=0)
    last_bill = IntegerField(default=0)
    created_at = UTCDateTimeField(default=now)

    undoable = False

    def take_serials(self, count: int = 1) -> int:
        """Reserve `count` permanent numbers in a row and return the first."""
        changed = Company.update(last_serial=Company.last_serial + count).where(Company.id == self.id)
        [row] = changed.returning(Company.last_serial).execute()
        return row.last_serial - count + 1

    def take_bill_number(self) -> int:
        """Reserve the next number for a bill of our own; one that was taken back is not given out again."""
        changed = Company.update(last_bill=Company.last_bill + 1).where(Company.id == self.id)
        [row] = changed.returning(Company.last_bill).execute()
        return row.last_bill


class Sender(Table):
    """A number of a company, for WhatsApp or for SMS, and the Twilio account it belongs to."""

    company = ForeignKeyField(Company, backref="senders")
    # whatsapp, or sms, where the address may be a messaging service, MG…; one number may be both.
    channel = CharField(default="whatsapp")
    address = CharField()
    messaging_service = CharField(null=True)
    # Empty: the account of the settings.
    account_sid = CharField(null=True)
    auth_token = EncryptedField(null=True)
    held_until = UTCDateTimeField(null=True)
    held_reason = CharField(null=True)
    # Twilio's code for what stopped it altogether, until it is tried again.
    stopped_by = IntegerField(null=True)
    # So often in a row it was too fast.
    rests = IntegerField(default=0)
    # Machine time up to which the permitted rate is used up, by whichever process.
    paced_until = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = ((("channel", "address"), True),)


class Staff(Table):
    company = ForeignKeyField(Company, index=False, backref="staff")
    code = CharField()
    name = CharField()
    phone = CharField()
    role = CharField(default="support")
    is_pharmacist = BooleanField(default=False)
    manager = ForeignKeyField("self", null=True, index=False)
    max_contacts_per_day = IntegerField(default=20)
    language = CharField(default="en")
    token_hash = CharField(null=True, unique=True)
    is_active = BooleanField(default=True)

    class Meta:
        indexes = ((("company", "code"), True), (("company", "phone"), False))


# ---- phones --------------------------------------------------------------------


class Phone(Table):
    """An address on WhatsApp: who is behind it belongs to contacts and customers, not here."""

    company = ForeignKeyField(Company, index=False, backref="phones")
    # E.164, or WhatsApp's own id of a person who hides the number (PLATFORM §1).
    address = CharField(max_length=160)
    profile_name = EncryptedField(null=True)
    language = CharField(null=True)
    reach = CharField(default="unknown")
    reach_evidence = CharField(null=True)
    reach_at = UTCDateTimeField(null=True)
    # A number that was not on WhatsApp is tried once more from then on.
    retest_at = UTCDateTimeField(null=True)
    last_inbound_at = UTCDateTimeField(null=True)
    # Set when WhatsApp says that the 24 hours are over although we thought otherwise (63016).
    window_closed_at = UTCDateTimeField(null=True)
    opted_out_at = UTCDateTimeField(null=True)
    reminders_allowed = BooleanField(null=True)
    promotions_allowed = BooleanField(null=True)
    paused_until = UTCDateTimeField(null=True)
    # A person of the shop answers until then; the bot holds back.
    answered_by_person_until = UTCDateTimeField(null=True)
    wrong_number = BooleanField(default=False)
    speaks_as_customer = BooleanField(default=False)
    # The question that waits for an answer, and who was last spoken about.
    asking = EncryptedJSONField(null=True)
    about = JSONField(null=True)
    # Machine time until which one worker answers this phone.
    answering_until = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = ((("company", "address"), True),)


class ConsentEvent(Table):
    """The ledger: who agreed or withdrew, to what, when, how and in which words."""

    phone = ForeignKeyField(Phone, backref="consent_events")
    category = CharField()
    granted = BooleanField()
    method = CharField()
    words = EncryptedField(null=True)
    staff = ForeignKeyField(Staff, index=False, null=True)
    happened_at = UTCDateTimeField(default=now)

    undoable, revocable = False, True


class ReachEvent(Table):
    """The ledger: when we learned that a number is on WhatsApp, perhaps, or not, and from what."""

    phone = ForeignKeyField(Phone, backref="reach_events")
    reach = CharField()
    evidence = CharField()
    happened_at = UTCDateTimeField(default=now)

    undoable = False


# ---- messages --------------------------------------------------------------------


class InboundMessage(Table):
    """What somebody wrote, as the webhook took it in; the phone is found when it is answered."""

    provider_id = CharField(unique=True)
    from_address = CharField(max_length=160)
    to_address = CharField(max_length=160)
    channel = CharField(default="whatsapp")
    messaging_service = CharField(null=True)
    body = EncryptedField(default="")
    button = CharField(null=True)
    replied_to = CharField(null=True)
    media = EncryptedJSONField(default=list)
    profile_name = EncryptedField(null=True)
    # Twilio's own opt-out has confirmed this STOP or START already; a second answer would be one too many.
    answered_by_provider = BooleanField(default=False)
    opt_out_type = CharField(null=True)
    received_at = UTCDateTimeField(default=now)
    phone = ForeignKeyField(Phone, index=False, null=True, backref="inbound")
    state = CharField(default="waiting")
    attempts = IntegerField(default=0)
    answered_at = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = ((("state", "from_address", "id"), False), (("phone", "id"), False))


class Message(Table):
    """The outbox: what we say, from the moment it is decided until it is read."""

    company = ForeignKeyField(Company, index=False, backref="messages")
    # Answers have none: nobody asks why they got one, and numbers stay short to type.
    serial = IntegerField(null=True)
    phone = ForeignKeyField(Phone, index=False, backref="messages")
    sender = ForeignKeyField(Sender, index=False)
    key = CharField(unique=True)
    kind = CharField()
    template = CharField()
    language = CharField()
    facts = EncryptedJSONField(default=dict)
    body = EncryptedField()
    media = EncryptedJSONField(null=True)
    state = CharField(default="queued")
    reason = CharField(null=True)
    # Lower goes first: answers before reminders before promotions.
    priority = IntegerField(default=5)
    send_after = UTCDateTimeField(default=now)
    useful_until = UTCDateTimeField(null=True)
    attempts = IntegerField(default=0)
    # Whether WhatsApp was asked to send it as an approved template.
    as_template = BooleanField(null=True)
    # Outside the 24 hours when it went: counts against the daily limit of people.
    opened_conversation_at = UTCDateTimeField(null=True)
    provider_id = CharField(null=True, unique=True)
    error_code = IntegerField(null=True)
    claimed_at = UTCDateTimeField(null=True)
    sent_at = UTCDateTimeField(null=True)
    delivered_at = UTCDateTimeField(null=True)
    read_at = UTCDateTimeField(null=True)
    # Set while the domain has still to hear what became of it.
    outcome = CharField(null=True)
    created_at = UTCDateTimeField(default=now)

    undoable = False
    revocable = True

    class Meta:
        indexes = (
            (("company", "serial"), True),
            (("sender", "state", "priority", "send_after"), False),
            (("state", "claimed_at"), False),
            (("phone", "id"), False),
            (("phone", "claimed_at"), False),
            (("outcome",), False),
            (("company", "opened_conversation_at"), False),
        )


class ApprovedTemplate(Table):
    """What WhatsApp knows of one of our messages for writing first, in one language."""

    company = ForeignKeyField(Company, index=False, backref="approved_templates")
    name = CharField()
    language = CharField()
    content_id = CharField(null=True)
    # Fingerprint of the words that were put up, so that changed words are put up anew.
    words = CharField(null=True)
    status = CharField(default="unsubmitted")
    reason = TextField(null=True)
    checked_at = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = ((("company", "name", "language"), True),)


class Media(Table):
    """A file somebody sent; its bytes lie encrypted in the media folder under `storage_name`."""

    company = ForeignKeyField(Company, index=False)
    storage_name = CharField(unique=True)
    file_name = EncryptedField()
    content_type = CharField()
    size = IntegerField()
    created_at = UTCDateTimeField(default=now)

    undoable = False


# ---- contacts --------------------------------------------------------------------


class Import(Table):
    """One sheet of contacts or medicines: from the file to its published rows."""

    company = ForeignKeyField(Company, backref="imports")
    serial = IntegerField()
    staff = ForeignKeyField(Staff, index=False, null=True)
    phone = ForeignKeyField(Phone, index=False, null=True)
    media = ForeignKeyField(Media, index=False, null=True)
    # Where the file is to be fetched from, as the webhook named it.
    source = EncryptedJSONField(null=True)
    file_name = EncryptedField(default="")
    file_hash = CharField(null=True)
    # contacts, or medicines: the shop's catalogue.
    kind = CharField(default="contacts")
    state = CharField(default="waiting")
    claimed_at = UTCDateTimeField(null=True)
    # How often a worker began to read it.
    tries = IntegerField(default=0)
    consent_basis = EncryptedField(null=True)
    # What was taken for what, as shown; and what the person corrected, as `{field: column}`.
    columns = JSONField(null=True)
    mapping = JSONField(null=True)
    with_hidden = BooleanField(default=False)
    # Only look: counts, repairs and the first rows, nothing is published.
    is_preview = BooleanField(default=False)
    # The number of the import that this one reads again: with its columns corrected, or just `repeated`.
    replaces = IntegerField(null=True)
    # Somebody who may said yes after the look or to a held list: it is published without asking again.
    agreed = BooleanField(default=False)
    counts = JSONField(default=dict)
    repairs = JSONField(default=dict)
    failure = JSONField(null=True)
    created_at = UTCDateTimeField(default=now)
    finished_at = UTCDateTimeField(null=True)

    undoable = False

    class Meta:
        indexes = ((("company", "serial"), True), (("company", "file_hash"), False), (("state",), False))


class Customer(Table):
    company = ForeignKeyField(Company, backref="customers")
    serial = IntegerField()
    phone = ForeignKeyField(Phone, null=True, backref="customers")
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
    doctor_phone = EncryptedField(null=True)
    notes = EncryptedField(null=True)
    prefers_generic = BooleanField(default=False)
    # When and by whom they were told that the same medicine exists for less.
    educated_on = DateField(null=True)
    educated_by = ForeignKeyField(Staff, null=True, index=False)
    # Reminders may name the medicine because the customer asked for it.
    names_medicines = BooleanField(default=False)
    assigned_to = ForeignKeyField(Staff, null=True)
    first_visit_on = DateField(null=True)
    last_visit_on = DateField(null=True)
    total_visits = IntegerField(default=0)
    total_purchases = MoneyField(default=0)
    died_on = DateField(null=True)
    created_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "customers"
        indexes = ((("company", "serial"), True),)


class Contact(Table):
    """A lead from a sheet or from somebody's first message."""

    company = ForeignKeyField(Company, index=False, backref="contacts")
    serial = IntegerField()
    phone = ForeignKeyField(Phone, unique=True, backref="contacts")
    name = CharField(default="")
    status = CharField(default="pending")
    imported_by = ForeignKeyField(Import, null=True, backref="contacts", column_name="import_id")
    sheet_row = IntegerField(null=True)
    source = CharField(default="sheet")
    # Whatever else is known, by field: further phones, email, address …
    details = JSONField(null=True)
    notes = EncryptedField(null=True)
    consent_basis = EncryptedField(null=True)
    assigned_to = ForeignKeyField(Staff, index=False, null=True)
    assigned_on = DateField(null=True)
    materials_state = CharField(null=True)
    materials_sent_at = UTCDateTimeField(null=True)
    contacted_at = UTCDateTimeField(null=True)
    converted_on = DateField(null=True)
    conversion_value = MoneyField(null=True)
    converted_by = ForeignKeyField(Staff, index=False, null=True)
    customer = ForeignKeyField(Customer, index=False, null=True)
    status_reason = EncryptedField(null=True)
    created_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "contact_records"
        indexes = (
            (("company", "serial"), True),
            (("company", "status", "assigned_to"), False),
            (("company", "status", "id"), False),
        )


Contact.add_index(Contact.customer, name="contact_of_customer", where=Contact.customer.is_null(False))
Contact.add_index(
    Contact.assigned_to,
    Contact.assigned_on,
    name="contact_of_staff",
    where=Contact.assigned_to.is_null(False),
)


class ImportRow(Table):
    """What became of one row of a sheet, with what the contact was before."""

    sheet = ForeignKeyField(Import, index=False, backref="rows", on_delete="CASCADE", column_name="import_id")
    row = IntegerField()
    sheet_name = CharField(default="")
    outcome = CharField()
    reason = CharField(null=True)
    address = CharField(null=True)
    name = CharField(default="")
    # The row it repeats, by its number in the sheet.
    first_row = IntegerField(null=True)
    # Whatever else the row says, by field; what is said in free words is kept apart, it may be medical.
    details = JSONField(null=True)
    notes = EncryptedField(null=True)
    # What the contact said before it was updated.
    before = EncryptedJSONField(null=True)

    undoable = False

    class Meta:
        indexes = ((("sheet", "outcome", "id"), False),)


class Interaction(Table):
    """One talk with a contact, a customer, or someone who is both."""

    company = ForeignKeyField(Company, index=False)
    contact = ForeignKeyField(Contact, null=True, backref="interactions")
    customer = ForeignKeyField(Customer, null=True, backref="interactions")
    staff = ForeignKeyField(Staff, index=False, null=True)
    kind = CharField()
    notes = EncryptedField(default="")
    response = EncryptedField(default="")
    next_action = EncryptedField(default="")
    call_seconds = IntegerField(null=True)
    call_outcome = CharField(null=True)
    happened_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "contact_interactions"
        # Reports on calls read this index and never the table.
        indexes = ((("company", "happened_at", "kind", "staff", "call_outcome", "call_seconds"), False),)


class FollowUp(Table):
    """A thing to do for a person: a promised call, an unanswered question, somebody WhatsApp cannot reach."""

    company = ForeignKeyField(Company, index=False)
    serial = IntegerField()
    kind = CharField(default="promise")
    contact = ForeignKeyField(Contact, null=True, backref="follow_ups")
    customer = ForeignKeyField(Customer, null=True, backref="follow_ups")
    phone = ForeignKeyField(Phone, index=False, null=True)
    # Nobody's yet: everyone who may take it sees it.
    staff = ForeignKeyField(Staff, index=False, null=True)
    due_at = UTCDateTimeField()
    notes = EncryptedField(default="")
    # The picture it is about, where a customer sent one.
    media = ForeignKeyField(Media, index=False, null=True)
    state = CharField(default="open")
    # `kind:subject` of what made it, so that the same cause makes it once.
    cause = CharField(null=True, unique=True)
    notified_at = UTCDateTimeField(null=True)
    done_at = UTCDateTimeField(null=True)
    done_by = ForeignKeyField(Staff, index=False, null=True)
    created_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "contact_reminders"
        indexes = (
            (("company", "serial"), True),
            (("state", "due_at"), False),
            (("company", "state", "staff", "due_at"), False),
            (("phone", "state"), False),
        )


# ---- customers' purchases and refills --------------------------------------------------------------------


class Medicine(Table):
    """Known by composition, strength and form, so that a brand and its generic are one supply."""

    company = ForeignKeyField(Company)
    name = CharField()
    # Normalised composition, strength and form.
    identity = CharField()
    brand = CharField(null=True)
    generic = CharField(null=True)
    composition = TextField(null=True)
    strength = CharField(null=True)
    form = CharField(null=True)
    manufacturer = CharField(null=True)
    # H, H1, X or as the catalogue has it; empty: sold without a prescription.
    schedule = CharField(null=True)
    is_generic = BooleanField(default=False)
    is_acute = BooleanField(default=False)
    # Stands in the shop's catalogue; others were learned from a sale.
    is_listed = BooleanField(default=False)
    # Of one piece as last sold, and of a whole pack as the catalogue has them.
    price = MoneyField(null=True)
    pack_size = IntegerField(null=True)
    pack_price = MoneyField(null=True)
    pack_cost = MoneyField(null=True)
    # Pieces on the shelf, the sum of all movements; null: nobody ever counted.
    stock = QuantityField(null=True)

    class Meta:
        indexes = (
            (("company", "name"), True),
            (("company", "identity"), False),
            (("company", "is_listed", "stock"), False),
        )


class Purchase(Table):
    company = ForeignKeyField(Company, index=False)
    customer = ForeignKeyField(Customer, index=False, backref="purchases")
    staff = ForeignKeyField(Staff, index=False, null=True)
    purchased_on = DateField()
    # The same number again is the same bill.
    bill_number = CharField(null=True)
    total = MoneyField()
    # What the lines whose cost was known at the time cost us and were sold for.
    cost = MoneyField(default=0)
    costed_total = MoneyField(default=0)
    # As said at the counter.
    category = CharField(null=True)
    was_contacted_before = BooleanField(null=True)
    created_at = UTCDateTimeField(default=now)

    class Meta:
        indexes = (
            (("company", "purchased_on"), False),
            (("company", "bill_number"), True),
            (("customer", "purchased_on"), False),
        )


class PurchaseItem(Table):
    purchase = ForeignKeyField(Purchase, backref="items")
    customer = ForeignKeyField(Customer)
    medicine = ForeignKeyField(Medicine)
    medicine_name = CharField()
    quantity = DecimalField(max_digits=10, decimal_places=2)
    unit_price = MoneyField()
    total = MoneyField()
    # Of the whole line on the day of the sale; null where nobody knew.
    cost = MoneyField(null=True)
    # Against the brand this customer would else have bought; null where there is nothing to compare.
    saving = MoneyField(null=True)
    is_generic = BooleanField(default=False)
    is_prescription = BooleanField(default=True)
    duration_days = IntegerField(null=True)
    # How it is taken, as it was said ("1-0-1"); `domain.doses` reads it.
    dosage = CharField(null=True)
    # Reminded of although it is a short course.
    always_remind = BooleanField(default=False)

    class Meta:
        table_name = "customer_purchases"


class StockMovement(Table):
    """Pieces that came in (positive) or went out (negative), and why; their sum is `Medicine.stock`."""

    company = ForeignKeyField(Company, index=False)
    medicine = ForeignKeyField(Medicine, index=False, backref="movements")
    quantity = QuantityField()
    # sale, return, catalogue, count
    cause = CharField()
    purchase = ForeignKeyField(Purchase, null=True)
    staff = ForeignKeyField(Staff, index=False, null=True)
    happened_at = UTCDateTimeField(default=now)

    class Meta:
        indexes = ((("medicine", "happened_at"), False), (("company", "happened_at"), False))

    @classmethod
    def create_all(cls, new: Any) -> None:
        """New ones move the stock in the same breath, whoever else sells: `left` is what lies there then."""
        # In one order, so that no two who sell the same wait for each other.
        for movement in sorted(new, key=lambda row: row.medicine_id):
            movement._move(movement.quantity)
        super().create_all(new)

    def delete_instance(self, *args: Any, **kwargs: Any) -> int:
        """One that is taken back moves it back."""
        self._move(-self.quantity)
        return super().delete_instance(*args, **kwargs)

    def _move(self, quantity: Any) -> None:
        by = Value(quantity, converter=Medicine.stock.db_value)
        moved = Medicine.update(stock=fn.COALESCE(Medicine.stock, 0) + by)
        self.left = next(iter(moved.where(Medicine.id == self.medicine_id).returning(Medicine.stock))).stock


class SupplyNote(Table):
    """What we know of a supply at home besides our bills: days left as was said, or bought unbilled."""

    customer = ForeignKeyField(Customer, backref="supply_notes")
    medicine = ForeignKeyField(Medicine, index=False)
    # has, bought
    kind = CharField()
    days = IntegerField()
    noted_on = DateField()


class RefillReminder(Table):
    """One supply of one medicine and the ladder of words before and after it runs out (DESIGN §7)."""

    company = ForeignKeyField(Company, index=False)
    serial = IntegerField()
    customer = ForeignKeyField(Customer, index=False, backref="reminders")
    phone = ForeignKeyField(Phone, index=False, null=True)
    purchase = ForeignKeyField(Purchase, null=True)
    medicine = ForeignKeyField(Medicine)
    supply_days = IntegerField()
    runs_out_on = DateField()
    reminder_on = DateField()
    # The next rung of the ladder and the day it may happen; null when nothing more is to come.
    next_step = CharField(null=True)
    next_step_on = DateField(null=True)
    state = CharField(default="open")
    ended_because = CharField(null=True)
    ended_at = UTCDateTimeField(null=True)
    answer = CharField(null=True)
    answered_at = UTCDateTimeField(null=True)
    messages_sent = IntegerField(default=0)
    # Supplies in a row before this one whose reminders nobody answered.
    silent_cycles = IntegerField(default=0)
    whatsapp_sent_at = UTCDateTimeField(null=True)
    called_at = UTCDateTimeField(null=True)
    # Set aside in the shop, and until when it lies there.
    reserved_at = UTCDateTimeField(null=True)
    reserved_until = DateField(null=True)
    reserved_by = ForeignKeyField(Staff, index=False, null=True)
    created_at = UTCDateTimeField(default=now)

    class Meta:
        table_name = "refill_reminders"
        indexes = (
            (("company", "serial"), True),
            (("company", "state", "reminder_on", "id"), False),
            (("state", "next_step_on"), False),
            (("customer", "state", "runs_out_on"), False),
            (("phone", "state"), False),
        )


class RegisterEntry(Table):
    """One line of the Schedule H1 register as of the day of the sale; it outlives the customer's data."""

    company = ForeignKeyField(Company, index=False)
    purchase = ForeignKeyField(Purchase, null=True, on_delete="SET NULL")
    sold_on = DateField()
    bill_number = CharField(null=True)
    patient = EncryptedField(default="")
    address = EncryptedField(default="")
    prescriber = EncryptedField(default="")
    drug = CharField()
    quantity = DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        indexes = ((("company", "sold_on"), False),)


# ---- care --------------------------------------------------------------------


class Prescription(Table):
    """What a doctor wrote; who reads it is noted (domain/medical_access.py)."""

    company = ForeignKeyField(Company, index=False)
    serial = IntegerField()
    customer = ForeignKeyField(Customer, index=False, backref="prescriptions")
    staff = ForeignKeyField(Staff, index=False, null=True)
    doctor_name = EncryptedField(default="")
    doctor_phone = EncryptedField(default="")
    condition_name = EncryptedField(default="")
    is_chronic = BooleanField(default=False)
    prescribed_on = DateField()
    next_follow_up_on = DateField(null=True)
    # How often it may be dispensed again; null when the doctor did not say.
    repeats = IntegerField(null=True)
    notes = EncryptedField(default="")
    media = ForeignKeyField(Media, index=False, null=True)
    # active, or ended when another took its place.
    state = CharField(default="active")
    created_at = UTCDateTimeField(default=now)

    class Meta:
        indexes = ((("company", "serial"), True), (("customer", "state"), False))


class PrescribedMedicine(Table):
    prescription = ForeignKeyField(Prescription, backref="medicines", on_delete="CASCADE")
    medicine = ForeignKeyField(Medicine, null=True)
    medicine_name = EncryptedField()
    dosage = EncryptedField(default="")
    # In words, as the doctor wrote it; `domain.doses.per_day` reads it.
    frequency = EncryptedField(default="")
    duration_days = IntegerField(null=True)
    quantity = DecimalField(max_digits=10, decimal_places=2, null=True)
    instructions = EncryptedField(default="")


class MedicalCondition(Table):
    """What a customer lives with or is watched for."""

    company = ForeignKeyField(Company, index=False)
    serial = IntegerField()
    customer = ForeignKeyField(Customer, index=False, backref="conditions")
    staff = ForeignKeyField(Staff, index=False, null=True)
    name = EncryptedField()
    # chronic, acute, preventive; mild, moderate, severe or not said.
    kind = CharField(default="chronic")
    severity = CharField(null=True)
    requires_monitoring = BooleanField(default=False)
    # In words: weekly, monthly, every 3 months …
    monitoring_frequency = CharField(null=True)
    primary_medicine = EncryptedField(default="")
    diagnosed_on = DateField(null=True)
    last_checkup_on = DateField(null=True)
    next_checkup_on = DateField(null=True)
    # What was noted over time: `{"on": date, "by": staff code, "text": …}`, oldest first.
    progress = EncryptedJSONField(default=list)
    # active or resolved.
    state = CharField(default="active")
    created_at = UTCDateTimeField(default=now)

    class Meta:
        indexes = ((("company", "serial"), True), (("customer", "state"), False))


class MedicineInteraction(Table):
    """Two substances that go badly together, from the list the shop supplies."""

    company = ForeignKeyField(Company, index=False)
    # Compositions as `domain.medicines` spells them, the earlier in the alphabet first.
    one = CharField()
    other = CharField()
    severity = CharField(null=True)
    advice = TextField(default="")

    undoable = False

    class Meta:
        indexes = ((("company", "one", "other"), True),)


class CallScript(Table):
    """What to say in one call, from what was known then; stale after a day."""

    company = ForeignKeyField(Company, index=False)
    serial = IntegerField()
    customer = ForeignKeyField(Customer, backref="call_scripts")
    staff = ForeignKeyField(Staff, index=False, null=True)
    # high, medium or low.
    priority = CharField()
    language = CharField()
    content = EncryptedJSONField()
    created_at = UTCDateTimeField(default=now)
    expires_at = UTCDateTimeField()
    used_at = UTCDateTimeField(null=True)
    outcome = CharField(null=True)
    outcome_notes = EncryptedField(default="")
    was_successful = BooleanField(null=True)
    interaction = ForeignKeyField(Interaction, index=False, null=True)

    class Meta:
        indexes = (
            (("company", "serial"), True),
            (("company", "priority", "expires_at"), False),
            (("company", "created_at"), False),
        )


# ---- trust --------------------------------------------------------------------


class AuditEntry(Table):
    """Who did what, and who read what medical record."""

    company = ForeignKeyField(Company)
    staff = ForeignKeyField(Staff, index=False, null=True)
    action = CharField()
    subject = CharField()
    happened_at = UTCDateTimeField(default=now)

    undoable = False


TABLES = Table.__subclasses__()
