"""`python -m development.sample`: a made-up pharmacy at work, to try Refill Desk out against the simulator.

`make run` calls it each time, once everything answers: what is there already stays as it is, and the messages
for writing first are put up for approval with a simulator that does not know them.
"""

import json
import sys
import time
from datetime import datetime, timedelta
from datetime import time as Time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import company_settings
import config
import database
from clock import now
from database import db
from development import made_up
from development.made_up import Bought, Regular
from domain import catalogue, customers, prescriptions, purchases, staff
from domain.bills import Bill, Item
from domain.people import Person
from domain.prescriptions import Prescribed, Written
from messaging import template_approval
from messaging.channels.base import SendError
from models import ApprovedTemplate, Company, Customer, Phone, RefillReminder, Sender, Staff
from sheets import writing
from workers import queues

SHEET = "sample/contacts.xlsx"

# Seconds the simulator may take to approve what was put up.
_PATIENCE = 10


def main() -> int:
    """Load the sample pharmacy unless there is a company already."""
    if not config.SIMULATED:
        print(
            "The sample pharmacy is loaded only where Twilio is simulated: its numbers may be somebody's.",
            file=sys.stderr,
        )
        return 1
    config.check()
    database.connect()
    with database.connection():
        if Company.select().exists():
            print("The sample pharmacy, or a company of your own, is loaded already.")
        else:
            print("\n".join(load(now())))
        approve()
    return 0


def load(at: datetime) -> list[str]:
    """Write down the pharmacy as it stands at `at`; returns what to tell about it."""
    with db.atomic():
        company = Company.create(name=made_up.PHARMACY)
        Sender.create(company=company, address=made_up.SENDER)
        for name, text in made_up.SETTINGS.items():
            company_settings.change(company, name, text)
        _employ(company)
        _fill_the_shelf(company, at)
        for regular in made_up.CUSTOMERS:
            _sell(company, regular, at)
        _prescribe(company, at)
    _write_sheet(config.DATA_DIR / SHEET)
    _write_phones(config.DATA_DIR / "simulator_phones.json")
    return _told(company)


def approve() -> None:
    """Put the messages for writing first up for approval and wait for it; without a simulator they wait."""
    try:
        template_approval.refresh(now())
        for company in Company.select():
            template_approval.push(company, now())
        _wait_for_approval()
    except SendError as trouble:
        print(f"The simulator did not take the templates ({trouble.reason}); later: flask templates push")
    queues.wake("refills_due")


def _employ(company: Company) -> None:
    working: dict[str, Staff] = {}
    for colleague in made_up.STAFF:
        working[colleague.code] = staff.add(
            company,
            code=colleague.code,
            phone=colleague.phone,
            name=colleague.name,
            role=colleague.role,
            is_pharmacist=colleague.is_pharmacist,
            manager=working.get(colleague.manager),
            max_contacts_per_day=colleague.calls,
        )


def _fill_the_shelf(company: Company, at: datetime) -> None:
    taking = catalogue.Taking(company, staff.by_code(company, "STAFF002"), at)
    taking.begin()
    named = [dict(zip(made_up.CATALOGUE_FIELDS, line, strict=True)) for line in made_up.CATALOGUE]
    said = [{field: text for field, text in line.items() if text} for line in named]
    catalogue.take(taking, [{"row": n, "sheet": "", "said": line} for n, line in enumerate(said, 2)])


def _prescribe(company: Company, at: datetime) -> None:
    """What Sunita's doctor wrote a month ago."""
    sunita = Customer.get(Customer.company == company, Customer.name == "Sunita Rane")
    on = at.astimezone(ZoneInfo(company.timezone)).date()
    written = Written(
        (Prescribed("Metformin 500", "500mg", "Twice daily", 30, Decimal(60)),),
        on=on - timedelta(days=27),
        doctor_name="Dr. Kavita Deshpande",
        condition_name="Type 2 diabetes",
        is_chronic=True,
        next_follow_up_on=on + timedelta(days=9),
        repeats=5,
    )
    prescriptions.record(sunita, written, staff=staff.by_code(company, "STAFF004"), at=at)


def _sell(company: Company, regular: Regular, at: datetime) -> None:
    phone, _ = Phone.get_or_create(company=company, address=regular.phone)
    bob = staff.by_code(company, "STAFF004")
    facts = {"age": regular.age, "chronic_conditions": regular.conditions}
    for bought in regular.bought:
        customer = customers.called(phone, regular.name)
        bought_at = _then(company, at, bought)
        bill = Bill((_item(bought),), on=bought_at.date(), name=regular.name, facts=facts)
        sale = purchases.record(Person(phone, customer=customer), bill, staff=bob, at=bought_at)
        sale.customer.assigned_to = bob
        sale.customer.save()


def _then(company: Company, at: datetime, bought: Bought) -> datetime:
    """Eleven in the morning, so many local days before `at`."""
    zone = ZoneInfo(company.timezone)
    on = at.astimezone(zone).date() - timedelta(days=bought.ago)
    return datetime.combine(on, Time(11), zone)


def _item(bought: Bought) -> Item:
    return Item(bought.medicine, bought.quantity, Decimal(bought.price), duration_days=bought.days)


def _write_sheet(path: Path) -> None:
    rows = [(n, *contact) if any(contact) else ("",) * 5 for n, contact in enumerate(made_up.CONTACTS, 1)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(writing.write_xlsx([("Contacts", made_up.HEADER, rows)]))


def _write_phones(path: Path) -> None:
    people = [{"name": name, "number": number, "role": role} for name, number, role in made_up.ON_THE_PAGE]
    listed = {
        "sender": made_up.SENDER,
        "phones": people,
        "off_whatsapp": made_up.NOT_ON_WHATSAPP,
        "attachments": [{"name": Path(SHEET).name, "path": SHEET}],
    }
    path.write_text(json.dumps(listed, indent=2))


def _wait_for_approval() -> None:
    patient_until = time.monotonic() + _PATIENCE
    waiting = ApprovedTemplate.status.in_(["received", "pending"])
    while ApprovedTemplate.select().where(waiting).exists() and time.monotonic() < patient_until:
        time.sleep(0.3)
        template_approval.refresh(now())


def _told(company: Company) -> list[str]:
    today = now().astimezone(ZoneInfo(company.timezone)).date()
    due = RefillReminder.select().where(RefillReminder.next_step_on <= today).count()
    week = RefillReminder.select().where(RefillReminder.reminder_on <= today + timedelta(days=7)).count()
    return [
        f"The sample pharmacy is loaded: {company.name}, Nashik. Everybody in it is made up.",
        f"  {Staff.select().count()} staff and {Customer.select().count()} customers; "
        f"{due} refill reminders go today, {week} are due this week.",
        f"  A contact sheet to send from Meera's or Bob's phone: {config.DATA_DIR / SHEET}",
        "  Quiet hours are off here, so that messages go at any hour.",
    ]


if __name__ == "__main__":
    sys.exit(main())
