"""What was bought: the one entrance for chat, bills and programs, and what follows (FEATURES B2)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import count

import statements
from domain import (
    announcements,
    bill_lines,
    bills,
    categories,
    contacts,
    coverage,
    customers,
    interactions,
    medicines,
    people,
    refill_cycles,
    refill_plan,
    registers,
    stock,
    strengths,
    supplies,
)
from domain.bills import Bill
from domain.errors import DomainError
from domain.interactions import Talk
from domain.people import Person
from domain.stock import Short
from domain.supplies import Records
from messaging import consent
from models import (
    Company,
    Contact,
    Customer,
    Phone,
    Purchase,
    PurchaseItem,
    RefillReminder,
    Staff,
)
from rows import knowing

# Facts a purchase may bring; they fill in what we do not know and never overwrite (DESIGN §4).
FACTS = (
    "age",
    "gender",
    "address",
    "email",
    "chronic_conditions",
    "allergies",
    "primary_doctor",
    "doctor_phone",
    "notes",
)
# Lists, to which what is new is added: an allergy told later must not be lost.
_LISTS = ("chronic_conditions", "allergies")


@dataclass(frozen=True)
class Sale:
    """What became of a bill; `is_repeated` if it had been recorded before and nothing was changed."""

    purchase: Purchase
    customer: Customer
    items: list[PurchaseItem]
    reminders: list[RefillReminder]
    is_new_customer: bool = False
    is_repeat_customer: bool = False
    converted: Contact | None = None
    short: list[Short] = field(default_factory=list)
    is_repeated: bool = False

    def reminder_of(self, item: PurchaseItem) -> RefillReminder | None:
        """The reminder that was made for what this line sold."""
        same = (one for one in self.reminders if medicines.same_supply(one.medicine, item.medicine))
        return next(same, None)


def record(person: Person, bill: Bill, *, staff: Staff | None, at: datetime) -> Sale:
    """Record a purchase: customer, conversion, visit, category, consent to reminders, stock, refills.

    `person` needs no more than a phone. The number of a bill that is there already, of the same customer and
    amount, changes nothing. Raises `DomainError` for a bill that cannot be true (see `bills.checked`),
    `several` if nothing says who of a shared phone it is, `bill_number_taken`.
    """
    company = person.company if person.customer or person.contact else _phone(person).company
    today = refill_plan.today(company, at)
    on = bill.on or today
    lines = bills.checked(bill, on, today)
    # A company records one purchase after the other: two of the same people would not know of each other.
    statements.lock_in_order(Company, [company.id])
    known = _recorded(company, bill.number)
    if known is not None:
        return _same(known, person, sum(line.total for line in lines))
    customer, is_new = _customer(person, bill)
    knowing(customer, company=company)
    earlier = supplies.Records([], [], []) if is_new else supplies.records(customer)
    purchase = _purchase(company, customer, bill, staff=staff, on=on, total=sum(line.total for line in lines))
    items = bill_lines.write(purchase, lines, earlier)
    short = stock.sell(items, staff=staff, at=at)
    registers.enter(purchase, items)
    _update(customer, bill, purchase, earlier.lines)
    categories.after_purchase(purchase, items, earlier.lines)
    customer.save()
    converted = _convert(customer, purchase, staff, at)
    if customer.phone is not None:
        consent.grant(customer.phone, consent.REMINDERS, "purchase", staff=staff)
    reminders = _plan_refills(purchase, items, earlier, at)
    announcements.purchase_recorded(purchase, items, at)
    return Sale(purchase, customer, items, reminders, is_new, bool(earlier.lines), converted, short)


def came_without_buying(
    person: Person, *, staff: Staff, at: datetime, name: str = "", why: str = ""
) -> Person:
    """They were here and bought nothing: the visit is noted, and a lead of any kind becomes yellow (B8)."""
    contact = person.contact
    if contact is None and person.customer is None:
        phone = _phone(person)
        statements.lock_in_order(Company, [phone.company_id])
        contact = contacts.create(phone.company, phone, name=name, source="came to the shop")
    met = Person(person.phone, contact, person.customer)
    interactions.log(met, Talk("visit", notes=why), staff=staff, at=at)
    if contact is not None and contact.status not in (contacts.YELLOW, contacts.CONVERTED):
        contacts.mark_yellow(contact, at=at, why=why)
    return met


def what(purchase: Purchase) -> list[str]:
    """The names of what was bought, in the order of the bill."""
    return [item.medicine_name for item in purchase.items.order_by(PurchaseItem.id)]


def _phone(person: Person) -> Phone:
    assert person.phone is not None
    return person.phone


def _plan_refills(
    purchase: Purchase, items: list[PurchaseItem], earlier: Records, at: datetime
) -> list[RefillReminder]:
    """What follows from how long it all lasts: reminders, days covered, a question about another strength."""
    records = earlier.and_sold(items)
    renewed = refill_cycles.renew(purchase, records, at=at)
    coverage.renew_by(records, purchase.customer, [item.medicine for item in items])
    strengths.ask(items, renewed.others, earlier.lines, at=at)
    return renewed.reminders


def _recorded(company: Company, number: str) -> Purchase | None:
    same = (Purchase.company == company) & (Purchase.bill_number == number)
    return Purchase.select().where(same).first() if number else None


def _same(purchase: Purchase, person: Person, total: Decimal | int) -> Sale:
    """What was recorded then, if it is the same bill."""
    customer = purchase.customer
    is_theirs = person.customer == customer if person.customer else person.phone == customer.phone
    if not is_theirs or purchase.total != total:
        raise DomainError("bill_number_taken", number=purchase.bill_number, on=purchase.purchased_on)
    items = list(purchase.items.order_by(PurchaseItem.id))
    made = RefillReminder.select().where(RefillReminder.purchase == purchase)
    return Sale(purchase, customer, items, list(made), is_repeat_customer=True, is_repeated=True)


def _customer(person: Person, bill: Bill) -> tuple[Customer, bool]:
    """The customer meant and whether it is a new one; a different name on a known phone is somebody else."""
    if person.customer is not None:
        # As it is now, not as it was before we waited for our turn.
        return Customer.get_by_id(person.customer.id), False
    phone = _phone(person)
    there = customers.behind(phone)
    if not bill.name and len(there) > 1:
        raise DomainError("several", said=phone.address, people=people.behind(phone))
    known = customers.named(there, bill.name)
    if known is not None:
        return known, False
    contact = person.contact or Contact.get_or_none(Contact.phone == phone)
    is_first = not there
    from_contact = contact is not None and contact.source == "sheet" and is_first
    started = categories.CONTACT_SHEET if from_contact else categories.FIRST_TIME_PRESCRIPTION
    name = (
        bill.name
        or (contact.name if contact and is_first else "")
        or (phone.profile_name if is_first else "")
        or ""
    )
    created = customers.create_after(
        contact if is_first else None,
        phone.company,
        phone=phone,
        name=name,
        category=bill.category or started,
    )
    return created, True


def _purchase(
    company: Company, customer: Customer, bill: Bill, *, staff: Staff | None, on: date, total: Decimal | int
) -> Purchase:
    return Purchase(
        company=company,
        customer=customer,
        staff=staff,
        purchased_on=on,
        bill_number=bill.number or _own_number(company, on),
        total=total,
        category=bill.category or None,
        was_contacted_before=bill.was_contacted_before,
    )


def _own_number(company: Company, on: date) -> str:
    """The next of our own, with the financial year, which begins in April: "26-27/00042"."""
    year = on.year if on.month >= 4 else on.year - 1
    numbers = (f"{year % 100:02d}-{(year + 1) % 100:02d}/{company.take_bill_number():05d}" for _ in count())
    return next(number for number in numbers if _recorded(company, number) is None)


def _update(customer: Customer, bill: Bill, purchase: Purchase, earlier: list[PurchaseItem]) -> None:
    for name in FACTS:
        if bill.facts.get(name) and not getattr(customer, name):
            setattr(customer, name, bill.facts[name])
        elif bill.facts.get(name) and name in _LISTS:
            setattr(customer, name, _joined(getattr(customer, name), bill.facts[name]))
    if bill.name and not customer.name:
        customer.name = bill.name
    on = purchase.purchased_on
    customers.visited(customer, on, is_first_of_day=all(line.purchase.purchased_on != on for line in earlier))
    customer.total_purchases += purchase.total


def _joined(known: str, said: str) -> str:
    """The list with what is new in `said` at its end: "Penicillin" and "penicillin, Sulfa" is both once."""
    there = {part.strip().casefold() for part in known.split(",")}
    new = [part.strip() for part in said.split(",") if part.strip().casefold() not in there]
    return ", ".join([known, *filter(None, new)])


def _convert(customer: Customer, purchase: Purchase, staff: Staff | None, at: datetime) -> Contact | None:
    """The contact behind the phone has become a customer, whether or not anybody said so (FEATURES A11)."""
    theirs = (Contact.phone == customer.phone_id) & Contact.customer.is_null()
    found = Contact.select().where((Contact.customer == customer) | theirs)
    contact = found.order_by(Contact.customer.is_null()).first()
    if contact is None:
        return None
    if contact.status == contacts.CONVERTED:
        contact.customer = contact.customer or customer
        contact.save()
        return None
    return contacts.convert(contact, at=at, staff=staff, value=purchase.total, customer=customer)
