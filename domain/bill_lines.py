"""The lines of a bill as they are kept: which medicine it was, what it cost us, how long it lasts."""

from decimal import Decimal

from domain import generics, medicines, packs, renewals
from domain.bills import Item, Line
from domain.medicines import Said
from domain.supplies import Records
from models import Company, Customer, Medicine, PrescribedMedicine, Purchase, PurchaseItem


def write(purchase: Purchase, lines: list[Line], earlier: Records) -> list[PurchaseItem]:
    """Keep this new purchase and its lines, in their order, with what is known of each medicine today and of
    what the customer had `earlier`."""
    written = renewals.in_force(earlier.prescribed)
    sold = _medicines(purchase.company, lines)
    items = [_line(purchase.customer, line, one, written) for line, one in zip(lines, sold, strict=True)]
    for item in items:
        item.saving = generics.saving(item, earlier.lines)
    _know_cost(purchase, items)
    purchase.save()
    for item in items:
        item.purchase = purchase
    PurchaseItem.create_all(items)
    return items


def _medicines(company: Company, lines: list[Line]) -> list[Medicine]:
    """Of each line the medicine: one that was chosen, else what its name says."""
    named = [line.item for line in lines if line.item.medicine is None]
    found = iter(
        medicines.find_or_create_all(company, [Said(item.name, item.brand, item.generic) for item in named])
    )
    return [line.item.medicine or next(found) for line in lines]


def _line(
    customer: Customer, line: Line, medicine: Medicine, written: list[PrescribedMedicine]
) -> PurchaseItem:
    item: Item = line.item
    medicines.sold_at(medicine, line.price)
    by_prescription = bool(medicine.schedule) or not medicine.is_listed
    return PurchaseItem(
        customer=customer,
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
