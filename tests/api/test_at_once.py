"""Several requests in the same moment for the same person: each has its effect, and none fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from time import sleep
from typing import Any

import database
from models import Company, Contact, Customer, Message
from tests.api.calling import Program
from tests.conversation import new_contact
from tests.refilling import buy

SALE = {
    "phone": "9820001111",
    "name": "Anita Joshi",
    "items": [{"medicine_name": "Metformin 500", "quantity": 30, "unit_price": 5, "duration_days": 30}],
}
AT_ONCE = 6


def at_once(ask: Callable[[], Any]) -> list[int]:
    """The statuses of as many answers as are asked for in one moment."""
    ready = Barrier(AT_ONCE)

    def one() -> int:
        ready.wait()
        status: int = ask().status_code
        database.db.close()
        return status

    with ThreadPoolExecutor(AT_ONCE) as programs:
        return sorted(asked.result() for asked in [programs.submit(one) for _ in range(AT_ONCE)])


def test_sales_to_one_contact_make_one_customer_and_all_count(bob: Program, shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    assert at_once(lambda: bob.post("/api/customers/quick-purchase", SALE)) == [201] * AT_ONCE
    [customer] = Customer.select().where(Customer.phone == contact.phone)
    assert (customer.total_purchases, customer.total_visits) == (150 * AT_ONCE, 1)


def test_a_contact_is_converted_once(meera: Program, shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    path = f"/api/customers/contacts/{contact.serial}/status?status=converted"
    assert at_once(lambda: meera.send("PUT", path)) == [200] + [409] * (AT_ONCE - 1)
    assert Customer.select().where(Customer.phone == contact.phone).count() == 1


def test_visits_of_a_stranger_make_one_contact(bob: Program, shop):
    body = {"phone": "9820001111", "name": "Anita", "visited_but_no_purchase": True}
    assert at_once(lambda: bob.post("/api/billing/bills", body)) == [201] * AT_ONCE
    assert Contact.select().count() == 1


def test_somebody_is_registered_once(bob: Program, shop):
    body = {"phone": shop.alice.phone.address, "name": "Ravi Fernandes"}
    assert at_once(lambda: bob.post("/api/customers/", body)) == [201] + [409] * (AT_ONCE - 1)


def test_a_member_of_staff_a_condition_and_a_refill_bought_are_noted_once(meera: Program, shop):
    customer = f"/api/customers/{shop.alice.serial}"
    buy(shop.alice)
    [reminder] = meera.get(f"{customer}/reminders").json
    jane = {"staff_code": "STAFF009", "name": "Jane Smith", "phone": "9811111111"}
    for path, body, status in (
        ("/api/customers/staff", jane, 201),
        (f"{customer}/medical-conditions", {"condition_name": "Asthma"}, 201),
        (f"/api/customers/reminders/{reminder['id']}/mark", {"mark": "purchased"}, 200),
    ):
        assert at_once(partial(meera.post, path, body)) == [status] + [409] * (AT_ONCE - 1), path


def test_a_reminder_is_sent_once(meera: Program, shop):
    buy(shop.alice)
    [reminder] = meera.get(f"/api/customers/{shop.alice.serial}/reminders").json
    at_once(lambda: meera.post(f"/api/customers/reminders/{reminder['id']}/notify"))
    assert Message.select().count() == 1


def test_a_reader_of_medical_text_waits_for_who_is_writing(meera: Program, shop):
    begun = Event()
    path = f"/api/customers/{shop.alice.serial}/medical-conditions"
    meera.post(path, {"condition_name": "Asthma"})

    def write_for_a_while() -> None:
        with database.connection(), database.db.atomic():
            Company.update(name="Neem Tree").execute()
            begun.set()
            sleep(0.3)
        database.db.close()

    with ThreadPoolExecutor(1) as another:
        written = another.submit(write_for_a_while)
        begun.wait()
        answer = meera.get(path)
        written.result()
    assert answer.status_code == 200
