"""What calls and their scripts achieve."""

from datetime import timedelta

from domain import interactions
from domain.interactions import Talk
from domain.people import of_customer
from domain.reports import calls, periods, scopes
from models import CallScript
from tests.conversation import MORNING

ON = MORNING.date()


def use(shop, priority: str, won: bool | None, outcome: str | None, staff=None) -> None:
    CallScript.create(
        company=shop.company,
        serial=shop.company.take_serials(),
        customer=shop.alice,
        staff=staff or shop.bob,
        priority=priority,
        language="en",
        content={},
        created_at=MORNING,
        expires_at=MORNING + timedelta(days=1),
        used_at=MORNING,
        outcome=outcome,
        was_successful=won,
    )


def test_calls_are_counted_with_those_answered_and_their_length(shop):
    for outcome, seconds in (("answered", 180), ("answered", 60), ("no_answer", None)):
        talk = Talk("call", seconds=seconds, outcome=outcome)
        interactions.log(of_customer(shop.alice), talk, staff=shop.bob, at=MORNING)
    report = calls.report(scopes.whole(shop.company), periods.last(7, ON))
    assert (report.calls, report.answered, report.mean_seconds) == (3, 2, 120)
    assert [(line.staff, line.calls) for line in report.staff] == [(shop.bob, 3)]


def test_scripts_by_priority_judge_only_what_can_be_judged(shop):
    use(shop, "high", True, "agreed_to_visit")
    use(shop, "high", False, "refused")
    use(shop, "high", None, "already_bought")
    use(shop, "low", True, "agreed_to_visit")
    report = calls.report(scopes.whole(shop.company), periods.last(7, ON))
    assert (report.priorities["high"].used, report.priorities["high"].rate) == (3, 50.0)
    assert (report.scripts.used, report.scripts.told, report.scripts.won) == (4, 3, 2)
    assert report.outcomes == {"agreed_to_visit": 2, "already_bought": 1, "refused": 1}
    assert report.priorities["medium"].rate is None


def test_support_sees_their_own_calls(shop):
    use(shop, "high", True, "agreed_to_visit", staff=shop.meera)
    assert calls.report(scopes.of(shop.bob), periods.last(7, ON)).scripts.used == 0


def test_calls_of_another_time_are_left_out(shop):
    use(shop, "high", True, "agreed_to_visit")
    assert calls.report(scopes.whole(shop.company), periods.last(7, ON + timedelta(days=7))).made == 0
