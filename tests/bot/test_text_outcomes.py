"""How a call ended, in the words staff type."""

import pytest

from bot.text import outcomes
from domain import call_outcomes


@pytest.mark.parametrize(
    ("words", "outcome", "rest"),
    [
        ("comes tomorrow", "agreed_to_visit", "tomorrow"),
        ("Agreed to visit, Friday", "agreed_to_visit", "Friday"),
        ("aayenge kal", "agreed_to_visit", "kal"),
        ("call later 5pm", "call_later", "5pm"),
        ("call back Monday", "call_later", "Monday"),
        ("बाद में", "call_later", ""),
        ("already bought from Apollo", "already_bought", "from Apollo"),
        ("still has some 10 days", "still_has_stock", "10 days"),
        ("Too costly!", "too_costly", ""),
        ("not interested", "refused", ""),
        ("no answer", "no_answer", ""),
        ("no", "refused", ""),
        ("wrong number", "wrong_number", ""),
        ("moved to Pune", "moved", "to Pune"),
        ("passed away", "died", ""),
    ],
)
def test_what_is_meant(words, outcome, rest):
    assert outcomes.outcome(words) == (outcome, rest)


@pytest.mark.parametrize("words", ["", "purple", "he wants a discount", "123"])
def test_what_is_no_outcome(words):
    assert outcomes.outcome(words) is None


def test_every_outcome_can_be_typed():
    assert set(outcomes._OUTCOME_OF.values()) == set(call_outcomes.OUTCOMES)
