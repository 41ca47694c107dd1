"""Tables behind the reports: covered days, made from purchases; trials; pictures asked for; and the indexes
by which reports find in other tables the few rows they are about."""

from peewee import SQL, CharField, DateField, Field, ForeignKeyField, IntegerField

from clock import now
from database import DayField, Table, UTCDateTimeField
from models import (
    CallScript,
    Company,
    Contact,
    Customer,
    FollowUp,
    MedicalCondition,
    Medicine,
    Message,
    Phone,
    Prescription,
    RefillReminder,
    Staff,
)


class Therapy(Table):
    """One customer's taking of one medicine, brand or generic: made from purchases (domain/coverage.py)."""

    company = ForeignKeyField(Company)
    customer = ForeignKeyField(Customer, index=False, on_delete="CASCADE")
    identity = CharField()
    # Composition and strength, by which reports add up.
    drug = CharField()
    # What was bought last.
    medicine = ForeignKeyField(Medicine, index=False, on_delete="CASCADE")
    first_on = DayField()
    last_on = DayField()
    runs_out_on = DayField()
    fills = IntegerField()
    longest_fill = IntegerField()
    # Nobody asks any more whether these days are covered: another dose was begun, or the customer died.
    until_on = DayField(null=True)

    undoable = False

    class Meta:
        indexes = ((("customer", "identity"), True),)


class CoveredSpan(Table):
    """The days one fill covers, `ends_on` not included; what was left over when it was bought comes first."""

    therapy = ForeignKeyField(Therapy, index=False, on_delete="CASCADE")
    ends_on = DayField()
    filled_on = DayField()
    begins_on = DayField()
    days = IntegerField()
    # Days without any before it was bought.
    late_days = IntegerField()

    undoable = False

    class Meta:
        # Reports read this index and never the table.
        indexes = ((("therapy", "ends_on", "filled_on", "begins_on", "days", "late_days"), False),)


class CoveredMedicine(Table):
    """Under which identity the covered days of a medicine's buyers were reckoned last."""

    medicine = ForeignKeyField(Medicine, unique=True, on_delete="CASCADE")
    identity = CharField()

    undoable = False


class TrialCycle(Table):
    """While some are held out: whether the messages of one supply go, from its first one on."""

    company = ForeignKeyField(Company, index=False)
    reminder = ForeignKeyField(RefillReminder, unique=True, on_delete="CASCADE")
    phone = ForeignKeyField(Phone, index=False, on_delete="CASCADE")
    # reminded or held_out
    arm = CharField()
    began_on = DateField()

    undoable = False

    class Meta:
        indexes = ((("company", "began_on"), False),)


class ReportPicture(Table):
    """A report somebody waits to see as a picture; `days` back from then, null for all."""

    company = ForeignKeyField(Company, index=False)
    staff = ForeignKeyField(Staff, index=False)
    phone = ForeignKeyField(Phone, index=False)
    name = CharField()
    days = IntegerField(null=True)
    state = CharField(default="waiting")
    asked_at = UTCDateTimeField(default=now)

    undoable = False

    class Meta:
        indexes = ((("state",), False),)


TABLES = (Therapy, CoveredSpan, CoveredMedicine, TrialCycle, ReportPicture)


# ---- indexes of other tables --------------------------------------------------------------------

# Columns, and of which rows. What happens to few rows, or once in the life of a row, costs whoever writes all
# others nothing. Words stand as in `statements.word`: by them SQLite knows the index again.
INDEXES: dict[str, tuple[tuple[Field, ...], str]] = {
    "contact_came": ((Contact.company, Contact.created_at), ""),
    "contact_spoken_with": ((Contact.company, Contact.contacted_at), "contacted_at IS NOT NULL"),
    "contact_converted": ((Contact.company, Contact.converted_on), "converted_on IS NOT NULL"),
    "customer_came": ((Customer.company, Customer.created_at), ""),
    "customer_category": ((Customer.company, Customer.category), ""),
    "customer_generic": ((Customer.company,), "prefers_generic"),
    "customer_educated": ((Customer.company, Customer.educated_on), "educated_on IS NOT NULL"),
    "customer_died": ((Customer.company, Customer.died_on), "died_on IS NOT NULL"),
    "phone_opted_out": ((Phone.company, Phone.opted_out_at), "opted_out_at IS NOT NULL"),
    "follow_up_done": ((FollowUp.company, FollowUp.done_at), "done_at IS NOT NULL"),
    "call_script_used": ((CallScript.company, CallScript.used_at), "used_at IS NOT NULL"),
    "message_reminded": ((Message.company, Message.sent_at), "kind = 'reminder' AND sent_at IS NOT NULL"),
    "message_failed": ((Message.company, Message.created_at), "state IN ('failed', 'undelivered')"),
    "condition_chronic": (
        (MedicalCondition.company, MedicalCondition.customer),
        "state = 'active' AND kind = 'chronic'",
    ),
    "prescription_chronic": (
        (Prescription.company, Prescription.customer),
        "state = 'active' AND is_chronic",
    ),
    "reminder_out": ((RefillReminder.company, RefillReminder.runs_out_on), "state = 'open'"),
    # What will be needed is added up from it and never from the table.
    "reminder_needs": (
        (
            RefillReminder.company,
            RefillReminder.medicine,
            RefillReminder.runs_out_on,
            RefillReminder.purchase,
            RefillReminder.supply_days,
            RefillReminder.customer,
        ),
        "state = 'open'",
    ),
    "reminder_answered": ((RefillReminder.company, RefillReminder.answered_at), "answered_at IS NOT NULL"),
    "reminder_ended": (
        (RefillReminder.company, RefillReminder.ended_at, RefillReminder.ended_because),
        "ended_at IS NOT NULL",
    ),
    "reminder_reserved": (
        (RefillReminder.state, RefillReminder.reserved_until),
        "reserved_until IS NOT NULL",
    ),
}

for _name, (_columns, _rows) in INDEXES.items():
    _columns[0].model.add_index(*_columns, name=_name, where=SQL(_rows) if _rows else None)
