"""`flask clock`: move the shop's clock where Twilio is simulated."""

import click

import clock as shop_clock
from cli.answers import refuse
from workers import queues


@click.command("clock")
@click.argument("move")
def move(move: str) -> None:
    """Move the clock by +1d, +3h or +30m, or `reset` it. Only where Twilio is simulated."""
    try:
        now = shop_clock.move(move)
    except shop_clock.ClockRefused as refusal:
        refuse(str(refusal))
    queues.wake_all()
    click.echo(f"It is now {now:%A %d %B %Y, %H:%M} UTC.")


COMMANDS = [move]
