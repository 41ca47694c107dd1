"""Which web pages may call the API from a browser, and what those may send and read."""

import pytest
from flask import Flask

import company_settings
import config
from app import create_app
from domain import purchases
from tests.api.calling import Program
from tests.conversation import new_contact

PAGE, OTHER_PAGE, STRANGER = "https://billing.example", "http://localhost:3000", "https://evil.example"
PATH = "/api/customers/"
SAYS = "Access-Control-"

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def open_application() -> Flask:
    """One that two origins may call."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("database.connect", lambda: None)
        patch.setattr(config, "API_ORIGINS", [PAGE, OTHER_PAGE])
        return create_app()


@pytest.fixture
def opened(open_application, shop):
    return open_application.test_client()


@pytest.fixture
def meera_there(opened, shop) -> Program:
    return Program(opened, shop.meera)


def _asked(
    client, origin=PAGE, path=PATH, method="POST", headers="authorization,content-type,idempotency-key"
):
    said = {f"{SAYS}Request-Method": method, f"{SAYS}Request-Headers": headers, "Origin": origin}
    return client.options(path, headers=said)


def _said(answer) -> dict[str, str]:
    return {name.removeprefix(SAYS): value for name, value in answer.headers if name.startswith(SAYS)}


@pytest.mark.parametrize("origin", [PAGE, OTHER_PAGE])
def test_a_page_is_told_beforehand_what_it_may_send(opened, origin):
    answer = _asked(opened, origin)
    said = _said(answer)
    assert (answer.status_code, said["Allow-Origin"], said["Max-Age"]) == (200, origin, "600")
    assert said["Allow-Headers"].split(", ") == ["authorization", "content-type", "idempotency-key"]
    assert set(said["Allow-Methods"].split(", ")) == {"GET", "POST", "PUT", "PATCH"}
    assert "Origin" in answer.headers["Vary"]


def test_other_headers_and_methods_are_not_granted(opened):
    assert _said(_asked(opened, headers="x-forwarded-for, authorization"))["Allow-Headers"] == "authorization"
    assert "Allow-Methods" not in _said(_asked(opened, method="DELETE"))


@pytest.mark.parametrize("origin", [STRANGER, f"{PAGE}.evil.example", "http://billing.example", "null"])
def test_a_page_of_another_origin_is_told_nothing(opened, meera_there, origin):
    assert _said(_asked(opened, origin)) == {}
    assert _said(meera_there.send("GET", PATH, Origin=origin)) == {}


def test_a_page_may_read_the_answer_and_the_headers_it_needs(meera_there, shop):
    new_contact(shop.company, "Anita Joshi", "+919820001111")
    answer = meera_there.send("GET", f"{PATH}?limit=1", Origin=PAGE)
    said = _said(answer)
    assert (answer.status_code, said["Allow-Origin"]) == (200, PAGE)
    assert said["Expose-Headers"].split(", ") == ["Idempotent-Replayed", "Link", "Location", "Retry-After"]


def test_cookies_are_never_taken(opened, meera_there):
    answers = [_asked(opened), meera_there.send("GET", PATH, Origin=PAGE)]
    assert not [answer for answer in answers if "Allow-Credentials" in _said(answer)]


def test_a_page_may_read_why_it_was_refused(opened, meera_there, shop):
    assert _said(opened.get(PATH, headers={"Origin": PAGE}))["Allow-Origin"] == PAGE
    assert _said(meera_there.send("GET", f"{PATH}4711", Origin=PAGE))["Allow-Origin"] == PAGE
    company_settings.change(shop.company, "api_requests_a_minute", "1")
    refused = [meera_there.send("GET", PATH, Origin=PAGE) for _ in range(2)][-1]
    assert (refused.status_code, _said(refused)["Allow-Origin"]) == (429, PAGE)


def test_a_page_may_read_that_the_fault_was_ours(open_application, meera_there, monkeypatch):
    monkeypatch.setitem(open_application.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(purchases, "record", None)
    bill = {"phone": "9876500001", "items": [{"medicine_name": "Dolo", "quantity": 1, "unit_price": 5}]}
    failed = meera_there.post("/api/customers/quick-purchase", bill, Origin=PAGE)
    assert (failed.status_code, _said(failed)["Allow-Origin"]) == (500, PAGE)


def test_asking_beforehand_needs_no_token_and_is_not_counted(opened, meera_there, shop):
    company_settings.change(shop.company, "api_requests_a_minute", "1")
    assert {_asked(opened).status_code for _ in range(5)} == {200}
    assert meera_there.get(PATH).status_code == 200


@pytest.mark.parametrize(
    "path", ["/console/queues", "/whatsapp/inbound", "/dev/clock", "/metrics", "/healthz"]
)
def test_nothing_but_the_api_is_open(opened, path):
    assert _said(_asked(opened, path=path)) == _said(opened.get(path, headers={"Origin": PAGE})) == {}


def test_what_is_not_there_is_not_there_for_pages_either(opened):
    assert _asked(opened, path="/api/nothing").status_code == 404
    assert opened.options(PATH).status_code == 405


def test_nobody_is_let_in_unless_it_is_set(client, meera):
    assert _asked(client).status_code == 405
    assert _said(_asked(client)) == _said(meera.send("GET", PATH, Origin=PAGE)) == {}


def test_a_program_that_is_no_page_sees_no_difference(meera_there):
    assert _said(meera_there.get(PATH)) == {}
