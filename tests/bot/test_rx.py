"""rx: prescriptions taken down by chat, in one line or question by question."""

import pytest

from domain import prescription_photos
from models import AuditEntry, Customer, FollowUp, Medicine, PrescribedMedicine, Prescription
from tests.bot.test_photo import arrive
from tests.caring import newcomer, on
from tests.conversation import MORNING, Shop, it_is, new_customer, open_shop, say
from tests.selling import listed

pytestmark = pytest.mark.usefixtures("database_url")

LINE = "rx Ravi Dr Smith Hypertension: Amlodipine 5 once daily 30 days 30 tabs; followup 15 Feb"


@pytest.fixture
def shop() -> Shop:
    it_is(MORNING)
    shop = open_shop()
    new_customer(shop.company, "Ravi Kumar", "+919876500001")
    return shop


def test_one_line_is_a_whole_prescription_read_back(shop):
    answer = say(shop.bob, LINE)
    assert "Dr Smith, Hypertension (chronic), 1 Feb 2027" in answer
    assert "• Amlodipine 5, once daily, 30 days, 30 pcs" in answer
    kept = Prescription.get()
    assert (kept.doctor_name, kept.is_chronic, kept.next_follow_up_on) == ("Dr Smith", True, on("2027-02-15"))
    assert PrescribedMedicine.get().dosage == "5"


def test_what_is_missing_is_asked_for_one_thing_at_a_time(shop):
    assert "Which medicines" in say(shop.bob, "rx Ravi new")
    assert "Which doctor" in say(shop.bob, "Metformin 500 sometimes")
    assert "Where does the doctor's name end" in say(shop.bob, "Dr Anil Kumar Rao Joshi")
    assert "How often is Metformin 500 sometimes" in say(shop.bob, "Dr Anil Rao, Type 2 Diabetes")
    assert "For how long" in say(shop.bob, "1-0-1")
    assert "0 is not a number of days" in say(shop.bob, "0")
    assert "see the doctor again" in say(shop.bob, "one month")
    assert "no day “31 Feb”" in say(shop.bob, "31 Feb")
    assert "3 Mar 2027" in say(shop.bob, "3 March")


@pytest.mark.parametrize("word", ["today", "sold", "yes", "skip"])
def test_a_word_that_is_no_medicine_is_asked_about_again(shop: Shop, word: str) -> None:
    say(shop.bob, "rx Ravi new")
    assert f"“{word}” is no medicine. Which medicines" in say(shop.bob, word)


def test_what_is_no_doctor_and_no_illness_is_asked_about_again(shop: Shop) -> None:
    say(shop.bob, "rx Ravi new")
    assert "Which doctor" in say(shop.bob, "Telma 40 od 30 days")
    assert "Which doctor" in say(shop.bob, "Metformin 500")
    assert "What is it for?" in say(shop.bob, "sharma")
    assert "“done” is no illness. What is it for?" in say(shop.bob, "done")
    say(shop.bob, "bp")
    assert "Dr sharma, bp" in say(shop.bob, "skip")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("review in 2 weeks", "15 Feb 2027"),
        ("folow up 15 feb", "15 Feb 2027"),
        ("on 15 feb please", "15 Feb 2027"),
        ("15 feb ko", "15 Feb 2027"),
        ("2 weks", "15 Feb 2027"),
        ("next moth", "1 Mar 2027"),
    ],
)
def test_a_day_is_read_with_what_is_said_around_it_and_with_slips(shop: Shop, said: str, day: str) -> None:
    say(shop.bob, "rx Ravi Dr Mehta, Hypertension: Telma 40 1-0-0 30 dys")
    assert f"See the doctor: {day}" in say(shop.bob, said)


def test_another_one_for_the_same_is_asked_about(shop):
    say(shop.bob, LINE)
    assert "Is this another one?" in say(shop.bob, LINE)
    assert "Nothing was changed" in say(shop.bob, "no")
    assert Prescription.select().count() == 1
    say(shop.bob, LINE)
    assert "✓" in say(shop.bob, "yes")
    assert Prescription.select().count() == 2


