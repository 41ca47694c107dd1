"""Somebody's right number: where reminders go from now on, and whose wishes go along."""

import pytest

import clock
from domain import (
    contacts,
    follow_ups,
    interactions,
    new_numbers,
    people,
    refill_answers,
    refill_ladder,
    refills,
)
from domain.errors import DomainError
from domain.interactions import Talk
from domain.people import of_contact, of_customer
from messaging import consent
from models import ConsentEvent, Contact, Customer, FollowUp, Message, Phone, RefillReminder
from tests.conversation import (
    Shop,
    approve_everything,
    fresh,
    later,
    new_contact,
    new_customer,
    new_phone,
    phone_of,
    say,
    send_all,
    told,
)
from tests.refilling import after, buy, open_ones, tick

RIGHT = "+919820001111"


@pytest.fixture
def shop(shop: Shop) -> Shop:
    approve_everything(shop.company)
    return shop


def give(shop: Shop, someone: Customer | Contact, address: str = RIGHT) -> new_numbers.NewNumber:
    person = of_contact(fresh(someone)) if isinstance(someone, Contact) else of_customer(fresh(someone))
    phone = people.phone_at(shop.company, address)
    return new_numbers.give(person, phone, staff=shop.bob, at=clock.now())


def it_is_wrong(someone: Customer) -> None:
    refill_answers.wrong_number(phone_of(someone), at=clock.now(), cause="message:1")


def refused(shop: Shop, someone: Customer | Contact, address: str = RIGHT) -> str:
    with pytest.raises(DomainError) as refusal:
        give(shop, someone, address)
    return refusal.value.code


def ledger(address: str = RIGHT) -> list[tuple[str, bool, str]]:
    events = ConsentEvent.select().join(Phone).where(Phone.address == address).order_by(ConsentEvent.id)
    return [(event.category, event.granted, event.method) for event in events]


def test_what_a_wrong_number_ended_begins_again_under_the_right_one(shop: Shop) -> None:
    buy(shop.alice)
    it_is_wrong(shop.alice)
    [begun] = give(shop, shop.alice).begun
    assert (begun.phone.address, begun.next_step, open_ones()) == (RIGHT, "due", [begun])
    tick(shop, after(-3))
    assert [outgoing.to for outgoing in send_all().taken] == [RIGHT]


def test_the_task_to_find_it_is_ticked_off_and_others_are_done_under_it(shop: Shop) -> None:
    buy(shop.alice)
    it_is_wrong(shop.alice)
    call = follow_ups.raise_task(
        shop.company, "refill_call", at=clock.now(), person=of_customer(fresh(shop.alice))
    )
    give(shop, shop.alice)
    found = FollowUp.get(FollowUp.kind == "wrong_number")
    assert (found.state, found.done_by) == ("done", shop.bob)
    assert (fresh(call).state, fresh(call).phone.address) == ("open", RIGHT)


def test_open_reminders_go_there_and_the_talks_stay(shop: Shop) -> None:
    buy(shop.alice)
    interactions.log(of_customer(shop.alice), Talk("visit", "is well"), staff=shop.bob, at=clock.now())
    assert give(shop, shop.alice).begun == []
    assert [(one.phone.address, one.next_step) for one in open_ones()] == [(RIGHT, "due")]
    assert [talk.notes for talk in interactions.of(of_customer(fresh(shop.alice)))] == ["is well"]


def test_what_waits_for_the_old_number_is_said_on_the_new_one(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-3))
    give(shop, shop.alice)
    tick(shop, after(-3), hour=11)
    assert [outgoing.to for outgoing in send_all().taken] == [RIGHT]
    called_off = Message.get(Message.phone == shop.alice.phone)
    assert (called_off.state, called_off.reason, open_ones()[0].messages_sent) == (
        "cancelled",
        "new_number",
        1,
    )


def test_what_is_said_by_hand_is_said_again_on_the_next_day(shop: Shop) -> None:
    refill_ladder.notify(buy(shop.alice), at=clock.now())
    give(shop, shop.alice)
    later(days=1)
    refill_ladder.remind_due(shop.company, clock.now())
    assert [outgoing.to for outgoing in send_all().taken] == [RIGHT]


def test_others_on_the_old_number_are_reminded_as_before(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Fernandes", shop.alice.phone.address)
    buy(shop.alice)
    buy(ravi, "Telma 40")
    tick(shop, after(-3))
    give(shop, shop.alice)
    assert [message.state for message in Message.select().where(Message.phone == ravi.phone)] == ["queued"]
    assert [one.customer for one in refills.open_of_phone(ravi.phone)] == [ravi]
    assert phone_of(ravi).reminders_allowed


def test_whoever_answers_from_the_old_number_moves_nothing(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-3))
    send_all()
    reminder, old = Message.get(Message.phone == shop.alice.phone), shop.alice.phone
    give(shop, shop.alice)
    say(old, "Keep ready", button="keep_ready", replied_to=reminder)
    assert RefillReminder.get().answer is None
    assert not FollowUp.select().where(FollowUp.kind == "keep_ready").exists()


def test_an_agreement_to_reminders_is_noted_anew_and_one_to_offers_is_not(shop: Shop) -> None:
    Phone.update(promotions_allowed=True).where(Phone.id == shop.alice.phone).execute()
    given = give(shop, shop.alice)
    assert (given.phone.reminders_allowed, given.phone.promotions_allowed) == (True, None)
    assert ledger() == [("reminders", True, "new_number")]


def test_without_an_agreement_there_is_none_on_the_new_number(shop: Shop) -> None:
    Phone.update(reminders_allowed=None).where(Phone.id == shop.alice.phone).execute()
    assert give(shop, shop.alice).phone.reminders_allowed is None
    assert ledger() == []


