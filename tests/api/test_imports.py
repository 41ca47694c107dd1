"""Contact sheets over HTTP."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from domain import imports
from domain import staff as team
from models import Contact, Import
from tests.conversation import Shop, open_other_shop
from tests.sheets.files import HEADER, RAVI, SITA, xlsx
from workers import intake

SHEET = xlsx([HEADER, RAVI, SITA, ["Bad", "12"]])


def as_(staff: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {team.new_token(staff)}"}


def upload(client: FlaskClient, headers: dict[str, str], **form: Any) -> Any:
    form = {"file": (io.BytesIO(SHEET), "contacts.xlsx")} | form
    form["file"] = form["file"] or (io.BytesIO(b""), "")
    return client.post("/api/customers/upload-contacts", data=form, headers=headers)


def read_all() -> None:
    while received := imports.claim():
        intake.take_in(received)


def test_a_sheet_is_taken_and_its_address_tells_how_far_it_is(client: FlaskClient, shop: Shop) -> None:
    me = as_(shop.bob)
    taken = upload(client, me, consent="at the counter")
    assert (taken.status_code, taken.json["state"]) == (202, "waiting")
    read_all()
    done = client.get(taken.headers["Location"], headers=me).json
    assert (done["state"], done["rows_read"], done["counts"]["new"]) == ("published", 3, 2)
    assert done["consent"] == "at the counter"


def test_the_rows_are_paged_and_filtered(client: FlaskClient, shop: Shop) -> None:
    me = as_(shop.bob)
    address = upload(client, me).headers["Location"]
    read_all()
    first = client.get(f"{address}/rows?limit=2", headers=me)
    following = first.headers["Link"].split(">")[0].lstrip("<")
    assert len(first.json) == 2
    assert [row["row"] for row in client.get(following, headers=me).json] == [4]
    [bad] = client.get(f"{address}/rows?outcome=invalid", headers=me).json
    assert (bad["name"], bad["reason"]) == ("Bad", "too_short")


def test_a_look_is_published_and_taken_back(client: FlaskClient, shop: Shop) -> None:
    me = as_(shop.bob)
    address = upload(client, me, preview="true").headers["Location"]
    read_all()
    assert Contact.select().count() == 0
    assert client.post(f"{address}/publish", headers=me).json["state"] == "published"
    assert client.post(f"{address}/undo", headers=me).json == {
        "removed": 2,
        "restored": 0,
        "kept": 0,
        "is_under_way": False,
    }
    assert client.post(f"{address}/undo", headers=me).status_code == 409


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"file": None}, "file"),
        ({"preview": "perhaps"}, "preview"),
        ({"mapping": "colour = column C"}, "mapping"),
        ({"previw": "true"}, "previw"),
    ],
)
def test_bad_requests_are_refused_with_the_field_at_fault_and_store_nothing(
    client: FlaskClient, shop: Shop, form: dict[str, Any], field: str
) -> None:
    refused = upload(client, as_(shop.bob), **form)
    assert (refused.status_code, refused.json["error"]["field"]) == (400, field)
    assert not Import.select().exists()


def test_without_a_token_nothing_is_told(client: FlaskClient, shop: Shop) -> None:
    assert upload(client, {}).status_code == 401
    assert upload(client, {"Authorization": "Bearer wrong"}).status_code == 401


def test_another_shops_import_is_not_there(client: FlaskClient, shop: Shop) -> None:
    other, _ = open_other_shop()
    address = upload(client, as_(other.bob)).headers["Location"]
    assert client.get(address, headers=as_(shop.bob)).status_code == 404


def test_a_sheet_that_was_sent_before_names_the_first(client: FlaskClient, shop: Shop) -> None:
    me = as_(shop.bob)
    first, again = (upload(client, me).headers["Location"] for _ in range(2))
    read_all()
    taken, repeated = (client.get(address, headers=me).json for address in (first, again))
    assert (taken["state"], taken["repeats"]) == ("published", None)
    assert (repeated["state"], repeated["repeats"]) == ("repeated", taken["id"])


def test_two_sheets_at_once_are_refused_rather_than_one_forgotten(client: FlaskClient, shop: Shop) -> None:
    two = [(io.BytesIO(SHEET), "one.xlsx"), (io.BytesIO(SHEET), "two.xlsx")]
    refused = client.post("/api/customers/upload-contacts", data={"file": two}, headers=as_(shop.bob))
    assert (refused.status_code, refused.json["error"]["field"]) == (400, "file")
    assert not Import.select().exists()


def test_it_is_told_what_was_taken_for_what_and_why_a_sheet_could_not_be_read(
    client: FlaskClient, shop: Shop
) -> None:
    me = as_(shop.bob)
    sheet, picture = (
        (io.BytesIO(b"phone,name\n9876543210,John\n"), "a.csv"),
        (io.BytesIO(b"\x89PNG\r\n"), "b.png"),
    )
    read, failed = (upload(client, me, file=file).headers["Location"] for file in (sheet, picture))
    read_all()
    [table] = client.get(read, headers=me).json["columns"]
    assert table["columns"][0] == {"field": "phone", "column": "A", "heading": "phone"}
    failure = client.get(failed, headers=me).json["failure"]
    assert (failure["code"], "xlsx" in failure["message"]) == ("wrong_type", True)
