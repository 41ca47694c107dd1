"""`flask register`: the Schedule H1 register of a month as a sheet."""

from datetime import datetime
from pathlib import Path

import click

from cli.answers import the_only_company
from clock import now
from domain import refill_plan, registers
from messaging.formats import count
from sheets import registers as sheet


@click.command("register")
@click.option("--company")
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="such as 2027-02; this month if left out")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def write_register(company: str | None, month: datetime | None, folder: Path) -> None:
    """Write the Schedule H1 register of a month as xlsx into a folder."""
    shop = the_only_company(company)
    first = (month.date() if month else refill_plan.today(shop, now())).replace(day=1)
    entries = registers.month(shop, first, staff=None, at=now())
    path = folder / sheet.file_name(first)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sheet.register_h1(entries, first))
    click.echo(f"{count(len(entries), 'entry', 'entries')} of {first:%B %Y} written to {path}")


COMMANDS = [write_register]
