"""`flask due` and `flask send`: what would go out, and sending it without waiting for the clock."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import click

from clock import now
from domain import follow_ups, forecast, refill_ladder
from messaging import delivery
from messaging.channels.twilio import TwilioChannel
from models import Company, FollowUp, Message


@click.command("due")
@click.option("--at", "on", type=click.DateTime(["%Y-%m-%d"]), help="as if it were that day")
def due(on: datetime | None) -> None:
    """List what is due and change nothing."""
    for company in list(Company.select().order_by(Company.id)):
        zone = ZoneInfo(company.timezone)
        at = datetime.combine(on.date(), time(23, 59), zone) if on else now()
        click.echo(f"{company.name}, {at.astimezone(zone):%d %b %Y %H:%M}")
        for line in _lines(company, at):
            click.echo(f"  {line}")


@click.command("send")
def send() -> None:
    """Do now what the clock would do, and send what is due."""
    for company in list(Company.select()):
        refill_ladder.remind_due(company, now())
        follow_ups.tell_due(company, now())
    click.echo(f"{delivery.send_due(TwilioChannel())} sent.")


def _lines(company: Company, at: datetime) -> list[str]:
    waiting = (Message.company == company) & (Message.state == "queued") & (Message.send_after <= at)
    messages = Message.select().where(waiting).order_by(Message.priority, Message.send_after)
    tasks = FollowUp.select().where(
        FollowUp.company == company, FollowUp.state == "open", FollowUp.due_at <= at
    )
    lines = [f"message {f'#{row.serial}' if row.serial else 'to answer'}: {row.template}" for row in messages]
    until = at.astimezone(ZoneInfo(company.timezone)).date()
    days = (until - now().astimezone(ZoneInfo(company.timezone)).date()).days + 1
    lines += _foreseen(company, min(days, forecast.FURTHEST)) if days > 0 else []
    lines += [f"task #{row.serial}: {row.kind}" for row in tasks.order_by(FollowUp.due_at)]
    return lines or ["nothing is due"]


def _foreseen(company: Company, days: int) -> list[str]:
    return [
        f"refill #{reminder.serial}: {step.step} on {step.on}, {step.fate.replace('_', ' ')}"
        for day in forecast.forecast(company, now(), days).days
        for step in day.steps
        for reminder in step.reminders
    ]


COMMANDS = [due, send]
