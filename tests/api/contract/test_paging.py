"""Lists in pages by key."""

import base64
import json

import pytest

from models import Contact
from tests.api.calling import Program
from tests.conversation import new_contact

PATH = "/api/customers/contacts"


@pytest.fixture
def people(shop):
    return [new_contact(shop.company, f"Person {n}", f"+9198001{n:05}") for n in range(7)]


def test_the_pages_hold_everything_once_and_in_order(bob: Program, people):
    assert [row["name"] for row in bob.pages(PATH, limit=3)] == [row.name for row in people]


def test_the_next_page_keeps_the_filters(bob: Program, people):
    Contact.update(status="yellow").where(Contact.id > people[2].id).execute()
    assert len(bob.pages(PATH, limit=2, status="yellow")) == 4


def test_what_is_added_meanwhile_moves_nothing(bob: Program, shop, people):
    first = bob.get(PATH, limit=4)
    Contact.delete().where(Contact.id == people[0].id).execute()
    following = first.headers["Link"].partition(">")[0].lstrip("<")
    assert [row["name"] for row in bob.get(following).json] == [row.name for row in people[4:]]


def test_the_last_page_leads_nowhere(bob: Program, people):
    assert "Link" not in bob.get(PATH, limit=7).headers


def written(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "[]", written([]), written(["a"]), written([True]), written([2**40]), written({"a": 1})],
)
def test_a_cursor_that_was_made_up_is_refused(bob: Program, people, cursor):
    refused = bob.get(PATH, cursor=cursor)
    assert (refused.status_code, refused.json["error"]["field"]) == (400, "cursor")


@pytest.mark.parametrize(
    "cursor", [written(["2026-13-01", 1]), written([1, 1]), written(["2026-01-01T00:00", 1])]
)
def test_a_moment_in_a_cursor_is_checked(bob: Program, cursor):
    assert bob.get("/api/customers/follow-ups", cursor=cursor).status_code == 400
