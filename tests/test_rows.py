"""Rows are read as peewee reads them, only sooner."""

import pytest
from peewee import JOIN, ModelSelect, fn

from models import Company, Customer, Medicine, Phone, RefillReminder, Staff
from rows import Selection, knowing
from tests.conversation import fresh, open_other_shop, open_shop

pytestmark = pytest.mark.usefixtures("database_url")

_someone_else = Staff.alias()

QUERIES = [
    lambda: Customer.select().where(Customer.phone == 5).order_by(Customer.id),
    lambda: RefillReminder.select(RefillReminder, Medicine).join(Medicine).where(Medicine.price > 3),
    lambda: Customer.select(Customer, Phone).join(Phone, JOIN.LEFT_OUTER).limit(3),
    lambda: (
        Customer.select(Customer.id, fn.COUNT(Phone.id).alias("phones")).join(Phone).group_by(Customer.id)
    ),
    lambda: Staff.select(Staff, _someone_else).join(_someone_else, on=Staff.manager == _someone_else.id),
    lambda: Customer.select().where(Customer.phone.in_(Phone.select().where(Phone.company == 1))),
    lambda: Customer.select().where(Customer.company.in_(Company.select(Company.id, Company.name).limit(1))),
    lambda: Customer.select(Customer.name).union(Phone.select(Phone.address)),
]


@pytest.mark.parametrize("query", QUERIES)
def test_each_is_the_same_to_the_letter(query, monkeypatch):
    ours = query().sql()
    monkeypatch.setattr(Selection, "__sql_selection__", ModelSelect.__sql_selection__)
    assert ours == query().sql()


def test_what_is_at_hand_is_not_read_again(database_url):
    shop = open_shop()
    alice = knowing(fresh(shop.alice), company=shop.company)
    assert alice.company is shop.company
    assert not alice.dirty_fields


def test_nobody_is_told_of_another_row_than_the_one_it_leads_to(database_url):
    shop = open_shop()
    other, _ = open_other_shop()
    with pytest.raises(ValueError, match="company"):
        knowing(fresh(shop.alice), company=other.company)
