"""A person is erased: nothing of them is left but a hash, the register and nameless figures."""

from datetime import date
from decimal import Decimal

import pytest

import clock
import storage
from desk_tables import Undo
from domain import erasure, interactions, people
from domain.errors import DomainError
from domain.interactions import Talk
from messaging import outbox, suppression
from models import (
    Customer,
    FollowUp,
    InboundMessage,
    Interaction,
    Media,
    MedicalCondition,
    Message,
    Phone,
    Prescription,
    Purchase,
    PurchaseItem,
    RefillReminder,
    RegisterEntry,
)
from tests.bot.test_photo import JPEG, arrive
from tests.caring import describe, prescribe
from tests.conversation import (
    MORNING,
    Shop,
    fresh,
    it_is,
    later,
    new_contact,
    new_customer,
    open_shop,
    say,
    send_all,
)
from tests.refilling import buy

pytestmark = pytest.mark.usefixtures("database_url", "redis_url")


@pytest.fixture
def shop() -> Shop:
    """Alice is well known here."""
    it_is(MORNING)
    shop = open_shop()
    buy(shop.alice)
    prescribe(shop, next_follow_up_on=date(2027, 2, 20))
    describe(shop, monitoring_frequency="monthly")
    call = Talk("call", "feels dizzy", "", "", 60, "answered")
    interactions.log(people.of_customer(shop.alice), call, staff=shop.bob, at=MORNING)
    say(shop.alice, "see this", media=[JPEG])
    arrive(FollowUp.get(FollowUp.kind == "prescription_photo"))
    return shop


def _erase(shop: Shop, customer: Customer | None = None) -> None:
    erasure.erase(people.of_customer(fresh(customer or shop.alice)), at=clock.now(), staff=shop.meera)


def _finish(shop: Shop) -> int:
    send_all()
    return erasure.finish(shop.company, later(minutes=20))


def test_everything_of_the_person_goes_at_once(shop):
    picture = Media.get().storage_name
    _erase(shop)
    for table in (Prescription, MedicalCondition):
        assert not table.select().exists(), table
    assert {(row.state, row.notes, row.customer, row.phone) for row in FollowUp.select()} == {
        ("erased", "", None, None)
    }
    assert RefillReminder.get().ended_because == "erased"
    row = fresh(shop.alice)
    assert (row.name, row.phone, row.status) == ("", None, "erased")
    with pytest.raises(FileNotFoundError):
        storage.read(picture)


def test_the_books_keep_their_figures_without_a_name(shop):
    _erase(shop)
    assert Purchase.select(Purchase.total.sum()).scalar() == Decimal(150)
    [talk] = Interaction.select()
    assert (talk.staff, talk.kind, talk.customer, talk.notes) == (shop.bob, "call", None, "")


def test_the_register_of_schedule_h1_stays_and_leads_to_no_purchase(shop):
    sold = {"purchase": Purchase.get(), "sold_on": date(2027, 2, 1), "drug": "Alprazolam", "quantity": 10}
    entry = RegisterEntry.create(company=shop.company, patient="Alice", **sold)
    _erase(shop)
    assert (fresh(entry).patient, fresh(entry).purchase) == ("Alice", None)


def test_number_and_messages_are_forgotten_once_the_last_answer_has_gone(shop):
    phone = shop.alice.phone
    _erase(shop)
    assert _finish(shop) == 1
    assert fresh(phone).address == f"erased:{phone.id}"
    assert {(row.body, row.from_address) for row in InboundMessage.select()} == {("", f"erased:{phone.id}")}
    assert {row.body for row in Message.select().where(Message.phone == phone)} == {""}
    assert not Undo.select().exists()
    assert _finish(shop) == 0


def test_what_still_waited_to_be_sent_is_cancelled(shop):
    waiting = outbox.queue(shop.alice.phone, "passed_on", key="waits", kind="reminder")
    _erase(shop)
    assert (fresh(waiting).state, fresh(waiting).reason) == ("cancelled", "erased")


def test_the_number_is_never_written_to_first_again(shop):
    address = shop.alice.phone.address
    _erase(shop)
    _finish(shop)
    again = Phone.create(
        company=shop.company, address=address, reminders_allowed=True, promotions_allowed=True
    )
    assert suppression.holds(again)
    for kind in ("reminder", "promotion"):
        assert outbox.queue(again, "passed_on", key=kind, kind=kind).reason == "erased"


def test_who_writes_again_is_somebody_we_know_again(shop):
    address = shop.alice.phone.address
    _erase(shop)
    _finish(shop)
    again = Phone.create(company=shop.company, address=address)
    assert say(again, "hello")
    assert outbox.queue(fresh(again), "passed_on", key="answer", kind="answer").state == "queued"


def test_another_person_on_the_phone_keeps_theirs(shop):
    ravi = new_customer(shop.company, "Ravi Kumar", shop.alice.phone.address)
    _erase(shop)
    assert (fresh(ravi).name, fresh(ravi).phone) == ("Ravi Kumar", shop.alice.phone)
    assert not suppression.holds(shop.alice.phone)


def test_a_contact_goes_with_its_row_of_the_sheet(shop):
    contact = new_contact(shop.company, "Sita", "+919812345678")
    erasure.erase(people.of_contact(contact), at=clock.now(), staff=shop.meera)
    assert (fresh(contact).name, fresh(contact).status) == ("", "inactive")
    assert suppression.holds(contact.phone)


def test_only_managers_erase(shop):
    with pytest.raises(DomainError, match="manager_needed"):
        erasure.erase(people.of_customer(shop.alice), at=clock.now(), staff=shop.bob)
    assert fresh(shop.alice).name


def test_undo_brings_nobody_back(shop):
    ravi = new_customer(shop.company, "Ravi Kumar", "+919811111111")
    say(shop.meera, "condition Ravi Gout chronic mild, check monthly")
    _erase(shop, ravi)
    say(shop.meera, "undo")
    assert not MedicalCondition.select().where(MedicalCondition.customer == ravi).exists()
    assert fresh(ravi).name == ""


def test_every_table_of_a_customer_is_emptied_or_kept_without_a_name(shop):
    _erase(shop)
    left = {
        table
        for table, name in erasure.tables_of_a_customer()
        if table.select().where(getattr(table, name) == shop.alice).exists()
    }
    assert left == {Purchase, PurchaseItem, RefillReminder}