def test_a_stop_goes_along_and_a_purchase_does_not_end_it(shop: Shop) -> None:
    say(shop.alice, "STOP")
    give(shop, shop.alice)
    assert ledger() == [("everything", False, "new_number")]
    buy(shop.alice)
    tick(shop, after(-3))
    send_all()
    assert told(fresh(shop.alice)) == []
    assert open_ones()[0].next_step is None


def test_a_stop_on_the_new_number_stands(shop: Shop) -> None:
    buy(shop.alice)
    consent.opt_out(new_phone(shop.company, RIGHT), "keyword", "STOP")
    assert give(shop, shop.alice).phone.opted_out_at
    assert open_ones()[0].next_step is None


def test_start_from_the_new_number_before_it_was_given_is_their_newer_word(shop: Shop) -> None:
    buy(shop.alice)
    say(shop.alice, "STOP")
    later(minutes=1)
    say(people.phone_at(shop.company, RIGHT), "START")
    assert give(shop, shop.alice).phone.opted_out_at is None
    assert [(one.phone.address, one.next_step) for one in open_ones()] == [(RIGHT, "due")]
    assert FollowUp.get(FollowUp.kind == "asked_not_to_write").state == "done"


def test_a_stop_silences_nobody_else_on_the_new_number(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Kumar", RIGHT)
    say(shop.alice, "STOP")
    assert refused(shop, shop.alice) == "stop_shared"
    assert (phone_of(ravi).opted_out_at, fresh(shop.alice).phone) == (None, shop.alice.phone)


def test_a_number_somebody_else_was_not_at_is_theirs_now(shop: Shop) -> None:
    new_phone(shop.company, RIGHT)
    Phone.update(wrong_number=True).where(Phone.address == RIGHT).execute()
    give(shop, shop.alice)
    assert not phone_of(fresh(shop.alice)).wrong_number
    assert not phone_of(shop.alice).wrong_number


def test_the_number_they_have_may_be_right_after_all(shop: Shop) -> None:
    buy(shop.alice)
    it_is_wrong(shop.alice)
    given = give(shop, shop.alice, shop.alice.phone.address)
    assert (given.phone.wrong_number, len(given.begun), ledger(given.phone.address)) == (False, 1, [])
    assert refused(shop, shop.alice, shop.alice.phone.address) == "same_number"


def test_a_rest_and_a_language_go_along_with_who_is_alone_there(shop: Shop) -> None:
    until = clock.now() + (clock.now() - later(days=-7))
    Phone.update(language="hi", paused_until=until).where(Phone.id == shop.alice.phone).execute()
    phone = give(shop, shop.alice).phone
    assert (phone.language, phone.paused_until) == ("hi", until)


def test_a_number_may_be_shared_but_not_by_two_of_one_name(shop: Shop) -> None:
    new_customer(shop.company, "Ravi Kumar", RIGHT)
    assert [one.name for one in give(shop, shop.alice).others] == ["Ravi Kumar"]
    namesake = new_customer(shop.company, "Ravi Kumar", "+919820002222")
    assert refused(shop, namesake) == "customer_known"


def test_a_member_of_staff_may_be_a_customer(shop: Shop) -> None:
    assert give(shop, shop.alice, shop.meera.phone).phone.address == shop.meera.phone


def test_who_had_no_number_is_reminded_from_now_on(shop: Shop) -> None:
    Customer.update(phone=None).where(Customer.id == shop.alice.id).execute()
    buy(shop.alice)
    assert open_ones()[0].next_step is None
    give(shop, shop.alice)
    assert (open_ones()[0].phone.address, open_ones()[0].next_step) == (RIGHT, "due")


def test_nothing_begins_again_for_the_dead(shop: Shop) -> None:
    buy(shop.alice)
    it_is_wrong(shop.alice)
    Customer.update(died_on=after(0)).where(Customer.id == shop.alice.id).execute()
    assert give(shop, shop.alice).begun == []


def test_a_contact_at_a_wrong_number_may_be_asked_again(shop: Shop) -> None:
    lead = new_contact(shop.company, "Sita Rao", "+919820002222")
    wrong = Talk("call", outcome="wrong_number")
    interactions.log(of_contact(lead), wrong, staff=shop.bob, at=clock.now())
    give(shop, lead)
    assert (phone_of(fresh(lead)).address, fresh(lead).status) == (RIGHT, contacts.CONTACTED)


def test_a_contact_who_wants_nothing_stays_so(shop: Shop) -> None:
    lead = new_contact(shop.company, "Sita Rao", "+919820002222")
    contacts.mark_inactive(lead, at=clock.now(), why="buys elsewhere")
    give(shop, lead)
    assert fresh(lead).status == contacts.INACTIVE


def test_a_contact_needs_a_number_of_its_own(shop: Shop) -> None:
    lead = new_contact(shop.company, "Sita Rao", "+919820002222")
    assert refused(shop, lead, shop.alice.phone.address) == "customer_known"
    new_contact(shop.company, "Ravi Kumar", RIGHT)
    assert refused(shop, lead) == "lead_there"


def test_who_was_a_contact_takes_the_contact_along(shop: Shop) -> None:
    lead = new_contact(shop.company, "Sita Rao", "+919820002222")
    sita = contacts.convert(lead, at=clock.now(), staff=shop.bob, value=None).customer
    give(shop, sita)
    assert fresh(lead).phone.address == RIGHT
    assert people.by_address(shop.company, "+919820002222") == []


def test_somebody_else_s_customer_keeps_the_number(shop: Shop) -> None:
    Customer.update(assigned_to=shop.meera).where(Customer.id == shop.alice.id).execute()
    assert refused(shop, shop.alice) == "not_your_customer"
    assert fresh(shop.alice).phone == shop.alice.phone
