"""my data and delete my data, as customers write them."""

import pytest

import storage
from messaging import files
from models import Customer, FollowUp, Phone
from tests.caring import describe, prescribe
from tests.conversation import MORNING, Shop, fresh, it_is, last_message, new_customer, open_shop, say, told
from tests.refilling import buy

pytestmark = pytest.mark.usefixtures("database_url", "redis_url")


@pytest.fixture
def shop() -> Shop:
    it_is(MORNING)
    shop = open_shop()
    buy(shop.alice)
    prescribe(shop)
    describe(shop)
    return shop


def _file(customer: Customer) -> str:
    [address] = last_message(customer, "my_data").media
    media = files.behind(address.partition("/media/")[2].split("/")[0])
    assert media is not None
    assert (media.file_name, media.content_type) == ("my-data.txt", "text/plain")
    return storage.read(media.storage_name).decode("utf-8-sig")


def test_whose_phone_it_is_alone_gets_everything(shop):
    assert "what Asha Medicals holds about you" in say(shop.alice, "my data")
    text = _file(shop.alice)
    for fact in (
        "Alice Fernandes",
        "Metformin 500 × 30",
        "₹150",
        "Type 2 Diabetes",
        "Dr Smith, Hypertension",
    ):
        assert fact in text


@pytest.mark.parametrize(("answer", "is_in"), [("yes", True), ("no", False), ("haan", True)])
def test_on_a_shared_phone_what_is_medical_needs_a_yes(shop, answer, is_in):
    new_customer(shop.company, "Ravi Kumar", shop.alice.phone.address)
    assert "Several people use this number" in say(shop.alice, "my data")
    say(shop.alice, answer)
    text = _file(shop.alice)
    assert "Ravi Kumar" in text
    assert ("Diabetes" in text) is is_in


def test_in_hindi_the_file_is_in_hindi(shop):
    shop.alice.phone.language = "hi"
    shop.alice.phone.save()
    say(shop.alice, "मेरा डेटा")
    assert "आपके बारे में क्या है" in _file(shop.alice)


def test_nobody_we_know_is_told_that_there_is_nothing(shop):
    stranger = Phone.create(company=shop.company, address="+919811100000")
    assert "nothing about you" in say(stranger, "my data")


def test_delete_my_data_is_done_after_a_yes_and_staff_are_told(shop):
    assert "Write yes to delete" in say(shop.alice, "delete my data")
    assert "nothing was changed" in say(shop.alice, "no")
    assert fresh(shop.alice).name == "Alice Fernandes"
    say(shop.alice, "delete my data")
    assert "is deleted" in say(shop.alice, "yes")
    assert fresh(shop.alice).status == "erased"
    assert f"#{shop.alice.serial} was erased" in told(shop.meera, "erased_notice")[0]


def test_on_a_shared_phone_a_person_sees_to_it(shop):
    new_customer(shop.company, "Ravi Kumar", shop.alice.phone.address)
    assert "a person of Asha Medicals will see to it" in say(shop.alice, "delete my data")
    assert FollowUp.select().where(FollowUp.kind == "question").exists()
    assert fresh(shop.alice).name


def test_a_manager_erases_after_a_yes(shop):
    assert "Erase everything about Alice Fernandes" in say(shop.meera, "erase Alice")
    assert "✓" in say(shop.meera, "yes")
    assert fresh(shop.alice).status == "erased"


@pytest.mark.parametrize("said", ["ok", "ji", "sure", "y"])
def test_what_is_said_in_passing_erases_nobody(shop, said):
    say(shop.meera, "erase Alice")
    assert "Nothing was changed" in say(shop.meera, said)
    assert fresh(shop.alice).status == "active"


def test_others_may_not(shop):
    assert "Only managers" in say(shop.bob, "erase Alice")
