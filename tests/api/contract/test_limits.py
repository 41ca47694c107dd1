"""A token, or an address without one, may send so many requests a minute; without Redis nobody is refused."""

import pytest

import company_settings
from api.contract import limits
from tests.api.calling import Program
from workers import queues

PATH = "/api/customers/contacts"


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    monkeypatch.setattr(limits, "_away_until", 0.0)
    limits._limiter.cache_clear()
    yield
    limits._limiter.cache_clear()


def test_one_too_many_is_429_and_told_when_to_come_back(bob: Program, shop):
    company_settings.change(shop.company, "api_requests_a_minute", "3")
    assert [bob.get(PATH).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert 1 <= int(bob.get(PATH).headers["Retry-After"]) <= 60


def test_everybody_is_counted_alone(bob: Program, meera: Program, shop):
    company_settings.change(shop.company, "api_requests_a_minute", "1")
    assert bob.get(PATH).status_code == meera.get(PATH).status_code == 200
    assert bob.get(PATH).status_code == 429


def test_without_redis_nothing_is_refused_and_it_is_not_asked_again_for_a_while(
    bob: Program, shop, monkeypatch
):
    company_settings.change(shop.company, "api_requests_a_minute", "1")
    queues.connection.cache_clear()
    monkeypatch.setattr("config.REDIS_URL", "redis://127.0.0.1:1")
    try:
        assert [bob.get(PATH).status_code for _ in range(3)] == [200, 200, 200]
        assert limits._away_until
    finally:
        queues.connection.cache_clear()


def _strange(client, address="203.0.113.5", token="made up"):
    headers = {"Authorization": f"Bearer {token}"}
    return client.get(PATH, headers=headers, environ_base={"REMOTE_ADDR": address})


@pytest.fixture
def two_in_vain(monkeypatch):
    monkeypatch.setattr(limits, "IN_VAIN", 2)


def test_an_address_that_tries_tokens_is_429_before_long(client, two_in_vain):
    assert [_strange(client, token=f"guess {n}").status_code for n in range(3)] == [401, 401, 429]
    refused = _strange(client)
    assert refused.json["error"]["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert client.get(PATH, environ_base={"REMOTE_ADDR": "203.0.113.5"}).status_code == 429


def test_a_valid_token_is_not_refused_for_others_at_its_address(client, bob: Program, two_in_vain):
    answers = [_strange(client, "127.0.0.1").status_code for _ in range(4)]
    assert answers[-1] == 429
    assert bob.get(PATH).status_code == 200


def test_addresses_are_counted_apart_and_a_network_of_ipv6_as_one(client, two_in_vain):
    assert [_strange(client, f"203.0.113.{n}").status_code for n in range(3)] == [401] * 3
    assert [_strange(client, f"2001:db8::{n}").status_code for n in range(3)] == [401, 401, 429]
    assert _strange(client, "2001:db8:1::1").status_code == 401
