"""Medicines over HTTP, as this pharmacy knows them, and what lies on the shelf."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import WHOLE, Amount, Caller, Day, Days, Name, Number, Sent, Shown
from domain import refill_plan, stock
from domain.errors import DomainError
from domain.reports import stock as shelf
from models import Medicine

resource = Resource("medicines", "Medicines, known by composition, strength and form, and their stock.")


class MedicineShown(Shown):
    """A medicine; brand and generic of one composition are one supply."""

    id: Number
    name: str
    brand_name: str | None
    generic_name: str | None
    strength: str | None
    form: str | None
    manufacturer: str | None
    schedule: str | None = Field(description="H, H1, X …; null: sold without a prescription.")
    is_generic: bool
    is_acute: bool = Field(description="Taken for days, not for long: nobody is reminded.")
    unit_price: Amount | None = Field(description="Rupees for one piece, as last sold.")
    stock: Amount | None = Field(description="Pieces on the shelf; null: nobody ever counted.")


class Search(Paged):
    """Which medicines."""

    name: Name | None = Field(default=None, description="The beginning of the name.")


class Counted(Sent):
    """What lies on the shelf."""

    stock: Annotated[int, Field(ge=0, le=stock.LARGEST, description="Pieces."), WHOLE]


class LowShown(Shown):
    """A medicine that runs low."""

    medicine: MedicineShown
    sold_in_30_days: Amount = Field(description="Pieces.")
    days_left: int | None = Field(description="Days it lasts at that pace.")


class Ahead(Paged):
    """How far ahead to look."""

    days_ahead: Days = Field(default=14, description="Days.")


class ShortageShown(Shown):
    """A medicine of which regular customers will need more than there is."""

    medicine: MedicineShown
    needed: Amount = Field(description="Pieces.")
    missing: Amount = Field(description="Pieces to order.")
    first_needed_on: Day | None
    customers: int = Field(description="So many of them.")


@resource.get("/api/medicines")
def list_medicines(caller: Caller, query: Search) -> list[MedicineShown]:
    """List the medicines of the catalogue, and those ever sold here."""
    rows = Medicine.select().where(Medicine.company == caller.company)
    if query.name:
        rows = rows.where(Medicine.name.startswith(query.name))
    return [shown(row) for row in paging.page(rows, (Medicine.id,), query)]


@resource.get("/api/medicines/<int:medicine_id>")
def show(caller: Caller, medicine_id: Number) -> MedicineShown:
    """Show a medicine with its stock."""
    return shown(find(caller, medicine_id))


@resource.put("/api/medicines/<int:medicine_id>/stock", example={"stock": 30})
def count(caller: Caller, medicine_id: Number, body: Counted) -> MedicineShown:
    """Set the stock to what was counted; sales move it from then on."""
    medicine = find(caller, medicine_id)
    stock.count(medicine, Decimal(body.stock), staff=caller.staff, at=caller.at, cause="count")
    return shown(find(caller, medicine_id))


@resource.get("/api/medicines/low-stock")
def low_stock(caller: Caller, query: Paged) -> list[LowShown]:
    """List what lasts a week at most, or has run out and is asked for; the first to run out comes first."""
    today = refill_plan.today(caller.company, caller.at)
    found = shelf.low(caller.company, today, limit=paging.MOST)
    return [
        LowShown(medicine=shown(each.medicine), sold_in_30_days=each.sold, days_left=each.days_left)
        for each in paging.slice_of(found, query)
    ]


@resource.get("/api/medicines/shortages")
def shortages(caller: Caller, query: Ahead) -> list[ShortageShown]:
    """List what regular customers will need more of than there is, the first needed first."""
    today = refill_plan.today(caller.company, caller.at)
    found = shelf.due(caller.company, today, query.days_ahead)
    return [
        ShortageShown(
            medicine=shown(each.medicine),
            needed=each.needed,
            missing=each.missing,
            first_needed_on=each.first_on,
            customers=each.customers,
        )
        for each in shelf.whole(paging.slice_of(found, query))
    ]


def find(caller: Caller, number: int) -> Medicine:
    """The medicine with that number; raises `DomainError` `no_such_medicine`."""
    found = Medicine.get_or_none(Medicine.company == caller.company, Medicine.id == number)
    if found is None:
        raise DomainError("no_such_medicine", said=f"#{number}")
    return found


def shown(medicine: Medicine) -> MedicineShown:
    """A medicine as the API says it."""
    return MedicineShown(
        id=medicine.id,
        name=medicine.name,
        brand_name=medicine.brand,
        generic_name=medicine.generic,
        strength=medicine.strength,
        form=medicine.form,
        manufacturer=medicine.manufacturer,
        schedule=medicine.schedule,
        is_generic=medicine.is_generic,
        is_acute=medicine.is_acute,
        unit_price=medicine.price,
        stock=medicine.stock,
    )
