"""`flask templates`: WhatsApp's approval of the messages we write first."""

import click
from flask.cli import AppGroup

from cli.answers import refuse, the_only_company
from clock import now
from messaging import template_approval
from messaging.channels.base import SendError
from models import ApprovedTemplate

group = AppGroup("templates", help="WhatsApp's approval of the messages we write first.")


@group.command("push")
@click.option("--company")
def push(company: str | None) -> None:
    """Create the templates at Twilio and ask for their approval."""
    try:
        pushed = template_approval.push(the_only_company(company), now())
    except SendError as trouble:
        refuse(f"Twilio did not take them: {trouble.reason}.")
    click.echo(
        f"{len(pushed)} put up for approval." if pushed else "All templates are there in their present words."
    )


@group.command("status")
@click.option("--company")
def status(company: str | None) -> None:
    """Ask Twilio how the templates stand."""
    asked = the_only_company(company)
    try:
        template_approval.refresh(now())
    except SendError as trouble:
        refuse(f"Twilio did not answer: {trouble.reason}.")
    rows = ApprovedTemplate.select().where(ApprovedTemplate.company == asked)
    for row in rows.order_by(ApprovedTemplate.name, ApprovedTemplate.language):
        click.echo(f"{row.name:20} {row.language:3} {row.status:12} {row.reason or ''}".rstrip())


COMMANDS = [group]