@pytest.mark.parametrize("wrong", ["-5 days", "0 days", "-30 tabs", "0 tabs"])
def test_a_figure_that_cannot_be_is_refused_and_nothing_is_kept(shop, wrong):
    assert "✓" not in say(shop.bob, f"rx Ravi Dr Lee, fever: Crocin 650 BD 5 days {wrong}")
    assert not Prescription.select().exists()


def test_undo_takes_it_back(shop):
    say(shop.bob, LINE)
    assert "Taken back: prescription #" in say(shop.bob, "undo")
    assert not Prescription.select().exists()
    assert not FollowUp.select().exists()


def test_without_a_prescription_what_is_known_is_shown_and_the_reading_recorded(shop):
    say(shop.bob, LINE)
    assert "• Amlodipine 5, once daily" in say(shop.bob, "rx Ravi")
    assert AuditEntry.select().where(AuditEntry.action == "read_medical").count() == 1


def test_who_is_no_pharmacist_sees_nothing_of_it(shop):
    say(shop.bob, LINE)
    answer = say(newcomer(shop), "rx Ravi")
    assert "pharmacists and managers only" in answer
    assert "Amlodipine" not in answer


def test_the_doctor_is_not_taken_for_a_customer(shop):
    new_customer(shop.company, "Dr Smith", "+919876500002")
    say(shop.bob, "customer Ravi")
    say(shop.bob, LINE.replace("rx Ravi", "rx"))
    assert Prescription.get().customer.name == "Ravi Kumar"


def test_a_clash_of_ingredients_is_pointed_out(shop):
    say(shop.bob, LINE)
    answer = say(shop.bob, "rx Ravi Dr Lee, angina: Telmisartan Amlodipine 40/5 OD 15 days; followup 1 March")
    assert "⚠️ amlodipine twice: Telmisartan Amlodipine 40/5 and Amlodipine 5" in answer


def test_a_photo_that_waits_goes_with_it(shop):
    ravi = Customer.get(Customer.name == "Ravi Kumar")
    say(ravi, "", media=[{"url": "https://api.twilio.com/x", "type": "image/jpeg"}])
    task = FollowUp.get()
    media = arrive(task)
    assert f"The photo #{task.serial} is kept with it" in say(shop.bob, LINE)
    assert Prescription.get().media == media
    assert prescription_photos.waiting_of(ravi) is None


def test_a_slip_in_the_name_makes_no_new_medicine(shop):
    known = listed(shop.company, "Glycomet 500 Tablet", generic="Metformin 500 Tablet")
    answer = say(shop.bob, "rx Ravi Dr Smith, diabetes: Glycomett 500 BD 30 days; followup 15 Feb")
    assert "Glycomet 500 Tablet" in answer
    assert PrescribedMedicine.get().medicine == known
    assert Medicine.select().count() == 1


def test_one_question_where_the_medicine_is_not_sure(shop):
    for name in ("Glycomet 500", "Glycomet 850"):
        listed(shop.company, name)
    question = say(shop.bob, "rx Ravi Dr Smith, diabetes: Glycomet BD 30 days; followup 15 Feb")
    assert "1 · Glycomet 500" in question and "3 · as typed" in question
    assert "• Glycomet 850, BD" in say(shop.bob, "2")


def test_what_the_catalogue_has_nothing_like_is_taken_as_typed(shop):
    listed(shop.company, "Glycomet 500")
    assert "Zoloft 50" in say(shop.bob, "rx Ravi Dr Smith, sleep: Zoloft 50 OD 30 days; followup 15 Feb")


def test_a_command_is_no_day_of_a_visit(shop: Shop) -> None:
    say(shop.bob, "rx Alice Dr Mehta, Hypertension: Telma 40 1-0-0 30 days")
    assert "see the doctor again" in say(shop.bob, "in two shakes")
    assert "*Sales*" in say(shop.bob, "sales")
    assert Prescription.select().count() == 0
