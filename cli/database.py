"""`flask migrate` and `flask check`: the database, and whether all is set up."""

import click

import company_settings
import config
import migrations
from cli.answers import refuse
from models import ApprovedTemplate, Company, Sender, Staff
from workers import queues


@click.command("migrate")
def migrate() -> None:
    """Bring the database to the newest form."""
    done = migrations.run()
    click.echo(f"Applied: {', '.join(done)}." if done else "The database is up to date.")


@click.command("check")
def check() -> None:
    """Say in words what is still missing before messages can go out."""
    faults = [*_set_up(), *_redis()]
    for fault in faults:
        click.echo(f"- {fault}")
    if faults:
        refuse(f"{len(faults)} thing{'s' if len(faults) > 1 else ''} to mend.")
    click.echo(f"All is set up. Twilio calls us at {config.PUBLIC_URL}/whatsapp/inbound")


def _set_up() -> list[str]:
    faults = []
    if not Company.select().exists():
        faults.append("There is no company: flask --app app company add NAME --sender +91…")
    if not Sender.select().exists():
        faults.append("No company has a WhatsApp number.")
    if not Staff.select().where(Staff.is_active).exists():
        faults.append("Nobody works here: flask --app app staff add …")
    if not ApprovedTemplate.select().where(ApprovedTemplate.status == "approved").exists():
        faults.append("No template is approved: flask --app app templates push, then templates status.")
    unsaid = [row.name for row in Company.select() if not company_settings.get(row, "address")]
    faults += [f"Customers of {name} ask where it is: company set {name!r} address …" for name in unsaid]
    return faults


def _redis() -> list[str]:
    return [] if queues.redis_answers() else ["Redis does not answer at REDIS_URL."]


COMMANDS = [migrate, check]
