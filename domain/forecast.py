"""The days to come: what will be sent, who will be called, what will be withheld and why (FEATURES L5).

The same steps, baskets and rules as the clock's, on rows in memory that are never saved: if nobody answers or
buys, this is what happens.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import follow_ups, holdout, refill_ladder, refill_plan, refills
from domain.errors import DomainError
from domain.refill_plan import Step
from messaging import foresight
from messaging.foresight import SENT
from models import Company, Customer, FollowUp, Medicine, Message, Phone, RefillReminder

FURTHEST = 90
CALL = "call"
HELD_OUT = "held_out"
# Tasks that are a call to somebody.
_CALLS = (*follow_ups.CALLS, "promise", "renew", "contact_call", "not_on_whatsapp")


@dataclass(frozen=True)
class Foreseen:
    """One step of one basket: `fate` is `sent`, `call`, `held_out` or the rule that withholds it that day."""

    on: date
    step: str
    reminders: tuple[RefillReminder, ...]
    fate: str


@dataclass
class Day:
    """One local day: messages that go, calls of staff, and what is withheld, by the rule that does it."""

    on: date
    reminders: int = 0
    materials: int = 0
    calls: int = 0
    withheld: Counter[str] = field(default_factory=Counter)
    steps: list[Foreseen] = field(default_factory=list)


@dataclass(frozen=True)
class Forecast:
    """The days in their order, the present one first."""

    days: list[Day]

    @property
    def total(self) -> Day:
        """All together, as of the first day."""
        whole = Day(self.days[0].on)
        for day in self.days:
            whole.reminders += day.reminders
            whole.materials += day.materials
            whole.calls += day.calls
            whole.withheld += day.withheld
        return whole


def forecast(company: Company, at: datetime, days: int = 30) -> Forecast:
    """So many days from `at` on, that day included; changes nothing. Raises `DomainError` `forecast_days`."""
    if not 0 < days <= FURTHEST:
        raise DomainError("forecast_days", said=str(days), furthest=FURTHEST)
    return Forecast(list(_Course(company, at, days).run()))


class _Today:
    """One day as it comes: its rules, what it adds up to, and the messages it leaves for the next."""

    def __init__(self, on: date, rules: foresight.Day, until: datetime):
        self.day, self.rules, self.until = Day(on), rules, until
        self.left: list[Message] = []

    def judge(self, message: Message) -> str:
        fate = self.rules.judge(message, self.until)
        if fate != SENT:
            self.day.withheld[fate] += 1
            self.left += [message] if message.state != "cancelled" else []
        elif message.kind == "promotion":
            self.day.materials += 1
        else:
            self.day.reminders += 1
        return fate


class _Course:
    """What changes from day to day: the ladders as far as they have come, and messages that wait."""

    def __init__(self, company: Company, at: datetime, days: int):
        self.company, self.at, self.days = company, at, days
        self.first = refill_plan.today(company, at)
        self.ladders = _ladders(company, self.first + timedelta(days=days - 1))
        self.arms = holdout.Arms(company, [one for theirs in self.ladders.values() for one in theirs])
        self.waiting = foresight.waiting(company)
        self.promised = _promised(company, self._begin(days))

    def run(self) -> Iterator[Day]:
        for n in range(self.days):
            begin, until = self.at if n == 0 else self._begin(n), self._begin(n + 1)
            on = self.first + timedelta(days=n)
            today = _Today(on, foresight.Day(self.company, begin, is_today=n == 0), until)
            today.day.calls += sum(due < until and (n == 0 or begin <= due) for due in self.promised)
            for message in self.waiting:
                today.judge(message)
            today.day.steps += [self._take(step, basket, today) for step, basket in self._due(on)]
            self.waiting = today.left
            yield today.day

    def _due(self, on: date) -> Iterator[tuple[Step, list[RefillReminder]]]:
        for theirs in self.ladders.values():
            phone = theirs[0].phone
            if phone is None or phone.opted_out_at is not None:
                continue
            for step, basket in refill_plan.baskets(theirs, on):
                for reminder in basket:
                    then = refill_plan.following(reminder, on, said=step.name if step else "")
                    refill_plan.go_on_with(reminder, then)
                if step is not None:
                    yield step, basket

    def _take(self, step: Step, basket: list[RefillReminder], today: _Today) -> Foreseen:
        on = today.day.on
        if not step.is_message:
            today.day.calls += 1
            return Foreseen(on, step.name, tuple(basket), CALL)
        told = self.arms.to_tell(step, basket)
        if not told:
            today.day.withheld[HELD_OUT] += 1
            return Foreseen(on, step.name, tuple(basket), HELD_OUT)
        template = refill_ladder.template_of(step, told)
        message = today.rules.unwritten(_phone(told), template)
        fate = today.judge(message)
        for reminder in told if message.state != "cancelled" else ():
            reminder.messages_sent += 1
        return Foreseen(on, step.name, tuple(told), fate)

    def _begin(self, n: int) -> datetime:
        """The first moment of the day so many days on."""
        on = self.first + timedelta(days=n)
        return datetime.combine(on, time(), ZoneInfo(self.company.timezone))


def _phone(basket: list[RefillReminder]) -> Phone:
    phone = basket[0].phone
    assert phone is not None
    return phone


def _ladders(company: Company, last: date) -> dict[int, list[RefillReminder]]:
    """The open reminders of every phone that is due by then, the first to run out first, by phone."""
    is_open = (RefillReminder.company == company) & (RefillReminder.state == refills.OPEN)
    due = RefillReminder.select(RefillReminder.phone).where(is_open, RefillReminder.next_step_on <= last)
    rows = (
        RefillReminder.select(RefillReminder, Customer, Medicine, Phone)
        .join_from(RefillReminder, Customer)
        .join_from(RefillReminder, Medicine)
        .join_from(RefillReminder, Phone)
        .where(is_open, RefillReminder.phone.in_(due))
        .order_by(RefillReminder.phone, RefillReminder.runs_out_on, RefillReminder.id)
    )
    ladders: dict[int, list[RefillReminder]] = {}
    for reminder in rows:
        reminder.company = _phone([reminder]).company = company
        ladders.setdefault(reminder.phone_id, []).append(reminder)
    return ladders


def _promised(company: Company, before: datetime) -> list[datetime]:
    """When the calls fall due that stand as tasks already, overdue ones included."""
    tasks = (FollowUp.company == company) & (FollowUp.state == "open") & FollowUp.kind.in_(_CALLS)
    return [row.due_at for row in FollowUp.select(FollowUp.due_at).where(tasks, FollowUp.due_at < before)]
