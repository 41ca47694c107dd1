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
        error = (
            f", error {trouble.code}: https://www.twilio.com/docs/errors/{trouble.code}"
            if trouble.code
            else ""
        )
        refuse(f"Twilio did not take them all: {trouble.reason}{error}\nPush again to go on from there.")
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
        click.echo(f"{row.name:20} {row.language:3} {_in_words(row)}")


def _in_words(row: ApprovedTemplate) -> str:
    """Where it stands, what WhatsApp says of it, what is to be done, and how many messages wait for it."""
    sentence = _STANDINGS.get(row.status, row.status)
    why = f" ({row.reason})" if row.reason else ""
    held = template_approval.waiting(row)
    waits = f" {held} {'message waits' if held == 1 else 'messages wait'} for it." if held else ""
    return f"{row.status:12} {sentence.format(why=why)}{waits}"


# As WhatsApp names the states; the last one is our own.
_STANDINGS = {
    "unsubmitted": "Not put up for approval{why}: flask --app app templates push.",
    "received": "WhatsApp has it and will look at it.",
    "pending": "WhatsApp is looking at it; that takes minutes, at most two days.",
    "approved": "In use.",
    "rejected": "WhatsApp does not allow these words{why}. Change them and push again.",
    "paused": "WhatsApp has paused it{why}, because people did not like to get it. It comes back by itself.",
    "disabled": "WhatsApp has switched it off for good{why}. Write it anew and push it.",
    "stopped": "Stopped by us{why}: Twilio's words and ours do not fit. Push again once that is put right.",
}


COMMANDS = [group]
