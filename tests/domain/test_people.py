"""People as staff speak of them."""

import pytest

from domain import people


@pytest.mark.parametrize(
    ("listed", "greeted"),
    [
        ("Anita Joshi", "Anita"),
        ("MR. RAVI PAWAR", "Ravi"),
        ("Dr. Nandini Sen", "Nandini"),
        ("Smt. R. K. Kale", "Kale"),
        ("anita joshi", "Anita"),
        ("D'Souza", "D'Souza"),
        ("", ""),
    ],
)
def test_nobody_is_greeted_by_a_title_or_in_capitals(listed: str, greeted: str) -> None:
    assert people.first_name(listed) == greeted
