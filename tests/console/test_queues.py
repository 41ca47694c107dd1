"""Managers see on one page what the processes do; nobody else does, and nobody's words stand there."""

from base64 import b64encode

import pytest

import app
import config
from domain import staff as team
from tests.workers import failing
from workers import queues

PAGE = "/console/queues"


@pytest.fixture
def client(shop, monkeypatch):
    monkeypatch.setattr("database.connect", lambda: None)
    return app.create_app().test_client()


def _basic(name, token):
    return {"Authorization": "Basic " + b64encode(f"{name}:{token}".encode()).decode()}


def _seen_by(client, member):
    return client.get(PAGE, headers=_basic(member.code, team.new_token(member)))


def test_a_manager_sees_each_queue(shop, client):
    answer = _seen_by(client, shop.meera)
    assert answer.status_code == 200
    assert all(f"<th>{name}</th>" in answer.text for name in queues.QUEUE_OF.values())


def test_what_waits_and_what_failed_is_named_and_nothing_more(shop, client):
    failing.put("worker")
    failing.work("worker")
    failing.put("sender")
    text = _seen_by(client, shop.meera).text
    assert "<li>failing, " in text
    assert failing.NUMBER not in text and "diabetes" not in text


def test_it_speaks_hindi_to_who_reads_hindi(shop, client):
    shop.meera.language = "hi"
    shop.meera.save()
    assert "डेस्क अभी क्या कर रही है" in _seen_by(client, shop.meera).text


def test_a_program_may_send_its_token_as_elsewhere(shop, client):
    headers = {"Authorization": f"Bearer {team.new_token(shop.meera)}"}
    assert client.get(PAGE, headers=headers).status_code == 200


def test_nobody_else_does(shop, client):
    token = team.new_token(shop.meera)
    for headers in ({}, _basic("STAFF001", "wrong"), _basic("STAFF002", token), {"Authorization": "Bearer"}):
        answer = client.get(PAGE, headers=headers)
        assert (answer.status_code, "Sign in" in answer.text) == (401, True)
        assert answer.headers["WWW-Authenticate"].startswith("Basic")


def test_other_staff_are_told_that_it_is_for_managers(shop, client):
    answer = _seen_by(client, shop.bob)
    assert (answer.status_code, answer.text) == (403, "This page is for managers.")


def test_who_works_here_no_longer_is_let_in_no_longer(shop, client):
    token = team.new_token(shop.meera)
    team.let_go(shop.meera)
    assert client.get(PAGE, headers=_basic("STAFF001", token)).status_code == 401


def test_it_is_for_reading_only(shop, client):
    headers = _basic("STAFF001", team.new_token(shop.meera))
    assert client.post(PAGE, headers=headers).status_code == 405


def test_without_redis_it_says_so(shop, client, monkeypatch):
    monkeypatch.setattr(config, "REDIS_URL", "redis://127.0.0.1:9")
    queues.connection.cache_clear()
    assert "Redis does not answer" in _seen_by(client, shop.meera).text
    queues.connection.cache_clear()
