"""`flask resume`: send again after an alarm, for whoever cannot say so by chat."""

import click

from cli.answers import the_only_company
from messaging import alarms


@click.command("resume")
@click.option("--company")
def resume(company: str | None) -> None:
    """Send again: what stopped our messages is mended."""
    waited = alarms.lift(the_only_company(company))
    click.echo(f"Messages go out again; {waited} {'was' if waited == 1 else 'were'} waiting.")


COMMANDS = [resume]
