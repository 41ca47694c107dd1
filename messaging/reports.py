"""Delivery reports by the short way: most say only that a message has gone one step further."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from clock import now
from database import db, is_postgresql
from messaging import outcomes, reach
from models import Message
from statements import lock_in_order
from workers import queues

# Reports that are only a step further, and how far each is; `uncertain` is no further than `sending`.
_STEPS = {status: outcomes.RANKS[status] for status in ("sent", "delivered", "read")}

# Written out, because three reports come with each message and putting this together takes three times as
# long as the database takes for it. A message that is sent anew keeps the id of its failed try: that one
# reports no more.
_STEP = """
WITH step(message_id, name, state, rank) AS (VALUES {steps})
UPDATE message SET
    state = step.state, provider_id = step.name, reason = NULL,
    sent_at = COALESCE(message.sent_at, {moment}),
    delivered_at = COALESCE(message.delivered_at, CASE WHEN step.rank > 2 THEN {moment} END),
    read_at = COALESCE(message.read_at, CASE WHEN step.rank > 3 THEN {moment} END),
    outcome = CASE WHEN message.kind NOT IN ('reminder', 'promotion') AND message.template <> 'staff_reply'
        THEN message.outcome WHEN step.rank > 2 THEN 'delivered' ELSE 'sent' END
FROM step
WHERE message.id = step.message_id AND message.template NOT LIKE '%%_sms'
    AND (message.provider_id IS NULL
        OR (message.provider_id = step.name AND message.state <> 'sending'))
    AND CASE message.state WHEN 'sending' THEN 1 WHEN 'uncertain' THEN 1 WHEN 'sent' THEN 2
        WHEN 'delivered' THEN 3 ELSE 4 END < step.rank
RETURNING message.id, message.outcome, message.phone_id,
    (SELECT reach FROM phone WHERE phone.id = message.phone_id)
"""


class Report(NamedTuple):
    """What Twilio says of the message with our id `message_id` and its own `provider_id`."""

    message_id: int
    provider_id: str
    status: str
    code: int | None


def take_in(reports: Sequence[Report]) -> None:
    """Take in reports in the order in which they came, by a single statement where that is enough; the rules
    are those of `outcomes`. In the caller's transaction."""
    by_message = defaultdict(list)
    for report in reports:
        by_message[report.message_id].append(report)
    lock_in_order(Message, by_message)
    # Of several steps of one message the furthest says what the others say.
    steps = [max(told, key=_rank) for told in by_message.values() if _are_steps(told)]
    stepped = _step(sorted(steps)) if steps else set()
    left = {message_id: told for message_id, told in by_message.items() if message_id not in stepped}
    for message_id in sorted(left.keys() - _known(left)):
        for report in left[message_id]:
            outcomes.report(*report)


def _known(left: dict[int, list[Report]]) -> set[int]:
    """Those of which nothing new is told: reports overtake each other, so that is so for most."""
    columns = (Message.id, Message.provider_id, Message.state, Message.error_code)
    rows = Message.select(*columns).where(Message.id.in_(sorted(left))).tuples() if left else []
    return {
        message_id
        for message_id, name, state, error_code in rows
        if all(
            report.provider_id == name
            and outcomes.tells_nothing_new(state, error_code, report.status, report.code)
            for report in left[message_id]
        )
    }


def _are_steps(told: list[Report]) -> bool:
    """Whether all of one message's reports are steps of the same try."""
    return (
        all(report.status in _STEPS for report in told) and len({report.provider_id for report in told}) == 1
    )


def _rank(report: Report) -> int:
    return _STEPS[report.status]


def _step(steps: list[Report]) -> set[int]:
    """Take each of these messages a step further; returns those for which that was right."""
    at = Message.sent_at.db_value(now())
    values: list[object] = []
    for report in steps:
        values += (report.message_id, report.provider_id, report.status, _rank(report))
    rows = db.execute_sql(_statement(len(steps), db.param), [*values, at, at, at]).fetchall()
    far = {step.message_id for step in steps if _rank(step) > _STEPS["sent"]}
    reach.delivered_to_all(
        {phone for id_, _, phone, stands in rows if id_ in far and stands != reach.AVAILABLE}
    )
    if any(outcome for _, outcome, _, _ in rows):
        queues.wake_soon("note_outcomes")
    return {row[0] for row in rows}


@lru_cache(maxsize=256)
def _statement(count: int, mark: str) -> str:
    one = f"({mark}, {mark}, {mark}, {mark})"
    # As text PostgreSQL would not know it for a moment.
    moment = f"CAST({mark} AS timestamp)" if is_postgresql() else mark
    return _STEP.format(steps=", ".join([one] * count), moment=moment)
