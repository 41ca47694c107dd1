"""A token may send so many requests a minute; without Redis nobody is refused."""

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
