"""A sheet taken in and what it left behind: what the tests of imports share."""

from typing import Any

from domain import imports
from messaging import files
from models import Contact, Import, Message
from tests.conversation import Shop, phone_of
from workers import intake


def take_in(shop: Shop, data: bytes, name: str = "contacts.xlsx", **wishes: Any) -> Import:
    """Bob (a catalogue: Meera) uploads `data` and a worker reads it to its end; the import as it is then."""
    media = files.keep(shop.company, data, name, "")
    received = imports.receive(
        shop.company,
        {},
        imports.Wishes(**wishes),
        file_name=name,
        staff=shop.meera if wishes.get("kind") == imports.MEDICINES else shop.bob,
        phone=phone_of(shop.bob),
        media=media,
        at_once=True,
    )
    intake.take_in(received)
    return Import.get_by_id(received.id)


def contacts(shop: Shop) -> list[tuple[str, str, Any]]:
    """Every contact as (number, name, details), by number."""
    rows = Contact.select().where(Contact.company == shop.company)
    return sorted((row.phone.address, row.name, row.details) for row in rows)


def answers(received: Import) -> list[str]:
    """What was said about this import, oldest first."""
    said = Message.select().where(Message.key.startswith(f"import:{received.id}:"))
    return [message.body for message in said.order_by(Message.id)]
