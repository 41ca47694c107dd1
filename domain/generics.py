"""The same medicine for less: equivalents, what they save, who was told (FEATURES B11, L8).

Offered by the pharmacist, never by the desk of itself.
"""

from decimal import Decimal

from domain import bills, medicines
from models import Customer, Medicine, Purchase, PurchaseItem


def saving(item: PurchaseItem) -> Decimal | None:
    """What a generic saves against the brand this customer bought last; None where there was none."""
    if not item.is_generic:
        return None
    before = _last_brand(item.customer, item.medicine)
    if before is None:
        return None
    return max(Decimal(), bills.paise(before.unit_price * item.quantity) - item.total)


def _last_brand(customer: Customer, medicine: Medicine) -> PurchaseItem | None:
    """The latest branded line of the same supply."""
    bought = (
        PurchaseItem.select(PurchaseItem, Medicine)
        .join_from(PurchaseItem, Medicine)
        .join_from(PurchaseItem, Purchase)
        .where(PurchaseItem.customer == customer, ~PurchaseItem.is_generic)
        .order_by(Purchase.purchased_on.desc(), PurchaseItem.id.desc())
        .limit(200)
    )
    return next((item for item in bought if medicines.same_supply(item.medicine, medicine)), None)
