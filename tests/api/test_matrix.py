"""Every endpoint, for every role, on records of one's own, the team, a colleague, nobody and another company.

The endpoints come from the description of the API, so that none can be forgotten; who may what is said here
once more, apart from the rules themselves.
"""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from clock import now
from database import db
from domain import call_scripts, follow_ups
from domain import people as known_people
from models import Contact, Customer, Import, MedicalCondition, PurchaseItem, Staff
from tests.api.calling import Program, hire
from tests.conversation import MORNING, Shop, new_contact, new_customer, open_other_shop
from tests.refilling import buy

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

ROLES = ("ceo", "manager", "sales_manager", "support", "pharmacist")
OWNERS = ("own", "team", "colleague", "nobody", "other")

EVERYTHING = {"customers:all", "staff:manage", "contacts:assign", "reports:read", "medical:read"}
HAS = {
    "ceo": EVERYTHING,
    "manager": EVERYTHING,
    "sales_manager": {"contacts:assign"},
    "support": set(),
    "pharmacist": {"medical:read"},
}
SEES = {
    "ceo": {"own", "team", "colleague", "nobody"},
    "manager": {"own", "team", "colleague", "nobody"},
    "sales_manager": {"own", "team", "nobody"},
    "support": {"own", "nobody"},
    "pharmacist": {"own", "nobody"},
}

# Whoever works here may see who else does; what is sold at the counter is for whoever stands there.
OPEN_TO_ALL = {
    *("staff.show", "staff.edit", "staff.deactivate"),
    *("medicines.show", "medicines.count", "generics.equivalents"),
}


@pytest.fixture
def staff(shop: Shop) -> dict[str, Staff]:
    """One of each role, and who stands beside them: a team, and a colleague of none."""
    phones = (f"+9190000000{n:02}" for n in range(20))
    made = {
        role: hire(shop.company, role.upper(), "support" if role == "pharmacist" else role, next(phones))
        for role in ROLES
    }
    made["pharmacist"].is_pharmacist = True
    made["pharmacist"].save()
    for role in ROLES:
        made[f"team of {role}"] = hire(
            shop.company, f"T-{role.upper()}", "support", next(phones), manager=made[role]
        )
    made["colleague"] = hire(shop.company, "COLLEAGUE", "support", next(phones))
    return made


def records_of(shop: Shop, owner: Staff | None, staff_code: str, number: int) -> dict[str, Any]:
    """One record of each kind that belongs to `owner`, by the name of the parameter that names it."""
    company = shop.company
    customer = new_customer(company, "Somebody", f"+9198111{number:05}")
    contact = new_contact(company, "Lead", f"+9198222{number:05}")
    for table, row in ((Customer, customer), (Contact, contact)):
        table.update(assigned_to=owner).where(table.id == row.id).execute()
    reminder = buy(Customer.get_by_id(customer.id))
    task = follow_ups.raise_task(
        company, "promise", at=MORNING, person=known_people.of_contact(contact), staff=owner
    )
    [bought] = PurchaseItem.select().where(PurchaseItem.customer == customer)
    sheet = Import.create(company=company, serial=company.take_serials(), staff=owner, state="preview")
    condition = MedicalCondition.create(
        company=company, serial=company.take_serials(), customer=customer, name="Diabetes", created_at=MORNING
    )
    script = call_scripts.make(Customer.get_by_id(customer.id), staff=owner, at=now())
    return {
        "customer_id": customer.serial,
        "contact_id": contact.serial,
        "reminder_id": reminder.serial,
        "follow_up_id": task.serial,
        "import_id": sheet.serial,
        "condition_id": condition.serial,
        "script_id": script.serial,
        "medicine_id": bought.medicine_id,
        "phone": customer.phone.address if customer.phone else "",
        "staff_code": staff_code,
        "priority": script.priority,
    }


def of_owner(shop: Shop, staff: dict[str, Staff], role: str, owner: str) -> dict[str, Any]:
    if owner == "other":
        other, _ = open_other_shop()
        return records_of(other, other.bob, "NOBODY-HERE", 9)
    member = {"own": staff[role], "team": staff[f"team of {role}"], "colleague": staff["colleague"]}.get(
        owner
    )
    return records_of(shop, member, member.code if member else staff[role].code, 1)


