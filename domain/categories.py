"""The four categories of customers and what moves somebody from one to the next (FEATURES B1).

A customer begins as `contact_sheet` (the phone stood in a sheet) or `first_time_prescription`, and only ever
moves on:

- `regular_branded` with the second purchase of brands: time to tell them of generics.
- `generic_informed` when they were told of generics and buy one, or buy generics a second time by themselves.
- Whoever is put into a category at the counter is in it, unless that would be a step back; who is called
  generic informed there has been told that day.
"""

from domain import scopes
from models import Customer, Purchase, PurchaseItem, Staff

CONTACT_SHEET = "contact_sheet"
FIRST_TIME_PRESCRIPTION = "first_time_prescription"
REGULAR_BRANDED = "regular_branded"
GENERIC_INFORMED = "generic_informed"

CATEGORIES = (CONTACT_SHEET, FIRST_TIME_PRESCRIPTION, REGULAR_BRANDED, GENERIC_INFORMED)
_RANK = {CONTACT_SHEET: 0, FIRST_TIME_PRESCRIPTION: 0, REGULAR_BRANDED: 1, GENERIC_INFORMED: 2}


def move(customer: Customer, category: str) -> None:
    """Move on to `category`; never back, and saved by the caller."""
    if _RANK[category] > _RANK[customer.category]:
        customer.category = category


def after_purchase(purchase: Purchase, items: list[PurchaseItem], earlier: list[PurchaseItem]) -> None:
    """Move the customer on by what was bought now and in the `earlier` lines, and keep the preference for
    generics; saved by the caller."""
    customer = purchase.customer
    on_other_days = [line for line in earlier if line.purchase.purchased_on != purchase.purchased_on]
    generics = [item for item in items if item.is_generic]
    if len(generics) * 2 >= len(items):
        customer.prefers_generic = True
    if purchase.category:
        _by_word(customer, purchase, purchase.category)
    if len(generics) < len(items) and not all(line.is_generic for line in on_other_days):
        move(customer, REGULAR_BRANDED)
    came_for_generics = customer.prefers_generic and bool(on_other_days)
    if generics and (_was_told(customer, purchase) or came_for_generics):
        move(customer, GENERIC_INFORMED)


def to_educate(staff: Staff, limit: int = 20) -> list[Customer]:
    """Regular customers of brands, of those `staff` sees, whom nobody has told of generics yet, who came
    last first."""
    regular = scopes.visible(staff) & (Customer.category == REGULAR_BRANDED)
    untold = regular & Customer.educated_on.is_null() & Customer.died_on.is_null()
    rows = Customer.select().where(untold).order_by(Customer.last_visit_on.desc(), Customer.id.desc())
    return list(rows.limit(limit))


def _by_word(customer: Customer, purchase: Purchase, category: str) -> None:
    move(customer, category)
    if category == GENERIC_INFORMED and customer.educated_on is None:
        customer.educated_on, customer.educated_by = purchase.purchased_on, purchase.staff


def _was_told(customer: Customer, purchase: Purchase) -> bool:
    return customer.educated_on is not None and customer.educated_on <= purchase.purchased_on
