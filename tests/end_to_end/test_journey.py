"""The whole journey of a pharmacy, from a contact sheet to a refill reminder, in its real processes.

Staff and customers only write and read on phones; Twilio repeats itself, and its reports come in disorder.
"""

import re
from collections import Counter

from twilio.request_validator import RequestValidator

from development.made_up import ANITA, GEORGE, NOT_ON_WHATSAPP, SENDER, SUNITA
from tests.end_to_end.desk import Desk, serial
from tests.end_to_end.processes import wait_until

KAVITA, MEERA, ARJUN, BOB = (f"+91982000000{n}" for n in range(1, 5))
# Besides those of the sample, so that there are more calls to make than two people make in a day.
ALSO_NOT_ON_WHATSAPP = tuple(f"+9198200{n}" for n in ("01212", "01515", "01818", "02020", "02323", "02626"))
ALSO_NOT_ON_WHATSAPP += tuple(f"+9198200{n}" for n in ("02929", "03030", "03232"))


def test_the_journey_from_a_contact_sheet_to_a_refill_reminder(desk: Desk) -> None:
    only_twilio_is_listened_to(desk)
    reminders_of_today_go_and_are_answered(desk)
    a_sheet_is_read_and_its_consent_asked_for(desk)
    materials_go_to_whoever_has_whatsapp(desk)
    the_others_are_dealt_out_to_staff(desk)
    staff_work_by_chat(desk)
    a_question_reaches_a_person_and_the_answer_comes_back(desk)
    a_sale_makes_a_customer_with_refills(desk)
    a_promise_is_remembered(desk)
    the_refill_is_reminded_of_and_moved(desk)
    within_a_day_the_reminder_needs_no_approval(desk)
    a_purchase_elsewhere_ends_the_reminders(desk)
    stop_is_obeyed_whatever_happens(desk)
    nothing_was_sent_twice_and_all_has_ended_well(desk)


def only_twilio_is_listened_to(desk: Desk) -> None:
    desk.say(BOB, "help", "What you can write")
    people = {"From": f"whatsapp:{BOB}", "To": f"whatsapp:{SENDER}"}
    form = {"MessageSid": "SM" + "7" * 32, **people, "Body": "whoami"}
    assert desk.post("/whatsapp/inbound", form) == 403
    assert desk.post("/whatsapp/inbound", form, X_Twilio_Signature="bm90IHR3aWxpbydz") == 403
    for missing in ("MessageSid", "From", "To"):
        assert signed(desk, {name: value for name, value in form.items() if name != missing}) == 400
    assert [signed(desk, form) for _ in range(3)] == [200, 200, 200]
    desk.say(BOB, "what is the weather", "I don't know")
    assert len(desk.told(BOB, "STAFF004")) == 1
    # From here on Twilio calls twice for everything.
    desk.control("trouble", inbound="doubled", callbacks="doubled")


def signed(desk: Desk, form: dict[str, str]) -> int:
    signature = RequestValidator(desk.token).compute_signature(f"{desk.web}/whatsapp/inbound", form)
    return desk.post("/whatsapp/inbound", form, X_Twilio_Signature=signature)


def reminders_of_today_go_and_are_answered(desk: Desk) -> None:
    desk.hears(SUNITA, "Hello Sunita", "lasts until")
    desk.press(SUNITA, "Still have some", "how many more days")
    desk.say(SUNITA, "12 din", "Thank you, Sunita", "lasts until")
    desk.hears(GEORGE, "Hello George", "ran out")
    desk.say(GEORGE, "Stop.", "no more messages")
    assert all(bubble["as_template"] for bubble in desk.told(GEORGE)[:1] + desk.told(SUNITA)[:1])


def a_sheet_is_read_and_its_consent_asked_for(desk: Desk) -> None:
    for number in ALSO_NOT_ON_WHATSAPP:
        desk.control(f"phones/{number}", on_whatsapp=False)
    sent = desk.write(BOB, "", attachment="contacts.xlsx")
    counts = desk.hears(BOB, "25 rows read", "agree", after=sent)
    assert "✓ 21 new" in counts and "• 1 known already" in counts and "✗ 2 without a usable phone" in counts
    assert "Vijay More" in counts and "Kiran Ahire" in counts
    desk.hears(BOB, "could not take", after=sent)
    [returned] = desk.told(BOB, "could not take")[0]["media"]
    assert "spreadsheetml" in returned["content_type"]
    assert desk.told(ANITA) == []
    desk.say(BOB, "gave their number at the counter", "Recorded", "at the counter")


