"""What would become of a message at some moment, without writing or sending it: for the forecast."""

from collections import defaultdict
from datetime import datetime

import company_settings
from messaging import outbox, policy
from messaging.policy import Budget
from models import Company, Message, Phone

# Longer than this nobody is held by one rule after another on one day.
_RULES_IN_A_ROW = 4

SENT = "sent"


class Day:
    """The rules of one day to come, with what is left of the daily limit; all on it is judged in order."""

    def __init__(self, company: Company, at: datetime, *, is_today: bool):
        """Today's limit is used up as far as it is; another day's is whole."""
        self.company, self.at = company, at
        self.sender = outbox.sender_of(company)
        limit = company_settings.get(company, "daily_limit")
        self.budget = policy.budget(company, at) if is_today else Budget(limit, set())
        if not is_today:
            # Nothing has gone yet: without this each message would ask the database.
            self.budget.recent = defaultdict(list)

    def unwritten(self, phone: Phone, template: str) -> Message:
        """A reminder as the outbox would write it as the day begins, without its words."""
        return Message(
            company=self.company,
            phone=phone,
            sender=self.sender,
            kind="reminder",
            template=template,
            language=phone.language or self.company.language,
            priority=outbox.PRIORITY["reminder"],
            created_at=self.at,
            send_after=self.at,
            useful_until=self.at + outbox.USEFUL_FOR["reminder"],
        )

    def judge(self, message: Message, until: datetime) -> str:
        """`sent`, or the name of the rule that withholds it until then; counts it if it goes."""
        at = self.at
        for _ in range(_RULES_IN_A_ROW):
            decision = policy.decide(message, at, self.budget)
            if decision.verdict == "send":
                if not decision.in_window:
                    self.budget.count(message.phone)
                return SENT
            if decision.verdict == "cancel":
                message.state = "cancelled"
            if message.state == "cancelled" or decision.until is None or not at < decision.until < until:
                break
            at = decision.until
        message.reason = decision.reason
        return decision.reason or "held"


def waiting(company: Company) -> list[Message]:
    """The reminders and offers that wait already, in the order in which they would go."""
    queued = (Message.company == company) & (Message.state == "queued")
    rows = (
        Message.select(Message, Phone).join(Phone).where(queued, Message.kind.in_(("reminder", "promotion")))
    )
    return list(rows.order_by(Message.priority, Message.send_after, Message.id))
