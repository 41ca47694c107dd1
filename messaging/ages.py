"""Whether somebody is too young for offers, as far as we know (PLATFORM §7)."""

from models import Contact, Customer

ADULT = 18


def is_young(phone_id: int) -> bool:
    """Whether a customer or a contact behind this phone is known to be under age."""
    young = Customer.select().where(Customer.phone == phone_id, Customer.age < ADULT)
    return young.exists() or _is_young_contact(phone_id)


def _is_young_contact(phone_id: int) -> bool:
    contact = Contact.select(Contact.details).where(Contact.phone == phone_id).first()
    age = str(((contact and contact.details) or {}).get("age", "")).split()[:1]
    return bool(age) and age[0].isdecimal() and int(age[0]) < ADULT