def materials_go_to_whoever_has_whatsapp(desk: Desk) -> None:
    away = {*NOT_ON_WHATSAPP, *ALSO_NOT_ON_WHATSAPP}
    desk.hears(ANITA, "Hello Anita", "Neem Tree Pharmacy", "STOP")

    def all_ended() -> bool:
        ends = [bubble["status"] for bubble in materials(desk)]
        return len(ends) == 21 and not {"queued", "sent"} & set(ends)

    wait_until(all_ended, situation=desk.situation)
    refused = {bubble["phone"] for bubble in materials(desk) if bubble["error_code"] == 63024}
    assert refused == away
    assert all(bubble["as_template"] for bubble in materials(desk) if bubble["phone"] not in away)
    wait_until(lambda: "not on WhatsApp" in desk.say(BOB, "contact 98200 01414", "Deepak Sonar"))
    wait_until(lambda: "· on WhatsApp" in desk.say(BOB, "contact Anita", "Anita Joshi"))


def materials(desk: Desk) -> list[dict]:
    return [bubble for bubble in desk.bubbles() if "greetings from" in bubble["body"]]


def the_others_are_dealt_out_to_staff(desk: Desk) -> None:
    # Twelve calls, two callers, five calls each a day.
    desk.hears(ARJUN, 'Reply "tasks"')
    for caller in (ARJUN, BOB):
        wait_until(
            lambda caller=caller: desk.say(caller, "tasks").count("Call ") == 5, situation=desk.situation
        )
    desk.say(BOB, "assign", "Only managers")
    desk.say(MEERA, "assign", "Nobody needs a call")


def staff_work_by_chat(desk: Desk) -> None:
    stopped = desk.say(BOB, "next", "George Fernandes", "not to write")
    desk.say(BOB, f"done {serial(stopped)}", "George Fernandes")
    called = desk.say(BOB, "next", "Call ", "98200")
    name = re.match(r"Call ([^,]+)", called)[1]  # type: ignore[index]
    desk.say(BOB, "log call", "What was said", name)
    desk.say(BOB, "3m answered, asked for a home visit next: call on Monday", f"Call with {name}", "logged")
    desk.say(BOB, "remind yesterday 5pm call back", "passed already")
    desk.say(BOB, "yellow too expensive", name)
    desk.say(BOB, "contact", "Visited, did not buy: too expensive")
    desk.say(BOB, "undo", "Taken back: yellow mark")
    assert "Visited" not in desk.say(BOB, "contact", "Contacted")
    desk.say(BOB, "converted", "How much")
    desk.say(BOB, "a lot", "not an amount")
    desk.say(BOB, "Rs. 1,450/-", "converted", "₹1,450")
    assert desk.say(BOB, "tasks").count("Call ") == 4
    desk.say(BOB, "inactive #99999", "I know nobody")
    desk.say(BOB, "refils", "Did you mean *refills*")


def a_question_reaches_a_person_and_the_answer_comes_back(desk: Desk) -> None:
    desk.say(ANITA, "Do you keep sugar-free cough syrup for children?", "passed", "a person will answer")
    desk.hears(KAVITA, "waits for you")
    asked = desk.say(KAVITA, "tasks", "Answer Anita Joshi", "sugar-free")
    desk.say(KAVITA, f"next {serial(asked)}", "Answer Anita Joshi", "reply")
    desk.say(KAVITA, "reply Yes, two kinds. Shall I keep one for you?", "Sent to Anita Joshi")
    desk.hears(ANITA, "two kinds", "Kavita Deshpande")
    assert "Anita" not in desk.say(KAVITA, "tasks", "Nothing is waiting")


def a_sale_makes_a_customer_with_refills(desk: Desk) -> None:
    sold = "sale 98200-01111 Metformin 500 60 x 2.50 for 30 days; Atorvastatin 10 30 x 8.50 for 30 days"
    receipt = desk.say(ARJUN, sold, "₹405", "Anita Joshi", "(new)", "Contact converted")
    assert receipt.count("lasts until") == 2
    desk.say(ARJUN, "contact", "Converted, ₹405 on")
    desk.say(ARJUN, "customer", "1 visit", "Metformin 500 until", "Atorvastatin 10 until")
    desk.say(ARJUN, "undo", "Taken back: sale")
    desk.say(ARJUN, "customer 98200 01111", "has not bought anything yet")
    desk.say(ARJUN, sold, "₹405", "Contact converted")
    desk.say(SUNITA, "my medicines", "Metformin 500")
    assert "George" not in desk.say(BOB, "refills", "Imran Shaikh: Telma 40, 5 days left")


