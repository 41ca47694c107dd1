"""The field kinds, which behave the same on SQLite and PostgreSQL, and taking turns on SQLite."""

import threading
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import fn

import config
import database
from clock import ClockOffset
from desk_tables import Undo
from domain import undo
from models import Company, ConsentEvent, Medicine, Phone
from tests.conversation import fresh, open_shop, phone_of

NOON = datetime(2027, 2, 1, 12, 0, tzinfo=ZoneInfo("Asia/Kolkata"))

pytestmark = pytest.mark.usefixtures("database_url")

same_row_again = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=8,
)


def _company(**values):
    return Company.create(name="Asha Medicals", **values)


def _medicine(company, name, price):
    return Medicine.create(company=company, name=name, identity=name, price=price)


def _raw(field):
    """What lies in the database, as its backups have it."""
    rows = field.model.select(field.cast("TEXT")).order_by(field.model.id).tuples()
    return [value for (value,) in rows]


def test_a_moment_comes_back_as_the_same_moment_in_utc():
    row = fresh(_company(created_at=NOON))
    assert row.created_at == NOON
    assert row.created_at.tzinfo is UTC


@same_row_again
@given(away=st.timedeltas(timedelta(days=-20_000), timedelta(days=20_000)), hours=st.integers(-12, 14))
def test_every_moment_of_every_zone_survives(away, hours):
    moment = (NOON + away).astimezone(timezone(timedelta(hours=hours)))
    company = Company.create(name=f"at {moment}", created_at=moment)
    assert fresh(company).created_at == moment
    company.delete_instance()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        _company(created_at=datetime(2027, 2, 1))  # noqa: DTZ001


def test_moments_are_compared_across_zones():
    _company(created_at=NOON)
    assert Company.select().where(Company.created_at == NOON.astimezone(UTC)).exists()
    assert Company.select().where(Company.created_at > NOON - timedelta(microseconds=1)).exists()
    assert not Company.select().where(Company.created_at < NOON).exists()


def test_moments_sort_by_time_to_the_microsecond():
    moments = [NOON + timedelta(microseconds=step) for step in (500_000, 0, 1, 60_000_000)]
    for number, moment in enumerate(moments):
        Company.create(name=f"{number}", created_at=moment)
    assert [row.created_at for row in Company.select().order_by(Company.created_at)] == sorted(moments)


@pytest.mark.parametrize("amount", ["0", "8.50", "-3.05", "123456789012.34"])
def test_money_is_exact(amount):
    price = fresh(_medicine(_company(), "Metformin", Decimal(amount))).price
    assert (price, str(price)) == (Decimal(amount), str(Decimal(amount).quantize(Decimal("0.01"))))


def test_money_lies_in_the_database_as_whole_paise():
    _medicine(_company(), "Metformin", Decimal("8.50"))
    assert _raw(Medicine.price) == ["850"]


def test_no_money_is_no_money():
    assert fresh(_medicine(_company(), "Metformin", None)).price is None


def test_a_third_decimal_is_refused():
    with pytest.raises(ValueError, match="two decimals"):
        _medicine(_company(), "Metformin", Decimal("8.505"))


def test_sums_of_money_are_money():
    company = _company()
    for name, price in (("Metformin", "8.50"), ("Atorva", "11.75")):
        _medicine(company, name, Decimal(price))
    assert Medicine.select(Medicine.price.sum().alias("spent")).get().spent == Decimal("20.25")
    assert Medicine.select(fn.MAX(Medicine.price).alias("most")).get().most == Decimal("11.75")
    assert Medicine.select(Medicine.price.sum().alias("spent")).where(Medicine.id < 0).get().spent == 0


def test_money_is_compared_as_money():
    _medicine(_company(), "Metformin", Decimal("8.50"))
    assert Medicine.select().where(Medicine.price >= Decimal("8.50"), Medicine.price < 9).exists()


def _event(words):
    shop = open_shop()
    return ConsentEvent.create(
        phone=shop.alice.phone, category="reminders", granted=True, method="chat", words=words
    )


@pytest.mark.parametrize("words", ["", "हाँ जी 👍", 'it\'s "fine"\nby me', "with\x00nul", None])
def test_encrypted_text_comes_back(words):
    assert fresh(_event(words)).words == words


def test_encrypted_text_cannot_be_read_in_the_database():
    _event("my sugar is high")
    assert "sugar" not in str(_raw(ConsentEvent.words))


def test_the_same_words_look_different_each_time():
    phone = open_shop().alice.phone
    for _ in range(2):
        ConsentEvent.create(phone=phone, category="reminders", granted=True, method="chat", words="yes")
    assert len(set(_raw(ConsentEvent.words))) == 2


def test_old_text_stays_readable_when_a_new_key_comes_first(monkeypatch):
    event = _event("agreed at the counter")
    new = Fernet.generate_key().decode()
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [new, *config.ENCRYPTION_KEYS])
    assert fresh(event).words == "agreed at the counter"


