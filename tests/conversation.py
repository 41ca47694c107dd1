"""Conversations with a small pharmacy: alice is its customer, bob her pharmacist, charlie belongs to another.

A test opens the shop and speaks: `shop = open_shop()`, then `assert "tasks" in say(shop.bob, "help")`. The
database comes from the fixtures of conftest.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import clock
from bot import conversation, customer, staff
from clock import ClockOffset
from domain import people
from messaging import approved, delivery
from messaging.channels.memory import MemoryChannel
from models import ApprovedTemplate, Company, Contact, Customer, InboundMessage, Message, Phone, Sender, Staff

ZONE = ZoneInfo("Asia/Kolkata")

# A Monday morning, outside the quiet hours.
MORNING = datetime(2027, 2, 1, 10, 0, tzinfo=ZONE)

_numbers = count(1)

Speaker = Customer | Staff | Contact | Phone


@dataclass
class Shop:
    """What a test may need of a pharmacy; `bob` is a pharmacist, `meera` the manager, both of its staff."""

    company: Company
    sender: Sender
    bob: Staff
    meera: Staff
    alice: Customer


def open_shop(name: str = "Asha Medicals", first_phone: str = "+919876543210") -> Shop:
    """A pharmacy with bob, meera and alice; their phones follow each other from
    `first_phone`, the shop's own."""
    staff.load()
    customer.load()
    numbers = [f"+{int(first_phone) + step}" for step in range(4)]
    company = Company.create(name=name)
    sender = Sender.create(company=company, address=numbers[0])
    meera = Staff.create(
        company=company, code="STAFF001", name="Meera Iyer", phone=numbers[1], role="manager"
    )
    bob = Staff.create(
        company=company,
        code="STAFF002",
        name="Bob D'Souza",
        phone=numbers[2],
        is_pharmacist=True,
        manager=meera,
    )
    alice = new_customer(company, "Alice Fernandes", numbers[3])
    return Shop(company, sender, bob, meera, alice)


def open_other_shop() -> tuple[Shop, Customer]:
    """Another pharmacy, whose customer charlie must never see anything of the first one."""
    shop = open_shop("Balaji Pharmacy", "+919812300000")
    return shop, new_customer(shop.company, "Charlie Rao", "+919812300009")


def new_phone(company: Company, address: str) -> Phone:
    """A phone of somebody who is glad to be reminded."""
    return Phone.create(company=company, address=address, reminders_allowed=True)


def new_customer(company: Company, name: str, address: str) -> Customer:
    """A customer with a phone of her own, or with the one that is there already."""
    phone = Phone.get_or_none(Phone.company == company, Phone.address == address) or new_phone(
        company, address
    )
    return Customer.create(company=company, serial=company.take_serials(), phone=phone, name=name)


def new_contact(company: Company, name: str, address: str) -> Contact:
    """A lead of a sheet."""
    return Contact.create(
        company=company, serial=company.take_serials(), phone=new_phone(company, address), name=name
    )


def say(speaker: Speaker, text: str = "", **message: Any) -> str:
    """Write `text` to the shop and return what is answered, "" for silence.

    `button` is the id of the button pressed, `replied_to` the `Message` that is answered, `media` a list
    of files as the webhook stores them.
    """
    phone = phone_of(speaker)
    replied_to = message.pop("replied_to", None)
    inbound = InboundMessage.create(
        provider_id=f"SMtest{next(_numbers):08d}",
        from_address=phone.address,
        to_address=Sender.get(Sender.company == phone.company, Sender.channel == "whatsapp").address,
        body=text,
        replied_to=_provider_id(replied_to) if replied_to else None,
        received_at=clock.now(),
        **message,
    )
    conversation.answer_all()
    answered = InboundMessage.get_by_id(inbound.id)
    assert answered.state == "answered", f"{text!r} was not answered: {answered.state}"
    answer = Message.get_or_none(Message.key == f"answer:{inbound.id}")
    return answer.body if answer else ""


def told(listener: Speaker, *templates: str) -> list[str]:
    """All we ever said to that phone, oldest first; of these templates only, if any are named."""
    said = Message.select().where(Message.phone == phone_of(listener)).order_by(Message.id)
    return [message.body for message in said if not templates or message.template in templates]


def last_message(listener: Speaker, template: str) -> Message:
    """The latest message of that template to that phone."""
    mine = (Message.phone == phone_of(listener)) & (Message.template == template)
    return Message.select().where(mine).order_by(Message.id.desc()).get()


def phone_of(speaker: Speaker) -> Phone:
    """The phone somebody writes from, as the database has it now."""
    if isinstance(speaker, Staff):
        return people.phone_at(speaker.company, speaker.phone)
    phone = speaker if isinstance(speaker, Phone) else speaker.phone
    assert phone is not None
    return Phone.get_by_id(phone.id)


def fresh(row: Any) -> Any:
    """The same row as the database has it now."""
    return type(row).get_by_id(row.id)


def it_is(moment: datetime | str) -> datetime:
    """From now on the shop's clock shows `moment` ("2027-02-26 10:00" is local time
    in India) and goes on from there."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    ClockOffset.delete().execute()
    ClockOffset.create(seconds=(moment - clock.machine_now()).total_seconds())
    clock.forget()
    return moment


def later(**passed: float) -> datetime:
    """Let time pass: `later(days=3, hours=2)`."""
    return it_is(clock.now() + timedelta(**passed))


def approve_everything(company: Company) -> None:
    """WhatsApp has approved all our messages for writing first."""
    known = [(name, language) for name in approved.APPROVED for language in approved.languages_of(name)]
    ApprovedTemplate.insert_many(
        {
            "company": company,
            "name": name,
            "language": language,
            "content_id": f"HX{name}{language}",
            "status": "approved",
        }
        for name, language in known
    ).execute()


def send_all() -> MemoryChannel:
    """Send what is due; the channel returned has `taken` it."""
    channel = MemoryChannel()
    delivery.send_due(channel, lasting=5)
    return channel


def _provider_id(message: Message) -> str:
    if message.provider_id is None:
        message.provider_id = f"SMours{message.id:08d}"
        Message.update(provider_id=message.provider_id).where(Message.id == message.id).execute()
    return str(message.provider_id)
