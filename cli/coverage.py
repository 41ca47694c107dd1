"""`flask coverage`: reckon anew what the reports on supplies add up."""

import click
from flask.cli import AppGroup

from cli.answers import the_only_company
from domain import coverage
from messaging.formats import count
from models import Customer

group = AppGroup("coverage", help="The covered days that the reports on supplies add up.")


@group.command("rebuild")
@click.option("--company")
def rebuild(company: str | None) -> None:
    """Reckon every customer's covered days anew; they are kept up to date without it."""
    meant = the_only_company(company)
    length = Customer.select().where(Customer.company == meant).count()
    with click.progressbar(length=length, label="Customers") as bar:
        renewed = coverage.rebuild(meant, bar.update)
    click.echo(f"The covered days of {count(renewed, 'customer', 'customers')} are reckoned anew.")


COMMANDS = [group]
