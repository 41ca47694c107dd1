"""Who may be written to: by category, with a ledger of who said what when, in which words."""

import pytest

from messaging import consent, outbox
from models import ConsentEvent
from tests.conversation import (
    MORNING,
    fresh,
    it_is,
    later,
    new_phone,
    phone_of,
    say,
    told,
)


@pytest.fixture
def phone(shop):
    return new_phone(shop.company, "+919876500000")


def _ledger(phone):
    rows = ConsentEvent.select().where(ConsentEvent.phone == phone).order_by(ConsentEvent.id)
    return [(row.category, row.granted, row.method, row.words) for row in rows]


def _allowed(phone):
    phone = fresh(phone)
    return phone.reminders_allowed, phone.promotions_allowed, phone.opted_out_at is not None


def test_the_ledger_says_who_agreed_to_what_when_how_and_in_which_words(shop, phone):
    consent.grant(phone, consent.PROMOTIONS, "sheet", "gave their number at the counter", shop.bob)
    [event] = phone.consent_events
    assert _ledger(phone) == [("promotions", True, "sheet", "gave their number at the counter")]
    assert (event.staff, event.happened_at.date()) == (shop.bob, MORNING.date())


def test_the_same_agreement_is_noted_once(phone):
    for _ in range(2):
        consent.grant(phone, consent.PROMOTIONS, "sheet", "counter")
    assert len(_ledger(phone)) == 1


@pytest.mark.parametrize("refuse", [consent.opt_out, consent.opt_out_of_promotions])
def test_no_sheet_and_no_sale_lifts_what_the_person_said(phone, refuse):
    refuse(phone, "keyword", "STOP")
    before = _allowed(phone)
    consent.grant(fresh(phone), consent.PROMOTIONS, "sheet", "counter")
    consent.grant(fresh(phone), consent.REMINDERS, "purchase")
    assert _allowed(phone) == before


@pytest.mark.parametrize("words", ["STOP", "stop.", "बंद करो", "band karo", "ఆపండి", "நிறுத்து", "বন্ধ করুন"])
def test_a_stop_is_obeyed_kept_in_their_words_and_confirmed_once(shop, words):
    answer = say(shop.alice, words)
    assert _allowed(shop.alice.phone)[2]
    assert _ledger(shop.alice.phone)[-1] == ("everything", False, "keyword", words)
    assert told(shop.alice) == [answer]


def test_stop_offers_leaves_reminders(shop):
    say(shop.alice, "STOP offers")
    assert _allowed(shop.alice.phone) == (True, False, False)
    assert _ledger(shop.alice.phone) == [("promotions", False, "keyword", "STOP offers")]


def test_cancel_inside_a_dialogue_stops_nothing(shop):
    say(shop.bob, "remind +919876543213")
    say(shop.bob, "cancel")
    assert phone_of(shop.bob).opted_out_at is None


def test_start_lets_us_write_again(shop):
    say(shop.alice, "STOP")
    say(shop.alice, "START")
    assert _allowed(shop.alice.phone) == (True, True, False)


def test_whoever_refused_offers_before_gets_them_only_with_a_start_of_its_own(shop):
    for words in ("STOP offers", "STOP", "START"):
        say(shop.alice, words)
    assert _allowed(shop.alice.phone) == (True, False, False)
    say(shop.alice, "START")
    assert _allowed(shop.alice.phone) == (True, True, False)


def test_what_the_provider_repeats_is_no_new_wish(phone):
    assert consent.opt_out(phone, consent.PROVIDER, "Twilio error 21610")
    first = fresh(phone).opted_out_at
    later(days=1)
    assert not consent.opt_out(fresh(phone), consent.PROVIDER, "Twilio error 63014")
    assert (fresh(phone).opted_out_at, len(_ledger(phone))) == (first, 1)


def test_an_offer_that_waited_is_cancelled_and_its_contact_told(shop, phone):
    it_is(MORNING.replace(hour=23))
    consent.grant(phone, consent.PROMOTIONS, "sheet", "counter")
    facts = {"first_name": "Ravi", "offer": "care", "address": "MG Road"}
    held = outbox.queue(fresh(phone), "store_materials", key="held", kind="promotion", **facts)
    assert held.reason == "quiet_hours"
    consent.opt_out(fresh(phone), "keyword", "STOP")
    assert (fresh(held).state, fresh(held).reason, fresh(held).outcome) == (
        "cancelled",
        "opted_out",
        "cancelled",
    )


@pytest.mark.parametrize(
    ("said", "category", "granted"),
    [
        ([], "reminders", None),
        (["grant"], "promotions", True),
        (["grant", "offers"], "promotions", False),
        (["grant", "stop"], "promotions", False),
        (["grant", "stop", "start"], "promotions", True),
        (["offers"], "reminders", None),
    ],
)
def test_the_entry_that_decides_is_the_latest_about_it(phone, said, category, granted):
    verbs = {
        "grant": lambda: consent.grant(fresh(phone), consent.PROMOTIONS, "sheet", "counter"),
        "offers": lambda: consent.opt_out_of_promotions(fresh(phone), "keyword", "STOP offers"),
        "stop": lambda: consent.opt_out(fresh(phone), "keyword", "STOP"),
        "start": lambda: consent.opt_in(fresh(phone), "keyword", "START"),
    }
    for verb in said:
        verbs[verb]()
    basis = consent.basis(fresh(phone), category)
    assert (basis and basis.granted) == granted
