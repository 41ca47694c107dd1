"""Whether somebody answered, as staff write it."""

import pytest

from bot.text import calls


@pytest.mark.parametrize(
    ("said", "result", "rest"),
    [
        ("no answer", "no_answer", ""),
        ("no_answer, try in the evening", "no_answer", "try in the evening"),
        ("didnt answer", "no_answer", ""),
        ("didn't pick up", "no_answer", ""),
        ("did not pick", "no_answer", ""),
        ("not reachable since morning", "no_answer", "since morning"),
        ("switched off", "no_answer", ""),
        ("phone nahi uthaya", "no_answer", ""),
        ("uthaya nahi", "no_answer", ""),
        ("uthaya hi nahi", "no_answer", ""),
        ("nahi utha rahe", "no_answer", ""),
        ("फोन नहीं उठाया", "no_answer", ""),
        ("फ़ोन बंद है", "no_answer", ""),
        ("line busy", "busy", ""),
        ("Wrong number - sold his phone", "wrong_number", "sold his phone"),
        ("galat number", "wrong_number", ""),
        ("answered wants BP medicines", "answered", "wants BP medicines"),
        ("picked up, wants to think", "answered", "wants to think"),
        ("busybody next door answered", None, "busybody next door answered"),
        ("wants no answer from us", None, "wants no answer from us"),
        ("nahi chahiye", None, "nahi chahiye"),
    ],
)
def test_the_result_of_a_call_is_read_in_the_words_of_staff(said: str, result: str | None, rest: str) -> None:
    assert calls.split_result(said) == (result, rest)
