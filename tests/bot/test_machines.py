"""Another bot answers us: nobody answers it, a person looks, and emergencies are heard all the same."""

from domain import brakes
from models import FollowUp, Message
from tests.conversation import later, phone_of, say, told


def _write_like_a_machine(shop):
    for _ in range(brakes.MACHINE_FROM - 1):
        say(shop.alice, "timings")


def test_it_is_answered_no_more_and_staff_get_one_task(shop):
    _write_like_a_machine(shop)
    assert [say(shop.alice, "timings") for _ in range(5)] == [""] * 5
    assert FollowUp.select().count() == 1
    assert len(told(shop.meera, "question_waits") + told(shop.bob, "question_waits")) == 1


def test_once_it_has_been_silent_it_is_answered_again(shop):
    _write_like_a_machine(shop)
    assert say(shop.alice, "timings") == ""
    later(minutes=6)
    assert say(shop.alice, "timings")


def test_an_emergency_and_a_stop_are_heard(shop):
    _write_like_a_machine(shop)
    assert say(shop.alice, "chest pain")
    assert say(shop.alice, "STOP")


def test_staff_may_write_as_fast_as_they_like(shop):
    for _ in range(brakes.MACHINE_FROM + 2):
        assert say(shop.bob, "whoami")
    assert not Message.select().where(Message.template == "question_waits").exists()


# ---- a slower one, that answers each of our answers


def _answers_slowly(shop, times, **pause):
    """What it is answered each time."""
    answers = []
    for _ in range(times):
        later(**pause)
        answers.append(say(shop.alice, "timings"))
    return answers


def test_who_goes_on_without_a_rest_is_answered_so_often_and_no_more(shop):
    answers = _answers_slowly(shop, brakes.ANSWERS_IN_A_ROW + 15, seconds=80)
    assert all(answers[: brakes.ANSWERS_IN_A_ROW])
    assert not any(answers[brakes.ANSWERS_IN_A_ROW :])
    assert FollowUp.select().where(FollowUp.kind == "question").count() == 1


def test_after_a_rest_it_is_answered_again(shop):
    _answers_slowly(shop, brakes.ANSWERS_IN_A_ROW, seconds=80)
    assert _answers_slowly(shop, 1, seconds=80) == [""]
    assert all(_answers_slowly(shop, 3, minutes=6))


def test_a_person_who_rests_now_and_then_is_answered_for_ever(shop):
    for _ in range(3):
        assert all(_answers_slowly(shop, brakes.ANSWERS_IN_A_ROW - 5, seconds=80))
        later(minutes=6)


def test_where_staff_answer_nobody_is_taken_for_a_machine(shop):
    _answers_slowly(shop, brakes.ANSWERS_IN_A_ROW - 1, seconds=80)
    say(shop.bob, "reply Alice We are open until nine")
    assert not brakes.is_a_machine(phone_of(shop.alice), later(seconds=80))
    say(shop.bob, "resume Alice")
    assert all(_answers_slowly(shop, 5, seconds=80))
