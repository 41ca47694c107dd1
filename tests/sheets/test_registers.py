"""The Schedule H1 register: who enters it, who may read it, how it reads, how long it stays."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from domain import erasure, prescriptions, purchases, registers
from domain.bills import Bill, Item
from domain.errors import DomainError
from domain.people import of_customer
from domain.prescriptions import Prescribed, Written
from models import AuditEntry, Customer, Medicine, Message, Purchase, RegisterEntry
from sheets import registers as sheet
from tests.conversation import MORNING, Shop, fresh, it_is, open_shop, say
from workers.jobs import prune

FEBRUARY = date(2027, 2, 1)


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    opened = open_shop()
    Medicine.create(company=opened.company, name="Alprax 0.5", identity="alprax|0.5|", schedule="H1")
    Customer.update(address="12 MG Road", primary_doctor="Dr Rao").where(
        Customer.id == opened.alice.id
    ).execute()
    return opened


def sell(shop: Shop, name: str = "Alprax 0.5", quantity: int = 10, on: date = FEBRUARY) -> Purchase:
    bill = Bill((Item(name, quantity, Decimal(5)),), on=on, number=f"B/{on:%d%m}/{name}")
    return purchases.record(of_customer(fresh(shop.alice)), bill, staff=shop.bob, at=MORNING).purchase


def test_what_is_on_schedule_h1_is_entered_with_all_the_law_asks_for(shop: Shop) -> None:
    sell(shop)
    sell(shop, "Metformin 500")
    [entry] = registers.month(shop.company, FEBRUARY, staff=shop.bob, at=MORNING)
    assert (entry.patient, entry.address, entry.prescriber) == ("Alice Fernandes", "12 MG Road", "Dr Rao")
    assert (entry.drug, entry.quantity, entry.bill_number) == ("Alprax 0.5", 10, "B/0102/Alprax 0.5")


def test_the_prescription_on_record_names_the_prescriber(shop: Shop) -> None:
    written = Written((Prescribed("Alprax 0.5", frequency="HS"),), doctor_name="Dr Mehta")
    prescriptions.record(shop.alice, written, staff=shop.bob, at=MORNING)
    sell(shop)
    assert RegisterEntry.get().prescriber == "Dr Mehta"


def test_each_month_is_its_own(shop: Shop) -> None:
    sell(shop, on=date(2027, 1, 31))
    sell(shop)
    assert len(registers.month(shop.company, date(2027, 1, 15), staff=shop.bob, at=MORNING)) == 1


def test_only_who_may_read_medical_text_reads_it_and_that_is_noted(shop: Shop) -> None:
    shop.bob.is_pharmacist = False
    with pytest.raises(DomainError, match="medical_closed"):
        registers.month(shop.company, FEBRUARY, staff=shop.bob, at=MORNING)
    registers.month(shop.company, FEBRUARY, staff=shop.meera, at=MORNING)
    assert AuditEntry.get(AuditEntry.action == "read_register").subject == "register:2027-02"


def test_the_sheet_reads_as_text_and_runs_nothing(shop: Shop) -> None:
    Customer.update(name="=HYPERLINK(1)").where(Customer.id == shop.alice.id).execute()
    sell(shop)
    entries = registers.month(shop.company, FEBRUARY, staff=shop.bob, at=MORNING)
    book = openpyxl.load_workbook(io.BytesIO(sheet.register_h1(entries, FEBRUARY)))
    rows = [[cell.value for cell in row] for row in book.active]
    assert rows[0] == ["Date", "Bill number", "Patient", "Address", "Prescriber", "Drug", "Quantity"]
    assert rows[1] == [
        "01-02-2027",
        "B/0102/Alprax 0.5",
        "'=HYPERLINK(1)",
        "12 MG Road",
        "Dr Rao",
        "Alprax 0.5",
        "10",
    ]
    assert all(cell.data_type == "s" for row in book.active for cell in row)


def test_it_stays_when_the_purchase_goes_and_ends_after_three_years(shop: Shop) -> None:
    sell(shop)
    RegisterEntry.update(purchase=None).execute()
    assert registers.forget_old(shop.company, FEBRUARY + timedelta(days=3 * 365)) == 0
    assert registers.forget_old(shop.company, FEBRUARY + timedelta(days=3 * 366 + 1)) == 1


def test_it_outlives_the_customer_for_three_years_and_then_goes(shop: Shop) -> None:
    sell(shop)
    erasure.erase(of_customer(fresh(shop.alice)), at=MORNING, staff=shop.meera)
    erasure.finish(shop.company, it_is(MORNING + timedelta(days=1)))
    prune.run()
    [entry] = registers.month(shop.company, FEBRUARY, staff=shop.bob, at=MORNING)
    assert (entry.patient, entry.drug) == ("Alice Fernandes", "Alprax 0.5")
    it_is(MORNING + registers.KEPT_FOR + timedelta(days=1))
    prune.run()
    assert registers.month(shop.company, FEBRUARY, staff=shop.bob, at=MORNING) == []


def test_by_chat_a_month_comes_as_a_file(shop: Shop) -> None:
    sell(shop)
    assert "02/2027: 1 entry" in say(shop.bob, "register h1")
    assert Message.get(Message.template == "register").media[0].endswith("schedule-h1-2027-02.xlsx")
    assert "Nothing on Schedule H1 was sold in 01/2027" in say(shop.bob, "register h1 jan 2027")
    assert "is no month I know" in say(shop.bob, "register h1 blue moon")


def test_undoing_the_sale_takes_the_entry_back(shop: Shop) -> None:
    say(shop.bob, "sale alice Alprax 0.5, 10 x 5 for 10 days")
    assert RegisterEntry.select().count() == 1
    say(shop.bob, "undo")
    assert RegisterEntry.select().count() == 0
