"""What a customer's invoice says: one purchase, or all of a month (FEATURES B9)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from domain.errors import DomainError
from models import Company, Customer, Purchase, PurchaseItem

# A month holds no more bills than this of one person.
_MOST = 200


@dataclass(frozen=True)
class Invoice:
    """Bills of one customer with their lines; `month` is its first day where a whole month is meant."""

    company: Company
    customer: Customer
    bills: list[tuple[Purchase, list[PurchaseItem]]]
    month: date | None = None

    @property
    def total(self) -> Decimal:
        """What was paid for all of it."""
        return sum((purchase.total for purchase, _ in self.bills), Decimal())

    @property
    def latest(self) -> Purchase:
        """The newest of its bills."""
        return self.bills[-1][0]

    @property
    def file_name(self) -> str:
        """Names nobody and no medicine: "invoice-26-27-00042.pdf"."""
        kind = self.month.strftime("%Y-%m") if self.month else self.latest.bill_number or str(self.latest.id)
        return f"invoice-{re.sub(r'[^A-Za-z0-9]+', '-', kind).strip('-') or self.latest.id}.pdf"


def of_purchase(purchase: Purchase) -> Invoice:
    """The invoice of one bill."""
    return _invoice(purchase.customer, [purchase], None)


def latest(customer: Customer) -> Invoice:
    """That of the last purchase. Raises `DomainError` `no_such_invoice`."""
    bought = Purchase.select().where(Purchase.customer == customer)
    last = bought.order_by(Purchase.purchased_on.desc(), Purchase.id.desc()).first()
    if last is None:
        raise DomainError("no_such_invoice", customer=customer, month=None)
    return of_purchase(last)


def of_month(customer: Customer, month: date) -> Invoice:
    """All bills of the month that `month` lies in, oldest first. Raises `DomainError` `no_such_invoice`."""
    first = month.replace(day=1)
    end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    bought = Purchase.select().where(Purchase.customer == customer, Purchase.purchased_on.between(first, end))
    purchases = list(bought.order_by(Purchase.purchased_on, Purchase.id).limit(_MOST))
    if not purchases:
        raise DomainError("no_such_invoice", customer=customer, month=first)
    return _invoice(customer, purchases, first)


def _invoice(customer: Customer, purchases: list[Purchase], month: date | None) -> Invoice:
    kept = PurchaseItem.purchase.in_(purchases) & (PurchaseItem.quantity > 0)
    lines = PurchaseItem.select().where(kept).order_by(PurchaseItem.id)
    by_bill: dict[int, list[PurchaseItem]] = {purchase.id: [] for purchase in purchases}
    for line in list(lines):
        by_bill[line.purchase_id].append(line)
    bills = [(purchase, by_bill[purchase.id]) for purchase in purchases]
    return Invoice(customer.company, customer, bills, month)
