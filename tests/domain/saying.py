"""Every verb that can say something to somebody, as the tests of STOP try them."""

from datetime import timedelta
from itertools import count

import clock
import company_settings
from domain import (
    assignments,
    brakes,
    care_follow_ups,
    daily_summary,
    deliveries,
    erasure,
    follow_ups,
    import_answers,
    materials,
    outages,
    questions,
    refill_ladder,
    report_pictures,
)
from domain.errors import DomainError
from domain.people import of_contact, of_customer
from messaging import outbox
from models import Contact, Import, ImportRow, InboundMessage, Message, Phone, Sender, Staff
from tests.conversation import (
    MORNING,
    ZONE,
    approve_everything,
    it_is,
    later,
    new_contact,
    new_phone,
    open_shop,
    phone_of,
)
from tests.refilling import buy
from workers.jobs import draw_reports

_numbers = count(1)


class People:
    """A shop of its own, with a customer, a contact and a member of staff who will all write STOP."""

    def __init__(self):
        number = next(_numbers)
        it_is(MORNING)
        self.shop = open_shop(f"Shop {number}", f"+9190{number:04d}0000")
        approve_everything(self.shop.company)
        company_settings.change(self.shop.company, "sms", "on")
        company_settings.change(self.shop.company, "sms_sender", f"+1415{number:07d}")
        self.alice = self.shop.alice
        self.ravi = new_contact(self.shop.company, "Ravi Kumar", f"+9190{number:04d}1111")
        self.staff = Staff.create(
            company=self.shop.company, code=f"S{number}", name="Dev Rao", phone=f"+9190{number:04d}2222"
        )
        self.sheet = self._sheet()
        self.step = 0

    def _sheet(self):
        facts = {"state": "published", "consent_basis": "gave their number", "file_name": "a.xlsx"}
        sheet = Import.create(
            company=self.shop.company,
            serial=self.shop.company.take_serials(),
            staff=self.staff,
            phone=phone_of(self.staff),
            **facts,
        )
        ImportRow.create(sheet=sheet, row=1, outcome="new", address=self.ravi.phone.address, name="Ravi")
        return sheet

    @property
    def phones(self):
        return [phone_of(each) for each in (self.alice, self.ravi, self.staff)]


def a_sale(people):
    buy(people.alice, name=f"Medicine {people.step}", on=clock.now().date())


def _the_ladder(people):
    a_sale(people)
    later(days=27)
    refill_ladder.remind_due(people.shop.company, clock.now())


def _a_reminder_by_hand(people):
    for refill in list(people.alice.reminders):
        try:
            refill_ladder.notify(refill, at=clock.now())
        except DomainError:
            # The ladder has ended, as it should.
            continue


def _the_materials(people):
    Contact.update(materials_state=None).where(Contact.id == people.ravi.id).execute()
    before = f"materials:{people.ravi.id}"
    # What went before counts as something else, so that the verb speaks each time.
    another = {"key": f"{before}:{people.step}", "template": "refill_due"}
    Message.update(another).where(Message.key == before).execute()
    materials.send(clock.now())


def _a_promise(people):
    due_at = clock.now().replace(microsecond=0)
    task = follow_ups.remind(
        of_customer(people.alice), later(minutes=1), "call", staff=people.staff, at=due_at
    )
    later(minutes=2)
    follow_ups.tell_due(people.shop.company, clock.now())
    assert task


def _a_reply(people):
    for person in (of_customer(people.alice), of_contact(people.ravi)):
        try:
            questions.reply(person, "We have it", staff=people.staff, at=clock.now())
        except DomainError:
            # Staff are told that it was not sent.
            continue


def _a_question(people):
    people.alice.assigned_to = people.staff
    people.alice.save()
    questions.pass_on(phone_of(people.alice), "and insulin?", at=clock.now(), cause=f"message:{people.step}")


