"""`flask migrate`: the database."""

import click

import migrations


@click.command("migrate")
def migrate() -> None:
    """Bring the database to the newest form."""
    done = migrations.run()
    click.echo(f"Applied: {', '.join(done)}." if done else "The database is up to date.")


COMMANDS = [migrate]
