"""report and holdout: what staff are told, in words and as a picture."""

import re

import pytest

import storage
from models import Media, Message, Staff
from report_tables import ReportPicture
from tests.conversation import MORNING, approve_everything, it_is, new_contact, open_shop, say, told
from tests.covering import take
from workers.jobs import draw_reports

NAMES = ("conversion", "customers", "adherence", "compliance", "calls", "late", "today", "uplift")


@pytest.fixture
def shop(database_url):
    it_is("2027-05-01 10:00")
    shop = open_shop()
    take(shop.alice, (0, 30), (45, 30), (60, 30))
    return shop


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("name", NAMES)
def test_every_report_fits_a_phone_in_both_languages(shop, redis_url, name, language):
    Staff.update(language=language).execute()
    said = say(shop.meera, f"report {name} 90d")
    assert 30 < len(said) < 900
    assert not re.search(r"None|\d\.\d{3}", said)
    draw_reports.run()
    assert told(shop.meera, "report_picture")


def test_adherence_is_told_in_per_cent(shop):
    said = say(shop.meera, "report adherence")
    assert "Metformin 500: PDC" in said
    assert "1 supply" in said


def test_the_picture_comes_by_itself_and_once(shop, redis_url):
    say(shop.meera, "report late")
    draw_reports.run()
    draw_reports.run()
    [message] = Message.select().where(Message.template == "report_picture")
    [media] = Media.select()
    assert (message.body, media.content_type) == ("Report: Late refills", "image/png")
    assert storage.read(media.storage_name).startswith(b"\x89PNG")
    assert message.media[0].endswith("/report.png")
    assert not ReportPicture.select().exists()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("report conversions month", "*Conversion*, contacts of 30 days"),
        ("Report PDC 90 days", "*Do people have their medicines?* 90 days"),
        ("report adherense 7d", "*Do people have their medicines?* 7 days"),
        ("report customers all", "*Customers*, up to 1 May 2027"),
        ("reports calls week", "*Calls*, 7 days"),
        ("report uplift", "*What reminders do*, 90 days"),
    ],
)
def test_a_report_is_asked_for_in_many_ways(shop, typed, title):
    assert say(shop.meera, typed).startswith(title)


def test_the_name_is_asked_for(shop):
    assert say(shop.meera, "report").startswith("Which report? conversion")
    assert say(shop.meera, "late").startswith("*Late refills*")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("report foo", 'There is no report "foo"'),
        ("report 400d", "not 400 days"),
        ("report late 0d", "not 0 days"),
        ("report late -7d", "not -7 days"),
    ],
)
def test_what_is_no_report_is_refused_in_words(shop, typed, answer):
    assert answer in say(shop.meera, typed)
    assert not ReportPicture.select().exists()


def test_support_is_told_their_own_figures(shop):
    lead = new_contact(shop.company, "Ravi Kumar", "+919811100001")
    lead.assigned_to = shop.bob
    lead.save()
    new_contact(shop.company, "Anita Joshi", "+919811100002")
    assert "1 contact came in" in say(shop.bob, "report conversion")
    assert "2 contacts came in" in say(shop.meera, "report conversion")


def test_a_manager_holds_out_a_share_and_ends_it(shop):
    assert "10% of phones" in say(shop.meera, "holdout on 10%")
    assert "25% of phones" in say(shop.meera, "holdout 25")
    assert say(shop.meera, "holdout").startswith("25%")
    assert "Nobody is held out any more" in say(shop.meera, "holdout off")


@pytest.mark.parametrize("typed", ["holdout on 90%", "holdout everybody", "holdout on 0%", "holdout -5"])
def test_a_share_that_cannot_be_is_refused(shop, typed):
    assert "1% to 50%" in say(shop.meera, typed)


def test_only_managers_hold_out(shop):
    assert "holdout" in say(shop.bob, "holdout on 10%")
    assert say(shop.meera, "holdout").startswith("Nobody is held out:")


def test_a_picture_may_be_asked_for_outside_of_everything_else(shop, redis_url):
    approve_everything(shop.company)
    it_is(MORNING)
    say(shop.bob, "report today")
    draw_reports.run()
    assert told(shop.bob, "report_picture") == ["Report: The day"]
