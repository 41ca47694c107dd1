"""`flask webhook`: programs that want to hear of what happens here."""

import click
from flask.cli import AppGroup

from cli.answers import refuse, the_only_company
from desk_tables import Webhook
from messaging import webhooks
from messaging.channels import webhook as channel

group = AppGroup("webhook", help="Programs that want to hear of what happens here.")


@group.command("add")
@click.argument("name")
@click.argument("url")
@click.option(
    "--events", required=True, help=f"all, or some of {', '.join(webhooks.EVENTS)}, with commas between"
)
@click.option("--company")
@click.option("--allow-private", is_flag=True, help="the address may lie in a private network")
def add(name: str, url: str, events: str, company: str | None, allow_private: bool) -> None:
    """Call URL whenever one of the EVENTS happens; the secret is shown once."""
    owner = the_only_company(company)
    wanted = list(webhooks.EVENTS) if events == "all" else [each.strip() for each in events.split(",")]
    unknown = [each for each in wanted if each not in webhooks.EVENTS]
    if unknown:
        refuse(f"There is no event {unknown[0]}. There are: {', '.join(webhooks.EVENTS)}.")
    if Webhook.select().where(Webhook.company == owner, Webhook.name == name).exists():
        refuse(f"There is a webhook {name} already.")
    try:
        channel.check(url, allows_private=allow_private)
    except channel.Forbidden as refusal:
        refuse(str(refusal))
    _, secret = webhooks.add(owner, name, url, wanted, allows_private=allow_private)
    click.echo(f"Added {name}. Its secret, shown only now:\n{secret}")


@group.command("list")
@click.option("--company")
def list_(company: str | None) -> None:
    """List them, with what became of the last call."""
    for row in Webhook.select().where(Webhook.company == the_only_company(company)).order_by(Webhook.name):
        last = webhooks.latest(row)
        said = f"last {last.event}: {last.outcome}" if last else "never called"
        state = "" if row.is_active else " (gone)"
        click.echo(f"{row.name}{state}  {row.url}  {said}, {webhooks.waiting(row)} waiting")


@group.command("remove")
@click.argument("name")
@click.option("--company")
def remove(name: str, company: str | None) -> None:
    """Call it no more."""
    found = Webhook.get_or_none(Webhook.company == the_only_company(company), Webhook.name == name)
    if found is None:
        refuse(f"There is no webhook {name}.")
    webhooks.remove(found)
    click.echo(f"Removed {name}.")


COMMANDS = [group]
