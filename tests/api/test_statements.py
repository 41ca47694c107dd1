"""A list asks the database as often for many rows as for one."""

from datetime import timedelta

from domain import call_scripts, follow_ups, interactions
from domain.interactions import Talk
from domain.people import of_contact
from models import Contact, MedicalCondition, Medicine
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
    "/api/customers/{alice}/generic-options",
    "/api/customers/{alice}/call-details",
    "/api/customers/reminders/pending?days_ahead=300",
    "/api/call-scripts/priority/high",
    "/api/call-scripts/priority/medium",
    "/api/customers/contacts",
    "/api/customers/contacts/{lead}/interactions",
    "/api/customers/contacts/{lead}/messages",
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
    lead = Contact.select().order_by(Contact.id).get()
    named = {"alice": shop.alice.serial, "lead": lead.serial}
    return {path: _asked(program, path.format(**named)) for path in LISTS}


def _asked(program: Program, path: str) -> int:
    # The first time makes what is kept: a script, a reading.
    program.get(path)
    with asked() as statements:
        assert program.get(path).status_code == 200
    return len(statements)


def _for_less(medicine: Medicine) -> None:
    facts = {"company": medicine.company, "identity": medicine.identity, "is_listed": True}
    Medicine.create(name=f"Cheap {medicine.name}", price=1, stock=50, **facts)


def _more(shop: Shop, program: Program, numbers: range) -> None:
    """So many more of all that is listed, of Alice's and of others."""
    for n in numbers:
        _for_less(buy(shop.alice, f"Medicine {n} 500", on=BOUGHT - timedelta(days=n)).medicine)
        other = new_customer(shop.company, f"Customer {n}", f"+91981110010{n}")
        buy(other, f"Tablet {n} 10", on=BOUGHT - timedelta(days=27))
        MedicalCondition.create(company=shop.company, serial=5000 + n, customer=other, name="Diabetes")
        call_scripts.make(other, staff=None, at=MORNING)
        alice = f"/api/customers/{shop.alice.serial}"
        for made in (
            program.post(f"{alice}/prescriptions", PRESCRIPTION | {"again": True}),
            program.post(f"{alice}/medical-conditions", CONDITION | {"condition_name": f"Condition {n}"}),
        ):
            assert made.status_code == 201
        say(shop.alice, "hello")
        lead = new_contact(shop.company, f"Lead {n}", f"+91981110020{n}")
        Contact.update(assigned_to=shop.bob, assigned_on=MORNING.date()).where(
            Contact.id == lead.id
        ).execute()
        first = Contact.select().order_by(Contact.id).get()
        interactions.log(of_contact(first), Talk("call", notes="will come"), staff=shop.bob, at=MORNING)
        for kind in ("question", "refill_call"):
            follow_ups.raise_task(shop.company, kind, at=MORNING, phone=other.phone)
