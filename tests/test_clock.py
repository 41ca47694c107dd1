"""The shop's clock: moved where Twilio is simulated, never elsewhere."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

import clock
import config
from tests.conversation import it_is

pytestmark = pytest.mark.usefixtures("database_url")

A_BLINK = timedelta(seconds=30)


def test_it_shows_the_machine_s_time_until_it_is_moved():
    assert abs(clock.now() - clock.machine_now()) < A_BLINK


@pytest.mark.parametrize(
    ("move", "by"), [("+1d", timedelta(days=1)), ("+3h", timedelta(hours=3)), ("+30m", timedelta(minutes=30))]
)
def test_it_can_be_moved_on(move, by):
    assert abs(clock.move(move) - clock.machine_now() - by) < A_BLINK


def test_moves_add_up_and_reset_puts_it_right():
    clock.move("+1d")
    clock.move("+2d")
    assert abs(clock.offset() - timedelta(days=3)) < A_BLINK
    clock.move("reset")
    assert clock.offset() == timedelta(0)


def test_it_is_exact_however_far_it_was_moved():
    clock.ClockOffset.create(seconds=863_913_600.015625)
    clock.forget()
    assert clock.offset() == timedelta(days=9999, seconds=0.015625)


def test_the_machine_s_time_never_moves():
    clock.move("+9999d")
    assert abs(clock.machine_now() - datetime.now(UTC)) < A_BLINK


@pytest.mark.parametrize("move", ["", "1d", "-1d", "+1", "+d", "+1w", "+1.5d", "+99999d", "reset!", "+ 1d"])
def test_what_is_no_move_is_refused_and_moves_nothing(move):
    with pytest.raises(clock.ClockRefused):
        clock.move(move)
    assert clock.offset() == timedelta(0)


def test_it_cannot_be_moved_where_people_are_real(monkeypatch):
    monkeypatch.setattr(config, "SIMULATED", False)
    with pytest.raises(clock.ClockRefused):
        clock.move("+1d")


def test_a_move_of_before_counts_for_nothing_where_people_are_real(monkeypatch):
    clock.move("+30d")
    monkeypatch.setattr(config, "SIMULATED", False)
    assert abs(clock.now() - clock.machine_now()) < A_BLINK


def test_every_process_obeys(database_url):
    clock.move("+7d")
    program = f"import clock, database; database.connect({database_url!r}); print(clock.now().isoformat())"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=config.ROOT, capture_output=True, text=True, check=True
    )
    assert abs(datetime.fromisoformat(told.stdout.strip()) - clock.now()) < A_BLINK


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Kolkata", date(2027, 2, 2)), ("UTC", date(2027, 2, 1)), ("America/New_York", date(2027, 2, 1))],
)
def test_today_is_the_day_of_the_zone(zone, day):
    it_is(datetime(2027, 2, 1, 19, 0, tzinfo=UTC))
    assert clock.today(zone) == day
