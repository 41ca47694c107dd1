"""A customer has died or moved away: what ends, what goes on, and how a mistake is mended."""

from datetime import date

import pytest

from messaging import consent, outbox
from models import Customer, FollowUp, Message, RefillReminder
from tests.conversation import Shop, fresh, it_is, new_customer, open_shop, phone_of, say, told
from tests.refilling import buy, tick


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is("2027-02-01 10:00")
    opened = open_shop()
    buy(opened.alice)
    return opened


@pytest.fixture
def ravi(shop: Shop) -> Customer:
    """He shares alice's phone."""
    sharing = new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    buy(sharing, "Telma 40")
    return sharing


def reminded(shop: Shop) -> None:
    tick(shop, date(2027, 2, 28))


def states() -> list[tuple[str, str | None]]:
    return [(one.state, one.ended_because) for one in RefillReminder.select().order_by(RefillReminder.id)]


def test_the_family_is_answered_with_sympathy_and_hears_no_more(shop: Shop) -> None:
    reminded(shop)
    assert say(shop.alice, "wo nahi rahe").startswith("We are very sorry to hear this.")
    assert fresh(shop.alice).died_on == date(2027, 2, 28)
    assert states() == [("ended", "died")]
    for day in range(1, 28):
        tick(shop, date(2027, 3, day))
    assert len(told(shop.alice, "refill_due", "refill_overdue", "refill_last")) == 1
    assert phone_of(shop.alice).reminders_allowed is False


def test_in_hindi_too(shop: Shop) -> None:
    reminded(shop)
    say(shop.alice, "hindi")
    assert "हार्दिक संवेदना" in say(shop.alice, "वो नहीं रहे")


def test_staff_hear_of_it_in_the_familys_words(shop: Shop) -> None:
    reminded(shop)
    say(shop.alice, "she passed away last week")
    task = FollowUp.get(FollowUp.kind == "died")
    assert task.notes == "she passed away last week"
    assert "The family of Alice Fernandes wrote that they died" in say(shop.bob, "tasks")


def test_others_on_the_phone_are_reminded_as_before(shop: Shop, ravi: Customer) -> None:
    reminded(shop)
    say(shop.alice, "Alice passed away")
    assert states() == [("ended", "died"), ("open", None)]
    tick(shop, date(2027, 3, 5))
    assert told(ravi, "refill_overdue") != []


def test_on_a_shared_phone_nobody_guesses_who_it_was(shop: Shop, ravi: Customer) -> None:
    reminded(shop)
    assert "112" in say(shop.alice, "wo nahi rahe")
    assert {fresh(one).died_on for one in (shop.alice, ravi)} == {None}
    assert FollowUp.get().kind == "danger"


@pytest.mark.parametrize("said", ["my father passed away", "papa nahi rahe", "मेरे पापा नहीं रहे"])
def test_a_death_in_the_family_brings_a_person_and_buries_nobody(shop: Shop, said: str) -> None:
    reminded(shop)
    say(shop.alice, said)
    assert fresh(shop.alice).died_on is None
    assert FollowUp.get().kind == "danger"


def test_without_a_reminder_before_it_nobody_is_meant(shop: Shop) -> None:
    say(shop.alice, "wo nahi rahe")
    assert fresh(shop.alice).died_on is None


def test_staff_can_say_it_and_take_it_back(shop: Shop) -> None:
    assert "has died" in say(shop.bob, "died Alice")
    assert states() == [("ended", "died")]
    assert "marked as having died already" in say(shop.bob, "died Alice")
    say(shop.bob, "undo")
    assert fresh(shop.alice).died_on is None and states() == [("open", None)]


def test_undo_gives_back_what_the_customer_had_agreed_to(shop: Shop) -> None:
    phone = phone_of(shop.alice)
    phone.reminders_allowed = None
    phone.save()
    consent.grant(phone, consent.REMINDERS, "counter")
    facts = {"first_name": "Alice", "runs_out_on": date(2027, 2, 9)}
    reminder = outbox.queue(phone, "refill_due", key="r", kind="reminder", **facts)
    say(shop.bob, "died Alice")
    assert fresh(reminder).reason == "no_consent"
    say(shop.bob, "undo")
    assert fresh(phone).reminders_allowed and fresh(phone).promotions_allowed is None
    assert fresh(reminder).state == "queued"
    assert "Reminders: yes" in say(shop.bob, "why Alice")


def test_undo_of_a_death_makes_no_consent_where_there_was_none(shop: Shop) -> None:
    phone = phone_of(shop.alice)
    consent.opt_out_of_promotions(phone, "keyword", "stop offers")
    say(shop.bob, "died Alice")
    say(shop.bob, "undo")
    assert (fresh(phone).reminders_allowed, fresh(phone).promotions_allowed) == (None, False)


def test_days_later_resume_mends_the_mistake(shop: Shop) -> None:
    reminded(shop)
    say(shop.alice, "wo nahi rahe")
    it_is("2027-03-02 11:00")
    say(shop.bob, "resume Alice")
    assert states() == [("ended", "died"), ("open", None)]
    tick(shop, date(2027, 3, 5))
    assert len(told(shop.alice, "refill_overdue")) == 1


def test_who_moved_away_is_inactive_and_comes_back_with_a_purchase(shop: Shop) -> None:
    buy(shop.alice, "Telma 40", 90)
    reminded(shop)
    assert "All the best in your new place" in say(shop.alice, "hum Delhi shift ho gaye")
    assert fresh(shop.alice).status == "inactive"
    assert states() == [("ended", "moved"), ("ended", "moved")]
    say(shop.bob, "sale alice Metformin 500, 30 x 5 for 30 days")
    assert fresh(shop.alice).status == "active"


def test_who_shares_the_phone_with_somebody_who_moved_stays(shop: Shop, ravi: Customer) -> None:
    RefillReminder.update(runs_out_on=date(2027, 4, 20), next_step_on=date(2027, 4, 17)).where(
        RefillReminder.customer == ravi
    ).execute()
    reminded(shop)
    say(shop.alice, "moved to Pune")
    assert fresh(ravi).status == "active"
    assert states() == [("ended", "moved"), ("open", None)]


def test_le_li_is_no_answer_once_something_else_was_said(shop: Shop) -> None:
    reminded(shop)
    Message.update(key="order:1", template="store_materials").where(
        Message.key.startswith("refill:")
    ).execute()
    say(shop.alice, "mil gayi")
    assert states() == [("open", None)]
