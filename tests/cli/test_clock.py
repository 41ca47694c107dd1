"""`flask clock`: the shop's clock is moved, or the command line says why not."""

from datetime import timedelta

import pytest
from flask.testing import FlaskCliRunner

import clock
import config


def test_it_moves_the_clock_on_and_puts_it_right_again(run: FlaskCliRunner) -> None:
    assert run.invoke(args=["clock", "+1d"]).exit_code == 0
    assert clock.offset() == timedelta(days=1)
    assert run.invoke(args=["clock", "reset"]).exit_code == 0
    assert clock.offset() == timedelta()


def test_what_is_no_move_is_refused_in_words(run: FlaskCliRunner) -> None:
    refused = run.invoke(args=["clock", "tomorrow"])
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: ")


def test_where_people_are_real_it_is_refused(run: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "SIMULATED", False)
    assert run.invoke(args=["clock", "+1d"]).exit_code == 1
    assert clock.now() - clock.machine_now() < timedelta(hours=1)
