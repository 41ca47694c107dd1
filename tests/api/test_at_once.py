"""Several requests in the same moment for the same person: each has its effect, and none fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import database
from models import Contact, Customer
from tests.api.calling import Program
from tests.conversation import new_contact

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
