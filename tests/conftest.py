"""What every test stands on: made-up settings, set before our modules read them, and real servers."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Short, because a path to a socket may have 108 bytes at most.
FOLDER = Path(tempfile.mkdtemp(prefix="refilldesk-", dir="/tmp"))

_SETTINGS = {
    "DATA_DIR": str(FOLDER / "data"),
    "DATABASE_URL": "",
    "REDIS_URL": os.environ.get("TEST_REDIS_URL") or f"unix://{FOLDER}/valkey/valkey.sock",
    "API_ORIGINS": "",
    "PORT": "",
    "PUBLIC_URL": "https://desk.example",
    "TWILIO_API_URL": "http://127.0.0.1:9",
    "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "TWILIO_AUTH_TOKEN": "token of the tests",
    "TWILIO_AUTH_TOKEN_SECONDARY": "",
    "SECRET_KEY": "secret of the tests",
    "ENCRYPTION_KEYS": "dGVzdHMgb2YgdGhlIGRlc2ssIDMyIGJ5dGVzIGxvbmc=",
}
os.environ.update(_SETTINGS)
for _name in _SETTINGS:
    os.environ.pop(f"{_name}_FILE", None)

import hypothesis  # noqa: E402
import pytest  # noqa: E402
import redis  # noqa: E402

import config  # noqa: E402
from tests import databases, servers  # noqa: E402
from tests.conversation import MORNING, Shop, it_is, open_shop  # noqa: E402

# Fixtures that import what reads settings.
pytest_plugins = ["tests.simulated"]

# The same examples each time, however slow the machine; `--hypothesis-profile=default` tries others.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], help="leave out the other database")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the tests of the group `desk` mostly wait, one after the other."""
    return (os.cpu_count() or 1) + 1


# Who asks for one of these starts a whole desk. One desk at a time: two would wait for each other.
_DESKS = {"desk", "served", "start", "web_alone"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if _DESKS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("desk"))
    chosen = config.getoption("--database")
    if chosen:
        unwanted = [item for item in items if _database_of(item) not in (chosen, None)]
        config.hook.pytest_deselected(items=unwanted)
        items[:] = [item for item in items if item not in unwanted]


def _database_of(item: pytest.Item) -> str | None:
    parameters = getattr(item, "callspec", None)
    return parameters.params.get("database_kind") if parameters else None


def pytest_unconfigure() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Makes a test run once for each database; to run on one only, parametrize it with `indirect`."""
    return request.param


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with all tables and nothing in them, to which this process is connected."""
    with request.getfixturevalue(database_kind).clean() as url:
        yield url


@pytest.fixture
def new_database_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """A database without any tables, to which nobody is connected."""
    return request.getfixturevalue(database_kind).new()


@pytest.fixture
def redis_url(redis_server: redis.Redis) -> str:
    """A real server for the queues, empty; `config.REDIS_URL` leads to it."""
    redis_server.flushdb()
    return config.REDIS_URL


@pytest.fixture(scope="session")
def sqlite() -> Iterator[databases.SQLite]:
    with databases.quick_folder() as folder:
        yield databases.SQLite(folder)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[databases.PostgreSQL]:
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = databases.PostgreSQL(given)
        yield server
        server.close()
        server.drop_all()
        return
    with servers.postgresql() as url:
        server = databases.PostgreSQL(url)
        yield server
        server.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[redis.Redis]:
    if os.environ.get("TEST_REDIS_URL"):
        yield redis.Redis.from_url(config.REDIS_URL)
        return
    (FOLDER / "valkey").mkdir()
    with servers.valkey(FOLDER / "valkey") as url:
        yield redis.Redis.from_url(url)


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    """A small pharmacy on a Monday morning: alice is its customer, bob and meera its staff."""
    it_is(MORNING)
    return open_shop()
