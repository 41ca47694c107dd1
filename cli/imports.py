"""`flask import`: contact sheets from the command line."""

from pathlib import Path
from typing import Any

import click

from cli.answers import refuse, the_only_company, the_staff
from clock import now
from domain import imports
from messaging import files, render
from models import Import
from sheets import mapping
from sheets.unreadable import Unreadable
from workers import intake

_KINDS = [imports.CONTACTS, imports.MEDICINES, imports.INTERACTIONS]


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(_KINDS), default=imports.CONTACTS)
@click.option("--company")
@click.option("--staff", help="the code of who uploads it")
@click.option("--consent", default="", help="how these people agreed to be written to")
@click.option("--map", "columns", default="", help='what stands where: "name = column C, phone = D"')
@click.option("--hidden", is_flag=True, help="hidden sheets, too")
@click.option("--dry-run", is_flag=True, help="only look, store nothing")
def import_file(file: Path, company: str | None, staff: str | None, **said: str) -> None:
    """Import FILE: a sheet of contacts, the catalogue of medicines, or the shop's list of interactions."""
    employer = the_only_company(company)
    media = files.keep(employer, file.read_bytes(), file.name, "")
    received = imports.receive(
        employer,
        {},
        _wishes(said),
        file_name=file.name,
        staff=the_staff(employer, staff) if staff else None,
        media=media,
        at_once=True,
    )
    with click.progressbar(length=0, label="Reading", show_eta=False, item_show_func=_rows) as bar:
        intake.take_in(received, lambda read: bar.update(0, read))
    _show(Import.get_by_id(received.id), employer.language)


def _wishes(said: dict[str, str]) -> imports.Wishes:
    try:
        columns = mapping.parse_mapping(said["columns"])
    except Unreadable as trouble:
        refuse(_sentence(f"sheet_{trouble.code}", "en", trouble.facts))
    return imports.Wishes(said["consent"], columns, bool(said["hidden"]), bool(said["dry_run"]), said["kind"])


def _rows(read: object) -> str:
    return f"{read or 0} rows"


def _show(received: Import, language: str) -> None:
    if received.state == "failed":
        facts = dict(received.failure or {})
        refuse(_sentence(f"sheet_{facts.pop('code')}", language, facts))
    if received.state == "repeated":
        click.echo(f"This very file was imported before, as #{received.replaces}; nothing was changed.")
        return
    for problem in (received.failure or {}).get("problems", []):
        sentence = _sentence(f"refused_{problem['code']}", language, {"said": problem["said"]})
        click.echo(f"row {problem['row']} {problem['name']}: {sentence}")
    for table in received.columns or []:
        taken = ", ".join(f"{field} = column {letters}" for field, letters, _ in table["columns"])
        click.echo(f"{table['sheet'] or 'The sheet'}: {taken}")
    for outcome, count in received.counts.items():
        click.echo(f"{outcome:10} {count}")
    click.echo(f"Import #{received.serial} is {received.state}.")


def _sentence(template: str, language: str, facts: dict[str, Any]) -> str:
    return render.text(template, language, zone="UTC", now=now(), **facts).body


COMMANDS = [import_file]