def test_new_text_is_written_under_the_newest_key_alone(monkeypatch):
    new = Fernet.generate_key().decode()
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [new, *config.ENCRYPTION_KEYS])
    event = _event("agreed by phone")
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [new])
    assert fresh(event).words == "agreed by phone"


def test_without_the_right_key_nothing_is_read(monkeypatch):
    event = _event("agreed")
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [Fernet.generate_key().decode()])
    with pytest.raises(InvalidToken):
        fresh(event)


@same_row_again
@given(value=json_values)
def test_json_comes_back_as_it_was(value):
    company = Company.create(name="JSON", settings=value if value is not None else {})
    assert fresh(company).settings == (value if value is not None else {})
    company.delete_instance()


@same_row_again
@given(value=json_values)
def test_encrypted_json_comes_back_as_it_was(value):
    bob = getattr(Company.get_or_none(), "staff", None)
    staff = bob.get() if bob else open_shop().bob
    row = Undo.create(company=staff.company, staff=staff, what="a test", changes={"value": value})
    assert fresh(row).changes == {"value": value}


def test_encrypted_json_cannot_be_read_in_the_database():
    bob = open_shop().bob
    Undo.create(company=bob.company, staff=bob, what="a test", changes={"notes": "diabetic"})
    assert "diabetic" not in str(_raw(Undo.changes))


def test_only_what_changed_is_saved():
    phone = open_shop().alice.phone
    mine, theirs = fresh(phone), fresh(phone)
    theirs.profile_name = "Alice"
    theirs.save()
    mine.language = "hi"
    mine.save()
    assert (fresh(phone).profile_name, fresh(phone).language) == ("Alice", "hi")


def test_numbers_of_a_company_are_given_out_once():
    company = _company()
    firsts = [company.take_serials(count) for count in (1, 3, 1)]
    assert (firsts, fresh(company).last_serial) == ([1, 2, 5], 5)


def test_each_company_counts_for_itself():
    mine, theirs = _company(), Company.create(name="Balaji Pharmacy")
    assert (mine.take_serials(7), theirs.take_serials()) == (1, 1)


def test_a_phone_is_one_row_in_a_company():
    shop = open_shop()
    address = phone_of(shop.alice).address
    Phone.insert(company=shop.company, address=address).on_conflict_ignore().execute()
    assert Phone.select().where(Phone.address == address).count() == 1


@pytest.fixture
def somebody_writes(database_url):
    """Somebody else's transaction is open until this is called."""
    locked, released = threading.Event(), threading.Event()

    def hold():
        with database.connection(), database.db.atomic():
            locked.set()
            released.wait(10)
        database.db.close()

    other = threading.Thread(target=hold)
    other.start()
    locked.wait(10)
    yield released.set
    released.set()
    other.join()
    database.wait_less(15)


only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@only_sqlite
@pytest.mark.parametrize("in_transaction", [True, False])
def test_whoever_wants_to_write_waits_until_somebody_else_has_written(somebody_writes, in_transaction):
    threading.Timer(0.2, somebody_writes).start()
    with database.db.atomic() if in_transaction else nullcontext():
        ClockOffset.create(seconds=1)
    assert ClockOffset.select().count() == 1


@only_sqlite
@pytest.mark.parametrize("in_transaction", [True, False])
def test_whoever_has_waited_long_enough_hears_that_the_database_is_away(somebody_writes, in_transaction):
    database.wait_less(0.1)
    with pytest.raises(database.AWAY), database.db.atomic() if in_transaction else nullcontext():
        ClockOffset.create(seconds=1)


@only_sqlite
def test_whoever_writes_behind_an_open_reading_of_its_own_hears_it_at_once(database_url):
    began = time.monotonic()
    for number in range(3):
        ClockOffset.create(seconds=number)
    reading = iter(ClockOffset.select().iterator())
    next(reading)
    other = threading.Thread(target=lambda: (ClockOffset.create(seconds=9), database.db.close()))
    other.start()
    other.join()
    with pytest.raises(database.AWAY):
        ClockOffset.create(seconds=10)
    assert time.monotonic() - began < 10


def test_rows_made_at_once_know_their_numbers_and_hold_what_was_set():
    company = _company()
    rows = [Medicine(company=company, name=str(n), identity="x", price=Decimal(n)) for n in range(3)]
    Medicine.create_all(rows)
    assert [fresh(row).name for row in rows] == ["0", "1", "2"]
    assert fresh(rows[2]).price == 2 and not rows[2].is_dirty()
    Medicine.create_all([])
    assert Medicine.select().count() == 3


def test_a_row_may_come_with_its_number():
    company = Company.create(id=77, name="Asha Medicals")
    assert Company.get() == company and company.id == 77


def test_rows_made_at_once_can_be_taken_back():
    company = _company()
    with undo.recording() as changes:
        Medicine.create_all([Medicine(company=company, name=name, identity="x") for name in "ab"])
    assert [row["id"] for row in changes.rows] == [row.id for row in Medicine.select().order_by(Medicine.id)]
