"""Purchases as the API shows them, with their lines."""

from collections import defaultdict

from pydantic import Field

from api.contract.types import Amount, Day, Number, Shown
from models import Customer, Medicine, Purchase, PurchaseItem


class ItemShown(Shown):
    """One line of a purchase."""

    medicine_name: str
    brand_name: str | None
    generic_name: str | None
    quantity: Amount
    unit_price: Amount = Field(description="Rupees.")
    total_amount: Amount = Field(description="Rupees.")
    is_generic: bool
    is_prescription: bool
    duration_days: int | None = Field(description="Days it lasts.")


class PurchaseShown(Shown):
    """A purchase with its lines."""

    id: Number
    bill_number: str | None
    customer_id: Number
    purchase_date: Day
    total_amount: Amount = Field(description="Rupees.")
    staff_code: str | None
    items: list[ItemShown]


def all_shown(customer: Customer, bills: list[Purchase]) -> list[PurchaseShown]:
    """Purchases of this customer, with who sold them, as the API says them, in the order given."""
    columns = (PurchaseItem, Medicine.id, Medicine.brand, Medicine.generic)
    sold = PurchaseItem.select(*columns).join(Medicine).where(PurchaseItem.purchase.in_(bills))
    lines = defaultdict(list)
    for row in sold.order_by(PurchaseItem.id) if bills else ():
        lines[row.purchase_id].append(_item(row))
    return [
        PurchaseShown(
            id=bill.id,
            bill_number=bill.bill_number,
            customer_id=customer.serial,
            purchase_date=bill.purchased_on,
            total_amount=bill.total,
            staff_code=bill.staff.code if bill.staff else None,
            items=lines[bill.id],
        )
        for bill in bills
    ]


def _item(row: PurchaseItem) -> ItemShown:
    return ItemShown(
        medicine_name=row.medicine_name,
        brand_name=row.medicine.brand,
        generic_name=row.medicine.generic,
        quantity=row.quantity,
        unit_price=row.unit_price,
        total_amount=row.total,
        is_generic=row.is_generic,
        is_prescription=row.is_prescription,
        duration_days=row.duration_days,
    )
