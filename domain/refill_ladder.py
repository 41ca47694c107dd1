"""What the clock does for refills: says what is due, once, however late or often it ticks (DESIGN §7)."""

from datetime import date, datetime, timedelta

import company_settings
from database import db
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


def remind_due(company: Company, at: datetime) -> int:
    """Do what is due, in one short transaction for each phone; returns how many phones were seen to."""
    on = refill_plan.today(company, at)
    phones = _phones_due(company, on)
    for phone in phones:
        with db.atomic():
            _remind_phone(phone, on, at)
    if len(phones) == _AT_ONCE:
        queues.wake("refills_due")
    return len(phones)


def notify(reminder: RefillReminder, *, at: datetime) -> Message:
    """Send the reminder now because staff wish it; the same one is not said again of itself.

    Policy still decides: the message's `state` and `reason` say what became of it. Raises `DomainError`
    `refill_ended`, `refill_no_phone`.
    """
    if reminder.state != refills.OPEN:
        raise DomainError("refill_ended", reminder=reminder, because=reminder.ended_because)
    if reminder.phone is None:
        raise DomainError("refill_no_phone", reminder=reminder)
    on = refill_plan.today(reminder.company, at)
    wanted = Step(_word(reminder, on), on)
    if reminder.next_step != wanted.name:
        return _say(Step(_BY_HAND, on), [reminder], at)
    refill_plan.go_on_with(reminder, refill_plan.following(reminder, on, said=wanted.name))
    reminder.save()
    return _say(wanted, [reminder], at)


def upcoming(company: Company, until: date) -> list[tuple[RefillReminder, Step]]:
    """What the ladder would do up to that day if nothing changed, for `flask due`; changes nothing."""
    due = (RefillReminder.state == refills.OPEN) & (RefillReminder.next_step_on <= until)
    rows = RefillReminder.select().where(RefillReminder.company == company, due)
    reached = [(row, refill_plan.reached(row, until)) for row in rows.order_by(RefillReminder.next_step_on)]
    return [(row, step) for row, step in reached if step is not None]


def _phones_due(company: Company, on: date) -> list[Phone]:
    due = (RefillReminder.state == refills.OPEN) & (RefillReminder.next_step_on <= on)
    waiting = RefillReminder.select(RefillReminder.phone).where(RefillReminder.company == company, due)
    return list(Phone.select().where(Phone.id.in_(waiting)).order_by(Phone.id).limit(_AT_ONCE))


def _remind_phone(phone: Phone, on: date, at: datetime) -> None:
    if phone.opted_out_at is not None:
        refills.stopped(phone, at=at)
        return
    waiting = refills.open_of_phone(phone)
    missed = [one for one in waiting if refill_plan.is_missed(one, on)]
    if missed and (to_call := [one for one in missed if _claim(one, on, None)]):
        _call(to_call, at)
    waiting = [one for one in waiting if one not in missed]
    while first := next((one for one in waiting if _is_due(one, on)), None):
        waiting.remove(first)
        step = refill_plan.reached(first, on)
        if _claim(first, on, step) and step is not None:
            others = [one for one in waiting if _goes_with(first, one, step, on)]
            waiting = [one for one in waiting if one not in others]
            _do(step, [first, *(one for one in others if _claim(one, on, step))], at)


def _is_due(reminder: RefillReminder, on: date) -> bool:
    return reminder.next_step_on is not None and reminder.next_step_on <= on


def _goes_with(first: RefillReminder, other: RefillReminder, step: Step, on: date) -> bool:
    """Whether both are one basket: they run out within days of each other and go on together."""
    near = timedelta(days=company_settings.get(first.company, "basket_days"))
    if abs(other.runs_out_on - first.runs_out_on) > near:
        return False
    # What a customer asked for is not brought forward.
    same_step = other.next_step == step.name and step.name != refill_plan.LATER
    return same_step or _is_due(other, on)


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
        f"refill_{_words(basket, step)}" + ("_named" if _may_name(first.company, whose) else ""),
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
    if step in (refill_plan.DUE, refill_plan.OVERDUE, refill_plan.LAST):
        return step
    return refill_plan.DUE if on <= reminder.runs_out_on else refill_plan.OVERDUE


def _key(reminder: RefillReminder, step: Step) -> str:
    """`refill:<reminder>:<step>`; a step that an answer has moved to another day may come a second time."""
    key = f"refill:{reminder.id}:{step.name}"
    if step.name in (refill_plan.LATER, _BY_HAND):
        return f"{key}:{step.on}"
    return f"{key}:{reminder.runs_out_on}" if Message.select().where(Message.key == key).exists() else key
