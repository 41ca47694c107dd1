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


READ = [
    lambda: Customer.select().order_by(Customer.id),
    lambda: Customer.select(Customer.id, Customer.name, Customer.created_at).order_by(Customer.id),
    lambda: (
        Customer.select(Customer, Phone, Staff)
        .join_from(Customer, Phone, JOIN.LEFT_OUTER)
        .join_from(Customer, Staff, JOIN.LEFT_OUTER, on=Customer.assigned_to)
        .order_by(Customer.id)
    ),
    lambda: Staff.select(Staff, Company).join(Company).order_by(Staff.id),
    lambda: Customer.select(Customer, Phone.address).join(Phone).order_by(Customer.id),
    lambda: Customer.select(Customer).join(Phone).order_by(Customer.id),
    lambda: (
        Customer.select(Customer.name, fn.COUNT(Phone.id).alias("phones")).join(Phone).group_by(Customer.name)
    ),
    lambda: Phone.select(Phone, Customer).join(Customer).order_by(Customer.id),
]


@pytest.mark.parametrize("query", READ)
def test_each_reads_the_same_rows(query, shop, monkeypatch):
    Customer.create(company=shop.company, serial=999, name="Nobody's, without a phone")
    Customer.update(assigned_to=shop.bob).where(Customer.id == shop.alice.id).execute()
    ours = [_all_of(row) for row in query()]
    monkeypatch.setattr(Selection, "_links", lambda self: None)
    assert ours
    assert ours == [_all_of(row) for row in query()]


def _all_of(row):
    """All that a row says, and all that the rows it leads to say."""
    related = {name: other and _all_of(other) for name, other in row.__rel__.items()}
    return type(row), row.__data__, related, row.dirty_fields, vars(row).get("phones")


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
