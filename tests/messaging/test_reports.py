"""Reports taken in many at a time end as they would one by one, by the rules of `outcomes`."""

from datetime import timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from database import db
from messaging import outbox, outcomes, reach, reports
from messaging.reports import Report
from models import Message, Phone, ReachEvent
from tests.conversation import fresh, new_phone

_numbers = count(1)

many_times = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# What is written down of a message, but for its own names.
_SEEN = ("state", "reason", "error_code", "outcome", "attempts")
_MOMENTS = ("sent_at", "delivered_at", "read_at")


def _on_its_way(shop, state="sending", kind="reminder"):
    number = next(_numbers)
    phone = new_phone(shop.company, f"+9198761{number:05d}")
    message = outbox.queue(phone, "answer_waits", key=f"test:{number}", kind=kind, first_name="Ravi")
    message.state, message.attempts, message.as_template = state, 1, True
    message.provider_id = None if state in ("sending", "uncertain") else f"SM{number}"
    message.save()
    return message


def _take_in(message, told):
    with db.atomic():
        reports.take_in([Report(message.id, f"SM{_number(message)}", *each) for each in told])


def _number(message):
    return int(message.key.partition(":")[2])


def _end_of(message):
    seen = fresh(message)
    moments = [bool(getattr(seen, name)) for name in _MOMENTS]
    moments.append((seen.send_after - seen.created_at) // timedelta(minutes=1))
    named = seen.provider_id == f"SM{_number(message)}"
    return [getattr(seen, name) for name in _SEEN], moments, named, fresh(seen.phone).reach


any_report = st.sampled_from(
    [(status, None) for status in ("accepted", "queued", "sent", "delivered", "read", "nonsense")]
    + [("failed", 30008), ("undelivered", 63024), ("failed", None), ("undelivered", 63016)]
)
any_state = st.sampled_from(
    ["queued", "sending", "uncertain", "sent", "delivered", "read", "failed", "cancelled"]
)


@many_times
@given(told=st.lists(any_report, max_size=6), state=any_state, kind=st.sampled_from(["reminder", "answer"]))
def test_together_they_end_as_one_by_one(shop, told, state, kind):
    together, one_by_one = _on_its_way(shop, state, kind), _on_its_way(shop, state, kind)
    _take_in(together, told)
    for each in told:
        outcomes.report(one_by_one.id, f"SM{_number(one_by_one)}", *each)
    assert _end_of(together) == _end_of(one_by_one)


steps = st.sampled_from([(status, None) for status in ("sent", "delivered", "read")])


@many_times
@given(told=st.lists(steps, min_size=1, max_size=8), cuts=st.lists(st.integers(0, 8), max_size=3))
def test_in_any_order_number_and_company_the_furthest_counts(shop, told, cuts):
    message = _on_its_way(shop)
    places = sorted({0, len(told), *(min(cut, len(told)) for cut in cuts)})
    for begin, end in pairwise(places):
        _take_in(message, told[begin:end])
    assert outcomes.RANKS[fresh(message).state] == max(outcomes.RANKS[status] for status, _ in told)


def test_many_messages_move_with_one_statement(shop):
    messages = [_on_its_way(shop) for _ in range(20)]
    with db.atomic():
        reports.take_in([Report(each.id, f"SM{_number(each)}", "delivered", None) for each in messages])
    assert {fresh(each).state for each in messages} == {"delivered"}
    assert Phone.select().where(Phone.reach == reach.AVAILABLE).count() >= 20
    assert ReachEvent.select().where(ReachEvent.evidence == reach.ARRIVED).count() == 20


def test_two_messages_to_one_phone_make_one_entry_in_the_ledger(shop):
    first = _on_its_way(shop)
    second = _on_its_way(shop)
    Message.update(phone=first.phone).where(Message.id == second.id).execute()
    with db.atomic():
        reports.take_in([Report(each.id, f"SM{_number(each)}", "read", None) for each in (first, second)])
    assert ReachEvent.select().where(ReachEvent.phone == first.phone).count() == 1


def test_a_report_of_another_try_is_not_taken_for_this_one(shop):
    message = _on_its_way(shop, "sent")
    with db.atomic():
        reports.take_in([Report(message.id, "SMother", "read", None)])
    assert fresh(message).state == "sent"


def test_reports_with_two_names_in_one_list_are_judged_one_by_one(shop):
    message = _on_its_way(shop)
    ours, other = f"SM{_number(message)}", "SMother"
    with db.atomic():
        reports.take_in([Report(message.id, ours, "sent", None), Report(message.id, other, "read", None)])
    assert (fresh(message).state, fresh(message).provider_id) == ("sent", ours)


def test_a_report_about_nothing_of_ours_changes_nothing(shop):
    message = _on_its_way(shop)
    with db.atomic():
        reports.take_in([Report(message.id + 1000, "SM1", "read", None)])
    assert fresh(message).state == "sending"
