"""The simulator for every test that asks for it; tests/conftest.py has it loaded."""

from collections.abc import Iterator

import pytest

import config
from messaging.channels import twilio_connection
from tests.simulator.running import Simulator, running
from tests.simulator.shop import ACCOUNT, TOKEN, Shop


@pytest.fixture(scope="module")
def started_simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """A simulator whose shop listens, but is not ours: no report reaches the database of the test."""
    listening = Shop()
    listening.open()
    with running(listening, tmp_path_factory.mktemp("simulator")) as simulator:
        yield simulator
    listening.close()


@pytest.fixture
def simulator(started_simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """The simulator with nothing in it, which our Twilio channel takes for Twilio."""
    started_simulator.begin_anew()
    monkeypatch.setattr(config, "TWILIO_API_URL", started_simulator.address)
    monkeypatch.setattr(config, "TWILIO_ACCOUNT_SID", ACCOUNT)
    monkeypatch.setattr(config, "TWILIO_AUTH_TOKEN", TOKEN)
    monkeypatch.setattr(config, "PUBLIC_URL", started_simulator.shop.address)
    monkeypatch.setattr(twilio_connection, "READ_TIMEOUT", 1)
    twilio_connection.client.cache_clear()
    twilio_connection.pool.cache_clear()
    yield started_simulator
    started_simulator.calm()
    twilio_connection.client.cache_clear()
    twilio_connection.pool.cache_clear()
