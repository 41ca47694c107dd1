"""Medicines over HTTP, as this pharmacy knows them."""

from pydantic import Field

from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Amount, Caller, Name, Number, Shown
from models import Medicine

resource = Resource("medicines", "Medicines, known by composition, strength and form.")


class MedicineShown(Shown):
    """A medicine; brand and generic of one composition are one supply."""

    id: Number
    name: str
    brand_name: str | None
    generic_name: str | None
    strength: str | None
    form: str | None
    unit_price: Amount | None = Field(description="Rupees, as last sold.")
    is_acute: bool = Field(description="Taken for days, not for long: nobody is reminded.")


class Search(Paged):
    """Which medicines."""

    name: Name | None = Field(default=None, description="The beginning of the name.")


@resource.get("/api/medicines")
def list_medicines(caller: Caller, query: Search) -> list[MedicineShown]:
    """List the medicines that were ever sold here."""
    rows = Medicine.select().where(Medicine.company == caller.company)
    if query.name:
        rows = rows.where(Medicine.name.startswith(query.name))
    return [_shown(row) for row in paging.page(rows, (Medicine.id,), query)]


def _shown(medicine: Medicine) -> MedicineShown:
    return MedicineShown(
        id=medicine.id,
        name=medicine.name,
        brand_name=medicine.brand,
        generic_name=medicine.generic,
        strength=medicine.strength,
        form=medicine.form,
        unit_price=medicine.price,
        is_acute=medicine.is_acute,
    )
