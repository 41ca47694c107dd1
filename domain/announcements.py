"""What other programs are told: numbers by which the API gives the rest, no names of people (docs/api.md)."""

from datetime import datetime
from typing import Any

from messaging import webhooks
from models import Company, Contact, Purchase, PurchaseItem, RefillReminder


def purchase_recorded(purchase: Purchase, items: list[PurchaseItem], at: datetime) -> None:
    """Somebody bought; the lines are for stock and profit elsewhere. Amounts in rupees."""
    data = {
        "purchase_id": purchase.id,
        "customer_id": purchase.customer.serial,
        "bill_number": purchase.bill_number,
        "purchase_date": purchase.purchased_on.isoformat(),
        "total_amount": float(purchase.total),
        "items": [_line(item) for item in items],
    }
    webhooks.announce(purchase.company, webhooks.PURCHASE_RECORDED, at, data)


def contact_moved(contact: Contact, before: str, at: datetime) -> None:
    """A contact stands elsewhere than `before`; a conversion is told as one as well."""
    if contact.status == before:
        return
    data = {"contact_id": contact.serial, "status": contact.status}
    webhooks.announce(contact.company, webhooks.CONTACT_STATUS_CHANGED, at, {**data, "previous": before})
    if contact.status == "converted":
        webhooks.announce(contact.company, webhooks.CONTACT_CONVERTED, at, {**data, **_conversion(contact)})


def order_changed(reminder: RefillReminder, status: str, at: datetime) -> None:
    """A supply was asked for, set aside, fetched, put back or dropped (`domain.orders`)."""
    data = {
        "order_id": reminder.serial,
        "customer_id": reminder.customer.serial,
        "medicine_id": reminder.medicine_id,
        "status": status,
        "reserved_until": reminder.reserved_until.isoformat() if reminder.reserved_until else None,
    }
    webhooks.announce(reminder.company, webhooks.ORDER_CHANGED, at, data)


def alarm_raised(company: Company, cause: str, at: datetime, **facts: Any) -> None:
    """Sending has stopped, in whole or in part, until a person mends it: the way to managers that does not
    lead over Twilio. The same `cause` is told once."""
    webhooks.announce(company, webhooks.ALARM_RAISED, at, facts, event_id=f"alarm:{cause}")


def _line(item: PurchaseItem) -> dict[str, Any]:
    return {
        "medicine_name": item.medicine_name,
        "quantity": float(item.quantity),
        "unit_price": float(item.unit_price),
        "total_amount": float(item.total),
    }


def _conversion(contact: Contact) -> dict[str, Any]:
    return {
        "customer_id": contact.customer.serial if contact.customer else None,
        "conversion_value": float(contact.conversion_value) if contact.conversion_value is not None else None,
        "converted_on": contact.converted_on.isoformat() if contact.converted_on else None,
        "staff_code": contact.converted_by.code if contact.converted_by else None,
    }
