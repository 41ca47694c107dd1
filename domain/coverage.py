"""Covered days of every customer and medicine: kept up to date as purchases come in, so that reports only
add them up."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from peewee import fn

from database import db, is_postgresql
from domain import medicines, therapies
from domain.supplies import Records
from domain.therapies import Course, Fill
from models import Company, Customer, Medicine, Purchase, PurchaseItem, SupplyNote
from report_tables import CoveredMedicine, CoveredSpan, Therapy

# Customers in one transaction of a rebuild: nobody who writes meanwhile waits longer than a moment.
_AT_ONCE = 200
# SQLite takes so many values in one statement that this is far from its limit.
_ROWS_AT_ONCE = 2_000


def renew(customer: Customer, bought: Iterable[Medicine] = ()) -> None:
    """Reckon anew what this customer had of these medicines, or of all, in the caller's transaction.

    Whoever records, takes back or erases a purchase calls this afterwards; the order of entry is all one.
    """
    _renew_all([customer.id], _compositions(bought))


def renew_by(records: Records, customer: Customer, bought: Iterable[Medicine]) -> None:
    """The same by records the caller has read, the customer's row being kept for this transaction."""
    compositions = _compositions(bought)
    lines = [(row.purchase.purchased_on, row.duration_days, row.medicine) for row in records.lines]
    notes = [(row.noted_on, row.days, row.medicine) for row in records.notes if row.kind == "bought"]
    fills = [Fill(on, days, medicines.of(one), one.id) for on, days, one in (*lines, *notes) if days]
    _replace([customer], {customer.id: _of(fills, compositions)}, compositions)


def renew_buyers(noted: Iterable[dict[str, Any]]) -> Callable[[], None]:
    """For `undo`: what to call once the rows noted there have been taken back."""
    noted = list(noted)
    # Who is taken back from the dead is asked about again.
    buyers = {row["id"] for row in noted if row["table"] == Customer._meta.table_name}
    for table in (PurchaseItem, SupplyNote):
        ids = [row["id"] for row in noted if row["table"] == table._meta.table_name]
        buyers |= {row.customer_id for row in table.select(table.customer).where(table.id.in_(ids))}
    return lambda: _renew_all(sorted(buyers))


def catch_up(told: Callable[[int], None] = lambda count: None) -> int:
    """Reckon anew whoever bought a medicine that is known as something else now, or was never counted.

    Each few customers are a transaction of their own; returns how many customers there were.
    """
    seen = (CoveredMedicine.medicine == Medicine.id) & (CoveredMedicine.identity == Medicine.identity)
    known = CoveredMedicine.select().where(seen)
    changed = list(Medicine.select().where(~fn.EXISTS(known)))
    buyers: set[int] = set()
    for start in range(0, len(changed), _ROWS_AT_ONCE):
        ids = [medicine.id for medicine in changed[start : start + _ROWS_AT_ONCE]]
        rows = PurchaseItem.select(PurchaseItem.customer).where(PurchaseItem.medicine.in_(ids))
        buyers |= {row.customer_id for row in rows.distinct()}
    _in_steps(sorted(buyers), told)
    with db.atomic():
        for medicine in changed:
            _counted(medicine)
    return len(buyers)


def rebuild(company: Company, told: Callable[[int], None] = lambda count: None) -> int:
    """Reckon every customer anew; returns how many there are. `told` hears of each few that are done."""
    rows = Customer.select(Customer.id).where(Customer.company == company).order_by(Customer.id)
    ids = [row.id for row in rows]
    _in_steps(ids, told)
    return len(ids)


def _counted(medicine: Medicine) -> None:
    said = CoveredMedicine.insert(medicine=medicine, identity=medicine.identity)
    said.on_conflict(
        conflict_target=[CoveredMedicine.medicine], update={CoveredMedicine.identity: medicine.identity}
    ).execute()


def _in_steps(customers: list[int], told: Callable[[int], None]) -> None:
    for start in range(0, len(customers), _AT_ONCE):
        some = customers[start : start + _AT_ONCE]
        with db.atomic():
            _renew_all(some)
        told(len(some))


