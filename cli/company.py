"""`flask company`: set up a pharmacy and its settings."""

from zoneinfo import available_timezones

import click
from flask.cli import AppGroup

import company_settings
from cli.answers import refuse, the_company, the_phone
from database import db
from models import Company, Sender

group = AppGroup("company", help="Set up a pharmacy and its settings.")


@group.command("add")
@click.argument("name")
@click.option("--sender", required=True, help="the WhatsApp number, +91…")
@click.option("--service", help="Twilio messaging service, MG…")
@click.option("--timezone", default="Asia/Kolkata", show_default=True)
@click.option("--language", default="en", type=click.Choice(["en", "hi"]), show_default=True)
def add(name: str, sender: str, service: str | None, timezone: str, language: str) -> None:
    """Add the pharmacy NAME with its WhatsApp number."""
    address = the_phone(sender, "IN")
    if timezone not in available_timezones():
        refuse(f"There is no time zone {timezone}.")
    if Company.get_or_none(Company.name == name):
        refuse(f"There is a company {name} already.")
    if Sender.get_or_none(Sender.address == address):
        refuse(f"{sender} belongs to another company already.")
    with db.atomic():
        company = Company.create(name=name, timezone=timezone, language=language)
        Sender.create(company=company, address=address, messaging_service=service)
    click.echo(f"Added {name}. Next: flask --app app staff add --company {name!r} --code STAFF001 …")


@group.command("set")
@click.argument("name")
@click.argument("key")
@click.argument("value")
def set_(name: str, key: str, value: str) -> None:
    """Set KEY of the pharmacy NAME to VALUE; `company settings NAME` lists the keys."""
    try:
        company_settings.change(the_company(name), key, value)
    except company_settings.Refused as refusal:
        refuse(str(refusal))
    click.echo(f"{key} is now {value}.")


@group.command("settings")
@click.argument("name")
def settings(name: str) -> None:
    """List every setting of the pharmacy NAME with what it means."""
    company = the_company(name)
    for key, setting in company_settings.SETTINGS.items():
        click.echo(f"{key:22} {_shown(company_settings.get(company, key)):28} {setting.help}")


def _shown(value: object) -> str:
    if value is None:
        return "off"
    if isinstance(value, bool):
        return "on" if value else "off"
    return "-".join(value) if isinstance(value, list) else str(value)


COMMANDS = [group]
