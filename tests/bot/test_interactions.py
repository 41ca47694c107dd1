"""What goes badly together, as rx and sale point it out."""

import pytest

from models import AuditEntry, MedicineInteraction, Message, Purchase
from tests.caring import newcomer
from tests.conversation import MORNING, Shop, it_is, open_shop, phone_of, say

SALE = "sale Alice Aspirin 75, 30 x 1 for 30 days"
RX = "rx Alice Dr Smith, heart: Warfarin 5 OD 30 days; followup 15 Feb"


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    shop = open_shop()
    MedicineInteraction.create(
        company=shop.company, one="aspirin", other="warfarin", severity="severe", advice="Bleeding"
    )
    return shop


def test_a_prescription_beside_what_is_at_home(shop):
    say(shop.bob, SALE)
    assert "⚠️ Warfarin 5 with Aspirin 75 (severe): Bleeding" in say(shop.bob, RX)


def test_a_sale_beside_what_is_prescribed_and_the_reading_is_recorded(shop):
    say(shop.bob, RX)
    assert "⚠️ Aspirin 75 with Warfarin 5 (severe): Bleeding" in say(shop.bob, SALE)
    assert AuditEntry.select().where(AuditEntry.action == "read_medical").exists()


def test_both_in_one_sale(shop):
    answer = say(shop.bob, SALE + "; Warfarin 5, 30 x 2 for 30 days")
    assert "Aspirin 75 with Warfarin 5 (severe)" in answer
    assert Purchase.select().count() == 1


def test_who_may_not_read_prescriptions_is_told_to_ask_the_pharmacist(shop):
    say(shop.bob, RX)
    answer = say(newcomer(shop), SALE)
    assert "⚠️ Aspirin 75: please ask the pharmacist" in answer
    assert "Warfarin" not in answer and "Bleeding" not in answer


def test_a_sale_of_what_is_prescribed_is_no_warning(shop):
    say(shop.bob, RX)
    assert "⚠️" not in say(shop.bob, "sale Alice Warfarin 5, 30 x 2 for 30 days")


def test_the_customer_is_told_nothing_of_it(shop):
    say(shop.bob, RX)
    say(shop.bob, SALE)
    said = Message.select().where(Message.phone == phone_of(shop.alice))
    assert not [message.body for message in said if "⚠️" in message.body]


def test_it_is_said_in_hindi(shop):
    say(shop.bob, RX)
    shop.bob.language = "hi"
    shop.bob.save()
    assert "Aspirin 75 के साथ Warfarin 5" in say(shop.bob, SALE)
