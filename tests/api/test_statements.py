"""A list asks the database as often for many rows as for one."""

from datetime import timedelta

from domain import call_scripts, follow_ups
from models import Contact, MedicalCondition
from tests.api.calling import Program
from tests.api.test_care import CONDITION, PRESCRIPTION
from tests.asking import asked
from tests.conversation import MORNING, Shop, new_contact, new_customer, say
from tests.refilling import BOUGHT, buy

LISTS = (
    "/api/customers/",
    "/api/customers/{alice}",
    "/api/customers/{alice}/purchases",
    "/api/customers/{alice}/invoices?month=2027-02",
    "/api/customers/{alice}/reminders",
    "/api/customers/{alice}/prescriptions",
    "/api/customers/{alice}/medical-conditions",
    "/api/customers/{alice}/messages",
    "/api/customers/{alice}/call-details",
    "/api/customers/reminders/pending?days_ahead=300",
    "/api/call-scripts/priority/high",
    "/api/call-scripts/priority/medium",
    "/api/customers/contacts",
    "/api/customers/follow-ups",
    "/api/customers/staff",
    "/api/customers/staff/STAFF001/tasks",
    "/api/customers/staff/STAFF002/tasks",
    "/api/medicines",
    "/api/medicines/low-stock",
    "/api/medicines/shortages",
)


def test_more_rows_are_not_more_statements(meera: Program, shop: Shop):
    _more(shop, meera, range(2))
    few = _asked_by_each(meera, shop)
    _more(shop, meera, range(2, 7))
    assert _asked_by_each(meera, shop) == few


def _asked_by_each(program: Program, shop: Shop) -> dict[str, int]:
    return {path: _asked(program, path.format(alice=shop.alice.serial)) for path in LISTS}


def _asked(program: Program, path: str) -> int:
    # The first time makes what is kept: a script, a reading.
    program.get(path)
    with asked() as statements:
        assert program.get(path).status_code == 200
    return len(statements)


def _more(shop: Shop, program: Program, numbers: range) -> None:
    """So many more of all that is listed, of Alice's and of others."""
    for n in numbers:
        buy(shop.alice, f"Medicine {n} 500", on=BOUGHT + timedelta(days=n))
        other = new_customer(shop.company, f"Customer {n}", f"+91981110010{n}")
        buy(other, f"Tablet {n} 10", on=BOUGHT - timedelta(days=27))
        MedicalCondition.create(company=shop.company, serial=5000 + n, customer=other, name="Diabetes")
        call_scripts.make(other, staff=None, at=MORNING)
        program.post(f"/api/customers/{shop.alice.serial}/prescriptions", PRESCRIPTION)
        program.post(f"/api/customers/{shop.alice.serial}/medical-conditions", CONDITION)
        say(shop.alice, "hello")
        lead = new_contact(shop.company, f"Lead {n}", f"+91981110020{n}")
        Contact.update(assigned_to=shop.bob, assigned_on=MORNING.date()).where(
            Contact.id == lead.id
        ).execute()
        for kind in ("question", "refill_call"):
            follow_ups.raise_task(shop.company, kind, at=MORNING, phone=other.phone)
