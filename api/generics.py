"""Generic education over HTTP: what there is for less, who was told, and what it saves."""

from pydantic import Field

from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Amount, Caller, Day, Number, Sent, Shown, Text
from api.medicines import find
from domain import access, generics
from domain.generics import Equivalent, Offer
from models import Customer

resource = Resource("generics", "The same medicine for less: equivalents in stock, and who was told of them.")


class EquivalentShown(Shown):
    """A cheaper one on the shelf."""

    medicine_id: Number
    medicine_name: str
    unit_price: Amount = Field(description="Rupees.")
    monthly_saving: Amount | None = Field(
        description="Rupees a month; null where nobody knows how many are taken."
    )


class OfferShown(Shown):
    """A medicine, and what there is for less: same composition, strength and form."""

    medicine_id: Number
    medicine_name: str
    unit_price: Amount = Field(description="Rupees.")
    monthly_quantity: Amount | None = Field(description="Pieces a month.")
    cheaper: list[EquivalentShown] = Field(description="The cheapest first.")


class Told(Sent):
    """What was said."""

    notes: Text = ""


class EducationShown(Shown):
    """Whether a customer was told of generics, and what they have saved since."""

    customer_id: Number
    generic_education_given: bool
    told_on: Day | None
    told_by: str | None = Field(description="The code of the member of staff.")
    saved_amount: Amount = Field(description="Rupees, against the brands they bought before.")


@resource.get("/api/medicines/<int:medicine_id>/equivalents")
def equivalents(caller: Caller, medicine_id: Number) -> OfferShown:
    """Show what there is in stock for less instead of a medicine."""
    return _offer(generics.for_medicine(find(caller, medicine_id)))


@resource.get("/api/customers/<int:customer_id>/generic-options", needs=access.MEDICAL)
def options(caller: Caller, customer_id: Number, query: Paged) -> list[OfferShown]:
    """List what a customer takes for long and could have for less."""
    customer = access.customer(caller.staff, customer_id)
    return [_offer(each) for each in paging.slice_of(generics.for_customer(customer, caller.at), query)]


@resource.post(
    "/api/customers/<int:customer_id>/generic-education",
    status=201,
    example={"notes": "showed the strip"},
)
def educate(caller: Caller, customer_id: Number, body: Told) -> EducationShown:
    """Note that a customer was told of generics; the first time counts, each is noted."""
    customer = access.customer(caller.staff, customer_id)
    generics.educate(customer, staff=caller.staff, at=caller.at, notes=body.notes)
    return _education(customer)


@resource.get("/api/customers/<int:customer_id>/generic-education")
def education(caller: Caller, customer_id: Number) -> EducationShown:
    """Show whether a customer was told of generics, and what they have saved since."""
    return _education(access.customer(caller.staff, customer_id))


def _offer(offer: Offer) -> OfferShown:
    return OfferShown(
        medicine_id=offer.medicine.id,
        medicine_name=offer.medicine.name,
        unit_price=offer.price,
        monthly_quantity=offer.monthly,
        cheaper=[_equivalent(each) for each in offer.cheaper],
    )


def _equivalent(one: Equivalent) -> EquivalentShown:
    return EquivalentShown(
        medicine_id=one.medicine.id,
        medicine_name=one.medicine.name,
        unit_price=one.price,
        monthly_saving=one.saving,
    )


def _education(customer: Customer) -> EducationShown:
    return EducationShown(
        customer_id=customer.serial,
        generic_education_given=customer.educated_on is not None,
        told_on=customer.educated_on,
        told_by=customer.educated_by.code if customer.educated_by else None,
        saved_amount=generics.saved(customer),
    )
