"""`flask staff` and `flask token`: the people who work here."""

import click
from flask.cli import AppGroup

from cli.answers import refuse, the_company, the_only_company, the_phone, the_staff
from domain import staff as staff_rules
from domain.errors import DomainError
from models import Staff

group = AppGroup("staff", help="The people who work here.")


@group.command("add")
@click.option("--company", required=True)
@click.option("--code", required=True, help="STAFF001")
@click.option("--name", required=True)
@click.option("--phone", required=True)
@click.option("--role", required=True, type=click.Choice(staff_rules.ROLES))
@click.option("--pharmacist", is_flag=True, help="may read medical notes")
@click.option("--manager", help="the code of their manager")
@click.option("--max-contacts", default=20, show_default=True, help="contacts to call in a day")
@click.option("--language", default="en", type=click.Choice(["en", "hi"]), show_default=True)
def add(company: str, code: str, phone: str, manager: str | None, max_contacts: int, **facts: str) -> None:
    """Add a member of staff."""
    employer = the_company(company)
    address = the_phone(phone, employer.region)
    try:
        added = staff_rules.add(
            employer,
            code=code,
            phone=address,
            manager=the_staff(employer, manager) if manager else None,
            max_contacts_per_day=max_contacts,
            is_pharmacist=bool(facts.pop("pharmacist")),
            **facts,
        )
    except DomainError as refusal:
        refuse(
            {"code_taken": f"The code {code} is taken.", "phone_taken": f"{phone} is another member's."}[
                refusal.code
            ]
        )
    click.echo(f"Added {added.name} ({added.code}).")


@group.command("list")
@click.option("--company")
def list_(company: str | None) -> None:
    """List the staff."""
    for row in Staff.select().where(Staff.company == the_only_company(company)).order_by(Staff.code):
        state = "" if row.is_active else " (left)"
        click.echo(f"{row.code:12} {row.role:14} {row.name}{state}")


@click.command("token")
@click.argument("code")
@click.argument("whose", required=False)
@click.option("--company")
def token(code: str, whose: str | None, company: str | None) -> None:
    """Print a new API token for the member of staff CODE, once; the old one ends. `token revoke CODE` only
    ends it."""
    ends = code == "revoke"
    if ends and not whose:
        refuse("Say whose token ends: token revoke STAFF001")
    staff = the_staff(the_only_company(company), whose if ends and whose else code)
    if not ends:
        click.echo(staff_rules.new_token(staff))
        return
    ended = staff_rules.revoke_token(staff)
    click.echo(f"The token of {staff.name} has ended." if ended else f"{staff.name} had no token.")


COMMANDS = [group, token]
