"""The shop that bench/api.py asks: 200,000 customers, of whom every tenth has come twenty-one times."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

# Every tenth customer bought two medicines each month; everybody came once.
_REGULAR = 10
_MONTHS = 20
_MEDICINES = 1000
_CONTACTS = 20_000
_STAFF = 10
_FOLLOW_UPS = 500
_DUE = 50


@dataclass(frozen=True)
class Shop:
    """What was filled in; `first` are the lowest numbers of each kind of row."""

    token: str
    customers: int
    items: int
    sheet: int

    def named(self, n: int) -> dict[str, Any]:
        """The n-th person and thing to ask about."""
        customer = _regular(n)
        return {
            "customer": customer,
            "phone": _number(customer - 1),
            "contact": 2 * self.customers + 1 + n,
            "reminder": self.customers + customer,
            "sheet": self.sheet,
            "medicine": n + 1,
            "month_ago": str(_today() - timedelta(days=30)),
        }

    def bill(self, n: int, lines: int) -> dict[str, Any]:
        """What the n-th regular customer takes home: the usual medicines, and more besides."""
        customer = _regular(n)
        return _bill(_number(customer - 1), [_medicine(customer, k) for k in range(lines)])

    def bill_of_somebody_new(self, n: int) -> dict[str, Any]:
        """One line for a phone nobody knows."""
        return _bill(_number(self.customers + _CONTACTS + n), [n % _MEDICINES])


def fill(count: int, asked: int) -> Shop:
    """Fill the empty database with `count` customers; the first `asked` regulars have their days reckoned."""
    import company_settings
    from database import db
    from domain import staff as team
    from models import Company, Sender

    company = Company.create(name="Bench Medicals", last_serial=10 * count)
    company_settings.change(company, "api_requests_a_minute", "1000000")
    Sender.create(company=company, address="+912200000001")
    people = [
        team.add(company, code=f"STAFF{n:03}", name=f"Meera {n}", phone=f"+91700000{n:04}", role="manager")
        for n in range(1, _STAFF + 1)
    ]
    token = team.new_token(people[0])
    with db.atomic():
        _people(company, count)
        items = _purchases(company, count)
        _reminders(company, count)
        _medical(company, count)
        sheet = _contacts(company, people[0], count)
    _reckon(asked)
    return Shop(token, count, items, sheet)


def _regular(n: int) -> int:
    """The serial of the n-th customer who comes each month."""
    return n * _REGULAR + 1


def _medicine(customer: int, k: int) -> int:
    return (customer * 7 + k * 13) % _MEDICINES


def _number(n: int) -> str:
    return f"+919{n + 100_000_000:09}"


def _today() -> Any:
    return datetime.now(UTC).date()


def _long_ago(n: int) -> Any:
    """A moment of the months the shop has been open, as the database stores it."""
    from database import UTCDateTimeField

    return UTCDateTimeField().db_value(datetime.now(UTC) - timedelta(days=n % (30 * _MONTHS)))


def _bill(phone: str, medicines: list[int]) -> dict[str, Any]:
    items = [
        {"medicine_name": f"Medicine {n} 500", "quantity": 30, "unit_price": 5.0, "duration_days": 30}
        for n in medicines
    ]
    return {"phone": phone, "name": "Person", "items": items}


def _people(company: Any, count: int) -> None:
    from models import Customer, Medicine, Phone

    _many(
        _MEDICINES,
        Medicine(company=company, name="", identity="", price=5, stock=500, is_listed=True),
        name=lambda n: f"Medicine {n} 500",
        # Two of each composition, one of them a generic.
        identity=lambda n: f"medicine {n}|500|",
        is_generic=lambda n: bool(n % 2),
    )
    _many(count + _CONTACTS, Phone(company=company, address=""), address=_number)
    _many(
        count,
        Customer(company=company, serial=0, name="Person", total_visits=3, category="regular_branded"),
        created_at=_long_ago,
        serial=lambda n: n + 1,
        phone=lambda n: n + 1,
    )


def _purchases(company: Any, count: int) -> int:
    """One bill of one line for everybody, then each month's two lines of the regulars; returns all lines."""
    from models import Purchase, PurchaseItem

    today = _today()
    regulars = count // _REGULAR
    bill = Purchase(company=company, customer=1, staff=1, purchased_on=today, total=300)
    line = PurchaseItem(
        purchase=1,
        customer=1,
        medicine=1,
        medicine_name="",
        quantity=30,
        unit_price=5,
        total=150,
        duration_days=30,
    )

    def buyer(n: int) -> int:
        return n + 1 if n < count else _regular((n - count) % regulars)

    def day(n: int) -> str:
        months = _MONTHS + 1 if n < count else _MONTHS - (n - count) // regulars
        return str(today - timedelta(days=30 * months + n % 29))

    def sold(n: int) -> tuple[int, int]:
        """Of the n-th line the number of its bill and which of the bill's it is."""
        return (n, 0) if n < count else (count + (n - count) // 2, (n - count) % 2)

    def medicine(n: int) -> int:
        bill_number, k = sold(n)
        return _medicine(buyer(bill_number), k)

    lines = count + 2 * _MONTHS * regulars
    _many(count + _MONTHS * regulars, bill, customer=buyer, purchased_on=day)
    _many(
        lines,
        line,
        purchase=lambda n: sold(n)[0] + 1,
        customer=lambda n: buyer(sold(n)[0]),
        medicine=lambda n: medicine(n) + 1,
        medicine_name=lambda n: f"Medicine {medicine(n)} 500",
    )
    return lines


def _reminders(company: Any, count: int) -> None:
    """An open one for everybody, of what they bought last; so many fall due on each day."""
    from models import RefillReminder

    today = _today()
    waiting = RefillReminder(
        company=company,
        serial=0,
        customer=1,
        medicine=1,
        supply_days=30,
        runs_out_on=today,
        reminder_on=today,
    )
    _many(
        count,
        waiting,
        serial=lambda n: count + n + 1,
        customer=lambda n: n + 1,
        phone=lambda n: n + 1,
        medicine=lambda n: _medicine(n + 1, 0) + 1,
        runs_out_on=lambda n: str(today + timedelta(days=n % 60 - 20)),
        reminder_on=lambda n: str(today + timedelta(days=n % 60 - 25)),
    )


def _medical(company: Any, count: int) -> None:
    """Of each regular customer a prescription of one medicine, a condition and five messages."""
    from models import MedicalCondition, Message, PrescribedMedicine, Prescription

    regulars = count // _REGULAR
    written = Prescription(company=company, serial=0, customer=1, prescribed_on=_today(), is_chronic=True)
    serial = 3 * count
    _many(regulars, written, customer=_regular, serial=lambda n: serial + n)
    prescribed = PrescribedMedicine(prescription=1, medicine=1, medicine_name="Medicine", frequency="1-0-1")
    _many(
        regulars,
        prescribed,
        prescription=lambda n: n + 1,
        medicine=lambda n: _medicine(_regular(n), 0) + 1,
    )
    ill = MedicalCondition(company=company, serial=0, customer=1, name="Diabetes")
    _many(regulars, ill, customer=_regular, serial=lambda n: serial + regulars + n)
    said = Message(
        company=company,
        phone=1,
        sender=1,
        key="",
        kind="answer",
        template="hello",
        language="en",
        body="Hello",
    )
    _many(5 * regulars, said, phone=lambda n: _regular(n % regulars), key=lambda n: f"bench:{n}")


def _contacts(company: Any, staff: Any, count: int) -> int:
    """Leads with what was said with them, what is promised, and the sheets they came with."""
    from models import Contact, FollowUp, Import, ImportRow, Interaction

    now = datetime.now(UTC)
    first = count + 1
    lead = Contact(company=company, serial=0, phone=1, name="Lead")
    _many(
        _CONTACTS,
        lead,
        serial=lambda n: 2 * count + 1 + n,
        phone=lambda n: first + n,
        created_at=_long_ago,
    )
    talk = Interaction(company=company, contact=1, staff=staff, kind="call", notes="Will come")
    _many(_CONTACTS, talk, contact=lambda n: n // 20 + 1, happened_at=_long_ago)
    promised = FollowUp(
        company=company, serial=0, contact=1, phone=1, staff=staff, due_at=now, notes="call back"
    )
    _many(
        _FOLLOW_UPS,
        promised,
        serial=lambda n: 4 * count + n,
        contact=lambda n: n + 1,
        phone=lambda n: first + n,
        due_at=lambda n: FollowUp.due_at.db_value(now + timedelta(days=0 if n < _DUE else 3)),
    )
    sheets = [
        Import.create(
            company=company, serial=5 * count + n, staff=staff, state="published", counts={"new": 1000}
        )
        for n in range(20)
    ]
    came = ImportRow(sheet=sheets[-1], row=1, outcome="new", name="Lead", address="+919999999999")
    _many(1000, came, row=lambda n: n + 2)
    return int(sheets[-1].serial)


def _reckon(asked: int) -> None:
    from database import db
    from domain import coverage
    from models import Customer

    serials = [_regular(n) for n in range(asked)]
    with db.atomic():
        for customer in list(Customer.select().where(Customer.serial.in_(serials))):
            coverage.renew(customer)


def _many(count: int, like: Any, **varying: Callable[[int], Any]) -> None:
    """So many rows like this one, but for what varies; values as the database stores them."""
    from statements import insert_in_bulk

    fields = [field for field in like._meta.sorted_fields if field.name != "id"]
    fixed = [field.db_value(like.__data__.get(field.name)) for field in fields]
    places = [(n, varying[field.name]) for n, field in enumerate(fields) if field.name in varying]
    for start in range(0, count, 10_000):
        rows = []
        for number in range(start, min(start + 10_000, count)):
            row = list(fixed)
            for place, value in places:
                row[place] = value(number)
            rows.append(tuple(row))
        insert_in_bulk(fields, rows)