def operations(client: FlaskClient) -> list[tuple[str, str, dict[str, Any]]]:
    described = client.get("/api/openapi.json").json
    return [
        (method.upper(), path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def send(program: Program, method: str, path: str, operation: dict[str, Any], named: dict[str, Any]) -> Any:
    """The request an operation asks for, taken back afterwards."""
    address = re.sub(r"{(\w+)}", lambda part: str(named[part[1]]), path)
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    body = None
    if content:
        body = dict(content["example"])
        body.pop("staff_code", None) if "interact" in path else None
        body.pop("contact_id", None)
    query = {"status": "yellow"} if address.endswith("/status") else None
    with db.atomic() as changes:
        answer = program.send(method, address + ("?status=yellow" if query else ""), body)
        changes.rollback()
    return answer


def expected(role: str, owner: str, operation: dict[str, Any], path: str) -> tuple[int, str] | None:
    """The status of a refusal and the permission it names; None where nothing is to be refused."""
    needed = re.search(r"Needs the permission `([^`]+)`", operation.get("description", ""))
    if needed and needed[1] not in HAS[role]:
        return 403, needed[1]
    if "{" not in path or "{priority}" in path:
        return None
    if owner == "other":
        return 404, ""
    if owner not in SEES[role] and operation["operationId"] not in OPEN_TO_ALL:
        return 403, "customers:all"
    return None


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("role", ROLES)
def test_what_must_be_refused_is_refused_and_says_so(client, shop, staff, role: str, owner: str) -> None:
    named = of_owner(shop, staff, role, owner)
    program = Program(client, staff[role])
    wrong = []
    for method, path, operation in operations(client):
        answer = send(program, method, path, operation, named)
        refusal = expected(role, owner, operation, path)
        if refusal is None:
            fits = answer.status_code not in (401, 403, 404, 500)
        else:
            fits = answer.status_code == refusal[0] and refusal[1] in answer.json["error"]["message"]
        if not fits:
            wrong.append((method, path, answer.status_code, answer.text[:200], refusal))
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_lists_hold_what_one_sees_and_nothing_else(client, shop, staff, role: str) -> None:
    hidden = [owner for owner in ("team", "colleague") if owner not in SEES[role]]
    kept = [of_owner(shop, staff, role, "own")]
    members = {"team": staff[f"team of {role}"], "colleague": staff["colleague"]}
    gone = [records_of(shop, members[owner], "", number) for number, owner in enumerate(hidden, 2)]
    other, _ = open_other_shop()
    gone.append(records_of(other, other.bob, "", 9))
    program = Program(client, staff[role])
    for path, (name, query) in LISTS.items():
        shown = {row["id"] for row in program.pages(path, limit=3, **query)}
        assert {each[name] for each in kept} <= shown, path
        # Numbers are each company's own: what is not ours is told by what else ours has.
        strange = {each[name] for each in gone[:-1]} | ({gone[-1][name]} - every_serial(shop))
        assert not strange & shown, path


LISTS: dict[str, tuple[str, dict[str, int]]] = {
    "/api/customers/": ("customer_id", {}),
    "/api/customers/contacts": ("contact_id", {}),
    "/api/customers/reminders/pending": ("reminder_id", {"days_ahead": 60}),
    "/api/customers/follow-ups": ("follow_up_id", {}),
    "/api/customers/imports": ("import_id", {}),
    "/api/call-scripts/priority/low": ("script_id", {}),
}


def every_serial(shop: Shop) -> set[int]:
    return set(range(1, type(shop.company).get_by_id(shop.company.id).last_serial + 1))


def test_every_part_of_an_address_is_tried(client, shop, staff) -> None:
    named = of_owner(shop, staff, "ceo", "own")
    for _, path, _ in operations(client):
        assert set(re.findall(r"{(\w+)}", path)) <= named.keys()
