"""sales, stock: what was sold and earned, what lies on the shelf and what will be short."""

import calendar
import re
from datetime import timedelta
from decimal import Decimal

from bot.router import Ask, Reply, Turn, command, reply
from bot.text import durations, months
from domain import access, medicine_spelling, refill_plan
from domain import stock as shelf
from domain.errors import DomainError
from domain.reports import periods
from domain.reports import sales as sales_report
from domain.reports import stock as stock_report
from domain.reports.periods import Period
from messaging.words import plain
from models import Medicine

_SHOWN = 10
_LONGEST = 366
_SPOKEN = {"": 1, "today": 1, "aaj": 1, "week": 7, "this week": 7, "last week": 7, "year": 365}
_COUNT = re.compile(r"(?P<name>.+?)\s*(?:=|:|\bcount\b)\s*(?P<count>\d[\d,]*(?:\.\d+)?)", re.IGNORECASE)
_DAYS = re.compile(r"due(?:\s+(?P<length>.+))?")


@command(
    "sales",
    "daily sales",
    "turnover",
    "collection",
    "sale today",
    "todays sale",
    "today's sale",
    "aaj ki sale",
    usage="sales [today|7d|month]",
)
def show_sales(turn: Turn) -> Reply:
    """What was sold, by day; what it earned is for managers."""
    found = sales_report.sales(turn.company, _period(turn))
    with_profit = access.may(turn.speaker, access.REPORTS)
    return reply("sales", sales=found, days=found.days[:_SHOWN], with_profit=with_profit)


@command("stock", usage="stock [Telma 40|low|due|Telma 40 = 120]")
def show_stock(turn: Turn) -> Reply:
    """What lies on the shelf, is low, will be short for regular customers; or what was counted."""
    said, on = turn.words.strip(), refill_plan.today(turn.company, turn.at)
    due = _DAYS.fullmatch(plain(said))
    if due:
        days = durations.days(due["length"] or "") or 14
        found = stock_report.due(turn.company, on, days)
        return reply("stock_due", shortages=found[:_SHOWN], more=max(0, len(found) - _SHOWN), days=days)
    if plain(said) in ("", "low"):
        return reply("stock_low", levels=stock_report.low(turn.company, on, _SHOWN))
    counted = _COUNT.fullmatch(said)
    if counted:
        return _count(turn, counted["name"], Decimal(counted["count"].replace(",", "")))
    named = _named(turn, said)
    return reply("stock", levels=stock_report.levels(turn.company, named, on))


def _count(turn: Turn, name: str, pieces: Decimal) -> Reply:
    named = _named(turn, name)
    if len(named) > 1:
        raise Ask("medicine", "ask_medicine_name", typed=name[:40], candidates=named)
    difference = shelf.count(named[0], pieces, staff=turn.speaker, at=turn.at, cause="count")
    return reply("stock_counted", changed="count", medicine=named[0], pieces=pieces, difference=difference)


def _named(turn: Turn, typed: str) -> list[Medicine]:
    found = medicine_spelling.match(turn.company, turn.given.get("medicine") or typed)
    named = [found.sure] if found.sure else found.candidates
    if not named:
        raise DomainError("no_such_medicine", said=typed[:40])
    return named


def _period(turn: Turn) -> Period:
    """ "yesterday", "7d", "month" (this one so far), "last month", "January"; today if nothing is said."""
    said, today = plain(turn.words), refill_plan.today(turn.company, turn.at)
    if said in ("yesterday", "kal", "कल"):
        return periods.last(1, today - timedelta(days=1))
    first = months.month(said, today) if not months.without(said) else None
    if first:
        last_day = calendar.monthrange(first.year, first.month)[1]
        return periods.between(first, min(first.replace(day=last_day), today), today)
    days = _SPOKEN.get(said) or durations.days(said)
    if not days or days > _LONGEST:
        raise DomainError("no_period", said=said[:40])
    return periods.last(days, today)
