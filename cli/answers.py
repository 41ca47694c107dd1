"""How the command line answers."""

from typing import NoReturn

import click

from domain import staff as staff_rules
from domain.errors import DomainError
from models import Company, Staff
from sheets import phones


def refuse(sentence: str) -> NoReturn:
    """End with a sentence and a failure."""
    raise click.ClickException(sentence)


def the_company(name: str) -> Company:
    """The company of that name; refuses with the names there are."""
    found = Company.get_or_none(Company.name == name)
    if found is None:
        names = ", ".join(row.name for row in Company.select().order_by(Company.name)) or "none yet"
        refuse(f"There is no company {name}. There are: {names}.")
    return found


def the_only_company(name: str | None) -> Company:
    """That company, or the only one there is."""
    if name:
        return the_company(name)
    rows = list(Company.select().limit(2))
    if len(rows) != 1:
        refuse("Say which company with --company NAME.")
    return rows[0]


def the_staff(company: Company, code: str) -> Staff:
    """The member of staff of that company with that code; refuses when there is none."""
    try:
        return staff_rules.by_code(company, code)
    except DomainError:
        refuse(f"There is no member of staff with the code {code}.")


def the_phone(text: str, region: str) -> str:
    """The one phone number that `text` is, in E.164; `region` is for national spellings."""
    read = phones.parse_cell(text, region)
    if len(read.phones) != 1 or read.text:
        refuse(f"{text} is not a phone number.")
    return read.phones[0].number
