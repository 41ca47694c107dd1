"""What the clock does for refills: says what is due, once, however late or often it ticks (DESIGN §7)."""

from datetime import date, datetime

import apart
import company_settings
from domain import customers, follow_ups, holdout, people, refill_plan, refills, renewals
from domain.errors import DomainError
from domain.refill_plan import Step
from messaging import outbox
from models import Company, Customer, Message, Phone, RefillReminder
from workers import queues

# Phones in one run; more of them wait for the next, so that answers are not kept waiting.
_AT_ONCE = 200
# Sent by staff although it is not its turn.
_BY_HAND = "by_hand"
# What was said today is among the last few messages of a phone.
_LAST_FEW = 10
_CAME_TO_NOTHING = ("cancelled", "failed", "undelivered")


def remind_due(company: Company, at: datetime) -> int:
    """Do what is due, in one short transaction for each phone; returns how many phones were seen to."""
    on = refill_plan.today(company, at)
    phones = _phones_due(company, on)
    if len(phones) == _AT_ONCE:
        queues.wake("refills_due")
    apart.each(phones, lambda phone_id: _remind_phone(Phone.get_by_id(phone_id), on, at))
    return len(phones)


def notify(reminder: RefillReminder, *, at: datetime) -> Message:
    """Send the reminder now because staff wish it; the same one is not said again of itself.

    Policy still decides: the message's `state` and `reason` say what became of it. What was said about it on
    the same day is that message: a button pressed twice writes once. Raises `DomainError` `refill_ended`,
    `refill_no_phone`.
    """
    if reminder.state != refills.OPEN:
        raise DomainError("refill_ended", reminder=reminder, because=reminder.ended_because)
    if reminder.phone is None:
        raise DomainError("refill_no_phone", reminder=reminder)
    on = refill_plan.today(reminder.company, at)
    if said := _said_on(reminder, on):
        return said
    wanted = Step(_word(reminder, on), on)
    if reminder.next_step != wanted.name:
        return _say(Step(_BY_HAND, on), [reminder], at)
    refill_plan.go_on_with(reminder, refill_plan.following(reminder, on, said=wanted.name))
    reminder.save()
    return _say(wanted, [reminder], at)


def _said_on(reminder: RefillReminder, on: date) -> Message | None:
    """What was written about it that day, alone or in a basket, and has not failed."""
    last = reminder.whatsapp_sent_at
    if last is None or refill_plan.today(reminder.company, last) != on:
        return None
    about = (Message.phone == reminder.phone) & Message.key.startswith("refill:")
    latest = Message.select().where(about, Message.state.not_in(_CAME_TO_NOTHING)).order_by(Message.id.desc())
    return next((one for one in latest.limit(_LAST_FEW) if reminder in refills.covered(one)), None)


def template_of(step: Step, basket: list[RefillReminder]) -> str:
    """The words this step says to a basket."""
    whose = list({one.customer_id: one.customer for one in basket}.values())
    return f"refill_{_words(basket, step)}" + ("_named" if _may_name(basket[0].company, whose) else "")


def _phones_due(company: Company, on: date) -> list[int]:
    due = (RefillReminder.state == refills.OPEN) & (RefillReminder.next_step_on <= on)
    waiting = RefillReminder.select(RefillReminder.phone).where(RefillReminder.company == company, due)
    phones = Phone.select(Phone.id).where(Phone.id.in_(waiting)).order_by(Phone.id).limit(_AT_ONCE)
    return [phone.id for phone in phones]


def _remind_phone(phone: Phone, on: date, at: datetime) -> None:
    if phone.opted_out_at is not None:
        refills.stopped(phone, at=at)
        return
    for step, basket in refill_plan.baskets(refills.open_of_phone(phone), on):
        taken = [one for one in basket if _claim(one, on, step)]
        if taken and step is not None:
            _do(step, taken, at)


def _claim(reminder: RefillReminder, on: date, step: Step | None) -> bool:
    """Take this step, so that another clock, a purchase or an answer in the same moment finds it taken."""
    then = refill_plan.following(reminder, on, said=step.name if step else "")
    same = (RefillReminder.id == reminder.id) & (RefillReminder.state == refills.OPEN)
    same &= RefillReminder.next_step == reminder.next_step
    same &= RefillReminder.next_step_on == reminder.next_step_on
    refill_plan.go_on_with(reminder, then)
    taken = RefillReminder.update(next_step=reminder.next_step, next_step_on=reminder.next_step_on)
    return bool(taken.where(same).execute())


def _do(step: Step, basket: list[RefillReminder], at: datetime) -> None:
    if step.is_message:
        told = holdout.to_tell(step, basket, refill_plan.today(basket[0].company, at))
        if told:
            _say(step, told, at)
    else:
        _call(basket, at)


def _say(step: Step, basket: list[RefillReminder], at: datetime) -> Message:
    first = basket[0]
    assert first.phone is not None
    whose = list({one.customer_id: one.customer for one in basket}.values())
    message = outbox.queue(
        first.phone,
        template_of(step, basket),
        key=_key(first, step),
        kind="reminder",
        first_name=customers.first_names(whose, first.phone),
        runs_out_on=first.runs_out_on,
        reserved_until=min((one.reserved_until for one in basket if one.reserved_until), default=None),
        medicines=refills.names(basket),
    )
    if message.state != "cancelled":
        for one in basket:
            one.whatsapp_sent_at, one.messages_sent = at, one.messages_sent + 1
            one.save(only=["whatsapp_sent_at", "messages_sent"])
    return message


def _words(basket: list[RefillReminder], step: Step) -> str:
    """Which words fit a basket: renew the prescription first, or it waits for them, or those of the step."""
    word = _word(basket[0], step.on, step.name)
    if word == refill_plan.LAST:
        return word
    if any(renewals.is_needed(one, step.on) for one in basket):
        return "renew"
    return "waiting" if all(one.reserved_at for one in basket) else word


def _may_name(company: Company, whose: list[Customer]) -> bool:
    """Reminders name medicines only where the company, or everybody they are about, asked for it."""
    return bool(company_settings.get(company, "name_medicines")) or all(one.names_medicines for one in whose)


def _call(basket: list[RefillReminder], at: datetime) -> None:
    first = basket[0]
    needs_paper = any(renewals.is_needed(one, refill_plan.today(one.company, at)) for one in basket)
    follow_ups.raise_task(
        first.company,
        "renew" if needs_paper else "refill_call",
        at=at,
        person=people.of_customer(first.customer),
        notes=refills.names(basket),
        staff=first.customer.assigned_to,
        cause=f"refill_call:{first.id}",
    )


def _word(reminder: RefillReminder, on: date, step: str = "") -> str:
    """The words that fit: what the step is called, or whether the supply has run out by that day."""
    if step in refill_plan.WRITTEN:
        return step
    return refill_plan.DUE if on <= reminder.runs_out_on else refill_plan.OVERDUE


def _key(reminder: RefillReminder, step: Step) -> str:
    """`refill:<reminder>:<step>`; a step that an answer has moved to another day may come a second time."""
    key = f"refill:{reminder.id}:{step.name}"
    if step.name in (refill_plan.LATER, _BY_HAND):
        return f"{key}:{step.on}"
    return f"{key}:{reminder.runs_out_on}" if Message.select().where(Message.key == key).exists() else key
