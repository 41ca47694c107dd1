"""Whom staff mean, and that nothing is done to somebody else than the one they named."""

import pytest

from models import Contact, Customer, FollowUp, Interaction, Message, Purchase
from tests.conversation import MORNING, Shop, it_is, new_contact, new_customer, open_shop, say


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    """Alice was spoken about last."""
    it_is(MORNING)
    shop = open_shop()
    say(shop.bob, "contact Alice")
    return shop


@pytest.mark.parametrize(
    "said",
    [
        "log call Anita Joshi 3 mins did not pick up",
        "remind Anita tomorrow 5pm call back",
        "sale Anita Joshi Telma 40, 30 x 8 for 30 days",
        "reply Anita yes, we have it",
        "condition Anita Gout chronic",
        "died Anita",
        "died anita",
        "script anita joshi",
        "erase anita",
        "resume anita",
    ],
)
def test_whoever_is_not_known_is_not_taken_for_the_last_one(shop: Shop, said: str) -> None:
    shop.bob.role, shop.bob.is_pharmacist = "manager", True
    shop.bob.save()
    before = [table.select().count() for table in (Interaction, FollowUp, Purchase)]
    answer = say(shop.bob, said)
    assert answer.lower().startswith("i know nobody called anita") and "Alice Fernandes" in answer
    assert [table.select().count() for table in (Interaction, FollowUp, Purchase)] == before
    assert Customer.get_by_id(shop.alice.id).died_on is None
    assert not Message.select().where(Message.template == "staff_reply").exists()


def test_a_yes_means_the_last_one_after_all(shop: Shop) -> None:
    assert "Gout" in say(shop.bob, "log visit Gout is worse")
    assert "Alice Fernandes" in say(shop.bob, "yes")
    assert Interaction.get().notes == "Gout is worse"


@pytest.mark.parametrize("said", ["sale Sunitha Telma 40, 30 x 8", "sale sunitaa telma 40, 30 x 8"])
@pytest.mark.parametrize("answer", ["yes", "Sunita"])
def test_a_misspelled_name_is_asked_about_and_is_no_part_of_the_medicine(
    shop: Shop, said: str, answer: str
) -> None:
    sunita = new_customer(shop.company, "Sunita Rane", "+919876500079")
    assert "Do you mean Sunita Rane" in say(shop.bob, said)
    say(shop.bob, answer), say(shop.bob, "30 days")
    [item] = Purchase.get(Purchase.customer == sunita).items
    assert item.medicine_name.casefold() == "telma 40"


def test_a_note_keeps_all_its_words_but_the_misspelled_name(shop: Shop) -> None:
    new_customer(shop.company, "Sunita Rane", "+919876500079")
    assert "Sunita Rane" in say(shop.bob, "log visit sunitha looked at Dettol")
    say(shop.bob, "yes")
    assert Interaction.get().notes == "looked at Dettol"


def test_a_name_that_could_be_twos_is_nobodys(shop: Shop) -> None:
    for number, name in enumerate(("Sunita Rane", "Sunitha Rao")):
        new_customer(shop.company, name, f"+91987650008{number}")
    assert "Alice Fernandes" in say(shop.bob, "died sunitaha")


def test_another_one_may_be_named_instead(shop: Shop) -> None:
    anita = new_customer(shop.company, "Aneeta Joshi", "+919876500077")
    say(shop.bob, "log visit Anita looked at glucose meters")
    assert "Aneeta Joshi" in say(shop.bob, "Aneeta")
    assert Interaction.get().customer == anita


def test_who_is_not_known_is_said_where_nobody_was_spoken_about(shop: Shop) -> None:
    assert say(shop.meera, "log call Anita Joshi 3m busy").startswith(
        "I know nobody called Anita Joshi. About"
    )


@pytest.mark.parametrize(
    "said",
    [
        "log call Answered, wants BP medicines",
        "log call Friday she comes",
        "log visit asks for insulin",
        "reply Yes, we have it.",
        "sale Telma 40, 30 x 8 for 30 days",
        "remind Monday 5pm call back",
        "died",
    ],
)
def test_what_no_name_begins_with_is_about_the_last_one(shop: Shop, said: str) -> None:
    answer = say(shop.bob, said)
    assert "Alice Fernandes" in answer and "I know nobody" not in answer


def test_a_lead_is_not_converted_in_place_of_another(shop: Shop) -> None:
    lead = new_contact(shop.company, "Ravi Kumar", "+919876500078")
    say(shop.bob, "contact Ravi")
    assert "nobody called Anita" in say(shop.bob, "converted Anita 450")
    assert Contact.get_by_id(lead.id).status != "converted"


def test_the_number_of_a_refill_or_a_task_means_whom_it_is_about(shop: Shop) -> None:
    say(shop.bob, "sale Alice Telma 40, 30 x 8 for 30 days")
    refill = say(shop.bob, "refills 40").split("#")[1].split()[0]
    say(shop.meera, "remind Alice tomorrow 5pm call back")
    task = FollowUp.get()
    assert "Alice Fernandes" in say(shop.meera, f"#{refill}")
    assert "Alice Fernandes" in say(shop.meera, f"log call #{task.serial} 3m answered all is well")


@pytest.mark.parametrize("said", ["alice", "Alice Fernandes", "98765 43213"])
def test_a_name_or_a_number_by_itself_shows_who_that_is(shop: Shop, said: str) -> None:
    assert say(shop.meera, said).startswith("*Alice Fernandes* #")


def test_who_somebody_is_can_be_asked(shop: Shop) -> None:
    assert say(shop.meera, "who is alice").startswith("*Alice Fernandes* #")
    assert say(shop.meera, "98111 00777").startswith("I know nobody under +919811100777")


def test_words_that_are_nobodys_name_are_not_looked_up(shop: Shop) -> None:
    assert say(shop.meera, "ali").startswith("I don't know")
    assert say(shop.meera, "thanks").startswith("Hello Meera")
