"""The frequency of a medicine, in the spellings of prescriptions and of people."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import doses

PER_DAY = {
    "Once daily": 1,
    "once a day": 1,
    "daily": 1,
    "OD": 1,
    "1 OD": 1,
    "every day": 1,
    "Twice daily": 2,
    "twice a day after food": 2,
    "BD": 2,
    "B.D.": 2,
    "1 tab BD": 2,
    "2 tabs BD": 4,
    "TDS": 3,
    "thrice daily": 3,
    "3 times a day": 3,
    "three times daily": 3,
    "QID": 4,
    "HS": 1,
    "at bedtime": 1,
    "every night": 1,
    "in the morning": 1,
    "morning and night": 2,
    "2 in the morning, 1 at night": 3,
    "1 morning 1 night": 2,
    "2 at night": 2,
    "twice daily, morning and night": 2,
    "1-0-1": 2,
    "1 - 1 - 1": 3,
    "1-1-1-1": 4,
    "½-0-½": 1,
    "0.5-0-0.5": 1,
    "1/2 - 0 - 1/2": 1,
    "1½-0-1": Fraction(5, 2),
    "1+0+1": 2,
    "2-0-1 daily": 3,
    "every 8 hours": 3,
    "8 hourly": 3,
    "q6h": 4,
    "every 12 hrs": 2,
    "every 6h": 4,
    "every 12 hours": 2,
    "alternate days": Fraction(1, 2),
    "every other day": Fraction(1, 2),
    "once at night": 1,
    "once every 2 days": Fraction(1, 2),
    "once in 3 days": Fraction(1, 3),
    "weekly": Fraction(1, 7),
    "once a week": Fraction(1, 7),
    "twice a week": Fraction(2, 7),
    "monthly": Fraction(1, 30),
    "2 tablets every 3 days": Fraction(2, 3),
    "one capsule every 2 weeks": Fraction(1, 14),
    "half tablet daily": Fraction(1, 2),
    "5 ml twice daily": 10,
    "10 units at night": 10,
    "2 puffs BD": 4,
    "once daily before breakfast": 1,
    "1 tablet once daily for 30 days": 1,
    "BD 1 tab": 2,
    "din mein do baar": 2,
    "subah sham": 2,
    "ek goli roz": 1,
    "दिन में दो बार": 2,
    "सुबह शाम": 2,
    "१-०-१": 2,
    "रोज एक गोली": 1,
}


@pytest.mark.parametrize("said", PER_DAY)
def test_what_is_taken_in_a_day_is_understood(said):
    assert doses.per_day(said) == PER_DAY[said]


@pytest.mark.parametrize(
    "said", ["SOS", "as needed", "PRN", "if required", "jab zarurat ho", "stat", "ज़रूरत पर"]
)
def test_what_is_taken_when_needed_has_no_daily_amount(said):
    assert doses.per_day(said) is None
    assert doses.is_as_needed(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "as directed",
        "BD for a week then OD",
        "5 days a week",
        "500 mg",
        "0-0-0",
        "every 0 hours",
        "2 tablets 1-0-1",
    ],
)
def test_what_is_not_understood_in_every_word_is_not_guessed(said):
    assert doses.per_day(said) is None
    assert not doses.is_as_needed(said)


@given(st.text(max_size=40))
def test_whatever_is_typed_the_answer_is_a_sound_amount_or_none(text):
    found = doses.per_day(text)
    assert found is None or 0 < found <= doses.MOST_PER_DAY


@given(times=st.integers(1, 6), amount=st.integers(1, 4))
def test_the_amount_multiplies_the_times(times, amount):
    assert doses.per_day(f"{amount} tablets {times} times a day") == times * amount
