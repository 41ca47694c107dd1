"""One simulator and one shop for all tests of the simulator; each test begins with an empty world."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.running import Simulator, running
from tests.simulator.shop import Shop


@pytest.fixture(scope="session")
def open_shop() -> Iterator[Shop]:
    """A shop that listens."""
    shop = Shop()
    shop.open()
    yield shop
    shop.close()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the list of sample people would stand."""
    return tmp_path_factory.mktemp("simulator")


@pytest.fixture(scope="session")
def running_simulator(open_shop: Shop, data_dir: Path) -> Iterator[Simulator]:
    """A simulator that calls that shop."""
    with running(open_shop, data_dir) as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    """The simulator with nothing in it."""
    running_simulator.begin_anew()
    return running_simulator


@pytest.fixture
def shop(simulator: Simulator) -> Shop:
    """The shop that the simulator calls, with nothing heard yet."""
    return simulator.shop