def a_promise_is_remembered(desk: Desk) -> None:
    desk.control("trouble", inbound="doubled", callbacks="shuffled")
    desk.say(MEERA, "remind 98200-01111 tomorrow 5pm call back", "tomorrow, 5:00 pm", "Anita Joshi")
    latest = desk.bubbles(MEERA)[-1]
    # From ten in the morning to five in the afternoon of the next day.
    desk.move_clock("+31h")
    assert desk.shown(MEERA, "something waits for you", after=latest)["as_template"]
    due = desk.say(MEERA, "tasks", "Anita Joshi", "call back")
    promise = re.search(r"(#\d+) [^\n]*call back", due)[1]  # type: ignore[index]
    desk.say(MEERA, f"done {promise}", promise)
    desk.say(MEERA, f"done {promise}", "already")


def the_refill_is_reminded_of_and_moved(desk: Desk) -> None:
    desk.move_clock("+26d")
    shown = desk.shown(ANITA, "Hello Anita", "lasts until about")
    assert shown["as_template"] and "Metformin" not in shown["body"]
    assert [button["title"] for button in shown["buttons"]] == ["Keep ready", "Later", "Still have some"]
    desk.press(ANITA, "Later", "When")
    desk.say(ANITA, "kal", "we will remind you")


def within_a_day_the_reminder_needs_no_approval(desk: Desk) -> None:
    [content] = [each for each in desk.look("contents") if each["name"].startswith("refill_due_en")]
    desk.control(f"contents/{content['sid']}", state="pending")
    latest = desk.bubbles(ANITA)[-1]
    # One in the morning after, eight hours after she wrote.
    desk.move_clock("+8h")
    shown = desk.shown(ANITA, "lasts until about", after=latest)
    assert not shown["as_template"] and len(shown["buttons"]) == 3
    desk.control(f"contents/{content['sid']}", state="approved")
    desk.press(ANITA, "Keep ready", "Thank you, Anita")
    task = desk.say(BOB, "tasks", "Keep ready for Anita Joshi")
    number = re.search(r"(#\d+) Keep ready for Anita", task)[1]  # type: ignore[index]
    desk.say(BOB, f"done {number}", number)


def a_purchase_elsewhere_ends_the_reminders(desk: Desk) -> None:
    desk.move_clock("+1d")
    desk.say(ANITA, "Dusri dukan se le liya", "Good that you have it, Anita")
    said = len(desk.told(ANITA))
    desk.move_clock("+23d")
    assert_silence(desk, ANITA, said)


def stop_is_obeyed_whatever_happens(desk: Desk) -> None:
    desk.say(ARJUN, "sale 98200 01111 Metformin 500 60 x 2.50 for 30 days", "lasts until")
    desk.say(ANITA, "STOP", "no more messages")
    silent = {phone: len(desk.told(phone)) for phone in (ANITA, GEORGE)}
    desk.say(ARJUN, "reply 98200 01111 Your medicine is here", "asked us not to write")
    for _ in range(3):
        desk.move_clock("+10d")
        for phone, said in silent.items():
            assert_silence(desk, phone, said)
    desk.say(ANITA, "timings", "9 am to 9 pm")


def assert_silence(desk: Desk, phone: str, said: int) -> None:
    """Nothing more goes to this phone, though all that is due was done, by hand and by the clock."""
    desk.run("flask --app app send")
    wait_until(desk.is_quiet, situation=desk.situation)
    assert len(desk.told(phone)) == said, desk.transcript(phone)


def nothing_was_sent_twice_and_all_has_ended_well(desk: Desk) -> None:
    wait_until(desk.is_quiet, situation=desk.situation)
    assert desk.sent_twice() == {}
    to_whom = Counter(bubble["phone"] for bubble in materials(desk))
    assert set(to_whom.values()) == {1}
    ours = [bubble for bubble in desk.bubbles() if bubble["direction"] != "inbound"]
    assert {bubble["error_code"] for bubble in ours} == {None, 63024}
    assert all(bubble["webhook"]["taken"] for bubble in desk.bubbles() if bubble["direction"] == "inbound")