def _danger(people):
    cause = f"danger:{people.step}"
    questions.call_a_person_now(phone_of(people.alice), "chest pain", at=clock.now(), cause=cause)


def _a_message_nobody_could_answer(people):
    message = InboundMessage(id=10_000 + people.step, body="?")
    questions.could_not_answer(phone_of(people.alice), message)


def _contacts_dealt_out(people):
    later(hours=1)
    new_contact(people.shop.company, "Sita", f"+9180{next(_numbers):08d}")
    Phone.update(reach="not_available").where(Phone.address.startswith("+9180")).execute()
    assignments.assign(people.shop.company, clock.now())


def _progress_of_a_sheet(people):
    import_answers.progress(people.sheet, 10, people.step)


def _nobody_is_on_whatsapp(people):
    """From now on what is said to them goes by SMS."""
    Phone.update(reach="not_available").where(Phone.id.in_([phone.id for phone in people.phones])).execute()
    a_sale(people)
    later(days=27)
    refill_ladder.remind_due(people.shop.company, clock.now())


def _trouble(people):
    people.staff.role = "manager"
    people.staff.save()
    hour = timedelta(hours=1)
    Sender.update(stopped_by=20003 + people.step, held_until=clock.machine_now() + hour).where(
        Sender.company == people.shop.company
    ).execute()
    deliveries.note(clock.now())


def _what_runs_away(people):
    people.staff.role = "manager"
    people.staff.save()
    phone = new_phone(people.shop.company, f"+9170{next(_numbers):08d}")
    facts = {"kind": "reminder", "first_name": "Ravi"}
    alike = [outbox.queue(phone, "answer_waits", key=f"{phone.id}:{n}", **facts) for n in range(6)]
    Message.update(state="sent", claimed_at=clock.machine_now()).where(Message.id.in_(alike[1:])).execute()
    brakes.check(people.shop.company, later(hours=1))


def _an_outage(people):
    people.staff.role = "manager"
    people.staff.save()
    over = clock.machine_now()
    phone = new_phone(people.shop.company, f"+9172{next(_numbers):08d}")
    late = outbox.queue(phone, "answer_waits", key=f"late:{phone.id}", kind="reminder", first_name="Ravi")
    ahead = clock.now() - over + timedelta(seconds=1)
    moment = over + timedelta(seconds=5)
    Message.update(state="sent", claimed_at=moment).where(Message.id == late.id).execute()
    outages.tell(people.shop.company, over - timedelta(days=1), over, ahead=ahead, at=later(hours=2))


def _a_visit_to_the_doctor(people):
    on, cause = (clock.now() + timedelta(days=2)).date(), f"test:{people.alice.id}:{people.step}"
    care_follow_ups.plan(people.alice, "doctor_visit", on, cause=cause, at=clock.now())
    care_follow_ups.remind_due(people.shop.company, clock.now())


def _somebody_is_erased(people):
    people.staff.role = "manager"
    people.staff.save()
    lead = new_contact(people.shop.company, "Sita", f"+9171{next(_numbers):08d}")
    erasure.erase(of_contact(lead), at=clock.now())


def _the_evening(people):
    people.staff.role = "manager"
    people.staff.save()
    daily_summary.tell(people.shop.company, clock.now().astimezone(ZONE).replace(hour=20, minute=1))


def _a_picture(people):
    report_pictures.ask(people.staff, phone_of(people.staff), "late", 30)
    draw_reports.run()


VERBS = (
    a_sale,
    _the_ladder,
    _a_reminder_by_hand,
    _the_materials,
    _a_promise,
    _a_reply,
    _a_question,
    _danger,
    _a_message_nobody_could_answer,
    _contacts_dealt_out,
    _progress_of_a_sheet,
    _nobody_is_on_whatsapp,
    _trouble,
    _what_runs_away,
    _a_visit_to_the_doctor,
    _somebody_is_erased,
    _the_evening,
    _a_picture,
    _an_outage,
)
