"""What the clock does for refills: says what is due to each phone once, however late
or often it ticks (DESIGN §7)."""

from datetime import date, datetime, timedelta

import company_settings
from database import db
from domain import customers, follow_ups, people, refill_plan, refills
from domain.errors import DomainError
from domain.refill_plan import Step
from messaging import outbox
from models import Company, Message, Phone, RefillReminder
from workers import queues

# Phones in one run; more of them wait for the next, so that answers are not kept waiting.
_AT_ONCE = 200
# Sent by staff although it is not its turn.
_BY_HAND = "by_hand"


def remind_due(company: Company, at: datetime) -> int:
    """Do every step that is due, one small transaction for each phone; returns how
    many phones were seen to."""
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
    upcoming = refill_plan.following(reminder, on, said=wanted.name)
    key = _key(reminder, wanted)
    refill_plan.go_on_with(reminder, upcoming)
    reminder.save()
    return _say(wanted, [reminder], at, key)


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
    waiting = [reminder for reminder in refills.open_of_phone(phone) if reminder.next_step is not None]
    while first := next((one for one in waiting if one.next_step_on <= on), None):
        step = refill_plan.reached(first, on)
        basket = _basket(first, step, waiting, on) if step else [first]
        waiting = [reminder for reminder in waiting if reminder not in basket]
        key = _key(first, step) if step else ""
        claimed = [reminder for reminder in basket if _claim(reminder, on, step.name if step else "")]
        if step is None or first not in claimed:
            continue
        if step.is_message:
            _say(step, claimed, at, key)
        else:
            _call(claimed, at)


def _basket(
    first: RefillReminder, step: Step, waiting: list[RefillReminder], on: date
) -> list[RefillReminder]:
    """`first` and what runs out within days of it: they are said in one message and go on together."""
    near = timedelta(days=company_settings.get(first.company, "basket_days"))
    asked_for = step.name == refill_plan.LATER
    return [
        one
        for one in waiting
        if one == first
        or (
            abs(one.runs_out_on - first.runs_out_on) <= near
            and (one.next_step_on <= on or (one.next_step == step.name and not asked_for))
        )
    ]


def _claim(reminder: RefillReminder, on: date, said: str) -> bool:
    """Take this step, so that another clock, a purchase or an answer in the same moment finds it taken."""
    upcoming = refill_plan.following(reminder, on, said)
    same = (RefillReminder.id == reminder.id) & (RefillReminder.state == refills.OPEN)
    same &= (RefillReminder.next_step == reminder.next_step) & (
        RefillReminder.next_step_on == reminder.next_step_on
    )
    refill_plan.go_on_with(reminder, upcoming)
    taken = RefillReminder.update(next_step=reminder.next_step, next_step_on=reminder.next_step_on)
    return bool(taken.where(same).execute())


def _say(step: Step, basket: list[RefillReminder], at: datetime, key: str = "") -> Message:
    first = basket[0]
    people_meant = list({one.customer_id: one.customer for one in basket}.values())
    named = company_settings.get(first.company, "name_medicines") or all(
        customer.names_medicines for customer in people_meant
    )
    message = outbox.queue(
        first.phone,
        f"refill_{_word(first, step.on, step.name)}" + ("_named" if named else ""),
        key=key or _key(first, step),
        kind="reminder",
        first_name=customers.first_names(people_meant, first.phone),
        runs_out_on=first.runs_out_on,
        medicines=refills.names(basket),
    )
    if message.state != "cancelled":
        ids = [one.id for one in basket]
        told = RefillReminder.update(whatsapp_sent_at=at, messages_sent=RefillReminder.messages_sent + 1)
        told.where(RefillReminder.id.in_(ids)).execute()
    return message


def _call(basket: list[RefillReminder], at: datetime) -> None:
    first = basket[0]
    follow_ups.raise_task(
        first.company,
        "refill_call",
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
    """`refill:<reminder>:<step>`; a step that a customer's answer has moved to
    another day may come a second time."""
    key = f"refill:{reminder.id}:{step.name}"
    if step.name in (refill_plan.LATER, _BY_HAND):
        return f"{key}:{step.on}"
    return f"{key}:{reminder.runs_out_on}" if Message.select().where(Message.key == key).exists() else key
