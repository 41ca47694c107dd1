"""May we write to this phone now, and how? One function for each rule, each refusal
with its name (DESIGN §6)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from peewee import Expression

import company_settings
from messaging import ages, approved, catching_up, quiet_hours, reach, suppression
from models import ApprovedTemplate, Company, Message, Phone

# WhatsApp's window is 24 hours from the person's last message; the margin covers clocks and queues.
WINDOW = timedelta(hours=24)
MARGIN = timedelta(minutes=10)

# A held message is looked at again after this long where no moment is known at which it may go.
LOOK_AGAIN = timedelta(minutes=15)

# A promotion that waits for one of these waits its turn and does not grow old; a reminder does.
WAITS_ITS_TURN = ("daily_limit", "template_not_approved", "promotions_paused")

# "Something waits for you" is not said twice within so long.
SAME_WORDS = timedelta(minutes=10)

_WENT = ("sending", "uncertain", "sent", "delivered", "read")

# At most so many of a kind to one phone in so many days.
CAPS = {"reminder": (2, 1), "promotion": (1, 5)}


@dataclass(frozen=True)
class Decision:
    """`verdict` is send, hold or cancel; `until` says when a held one is looked at again."""

    verdict: str
    reason: str | None = None
    until: datetime | None = None
    content: ApprovedTemplate | None = None
    in_window: bool = True


@dataclass
class Budget:
    """How many more people the business may write to first today; None: as many as it likes."""

    left: int | None
    people: set[int]
    # What has been let go since it was counted, by phone and kind.
    went: Counter[tuple[int, str]] = field(default_factory=Counter)
    # People whose reminders wait at the limit; known once an offer asks.
    reminders_waiting: int | None = None
    # What was sent lately by phone and kind, where it was read for a whole batch; contents asked for before.
    recent: dict[tuple[int, str], list[datetime]] | None = None
    contents: dict[tuple[str, str], ApprovedTemplate | None] = field(default_factory=dict)
    # After an outage: reminders and offers that may still go in this hour, how many an hour, how many wait.
    catch_up: int | None = None
    an_hour: int = 60
    put_off: int = 0

    def takes(self, phone: Phone, kind: str = "reminder") -> bool:
        """Whether this person still fits in, without counting them; offers take what reminders leave."""
        if self.left is None or phone.id in self.people:
            return True
        if kind == "promotion" and self.left > 0:
            if self.reminders_waiting is None:
                self.reminders_waiting = _reminders_waiting(phone.company_id, self.left)
            return self.left > self.reminders_waiting
        return self.left > 0

    def count(self, phone: Phone) -> None:
        """One more person written to first."""
        if phone.id not in self.people:
            self.people.add(phone.id)
            self.left = None if self.left is None else self.left - 1


def decide(message: Message, now: datetime, budget: Budget | None = None) -> Decision:
    """Whether `message` may go at `now`: the first rule that refuses decides. What it lets go counts for the
    next one judged with the same `budget`."""
    refusals = (rule(message, now) for rule in _RULES)
    refusal = next(filter(None, refusals), None) or _too_often(message, now, budget)
    refusal = refusal or _catching_up(message, now, budget)
    decision = refusal or _category_paused(message, now) or _way(message, now, budget)
    if budget is not None and decision.verdict == "send":
        budget.went[message.phone_id, message.kind] += 1
        if budget.catch_up and message.kind in CAPS:
            budget.catch_up -= 1
    return decision


def budget(company: Company, now: datetime) -> Budget:
    """What is left of the daily limit of people outside their window, over a rolling 24 hours."""
    limit, catch_up = company_settings.get(company, "daily_limit"), catching_up.room(company)
    an_hour = company_settings.get(company, "catch_up_per_hour")
    if limit is None:
        return Budget(None, set(), catch_up=catch_up, an_hour=an_hour)
    opened = (
        Message.select(Message.phone)
        .where(Message.company == company, Message.opened_conversation_at > now - timedelta(hours=24))
        .distinct()
    )
    people = {row.phone_id for row in opened}
    return Budget(max(0, limit - len(people)), people, catch_up=catch_up, an_hour=an_hour)


def look_up(budget: Budget, messages: Sequence[Message], now: datetime) -> None:
    """Read for all of `messages` at once what would be asked for each of them."""
    phones = {message.phone_id for message in messages if message.kind in CAPS}
    budget.recent = defaultdict(list)
    if phones:
        since = now - timedelta(days=max(days for _, days in CAPS.values()))
        for row in _sent_since(since, Message.phone.in_(phones), Message.kind.in_(list(CAPS))):
            budget.recent[row.phone_id, row.kind].append(row.sent_at or row.send_after)


def judge(message: Message) -> None:
    """Put the decision on a new message: when it may go, or that it will not, and why."""
    decision = decide(message, message.created_at)
    message.reason = decision.reason
    if decision.verdict == "hold":
        message.send_after = decision.until
    elif decision.verdict == "cancel":
        message.state = "cancelled"
        message.outcome = "not_on_whatsapp" if decision.reason == "not_on_whatsapp" else None


def window_open(phone: Phone, now: datetime) -> bool:
    """Whether free text may be sent: the person wrote less than 24 hours ago."""
    if phone.last_inbound_at is None or phone.window_closed_at:
        return False
    return now < phone.last_inbound_at + WINDOW - MARGIN


def _opted_out(message: Message, now: datetime) -> Decision | None:
    if suppression.forbids(message):
        return Decision("cancel", "erased")
    phone = message.phone
    if phone.opted_out_at is None or message.template == "opted_out":
        return None
    wrote_again = phone.last_inbound_at and phone.last_inbound_at > phone.opted_out_at
    return None if message.kind == "answer" and wrote_again else Decision("cancel", "opted_out")


def _unreachable(message: Message, now: datetime) -> Decision | None:
    # Whoever writes to us is there, whatever was said of the number before.
    if message.kind == "answer" and window_open(message.phone, now):
        return None
    if message.phone.wrong_number:
        return Decision("cancel", "wrong_number")
    on_whatsapp = message.sender.channel == "whatsapp"
    if on_whatsapp and reach.standing(message.phone, now) == reach.NOT_AVAILABLE:
        return Decision("cancel", "not_on_whatsapp")
    return None


def _paused(message: Message, now: datetime) -> Decision | None:
    if message.kind not in ("reminder", "promotion"):
        return None
    phone = message.phone
    if phone.paused_until and phone.paused_until > now:
        return Decision("hold", "paused", phone.paused_until)
    if phone.answered_by_person_until and phone.answered_by_person_until > now:
        return Decision("hold", "person_is_answering", phone.answered_by_person_until)
    return None


def _no_consent(message: Message, now: datetime) -> Decision | None:
    agreed = {"reminder": message.phone.reminders_allowed, "promotion": message.phone.promotions_allowed}
    return None if agreed.get(message.kind, True) else Decision("cancel", "no_consent")


def _under_age(message: Message, now: datetime) -> Decision | None:
    # What waits for nothing was asked about when it was written, moments ago.
    if message.kind != "promotion" or (message.id is not None and message.reason is None):
        return None
    return Decision("cancel", "under_age") if ages.is_young(message.phone_id) else None


def _quiet_hours(message: Message, now: datetime) -> Decision | None:
    if message.kind in quiet_hours.NOT_BOUND:
        return None
    hours = company_settings.get(message.company, "quiet_hours")
    ends = quiet_hours.until(hours, now.astimezone(ZoneInfo(message.company.timezone))) if hours else None
    return Decision("hold", "quiet_hours", ends) if ends else None


def _too_old(message: Message, now: datetime) -> Decision | None:
    if message.kind == "promotion" and message.reason in WAITS_ITS_TURN:
        return None
    old = message.useful_until and message.useful_until < now
    return Decision("cancel", "too_old") if old else None


def _too_often(message: Message, now: datetime, budget: Budget | None) -> Decision | None:
    if message.kind not in CAPS:
        return None
    most, days = CAPS[message.kind]
    since = now - timedelta(days=days)
    if budget is not None and budget.recent is not None:
        sent = sorted(at for at in budget.recent.get((message.phone_id, message.kind), ()) if at > since)
    else:
        rows = _sent_since(since, Message.phone == message.phone_id, Message.kind == message.kind)
        sent = sorted(row.sent_at or row.send_after for row in rows)
    sent += [now] * (budget.went[message.phone_id, message.kind] if budget else 0)
    if len(sent) < most:
        return None
    return Decision("hold", "too_often", sent[-most] + timedelta(days=days))


def _sent_since(since: datetime, *conditions: Expression) -> list[Message]:
    # What is being sent counts already, or two at once would pass together.
    lately = (Message.sent_at > since) | (Message.sent_at.is_null() & (Message.send_after > since))
    asked = (Message.phone, Message.kind, Message.state, Message.sent_at, Message.send_after)
    rows = Message.select(*asked, Message.as_template).where(lately, *conditions)
    # Not left to the database, which may go through all that was ever read to find these few.
    return [row for row in rows if row.state in _WENT]


def _catching_up(message: Message, now: datetime, budget: Budget | None) -> Decision | None:
    if budget is None or budget.catch_up != 0 or message.kind not in CAPS:
        return None
    # The first of those that wait go in the next hour, the others in those after it.
    budget.put_off += 1
    hours = 1 + (budget.put_off - 1) // budget.an_hour
    return Decision("hold", "catching_up", now + timedelta(hours=hours))


def _told_already(message: Message, entry: approved.Approved, now: datetime, budget: Budget | None) -> bool:
    """Whether this person has just been told, in the same approved words, that something waits."""
    if message.kind != "staff_notice" or message.template not in entry.instead_of:
        return False
    if budget is not None and budget.went[message.phone_id, message.kind]:
        return True
    rows = _sent_since(
        now - SAME_WORDS, Message.phone == message.phone_id, Message.template.in_(list(entry.instead_of))
    )
    return any(row.as_template for row in rows)


def _category_paused(message: Message, now: datetime) -> Decision | None:
    paused = message.kind == "promotion" and company_settings.get(message.company, "pause_promotions")
    return Decision("hold", "promotions_paused", now + LOOK_AGAIN) if paused else None


def _reminders_waiting(company_id: int, enough: int) -> int:
    """How many people's reminders wait at the daily limit, counted no further than `enough`."""
    waiting = Message.select(Message.phone).where(
        Message.company == company_id,
        Message.kind == "reminder",
        Message.state == "queued",
        Message.reason == "daily_limit",
    )
    return waiting.distinct().limit(enough).count()


