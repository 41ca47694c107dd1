"""Symptoms that people have, and medicines that they want for them."""

import pytest

from bot.text import complaints

HAVE = """
your medicine gave me rashes
mujhe chakkar aa raha hai
mujhe is dawai se ulti ho rahi hai
khujli ho rahi hai poore sharir pe
I have itching since I started the new tablet
this tablet is causing headache
dawai se loose motion ho rahe hain
tablet khane ke baad chakkar aata hai
after taking telma my feet are swelling
मुझे चक्कर आ रहे हैं
दवाई से खुजली हो रही है
"""
WANT = """
khujli ki cream hai kya
something for headache?
sir dard ki goli chahiye
ulti ki dawai milegi
gas ki tablet kitne ki hai
do you have anything for acidity
खुजली की क्रीम है क्या
my medicines
kal aaungi
is the shop open
"""


@pytest.mark.parametrize("said", HAVE.strip().splitlines())
def test_what_somebody_has_is_a_complaint(said: str) -> None:
    assert complaints.side_effect(said)


@pytest.mark.parametrize("said", WANT.strip().splitlines())
def test_what_somebody_wants_is_none(said: str) -> None:
    assert not complaints.side_effect(said)