def _renew_all(customers: list[int], compositions: set[str] | None = None) -> None:
    """With no compositions all are meant."""
    rows = Customer.select(Customer.id, Customer.company, Customer.died_on).where(Customer.id.in_(customers))
    # Two who reckon the same customer at once would both find nothing and both write.
    locked = list(rows.order_by(Customer.id).for_update() if is_postgresql() else rows)
    fills = {customer: _of(theirs, compositions) for customer, theirs in _fills(customers).items()}
    _replace(locked, fills, compositions)


def _replace(customers: list[Customer], fills: dict[int, list[Fill]], compositions: set[str] | None) -> None:
    _forget([customer.id for customer in customers], compositions)
    found = [
        (customer, course)
        for customer in customers
        for course in therapies.courses(fills.get(customer.id, ()), customer.died_on)
    ]
    _write(found)


def _compositions(bought: Iterable[Medicine]) -> set[str]:
    return {medicines.of(medicine).composition for medicine in bought}


def _of(fills: list[Fill], compositions: set[str] | None) -> list[Fill]:
    return [fill for fill in fills if not compositions or fill.identity.composition in compositions]


def _fills(customers: list[int]) -> dict[int, list[Fill]]:
    """What these customers bought for a number of days, with a bill or without, by customer."""
    fills: dict[int, list[Fill]] = defaultdict(list)
    for customer, on, days, medicine, identity in (*_billed(customers), *_unbilled(customers)):
        fills[customer].append(Fill(on, days, medicines.read(identity), medicine))
    return fills


def _billed(customers: list[int]) -> Any:
    return (
        PurchaseItem.select(
            PurchaseItem.customer,
            Purchase.purchased_on,
            PurchaseItem.duration_days,
            PurchaseItem.medicine,
            Medicine.identity,
        )
        .join_from(PurchaseItem, Purchase)
        .join_from(PurchaseItem, Medicine)
        .where(PurchaseItem.customer.in_(customers), PurchaseItem.duration_days > 0)
        .tuples()
    )


def _unbilled(customers: list[int]) -> Any:
    columns = (SupplyNote.customer, SupplyNote.noted_on, SupplyNote.days, SupplyNote.medicine)
    noted = SupplyNote.select(*columns, Medicine.identity).join(Medicine)
    bought = (SupplyNote.kind == "bought") & (SupplyNote.days > 0)
    return noted.where(SupplyNote.customer.in_(customers), bought).tuples()


def _forget(customers: list[int], compositions: set[str] | None) -> None:
    theirs = Therapy.select(Therapy.id, Therapy.identity).where(Therapy.customer.in_(customers))
    old = [
        row.id
        for row in theirs
        if not compositions or medicines.read(row.identity).composition in compositions
    ]
    if old:
        CoveredSpan.delete().where(CoveredSpan.therapy.in_(old)).execute()
        Therapy.delete().where(Therapy.id.in_(old)).execute()


def _write(found: list[tuple[Customer, Course]]) -> None:
    taken = [_therapy(customer, course) for customer, course in found]
    for start in range(0, len(taken), _ROWS_AT_ONCE):
        Therapy.create_all(taken[start : start + _ROWS_AT_ONCE])
    covered = [
        CoveredSpan(
            therapy=therapy,
            ends_on=span.ends_on,
            filled_on=span.filled_on,
            begins_on=span.begins_on,
            days=span.days,
            late_days=span.late_days,
        )
        for therapy, (_, course) in zip(taken, found, strict=True)
        for span in course.spans
    ]
    for start in range(0, len(covered), _ROWS_AT_ONCE):
        CoveredSpan.create_all(covered[start : start + _ROWS_AT_ONCE])


def _therapy(customer: Customer, course: Course) -> Therapy:
    return Therapy(
        company=customer.company_id,
        customer=customer.id,
        identity=str(course.identity),
        drug=course.drug,
        medicine=course.medicine_id,
        first_on=course.spans[0].filled_on,
        last_on=course.spans[-1].filled_on,
        runs_out_on=course.spans[-1].ends_on,
        fills=len(course.spans),
        longest_fill=max(span.days for span in course.spans),
        until_on=course.until_on,
    )
