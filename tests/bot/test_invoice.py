"""invoice, bill, बिल: asked for by customers and by staff."""

import io
from datetime import date
from decimal import Decimal

import pdfplumber
import pytest

import storage
from bot.text import months
from domain.bills import Item
from messaging import files
from tests.conversation import (
    MORNING,
    Shop,
    it_is,
    last_message,
    new_customer,
    new_phone,
    open_shop,
    phone_of,
    say,
)
from tests.selling import sell


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    opened = open_shop()
    for on, name in ((date(2027, 1, 9), "Glycomet 500"), (date(2027, 2, 1), "Telma 40")):
        sell(opened.alice, Item(name, 30, Decimal(8)), on=on)
    return opened


def printed(listener) -> str:
    [address] = last_message(listener, "invoice").media
    media = files.behind(address.rsplit("/", 2)[1])
    assert media is not None and media.file_name in address
    with pdfplumber.open(io.BytesIO(storage.read(media.storage_name))) as document:
        return "\n".join(page.extract_text() for page in document.pages)


@pytest.mark.parametrize("asked", ["invoice", "send my bill", "बिल भेजो"])
def test_the_latest_bill_comes_as_a_pdf(shop, asked) -> None:
    assert "₹240" in say(shop.alice, asked)
    text = printed(shop.alice)
    assert "Telma 40" in text and "Glycomet" not in text


@pytest.mark.parametrize(
    "asked", ["bill for January", "invoice january 2027", "last month bill", "जनवरी का बिल"]
)
def test_a_month_may_be_asked_for(shop, asked) -> None:
    say(shop.alice, asked)
    text = printed(shop.alice)
    assert "Glycomet 500" in text and "Telma" not in text


def test_a_month_without_a_purchase_is_said(shop) -> None:
    assert "no bill of Alice Fernandes in December 2026" in say(shop.alice, "bill for december")


def test_on_a_shared_phone_it_is_asked_whose(shop) -> None:
    ravi = new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    sell(ravi, Item("Crocin", 10, Decimal(2)))
    assert "2 · Ravi Fernandes" in say(shop.alice, "bill")
    assert "₹20" in say(shop.alice, "ravi")
    say(shop.alice, "bill for january")
    assert "January 2027, ₹240" in say(shop.alice, "1")


def test_whoever_is_named_by_nobody_is_left_to_a_person(shop) -> None:
    new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    say(shop.alice, "bill")
    assert "₹" not in say(shop.alice, "my neighbour's")


def test_who_never_bought_is_told_so(shop) -> None:
    assert "no bill of yours" in say(new_phone(shop.company, "+919899912345"), "bill")


def test_staff_get_it_of_anybody_and_of_a_month(shop) -> None:
    assert "Alice Fernandes #1: bill of 1 Feb 2027, ₹240" in say(shop.bob, "invoice alice")
    assert "for January 2027" in say(shop.bob, "invoice #1 january")
    assert "Glycomet 500" in printed(shop.bob)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("january", date(2027, 1, 1)),
        ("feb", date(2027, 2, 1)),
        ("march", date(2026, 3, 1)),
        ("march 2027", date(2027, 3, 1)),
        ("last month", date(2027, 1, 1)),
        ("pichle mahine ka", date(2027, 1, 1)),
        ("this month", date(2027, 2, 1)),
        ("मार्च", date(2026, 3, 1)),
        ("marching band", None),
        ("", None),
    ],
)
def test_months_are_read(said, first) -> None:
    assert months.month(said, date(2027, 2, 15)) == first