def _way(message: Message, now: datetime, budget: Budget | None) -> Decision:
    if message.sender.channel != "whatsapp":
        return Decision("send")
    if window_open(message.phone, now):
        return Decision("send", content=_session_content(message))
    entry = approved.for_writing_first(message.template)
    if entry is None:
        return Decision("hold", "window_closed", now + LOOK_AGAIN)
    if _told_already(message, entry, now, budget):
        return Decision("cancel", "told_already")
    content = _content(message, entry.name, budget)
    if content is None or content.status != "approved":
        return Decision("hold", "template_not_approved", now + LOOK_AGAIN)
    if budget is not None and not budget.takes(message.phone, message.kind):
        return Decision("hold", "daily_limit", now + timedelta(hours=1))
    return Decision("send", content=content, in_window=False)


def _content(message: Message, name: str, budget: Budget | None) -> ApprovedTemplate | None:
    known = budget.contents if budget is not None else {}
    if (name, message.language) not in known:
        known[name, message.language] = approved.content(message.company, name, message.language)
    return known[name, message.language]


def _session_content(message: Message) -> ApprovedTemplate | None:
    # Buttons need a content at Twilio even inside the window, though no approval.
    if message.template not in approved.APPROVED:
        return None
    return approved.content_in_session(message.company, message.template, message.language)


_RULES: tuple[Callable[[Message, datetime], Decision | None], ...] = (
    _opted_out,
    _unreachable,
    _paused,
    _no_consent,
    _under_age,
    _quiet_hours,
    _too_old,
)
