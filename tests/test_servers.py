"""The servers of the tests: real, clean, and gone with the tests."""

import subprocess
import sys
import time

import psycopg2
import pytest
import redis

import config
import database
from models import Company
from tests import databases

PROGRAM = """
import os, sys
sys.path.insert(0, {root!r})
from tests import servers
with servers.postgresql() as url:
    print(url, flush=True)
    {then}
"""


def run(then: str) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(root=str(config.ROOT), then=then)
    return subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


def answers(url: str) -> bool:
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def test_the_server_is_gone_with_the_tests() -> None:
    assert not answers(run("pass").stdout.strip())


def test_the_server_is_gone_when_the_tests_were_killed() -> None:
    url = run("os.kill(os.getpid(), 9)").stdout.strip()
    patient_until = time.monotonic() + 20
    while answers(url):
        assert time.monotonic() < patient_until, "PostgreSQL outlives the tests"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [1, 2])
def test_each_test_finds_empty_tables_that_count_from_one(database_url: str, number: int) -> None:
    assert Company.create(name="Sunrise").id == 1
    assert Company.select().count() == 1


def test_a_new_database_has_no_tables(new_database_url: str) -> None:
    with databases.connected(new_database_url):
        assert database.db.get_tables() == []


def test_redis_is_real_and_empty(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        assert client.info("server")["server_name"] == "valkey"
