"""The journey of the flow guide, Day 1 to Day 30 and on: a hundred contacts, and what becomes of one."""

from datetime import date, datetime

import pytest

import clock
from domain import assignments, deliveries, departures, materials
from domain.customers import behind
from messaging import delivery
from messaging.channels.base import Outgoing, SendError
from messaging.channels.memory import MemoryChannel
from models import Contact, Message, Purchase, RefillReminder
from tests.conversation import (
    ZONE,
    Shop,
    approve_everything,
    fresh,
    it_is,
    last_message,
    open_shop,
    phone_of,
    say,
    told,
)
from tests.importing import take_in
from workers.jobs import refills_due

ON_WHATSAPP = 60
ALL = 100


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is("2027-02-01 10:00")
    opened = open_shop()
    approve_everything(opened.company)
    opened.bob.max_contacts_per_day = opened.meera.max_contacts_per_day = 20
    opened.bob.save(), opened.meera.save()
    return opened


def number(n: int) -> str:
    return f"98{20_000_000 + n * n * 97 + n * 13:08d}"


def sent() -> MemoryChannel:
    """What goes out now; whoever is beyond the first sixty is not on WhatsApp."""

    def refused(outgoing: Outgoing) -> None:
        if any(outgoing.to.endswith(number(n)) for n in range(ON_WHATSAPP, ALL)):
            raise SendError("not on WhatsApp", 63024)

    channel = MemoryChannel(trouble=refused)
    delivery.send_due(channel, lasting=20)
    deliveries.note(clock.now())
    return channel


def morning(day: int, month: int = 2) -> datetime:
    """That day of the guide begins, and the clock ticks."""
    at = it_is(datetime(2027, month, day, 10, tzinfo=ZONE))
    refills_due.run()
    return at


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
def test_from_a_contact_sheet_to_a_repeat_customer(shop: Shop) -> None:
    day_1_a_hundred_contacts_and_materials_to_those_with_whatsapp(shop)
    day_2_staff_call_the_others(shop)
    day_3_the_customer_buys_and_is_converted(shop)
    day_30_the_reminder_goes_and_is_answered(shop)
    she_buys_again_and_the_next_reminder_is_there(shop)


def day_1_a_hundred_contacts_and_materials_to_those_with_whatsapp(shop: Shop) -> None:
    lines = [f"{number(n)},Person {n}" for n in range(ALL)]
    take_in(shop, "\n".join(["phone,name", *lines]).encode(), "list.csv", consent_basis="at the counter")
    materials.send(clock.now())
    contacts = {f"+91{number(n)}" for n in range(ALL)}
    assert len(contacts & {one.to for one in sent().taken}) == ON_WHATSAPP
    assert (
        Message.select().where(Message.template == "store_materials", Message.state == "sent").count() == 60
    )
    reach = [contact.phone.reach for contact in Contact.select()]
    assert reach.count("not_available") == ALL - ON_WHATSAPP


def day_2_staff_call_the_others(shop: Shop) -> None:
    at = morning(2)
    assert assignments.assign(shop.company, at) == shop.bob.max_contacts_per_day == 20
    mine = [contact for contact in Contact.select() if contact.assigned_to == shop.bob]
    assert len(mine) == 20 and all(contact.phone.reach == "not_available" for contact in mine)
    contact = mine[0]
    assert f"#{contact.serial}" in say(shop.bob, "tasks") or "more" in say(shop.bob, "tasks")
    say(shop.bob, f"log call #{contact.serial} 3m answered interested response: will visit tomorrow")
    assert fresh(contact).status == "contacted"


def day_3_the_customer_buys_and_is_converted(shop: Shop) -> None:
    morning(3)
    contact = next(one for one in Contact.select() if one.status == "contacted")
    recorded = say(shop.bob, f"sale #{contact.serial} Metformin 500, 30 x 5 for 30 days")
    assert "₹150" in recorded
    assert (fresh(contact).status, fresh(contact).converted_by) == ("converted", shop.bob)
    reminder = RefillReminder.get()
    assert (reminder.reminder_on, reminder.runs_out_on) == (date(2027, 2, 28), date(2027, 3, 5))
    # The one who was called has a phone at home that WhatsApp knows by now.
    phone = phone_of(behind(contact.phone)[0])
    phone.reach = "available"
    phone.save()


def day_30_the_reminder_goes_and_is_answered(shop: Shop) -> None:
    customer = RefillReminder.get().customer
    for day in range(4, 29):
        morning(day)
        assert told(customer, "refill_due") == []
    assert customer.name in say(shop.bob, "refills")
    morning(1, 3), morning(2, 3)
    [reminder] = told(customer, "refill_due")
    assert "lasts until about 5 Mar 2027" in reminder
    delivery.send_due(MemoryChannel(), lasting=20)
    assert last_message(customer, "refill_due").state == "sent"
    say(customer, "Keep ready", button="keep_ready", replied_to=last_message(customer, "refill_due"))
    assert f"Keep ready for {customer.name}" in say(shop.bob, "tasks")


def she_buys_again_and_the_next_reminder_is_there(shop: Shop) -> None:
    first = RefillReminder.get()
    morning(4, 3)
    say(shop.bob, f"sale #{first.customer.serial} Metformin 500, 30 x 5 for 30 days")
    assert Purchase.select().count() == 2
    assert (
        fresh(first).ended_because == f"purchased:{Purchase.select().order_by(Purchase.id.desc()).get().id}"
    )
    [second] = RefillReminder.select().where(RefillReminder.state == "open")
    assert second.runs_out_on == date(2027, 4, 4)
    for day in range(5, 32):
        morning(day, 3)
    assert len(told(second.customer, "refill_due", "refill_overdue", "refill_last")) == 1
    morning(1, 4)
    assert len(told(second.customer, "refill_due")) == 2
    assert fresh(second.customer).total_visits == 2
    assert departures.living(second.phone) == [second.customer]
    assert Message.select().where(Message.state == "failed").count() == ALL - ON_WHATSAPP
