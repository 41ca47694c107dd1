"""The lines of a bill as they are kept: which medicine it was, what it cost us, how long it lasts."""

from decimal import Decimal

from domain import generics, medicines, packs, renewals
from domain.bills import Item, Line
from models import Medicine, PrescribedMedicine, Purchase, PurchaseItem


def write(purchase: Purchase, lines: list[Line]) -> list[PurchaseItem]:
    """Keep the lines of this purchase, in their order, with what is known of each medicine today."""
    written = renewals.lines(purchase.customer)
    items = [_write(purchase, line, written) for line in lines]
    _know_cost(purchase, items)
    return items


def _write(purchase: Purchase, line: Line, written: list[PrescribedMedicine]) -> PurchaseItem:
    item: Item = line.item
    medicine = item.medicine or medicines.find_or_create(
        purchase.company, item.name, brand=item.brand, generic=item.generic
    )
    medicines.sold_at(medicine, line.price)
    by_prescription = bool(medicine.schedule) or not medicine.is_listed
    row = PurchaseItem(
        purchase=purchase,
        customer=purchase.customer,
        medicine=medicine,
        medicine_name=" ".join(item.name.split())[:255],
        quantity=Decimal(item.quantity),
        unit_price=line.price,
        total=line.total,
        cost=medicines.cost_of(medicine, Decimal(item.quantity)),
        is_generic=medicine.is_generic if item.is_generic is None else item.is_generic,
        is_prescription=by_prescription if item.is_prescription is None else item.is_prescription,
        duration_days=_lasts(item, medicine, written),
        dosage=" ".join(item.dosage.split())[:255] or None,
        always_remind=item.remind,
    )
    row.saving = generics.saving(row)
    row.save(force_insert=True)
    return row


def _lasts(item: Item, medicine: Medicine, written: list[PrescribedMedicine]) -> int | None:
    """As said; else by the dose, told or `written`; nothing that is taken when needed runs out on a day."""
    if packs.is_as_needed(written, medicine, item.dosage):
        return None
    if item.duration_days is not None:
        return item.duration_days
    if item.dosage:
        return packs.days(item.name, item.quantity, item.dosage, medicine.form or "")
    return packs.days_as_prescribed(written, medicine, item.quantity)


def _know_cost(purchase: Purchase, items: list[PurchaseItem]) -> None:
    costed = [item for item in items if item.cost is not None]
    if costed:
        purchase.cost = sum(item.cost for item in costed)
        purchase.costed_total = sum(item.total for item in costed)
        purchase.save()
